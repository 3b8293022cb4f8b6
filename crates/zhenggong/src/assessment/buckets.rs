//! Rows of events by the subjects that they count for.

use super::{Ledger, score::Row};

/// Rows by subject.
pub(super) struct Buckets {
    rows: Vec<Row>,
    starts: Vec<usize>,
}

impl Buckets {
    pub(super) fn new(rows: Vec<Row>, subjects: usize) -> Self {
        let at = |row: &Row| usize::try_from(row.subject).unwrap_or_default();
        let mut starts = vec![0usize; subjects + 2];
        for row in &rows {
            if let Some(slot) = starts.get_mut(at(row) + 2) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut starts {
            sum += *slot;
            *slot = sum;
        }
        // The second start of a subject moves on while its rows are put, and ends where it belongs.
        let mut sorted = rows.clone();
        for row in &rows {
            if let Some(slot) = starts.get_mut(at(row) + 1) {
                if let Some(place) = sorted.get_mut(*slot) {
                    *place = *row;
                }
                *slot += 1;
            }
        }
        Self { rows: sorted, starts }
    }

    /// Returns the rows of a subject by part, rule, day and id, whatever order they came in.
    pub(super) fn of(&mut self, subject: u32, ledger: &Ledger<'_>) -> &[Row] {
        let at = usize::try_from(subject).unwrap_or_default();
        let first = self.starts.get(at).copied().unwrap_or_default();
        let last = self.starts.get(at + 1).copied().unwrap_or_default();
        let Some(rows) = self.rows.get_mut(first..last) else { return &[] };
        rows.sort_unstable_by(|a, b| {
            let places = (a.part, a.rule, a.date).cmp(&(b.part, b.rule, b.date));
            places.then_with(|| ledger.by_id(a.event, b.event))
        });
        rows
    }
}
