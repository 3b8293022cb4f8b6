//! The ledger: subjects and events checked once, with every name resolved to a number.

use std::{
    cmp::Ordering,
    collections::{BTreeSet, HashMap},
};

use chrono::NaiveDate;

use super::{
    Event, OnError, Points, Span, Subject,
    chain::Chain,
    corrections::{at, check_ids},
    event_check::{check, is_known, known_from, unknown_subject},
    event_keys::Keys,
    fault::{Fault, Faults},
    group::{Brief, Group, grouped},
    naming,
};
use crate::{Error, ErrorCode, Result, error::contradiction, person::Label};

/// Subjects and the events that count as known on a day, ready to be scored period by period.
#[derive(Debug)]
pub struct Ledger<'a> {
    subjects: &'a [Subject],
    events: &'a [Event],
    /// The events that count, by date.
    live: Vec<Live>,
    /// Whether the ids of all events ascend.
    in_order: bool,
    /// The ids of rules that events name.
    rules: Vec<&'a str>,
    groups: Vec<Group<'a>>,
    briefs: Vec<Brief>,
    chain: Chain,
    faults: Faults,
    known_on: Option<NaiveDate>,
    /// Of each correction the event that it corrects.
    corrected: HashMap<u32, u32>,
}

/// An event that counts: what scoring reads of it, close together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Live {
    pub(super) count: i64,
    pub(super) points: Points,
    pub(super) date: NaiveDate,
    pub(super) event: u32,
    pub(super) subject: u32,
    pub(super) rule: u32,
    pub(super) has_points: bool,
    pub(super) flagged: bool,
    pub(super) keys: Keys,
}

impl<'a> Ledger<'a> {
    /// Checks subjects and events, and keeps the events that are known on the day: not those that happened or
    /// were reported later, nor those withdrawn or corrected by then. Without a day, everything is known.
    ///
    /// # Errors
    ///
    /// `DuplicatePerson`, `DuplicateEvent`, `UnknownSubject`, `NegativeNotAllowed` for a negative count
    /// or mark, `ContradictoryFacts` for a correction of an event that is not there, for two corrections of
    /// one event that hold at the same time, for corrections in a circle, for an event that was reported or
    /// withdrawn before it happened, for a subject that leaves before it comes, for units above each other
    /// in a circle and for moves out of order. `UnknownSubject` also for a unit that is not on a list with units.
    pub fn new(
        subjects: &'a [Subject],
        events: &'a [Event],
        known_on: Option<NaiveDate>,
    ) -> Result<Self> {
        Self::with(subjects, events, known_on, OnError::Raise)
    }

    /// Returns the same, where bad subjects and events are kept as errors of the assessment if `on_error`
    /// asks for a report. Whom a bad event concerns is not scored then: the subject, those above it whom it
    /// would count for, and the subject of an event that it corrects. An event of nobody on the list
    /// concerns nobody.
    ///
    /// # Errors
    ///
    /// Those of [`new`](Self::new); where they are reported, only that there are too many rows.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::assessment::{AssessOptions, Event, Ledger, OnError, Subject, SubjectKind, assess};
    /// use zhenggong::{Engine, ErrorCode, calendar::{Month, parse_date}, person::Label, policy::Pack};
    /// let pack = Pack::example("teaching-example").expect("built in");
    /// let engine = Engine::builder().packs(Pack::national()).pack(pack).build()?;
    /// let subjects = [
    ///     Subject::new(Label::new("A1")?, SubjectKind::Auxiliary),
    ///     Subject::new(Label::new("A2")?, SubjectKind::Auxiliary),
    /// ];
    /// let day = parse_date("2025-03-10")?;
    /// let mut bad = Event::new(Label::new("E1")?, Label::new("A1")?, day, "late");
    /// bad.count = -1;
    /// let events = [bad];
    /// let ledger = Ledger::with(&subjects, &events, None, OnError::Report)?;
    /// let snapshot = engine.snapshot(Month::new(2025, 3)?)?;
    /// let options = AssessOptions::default();
    /// let scored = assess(&ledger, snapshot.get()?, "2025-03".parse()?, &options, false)?;
    /// assert_eq!(scored.errors()[0].code(), ErrorCode::NegativeNotAllowed);
    /// assert!(scored.of("A1").is_none() && scored.of("A2").is_some());
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    pub fn with(
        subjects: &'a [Subject],
        events: &'a [Event],
        known_on: Option<NaiveDate>,
        on_error: OnError,
    ) -> Result<Self> {
        Self::checked(subjects, events, known_on, on_error)
            .map_err(|error| naming::with_subject(error, events))
    }

    fn checked(
        subjects: &'a [Subject],
        events: &'a [Event],
        known_on: Option<NaiveDate>,
        on_error: OnError,
    ) -> Result<Self> {
        let too_many = || {
            Error::new(ErrorCode::InvalidInput).arg_in(
                "detail",
                "超过 2^32 条",
                "more than 2^32 rows",
            )
        };
        u32::try_from(events.len().max(subjects.len())).map_err(|_| too_many())?;
        let mut faults = Faults::new(on_error);
        let ids = index(subjects, &mut faults)?;
        let (mut rules, mut slots) = (Vec::new(), HashMap::new());
        // One pass looks at an event; ids are compared apart only where they do not come in order.
        let (mut in_order, mut before): (bool, Option<&Label>) = (true, None);
        let mut corrected = HashMap::new();
        let mut corrections = Vec::new();
        let mut live = Vec::with_capacity(events.len());
        // Events often come subject by subject.
        let mut last: Option<(&str, u32)> = None;
        for (event, number) in events.iter().zip(0u32..) {
            let sound = check(event, number);
            if let Err(error) = &sound
                && on_error == OnError::Raise
            {
                let error = error.clone();
                let named = event.problem().is_some() && !event.subject.as_str().is_empty();
                return Err(if named { error.person(event.subject.as_str()) } else { error });
            }
            // An event without an id comes before all others, so that ids are then compared apart.
            in_order &= before.is_none_or(|before| *before < event.id);
            before = Some(&event.id);
            if event.replaces.is_some() {
                corrections.push(number);
            }
            let id = event.subject.as_str();
            let subject = match last {
                Some((same, subject)) if same == id => subject,
                _ => match ids.get(id) {
                    Some(subject) => *subject,
                    None => {
                        if let Err(error) = sound {
                            faults.event(number, [], error)?;
                        }
                        if !id.is_empty() {
                            faults.event(number, [], unknown_subject(event, number))?;
                        }
                        continue;
                    }
                },
            };
            last = Some((id, subject));
            if let Err(error) = sound {
                faults.event(number, [subject], error)?;
                continue;
            }
            let rule = *slots.entry(event.rule.as_str()).or_insert_with(|| {
                rules.push(event.rule.as_str());
                u32::try_from(rules.len() - 1).unwrap_or(u32::MAX)
            });
            // Nobody above an unread subject is scored either, so that its events count for nobody.
            let read = at(subjects, subject).is_some_and(|subject| subject.problem().is_none());
            if read && is_known(event, known_on) {
                live.push(Live {
                    count: event.count,
                    points: event.points.unwrap_or_default(),
                    date: event.date,
                    event: number,
                    subject,
                    rule,
                    has_points: event.points.is_some(),
                    flagged: !event.flags.is_empty(),
                    keys: Keys::of(event),
                });
            }
        }
        if !in_order || !corrections.is_empty() {
            let found = check_ids(events, &corrections, known_on, &ids, &mut faults)?;
            live.retain(|l| !found.replaced.contains(&l.event));
            corrected = found.olds;
        }
        by_date(&mut live);
        let chain = Chain::new(subjects, &ids, &mut faults)?;
        let (groups, briefs) = grouped(subjects);
        Ok(Self {
            subjects,
            events,
            live,
            in_order,
            rules,
            groups,
            briefs,
            chain,
            faults,
            known_on,
            corrected,
        })
    }

    /// Returns whether an event is outside these days because a correction moved it: it corrects one of these
    /// days, or one of these days corrects it, be it known yet or not.
    pub(super) fn moved_by(&self, event: u32, days: Span) -> bool {
        let inside = |number: &u32| self.event(*number).is_some_and(|e| days.contains(e.date));
        self.older(event).any(|old| inside(&old))
            || self.corrected.keys().any(|new| inside(new) && self.older(*new).any(|o| o == event))
    }

    /// Returns the events that one stands for, the latest first.
    fn older(&self, event: u32) -> impl Iterator<Item = u32> {
        let next = |event: &u32| self.corrected.get(event).copied();
        // Corrections in a circle are faults, which may be reported.
        std::iter::successors(next(&event), next).take(self.corrected.len())
    }

    /// Returns the subjects.
    #[must_use]
    pub fn subjects(&self) -> &'a [Subject] {
        self.subjects
    }

    /// Returns all events, also those that do not count.
    #[must_use]
    pub fn events(&self) -> &'a [Event] {
        self.events
    }

    /// Returns who is scored alike, by their numbers; in the first places the kinds of subject without a
    /// scheme of their own.
    pub(super) fn groups(&self) -> &[Group<'a>] {
        &self.groups
    }

    /// Returns the events that count here and not in another ledger of the same events, and those that count
    /// there alone: what became known between their days, and what was withdrawn or corrected.
    pub(super) fn against(&self, earlier: &Self) -> (Vec<u32>, Vec<u32>) {
        let of = |ledger: &Self| ledger.live.iter().map(|l| l.event).collect::<BTreeSet<u32>>();
        let (here, there) = (of(self), of(earlier));
        (here.difference(&there).copied().collect(), there.difference(&here).copied().collect())
    }

    /// Returns whether an event was known on the day of the ledger, also if it was withdrawn again.
    pub(super) fn knew(&self, event: &Event) -> bool {
        self.known_on.is_none_or(|day| known_from(event) <= day)
    }

    /// Returns whether an event was withdrawn by the day of the ledger.
    pub(super) fn ceased(&self, event: &Event) -> bool {
        event.withdrawn.is_some_and(|end| self.known_on.is_none_or(|day| end <= day))
    }

    /// Returns how many events count.
    #[must_use]
    pub fn len(&self) -> usize {
        self.live.len()
    }

    /// Returns whether no event counts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// Returns the events that count and lie in none of these windows, in the order of their dates.
    pub fn outside<'l>(&'l self, windows: &'l [Span]) -> impl Iterator<Item = &'a Event> + 'l {
        self.places_outside(windows).filter_map(|number| self.event(number))
    }

    /// Returns the same events by their places in the input.
    pub(super) fn places_outside<'l>(
        &'l self,
        windows: &'l [Span],
    ) -> impl Iterator<Item = u32> + 'l {
        let out = |l: &&Live| !windows.iter().any(|w| w.contains(l.date));
        self.live.iter().filter(out).map(|l| l.event)
    }

    /// Returns the event at a place in the input.
    #[must_use]
    #[inline]
    pub fn event(&self, number: u32) -> Option<&'a Event> {
        self.events.get(usize::try_from(number).ok()?)
    }

    /// Compares two events by their ids.
    #[inline]
    pub(super) fn by_id(&self, one: u32, other: u32) -> Ordering {
        if self.in_order {
            return one.cmp(&other);
        }
        let id = |number: u32| self.event(number).map(|event| &event.id);
        id(one).cmp(&id(other))
    }

    /// Returns the subject at a place in the input.
    #[must_use]
    #[inline]
    pub fn subject(&self, number: u32) -> Option<&'a Subject> {
        self.subjects.get(usize::try_from(number).ok()?)
    }

    pub(super) fn rules(&self) -> &[&'a str] {
        &self.rules
    }

    #[inline]
    pub(super) fn brief(&self, subject: u32) -> Option<&Brief> {
        self.briefs.get(usize::try_from(subject).ok()?)
    }

    /// Returns who is above whom.
    #[inline]
    pub(super) const fn chain(&self) -> &Chain {
        &self.chain
    }

    /// Returns the events that count from one day to another.
    pub(super) fn within(&self, span: Span) -> &[Live] {
        let first = self.live.partition_point(|l| l.date < span.from);
        let last = self.live.partition_point(|l| l.date <= span.to);
        self.live.get(first..last).unwrap_or_default()
    }

    /// Returns what was wrong, where it is reported.
    pub(super) fn faults(&self) -> &[Fault] {
        self.faults.found()
    }

    /// Returns whether errors are reported beside the scores.
    #[must_use]
    pub fn reports(&self) -> bool {
        self.faults.are_kept()
    }

    /// Returns the event that an error of this ledger names in its field.
    #[must_use]
    pub fn event_of(&self, error: &Error) -> Option<&'a Event> {
        if error.row_number().is_some() {
            // A row that could not be read; its number need not be its place, but no other row has it.
            let same = |problem: &Error| {
                problem.row_number() == error.row_number()
                    && problem.field_name() == error.field_name()
            };
            let mut events = self.events.iter();
            let event = events.find(|event| event.problem().is_some_and(same));
            return event.filter(|event| !event.id.as_str().is_empty());
        }
        let (number, _) = error.field_name()?.strip_prefix("events[")?.split_once(']')?;
        self.event(number.parse().ok()?).filter(|event| !event.id.as_str().is_empty())
    }

    pub(super) fn all_live(&self) -> &[Live] {
        &self.live
    }
}

fn index<'s>(subjects: &'s [Subject], faults: &mut Faults) -> Result<HashMap<&'s str, u32>> {
    let mut ids = HashMap::with_capacity(subjects.len());
    for (subject, number) in subjects.iter().zip(0u32..) {
        if let Some(error) = subject.problem() {
            faults.subjects([number], error.clone())?;
            if subject.id.as_str().is_empty() {
                continue;
            }
        }
        if let Some(first) = ids.insert(subject.id.as_str(), number) {
            let error = Error::new(ErrorCode::DuplicatePerson)
                .arg("first", first + 1)
                .person(subject.id.as_str())
                .field(format!("subjects[{number}].id"));
            faults.subjects([first, number], error)?;
        }
        if let (Some(from), Some(to)) = (subject.from, subject.to)
            && to < from
        {
            let error = contradiction(
                format!("{from} 在册，{to} 已离册"),
                format!("on the list from {from}, but off it after {to} already"),
            );
            let error = error.person(subject.id.as_str()).field(format!("subjects[{number}].to"));
            faults.subjects([number], error)?;
        }
    }
    Ok(ids)
}

/// Sorts by day; the days of a request lie close together, so they are counted and not compared.
fn by_date(live: &mut Vec<Live>) {
    if live.is_sorted_by_key(|l| l.date) {
        return;
    }
    let (Some(first), Some(last)) =
        (live.iter().map(|l| l.date).min(), live.iter().map(|l| l.date).max())
    else {
        return;
    };
    let days = usize::try_from((last - first).num_days()).unwrap_or(usize::MAX);
    if days > 8192 {
        live.sort_by_key(|l| l.date);
        return;
    }
    let day = |l: &Live| usize::try_from((l.date - first).num_days()).unwrap_or_default();
    let mut starts = vec![0usize; days + 2];
    for l in live.iter() {
        if let Some(slot) = starts.get_mut(day(l) + 1) {
            *slot += 1;
        }
    }
    let mut sum = 0;
    for slot in &mut starts {
        sum += *slot;
        *slot = sum;
    }
    let mut sorted = live.clone();
    for l in live.iter() {
        if let Some(slot) = starts.get_mut(day(l)) {
            if let Some(place) = sorted.get_mut(*slot) {
                *place = *l;
            }
            *slot += 1;
        }
    }
    *live = sorted;
}
