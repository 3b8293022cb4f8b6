//! Answers as JSON: what a case does not have is left out.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::Value as Json;

/// Returns the object without the keys whose value is null.
pub(super) fn present(mut answer: Json) -> Json {
    if let Json::Object(map) = &mut answer {
        map.retain(|_, value| !value.is_null());
    }
    answer
}

/// Values by key, in their own order, as a JSON object.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Keyed<T>(Vec<(String, T)>);

impl<K: Into<String>, T> FromIterator<(K, T)> for Keyed<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }
}

impl<T: Serialize> Serialize for Keyed<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<T: JsonSchema> JsonSchema for Keyed<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("ByKeyOf{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": "object",
            "additionalProperties": generator.subschema_for::<T>(),
        })
    }
}

/// Returns a typed answer as JSON.
pub(super) fn json(answer: &impl Serialize) -> Json {
    serde_json::to_value(answer).unwrap_or_default()
}
