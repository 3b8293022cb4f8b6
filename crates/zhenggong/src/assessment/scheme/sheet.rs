//! Sheets (考核表), and how they make a total.

use std::ops::Range;

use crate::{
    assessment::{Above, Points},
    number::Rate,
};

/// A sheet of a scheme: it starts at its base, and its items change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its place among the names of the scheme.
    pub label: u16,
    /// The points it starts at.
    pub base: Points,
    /// What the weights of its items sum to.
    pub full: Points,
    /// Its weight in the total, where sheets are weighted.
    pub weight: Option<Rate>,
    /// The fewest points it can have, if any.
    pub floor: Option<Points>,
    /// The most points it can have, if any.
    pub cap: Option<Points>,
    /// Its items among those of the scheme.
    pub items: Range<u16>,
}

/// How sheets make a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combine {
    /// They are added up.
    Sum,
    /// Each is multiplied by its weight; the weights sum to 1.
    Weighted,
    /// Their mean.
    Mean,
    /// This base, with what each sheet is above or below its own base.
    BaseMinusLoss(Points),
}

/// The bounds of a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TotalLimits {
    /// The full score.
    pub full: Points,
    /// What happens with a total above it.
    pub above: Above,
    /// The lowest total, if there is one.
    pub floor: Option<Points>,
}
