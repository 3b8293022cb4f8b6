//! The derivation of a difference: each subject's old and new result, and the events between them.

use super::{
    Aspect, Coefficient, Difference, EventNews, Name, PartSheets, Points, Scheme, Schemes, Standing,
};
use crate::{
    derivation::{Id, Label, Op, Trace, Value},
    vocabulary::{Term, Vocabulary},
};

static DIFFERENCES: Term = Term::new("differences", "有差异的对象", "Subjects that differ");
static CHANGE: Term = Term::new("change", "总分增减", "Change of the total");
static ONLY_NOW: Term = Term::new("only-now", "仅现有成绩", "Scored now alone");
static ONLY_THEN: Term = Term::new("only-then", "仅原有成绩", "Scored before alone");
static SUBJECT: Term = Term::new("subject", "考核对象", "subject");
static THEN: Term = Term::new("before", "原总分", "total before");
static NOW: Term = Term::new("after", "现总分", "total after");
static OLD: Term = Term::new("old", "原成绩", "Before");
static NEW: Term = Term::new("new", "现成绩", "After");
static CHANGED: Term = Term::new("changed", "有变化", "changed");
static UNKNOWN: Term =
    Term::new("unknown", "是否变化不明（未公布）", "not known, since not published");
static GRADE: Term = Term::new("grade", "等次", "grade");
static SHEET: Term = Term::new("sheet", "考核表", "sheet");
static VETO: Term = Term::new("veto", "触发否决", "veto set off");
static COEFFICIENT: Term =
    Term::new("coefficient", "当月奖金系数", "coefficient of the month's bonus");
static OPEN: Term = Term::new(
    "coefficient-open",
    "当月奖金系数待定",
    "the coefficient of the month's bonus is open",
);
static ENDS: Term = Term::new("terminate", "解除合同", "the contract ends");
static RANK: Term = Term::new("rank", "名次", "rank");
static EVENT: Term = Term::new("event", "事件得分增减", "Change of an event's points");
static EVENT_ID: Term = Term::new("event-id", "事件", "event");
static EVENT_THEN: Term = Term::new("event-before", "原得分", "points before");
static EVENT_NOW: Term = Term::new("event-after", "现得分", "points after");
static NEWS: Term =
    Term::new("news", "公布后知晓变化的事件", "What became known after publication");
static ON: Term = Term::new("on", "日期", "date");

/// Tells a listener what differs, in the words of these schemes.
pub(super) fn explain<T: Trace>(
    found: &[Difference],
    news: Option<&[EventNews]>,
    schemes: &Schemes,
    header: impl FnOnce(&mut T),
    t: &mut T,
) {
    t.begin(&DIFFERENCES);
    header(t);
    if let Some(news) = news {
        t.begin(&NEWS);
        for one in news {
            t.begin(one.what.term());
            t.note(&SUBJECT, Some(Value::Id(Id::new(one.subject.as_str()))));
            t.note(&ON, Some(Value::Date(one.on)));
            t.end(Value::Id(Id::new(one.event.as_str())));
        }
        t.end(count(news.len()));
    }
    for difference in found {
        one(difference, schemes, t);
    }
    t.end(count(found.len()));
}

fn one<T: Trace>(of: &Difference, schemes: &Schemes, t: &mut T) {
    let (label, value) = match (&of.before, &of.after) {
        (Some(_), Some(_)) => (&CHANGE, of.change().unwrap_or_default()),
        (None, Some(now)) => (&ONLY_NOW, now.total),
        (Some(then), None) => (&ONLY_THEN, then.total),
        (None, None) => return,
    };
    t.begin(label);
    if let (Some(then), Some(now)) = (&of.before, &of.after) {
        minus((&NOW, now.total), (&THEN, then.total), t);
    }
    t.note(&SUBJECT, Some(Value::Id(Id::new(&of.subject))));
    let mut aspects = |label: &'static Term, list: &[Aspect]| {
        for aspect in list {
            t.note(label, Some(Value::Term(aspect.term())));
        }
    };
    aspects(&CHANGED, &of.changed);
    aspects(&UNKNOWN, &of.unknown);
    for (label, side) in [(&OLD, &of.before), (&NEW, &of.after)] {
        if let Some(standing) = side {
            t.begin(label);
            result(standing, schemes, t);
            t.end(Value::Points(standing.total));
        }
    }
    for (id, (then, now)) in &of.events {
        t.begin(&EVENT);
        minus((&EVENT_NOW, *now), (&EVENT_THEN, *then), t);
        t.note(&EVENT_ID, Some(Value::Id(Id::new(id))));
        t.end(Value::Points(now.minus(*then).unwrap_or_default()));
    }
    t.end(Value::Points(value));
}

/// Sheets, grade, coefficient, vetoes, contract and rank of one side.
fn result<T: Trace>(of: &Standing, schemes: &Schemes, t: &mut T) {
    for PartSheets { scheme, sheets } in &of.sheets {
        for (sheet, points) in sheets {
            let label = named(schemes, scheme, |s| {
                let label = s.sheets.iter().map(|sheet| sheet.label);
                label.into_iter().find(|l| s.code(*l) == sheet.code)
            });
            t.note(label.unwrap_or(Label::Term(&SHEET)), Some(Value::Points(*points)));
        }
    }
    if let Some(grade) = &of.grade {
        let label = named(schemes, &of.scheme, |s| {
            let grade = s.grades.iter().find(|g| g.name.code == grade.code).map(|g| g.label);
            grade.or_else(|| (s.ungraded.code == of_code(of)).then_some(s.ungraded_label))
        });
        note(label, &GRADE, grade, t);
    }
    match of.coefficient {
        Coefficient::Is(rate) => t.note(&COEFFICIENT, Some(Value::Number(rate))),
        Coefficient::Open => t.note(&OPEN, None),
        Coefficient::None | Coefficient::NotGiven => {}
    }
    for veto in of.vetoes.iter().flatten() {
        t.note(&VETO, Some(Value::Term(veto.effect.term())));
        let parts = of.sheets.iter().map(|part| part.scheme.as_str());
        let label = parts.chain([of.scheme.as_str()]).find_map(|scheme| {
            named(schemes, scheme, |s| {
                s.vetoes.iter().map(|v| v.label).find(|l| s.code(*l) == veto.name.code)
            })
        });
        note(label, &VETO, &veto.name, t);
        if let Some(event) = &veto.event {
            t.note(&EVENT_ID, Some(Value::Id(Id::new(event.as_str()))));
        }
    }
    if of.terminate == Some(true) {
        t.note(&ENDS, None);
    }
    if let Some(rank) = of.rank {
        t.note(&RANK, Some(Value::Count(i64::from(rank))));
    }
}

fn of_code(of: &Standing) -> &str {
    of.grade.as_ref().map_or("", |grade| grade.code.as_str())
}

/// Returns the label of a name of a scheme, where the schemes of the snapshot have it.
fn named(
    schemes: &Schemes,
    scheme: &str,
    label: impl FnOnce(&Scheme) -> Option<u16>,
) -> Option<Label> {
    let entry = schemes.entry(scheme).ok()?;
    label(&entry.scheme).map(|label| Label::Scheme(entry.first.saturating_add(u32::from(label))))
}

/// Tells a name, or its id where another edition alone has it.
fn note<T: Trace>(label: Option<Label>, kind: &'static Term, name: &Name, t: &mut T) {
    match label {
        Some(label) => t.note(label, None),
        None => t.note(kind, Some(Value::Id(Id::new(&name.code)))),
    }
}

/// Tells what one value is above another.
fn minus<T: Trace>(
    (now, new): (&'static Term, Points),
    (then, old): (&'static Term, Points),
    t: &mut T,
) {
    t.fact(Op::Is, now, Value::Points(new));
    t.fact(Op::Minus, then, Value::Points(old));
}

fn count(number: usize) -> Value {
    Value::Count(i64::try_from(number).unwrap_or(i64::MAX))
}
