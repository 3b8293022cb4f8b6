//! Results of fitness tests: times, lengths and counts, as hundredths.

use std::fmt;

use crate::{
    Error, ErrorCode, Result,
    number::FromText,
    policy::{CiteId, FieldType, Node, Sourced},
};

/// A result: seconds, metres or a count, exact to the hundredth.
///
/// Its text is a decimal number, or minutes and seconds: `13.1`, `3:40`, `2.45`, `11`. Feet and inch
/// marks of the tables (`13″1`, `3′40″`) are not read.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::Mark;
/// let run: Mark = "3:40".parse()?;
/// assert_eq!(run, "220".parse()?);
/// assert_eq!(run.hundredths(), 22_000);
/// assert!("3:75".parse::<Mark>().is_err());
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(u32);

impl Mark {
    /// Returns the value times 100.
    #[must_use]
    #[inline]
    pub const fn hundredths(self) -> u32 {
        self.0
    }

    /// Returns the next tenth at or above the value: 13.11 counts as 13.2.
    #[must_use]
    pub const fn up_to_tenth(self) -> Self {
        Self(self.0.div_ceil(10).saturating_mul(10))
    }

    /// Returns the whole number below the value.
    #[must_use]
    pub const fn whole(self) -> Self {
        Self(self.0 / 100 * 100)
    }

    /// Returns the value as a number of a derivation.
    pub(super) fn value(self) -> crate::number::Rate {
        crate::number::Rate::from_parts(self.0.into(), 2)
    }

    fn read(text: &str) -> Option<u32> {
        let (minutes, rest) = match text.split_once(':') {
            Some((minutes, rest)) => (Some(digits(minutes, 3)?), rest),
            None => (None, text),
        };
        let (whole, part) = rest.split_once('.').unwrap_or((rest, ""));
        let seconds = digits(whole, 6)?;
        // After minutes come two digits of seconds, fewer than sixty.
        if minutes.is_some() && (whole.len() != 2 || seconds > 59) {
            return None;
        }
        let part = match part.len() {
            0 if !rest.contains('.') => 0,
            1 => digits(part, 1)? * 10,
            2 => digits(part, 2)?,
            _ => return None,
        };
        minutes
            .unwrap_or(0)
            .checked_mul(60)?
            .checked_add(seconds)?
            .checked_mul(100)?
            .checked_add(part)
    }
}

/// Says what to write for minutes and seconds in marks or words: `3′40″`, `3分40秒`, `13″1`.
#[cold]
fn unreadable(text: &str) -> Error {
    let plain: String = text
        .chars()
        .filter_map(|c| match c {
            '′' | '\'' | '’' | '分' | '：' => Some(':'),
            '″' | '"' | '”' | '秒' => Some('.'),
            c => Some(c).filter(|c| !c.is_whitespace()),
        })
        .collect();
    let plain = plain.trim_end_matches('.');
    // Seconds below ten have two digits after minutes.
    let plain = match plain.split_once(':') {
        Some((minutes, seconds)) if seconds.len() == 1 => format!("{minutes}:0{seconds}"),
        Some((minutes, "")) => format!("{minutes}:00"),
        _ => plain.to_owned(),
    };
    let shown = crate::error::shown(text);
    // What is written in plain figures and still not read has no better way to write it.
    let figures = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':'));
    if figures || Mark::read(&plain).is_none() {
        return Error::new(ErrorCode::InvalidNumber).arg("value", text);
    }
    let zh = format!("成绩“{shown}”请写作 {plain}");
    Error::new(ErrorCode::InvalidInput).arg_in("detail", zh, format!("write {shown} as {plain}"))
}

fn digits(text: &str, most: usize) -> Option<u32> {
    let fine = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    fine.then(|| text.parse().ok())?
}

impl FromText for Mark {
    const EXPECTING: &'static str = "a test result as text, such as \"13.1\", \"3:40\" or \"11\"";

    fn from_text(text: &str) -> Result<Self> {
        let found = Self::read(text).map(Self);
        found.ok_or_else(|| unreadable(text))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.value(), f)
    }
}

crate::number::text_form!(Mark);

impl FieldType for Mark {
    type Resolved = Sourced<Self>;

    fn read(node: Node<'_>) -> Option<Self> {
        node.text_of()
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        parts.last().map(|(mark, cite)| Sourced { value: **mark, cite: *cite })
    }
}

/// The number of rows of the tables of 2010.
pub(super) const ROWS: usize = 14;

/// One column of a table, from the row with the most points down; none where a row has no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks(pub(super) [Option<Mark>; ROWS]);

impl FieldType for Marks {
    type Resolved = Sourced<Self>;

    fn read(node: Node<'_>) -> Option<Self> {
        let items = node.items()?;
        if items.len() != ROWS {
            let zh = format!("应有 {ROWS} 行，现有 {} 行", items.len());
            let en = format!("{ROWS} rows are needed, there are {}", items.len());
            node.fail(Error::new(ErrorCode::TableShape).arg_in("detail", zh, en));
            return None;
        }
        let mut marks = [None; ROWS];
        for (slot, item) in marks.iter_mut().zip(items) {
            let empty = item.is_text() && item.text()?.is_empty();
            *slot = if empty { None } else { Some(item.text_of()?) };
        }
        Some(Self(marks))
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        parts.last().map(|(marks, cite)| Sourced { value: **marks, cite: *cite })
    }
}

crate::schema::text_schema! {
    Mark: "体能成绩：秒或数量，或分:秒，最多两位小数。",
        "A mark in seconds or a count, or minutes:seconds, with two decimals at most.",
        "^([0-9]{1,3}:[0-5][0-9]|[0-9]{1,6})(\\.[0-9]{1,2})?$", "3:40";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_forms_are_read() {
        for (text, hundredths) in
            [("13.1", 1310), ("13.11", 1311), ("3:40", 22_000), ("3:05.5", 18_550), ("0", 0)]
        {
            assert_eq!(text.parse::<Mark>().unwrap().hundredths(), hundredths, "{text}");
        }
        for bad in ["", "-1", "1.", ".5", "1.234", "3:4", "3:60", ":30", "3:", "1e3", "abc", "１"]
        {
            assert_eq!(bad.parse::<Mark>().unwrap_err().code(), ErrorCode::InvalidNumber, "{bad}");
        }
        for (bad, write) in [
            ("3′40″", "3:40"),
            ("3'5\"", "3:05"),
            ("3分40秒", "3:40"),
            ("4分", "4:00"),
            ("13″1", "13.1"),
            ("3：40", "3:40"),
        ] {
            let error = bad.parse::<Mark>().unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidInput);
            assert!(error.zh().contains(&format!("请写作 {write}")), "{}", error.zh());
            assert!(error.en().contains(&format!("as {write}")), "{}", error.en());
        }
        assert_eq!("13.11".parse::<Mark>().unwrap().up_to_tenth().to_string(), "13.2");
        assert_eq!("265.9".parse::<Mark>().unwrap().whole().to_string(), "265");
    }
}
