//! Serde through text: one visitor for every type that is written as a string.

use std::{fmt, marker::PhantomData};

use serde::{Deserializer, de};

/// A type that is written as text and refuses everything else.
pub(crate) trait FromText: Sized {
    /// What a reader of a wrong document is told to expect.
    const EXPECTING: &'static str;
    /// Whether a bare number is answered with `FloatRefused` instead of a type error.
    const NUMERIC: bool = false;

    /// Reads the text.
    fn from_text(text: &str) -> crate::Result<Self>;
}

/// Stands between the arguments of an error that goes through serde as text.
const SEPARATOR: &str = " | ";

/// Returns the error that a message of [`deserialize`] speaks of, or none for another message.
pub(crate) fn error_of(message: &str) -> Option<crate::Error> {
    let (name, text) = message.split_once(':')?;
    let code = *crate::ErrorCode::ALL.iter().find(|code| code.name() == name)?;
    let mut rest = text;
    let mut args = Vec::new();
    // From the end, because the text that was read may itself hold a separator.
    let mut english = Vec::new();
    for param in code.params().iter().rev() {
        if let Some((before, value)) = rest.rsplit_once(&format!("{SEPARATOR}{param}@en=")) {
            english.push((*param, value));
            rest = before;
        }
    }
    for param in code.params().iter().rev().filter(|p| **p != "value") {
        let found = rest.rsplit_once(&format!("{SEPARATOR}{param}="));
        args.push((*param, found.map_or("—", |(_, value)| value)));
        rest = found.map_or(rest, |(before, _)| before);
    }
    let error = crate::Error::new(code).arg("value", crate::error::shown(rest));
    let error = args.into_iter().rev().fold(error, |error, (name, value)| error.arg(name, value));
    Some(
        english.into_iter().rev().fold(error, |error, (name, value)| error.in_english(name, value)),
    )
}

/// Reads a string. Errors begin with the name of the [`ErrorCode`](crate::ErrorCode), a colon and
/// the value, and name the other arguments after it, so that [`error_of`] can make them again.
pub(crate) fn deserialize<'de, T: FromText, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    if T::NUMERIC {
        // A self-describing format then shows what stands there, also where it is a number.
        from.deserialize_any(TextVisitor::<T>(PhantomData))
    } else {
        from.deserialize_str(TextVisitor::<T>(PhantomData))
    }
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: FromText> TextVisitor<T> {
    fn refuse<E: de::Error>(value: impl fmt::Display, kind: de::Unexpected<'_>) -> Result<T, E> {
        if T::NUMERIC {
            Err(E::custom(format_args!("FloatRefused:{value}")))
        } else {
            Err(E::invalid_type(kind, &T::EXPECTING))
        }
    }
}

impl<T: FromText> de::Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTING)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).map_err(|error| {
            let mut message = format!("{}:{text}", error.code().name());
            for param in error.code().params().iter().filter(|p| **p != "value") {
                for (_, value) in error.args().filter(|(name, _)| name == param) {
                    message.push_str(&format!("{SEPARATOR}{param}={value}"));
                }
            }
            for (name, value) in error.english_args() {
                message.push_str(&format!("{SEPARATOR}{name}@en={value}"));
            }
            E::custom(message)
        })
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        Self::refuse(value, de::Unexpected::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        Self::refuse(value, de::Unexpected::Signed(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        Self::refuse(value, de::Unexpected::Unsigned(value))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<T, E> {
        Self::refuse(value, de::Unexpected::Other("a large integer"))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<T, E> {
        Self::refuse(value, de::Unexpected::Other("a large integer"))
    }

    // A float that a document has is shown in the refusal and dropped; nothing computes with it.
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        Self::refuse(format_args!("{value:?}"), de::Unexpected::Float(value))
    }
}

/// Gives a type `FromStr`, `Serialize` and `Deserialize` by its `FromText` and `Display`.
macro_rules! text_form {
    ($ty:ty) => {
        impl std::str::FromStr for $ty {
            type Err = crate::Error;

            fn from_str(text: &str) -> crate::Result<Self> {
                $crate::number::text::FromText::from_text(text)
            }
        }

        impl serde::Serialize for $ty {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $ty {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::number::text::deserialize(from)
            }
        }
    };
}
pub(crate) use text_form;
