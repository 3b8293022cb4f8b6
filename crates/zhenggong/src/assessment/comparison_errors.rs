//! What was wrong on one side of a comparison: who has no score there differs by nothing that is known, and the
//! errors say so.

use super::{Assessment, score_answer::ErrorAnswer};
use crate::{Error, vocabulary::vocabulary};

vocabulary! {
    /// A side of a comparison.
    pub enum Side ("side", "对比的一边", "side of a comparison") {
        Before = "before", "原", "before";
        After = "after", "现", "after";
    }
}

impl Assessment<'_> {
    /// Returns the errors of the assessment that this one was compared with, but for those that it has itself,
    /// with the side that the other one is. Whom they name is in no difference.
    #[must_use]
    pub fn comparison_errors(&self) -> &[(Side, Error)] {
        &self.comparison
    }

    /// Keeps the errors of the assessment that this one is compared with.
    pub(super) fn keep_errors_of(&mut self, other: &Assessment<'_>, side: Side) {
        let other_month = other.period != self.period;
        // A row that is wrong by itself is wrong on both sides; what is missing in two periods is missing twice.
        let of_row = |error: &Error| {
            let field = error.field_name().unwrap_or_default();
            field.starts_with("events[") || field.starts_with("subjects[")
        };
        let own =
            |error: &&Error| !((of_row(error) || !other_month) && self.errors.contains(error));
        let month = other_month.then(|| other.period.last_month());
        let kept = other.errors.iter().filter(own).map(|error| {
            (side, month.map_or_else(|| error.clone(), |month| error.clone().month(month)))
        });
        self.comparison = kept.collect();
    }

    /// Returns the errors, then those of what it was compared with.
    pub(super) fn error_answers(&self) -> Vec<ErrorAnswer> {
        let own = self.errors.iter().map(|error| (None, error));
        let other = self.comparison.iter().map(|(side, error)| (Some(*side), error));
        let answer = |(side, error): (Option<Side>, &Error)| ErrorAnswer {
            event: self.ledger.event_of(error).map(|event| event.id.clone()),
            side,
            error: error.clone(),
        };
        own.chain(other).map(answer).collect()
    }
}
