//! Chunks: the rows that are read, settled and written together, in buffers that are used again.

use std::{collections::BTreeMap, ops::Range};

use zhenggong::{
    Error, ErrorCode, Result,
    calendar::Month,
    derivation::NoTrace,
    number::Money,
    person::Fact,
    settlement::{Settled, Slip, settle},
    vocabulary::{PayItem, Vocabulary},
};

use crate::{
    cell::absent,
    facts::{Columns, Row},
    months::Plans,
    options::Total,
    table::Table,
};

/// `Decimal(18, 2)` ends below this many fen.
const LIMIT: u64 = 1_000_000_000_000_000_000;

/// The errors of a chunk's rows, the first of each row.
#[derive(Debug, Default)]
pub(crate) struct RowErrors(BTreeMap<usize, Error>);

impl RowErrors {
    /// Returns the rows with their errors, in the order of rows.
    pub(crate) fn into_rows(self) -> impl Iterator<Item = (usize, Error)> {
        self.0.into_iter()
    }

    #[cold]
    pub(crate) fn add(&mut self, row: usize, error: Error) {
        self.0.entry(row).or_insert(error);
    }

    #[inline]
    pub(crate) fn has(&self, row: usize) -> bool {
        !self.0.is_empty() && self.0.contains_key(&row)
    }
}

/// The facts and amounts of a chunk. One is used for many chunks; it grows to the largest and stays.
#[derive(Debug)]
pub struct ChunkBuffers {
    columns: Columns,
    errors: RowErrors,
    slip: Slip,
    rows: usize,
    pub(crate) present: Vec<u64>,
    amounts: Vec<Vec<i64>>,
    totals: [Vec<i64>; Total::ALL.len()],
    // The items that some row of the chunk has, and those that every row has.
    pub(crate) some: u64,
    pub(crate) every: u64,
}

impl Default for ChunkBuffers {
    fn default() -> Self {
        Self::new()
    }
}

/// What a chunk is computed from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Work<'a> {
    pub(crate) table: &'a Table<'a>,
    pub(crate) plans: &'a Plans<'a>,
    pub(crate) month: Option<Month>,
    /// One bit per item that is wanted.
    pub(crate) wanted: u64,
    pub(crate) stop: bool,
    /// The rows before this table.
    pub(crate) first_row: u64,
}

impl ChunkBuffers {
    /// The rows of a chunk: enough to make the work per chunk small, few enough to stay in the cache.
    pub const ROWS: usize = 8192;

    /// Makes empty buffers.
    #[must_use]
    pub fn new() -> Self {
        Self {
            columns: Columns::new(),
            errors: RowErrors::default(),
            slip: Slip::new(),
            rows: 0,
            present: Vec::new(),
            amounts: PayItem::ALL.iter().map(|_| Vec::new()).collect(),
            totals: [const { Vec::new() }; Total::ALL.len()],
            some: 0,
            every: 0,
        }
    }

    /// Returns how many rows the chunk has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the amounts of an item in fen, by row; 0 where a row has no such line. Empty for an
    /// item that was not asked for.
    #[must_use]
    pub fn fen(&self, item: PayItem) -> &[i64] {
        self.amounts.get(item.index()).map_or(&[], Vec::as_slice)
    }

    /// Returns the amount of an item in a row, or none where the row has no such line.
    #[must_use]
    pub fn amount(&self, item: PayItem, row: usize) -> Option<Money> {
        let there = self.present.get(row)? & (1 << item.index()) != 0;
        self.fen(item).get(row).filter(|_| there).map(|fen| Money::from_fen(*fen))
    }

    /// Returns a sum in fen, by row; 0 where a row has an error.
    #[must_use]
    pub fn total_fen(&self, total: Total) -> &[i64] {
        self.totals.get(total as usize).map_or(&[], Vec::as_slice)
    }

    /// Returns the rows that could not be computed, counted in the chunk from 0, and why.
    pub fn errors(&self) -> impl Iterator<Item = (usize, &Error)> {
        self.errors.0.iter().map(|(row, error)| (*row, error))
    }

    /// Returns how many cells there is room for; it does not grow from chunk to chunk.
    #[must_use]
    pub fn capacity(&self) -> usize {
        let amounts = self.amounts.iter().chain(&self.totals).map(Vec::capacity);
        self.columns.capacity() + self.present.capacity() + amounts.sum::<usize>()
    }

    /// Reads and settles rows of a table.
    pub(crate) fn run(&mut self, work: &Work<'_>, rows: Range<usize>) {
        let table = work.table;
        self.clear(rows.len(), work.wanted);
        let (columns, bad) = (&mut self.columns, &mut self.errors);
        columns.kind.fill(Some(table.kind), rows.clone(), bad);
        columns.month.fill(table.month, rows.clone(), bad);
        columns.facts.fill(&table.facts, rows.clone(), bad);
        columns.stated.fill(&table.stated, rows.clone(), bad);
        let mut hint = 0;
        for at in 0..rows.len() {
            if !self.errors.has(at) {
                let settled = self.settle(work, at, &mut hint);
                if let Err(error) = settled.and_then(|s| self.put(at, s, work.wanted)) {
                    self.errors.add(at, error);
                }
            }
            if work.stop && self.errors.has(at) {
                break;
            }
        }
        if !self.errors.0.is_empty() {
            self.place_errors(work, rows.start);
        }
    }

    fn clear(&mut self, rows: usize, wanted: u64) {
        self.rows = rows;
        self.errors.0.clear();
        self.present.clear();
        self.present.resize(rows, 0);
        for (at, amounts) in self.amounts.iter_mut().enumerate() {
            // What no row of the last chunk had is still zero.
            if self.some & (1 << at) != 0 {
                amounts.clear();
            }
            amounts.resize(if wanted & (1 << at) == 0 { 0 } else { rows }, 0);
        }
        for total in &mut self.totals {
            total.clear();
            total.resize(rows, 0);
        }
        self.some = 0;
        self.every = u64::MAX;
    }

    #[inline]
    fn settle(&mut self, work: &Work<'_>, at: usize, hint: &mut usize) -> Result<Settled> {
        let Fact::Known(kind) = self.columns.kind.at(at) else { return Err(absent("kind")) };
        let month = month_of_row(work.month, self.columns.month.at(at))?;
        let Some(plan) = work.plans.of(month, hint) else { return Err(no_plan(month)) };
        self.slip.clear();
        let row = Row::new(&self.columns, *kind, at);
        settle(plan, &row, &mut NoTrace, &mut self.slip)
    }

    /// Writes the amounts of a row.
    #[inline]
    fn put(&mut self, at: usize, settled: Settled, wanted: u64) -> Result<()> {
        let Settled { gross, deductions, net, employer_cost, .. } = settled;
        let totals = [gross, deductions, net, employer_cost];
        let mut largest = totals.iter().map(|t| t.fen().unsigned_abs()).fold(0, u64::max);
        let there = self.slip.present() & wanted;
        let mut rest = there;
        while rest != 0 {
            let item = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let amount = PayItem::ALL.get(item).and_then(|item| self.slip.get(*item));
            let slot = self.amounts.get_mut(item).and_then(|column| column.get_mut(at));
            if let (Some(amount), Some(slot)) = (amount, slot) {
                largest = largest.max(amount.fen().unsigned_abs());
                *slot = amount.fen();
            }
        }
        self.some |= there;
        self.every &= there;
        if largest >= LIMIT {
            return Err(self.take_back(at, largest));
        }
        if let Some(slot) = self.present.get_mut(at) {
            *slot = there;
        }
        for (column, total) in self.totals.iter_mut().zip(totals) {
            if let Some(slot) = column.get_mut(at) {
                *slot = total.fen();
            }
        }
        Ok(())
    }

    /// Takes back the amounts of a row of which one is too large for its column.
    #[cold]
    fn take_back(&mut self, at: usize, largest: u64) -> Error {
        for slot in self.amounts.iter_mut().filter_map(|column| column.get_mut(at)) {
            *slot = 0;
        }
        let most = Money::from_fen(LIMIT.cast_signed() - 1);
        Error::new(ErrorCode::NumberOutOfRange)
            .arg("value", format_args!("±{}.{:02}", largest / 100, largest % 100))
            .arg("min", format_args!("-{most}"))
            .arg("max", most)
    }

    /// Says of every error in which row and of whom it is.
    #[cold]
    fn place_errors(&mut self, work: &Work<'_>, first: usize) {
        self.every = 0;
        for (at, error) in &mut self.errors.0 {
            let row = first + at;
            let number = work.first_row + u64::try_from(row).unwrap_or_default() + 1;
            let mut placed = error.clone().row(number);
            if let Some(person) = work.table.person(row) {
                placed = placed.person(person);
            }
            if let Ok(month) = month_of_row(work.month, self.columns.month.at(*at)) {
                placed = placed.month(month);
            }
            *error = placed;
        }
    }

    /// Returns the error of the first row that has one.
    pub(crate) fn first_error(&self) -> Option<&Error> {
        self.errors.0.values().next()
    }
}

/// Returns the month of a row, from the one given for all and the one in its cell.
#[inline]
pub(crate) fn month_of_row(given: Option<Month>, cell: Fact<&Month>) -> Result<Month> {
    match (given, cell.known()) {
        (Some(given), None) => Ok(given),
        (None, Some(month)) => Ok(*month),
        (Some(given), Some(month)) if given == *month => Ok(given),
        (Some(given), Some(month)) => Err(wrong_month(*month, given)),
        (None, None) => Err(absent("month")),
    }
}

#[cold]
fn wrong_month(found: Month, expected: Month) -> Error {
    Error::new(ErrorCode::WrongMonth).arg("found", found).arg("expected", expected).field("month")
}

#[cold]
fn no_plan(month: Month) -> Error {
    Error::new(ErrorCode::Internal).arg("detail", format!("no plan for {month}"))
}
