//! The scores of a period.

use super::{
    Entry, KindPlan, Ledger, Period, Points, Span, Subject, TrailBook, TrailLine, VetoEffect,
    VetoScope, cascades::above, comparison_errors::Side, naming, plan::Plans,
};
use crate::{Error, number::Rate, person::Label};

/// The score of one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Score {
    /// The subject, by its place in the ledger.
    pub subject: u32,
    /// The total of the sheets before factors.
    pub combined: Points,
    /// The factors that multiplied the total, or the totals of its parts.
    pub factors: Vec<AppliedFactor>,
    /// The total.
    pub total: Points,
    /// The grade, by its place in the scheme that the period ends under; none where there is none.
    pub grade: Option<u8>,
    /// Whether a veto ends the contract.
    pub terminate: bool,
    /// The coefficient of the month's bonus, where the scheme gives one.
    pub coefficient: Option<Rate>,
    /// Vetoes that were set off.
    pub vetoes: Vec<VetoHit>,
    pub(super) sheets: std::ops::Range<usize>,
    pub(super) trail: std::ops::Range<usize>,
    /// The plan of a subject that has one of its own, by its place among those.
    pub(super) own_plan: Option<usize>,
}

/// A factor that multiplied the total of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppliedFactor {
    /// The part of the period.
    pub part: u8,
    /// The factor, by its place in the scheme of the part.
    pub factor: u16,
    /// What it multiplied by.
    pub value: Rate,
}

/// A veto that was set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VetoHit {
    /// The part of the period.
    pub part: u8,
    /// The veto, by its place in the scheme of the part.
    pub veto: u16,
    /// The event that set it off, by its place in the ledger, where it was one.
    pub event: Option<u32>,
}

/// The scores of a period.
#[derive(Debug)]
pub struct Assessment<'a> {
    pub(super) ledger: &'a Ledger<'a>,
    pub(super) period: Period,
    pub(super) plans: Plans<'a>,
    /// Plans of subjects that were not on the list all the time of a period that a switch splits.
    pub(super) own_plans: Vec<KindPlan<'a>>,
    pub(super) scores: Vec<Score>,
    pub(super) sheets: Vec<Points>,
    pub(super) book: TrailBook,
    pub(super) errors: Vec<Error>,
    /// Errors of what it was compared with.
    pub(super) comparison: Vec<(Side, Error)>,
}

impl<'a> Assessment<'a> {
    /// Returns the period.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// Returns the ledger that was scored.
    #[must_use]
    pub fn ledger(&self) -> &'a Ledger<'a> {
        self.ledger
    }

    /// Returns the windows of the plans by which subjects were scored.
    #[must_use]
    pub fn windows(&self) -> Vec<Span> {
        self.plans.iter().map(|p| p.window).collect()
    }

    /// Returns the scores, in the order of the subjects.
    #[must_use]
    pub fn scores(&self) -> &[Score] {
        &self.scores
    }

    /// Returns the errors of the subjects that could not be scored, in the order of the subjects; each names
    /// its subject. Last come those of units and leaders who are not scored because of events below them, and
    /// errors of events of nobody on the list.
    #[must_use]
    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// Returns the subject of a score.
    #[must_use]
    pub fn subject(&self, score: &Score) -> Option<&'a Subject> {
        self.ledger.subject(score.subject)
    }

    /// Returns the score of the subject of this id.
    #[must_use]
    pub fn of(&self, id: &str) -> Option<&Score> {
        self.scores.iter().find(|s| self.subject(s).is_some_and(|s| s.id.as_str() == id))
    }

    /// Returns how a subject of this score was scored: window, parts, schemes.
    #[must_use]
    pub fn plan(&self, score: &Score) -> Option<&KindPlan<'a>> {
        match score.own_plan {
            Some(own) => self.own_plans.get(own),
            None => self.group_plan(score),
        }
    }

    /// Returns how those of the group of a subject are scored who were there all the time.
    pub(super) fn group_plan(&self, score: &Score) -> Option<&KindPlan<'a>> {
        self.plans.of(self.ledger.brief(score.subject)?.group).map(|(_, plan)| plan)
    }

    /// Returns the unit of a subject on its last day in the period; of a unit, the one above it.
    #[must_use]
    pub fn unit(&self, score: &Score) -> Option<&'a Label> {
        let subject = self.subject(score)?;
        subject.unit_on(subject.last_day(self.plan(score)?.window))
    }

    /// Returns the scheme that gave grade and coefficient.
    #[must_use]
    pub fn scheme(&self, score: &Score) -> Option<&'a Entry> {
        self.plan(score)?.last()
    }

    /// Returns the scores of the sheets, part by part.
    #[must_use]
    pub fn sheets(&self, score: &Score) -> &[Points] {
        self.sheets.get(score.sheets.clone()).unwrap_or_default()
    }

    /// Returns the lines of the trail, where it was kept.
    #[must_use]
    pub fn trail(&self, score: &Score) -> &[TrailLine] {
        self.book.lines().get(score.trail.clone()).unwrap_or_default()
    }

    /// Takes an event that turned out bad: those whom it concerns have no score.
    #[cold]
    pub(super) fn refuse(&mut self, event: u32, error: &Error) {
        let ledger = self.ledger;
        let own = ledger.all_live().iter().find(|l| l.event == event).map(|l| l.subject);
        let Some(own) = own else { return };
        let above = above(ledger, &self.plans, own, event);
        for subject in std::iter::once(own).chain(above) {
            self.scores.retain(|s| s.subject != subject);
            if let Some(subject) = ledger.subject(subject) {
                let error = naming::with_event(error.clone(), ledger.events());
                self.errors.push(error.person(subject.id.as_str()));
            }
        }
    }

    /// Returns what the vetoes of a score do and how far they reach, in the order of their parts.
    pub fn effects(&self, score: &'a Score) -> impl Iterator<Item = (VetoEffect, VetoScope)> {
        score.vetoes.iter().filter_map(|hit| {
            let part = self.plan(score)?.parts.get(usize::from(hit.part))?;
            let veto = part.entry.scheme.vetoes.get(usize::from(hit.veto))?;
            Some((veto.effect, veto.scope))
        })
    }
}
