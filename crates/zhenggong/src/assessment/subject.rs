//! Subjects of assessment: units, leaders, officers, auxiliaries.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Span, SubjectKind, event::optional_date};
use crate::{
    Error,
    number::text,
    person::{Label, id},
    vocabulary::Sex,
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
    /// The unit that a person belongs to, by the id of its subject; of a unit, the one above it.
    #[serde(default, deserialize_with = "id::optional")]
    #[schemars(with = "Option<Label>")]
    pub unit: Option<Label>,
    /// To which units the person moved, in the order of the days; `unit` is the one before.
    #[serde(default)]
    pub moves: Vec<Move>,
    /// The scheme that it is assessed by, where the place has several for its kind.
    #[serde(default)]
    pub scheme: Option<String>,
    /// The role of a leader, as the scheme names it, for points by role.
    #[serde(default)]
    pub role: Option<String>,
    /// The staff of a unit, for targets per head.
    #[serde(default)]
    pub staff: Option<u32>,
    /// What the subject is, as the scheme's coefficients name it.
    #[serde(default)]
    pub identities: Vec<String>,
    /// The sex, for fitness tests.
    #[serde(default)]
    pub sex: Option<Sex>,
    /// The day of birth, for the age group of a fitness test.
    #[serde(default, deserialize_with = "optional_date")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub birth: Option<NaiveDate>,
    /// The training class, as the scheme names it, for the days of training due.
    #[serde(default)]
    pub training_class: Option<String>,
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
    /// Whether such a row leaves it open to which units it belongs.
    #[serde(skip)]
    pub(super) astray: bool,
}

impl Subject {
    /// Returns a subject with nothing else known.
    #[must_use]
    pub fn new(id: Label, kind: SubjectKind) -> Self {
        Self {
            id,
            kind,
            unit: None,
            moves: Vec::new(),
            scheme: None,
            role: None,
            staff: None,
            identities: Vec::new(),
            sex: None,
            birth: None,
            training_class: None,
            sequence: None,
            from: None,
            to: None,
            unread: None,
            astray: false,
        }
    }

    /// Returns whether the subject is on the list on this day.
    #[must_use]
    #[inline]
    pub fn on_list(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Returns the unit on this day: that of the last move by then, else the first one.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::{assessment::{Move, Subject, SubjectKind}, calendar::parse_date, person::Label};
    /// let mut officer = Subject::new(Label::new("0101")?, SubjectKind::Officer);
    /// officer.unit = Some(Label::new("城东所")?);
    /// officer.moves = vec![Move { from: parse_date("2025-03-16")?, unit: Label::new("城西所")? }];
    /// let unit = |day| Ok::<_, zhenggong::Error>(officer.unit_on(parse_date(day)?).map(Label::as_str));
    /// assert_eq!(unit("2025-03-15")?, Some("城东所"));
    /// assert_eq!(unit("2025-03-16")?, Some("城西所"));
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    #[must_use]
    pub fn unit_on(&self, day: NaiveDate) -> Option<&Label> {
        let moved = self.moves.iter().rev().find(|m| m.from <= day);
        moved.map(|m| &m.unit).or(self.unit.as_ref())
    }

    /// Returns the last day of a period on which the subject is on the list.
    #[must_use]
    pub fn last_day(&self, window: Span) -> NaiveDate {
        self.to.map_or(window.to, |to| to.min(window.to))
    }
}

/// 调动. A move to another unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The first day there.
    #[serde(deserialize_with = "text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    pub from: NaiveDate,
    /// The unit, by the id of its subject.
    #[serde(deserialize_with = "id::id")]
    #[schemars(with = "Label")]
    pub unit: Label,
}
