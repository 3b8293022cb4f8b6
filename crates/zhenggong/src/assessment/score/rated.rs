//! Ratings (评议): the mean of each kind of rater, weighted.

use std::collections::BTreeMap;

use super::{Context, Row, fraction::Fraction};
use crate::{
    Error, ErrorCode, Result,
    assessment::{Event, Ground, PointRounding, Points, Trail, WhenMissing},
    error::unknown_term,
    number::Rate,
};

/// What a rule of ratings says.
pub(super) struct Rated<'r> {
    /// The full mark.
    pub(super) scale: Points,
    /// What the full mark is worth.
    pub(super) worth: Points,
    /// The weight of each kind of rater.
    pub(super) weights: &'r [(u8, Rate)],
    /// Whether a subject may rate itself.
    pub(super) own: bool,
    /// What happens where a kind of rater has not rated.
    pub(super) missing: WhenMissing,
}

/// The sum of the marks of a kind of rater, and how many there are.
type Sum = (i128, i128);

/// Returns the weighted average of ratings as its part of the worth; none where nobody has rated and the rule
/// leaves that out.
pub(super) fn points<L: Trail>(
    ctx: &Context<'_>,
    form: &Rated<'_>,
    rows: &[Row],
    rule: u16,
    trail: &mut L,
) -> Result<Option<Points>> {
    let mut sums: Vec<Sum> = vec![(0, 0); ctx.scheme.raters.len()];
    for row in rows {
        let event = ctx.event(row)?;
        let (kind, mark) = mark(ctx, form, event, row)?;
        if let Some((sum, count)) = sums.get_mut(usize::from(kind)) {
            *sum += i128::from(mark.ten_thousandths()) * i128::from(event.count);
            *count += i128::from(event.count);
        }
        trail.ground(|| Ground::Rating(row.event));
    }
    once_each(ctx, rows, rule)?;
    let Some(average) = average(ctx, form, &sums, rule, trail)? else { return Ok(None) };
    if L::ACTIVE {
        let shown = Points::of_fraction(average.num, average.den, PointRounding::FINEST)?;
        trail.ground(|| Ground::Average(shown));
    }
    // worth × average ÷ scale
    let scale = i128::from(form.scale.ten_thousandths());
    let part = average.times(Fraction { num: 1, den: scale })?;
    Ok(Some(form.worth.scaled(part.num, part.den, ctx.scheme.rounding.points)?))
}

/// Refuses a rater who has rated twice: which mark is meant nobody knows. Who enters how many gave a mark
/// stands for several people, and may give several marks.
fn once_each(ctx: &Context<'_>, rows: &[Row], rule: u16) -> Result<()> {
    let mut of: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        // Of a cascade, each subject below is rated on its own.
        let event = ctx.event(row)?;
        if let Some(rater) = event.rater.as_ref().filter(|_| event.subject == ctx.subject().id) {
            of.entry(rater.as_str()).or_default().push(row);
        }
    }
    for (rater, rows) in of {
        let [first, second, ..] = rows.as_slice() else { continue };
        if rows.iter().all(|row| row.count == 1) {
            return Err(twice(ctx, rater, first, second, rule)?);
        }
    }
    Ok(())
}

#[cold]
fn twice(ctx: &Context<'_>, rater: &str, first: &Row, second: &Row, rule: u16) -> Result<Error> {
    let (one, other, who) = (&ctx.event(first)?.id, &ctx.event(second)?.id, &ctx.subject().id);
    let name = ctx.scheme.rules.get(usize::from(rule)).and_then(|r| ctx.scheme.name_of(r.label));
    let (zh, en) = name.map_or(("", ""), |n| (n.zh.as_str(), n.en.as_str()));
    Ok(Error::new(ErrorCode::ContradictoryFacts)
        .arg_in(
            "detail",
            format!("评议人 {rater} 对 {who} 的“{zh}”评了两次：事件 {one} 和 {other}；若为多人所评，请在 count 中写明人数"),
            format!("{rater} rates {who} twice under {en}, in the events {one} and {other}; where several people rated, enter how many in count"),
        )
        .field(format!("events[{}].rater", second.event)))
}

/// Returns the kind of rater and the mark of a rating.
fn mark(ctx: &Context<'_>, form: &Rated<'_>, event: &Event, row: &Row) -> Result<(u8, Points)> {
    let (Some(kind), Some(mark)) = (&event.rater_kind, event.points) else {
        let fact = if event.rater_kind.is_none() { "rater_kind" } else { "points" };
        return Err(ctx.missing(fact, row));
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
            return Err(ctx.missing("rater", row));
        };
        // Nor where the rating of someone below counts here as well.
        if *rater == ctx.subject().id || *rater == event.subject {
            return Err(Error::new(ErrorCode::SelfRating)
                .arg("event", &event.id)
                .arg("rater", rater)
                .field(format!("events[{}].rater", row.event)));
        }
    }
    let known = ctx.scheme.rater(kind).filter(|k| form.weights.iter().any(|(w, _)| w == k));
    let Some(known) = known else {
        let known = form.weights.iter().filter_map(|(k, _)| ctx.scheme.raters.get(usize::from(*k)));
        return Err(unknown_term(("评议主体", "kind of rater"), kind, known)
            .field(format!("events[{}].rater_kind", row.event)));
    };
    Ok((known, mark))
}

/// Returns the weighted mean of the means; none where no kind of rater counts.
fn average<L: Trail>(
    ctx: &Context<'_>,
    form: &Rated<'_>,
    sums: &[Sum],
    rule: u16,
    trail: &mut L,
) -> Result<Option<Fraction>> {
    let (mut mean, mut weight) = (Fraction::ZERO, Fraction::ZERO);
    for (kind, rate) in form.weights {
        let (sum, count) = sums.get(usize::from(*kind)).copied().unwrap_or_default();
        if count == 0 {
            match form.missing {
                WhenMissing::Refuse => {
                    let kind = ctx.scheme.raters.get(usize::from(*kind)).map_or("", String::as_str);
                    let (zh, en) = (format!("“{kind}”评议"), format!("a rating by {kind}"));
                    return Err(ctx.no_event((&zh, &en), rule));
                }
                WhenMissing::Skip => continue,
                WhenMissing::Zero => {}
            }
        }
        let share =
            Fraction { num: i128::from(rate.mantissa()), den: i128::from(rate.denominator()) };
        weight = weight.plus(share)?;
        let own = Fraction { num: sum, den: count.max(1) };
        mean = mean.plus(share.times(own)?)?;
        if L::ACTIVE {
            let mean = Points::of_fraction(own.num, own.den, PointRounding::FINEST)?;
            trail.ground(|| Ground::Mean { raters: *kind, weight: *rate, mean });
        }
    }
    if weight.num == 0 {
        return Ok(None);
    }
    Ok(Some(mean.times(Fraction { num: weight.den, den: weight.num })?))
}
