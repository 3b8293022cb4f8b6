//! The work calendar of a year.

use chrono::{Datelike, NaiveDate};

use super::{DayKind, Festival, Holiday, TransferDays, transfer_days::is_weekend};
use crate::{Error, ErrorCode, Result};

/// The kinds of all days of a year, from its holidays and its transfers.
///
/// # Examples
///
/// ```
/// use zhenggong::calendar::*;
/// let date = parse_date("2025-10-01")?;
/// let holiday = Holiday { date, festival: Festival::NationalDay };
/// // The yearly notice is not known, so only holidays have an answer.
/// let calendar = WorkCalendar::new(2025, vec![holiday], None)?;
/// assert_eq!(calendar.day_kind(date)?, DayKind::StatutoryHoliday);
/// assert!(calendar.day_kind(parse_date("2025-10-11")?).is_err());
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkCalendar {
    year: i32,
    // By date.
    holidays: Vec<Holiday>,
    transfers: Option<TransferDays>,
}

impl WorkCalendar {
    /// Returns the calendar of a year; without `transfers` it answers for statutory holidays alone.
    ///
    /// # Errors
    ///
    /// `InvalidValue` where a holiday or the transfers are of another year, or a transfer names a
    /// statutory holiday, which it can't change.
    pub fn new(
        year: i32,
        mut holidays: Vec<Holiday>,
        transfers: Option<TransferDays>,
    ) -> Result<Self> {
        holidays.sort_unstable();
        if let Some(holiday) = holidays.iter().find(|holiday| holiday.date.year() != year) {
            return Err(invalid("holidays", holiday.date, year));
        }
        if let Some(transfers) = &transfers {
            if transfers.year() != year {
                return Err(invalid("transfers", transfers.year(), year));
            }
            let changed = |h: &&Holiday| {
                transfers.work().contains(&h.date) || transfers.rest().contains(&h.date)
            };
            if let Some(holiday) = holidays.iter().find(changed) {
                let expected = "法定休假日以外的日期 (a day that is no statutory holiday)";
                return Err(invalid("transfers", holiday.date, expected));
            }
        }
        Ok(Self { year, holidays, transfers })
    }

    /// Returns the year.
    #[must_use]
    pub const fn year(&self) -> i32 {
        self.year
    }

    /// Returns the statutory holidays, by date.
    #[must_use]
    pub fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }

    /// Returns the festivals that fall on a date: none, one, or two.
    pub fn festivals_on(&self, date: NaiveDate) -> impl Iterator<Item = Festival> {
        self.holidays.iter().filter(move |holiday| holiday.date == date).map(|h| h.festival)
    }

    /// Returns the kind of a day: a statutory holiday first, then the transfers, then the week.
    ///
    /// # Errors
    ///
    /// `ValueGap` for a day of another year, and for a day that a transfer might have changed where
    /// the transfers of the year are not known.
    pub fn day_kind(&self, date: NaiveDate) -> Result<DayKind> {
        if date.year() != self.year {
            let late = date.year() > self.year;
            let last = format!("{}-12-31", self.year);
            let next = format!("{}-01-01", self.year);
            return Err(gap(
                &format!("工作日历 {}", date.year()),
                if late { &last } else { "—" },
                if late { "—" } else { &next },
            ));
        }
        if self.holidays.binary_search_by_key(&date, |holiday| holiday.date).is_ok() {
            return Ok(DayKind::StatutoryHoliday);
        }
        let Some(transfers) = &self.transfers else {
            return Err(gap(&format!("调休安排 {}", self.year), "—", "—"));
        };
        Ok(if transfers.rest().contains(&date) {
            DayKind::RestDay
        } else if transfers.work().contains(&date) || !is_weekend(date) {
            DayKind::Workday
        } else {
            DayKind::RestDay
        })
    }
}

#[cold]
fn gap(value: &str, last: &str, next: &str) -> Error {
    Error::new(ErrorCode::ValueGap).arg("value", value).arg("last", last).arg("next", next)
}

#[cold]
fn invalid(key: &str, value: impl std::fmt::Display, expected: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::InvalidValue)
        .arg("key", key)
        .arg("value", value)
        .arg("expected", expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{HolidayRegulation, parse_date, statutory_holidays};

    fn day(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    fn holidays_of_2025() -> Vec<Holiday> {
        statutory_holidays(2025, &HolidayRegulation::OF_2024).unwrap()
    }

    fn transfers_of_2025() -> TransferDays {
        let rest =
            ["2025-02-03", "2025-02-04", "2025-05-05", "2025-06-02", "2025-10-07", "2025-10-08"];
        let work = ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"];
        TransferDays::new(2025, rest.map(day), work.map(day)).unwrap()
    }

    #[test]
    fn the_year_2025_has_248_workdays_104_rest_days_and_13_holidays() {
        let calendar = WorkCalendar::new(2025, holidays_of_2025(), Some(transfers_of_2025()));
        let calendar = calendar.unwrap();
        let mut count = [0; 3];
        for date in day("2025-01-01").iter_days().take(365) {
            let kind = calendar.day_kind(date).unwrap();
            count[DayKind::ALL.iter().position(|k| *k == kind).unwrap()] += 1;
        }
        assert_eq!(count, [248, 104, 13]);
    }

    #[test]
    fn the_spells_of_2025_are_free_and_the_transferred_weekends_are_not() {
        let calendar = WorkCalendar::new(2025, holidays_of_2025(), Some(transfers_of_2025()));
        let calendar = calendar.unwrap();
        for (from, to) in [
            ("2025-01-28", "2025-02-04"),
            ("2025-04-04", "2025-04-06"),
            ("2025-05-01", "2025-05-05"),
            ("2025-05-31", "2025-06-02"),
            ("2025-10-01", "2025-10-08"),
        ] {
            for date in day(from).iter_days().take_while(|date| *date <= day(to)) {
                assert_ne!(calendar.day_kind(date).unwrap(), DayKind::Workday, "{date}");
            }
            for date in [day(from).pred_opt().unwrap(), day(to).succ_opt().unwrap()] {
                let plain = is_weekend(date) && !transfers_of_2025().work().contains(&date);
                assert_eq!(calendar.day_kind(date).unwrap() == DayKind::Workday, !plain, "{date}");
            }
        }
        let kind = |text| calendar.day_kind(day(text)).unwrap();
        assert_eq!(kind("2025-02-08"), DayKind::Workday); // Saturday, transferred
        assert_eq!(kind("2025-10-06"), DayKind::StatutoryHoliday); // Mid-Autumn
        assert_eq!(kind("2025-10-07"), DayKind::RestDay); // Tuesday, transferred
        assert_eq!(kind("2025-05-31"), DayKind::StatutoryHoliday); // Dragon Boat on a Saturday
        assert_eq!(kind("2025-03-01"), DayKind::RestDay);
        assert_eq!(kind("2025-03-03"), DayKind::Workday);
    }

    #[test]
    fn without_transfers_only_holidays_have_an_answer() {
        let calendar = WorkCalendar::new(2025, holidays_of_2025(), None).unwrap();
        assert_eq!(calendar.day_kind(day("2025-01-01")).unwrap(), DayKind::StatutoryHoliday);
        for date in ["2025-03-01", "2025-03-03"] {
            let error = calendar.day_kind(day(date)).unwrap_err();
            assert_eq!(error.code(), ErrorCode::ValueGap);
            let args: Vec<_> = error.args().collect();
            assert_eq!(args, [("value", "调休安排 2025"), ("last", "—"), ("next", "—")]);
        }
        for date in ["2024-12-31", "2026-01-01"] {
            assert_eq!(calendar.day_kind(day(date)).unwrap_err().code(), ErrorCode::ValueGap);
        }
    }

    #[test]
    fn two_festivals_of_one_day_are_both_named() {
        let holidays = statutory_holidays(2020, &HolidayRegulation::OF_2013).unwrap();
        let calendar = WorkCalendar::new(2020, holidays, None).unwrap();
        let festivals: Vec<_> = calendar.festivals_on(day("2020-10-01")).collect();
        assert_eq!(festivals, [Festival::MidAutumn, Festival::NationalDay]);
        assert_eq!(calendar.day_kind(day("2020-10-01")).unwrap(), DayKind::StatutoryHoliday);
    }

    #[test]
    fn parts_of_different_years_do_not_mix() {
        let code = |result: Result<WorkCalendar>| result.unwrap_err().code();
        let made = WorkCalendar::new(2024, holidays_of_2025(), None);
        assert_eq!(code(made), ErrorCode::InvalidValue);
        let made = WorkCalendar::new(2024, Vec::new(), Some(transfers_of_2025()));
        assert_eq!(code(made), ErrorCode::InvalidValue);
        let on_holiday = TransferDays::new(2025, [day("2025-10-01")], []).unwrap();
        let made = WorkCalendar::new(2025, holidays_of_2025(), Some(on_holiday));
        assert_eq!(code(made), ErrorCode::InvalidValue);
    }
}
