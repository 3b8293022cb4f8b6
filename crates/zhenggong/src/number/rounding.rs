//! A rounding: mode and unit, named by the policy.

use std::fmt;

use super::{
    RoundingMode, RoundingUnit,
    text::{FromText, text_form},
};
use crate::{Error, ErrorCode};

/// How an unrounded amount becomes money: a mode and a unit. It is policy data, never a constant of a
/// rule.
///
/// Its text in packs is `half-up fen`, `half-even yuan`, `up jiao`, `down yuan`, `fen-to-jiao`,
/// `jiao-to-yuan`.
///
/// # Examples
///
/// ```
/// use zhenggong::number::{Money, Rounding};
/// let custom: Rounding = "jiao-to-yuan".parse()?;
/// assert_eq!(custom.zh(), "见角进元");
/// let round = |text| Money::parse(text)?.exact().round(custom).map_err(zhenggong::Error::from);
/// assert_eq!(round("12.05")?.to_string(), "12.00");
/// assert_eq!(round("12.10")?.to_string(), "13.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rounding {
    mode: RoundingMode,
    unit: RoundingUnit,
}

macro_rules! forms {
    ($($mode:ident $unit:ident $text:literal $zh:literal $en:literal;)*) => {
        const FORMS: &[(Rounding, &str)] = &[$((
            Rounding { mode: RoundingMode::$mode, unit: RoundingUnit::$unit },
            $text,
        ),)*];

        impl Rounding {
            /// Returns the Chinese name, such as `四舍五入到分`.
            #[must_use]
            pub const fn zh(self) -> &'static str {
                self.words().1
            }

            /// Returns the English name, such as `half up to the fen`.
            #[must_use]
            pub const fn en(self) -> &'static str {
                self.words().2
            }

            const fn words(self) -> (&'static str, &'static str, &'static str) {
                match (self.mode, self.unit) {
                    $((RoundingMode::$mode, RoundingUnit::$unit) => ($text, $zh, $en),)*
                    // `new` gives the customs their own unit.
                    (RoundingMode::FenToJiao, _) => Self::FEN_TO_JIAO.words(),
                    (RoundingMode::JiaoToYuan, _) => Self::JIAO_TO_YUAN.words(),
                }
            }
        }
    };
}

forms! {
    HalfUp Fen "half-up fen" "四舍五入到分" "half up to the fen";
    HalfUp Jiao "half-up jiao" "四舍五入到角" "half up to the jiao";
    HalfUp Yuan "half-up yuan" "四舍五入到元" "half up to the yuan";
    HalfEven Fen "half-even fen" "四舍六入五成双到分" "half even to the fen";
    HalfEven Jiao "half-even jiao" "四舍六入五成双到角" "half even to the jiao";
    HalfEven Yuan "half-even yuan" "四舍六入五成双到元" "half even to the yuan";
    Up Fen "up fen" "进位到分" "up to the fen";
    Up Jiao "up jiao" "进位到角" "up to the jiao";
    Up Yuan "up yuan" "进位到元" "up to the yuan";
    Down Fen "down fen" "舍去到分" "down to the fen";
    Down Jiao "down jiao" "舍去到角" "down to the jiao";
    Down Yuan "down yuan" "舍去到元" "down to the yuan";
    FenToJiao Jiao "fen-to-jiao" "见分进角" "any fen up to the jiao";
    JiaoToYuan Yuan "jiao-to-yuan" "见角进元" "any jiao up to the yuan";
}

impl Rounding {
    /// 四舍五入到分: half up to the fen.
    pub const HALF_UP_FEN: Self = Self { mode: RoundingMode::HalfUp, unit: RoundingUnit::Fen };
    /// 四舍五入到角: half up to the jiao.
    pub const HALF_UP_JIAO: Self = Self { mode: RoundingMode::HalfUp, unit: RoundingUnit::Jiao };
    /// 四舍五入到元: half up to the yuan.
    pub const HALF_UP_YUAN: Self = Self { mode: RoundingMode::HalfUp, unit: RoundingUnit::Yuan };
    /// 见分进角: any fen goes up to the jiao.
    pub const FEN_TO_JIAO: Self = Self { mode: RoundingMode::FenToJiao, unit: RoundingUnit::Jiao };
    /// 见角进元: any jiao goes up to the yuan.
    pub const JIAO_TO_YUAN: Self =
        Self { mode: RoundingMode::JiaoToYuan, unit: RoundingUnit::Yuan };

    /// Returns the rounding of this mode and unit.
    ///
    /// The customs [`RoundingMode::FenToJiao`] and [`RoundingMode::JiaoToYuan`] have a unit of their
    /// own, jiao and yuan, which replaces the one given.
    #[must_use]
    pub const fn new(mode: RoundingMode, unit: RoundingUnit) -> Self {
        match mode {
            RoundingMode::FenToJiao => Self::FEN_TO_JIAO,
            RoundingMode::JiaoToYuan => Self::JIAO_TO_YUAN,
            _ => Self { mode, unit },
        }
    }

    /// Returns a number for the rounding, for keeping it in little space.
    #[inline(always)]
    pub(crate) const fn code(self) -> u8 {
        (self.mode as u8) << 2 | self.unit as u8
    }

    /// Returns the rounding of such a number.
    pub(crate) fn of_code(code: u8) -> Self {
        Self::all().find(|rounding| rounding.code() == code).unwrap_or(Self::HALF_UP_FEN)
    }

    /// Returns all roundings, in the order of modes and units.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMS.iter().map(|(rounding, _)| *rounding)
    }

    /// Returns the mode.
    #[must_use]
    #[inline]
    pub const fn mode(self) -> RoundingMode {
        self.mode
    }

    /// Returns the unit.
    #[must_use]
    #[inline]
    pub const fn unit(self) -> RoundingUnit {
        self.unit
    }
}

/// Writes the text form of packs, such as `half-up fen`.
impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.words().0)
    }
}

impl FromText for Rounding {
    const EXPECTING: &'static str = "取整方式，如 \"half-up fen\" 或 \"jiao-to-yuan\" / a rounding, such as \"half-up fen\" or \"jiao-to-yuan\"";

    fn from_text(text: &str) -> crate::Result<Self> {
        FORMS.iter().find(|(_, form)| *form == text).map(|(rounding, _)| *rounding).ok_or_else(
            || {
                let known: Vec<&str> = FORMS.iter().map(|(_, form)| *form).collect();
                Error::new(ErrorCode::UnknownTerm)
                    .arg_in("kind", "取整方式", "rounding")
                    .arg("value", text)
                    .arg("known", known.join(", "))
            },
        )
    }
}

text_form!(Rounding);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_back_and_has_its_own_names() {
        let mut names = std::collections::BTreeSet::new();
        for rounding in Rounding::all() {
            assert_eq!(rounding.to_string().parse::<Rounding>().unwrap(), rounding);
            assert_eq!(Rounding::new(rounding.mode(), rounding.unit()), rounding);
            let json = serde_json::to_string(&rounding).unwrap();
            assert_eq!(serde_json::from_str::<Rounding>(&json).unwrap(), rounding);
            assert!(names.insert(rounding.zh()) && names.insert(rounding.en()));
        }
        assert_eq!(Rounding::all().count(), 14);
        assert_eq!("half-up".parse::<Rounding>().unwrap_err().code(), ErrorCode::UnknownTerm);
    }

    #[test]
    fn a_custom_keeps_its_own_unit() {
        for unit in RoundingUnit::ALL {
            assert_eq!(Rounding::new(RoundingMode::FenToJiao, unit), Rounding::FEN_TO_JIAO);
            assert_eq!(Rounding::new(RoundingMode::JiaoToYuan, unit), Rounding::JIAO_TO_YUAN);
        }
    }
}
