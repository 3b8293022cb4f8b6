//! Fractions of whole numbers.

use crate::number::NumberError;

/// A reduced fraction with a denominator above 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fraction {
    pub(super) num: i128,
    pub(super) den: i128,
}

impl Fraction {
    pub(super) const ZERO: Self = Self { num: 0, den: 1 };

    fn reduced(num: Option<i128>, den: Option<i128>) -> Result<Self, NumberError> {
        let (Some(num), Some(den)) = (num, den) else { return Err(NumberError::Overflow) };
        let (mut a, mut b) = (num.unsigned_abs(), den.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let by = i128::try_from(a.max(1)).map_err(|_| NumberError::Overflow)?;
        Ok(Self { num: num / by, den: den / by })
    }

    pub(super) fn plus(self, other: Self) -> Result<Self, NumberError> {
        let left = self.num.checked_mul(other.den);
        let right = other.num.checked_mul(self.den);
        let num = left.zip(right).and_then(|(l, r)| l.checked_add(r));
        Self::reduced(num, self.den.checked_mul(other.den))
    }

    pub(super) fn times(self, other: Self) -> Result<Self, NumberError> {
        Self::reduced(self.num.checked_mul(other.num), self.den.checked_mul(other.den))
    }
}
