//! The derivation of an assessment: the trail of every subject, told to a listener.

use super::{
    Assessment, Combine, PointRounding, Points, Scheme, Score, TrailLine, VetoScope, Why,
    schemes::Entry, score::exact,
};
use crate::{
    derivation::{Label, Op, Trace, Value},
    vocabulary::{Term, Vocabulary},
};

static SCORES: Term = Term::new("assessment", "考核得分", "Scores of the assessment");
static SUBJECT: Term =
    Term::new("subject", "考核对象（名册第几位）", "subject, by its place on the list");
static FROM: Term = Term::new("from", "自", "from");
static TO: Term = Term::new("to", "至", "to");
static EVENT: Term = Term::new("event", "事件（录入第几条）", "event, by its place in the input");
static DATE: Term = Term::new("date", "日期", "date");
static BASE: Term = Term::new("base", "基础分", "base");
static RAW: Term = Term::new("raw", "项目内得分", "points on the item's own scale");
static WEIGHT: Term = Term::new("weight", "权重", "weight");
static TOTAL: Term = Term::new("total", "总分", "Total");
static SHEETS: Term = Term::new("sheets", "各表合成", "sheets combined");
static PARTS: Term = Term::new("parts", "各段合成", "parts combined");
static FACTOR: Term = Term::new("factor", "系数", "coefficient");
static LIMITS: Term =
    Term::new("limits", "总分限额、否决与取整", "bounds, vetoes and rounding of the total");
static BEFORE: Term = Term::new("before-rounding", "取整前", "before rounding");
static ROUNDING: Term = Term::new("rounding", "取整", "rounding");
static FULL: Term = Term::new("full", "满分", "full score");
static BONUS: Term = Term::new("bonus", "当月奖金系数", "coefficient of the month's bonus");
static VETOED: Term = Term::new("veto", "触发否决", "veto set off");
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
        t.note(&SUBJECT, Some(Value::Count(i64::from(score.subject) + 1)));
        t.cited_note(&FROM, Some(Value::Date(plan.window.from)), last.cite);
        t.note(&TO, Some(Value::Date(plan.window.to)));
        let mut scores = self.sheets(score).iter();
        for (part, number) in plan.parts.iter().zip(0u8..) {
            for (sheet, at) in part.entry.scheme.sheets.iter().zip(0u8..) {
                let Some(points) = scores.next() else { return };
                let lines = self.trail(score).iter().filter(|l| l.part == number && l.sheet == at);
                t.begin(label(part.entry, sheet.label));
                if plan.parts.len() > 1 {
                    t.note(&FROM, Some(Value::Date(part.span.from)));
                    t.note(&TO, Some(Value::Date(part.span.to)));
                    if let Some(condition) = part.condition {
                        t.note(condition.term(), None);
                    }
                }
                self.sheet(part.entry, lines, t);
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
                (None, why) => t.fact(sign(line.points), why.term(), shown(line.points)),
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
                self.line(entry, scheme, line, t);
            }
            t.end(Value::Points(points));
        }
    }

    fn line<T: Trace>(&self, entry: &Entry, scheme: &Scheme, line: &TrailLine, t: &mut T) {
        let rule = line.rule.and_then(|r| scheme.rules.get(usize::from(r)));
        match rule {
            Some(rule) => t.begin(label(entry, rule.label)),
            None => t.begin(line.why.term()),
        }
        if let Some(clause) = rule.and_then(|r| r.clause) {
            t.note(label(entry, clause), None);
        }
        if rule.is_some() && line.why != Why::Event {
            t.note(line.why.term(), None);
        }
        if let Some(event) = line.event.and_then(|e| self.ledger.event(e)) {
            let place = line.event.map_or(0, |e| i64::from(e) + 1);
            t.note(&EVENT, Some(Value::Count(place)));
            t.note(&DATE, Some(Value::Date(event.date)));
        }
        if line.raw != line.points && rule.is_some() {
            t.note(&RAW, Some(Value::Points(line.raw)));
        }
        t.end(Value::Points(line.points));
    }

    fn total<T: Trace>(&self, score: &Score, last: &Entry, t: &mut T) {
        let scheme = &last.scheme;
        let Some(plan) = self.plan(score) else { return };
        t.begin(&TOTAL);
        let joined = plan.parts.len() > 1;
        if joined || !score.factors.is_empty() {
            let label = if joined { &PARTS } else { &SHEETS };
            t.param(Op::Is, label, Value::Points(score.combined), last.cite);
        } else {
            self.sheets_combined(score, last, t);
        }
        let way = match scheme.combine {
            Combine::Sum => super::CombineKind::Sum,
            Combine::Weighted => super::CombineKind::Weighted,
            Combine::Mean => super::CombineKind::Mean,
            Combine::BaseMinusLoss(_) => super::CombineKind::BaseMinusLoss,
        };
        t.note(way.term(), None);
        if let Some(split) = plan.split {
            t.note(split.term(), None);
        }
        for (number, value) in &score.factors {
            t.param(Op::Times, &FACTOR, Value::Number(*value), last.cite);
            if let Some(factor) = scheme.factors.get(usize::from(*number)) {
                t.note(label(last, factor.label), Some(Value::Number(*value)));
            }
        }
        // Without factors the formula is a sum; what is left of it are bounds, vetoes and rounding.
        if score.factors.is_empty() && score.combined != score.total {
            let rest = score.total.minus(score.combined).unwrap_or_default();
            t.fact(sign(rest), &LIMITS, shown(rest));
            t.note(&FULL, Some(Value::Points(scheme.total.full)));
        }
        for hit in &score.vetoes {
            let Some(part) = plan.parts.get(usize::from(hit.part)) else { continue };
            let Some(veto) = part.entry.scheme.vetoes.get(usize::from(hit.veto)) else { continue };
            t.cited_note(&VETOED, Some(Value::Term(veto.effect.term())), part.entry.cite);
            let event = hit.event.map(|e| Value::Count(i64::from(e) + 1));
            t.note(label(part.entry, veto.label), event);
            if veto.scope == VetoScope::Year && scheme.period != super::PeriodKind::Year {
                t.note(&YEAR_ONLY, None);
            }
        }
        let grade = score.grade.and_then(|g| scheme.grades.get(usize::from(g)));
        let (grade, from) = match grade {
            Some(grade) => (grade.label, grade.from),
            None => (scheme.ungraded_label, None),
        };
        t.cited_note(label(last, grade), from.map(Value::Points), last.cite);
        if let Some(coefficient) = score.coefficient {
            t.cited_note(&BONUS, Some(Value::Number(coefficient)), last.cite);
        }
        t.end(Value::Points(score.total));
    }
}

impl Assessment<'_> {
    /// The formula that makes a total of the sheets.
    fn sheets_combined<T: Trace>(&self, score: &Score, entry: &Entry, t: &mut T) {
        let scheme = &entry.scheme;
        let sheets = scheme.sheets.iter().zip(self.sheets(score));
        match scheme.combine {
            Combine::Mean => {
                t.param(Op::Is, &SHEETS, Value::Points(score.combined), entry.cite);
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
        let before = exact(scheme, self.sheets(score).iter().copied())
            .and_then(|(num, den)| Points::of_fraction(num, den, fine));
        if let Ok(before) = before
            && before != score.combined
        {
            t.note(&BEFORE, Some(Value::Points(before)));
            t.cited_note(&ROUNDING, Some(Value::PointRounding(by)), entry.cite);
        }
    }
}

fn label(entry: &Entry, label: u16) -> Label {
    Label::Scheme(entry.first.saturating_add(u32::from(label)))
}

fn sign(points: Points) -> Op {
    if points.is_negative() { Op::Minus } else { Op::Plus }
}

/// Returns the magnitude; the sign stands before it.
fn shown(points: Points) -> Value {
    Value::Points(points.max(points.negated().unwrap_or(points)))
}
