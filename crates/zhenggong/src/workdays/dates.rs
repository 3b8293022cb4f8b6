//! Dates as policy data and as input.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{Datelike, NaiveDate, Weekday};

use crate::{
    Error, ErrorCode, Result,
    calendar::parse_date,
    error::shown,
    number::FromText,
    policy::{CiteId, FieldType, Node, Sourced},
};

/// The field type of transferred days: dates that all are weekend days, or all are none.
pub(super) struct Transferred<const WEEKEND: bool>(Arc<[NaiveDate]>);

impl<const WEEKEND: bool> FieldType for Transferred<WEEKEND> {
    type Resolved = Sourced<Arc<[NaiveDate]>>;

    fn read(node: Node<'_>) -> Option<Self> {
        let mut days = BTreeSet::new();
        let mut whole = true;
        for item in node.items()? {
            // Every item is read before the list fails, so that all findings show at once.
            match transferred(item, WEEKEND) {
                Some(day) if days.insert(day) => {}
                Some(day) => {
                    whole = invalid(item, day, "不重复的日期 / each date once").is_some();
                }
                None => whole = false,
            }
        }
        whole.then(|| Self(days.into_iter().collect()))
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        parts.last().map(|(days, cite)| Sourced { value: days.0.clone(), cite: *cite })
    }
}

fn transferred(node: Node<'_>, weekend: bool) -> Option<NaiveDate> {
    let text = node.text()?;
    let day = match parse_date(text) {
        Ok(day) => day,
        Err(error) => {
            node.fail(error.field(node.path()));
            return None;
        }
    };
    if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) == weekend {
        return Some(day);
    }
    let expected = if weekend {
        "周六或周日 / a Saturday or Sunday"
    } else {
        "周一至周五 / Monday to Friday"
    };
    invalid(node, day, expected)
}

#[cold]
fn invalid(node: Node<'_>, day: NaiveDate, expected: &str) -> Option<NaiveDate> {
    node.fail(
        Error::new(ErrorCode::InvalidValue)
            .arg("key", node.path())
            .arg("value", shown(&day.to_string()))
            .arg_both("expected", expected),
    );
    None
}

/// A date of an input, in the one form that [`parse_date`] takes.
#[derive(Clone, Copy, schemars::JsonSchema)]
#[schemars(inline, description = "")]
pub(super) struct Day(#[schemars(with = "crate::schema::Date")] pub(super) NaiveDate);

impl FromText for Day {
    const EXPECTING: &'static str =
        "日期文本，如 \"2025-03-01\" / a date as text, such as \"2025-03-01\"";

    fn from_text(text: &str) -> Result<Self> {
        parse_date(text).map(Self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        crate::number::text::deserialize(from)
    }
}
