//! Days of the Chinese lunar calendar (农历, GB/T 33661-2017).

use chrono::NaiveDate;
use icu_calendar::{Date, types};

/// Returns the solar date of a day of an ordinary (not leap) lunar month; the lunar year is named by
/// the solar year in which it begins.
pub(super) fn lunar_day(year: i32, month: u8, day: u8) -> Option<NaiveDate> {
    let date = Date::try_new_chinese_traditional(year, types::Month::new(month), day).ok()?;
    // Both count days from 0001-01-01 as day 1.
    let days = i32::try_from(date.to_rata_die().to_i64_date()).ok()?;
    NaiveDate::from_num_days_from_ce_opt(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_festivals_fall_on_their_days() {
        for (year, spring, dragon_boat, mid_autumn) in [
            (2008, "2008-02-07", "2008-06-08", "2008-09-14"),
            (2020, "2020-01-25", "2020-06-25", "2020-10-01"),
            // A leap second month.
            (2023, "2023-01-22", "2023-06-22", "2023-09-29"),
            (2024, "2024-02-10", "2024-06-10", "2024-09-17"),
            // A leap sixth month.
            (2025, "2025-01-29", "2025-05-31", "2025-10-06"),
            (2026, "2026-02-17", "2026-06-19", "2026-09-25"),
        ] {
            let text = |month, day| lunar_day(year, month, day).unwrap().to_string();
            assert_eq!(text(1, 1), spring);
            assert_eq!(text(5, 5), dragon_boat);
            assert_eq!(text(8, 15), mid_autumn);
        }
        assert_eq!(lunar_day(2025, 13, 1), None);
    }
}
