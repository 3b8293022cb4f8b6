//! Dates of which only the year or the month is known.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::{Month, date::invalid_date, parse_date};
use crate::{
    Result,
    number::text::{FromText, text_form},
};

/// A date known to the year, the month or the day, such as the issue of an old document.
///
/// It has no order: `1995` is neither before nor after `1995-06`. Compare
/// [`earliest_day`](Self::earliest_day) or [`latest_day`](Self::latest_day), whichever is on the safe
/// side.
///
/// # Examples
///
/// ```
/// use zhenggong::calendar::PartialDate;
/// let issued: PartialDate = "1995-06".parse()?;
/// assert_eq!(issued.latest_day().to_string(), "1995-06-30");
/// assert_eq!(issued.to_string(), "1995-06");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate(Known);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Known {
    // The January of the year.
    Year(Month),
    Month(Month),
    Day(NaiveDate),
}

impl PartialDate {
    /// Returns the date that the text gives: `1995`, `1995-06` or `1995-06-13`.
    ///
    /// # Errors
    ///
    /// `InvalidDate` for another form or outside the years 1900 to 2999.
    pub fn parse(text: &str) -> Result<Self> {
        let known = match text.len() {
            4 => Month::parse(&format!("{text}-01")).ok().map(Known::Year),
            7 => Month::parse(text).ok().map(Known::Month),
            _ => Some(Known::Day(parse_date(text)?)),
        };
        known.map(Self).ok_or_else(|| invalid_date(text))
    }

    /// Returns the first day that it can mean.
    #[must_use]
    pub fn earliest_day(self) -> NaiveDate {
        match self.0 {
            Known::Year(month) | Known::Month(month) => month.first_day(),
            Known::Day(day) => day,
        }
    }

    /// Returns the last day that it can mean.
    #[must_use]
    pub fn latest_day(self) -> NaiveDate {
        match self.0 {
            // Eleven months after January is December of the same year, hence always in range.
            Known::Year(january) => january.plus_months(11).unwrap_or(january).last_day(),
            Known::Month(month) => month.last_day(),
            Known::Day(day) => day,
        }
    }

    /// Returns the date itself where the day is known.
    #[must_use]
    pub fn exact_day(self) -> Option<NaiveDate> {
        match self.0 {
            Known::Day(day) => Some(day),
            _ => None,
        }
    }

    /// Returns the date in Chinese, such as `1995年6月`.
    #[must_use]
    pub fn zh(self) -> String {
        match self.0 {
            Known::Year(month) => format!("{}年", month.year()),
            Known::Month(month) => month.zh(),
            Known::Day(day) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        }
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(day: NaiveDate) -> Self {
        Self(Known::Day(day))
    }
}

impl From<Month> for PartialDate {
    fn from(month: Month) -> Self {
        Self(Known::Month(month))
    }
}

/// Writes as much of the date as is known: `1995`, `1995-06` or `1995-06-13`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Known::Year(month) => f.pad(&format!("{:04}", month.year())),
            Known::Month(month) => month.fmt(f),
            Known::Day(day) => f.pad(&day.to_string()),
        }
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PartialDate({self})")
    }
}

impl FromText for PartialDate {
    const EXPECTING: &'static str =
        "日期文本，确切到年、月或日 / a date as text, known to the year, month or day";

    fn from_text(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

text_form!(PartialDate);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorCode;

    #[test]
    fn what_is_known_is_read_and_written_back() {
        for (text, earliest, latest, zh) in [
            ("1995", "1995-01-01", "1995-12-31", "1995年"),
            ("2999", "2999-01-01", "2999-12-31", "2999年"),
            ("1995-06", "1995-06-01", "1995-06-30", "1995年6月"),
            ("2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
            ("1995-06-13", "1995-06-13", "1995-06-13", "1995年6月13日"),
        ] {
            let date: PartialDate = text.parse().unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(date.earliest_day().to_string(), earliest);
            assert_eq!(date.latest_day().to_string(), latest);
            assert_eq!(date.zh(), zh);
            let json = serde_json::to_string(&date).unwrap();
            assert_eq!(serde_json::from_str::<PartialDate>(&json).unwrap(), date);
        }
        for bad in ["", "199", "1899", "3000", "1995-6", "1995-13", "1995-06-31", "年4", "+199"] {
            let error = PartialDate::parse(bad).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidDate);
            assert!(error.args().any(|arg| arg == ("value", bad)), "{bad}");
        }
    }
}
