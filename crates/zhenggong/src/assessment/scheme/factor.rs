//! Factors: what multiplies the points of an event, or the total.

use crate::{
    assessment::{Condition, FactorOn},
    number::Rate,
};

/// A factor of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Its place among the names of the scheme.
    pub label: u16,
    /// What it multiplies.
    pub on: FactorOn,
    /// When it holds, and its value.
    pub form: FactorForm,
    /// The clause of the scheme's text, by its place among the names of the scheme.
    pub clause: Option<u16>,
}

/// When a factor holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactorForm {
    /// On events with this flag, of the items named, or of all where none is.
    Flag {
        /// Bit of the flag.
        bit: u64,
        /// The value.
        value: Rate,
        /// The items.
        items: Vec<u16>,
    },
    /// In this condition.
    Condition {
        /// The condition.
        when: Condition,
        /// The value.
        value: Rate,
    },
    /// By what the subject is; of several, the highest. Without any, the default.
    Identity {
        /// The value of each identity.
        values: Vec<(String, Rate)>,
        /// Without any.
        default: Rate,
    },
}
