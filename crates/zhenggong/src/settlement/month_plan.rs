//! The parameters that a month's settlement reads, looked up once and not per person.

use crate::{
    Result,
    allowance::{PoliceOvertimeAllowance, PoliceRankAllowance},
    calendar::Month,
    policy::{Parameters, Snapshot},
};

/// The parameters of a month. A rule whose values are missing keeps its error until a person needs it.
#[derive(Debug)]
pub struct MonthPlan<'s> {
    pub(super) month: Month,
    pub(super) rank: Part<'s, PoliceRankAllowance>,
    pub(super) overtime: Part<'s, PoliceOvertimeAllowance>,
}

/// The parameters of one rule, or why there are none.
#[derive(Debug)]
pub(super) struct Part<'s, P>(Result<&'s P>);

impl<'s, P: Parameters> Part<'s, P> {
    fn of(snapshot: &'s Snapshot) -> Self {
        Self(snapshot.get())
    }

    /// Returns the parameters.
    #[inline]
    pub(super) fn get(&self) -> Result<&'s P> {
        match &self.0 {
            Ok(parameters) => Ok(parameters),
            Err(error) => Err(error.clone()),
        }
    }
}

impl<'s> MonthPlan<'s> {
    /// Looks up what the settlement of the snapshot's month reads.
    #[must_use]
    pub fn new(snapshot: &'s Snapshot) -> Self {
        Self {
            month: snapshot.query().month,
            rank: Part::of(snapshot),
            overtime: Part::of(snapshot),
        }
    }

    /// Returns the month.
    #[must_use]
    pub fn month(&self) -> Month {
        self.month
    }
}
