//! Points: an exact decimal of assessment points.

use std::fmt;

use super::PointRounding;
use crate::{
    number::{FromText, NumberError, Rate, text_form},
    policy::{CiteId, FieldType, Node, Sourced},
};

/// A number of assessment points (分), in whole ten-thousandths of a point.
///
/// It is written with two to four decimals: `97.70`, `0.625`. Arithmetic is checked and has no
/// operators; multiplying by a ratio names its [`PointRounding`].
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::{PointRounding, Points};
/// use zhenggong::number::Rate;
/// let weight = Points::parse("8")?;
/// assert_eq!(weight.minus(Points::parse("0.8")?)?.to_string(), "7.20");
/// let by: PointRounding = "half-up 2".parse()?;
/// assert_eq!(Points::parse("6")?.times(Rate::parse("0.3")?, by)?.to_string(), "1.80");
/// assert!(Points::parse("1.00001").is_err());
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(i64);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);
    /// One point.
    pub const ONE: Self = Self(Self::UNIT);
    /// A hundred points.
    pub const HUNDRED: Self = Self(100 * Self::UNIT);
    /// The fewest points, about −922 trillion.
    pub const MIN: Self = Self(i64::MIN);
    /// The most points, about 922 trillion.
    pub const MAX: Self = Self(i64::MAX);
    /// The most decimals that points have.
    pub const DIGITS: u8 = 4;
    const UNIT: i64 = 10_000;

    /// Returns this many ten-thousandths of a point.
    #[must_use]
    #[inline]
    pub const fn from_ten_thousandths(count: i64) -> Self {
        Self(count)
    }

    /// Returns the points in ten-thousandths.
    #[must_use]
    #[inline]
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// Returns this many whole points.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    #[inline]
    pub const fn whole(points: i64) -> Result<Self, NumberError> {
        checked(points.checked_mul(Self::UNIT))
    }

    /// Returns the points that the text gives, such as `97.7`: at most four decimals.
    ///
    /// # Errors
    ///
    /// `InvalidNumber` for another form, `TooManyDigits` for more decimals, `NumberOutOfRange`.
    pub fn parse(text: &str) -> crate::Result<Self> {
        let rate = Rate::parse(text)?;
        if rate.scale() > Self::DIGITS {
            return Err(crate::number::too_many_digits(text, u32::from(Self::DIGITS)));
        }
        Self::of_rate(rate).ok_or_else(|| {
            let most = i64::MAX / Self::UNIT;
            crate::number::out_of_range(text, -most, most)
        })
    }

    /// Returns the points that a number gives, or none where it has more than four decimals or is too
    /// large.
    #[must_use]
    pub fn of_rate(rate: Rate) -> Option<Self> {
        let factor = 10i64.checked_pow(u32::from(Self::DIGITS.checked_sub(rate.scale())?))?;
        rate.mantissa().checked_mul(factor).map(Self)
    }

    /// Returns the points as a plain number.
    #[must_use]
    #[inline]
    pub const fn rate(self) -> Rate {
        Rate::from_parts(self.0, Self::DIGITS)
    }

    /// Returns the sum.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    #[inline]
    pub const fn plus(self, other: Self) -> Result<Self, NumberError> {
        checked(self.0.checked_add(other.0))
    }

    /// Returns this less the other.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    #[inline]
    pub const fn minus(self, other: Self) -> Result<Self, NumberError> {
        checked(self.0.checked_sub(other.0))
    }

    /// Returns the points with the other sign.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] for [`MIN`](Self::MIN), which has no counterpart.
    #[inline]
    pub const fn negated(self) -> Result<Self, NumberError> {
        checked(self.0.checked_neg())
    }

    /// Returns the points a whole number of times, which never needs rounding.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    #[inline]
    pub const fn times_int(self, count: i64) -> Result<Self, NumberError> {
        checked(self.0.checked_mul(count))
    }

    /// Returns the points multiplied by a rate.
    ///
    /// # Rounding
    ///
    /// By `rounding`, once.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    #[inline]
    pub const fn times(self, rate: Rate, rounding: PointRounding) -> Result<Self, NumberError> {
        self.scaled(rate.mantissa() as i128, rate.denominator() as i128, rounding)
    }

    /// Returns the points multiplied by the fraction `num / den`.
    ///
    /// # Rounding
    ///
    /// By `rounding`, once.
    ///
    /// # Errors
    ///
    /// [`NumberError::DivisionByZero`] where `den` is 0, [`NumberError::Overflow`] outside
    /// [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    #[inline]
    pub const fn scaled(
        self,
        num: i128,
        den: i128,
        rounding: PointRounding,
    ) -> Result<Self, NumberError> {
        match (self.0 as i128).checked_mul(num) {
            Some(product) => Self::of_fraction(product, den, rounding),
            None => Err(NumberError::Overflow),
        }
    }

    /// Returns the points rounded.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] where rounding leaves the range.
    #[inline]
    pub const fn round(self, rounding: PointRounding) -> Result<Self, NumberError> {
        Self::of_fraction(self.0 as i128, 1, rounding)
    }

    /// Returns `num / den` ten-thousandths of a point, rounded.
    ///
    /// # Errors
    ///
    /// [`NumberError::DivisionByZero`] where `den` is 0, [`NumberError::Overflow`] outside the range.
    #[inline]
    pub(super) const fn of_fraction(
        num: i128,
        den: i128,
        rounding: PointRounding,
    ) -> Result<Self, NumberError> {
        match rounding.divide(num, den) {
            Ok(count) if count >= i64::MIN as i128 && count <= i64::MAX as i128 => {
                Ok(Self(count as i64))
            }
            Ok(_) => Err(NumberError::Overflow),
            Err(error) => Err(error),
        }
    }

    /// Returns the sum of all points; only the total has to be in range.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] outside [`MIN`](Self::MIN) to [`MAX`](Self::MAX).
    pub fn checked_sum(points: impl IntoIterator<Item = Self>) -> Result<Self, NumberError> {
        let total: i128 = points.into_iter().map(|p| i128::from(p.0)).sum();
        i64::try_from(total).map(Self).map_err(|_| NumberError::Overflow)
    }

    /// Returns whether there are fewer than none.
    #[must_use]
    #[inline]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Returns whether there are none.
    #[must_use]
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

const fn checked(count: Option<i64>) -> Result<Points, NumberError> {
    match count {
        Some(count) => Ok(Points(count)),
        None => Err(NumberError::Overflow),
    }
}

/// Writes two to four decimals, such as `97.70`.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let unit = Self::UNIT.unsigned_abs();
        let (whole, rest) = (magnitude / unit, magnitude % unit);
        let text = if rest.is_multiple_of(100) {
            format!("{whole}.{:02}", rest / 100)
        } else if rest.is_multiple_of(10) {
            format!("{whole}.{:03}", rest / 10)
        } else {
            format!("{whole}.{rest:04}")
        };
        f.pad_integral(self.0 >= 0, "", &text)
    }
}

impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Points({self})")
    }
}

impl FromText for Points {
    const EXPECTING: &'static str = "points as decimal text, such as \"97.7\"";
    const NUMERIC: bool = true;

    fn from_text(text: &str) -> crate::Result<Self> {
        Self::parse(text)
    }
}

text_form!(Points);

crate::schema::text_schema! {
    Points: "考核分，十进制文本，最多四位小数；不接受数字。",
        "Assessment points as decimal text with four decimals at most; never a number.",
        "^-?[0-9]+(\\.[0-9]{1,4})?$", "97.70";
}

/// A policy field of at least 0 points, written as text.
impl FieldType for Points {
    type Resolved = Sourced<Self>;

    fn read(node: Node<'_>) -> Option<Self> {
        node.points()
    }

    fn number(&self) -> Option<rust_decimal::Decimal> {
        Some(self.rate().to_decimal())
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        parts.last().map(|(value, cite)| Sourced { value: **value, cite: *cite })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ErrorCode;

    #[test]
    fn text_has_two_to_four_decimals() {
        for (text, shown) in [
            ("97.7", "97.70"),
            ("0", "0.00"),
            ("-0.3", "-0.30"),
            ("0.625", "0.625"),
            ("1.2345", "1.2345"),
            ("100", "100.00"),
            ("-100.0010", "-100.001"),
        ] {
            assert_eq!(Points::parse(text).unwrap().to_string(), shown);
        }
        for (text, code) in [
            ("1.23456", ErrorCode::TooManyDigits),
            ("1e3", ErrorCode::InvalidNumber),
            ("９７", ErrorCode::InvalidNumber),
            ("922337203685478", ErrorCode::NumberOutOfRange),
        ] {
            assert_eq!(Points::parse(text).unwrap_err().code(), code, "{text}");
        }
        let error = serde_json::from_str::<Points>("97.7").unwrap_err().to_string();
        assert!(error.starts_with("FloatRefused:97.7"), "{error}");
    }

    #[test]
    fn arithmetic_is_checked() {
        assert_eq!(Points::MAX.plus(Points::ONE), Err(NumberError::Overflow));
        assert_eq!(Points::MIN.negated(), Err(NumberError::Overflow));
        assert_eq!(Points::MAX.times_int(2), Err(NumberError::Overflow));
        let by = PointRounding::HALF_UP_2;
        assert_eq!(Points::ONE.scaled(1, 0, by), Err(NumberError::DivisionByZero));
        assert_eq!(Points::MAX.scaled(3, 2, by), Err(NumberError::Overflow));
        assert_eq!(Points::MAX.scaled(i128::MAX, 2, by), Err(NumberError::Overflow));
        assert_eq!(Points::HUNDRED.scaled(1, 3, by).unwrap().to_string(), "33.33");
        assert_eq!(Points::HUNDRED.scaled(-2, 3, by).unwrap().to_string(), "-66.67");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(count: i64) {
            // The whole part has to fit after the point is moved.
            let points = Points::from_ten_thousandths(count / 10_000 * 10_000 + count % 10_000);
            prop_assert_eq!(Points::parse(&points.to_string()).unwrap(), points);
            prop_assert_eq!(Points::of_rate(points.rate()), Some(points));
        }
    }
}
