//! The months of a batch, each resolved once.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

use arrow_array::{Array, ArrayRef, PrimitiveArray, cast::AsArray, types::Date32Type};
use chrono::NaiveDate;
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
    // The first plan by which officers are paid alike.
    groups: Vec<u16>,
    days: Days,
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
                if let Some(seen) = distinct(dates) {
                    return seen.into_iter().try_for_each(|day| self.add_day(engine, day));
                }
                let mut last = None;
                for at in 0..dates.len() {
                    let days = dates.value(at);
                    if dates.is_null(at) || last == Some(days) {
                        continue;
                    }
                    last = Some(days);
                    self.add_day(engine, days)?;
                }
                Ok(())
            }
        }
    }

    /// Adds the month of a day, counted from 1970-01-01.
    fn add_day(&mut self, engine: &Engine, day: i32) -> Result<()> {
        match Date32Type::to_naive_date_opt(day).map(Month::of) {
            Some(Ok(month)) => self.add(engine, month),
            _ => Ok(()),
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
        Plans::new(self.snapshots.values().map(|s| plan(s)).collect())
    }
}

/// Returns the days of a column, each once, where none is null and all lie near each other.
fn distinct(dates: &PrimitiveArray<Date32Type>) -> Option<Vec<i32>> {
    let (first, last) = match dates.values().as_ref() {
        _ if dates.null_count() > 0 => return None,
        days => (*days.iter().min()?, *days.iter().max()?),
    };
    let mut seen =
        vec![false; usize::try_from(last.checked_sub(first)?).ok().filter(|n| *n < MOST)? + 1];
    for day in dates.values() {
        let at = usize::try_from(day - first).ok();
        if let Some(seen) = at.and_then(|at| seen.get_mut(at)) {
            *seen = true;
        }
    }
    Some((first..=last).zip(seen).filter(|(_, seen)| *seen).map(|(day, _)| day).collect())
}

impl<'m> Plans<'m> {
    fn new(by_month: Vec<MonthPlan<'m>>) -> Self {
        let mut plans = Self { groups: Vec::new(), days: Days::of(&by_month), by_month };
        for (at, plan) in (0..NO_PLAN).zip(&plans.by_month) {
            let mut before = plans.by_month.iter().zip(&plans.groups);
            let alike = before.find(|(other, _)| plan.pays_officers_like(other));
            plans.groups.push(alike.map_or(at, |(_, group)| *group));
        }
        plans
    }

    /// Returns the plan of a number.
    #[inline]
    pub(crate) fn get(&self, number: u16) -> Option<&MonthPlan<'m>> {
        self.by_month.get(usize::from(number))
    }

    /// Returns the number of the first plan by which officers are paid alike.
    #[inline]
    pub(crate) fn group(&self, number: u16) -> Option<u16> {
        self.groups.get(usize::from(number)).copied()
    }

    /// Returns the number of the plan of a month, looking first where the last one was found.
    #[inline]
    pub(crate) fn number(&self, month: Month, hint: &mut usize) -> Option<u16> {
        if self.by_month.get(*hint).is_none_or(|plan| plan.month() != month) {
            *hint = self.by_month.binary_search_by_key(&month, MonthPlan::month).ok()?;
        }
        u16::try_from(*hint).ok().filter(|number| *number != NO_PLAN)
    }

    /// Returns whether officers are paid alike in all months.
    pub(crate) fn are_alike(&self) -> bool {
        self.groups.iter().all(|group| *group == 0)
    }

    /// Adds the months of days, counted from 1970-01-01, and the numbers of their plans; returns
    /// whether each day is the first of a month that has a plan.
    pub(crate) fn of_days(
        &self,
        days: &[i32],
        months: &mut Vec<Month>,
        plans: &mut Vec<u16>,
    ) -> bool {
        let Days { first, numbers, months: known } = &self.days;
        let at = |day: &i32| usize::try_from(day.wrapping_sub(*first)).unwrap_or(usize::MAX);
        let mut all = true;
        plans.extend(days.iter().map(|day| {
            let number = numbers.get(at(day)).copied().unwrap_or(NO_PLAN);
            all &= number != NO_PLAN;
            number
        }));
        if all {
            months.extend(days.iter().map(|day| known.get(at(day)).copied().unwrap_or(Month::MIN)));
        }
        all
    }
}

/// Stands where a row has no month that a plan is known for.
pub(crate) const NO_PLAN: u16 = u16::MAX;

/// The numbers of plans by the first day of the month.
#[derive(Debug, Default)]
struct Days {
    first: i32,
    numbers: Vec<u16>,
    months: Vec<Month>,
}

/// The days between the first and the last month of a table of days: some ninety years.
const MOST: usize = 0x8000;

impl Days {
    /// Makes the table where the months lie near each other; otherwise it is empty.
    fn of(plans: &[MonthPlan<'_>]) -> Self {
        let day = |plan: &MonthPlan<'_>| {
            plan.month().first_day().signed_duration_since(NaiveDate::default()).num_days()
        };
        let (Some(first), Some(last)) = (plans.first().map(day), plans.last().map(day)) else {
            return Self::default();
        };
        let (Ok(from), Ok(count @ 0..MOST)) = (i32::try_from(first), usize::try_from(last - first))
        else {
            return Self::default();
        };
        let (mut numbers, mut months) = (vec![NO_PLAN; count + 1], vec![Month::MIN; count + 1]);
        for (plan, number) in plans.iter().zip(0..NO_PLAN) {
            let at = usize::try_from(day(plan) - first).ok();
            let slots = at.and_then(|at| numbers.get_mut(at).zip(months.get_mut(at)));
            if let Some(slots) = slots {
                (*slots.0, *slots.1) = (number, plan.month());
            }
        }
        Self { first: from, numbers, months }
    }
}
