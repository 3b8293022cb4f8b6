//! Vetoes (否决): what overrides the score or the grade.

use crate::assessment::{Points, VetoEffect, VetoScope};

/// A veto of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Veto {
    /// Its place among the names of the scheme.
    pub label: u16,
    /// What sets it off.
    pub trigger: Trigger,
    /// What it does.
    pub effect: VetoEffect,
    /// The best grade that is left, for that effect.
    pub grade: Option<u8>,
    /// How far it reaches.
    pub scope: VetoScope,
    /// The clause of the scheme's text, by its place among the names of the scheme.
    pub clause: Option<u16>,
}

/// What sets a veto off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// So many occurrences of these rules together.
    Events {
        /// The rules.
        rules: Vec<u16>,
        /// How many it takes.
        at_least: u32,
    },
    /// A sheet below this score.
    SheetBelow(u8, Points),
}
