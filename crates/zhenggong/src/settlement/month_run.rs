//! The month run: payslips of many people, totals, and row errors.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, hash_map::Entry},
};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use super::{MonthPlan, PayLine, Payslip, Receipt, ReceiptJson, Settled, Slip, settle};
use crate::{
    Error, ErrorCode, Result,
    assessment::AssessmentMonth,
    calendar::Month,
    derivation::{NoTrace, Recorder},
    engine::Engine,
    error::ErrorJson,
    number::Money,
    person::{Label, PersonMonth},
    schema,
    vocabulary::{PayItem, PersonKind},
};

/// 一人的工资. The pay of one person in a month run: lines and totals, without the derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RunRow {
    /// 行号. Row of the input, from 1: the position in the list, or the number that the caller gave.
    pub row: u64,
    /// 人员编号. Opaque id of the person.
    pub person: Label,
    /// 单位. The unit.
    pub unit: Label,
    /// 人员类别. Officer or auxiliary.
    pub kind: PersonKind,
    /// 工资项目. The lines.
    pub lines: Vec<PayLine>,
    /// 应发合计. All earnings.
    pub gross: Money,
    /// 扣款合计. All deductions.
    pub deductions: Money,
    /// 实发合计. Gross less deductions.
    pub net: Money,
    /// 单位承担合计. What the employer pays on top.
    pub employer_cost: Money,
}

/// A person whose pay could not be computed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowError {
    /// Row of the input, numbered as in [`RunRow`].
    pub row: u64,
    /// Opaque id of the person; none where it could not be read.
    pub person: Option<Label>,
    /// The unit; none where the facts could not be read.
    pub unit: Option<Label>,
    /// Officer or auxiliary; none where the facts could not be read.
    pub kind: Option<PersonKind>,
    /// What is wrong; it names row, month and, where it is known, the person.
    pub error: Error,
}

/// 合计. Sums over people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Totals {
    /// 人数. How many people.
    pub people: u64,
    /// 按项目合计. Sum by item.
    pub items: BTreeMap<PayItem, Money>,
    /// 应发合计. Sum of gross pay.
    pub gross: Money,
    /// 扣款合计. Sum of deductions.
    pub deductions: Money,
    /// 实发合计. Sum of net pay.
    pub net: Money,
    /// 单位承担合计. Sum of the employer's cost.
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
        schema::written(self)
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
    /// The others, each with its error, in the order of the input.
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

    /// Computes one person's lines and totals for a month, without the derivation; the amounts are those
    /// of [`payslip`](Self::payslip).
    ///
    /// # Errors
    ///
    /// Those of [`payslip`](Self::payslip).
    pub fn settle(&self, person: &PersonMonth, month: Month) -> Result<(Slip, Settled)> {
        let snapshot = self.snapshot(month)?;
        let mut slip = Slip::new();
        let settled = settle(&MonthPlan::new(&snapshot), person, &mut NoTrace, &mut slip)
            .map_err(|e| e.person(person.person.as_str()).month(month))?;
        Ok((slip, settled))
    }

    /// Computes the pay of many people for a month. A person whose pay can't be computed becomes an
    /// error beside the good rows; nothing is lost.
    ///
    /// Nobody is paid twice: the first record of a person counts, and each further one is the error
    /// `DuplicatePerson`, which names the row of the first. A roster is read by the same rule, and so is
    /// a table whose first rows may have left long before the second record comes.
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
        self.run(people.into_iter(), month, |_, person| Ok(Cow::Borrowed(person)))
    }

    /// Computes the same with the coefficients of the month's assessment: reward and penalty are settled in
    /// the same month, and nobody copies a coefficient. A roster that states another coefficient is an
    /// error of its row, and so is a coefficient that no line of the pay takes: see
    /// [`AssessmentMonth::is_carried`].
    ///
    /// # Errors
    ///
    /// `WrongMonth` where the assessment is of another month, `UnknownPlace` where no pack of the place is
    /// loaded.
    pub fn month_run_with_assessment<'p>(
        &self,
        people: impl IntoIterator<Item = (u64, &'p PersonMonth)>,
        month: Month,
        assessment: &AssessmentMonth,
    ) -> Result<MonthRun> {
        if assessment.month() != month {
            return Err(Error::new(ErrorCode::WrongMonth)
                .arg("found", assessment.month())
                .arg("expected", month)
                .field("assessment"));
        }
        self.run(people.into_iter(), month, |plan, person| {
            assessment.is_carried(person.person.as_str(), person, plan)?;
            assessment.apply(person)
        })
    }

    /// The one run: each person's facts are completed, then settled.
    fn run<'p>(
        &self,
        people: impl Iterator<Item = (u64, &'p PersonMonth)>,
        month: Month,
        complete: impl Fn(&MonthPlan<'_>, &'p PersonMonth) -> Result<Cow<'p, PersonMonth>>,
    ) -> Result<MonthRun> {
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
        let mut first_rows = HashMap::with_capacity(people.size_hint().0);
        for (row, person) in people {
            slip.clear();
            let once = match first_rows.entry(person.person.as_str()) {
                Entry::Vacant(slot) => {
                    slot.insert(row);
                    Ok(person)
                }
                Entry::Occupied(first) => Err(twice(*first.get())),
            };
            let settled = once
                .and_then(|person| complete(&plan, person))
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
                    person: Some(person.person.clone()),
                    unit: Some(person.unit.clone()),
                    kind: Some(person.kind),
                    error: error.row(row).person(person.person.as_str()).month(month),
                });
            }
        }
        Ok(run)
    }
}

/// Says that a person was there before.
#[cold]
fn twice(first: u64) -> Error {
    Error::new(ErrorCode::DuplicatePerson).arg("first", first).field("person")
}

impl MonthRun {
    /// Adds people whose facts could not even be read, such as lines of a roster with a fault, so that
    /// they stand among the errors and are not lost. Each error names its row; of those of one row, which
    /// come together, the first is kept.
    pub fn add_unread(&mut self, errors: impl IntoIterator<Item = Error>) {
        let mut last = None;
        for error in errors {
            let row = error.row_number().unwrap_or_default();
            if last.replace(row) == Some(row) {
                continue;
            }
            let person = error.person_id().and_then(|id| Label::new(id).ok());
            let error = error.month(self.month);
            self.errors.push(RowError { row, person, unit: None, kind: None, error });
        }
        self.errors.sort_by_key(|error| error.row);
    }

    /// Returns the run as JSON: rows, errors, unit totals, totals, receipt.
    #[must_use]
    pub fn to_json(&self) -> Json {
        schema::written(&MonthRunJson {
            month: self.month,
            rows: &self.rows,
            errors: self.errors.iter().map(|e| e.error.json()).collect(),
            units: &self.units,
            totals: &self.totals,
            receipt: self.receipt.json(),
        })
    }
}

/// 月度核算结果. A month run as JSON has it: good rows, bad rows, totals.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MonthRun")]
pub(crate) struct MonthRunJson<'a> {
    /// 月份. The month.
    month: Month,
    /// 算出的人员. The people whose pay could be computed, in the order of the input.
    rows: &'a [RunRow],
    /// 未能算出的人员. The errors of the others; each names its row and person.
    errors: Vec<ErrorJson<'a>>,
    /// 按单位合计. Totals by unit, of the good rows.
    #[schemars(with = "BTreeMap<String, Totals>")]
    units: &'a BTreeMap<Label, Totals>,
    /// 合计. Totals of all good rows.
    totals: &'a Totals,
    /// 计算回执. What it was computed with.
    receipt: ReceiptJson<'a>,
}
