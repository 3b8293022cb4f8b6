//! Who is not scored, and why: what is wrong with a subject itself, with an event of it, or below it.

use super::{
    assess::Run, cascades::above, doubtful::Doubtful, fault::Fault, ledger::Live, nowhere::Nowhere,
};
use crate::Error;

impl Run<'_, '_> {
    /// Refuses those whose own scheme does not fit.
    pub(super) fn refuse_schemes(&mut self) {
        let ledger = self.ledger;
        for (subject, number) in ledger.subjects().iter().zip(0u32..) {
            let own = subject.scheme.as_ref().filter(|_| subject.problem().is_none());
            let group = own.and_then(|_| ledger.brief(number)).map(|brief| brief.group);
            if let Some(error) = group.and_then(|group| self.plans.refusal(group)) {
                let mut error = error.clone();
                if error.field_name().is_none() {
                    error = error.field(format!("subjects[{number}].scheme"));
                }
                self.fail(number, error);
            }
        }
    }

    /// Marks a subject as not scored; true where it was marked before.
    pub(super) fn mark(&mut self, subject: u32) -> bool {
        let slot = usize::try_from(subject).ok().and_then(|at| self.failed.get_mut(at));
        slot.is_some_and(|slot| std::mem::replace(slot, true))
    }

    #[cold]
    pub(super) fn fail(&mut self, subject: u32, error: Error) {
        self.mark(subject);
        self.errors.push((subject, error));
    }

    /// Takes what the ledger found wrong.
    #[cold]
    pub(super) fn fault(&mut self, fault: &Fault) {
        if fault.subjects.is_empty() {
            self.errors.push((u32::MAX, fault.error.clone()));
        }
        for subject in &fault.subjects {
            self.fail(*subject, fault.error.clone());
            match fault.event {
                Some(event) => self.fail_above(*subject, event, &fault.error),
                None => self.fail_above_unread(*subject, &fault.error),
            }
        }
    }

    /// Marks those above a subject whom a bad event would count for.
    #[cold]
    pub(super) fn fail_above(&mut self, subject: u32, event: u32, error: &Error) {
        for above in above(self.ledger, self.plans, subject, event) {
            if !self.mark(above) {
                self.touched.push((above, error.clone()));
            }
        }
    }

    /// Marks those above a subject whose row could not be read: its events might count for them.
    pub(super) fn fail_above_unread(&mut self, subject: u32, error: &Error) {
        let ledger = self.ledger;
        let unread = ledger.subject(subject).is_some_and(|s| s.problem().is_some());
        for above in ledger.chain().ever_above(subject).into_iter().filter(|_| unread) {
            if !self.mark(above.subject) {
                self.touched.push((above.subject, error.clone()));
            }
        }
    }

    /// Marks those for whom an event might count whose subject has rows that leave open where it belongs.
    pub(super) fn fail_doubtful(&mut self) {
        let (ledger, plans) = (self.ledger, self.plans);
        for (error, concerned) in Doubtful::new(ledger).concerned(ledger, plans) {
            self.touch(concerned, error);
        }
    }

    /// Marks those above, with the error of what is below them.
    pub(super) fn touch(&mut self, concerned: Vec<u32>, error: &Error) {
        for above in concerned {
            if !self.mark(above) {
                let id = self.ledger.subject(above).map_or("", |subject| subject.id.as_str());
                self.touched.push((above, error.clone().of_person(id)));
            }
        }
    }

    /// Marks those for whom an event might count whose unit nobody knows.
    pub(super) fn fail_anywhere(&mut self, nowhere: &mut Nowhere, l: &Live) {
        let Some((error, concerned)) = nowhere.of(self.ledger, self.plans, l) else { return };
        self.touch(concerned, error);
    }
}
