//! Ranking lists: by kind of subject, scheme and sequence, highest total first. Equal totals share a rank.

use super::{Assessment, KindPlan, Points, Presence, Score, SubjectKind};
use crate::person::Label;

/// A place in a ranking list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The number of its list, from 0.
    pub list: u32,
    /// The kind of subject of the list.
    pub kind: SubjectKind,
    /// The scheme that gives the grades of the list.
    pub scheme: String,
    /// The sequence of the list, where subjects have one.
    pub sequence: Option<Label>,
    /// The rank, from 1; equal totals share it, and the next one is left out.
    pub rank: u32,
    /// The subject, by its place in the ledger.
    pub subject: u32,
    /// Its score, by its place among those of the assessment.
    pub score: usize,
    /// The total.
    pub total: Points,
}

/// Returns the ranking lists of an assessment, one after the other: by kind, scheme and sequence, each
/// highest total first. Totals of different schemes are not compared, nor those of a split period where the
/// schemes of any part differ. Subjects with the same total share a rank and stand in the order of the ledger;
/// no accident breaks a tie. Who was on the list for less than a grade takes has no place.
#[must_use]
pub fn ranking(assessment: &Assessment<'_>) -> Vec<Place> {
    let row = |(at, score)| {
        let subject = assessment.subject(score)?;
        let schemes = schemes_of(assessment.group_plan(score)?);
        Some(((subject.kind, schemes, subject.sequence.as_ref()), at, score))
    };
    let placed =
        |(_, score): &(usize, &Score)| !assessment.presence(score).is_some_and(Presence::is_short);
    let mut rows: Vec<(List<'_>, usize, &Score)> =
        assessment.scores().iter().enumerate().filter(placed).filter_map(row).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.total.cmp(&a.2.total)));
    let mut out: Vec<Place> = Vec::with_capacity(rows.len());
    let mut in_list = 0u32;
    let mut before: Option<&List<'_>> = None;
    for (list, at, score) in &rows {
        let last = out.last().filter(|_| before == Some(list));
        let (position, rank) = match last {
            Some(last) if last.total == score.total => (in_list + 1, last.rank),
            Some(_) => (in_list + 1, in_list + 1),
            None => (1, 1),
        };
        let number = match (last, out.last()) {
            (Some(last), _) => last.list,
            (None, Some(other)) => other.list + 1,
            (None, None) => 0,
        };
        in_list = position;
        before = Some(list);
        let (kind, schemes, sequence) = list;
        out.push(Place {
            list: number,
            kind: *kind,
            scheme: schemes.first().map(|s| (*s).to_owned()).unwrap_or_default(),
            sequence: sequence.cloned(),
            rank,
            subject: score.subject,
            score: *at,
            total: score.total,
        });
    }
    out
}

/// Whose totals are compared: kind, schemes, sequence.
type List<'a> = (SubjectKind, Vec<&'a str>, Option<&'a Label>);

/// Returns the scheme that gives the grade, and after it those of the parts of a split period.
fn schemes_of<'p>(plan: &'p KindPlan<'_>) -> Vec<&'p str> {
    let last = plan.last().map(|e| e.scheme.name.code.as_str());
    let parts = plan.parts.iter().filter(|_| plan.parts.len() > 1);
    last.into_iter().chain(parts.map(|p| p.entry.scheme.name.code.as_str())).collect()
}
