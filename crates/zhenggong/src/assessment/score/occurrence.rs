//! Points of occurrences: fixed, for each, with surcharges, as entered.

use super::{Context, Row};
use crate::{
    Error, ErrorCode, Result,
    assessment::{FactorForm, FactorOn, Ground, ItemRule, Points, RuleForm, Trail},
    error::unknown_term,
    number::NumberError,
};

/// Returns the points of one event under a rule that goes by occurrences, factors included, and not
/// below 0.
#[inline]
pub(super) fn points<L: Trail>(
    ctx: &Context<'_>,
    rule: &ItemRule,
    row: &Row,
    trail: &mut L,
) -> Result<Points> {
    let each = |own: Points| -> Result<Points> {
        if rule.by_role.is_empty() { Ok(own) } else { by_role(ctx, rule, row, own) }
    };
    let raw = match &rule.form {
        RuleForm::Fixed(points) => {
            // Once a period, however often.
            let (one, count) = (each(*points)?, row.count.clamp(0, 1));
            trail.ground(|| Ground::Each(one));
            trail.ground(|| Ground::Count(count));
            one.times_int(count)?
        }
        RuleForm::PerOccurrence { points, .. } => {
            let one = each(*points)?;
            trail.ground(|| Ground::Each(one));
            trail.ground(|| Ground::Count(row.count));
            one.times_int(row.count)?
        }
        RuleForm::Surcharge { points, extra, .. } => {
            let mut more = each(*points)?;
            trail.ground(|| Ground::Each(more));
            for (bit, points) in extra.iter().filter(|(bit, _)| row.bits & bit != 0) {
                let flag = u8::try_from(bit.trailing_zeros()).unwrap_or(u8::MAX);
                trail.ground(|| Ground::Surcharge { flag, points: *points });
                more = more.plus(*points)?;
            }
            trail.ground(|| Ground::Count(row.count));
            more.times_int(row.count)?
        }
        RuleForm::Manual { min, max, .. } => {
            let Some(points) = row.entered() else {
                return Err(ctx.missing("points", row));
            };
            if points < *min || points > *max {
                return Err(outside(points, *min, *max, row));
            }
            trail.ground(|| Ground::Each(points));
            trail.ground(|| Ground::Count(row.count));
            points.times_int(row.count)?
        }
        // Measured rules do not come here.
        _ => Points::ZERO,
    };
    if ctx.scheme.factors.is_empty() { Ok(raw) } else { Ok(factored(ctx, rule, row, raw, trail)?) }
}

/// Multiplies by the factors that hold for the event.
fn factored<L: Trail>(
    ctx: &Context<'_>,
    rule: &ItemRule,
    row: &Row,
    mut points: Points,
    trail: &mut L,
) -> Result<Points, NumberError> {
    for (factor, number) in ctx.scheme.factors.iter().zip(0u16..) {
        if factor.on != FactorOn::Event {
            continue;
        }
        let value = match &factor.form {
            FactorForm::Flag { bit, value, items }
                if row.bits & bit != 0 && (items.is_empty() || items.contains(&rule.item)) =>
            {
                *value
            }
            FactorForm::Condition { when, value } if ctx.condition(row) == *when => *value,
            _ => continue,
        };
        points = points.times(value, ctx.scheme.rounding.points)?;
        trail.ground(|| Ground::Factor { factor: number, value, points });
    }
    Ok(points)
}

/// Returns the points for the role of the subject; without its role in the rule, those for everyone.
fn by_role(ctx: &Context<'_>, rule: &ItemRule, row: &Row, own: Points) -> Result<Points> {
    let Some(role) = &ctx.subject().role else {
        return Err(ctx.lacking("role", "角色", row.rule));
    };
    let points_of = |number: u8| rule.by_role.get(usize::from(number)).copied().flatten();
    match ctx.scheme.role(role).and_then(points_of) {
        Some(points) => Ok(points),
        None if own.is_zero() => {
            let known = ctx.scheme.roles.iter().zip(0u8..).filter(|(_, n)| points_of(*n).is_some());
            let known = known.map(|(name, _)| name);
            Err(unknown_term(("角色", "role"), role, known).field(ctx.of.field("role")))
        }
        None => Ok(own),
    }
}

#[cold]
fn outside(points: Points, min: Points, max: Points, row: &Row) -> Error {
    Error::new(ErrorCode::NumberOutOfRange)
        .arg("value", points)
        .arg("min", min)
        .arg("max", max)
        .field(format!("events[{}].points", row.event))
}
