//! What an answer says of those who were not scored, as it is read again.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{Error, ErrorCode};

/// Somebody who was not scored, and why.
#[derive(Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
pub(super) struct NotScored {
    /// Who.
    #[serde(default)]
    pub(super) person: Option<String>,
    /// The name of the error.
    #[serde(default)]
    name: String,
    /// Why, in Chinese.
    zh: String,
    /// Why, in English.
    en: String,
}

impl NotScored {
    /// Returns the error of those who go on with the answer; a decision that is left open stays one.
    pub(super) fn error(&self, (in_zh, in_en): (&str, &str)) -> Error {
        let zh = format!("{in_zh}未计分（{}）", self.zh);
        let en = format!("not scored in {in_en} ({})", self.en);
        if self.name == ErrorCode::NeedsDecision.name() {
            Error::new(ErrorCode::NeedsDecision).arg_in("question", zh, en)
        } else {
            Error::new(ErrorCode::InvalidInput).arg_in("detail", zh, en)
        }
    }
}
