//! What became known between two days: the events by which scores as of one day differ from those as of
//! another.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Event, Ledger, event_check::known_from};
use crate::{person::Label, vocabulary::vocabulary};

vocabulary! {
    /// What happened to an event between two days.
    pub enum News ("news", "知晓变化", "what became known") {
        Reported = "reported", "获知", "became known";
        Withdrawn = "withdrawn", "撤销", "was withdrawn";
        Corrected = "corrected", "被更正", "was corrected";
        Restored = "restored", "更正撤销后恢复", "counts again, its correction was withdrawn";
    }
}

/// 两日之间知晓变化的事件. An event that counts as of one of two days alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct EventNews {
    /// 事件编号. The event.
    pub event: Label,
    /// 对象. The subject that it is recorded against.
    pub subject: Label,
    /// 变化. What happened to it.
    pub what: News,
    /// 变化之日. The day on which it did.
    #[schemars(with = "crate::schema::Date")]
    pub on: NaiveDate,
}

impl Ledger<'_> {
    /// Returns the events that count here or in an earlier ledger of the same events alone, by their days and
    /// ids: nothing else makes their scores differ.
    #[must_use]
    pub fn news_since(&self, earlier: &Self) -> Vec<EventNews> {
        let (come, gone) = self.against(earlier);
        let corrections = Corrections::of(self.events());
        let come = come.into_iter().filter_map(|number| self.event(number)).filter_map(|event| {
            if earlier.knew(event) {
                // Known before, and yet it did not count: something stood for it that is withdrawn now.
                let over = |by: &Event| by.withdrawn.filter(|_| self.ceased(by));
                return corrections
                    .to(event)
                    .into_iter()
                    .filter_map(over)
                    .max()
                    .map(|on| (event, News::Restored, on));
            }
            Some((event, News::Reported, known_from(event)))
        });
        let gone = gone.into_iter().filter_map(|number| self.event(number)).filter_map(|event| {
            if let Some(on) = event.withdrawn.filter(|_| self.ceased(event)) {
                return Some((event, News::Withdrawn, on));
            }
            let by = corrections.to(event).into_iter();
            let by = by.filter(|by| self.knew(by) && !self.ceased(by));
            by.map(known_from).min().map(|on| (event, News::Corrected, on))
        });
        let news = |(event, what, on): (&Event, News, NaiveDate)| EventNews {
            event: event.id.clone(),
            subject: event.subject.clone(),
            what,
            on,
        };
        let mut out: Vec<EventNews> = come.chain(gone).map(news).collect();
        out.sort_by(|a, b| (a.on, &a.event).cmp(&(b.on, &b.event)));
        out
    }
}

/// Which events correct which, by the id of the corrected one.
struct Corrections<'l>(BTreeMap<&'l str, Vec<&'l Event>>);

impl<'l> Corrections<'l> {
    fn of(events: &'l [Event]) -> Self {
        let mut by_old: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
        for event in events {
            if let Some(old) = &event.replaces {
                by_old.entry(old.as_str()).or_default().push(event);
            }
        }
        Self(by_old)
    }

    /// Returns the events that correct this one, also by way of another correction.
    fn to(&self, event: &Event) -> Vec<&'l Event> {
        let mut found: Vec<&Event> = Vec::new();
        let mut old = vec![event.id.as_str()];
        while let Some(id) = old.pop() {
            for by in self.0.get(id).into_iter().flatten() {
                if !found.iter().any(|seen| seen.id == by.id) {
                    found.push(by);
                    old.push(by.id.as_str());
                }
            }
        }
        found
    }
}
