//! Subjects that are scored alike: of one kind, by one scheme.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Subject, SubjectKind};
use crate::vocabulary::Vocabulary;

/// What scoring reads of a subject for every event.
#[derive(Debug, Clone, Copy)]
pub(super) struct Brief {
    /// Its group.
    pub(super) group: u32,
    from: NaiveDate,
    to: NaiveDate,
}

/// Subjects of one kind that are scored by the same scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group<'a> {
    pub(super) kind: SubjectKind,
    /// The scheme that they name themselves; none where it goes by the place or by the question.
    pub(super) scheme: Option<&'a str>,
    /// Whether it has a subject whose row could be read.
    pub(super) has_subjects: bool,
}

impl Brief {
    #[inline]
    pub(super) fn on_list(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}

/// Returns the groups of the subjects, and what scoring reads of each of them.
pub(super) fn grouped(subjects: &[Subject]) -> (Vec<Group<'_>>, Vec<Brief>) {
    let plain = |kind: &SubjectKind| Group { kind: *kind, scheme: None, has_subjects: false };
    let mut groups: Vec<Group<'_>> = SubjectKind::ALL.iter().map(plain).collect();
    let mut named: HashMap<(SubjectKind, &str), usize> = HashMap::new();
    let mut briefs = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let at = match &subject.scheme {
            None => subject.kind.index(),
            Some(scheme) => *named.entry((subject.kind, scheme)).or_insert_with(|| {
                groups.push(Group { scheme: Some(scheme), ..plain(&subject.kind) });
                groups.len() - 1
            }),
        };
        if let Some(group) = groups.get_mut(at) {
            group.has_subjects |= subject.problem().is_none();
        }
        briefs.push(Brief {
            group: u32::try_from(at).unwrap_or(u32::MAX),
            from: subject.from.unwrap_or(NaiveDate::MIN),
            to: subject.to.unwrap_or(NaiveDate::MAX),
        });
    }
    (groups, briefs)
}
