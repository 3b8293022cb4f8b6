//! Month: the unit in which payroll runs.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::{
    Error, ErrorCode, Result,
    number::text::{FromText, text_form},
};

/// A calendar month of the years 1900 to 2999.
///
/// # Examples
///
/// ```
/// use zhenggong::calendar::Month;
/// let month = Month::new(2025, 3)?;
/// assert_eq!(month.to_string(), "2025-03");
/// assert_eq!(month.zh(), "2025年3月");
/// assert_eq!(month.plus_months(-3)?, Month::parse("2024-12")?);
/// assert!(Month::parse("2025-3").is_err());
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    // Months since January of year 0. Any value here lies in `FIRST..=LAST`.
    index: i32,
}

const FIRST: i32 = 1900 * 12;
const LAST: i32 = 2999 * 12 + 11;

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Month {
    /// The first month that can be named, January 1900.
    pub const MIN: Self = Self { index: FIRST };
    /// The last month that can be named, December 2999.
    pub const MAX: Self = Self { index: LAST };

    /// Returns the month of this year and number, 1 to 12.
    ///
    /// # Errors
    ///
    /// `InvalidMonth` outside the years 1900 to 2999 or the numbers 1 to 12.
    pub fn new(year: i32, month: u32) -> Result<Self> {
        match i32::try_from(month) {
            Ok(number @ 1..=12) if (1900..=2999).contains(&year) => {
                Ok(Self { index: year * 12 + number - 1 })
            }
            _ => Err(invalid(format_args!("{year:04}-{month:02}"))),
        }
    }

    /// Returns the month written as `2025-03`, four digits and two.
    ///
    /// # Errors
    ///
    /// `InvalidMonth` for another form or outside the years 1900 to 2999.
    pub fn parse(text: &str) -> Result<Self> {
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        match text.split_once('-') {
            Some((year, month))
                if year.len() == 4 && month.len() == 2 && digits(year) && digits(month) =>
            {
                match (year.parse(), month.parse()) {
                    (Ok(year), Ok(month)) => Self::new(year, month).map_err(|_| invalid(text)),
                    _ => Err(invalid(text)),
                }
            }
            _ => Err(invalid(text)),
        }
    }

    /// Returns the month in which a date lies.
    ///
    /// # Errors
    ///
    /// `InvalidMonth` outside the years 1900 to 2999.
    pub fn of(date: NaiveDate) -> Result<Self> {
        Self::new(date.year(), date.month())
    }

    /// Returns the year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.index / 12
    }

    /// Returns the number of the month in its year, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u32 {
        (self.index % 12).unsigned_abs() + 1
    }

    /// Returns the number of months since January of year 0; neighbours differ by 1.
    #[must_use]
    pub const fn index(self) -> i32 {
        self.index
    }

    /// Returns the first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        // Always exists: the year is 1900 to 2999 and the month 1 to 12.
        NaiveDate::from_ymd_opt(self.year(), self.month(), 1).unwrap_or_default()
    }

    /// Returns the last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let day = days_in_month(self.year(), self.month());
        NaiveDate::from_ymd_opt(self.year(), self.month(), day).unwrap_or_default()
    }

    /// Returns the number of days, 28 to 31.
    #[must_use]
    pub const fn days(self) -> u32 {
        days_in_month(self.year(), self.month())
    }

    /// Returns the following month.
    ///
    /// # Errors
    ///
    /// `InvalidMonth` after December 2999.
    pub fn next(self) -> Result<Self> {
        self.plus_months(1)
    }

    /// Returns the preceding month.
    ///
    /// # Errors
    ///
    /// `InvalidMonth` before January 1900.
    pub fn prev(self) -> Result<Self> {
        self.plus_months(-1)
    }

    /// Returns the month this many months later, or earlier if negative.
    ///
    /// # Errors
    ///
    /// `InvalidMonth` outside the years 1900 to 2999.
    pub fn plus_months(self, months: i32) -> Result<Self> {
        let index = i64::from(self.index) + i64::from(months);
        match i32::try_from(index) {
            Ok(index @ FIRST..=LAST) => Ok(Self { index }),
            _ => Err(invalid(format_args!(
                "{:04}-{:02}",
                index.div_euclid(12),
                index.rem_euclid(12) + 1
            ))),
        }
    }

    /// Returns whether a date lies in the month.
    #[must_use]
    pub fn contains(self, date: NaiveDate) -> bool {
        date.year() == self.year() && date.month() == self.month()
    }

    /// Returns the month in Chinese, such as `2025年3月`.
    #[must_use]
    pub fn zh(self) -> String {
        format!("{}年{}月", self.year(), self.month())
    }

    /// Returns the month in English, such as `March 2025`.
    #[must_use]
    pub fn en(self) -> String {
        let name = ENGLISH.iter().zip(1..).find(|(_, number)| *number == self.month());
        format!("{} {}", name.map_or("", |(name, _)| name), self.year())
    }
}

/// Returns the number of days of a month of the Gregorian calendar.
pub(super) const fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cold]
fn invalid(value: impl fmt::Display) -> Error {
    Error::new(ErrorCode::InvalidMonth).arg("value", value)
}

/// Writes the month as `2025-03`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year(), self.month()))
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Month({self})")
    }
}

impl FromText for Month {
    const EXPECTING: &'static str =
        "月份文本，如 \"2025-03\" / a month as text, such as \"2025-03\"";

    fn from_text(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

text_form!(Month);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_text_form_is_strict() {
        for bad in [
            "",
            "2025",
            "2025-3",
            "2025-13",
            "2025-00",
            "2025/03",
            "1899-12",
            "3000-01",
            "２０２５-03",
            "2025-03-01",
            " 2025-03",
            "+025-03",
            "2025-+3",
            "25-03",
            "年年-03",
        ] {
            let error = Month::parse(bad).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidMonth);
            assert!(error.args().any(|arg| arg == ("value", bad)), "{bad}");
        }
        assert_eq!(serde_json::to_string(&Month::MIN).unwrap(), "\"1900-01\"");
        assert_eq!(serde_json::from_str::<Month>("\"2999-12\"").unwrap(), Month::MAX);
        let error = serde_json::from_str::<Month>("\"2025-13\"").unwrap_err().to_string();
        assert!(error.starts_with("InvalidMonth:2025-13"), "{error}");
        assert!(serde_json::from_str::<Month>("202503").is_err());
    }

    #[test]
    fn months_follow_each_other_across_years() {
        let december = Month::new(2024, 12).unwrap();
        assert_eq!(december.next().unwrap().to_string(), "2025-01");
        assert_eq!(december.next().unwrap().prev().unwrap(), december);
        assert_eq!(december.en(), "December 2024");
        assert_eq!(Month::MAX.next().unwrap_err().code(), ErrorCode::InvalidMonth);
        assert!(Month::MIN.prev().is_err());
        assert!(december.plus_months(i32::MAX).is_err() && december.plus_months(i32::MIN).is_err());
        assert!(Month::new(2025, 0).is_err() && Month::new(2025, u32::MAX).is_err());
        assert!(Month::of(NaiveDate::MAX).is_err() && Month::of(NaiveDate::MIN).is_err());
    }

    #[test]
    fn first_and_last_days_follow_the_gregorian_calendar() {
        for index in FIRST..=LAST {
            let month = Month { index };
            let next_day = month.last_day().succ_opt().unwrap();
            assert_eq!(month.first_day().to_string(), format!("{month}-01"));
            assert_eq!(next_day.day(), 1);
            assert!(month.contains(month.last_day()) && !month.contains(next_day));
        }
        assert_eq!(Month::new(2024, 2).unwrap().days(), 29);
        assert_eq!(Month::new(2100, 2).unwrap().days(), 28);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(index in FIRST..=LAST) {
            let month = Month { index };
            prop_assert_eq!(Month::parse(&month.to_string()).unwrap(), month);
            prop_assert_eq!(Month::new(month.year(), month.month()).unwrap(), month);
        }
    }
}
