//! Events: what happened, when, to whom, and which scoring rule it falls under.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

use super::{Condition, Points};
use crate::{
    Error,
    number::text,
    person::{Label, id},
};

/// A dated event. Corrections and withdrawals are events of their own kind: nothing is overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Event {
    /// Its id, unique in the request.
    #[serde(deserialize_with = "id::id")]
    #[schemars(with = "Label")]
    pub id: Label,
    /// The subject that it is recorded against.
    #[serde(deserialize_with = "id::subject")]
    #[schemars(with = "Label")]
    pub subject: Label,
    /// The day it happened.
    #[serde(deserialize_with = "text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    pub date: NaiveDate,
    /// The scoring rule, by its id in the scheme.
    pub rule: String,
    /// How often; 1 where it is not said.
    #[serde(default = "once")]
    pub count: i64,
    /// The measured value, for rules that go by one.
    #[serde(default)]
    pub value: Option<Points>,
    /// The points entered, for rules that leave them to a person; the mark given, for ratings.
    #[serde(default)]
    pub points: Option<Points>,
    /// Who rated.
    #[serde(default)]
    pub rater: Option<Label>,
    /// What kind of rater it was, as the scheme names it.
    #[serde(default)]
    pub rater_kind: Option<String>,
    /// What surcharges and factors go by.
    #[serde(default)]
    pub flags: Vec<String>,
    /// The matter, where several honours of one matter count once.
    #[serde(default)]
    pub matter: Option<Label>,
    /// The day it became known; without it, the day it happened.
    #[serde(default, deserialize_with = "optional_date")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub reported: Option<NaiveDate>,
    /// The day it was withdrawn.
    #[serde(default, deserialize_with = "optional_date")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub withdrawn: Option<NaiveDate>,
    /// The event that it corrects, which no longer counts once this one is known.
    #[serde(default)]
    pub replaces: Option<Label>,
    /// Why the row could not be read, where it could not.
    #[serde(skip)]
    pub(super) unread: Option<Error>,
}

impl Event {
    /// Returns an event that happened once, with nothing else known.
    #[must_use]
    pub fn new(id: Label, subject: Label, date: NaiveDate, rule: impl Into<String>) -> Self {
        Self {
            id,
            subject,
            date,
            rule: rule.into(),
            count: 1,
            value: None,
            points: None,
            rater: None,
            rater_kind: None,
            flags: Vec::new(),
            matter: None,
            reported: None,
            withdrawn: None,
            replaces: None,
            unread: None,
        }
    }
}

/// An order that switches between peacetime and wartime, from its day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// The first day.
    #[serde(deserialize_with = "text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    pub date: NaiveDate,
    /// The condition from then on.
    pub condition: Condition,
}

fn once() -> i64 {
    1
}

/// Reads a date that may be left out or null.
pub(super) fn optional_date<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<NaiveDate>, D::Error> {
    struct Day(NaiveDate);
    impl<'de> Deserialize<'de> for Day {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            text::deserialize(from).map(Self)
        }
    }
    Ok(Option::<Day>::deserialize(from)?.map(|day| day.0))
}
