//! Chunks: the rows that are read, settled and written together, in buffers that are used again.

use std::{collections::BTreeMap, ops::Range};

use arrow_array::{cast::AsArray, types::Date32Type};
use zhenggong::{
    Error, ErrorCode, Result,
    assessment::AssessmentMonth,
    calendar::Month,
    derivation::NoTrace,
    number::Money,
    person::Fact,
    settlement::{MonthPlan, Settled, Slip, SlipColumns, settle},
    vocabulary::{PayItem, PersonKind, Side, Vocabulary},
};

use crate::{
    cell::absent,
    column::all_valid,
    facts::{Columns, Row},
    ids,
    months::{NO_PLAN, Plans},
    options::Total,
    table::Table,
};

/// `Decimal(18, 2)` ends below this many fen.
const LIMIT: u64 = 1_000_000_000_000_000_000;

/// The rows that are read and settled together.
const BLOCK: usize = SlipColumns::BLOCK;

/// The errors of a chunk's rows, the first of each row.
#[derive(Debug, Default)]
pub(crate) struct RowErrors {
    by_row: BTreeMap<usize, Error>,
    // The first row of the block that is read.
    first: usize,
}

impl RowErrors {
    /// Returns the rows with their errors, in the order of rows.
    pub(crate) fn into_rows(self) -> impl Iterator<Item = (usize, Error)> {
        self.by_row.into_iter()
    }

    /// Adds the error of a row of the block.
    #[cold]
    pub(crate) fn add(&mut self, row: usize, error: Error) {
        self.by_row.entry(self.first + row).or_insert(error);
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.by_row.is_empty()
    }

    #[inline]
    pub(crate) fn has(&self, row: usize) -> bool {
        !self.is_empty() && self.by_row.contains_key(&(self.first + row))
    }
}

/// The facts and amounts of a chunk. One is used for many chunks; it grows to the largest and stays.
#[derive(Debug)]
pub struct ChunkBuffers {
    columns: Columns,
    months: Vec<Month>,
    // By row, the number of the plan of its month.
    plans: Vec<u16>,
    // Whether every row has one.
    planned: bool,
    // How many rows are paid alike, by group of months.
    groups: Vec<(u16, usize)>,
    // The rows that are settled one by one.
    left: Vec<bool>,
    errors: RowErrors,
    slip: Slip,
    slips: SlipColumns,
    rows: usize,
    wanted: u64,
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
    /// Whether officers are paid alike in all months.
    pub(crate) alike: bool,
    /// One bit per item that is wanted.
    pub(crate) wanted: u64,
    pub(crate) stop: bool,
    /// The rows before this table.
    pub(crate) first_row: u64,
    /// The number of each row, where they have their own.
    pub(crate) numbers: Option<&'a [u64]>,
    /// The assessment whose coefficients are paid.
    pub(crate) assessment: Option<&'a AssessmentMonth>,
    /// The rows that have an error before anything is computed, in their order.
    pub(crate) faults: &'a [(usize, Error)],
}

impl ChunkBuffers {
    /// The rows of a chunk: enough to make the work per chunk small, few enough to stay in the cache.
    pub const ROWS: usize = 8192;

    /// Makes empty buffers.
    #[must_use]
    pub fn new() -> Self {
        Self {
            columns: Columns::new(),
            months: Vec::new(),
            plans: Vec::new(),
            planned: true,
            groups: Vec::new(),
            left: Vec::new(),
            errors: RowErrors::default(),
            slip: Slip::new(),
            slips: SlipColumns::new(),
            rows: 0,
            wanted: 0,
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
        if self.wanted & (1 << item.index()) == 0 { &[] } else { self.slips.fen(item) }
    }

    /// Returns the amount of an item in a row, or none where the row has no such line.
    #[must_use]
    pub fn amount(&self, item: PayItem, row: usize) -> Option<Money> {
        let there = self.present().get(row)? & (1 << item.index()) != 0;
        self.fen(item).get(row).filter(|_| there).map(|fen| Money::from_fen(*fen))
    }

    /// Returns a sum in fen, by row; 0 where a row has an error.
    #[must_use]
    pub fn total_fen(&self, total: Total) -> &[i64] {
        match total {
            Total::Gross => self.slips.total_fen(Side::Earning),
            Total::Deductions => self.slips.total_fen(Side::Deduction),
            Total::Net => self.slips.net_fen(),
            Total::EmployerCost => self.slips.total_fen(Side::EmployerCost),
        }
    }

    /// Returns the rows that could not be computed, counted in the chunk from 0, and why.
    pub fn errors(&self) -> impl Iterator<Item = (usize, &Error)> {
        self.errors.by_row.iter().map(|(row, error)| (*row, error))
    }

    /// Returns how many cells there is room for; it does not grow from chunk to chunk.
    #[must_use]
    pub fn capacity(&self) -> usize {
        let rows = self.months.capacity() + self.plans.capacity() + self.left.capacity();
        self.columns.capacity() + rows + self.slips.capacity()
    }

    /// Returns which items a row has, one bit each, by row.
    pub(crate) fn present(&self) -> &[u64] {
        self.slips.present()
    }

    /// Reads and settles rows of a table.
    pub(crate) fn run(&mut self, work: &Work<'_>, rows: Range<usize>) {
        self.rows = rows.len();
        self.wanted = work.wanted;
        self.errors.by_row.clear();
        self.slips.begin(rows.len(), work.wanted);
        (self.some, self.every) = (0, u64::MAX);
        self.columns.open(work.table, rows.len());
        for first in (0..rows.len()).step_by(BLOCK) {
            let end = rows.len().min(first + BLOCK);
            self.errors.first = first;
            self.read(work, rows.start + first..rows.start + end);
            if let Some(assessment) = work.assessment {
                self.complete(work, assessment, rows.start + first, end - first);
            }
            self.settle(work, first, end - first);
            if !self.errors.is_empty() {
                self.place_errors(work, rows.start, first..end);
                if work.stop {
                    return;
                }
            }
        }
        for present in self.slips.present() {
            self.some |= present;
            self.every &= present;
        }
    }

    /// Reads rows of a table, and finds the plan of each.
    fn read(&mut self, work: &Work<'_>, rows: Range<usize>) {
        if !work.faults.is_empty() {
            self.take_faults(work.faults, &rows);
        }
        ids::check(work.table, &rows, |at, error| self.errors.add(at, error));
        self.columns.fill(work.table, rows.clone(), &mut self.errors);
        self.months.clear();
        self.plans.clear();
        self.planned = true;
        if self.read_dates(work, &rows) {
            return;
        }
        let (columns, mut hint) = (&mut self.columns, 0);
        columns.month.fill(work.table.month, rows.clone(), &mut self.errors);
        for at in 0..rows.len() {
            let month = month_of_row(work.month, columns.month.at(at)).ok();
            let plan = month.and_then(|month| work.plans.number(month, &mut hint));
            self.planned &= plan.is_some();
            self.months.push(month.unwrap_or(Month::MIN));
            self.plans.push(plan.unwrap_or(NO_PLAN));
        }
    }

    /// Gives the rows that were read the coefficients of their month's assessment.
    fn complete(
        &mut self,
        work: &Work<'_>,
        assessment: &AssessmentMonth,
        first: usize,
        rows: usize,
    ) {
        for at in 0..rows {
            let planned = self.plans.get(at).is_some_and(|plan| *plan != NO_PLAN);
            if !planned || self.errors.has(at) {
                continue;
            }
            let month = self.months.get(at).copied().unwrap_or(Month::MIN);
            if month != assessment.month() {
                self.errors.add(at, wrong_month(assessment.month(), month, "assessment"));
                continue;
            }
            let Some(person) = work.table.person(first + at) else { continue };
            // Without a kind the row is refused when it is settled.
            let plan = self.plans.get(at).and_then(|plan| work.plans.get(*plan));
            if let (Some(plan), Fact::Known(kind)) = (plan, self.columns.kind.at(at)) {
                let row = Row::new(&self.columns, *kind, at);
                if let Err(error) = assessment.is_carried(person, &row, plan) {
                    self.errors.add(at, error);
                    continue;
                }
            }
            let coefficients = self.columns.facts.coefficients();
            match assessment.completing(person, coefficients.at(at)) {
                Ok(None) => {}
                Ok(Some(coefficient)) => coefficients.complete(at, rows, coefficient),
                Err(error) => self.errors.add(at, error),
            }
        }
    }

    /// Adds the errors that rows have before they are read.
    #[cold]
    fn take_faults(&mut self, faults: &[(usize, Error)], rows: &Range<usize>) {
        let first = faults.partition_point(|(row, _)| *row < rows.start);
        let own = faults.iter().skip(first).take_while(|(row, _)| *row < rows.end);
        for (row, error) in own {
            self.errors.add(row - rows.start, error.clone());
        }
    }

    /// Reads months that are given as dates, and returns whether all of them have a plan.
    fn read_dates(&mut self, work: &Work<'_>, rows: &Range<usize>) -> bool {
        let array = work.table.month.filter(|_| work.month.is_none());
        let dates = array.and_then(|array| array.as_primitive_opt::<Date32Type>());
        let Some(dates) = dates.filter(|dates| all_valid(*dates, rows)) else { return false };
        let days = dates.values().get(rows.clone()).unwrap_or_default();
        let all = work.plans.of_days(days, &mut self.months, &mut self.plans);
        if !all {
            self.plans.clear();
        }
        all
    }

    /// Settles the rows that were read: those that are alike by column, the others one by one.
    fn settle(&mut self, work: &Work<'_>, first: usize, rows: usize) {
        self.left.clear();
        self.left.resize(rows, false);
        match self.choose(work) {
            Some(plan) => {
                let Self { columns, months, left, slips, .. } = self;
                slips.settle_officers(plan, columns, months, first, left);
            }
            None => self.left.fill(true),
        }
        for at in 0..rows {
            if self.left.get(at) != Some(&true) {
                continue;
            }
            if !self.errors.has(at) {
                let settled = self.settle_row(work, at);
                let put = settled.and_then(|settled| self.put(first + at, &settled));
                match put {
                    Ok(()) => continue,
                    Err(error) => self.errors.add(at, error),
                }
            }
            self.slips.clear_row(first + at);
            if work.stop {
                return;
            }
        }
    }

    /// Marks the rows that are not like most, and returns the plan of the others, if there are any.
    fn choose<'p>(&mut self, work: &'p Work<'_>) -> Option<&'p MonthPlan<'p>> {
        let chosen = self.usual_group(work)?;
        let kinds = self.columns.kind.known();
        let mut alike = 0;
        if self.planned && work.alike && self.errors.is_empty() && kinds.len() == self.left.len() {
            for (left, kind) in self.left.iter_mut().zip(kinds) {
                *left = *kind != PersonKind::Officer;
                alike += usize::from(!*left);
            }
        } else {
            for (at, (left, plan)) in self.left.iter_mut().zip(&self.plans).enumerate() {
                let officer = self.columns.kind.at(at) == Fact::Known(&PersonKind::Officer);
                let fits = officer && work.plans.group(*plan) == Some(chosen);
                *left = !fits || self.errors.has(at);
                alike += usize::from(!*left);
            }
        }
        if alike * 2 < self.left.len() {
            return None;
        }
        work.plans.get(chosen)
    }

    /// Returns the group of months that most rows are of.
    fn usual_group(&mut self, work: &Work<'_>) -> Option<u16> {
        if work.alike {
            return Some(0);
        }
        self.groups.clear();
        for plan in &self.plans {
            let Some(group) = work.plans.group(*plan) else { continue };
            match self.groups.iter_mut().find(|(other, _)| *other == group) {
                Some((_, count)) => *count += 1,
                None => self.groups.push((group, 1)),
            }
        }
        self.groups.iter().max_by_key(|(_, count)| count).map(|(group, _)| *group)
    }

    fn settle_row(&mut self, work: &Work<'_>, at: usize) -> Result<Settled> {
        let Fact::Known(kind) = self.columns.kind.at(at) else { return Err(absent("kind")) };
        let plan = self.plans.get(at).and_then(|plan| work.plans.get(*plan));
        let Some(plan) = plan else {
            return Err(no_plan(month_of_row(work.month, self.columns.month.at(at))?));
        };
        self.slip.clear();
        let row = Row::new(&self.columns, *kind, at);
        settle(plan, &row, &mut NoTrace, &mut self.slip)
    }

    /// Writes the amounts of a row.
    fn put(&mut self, at: usize, settled: &Settled) -> Result<()> {
        let Settled { gross, deductions, net, employer_cost, .. } = *settled;
        let totals = [gross, deductions, net, employer_cost];
        let lines = self.slip.lines().filter(|(item, ..)| self.wanted & (1 << item.index()) != 0);
        let amounts = lines.map(|(_, amount, _)| amount).chain(totals);
        let largest = amounts.map(|amount| amount.fen().unsigned_abs()).fold(0, u64::max);
        if largest >= LIMIT {
            return Err(too_large(largest));
        }
        self.slips.put(at, &self.slip, settled);
        Ok(())
    }

    /// Says of every error of a block in which row and of whom it is.
    #[cold]
    fn place_errors(&mut self, work: &Work<'_>, first: usize, block: Range<usize>) {
        for (at, error) in self.errors.by_row.range_mut(block.clone()) {
            let row = first + at;
            let own = work.numbers.and_then(|numbers| numbers.get(row)).copied();
            let counted = work.first_row + u64::try_from(row).unwrap_or_default() + 1;
            let number = own.unwrap_or(counted);
            let mut placed = error.clone().row(number);
            if let Some(person) = work.table.person(row) {
                placed = placed.person(person);
            }
            let in_block = at - block.start;
            let month = match self.plans.get(in_block) {
                Some(&NO_PLAN) | None => {
                    let read = month_of_row(work.month, self.columns.month.at(in_block)).ok();
                    // A line of another month is an error of the one that is being run.
                    read.or(work.month)
                }
                Some(_) => self.months.get(in_block).copied(),
            };
            if let Some(month) = month {
                placed = placed.month(month);
            }
            *error = placed;
        }
    }

    /// Returns the error of the first row that has one.
    pub(crate) fn first_error(&self) -> Option<&Error> {
        self.errors.by_row.values().next()
    }
}

#[cold]
fn too_large(largest: u64) -> Error {
    let most = Money::from_fen(LIMIT.cast_signed() - 1);
    Error::new(ErrorCode::NumberOutOfRange)
        .arg("value", format_args!("±{}.{:02}", largest / 100, largest % 100))
        .arg("min", format_args!("-{most}"))
        .arg("max", most)
}

/// Returns the month of a row, from the one given for all and the one in its cell.
#[inline]
pub(crate) fn month_of_row(given: Option<Month>, cell: Fact<&Month>) -> Result<Month> {
    match (given, cell.known()) {
        (Some(given), None) => Ok(given),
        (None, Some(month)) => Ok(*month),
        (Some(given), Some(month)) if given == *month => Ok(given),
        (Some(given), Some(month)) => Err(wrong_month(*month, given, "month")),
        (None, None) => Err(absent("month")),
    }
}

#[cold]
pub(crate) fn wrong_month(found: Month, expected: Month, field: &str) -> Error {
    Error::new(ErrorCode::WrongMonth).arg("found", found).arg("expected", expected).field(field)
}

#[cold]
fn no_plan(month: Month) -> Error {
    Error::new(ErrorCode::Internal).arg("detail", format!("no plan for {month}"))
}
