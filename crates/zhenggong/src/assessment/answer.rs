//! Answers as JSON: what a case does not have is left out.

use std::{borrow::Cow, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value as Json};

use crate::{schema, vocabulary::Vocabulary};

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

/// The schema of what [`by_term`] writes: an object whose keys are members of a closed list.
pub(super) struct ByTerm<K, V>(PhantomData<(K, V)>);

impl<K: Vocabulary, V: JsonSchema> JsonSchema for ByTerm<K, V> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}By{}", V::schema_name(), K::KIND.code).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut properties = Map::new();
        for term in K::ALL.iter().map(|k| k.term()) {
            let mut value = generator.subschema_for::<V>();
            value.insert("title".to_owned(), schema::title(term.zh, term.en).into());
            properties.insert(term.code.to_owned(), value.to_value());
        }
        schemars::json_schema!({ "type": "object", "properties": properties })
    }
}

/// Writes values by the members of a closed list, in the order of the entries, as a JSON object with the
/// codes as keys.
pub(super) fn by_term<K: Vocabulary, V: Serialize, S: Serializer>(
    entries: &[(K, V)],
    to: S,
) -> Result<S::Ok, S::Error> {
    to.collect_map(entries.iter().map(|(key, value)| (key.term().code, value)))
}

/// Returns a typed answer as JSON.
pub(super) fn json(answer: &impl Serialize) -> Json {
    serde_json::to_value(answer).unwrap_or_default()
}
