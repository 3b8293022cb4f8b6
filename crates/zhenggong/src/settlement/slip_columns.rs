//! The slips of many people, by column: each line is made for all of them before the next one.
//!
//! What is done for one person ([`super::settle()`]) and for many is written once, for any
//! [`Sheet`]; here a line is a loop over rows that are known to be alike. Rows that are not alike, or
//! whose line can't be computed, are left for `settle`, which gives the exact amounts or the error.

use super::{
    MonthPlan, Settled, Slip,
    settle::officers,
    sheet::{Person, Rule, Sheet},
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
/// Stands where a row has no line.
const NONE: i64 = i64::MIN;
/// How many items there are.
const ITEMS: usize = PayItem::ALL.len();

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

/// The rows that are settled together.
const BLOCK: usize = SlipColumns::BLOCK;

/// The slips of many people, by column. One is used for many chunks of rows; it grows to the largest
/// and stays.
#[derive(Debug)]
pub struct SlipColumns {
    rows: usize,
    // By item, in fen; empty for an item that nobody asks for. Zero where a row has no such line.
    amounts: Vec<Vec<i64>>,
    // Gross, deductions, employer's cost, net.
    totals: [Vec<i64>; 4],
    present: Vec<u64>,
    block: Box<Block>,
}

/// The lines of the rows that are settled together, and what lines leave for later lines.
#[derive(Debug)]
struct Block {
    lines: [[i64; BLOCK]; ITEMS],
    totals: [[i64; BLOCK]; 4],
    // The column that is being made.
    made: [i64; BLOCK],
    base: [i64; BLOCK],
    apart: [i64; BLOCK],
    sum: [i64; BLOCK],
    // The items that a row lacks though others have them.
    absent: [u64; BLOCK],
    left: [bool; BLOCK],
}

impl Block {
    const EMPTY: Self = Self {
        lines: [[0; BLOCK]; ITEMS],
        totals: [[0; BLOCK]; 4],
        made: [0; BLOCK],
        base: [NO_BASE; BLOCK],
        apart: [0; BLOCK],
        sum: [0; BLOCK],
        absent: [0; BLOCK],
        left: [false; BLOCK],
    };
}

impl Default for SlipColumns {
    fn default() -> Self {
        Self::new()
    }
}

impl SlipColumns {
    /// The rows that are settled together, so few that all of their lines stay in the cache.
    pub const BLOCK: usize = 512;

    /// Makes empty columns.
    #[must_use]
    pub fn new() -> Self {
        Self {
            rows: 0,
            amounts: PayItem::ALL.iter().map(|_| Vec::new()).collect(),
            totals: [const { Vec::new() }; 4],
            present: Vec::new(),
            block: Box::new(Block::EMPTY),
        }
    }

    /// Begins with this many rows; one bit an item says which are read with [`fen`](Self::fen).
    pub fn begin(&mut self, rows: usize, wanted: u64) {
        self.rows = rows;
        for (at, column) in self.amounts.iter_mut().enumerate() {
            column.resize(if wanted & (1 << at) == 0 { 0 } else { rows }, 0);
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
        let columns = self.amounts.iter().chain(&self.totals).map(Vec::capacity);
        self.present.capacity() + columns.sum::<usize>()
    }

    /// Settles rows of officers whose months have the plan's parameters, at most [`BLOCK`](Self::BLOCK)
    /// of them; the
    /// first stands at `from`. Rows marked in `left` are not touched; rows that can't be settled here
    /// are marked. Their lines are meaningless until [`put`](Self::put) gives them.
    pub fn settle_officers<C: FactColumns>(
        &mut self,
        plan: &MonthPlan<'_>,
        facts: &C,
        months: &[Month],
        from: usize,
        left: &mut [bool],
    ) {
        let rows = months.len().min(left.len()).min(BLOCK);
        let block = &mut *self.block;
        block.base.fill(NO_BASE);
        block.absent.fill(0);
        for (inside, left) in block.left.iter_mut().zip(&*left) {
            *inside = *left;
        }
        let count = left.iter().filter(|left| **left).count();
        let mut sheet = Columns { block, facts, months, rows, count, some: 0, done: 0 };
        if officers(plan, &mut sheet).is_err() {
            // No line of a sheet of columns gives an error; were there one, no row is settled.
            sheet.give_up();
        }
        let some = sheet.some;
        self.keep(from, rows, some);
        for (left, inside) in left.iter_mut().zip(&self.block.left) {
            *left = *inside;
        }
    }

    /// Copies the block's lines to where they are read.
    fn keep(&mut self, from: usize, rows: usize, some: u64) {
        let block = &*self.block;
        let items = self.amounts.iter_mut().zip(&block.lines).enumerate();
        for (at, (column, line)) in items {
            let (Some(to), Some(line)) = (column.get_mut(from..from + rows), line.get(..rows))
            else {
                continue;
            };
            if some & (1 << at) == 0 {
                to.fill(0);
            } else {
                to.copy_from_slice(line);
            }
        }
        for (column, total) in self.totals.iter_mut().zip(&block.totals) {
            if let (Some(to), Some(total)) = (column.get_mut(from..from + rows), total.get(..rows))
            {
                to.copy_from_slice(total);
            }
        }
        let present = self.present.get_mut(from..from + rows).unwrap_or_default();
        for (present, absent) in present.iter_mut().zip(&block.absent) {
            *present = some & !absent;
        }
    }

    /// Gives the lines of a row, in the place of what it had.
    pub fn put(&mut self, row: usize, slip: &Slip, settled: &Settled) {
        for (item, column) in PayItem::ALL.iter().zip(&mut self.amounts) {
            if let Some(slot) = column.get_mut(row) {
                *slot = slip.get(*item).unwrap_or_default().fen();
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
    block: &'a mut Block,
    facts: &'a C,
    months: &'a [Month],
    rows: usize,
    // How many rows are left.
    count: usize,
    // The items that some row has, and those that were put.
    some: u64,
    done: u64,
}

/// A row of a [`Columns`].
struct Row<'a, C: FactColumns> {
    facts: C::Row<'a>,
    month: Month,
    at: usize,
    some: u64,
    gross: &'a [i64; BLOCK],
    sum: &'a [i64; BLOCK],
    lines: &'a [[i64; BLOCK]; ITEMS],
    absent: &'a [u64; BLOCK],
    base: &'a mut i64,
    apart: &'a mut i64,
}

impl<'a, C: FactColumns> Person for Row<'a, C> {
    type Facts = C::Row<'a>;

    #[inline(always)]
    fn facts(&self) -> &C::Row<'a> {
        &self.facts
    }

    #[inline(always)]
    fn month(&self) -> Month {
        self.month
    }

    #[inline(always)]
    fn gross(&self) -> Money {
        Money::from_fen(self.gross.get(self.at).copied().unwrap_or_default())
    }

    #[inline(always)]
    fn line(&self, item: PayItem) -> Option<Money> {
        let bit = 1u64 << item.index();
        if self.some & bit == 0 || self.absent.get(self.at)? & bit != 0 {
            return None;
        }
        self.lines.get(item.index())?.get(self.at).copied().map(Money::from_fen)
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
    fn each(&mut self, mut call: impl FnMut(&mut Row<'_, C>, &mut i64) -> bool) {
        let Self { block, facts, months, rows, count, some, .. } = self;
        let Block { lines, totals, made, base, apart, sum, absent, left } = &mut **block;
        let (some_left, some, gross) = (*count > 0, *some, &totals[0]);
        // As many months as rows, so that one bound holds for all.
        let these = (*rows).min(BLOCK).min(months.len());
        let months = months.get(..these).unwrap_or_default();
        let mut more = 0;
        for at in 0..these {
            let (Some(slot), Some(base), Some(apart), Some(left), Some(month)) = (
                made.get_mut(at),
                base.get_mut(at),
                apart.get_mut(at),
                left.get_mut(at),
                months.get(at),
            ) else {
                break;
            };
            if some_left && *left {
                continue;
            }
            let (facts, month) = (facts.row(at), *month);
            let mut row = Row { facts, month, at, some, gross, sum, lines, absent, base, apart };
            if !call(&mut row, slot) {
                *left = true;
                more += 1;
            }
        }
        *count += more;
    }

    fn given_up(&self) -> bool {
        self.count >= self.rows
    }

    #[cold]
    fn give_up(&mut self) {
        self.block.left.fill(true);
        self.count = self.rows;
    }

    /// Gives up where rows that were tried in vain outweigh what is gained with the others.
    fn weigh(&mut self) {
        if self.count * 2 > self.rows && !self.given_up() {
            self.give_up();
        }
    }

    /// Puts the column that was made in the place of an item, of which these bits were seen.
    fn put(&mut self, item: PayItem, seen: u64) {
        if seen >= LARGE {
            self.leave_large();
        }
        let Block { lines, made, .. } = &mut *self.block;
        if let Some(line) = lines.get_mut(item.index()) {
            *line = *made;
        }
        self.weigh();
    }

    /// Leaves the rows whose amounts can't be added up without looking.
    #[cold]
    fn leave_large(&mut self) {
        let Block { left, made, .. } = &mut *self.block;
        for (left, amount) in left.iter_mut().zip(made).take(self.rows) {
            if amount.cast_unsigned() >= LARGE && !*left {
                *left = true;
                self.count += 1;
            }
        }
    }

    #[inline(always)]
    fn run(&mut self, item: PayItem, stated: &[Fact<Money>], rule: impl Rule<Self>) {
        let bit = 1u64 << item.index();
        let (mut seen, mut none) = (0u64, 0usize);
        {
            let Self { block, facts, months, rows, count, some, .. } = self;
            let Block { lines, totals, made, base, apart, sum, absent, left } = &mut **block;
            let (some_left, some, gross) = (*count > 0, *some, &totals[0]);
            // As many months as rows, so that one bound holds for all.
            let these = (*rows).min(BLOCK).min(months.len());
            let months = months.get(..these).unwrap_or_default();
            let mut more = 0;
            for at in 0..these {
                let (Some(slot), Some(base), Some(apart), Some(left), Some(month)) = (
                    made.get_mut(at),
                    base.get_mut(at),
                    apart.get_mut(at),
                    left.get_mut(at),
                    months.get(at),
                ) else {
                    break;
                };
                if some_left && *left {
                    continue;
                }
                let found = match stated.get(at) {
                    Some(Fact::Known(amount)) => Ok(Some(*amount)),
                    _ => {
                        let (facts, month) = (facts.row(at), *month);
                        let mut row =
                            Row { facts, month, at, some, gross, sum, lines, absent, base, apart };
                        rule.amount(&mut row, &mut NoTrace)
                    }
                };
                match found {
                    Ok(Some(amount)) => {
                        *slot = amount.fen();
                        seen |= amount.fen().cast_unsigned();
                    }
                    Ok(None) => {
                        *slot = NONE;
                        none += 1;
                    }
                    Err(_) => {
                        *slot = 0;
                        *left = true;
                        more += 1;
                    }
                }
            }
            *count += more;
        }
        if none > 0 {
            let Block { made, absent, .. } = &mut *self.block;
            for (slot, absent) in made.iter_mut().zip(absent).filter(|(slot, _)| **slot == NONE) {
                *slot = 0;
                *absent |= bit;
            }
        }
        if none + self.count < self.rows {
            self.some |= bit;
        }
        self.put(item, seen);
    }

    /// Puts an item whose amount is stated in every row.
    fn copy(&mut self, item: PayItem, amounts: &[Money]) {
        let mut seen = 0u64;
        for (slot, amount) in self.block.made.iter_mut().zip(amounts) {
            *slot = amount.fen();
            seen |= amount.fen().cast_unsigned();
        }
        self.some |= 1 << item.index();
        self.put(item, seen);
    }
}

impl<C: FactColumns> Sheet for Columns<'_, C> {
    type Person<'a> = Row<'a, C>;
    type Trace = NoTrace;

    #[inline(always)]
    fn line_by(&mut self, item: PayItem, rule: impl Rule<Self>) -> Result<()> {
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
        let (mut yes, mut no) = (0usize, 0usize);
        self.each(|row, slot| match test(row) {
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
            self.each(|_, slot| (*slot != 0) == most);
        }
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
        let Block { lines, sum, .. } = &mut *self.block;
        sum.fill(0);
        for item in items {
            if self.some & (1 << item.index()) != 0
                && let Some(line) = lines.get(item.index())
            {
                add(sum, line);
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
        let Block { lines, totals, .. } = &mut *self.block;
        let Some(total) = totals.get_mut(side_index(side)) else { return };
        total.fill(0);
        let mut rest = Slip::items_of(side) & self.some;
        while rest != 0 {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if let Some(line) = lines.get(at) {
                add(total, line);
            }
        }
    }

    fn net(&mut self) -> Result<()> {
        let [gross, deductions, _, net] = &mut self.block.totals;
        for ((gross, deductions), net) in gross.iter().zip(deductions).zip(net) {
            // Rows that are not left have amounts far below the limits.
            *net = gross.wrapping_sub(*deductions);
        }
        Ok(())
    }
}

/// Adds a column. Rows that are not left have amounts far below the limits, so only what is thrown away
/// can wrap.
#[inline]
fn add(sums: &mut [i64; BLOCK], line: &[i64; BLOCK]) {
    for (sum, amount) in sums.iter_mut().zip(line) {
        *sum = sum.wrapping_add(*amount);
    }
}
