//! What of a matter counts under rules that have a cap.
//!
//! A matter counts at most as much as its highest event. Where the cap of that event's rule leaves less of it,
//! other events of the matter make up the difference as far as their own points and caps go. Without that, an
//! added deduction could raise a score: the highest event of a matter would take the place of a lower one, and
//! then be lost to its cap.
//!
//! The most that can count is found by augmenting paths from matters over their events to the rules, the
//! shortest first. Another event adds a way and takes none away, so that it never lowers the sum.

use std::collections::{BTreeMap, VecDeque};

use super::matter::Group;
use crate::{assessment::Points, number::NumberError};

/// What counts of every event, by the place of its group and its place in it.
#[derive(Debug)]
pub(super) struct Shares(Vec<Vec<Points>>);

impl Shares {
    /// Returns what counts of an event.
    pub(super) fn of(&self, group: usize, at: usize) -> Points {
        self.0.get(group).and_then(|g| g.get(at)).copied().unwrap_or_default()
    }
}

/// Returns what counts of every event, or none where the highest of each matter can simply be taken: the
/// caps then cut nothing that another event could make up.
pub(super) fn shares(
    groups: &[Group],
    cap: impl Fn(u16) -> Option<Points>,
) -> Result<Option<Shares>, NumberError> {
    if groups.iter().all(|g| g.entries.len() < 2) {
        return Ok(None);
    }
    let mut net = Net::new(groups, cap)?;
    let before = net.counted()?;
    while let Some(path) = net.path()? {
        net.augment(&path)?;
    }
    // Where nothing could be made up, the cap is said as that of the rule.
    Ok((net.counted()? != before).then_some(Shares(net.flow)))
}

struct Net<'g> {
    groups: &'g [Group],
    /// What each rule can still take; a rule without a cap is not there.
    room: BTreeMap<u16, Points>,
    /// What counts of each event.
    flow: Vec<Vec<Points>>,
}

/// An event: its group, and its place in it.
type At = (usize, usize);

/// How a matter was reached: by the event of another that takes the points in a rule and the one of this
/// matter that gives them up, none where it has points left itself; and how much.
type Reached = Option<(Option<(At, At)>, Points)>;

/// A way to more points: from an event of a matter with points left to a rule with room, by way of events
/// that give up points in the rule of the one before and of others of their matters that take them up.
struct Path {
    taking: Vec<At>,
    giving: Vec<At>,
    by: Points,
}

impl<'g> Net<'g> {
    /// Starts with the highest event of every matter, as far as its rule has room.
    fn new(groups: &'g [Group], cap: impl Fn(u16) -> Option<Points>) -> Result<Self, NumberError> {
        let mut room = BTreeMap::new();
        for entry in groups.iter().flat_map(|g| &g.entries) {
            if let Some(cap) = cap(entry.rule) {
                room.insert(entry.rule, cap);
            }
        }
        let flow = groups.iter().map(|g| vec![Points::ZERO; g.entries.len()]).collect();
        let mut net = Self { groups, room, flow };
        for (group, number) in groups.iter().zip(0..) {
            if let Some(entry) = group.entries.get(group.highest) {
                let by = net.room_of(entry.rule).map_or(entry.points, |r| r.min(entry.points));
                net.change((number, group.highest), by)?;
                net.fill(entry.rule, by)?;
            }
        }
        Ok(net)
    }

    fn room_of(&self, rule: u16) -> Option<Points> {
        self.room.get(&rule).copied()
    }

    fn fill(&mut self, rule: u16, by: Points) -> Result<(), NumberError> {
        if let Some(room) = self.room.get_mut(&rule) {
            *room = room.minus(by)?;
        }
        Ok(())
    }

    fn flow_of(&self, (group, at): At) -> Points {
        self.flow.get(group).and_then(|g| g.get(at)).copied().unwrap_or_default()
    }

    fn change(&mut self, (group, at): At, by: Points) -> Result<(), NumberError> {
        if let Some(flow) = self.flow.get_mut(group).and_then(|g| g.get_mut(at)) {
            *flow = flow.plus(by)?;
        }
        Ok(())
    }

    fn counted(&self) -> Result<Points, NumberError> {
        Points::checked_sum(self.flow.iter().flatten().copied())
    }

    /// Returns what a matter can still count.
    fn left(&self, group: usize) -> Result<Points, NumberError> {
        let most = self.groups.get(group).map(Group::most).unwrap_or_default();
        let flow = self.flow.get(group).map(Vec::as_slice).unwrap_or_default();
        most.minus(Points::checked_sum(flow.iter().copied())?)
    }

    /// Returns the shortest way to more points.
    fn path(&self) -> Result<Option<Path>, NumberError> {
        let mut from: Vec<Reached> = vec![None; self.groups.len()];
        let mut next = VecDeque::new();
        for (slot, group) in from.iter_mut().zip(0..) {
            let left = self.left(group)?;
            if !left.is_zero() {
                *slot = Some((None, left));
                next.push_back(group);
            }
        }
        while let Some(group) = next.pop_front() {
            let Some((_, most)) = from.get(group).copied().flatten() else { continue };
            let Some(of) = self.groups.get(group) else { continue };
            for (entry, at) in of.entries.iter().zip(0..) {
                let taking = (group, at);
                let by = most.min(entry.points.minus(self.flow_of(taking))?);
                if by.is_zero() {
                    continue;
                }
                match self.room_of(entry.rule) {
                    Some(room) if room.is_zero() => {
                        for giving in self.giving(entry.rule) {
                            if let Some(slot @ None) = from.get_mut(giving.0) {
                                *slot =
                                    Some((Some((taking, giving)), by.min(self.flow_of(giving))));
                                next.push_back(giving.0);
                            }
                        }
                    }
                    room => {
                        let by = room.map_or(by, |room| room.min(by));
                        return Ok(Some(back(&from, taking, by)));
                    }
                }
            }
        }
        Ok(None)
    }

    /// Returns the events that count under a rule.
    fn giving(&self, rule: u16) -> impl Iterator<Item = At> + '_ {
        let groups = self.groups.iter().zip(0..);
        groups
            .filter_map(move |(g, number)| {
                Some((number, g.entries.iter().position(|e| e.rule == rule)?))
            })
            .filter(|at| !self.flow_of(*at).is_zero())
    }

    fn augment(&mut self, path: &Path) -> Result<(), NumberError> {
        for at in &path.taking {
            self.change(*at, path.by)?;
        }
        for at in &path.giving {
            self.change(*at, path.by.negated()?)?;
        }
        // The rules on the way take as much as they give; the last one takes more.
        let last = path.taking.first().and_then(|(g, at)| self.groups.get(*g)?.entries.get(*at));
        match last.map(|e| e.rule) {
            Some(rule) => self.fill(rule, path.by),
            None => Ok(()),
        }
    }
}

/// Follows a way back to the matter that it began with.
fn back(from: &[Reached], last: At, by: Points) -> Path {
    let mut path = Path { taking: vec![last], giving: Vec::new(), by };
    let mut group = last.0;
    while let Some((Some((taking, giving)), _)) = from.get(group).copied().flatten() {
        path.taking.push(taking);
        path.giving.push(giving);
        group = taking.0;
    }
    path
}
