//! Amount times rate, rounded at once: what most rules do, without the general fraction.

use super::{Money, NumberError, Rate, Rounding, RoundingMode, RoundingUnit};

impl Money {
    /// Returns this amount times the rate, less another amount, rounded; the same as
    /// `self.exact().times(rate)?.minus(less.exact())?.round(rounding)`, and faster where the product
    /// fits in 64 bits.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] where the result does not fit.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::number::{Money, Rate, Rounding};
    /// let tax = Money::parse("40000")?.rounded_product(
    ///     Rate::parse("0.10")?, Money::parse("2520")?, Rounding::HALF_UP_FEN)?;
    /// assert_eq!(tax.to_string(), "1480.00");
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    #[inline]
    pub fn rounded_product(
        self,
        rate: Rate,
        less: Self,
        rounding: Rounding,
    ) -> Result<Self, NumberError> {
        let product = self.fen().checked_mul(rate.mantissa());
        let taken = less.fen().checked_mul(rate.denominator());
        let value = product.zip(taken).and_then(|(p, t)| p.checked_sub(t));
        // Half up to the fen or the yuan is what nearly all lines do.
        let digits = match (rounding.mode(), rounding.unit()) {
            (RoundingMode::HalfUp, RoundingUnit::Fen) => 0,
            (RoundingMode::HalfUp, RoundingUnit::Yuan) => 2,
            _ => return self.general_product(rate, less, rounding),
        };
        let Some(value) = value else { return self.general_product(rate, less, rounding) };
        let Some(units) = half_up(value.unsigned_abs(), rate.scale() + digits) else {
            return self.general_product(rate, less, rounding);
        };
        let fen = if digits == 0 { units } else { units * 100 };
        // Below 2^63: the division by at least 100 leaves room for the factor, and a scale of 0
        // returns the magnitude itself.
        match i64::try_from(fen) {
            Ok(fen) => Ok(Self::from_fen(if value < 0 { -fen } else { fen })),
            Err(_) => self.general_product(rate, less, rounding),
        }
    }

    #[cold]
    fn general_product(
        self,
        rate: Rate,
        less: Self,
        rounding: Rounding,
    ) -> Result<Self, NumberError> {
        self.exact().times(rate)?.minus(less.exact())?.round(rounding)
    }
}

/// Divides by a power of ten, halves up. The arms are divisions by constants, which are multiplications.
#[inline]
const fn half_up(magnitude: u64, power: u8) -> Option<u64> {
    macro_rules! by {
        ($den:literal) => {
            magnitude / $den + (magnitude % $den >= $den / 2) as u64
        };
    }
    Some(match power {
        0 => magnitude,
        1 => by!(10),
        2 => by!(100),
        3 => by!(1_000),
        4 => by!(10_000),
        5 => by!(100_000),
        6 => by!(1_000_000),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn general(amount: Money, rate: Rate, less: Money, by: Rounding) -> Result<Money, NumberError> {
        amount.exact().times(rate)?.minus(less.exact())?.round(by)
    }

    #[test]
    fn limits_agree_with_the_general_way() {
        let rates = [Rate::ZERO, Rate::ONE, Rate::from_parts(8, 2), Rate::from_parts(-1, 9)];
        let amounts =
            [Money::MIN, Money::from_fen(-1), Money::ZERO, Money::from_fen(50), Money::MAX];
        for rounding in Rounding::all() {
            for rate in rates {
                for amount in amounts {
                    for less in amounts {
                        assert_eq!(
                            amount.rounded_product(rate, less, rounding),
                            general(amount, rate, less, rounding),
                            "{amount} {rate} {less} {rounding}"
                        );
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn the_fast_way_agrees_with_the_general_one(
            fen in -10_000_000_000i64..10_000_000_000,
            mantissa in -1_000_000i64..1_000_000,
            scale in 0u8..=9,
            less in -1_000_000_000i64..1_000_000_000,
            which in 0usize..14,
        ) {
            let rounding = Rounding::all().nth(which).unwrap_or(Rounding::HALF_UP_FEN);
            let (amount, less) = (Money::from_fen(fen), Money::from_fen(less));
            let rate = Rate::from_parts(mantissa, scale);
            prop_assert_eq!(
                amount.rounded_product(rate, less, rounding),
                general(amount, rate, less, rounding)
            );
        }
    }
}
