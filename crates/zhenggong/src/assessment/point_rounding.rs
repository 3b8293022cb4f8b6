//! How points are rounded: a mode and a number of decimals, named by the policy.

use std::fmt;

use crate::{
    Error, ErrorCode,
    number::{FromText, NumberError, RoundingMode, text_form},
};

/// How points are rounded. Its text in packs is `half-up 2`, `half-even 1`, `up 0`, `down 4`: a mode,
/// and how many decimals are kept, 0 to 4.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::{PointRounding, Points};
/// let by: PointRounding = "half-up 2".parse()?;
/// assert_eq!(by.zh(), "四舍五入到 2 位小数");
/// assert_eq!(Points::parse("1.005")?.round(by)?.to_string(), "1.01");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PointRounding {
    mode: RoundingMode,
    digits: u8,
    // 10^(4 − digits): how many ten-thousandths the last kept decimal is worth.
    step: i128,
}

const MODES: [(&str, &str, &str, RoundingMode); 4] = [
    ("half-up", "四舍五入", "half up", RoundingMode::HalfUp),
    ("half-even", "四舍六入五成双", "half even", RoundingMode::HalfEven),
    ("up", "进位", "up", RoundingMode::Up),
    ("down", "舍去", "down", RoundingMode::Down),
];

impl PointRounding {
    /// 四舍五入 to two decimals.
    pub const HALF_UP_2: Self = Self { mode: RoundingMode::HalfUp, digits: 2, step: 100 };

    /// 四舍五入 to the last decimal that points have.
    pub const FINEST: Self =
        Self { mode: RoundingMode::HalfUp, digits: super::Points::DIGITS, step: 1 };

    /// Returns the rounding of this mode and number of decimals, or none for a custom of money or more
    /// than four decimals.
    #[must_use]
    pub fn new(mode: RoundingMode, digits: u8) -> Option<Self> {
        MODES.iter().find(|(.., m)| *m == mode)?;
        let step = 10i128.checked_pow(u32::from(super::Points::DIGITS.checked_sub(digits)?))?;
        Some(Self { mode, digits, step })
    }

    /// Returns the mode.
    #[must_use]
    pub const fn mode(self) -> RoundingMode {
        self.mode
    }

    /// Returns how many decimals are kept.
    #[must_use]
    pub const fn digits(self) -> u8 {
        self.digits
    }

    /// Returns the Chinese name.
    #[must_use]
    pub fn zh(self) -> String {
        format!("{}到 {} 位小数", self.names().1, self.digits)
    }

    /// Returns the English name.
    #[must_use]
    pub fn en(self) -> String {
        format!("{} to {} decimals", self.names().2, self.digits)
    }

    fn names(self) -> (&'static str, &'static str, &'static str) {
        let found = MODES.iter().find(|(.., mode)| *mode == self.mode);
        found.map_or(("", "", ""), |(code, zh, en, _)| (code, zh, en))
    }

    /// Returns `num / den`, rounded to a multiple of the step. All modes work on the magnitude, so that
    /// a deduction and what takes it back cancel.
    #[inline]
    pub(super) const fn divide(self, num: i128, den: i128) -> Result<i128, NumberError> {
        let Some(den) = den.checked_mul(self.step) else { return Err(NumberError::Overflow) };
        if den == 0 {
            return Err(NumberError::DivisionByZero);
        }
        // i128::MIN over −1 is the one quotient that does not fit.
        let (Some(quotient), Some(rest)) = (num.checked_div(den), num.checked_rem(den)) else {
            return Err(NumberError::Overflow);
        };
        let half = {
            let rest = rest.unsigned_abs();
            // rest < |den|, so what is missing to |den| does not underflow.
            let missing = den.unsigned_abs() - rest;
            if rest > missing {
                1
            } else if rest == missing {
                0
            } else {
                -1
            }
        };
        let away = match self.mode {
            RoundingMode::HalfEven => half > 0 || (half == 0 && quotient % 2 != 0),
            RoundingMode::Up => rest != 0,
            RoundingMode::Down => false,
            _ => half >= 0,
        };
        let away = away && rest != 0;
        let sign = if (num < 0) == (den < 0) { 1 } else { -1 };
        let rounded = if away { quotient.checked_add(sign) } else { Some(quotient) };
        match rounded {
            Some(count) => match count.checked_mul(self.step) {
                Some(count) => Ok(count),
                None => Err(NumberError::Overflow),
            },
            None => Err(NumberError::Overflow),
        }
    }
}

/// Writes the text form of packs, such as `half-up 2`.
impl fmt::Display for PointRounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.names().0, self.digits)
    }
}

impl FromText for PointRounding {
    const EXPECTING: &'static str = "a rounding of points, such as \"half-up 2\"";

    fn from_text(text: &str) -> crate::Result<Self> {
        let read = || {
            let (mode, digits) = text.split_once(' ')?;
            let (.., mode) = MODES.iter().find(|(code, ..)| *code == mode)?;
            let [digit @ b'0'..=b'4'] = digits.as_bytes() else { return None };
            Self::new(*mode, digit - b'0')
        };
        read().ok_or_else(|| {
            Error::new(ErrorCode::UnknownTerm)
                .arg_in("kind", "分数取整", "rounding of points")
                .arg("value", crate::error::shown(text))
                .arg("known", "half-up 0…4, half-even 0…4, up 0…4, down 0…4")
        })
    }
}

text_form!(PointRounding);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::assessment::Points;

    #[test]
    fn each_mode_goes_its_way_at_the_half() {
        for (by, points, rounded) in [
            ("half-up 1", "0.05", "0.10"),
            ("half-up 1", "-0.05", "-0.10"),
            ("half-even 1", "0.05", "0.00"),
            ("half-even 1", "0.15", "0.20"),
            ("up 1", "0.0001", "0.10"),
            ("up 1", "0.1", "0.10"),
            ("down 0", "-1.9999", "-1.00"),
            ("half-up 4", "1.2345", "1.2345"),
        ] {
            let by: PointRounding = by.parse().unwrap();
            assert_eq!(Points::parse(points).unwrap().round(by).unwrap().to_string(), rounded);
            assert_eq!(by.to_string().parse::<PointRounding>().unwrap(), by);
        }
        for bad in ["half-up", "half-up 5", "half-up  2", "nearest 2", "up 02", ""] {
            assert!(bad.parse::<PointRounding>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn rounding_moves_by_less_than_a_step_and_keeps_its_sign(
            num in -1_000_000_000i128..1_000_000_000, den in 1i128..10_000, digits in 0u8..=4,
        ) {
            for (.., mode) in MODES {
                let by = PointRounding::new(mode, digits).unwrap();
                let rounded = by.divide(num, den).unwrap();
                prop_assert_eq!(rounded % by.step, 0);
                prop_assert!((rounded * den - num).abs() < by.step * den);
                prop_assert_eq!(by.divide(-num, den).unwrap(), -rounded);
                if matches!(mode, RoundingMode::HalfUp | RoundingMode::HalfEven) {
                    prop_assert!(2 * (rounded * den - num).abs() <= by.step * den);
                }
            }
        }
    }
}
