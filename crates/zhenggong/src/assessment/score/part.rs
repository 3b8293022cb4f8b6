//! One subject in one part of a period: its sheets, and their total.

use super::{
    Context, Row, combine, item,
    item::Rows,
    matter::{self, Matters},
    vetoes::{self, Hit},
};
use crate::{
    Result,
    assessment::{Ground, Points, Trail, TrailLine, Why},
};

/// The score of one part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::assessment) struct PartScore {
    /// The total of the sheets, before bounds.
    pub(in crate::assessment) total: Points,
    /// The total that a subject without any event has.
    pub(in crate::assessment) start: Points,
    /// Vetoes that were set off.
    pub(in crate::assessment) hits: Vec<Hit>,
}

/// Scores one part. `rows` are those of the subject in the part, in the order of their rules; the scores
/// of the sheets go to the end of `sheets`.
pub(in crate::assessment) fn score_part<L: Trail>(
    ctx: &Context<'_>,
    rows: &[Row],
    sheets: &mut Vec<Points>,
    trail: &mut L,
) -> Result<PartScore> {
    let scheme = ctx.scheme;
    let matters = rows
        .iter()
        .any(|r| scheme.rules.get(usize::from(r.rule)).is_some_and(|rule| rule.once_per_matter));
    let matters = if matters { matter::matters(ctx, rows)? } else { Matters::default() };
    let mut rows_left = Rows { all: rows, matters: &matters, next: 0 };
    let first = sheets.len();
    for (sheet, number) in scheme.sheets.iter().zip(0u8..) {
        let line = |points: Points, why: Why, trail: &mut L| {
            trail.line(|| TrailLine::on_sheet(ctx.part, number, points, points, why));
        };
        line(sheet.base, Why::Base, trail);
        let changed = |from: Points, to: Points, why: Why, trail: &mut L| -> Result<Points> {
            trail.ground(|| Ground::Limited { from, to });
            line(to.minus(from)?, why, trail);
            Ok(to)
        };
        let mut score = sheet.base;
        let items = scheme.items.get(usize::from(sheet.items.start)..usize::from(sheet.items.end));
        for (item, at) in items.unwrap_or_default().iter().zip(sheet.items.clone()) {
            score = score.plus(item::change(ctx, at, item, &mut rows_left, trail)?)?;
        }
        let rounded = score.round(scheme.rounding.score)?;
        if rounded != score {
            score = changed(score, rounded, Why::Rounding, trail)?;
        }
        if let Some(floor) = sheet.floor.filter(|floor| score < *floor) {
            score = changed(score, floor, Why::SheetFloor, trail)?;
        }
        if let Some(cap) = sheet.cap.filter(|cap| score > *cap) {
            score = changed(score, cap, Why::SheetCap, trail)?;
        }
        sheets.push(score);
    }
    let scores = sheets.get(first..).unwrap_or_default();
    let bases = scheme.sheets.iter().map(|s| s.base);
    let total = combine::total(scheme, scores.iter().copied())?;
    if L::ACTIVE {
        combine::lines(ctx, scores, total, trail)?;
    }
    Ok(PartScore {
        total,
        start: combine::total(scheme, bases)?,
        hits: vetoes::hits(ctx, rows, scores),
    })
}
