//! Yearly grades as input, and periods of months counted from a day.

use chrono::{Months, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::refusal;
use crate::{
    Error, ErrorCode, Result, calendar::parse_date, number::FromText, policy::RuleInfo,
    vocabulary::AnnualGrade,
};

/// The grade of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct YearGrade {
    /// The year that was assessed.
    pub year: i32,
    /// What it ended with.
    pub grade: AnnualGrade,
}

/// Returns the years in order, each once and none left out between the first and the last.
///
/// # Errors
///
/// `InvalidInput` for a year outside 1900 to 2999, `ContradictoryFacts` for one that occurs twice, `MissingFact` for one that is left out.
pub(super) fn in_order(rule: &RuleInfo, years: &[YearGrade]) -> Result<Vec<YearGrade>> {
    if let Some(far) = years.iter().find(|y| !(1900..=2999).contains(&y.year)) {
        let detail = format!("年度 {} 不在 1900 至 2999 之间 / the year {}", far.year, far.year);
        return Err(refusal::invalid(rule, "years.year", detail));
    }
    let mut out = years.to_vec();
    out.sort_by_key(|y| y.year);
    for pair in out.windows(2) {
        let [before, after] = pair else { continue };
        if before.year == after.year {
            let detail = format!("{} 年有两个等次 / two grades of {}", after.year, after.year);
            return Err(refusal::contradiction(rule, "years", detail));
        }
        if after.year.abs_diff(before.year) > 1 {
            return Err(left_out(rule, before.year.saturating_add(1)));
        }
    }
    Ok(out)
}

#[cold]
pub(super) fn left_out(rule: &RuleInfo, year: i32) -> Error {
    let fact = format!("{year} 年度考核等次");
    Error::new(ErrorCode::MissingFact).arg("fact", fact).rule(rule.id()).field("years")
}

/// Returns the same day this many months later, or the last one of a shorter month.
///
/// # Errors
///
/// `InvalidDate` after the year 2999.
pub(super) fn plus_months(day: NaiveDate, months: u32) -> Result<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(2999, 12, 31);
    let found = day.checked_add_months(Months::new(months)).filter(|d| Some(*d) <= last);
    found.ok_or_else(|| {
        Error::new(ErrorCode::InvalidDate).arg("value", format!("{day} + {months} 个月"))
    })
}

/// Returns the day this many months earlier, or the last one of a shorter month.
///
/// # Errors
///
/// `InvalidDate` before the year 1900.
pub(super) fn minus_months(day: NaiveDate, months: u32) -> Result<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1900, 1, 1);
    let found = day.checked_sub_months(Months::new(months)).filter(|d| Some(*d) >= first);
    found.ok_or_else(|| {
        Error::new(ErrorCode::InvalidDate).arg("value", format!("{day} − {months} 个月"))
    })
}

/// A date of an input where it may be left out.
#[derive(Debug, Clone, Copy, schemars::JsonSchema)]
#[schemars(inline, description = "")]
pub(super) struct Day(#[schemars(with = "crate::schema::Date")] pub(super) NaiveDate);

impl FromText for Day {
    const EXPECTING: &'static str = "日期 (date) as text";

    fn from_text(text: &str) -> Result<Self> {
        parse_date(text).map(Self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        crate::number::text::deserialize(from)
    }
}
