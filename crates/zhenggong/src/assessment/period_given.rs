//! What is given of shorter periods, checked against the scheme: totals in its range, grades that it gives.

use super::{
    Above, Part, Period, PeriodKind, PointRounding, Points, RollupMethod, Scheme, VetoEffect,
    scheme::{Grade, by_threshold},
};
use crate::{
    Error, ErrorCode, Result,
    error::{contradiction, unknown_term},
};

/// Returns the grades of a kind of period: the scheme's own, or those of its combining.
pub(super) fn grades_of(scheme: &Scheme, kind: PeriodKind) -> &[Grade] {
    if kind == scheme.period {
        return &scheme.grades;
    }
    scheme.rollups.iter().find(|r| r.to == kind).map_or(&[], |r| &r.grades)
}

/// Returns the place of the grade of this id.
pub(super) fn grade_named(grades: &[Grade], id: &str) -> Result<u8> {
    let at = grades.iter().position(|g| g.name.code == id);
    at.and_then(|at| u8::try_from(at).ok()).ok_or_else(|| {
        unknown_term(("等次", "grade"), id, grades.iter().map(|g| g.name.code.as_str()))
    })
}

/// Refuses a period that is no part of the longer one.
#[cold]
pub(super) fn not_within(part: Period, of: Period) -> Error {
    let (first, last) = (of.first_month(), of.last_month());
    contradiction(
        format!("{part} 不是 {of}（{first} 至 {last}）之内的较短周期"),
        format!("{part} is no shorter period within {of}, which is {first} to {last}"),
    )
}

/// A shorter period with what its scheme says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PartOfScheme {
    pub(super) part: Part,
    /// Whether it has no grade although its scheme gives grades by score.
    pub(super) no_grade: bool,
    /// Whether its grade was written, and not reached by the total.
    pub(super) stated: bool,
}

/// Returns a period as it is given, `at` the path of its field.
pub(super) fn given_part(
    scheme: &Scheme,
    of: Period,
    total: Points,
    grade: Option<&str>,
    at: &str,
) -> Result<PartOfScheme> {
    in_range(scheme, of.kind(), total).map_err(|e| e.field(format!("{at}.total")))?;
    let grades = grades_of(scheme, of.kind());
    let reached = by_threshold(grades, total);
    let stated = grade.is_some();
    let grade = match grade {
        // Whether somebody gets no grade at all is decided outside the scores as well.
        Some(id) if *id == scheme.ungraded.code => None,
        Some(id) => {
            let named = |e: Error| e.field(format!("{at}.grade"));
            let stated = grade_named(grades, id).map_err(named)?;
            may_be(scheme, of, total, stated, reached).map_err(named)?;
            Some(stated)
        }
        None => reached,
    };
    // Where every grade is given by hand or by rank, a period without one is no period without a grade.
    let no_grade = grade.is_none() && reached.is_some();
    Ok(PartOfScheme { part: Part { of, total, grade }, no_grade, stated })
}

/// Checks that the scheme can give this total for a period of this kind.
///
/// # Errors
///
/// `ScoreAboveFull` above a full score that the scheme refuses to pass, `NumberOutOfRange` above one that
/// it cuts totals to, or below its lowest total; a veto that sets a total to 0 does so below it too.
pub(super) fn in_range(scheme: &Scheme, kind: PeriodKind, total: Points) -> Result<()> {
    let full = most(scheme, kind)?;
    let floor = scheme.total.floor.filter(|_| kind == scheme.period);
    if let Some(full) = full.filter(|full| total > *full) {
        return Err(match scheme.total.above {
            Above::Cap => outside(total, floor, full),
            _ => Error::new(ErrorCode::ScoreAboveFull).arg("score", total).arg("full", full),
        });
    }
    match floor.filter(|floor| total < *floor && !total.is_zero()) {
        Some(floor) => Err(outside(total, Some(floor), full.unwrap_or(Points::MAX))),
        None => Ok(()),
    }
}

/// Returns the most that a period of this kind can have, or none where nothing bounds it.
fn most(scheme: &Scheme, kind: PeriodKind) -> Result<Option<Points>> {
    if kind == scheme.period {
        return Ok(Some(scheme.total.full).filter(|_| scheme.total.above != Above::Allow));
    }
    let Some(rollup) = scheme.rollups.iter().find(|r| r.to == kind) else { return Ok(None) };
    // Periods are always made of shorter ones, so this ends.
    let Some(one) = most(scheme, rollup.from)? else { return Ok(None) };
    let parts = match rollup.method {
        RollupMethod::Sum => kind.months() / rollup.from.months().max(1),
        _ => 1,
    };
    let share = one.times_int(i64::from(parts))?.times(rollup.share, PointRounding::FINEST)?;
    let extras = Points::checked_sum(rollup.extras.iter().map(|e| e.most))?;
    Ok(Some(share.plus(extras)?.round(rollup.rounding)?))
}

/// Checks that the scheme can give the stated grade with this total. A grade by hand can be given to any
/// total; another one is that of the threshold, or a lower one that a veto or repeated low grades leave.
fn may_be(
    scheme: &Scheme,
    of: Period,
    total: Points,
    stated: u8,
    reached: Option<u8>,
) -> Result<()> {
    let grades = grades_of(scheme, of.kind());
    let Some(by_total) = reached.filter(|reached| *reached != stated) else { return Ok(()) };
    let lowered = if of.kind() == scheme.period {
        let mut vetoes = scheme.vetoes.iter();
        vetoes.any(|v| v.effect == VetoEffect::GradeAtMost && v.grade == Some(stated))
    } else {
        let rollups = scheme.rollups.iter().filter(|r| r.to == of.kind());
        let mut repeats = rollups.flat_map(|r| &r.repeats);
        repeats.any(|r| r.effect == VetoEffect::GradeAtMost && r.at_most == Some(stated))
    };
    let name = |at: u8| grades.get(usize::from(at)).map(|g| &g.name);
    let by_hand = grades.get(usize::from(stated)).is_some_and(|g| g.by_hand);
    if by_hand || (lowered && stated > by_total) {
        return Ok(());
    }
    let (Some(found), Some(expected)) = (name(stated), name(by_total)) else { return Ok(()) };
    Err(Error::new(ErrorCode::ContradictoryFacts).arg_in(
        "detail",
        format!(
            "{of} 得 {total} 分，按方案为“{}”，没有否决或累计能定为“{}”",
            expected.zh, found.zh
        ),
        format!(
            "by the scheme {total} points of {of} are {}, and no veto or repetition makes that {}",
            expected.code, found.code
        ),
    ))
}

#[cold]
fn outside(total: Points, floor: Option<Points>, full: Points) -> Error {
    let shown = |bound: Points| match bound {
        Points::MIN | Points::MAX => "—".to_owned(),
        bound => bound.to_string(),
    };
    Error::new(ErrorCode::NumberOutOfRange)
        .arg("value", total)
        .arg("min", shown(floor.unwrap_or(Points::MIN)))
        .arg("max", shown(full))
}
