//! Money: whole fen.

use std::fmt;

use rust_decimal::Decimal;

use super::{
    Exact, NumberError,
    error::{invalid_number, out_of_range, too_many_digits},
    scan::scan,
    text::{FromText, text_form},
};

/// An amount of money in whole fen (分, 0.01 yuan).
///
/// Arithmetic is checked and has no operators, so that money and plain numbers never mix:
///
/// ```compile_fail
/// use zhenggong::number::Money;
/// let sum = Money::from_fen(100) + 1;
/// ```
///
/// # Examples
///
/// ```
/// use zhenggong::number::Money;
/// let pay = Money::parse("1234.5")?;
/// assert_eq!(pay.fen(), 123_450);
/// assert_eq!(pay.plus(Money::from_fen(1))?.to_string(), "1234.51");
/// assert!(Money::parse("1,234.50").is_err());
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);
    /// The smallest amount, about −92 quadrillion yuan.
    pub const MIN: Self = Self(i64::MIN);
    /// The largest amount, about 92 quadrillion yuan.
    pub const MAX: Self = Self(i64::MAX);

    /// Returns the amount of this many fen.
    #[must_use]
    #[inline]
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// Returns the amount in fen.
    #[must_use]
    #[inline]
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Returns the amount of this many whole yuan.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    #[inline]
    pub const fn from_yuan(yuan: i64) -> Result<Self, NumberError> {
        checked(yuan.checked_mul(100))
    }

    /// Returns the sum of two amounts.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    #[inline]
    pub const fn plus(self, other: Self) -> Result<Self, NumberError> {
        checked(self.0.checked_add(other.0))
    }

    /// Returns this amount less the other; it may be negative.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    #[inline]
    pub const fn minus(self, other: Self) -> Result<Self, NumberError> {
        checked(self.0.checked_sub(other.0))
    }

    /// Returns this amount a whole number of times, which never needs rounding.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    #[inline]
    pub const fn times(self, count: i64) -> Result<Self, NumberError> {
        checked(self.0.checked_mul(count))
    }

    /// Returns the amount with the other sign.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] for [`MIN`](Self::MIN), which has no counterpart.
    #[inline]
    pub const fn negated(self) -> Result<Self, NumberError> {
        checked(self.0.checked_neg())
    }

    /// Returns the amount without its sign.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] for [`MIN`](Self::MIN), which has no counterpart.
    #[inline]
    pub const fn abs(self) -> Result<Self, NumberError> {
        checked(self.0.checked_abs())
    }

    /// Returns whether the amount is below zero.
    #[must_use]
    #[inline]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Returns whether the amount is zero.
    #[must_use]
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Returns the amount as an unrounded value, to multiply and divide.
    #[must_use]
    #[inline]
    pub const fn exact(self) -> Exact {
        Exact::of(self)
    }

    /// Returns the sum of all amounts; only the total has to be in range, not the steps to it.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] when the total is outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, NumberError> {
        // 2^63 amounts of up to 2^63 fen fit in an i128.
        let total: i128 = amounts.into_iter().map(|amount| i128::from(amount.0)).sum();
        i64::try_from(total).map(Self).map_err(|_| NumberError::Overflow)
    }

    /// Returns the amount that the text gives in yuan.
    ///
    /// The form is an optional `-`, ASCII digits, and optionally a point with one or two digits. No
    /// sign `+`, exponent, separator, unit, space or full-width digit.
    ///
    /// # Errors
    ///
    /// `InvalidNumber` for another form, `TooManyDigits` for more than two decimals (also if they are
    /// zeros), `NumberOutOfRange` outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::{ErrorCode, number::Money};
    /// assert_eq!(Money::parse("-0.05")?, Money::from_fen(-5));
    /// assert_eq!(Money::parse("0.005").unwrap_err().code(), ErrorCode::TooManyDigits);
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    pub fn parse(text: &str) -> crate::Result<Self> {
        match scan(text, 2) {
            Ok(read) => match read.mantissa_at(2) {
                Some(fen) => Ok(Self(fen)),
                None => Err(out_of_range(text, Self::MIN, Self::MAX)),
            },
            Err(NumberError::TooManyDigits) => Err(too_many_digits(text, 2)),
            Err(NumberError::Overflow) => Err(out_of_range(text, Self::MIN, Self::MAX)),
            Err(_) => Err(invalid_number(text)),
        }
    }

    /// Returns the amount of a decimal number of yuan, exactly.
    ///
    /// # Errors
    ///
    /// `TooManyDigits` where a digit other than zero stands after the second decimal,
    /// `NumberOutOfRange` outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    pub fn from_decimal(yuan: Decimal) -> crate::Result<Self> {
        let plain = yuan.normalize();
        let Some(missing) = 2u32.checked_sub(plain.scale()) else {
            return Err(too_many_digits(yuan, 2));
        };
        plain
            .mantissa()
            .checked_mul(10i128.pow(missing))
            .and_then(|fen| i64::try_from(fen).ok())
            .map(Self)
            .ok_or_else(|| out_of_range(yuan, Self::MIN, Self::MAX))
    }

    /// Returns the amount in yuan as a decimal number with two places.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }
}

const fn checked(fen: Option<i64>) -> Result<Money, NumberError> {
    match fen {
        Some(fen) => Ok(Money(fen)),
        None => Err(NumberError::Overflow),
    }
}

/// Writes the amount in yuan with two decimals and without separators, such as `-1234.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let text = format!("{}.{:02}", magnitude / 100, magnitude % 100);
        f.pad_integral(!self.is_negative(), "", &text)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({self})")
    }
}

impl FromText for Money {
    const EXPECTING: &'static str = "以元为单位的十进制文本，如 \"660.00\" / an amount in yuan as decimal text, such as \"660.00\"";
    const NUMERIC: bool = true;

    fn from_text(text: &str) -> crate::Result<Self> {
        Self::parse(text)
    }
}

text_form!(Money);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ErrorCode;

    #[test]
    fn text_is_read_strictly_and_written_with_two_decimals() {
        for (text, fen, written) in [
            ("0", 0, "0.00"),
            ("-0", 0, "0.00"),
            ("0.05", 5, "0.05"),
            ("-0.05", -5, "-0.05"),
            ("1234.5", 123_450, "1234.50"),
            ("007.10", 710, "7.10"),
            ("92233720368547758.07", i64::MAX, "92233720368547758.07"),
            ("-92233720368547758.08", i64::MIN, "-92233720368547758.08"),
        ] {
            let money = Money::parse(text).unwrap();
            assert_eq!(money.fen(), fen);
            assert_eq!(money.to_string(), written);
            assert_eq!(Money::from_decimal(money.to_decimal()).unwrap(), money);
        }
        for (text, code) in [
            ("", ErrorCode::InvalidNumber),
            ("+1", ErrorCode::InvalidNumber),
            ("１２", ErrorCode::InvalidNumber),
            ("1e2", ErrorCode::InvalidNumber),
            ("1.000", ErrorCode::TooManyDigits),
            ("92233720368547758.08", ErrorCode::NumberOutOfRange),
            ("-92233720368547758.09", ErrorCode::NumberOutOfRange),
            ("99999999999999999999999999999999999999999", ErrorCode::NumberOutOfRange),
        ] {
            let error = Money::parse(text).unwrap_err();
            assert_eq!(error.code(), code, "{text}");
            assert!(error.args().any(|arg| arg == ("value", text)));
            assert!(!error.en().contains('?'), "{error}");
        }
    }

    #[test]
    fn padding_and_sign_follow_the_format() {
        assert_eq!(format!("{:>9}", Money::from_fen(-5)), "    -0.05");
        assert_eq!(format!("{:<6}|", Money::from_fen(5)), "0.05  |");
    }

    #[test]
    fn decimals_must_be_exact() {
        let read = |text: &str| Money::from_decimal(text.parse().unwrap());
        assert_eq!(read("1.50000").unwrap().fen(), 150);
        assert_eq!(read("-0").unwrap().fen(), 0);
        assert_eq!(read("1.005").unwrap_err().code(), ErrorCode::TooManyDigits);
        let huge = Money::from_decimal(Decimal::MAX).unwrap_err();
        assert_eq!(huge.code(), ErrorCode::NumberOutOfRange);
    }

    #[test]
    fn arithmetic_at_the_limits_is_an_error() {
        let one = Money::from_fen(1);
        assert_eq!(Money::MAX.plus(one), Err(NumberError::Overflow));
        assert_eq!(Money::MIN.minus(one), Err(NumberError::Overflow));
        assert_eq!(Money::MIN.negated(), Err(NumberError::Overflow));
        assert_eq!(Money::MIN.abs(), Err(NumberError::Overflow));
        assert_eq!(Money::MAX.times(2), Err(NumberError::Overflow));
        assert_eq!(Money::MIN.times(-1), Err(NumberError::Overflow));
        assert_eq!(Money::from_yuan(i64::MAX), Err(NumberError::Overflow));
        assert_eq!(Money::from_yuan(12), Ok(Money::from_fen(1200)));
        assert_eq!(Money::checked_sum([Money::MAX, one]), Err(NumberError::Overflow));
        assert_eq!(Money::checked_sum([Money::MAX, one, Money::MIN]), Ok(Money::ZERO));
        assert_eq!(Money::checked_sum([]), Ok(Money::ZERO));
    }

    #[test]
    fn serde_takes_text_alone() {
        let read = serde_json::from_str::<Money>;
        assert_eq!(read("\"660.00\"").unwrap(), Money::from_fen(66_000));
        assert_eq!(serde_json::to_string(&Money::from_fen(-5)).unwrap(), "\"-0.05\"");
        for (json, start) in [
            ("660", "FloatRefused:660"),
            ("-1", "FloatRefused:-1"),
            ("660.5", "FloatRefused:660.5"),
            ("1e3", "FloatRefused:1000.0"),
            ("true", "FloatRefused:true"),
            ("\"6,60\"", "InvalidNumber:6,60"),
            ("\"0.001\"", "TooManyDigits:0.001"),
            ("\"92233720368547758.08\"", "NumberOutOfRange:92233720368547758.08"),
        ] {
            let error = read(json).unwrap_err().to_string();
            assert!(error.starts_with(start), "{json} gave {error}");
        }
        assert!(read("null").is_err());
        assert!(toml::from_str::<std::collections::BTreeMap<String, Money>>("a = 1.5").is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(fen: i64) {
            let money = Money::from_fen(fen);
            prop_assert_eq!(Money::parse(&money.to_string()).unwrap(), money);
            prop_assert_eq!(Money::from_decimal(money.to_decimal()).unwrap(), money);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}|-?[0-9]{0,40}\\.?[0-9]{0,5}") {
            let _ = Money::parse(&text);
        }
    }
}
