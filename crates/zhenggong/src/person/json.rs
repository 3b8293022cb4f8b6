//! JSON inputs, read strictly, with the field named in every error.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::{Error, ErrorCode, error::shown, number::text::error_of};

/// Reads typed facts from JSON.
///
/// # Errors
///
/// An input error with the path of the field: a missing fact, an unknown field, a float, a bad text.
pub(crate) fn from_json<T: DeserializeOwned>(input: &Json) -> crate::Result<T> {
    serde_path_to_error::deserialize(super::document::Records(input)).map_err(|error| {
        let path = error.path().to_string();
        let found = classify(&error.inner().to_string(), &path);
        if path == "." || path == "?" { found } else { found.field(path) }
    })
}

/// Turns serde's text back into a code; our own types begin theirs with the code's name.
fn classify(text: &str, path: &str) -> Error {
    if let Some(error) = error_of(text) {
        return error;
    }
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or("?").to_owned();
    if text.starts_with("missing field") {
        let fact = quoted(text);
        let field = if path == "." { fact.clone() } else { format!("{path}.{fact}") };
        return Error::new(ErrorCode::MissingFact).arg("fact", fact).field(field);
    }
    if text.starts_with("unknown field") {
        let known = text.split("expected").nth(1).unwrap_or_default();
        let known = known.trim_start_matches(" one of").trim().replace('`', "");
        return Error::new(ErrorCode::UnknownField)
            .arg("name", shown(&quoted(text)))
            .arg("known", known);
    }
    super::plain_words::wrong_type(text, path)
        .unwrap_or_else(|| Error::new(ErrorCode::InvalidInput).arg_both("detail", text))
}
