//! Units above subjects: the unit of a person on a day, the units above that one, and their leaders.
//!
//! Where the list has units, every name of a unit must be one of them, since an event would otherwise be
//! lost on its way up; where it has none, names only join people and their leaders.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Subject, SubjectKind, fault::Faults};
use crate::{Error, ErrorCode, Result, error::contradiction, person::Label};

/// Stands for a unit that nobody knows, since its name is an error that is kept. No unit has this number, so
/// that whoever goes up ends there.
const UNKNOWN: u32 = u32::MAX;

/// Units by their numbers here, which are not their places in the list.
#[derive(Debug)]
pub(super) struct Chain {
    units: Vec<Unit>,
    /// By subject: its unit before its first move; for a unit itself.
    home: Vec<Option<u32>>,
    /// Of those who move, the days and the units.
    moves: HashMap<u32, Vec<(NaiveDate, u32)>>,
}

#[derive(Debug, Clone, Default)]
struct Unit {
    subject: Option<u32>,
    upper: Option<u32>,
    leaders: Vec<Stay>,
}

/// A leader of a unit, and on which days.
#[derive(Debug, Clone, Copy)]
struct Stay {
    leader: u32,
    from: NaiveDate,
    before: Option<NaiveDate>,
}

/// A unit or a leader above a subject, by its place in the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Above {
    pub(super) subject: u32,
    /// How many units up: 1 for the unit of a person and for the one above a unit, and for their leaders; 1
    /// as well for the leaders of a unit itself.
    pub(super) level: u32,
}

impl Chain {
    /// Reads who is above whom.
    ///
    /// # Errors
    ///
    /// `UnknownSubject` for a unit that is not among those of the list; `ContradictoryFacts` for one that is
    /// a person, for units above each other in a circle, for moves that are not in order; `InvalidInput` for a
    /// unit that moves. Where errors are kept, those whom they name are not scored, and units that are not
    /// known are `UNKNOWN`.
    pub(super) fn new(
        subjects: &[Subject],
        ids: &HashMap<&str, u32>,
        faults: &mut Faults,
    ) -> Result<Self> {
        let mut names = Names::new(subjects, ids);
        let mut home = Vec::with_capacity(subjects.len());
        let mut moves = HashMap::new();
        for (subject, number) in subjects.iter().zip(0u32..) {
            let unit = match &subject.unit {
                Some(unit) => Some(names.named(unit, subject, || field(number, "unit"), faults)?),
                None => None,
            };
            let own = names.own(subject, number);
            if let Some(here) = own.and_then(|own| names.units.get_mut(place(own))) {
                // A table often has the unit itself in that column.
                here.upper = unit.filter(|unit| Some(*unit) != own);
            }
            home.push(own.or(unit));
            if !subject.moves.is_empty() {
                moves.insert(number, names.moves_of(subject, number, faults)?);
            }
        }
        let mut chain = Self { units: names.units, home, moves };
        chain.place_leaders(subjects);
        chain.no_circle(subjects, faults)?;
        Ok(chain)
    }

    fn place_leaders(&mut self, subjects: &[Subject]) {
        for (subject, leader) in subjects.iter().zip(0u32..) {
            if subject.kind != SubjectKind::Leader {
                continue;
            }
            let first = self.home_of(leader).map(|unit| (NaiveDate::MIN, unit));
            let later = self.moves.get(&leader).into_iter().flatten().copied();
            let stays: Vec<_> = first.into_iter().chain(later).collect();
            for ((from, unit), next) in stays.iter().zip(1..) {
                let before = stays.get(next).map(|(day, _)| *day);
                if let Some(unit) = self.units.get_mut(place(*unit)) {
                    unit.leaders.push(Stay { leader, from: *from, before });
                }
            }
        }
    }

    /// Refuses units that stand above each other in a circle, and opens the circle.
    fn no_circle(&mut self, subjects: &[Subject], faults: &mut Faults) -> Result<()> {
        // For each unit, the walk that came by it first: a walk that meets itself goes in a circle.
        let mut seen: Vec<Option<u32>> = vec![None; self.units.len()];
        for start in (0u32..).take(self.units.len()) {
            let mut next = Some(start);
            while let Some(here) = next {
                let Some(slot) = seen.get_mut(place(here)) else { break };
                if *slot == Some(start) {
                    faults_of_circle(self.circle(here), subjects, faults)?;
                    if let Some(unit) = self.units.get_mut(place(here)) {
                        unit.upper = Some(UNKNOWN);
                    }
                    break;
                }
                if slot.is_some() {
                    break;
                }
                *slot = Some(start);
                next = self.units.get(place(here)).and_then(|unit| unit.upper);
            }
        }
        Ok(())
    }

    /// Returns the places in the list of the units of a circle, from one of them on.
    #[cold]
    fn circle(&self, one: u32) -> Vec<u32> {
        let mut members = Vec::new();
        let mut here = one;
        while let Some(unit) = self.units.get(place(here)) {
            members.extend(unit.subject);
            match unit.upper {
                Some(upper) if upper != one => here = upper,
                _ => break,
            }
        }
        members
    }

    #[inline]
    fn home_of(&self, subject: u32) -> Option<u32> {
        self.home.get(place(subject)).copied().flatten()
    }

    /// Returns everyone above a subject on a day, from its unit upwards.
    #[inline]
    pub(super) fn above(&self, subject: u32, day: NaiveDate) -> impl Iterator<Item = Above> + '_ {
        self.up_from(subject, self.unit_of(subject, day), Some(day))
    }

    #[inline]
    fn unit_of(&self, subject: u32, day: NaiveDate) -> Option<u32> {
        let moved = self.moves.get(&subject).and_then(|moves| {
            moves.iter().rev().find(|(from, _)| *from <= day).map(|(_, unit)| *unit)
        });
        moved.or_else(|| self.home_of(subject))
    }

    /// Returns everyone who is above a subject on some day.
    #[cold]
    pub(super) fn ever_above(&self, subject: u32) -> Vec<Above> {
        let later = self.moves.get(&subject).into_iter().flatten().map(|(_, unit)| *unit);
        let units = self.home_of(subject).into_iter().chain(later);
        units.flat_map(|unit| self.up_from(subject, Some(unit), None)).collect()
    }

    /// Returns the subject whose unit nobody knows, on the way up from a subject on a day.
    pub(super) fn unknown_above(&self, subject: u32, day: NaiveDate) -> Option<u32> {
        let mut whose = subject;
        let mut next = self.unit_of(subject, day);
        while let Some(here) = next {
            if here == UNKNOWN {
                return Some(whose);
            }
            let unit = self.units.get(place(here))?;
            whose = unit.subject.unwrap_or(whose);
            next = unit.upper;
        }
        None
    }

    /// Returns whether it is open on some day which units are above a subject.
    #[cold]
    pub(super) fn is_astray(&self, subject: u32) -> bool {
        let later = self.moves.get(&subject).into_iter().flatten().map(|(day, _)| *day);
        std::iter::once(NaiveDate::MIN)
            .chain(later)
            .any(|day| self.unknown_above(subject, day).is_some())
    }

    fn up_from(
        &self,
        subject: u32,
        unit: Option<u32>,
        day: Option<NaiveDate>,
    ) -> impl Iterator<Item = Above> + '_ {
        let mut next = unit;
        let chain = std::iter::from_fn(move || {
            let unit = self.units.get(place(next?))?;
            next = unit.upper;
            Some(unit)
        });
        // Of a unit's own event the unit itself is none above it.
        let first = unit.and_then(|unit| self.units.get(place(unit)));
        let own = first.is_some_and(|first| first.subject == Some(subject));
        chain.zip(u32::from(!own)..).flat_map(move |(unit, level)| {
            let leaders = unit.leaders.iter().filter(move |stay| stay.is_on(day));
            let all = unit.subject.into_iter().chain(leaders.map(|stay| stay.leader));
            all.filter(move |above| *above != subject)
                .map(move |subject| Above { subject, level: level.max(1) })
        })
    }
}

impl Stay {
    fn is_on(&self, day: Option<NaiveDate>) -> bool {
        day.is_none_or(|day| self.from <= day && self.before.is_none_or(|before| day < before))
    }
}

/// The units that are named.
struct Names<'s, 'i> {
    subjects: &'s [Subject],
    ids: &'i HashMap<&'s str, u32>,
    numbers: HashMap<&'s str, u32>,
    units: Vec<Unit>,
    /// Whether a name must be on the list: it must where there are units. A row that could not be read may be
    /// one of them.
    strict: bool,
}

impl<'s, 'i> Names<'s, 'i> {
    fn new(subjects: &'s [Subject], ids: &'i HashMap<&'s str, u32>) -> Self {
        let strict = subjects.iter().any(|s| s.kind == SubjectKind::Unit)
            && !subjects.iter().any(|s| s.id.as_str().is_empty());
        Self { subjects, ids, numbers: HashMap::new(), units: Vec::new(), strict }
    }

    /// Returns the number of a unit by its name.
    fn number(&mut self, name: &'s Label) -> u32 {
        let next = u32::try_from(self.units.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(name.as_str()).or_insert(next);
        if number == next {
            self.units.push(Unit::default());
        }
        number
    }

    /// Returns the number of a subject that is a unit, or may be one since its row could not be read.
    fn own(&mut self, subject: &'s Subject, place_in_list: u32) -> Option<u32> {
        let unit = subject.kind == SubjectKind::Unit || subject.problem().is_some();
        if !unit || self.ids.get(subject.id.as_str()) != Some(&place_in_list) {
            return None;
        }
        let own = self.number(&subject.id);
        if let Some(unit) = self.units.get_mut(place(own)) {
            unit.subject = Some(place_in_list);
        }
        // Of an unread person the unit above is the one that it names.
        (subject.kind == SubjectKind::Unit).then_some(own)
    }

    /// Returns the unit that a subject names; `UNKNOWN` where that is an error that is kept.
    fn named(
        &mut self,
        name: &'s Label,
        subject: &Subject,
        field: impl FnOnce() -> String,
        faults: &mut Faults,
    ) -> Result<u32> {
        let found = self.ids.get(name.as_str()).copied();
        let listed = found.and_then(|at| Some((at, self.subjects.get(place(at))?)));
        let error = match listed {
            _ if !self.strict => return Ok(self.number(name)),
            Some((_, unit)) if unit.kind == SubjectKind::Unit || unit.problem().is_some() => {
                return Ok(self.number(name));
            }
            // The row has its error already.
            _ if subject.problem().is_some() => return Ok(UNKNOWN),
            Some((_, other)) => {
                let kind = other.kind;
                contradiction(
                    format!("{} 的单位写为 {name}，但 {name} 是{}", subject.id, kind.zh()),
                    format!(
                        "{} names {name} as its unit, but that is a subject of the kind {}",
                        subject.id,
                        kind.en()
                    ),
                )
            }
            None => {
                Error::new(ErrorCode::UnknownSubject).arg("event", &subject.id).arg("subject", name)
            }
        };
        let error = error.person(subject.id.as_str()).field(field());
        faults.subjects(self.ids.get(subject.id.as_str()).copied(), error)?;
        Ok(UNKNOWN)
    }

    #[cold]
    fn moves_of(
        &mut self,
        subject: &'s Subject,
        number: u32,
        faults: &mut Faults,
    ) -> Result<Vec<(NaiveDate, u32)>> {
        let wrong = if subject.kind == SubjectKind::Unit {
            let zh = "单位没有调动：moves 用于人员";
            let en = "a unit does not move: `moves` is for people";
            Some(Error::new(ErrorCode::InvalidInput).arg_in("detail", zh, en))
        } else {
            let mut pairs = subject.moves.iter().zip(subject.moves.iter().skip(1));
            pairs.find(|(one, next)| next.from <= one.from).map(|(one, next)| {
                contradiction(
                    format!("调动须按日期先后、一日一次：{} 之后是 {}", one.from, next.from),
                    format!(
                        "moves stand in order, one a day, but {} follows {}",
                        next.from, one.from
                    ),
                )
            })
        };
        if let Some(error) = wrong {
            let error = error.person(subject.id.as_str()).field(field(number, "moves"));
            faults.subjects([number], error)?;
            let moves = subject.kind != SubjectKind::Unit;
            return Ok(moves.then_some((NaiveDate::MIN, UNKNOWN)).into_iter().collect());
        }
        let mut out = Vec::with_capacity(subject.moves.len());
        for (step, at) in subject.moves.iter().zip(0u32..) {
            let field = || field(number, &format!("moves[{at}].unit"));
            out.push((step.from, self.named(&step.unit, subject, field, faults)?));
        }
        Ok(out)
    }
}

fn field(number: u32, key: &str) -> String {
    format!("subjects[{number}].{key}")
}

#[inline]
fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cold]
fn faults_of_circle(
    mut members: Vec<u32>,
    subjects: &[Subject],
    faults: &mut Faults,
) -> Result<()> {
    // The circle is told from its first row on.
    let first = members.iter().zip(0..).min().map_or(0, |(_, at)| at);
    members.rotate_left(first);
    let id = |number: &u32| subjects.get(place(*number)).map(|s| s.id.as_str());
    let Some(first) = members.first() else { return Ok(()) };
    let names: Vec<_> = members.iter().chain([first]).filter_map(id).collect();
    let way = names.join(" → ");
    let error = contradiction(
        format!("单位的上级首尾相接：{way}"),
        format!("units stand above each other in a circle: {way}"),
    );
    let error = error.person(id(first).unwrap_or_default()).field(field(*first, "unit"));
    faults.subjects(members, error)
}
