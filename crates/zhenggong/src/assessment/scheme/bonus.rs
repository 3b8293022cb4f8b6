//! The coefficient that an assessment gives to the bonus of the same month.

use crate::{
    assessment::{PointRounding, Points},
    number::Rate,
};

/// How a score becomes the coefficient of the month's performance pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bonus {
    /// By grade; a grade without an entry, and no grade, are left to a decision unless stated.
    ByGrade {
        /// For each grade.
        grades: Vec<Option<Rate>>,
        /// Without a grade.
        ungraded: Option<Rate>,
    },
    /// By the lowest total that gets it, best first; the last one has no limit.
    ByTotal(Vec<(Option<Points>, Rate)>),
    /// The total over these points.
    Proportional(Points, PointRounding),
}
