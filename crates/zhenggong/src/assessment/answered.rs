//! What an answer says of those who were not scored, as it is read again.

use schemars::JsonSchema;
use serde::Deserialize;

use super::comparison_errors::Side;
use crate::{Error, ErrorCode};

/// Somebody who was not scored, and why.
#[derive(Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
pub(super) struct NotScored {
    /// Who.
    #[serde(default)]
    person: Option<String>,
    /// The name of the error.
    #[serde(default)]
    name: String,
    /// Of what the scores were compared with, where it is not an error of theirs.
    #[serde(default)]
    side: Option<Side>,
    /// Why, in Chinese.
    zh: String,
    /// Why, in English.
    en: String,
}

impl NotScored {
    /// Returns who was not scored; nobody where the error is one of what was compared with.
    pub(super) fn who(&self) -> Option<&str> {
        self.person.as_deref().filter(|_| self.side.is_none())
    }

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
