//! Facts that are missing, not applicable, or known: three different things.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::FactText;
use crate::{Error, ErrorCode, Result};

/// What is known of one fact.
///
/// In JSON an absent key is [`Missing`](Self::Missing), `null` is
/// [`NotApplicable`](Self::NotApplicable), and anything else is the value. In a roster an empty cell
/// is missing, and `无` or `n/a` is not applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fact<T> {
    /// Nobody said.
    #[default]
    Missing,
    /// There is no such thing for this person.
    NotApplicable,
    /// The value.
    Known(T),
}

impl<T> Fact<T> {
    /// Returns the value, or none where it does not apply to the person.
    ///
    /// # Errors
    ///
    /// `MissingFact`, naming the fact.
    #[inline]
    pub fn need(self, name: &'static str) -> Result<Option<T>> {
        match self {
            Self::Known(value) => Ok(Some(value)),
            Self::NotApplicable => Ok(None),
            Self::Missing => Err(missing(name)),
        }
    }

    /// Returns the value where it is known.
    #[inline]
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the fact by reference.
    #[inline]
    pub fn as_ref(&self) -> Fact<&T> {
        match self {
            Self::Known(value) => Fact::Known(value),
            Self::NotApplicable => Fact::NotApplicable,
            Self::Missing => Fact::Missing,
        }
    }

    /// Returns whether nobody said.
    #[inline]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }
}

#[cold]
pub(crate) fn missing(name: &'static str) -> Error {
    Error::new(ErrorCode::MissingFact).arg("fact", name).field(name)
}

impl<T: Serialize> Serialize for Fact<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => value.serialize(to),
            _ => to.serialize_none(),
        }
    }
}

impl<'de, T: FactText> Deserialize<'de> for Fact<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Option::<Document<T>>::deserialize(from)?
            .map_or(Self::NotApplicable, |d| Self::Known(d.0)))
    }
}

impl<T: FactText> JsonSchema for Fact<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Fact_of_{}", T::form()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [T::schema(generator), { "type": "null" }] })
    }
}

/// A value as a document gives it.
struct Document<T>(T);

impl<'de, T: FactText> Deserialize<'de> for Document<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::from_document(from).map(Self)
    }
}
