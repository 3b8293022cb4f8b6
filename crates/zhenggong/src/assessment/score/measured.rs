//! Points of measured values: shortfall, target, control ceiling, bands, ratings.

use super::{
    Context, Row,
    rated::{self, Rated},
    tests_taken,
};
use crate::{
    Error, ErrorCode, Result,
    assessment::{
        Band, Ground, ItemRule, PointRounding, Points, RuleForm, Steps, Target, TargetForm, Trail,
        WhenMissing,
    },
    number::NumberError,
};

/// Returns the points of a measured rule, or none where nothing was entered and the rule leaves it out.
pub(super) fn points<L: Trail>(
    ctx: &Context<'_>,
    number: u16,
    rule: &ItemRule,
    rows: &[Row],
    trail: &mut L,
) -> Result<Option<Points>> {
    if rows.is_empty() {
        match rule.missing {
            WhenMissing::Refuse => return Err(ctx.no_event(wanted(&rule.form), number)),
            WhenMissing::Skip => return Ok(None),
            WhenMissing::Zero => {}
        }
    }
    let by = ctx.scheme.rounding.points;
    match &rule.form {
        RuleForm::Shortfall { due, each } => {
            let due = Points::whole(i64::from(*due))?;
            let missing = due.minus(sum(ctx, rows, trail)?)?.max(Points::ZERO);
            trail.ground(|| Ground::Due(due));
            trail.ground(|| Ground::Short(missing));
            Ok(Some(each.scaled(i128::from(missing.ten_thousandths()), 10_000, by)?))
        }
        RuleForm::Target(form) => target(ctx, form, rows, number, by, trail).map(Some),
        RuleForm::Ceiling { limit, first, steps } => {
            let actual = sum(ctx, rows, trail)?;
            Ok(Some(ceiling(*limit, *first, *steps, actual, trail)?))
        }
        RuleForm::Bands(bands) => band(ctx, bands, rows, number, trail).map(Some),
        RuleForm::Rated { scale, worth, weights, own } => {
            let missing = rule.missing;
            let form = Rated { scale: *scale, worth: *worth, weights, own: *own, missing };
            rated::points(ctx, &form, rows, number, trail)
        }
        RuleForm::Fitness(form) => tests_taken::fitness(ctx, form, rows, number, trail).map(Some),
        RuleForm::TrainingDays(form) => {
            tests_taken::training(ctx, form, rows, number, trail).map(Some)
        }
        _ => Ok(None),
    }
}

const fn wanted(form: &RuleForm) -> (&'static str, &'static str) {
    match form {
        RuleForm::Rated { .. } => ("评议", "a rating"),
        RuleForm::Fitness(_) => ("体能测试成绩", "a test result"),
        _ => ("测量值或次数", "a value or a count"),
    }
}

/// Returns the sum of what the events measured: their value, or how often they happened.
pub(super) fn sum<L: Trail>(ctx: &Context<'_>, rows: &[Row], trail: &mut L) -> Result<Points> {
    let mut total = Points::ZERO;
    for row in rows {
        let event = ctx.event(row)?;
        let one = match event.value {
            Some(value) => value,
            None => Points::whole(event.count)?,
        };
        trail.ground(|| Ground::Value { event: row.event, value: one });
        total = total.plus(one)?;
    }
    trail.ground(|| Ground::Actual(total));
    Ok(total)
}

fn target<L: Trail>(
    ctx: &Context<'_>,
    form: &TargetForm,
    rows: &[Row],
    rule: u16,
    by: PointRounding,
    trail: &mut L,
) -> Result<Points> {
    // The target is `num / den` ten-thousandths.
    let (num, den) = match form.target {
        Target::Constant(target) => (i128::from(target.ten_thousandths()), 1),
        Target::PerHead { units, per, whole } => {
            let Some(staff) = ctx.subject().staff else {
                return Err(ctx.lacking("staff", "人数", rule));
            };
            let groups = whole.then_some(staff / per.max(1));
            trail.ground(|| Ground::Staff { staff, groups });
            let units = i128::from(units.ten_thousandths());
            match groups {
                Some(groups) => (i128::from(groups) * units, 1),
                None => (i128::from(staff) * units, i128::from(per.max(1))),
            }
        }
    };
    let done = i128::from(sum(ctx, rows, trail)?.ten_thousandths());
    let short = num - done * den;
    if L::ACTIVE {
        let due = Points::of_fraction(num, den, PointRounding::FINEST)?;
        let missing = Points::of_fraction(short.max(0), den, PointRounding::FINEST)?;
        trail.ground(|| Ground::Due(due));
        trail.ground(|| Ground::Short(missing));
    }
    if short <= 0 {
        return Ok(Points::ZERO);
    }
    let over = match form.over {
        Some(over) => i128::from(over.ten_thousandths()) * den,
        None => num,
    };
    Ok(form.worth.scaled(short, over, by)?)
}

fn ceiling<L: Trail>(
    limit: u32,
    first: Points,
    steps: Steps,
    actual: Points,
    trail: &mut L,
) -> Result<Points, NumberError> {
    let limit = Points::whole(i64::from(limit))?;
    let above = actual.minus(limit)?;
    trail.ground(|| Ground::Over(above.max(Points::ZERO)));
    if actual <= limit {
        return Ok(Points::ZERO);
    }
    let over = i128::from(above.ten_thousandths());
    let (count, each) = match steps {
        Steps::None => return Ok(first),
        Steps::PerCase(each) => (over / 10_000, each),
        Steps::Percent(percent, each) => {
            let step = i128::from(limit.ten_thousandths()) * i128::from(percent.mantissa());
            let over = over * 100 * i128::from(percent.denominator());
            (over.checked_div(step).ok_or(NumberError::DivisionByZero)?, each)
        }
    };
    let count = i64::try_from(count).map_err(|_| NumberError::Overflow)?;
    trail.ground(|| Ground::Steps(count));
    first.plus(each.times_int(count)?)
}

fn band<L: Trail>(
    ctx: &Context<'_>,
    bands: &[Band],
    rows: &[Row],
    rule: u16,
    trail: &mut L,
) -> Result<Points> {
    let value = match rows {
        [] => Points::ZERO,
        [row] => match ctx.event(row)?.value {
            Some(value) => value,
            None => return Err(ctx.missing("value", row)),
        },
        [first, second, ..] => {
            let (one, other) = (&ctx.event(first)?.id, &ctx.event(second)?.id);
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_in(
                    "detail",
                    format!("分档规则一个周期只取一个测量值，现有事件 {one} 和 {other}"),
                    format!("one value a period goes into bands, but there are the events {one} and {other}"),
                )
                .field(format!("events[{}]", second.event)));
        }
    };
    trail.ground(|| Ground::Actual(value));
    in_band(ctx, bands, value, rule, trail)
}

/// Returns the points of the band that a value is in.
pub(super) fn in_band<L: Trail>(
    ctx: &Context<'_>,
    bands: &[Band],
    value: Points,
    rule: u16,
    trail: &mut L,
) -> Result<Points> {
    let inside = |(b, _): &(&Band, u16)| {
        b.from.is_none_or(|from| from <= value) && b.below.is_none_or(|below| value < below)
    };
    match bands.iter().zip(0u16..).find(inside) {
        Some((band, place)) => {
            trail.ground(|| Ground::Band(place));
            Ok(band.points)
        }
        None => {
            let rule = ctx.scheme.rules.get(usize::from(rule));
            Err(Error::new(ErrorCode::CellNotAttested)
                .arg("cell", value)
                .arg("table", rule.map_or("", |r| ctx.scheme.code(r.label))))
        }
    }
}
