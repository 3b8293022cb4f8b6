//! What is wrong with subjects and events: the first one ends a request, or all are kept for a report.

use std::collections::HashSet;

use super::OnError;
use crate::{Error, Result};

/// Something wrong, and whom it concerns.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    /// The event by its place in the input, where it is one.
    pub(super) event: Option<u32>,
    /// The subjects that can't be scored for it, by their places; none where nobody is known by the id.
    pub(super) subjects: Vec<u32>,
    pub(super) error: Error,
}

/// What was found wrong, in the order in which it was found.
#[derive(Debug, Clone)]
pub(super) struct Faults {
    on_error: OnError,
    found: Vec<Fault>,
}

impl Faults {
    pub(super) const fn new(on_error: OnError) -> Self {
        Self { on_error, found: Vec::new() }
    }

    /// Takes a fault of an event; it comes back as the error where errors are not kept.
    #[cold]
    pub(super) fn event(
        &mut self,
        event: u32,
        subjects: impl IntoIterator<Item = u32>,
        error: Error,
    ) -> Result<()> {
        self.take(Fault { event: Some(event), subjects: subjects.into_iter().collect(), error })
    }

    /// Takes a fault of subjects; it comes back as the error where errors are not kept.
    #[cold]
    pub(super) fn subjects(
        &mut self,
        subjects: impl IntoIterator<Item = u32>,
        error: Error,
    ) -> Result<()> {
        self.take(Fault { event: None, subjects: subjects.into_iter().collect(), error })
    }

    fn take(&mut self, mut fault: Fault) -> Result<()> {
        if self.on_error == OnError::Raise {
            return Err(fault.error);
        }
        fault.subjects.sort_unstable();
        fault.subjects.dedup();
        self.found.push(fault);
        Ok(())
    }

    /// Lets every fault of an event concern the subjects of the events as well that it corrects, one
    /// after the other.
    pub(super) fn reach(
        &mut self,
        corrected: impl Fn(u32) -> Option<u32>,
        subject: impl Fn(u32) -> Option<u32>,
    ) {
        for fault in &mut self.found {
            let mut seen: HashSet<u32> = fault.event.into_iter().collect();
            let mut next = fault.event.and_then(&corrected);
            while let Some(old) = next.filter(|old| seen.insert(*old)) {
                let subject = subject(old).filter(|s| !fault.subjects.contains(s));
                fault.subjects.extend(subject);
                next = corrected(old);
            }
        }
    }

    pub(super) fn found(&self) -> &[Fault] {
        &self.found
    }

    /// Returns whether faults are kept for a report.
    pub(super) fn are_kept(&self) -> bool {
        self.on_error == OnError::Report
    }
}
