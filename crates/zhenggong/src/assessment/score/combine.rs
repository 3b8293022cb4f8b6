//! Sheets make a total.

use super::Context;
use crate::{
    assessment::{Combine, PointRounding, Points, Scheme, Trail, TrailLine, Why},
    number::{NumberError, Rate},
};

/// Returns the total of sheets with these scores, in the order of the scheme.
///
/// # Rounding
///
/// A weighted sum and a mean are rounded once, as scores are.
pub(in crate::assessment) fn total(
    scheme: &Scheme,
    scores: impl Iterator<Item = Points> + Clone,
) -> Result<Points, NumberError> {
    let (num, den) = exact(scheme, scores)?;
    match scheme.combine {
        // Sums need no rounding of their own.
        Combine::Sum | Combine::BaseMinusLoss(_) => whole(num),
        Combine::Mean | Combine::Weighted => Points::of_fraction(num, den, scheme.rounding.score),
    }
}

/// Returns the total before it is rounded, as `num / den` ten-thousandths of a point.
pub(in crate::assessment) fn exact(
    scheme: &Scheme,
    scores: impl Iterator<Item = Points> + Clone,
) -> Result<(i128, i128), NumberError> {
    let sum = |points: &mut dyn Iterator<Item = Points>| -> i128 {
        points.map(|p| i128::from(p.ten_thousandths())).sum()
    };
    match scheme.combine {
        Combine::Sum => Ok((sum(&mut scores.clone()), 1)),
        Combine::Mean => {
            let count = i128::try_from(scheme.sheets.len()).map_err(|_| NumberError::Overflow)?;
            Ok((sum(&mut scores.clone()), count))
        }
        Combine::BaseMinusLoss(base) => {
            let bases = sum(&mut scheme.sheets.iter().map(|s| s.base));
            Ok((i128::from(base.ten_thousandths()) + sum(&mut scores.clone()) - bases, 1))
        }
        Combine::Weighted => {
            // Weights have at most nine decimals, so that all fit over one denominator.
            const DEN: i128 = 1_000_000_000;
            let mut num = 0i128;
            for (score, sheet) in scores.zip(&scheme.sheets) {
                let Some(weight) = sheet.weight else { continue };
                let weight =
                    i128::from(weight.mantissa()) * (DEN / i128::from(weight.denominator()));
                num += i128::from(score.ten_thousandths()) * weight;
            }
            Ok((num, DEN))
        }
    }
}

/// Says how the scores of the sheets become their total: the lines sum to the total less the scores.
pub(super) fn lines<L: Trail>(
    ctx: &Context<'_>,
    scores: &[Points],
    total: Points,
    trail: &mut L,
) -> Result<(), NumberError> {
    let scheme = ctx.scheme;
    let mut said = Points::checked_sum(scores.iter().copied())?;
    match scheme.combine {
        Combine::Sum => {}
        Combine::BaseMinusLoss(base) => {
            let bases = Points::checked_sum(scheme.sheets.iter().map(|s| s.base))?;
            let points = base.minus(bases)?;
            trail.line(|| TrailLine::combining(ctx.part, said, points, Why::TotalBase));
            said = said.plus(points)?;
        }
        Combine::Weighted | Combine::Mean => {
            let count = i128::try_from(scores.len()).map_err(|_| NumberError::Overflow)?;
            for ((score, sheet), number) in scores.iter().zip(&scheme.sheets).zip(0u8..) {
                let (num, den, why) = match (scheme.combine, sheet.weight) {
                    (Combine::Mean, _) => (1, count, Why::Mean),
                    (_, weight) => {
                        let weight = weight.unwrap_or(Rate::ZERO);
                        let den = i128::from(weight.denominator());
                        (i128::from(weight.mantissa()), den, Why::Weight)
                    }
                };
                let points = score.scaled(num, den, PointRounding::FINEST)?.minus(*score)?;
                said = said.plus(points)?;
                trail.line(|| TrailLine {
                    sheet: Some(number),
                    ..TrailLine::combining(ctx.part, *score, points, why)
                });
            }
        }
    }
    if said != total {
        let rest = total.minus(said)?;
        trail.line(|| TrailLine::combining(ctx.part, said, rest, Why::Rounding));
    }
    Ok(())
}

fn whole(count: i128) -> Result<Points, NumberError> {
    let count = i64::try_from(count).map_err(|_| NumberError::Overflow)?;
    Ok(Points::from_ten_thousandths(count))
}
