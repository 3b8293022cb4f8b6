//! The facts of a chunk's rows, column by column, and one row of them.

use std::ops::Range;

use arrow_array::ArrayRef;
use chrono::NaiveDate;
use zhenggong::{
    Result,
    calendar::Month,
    insurance::{FloatStep, RiskClass, StartKind},
    number::{Money, Rate},
    person::{Fact, FactText, Facts, Label, stated_column},
    tax::{BonusElection, WithholdingMethod},
    vocabulary::{
        AuxiliaryGrade, DutyType, LevelStep, PayItem, PersonKind, PoliceRank, PostKind, PostTier,
        RankEvent, Vocabulary,
    },
};

use crate::{cell::not_an_amount, chunk::RowErrors, column::Column};

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
                if self.stated & (1 << item.index()) == 0 {
                    return None;
                }
                self.amounts.columns.get(item.index())?.at(self.at).known().copied()
            }

            #[inline]
            fn stated_items(&self) -> u64 {
                self.stated
            }

            $(#[inline] fn $name(&self) -> Fact<&$ty> { self.facts.$name.at(self.at) })*
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

/// One row of a chunk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    facts: &'a FactColumns,
    amounts: &'a StatedColumns,
    stated: u64,
    kind: PersonKind,
    at: usize,
}

impl<'a> Row<'a> {
    #[inline]
    pub(crate) fn new(columns: &'a Columns, kind: PersonKind, at: usize) -> Self {
        let stated = columns.stated.there.get(at).copied().unwrap_or(0);
        Self { facts: &columns.facts, amounts: &columns.stated, stated, kind, at }
    }
}

/// All columns of a chunk.
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
}

/// The stated amounts of a chunk's rows, by item.
#[derive(Debug)]
pub(crate) struct StatedColumns {
    columns: Vec<Column<Money>>,
    // One bit per item and row; empty where the table has no such column.
    there: Vec<u64>,
}

impl StatedColumns {
    fn new() -> Self {
        let columns = PayItem::ALL.iter().map(|i| Column::new(stated_column(*i).0)).collect();
        Self { columns, there: Vec::new() }
    }

    fn capacity(&self) -> usize {
        self.columns.iter().map(Column::capacity).sum::<usize>() + self.there.capacity()
    }

    /// Reads rows of the stated columns, which come with their items.
    pub(crate) fn fill(
        &mut self,
        from: &[(PayItem, &ArrayRef)],
        rows: Range<usize>,
        bad: &mut RowErrors,
    ) {
        self.there.clear();
        for column in &mut self.columns {
            column.fill(None, 0..0, bad);
        }
        if from.is_empty() {
            return;
        }
        self.there.resize(rows.len(), 0);
        for (item, array) in from {
            let Some(column) = self.columns.get_mut(item.index()) else { continue };
            column.fill(Some(array), rows.clone(), bad);
            for (at, there) in self.there.iter_mut().enumerate() {
                match column.at(at) {
                    Fact::Known(_) => *there |= 1 << item.index(),
                    Fact::NotApplicable => bad.add(at, not_an_amount(&stated_column(*item).0)),
                    Fact::Missing => {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use zhenggong::person::PersonMonth;

    use super::*;

    #[test]
    fn every_fact_has_its_column() {
        let facts: Vec<_> = PersonMonth::FACTS.iter().map(|fact| fact.term.code).collect();
        assert_eq!(FactColumns::NAMES, facts);
    }
}
