//! Errors that several rules of assessment make.

use crate::{Error, ErrorCode, policy::RuleInfo};

#[cold]
pub(super) fn missing(rule: &RuleInfo, fact: &str) -> Error {
    Error::new(ErrorCode::MissingFact).arg("fact", fact).rule(rule.id()).field(fact)
}

#[cold]
pub(super) fn invalid(rule: &RuleInfo, field: &str, detail: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::InvalidInput).arg("detail", detail).rule(rule.id()).field(field)
}

#[cold]
pub(super) fn contradiction(rule: &RuleInfo, field: &str, detail: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::ContradictoryFacts).arg("detail", detail).rule(rule.id()).field(field)
}

#[cold]
pub(super) fn undecided(rule: &RuleInfo, question: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::NeedsDecision).arg("question", question).rule(rule.id())
}

#[cold]
pub(super) fn not_applicable(rule: &RuleInfo, detail: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::NotApplicable).arg("detail", detail).rule(rule.id())
}

#[cold]
pub(super) fn not_attested(rule: &RuleInfo, cell: impl std::fmt::Display) -> Error {
    Error::new(ErrorCode::CellNotAttested)
        .arg("cell", cell)
        .arg("table", rule.term.zh)
        .rule(rule.id())
}

#[cold]
pub(super) fn out_of_bounds(
    rule: &RuleInfo,
    (value, found): (&str, impl std::fmt::Display),
    min: impl std::fmt::Display,
    max: impl std::fmt::Display,
) -> Error {
    Error::new(ErrorCode::OutOfBounds)
        .arg("value", value)
        .arg("found", found)
        .arg("min", min)
        .arg("max", max)
        .rule(rule.id())
}
