//! The months of a batch, each resolved once.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

use arrow_array::{Array, ArrayRef, cast::AsArray, types::Date32Type};
use zhenggong::{Result, calendar::Month, engine::Engine, policy::Snapshot, settlement::MonthPlan};

use crate::{
    options::BatchOptions,
    table::Table,
    text::{Strings, Texts},
};

/// The snapshots of the months that occur in a table.
#[derive(Debug)]
pub struct Months {
    snapshots: BTreeMap<Month, Arc<Snapshot>>,
    employer_cost: bool,
}

/// What the settlement of each of those months reads.
#[derive(Debug)]
pub struct Plans<'m> {
    by_month: Vec<MonthPlan<'m>>,
}

impl Months {
    /// Resolves the months of a table, and the one that is given for all of its rows.
    ///
    /// # Errors
    ///
    /// `UnknownPlace` where no pack of the place is loaded.
    pub(crate) fn of(engine: &Engine, table: &Table<'_>, options: &BatchOptions) -> Result<Self> {
        let employer_cost = options.employer_cost;
        let mut months = Self { snapshots: BTreeMap::new(), employer_cost };
        match options.month {
            Some(month) => months.add(engine, month)?,
            None => months.add_column(engine, table.month, table.rows)?,
        }
        Ok(months)
    }

    fn add(&mut self, engine: &Engine, month: Month) -> Result<()> {
        if let Entry::Vacant(slot) = self.snapshots.entry(month) {
            slot.insert(engine.snapshot(month)?);
        }
        Ok(())
    }

    /// Adds the months of a column. Cells that name no month are left for the row's own error.
    fn add_column(&mut self, engine: &Engine, array: Option<&ArrayRef>, rows: usize) -> Result<()> {
        let Some(array) = array else { return Ok(()) };
        match Texts::of(array) {
            Some(Texts::Dictionary(_, values)) if values.len() <= rows => {
                self.add_texts(engine, values.len(), |at| Strings::get(values, at))
            }
            Some(texts) => self.add_texts(engine, rows, |at| texts.get(at)),
            None => {
                let Some(dates) = array.as_primitive_opt::<Date32Type>() else { return Ok(()) };
                let mut last = None;
                for at in 0..dates.len() {
                    let days = dates.value(at);
                    if dates.is_null(at) || last == Some(days) {
                        continue;
                    }
                    last = Some(days);
                    if let Some(Ok(month)) = Date32Type::to_naive_date_opt(days).map(Month::of) {
                        self.add(engine, month)?;
                    }
                }
                Ok(())
            }
        }
    }

    fn add_texts<'t>(
        &mut self,
        engine: &Engine,
        count: usize,
        text: impl Fn(usize) -> Option<&'t str>,
    ) -> Result<()> {
        let mut last = "";
        for text in (0..count).filter_map(text) {
            // Rows of a month stand together as a rule.
            if text != last {
                last = text;
                if let Ok(month) = Month::parse(text) {
                    self.add(engine, month)?;
                }
            }
        }
        Ok(())
    }

    /// Looks up what the settlement of each month reads.
    #[must_use]
    pub fn plans(&self) -> Plans<'_> {
        let plan = |snapshot| {
            let plan = MonthPlan::new(snapshot);
            if self.employer_cost { plan } else { plan.without_employer_cost() }
        };
        Plans { by_month: self.snapshots.values().map(|s| plan(s)).collect() }
    }
}

impl<'m> Plans<'m> {
    /// Returns the plan of a month, looking first where the last one was found.
    #[inline]
    pub(crate) fn of(&self, month: Month, hint: &mut usize) -> Option<&MonthPlan<'m>> {
        if let Some(plan) = self.by_month.get(*hint).filter(|plan| plan.month() == month) {
            return Some(plan);
        }
        *hint = self.by_month.binary_search_by_key(&month, MonthPlan::month).ok()?;
        self.by_month.get(*hint)
    }
}
