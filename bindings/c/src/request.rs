//! Requests: strict JSON objects whose keys are all known.

use serde_json::{Map, Value as Json};
use zhenggong::{Error, ErrorCode, Result, calendar::Month, error::shown, person::PersonMonth};

/// The object of a request, from which keys are taken one by one.
pub(crate) struct Request(Map<String, Json>);

impl Request {
    /// Reads a request that may have these keys; the empty text is the empty object.
    ///
    /// # Errors
    ///
    /// `UnknownField` for the first other key, so that a misspelt one is named before the one that it
    /// was meant for is missing.
    pub(crate) fn read(text: &str, keys: &[&str]) -> Result<Self> {
        let json = if text.is_empty() { Json::Object(Map::new()) } else { parse(text)? };
        Self::of(json, keys)
    }

    /// Takes a value that has to be an object, as `read` does.
    pub(crate) fn of(json: Json, keys: &[&str]) -> Result<Self> {
        let map = match json {
            Json::Object(map) => map,
            other => return Err(wrong(("JSON 对象", "a JSON object"), &other)),
        };
        match map.keys().find(|key| !keys.contains(&key.as_str())) {
            None => Ok(Self(map)),
            Some(key) => Err(unknown(key, keys)),
        }
    }

    /// Takes the value of a key; `null` counts as absent.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Json> {
        self.0.shift_remove(key).filter(|v| !v.is_null())
    }

    /// Takes the value of a key that is needed.
    pub(crate) fn need(&mut self, key: &'static str) -> Result<Json> {
        self.take(key).ok_or_else(|| Error::new(ErrorCode::MissingFact).arg("fact", key).field(key))
    }

    /// Takes a text.
    pub(crate) fn text(&mut self, key: &'static str) -> Result<Option<String>> {
        self.take(key).map(|v| as_text(v).map_err(|e| e.field(key))).transpose()
    }

    /// Takes a list.
    pub(crate) fn list(&mut self, key: &'static str) -> Result<Option<Vec<Json>>> {
        match self.take(key) {
            None => Ok(None),
            Some(Json::Array(items)) => Ok(Some(items)),
            Some(other) => Err(wrong(("数组", "an array"), &other).field(key)),
        }
    }

    /// Takes the month, which every request of a computation needs.
    pub(crate) fn month(&mut self) -> Result<Month> {
        let text = as_text(self.need("month")?).map_err(|e| e.field("month"))?;
        Month::parse(&text).map_err(|e| e.field("month"))
    }
}

/// Reads any JSON text.
pub(crate) fn parse(text: &str) -> Result<Json> {
    zhenggong::person::document(text)
}

/// Takes a text out of a value.
pub(crate) fn as_text(json: Json) -> Result<String> {
    match json {
        Json::String(text) => Ok(text),
        other => Err(wrong(("文本", "text"), &other)),
    }
}

/// Reads the facts of one person.
pub(crate) fn person(json: &Json) -> Result<PersonMonth> {
    PersonMonth::from_value(json)
}

#[cold]
fn unknown(key: &str, keys: &[&str]) -> Error {
    Error::new(ErrorCode::UnknownField)
        .arg("name", shown(key))
        .arg("known", keys.join(", "))
        .field(shown(key))
}

#[cold]
fn wrong(expected: (&str, &str), found: &Json) -> Error {
    let ((zh, en), found) = (expected, shown(&found.to_string()));
    Error::new(ErrorCode::InvalidInput).arg_in(
        "detail",
        format!("需要{zh}，而非 {found}"),
        format!("{en} is needed, not {found}"),
    )
}
