//! Errors that several rules of assessment make.

use std::fmt::Display;

use crate::{Error, ErrorCode, policy::RuleInfo, vocabulary::Term};

/// A text in both languages.
pub(super) struct Both {
    zh: String,
    en: String,
}

impl Both {
    /// Gives the text to an error, in either language.
    pub(super) fn arg(self, error: Error, name: &'static str) -> Error {
        error.arg_in(name, self.zh, self.en)
    }
}

impl From<&str> for Both {
    /// Takes a text written as `中文 / English`.
    fn from(text: &str) -> Self {
        let (zh, en) = text.rsplit_once(" / ").unwrap_or((text, text));
        Self { zh: zh.to_owned(), en: en.to_owned() }
    }
}

impl From<String> for Both {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<&Term> for Both {
    fn from(term: &Term) -> Self {
        Self { zh: term.zh.to_owned(), en: term.en.to_owned() }
    }
}

impl From<(String, String)> for Both {
    fn from((zh, en): (String, String)) -> Self {
        Self { zh, en }
    }
}

fn error(code: ErrorCode, rule: &RuleInfo, arg: &'static str, text: impl Into<Both>) -> Error {
    text.into().arg(Error::new(code), arg).rule(rule.id())
}

#[cold]
pub(super) fn missing(rule: &RuleInfo, fact: &str) -> Error {
    Error::new(ErrorCode::MissingFact).arg("fact", fact).rule(rule.id()).field(fact)
}

#[cold]
pub(super) fn invalid(rule: &RuleInfo, field: &str, detail: impl Into<Both>) -> Error {
    error(ErrorCode::InvalidInput, rule, "detail", detail).field(field)
}

#[cold]
pub(super) fn contradiction(rule: &RuleInfo, field: &str, detail: impl Into<Both>) -> Error {
    error(ErrorCode::ContradictoryFacts, rule, "detail", detail).field(field)
}

#[cold]
pub(super) fn undecided(rule: &RuleInfo, question: impl Into<Both>) -> Error {
    error(ErrorCode::NeedsDecision, rule, "question", question)
}

#[cold]
pub(super) fn not_applicable(rule: &RuleInfo, detail: impl Into<Both>) -> Error {
    error(ErrorCode::NotApplicable, rule, "detail", detail)
}

#[cold]
pub(super) fn not_attested(rule: &RuleInfo, cell: impl Into<Both>) -> Error {
    error(ErrorCode::CellNotAttested, rule, "cell", cell).arg_in(
        "table",
        rule.term.zh,
        rule.term.en,
    )
}

#[cold]
pub(super) fn out_of_bounds(
    rule: &RuleInfo,
    value: &Term,
    found: impl Display,
    (min, max): (impl Display, impl Display),
) -> Error {
    error(ErrorCode::OutOfBounds, rule, "value", value)
        .arg("found", found)
        .arg("min", min)
        .arg("max", max)
}
