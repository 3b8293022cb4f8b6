//! Exact: an amount before it is rounded.

use std::{cmp::Ordering, fmt};

use super::{Money, NumberError, Rate, Rounding, RoundingMode};

/// An unrounded amount of money: an exact fraction of a fen.
///
/// [`round`](Self::round) is the only way back to [`Money`]. Two values are equal and ordered by what
/// they are worth, whatever fraction expresses it.
///
/// # Examples
///
/// ```
/// use zhenggong::number::{Money, Rate, Rounding};
/// let day = Money::parse("4000.00")?.exact().over(Rate::parse("21.75")?)?;
/// assert_eq!(day.decimal_text(6), "183.908045…");
/// assert_eq!(day.round(Rounding::HALF_UP_FEN)?.to_string(), "183.91");
/// assert_eq!(day.times(Rate::parse("21.75")?)?, Money::parse("4000.00")?.exact());
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Exact {
    num: i128,
    // Above zero.
    den: i128,
}

impl Exact {
    /// No money.
    pub const ZERO: Self = Self { num: 0, den: 1 };

    /// Returns the value of whole fen; public as [`Money::exact`].
    /// Makes the value of digits that count fen at this scale.
    pub(crate) const fn of_fen(digits: i64, scale: u8) -> Self {
        Self { num: digits as i128, den: 10i128.pow(scale as u32) }
    }

    #[inline]
    pub(super) const fn of(money: Money) -> Self {
        Self { num: money.fen() as i128, den: 1 }
    }

    /// Returns the value multiplied by a rate.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] where the reduced fraction does not fit in 128 bits.
    #[inline]
    pub const fn times(self, rate: Rate) -> Result<Self, NumberError> {
        self.scaled(rate.mantissa() as i128, rate.denominator() as i128)
    }

    /// Returns the value multiplied by a whole number.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] where the reduced fraction does not fit in 128 bits.
    #[inline]
    pub const fn times_int(self, count: i64) -> Result<Self, NumberError> {
        self.scaled(count as i128, 1)
    }

    /// Returns the value divided by a rate, such as the 21.75 days of a paid month.
    ///
    /// # Errors
    ///
    /// [`NumberError::DivisionByZero`] for the rate 0, [`NumberError::Overflow`] where the reduced
    /// fraction does not fit in 128 bits.
    #[inline]
    pub const fn over(self, rate: Rate) -> Result<Self, NumberError> {
        let (num, den) = (rate.denominator() as i128, rate.mantissa() as i128);
        match rate.mantissa() {
            0 => Err(NumberError::DivisionByZero),
            1.. => self.scaled(num, den),
            _ => self.scaled(-num, -den),
        }
    }

    /// Returns the value divided by a whole number.
    ///
    /// # Errors
    ///
    /// [`NumberError::DivisionByZero`] for 0, [`NumberError::Overflow`] where the reduced fraction does
    /// not fit in 128 bits.
    #[inline]
    pub const fn over_int(self, count: i64) -> Result<Self, NumberError> {
        match count {
            0 => Err(NumberError::DivisionByZero),
            1.. => self.scaled(1, count as i128),
            _ => self.scaled(-1, -(count as i128)),
        }
    }

    /// Returns the sum of two values.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] where the reduced fraction does not fit in 128 bits.
    #[inline]
    pub const fn plus(self, other: Self) -> Result<Self, NumberError> {
        if self.is_small() && other.is_small() {
            // Each product is below 2^126, so neither the sum nor the denominator overflows.
            if self.den == other.den {
                return Ok(Self { num: self.num + other.num, den: self.den });
            }
            let num = self.num * other.den + other.num * self.den;
            return Ok(Self { num, den: self.den * other.den });
        }
        self.plus_large(other)
    }

    /// Returns this value less the other.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] where the reduced fraction does not fit in 128 bits.
    #[inline]
    pub const fn minus(self, other: Self) -> Result<Self, NumberError> {
        match other.num.checked_neg() {
            Some(num) => self.plus(Self { num, den: other.den }),
            None => Err(NumberError::Overflow),
        }
    }

    /// Returns whether the value is below zero.
    #[must_use]
    #[inline]
    pub const fn is_negative(self) -> bool {
        self.num < 0
    }

    /// Returns whether the value is zero.
    #[must_use]
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    /// Returns how the value compares with another; exact for all values, and never an overflow.
    #[must_use]
    pub fn cmp_value(&self, other: &Self) -> Ordering {
        if self.is_small() && other.is_small() {
            return (self.num * other.den).cmp(&(other.num * self.den));
        }
        let sign = self.num.signum();
        sign.cmp(&other.num.signum()).then_with(|| {
            let magnitudes = cmp_fractions(
                (self.num.unsigned_abs(), self.den.unsigned_abs()),
                (other.num.unsigned_abs(), other.den.unsigned_abs()),
            );
            if sign < 0 { magnitudes.reverse() } else { magnitudes }
        })
    }

    /// Returns the value as money, rounded as the policy says.
    ///
    /// # Errors
    ///
    /// [`NumberError::Overflow`] where the result is outside [`Money::MIN`] to [`Money::MAX`].
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::number::{Money, Rounding, RoundingMode, RoundingUnit};
    /// let half = Money::parse("0.25")?.exact().over_int(2)?;
    /// assert_eq!(half.round(Rounding::HALF_UP_FEN)?, Money::from_fen(13));
    /// let even = Rounding::new(RoundingMode::HalfEven, RoundingUnit::Fen);
    /// assert_eq!(half.round(even)?, Money::from_fen(12));
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    #[inline]
    pub fn round(self, rounding: Rounding) -> Result<Money, NumberError> {
        let rounded = if let (Ok(num), Ok(den)) = (i64::try_from(self.num), u64::try_from(self.den))
        {
            // A division of 64 bits takes a small part of the time of one of 128 bits.
            let magnitude = num.unsigned_abs();
            let (fen, rest) = (magnitude / den, magnitude % den);
            round_magnitude(u128::from(fen), rest > 0, rest.cmp(&(den - rest)), rounding)
        } else {
            let (magnitude, den) = (self.num.unsigned_abs(), self.den.unsigned_abs());
            let (fen, rest) = (magnitude / den, magnitude % den);
            round_magnitude(fen, rest > 0, rest.cmp(&(den - rest)), rounding)
        };
        // Below i128::MAX: the magnitude is at most 2^127 and is only then not rounded up.
        let signed = match i128::try_from(rounded) {
            Ok(fen) if self.num < 0 => -fen,
            Ok(fen) => fen,
            Err(_) => return Err(NumberError::Overflow),
        };
        i64::try_from(signed).map(Money::from_fen).map_err(|_| NumberError::Overflow)
    }

    /// Returns the value in yuan for reading, cut off after `max_decimals` decimals.
    ///
    /// A `…` says that digits other than zero follow. Zeros at the end are left out, except that the
    /// two places of jiao and fen are kept (where `max_decimals` allows them): `1571.25`, `600.00`,
    /// `827.586206…`.
    #[must_use]
    pub fn decimal_text(&self, max_decimals: usize) -> String {
        let den = self.den.unsigned_abs();
        let magnitude = self.num.unsigned_abs();
        let (fen, mut rest) = (magnitude / den, magnitude % den);
        let mut decimals = format!("{:02}", fen % 100);
        while rest > 0 && decimals.len() < max_decimals {
            let digit;
            (digit, rest) = next_digit(rest, den);
            decimals.push(digit);
        }
        let cut = decimals.get(max_decimals..).unwrap_or_default();
        let unfinished = rest > 0 || cut.bytes().any(|b| b != b'0');
        decimals.truncate(max_decimals);
        let sign = if self.num < 0 { "-" } else { "" };
        let point = if decimals.is_empty() { "" } else { "." };
        let more = if unfinished { "…" } else { "" };
        format!("{sign}{}{point}{decimals}{more}", fen / 100)
    }

    /// Whether numerator and denominator fit in 64 bits, so that products with 64-bit numbers fit in
    /// 128 bits.
    #[inline]
    const fn is_small(self) -> bool {
        self.num as i64 as i128 == self.num && self.den as i64 as i128 == self.den
    }

    /// Multiplies by `num / den`, where `den` is above 0 and both are at most 2^63 in magnitude.
    #[inline]
    const fn scaled(self, num: i128, den: i128) -> Result<Self, NumberError> {
        if self.is_small() {
            return Ok(Self { num: self.num * num, den: self.den * den });
        }
        self.scaled_large(num, den)
    }

    #[cold]
    const fn scaled_large(self, num: i128, den: i128) -> Result<Self, NumberError> {
        if let (Some(num), Some(den)) = (self.num.checked_mul(num), self.den.checked_mul(den)) {
            return Ok(Self { num, den });
        }
        // Reduced crosswise, the product is in lowest terms, so it overflows only if it has to.
        let (left, right) = (self.reduced(), Self { num, den }.reduced());
        let first = Self { num: left.num, den: right.den }.reduced();
        let second = Self { num: right.num, den: left.den }.reduced();
        match (first.num.checked_mul(second.num), first.den.checked_mul(second.den)) {
            (Some(num), Some(den)) => Ok(Self { num, den }),
            _ => Err(NumberError::Overflow),
        }
    }

    #[cold]
    const fn plus_large(self, other: Self) -> Result<Self, NumberError> {
        let (left, right) = (self.reduced(), other.reduced());
        let common = gcd(left.den.unsigned_abs(), right.den.unsigned_abs()) as i128;
        let (left_part, right_part) = (left.den / common, right.den / common);
        let (Some(a), Some(b), Some(den)) = (
            left.num.checked_mul(right_part),
            right.num.checked_mul(left_part),
            left.den.checked_mul(right_part),
        ) else {
            return Err(NumberError::Overflow);
        };
        match a.checked_add(b) {
            Some(num) => Ok(Self { num, den }),
            None => Err(NumberError::Overflow),
        }
    }

    const fn reduced(self) -> Self {
        // At most `den`, hence in the range of an i128.
        let common = gcd(self.num.unsigned_abs(), self.den.unsigned_abs()) as i128;
        Self { num: self.num / common, den: self.den / common }
    }
}

/// The greatest common divisor; above 0 as long as one of the two is.
const fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// Compares `a / b` with `c / d` by their continued fractions; the denominators are above 0.
fn cmp_fractions((a, b): (u128, u128), (c, d): (u128, u128)) -> Ordering {
    let ((p, r), (q, s)) = ((a / b, a % b), (c / d, c % d));
    p.cmp(&q).then_with(|| match (r, s) {
        (0, 0) => Ordering::Equal,
        (0, _) => Ordering::Less,
        (_, 0) => Ordering::Greater,
        // r / b against s / d is the reverse of b / r against d / s.
        _ => cmp_fractions((d, s), (b, r)),
    })
}

/// The next decimal of `rest / den` and what is left; ten additions, because `rest * 10` can overflow.
fn next_digit(rest: u128, den: u128) -> (char, u128) {
    let (mut digit, mut sum) = (b'0', 0);
    for _ in 0..10 {
        sum += rest;
        if sum >= den {
            sum -= den;
            digit += 1;
        }
    }
    (char::from(digit), sum)
}

/// Rounds a magnitude of whole fen and a rest below one fen, which compares with its half as `half`
/// says. The result is in fen.
#[inline]
fn round_magnitude(fen: u128, rest: bool, half: Ordering, rounding: Rounding) -> u128 {
    let unit = rounding.unit().in_fen().unsigned_abs();
    // The common case has its own divisions, by constants and of 64 bits.
    let (count, below) = match (u64::try_from(fen), unit) {
        (_, 1) => (fen, 0),
        (Ok(fen), 10) => (u128::from(fen / 10), fen % 10),
        (Ok(fen), _) => (u128::from(fen / 100), fen % 100),
        (Err(_), _) => {
            let unit = u128::from(unit);
            (fen / unit, u64::try_from(fen % unit).unwrap_or(0))
        }
    };
    // `below` fen and the rest stand after the last unit; against half a unit they compare so:
    let half = if unit == 1 {
        half
    } else {
        (below * 2).cmp(&unit).then(if rest { Ordering::Greater } else { Ordering::Equal })
    };
    let up = match rounding.mode() {
        RoundingMode::HalfUp => half.is_ge(),
        RoundingMode::HalfEven => half.is_gt() || (half.is_eq() && count % 2 == 1),
        RoundingMode::Up => rest || below > 0,
        RoundingMode::Down => false,
        // The unit is a jiao and `below` are fen.
        RoundingMode::FenToJiao => below > 0,
        // The unit is a yuan, and jiao begin at ten fen.
        RoundingMode::JiaoToYuan => below >= 10,
    };
    (count + u128::from(up)) * u128::from(unit)
}

impl From<Money> for Exact {
    #[inline]
    fn from(money: Money) -> Self {
        Self::of(money)
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp_value(other).is_eq()
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        self.cmp_value(other)
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exact({}/{} fen)", self.num, self.den)
    }
}

#[cfg(test)]
mod tests;
