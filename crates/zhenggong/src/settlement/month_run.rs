//! The month run: payslips of many people, totals, and row errors.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{MonthPlan, Origin, PayLine, Payslip, Receipt, Slip, settle};
use crate::{
    Error, Result,
    calendar::Month,
    derivation::{NoTrace, Recorder},
    engine::Engine,
    number::Money,
    person::{Label, PersonMonth},
    vocabulary::{PayItem, PersonKind},
};

/// The pay of one person in a month run: lines and totals, without the derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunRow {
    /// Row of the input, from 1: the position in the list, or the number that the caller gave.
    pub row: u64,
    /// Opaque id of the person.
    pub person: Label,
    /// The unit.
    pub unit: Label,
    /// Officer or auxiliary.
    pub kind: PersonKind,
    /// The lines.
    pub lines: Vec<PayLine>,
    /// 应发合计.
    pub gross: Money,
    /// 扣款合计.
    pub deductions: Money,
    /// 实发合计.
    pub net: Money,
    /// 单位承担合计.
    pub employer_cost: Money,
}

/// A person whose pay could not be computed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowError {
    /// Row of the input, numbered as in [`RunRow`].
    pub row: u64,
    /// Opaque id of the person.
    pub person: Label,
    /// The unit.
    pub unit: Label,
    /// Officer or auxiliary.
    pub kind: PersonKind,
    /// What is wrong; it names row, person and month.
    pub error: Error,
}

/// Sums over people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// How many people.
    pub people: u64,
    /// Sum by item.
    pub items: BTreeMap<PayItem, Money>,
    /// Sum of gross pay.
    pub gross: Money,
    /// Sum of deductions.
    pub deductions: Money,
    /// Sum of net pay.
    pub net: Money,
    /// Sum of the employer's cost.
    pub employer_cost: Money,
}

impl Totals {
    /// Returns whether the sums with this row would fit.
    fn check(&self, row: &RunRow) -> Result<()> {
        for line in &row.lines {
            self.items.get(&line.item).copied().unwrap_or_default().plus(line.amount)?;
        }
        self.sides(row).map(|_| ())
    }

    fn sides(&self, row: &RunRow) -> Result<[Money; 4]> {
        Ok([
            self.gross.plus(row.gross)?,
            self.deductions.plus(row.deductions)?,
            self.net.plus(row.net)?,
            self.employer_cost.plus(row.employer_cost)?,
        ])
    }

    /// Adds a row that was checked.
    fn add(&mut self, row: &RunRow) -> Result<()> {
        for line in &row.lines {
            let sum = self.items.entry(line.item).or_default();
            *sum = sum.plus(line.amount)?;
        }
        self.people += 1;
        [self.gross, self.deductions, self.net, self.employer_cost] = self.sides(row)?;
        Ok(())
    }

    /// Returns the sums as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        json!({
            "people": self.people,
            "items": self.items.iter()
                .map(|(item, sum)| (item.code().to_owned(), Json::from(sum.to_string())))
                .collect::<serde_json::Map<_, _>>(),
            "gross": self.gross.to_string(), "deductions": self.deductions.to_string(),
            "net": self.net.to_string(), "employer_cost": self.employer_cost.to_string(),
        })
    }
}

/// The result of a month run: good rows, bad rows, totals, receipt.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MonthRun {
    /// The month.
    pub month: Month,
    /// The people whose pay could be computed, in the order of the input.
    pub rows: Vec<RunRow>,
    /// The others, each with its error.
    pub errors: Vec<RowError>,
    /// Totals by unit, of the good rows.
    pub units: BTreeMap<Label, Totals>,
    /// Totals of all good rows.
    pub totals: Totals,
    /// What it was computed with.
    pub receipt: Receipt,
}

impl Engine {
    /// Computes one person's pay for a month, with its derivation.
    ///
    /// # Errors
    ///
    /// The error of the first line that can't be computed; it names person, month, rule and fact.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::{Engine, calendar::Month, person::PersonMonth, policy::Pack};
    /// let engine = Engine::builder().packs(Pack::national()).build()?;
    /// let person: PersonMonth = serde_json::from_value(serde_json::json!({
    ///     "person": "0417", "unit": "城东派出所", "kind": "officer", "rank": null,
    ///     "stated": { "post-pay": "2410.00", "level-pay": "3620.00", "pension": "0.00",
    ///         "occupational-annuity": "0.00", "medical": "0.00", "housing-fund": "0.00",
    ///         "income-tax": "30.90" },
    /// })).unwrap();
    /// let slip = engine.payslip(&person, Month::new(2025, 3)?)?;
    /// assert_eq!(slip.net.to_string(), "5999.10");
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    pub fn payslip(&self, person: &PersonMonth, month: Month) -> Result<Payslip> {
        let snapshot = self.snapshot(month)?;
        let plan = MonthPlan::new(&snapshot);
        let (mut slip, mut trace) = (Slip::new(), Recorder::new());
        let totals = settle(&plan, person, &mut trace, &mut slip)
            .map_err(|e| e.person(person.person.as_str()).month(month))?;
        Ok(Payslip {
            person: person.person.clone(),
            unit: person.unit.clone(),
            kind: person.kind,
            month,
            lines: Payslip::lines_of(&slip),
            gross: totals.gross,
            deductions: totals.deductions,
            net: totals.net,
            employer_cost: totals.employer_cost,
            derivation: trace.derivation(snapshot),
            receipt: Receipt::of(self, month),
        })
    }

    /// Computes the pay of many people for a month. A person whose pay can't be computed becomes an
    /// error beside the good rows; nothing is lost.
    ///
    /// # Errors
    ///
    /// `UnknownPlace` where no pack of the place is loaded.
    pub fn month_run(&self, people: &[PersonMonth], month: Month) -> Result<MonthRun> {
        self.month_run_numbered((1..).zip(people), month)
    }

    /// Computes the same for people whose rows have numbers of their own, such as the lines of a file.
    ///
    /// # Errors
    ///
    /// `UnknownPlace` where no pack of the place is loaded.
    pub fn month_run_numbered<'p>(
        &self,
        people: impl IntoIterator<Item = (u64, &'p PersonMonth)>,
        month: Month,
    ) -> Result<MonthRun> {
        let people = people.into_iter();
        let snapshot = self.snapshot(month)?;
        let plan = MonthPlan::new(&snapshot);
        let mut run = MonthRun {
            month,
            rows: Vec::with_capacity(people.size_hint().0),
            errors: Vec::new(),
            units: BTreeMap::new(),
            totals: Totals::default(),
            receipt: Receipt::of(self, month),
        };
        let mut slip = Slip::new();
        for (row, person) in people {
            slip.clear();
            let computed = settle(&plan, person, &mut NoTrace, &mut slip).and_then(|totals| {
                let row = RunRow {
                    row,
                    person: person.person.clone(),
                    unit: person.unit.clone(),
                    kind: person.kind,
                    lines: Payslip::lines_of(&slip),
                    gross: totals.gross,
                    deductions: totals.deductions,
                    net: totals.net,
                    employer_cost: totals.employer_cost,
                };
                // All sums are checked before any is kept, so that a row that overflows leaves no
                // trace. A unit's sums can't overflow where those of all units fit, except by signs.
                run.totals.check(&row)?;
                if let Some(unit) = run.units.get(&person.unit) {
                    unit.check(&row)?;
                }
                run.totals.add(&row)?;
                run.units.entry(person.unit.clone()).or_default().add(&row)?;
                run.rows.push(row);
                Ok(())
            });
            if let Err(error) = computed {
                run.errors.push(RowError {
                    row,
                    person: person.person.clone(),
                    unit: person.unit.clone(),
                    kind: person.kind,
                    error: error.row(row).person(person.person.as_str()).month(month),
                });
            }
        }
        Ok(run)
    }
}

impl MonthRun {
    /// Returns the run as JSON: rows, errors, unit totals, totals, receipt.
    #[must_use]
    pub fn to_json(&self) -> Json {
        json!({
            "month": self.month.to_string(),
            "rows": self.rows.iter().map(|r| json!({
                "row": r.row, "person": r.person.as_str(), "unit": r.unit.as_str(),
                "kind": r.kind.code(),
                "lines": r.lines.iter().map(|l| json!({
                    "item": l.item.code(), "amount": l.amount.to_string(),
                    "origin": Origin::code(l.origin),
                })).collect::<Vec<_>>(),
                "gross": r.gross.to_string(), "deductions": r.deductions.to_string(),
                "net": r.net.to_string(), "employer_cost": r.employer_cost.to_string(),
            })).collect::<Vec<_>>(),
            "errors": self.errors.iter().map(|e| e.error.to_json()).collect::<Vec<_>>(),
            "units": self.units.iter()
                .map(|(unit, t)| (unit.to_string(), t.to_json()))
                .collect::<serde_json::Map<_, _>>(),
            "totals": self.totals.to_json(),
            "receipt": self.receipt.to_json(),
        })
    }
}
