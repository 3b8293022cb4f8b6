//! 年头, service as the calendar years touched (rule `service.calendar-years`).
//!
//! The count is [`calendar::calendar_years`]; which way of counting a text demands is the caller's to say.

use std::sync::Arc;

use super::service;
use crate::{
    Result, calendar,
    derivation::Recorder,
    policy::{Evaluate, RuleInfo, Snapshot},
    vocabulary::Term,
};

static YEARS: Term = Term::new("calendar-years", "年头", "Calendar years");

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("service.calendar-years", "年头", "calendar years"),
    about: Term::new(
        "about",
        "从起始日到截止日跨几个自然年，首尾两年都算。",
        "The calendar years touched from the first day to the last, both years counted.",
    ),
    fields: &[],
    inputs: service::INPUTS,
    output: "count",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &Evaluate(evaluate),
};

fn evaluate(_: &Snapshot, input: service::Input, t: &mut Recorder) -> Result<u32> {
    service::count(&YEARS, calendar::calendar_years, input, t)
}
