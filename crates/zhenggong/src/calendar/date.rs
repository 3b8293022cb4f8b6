//! Dates as text.

use chrono::NaiveDate;

use super::Month;
use crate::{Error, ErrorCode, Result, number::text::FromText};

/// Returns the date written as `2025-03-01`: four digits, two and two, years 1900 to 2999.
///
/// # Errors
///
/// `InvalidDate` for another form, a day that its month does not have, or another year.
///
/// # Examples
///
/// ```
/// use zhenggong::calendar::parse_date;
/// assert_eq!(parse_date("2024-02-29")?.to_string(), "2024-02-29");
/// assert!(parse_date("2025-02-29").is_err());
/// assert!(parse_date("2025-3-1").is_err());
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn parse_date(text: &str) -> Result<NaiveDate> {
    read(text).ok_or_else(|| invalid_date(text))
}

fn read(text: &str) -> Option<NaiveDate> {
    let (month, day) = text.rsplit_once('-')?;
    let month = Month::parse(month).ok()?;
    if day.len() != 2 || !day.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    NaiveDate::from_ymd_opt(month.year(), month.month(), day.parse().ok()?)
}

impl FromText for NaiveDate {
    const EXPECTING: &'static str =
        "日期文本，如 \"2025-03-01\" / a date as text, such as \"2025-03-01\"";

    fn from_text(text: &str) -> Result<Self> {
        parse_date(text)
    }
}

/// Returns [`ErrorCode::InvalidDate`] for this text.
#[cold]
pub(super) fn invalid_date(value: &str) -> Error {
    Error::new(ErrorCode::InvalidDate).arg("value", value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_iso_form_is_read() {
        for bad in [
            "",
            "2025-03",
            "2025-3-01",
            "2025-03-1",
            "2025-03-00",
            "2025-04-31",
            "2100-02-29",
            "20250301",
            "2025/03/01",
            "2025-03-01 ",
            "2025-03-01T00:00",
            "2025-03-+1",
            "1899-12-31",
            "3000-01-01",
            "２０２５-03-01",
            "2025年3月1日",
        ] {
            let error = parse_date(bad).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidDate);
            assert!(error.args().any(|arg| arg == ("value", bad)), "{bad}");
        }
        assert_eq!(parse_date("1900-01-01").unwrap().to_string(), "1900-01-01");
        assert_eq!(parse_date("2999-12-31").unwrap().to_string(), "2999-12-31");
    }
}
