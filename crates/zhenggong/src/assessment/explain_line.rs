//! The derivation of one line of a sheet: the event, and how its points are reckoned.

use super::{
    Assessment, Direction, FitnessForm, FitnessGrading, Grounds, ItemRule, Points, RuleForm, Score,
    Steps, Target, TrailLine, Why,
    explain::{DATE, EVENT, WEIGHT, WHOSE, label},
    schemes::Entry,
};
use crate::{
    derivation::{Id, Op, Trace, Value},
    vocabulary::{Term, Vocabulary},
};

static RAW: Term = Term::new("raw", "项目内得分", "points on the item's own scale");
static SCALE: Term = Term::new("scale", "满分", "full mark");
static EACH: Term = Term::new("each", "每次", "each");
static SURCHARGED: Term = Term::new("surcharged", "每次（含加重）", "each with surcharges");
static SURCHARGE: Term = Term::new("surcharge", "加重", "surcharge");
static FLAG: Term = Term::new("flag", "加重情形", "what the surcharge goes by");
static COUNT: Term = Term::new("count", "次数", "times");
static RECKONED: Term = Term::new("reckoned", "该事件应计", "points of the event on their own");
static INSTEAD: Term = Term::new("instead", "同一事项已计事件", "event that counts for the matter");
static VALUE: Term = Term::new("value", "测量值", "measured value");
static ACTUAL: Term = Term::new("actual", "实际", "actual");
static DUE: Term = Term::new("due", "应完成", "due");
static SHORT: Term = Term::new("short", "欠", "missing");
static STAFF: Term = Term::new("staff", "人数", "people");
static GROUPS: Term = Term::new("groups", "整组数", "full groups");
static PER: Term = Term::new("per", "每组人数", "people in a group");
static UNITS: Term = Term::new("units", "每组任务", "due of a group");
static WORTH: Term = Term::new("worth", "分值", "worth");
static DIVISOR: Term = Term::new("divisor", "除数", "divisor");
static LIMIT: Term = Term::new("limit", "控制数", "control number");
static ABOVE: Term = Term::new("above", "超出", "above it");
static FIRST: Term = Term::new("first", "超出即计", "as soon as it is passed");
static STEPS: Term = Term::new("steps", "超出档数", "full steps above it");
static STEP: Term = Term::new("step", "每档", "for a step");
static STEP_PERCENT: Term = Term::new("step-percent", "每档百分数", "percent of a step");
static BAND_FROM: Term = Term::new("band-from", "档次下限（含）", "band from");
static BAND_BELOW: Term = Term::new("band-below", "档次上限（不含）", "band below");
static RATING: Term = Term::new("rating", "评议分", "rating");
static RATER: Term = Term::new("rater", "评议人", "rater");
static RATERS: Term = Term::new("raters", "评议主体", "kind of rater");
static MEAN: Term = Term::new("rater-mean", "评议主体平均", "mean of a kind of rater");
static AVERAGE: Term = Term::new("average", "加权均分", "weighted mean");
static TABLE_POINTS: Term = Term::new("table-points", "体测分", "points by the table");
static LOWEST: Term = Term::new("lowest", "最低体测分", "lowest points by the table");
static PASS: Term = Term::new("pass", "合格线", "pass at");
static SUM: Term = Term::new("sum", "体测分合计", "sum of points by the table");
static MISSING_DAYS: Term = Term::new("missing-days", "所欠天数应计", "points of the days missing");
static LIMITED_FROM: Term = Term::new("before-limit", "限额前", "before the limit");
static LIMITED_TO: Term = Term::new("limit", "限额", "limit");

impl Assessment<'_> {
    /// Tells a line of an item: its clause, its event, and what its points come from.
    pub(super) fn explain_line<T: Trace>(
        &self,
        entry: &Entry,
        score: &Score,
        line: &TrailLine,
        t: &mut T,
    ) {
        let scheme = &entry.scheme;
        let grounds = self.grounds(score, line);
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
            t.note(&EVENT, Some(id(event.id.as_str())));
            if let Some(other) = self.whose(score, event) {
                t.note(&WHOSE, Some(id(other.as_str())));
            }
            t.note(&DATE, Some(Value::Date(event.date)));
        }
        if let Some((from, to)) = grounds.limited {
            t.note(&LIMITED_FROM, Some(Value::Points(from)));
            t.note(&LIMITED_TO, Some(Value::Points(to)));
        }
        if let Some(rule) = rule {
            reckoning(entry, rule, line, &grounds, t);
        }
        t.end(Value::Points(line.points));
    }
}

/// The reckoning of a line; where the item is scaled by its weight, that of its own points is a line of
/// its own.
fn reckoning<T: Trace>(
    entry: &Entry,
    rule: &ItemRule,
    line: &TrailLine,
    grounds: &Grounds<'_>,
    t: &mut T,
) {
    let capped = line.why == Why::RuleCap && line.event.is_none();
    if let Some(weight) = grounds.scaled_by.filter(|_| !line.raw.is_zero()) {
        t.fact(Op::Is, &RAW, Value::Points(line.raw));
        t.fact(Op::Times, &WEIGHT, Value::Points(weight));
        t.fact(Op::Over, &SCALE, Value::Count(100));
        if !capped {
            t.begin(&RAW);
            own_points(entry, rule, line, grounds, t);
            t.end(Value::Points(line.raw));
        }
    } else if !capped {
        own_points(entry, rule, line, grounds, t);
    }
}

fn own_points<T: Trace>(
    entry: &Entry,
    rule: &ItemRule,
    line: &TrailLine,
    grounds: &Grounds<'_>,
    t: &mut T,
) {
    let sign = if rule.direction == Direction::Deduct { Op::Minus } else { Op::Is };
    if grounds.each.is_none() {
        return measured(&rule.form, grounds, sign, t);
    }
    // Where another event counts or a cap cuts it, what the event gives alone is told beside.
    let whole = line.why == Why::Event;
    if !whole {
        if let Some(event) = grounds.instead {
            t.note(&INSTEAD, Some(id(event.id.as_str())));
        }
        t.begin(&RECKONED);
    }
    occurrence(entry, grounds, if whole { sign } else { Op::Is }, t);
    if !whole {
        t.end(Value::Points(grounds.of_event().unwrap_or_default()));
    }
}

fn measured<T: Trace>(form: &RuleForm, grounds: &Grounds<'_>, sign: Op, t: &mut T) {
    let noted = |label: &'static Term, points: Option<Points>, t: &mut T| {
        if let Some(points) = points {
            t.note(label, Some(Value::Number(plain(points))));
        }
    };
    if let RuleForm::Fitness(form) = form {
        return fitness(form, grounds, t);
    }
    if grounds.values.len() > 1 {
        for (event, value) in &grounds.values {
            t.note(&EVENT, Some(id(event.id.as_str())));
            t.note(&VALUE, Some(Value::Number(plain(*value))));
        }
    }
    noted(&ACTUAL, grounds.actual, t);
    let short = Value::Number(plain(grounds.short.unwrap_or_default()));
    match form {
        RuleForm::Shortfall { each, .. } => {
            noted(&DUE, grounds.due, t);
            t.fact(sign, &SHORT, short);
            t.fact(Op::Times, &EACH, Value::Points(*each));
        }
        RuleForm::Target(form) => {
            target(&form.target, grounds, t);
            noted(&DUE, grounds.due, t);
            t.fact(sign, &SHORT, short);
            let over = form.over.or(grounds.due).filter(|over| !over.is_zero());
            if let Some(over) = over {
                let name = if form.over.is_some() { &DIVISOR } else { &DUE };
                t.fact(Op::Over, name, Value::Number(plain(over)));
            }
            t.fact(Op::Times, &WORTH, Value::Points(form.worth));
        }
        RuleForm::Ceiling { limit, first, steps } => {
            t.note(&LIMIT, Some(Value::Count(i64::from(*limit))));
            noted(&ABOVE, grounds.over, t);
            if grounds.over.is_some_and(|over| !over.is_zero()) {
                ceiling(*first, *steps, grounds, sign, t);
            }
        }
        RuleForm::TrainingDays(form) => {
            noted(&DUE, grounds.due, t);
            // What a cap leaves is no product.
            let sign = if grounds.limited.is_some() { Op::Is } else { sign };
            if grounds.limited.is_some() {
                t.begin(&MISSING_DAYS);
            }
            t.fact(sign, &SHORT, short);
            t.fact(Op::Times, &EACH, Value::Points(form.each));
            if let Some((from, _)) = grounds.limited {
                t.end(Value::Points(from));
            }
        }
        RuleForm::Bands(_) => band(grounds, t),
        RuleForm::Rated { scale, worth, .. } => {
            if let Some(average) = grounds.average {
                t.fact(sign, &AVERAGE, Value::Points(average));
                t.fact(Op::Over, &SCALE, Value::Number(plain(*scale)));
                t.fact(Op::Times, &WORTH, Value::Points(*worth));
                ratings(grounds, average, t);
            }
        }
        _ => {}
    }
}

/// The band that was hit.
fn band<T: Trace>(grounds: &Grounds<'_>, t: &mut T) {
    let Some(band) = grounds.band else { return };
    for (label, end) in [(&BAND_FROM, band.from), (&BAND_BELOW, band.below)] {
        if let Some(points) = end {
            t.note(label, Some(Value::Number(plain(points))));
        }
    }
}

/// The tests with their points by the table, and what the scheme goes by: the lowest or the sum.
fn fitness<T: Trace>(form: &FitnessForm, grounds: &Grounds<'_>, t: &mut T) {
    for (event, points) in &grounds.values {
        t.note(&EVENT, Some(id(event.id.as_str())));
        if let Some(discipline) = event.discipline {
            t.note(discipline.term(), None);
        }
        t.note(&TABLE_POINTS, Some(Value::Number(plain(*points))));
    }
    let name = match form.grading {
        FitnessGrading::Each { .. } => &LOWEST,
        FitnessGrading::Sum(_) => &SUM,
    };
    if let Some(points) = grounds.actual {
        t.note(name, Some(Value::Number(plain(points))));
    }
    match form.grading {
        FitnessGrading::Each { pass, .. } => t.note(&PASS, Some(Value::Count(i64::from(pass)))),
        FitnessGrading::Sum(_) => band(grounds, t),
    }
}

/// Points for one with surcharges, times the count, times the factors.
fn occurrence<T: Trace>(entry: &Entry, grounds: &Grounds<'_>, sign: Op, t: &mut T) {
    let one = Value::Points(grounds.of_one().unwrap_or_default());
    let surcharged = !grounds.surcharges.is_empty();
    t.fact(sign, if surcharged { &SURCHARGED } else { &EACH }, one);
    if let Some(count) = grounds.count {
        t.fact(Op::Times, &COUNT, Value::Count(count));
    }
    for factor in &grounds.factors {
        t.fact(Op::Times, label(entry, factor.label), Value::Number(factor.value));
    }
    for factor in &grounds.factors {
        if let Some(clause) = factor.clause_label {
            t.note(label(entry, clause), None);
        }
    }
    if surcharged {
        t.begin(&SURCHARGED);
        t.fact(Op::Is, &EACH, Value::Points(grounds.each.unwrap_or_default()));
        for (_, points) in &grounds.surcharges {
            t.fact(Op::Plus, &SURCHARGE, Value::Points(*points));
        }
        for (flag, _) in &grounds.surcharges {
            t.note(&FLAG, Some(id(flag)));
        }
        t.end(one);
    }
}

/// The people and groups of a target per head.
fn target<T: Trace>(target: &Target, grounds: &Grounds<'_>, t: &mut T) {
    let (Target::PerHead { units, per, .. }, Some(staff)) = (target, grounds.staff) else { return };
    t.note(&STAFF, Some(Value::Count(i64::from(staff))));
    t.note(&PER, Some(Value::Count(i64::from(*per))));
    if let Some(groups) = grounds.groups {
        t.note(&GROUPS, Some(Value::Count(i64::from(groups))));
    }
    t.note(&UNITS, Some(Value::Number(plain(*units))));
}

/// The points as soon as a control number is passed, and those of the steps above it.
fn ceiling<T: Trace>(first: Points, steps: Steps, grounds: &Grounds<'_>, sign: Op, t: &mut T) {
    t.fact(sign, &FIRST, Value::Points(first));
    let (each, percent) = match steps {
        Steps::None => return,
        Steps::PerCase(each) => (each, None),
        Steps::Percent(percent, each) => (each, Some(percent)),
    };
    let more = if sign == Op::Minus { Op::Minus } else { Op::Plus };
    t.fact(more, &STEPS, Value::Count(grounds.steps.unwrap_or_default()));
    t.fact(Op::Times, &STEP, Value::Points(each));
    if let Some(percent) = percent {
        t.note(&STEP_PERCENT, Some(Value::Number(percent)));
    }
}

/// The mean of every kind of rater with its weight, and each mark that went into it.
fn ratings<T: Trace>(grounds: &Grounds<'_>, average: Points, t: &mut T) {
    t.begin(&AVERAGE);
    for (mean, at) in grounds.means.iter().zip(0..) {
        let op = if at == 0 { Op::Is } else { Op::Plus };
        t.fact(op, &MEAN, Value::Points(mean.mean));
        t.fact(Op::Times, &WEIGHT, Value::Number(mean.weight));
    }
    for mean in &grounds.means {
        t.begin(&MEAN);
        t.note(&RATERS, Some(id(mean.raters)));
        for event in &grounds.ratings {
            if event.rater_kind.as_deref() != Some(mean.raters) {
                continue;
            }
            t.begin(&RATING);
            t.note(&EVENT, Some(id(event.id.as_str())));
            t.note(&DATE, Some(Value::Date(event.date)));
            if let Some(rater) = &event.rater {
                t.note(&RATER, Some(id(rater.as_str())));
            }
            if event.count != 1 {
                t.note(&COUNT, Some(Value::Count(event.count)));
            }
            t.end(Value::Points(event.points.unwrap_or_default()));
        }
        t.end(Value::Points(mean.mean));
    }
    t.end(Value::Points(average));
}

fn id(text: &str) -> Value {
    Value::Id(Id::new(text))
}

/// A measured value without decimals that are zero.
fn plain(value: Points) -> crate::number::Rate {
    let (mut count, mut scale) = (value.ten_thousandths(), Points::DIGITS);
    while scale > 0 && count % 10 == 0 {
        (count, scale) = (count / 10, scale - 1);
    }
    crate::number::Rate::from_parts(count, scale)
}
