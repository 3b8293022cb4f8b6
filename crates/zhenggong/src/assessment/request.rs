//! The JSON form of a question: subjects, events, orders, schemes.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value as Json;

use super::{
    AssessOptions, Event, Ledger, Order, Period, PeriodKind, Schemes, Subject, event::optional_date,
};
use crate::{
    Result,
    policy::{InputSpec, Snapshot, read_input},
    vocabulary::Term,
};

/// Subjects and events as every rule of assessment reads them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    /// The period that the month belongs to, by kind; a month where it is not said.
    #[serde(default = "month")]
    pub(super) period: PeriodKind,
    pub(super) subjects: Vec<Subject>,
    #[serde(default)]
    pub(super) events: Vec<Event>,
    #[serde(default)]
    pub(super) orders: Vec<Order>,
    #[serde(default)]
    pub(super) schemes: Vec<String>,
    #[serde(default, deserialize_with = "optional_date")]
    pub(super) known_on: Option<NaiveDate>,
}

fn month() -> PeriodKind {
    PeriodKind::Month
}

pub(super) const SUBJECTS: InputSpec = InputSpec::required(
    Term::new("subjects", "考核对象", "subjects"),
    "[{id, kind, unit, role, staff, identities, sequence, from, to}]",
);
pub(super) const EVENTS: InputSpec = InputSpec::optional(
    Term::new("events", "事件", "events"),
    "[{id, subject, date, rule, count, value, points, rater, rater_kind, flags, matter, reported, withdrawn, replaces}]",
);
pub(super) const PERIOD: InputSpec = InputSpec::optional(
    Term::new("period", "考核周期（默认月度）", "kind of period; a month if left out"),
    "month | quarter | half-year | year",
);
pub(super) const SCHEMES: InputSpec = InputSpec::optional(
    Term::new("schemes", "方案编号（当地同类方案有多个时）", "schemes, where several fit"),
    "[text]",
);
pub(super) const ORDERS: InputSpec = InputSpec::optional(
    Term::new("orders", "平战转换命令", "orders of peacetime and wartime"),
    "[{date, condition}]",
);
pub(super) const KNOWN_ON: InputSpec =
    InputSpec::optional(Term::new("known_on", "截至何日所知", "as known on this day"), "date");

impl Request {
    /// Takes the keys of a rule's own from the input, and reads the rest.
    pub(super) fn read<const N: usize>(
        input: &Json,
        own: [&str; N],
    ) -> Result<(Self, [Option<Json>; N])> {
        let mut rest = input.clone();
        let taken = own.map(|key| rest.as_object_mut().and_then(|map| map.shift_remove(key)));
        Ok((read_input(&rest)?, taken))
    }

    pub(super) fn options(&self) -> AssessOptions {
        AssessOptions {
            schemes: self.schemes.clone(),
            orders: self.orders.clone(),
            other_periods: false,
        }
    }

    pub(super) fn ledger(&self) -> Result<Ledger<'_>> {
        Ledger::new(&self.subjects, &self.events, self.known_on)
    }
}

/// Returns the schemes of a snapshot and the period of its month.
pub(super) fn in_force(snapshot: &Snapshot, kind: PeriodKind) -> Result<(&Schemes, Period)> {
    Ok((snapshot.get()?, Period::of(kind, snapshot.query().month)?))
}
