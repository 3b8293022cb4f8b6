//! The transfers of a year (调休).

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::{Error, ErrorCode, Result};

/// The days of a year whose kind the yearly notice on holidays changes (调休).
///
/// A notice can also change days at the end of the year before; they belong to that year's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferDays {
    year: i32,
    rest: BTreeSet<NaiveDate>,
    work: BTreeSet<NaiveDate>,
}

impl TransferDays {
    /// Returns the transfers of a year: `rest` are weekdays made rest days, `work` are Saturdays and
    /// Sundays made workdays.
    ///
    /// # Errors
    ///
    /// `InvalidValue` for a day of another year, a weekend day in `rest` or a weekday in `work`: the
    /// notice changes none of these, so each is a slip.
    pub fn new(
        year: i32,
        rest: impl IntoIterator<Item = NaiveDate>,
        work: impl IntoIterator<Item = NaiveDate>,
    ) -> Result<Self> {
        let (rest, work): (BTreeSet<_>, BTreeSet<_>) =
            (rest.into_iter().collect(), work.into_iter().collect());
        for day in rest.iter().chain(&work) {
            if day.year() != year {
                return Err(invalid("year", *day, year));
            }
        }
        if let Some(day) = rest.iter().find(|day| is_weekend(**day)) {
            return Err(invalid("rest", *day, "周一至周五 (Monday to Friday)"));
        }
        if let Some(day) = work.iter().find(|day| !is_weekend(**day)) {
            return Err(invalid("work", *day, "周六或周日 (Saturday or Sunday)"));
        }
        Ok(Self { year, rest, work })
    }

    /// Returns the year.
    #[must_use]
    pub const fn year(&self) -> i32 {
        self.year
    }

    /// Returns the weekdays made rest days.
    #[must_use]
    pub const fn rest(&self) -> &BTreeSet<NaiveDate> {
        &self.rest
    }

    /// Returns the Saturdays and Sundays made workdays.
    #[must_use]
    pub const fn work(&self) -> &BTreeSet<NaiveDate> {
        &self.work
    }
}

/// Returns whether a date is a Saturday or Sunday.
pub(super) fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cold]
fn invalid(key: &str, day: NaiveDate, expected: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::InvalidValue).arg("key", key).arg("value", day).arg("expected", expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_date;

    #[test]
    fn slips_are_refused() {
        let day = |text| [parse_date(text).unwrap()];
        for (rest, work) in [
            ("2024-12-31", "2025-01-26"), // another year
            ("2025-02-01", "2025-01-26"), // a Saturday as rest
            ("2025-02-03", "2025-01-27"), // a Monday as work
        ] {
            let error = TransferDays::new(2025, day(rest), day(work)).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidValue);
        }
        assert!(TransferDays::new(2025, day("2025-02-03"), day("2025-01-26")).is_ok());
    }
}
