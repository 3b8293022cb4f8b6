//! The term of sanctions and what it bars, as JSON.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Advance, Barred, JointTerm, Lifting,
    answer::{ByTerm, by_term},
};
use crate::{
    schema::written_by_code,
    vocabulary::{SanctionKind, Term},
};

/// 处分期间. The period of the sanctions.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct SanctionAnswer {
    /// 处分期起始日. The day the first of the joined sanctions took effect.
    #[schemars(with = "crate::schema::Date")]
    pub(super) begins: NaiveDate,
    /// 处分期届满日，自该日起不再受处分. The day on which the last one is over, the first day without a sanction.
    #[schemars(with = "crate::schema::Date")]
    pub(super) ends: NaiveDate,
    /// 最重的处分. The heaviest sanction.
    pub(super) heaviest: SanctionKind,
    /// 查询日是否在处分期内；没有查询日时不列. Whether the day asked for is in the period; left out without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) in_period: Option<bool>,
    /// 不得晋升的事项及截至何日. What is barred, and until when.
    #[serde(serialize_with = "by_term")]
    #[schemars(with = "ByTerm<Advance, Until>")]
    pub(super) bars: Vec<(Advance, Until)>,
    /// 按规定降低的事项. What is lowered.
    pub(super) lowers: Vec<Advance>,
    /// 未见当时规定、不知降低何种待遇的处分，按决定生效日. Decisions of which it is not known what they lower, since no text of
    /// the time was seen, by the days on which they took effect.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<crate::schema::Date>")]
    pub(super) lowers_unknown: Vec<NaiveDate>,
    /// 解除方式. How it is lifted.
    pub(super) lifting: Lifting,
}

/// 不得晋升至何日. Until when an advance is barred.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Until {
    /// 处分期届满日. The day on which the sanctions are over.
    Day(#[schemars(with = "crate::schema::Date")] NaiveDate),
    /// 须由有权机关明确. What is left to a decision.
    Open(Open),
}

/// That it is open until when an advance is barred.
#[derive(Debug, Clone, Copy)]
pub(super) enum Open {
    /// Some sanctions of a joint term bar it and some do not.
    Undecided,
}

const fn term(open: Open) -> Term {
    match open {
        Open::Undecided => Term::new("undecided", "须由有权机关明确", "left to a decision"),
    }
}

written_by_code! {
    Open ("未定", "open") of => term(of);
    Undecided
}

impl Until {
    /// Returns until when the advance is barred, or none where it is not.
    pub(super) fn of(barred: Barred, term: &JointTerm) -> Option<Self> {
        match barred {
            Barred::No => None,
            Barred::WholeTerm => Some(Self::Day(term.ends)),
            Barred::Undecided => Some(Self::Open(Open::Undecided)),
        }
    }
}
