//! Several honours or deductions of one person for one matter: the one with the most points counts.
//!
//! Points are those after role, surcharges and factors. Rules are compared within one item and one direction,
//! where points are of one kind: the item turns their sum into a change of its sheet. A rule with a cap can
//! leave less of the highest one than another of the matter gives; see [`share`](super::share).

use std::collections::HashMap;

use super::{Context, Row, occurrence, share};
use crate::{
    Error, ErrorCode, Result,
    assessment::{Direction, Event, KindPlan, Ledger, NoTrail, Points, RuleForm, Split},
};

/// What counts of a row whose rule counts a matter once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    /// The place of the row.
    at: usize,
    /// The points that count of it.
    pub(super) points: Points,
    /// Whether all of it counts.
    pub(super) whole: bool,
    /// The event that counts in its place, where another one does.
    pub(super) instead: Option<u32>,
}

impl Counted {
    /// All of an event, which is the only one of its matter.
    const fn whole(entry: &Entry) -> Self {
        Self { at: entry.at, points: entry.points, whole: true, instead: None }
    }
}

/// What counts of the rows whose rules count a matter once, in the order of the rows.
#[derive(Debug, Default)]
pub(super) struct Matters(Vec<Counted>);

impl Matters {
    /// Returns what counts of the row at this place; none where its rule counts every event.
    pub(super) fn of(&self, at: usize) -> Option<&Counted> {
        let found = self.0.binary_search_by_key(&at, |c| c.at).ok()?;
        self.0.get(found)
    }
}

/// A row with its points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) at: usize,
    pub(super) rule: u16,
    pub(super) event: u32,
    pub(super) points: Points,
}

/// The events of one person and one matter.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// Of each rule the highest event, in the order of the rules.
    pub(super) entries: Vec<Entry>,
    /// The place among them of the highest one, the first of equals.
    pub(super) highest: usize,
    /// The other events, each with the one of its rule that is higher.
    below: Vec<Entry>,
}

impl Group {
    fn take(&mut self, entry: Entry) {
        match self.entries.last_mut().filter(|last| last.rule == entry.rule) {
            Some(last) if entry.points > last.points => {
                self.below.push(std::mem::replace(last, entry));
            }
            Some(_) => self.below.push(entry),
            None => self.entries.push(entry),
        }
    }

    fn settle(&mut self) {
        for (entry, at) in self.entries.iter().zip(0..) {
            if self.entries.get(self.highest).is_none_or(|best| entry.points > best.points) {
                self.highest = at;
            }
        }
    }

    /// Returns the most that the matter can count.
    pub(super) fn most(&self) -> Points {
        self.entries.get(self.highest).map(|e| e.points).unwrap_or_default()
    }
}

/// Returns what counts of the rows. Two people who are honoured for one matter both count for their unit.
///
/// An event of such a rule names its matter: without it nobody can say whether it was counted before.
pub(super) fn matters(ctx: &Context<'_>, rows: &[Row]) -> Result<Matters> {
    let mut all: Vec<(Key<'_>, Entry)> = Vec::new();
    for (row, at) in rows.iter().zip(0..) {
        let Some(rule) = ctx.scheme.rules.get(usize::from(row.rule)).filter(|r| r.once_per_matter)
        else {
            continue;
        };
        let event = ctx.event(row)?;
        let Some(matter) = &event.matter else {
            return Err(ctx.missing("matter", row));
        };
        let points = occurrence::points(ctx, rule, row, &mut NoTrail)?;
        let adds = rule.direction == Direction::Add;
        let key = (rule.item, adds, event.subject.as_str(), matter.as_str());
        let entry = Entry { at, rule: row.rule, event: row.event, points };
        all.push((key, entry));
    }
    if all.len() < 2 {
        return Ok(Matters(all.iter().map(|(_, entry)| Counted::whole(entry)).collect()));
    }
    // Those of one matter stay in the order of their rows.
    all.sort_by_key(|(key, _)| *key);
    if all.windows(2).all(|pair| matches!(pair, [(one, _), (other, _)] if one != other)) {
        let mut out: Vec<Counted> = all.iter().map(|(_, entry)| Counted::whole(entry)).collect();
        out.sort_unstable_by_key(|counted| counted.at);
        return Ok(Matters(out));
    }
    several(ctx, &all)
}

/// Item, whether it adds, person and matter: what stands under one key is compared.
type Key<'k> = (u16, bool, &'k str, &'k str);

/// Says what counts where a matter has several events.
fn several(ctx: &Context<'_>, all: &[(Key<'_>, Entry)]) -> Result<Matters> {
    let mut out = Matters::default();
    // Of one item and direction at a time.
    let mut together: Vec<Group> = Vec::new();
    let mut before = None;
    for same in all.chunk_by(|one, other| one.0 == other.0) {
        let Some(((item, adds, ..), _)) = same.first().copied() else { continue };
        let mut group = Group::default();
        for (_, entry) in same {
            group.take(*entry);
        }
        if before.replace((item, adds)).is_some_and(|b| b != (item, adds)) {
            count(ctx, &std::mem::take(&mut together), &mut out)?;
        }
        group.settle();
        together.push(group);
    }
    count(ctx, &together, &mut out)?;
    out.0.sort_unstable_by_key(|c| c.at);
    Ok(out)
}

/// Says what counts of the groups of one item and direction.
fn count(ctx: &Context<'_>, groups: &[Group], out: &mut Matters) -> Result<()> {
    let shares = share::shares(groups, |rule| cap(ctx, rule))?;
    for (group, number) in groups.iter().zip(0..) {
        let best = group.entries.get(group.highest).map(|e| e.event);
        for (entry, at) in group.entries.iter().zip(0..) {
            let highest = at == group.highest;
            let points = match &shares {
                Some(shares) => shares.of(number, at),
                None if highest => entry.points,
                None => Points::ZERO,
            };
            out.0.push(Counted {
                at: entry.at,
                points,
                whole: points == entry.points && (highest || !points.is_zero()),
                instead: best.filter(|_| !highest),
            });
        }
        for entry in &group.below {
            let instead = best;
            out.0.push(Counted { at: entry.at, points: Points::ZERO, whole: false, instead });
        }
    }
    Ok(())
}

/// Returns the most that a rule gives in a period, where there is a limit.
fn cap(ctx: &Context<'_>, rule: u16) -> Option<Points> {
    match &ctx.scheme.rules.get(usize::from(rule))?.form {
        RuleForm::PerOccurrence { cap, .. } | RuleForm::Manual { cap, .. } => *cap,
        _ => None,
    }
}

/// Refuses a matter with events in several parts of a period whose changes are added: each part's schemes count
/// it once, and so the period would count it twice. A mean by days never comes to more than the higher one.
pub(in crate::assessment) fn counted_once(
    plan: &KindPlan<'_>,
    rows: &[Row],
    ledger: &Ledger<'_>,
) -> Result<()> {
    if plan.split != Some(Split::Changes) {
        return Ok(());
    }
    let mut found: HashMap<(bool, &str, &str), (u8, &Event)> = HashMap::new();
    for row in rows {
        let rule = plan.parts.get(usize::from(row.part));
        let rule = rule.and_then(|part| part.entry.scheme.rules.get(usize::from(row.rule)));
        let Some(rule) = rule.filter(|rule| rule.once_per_matter) else { continue };
        let Some((event, matter)) =
            ledger.event(row.event).and_then(|event| Some((event, event.matter.as_ref()?)))
        else {
            continue;
        };
        let key = (rule.direction == Direction::Add, event.subject.as_str(), matter.as_str());
        match found.get(&key) {
            Some((part, other)) if *part != row.part => return Err(twice(other, event, row)),
            Some(_) => {}
            None => drop(found.insert(key, (row.part, event))),
        }
    }
    Ok(())
}

#[cold]
fn twice(one: &Event, other: &Event, row: &Row) -> Error {
    let matter = other.matter.as_ref().map_or("", |matter| matter.as_str());
    let (one, two) = (&one.id, &other.id);
    Error::new(ErrorCode::NeedsDecision)
        .arg_in(
            "question",
            format!("事项 {matter} 的事件 {one} 和 {two} 分在平战两段，同一事项只计一次：计哪一件，另一件请撤销（withdrawn）"),
            format!(
                "the events {one} and {two} of the matter {matter} fall into two parts of the period, and one matter \
                 counts once: which of them counts; withdraw the other"
            ),
        )
        .field(format!("events[{}].matter", row.event))
}
