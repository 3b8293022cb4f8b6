//! Ranking lists: by kind of subject and sequence, highest total first. Equal totals share a rank.

use super::{Assessment, Points, Presence, Score, SubjectKind};
use crate::person::Label;

/// A place in a ranking list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The kind of subject of the list.
    pub kind: SubjectKind,
    /// The sequence of the list, where subjects have one.
    pub sequence: Option<Label>,
    /// The rank, from 1; equal totals share it, and the next one is left out.
    pub rank: u32,
    /// The subject, by its place in the ledger.
    pub subject: u32,
    /// The total.
    pub total: Points,
}

/// Returns the ranking lists of an assessment, one after the other: by kind and sequence, each highest
/// total first. Subjects with the same total share a rank and stand in the order of the ledger; no
/// accident breaks a tie.
#[must_use]
pub fn ranking(assessment: &Assessment<'_>) -> Vec<Place> {
    let mut rows: Vec<(SubjectKind, Option<&Label>, &Score)> = assessment
        .scores()
        .iter()
        .filter(|score| !assessment.presence(score).is_some_and(Presence::is_short))
        .filter_map(|score| {
            let subject = assessment.subject(score)?;
            Some((subject.kind, subject.sequence.as_ref(), score))
        })
        .collect();
    rows.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total.cmp(&a.2.total)));
    let mut out: Vec<Place> = Vec::with_capacity(rows.len());
    let mut in_list = 0u32;
    for (kind, sequence, score) in rows {
        let before = out.last().filter(|p| p.kind == kind && p.sequence.as_ref() == sequence);
        let (position, rank) = match before {
            Some(before) if before.total == score.total => (in_list + 1, before.rank),
            Some(_) => (in_list + 1, in_list + 1),
            None => (1, 1),
        };
        in_list = position;
        out.push(Place {
            kind,
            sequence: sequence.cloned(),
            rank,
            subject: score.subject,
            total: score.total,
        });
    }
    out
}
