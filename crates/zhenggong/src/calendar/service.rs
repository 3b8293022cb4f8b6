//! Service: how long something has lasted, in the ways that the law counts.
//!
//! Periods follow 民法典 art. 201 and 202: the first day is not counted, a period of months or years
//! ends on the corresponding day, and where the last month lacks that day, on its last day. So a year
//! from 29 February 2020 is complete on 28 February 2021, and a month from 31 January on the last day
//! of February. The day `to` itself counts: on the anniversary the year is complete.

use chrono::{Datelike, NaiveDate};

use super::month::days_in_month;
use crate::{Error, ErrorCode, Result};

/// Returns the number of full years (周年) from `from` to `to`: the anniversaries reached by then.
///
/// # Errors
///
/// `ContradictoryFacts` where `to` is before `from`.
///
/// # Examples
///
/// ```
/// use zhenggong::calendar::{full_years, parse_date};
/// let (hired, then) = (parse_date("2020-02-29")?, parse_date("2021-02-28")?);
/// assert_eq!(full_years(hired, then)?, 1);
/// assert_eq!(full_years(hired, parse_date("2021-02-27")?)?, 0);
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn full_years(from: NaiveDate, to: NaiveDate) -> Result<u32> {
    full_months(from, to).map(|months| months / 12)
}

/// Returns the number of calendar years touched (年头) from `from` to `to`: both years count.
///
/// # Errors
///
/// `ContradictoryFacts` where `to` is before `from`.
///
/// # Examples
///
/// ```
/// use zhenggong::calendar::{calendar_years, parse_date};
/// assert_eq!(calendar_years(parse_date("2024-12-31")?, parse_date("2025-01-01")?)?, 2);
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn calendar_years(from: NaiveDate, to: NaiveDate) -> Result<u32> {
    in_order(from, to)?;
    Ok(to.year().abs_diff(from.year()) + 1)
}

/// Returns the number of full months from `from` to `to`.
///
/// # Errors
///
/// `ContradictoryFacts` where `to` is before `from`.
///
/// # Examples
///
/// ```
/// use zhenggong::calendar::{full_months, parse_date};
/// assert_eq!(full_months(parse_date("2025-01-31")?, parse_date("2025-02-28")?)?, 1);
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn full_months(from: NaiveDate, to: NaiveDate) -> Result<u32> {
    in_order(from, to)?;
    let years = to.year().abs_diff(from.year());
    let touched = years * 12 + to.month() - from.month();
    let corresponding = from.day().min(days_in_month(to.year(), to.month()));
    Ok(touched - u32::from(to.day() < corresponding))
}

fn in_order(from: NaiveDate, to: NaiveDate) -> Result<()> {
    if from <= to {
        return Ok(());
    }
    Err(Error::new(ErrorCode::ContradictoryFacts).arg("detail", format_args!("{from} > {to}")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::parse_date;

    #[test]
    fn anniversaries_and_calendar_years_by_the_table() {
        for (from, to, years, touched, months) in [
            ("2020-07-01", "2020-07-01", 0, 1, 0),
            ("2020-07-01", "2021-06-30", 0, 2, 11),
            ("2020-07-01", "2021-07-01", 1, 2, 12),
            ("2020-07-01", "2025-03-01", 4, 6, 56),
            ("2024-12-31", "2025-01-01", 0, 2, 0),
            ("2020-02-29", "2021-02-27", 0, 2, 11),
            ("2020-02-29", "2021-02-28", 1, 2, 12),
            ("2020-02-29", "2024-02-28", 3, 5, 47),
            ("2020-02-29", "2024-02-29", 4, 5, 48),
            ("2021-02-28", "2024-02-28", 3, 4, 36),
            ("2025-01-31", "2025-02-27", 0, 1, 0),
            ("2025-01-31", "2025-02-28", 0, 1, 1),
            ("2025-01-31", "2025-03-30", 0, 1, 1),
            ("2025-01-31", "2025-03-31", 0, 1, 2),
            ("2025-01-31", "2025-04-30", 0, 1, 3),
        ] {
            let (from, to) = (parse_date(from).unwrap(), parse_date(to).unwrap());
            assert_eq!(full_years(from, to).unwrap(), years, "{from} {to}");
            assert_eq!(calendar_years(from, to).unwrap(), touched, "{from} {to}");
            assert_eq!(full_months(from, to).unwrap(), months, "{from} {to}");
        }
    }

    #[test]
    fn an_end_before_the_start_is_a_contradiction() {
        let (from, to) = (parse_date("2025-01-02").unwrap(), parse_date("2025-01-01").unwrap());
        for result in [full_years(from, to), calendar_years(from, to), full_months(from, to)] {
            assert_eq!(result.unwrap_err().code(), ErrorCode::ContradictoryFacts);
        }
        assert!(full_years(NaiveDate::MIN, NaiveDate::MAX).is_ok());
    }

    proptest! {
        #[test]
        fn service_never_shrinks_with_time(from in 0i32..400_000, days in 0i32..40_000) {
            let day = |n: i32| NaiveDate::from_num_days_from_ce_opt(n + 693_000).unwrap();
            let (from, to, later) = (day(from), day(from + days), day(from + days + 1));
            prop_assert!(full_months(from, to).unwrap() <= full_months(from, later).unwrap());
            prop_assert!(full_years(from, to).unwrap() < calendar_years(from, to).unwrap());
        }
    }
}
