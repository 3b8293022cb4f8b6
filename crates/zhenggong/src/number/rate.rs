//! Rate: an exact decimal ratio.

use std::{cmp::Ordering, fmt};

use rust_decimal::Decimal;

use super::{
    NumberError,
    error::{invalid_number, out_of_range, too_many_digits},
    scan::{Scanned, scan},
    text::{FromText, text_form},
};

/// An exact decimal ratio or divisor without a unit: 8 % is `0.08`, the days of a paid month `21.75`.
///
/// It holds up to nine decimals. Two rates are equal when their values are: `2.50` is `2.5`.
///
/// # Examples
///
/// ```
/// use zhenggong::number::Rate;
/// let rate = Rate::parse("0.08")?;
/// assert_eq!(rate.percent_text(), "8%");
/// assert_eq!((rate.mantissa(), rate.denominator()), (8, 100));
/// assert!(Rate::parse("8%").is_err());
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rate {
    mantissa: i64,
    // 10^scale, kept so that the inner loop does not compute it. The mantissa has no trailing zeros
    // beyond the point, so equal values have equal fields.
    den: i64,
    scale: u8,
}

impl Rate {
    /// The rate 0.
    pub const ZERO: Self = Self { mantissa: 0, den: 1, scale: 0 };
    /// The rate 1, that is 100 %.
    pub const ONE: Self = Self { mantissa: 1, den: 1, scale: 0 };
    /// The most decimals that a rate has.
    pub const MAX_SCALE: u8 = 9;

    /// Returns `mantissa / 10^scale`, for constants in code and tests: `from_parts(2175, 2)` is 21.75.
    ///
    /// Digits after the ninth decimal are cut off. Data goes through [`parse`](Self::parse) or
    /// [`from_decimal`](Self::from_decimal), which refuse them instead.
    #[must_use]
    pub const fn from_parts(mantissa: i64, scale: u8) -> Self {
        let (mut mantissa, mut scale) = (mantissa, scale);
        while scale > 0 && (scale > Self::MAX_SCALE || mantissa % 10 == 0) {
            mantissa /= 10;
            scale -= 1;
        }
        Self { mantissa, den: 10i64.pow(scale as u32), scale }
    }

    /// Returns the rate that the text gives, such as `0.08` or `21.75`.
    ///
    /// The form is an optional `-`, ASCII digits, and optionally a point with one to nine digits. A
    /// percent sign is refused: 8 % is written `0.08`.
    ///
    /// # Errors
    ///
    /// `InvalidNumber` for another form, `TooManyDigits` for more decimals than fit,
    /// `NumberOutOfRange` where the whole part alone does not fit in an `i64`.
    pub fn parse(text: &str) -> crate::Result<Self> {
        match scan(text, u32::from(Self::MAX_SCALE)) {
            Ok(read) => match read.mantissa_at(read.scale) {
                Some(mantissa) => Ok(Self::from_parts(mantissa, scale_of(read.scale))),
                None => Err(too_large(text, read)),
            },
            Err(NumberError::TooManyDigits) => {
                Err(too_many_digits(text, u32::from(Self::MAX_SCALE)))
            }
            Err(NumberError::Overflow) => Err(out_of_range(text, i64::MIN, i64::MAX)),
            Err(_) => Err(invalid_number(text)),
        }
    }

    /// Returns the rate of a decimal number, exactly.
    ///
    /// # Errors
    ///
    /// `TooManyDigits` for more decimals than fit, `NumberOutOfRange` where the whole part alone does
    /// not fit in an `i64`.
    pub fn from_decimal(value: Decimal) -> crate::Result<Self> {
        let plain = value.normalize();
        if plain.scale() > u32::from(Self::MAX_SCALE) {
            return Err(too_many_digits(value, u32::from(Self::MAX_SCALE)));
        }
        match i64::try_from(plain.mantissa()) {
            Ok(mantissa) => Ok(Self::from_parts(mantissa, scale_of(plain.scale()))),
            Err(_) => {
                let magnitude = plain.mantissa().unsigned_abs();
                let negative = plain.is_sign_negative();
                Err(too_large(value, Scanned { negative, magnitude, scale: plain.scale() }))
            }
        }
    }

    /// Returns the value as a decimal number without trailing zeros.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.mantissa, u32::from(self.scale))
    }

    /// Returns the digits without the point; the value is this over [`denominator`](Self::denominator).
    #[must_use]
    #[inline]
    pub const fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// Returns the number of decimals, at most nine, without trailing zeros.
    #[must_use]
    #[inline]
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// Returns 10 to the power of [`scale`](Self::scale).
    #[must_use]
    #[inline]
    pub const fn denominator(self) -> i64 {
        self.den
    }

    /// Returns whether the value is below zero.
    #[must_use]
    #[inline]
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Returns whether the value is zero.
    #[must_use]
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// Returns the value in percent, as people write it: `8%`, `0.2%`, `12.5%`, `300%`.
    #[must_use]
    pub fn percent_text(self) -> String {
        let sign = if self.is_negative() { "-" } else { "" };
        let hundredfold = u128::from(self.mantissa.unsigned_abs()) * 100;
        let den = u128::from(self.den.unsigned_abs());
        let (whole, mut rest) = (hundredfold / den, hundredfold % den);
        let mut text = format!("{sign}{whole}");
        if rest > 0 {
            text.push('.');
            while rest > 0 {
                rest *= 10;
                text.push_str(&(rest / den).to_string());
                rest %= den;
            }
        }
        text.push('%');
        text
    }
}

/// The scale of a scanned number, which is at most nine.
fn scale_of(scale: u32) -> u8 {
    u8::try_from(scale).unwrap_or(Rate::MAX_SCALE)
}

/// Says how many decimals would fit, or that the whole part is out of range.
#[cold]
fn too_large(value: impl fmt::Display, read: Scanned) -> crate::Error {
    let Scanned { negative, mut magnitude, mut scale } = read;
    while scale > 0 {
        magnitude /= 10;
        scale -= 1;
        if (Scanned { negative, magnitude, scale }).mantissa_at(scale).is_some() {
            return too_many_digits(value, scale);
        }
    }
    out_of_range(value, i64::MIN, i64::MAX)
}

impl Default for Rate {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Ord for Rate {
    fn cmp(&self, other: &Self) -> Ordering {
        // 2^63 × 10^9 fits in an i128.
        let left = i128::from(self.mantissa) * i128::from(other.den);
        left.cmp(&(i128::from(other.mantissa) * i128::from(self.den)))
    }
}

impl PartialOrd for Rate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Writes the value as a decimal number without trailing zeros, such as `0.08`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (magnitude, den) = (self.mantissa.unsigned_abs(), self.den.unsigned_abs());
        let text = match usize::from(self.scale) {
            0 => magnitude.to_string(),
            width => format!("{}.{:0width$}", magnitude / den, magnitude % den),
        };
        f.pad_integral(!self.is_negative(), "", &text)
    }
}

impl fmt::Debug for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rate({self})")
    }
}

impl FromText for Rate {
    const EXPECTING: &'static str =
        "十进制文本，如 \"0.08\" / a rate as decimal text, such as \"0.08\"";
    const NUMERIC: bool = true;

    fn from_text(text: &str) -> crate::Result<Self> {
        Self::parse(text)
    }
}

text_form!(Rate);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ErrorCode;

    #[test]
    fn values_compare_and_print_without_trailing_zeros() {
        assert_eq!(Rate::parse("2.50").unwrap(), Rate::from_parts(25, 1));
        assert_eq!(Rate::parse("-0.000").unwrap(), Rate::ZERO);
        assert_eq!(Rate::parse("1.0").unwrap(), Rate::ONE);
        assert!(Rate::parse("0.08").unwrap() < Rate::parse("0.1").unwrap());
        assert!(Rate::parse("-0.1").unwrap() < Rate::parse("-0.08").unwrap());
        for (text, percent) in [
            ("0.08", "8%"),
            ("0.002", "0.2%"),
            ("0.125", "12.5%"),
            ("3", "300%"),
            ("-0.05", "-5%"),
            ("0", "0%"),
            ("0.000000001", "0.0000001%"),
        ] {
            let rate = Rate::parse(text).unwrap();
            assert_eq!(rate.to_string(), text);
            assert_eq!(rate.percent_text(), percent);
        }
    }

    #[test]
    fn nine_decimals_fit_and_ten_do_not() {
        let rate = Rate::parse("0.123456789").unwrap();
        assert_eq!(
            (rate.mantissa(), rate.scale(), rate.denominator()),
            (123_456_789, 9, 1_000_000_000)
        );
        for (text, code, digits) in [
            ("0.1234567890", ErrorCode::TooManyDigits, Some("9")),
            ("99999999999.123456789", ErrorCode::TooManyDigits, Some("7")),
            ("99999999999999999999", ErrorCode::NumberOutOfRange, None),
            ("9999999999999999999999999999999999999999999", ErrorCode::NumberOutOfRange, None),
            ("8%", ErrorCode::InvalidNumber, None),
        ] {
            let error = Rate::parse(text).unwrap_err();
            assert_eq!(error.code(), code);
            assert_eq!(error.args().find(|a| a.0 == "digits").map(|a| a.1), digits);
            if code != ErrorCode::InvalidNumber && text.len() < 25 {
                assert_eq!(
                    Rate::from_decimal(text.parse::<Decimal>().unwrap()).is_err(),
                    digits != Some("9")
                );
            }
        }
    }

    #[test]
    fn parts_beyond_nine_decimals_are_cut_off() {
        const DAYS: Rate = Rate::from_parts(2175, 2);
        assert_eq!(DAYS.to_string(), "21.75");
        assert_eq!(Rate::from_parts(1_234_567_891_234, 12).to_string(), "1.234567891");
        assert_eq!(Rate::from_parts(5, u8::MAX), Rate::ZERO);
        assert_eq!(Rate::from_parts(i64::MIN, 9).to_string(), "-9223372036.854775808");
    }

    #[test]
    fn serde_takes_text_alone() {
        assert_eq!(serde_json::from_str::<Rate>("\"0.080\"").unwrap(), Rate::from_parts(8, 2));
        assert_eq!(serde_json::to_string(&Rate::from_parts(8, 2)).unwrap(), "\"0.08\"");
        let error = serde_json::from_str::<Rate>("0.08").unwrap_err().to_string();
        assert!(error.starts_with("FloatRefused:0.08"), "{error}");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(mantissa: i64, scale in 0u8..=9) {
            let rate = Rate::from_parts(mantissa, scale);
            prop_assert_eq!(Rate::parse(&rate.to_string()).unwrap(), rate);
            prop_assert_eq!(Rate::from_decimal(rate.to_decimal()).unwrap(), rate);
            prop_assert_eq!(rate.to_decimal().to_string(), rate.to_string());
        }

        #[test]
        fn order_is_that_of_the_values(a: i64, x in 0u8..=9, b: i64, y in 0u8..=9) {
            let (left, right) = (Rate::from_parts(a, x), Rate::from_parts(b, y));
            prop_assert_eq!(left.cmp(&right), left.to_decimal().cmp(&right.to_decimal()));
        }
    }
}
