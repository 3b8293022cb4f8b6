//! Values in a derivation.

use chrono::NaiveDate;

use crate::{
    assessment::{PointRounding, Points},
    calendar::Month,
    derivation::{Id, Language},
    number::{Exact, Money, Rate},
    vocabulary::Term,
};

/// A value that a step used or made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// An amount in yuan to the fen.
    Money(Money),
    /// An amount that is not rounded yet.
    Exact(Exact),
    /// A ratio shown as percent.
    Percent(Rate),
    /// A plain decimal number, such as 21.75 days.
    Number(Rate),
    /// Assessment points.
    Points(Points),
    /// How points are rounded.
    PointRounding(PointRounding),
    /// A whole number.
    Count(i64),
    /// A date.
    Date(NaiveDate),
    /// A month.
    Month(Month),
    /// A member of a vocabulary.
    Term(&'static Term),
    /// A level or level and step, `24-3`.
    Cell(crate::vocabulary::LevelStep),
    /// The id of a person, a pool or a key.
    Id(Id),
}

impl Value {
    /// Returns the value as text in this language.
    #[must_use]
    pub fn text(self, language: Language) -> String {
        match self {
            Self::Money(money) => money.to_string(),
            Self::Exact(exact) => exact.decimal_text(6),
            Self::Percent(rate) => rate.percent_text(),
            Self::Number(rate) => rate.to_string(),
            Self::Points(points) => points.to_string(),
            Self::PointRounding(by) => match language {
                Language::Zh => by.zh(),
                Language::En => by.en(),
            },
            Self::Count(count) => count.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Month(month) => month.to_string(),
            Self::Term(term) => match language {
                Language::Zh => term.zh.to_owned(),
                Language::En => term.en.to_owned(),
            },
            Self::Cell(cell) => cell.to_string(),
            Self::Id(id) => id.to_string(),
        }
    }

    /// Returns the value as JSON: text for amounts and numbers, an integer for counts.
    #[must_use]
    pub fn to_json(self) -> serde_json::Value {
        match self {
            Self::Count(count) => count.into(),
            Self::Percent(rate) => rate.to_string().into(),
            Self::Term(term) => term.code.into(),
            Self::PointRounding(by) => by.to_string().into(),
            other => other.text(Language::En).into(),
        }
    }
}
