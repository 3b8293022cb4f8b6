//! The standards of other rules that a pay plan may take amounts from.

use super::{MinimumWage, Standard};
use crate::{
    Error, ErrorCode, Result,
    allowance::PoliceOvertimeAllowance,
    number::Money,
    policy::{Snapshot, Sourced},
    vocabulary::Vocabulary,
};

/// The standards of one snapshot that the lines of a pay plan may name; make it once for a month.
///
/// A standard that is missing keeps the error that says why, and gives it to the line that needs it.
#[derive(Debug, Clone)]
pub struct Standards {
    /// The flat police overtime allowance a month.
    pub police_overtime_flat: Result<Sourced<Money>>,
    /// The minimum wage a month.
    pub minimum_wage: Result<Sourced<Money>>,
}

impl Standards {
    /// Returns the standards in force in the snapshot.
    #[must_use]
    pub fn of(snapshot: &Snapshot) -> Self {
        let police_overtime_flat = match snapshot.get::<PoliceOvertimeAllowance>() {
            Ok(PoliceOvertimeAllowance::Flat(flat)) => Ok(*flat),
            Ok(PoliceOvertimeAllowance::Days { .. }) => Err(by_day()),
            Err(error) => Err(error),
        };
        let minimum_wage = snapshot.get::<MinimumWage>().map(|m| m.monthly);
        Self { police_overtime_flat, minimum_wage }
    }

    /// Returns the amount of this standard.
    ///
    /// # Errors
    ///
    /// The policy error that kept it from being known, or `NotApplicable` where the police overtime
    /// allowance of the month has no flat amount.
    #[inline]
    pub fn get(&self, standard: Standard) -> Result<Sourced<Money>> {
        let found = match standard {
            Standard::PoliceOvertimeFlat => &self.police_overtime_flat,
            Standard::MinimumWage => &self.minimum_wage,
        };
        match found {
            Ok(amount) => Ok(*amount),
            Err(error) => Err(missing(error)),
        }
    }
}

#[cold]
fn missing(error: &Error) -> Error {
    error.clone()
}

#[cold]
fn by_day() -> Error {
    let term = Standard::PoliceOvertimeFlat.term();
    Error::new(ErrorCode::NotApplicable).arg_both(
        "detail",
        format!("该月民警加班补贴按天计发，没有“{}” / paid by the day, no {}", term.zh, term.en),
    )
}
