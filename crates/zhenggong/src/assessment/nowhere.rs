//! Events of those whose unit nobody knows, where errors are reported: for which units and leaders they might
//! count, so that none of them has a score that lacks them.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::{
    Ledger, SubjectKind, cascades::takes, chain::Above, fault::Fault, ledger::Live, plan::Plans,
};
use crate::Error;

/// A subject and a day, where some units above it are known.
type Known = Option<(u32, NaiveDate)>;

/// What was looked up already: events of one rule and kind of subject concern the same ones, unless some
/// units above the subject are known.
#[derive(Debug, Default)]
pub(super) struct Nowhere {
    seen: HashSet<(u32, SubjectKind, Known)>,
}

impl Nowhere {
    /// Returns the units and the leaders for whom an event might count, with the error of the unit; none where
    /// all units above are known, or where the same ones were returned before. Those who are known to be above
    /// are not among them, as the event counts for them.
    pub(super) fn of<'l>(
        &mut self,
        ledger: &'l Ledger<'_>,
        plans: &Plans<'_>,
        l: &Live,
    ) -> Option<(&'l Error, Vec<u32>)> {
        let whose = ledger.chain().unknown_above(l.subject, l.date)?;
        let kind = ledger.subject(l.subject)?.kind;
        let known = (whose != l.subject).then_some((l.subject, l.date));
        if !self.seen.insert((l.rule, kind, known)) {
            return None;
        }
        let of = |fault: &&Fault| fault.event.is_none() && fault.subjects.contains(&whose);
        let error = &ledger.faults().iter().find(of)?.error;
        let name = ledger.event(l.event)?.rule.as_str();
        let known: HashSet<u32> =
            ledger.chain().above(l.subject, l.date).map(|above| above.subject).collect();
        let counts = |number: &u32| {
            let Some(subject) = ledger.subject(*number) else { return false };
            let plan = ledger.brief(*number).and_then(|brief| plans.of(brief.group));
            // How far up it would be is not known either.
            let above = Above { subject: *number, level: 1 };
            plan.is_some_and(|(_, plan)| {
                plan.parts.iter().map(|part| &part.entry.scheme).any(|scheme| {
                    let rule = scheme.rule(name).and_then(|at| scheme.rules.get(usize::from(at)));
                    rule.is_some_and(|rule| takes(scheme, rule, kind, above, subject))
                })
            })
        };
        let all = (0u32..).take(ledger.subjects().len());
        let others = all.filter(|number| *number != l.subject && !known.contains(number));
        Some((error, others.filter(counts).collect()))
    }
}
