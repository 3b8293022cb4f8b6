//! What the points of a line come from, as the rules told it while they scored.

use super::Points;
use crate::number::Rate;

/// A number that went into the points of a line. Names stand in the scheme and in the ledger, by their places;
/// [`Assessment::grounds`](super::Assessment::grounds) finds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ground {
    /// The points for one occurrence: those of the rule or of the role, or those that were entered.
    Each(Points),
    /// What a flag of the scheme adds to one occurrence.
    Surcharge {
        /// The flag.
        flag: u8,
        /// Its points.
        points: Points,
    },
    /// How often it happened.
    Count(i64),
    /// A factor of the scheme on the points of the event.
    Factor {
        /// The factor.
        factor: u16,
        /// What it multiplied by.
        value: Rate,
        /// What it made of the points before.
        points: Points,
    },
    /// What one event measured.
    Value {
        /// The event.
        event: u32,
        /// The value.
        value: Points,
    },
    /// What was measured in all.
    Actual(Points),
    /// The people that a target goes by, and how many full groups they make, where only those count.
    Staff {
        /// The people.
        staff: u32,
        /// The full groups.
        groups: Option<u32>,
    },
    /// What was due, to four decimals.
    Due(Points),
    /// What is missing to that, to four decimals.
    Short(Points),
    /// What lies above the control number.
    Over(Points),
    /// The full steps above it.
    Steps(i64),
    /// The band of the rule.
    Band(u16),
    /// A rating.
    Rating(u32),
    /// What raters of one kind gave on average, to four decimals.
    Mean {
        /// The kind of rater.
        raters: u8,
        /// Its weight.
        weight: Rate,
        /// The mean; 0 where none of the kind has rated.
        mean: Points,
    },
    /// The weighted mean of all ratings, to four decimals.
    Average(Points),
    /// What a limit made of what there was.
    Limited {
        /// What there was.
        from: Points,
        /// What was left, or raised to.
        to: Points,
    },
    /// The event of the same matter that counts in the place of this one.
    Instead(u32),
    /// How many occurrences set the veto off.
    Occurrences(i64),
    /// The score of the sheet that set the veto off.
    SheetScore(Points),
    /// What the subject is that a factor of the total goes by, by its place in the factor.
    Identity(u16),
}
