//! The total of a subject: parts of a period, factors, bounds, vetoes, grade, coefficient.

use super::{PartScore, vetoes::Hit};
use crate::{
    Error, ErrorCode, Result,
    assessment::{
        Above, Bonus, Condition, FactorForm, FactorOn, KindPlan, Points, Scheme, Split, Subject,
        VetoEffect, VetoScope,
    },
    number::Rate,
};

/// What one subject ends with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::assessment) struct Outcome {
    /// The total of the sheets over all parts, before factors.
    pub(in crate::assessment) combined: Points,
    /// The factors that multiplied it: place of the factor in the scheme, and value.
    pub(in crate::assessment) factors: Vec<(u16, Rate)>,
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
pub(in crate::assessment) fn finish(
    plan: &KindPlan<'_>,
    subject: &Subject,
    parts: &[PartScore],
) -> Result<Outcome> {
    let Some(last) = plan.last() else { return Err(no_scheme()) };
    let scheme = &*last.scheme;
    let mut factors = Vec::new();
    let mut totals = Vec::with_capacity(parts.len());
    for (part, of) in parts.iter().zip(&plan.parts) {
        totals.push(with_factors(
            &of.entry.scheme,
            subject,
            of.condition,
            part.total,
            &mut factors,
        )?);
    }
    let combined = match (plan.split, parts) {
        (None, [only]) => only.total,
        (split, parts) => {
            join(plan, split, parts, &parts.iter().map(|p| p.total).collect::<Vec<_>>(), scheme)?
        }
    };
    let total = match (plan.split, totals.as_slice()) {
        (None, [only]) => *only,
        (split, totals) => join(plan, split, parts, totals, scheme)?,
    };
    let mut total = total.round(scheme.rounding.score)?;
    if let Some(floor) = scheme.total.floor {
        total = total.max(floor);
    }
    if total > scheme.total.full {
        match scheme.total.above {
            Above::Allow => {}
            Above::Cap => total = scheme.total.full,
            Above::Refuse => return Err(above_full(total, scheme.total.full)),
        }
    }
    let mut out =
        Outcome { combined, factors, total, grade: None, terminate: false, coefficient: None };
    let hits: Vec<&Hit> = parts.iter().flat_map(|p| &p.hits).collect();
    for hit in &hits {
        if effective(plan, hit)? == Some(VetoEffect::Zero) {
            out.total = Points::ZERO;
        }
    }
    out.grade = scheme.grade_of(out.total);
    for hit in &hits {
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
    out.coefficient = coefficient(scheme, out.total, out.grade)?;
    Ok(out)
}

/// Multiplies the total of a part by the factors that hold for it.
fn with_factors(
    scheme: &Scheme,
    subject: &Subject,
    condition: Option<Condition>,
    mut total: Points,
    kept: &mut Vec<(u16, Rate)>,
) -> Result<Points> {
    for (factor, number) in scheme.factors.iter().zip(0u16..) {
        if factor.on != FactorOn::Total {
            continue;
        }
        let value = match &factor.form {
            FactorForm::Condition { when, value } if condition == Some(*when) => *value,
            FactorForm::Identity { values, default } => identity(values, *default, subject)?,
            _ => continue,
        };
        total = total.times(value, scheme.rounding.points)?;
        kept.push((number, value));
    }
    Ok(total)
}

/// Returns the highest coefficient of what the subject is, or the default of one that is nothing named.
fn identity(values: &[(String, Rate)], default: Rate, subject: &Subject) -> Result<Rate> {
    let mut highest = None;
    for identity in &subject.identities {
        let Some((_, value)) = values.iter().find(|(name, _)| name == identity) else {
            let known: Vec<_> = values.iter().map(|(name, _)| name.as_str()).collect();
            return Err(Error::new(ErrorCode::UnknownTerm)
                .arg("kind", "身份 / identity")
                .arg("value", crate::error::shown(identity))
                .arg("known", known.join("、"))
                .field("identities"));
        };
        highest = highest.max(Some(*value));
    }
    Ok(highest.unwrap_or(default))
}

/// Makes one total of the totals of parts.
fn join(
    plan: &KindPlan<'_>,
    split: Option<Split>,
    parts: &[PartScore],
    totals: &[Points],
    scheme: &Scheme,
) -> Result<Points> {
    match split {
        Some(Split::Days) => {
            let sum: i128 = totals
                .iter()
                .zip(&plan.parts)
                .map(|(total, part)| {
                    i128::from(total.ten_thousandths()) * i128::from(part.span.days())
                })
                .sum();
            Ok(Points::of_fraction(sum, i128::from(plan.window.days()), scheme.rounding.score)?)
        }
        Some(Split::Changes) => {
            let mut sum = parts.first().map(|p| p.start).unwrap_or_default();
            for (total, part) in totals.iter().zip(parts) {
                sum = sum.plus(total.minus(part.start)?)?;
            }
            Ok(sum)
        }
        None => Err(no_scheme()),
    }
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
        Error::new(ErrorCode::NeedsDecision).arg(
            "question",
            format!("方案 {} 没有等次 {code} / the scheme has no such grade", last.name.code),
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
