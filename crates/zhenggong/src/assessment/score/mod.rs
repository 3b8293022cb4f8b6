//! Scoring: from the events of a subject to sheets, total, vetoes and grade.
//!
//! The order is that of the published scheme: events, rule points, factor, net of the item, limits of
//! the item, sheet, total, factor of the total, bounds, veto, grade by threshold.

pub(super) mod combine;
mod fraction;
mod item;
mod matter;
mod measured;
mod occurrence;
mod part;
mod rated;
mod share;
mod tests_taken;
mod total;
mod vetoes;

pub(super) use self::{
    matter::counted_once,
    part::{PartScore, score_part},
    total::{Outcome, finish},
    vetoes::through_parts,
};

use chrono::NaiveDate;

use super::{
    Ledger, Order, Points, Scheme, Subject, condition_on, ledger::Live,
    test_standards::TestStandards,
};
use crate::{Error, ErrorCode};

/// An event that counts for a subject under a rule of its scheme, with what most rules read of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) count: i64,
    /// Flags of the event, as bits of the scheme.
    pub(super) bits: u64,
    points: Points,
    pub(super) subject: u32,
    pub(super) event: u32,
    pub(super) date: NaiveDate,
    pub(super) rule: u16,
    pub(super) part: u8,
    has_points: bool,
}

impl Row {
    #[inline]
    pub(super) fn new(live: &Live, subject: u32, part: u8, rule: u16, bits: u64) -> Self {
        let Live { count, points, date, event, has_points, .. } = *live;
        Self { count, bits, points, subject, event, date, rule, part, has_points }
    }

    /// Returns the points that were entered, where some were.
    #[inline]
    fn entered(&self) -> Option<Points> {
        self.has_points.then_some(self.points)
    }
}

/// What the rules of one subject in one part read.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) ledger: &'a Ledger<'a>,
    pub(super) scheme: &'a Scheme,
    pub(super) orders: &'a [Order],
    pub(super) standards: &'a TestStandards,
    pub(super) of: Placed<'a>,
    pub(super) part: u8,
}

/// A subject with its place in the list of subjects.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) subject: &'a Subject,
    pub(super) place: u32,
}

impl Placed<'_> {
    /// Returns the name of a field of the subject, as `subjects[2].sex`.
    fn field(&self, key: &str) -> String {
        format!("subjects[{}].{key}", self.place)
    }
}

impl<'a> Context<'a> {
    #[inline]
    fn event(&self, row: &Row) -> crate::Result<&'a super::Event> {
        self.ledger.event(row.event).ok_or_else(|| {
            Error::new(ErrorCode::Internal).arg("detail", "an event number is out of range")
        })
    }

    #[inline]
    fn condition(&self, row: &Row) -> super::Condition {
        condition_on(self.orders, row.date)
    }

    fn rule_id(&self, rule: u16) -> &'a str {
        self.scheme.rules.get(usize::from(rule)).map_or("", |r| self.scheme.code(r.label))
    }

    fn subject(&self) -> &'a Subject {
        self.of.subject
    }

    /// Returns the error of a fact that a rule needs of an event.
    #[cold]
    fn missing(&self, fact: &str, row: &Row) -> Error {
        let field = format!("events[{}].{fact}", row.event);
        Error::new(ErrorCode::MissingFact).arg("fact", fact).field(field)
    }

    /// Returns the error of a fact that a rule needs of the subject.
    #[cold]
    fn lacking(&self, fact: &str, zh: &str, rule: u16) -> Error {
        let (name, id) = self.rule_name(rule);
        Error::new(ErrorCode::MissingFact)
            .arg_in(
                "fact",
                format!("规则“{name}”（{id}）所需的{zh}（{fact}）"),
                format!("the {fact} that the rule {id} needs"),
            )
            .field(self.of.field(fact))
    }

    /// Returns the error of a rule that needs an event, of which something is said in both languages.
    #[cold]
    fn no_event(&self, (zh, en): (&str, &str), rule: u16) -> Error {
        let (name, id) = self.rule_name(rule);
        Error::new(ErrorCode::MissingFact)
            .arg_in("fact", format!("规则“{name}”（{id}）的{zh}"), format!("{en} of the rule {id}"))
            .field("events")
    }

    /// Returns the Chinese name of a rule, and its id.
    fn rule_name(&self, rule: u16) -> (&'a str, &'a str) {
        let label = self.scheme.rules.get(usize::from(rule)).map(|rule| rule.label);
        let name = label.and_then(|label| self.scheme.name_of(label));
        (name.map_or("", |name| &name.zh), self.rule_id(rule))
    }
}
