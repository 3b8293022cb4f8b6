//! Inputs and outputs as JSON Schema (draft 2020-12).
//!
//! Each schema is made from the types that read the input and write the output: fields, strictness
//! and forms of text come from there, closed lists from the vocabulary, names of facts and inputs from
//! the catalogue. Schemas of inputs allow no other key. Those of outputs allow more, since a later
//! release may add some.
//!
//! Amounts, rates, months and dates are text with a pattern. A schema says what an input looks like;
//! what only a rule can know, such as a date that does not exist, stays with the rule.

mod form;
mod list;
mod make;
mod text;

use serde_json::Value as Json;

use self::form::FORMS;
pub(crate) use self::{
    list::{closed, vocabulary, written_by_code},
    make::{rule_input, rule_output},
    text::{Date, NonNegativeMoney, NonNegativeRate, text_schema},
};
use crate::{Error, ErrorCode, Result, catalogue};

/// Returns the names of all schemas: the records that every binding shares, then the input and the
/// output of each rule as `<id of the rule>.input` and `<id of the rule>.output`.
#[must_use]
pub fn names() -> Vec<String> {
    let forms = FORMS.iter().map(|f| f.name.to_owned());
    let rules = catalogue::RULES
        .iter()
        .flat_map(|r| ["input", "output"].map(|side| format!("{}.{side}", r.id())));
    forms.chain(rules).collect()
}

/// Returns the schema of this name, or none where there is none.
///
/// # Examples
///
/// ```
/// use zhenggong::schema;
/// let input = schema::get("allowance.police-rank.input").unwrap();
/// assert_eq!(input["required"], serde_json::json!(["month", "ranks"]));
/// assert!(schema::names().iter().all(|name| schema::get(name).is_some()));
/// ```
#[must_use]
pub fn get(name: &str) -> Option<Json> {
    if let Some(form) = FORMS.iter().find(|f| f.name == name) {
        return Some(make::form(form));
    }
    let (id, side) = name.rsplit_once('.')?;
    let rule = catalogue::rule(id)?;
    match side {
        "input" => Some(rule.input_schema()),
        "output" => Some(rule.output_schema()),
        _ => None,
    }
}

/// Returns the schema of this name.
///
/// # Errors
///
/// `UnknownTerm`, which says what names there are.
pub fn find(name: &str) -> Result<Json> {
    get(name).ok_or_else(|| {
        let forms: Vec<_> = FORMS.iter().map(|f| f.name).collect();
        Error::new(ErrorCode::UnknownTerm)
            .arg_both("kind", "格式 / schema")
            .arg("value", crate::error::shown(name))
            .arg("known", format!("{}, RULE.input, RULE.output", forms.join(", ")))
    })
}

/// Writes a record of this library as JSON.
pub(crate) fn written(record: &impl serde::Serialize) -> Json {
    // Only keys that are no text and foreign types can fail, and no record has them.
    serde_json::to_value(record).unwrap_or_default()
}

/// Returns a title in both languages.
pub(crate) fn title(zh: &str, en: &str) -> String {
    if zh == en { zh.to_owned() } else { format!("{zh} / {en}") }
}
