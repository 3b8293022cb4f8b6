//! The facts of a person, read from Python values without a detour.
//!
//! What a value may be is decided by the core's own readers, which are handed each value as it is. This
//! reader only knows the plain cases: exact types, an unbroken mapping. Whatever else comes, be it an
//! odd value or a fault, it gives up, and `input` reads the facts again by way of JSON, which takes
//! more and names what is wrong. So both ways give the same record, and every error is made in one
//! place.

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyDict, PyInt, PyString, PyType},
};
use serde::{
    Deserialize,
    de::{self, DeserializeSeed, MapAccess, Visitor},
    forward_to_deserialize_any,
};
use zhenggong::person::PersonMonth;

/// Returns the facts of a dict, or none where it takes a closer look.
pub(crate) fn person(facts: &Bound<'_, PyDict>) -> Option<PersonMonth> {
    let person = PersonMonth::deserialize(Value(facts.as_any())).ok()?;
    person.check().ok()?;
    Some(person)
}

/// It takes a closer look.
#[derive(Debug)]
struct Closer;

impl std::fmt::Display for Closer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it takes a closer look")
    }
}

impl std::error::Error for Closer {}

impl de::Error for Closer {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

impl From<PyErr> for Closer {
    fn from(_: PyErr) -> Self {
        Self
    }
}

struct Value<'a, 'py>(&'a Bound<'py, PyAny>);

impl<'a, 'py> Value<'a, 'py> {
    fn text(&self) -> Option<Result<&'a str, Closer>> {
        Some(self.0.cast::<PyString>().ok()?.to_str().map_err(Closer::from))
    }

    fn is_exactly(
        &self,
        cell: &'static PyOnceLock<Py<PyType>>,
        module: &str,
        name: &str,
    ) -> Result<bool, Closer> {
        Ok(self.0.get_type().is(cell.import(self.0.py(), module, name)?))
    }
}

impl<'de, 'a> de::Deserializer<'de> for Value<'a, '_> {
    type Error = Closer;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Closer> {
        static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        if let Some(text) = self.text() {
            return visitor.visit_str(text?);
        }
        if self.is_exactly(&DECIMAL, "decimal", "Decimal")? {
            let text = self.0.str()?;
            let text = text.to_str()?;
            // NaN, infinities and exponents are not plain digits.
            if text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-')) {
                return visitor.visit_str(text);
            }
            return Err(Closer);
        }
        if self.is_exactly(&DATE, "datetime", "date")? {
            return visitor.visit_str(self.0.str()?.to_str()?);
        }
        Err(Closer)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Closer> {
        if self.0.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Closer> {
        // A bool is an int in Python, and is refused by its type.
        let number = self.0.cast_exact::<PyInt>().map_err(|_| Closer)?;
        visitor.visit_u32(number.extract()?)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Closer> {
        let dict = self.0.cast_exact::<PyDict>().map_err(|_| Closer)?;
        visitor.visit_map(Entries { entries: dict.iter(), value: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Closer> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct enum identifier ignored_any
    }
}

struct Entries<'py, I> {
    entries: I,
    value: Option<Bound<'py, PyAny>>,
}

impl<'de, 'py, I> MapAccess<'de> for Entries<'py, I>
where
    I: Iterator<Item = (Bound<'py, PyAny>, Bound<'py, PyAny>)>,
{
    type Error = Closer;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Closer> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        if !key.is_instance_of::<PyString>() {
            return Err(Closer);
        }
        seed.deserialize(Value(&key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Closer> {
        let value = self.value.take().ok_or(Closer)?;
        seed.deserialize(Value(&value))
    }
}
