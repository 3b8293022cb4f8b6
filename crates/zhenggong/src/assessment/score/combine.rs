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
    match scheme.combine {
        Combine::Sum => Points::checked_sum(scores),
        Combine::Mean => {
            let count = i128::try_from(scheme.sheets.len()).unwrap_or(1);
            Points::checked_sum(scores)?.scaled(1, count, scheme.rounding.score)
        }
        Combine::BaseMinusLoss(base) => {
            let bases = Points::checked_sum(scheme.sheets.iter().map(|s| s.base))?;
            base.plus(Points::checked_sum(scores)?)?.minus(bases)
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
            Points::of_fraction(num, DEN, scheme.rounding.score)
        }
    }
}
