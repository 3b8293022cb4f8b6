//! 周年, service as the anniversaries reached (rule `service.full-years`).
//!
//! The count is [`calendar::full_years`]; which way of counting a text demands is the caller's to say.

use std::sync::Arc;

use super::service;
use crate::{
    Result, calendar,
    derivation::Recorder,
    policy::{Evaluate, RuleInfo, Snapshot},
    vocabulary::Term,
};

static YEARS: Term = Term::new("full-years", "周年", "Full years");

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("service.full-years", "周年", "full years"),
    about: Term::new(
        "about",
        "从起始日到截止日满几周年；当日为周年日即满，2 月 29 日起的周年在平年的 2 月 28 日满。",
        "The anniversaries reached from the first day to the last; one from 29 February falls on the 28th in a common year.",
    ),
    fields: &[],
    inputs: service::INPUTS,
    output: "count",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &Evaluate(evaluate),
};

fn evaluate(_: &Snapshot, input: service::Input, t: &mut Recorder) -> Result<u32> {
    service::count(&YEARS, calendar::full_years, input, t)
}
