//! 级别 and 档次: level and step of the civil servants' pay table.

use std::fmt;

use crate::{Error, ErrorCode, Result, number::FromText, number::text_form, schema::text_schema};

/// A level (级别), 27 to 1; level 1 is the highest.
///
/// It has no order, because "less" would mislead where 1 is the top: use
/// [`outranks`](Self::outranks).
///
/// # Examples
///
/// ```
/// use zhenggong::vocabulary::Level;
/// assert!(Level::new(12)?.outranks(Level::new(18)?));
/// assert!(Level::new(28).is_err());
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Level(u8);

/// A step (档次) inside a level, 1 upward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Step(u8);

/// A cell of the level pay table, written `24-3` for level 24, step 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LevelStep {
    /// The level.
    pub level: Level,
    /// The step.
    pub step: Step,
}

impl Level {
    /// The lowest level, where service begins.
    pub const LOWEST: u8 = 27;

    /// Returns the level of this number.
    ///
    /// # Errors
    ///
    /// `NumberOutOfRange` outside 1 to 27.
    pub fn new(number: u8) -> Result<Self> {
        if (1..=Self::LOWEST).contains(&number) {
            Ok(Self(number))
        } else {
            Err(out_of_range(number, Self::LOWEST))
        }
    }

    /// Returns the number, 27 to 1.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Returns whether this level is above the other.
    #[must_use]
    pub const fn outranks(self, other: Self) -> bool {
        self.0 < other.0
    }

    /// Returns the next higher level, or none above level 1.
    #[must_use]
    pub const fn above(self) -> Option<Self> {
        if self.0 > 1 { Some(Self(self.0 - 1)) } else { None }
    }
}

impl Step {
    /// The highest step that any table of 1993 or later has.
    pub const HIGHEST: u8 = 20;

    /// Returns the step of this number.
    ///
    /// # Errors
    ///
    /// `NumberOutOfRange` outside 1 to 20.
    pub fn new(number: u8) -> Result<Self> {
        if (1..=Self::HIGHEST).contains(&number) {
            Ok(Self(number))
        } else {
            Err(out_of_range(number, Self::HIGHEST))
        }
    }

    /// Returns the number, from 1.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

fn out_of_range(value: u8, max: u8) -> Error {
    Error::new(ErrorCode::NumberOutOfRange).arg("value", value).arg("min", 1).arg("max", max)
}

impl LevelStep {
    /// Returns the cell of this level and step number.
    ///
    /// # Errors
    ///
    /// `NumberOutOfRange` where either is outside its range.
    pub fn new(level: u8, step: u8) -> Result<Self> {
        Ok(Self { level: Level::new(level)?, step: Step::new(step)? })
    }
}

impl fmt::Display for LevelStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.level.0, self.step.0)
    }
}

impl FromText for LevelStep {
    const EXPECTING: &'static str =
        "级别档次文本，如 \"24-3\" / level and step as text, such as \"24-3\"";

    fn from_text(text: &str) -> Result<Self> {
        let wrong = || {
            let found = crate::error::shown(text);
            Error::new(ErrorCode::InvalidInput).arg_in(
                "detail",
                format!("“{found}”不是级别档次，应写成如 24-3 的形式"),
                format!("\"{found}\" is no level and step, which are written like 24-3"),
            )
        };
        let (level, step) = text.split_once('-').ok_or_else(wrong)?;
        let digits = |t: &str| t.parse::<u8>().ok().filter(|n| n.to_string() == t);
        let (level, step) = digits(level).zip(digits(step)).ok_or_else(wrong)?;
        Self::new(level, step)
    }
}

text_form!(LevelStep);

text_schema! {
    LevelStep: "级别-档次：24-3 即 24 级 3 档。", "Level and step: 24-3 is level 24, step 3.",
        format!("^({})-({})$", numbers(Level::LOWEST), numbers(Step::HIGHEST)), "24-3";
}

fn numbers(last: u8) -> String {
    (1..=last).map(|n| n.to_string()).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_and_written_in_one_form() {
        let cell: LevelStep = "24-3".parse().unwrap();
        assert_eq!(cell.to_string(), "24-3");
        for wrong in ["24", "024-3", "24-03", "24-", "28-1", "0-1", "24-21", "24-3-1", "+24-3"] {
            assert!(wrong.parse::<LevelStep>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn level_1_is_the_highest() {
        assert!(Level::new(1).unwrap().above().is_none());
        assert_eq!(Level::new(27).unwrap().above(), Level::new(26).ok());
    }
}
