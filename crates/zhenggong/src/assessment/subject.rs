//! Subjects of assessment: units, leaders, officers, auxiliaries.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{SubjectKind, event::optional_date};
use crate::{
    Error,
    person::{Label, id},
};

/// Who is assessed. A person is an opaque id, never a name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Subject {
    /// Its id, unique in the request.
    #[serde(deserialize_with = "id::id")]
    #[schemars(with = "Label")]
    pub id: Label,
    /// Unit, leader, officer or auxiliary.
    pub kind: SubjectKind,
    /// The unit that a person belongs to, by the id of its subject.
    #[serde(default, deserialize_with = "id::optional")]
    #[schemars(with = "Option<Label>")]
    pub unit: Option<Label>,
    /// The role of a leader, as the scheme names it, for points by role.
    #[serde(default)]
    pub role: Option<String>,
    /// The staff of a unit, for targets per head.
    #[serde(default)]
    pub staff: Option<u32>,
    /// What the subject is, as the scheme's coefficients name it.
    #[serde(default)]
    pub identities: Vec<String>,
    /// The sequence that it is ranked in.
    #[serde(default)]
    pub sequence: Option<Label>,
    /// The first day on the list.
    #[serde(default, deserialize_with = "optional_date")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub from: Option<NaiveDate>,
    /// The last day on the list.
    #[serde(default, deserialize_with = "optional_date")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub to: Option<NaiveDate>,
    /// Why the row could not be read, where it could not.
    #[serde(skip)]
    pub(super) unread: Option<Error>,
}

impl Subject {
    /// Returns a subject with nothing else known.
    #[must_use]
    pub fn new(id: Label, kind: SubjectKind) -> Self {
        Self {
            id,
            kind,
            unit: None,
            role: None,
            staff: None,
            identities: Vec::new(),
            sequence: None,
            from: None,
            to: None,
            unread: None,
        }
    }

    /// Returns whether the subject is on the list on this day.
    #[must_use]
    #[inline]
    pub fn on_list(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
