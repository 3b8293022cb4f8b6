//! The facts of a chunk's rows, column by column, and one row of them.

use std::ops::Range;

use arrow_array::ArrayRef;
use chrono::NaiveDate;
use zhenggong::{
    Result,
    calendar::Month,
    insurance::{FloatStep, RiskClass, StartKind},
    number::{Money, Rate},
    person::{Fact, FactText, Facts, Label, PersonMonth, stated_column},
    settlement::StatedColumn,
    tax::{BonusElection, WithholdingMethod},
    vocabulary::{
        AuxiliaryGrade, DutyType, LevelStep, PayItem, PersonKind, PoliceRank, PostKind, PostTier,
        RankEvent, Vocabulary,
    },
};

use crate::{cell::not_an_amount, chunk::RowErrors, column::Column, table::Table};

macro_rules! fact_columns {
    ($($name:ident: $ty:ty;)*) => {
        /// The arrays that the facts are read from.
        #[derive(Debug, Default)]
        pub(crate) struct FactArrays<'a> {
            $($name: Option<&'a ArrayRef>,)*
        }

        impl<'a> FactArrays<'a> {
            /// Takes the array of a fact; false where there is no fact of this name.
            pub(crate) fn take(&mut self, name: &str, array: &'a ArrayRef) -> Result<bool> {
                match name {
                    $(stringify!($name) => {
                        let form = <$ty as FactText>::form();
                        Column::<$ty>::check(name, array.data_type(), form)?;
                        self.$name = Some(array);
                    })*
                    _ => return Ok(false),
                }
                Ok(true)
            }
        }

        /// The facts of a chunk's rows.
        #[derive(Debug)]
        pub(crate) struct FactColumns {
            $($name: Column<$ty>,)*
        }

        impl FactColumns {
            /// The names of the facts.
            #[cfg(test)]
            pub(crate) const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            pub(crate) fn new() -> Self {
                Self { $($name: Column::new(stringify!($name)),)* }
            }

            pub(crate) fn fill(&mut self, from: &FactArrays<'_>, rows: Range<usize>, bad: &mut RowErrors) {
                $(self.$name.fill(from.$name, rows.clone(), bad);)*
            }

            /// Gives a record the facts of a row.
            pub(crate) fn tell(&self, at: usize, person: &mut PersonMonth) {
                $(person.$name = owned(self.$name.at(at));)*
            }

            /// Returns the column of coefficients.
            pub(crate) fn coefficients(&mut self) -> &mut Column<Rate> {
                &mut self.coefficient
            }

            pub(crate) fn open(&mut self, from: &FactArrays<'_>, rows: usize) {
                $(self.$name.open(from.$name, rows);)*
            }

            pub(crate) fn capacity(&self) -> usize {
                [$(self.$name.capacity()),*].iter().sum()
            }
        }

        impl Facts for Row<'_> {
            #[inline]
            fn kind(&self) -> PersonKind {
                self.kind
            }

            #[inline]
            fn stated(&self, item: PayItem) -> Option<Money> {
                self.stated.at(item, self.at)
            }

            #[inline]
            fn stated_items(&self) -> u64 {
                self.stated.items(self.at)
            }

            $(#[inline(always)] fn $name(&self) -> Fact<&$ty> { self.facts.$name.at(self.at) })*
        }
    };
}

fact_columns! {
    rank: PoliceRank;
    rank_since: NaiveDate;
    previous_rank: PoliceRank;
    rank_event: RankEvent;
    post: PostTier;
    post_kind: PostKind;
    level_step: LevelStep;
    duty: DutyType;
    overtime_rest_days: u32;
    overtime_holiday_days: u32;
    auxiliary_grade: AuxiliaryGrade;
    auxiliary_post: Label;
    coefficient: Rate;
    night_shifts: u32;
    overtime_hours: u32;
    duty_days: u32;
    service_years: u32;
    contribution_wage: Money;
    housing_wage: Money;
    housing_rate: Rate;
    fund_start: NaiveDate;
    fund_start_kind: StartKind;
    risk_class: RiskClass;
    risk_step: FloatStep;
    tax_months: u32;
    tax_mode: WithholdingMethod;
    ytd_income: Money;
    ytd_special: Money;
    ytd_additional: Money;
    ytd_other: Money;
    ytd_withheld: Money;
    special_additional: Money;
    bonus_election: BonusElection;
    bonus_separate_used: u32;
}

fn owned<T: Clone>(fact: Fact<&T>) -> Fact<T> {
    match fact {
        Fact::Known(value) => Fact::Known(value.clone()),
        Fact::NotApplicable => Fact::NotApplicable,
        Fact::Missing => Fact::Missing,
    }
}

/// One row of those that are read together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    facts: &'a FactColumns,
    stated: &'a StatedColumns,
    kind: PersonKind,
    at: usize,
}

impl<'a> Row<'a> {
    #[inline(always)]
    pub(crate) fn new(columns: &'a Columns, kind: PersonKind, at: usize) -> Self {
        Self { facts: &columns.facts, stated: &columns.stated, kind, at }
    }
}

/// All columns of the rows that are read together.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) kind: Column<PersonKind>,
    pub(crate) month: Column<Month>,
    pub(crate) facts: FactColumns,
    pub(crate) stated: StatedColumns,
}

impl Columns {
    pub(crate) fn new() -> Self {
        Self {
            kind: Column::new("kind"),
            month: Column::new("month"),
            facts: FactColumns::new(),
            stated: StatedColumns::new(),
        }
    }

    pub(crate) fn capacity(&self) -> usize {
        let own = self.kind.capacity() + self.month.capacity();
        own + self.facts.capacity() + self.stated.capacity()
    }

    /// Makes ready for reading this many rows of a table.
    pub(crate) fn open(&mut self, table: &Table<'_>, rows: usize) {
        self.kind.open(Some(table.kind), rows);
        self.month.open(table.month, rows);
        self.facts.open(&table.facts, rows);
        self.stated.open(&table.stated, rows);
    }

    /// Reads rows of a table that was opened, but not their months.
    pub(crate) fn fill(&mut self, table: &Table<'_>, rows: Range<usize>, bad: &mut RowErrors) {
        self.kind.fill(Some(table.kind), rows.clone(), bad);
        self.facts.fill(&table.facts, rows.clone(), bad);
        self.stated.fill(&table.stated, rows, bad);
    }
}

impl zhenggong::settlement::FactColumns for Columns {
    type Row<'a> = Row<'a>;

    #[inline(always)]
    fn row(&self, at: usize) -> Row<'_> {
        Row::new(self, PersonKind::Officer, at)
    }

    #[inline]
    fn stated(&self, item: PayItem) -> StatedColumn<'_> {
        let Some(column) = self.stated.of(item) else { return StatedColumn::None };
        if !column.known().is_empty() {
            StatedColumn::All(column.known())
        } else if column.cells().iter().any(|cell| matches!(cell, Fact::Known(_))) {
            StatedColumn::Some(column.cells())
        } else {
            StatedColumn::None
        }
    }
}

/// The stated amounts of the rows, by item.
#[derive(Debug)]
pub(crate) struct StatedColumns {
    columns: Vec<Column<Money>>,
    // The items that the table has a column for, one bit each.
    items: u64,
}

impl StatedColumns {
    fn new() -> Self {
        let columns = PayItem::ALL.iter().map(|i| Column::new(stated_column(*i).0)).collect();
        Self { columns, items: 0 }
    }

    fn capacity(&self) -> usize {
        self.columns.iter().map(Column::capacity).sum()
    }

    #[inline(always)]
    fn of(&self, item: PayItem) -> Option<&Column<Money>> {
        if self.items & (1 << item.index()) == 0 { None } else { self.columns.get(item.index()) }
    }

    #[inline(always)]
    fn at(&self, item: PayItem, row: usize) -> Option<Money> {
        self.of(item)?.at(row).known().copied()
    }

    /// Returns the items that a row has an amount of, one bit each.
    fn items(&self, row: usize) -> u64 {
        let (mut there, mut rest) = (0, self.items);
        while rest != 0 {
            let item = rest.trailing_zeros();
            rest &= rest - 1;
            let column = self.columns.get(item as usize);
            if column.is_some_and(|column| matches!(column.at(row), Fact::Known(_))) {
                there |= 1 << item;
            }
        }
        there
    }

    fn open(&mut self, from: &[(PayItem, &ArrayRef)], rows: usize) {
        self.items = 0;
        for (item, array) in from {
            self.items |= 1 << item.index();
            if let Some(column) = self.columns.get_mut(item.index()) {
                column.open(Some(array), rows);
            }
        }
    }

    /// Gives a record the stated amounts of a row.
    pub(crate) fn tell(&self, at: usize, person: &mut PersonMonth) {
        for item in PayItem::ALL {
            if let Some(amount) = self.at(*item, at) {
                person.stated.insert(*item, amount);
            }
        }
    }

    /// Reads rows of the stated columns, which come with their items.
    fn fill(&mut self, from: &[(PayItem, &ArrayRef)], rows: Range<usize>, bad: &mut RowErrors) {
        for (item, array) in from {
            let Some(column) = self.columns.get_mut(item.index()) else { continue };
            column.fill(Some(array), rows.clone(), bad);
            for (at, cell) in column.cells().iter().enumerate() {
                if matches!(cell, Fact::NotApplicable) {
                    bad.add(at, not_an_amount(&stated_column(*item).0));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_has_its_column() {
        let facts: Vec<_> = PersonMonth::FACTS.iter().map(|fact| fact.term.code).collect();
        assert_eq!(FactColumns::NAMES, facts);
    }
}
