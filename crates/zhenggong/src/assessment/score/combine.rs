//! Sheets make a total.

use crate::{
    assessment::{Combine, Points, Scheme},
    number::NumberError,
};

/// Returns the total of sheets with these scores, in the order of the scheme.
///
/// # Rounding
///
/// A weighted sum and a mean are rounded once, as scores are.
pub(super) fn total(
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

fn whole(count: i128) -> Result<Points, NumberError> {
    let count = i64::try_from(count).map_err(|_| NumberError::Overflow)?;
    Ok(Points::from_ten_thousandths(count))
}
