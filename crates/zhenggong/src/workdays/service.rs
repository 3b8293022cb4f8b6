//! What the rules of service share.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::dates::Day;
use crate::{
    Result,
    derivation::{Recorder, Trace, Value},
    policy::InputSpec,
    vocabulary::Term,
};

static FROM: Term = Term::new("from", "起始日", "first day");
static TO: Term = Term::new("to", "截止日", "last day");

/// The inputs of both rules.
pub(super) const INPUTS: &[InputSpec] = &[
    InputSpec::required(Term::new("from", "起始日", "first day"), "date"),
    InputSpec::required(Term::new("to", "截止日（当日计入）", "last day, itself counted"), "date"),
];

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Input {
    from: Day,
    to: Day,
}

/// Reads the input, counts, and tells both days.
pub(super) fn count(
    label: &'static Term,
    years: fn(NaiveDate, NaiveDate) -> Result<u32>,
    input: Input,
    t: &mut Recorder,
) -> Result<u32> {
    let Input { from: Day(from), to: Day(to) } = input;
    let years = years(from, to).map_err(|e| e.field("to"))?;
    t.begin(label);
    t.note(&FROM, Some(Value::Date(from)));
    t.note(&TO, Some(Value::Date(to)));
    t.end(Value::Count(years.into()));
    Ok(years)
}
