//! The slips of many people, by column: each line is made for all of them before the next one.
//!
//! What is done for one person ([`super::settle()`]) and for many is written once, for any
//! [`Sheet`]; here a line is a loop over rows that are known to be alike. Rows that are not alike, or
//! whose line can't be computed, are left for `settle`, which gives the exact amounts or the error.

use super::{
    MonthPlan, Settled, Slip,
    settle::officers,
    sheet::{Person, Sheet},
};
use crate::{
    Result,
    calendar::Month,
    derivation::NoTrace,
    number::Money,
    person::{Fact, Facts},
    vocabulary::{PayItem, Side, Vocabulary},
};

/// Amounts below this many fen can be added up for all items without an overflow.
const LARGE: u64 = 1 << 53;
/// Stands where the base is not made.
const NO_BASE: i64 = i64::MIN;

/// The facts of many people, by column.
pub trait FactColumns: 'static {
    /// The facts of one of them.
    type Row<'a>: Facts;

    /// Returns the facts of a row.
    fn row(&self, at: usize) -> Self::Row<'_>;

    /// Returns the amounts that the office states for an item.
    fn stated(&self, item: PayItem) -> StatedColumn<'_>;
}

/// The amounts that the office states for an item, by row.
#[derive(Debug, Clone, Copy)]
pub enum StatedColumn<'a> {
    /// No row has one.
    None,
    /// Some rows have one.
    Some(&'a [Fact<Money>]),
    /// Every row has one.
    All(&'a [Money]),
}

/// The slips of many people, by column. One is used for many chunks of rows; it grows to the largest
/// and stays.
#[derive(Debug, Default)]
pub struct SlipColumns {
    rows: usize,
    // By item, in fen; empty for an item that was never needed. Zero where a row has no such line.
    amounts: Vec<Vec<i64>>,
    // Gross, deductions, employer's cost, net.
    totals: [Vec<i64>; 4],
    present: Vec<u64>,
    scratch: Scratch,
}

/// What lines leave for later lines, for the rows that are settled together.
#[derive(Debug, Default)]
struct Scratch {
    base: Vec<i64>,
    apart: Vec<i64>,
    sum: Vec<i64>,
    // The items that a row lacks though others have them.
    absent: Vec<u64>,
}

impl SlipColumns {
    /// Makes empty columns.
    #[must_use]
    pub fn new() -> Self {
        Self { amounts: PayItem::ALL.iter().map(|_| Vec::new()).collect(), ..Self::default() }
    }

    /// Begins with this many rows, none of which has a line; one bit an item says which are read
    /// with [`fen`](Self::fen).
    pub fn begin(&mut self, rows: usize, wanted: u64) {
        self.rows = rows;
        for (at, column) in self.amounts.iter_mut().enumerate() {
            if wanted & (1 << at) != 0 || !column.is_empty() {
                column.resize(rows, 0);
            }
        }
        for total in &mut self.totals {
            total.resize(rows, 0);
        }
        self.present.resize(rows, 0);
    }

    /// Returns the amounts of an item in fen, by row; 0 where a row has no such line.
    #[must_use]
    #[inline]
    pub fn fen(&self, item: PayItem) -> &[i64] {
        self.amounts.get(item.index()).map_or(&[], Vec::as_slice)
    }

    /// Returns the sums of a side in fen, by row.
    #[must_use]
    pub fn total_fen(&self, side: Side) -> &[i64] {
        self.totals.get(side_index(side)).map_or(&[], Vec::as_slice)
    }

    /// Returns the net pay in fen, by row.
    #[must_use]
    pub fn net_fen(&self) -> &[i64] {
        &self.totals[NET]
    }

    /// Returns which items a row has, one bit each, by row.
    #[must_use]
    pub fn present(&self) -> &[u64] {
        &self.present
    }

    /// Returns how many cells there is room for.
    #[must_use]
    pub fn capacity(&self) -> usize {
        let Scratch { base, apart, sum, absent } = &self.scratch;
        let scratch = base.capacity() + apart.capacity() + sum.capacity() + absent.capacity();
        let columns = self.amounts.iter().chain(&self.totals).map(Vec::capacity);
        self.present.capacity() + scratch + columns.sum::<usize>()
    }

    /// Settles rows of officers whose months have the plan's parameters; the first stands at `from`.
    /// Rows marked in `left` are not touched; rows that can't be settled here are marked. Their
    /// lines are meaningless until [`put`](Self::put) gives them.
    pub fn settle_officers<C: FactColumns>(
        &mut self,
        plan: &MonthPlan<'_>,
        facts: &C,
        months: &[Month],
        from: usize,
        left: &mut [bool],
    ) {
        let rows = months.len().min(left.len()).min(self.rows.saturating_sub(from));
        let Scratch { base, apart, sum, absent } = &mut self.scratch;
        for (column, empty) in [(base, NO_BASE), (apart, 0), (sum, 0)] {
            column.clear();
            column.resize(rows, empty);
        }
        absent.clear();
        absent.resize(rows, 0);
        let count = left.iter().filter(|left| **left).count();
        let mut sheet =
            Columns { slips: self, facts, months, from, rows, left, count, some: 0, done: 0 };
        if officers(plan, &mut sheet).is_err() {
            // No line of a sheet of columns gives an error; were there one, no row is settled.
            sheet.give_up();
        }
        sheet.finish();
    }

    /// Gives the lines of a row, in the place of what it had.
    pub fn put(&mut self, row: usize, slip: &Slip, settled: &Settled) {
        let rows = self.rows;
        for (item, column) in PayItem::ALL.iter().zip(&mut self.amounts) {
            let amount = slip.get(*item);
            if amount.is_some() && column.is_empty() {
                column.resize(rows, 0);
            }
            if let Some(slot) = column.get_mut(row) {
                *slot = amount.unwrap_or_default().fen();
            }
        }
        let Settled { gross, deductions, net, employer_cost } = *settled;
        self.put_totals(row, slip.present(), [gross, deductions, employer_cost, net]);
    }

    /// Takes all lines from a row.
    pub fn clear_row(&mut self, row: usize) {
        for slot in self.amounts.iter_mut().filter_map(|column| column.get_mut(row)) {
            *slot = 0;
        }
        self.put_totals(row, 0, [Money::ZERO; 4]);
    }

    fn put_totals(&mut self, row: usize, present: u64, totals: [Money; 4]) {
        if let Some(slot) = self.present.get_mut(row) {
            *slot = present;
        }
        for (column, total) in self.totals.iter_mut().zip(totals) {
            if let Some(slot) = column.get_mut(row) {
                *slot = total.fen();
            }
        }
    }
}

const NET: usize = 3;

const fn side_index(side: Side) -> usize {
    match side {
        Side::Earning => 0,
        Side::Deduction => 1,
        Side::EmployerCost => 2,
    }
}

/// A sheet of many people.
struct Columns<'a, C> {
    slips: &'a mut SlipColumns,
    facts: &'a C,
    months: &'a [Month],
    from: usize,
    rows: usize,
    left: &'a mut [bool],
    // How many rows are left.
    count: usize,
    // The items that some row has, and those that were put.
    some: u64,
    done: u64,
}

/// A row of a [`Columns`].
struct Row<'a, C: FactColumns> {
    facts: C::Row<'a>,
    month: &'a Month,
    at: usize,
    gross: &'a [i64],
    sum: &'a [i64],
    lines: Lines<'a>,
    base: &'a mut i64,
    apart: &'a mut i64,
}

/// The lines that were put before.
#[derive(Clone, Copy)]
struct Lines<'a> {
    amounts: &'a [Vec<i64>],
    absent: &'a [u64],
    from: usize,
    some: u64,
}

impl<'a, C: FactColumns> Person for Row<'a, C> {
    type Facts = C::Row<'a>;

    #[inline(always)]
    fn facts(&self) -> &C::Row<'a> {
        &self.facts
    }

    #[inline(always)]
    fn month(&self) -> Month {
        *self.month
    }

    #[inline(always)]
    fn gross(&self) -> Money {
        Money::from_fen(self.gross.get(self.at).copied().unwrap_or_default())
    }

    #[inline(always)]
    fn line(&self, item: PayItem) -> Option<Money> {
        let Lines { amounts, absent, from, some } = self.lines;
        let bit = 1u64 << item.index();
        if some & bit == 0 || absent.get(self.at)? & bit != 0 {
            return None;
        }
        amounts.get(item.index())?.get(from + self.at).copied().map(Money::from_fen)
    }

    #[inline(always)]
    fn sum(&self, _items: &[PayItem]) -> Result<Money> {
        Ok(Money::from_fen(self.sum.get(self.at).copied().unwrap_or_default()))
    }

    #[inline(always)]
    fn base(&self) -> Option<Money> {
        Some(*self.base).filter(|base| *base != NO_BASE).map(Money::from_fen)
    }

    #[inline(always)]
    fn keep_base(&mut self, base: Money) {
        *self.base = base.fen();
    }

    #[inline(always)]
    fn apart(&self) -> Money {
        Money::from_fen(*self.apart)
    }

    #[inline(always)]
    fn keep_apart(&mut self, amount: Money) {
        *self.apart = amount.fen();
    }
}

impl<C: FactColumns> Columns<'_, C> {
    /// Calls the function with each row that is not left and its slot in the column; a row for which it
    /// answers false is left from then on.
    #[inline(always)]
    fn each(
        &mut self,
        column: &mut [i64],
        mut call: impl FnMut(&mut Row<'_, C>, &mut i64) -> bool,
    ) {
        let Self { slips, facts, months, from, rows, left, count, some, .. } = self;
        let SlipColumns { amounts, totals, scratch, .. } = &mut **slips;
        let Scratch { base, apart, sum, absent } = scratch;
        let lines = Lines { amounts, absent, from: *from, some: *some };
        let gross = totals[0].get(*from..).unwrap_or_default();
        let (some_left, rows) = (*count > 0, *rows);
        let slots = column.iter_mut().zip(base).zip(apart).zip(left.iter_mut()).zip(*months);
        for (at, ((((slot, base), apart), left), month)) in slots.take(rows).enumerate() {
            if some_left && *left {
                continue;
            }
            let facts = facts.row(at);
            let mut row = Row { facts, month, at, gross, sum, lines, base, apart };
            if !call(&mut row, slot) {
                *left = true;
                *count += 1;
            }
        }
    }

    fn given_up(&self) -> bool {
        self.count >= self.rows
    }

    #[cold]
    fn give_up(&mut self) {
        self.left.fill(true);
        self.count = self.rows;
    }

    /// Gives up where rows that were tried in vain outweigh what is gained with the others.
    fn weigh(&mut self) {
        if self.count * 2 > self.rows && !self.given_up() {
            self.give_up();
        }
    }

    /// Takes the column of an item out of the columns, of full length.
    fn take_column(&mut self, item: PayItem) -> Vec<i64> {
        let rows = self.slips.rows;
        let column = self.slips.amounts.get_mut(item.index());
        let mut column = column.map(std::mem::take).unwrap_or_default();
        if column.len() < rows {
            column.resize(rows, 0);
        }
        column
    }

    /// Puts a column back of which these bits were seen in the rows.
    fn put_column(&mut self, item: PayItem, column: Vec<i64>, seen: u64) {
        if seen >= LARGE {
            self.leave_large(&column);
        }
        if let Some(slot) = self.slips.amounts.get_mut(item.index()) {
            *slot = column;
        }
        self.weigh();
    }

    /// Leaves the rows whose amounts can't be added up without looking.
    #[cold]
    fn leave_large(&mut self, column: &[i64]) {
        let amounts = column.iter().skip(self.from);
        for (left, amount) in self.left.iter_mut().zip(amounts).take(self.rows) {
            if amount.cast_unsigned() >= LARGE && !*left {
                *left = true;
                self.count += 1;
            }
        }
    }

    #[inline(always)]
    fn run(
        &mut self,
        item: PayItem,
        stated: &[Fact<Money>],
        rule: impl Fn(&mut Row<'_, C>, &mut NoTrace) -> Result<Option<Money>>,
    ) {
        let bit = 1u64 << item.index();
        let mut column = self.take_column(item);
        let (mut seen, mut none) = (0u64, 0usize);
        let window = column.get_mut(self.from..).unwrap_or_default();
        self.each(window, |row, slot| {
            let found = match stated.get(row.at) {
                Some(Fact::Known(amount)) => Ok(Some(*amount)),
                _ => rule(row, &mut NoTrace),
            };
            match found {
                Ok(Some(amount)) => {
                    *slot = amount.fen();
                    seen |= amount.fen().cast_unsigned();
                    true
                }
                Ok(None) => {
                    *slot = NO_BASE;
                    none += 1;
                    true
                }
                Err(_) => {
                    *slot = 0;
                    false
                }
            }
        });
        let alike = none == 0 || none + self.count >= self.rows;
        if none > 0 {
            let window = column.get_mut(self.from..).unwrap_or_default();
            for (slot, absent) in window.iter_mut().zip(&mut self.slips.scratch.absent) {
                if *slot == NO_BASE {
                    *slot = 0;
                    *absent |= bit;
                }
            }
        }
        if none == 0 || !alike {
            self.some |= bit;
        }
        self.put_column(item, column, seen);
    }

    /// Puts an item whose amount is stated in every row.
    fn copy(&mut self, item: PayItem, amounts: &[Money]) {
        let mut column = self.take_column(item);
        let mut seen = 0u64;
        let window = column.get_mut(self.from..).unwrap_or_default();
        for (slot, amount) in window.iter_mut().zip(amounts).take(self.rows) {
            *slot = amount.fen();
            seen |= amount.fen().cast_unsigned();
        }
        self.some |= 1 << item.index();
        self.put_column(item, column, seen);
    }

    /// Says which items each row has, and clears what other rows had before.
    fn finish(self) {
        let Self { slips, from, rows, some, .. } = self;
        let present = slips.present.iter_mut().skip(from);
        for (present, absent) in present.zip(&slips.scratch.absent) {
            *present = some & !absent;
        }
        for (at, column) in slips.amounts.iter_mut().enumerate() {
            if some & (1 << at) == 0
                && let Some(window) = column.get_mut(from..from + rows)
            {
                window.fill(0);
            }
        }
    }
}

impl<C: FactColumns> Sheet for Columns<'_, C> {
    type Person<'a> = Row<'a, C>;
    type Trace = NoTrace;

    #[inline(always)]
    fn line(
        &mut self,
        item: PayItem,
        rule: impl Fn(&mut Row<'_, C>, &mut NoTrace) -> Result<Option<Money>>,
    ) -> Result<()> {
        self.done |= 1 << item.index();
        if self.given_up() {
            return Ok(());
        }
        let facts = self.facts;
        let cells = match facts.stated(item) {
            StatedColumn::None => &[],
            StatedColumn::Some(cells) => cells,
            StatedColumn::All(amounts) => {
                self.copy(item, amounts);
                return Ok(());
            }
        };
        self.run(item, cells, rule);
        Ok(())
    }

    #[inline(always)]
    fn all(&mut self, test: impl Fn(&mut Row<'_, C>) -> Result<bool>) -> Result<bool> {
        if self.given_up() {
            return Ok(false);
        }
        let mut slots = std::mem::take(&mut self.slips.scratch.sum);
        let (mut yes, mut no) = (0usize, 0usize);
        self.each(&mut slots, |row, slot| match test(row) {
            Ok(holds) => {
                *slot = i64::from(holds);
                yes += usize::from(holds);
                no += usize::from(!holds);
                true
            }
            Err(_) => false,
        });
        let most = yes > no;
        if yes > 0 && no > 0 {
            self.each(&mut slots, |_, slot| (*slot != 0) == most);
        }
        self.slips.scratch.sum = slots;
        self.weigh();
        Ok(most)
    }

    #[inline(always)]
    fn is_stated(&self, item: PayItem) -> bool {
        !matches!(self.facts.stated(item), StatedColumn::None)
    }

    #[inline(always)]
    fn has(&self, item: PayItem) -> bool {
        self.some & (1 << item.index()) != 0
    }

    fn add_up(&mut self, items: &[PayItem]) {
        let SlipColumns { amounts, scratch, .. } = &mut *self.slips;
        scratch.sum.fill(0);
        for item in items {
            if self.some & (1 << item.index()) != 0
                && let Some(column) = amounts.get(item.index())
            {
                add(&mut scratch.sum, column, self.from);
            }
        }
    }

    fn other_stated(&mut self, side: Side) -> Result<()> {
        let mut rest = Slip::items_of(side) & !self.done;
        while rest != 0 && !self.given_up() {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let Some(item) = PayItem::ALL.get(at).copied() else { continue };
            let facts = self.facts;
            match facts.stated(item) {
                StatedColumn::None => {}
                StatedColumn::All(amounts) => self.copy(item, amounts),
                StatedColumn::Some(_) => self.line(item, |_, _| Ok(None))?,
            }
        }
        Ok(())
    }

    fn total(&mut self, side: Side) {
        let SlipColumns { amounts, totals, .. } = &mut *self.slips;
        let Some(total) = totals.get_mut(side_index(side)) else { return };
        let total = total.get_mut(self.from..).unwrap_or_default();
        let total = total.get_mut(..self.rows).unwrap_or_default();
        total.fill(0);
        let mut rest = Slip::items_of(side) & self.some;
        while rest != 0 {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if let Some(column) = amounts.get(at) {
                add(total, column, self.from);
            }
        }
    }

    fn net(&mut self) -> Result<()> {
        let [gross, deductions, _, net] = &mut self.slips.totals;
        let rows = gross.iter().zip(deductions).zip(net).skip(self.from).take(self.rows);
        for ((gross, deductions), net) in rows {
            // Rows that are not left have amounts far below the limits.
            *net = gross.wrapping_sub(*deductions);
        }
        Ok(())
    }
}

/// Adds a column from this row on. Rows that are not left have amounts far below the limits, so only
/// what is thrown away can wrap.
#[inline]
fn add(sums: &mut [i64], column: &[i64], from: usize) {
    for (sum, amount) in sums.iter_mut().zip(column.get(from..).unwrap_or_default()) {
        *sum = sum.wrapping_add(*amount);
    }
}
