//! JSON documents as the readers of facts take them: objects by their keys, each key once.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, IntoDeserializer, MapAccess, SeqAccess, Visitor, value},
    forward_to_deserialize_any,
};
use serde_json::{Error as JsonError, Map, Value as Json};

use crate::{Error, ErrorCode, Result};

/// Returns the JSON document of a text, whose objects have every key once.
///
/// # Errors
///
/// `InvalidInput` where the text is not JSON, or an object has a key twice: a reader that keeps the last
/// one would lose the other in silence.
///
/// # Examples
///
/// ```
/// use zhenggong::person::document;
/// assert!(document(r#"{ "month": "2025-03" }"#)?.is_object());
/// assert!(document(r#"{ "month": "2025-03", "month": "2025-04" }"#).is_err());
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn document(text: &str) -> Result<Json> {
    let read: Result<Once, _> = serde_json::from_str(text);
    read.map(|once| once.0).map_err(|error| unreadable(&error))
}

/// Says in each language what is wrong with the text, and where.
#[cold]
fn unreadable(error: &JsonError) -> Error {
    let text = error.to_string();
    // A fault of the data is named by the reader below in both languages, one of the form by serde.
    let (what, english) = match text.split_once(" / ").filter(|_| error.is_data()) {
        Some(both) => both,
        None if error.is_eof() => ("JSON 没有写完", text.as_str()),
        None => ("不是合法的 JSON", text.as_str()),
    };
    let (line, column) = (error.line(), error.column());
    let chinese = format!("第 {line} 行第 {column} 列：{what}");
    Error::new(ErrorCode::InvalidInput).arg_in("detail", chinese, english)
}

/// A document whose objects have every key once.
struct Once(Json);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(OnceVisitor).map(Self)
    }
}

struct OnceVisitor;

impl<'de> Visitor<'de> for OnceVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(value.into())
    }

    // Kept as it stands, so that who reads an amount can refuse it.
    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(Once(item)) = from.next_element()? {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        let mut map = Map::new();
        while let Some((key, Once(value))) = from.next_entry::<String, Once>()? {
            if map.contains_key(&key) {
                return Err(de::Error::custom(format_args!(
                    "键“{key}”出现两次 / the key {key} occurs twice"
                )));
            }
            map.insert(key, value);
        }
        Ok(map.into())
    }
}

/// A value that gives a record only where an object stands. serde would read an array by position.
#[derive(Clone, Copy)]
pub(super) struct Records<'a>(pub(super) &'a Json);

impl<'de> IntoDeserializer<'de, JsonError> for Records<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Records<'de> {
    type Error = JsonError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Json::Array(items) => {
                let mut items = value::SeqDeserializer::new(items.iter().map(Records));
                let made = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(made)
            }
            Json::Object(map) => {
                let entries = map.iter().map(|(key, value)| (key.as_str(), Records(value)));
                let mut entries = value::MapDeserializer::new(entries);
                let made = visitor.visit_map(&mut entries)?;
                entries.end()?;
                Ok(made)
            }
            plain => plain.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self.0 {
            Json::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        match self.0 {
            Json::Array(_) => Err(de::Error::invalid_type(de::Unexpected::Seq, &"an object")),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonError> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Engine, policy::Pack};

    #[test]
    fn a_key_occurs_once_at_any_depth() {
        for text in [r#"{"a": 1, "a": 1}"#, r#"{"a": [{"b": {"c": null, "c": null}}]}"#] {
            let error = document(text).unwrap_err();
            assert_eq!(error.code(), ErrorCode::InvalidInput);
            assert!(error.en().contains("twice"), "{}", error.en());
        }
        let text = r#"{"a":[1,-2,1.5,"x",true,null,{}]}"#;
        assert_eq!(document(text).unwrap().to_string(), text);
    }

    #[test]
    fn an_array_is_no_record() {
        let engine = Engine::builder().packs(Pack::national()).build().unwrap();
        let ask = |ranks| {
            engine.evaluate("allowance.police-rank", &json!({"month": "2016-05", "ranks": ranks}))
        };
        let record = json!([{ "from": "2014-07-01", "rank": "三级警司" }]);
        assert_eq!(ask(record).unwrap().value(), "660.00");
        let error = ask(json!([["2014-07-01", null, "三级警司"]])).unwrap_err();
        assert_eq!((error.code(), error.field_name()), (ErrorCode::InvalidInput, Some("ranks[0]")));
    }
}
