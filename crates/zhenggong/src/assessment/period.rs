//! Months make a quarter, quarters a year (月月练、季季考、年度比).

use std::collections::BTreeMap;

use super::{
    MissingPeriod, Period, Points, Rollup, RollupMethod, Scheme, UngradedPart, VetoEffect,
    scheme::by_threshold, schemes::Entry,
};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Label, Op, Trace, Value},
    error::unknown_term,
    number::{NumberError, Rate},
    vocabulary::{Term, Vocabulary},
};

/// A score of a shorter period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The period.
    pub of: Period,
    /// Its total.
    pub total: Points,
    /// Its grade, by its place in the scheme or in the combining that made it; none where it has none.
    pub grade: Option<u8>,
}

/// The score of a longer period.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PeriodScore {
    /// The period.
    pub of: Period,
    /// The periods that it was made of.
    pub parts: Vec<Part>,
    /// Its total; none where no part has a score.
    pub total: Option<Points>,
    /// Its grade by threshold and effects, among those of the combining.
    pub grade: Option<u8>,
    /// What several low grades did, by their places in the combining.
    pub repeats: Vec<u16>,
    /// Whether what was repeated takes the grade away.
    pub no_grade: bool,
    /// Whether the contract ends.
    pub terminate: bool,
}

static COMBINED: Term = Term::new("period-score", "周期成绩", "Score of the period");
static PART: Term = Term::new("part", "分期成绩", "score of a part");
static OF: Term = Term::new("period-of", "起于", "from");
static WEIGHT: Term = Term::new("weight", "权重", "weight");
static PARTS: Term = Term::new("parts", "各期合成", "parts combined");
static SHARE: Term = Term::new("share", "占比", "share");
static COUNT: Term = Term::new("count", "有分的期数", "periods with a score");
static REPEATED: Term = Term::new("repeated", "累计触发", "repeated low grades");
static ROUNDED: Term = Term::new("rounding", "取整", "rounding");
static NO_SCORE: Term = Term::new("no-score", "没有可合成的成绩", "no part has a score");

/// Returns the score of a period from those of shorter ones, by what the scheme says for it. A part that
/// is not given is made from its own parts, where the scheme says how.
///
/// # Rounding
///
/// Once, by the rounding of the combining.
///
/// # Errors
///
/// `NotApplicable` where the scheme does not say how the period is made, `MissingFact` for a part or an
/// extra that is needed, `NeedsDecision` where fewer parts have a score than the scheme wants,
/// `NumberOutOfRange` for an extra above its most.
pub fn combine_periods<T: Trace>(
    entry: &Entry,
    of: Period,
    given: &[Part],
    extras: &BTreeMap<String, Points>,
    t: &mut T,
) -> Result<PeriodScore> {
    let scheme = &*entry.scheme;
    let rollup = rollup_for(scheme, of)?;
    t.begin(&COMBINED);
    t.cited_note(&OF, Some(Value::Month(of.first_month())), entry.cite);
    t.note(of.kind().term(), None);
    t.note(rollup.method.term(), None);
    let mut parts: Vec<Option<Part>> = Vec::new();
    let mut terminate = false;
    for part in of.parts(rollup.from)? {
        let (part, ended) = part_of(entry, rollup, part, given, t)?;
        parts.push(part);
        terminate |= ended;
    }
    let known = parts.iter().flatten().count();
    if known < usize::try_from(rollup.at_least).unwrap_or(usize::MAX)
        && !matches!(rollup.missing, MissingPeriod::Refuse)
        && known > 0
    {
        return Err(Error::new(ErrorCode::NeedsDecision).arg_in(
            "question",
            format!("{of} 只有 {known} 期有分，方案要求至少 {} 期", rollup.at_least),
            format!("{known} parts of {of} have a score, and the scheme wants {}", rollup.at_least),
        ));
    }
    let mut out = PeriodScore {
        of,
        parts: parts.iter().flatten().copied().collect(),
        total: None,
        grade: None,
        repeats: Vec::new(),
        no_grade: false,
        terminate,
    };
    if known == 0 && rollup.missing == MissingPeriod::Skip {
        t.note(&NO_SCORE, None);
        t.end(Value::Count(0));
        return Ok(out);
    }
    t.note(&COUNT, Some(Value::Count(i64::try_from(known).unwrap_or(i64::MAX))));
    let total = total(scheme, rollup, of, &parts, extras, entry, t)?;
    out.total = Some(total);
    effects(rollup, &parts, &mut out, entry, t);
    t.end(Value::Points(out.total.unwrap_or_default()));
    Ok(out)
}

/// Returns how the scheme makes this kind of period.
fn rollup_for(scheme: &Scheme, of: Period) -> Result<&Rollup> {
    scheme.rollups.iter().find(|r| r.to == of.kind()).ok_or_else(|| {
        let (code, kind) = (&scheme.name.code, of.kind());
        Error::new(ErrorCode::NotApplicable).arg_in(
            "detail",
            format!("方案 {code} 没有规定{}成绩如何合成", kind.zh()),
            format!("the scheme {code} does not say how a {} is made", kind.en()),
        )
    })
}

/// Returns a part, made of shorter ones where it is not given, and whether the contract ended in it.
fn part_of<T: Trace>(
    entry: &Entry,
    rollup: &Rollup,
    of: Period,
    given: &[Part],
    t: &mut T,
) -> Result<(Option<Part>, bool)> {
    let scheme = &*entry.scheme;
    if let Some(part) = given.iter().find(|p| p.of == of) {
        return Ok((Some(*part), false));
    }
    let inside = given.iter().any(|p| of.contains(p.of));
    if !inside || scheme.rollups.iter().all(|r| r.to != of.kind()) {
        return Ok((None, false));
    }
    let made = combine_periods(entry, of, given, &BTreeMap::new(), t)?;
    // One that several low grades left without a grade is taken as one that is given without.
    let missing = made.no_grade && rollup.ungraded == Some(UngradedPart::Missing);
    let grade = made.grade.filter(|_| !made.no_grade);
    let part = made.total.filter(|_| !missing).map(|total| Part { of, total, grade });
    Ok((part, made.terminate))
}

/// The parts combined, the share and the extras, rounded once.
fn total<T: Trace>(
    scheme: &Scheme,
    rollup: &Rollup,
    of: Period,
    parts: &[Option<Part>],
    extras: &BTreeMap<String, Points>,
    entry: &Entry,
    t: &mut T,
) -> Result<Points> {
    let (mut num, mut weights) = (0i128, 0i128);
    // Weights have at most nine decimals, so that all fit over one denominator.
    const DEN: i128 = 1_000_000_000;
    let names = of.parts(rollup.from)?;
    let mut last = None;
    for ((part, name), at) in parts.iter().zip(&names).zip(0usize..) {
        let points = match (part, rollup.missing) {
            (Some(part), _) => part.total,
            (None, MissingPeriod::Zero) => Points::ZERO,
            (None, MissingPeriod::Skip) => continue,
            (None, MissingPeriod::Refuse) => {
                return Err(Error::new(ErrorCode::MissingFact)
                    .arg("fact", format!("parts {name}"))
                    .field("parts"));
            }
        };
        last = Some(points);
        let weight = match rollup.weights.get(at) {
            Some(weight) => scaled(*weight, DEN),
            None => DEN,
        };
        num += i128::from(points.ten_thousandths()) * weight;
        weights += weight;
        t.begin(&PART);
        t.note(&OF, Some(Value::Month(name.first_month())));
        if let Some(weight) = rollup.weights.get(at) {
            t.cited_note(&WEIGHT, Some(Value::Number(*weight)), entry.cite);
        }
        t.end(Value::Points(points));
    }
    let (num, den) = match rollup.method {
        RollupMethod::Mean | RollupMethod::Weighted => (num, weights),
        RollupMethod::Sum => (num, DEN),
        RollupMethod::Last => (i128::from(last.unwrap_or_default().ten_thousandths()), 1),
    };
    // For the derivation alone: what stands before the one rounding, to four decimals.
    let combined = Points::of_fraction(num, den, super::PointRounding::FINEST)?;
    t.fact(Op::Is, &PARTS, Value::Points(combined));
    let mut sum = Points::ZERO;
    if rollup.share != Rate::ONE {
        t.param(Op::Times, &SHARE, Value::Percent(rollup.share), entry.cite);
    }
    for extra in &rollup.extras {
        let id = scheme.code(extra.label);
        let Some(points) = extras.get(id).copied() else {
            return Err(Error::new(ErrorCode::MissingFact)
                .arg("fact", format!("extras {id}"))
                .field("extras"));
        };
        if points > extra.most || points.is_negative() {
            return Err(Error::new(ErrorCode::NumberOutOfRange)
                .arg("value", points)
                .arg("min", 0)
                .arg("max", extra.most)
                .field(format!("extras.{id}")));
        }
        sum = sum.plus(points)?;
        t.fact(
            Op::Plus,
            Label::Scheme(entry.first + u32::from(extra.label)),
            Value::Points(points),
        );
    }
    if let Some(unknown) =
        extras.keys().find(|id| !rollup.extras.iter().any(|e| scheme.code(e.label) == id.as_str()))
    {
        let known = rollup.extras.iter().map(|e| scheme.code(e.label));
        return Err(unknown_term(("附加分", "extra"), unknown, known).field("extras"));
    }
    // share × num ÷ den + extras, over one denominator.
    let share_den = i128::from(rollup.share.denominator());
    let overflow = || Error::from(NumberError::Overflow);
    let parts = num.checked_mul(i128::from(rollup.share.mantissa())).ok_or_else(overflow)?;
    let den = den.checked_mul(share_den).ok_or_else(overflow)?;
    let rest = i128::from(sum.ten_thousandths()).checked_mul(den).ok_or_else(overflow)?;
    let total =
        Points::of_fraction(parts.checked_add(rest).ok_or_else(overflow)?, den, rollup.rounding)?;
    if rollup.share == Rate::ONE && combined.plus(sum)? != total {
        t.cited_note(&ROUNDED, Some(Value::PointRounding(rollup.rounding)), entry.cite);
    }
    Ok(total)
}

fn scaled(rate: Rate, den: i128) -> i128 {
    i128::from(rate.mantissa()) * (den / i128::from(rate.denominator()))
}

/// The grade by threshold, and what several low grades do to it.
fn effects<T: Trace>(
    rollup: &Rollup,
    parts: &[Option<Part>],
    out: &mut PeriodScore,
    entry: &Entry,
    t: &mut T,
) {
    let mut at_most = None;
    for (repeat, number) in rollup.repeats.iter().zip(0u16..) {
        let (mut count, mut most) = (0u32, 0u32);
        for part in parts {
            let low = part.is_some_and(|p| p.grade == Some(repeat.grade));
            count = match (low, repeat.in_a_row) {
                (true, _) => count + 1,
                (false, true) => 0,
                (false, false) => count,
            };
            most = most.max(count);
        }
        if most < repeat.times {
            continue;
        }
        out.repeats.push(number);
        t.cited_note(&REPEATED, Some(Value::Count(i64::from(most))), entry.cite);
        t.note(Label::Scheme(entry.first + u32::from(repeat.label)), None);
        match repeat.effect {
            VetoEffect::Zero => out.total = Some(Points::ZERO),
            VetoEffect::GradeAtMost => at_most = at_most.max(repeat.at_most),
            VetoEffect::NoGrade => out.no_grade = true,
            VetoEffect::Terminate => out.terminate = true,
        }
    }
    let total = out.total.unwrap_or_default();
    let by_total = by_threshold(&rollup.grades, total);
    out.grade = match (out.no_grade, by_total, at_most) {
        (true, ..) => None,
        (_, Some(grade), Some(most)) => Some(grade.max(most)),
        // Grades that go by rank are given later, but not a better one than this.
        (_, None, Some(most)) if usize::from(most) + 1 == rollup.grades.len() => Some(most),
        (_, grade, _) => grade,
    };
    if let Some(grade) = out.grade.and_then(|g| rollup.grades.get(usize::from(g))) {
        let label = Label::Scheme(entry.first + u32::from(grade.label));
        t.cited_note(label, grade.from.map(Value::Points), entry.cite);
    }
}
