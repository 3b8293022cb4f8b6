//! Subjects whose rows leave open where they belong, where errors are reported: one that could not be read, or
//! two of one id that say different things. For whom their events might count has no score, since it would lack
//! them or have what is another's.

use std::collections::{BTreeSet, HashMap};

use super::{ItemRule, Ledger, Scheme, Subject, plan::Plans};
use crate::{Error, ErrorCode};

/// The subjects in doubt, with the error of their rows, and the events recorded against them.
pub(super) struct Doubtful<'l> {
    doubts: Vec<(&'l Error, Doubt)>,
    events: HashMap<&'l str, Vec<u32>>,
}

/// Where a subject may belong.
enum Doubt {
    /// Under any unit: the row of the subject at this place does not say which.
    Anywhere(u32),
    /// Under the units of one row or of the other.
    Either(u32, u32),
}

impl<'l> Doubtful<'l> {
    pub(super) fn new(ledger: &'l Ledger<'_>) -> Self {
        let mut doubts = Vec::new();
        for fault in ledger.faults().iter().filter(|fault| fault.event.is_none()) {
            match fault.subjects.as_slice() {
                [one, other] if fault.error.code() == ErrorCode::DuplicatePerson => {
                    doubts.push((&fault.error, Doubt::Either(*one, *other)));
                }
                [one] if ledger.subject(*one).is_some_and(|row| is_astray(row, *one, ledger)) => {
                    doubts.push((&fault.error, Doubt::Anywhere(*one)));
                }
                _ => {}
            }
        }
        let mut events: HashMap<&str, Vec<u32>> = HashMap::new();
        for (_, doubt) in &doubts {
            let (Doubt::Anywhere(row) | Doubt::Either(row, _)) = doubt;
            events.extend(ledger.subject(*row).map(|row| (row.id.as_str(), Vec::new())));
        }
        if !doubts.is_empty() {
            for (event, number) in ledger.events().iter().zip(0u32..) {
                if let Some(of) = events.get_mut(event.subject.as_str()) {
                    of.push(number);
                }
            }
        }
        Self { doubts, events }
    }

    /// Returns the errors with the units and leaders that have no score for them, by their places.
    pub(super) fn concerned(
        &self,
        ledger: &'l Ledger<'_>,
        plans: &Plans<'_>,
    ) -> Vec<(&'l Error, Vec<u32>)> {
        let of = |(error, doubt): &(&'l Error, Doubt)| {
            let (places, row): (Vec<u32>, u32) = match doubt {
                Doubt::Anywhere(row) => ((0..).take(ledger.subjects().len()).collect(), *row),
                Doubt::Either(one, other) => (either(ledger, *one, *other), *one),
            };
            let id = ledger.subject(row)?.id.as_str();
            let events = self.events.get(id)?;
            let others = places.into_iter().filter(|place| {
                ledger.subject(*place).is_some_and(|subject| subject.id.as_str() != id)
            });
            let counts =
                |place: &u32| events.iter().any(|e| might_count(ledger, plans, *place, *e));
            Some((*error, others.filter(counts).collect()))
        };
        self.doubts.iter().filter_map(of).collect()
    }
}

fn is_astray(row: &Subject, number: u32, ledger: &Ledger<'_>) -> bool {
    row.problem().is_some() && (row.astray || ledger.chain().is_astray(number))
}

/// Returns those whose events the two rows of one id place differently: those above one of them and not the
/// other; everyone above them where they move, or are of different kinds.
fn either(ledger: &Ledger<'_>, one: u32, other: u32) -> Vec<u32> {
    // With how far up they are, which a rule may limit.
    let above = |row: u32| -> BTreeSet<(u32, u32)> {
        let above = ledger.chain().ever_above(row).into_iter();
        above.map(|above| (above.subject, above.level)).collect()
    };
    let alike = ledger.subject(one).zip(ledger.subject(other)).is_some_and(|(one, other)| {
        let read = one.problem().or(other.problem()).is_none();
        read && one.kind == other.kind && one.moves.is_empty() && other.moves.is_empty()
    });
    let (one, other) = (above(one), above(other));
    let places: BTreeSet<u32> = match alike {
        true => one.symmetric_difference(&other).map(|(subject, _)| *subject).collect(),
        false => one.union(&other).map(|(subject, _)| *subject).collect(),
    };
    places.into_iter().collect()
}

/// Returns whether an event would count for a subject that were above the one that it is recorded against. The
/// kind of that one may be in doubt as well.
fn might_count(ledger: &Ledger<'_>, plans: &Plans<'_>, subject: u32, event: u32) -> bool {
    let Some(event) = ledger.event(event) else { return false };
    let Some(above) = ledger.subject(subject) else { return false };
    let takes = |scheme: &Scheme, rule: &ItemRule| {
        rule.cascade != 0 && super::cascades::concerns(scheme, rule, above)
    };
    let plan = ledger.brief(subject).and_then(|brief| plans.of(brief.group));
    plan.is_some_and(|(_, plan)| {
        plan.parts.iter().map(|part| &part.entry.scheme).any(|scheme| match event.problem() {
            // What could not be read may be any event.
            Some(_) => scheme.rules.iter().any(|rule| takes(scheme, rule)),
            None => {
                let rule = scheme.rule(&event.rule).and_then(|r| scheme.rules.get(usize::from(r)));
                rule.is_some_and(|rule| takes(scheme, rule))
            }
        })
    })
}
