//! The keys that an event brings, and those that the kinds of rule read: none is passed over in silence.

use super::{Event, FactorForm, FactorOn, ItemRule, RuleForm, RuleKind, Scheme};
use crate::{Error, ErrorCode};

/// Keys of an event beside who, when and which rule, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Keys(u16);

const NAMES: [&str; 9] =
    ["value", "points", "rater", "rater_kind", "matter", "count", "flags", "discipline", "result"];

impl Keys {
    const VALUE: Self = Self(1);
    const POINTS: Self = Self(1 << 1);
    const RATER: Self = Self(1 << 2);
    const RATER_KIND: Self = Self(1 << 3);
    const MATTER: Self = Self(1 << 4);
    const COUNT: Self = Self(1 << 5);
    const FLAGS: Self = Self(1 << 6);
    const DISCIPLINE: Self = Self(1 << 7);
    const RESULT: Self = Self(1 << 8);
    /// Of a rule that reads the count only where there is no value.
    const EITHER: Self = Self(1 << 9);

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    const fn on(self, given: bool) -> Self {
        if given { self } else { Self(0) }
    }

    /// Returns the keys that an event brings. A count of 1 is as good as none.
    #[inline]
    pub(super) fn of(event: &Event) -> Self {
        Self::VALUE
            .on(event.value.is_some())
            .with(Self::POINTS.on(event.points.is_some()))
            .with(Self::RATER.on(event.rater.is_some()))
            .with(Self::RATER_KIND.on(event.rater_kind.is_some()))
            .with(Self::MATTER.on(event.matter.is_some()))
            .with(Self::COUNT.on(event.count != 1))
            .with(Self::FLAGS.on(!event.flags.is_empty()))
            .with(Self::DISCIPLINE.on(event.discipline.is_some()))
            .with(Self::RESULT.on(event.result.is_some()))
    }

    /// Returns the keys that a rule reads.
    pub(super) fn read_by(rule: &ItemRule) -> Self {
        let counted = Self::COUNT.with(Self::FLAGS);
        let read = match rule.form.kind() {
            RuleKind::Fixed | RuleKind::PerOccurrence | RuleKind::Surcharge => counted,
            RuleKind::Manual => counted.with(Self::POINTS),
            RuleKind::Shortfall | RuleKind::Target | RuleKind::Ceiling | RuleKind::TrainingDays => {
                Self::VALUE.with(Self::EITHER)
            }
            RuleKind::Fitness => Self::DISCIPLINE.with(Self::RESULT),
            RuleKind::Bands => Self::VALUE,
            RuleKind::Rated => {
                Self::POINTS.with(Self::RATER).with(Self::RATER_KIND).with(Self::COUNT)
            }
        };
        read.with(Self::MATTER.on(rule.once_per_matter))
    }

    fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES
            .into_iter()
            .enumerate()
            .filter(move |(bit, _)| self.0 & (1 << bit) != 0)
            .map(|(_, n)| n)
    }
}

/// The keys that the rules of an event read together.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reads(Keys);

impl Reads {
    #[inline]
    pub(super) fn add(&mut self, keys: Keys) {
        self.0 = self.0.with(keys);
    }

    /// Returns the keys of the event that none of its rules reads.
    #[inline]
    pub(super) const fn unused(self, given: Keys) -> Keys {
        let count = self.0.has(Keys::EITHER) && !given.has(Keys::VALUE);
        let read = self.0.with(Keys::COUNT.on(count));
        Keys(given.0 & !read.0)
    }
}

impl Keys {
    #[inline]
    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Returns whether a rule reads the flag of this bit: a surcharge of its own, or a factor for its item.
pub(super) fn reads_flag(scheme: &Scheme, rule: &ItemRule, flag: u64) -> bool {
    let occurs = !rule.is_measured();
    let own = match &rule.form {
        RuleForm::Surcharge { extra, .. } => extra.iter().any(|(bit, _)| *bit == flag),
        _ => false,
    };
    let mut factors = scheme.factors.iter().filter(|f| f.on == FactorOn::Event);
    own || (occurs
        && factors.any(|f| match &f.form {
            FactorForm::Flag { bit, items, .. } => {
                *bit == flag && (items.is_empty() || items.contains(&rule.item))
            }
            _ => false,
        }))
}

/// Returns the error of an event with keys that none of its rules reads.
#[cold]
pub(super) fn unused(event: &Event, number: u32, unused: Keys, rules: &[&ItemRule]) -> Error {
    let key = unused.names().next().unwrap_or("flags");
    let either = key == "count" && rules.iter().any(|r| Keys::read_by(r).has(Keys::EITHER));
    let mut kinds: Vec<RuleKind> = Vec::new();
    let mut read = Keys::default();
    for rule in rules {
        let kind = rule.form.kind();
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
        let keys = Keys::read_by(rule);
        read = read.with(keys).with(Keys::COUNT.on(keys.has(Keys::EITHER) && !either));
    }
    let said = |of: fn(RuleKind) -> &'static str, between: &str| {
        kinds.iter().map(|kind| of(*kind)).collect::<Vec<_>>().join(between)
    };
    let (zh, en) = (said(RuleKind::zh, "、"), said(RuleKind::code, ", "));
    let read: Vec<_> = read.names().collect();
    let id = &event.id;
    Error::new(ErrorCode::InvalidInput)
        .arg_in(
            "detail",
            format!("事件“{id}”的规则属“{zh}”，不看 {key}，只看 {}", read.join("、")),
            format!(
                "the rule of the event {id} is of the kind {en}, which does not read {key}, but {}",
                read.join(", ")
            ),
        )
        .field(format!("events[{number}].{key}"))
}

/// Returns the error of a flag that no rule of the event reads.
#[cold]
pub(super) fn unread_flag(event: &Event, number: u32, flag: &str, known: &[&str]) -> Error {
    let id = &event.id;
    let (zh, en) = match known {
        [] => ("不看标记".to_owned(), "no flag at all".to_owned()),
        known => (format!("只看 {}", known.join("、")), format!("only {}", known.join(", "))),
    };
    Error::new(ErrorCode::InvalidInput)
        .arg_in(
            "detail",
            format!("事件“{id}”的规则不看标记“{flag}”，{zh}"),
            format!("the rule of the event {id} does not read the flag {flag}; it reads {en}"),
        )
        .field(format!("events[{number}].flags"))
}
