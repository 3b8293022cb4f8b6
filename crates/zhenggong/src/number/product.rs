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
    #[inline(always)]
    pub fn rounded_product(
        self,
        rate: Rate,
        less: Self,
        rounding: Rounding,
    ) -> Result<Self, NumberError> {
        let product = self.fen().checked_mul(rate.mantissa());
        let taken = less.fen().checked_mul(rate.denominator());
        // Half up to the fen or the yuan is what nearly all lines do.
        let (digits, unit) = match (rounding.mode(), rounding.unit()) {
            (RoundingMode::HalfUp, RoundingUnit::Fen) => (0, 1),
            (RoundingMode::HalfUp, RoundingUnit::Yuan) => (2, 100),
            _ => return self.general_product(rate, less, rounding),
        };
        if let (Some(product), Some(taken)) = (product, taken)
            && let Some(value) = product.checked_sub(taken)
            && let magnitude @ 0..MOST = value.unsigned_abs()
            && let Some(power) = POWERS.get(usize::from(rate.scale() + digits))
        {
            // Below 2^62: a yuan is a hundred fen, and is divided by a hundred at least.
            let fen = (power.half_up(magnitude) * unit).cast_signed();
            return Ok(Self::from_fen(if value < 0 { -fen } else { fen }));
        }
        self.general_product(rate, less, rounding)
    }

    /// Returns whether the amount times the rate is less than another amount.
    #[must_use]
    #[inline]
    pub const fn product_is_below(self, rate: Rate, other: Self) -> bool {
        // Products of 64 bits fit in 128.
        let product = self.fen() as i128 * rate.mantissa() as i128;
        product < other.fen() as i128 * rate.denominator() as i128
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

/// A rate and its rounding, made ready for many amounts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Product {
    rate: Rate,
    rounding: Rounding,
    // Amounts from 0 to below this many fen go the short way; none where the rate or the rounding is
    // an unusual one.
    below: u64,
    power: Power,
    unit: u64,
}

impl Product {
    #[inline(always)]
    pub(crate) fn new(rate: Rate, rounding: Rounding) -> Self {
        let (digits, unit) = match (rounding.mode(), rounding.unit()) {
            (RoundingMode::HalfUp, RoundingUnit::Fen) => (0, 1),
            (RoundingMode::HalfUp, RoundingUnit::Yuan) => (2, 100),
            _ => (0, 0),
        };
        let power = POWERS.get(usize::from(rate.scale() + digits)).copied();
        // Two factors below 2^31 have a product below MOST.
        let short = unit > 0 && power.is_some() && rate.mantissa().cast_unsigned() < SHORT;
        let below = if short { SHORT } else { 0 };
        Self { rate, rounding, below, power: power.unwrap_or(ONE), unit }
    }

    #[inline(always)]
    pub(crate) const fn rate(&self) -> Rate {
        self.rate
    }

    /// Returns the amount times the rate, rounded; the same as [`Money::rounded_product`].
    #[inline(always)]
    pub(crate) fn of(&self, amount: Money) -> Result<Money, NumberError> {
        let fen = amount.fen().cast_unsigned();
        if fen < self.below {
            let product = fen * self.rate.mantissa().cast_unsigned();
            return Ok(Money::from_fen((self.power.half_up(product) * self.unit).cast_signed()));
        }
        self.long(amount)
    }

    #[cold]
    fn long(&self, amount: Money) -> Result<Money, NumberError> {
        amount.rounded_product(self.rate, Money::ZERO, self.rounding)
    }
}

/// Amounts and rates below this go the short way.
const SHORT: u64 = 1 << 31;

/// Amounts below this are divided by multiplying.
const MOST: u64 = 1 << 62;

/// A power of ten to divide by.
#[derive(Debug, Clone, Copy)]
struct Power {
    half: u64,
    // 2^(63 + shift) divided by the power, rounded up.
    factor: u64,
    shift: u32,
}

const ONE: Power = Power { half: 0, factor: 1 << 63, shift: 0 };

/// 1, 10, 100 and so on: the scale of a rate and the two digits of a yuan.
const POWERS: [Power; Rate::MAX_SCALE as usize + 3] = {
    let mut powers = [ONE; _];
    let (mut at, mut ten) = (1, 10u64);
    while at < powers.len() {
        // The smallest power of two that is not below the power of ten.
        let shift = ten.next_power_of_two().trailing_zeros();
        let factor = (1u128 << (63 + shift)).div_ceil(ten as u128) as u64;
        powers[at] = Power { half: ten / 2, factor, shift };
        (at, ten) = (at + 1, ten * 10);
    }
    powers
};

impl Power {
    /// Divides what is below 2^62, and rounds half up.
    ///
    /// Granlund and Montgomery (Division by invariant integers using multiplication, 1994), theorem 4.2:
    /// a quotient of numbers below 2^63 is the high part of the product with the rounded-up factor.
    #[inline(always)]
    const fn half_up(self, magnitude: u64) -> u64 {
        let twice = ((magnitude + self.half) << 1) as u128;
        ((twice * self.factor as u128) >> 64) as u64 >> self.shift
    }
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
                    assert_eq!(
                        Product::new(rate, rounding).of(amount),
                        general(amount, rate, Money::ZERO, rounding),
                        "{amount} {rate} {rounding}"
                    );
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_product_divides_as_a_division_does(magnitude in 0..MOST, at in 0..POWERS.len()) {
            let ten = 10u64.pow(at as u32);
            // Next to a multiple a wrong factor shows first.
            let multiple = magnitude / ten * ten;
            for near in [magnitude, multiple, multiple.saturating_sub(1), multiple + ten / 2] {
                let near = near.min(MOST - 1);
                let rounded = near / ten + u64::from(at > 0 && near % ten >= ten / 2);
                prop_assert_eq!(POWERS[at].half_up(near), rounded);
            }
        }

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
            prop_assert_eq!(
                Product::new(rate, rounding).of(amount),
                general(amount, rate, Money::ZERO, rounding)
            );
        }
    }
}
