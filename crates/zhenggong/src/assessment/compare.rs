//! Two assessments side by side: late and corrected events, another scheme, another period.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::{
    Aspect, Assessment, Points, Score, Standing,
    answer::json,
    period_answer::{DifferenceAnswer, EventChangeAnswer},
    standing::standings,
};
use crate::Error;

/// What differs for one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The subject.
    pub subject: String,
    /// Before; none where the subject was not scored.
    pub before: Option<Standing>,
    /// After; none where the subject is not scored.
    pub after: Option<Standing>,
    /// What differs, where there are both sides.
    pub changed: Vec<Aspect>,
    /// What nobody knows to differ or not, since what was published does not say it.
    pub unknown: Vec<Aspect>,
    /// What events change, by id: points on the sheets before and after.
    pub events: BTreeMap<String, (Points, Points)>,
}

impl Difference {
    /// Returns the change of the total, where both sides have one.
    #[must_use]
    pub fn change(&self) -> Option<Points> {
        let (before, after) = (self.before.as_ref()?, self.after.as_ref()?);
        after.total.minus(before.total).ok()
    }

    /// Returns whether the grade is known to differ. Who had none before, or has none after, since there was
    /// no score, does not change it.
    #[must_use]
    pub fn changes_grade(&self) -> bool {
        self.changed.contains(&Aspect::Grade)
    }

    /// Returns the difference as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        json(&self.answer())
    }

    pub(super) fn answer(&self) -> DifferenceAnswer {
        let event = |(id, (before, after)): (&String, &(Points, Points))| {
            (id.clone(), EventChangeAnswer { before: *before, after: *after })
        };
        DifferenceAnswer {
            subject: self.subject.clone(),
            before: self.before.as_ref().map(Standing::answer),
            after: self.after.as_ref().map(Standing::answer),
            change: self.change(),
            changed: self.changed.clone(),
            unknown: self.unknown.clone(),
            events: self.events.iter().map(event).collect(),
        }
    }
}

/// Returns the subjects for whom anything differs: total, sheets, grade, coefficient, vetoes, the end of the
/// contract, or whether they are scored; in the order of the later assessment, then those that only the
/// earlier one has.
#[must_use]
pub fn compare(before: &Assessment<'_>, after: &Assessment<'_>) -> Vec<Difference> {
    let mut earlier: Vec<Option<_>> = standings(before).into_iter().map(Some).collect();
    let places: BTreeMap<&str, usize> =
        earlier.iter().flatten().zip(0..).map(|((id, ..), at)| (*id, at)).collect();
    let mut out = Vec::new();
    for (id, standing, score) in standings(after) {
        let old = places.get(id).and_then(|at| earlier.get_mut(*at)?.take());
        let events = events(old.as_ref().map(|(.., old)| (before, *old)), Some((after, score)));
        let changed = old.as_ref().map_or(Vec::new(), |(_, old, _)| old.changed(&standing));
        if old.is_some() && changed.is_empty() {
            continue;
        }
        out.push(Difference {
            subject: id.to_owned(),
            before: old.map(|(_, standing, _)| standing),
            after: Some(standing),
            changed,
            unknown: Vec::new(),
            events,
        });
    }
    // Who was not scored on one side because of an error differs by nothing that is known.
    let failed: BTreeSet<&str> =
        before.errors().iter().chain(after.errors()).filter_map(Error::person_id).collect();
    out.retain(|d: &Difference| !failed.contains(d.subject.as_str()));
    let gone = earlier.into_iter().flatten().filter(|(id, ..)| !failed.contains(id));
    out.extend(gone.map(|(id, standing, score)| Difference {
        subject: id.to_owned(),
        before: Some(standing),
        after: None,
        changed: Vec::new(),
        unknown: Vec::new(),
        events: events(Some((before, score)), None),
    }));
    out
}

type Side<'s, 'a> = Option<(&'s Assessment<'a>, &'s Score)>;

/// Returns the events that differ: by their points, or because one side alone has them, as an event that
/// sets off a veto and costs nothing.
fn events(before: Side<'_, '_>, after: Side<'_, '_>) -> BTreeMap<String, (Points, Points)> {
    let points =
        |side: Side<'_, '_>| side.map_or(BTreeMap::new(), |(of, score)| points_by_event(of, score));
    let (old, new) = (points(before), points(after));
    let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differs = |id: &&String| old.get(*id) != new.get(*id);
    let both = |id: &String| {
        let of = |side: &BTreeMap<String, Points>| side.get(id).copied().unwrap_or_default();
        (id.clone(), (of(&old), of(&new)))
    };
    ids.into_iter().filter(differs).map(both).collect()
}

fn points_by_event(of: &Assessment<'_>, score: &Score) -> BTreeMap<String, Points> {
    let mut sums: BTreeMap<String, Points> = BTreeMap::new();
    for line in of.trail(score) {
        let Some(event) = line.event.and_then(|e| of.ledger.event(e)) else { continue };
        let sum = sums.entry(event.id.to_string()).or_default();
        *sum = sum.plus(line.points).unwrap_or(*sum);
    }
    sums
}
