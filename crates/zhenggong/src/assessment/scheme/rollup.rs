//! How the scores of months make a quarter and a year (月月练、季季考、年度比).

use super::Grade;
use crate::{
    assessment::{
        MissingPeriod, PeriodKind, PointRounding, Points, RollupMethod, UngradedPart, VetoEffect,
    },
    number::Rate,
};

/// How shorter periods make a longer one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollup {
    /// The period that is made.
    pub to: PeriodKind,
    /// The periods that it is made of.
    pub from: PeriodKind,
    /// How.
    pub method: RollupMethod,
    /// The weight of each period in its order, for the weighted method.
    pub weights: Vec<Rate>,
    /// What happens with a period that has no score.
    pub missing: MissingPeriod,
    /// What happens with a period that has a score and no grade; none where the scheme leaves it to a
    /// decision.
    pub ungraded: Option<UngradedPart>,
    /// How many periods must have a score.
    pub at_least: u32,
    /// The part that the periods have in the result; the rest comes from extras.
    pub share: Rate,
    /// What is added, each up to its most.
    pub extras: Vec<Extra>,
    /// How the result is rounded.
    pub rounding: PointRounding,
    /// Grades of the longer period, best first.
    pub grades: Vec<Grade>,
    /// What several low grades in the periods do.
    pub repeats: Vec<Repeat>,
}

/// Points that are added beside the periods, such as 民主测评.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// Its place among the names of the scheme.
    pub label: u16,
    /// The most.
    pub most: Points,
}

/// What several low grades in the periods do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// Its place among the names of the scheme.
    pub label: u16,
    /// The grade of the shorter periods that is counted.
    pub grade: u8,
    /// How often it takes.
    pub times: u32,
    /// Whether they have to follow each other.
    pub in_a_row: bool,
    /// What it does.
    pub effect: VetoEffect,
    /// The best grade of the longer period that is left, for that effect.
    pub at_most: Option<u8>,
}
