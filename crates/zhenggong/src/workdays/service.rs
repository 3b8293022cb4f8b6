//! What the rules of service share.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value as Json;

use super::dates::Day;
use crate::{
    Result,
    derivation::{Recorder, Trace, Value},
    policy::{InputSpec, read_input},
    vocabulary::Term,
};

static FROM: Term = Term::new("from", "起始日", "first day");
static TO: Term = Term::new("to", "截止日", "last day");

/// The inputs of both rules.
pub(super) const INPUTS: &[InputSpec] = &[
    InputSpec::required(Term::new("from", "起始日", "first day"), "date"),
    InputSpec::required(Term::new("to", "截止日（当日计入）", "last day, itself counted"), "date"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    from: Day,
    to: Day,
}

/// Reads the input, counts, and tells both days.
pub(super) fn count(
    label: &'static Term,
    years: fn(NaiveDate, NaiveDate) -> Result<u32>,
    input: &Json,
    t: &mut Recorder,
) -> Result<Json> {
    let Input { from: Day(from), to: Day(to) } = read_input(input)?;
    let years = years(from, to).map_err(|e| e.field("to"))?;
    t.begin(label);
    t.note(&FROM, Some(Value::Date(from)));
    t.note(&TO, Some(Value::Date(to)));
    t.end(Value::Count(years.into()));
    Ok(years.into())
}
