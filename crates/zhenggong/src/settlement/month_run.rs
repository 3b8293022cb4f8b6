//! The month run: payslips of many people, totals, and row errors.

use std::{borrow::Cow, collections::BTreeMap};

use serde_json::{Value as Json, json};

use super::{MonthPlan, Origin, PayLine, Payslip, Receipt, Slip, settle};
use crate::{
    Error, ErrorCode, Result,
    assessment::AssessmentMonth,
    calendar::Month,
    derivation::{Derivation, NoTrace, Recorder},
    engine::Engine,
    number::Money,
    person::{Label, PersonMonth},
    vocabulary::{PayItem, PersonKind},
};

/// The pay of one person in a month run: lines and totals, without the derivation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunRow {
    /// Row of the input, from 1.
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
    fn add(&mut self, row: &RunRow) -> Result<()> {
        // All sums are made before any is kept, so that a row that overflows leaves no trace.
        let mut next = self.clone();
        for line in &row.lines {
            let sum = next.items.entry(line.item).or_default();
            *sum = sum.plus(line.amount)?;
        }
        next.people += 1;
        next.gross = next.gross.plus(row.gross)?;
        next.deductions = next.deductions.plus(row.deductions)?;
        next.net = next.net.plus(row.net)?;
        next.employer_cost = next.employer_cost.plus(row.employer_cost)?;
        *self = next;
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
    /// The errors of the others; each names its row and person.
    pub errors: Vec<Error>,
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
            derivation: Derivation::new(trace.take(), snapshot),
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
        self.run(people, month, |person| Ok(Cow::Borrowed(person)))
    }

    /// Computes the pay of many people for a month with the coefficients of the month's assessment: reward
    /// and penalty are settled in the same month, and nobody copies a coefficient. A roster that states
    /// another coefficient is an error of its row.
    ///
    /// # Errors
    ///
    /// `WrongMonth` where the assessment is of another month, `UnknownPlace` where no pack of the place is
    /// loaded.
    pub fn month_run_with_assessment(
        &self,
        people: &[PersonMonth],
        month: Month,
        assessment: &AssessmentMonth,
    ) -> Result<MonthRun> {
        if assessment.month() != month {
            return Err(Error::new(ErrorCode::WrongMonth)
                .arg("found", assessment.month())
                .arg("expected", month)
                .field("assessment"));
        }
        self.run(people, month, |person| assessment.apply(person))
    }

    /// The one run: each person's facts are completed, then settled.
    fn run<'p>(
        &self,
        people: &'p [PersonMonth],
        month: Month,
        complete: impl Fn(&'p PersonMonth) -> Result<Cow<'p, PersonMonth>>,
    ) -> Result<MonthRun> {
        let snapshot = self.snapshot(month)?;
        let plan = MonthPlan::new(&snapshot);
        let mut run = MonthRun {
            month,
            rows: Vec::with_capacity(people.len()),
            errors: Vec::new(),
            units: BTreeMap::new(),
            totals: Totals::default(),
            receipt: Receipt::of(self, month),
        };
        let mut slip = Slip::new();
        for (row, person) in (1u64..).zip(people) {
            slip.clear();
            let settled = complete(person)
                .and_then(|person| settle(&plan, &*person, &mut NoTrace, &mut slip));
            let computed = settled.and_then(|totals| {
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
                let mut unit = run.units.get(&person.unit).cloned().unwrap_or_default();
                unit.add(&row)?;
                run.totals.add(&row)?;
                run.units.insert(person.unit.clone(), unit);
                run.rows.push(row);
                Ok(())
            });
            if let Err(error) = computed {
                run.errors.push(error.row(row).person(person.person.as_str()).month(month));
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
            "errors": self.errors.iter().map(Error::to_json).collect::<Vec<_>>(),
            "units": self.units.iter()
                .map(|(unit, t)| (unit.to_string(), t.to_json()))
                .collect::<serde_json::Map<_, _>>(),
            "totals": self.totals.to_json(),
            "receipt": self.receipt.to_json(),
        })
    }
}
