//! Decimals of any width and scale, rescaled exactly.

use arrow_buffer::i256;
use zhenggong::{
    Error, ErrorCode,
    number::{Money, NumberError, Rate},
};

/// The digits of a decimal.
pub(crate) trait Digits: Copy {
    /// Returns the same value at another scale, where it has no digits beyond it and fits.
    fn at_scale(self, from: i8, to: i8) -> Result<i64, NumberError>;

    /// Returns the low 64 bits.
    fn low(self) -> i64;

    /// Returns whether all are not negative and fit in 63 bits.
    fn all_plain(digits: &[Self]) -> bool
    where
        Self: Sized;
}

impl Digits for i32 {
    #[inline]
    fn low(self) -> i64 {
        i64::from(self)
    }

    #[inline]
    fn all_plain(digits: &[Self]) -> bool {
        digits.iter().fold(0, |all, one| all | one) >= 0
    }

    #[inline]
    fn at_scale(self, from: i8, to: i8) -> Result<i64, NumberError> {
        i64::from(self).at_scale(from, to)
    }
}

impl Digits for i64 {
    #[inline]
    fn low(self) -> i64 {
        self
    }

    #[inline]
    fn all_plain(digits: &[Self]) -> bool {
        digits.iter().fold(0, |all, one| all | one) >= 0
    }

    #[inline]
    fn at_scale(self, from: i8, to: i8) -> Result<i64, NumberError> {
        if from == to {
            return Ok(self);
        }
        let shift = i32::from(to) - i32::from(from);
        match 10i64.checked_pow(shift.unsigned_abs()) {
            Some(power) if shift > 0 => self.checked_mul(power).ok_or(NumberError::Overflow),
            Some(power) if self % power == 0 => Ok(self / power),
            Some(_) => Err(NumberError::TooManyDigits),
            None => wide(i128::from(self), shift),
        }
    }
}

impl Digits for i128 {
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "the low bits are asked for")]
    fn low(self) -> i64 {
        self as i64
    }

    #[inline]
    fn all_plain(digits: &[Self]) -> bool {
        // Bits above the low 63 are set in the union where they are set in any.
        digits.iter().fold(0, |all, one| all | one) >> 63 == 0
    }

    #[inline]
    fn at_scale(self, from: i8, to: i8) -> Result<i64, NumberError> {
        match i64::try_from(self) {
            Ok(narrow) => narrow.at_scale(from, to),
            Err(_) => wide(self, i32::from(to) - i32::from(from)),
        }
    }
}

impl Digits for i256 {
    #[inline]
    fn low(self) -> i64 {
        self.to_parts().0.cast_signed().low()
    }

    fn all_plain(digits: &[Self]) -> bool {
        digits.iter().all(|one| one.to_i128().is_some_and(|one| one >> 63 == 0))
    }

    #[inline]
    fn at_scale(self, from: i8, to: i8) -> Result<i64, NumberError> {
        match self.to_i128() {
            Some(narrow) => narrow.at_scale(from, to),
            None => widest(self, i32::from(to) - i32::from(from)),
        }
    }
}

fn narrowed(value: i128) -> Result<i64, NumberError> {
    i64::try_from(value).map_err(|_| NumberError::Overflow)
}

fn wide(value: i128, shift: i32) -> Result<i64, NumberError> {
    match 10i128.checked_pow(shift.unsigned_abs()) {
        _ if value == 0 => Ok(0),
        Some(power) if shift >= 0 => {
            value.checked_mul(power).ok_or(NumberError::Overflow).and_then(narrowed)
        }
        Some(power) if value % power == 0 => narrowed(value / power),
        // A power beyond the range divides no digits that are inside it.
        None if shift >= 0 => Err(NumberError::Overflow),
        _ => Err(NumberError::TooManyDigits),
    }
}

fn widest(value: i256, shift: i32) -> Result<i64, NumberError> {
    if shift >= 0 {
        return Err(NumberError::Overflow);
    }
    let power = i256::from_i128(10).checked_pow(shift.unsigned_abs());
    let divided = power.and_then(|p| value.checked_rem(p).zip(value.checked_div(p)));
    match divided {
        Some((i256::ZERO, whole)) => {
            whole.to_i128().ok_or(NumberError::Overflow).and_then(narrowed)
        }
        _ => Err(NumberError::TooManyDigits),
    }
}

/// Returns the amount of a decimal column's cell.
#[inline]
pub(crate) fn money(digits: impl Digits, scale: i8) -> Result<Money, NumberError> {
    digits.at_scale(scale, 2).map(Money::from_fen)
}

/// Returns the rate of a decimal column's cell.
#[inline]
pub(crate) fn rate(digits: impl Digits, scale: i8) -> Result<Rate, NumberError> {
    let most = scale.clamp(0, Rate::MAX_SCALE.cast_signed());
    let mut answer = digits.at_scale(scale, most);
    let mut at = most;
    // Digits that do not fit may still do so without their trailing zeros.
    while answer == Err(NumberError::Overflow) && at > 0 {
        at -= 1;
        answer = digits.at_scale(scale, at);
    }
    answer.map(|mantissa| Rate::from_parts(mantissa, at.unsigned_abs()))
}

/// Says why the value of a cell can't be taken.
#[cold]
pub(crate) fn refused(error: NumberError, shown: &str, money: bool) -> Error {
    match error {
        NumberError::TooManyDigits => Error::new(ErrorCode::TooManyDigits)
            .arg("value", shown)
            .arg("digits", if money { 2 } else { Rate::MAX_SCALE }),
        _ => {
            let error = Error::new(ErrorCode::NumberOutOfRange).arg("value", shown);
            if money {
                error.arg("min", Money::MIN).arg("max", Money::MAX)
            } else {
                error.arg("min", i64::MIN).arg("max", i64::MAX)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn digits_are_rescaled_exactly_or_refused() {
        assert_eq!(money(12_345i32, 3), Err(NumberError::TooManyDigits));
        assert_eq!(money(12_340i32, 3).unwrap().fen(), 1234);
        assert_eq!(money(12i64, -3).unwrap().fen(), 1_200_000);
        assert_eq!(money(i64::MAX, 1), Err(NumberError::Overflow));
        assert_eq!(money(0i64, -30).unwrap(), Money::ZERO);
        assert_eq!(money(1i128, -60), Err(NumberError::Overflow));
        assert_eq!(money(i128::from(i64::MAX) * 1000, 5).unwrap(), Money::MAX);
        assert_eq!(money(i128::MAX, 2), Err(NumberError::Overflow));
        assert_eq!(money(7i64, 60), Err(NumberError::TooManyDigits));
        let huge = i256::from_i128(10).checked_pow(70).unwrap();
        assert_eq!(money(huge, 70).unwrap().fen(), 100);
        assert_eq!(money(huge, 40), Err(NumberError::Overflow));
        assert_eq!(money(huge.wrapping_add(i256::ONE), 70), Err(NumberError::TooManyDigits));
    }

    #[test]
    fn rates_keep_nine_decimals_and_drop_zeros() {
        assert_eq!(rate(8i64, 2).unwrap(), Rate::parse("0.08").unwrap());
        assert_eq!(rate(80_000_000_000i64, 12).unwrap(), Rate::parse("0.08").unwrap());
        assert_eq!(rate(2i32, -1).unwrap(), Rate::parse("20").unwrap());
        assert_eq!(rate(1i64, 10), Err(NumberError::TooManyDigits));
        let long = i128::from(i64::MAX / 10) * 10_000_000_000;
        assert_eq!(rate(long, 9).unwrap(), Rate::from_parts(i64::MAX / 10 * 10, 0));
    }

    proptest! {
        #[test]
        fn all_widths_agree(value: i32, from in -5i8..9, to in 0i8..9) {
            let narrow = value.at_scale(from, to);
            prop_assert_eq!(i64::from(value).at_scale(from, to), narrow);
            prop_assert_eq!(i128::from(value).at_scale(from, to), narrow);
            prop_assert_eq!(i256::from_i128(value.into()).at_scale(from, to), narrow);
            prop_assert_eq!(wide(value.into(), i32::from(to) - i32::from(from)), narrow);
        }
    }
}
