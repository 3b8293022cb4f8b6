//! The total of a subject: parts of a period, factors, bounds, vetoes, grade, coefficient.

use super::{PartScore, Placed, vetoes::Hit};
use crate::{
    Error, ErrorCode, Result,
    assessment::{
        Above, AppliedFactor, Bonus, FactorForm, FactorOn, Ground, KindPlan, NoTrail, PlanPart,
        PointRounding, Points, Presence, Scheme, Split, Trail, TrailLine, VetoEffect, VetoScope,
        Why, open_decision,
    },
    error::unknown_term,
    number::Rate,
};

/// What one subject ends with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::assessment) struct Outcome {
    /// The total of the sheets over all parts, before factors.
    pub(in crate::assessment) combined: Points,
    /// The factors that multiplied the totals of parts.
    pub(in crate::assessment) factors: Vec<AppliedFactor>,
    /// The total.
    pub(in crate::assessment) total: Points,
    /// Its grade among those of the last scheme.
    pub(in crate::assessment) grade: Option<u8>,
    /// Whether a veto ends the contract.
    pub(in crate::assessment) terminate: bool,
    /// The coefficient of the month's bonus, where the scheme gives one for this result.
    pub(in crate::assessment) coefficient: Option<Rate>,
}

/// Makes the result of a subject from the scores of its parts.
pub(in crate::assessment) fn finish<L: Trail>(
    plan: &KindPlan<'_>,
    of: Placed<'_>,
    parts: &[PartScore],
    trail: &mut L,
) -> Result<Outcome> {
    let Some(last) = plan.last() else { return Err(no_scheme()) };
    let scheme = &*last.scheme;
    let mut factors = Vec::new();
    let (combined, total) = match (plan.split, parts, plan.parts.as_slice()) {
        (None, [only], [part]) => {
            (only.total, with_factors(0, part, of, only.total, &mut factors, trail)?)
        }
        (Some(split), ..) => {
            let mut totals = Vec::with_capacity(parts.len());
            for ((part, its), number) in parts.iter().zip(&plan.parts).zip(0u8..) {
                totals.push(with_factors(number, its, of, part.total, &mut factors, trail)?);
            }
            let plain: Vec<_> = parts.iter().map(|p| p.total).collect();
            let combined = join(plan, split, parts, &plain, scheme, &mut NoTrail)?;
            (combined, join(plan, split, parts, &totals, scheme, trail)?)
        }
        _ => return Err(no_scheme()),
    };
    let mut total = bounded(scheme, total, trail)?;
    let hits = || parts.iter().flat_map(|p| &p.hits);
    for hit in hits() {
        // A total below zero stays: a veto never raises it.
        let zero = effective(plan, hit)? == Some(VetoEffect::Zero) && !total.is_negative();
        let change = if zero { total.negated()? } else { Points::ZERO };
        trail.ground(|| hit.by);
        trail.line(|| TrailLine {
            cause: Some(hit.veto),
            event: hit.event,
            ..TrailLine::of_total(Some(hit.part), total, change, Why::Veto)
        });
        if zero {
            total = Points::ZERO;
        }
    }
    let mut out = Outcome {
        combined,
        factors,
        total,
        grade: scheme.grade_of(total),
        terminate: false,
        coefficient: None,
    };
    for hit in hits() {
        match effective(plan, hit)? {
            Some(VetoEffect::NoGrade) => out.grade = None,
            Some(VetoEffect::Terminate) => out.terminate = true,
            Some(VetoEffect::GradeAtMost) => {
                let at_most = at_most(plan, hit, scheme)?;
                // Grades stand best first, so that a greater place is a lower grade.
                out.grade = out.grade.map(|grade| grade.max(at_most));
            }
            Some(VetoEffect::Zero) | None => {}
        }
    }
    let short = Presence::of(of.subject, plan, scheme).is_short();
    if short {
        out.grade = None;
    }
    out.coefficient = given(scheme, &out, short, hits().next().is_some())?;
    Ok(out)
}

/// Returns the coefficient of a result, or none where the scheme has none for it or leaves it open.
fn given(scheme: &Scheme, out: &Outcome, short: bool, vetoed: bool) -> Result<Option<Rate>> {
    // A veto bars from a grade that is given by hand; without one that grade can still follow.
    if !vetoed && open_decision::by_hand(scheme, out.grade).is_some() {
        return Ok(None);
    }
    // Who was there too short has no grade, so that a coefficient by total is not made for such a score.
    if short && !matches!(scheme.bonus, Some(Bonus::ByGrade { .. })) {
        return Ok(None);
    }
    coefficient(scheme, out.total, out.grade)
}

/// Rounds a total and keeps it within its bounds.
#[inline]
fn bounded<L: Trail>(scheme: &Scheme, exact: Points, trail: &mut L) -> Result<Points> {
    let mut total = exact.round(scheme.rounding.score)?;
    if total != exact {
        let change = total.minus(exact)?;
        trail.line(|| TrailLine::of_total(None, exact, change, Why::Rounding));
    }
    if let Some(floor) = scheme.total.floor.filter(|floor| total < *floor) {
        let change = floor.minus(total)?;
        trail.line(|| TrailLine::of_total(None, total, change, Why::TotalFloor));
        total = floor;
    }
    let full = scheme.total.full;
    if total > full {
        match scheme.total.above {
            Above::Allow => {
                trail.line(|| TrailLine::of_total(None, total, Points::ZERO, Why::AboveFull));
            }
            Above::Cap => {
                let change = full.minus(total)?;
                trail.line(|| TrailLine::of_total(None, total, change, Why::TotalCap));
                total = full;
            }
            Above::Refuse => return Err(above_full(total, full)),
        }
    }
    Ok(total)
}

/// Multiplies the total of a part by the factors that hold for it.
#[inline]
fn with_factors<L: Trail>(
    part: u8,
    plan: &PlanPart<'_>,
    of: Placed<'_>,
    mut total: Points,
    kept: &mut Vec<AppliedFactor>,
    trail: &mut L,
) -> Result<Points> {
    let scheme = &plan.entry.scheme;
    for (factor, number) in scheme.factors.iter().zip(0u16..) {
        if factor.on != FactorOn::Total {
            continue;
        }
        let value = match &factor.form {
            FactorForm::Condition { when, value } if plan.condition == Some(*when) => *value,
            FactorForm::Identity { values, default } => {
                let (place, value) = identity(values, *default, of)?;
                if let Some(place) = place {
                    trail.ground(|| Ground::Identity(place));
                }
                value
            }
            _ => continue,
        };
        let after = total.times(value, scheme.rounding.points)?;
        let change = after.minus(total)?;
        trail.line(|| TrailLine {
            cause: Some(number),
            ..TrailLine::combining(part, total, change, Why::Factor)
        });
        total = after;
        kept.push(AppliedFactor { part, factor: number, value });
    }
    Ok(total)
}

/// Returns the highest coefficient of what the subject is with its place, or the default of one that is
/// nothing named.
fn identity(
    values: &[(String, Rate)],
    default: Rate,
    of: Placed<'_>,
) -> Result<(Option<u16>, Rate)> {
    let mut highest: Option<(u16, Rate)> = None;
    for identity in &of.subject.identities {
        let mut places = values.iter().zip(0u16..);
        let Some(((_, value), place)) = places.find(|((name, _), _)| name == identity) else {
            let known = values.iter().map(|(name, _)| name);
            return Err(
                unknown_term(("身份", "identity"), identity, known).field(of.field("identities"))
            );
        };
        if highest.is_none_or(|(_, best)| *value > best) {
            highest = Some((place, *value));
        }
    }
    Ok(highest.map_or((None, default), |(place, value)| (Some(place), value)))
}

/// Makes one total of the totals of parts.
fn join<L: Trail>(
    plan: &KindPlan<'_>,
    split: Split,
    parts: &[PartScore],
    totals: &[Points],
    scheme: &Scheme,
    trail: &mut L,
) -> Result<Points> {
    let mut said = Points::checked_sum(totals.iter().copied())?;
    let joined = match split {
        Split::Days => {
            let window = i128::from(plan.days());
            let mut sum = 0i128;
            for ((total, part), number) in totals.iter().zip(&plan.parts).zip(0u8..) {
                let days = i128::from(part.days());
                sum += i128::from(total.ten_thousandths()) * days;
                let share = total.scaled(days, window, PointRounding::FINEST)?.minus(*total)?;
                said = said.plus(share)?;
                trail.line(|| TrailLine::of_total(Some(number), *total, share, Why::Days));
            }
            Points::of_fraction(sum, window, scheme.rounding.score)?
        }
        Split::Changes => {
            let mut sum = parts.first().map(|p| p.start).unwrap_or_default();
            for ((total, part), number) in totals.iter().zip(parts).zip(0u8..) {
                sum = sum.plus(total.minus(part.start)?)?;
                if number > 0 {
                    let less = part.start.negated()?;
                    said = said.plus(less)?;
                    trail.line(|| TrailLine::of_total(Some(number), *total, less, Why::LaterBase));
                }
            }
            sum
        }
    };
    if joined != said {
        let rest = joined.minus(said)?;
        trail.line(|| TrailLine::of_total(None, said, rest, Why::Rounding));
    }
    Ok(joined)
}

/// Returns what a veto does in this period; none where it reaches the year alone.
fn effective(plan: &KindPlan<'_>, hit: &Hit) -> Result<Option<VetoEffect>> {
    let part = plan.parts.get(usize::from(hit.part)).ok_or_else(no_scheme)?;
    let scheme = &part.entry.scheme;
    let veto = scheme.vetoes.get(usize::from(hit.veto)).ok_or_else(no_scheme)?;
    let here =
        veto.scope == VetoScope::Period || scheme.period == crate::assessment::PeriodKind::Year;
    Ok(here.then_some(veto.effect))
}

/// Returns the best grade that a veto leaves, among the grades of the scheme that gives the grade.
fn at_most(plan: &KindPlan<'_>, hit: &Hit, last: &Scheme) -> Result<u8> {
    let part = plan.parts.get(usize::from(hit.part)).ok_or_else(no_scheme)?;
    let scheme = &*part.entry.scheme;
    let veto = scheme.vetoes.get(usize::from(hit.veto)).ok_or_else(no_scheme)?;
    let code = &scheme.grade_name(veto.grade).code;
    let found = last.grades.iter().position(|g| g.name.code == *code);
    found.and_then(|at| u8::try_from(at).ok()).ok_or_else(|| {
        Error::new(ErrorCode::NeedsDecision).arg_in(
            "question",
            format!("方案 {} 没有等次 {code}", last.name.code),
            format!("the scheme {} has no grade {code}", last.name.code),
        )
    })
}

/// Returns the coefficient of a result, or none where the scheme has none for it.
fn coefficient(scheme: &Scheme, total: Points, grade: Option<u8>) -> Result<Option<Rate>> {
    Ok(match &scheme.bonus {
        None => None,
        Some(Bonus::ByGrade { grades, ungraded }) => match grade {
            Some(grade) => grades.get(usize::from(grade)).copied().flatten(),
            None => *ungraded,
        },
        Some(Bonus::ByTotal(steps)) => {
            steps.iter().find(|(from, _)| from.is_none_or(|f| total >= f)).map(|(_, rate)| *rate)
        }
        Some(Bonus::Proportional(per, rounding)) => {
            let per = i128::from(per.ten_thousandths());
            let unit = i128::from(Points::ONE.ten_thousandths());
            Some(total.max(Points::ZERO).scaled(unit, per, *rounding)?.rate())
        }
    })
}

#[cold]
fn above_full(total: Points, full: Points) -> Error {
    Error::new(ErrorCode::ScoreAboveFull).arg("score", total).arg("full", full)
}

#[cold]
fn no_scheme() -> Error {
    Error::new(ErrorCode::Internal).arg("detail", "a period without a scheme")
}
