//! How long a subject was on the list in a period, and whether that is long enough to be graded.

use super::{Assessment, KindPlan, Scheme, Score, Subject};

/// The days of a period on which a subject was on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Presence {
    /// The days on the list.
    pub days: i64,
    /// The days of the period.
    pub of: i64,
    /// The least days that the scheme wants, where it says some.
    pub least: Option<u32>,
}

impl Presence {
    pub(super) fn of(subject: &Subject, plan: &KindPlan<'_>, scheme: &Scheme) -> Self {
        let from = subject.from.map_or(plan.window.from, |day| day.max(plan.window.from));
        let to = subject.to.map_or(plan.window.to, |day| day.min(plan.window.to));
        let days = ((to - from).num_days() + 1).max(0);
        Self { days, of: plan.window.days(), least: scheme.least_days }
    }

    /// Returns whether the subject was on the list on every day.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.days >= self.of
    }

    /// Returns whether it was there for fewer days than the scheme wants, so that it has no grade.
    #[must_use]
    pub fn is_short(self) -> bool {
        self.least.is_some_and(|least| self.days < i64::from(least))
    }
}

impl Assessment<'_> {
    /// Returns how long the subject of a score was on the list.
    #[must_use]
    pub fn presence(&self, score: &Score) -> Option<Presence> {
        let scheme = &self.scheme(score)?.scheme;
        Some(Presence::of(self.subject(score)?, self.plan(score)?, scheme))
    }
}
