//! The JSON form of a question: subjects, events, orders, schemes.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::{
    AssessOptions, Event, Ledger, OnError, Order, Period, PeriodKind, Schemes, Subject, naming,
};
use crate::{
    Result,
    person::from_json,
    policy::{InputSpec, Snapshot},
    vocabulary::Term,
};

/// Subjects and events as every rule of assessment reads them.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) period: PeriodKind,
    pub(super) subjects: Vec<Subject>,
    pub(super) events: Vec<Event>,
    pub(super) orders: Vec<Order>,
    pub(super) schemes: Vec<String>,
    pub(super) known_on: Option<NaiveDate>,
    pub(super) on_error: OnError,
    pub(super) other_periods: bool,
}

/// Makes the input type of a rule: what every rule of assessment reads, and keys of its own.
macro_rules! question {
    ($(#[$meta:meta])* struct $name:ident { $($(#[$own:meta])* $key:ident: $ty:ty,)* }) => {
        $(#[$meta])*
        #[derive(serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        struct $name {
            #[serde(default)]
            period: Option<$crate::assessment::PeriodKind>,
            subjects: Vec<$crate::assessment::Subject>,
            #[serde(default)]
            events: Vec<$crate::assessment::Event>,
            #[serde(default)]
            orders: Vec<$crate::assessment::Order>,
            #[serde(default)]
            schemes: Vec<String>,
            #[serde(default, deserialize_with = "crate::assessment::event::optional_date")]
            #[schemars(with = "Option<crate::schema::Date>")]
            known_on: Option<chrono::NaiveDate>,
            #[serde(default)]
            on_error: $crate::assessment::OnError,
            #[serde(default)]
            other_periods: bool,
            $($(#[$own])* $key: $ty,)*
        }

        impl $name {
            /// Takes what every rule of assessment reads; a month where the period is not said.
            fn request(&mut self) -> $crate::assessment::request::Request {
                $crate::assessment::request::Request {
                    period: self.period.unwrap_or($crate::assessment::PeriodKind::Month),
                    subjects: std::mem::take(&mut self.subjects),
                    events: std::mem::take(&mut self.events),
                    orders: std::mem::take(&mut self.orders),
                    schemes: std::mem::take(&mut self.schemes),
                    known_on: self.known_on,
                    on_error: self.on_error,
                    other_periods: self.other_periods,
                }
            }
        }

        impl $crate::assessment::request::Question for $name {
            fn rows(
                &mut self,
            ) -> Option<(&mut Vec<$crate::assessment::Subject>, &mut Vec<$crate::assessment::Event>)> {
                let report = self.on_error == $crate::assessment::OnError::Report;
                report.then_some((&mut self.subjects, &mut self.events))
            }
        }
    };
}
pub(super) use question;

/// A question about lists of subjects and events.
pub(super) trait Question: DeserializeOwned {
    /// Returns the lists, where their errors are reported.
    fn rows(&mut self) -> Option<(&mut Vec<Subject>, &mut Vec<Event>)>;
}

/// Reads a question. Where errors are reported, a row that can't be read stands in its list with its error.
pub(super) fn read<Q: Question>(json: &Json) -> Result<Q> {
    let first = match from_json(json) {
        Ok(input) => return Ok(input),
        Err(error) => naming::in_json(error, json),
    };
    let Some((map, listed)) = json.as_object().and_then(|m| Some((m, m.get("subjects")?))) else {
        return Err(first);
    };
    let mut rest = map.clone();
    rest.insert("subjects".to_owned(), Json::Array(Vec::new()));
    rest.remove("events");
    let mut input: Q = from_json(&rest.into()).map_err(|_| first.clone())?;
    let Some((subjects, events)) = input.rows() else { return Err(first) };
    *subjects = Subject::rows(listed)?;
    *events = map.get("events").map_or(Ok(Vec::new()), Event::rows)?;
    Ok(input)
}

pub(super) const SUBJECTS: InputSpec = InputSpec::required(
    Term::new("subjects", "考核对象", "subjects"),
    "[{id, kind, unit, moves: [{from, unit}], scheme, role, staff, identities, sex, birth, training_class, sequence, from, to}]",
);
pub(super) const EVENTS: InputSpec = InputSpec::optional(
    Term::new("events", "事件", "events"),
    "[{id, subject, date, rule, count, value, points, discipline, result, rater, rater_kind, flags, matter, reported, withdrawn, replaces}]",
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

pub(super) const ON_ERROR: InputSpec = InputSpec::optional(
    Term::new(
        "on_error",
        "有错时：整批不计（默认）或列出错误、其余照计",
        "raise the first error, or report errors beside the scores",
    ),
    "raise | report",
);

pub(super) const OTHER_PERIODS: InputSpec = InputSpec::optional(
    Term::new(
        "other_periods",
        "是否略过其他周期的事件（如全年台账）；默认视为错误",
        "whether events of other periods are passed over, as in a list of a year; errors if left out",
    ),
    "true | false",
);

impl Request {
    pub(super) fn options(&self) -> AssessOptions {
        AssessOptions {
            schemes: self.schemes.clone(),
            orders: self.orders.clone(),
            other_periods: self.other_periods,
        }
    }

    pub(super) fn ledger(&self) -> Result<Ledger<'_>> {
        Ledger::with(&self.subjects, &self.events, self.known_on, self.on_error)
    }
}

/// Returns the schemes of a snapshot and the period of its month.
pub(super) fn in_force(snapshot: &Snapshot, kind: PeriodKind) -> Result<(&Schemes, Period)> {
    Ok((snapshot.get()?, Period::of(kind, snapshot.query().month)?))
}
