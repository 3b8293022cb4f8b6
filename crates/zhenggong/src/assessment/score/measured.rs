//! Points of measured values: shortfall, target, control ceiling, bands, ratings.

use super::{Context, Row, tests_taken};
use crate::{
    Error, ErrorCode, Result,
    assessment::{
        Band, ItemRule, PointRounding, Points, RuleForm, Steps, Target, TargetForm, WhenMissing,
    },
    number::{NumberError, Rate},
};

/// Returns the points of a measured rule, or none where nothing was entered and the rule leaves it out.
pub(super) fn points(
    ctx: &Context<'_>,
    number: u16,
    rule: &ItemRule,
    rows: &[Row],
) -> Result<Option<Points>> {
    if rows.is_empty() {
        match rule.missing {
            WhenMissing::Refuse => return Err(ctx.missing(fact_of(&rule.form), None, number)),
            WhenMissing::Skip => return Ok(None),
            WhenMissing::Zero => {}
        }
    }
    let by = ctx.scheme.rounding.points;
    match &rule.form {
        RuleForm::Shortfall { due, each } => {
            let missing = Points::whole(i64::from(*due))?.minus(sum(ctx, rows)?)?;
            let missing = missing.max(Points::ZERO).ten_thousandths();
            Ok(Some(each.scaled(i128::from(missing), 10_000, by)?))
        }
        RuleForm::Target(form) => target(ctx, form, rows, number, by).map(Some),
        RuleForm::Ceiling { limit, first, steps } => {
            Ok(Some(ceiling(*limit, *first, *steps, sum(ctx, rows)?)?))
        }
        RuleForm::Bands(bands) => band(ctx, bands, rows, number).map(Some),
        RuleForm::Rated { scale, worth, weights, own } => {
            let form = Rated { scale: *scale, worth: *worth, weights, own: *own };
            rated(ctx, &form, rule.missing, rows, number)
        }
        RuleForm::Fitness(form) => tests_taken::fitness(ctx, form, rows, number).map(Some),
        RuleForm::TrainingDays(form) => {
            tests_taken::training(ctx, form, rows, number, by).map(Some)
        }
        _ => Ok(None),
    }
}

const fn fact_of(form: &RuleForm) -> &'static str {
    match form {
        RuleForm::Rated { .. } => "rater_kind",
        RuleForm::Fitness(_) => "result",
        _ => "value",
    }
}

/// Returns the sum of what the events measured: their value, or how often they happened.
pub(super) fn sum(ctx: &Context<'_>, rows: &[Row]) -> Result<Points> {
    let mut total = Points::ZERO;
    for row in rows {
        let event = ctx.event(row)?;
        let one = match event.value {
            Some(value) => value,
            None => Points::whole(event.count)?,
        };
        total = total.plus(one)?;
    }
    Ok(total)
}

fn target(
    ctx: &Context<'_>,
    form: &TargetForm,
    rows: &[Row],
    rule: u16,
    by: PointRounding,
) -> Result<Points> {
    // The target is `num / den` ten-thousandths.
    let (num, den) = match form.target {
        Target::Constant(target) => (i128::from(target.ten_thousandths()), 1),
        Target::PerHead { units, per, whole } => {
            let Some(staff) = ctx.subject.staff else {
                return Err(ctx.missing("staff", None, rule));
            };
            let units = i128::from(units.ten_thousandths());
            let (staff, per) = (i128::from(staff), i128::from(per.max(1)));
            if whole { (staff / per * units, 1) } else { (staff * units, per) }
        }
    };
    let done = i128::from(sum(ctx, rows)?.ten_thousandths());
    let short = num - done * den;
    if short <= 0 {
        return Ok(Points::ZERO);
    }
    let over = match form.over {
        Some(over) => i128::from(over.ten_thousandths()) * den,
        None => num,
    };
    Ok(form.worth.scaled(short, over, by)?)
}

fn ceiling(limit: u32, first: Points, steps: Steps, actual: Points) -> Result<Points, NumberError> {
    let limit = Points::whole(i64::from(limit))?;
    if actual <= limit {
        return Ok(Points::ZERO);
    }
    let over = i128::from(actual.ten_thousandths()) - i128::from(limit.ten_thousandths());
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
    first.plus(each.times_int(count)?)
}

fn band(ctx: &Context<'_>, bands: &[Band], rows: &[Row], rule: u16) -> Result<Points> {
    let value = match rows {
        [] => Points::ZERO,
        [row] => match ctx.event(row)?.value {
            Some(value) => value,
            None => return Err(ctx.missing("value", Some(row), rule)),
        },
        [_, second, ..] => {
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_in(
                    "detail",
                    "分档规则一个周期只取一个测量值",
                    "one value a period goes into bands",
                )
                .field(format!("events[{}]", second.event)));
        }
    };
    in_band(ctx, bands, value, rule)
}

/// Returns the points of the band that a value is in.
pub(super) fn in_band(
    ctx: &Context<'_>,
    bands: &[Band],
    value: Points,
    rule: u16,
) -> Result<Points> {
    let inside = |b: &&Band| {
        b.from.is_none_or(|from| from <= value) && b.below.is_none_or(|below| value < below)
    };
    match bands.iter().find(inside) {
        Some(band) => Ok(band.points),
        None => {
            let rule = ctx.scheme.rules.get(usize::from(rule));
            Err(Error::new(ErrorCode::CellNotAttested)
                .arg("cell", value)
                .arg("table", rule.map_or("", |r| ctx.scheme.code(r.label))))
        }
    }
}

struct Rated<'r> {
    scale: Points,
    worth: Points,
    weights: &'r [(u8, Rate)],
    own: bool,
}

/// Returns the weighted average of ratings as its part of the worth.
fn rated(
    ctx: &Context<'_>,
    form: &Rated<'_>,
    missing: WhenMissing,
    rows: &[Row],
    rule: u16,
) -> Result<Option<Points>> {
    let mut sums = vec![(0i128, 0i128); ctx.scheme.raters.len()];
    for row in rows {
        let event = ctx.event(row)?;
        let (Some(kind), Some(mark)) = (&event.rater_kind, event.points) else {
            let fact = if event.rater_kind.is_none() { "rater_kind" } else { "points" };
            return Err(ctx.missing(fact, Some(row), rule));
        };
        if mark > form.scale {
            return Err(Error::new(ErrorCode::NumberOutOfRange)
                .arg("value", mark)
                .arg("min", 0)
                .arg("max", form.scale)
                .field(format!("events[{}].points", row.event)));
        }
        if !form.own {
            let Some(rater) = &event.rater else {
                return Err(ctx.missing("rater", Some(row), rule));
            };
            if *rater == ctx.subject.id {
                return Err(Error::new(ErrorCode::SelfRating)
                    .arg("event", &event.id)
                    .arg("rater", rater)
                    .field(format!("events[{}].rater", row.event)));
            }
        }
        let known = ctx.scheme.rater(kind).filter(|k| form.weights.iter().any(|(w, _)| w == k));
        let Some(slot) = known.and_then(|k| sums.get_mut(usize::from(k))) else {
            let known =
                form.weights.iter().filter_map(|(k, _)| ctx.scheme.raters.get(usize::from(*k)));
            return Err(Error::new(ErrorCode::UnknownTerm)
                .arg_in("kind", "评议主体", "kind of rater")
                .arg("value", crate::error::shown(kind))
                .arg("known", known.cloned().collect::<Vec<_>>().join("、"))
                .field(format!("events[{}].rater_kind", row.event)));
        };
        let count = i128::from(event.count);
        slot.0 += i128::from(mark.ten_thousandths()) * count;
        slot.1 += count;
    }
    let (mut mean, mut weight) = (Fraction::ZERO, Fraction::ZERO);
    for (kind, share) in form.weights {
        let (sum, count) = sums.get(usize::from(*kind)).copied().unwrap_or_default();
        if count == 0 {
            match missing {
                WhenMissing::Refuse => {
                    let kind = ctx.scheme.raters.get(usize::from(*kind)).map_or("", String::as_str);
                    return Err(Error::new(ErrorCode::MissingFact)
                        .arg("fact", format!("rater_kind {kind}"))
                        .field("events"));
                }
                WhenMissing::Skip => continue,
                WhenMissing::Zero => {}
            }
        }
        let share =
            Fraction { num: i128::from(share.mantissa()), den: i128::from(share.denominator()) };
        weight = weight.plus(share)?;
        if count > 0 {
            mean = mean.plus(share.times(Fraction { num: sum, den: count })?)?;
        }
    }
    if weight.num == 0 {
        return Ok(None);
    }
    // worth × (mean ÷ weight) ÷ scale
    let scale = Fraction { num: i128::from(form.scale.ten_thousandths()), den: 1 };
    let whole = mean.times(Fraction { num: weight.den, den: weight.num })?;
    let part = whole.times(Fraction { num: 1, den: scale.num })?;
    Ok(Some(form.worth.scaled(part.num, part.den, ctx.scheme.rounding.points)?))
}

/// A reduced fraction with a denominator above 0.
#[derive(Clone, Copy)]
struct Fraction {
    num: i128,
    den: i128,
}

impl Fraction {
    const ZERO: Self = Self { num: 0, den: 1 };

    fn reduced(num: Option<i128>, den: Option<i128>) -> Result<Self, NumberError> {
        let (Some(num), Some(den)) = (num, den) else { return Err(NumberError::Overflow) };
        let (mut a, mut b) = (num.unsigned_abs(), den.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let by = i128::try_from(a.max(1)).map_err(|_| NumberError::Overflow)?;
        Ok(Self { num: num / by, den: den / by })
    }

    fn plus(self, other: Self) -> Result<Self, NumberError> {
        let left = self.num.checked_mul(other.den);
        let right = other.num.checked_mul(self.den);
        let num = left.zip(right).and_then(|(l, r)| l.checked_add(r));
        Self::reduced(num, self.den.checked_mul(other.den))
    }

    fn times(self, other: Self) -> Result<Self, NumberError> {
        Self::reduced(self.num.checked_mul(other.num), self.den.checked_mul(other.den))
    }
}
