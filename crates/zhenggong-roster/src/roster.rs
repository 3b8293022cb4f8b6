//! A roster that was read.

use zhenggong::{calendar::Month, error::Finding, person::PersonMonth};

use crate::Encoding;

/// How a roster is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RosterOptions {
    /// The encoding of the file.
    pub encoding: Encoding,
    /// The month that is being run; a line of another month is a finding.
    pub month: Month,
}

/// A line of a roster without a fault.
#[derive(Debug, Clone, PartialEq)]
pub struct RosterRow {
    /// The line of the file, from 1.
    pub line: u32,
    /// The facts of the person.
    pub person: PersonMonth,
}

/// What a roster holds: the lines without a fault, and all faults.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Roster {
    /// The lines without a fault, in the order of the file. There are none where the header has a
    /// fault, because then a fact of every person may be missing or doubtful.
    pub rows: Vec<RosterRow>,
    /// All faults, in the order of the file.
    pub findings: Vec<Finding>,
}

impl Roster {
    /// Returns whether nothing was found, so the rows are the whole roster.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}
