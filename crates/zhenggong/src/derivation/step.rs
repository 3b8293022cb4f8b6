//! Steps of a derivation.

use super::{Label, Value};
use crate::{
    number::{Exact, Rounding},
    policy::CiteId,
    vocabulary::Term,
};

/// How a term joins the formula of its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// The first term.
    Is,
    /// Added.
    Plus,
    /// Taken off.
    Minus,
    /// Multiplied.
    Times,
    /// Divided by.
    Over,
    /// Raised to this floor where it lay below.
    AtLeast,
    /// Cut to this ceiling where it lay above.
    AtMost,
}

impl Op {
    /// Returns the sign that the formula shows.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Is => "",
            Self::Plus => " + ",
            Self::Minus => " − ",
            Self::Times => " × ",
            Self::Over => " ÷ ",
            Self::AtLeast => " ↑ ",
            Self::AtMost => " ↓ ",
        }
    }

    /// Returns the name used in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::Plus => "plus",
            Self::Minus => "minus",
            Self::Times => "times",
            Self::Over => "over",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
        }
    }
}

/// One step, as static ids and plain values. Lines nest: every `Begin` has its `End`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// A line begins.
    Begin(Label),
    /// A term of the line's formula.
    Term {
        /// How it joins.
        op: Op,
        /// What it is.
        label: Label,
        /// How much.
        value: Value,
        /// Where the value comes from; none for a fact of the person.
        cite: Option<CiteId>,
    },
    /// A fact or reason that is not a number of the formula: its name and value.
    Note {
        /// What is noted.
        label: Label,
        /// Its value, where it has one.
        value: Option<Value>,
        /// Where it comes from; none for a fact of the person.
        cite: Option<CiteId>,
    },
    /// The formula's value is rounded.
    Round {
        /// The value before.
        before: Exact,
        /// How it is rounded.
        rounding: Rounding,
        /// Where the rounding comes from.
        cite: Option<CiteId>,
    },
    /// The line ends with this value.
    End(Value),
}

impl Step {
    /// Returns the citation of the step.
    #[must_use]
    pub fn cite(&self) -> Option<CiteId> {
        match self {
            Self::Term { cite, .. } | Self::Note { cite, .. } | Self::Round { cite, .. } => *cite,
            Self::Begin(_) | Self::End(_) => None,
        }
    }

    /// Makes a note with a term's name.
    #[must_use]
    pub fn note(term: &'static Term, value: Option<Value>) -> Self {
        Self::Note { label: Label::Term(term), value, cite: None }
    }
}
