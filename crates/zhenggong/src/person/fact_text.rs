//! How a fact is written in a cell of a table.

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserializer, de::DeserializeOwned};

use crate::{
    Error, ErrorCode, Result,
    calendar::{Month, parse_date},
    error::shown,
    number::{FromText, Money, Rate, text},
    schema::{Date, NonNegativeMoney, NonNegativeRate},
    vocabulary::{LevelStep, Vocabulary},
};

/// Reads a fact from the text of a cell.
pub trait FactText: DeserializeOwned {
    /// What is written there, for schemas.
    fn form() -> &'static str;

    /// Returns the value that the text gives.
    ///
    /// # Errors
    ///
    /// An input error that shows the text.
    fn read(text: &str) -> Result<Self>;

    /// Returns the value that a document gives.
    ///
    /// # Errors
    ///
    /// The document's error, which names the code of this library's.
    fn from_document<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::deserialize(from)
    }

    /// Returns what a document may give, as JSON Schema.
    fn schema(generator: &mut SchemaGenerator) -> Schema;

    /// Refuses a value that no fact can have, however it came in.
    ///
    /// # Errors
    ///
    /// `NegativeNotAllowed` for an amount or rate below 0.
    fn check(&self) -> Result<()> {
        Ok(())
    }
}

fn not_negative(negative: bool, value: &dyn std::fmt::Display) -> Result<()> {
    if negative {
        return Err(Error::new(ErrorCode::NegativeNotAllowed).arg("value", value));
    }
    Ok(())
}

/// A short visible text: an id, a unit, a post.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
#[serde(transparent)]
pub struct Label(String);

impl Label {
    /// The most characters of a label.
    pub const MAX_CHARS: usize = 64;

    /// Returns the label.
    ///
    /// # Errors
    ///
    /// `InvalidText` where it is empty, longer than 64 characters, or has a control character.
    pub fn new(text: &str) -> Result<Self> {
        let bad = |zh: &str, en: &str| {
            let (zh, en) = (zh.replace("{}", &shown(text)), en.replace("{}", &shown(text)));
            Error::new(ErrorCode::InvalidText).arg_in("detail", zh, en)
        };
        if text.trim().is_empty() {
            return Err(bad("空文本", "empty"));
        }
        if text.chars().count() > Self::MAX_CHARS {
            return Err(bad("超过 64 字：{}", "too long: {}"));
        }
        if text.chars().any(char::is_control) {
            return Err(bad("含控制字符：{}", "control character: {}"));
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromText for Label {
    const EXPECTING: &'static str = "文本 / a text";

    fn from_text(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

impl<'de> serde::Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text::deserialize(from)
    }
}

impl FactText for Label {
    fn form() -> &'static str {
        "text"
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }

    fn read(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

impl FactText for Money {
    fn form() -> &'static str {
        "money"
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<NonNegativeMoney>()
    }

    fn read(text: &str) -> Result<Self> {
        let money = Self::parse(text)?;
        money.check()?;
        Ok(money)
    }

    fn check(&self) -> Result<()> {
        not_negative(self.is_negative(), self)
    }
}

impl FactText for Rate {
    fn form() -> &'static str {
        "rate"
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<NonNegativeRate>()
    }

    fn read(text: &str) -> Result<Self> {
        let rate = Self::parse(text)?;
        rate.check()?;
        Ok(rate)
    }

    fn check(&self) -> Result<()> {
        not_negative(self.is_negative(), self)
    }
}

impl FactText for u32 {
    fn form() -> &'static str {
        "count"
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }

    fn read(text: &str) -> Result<Self> {
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| plain).ok_or_else(|| {
            Error::new(ErrorCode::NumberOutOfRange)
                .arg("value", shown(text))
                .arg("min", 0)
                .arg("max", Self::MAX)
        })
    }
}

impl FactText for NaiveDate {
    fn form() -> &'static str {
        "date"
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Date>()
    }

    fn read(text: &str) -> Result<Self> {
        parse_date(text)
    }

    // chrono's own reader takes `2025-3-1` and signed years.
    fn from_document<'de, D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text::deserialize(from)
    }
}

impl FactText for Month {
    fn form() -> &'static str {
        "month"
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }

    fn read(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl FactText for LevelStep {
    fn form() -> &'static str {
        "level-step"
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }

    fn read(text: &str) -> Result<Self> {
        text.parse()
    }
}

impl<V: Vocabulary + DeserializeOwned + JsonSchema> FactText for V {
    fn form() -> &'static str {
        V::KIND.code
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }

    fn read(text: &str) -> Result<Self> {
        V::find(text)
    }
}
