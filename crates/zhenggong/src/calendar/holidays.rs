//! The statutory holidays of a year.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

use super::{Festival, HolidayRegulation, lunar::lunar_day, qingming::qingming};
use crate::{Error, ErrorCode, Result};

/// A day that is a statutory holiday, and the festival that makes it one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// The festival.
    pub festival: Festival,
}

// The years for which the lunar calendar and 清明 are certain.
const YEARS: RangeInclusive<i32> = 2000..=2099;
// No text has more; a greater number is a slip.
const MOST_DAYS: u8 = 15;

/// Returns the statutory holidays of all citizens in a year, by date.
///
/// Where two festivals share a date (2020-10-01), both are listed; the dates make a set of one less.
/// Days off in place of a holiday on a weekend (art. 6) are not holidays; the yearly notice has them.
///
/// # Source
///
/// 全国年节及纪念日放假办法 art. 2, whose numbers `regulation` carries.
///
/// # Errors
///
/// `ValueGap` outside the years 2000 to 2099, `InvalidValue` for a festival of more than 15 days.
///
/// # Examples
///
/// ```
/// use zhenggong::calendar::{HolidayRegulation, statutory_holidays};
/// let text_of_2024 = HolidayRegulation {
///     new_year_days: 1,
///     spring_from: -1,
///     spring_days: 4,
///     qingming_days: 1,
///     labour_days: 2,
///     dragon_boat_days: 1,
///     mid_autumn_days: 1,
///     national_days: 3,
/// };
/// let holidays = statutory_holidays(2025, &text_of_2024)?;
/// assert_eq!(holidays.len(), 13);
/// assert_eq!(holidays[1].date.to_string(), "2025-01-28"); // 除夕
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn statutory_holidays(year: i32, regulation: &HolidayRegulation) -> Result<Vec<Holiday>> {
    if !YEARS.contains(&year) {
        return Err(outside(year));
    }
    let mut holidays = Vec::new();
    for festival in Festival::ALL {
        let (first, days) = first_day(year, festival, regulation)?;
        if days > MOST_DAYS {
            return Err(Error::new(ErrorCode::InvalidValue)
                .arg_in("key", festival.zh(), festival.en())
                .arg("value", days)
                .arg("expected", format_args!("0–{MOST_DAYS}")));
        }
        holidays.extend(first.iter_days().take(days.into()).map(|date| Holiday { date, festival }));
    }
    holidays.sort_unstable();
    Ok(holidays)
}

/// Returns the first day of a festival and how many it has.
fn first_day(
    year: i32,
    festival: Festival,
    regulation: &HolidayRegulation,
) -> Result<(NaiveDate, u8)> {
    let solar = |month| NaiveDate::from_ymd_opt(year, month, 1);
    let (first, days) = match festival {
        Festival::NewYear => (solar(1), regulation.new_year_days),
        Festival::SpringFestival => {
            let offset = Days::new(regulation.spring_from.unsigned_abs().into());
            let first = lunar_day(year, 1, 1).and_then(|day| {
                if regulation.spring_from < 0 {
                    day.checked_sub_days(offset)
                } else {
                    day.checked_add_days(offset)
                }
            });
            (first, regulation.spring_days)
        }
        Festival::Qingming => (qingming(year), regulation.qingming_days),
        Festival::LabourDay => (solar(5), regulation.labour_days),
        Festival::DragonBoat => (lunar_day(year, 5, 5), regulation.dragon_boat_days),
        Festival::MidAutumn => (lunar_day(year, 8, 15), regulation.mid_autumn_days),
        Festival::NationalDay => (solar(10), regulation.national_days),
    };
    first.map(|first| (first, days)).ok_or_else(|| outside(year))
}

#[cold]
fn outside(year: i32) -> Error {
    let late = year > *YEARS.end();
    Error::new(ErrorCode::ValueGap)
        .arg("value", format_args!("法定节假日 {year}"))
        .arg("last", if late { "2099-12-31" } else { "—" })
        .arg("next", if late { "—" } else { "2000-01-01" })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn dates(year: i32, regulation: &HolidayRegulation) -> Vec<String> {
        let holidays = statutory_holidays(year, regulation).unwrap();
        holidays.iter().map(|h| format!("{} {}", h.date, h.festival.zh())).collect()
    }

    #[test]
    fn the_year_2024_has_eleven_days_by_the_text_of_2013() {
        assert_eq!(
            dates(2024, &HolidayRegulation::OF_2013),
            [
                "2024-01-01 元旦",
                "2024-02-10 春节",
                "2024-02-11 春节",
                "2024-02-12 春节",
                "2024-04-04 清明节",
                "2024-05-01 劳动节",
                "2024-06-10 端午节",
                "2024-09-17 中秋节",
                "2024-10-01 国庆节",
                "2024-10-02 国庆节",
                "2024-10-03 国庆节",
            ]
        );
    }

    #[test]
    fn the_year_2025_has_thirteen_days_by_the_text_of_2024() {
        assert_eq!(
            dates(2025, &HolidayRegulation::OF_2024),
            [
                "2025-01-01 元旦",
                "2025-01-28 春节",
                "2025-01-29 春节",
                "2025-01-30 春节",
                "2025-01-31 春节",
                "2025-04-04 清明节",
                "2025-05-01 劳动节",
                "2025-05-02 劳动节",
                "2025-05-31 端午节",
                "2025-10-01 国庆节",
                "2025-10-02 国庆节",
                "2025-10-03 国庆节",
                "2025-10-06 中秋节",
            ]
        );
    }

    #[test]
    fn two_festivals_on_one_day_are_both_listed() {
        for year in [2001, 2020] {
            let holidays = statutory_holidays(year, &HolidayRegulation::OF_2013).unwrap();
            let days: BTreeSet<_> = holidays.iter().map(|h| h.date).collect();
            assert_eq!((holidays.len(), days.len()), (11, 10), "{year}");
            let shared = NaiveDate::from_ymd_opt(year, 10, 1).unwrap();
            let festivals: Vec<_> =
                holidays.iter().filter(|h| h.date == shared).map(|h| h.festival).collect();
            assert_eq!(festivals, [Festival::MidAutumn, Festival::NationalDay]);
        }
    }

    #[test]
    fn every_year_of_the_century_has_all_days_within_it() {
        for year in YEARS {
            let holidays = statutory_holidays(year, &HolidayRegulation::OF_2024).unwrap();
            assert_eq!(holidays.len(), 13);
            assert!(holidays.iter().all(|h| chrono::Datelike::year(&h.date) == year));
        }
        for year in [1999, 2100, i32::MIN, i32::MAX] {
            let error = statutory_holidays(year, &HolidayRegulation::OF_2024).unwrap_err();
            assert_eq!(error.code(), ErrorCode::ValueGap);
        }
    }

    #[test]
    fn a_festival_of_no_days_is_none_and_one_of_too_many_a_slip() {
        let none = HolidayRegulation { qingming_days: 0, ..HolidayRegulation::OF_2013 };
        assert_eq!(statutory_holidays(2024, &none).unwrap().len(), 10);
        let slip = HolidayRegulation { national_days: 30, ..HolidayRegulation::OF_2013 };
        assert_eq!(statutory_holidays(2024, &slip).unwrap_err().code(), ErrorCode::InvalidValue);
    }
}
