//! Events that correct others: which of them count.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{
    Event,
    event_check::{is_known, known_from},
    fault::Faults,
};
use crate::{Error, ErrorCode, Result, error::contradiction, person::Label};

/// Checks that ids are unique, and returns which events are corrected.
pub(super) fn check_ids(
    events: &[Event],
    corrections: &[u32],
    known_on: Option<NaiveDate>,
    subjects: &HashMap<&str, u32>,
    faults: &mut Faults,
) -> Result<Corrected> {
    let subject =
        |number: u32| at(events, number).and_then(|e| subjects.get(e.subject.as_str()).copied());
    let mut ids: Vec<(&Label, u32)> = events.iter().map(|e| &e.id).zip(0u32..).collect();
    ids.retain(|(id, _)| !id.as_str().is_empty());
    ids.sort_unstable();
    for pair in ids.windows(2) {
        if let [(one, first), (other, number)] = pair
            && one == other
        {
            let error = Error::new(ErrorCode::DuplicateEvent)
                .arg("event", one)
                .arg("first", format!("events[{first}]"))
                .field(format!("events[{number}].id"));
            faults.event(*number, [*first, *number].into_iter().filter_map(subject), error)?;
        }
    }
    // Each correction with the event that it corrects.
    let mut olds: HashMap<u32, u32> = HashMap::with_capacity(corrections.len());
    let mut by_old: HashMap<u32, Vec<u32>> = HashMap::new();
    for number in corrections {
        let Some((event, old)) = at(events, *number).and_then(|e| Some((e, e.replaces.as_ref()?)))
        else {
            continue;
        };
        let field = || format!("events[{number}].replaces");
        let found = ids.binary_search_by(|(id, _)| (*id).cmp(old)).ok().and_then(|at| ids.get(at));
        let Some((_, old_number)) = found.filter(|(_, n)| n != number) else {
            let error = if event.id == *old {
                contradiction(
                    format!("{old} 更正的是它自己：更正须用新编号"),
                    format!("{old} corrects itself: a correction has an id of its own"),
                )
            } else {
                contradiction(
                    format!("{} 更正的事件 {old} 不存在", event.id),
                    format!("{} corrects the event {old}, which is not there", event.id),
                )
            };
            faults.event(*number, subject(*number), error.field(field()))?;
            continue;
        };
        let others = by_old.entry(*old_number).or_default();
        let other =
            others.iter().copied().find(|n| at(events, *n).is_some_and(|o| both_hold(o, event)));
        if let Some((other, before)) = other.and_then(|n| Some((n, at(events, n)?))) {
            let error = contradiction(
                format!("{} 与 {} 都更正 {old}，请先撤销其一", before.id, event.id),
                format!("{} and {} both correct {old}: withdraw one of them", before.id, event.id),
            );
            let all = [*number, other, *old_number].into_iter().filter_map(subject);
            faults.event(*number, all, error.field(field()))?;
        }
        others.push(*number);
        olds.insert(*number, *old_number);
    }
    no_circle(events, corrections, &olds, subject, faults)?;
    let mut replaced = HashSet::new();
    for number in corrections {
        // A correction that is withdrawn again lets the old event count. One that corrects a correction
        // stands for the first event as well.
        if at(events, *number).is_none_or(|event| !is_known(event, known_on)) {
            continue;
        }
        let mut next = olds.get(number);
        while let Some(old) = next.filter(|old| replaced.insert(**old)) {
            next = olds.get(old);
        }
    }
    // Whether the event that a bad one corrects still counts is not known either.
    faults.reach(|number| olds.get(&number).copied(), subject);
    Ok(Corrected { replaced, olds })
}

/// Which events corrections correct.
pub(super) struct Corrected {
    /// The events that a known correction replaces.
    pub(super) replaced: HashSet<u32>,
    /// Of each correction the event that it corrects.
    pub(super) olds: HashMap<u32, u32>,
}

/// Returns what stands at a place.
pub(super) fn at<T>(rows: &[T], number: u32) -> Option<&T> {
    rows.get(usize::try_from(number).ok()?)
}

/// Returns whether there is a day on which both events are known and neither is withdrawn.
fn both_hold(one: &Event, other: &Event) -> bool {
    let ends_before = |a: &Event, b: &Event| a.withdrawn.is_some_and(|end| end <= known_from(b));
    !ends_before(one, other) && !ends_before(other, one)
}

/// Refuses corrections that correct each other in a circle.
fn no_circle(
    events: &[Event],
    corrections: &[u32],
    olds: &HashMap<u32, u32>,
    subject: impl Fn(u32) -> Option<u32>,
    faults: &mut Faults,
) -> Result<()> {
    // For each event, the walk that came by it first: a walk that meets itself goes in a circle.
    let mut seen: HashMap<u32, u32> = HashMap::with_capacity(olds.len());
    for start in corrections {
        let mut here = *start;
        loop {
            match seen.get(&here) {
                Some(walk) if walk == start => {
                    let id = at(events, here).map_or("", |e| e.id.as_str());
                    let error = contradiction(
                        format!("{id} 的更正首尾相接"),
                        format!("the corrections of {id} go in a circle"),
                    );
                    let error = error.field(format!("events[{here}].replaces"));
                    faults.event(here, subject(here), error)?;
                    break;
                }
                Some(_) => break,
                None => seen.insert(here, *start),
            };
            let Some(old) = olds.get(&here) else { break };
            here = *old;
        }
    }
    Ok(())
}
