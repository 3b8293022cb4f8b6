//! The derivation of an assessment: the trail of every subject, told to a listener.

use super::{
    Assessment, Combine, KindPlan, LineKind, PointRounding, Points, Score, Split, TrailLine,
    VetoScope, Why, schemes::Entry, score::combine,
};
use crate::{
    derivation::{Id, Label, Op, Trace, Value},
    vocabulary::{Term, Vocabulary},
};

static SCORES: Term = Term::new("assessment", "考核得分", "Scores of the assessment");
static SUBJECT: Term = Term::new("subject", "考核对象", "subject");
static UNIT: Term = Term::new("unit", "单位", "unit");
static FROM: Term = Term::new("from", "自", "from");
static TO: Term = Term::new("to", "至", "to");
pub(super) static EVENT: Term = Term::new("event", "事件", "event");
pub(super) static DATE: Term = Term::new("date", "日期", "date");
static BASE: Term = Term::new("base", "基础分", "base");
pub(super) static WEIGHT: Term = Term::new("weight", "权重", "weight");
static GRADE_FROM: Term = Term::new("grade-from", "该等次起点", "grade from");
pub(super) static WHOSE: Term = Term::new("whose", "所属对象", "of");
static TOTAL: Term = Term::new("total", "总分", "Total");
static SHEETS: Term = Term::new("sheets", "各表合成", "sheets combined");
static PARTS: Term = Term::new("parts", "各段合成", "parts combined");
static FACTOR: Term = Term::new("factor", "系数", "coefficient");
static FACTORED: Term = Term::new("before-factor", "乘系数前", "before the coefficient");
static DAYS: Term = Term::new("days", "天数", "days");
static WINDOW: Term = Term::new("window-days", "考核周期天数", "days of the period");
static BEFORE: Term = Term::new("before-rounding", "取整前", "before rounding");
static ROUNDING: Term = Term::new("rounding", "取整", "rounding");
static FULL: Term = Term::new("full", "满分", "full score");
static BONUS: Term = Term::new("bonus", "当月奖金系数", "coefficient of the month's bonus");
static PRESENT: Term = Term::new("present", "在册天数", "days on the list");
static LEAST: Term =
    Term::new("least-days", "确定等次最少在册天数", "least days on the list for a grade");
static VETOED: Term = Term::new("veto", "触发否决", "veto set off");
static OCCURRENCES: Term = Term::new("occurrences", "累计次数", "occurrences in all");
static AT_LEAST: Term = Term::new("at-least", "触发次数", "occurrences that set it off");
static SHEET_SCORE: Term = Term::new("sheet-score", "考核表得分", "score of the sheet");
static BELOW: Term = Term::new("below", "低于即触发", "set off below");
static IDENTITY: Term = Term::new("identity", "身份", "identity");
static YEAR_ONLY: Term =
    Term::new("year-only", "只影响年度，不影响本周期", "reaches the year, not this period");

impl Assessment<'_> {
    /// Tells every score to a listener: sheets with each event's points and clause, the total, vetoes,
    /// grade and coefficient.
    pub fn explain<T: Trace>(&self, t: &mut T) {
        t.begin(&SCORES);
        for score in self.scores() {
            self.explain_score(score, t);
        }
        t.end(Value::Count(i64::try_from(self.scores().len()).unwrap_or(i64::MAX)));
    }

    /// Tells one score to a listener.
    pub fn explain_score<T: Trace>(&self, score: &Score, t: &mut T) {
        let (Some(plan), Some(last)) = (self.plan(score), self.scheme(score)) else { return };
        t.begin(Label::Scheme(last.first));
        if let Some(subject) = self.subject(score) {
            t.note(&SUBJECT, Some(Value::Id(Id::new(subject.id.as_str()))));
            if let Some(unit) = self.unit(score) {
                t.note(&UNIT, Some(Value::Id(Id::new(unit.as_str()))));
            }
        }
        t.cited_note(&FROM, Some(Value::Date(plan.window.from)), last.cite);
        t.note(&TO, Some(Value::Date(plan.window.to)));
        if let Some(presence) = self.presence(score).filter(|p| !p.is_whole()) {
            t.note(&PRESENT, Some(Value::Count(presence.days)));
            if let Some(least) = presence.least {
                t.cited_note(&LEAST, Some(Value::Count(i64::from(least))), last.cite);
            }
        }
        let mut scores = self.sheets(score).iter();
        for (part, number) in plan.parts.iter().zip(0u8..) {
            for (sheet, at) in part.entry.scheme.sheets.iter().zip(0u8..) {
                let Some(points) = scores.next() else { return };
                let lines = self.trail(score).iter().filter(|l| {
                    l.kind == LineKind::Sheet && l.part == Some(number) && l.sheet == Some(at)
                });
                t.begin(label(part.entry, sheet.label));
                if plan.parts.len() > 1 {
                    for span in &part.spans {
                        t.note(&FROM, Some(Value::Date(span.from)));
                        t.note(&TO, Some(Value::Date(span.to)));
                    }
                    if let Some(condition) = part.condition {
                        t.note(condition.term(), None);
                    }
                }
                self.sheet(part.entry, score, lines, t);
                t.end(Value::Points(*points));
            }
        }
        self.total(score, last, t);
        t.end(Value::Points(score.total));
    }

    /// One sheet: its base, each item's change, and what limits and rounding leave.
    fn sheet<'l, T: Trace>(
        &self,
        entry: &Entry,
        score: &Score,
        lines: impl Iterator<Item = &'l TrailLine> + Clone,
        t: &mut T,
    ) {
        let scheme = &entry.scheme;
        let mut items: Vec<(u16, Points)> = Vec::new();
        for line in lines.clone() {
            match (line.item, line.why) {
                (None, Why::Base) => {
                    t.param(Op::Is, &BASE, Value::Points(line.points), entry.cite);
                }
                // After the items.
                (None, _) => {}
                (Some(item), _) => match items.last_mut().filter(|(i, _)| *i == item) {
                    Some((_, sum)) => *sum = sum.plus(line.points).unwrap_or(*sum),
                    None => items.push((item, line.points)),
                },
            }
        }
        for (item, points) in &items {
            let Some(of) = scheme.items.get(usize::from(*item)) else { continue };
            t.fact(sign(*points), label(entry, of.label), shown(*points));
        }
        for line in lines.clone().filter(|l| l.item.is_none() && l.why != Why::Base) {
            t.fact(sign(line.points), line.why.term(), shown(line.points));
        }
        for (item, points) in items {
            let Some(of) = scheme.items.get(usize::from(item)) else { continue };
            t.begin(label(entry, of.label));
            t.note(of.mode.term(), None);
            if let Some(weight) = of.weight {
                t.note(&WEIGHT, Some(Value::Points(weight)));
            }
            if let Some(clause) = of.clause {
                t.note(label(entry, clause), None);
            }
            for line in lines.clone().filter(|l| l.item == Some(item)) {
                self.explain_line(entry, score, line, t);
            }
            t.end(Value::Points(points));
        }
    }

    fn total<T: Trace>(&self, score: &Score, last: &Entry, t: &mut T) {
        let scheme = &last.scheme;
        let Some(plan) = self.plan(score) else { return };
        t.begin(&TOTAL);
        match plan.split {
            None if score.factors.is_empty() => {
                self.sheets_combined(self.sheets(score), score.combined, last, t);
            }
            None => {
                self.parts_combined(score, plan, t);
                t.param(Op::Is, &SHEETS, Value::Points(score.combined), last.cite);
                for applied in &score.factors {
                    let Some(factor) = scheme.factors.get(usize::from(applied.factor)) else {
                        continue;
                    };
                    let value = Value::Number(applied.value);
                    t.param(Op::Times, label(last, factor.label), value, last.cite);
                }
            }
            Some(split) => {
                self.parts_combined(score, plan, t);
                self.parts_joined(score, plan, last, t);
                t.note(split.term(), None);
            }
        }
        if plan.split.is_none() {
            t.note(way(scheme.combine), None);
        }
        for line in self.trail(score).iter().filter(|l| l.kind == LineKind::Total) {
            self.total_line(score, plan, last, line, t);
        }
        let grade = score.grade.and_then(|g| scheme.grades.get(usize::from(g)));
        let (grade, from) = match grade {
            Some(grade) => (grade.label, grade.from),
            None => (scheme.ungraded_label, None),
        };
        t.cited_note(label(last, grade), None, last.cite);
        if let Some(from) = from {
            t.note(&GRADE_FROM, Some(Value::Points(from)));
        }
        if let Some(coefficient) = score.coefficient {
            t.cited_note(&BONUS, Some(Value::Number(coefficient)), last.cite);
        }
        t.end(Value::Points(score.total));
    }

    /// What rounding, bounds and vetoes do to the total.
    fn total_line<T: Trace>(
        &self,
        score: &Score,
        plan: &KindPlan<'_>,
        last: &Entry,
        line: &TrailLine,
        t: &mut T,
    ) {
        let changes = !line.points.is_zero();
        match line.why {
            // Told where parts are joined.
            Why::Days | Why::LaterBase => {}
            Why::Veto => {
                let part = line.part.and_then(|p| plan.parts.get(usize::from(p)));
                let Some((part, of)) = part.zip(self.detail(score, line)) else { return };
                let Some(veto) = of.veto else { return };
                if changes {
                    t.fact(sign(line.points), label(part.entry, veto.label), shown(line.points));
                }
                t.cited_note(&VETOED, Some(Value::Term(veto.effect.term())), part.entry.cite);
                t.note(label(part.entry, veto.label), None);
                self.veto_grounds(score, line, part.entry, t);
                if let Some(event) = of.event {
                    t.note(&EVENT, Some(Value::Id(Id::new(event.id.as_str()))));
                    t.note(&DATE, Some(Value::Date(event.date)));
                }
                if let Some(clause) = veto.clause {
                    t.note(label(part.entry, clause), None);
                }
                if veto.scope == VetoScope::Year && last.scheme.period != super::PeriodKind::Year {
                    t.note(&YEAR_ONLY, None);
                }
            }
            why => {
                if changes {
                    t.fact(sign(line.points), why.term(), shown(line.points));
                } else {
                    t.note(why.term(), None);
                }
                match why {
                    Why::Rounding => {
                        let by = Value::PointRounding(last.scheme.rounding.score);
                        t.cited_note(&ROUNDING, Some(by), last.cite);
                    }
                    Why::TotalCap | Why::AboveFull => {
                        let full = Value::Points(last.scheme.total.full);
                        t.cited_note(&FULL, Some(full), last.cite);
                    }
                    _ => {}
                }
            }
        }
    }

    /// What set a veto off: how many occurrences, or the score of a sheet.
    fn veto_grounds<T: Trace>(&self, score: &Score, line: &TrailLine, entry: &Entry, t: &mut T) {
        let grounds = self.grounds(score, line);
        if let Some((count, at_least)) = grounds.occurrences.filter(|(_, least)| *least > 1) {
            t.note(&OCCURRENCES, Some(Value::Count(count)));
            t.cited_note(&AT_LEAST, Some(Value::Count(i64::from(at_least))), entry.cite);
        }
        if let Some((_, points, below)) = grounds.sheet_score {
            t.note(&SHEET_SCORE, Some(Value::Points(points)));
            t.cited_note(&BELOW, Some(Value::Points(below)), entry.cite);
        }
    }

    /// Each part: its sheets combined, and what each factor made of that.
    fn parts_combined<T: Trace>(&self, score: &Score, plan: &KindPlan<'_>, t: &mut T) {
        let mut rest = self.sheets(score);
        for (part, number) in plan.parts.iter().zip(0u8..) {
            let (entry, scheme) = (part.entry, &part.entry.scheme);
            let (sheets, after) = rest.split_at(scheme.sheets.len().min(rest.len()));
            rest = after;
            let Ok(combined) = combine::total(scheme, sheets.iter().copied()) else { continue };
            if plan.split.is_some() {
                t.begin(Label::Scheme(entry.first));
            } else {
                t.begin(&SHEETS);
            }
            self.sheets_combined(sheets, combined, entry, t);
            t.note(way(scheme.combine), None);
            t.end(Value::Points(combined));
            let mine = |l: &&TrailLine| l.part == Some(number) && l.why == Why::Factor;
            for line in self.trail(score).iter().filter(mine) {
                let factor = line.cause.and_then(|f| scheme.factors.get(usize::from(f)));
                let value = self.detail(score, line).and_then(|d| d.value);
                let (Some(factor), Some(value)) = (factor, value) else { continue };
                t.begin(label(entry, factor.label));
                t.fact(Op::Is, &FACTORED, Value::Points(line.raw));
                t.param(Op::Times, &FACTOR, Value::Number(value), entry.cite);
                if let Some(identity) = self.grounds(score, line).identity {
                    t.note(&IDENTITY, Some(Value::Id(Id::new(identity))));
                }
                if let Some(clause) = factor.clause {
                    t.note(label(entry, clause), None);
                }
                t.end(Value::Points(line.raw.plus(line.points).unwrap_or(line.raw)));
            }
        }
    }

    /// The formula that makes one total of those of the parts.
    fn parts_joined<T: Trace>(&self, score: &Score, plan: &KindPlan<'_>, last: &Entry, t: &mut T) {
        let trail = self.trail(score);
        if trail.is_empty() {
            // Nothing is known of each part's total then.
            return t.param(Op::Is, &PARTS, Value::Points(score.combined), last.cite);
        }
        for (part, number) in plan.parts.iter().zip(0u8..) {
            let mine = |l: &&TrailLine| l.part == Some(number) && l.kind != LineKind::Total;
            let lines = trail.iter().filter(mine).map(|l| l.points);
            let total = Points::checked_sum(lines).unwrap_or_default();
            let op = if number == 0 { Op::Is } else { sign(total) };
            let value = if number == 0 { Value::Points(total) } else { shown(total) };
            t.fact(op, Label::Scheme(part.entry.first), value);
            if plan.split == Some(Split::Days) {
                t.fact(Op::Times, &DAYS, Value::Count(part.days()));
                let days = plan.days();
                let whole = days == plan.window.days();
                t.fact(Op::Over, if whole { &WINDOW } else { &PRESENT }, Value::Count(days));
            }
            let later = |l: &&TrailLine| l.part == Some(number) && l.why == Why::LaterBase;
            if let Some(line) = trail.iter().find(later) {
                t.fact(sign(line.points), line.why.term(), shown(line.points));
            }
        }
    }

    /// The formula that makes a total of the sheets.
    fn sheets_combined<T: Trace>(
        &self,
        scores: &[Points],
        combined: Points,
        entry: &Entry,
        t: &mut T,
    ) {
        let scheme = &entry.scheme;
        let sheets = scheme.sheets.iter().zip(scores);
        match scheme.combine {
            Combine::Mean => {
                t.param(Op::Is, &SHEETS, Value::Points(combined), entry.cite);
            }
            Combine::BaseMinusLoss(base) => {
                t.param(Op::Is, &BASE, Value::Points(base), entry.cite);
                for (sheet, points) in sheets {
                    let change = points.minus(sheet.base).unwrap_or_default();
                    t.fact(sign(change), label(entry, sheet.label), shown(change));
                }
            }
            Combine::Sum | Combine::Weighted => {
                for ((sheet, points), at) in sheets.zip(0..) {
                    let op = if at == 0 { Op::Is } else { Op::Plus };
                    t.fact(op, label(entry, sheet.label), Value::Points(*points));
                    if let Some(weight) = sheet.weight {
                        t.param(Op::Times, &WEIGHT, Value::Number(weight), entry.cite);
                    }
                }
            }
        }
        // What stands before the rounding, to four decimals.
        let (by, fine) = (scheme.rounding.score, PointRounding::FINEST);
        let before = combine::exact(scheme, scores.iter().copied())
            .and_then(|(num, den)| Points::of_fraction(num, den, fine));
        if let Ok(before) = before
            && before != combined
        {
            t.note(&BEFORE, Some(Value::Points(before)));
            t.cited_note(&ROUNDING, Some(Value::PointRounding(by)), entry.cite);
        }
    }
}

fn way(combine: Combine) -> &'static Term {
    match combine {
        Combine::Sum => super::CombineKind::Sum,
        Combine::Weighted => super::CombineKind::Weighted,
        Combine::Mean => super::CombineKind::Mean,
        Combine::BaseMinusLoss(_) => super::CombineKind::BaseMinusLoss,
    }
    .term()
}

pub(super) fn label(entry: &Entry, label: u16) -> Label {
    Label::Scheme(entry.first.saturating_add(u32::from(label)))
}

fn sign(points: Points) -> Op {
    if points.is_negative() { Op::Minus } else { Op::Plus }
}

/// Returns the magnitude; the sign stands before it.
fn shown(points: Points) -> Value {
    Value::Points(points.max(points.negated().unwrap_or(points)))
}
