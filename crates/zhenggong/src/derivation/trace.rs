//! What a rule tells about its steps, and who listens.

use std::sync::Arc;

use super::{Derivation, Label, Op, Step, Value, record::Records};
use crate::{
    number::{Exact, Money, NumberError, Rate, Rounding},
    policy::{CiteId, Snapshot, Sourced},
};

/// Listens to the steps of a rule.
pub trait Trace {
    /// Whether anything is kept; a rule may skip work that only a listener needs.
    const ACTIVE: bool;

    /// Takes one step.
    fn step(&mut self, step: impl FnOnce() -> Step);

    /// A line begins.
    #[inline(always)]
    fn begin(&mut self, label: impl Into<Label>) {
        self.step(|| Step::Begin(label.into()));
    }

    /// The line ends with this value.
    #[inline(always)]
    fn end(&mut self, value: Value) {
        self.step(|| Step::End(value));
    }

    /// The line ends with this amount.
    #[inline(always)]
    fn end_money(&mut self, money: Money) {
        self.end(Value::Money(money));
    }

    /// A fact joins the formula.
    #[inline(always)]
    fn fact(&mut self, op: Op, label: impl Into<Label>, value: Value) {
        self.step(|| Step::Term { op, label: label.into(), value, cite: None });
    }

    /// A policy value joins the formula.
    #[inline(always)]
    fn param(&mut self, op: Op, label: impl Into<Label>, value: Value, cite: CiteId) {
        self.step(|| Step::Term { op, label: label.into(), value, cite: Some(cite) });
    }

    /// A fact is noted beside the formula.
    #[inline(always)]
    fn note(&mut self, label: impl Into<Label>, value: Option<Value>) {
        self.step(|| Step::Note { label: label.into(), value, cite: None });
    }

    /// A policy choice is noted beside the formula.
    #[inline(always)]
    fn cited_note(&mut self, label: impl Into<Label>, value: Option<Value>, cite: CiteId) {
        self.step(|| Step::Note { label: label.into(), value, cite: Some(cite) });
    }

    /// Rounds the exact value by this policy and records both.
    ///
    /// # Errors
    ///
    /// `Overflow` where the result does not fit.
    #[inline(always)]
    fn round(&mut self, exact: Exact, by: &Sourced<Rounding>) -> Result<Money, NumberError> {
        let money = exact.round(by.value)?;
        self.step(|| Step::Round { before: exact, rounding: by.value, cite: Some(by.cite) });
        Ok(money)
    }

    /// Rounds `amount × rate − less` by this policy and records the value before and after. Where
    /// nobody listens, the value before is not made.
    ///
    /// # Errors
    ///
    /// `Overflow` where the result does not fit.
    #[inline(always)]
    fn round_product(
        &mut self,
        amount: Money,
        rate: Rate,
        less: Money,
        by: &Sourced<Rounding>,
    ) -> Result<Money, NumberError> {
        if Self::ACTIVE {
            self.round(amount.exact().times(rate)?.minus(less.exact())?, by)
        } else {
            amount.rounded_product(rate, less, by.value)
        }
    }
}

/// Listens to nothing; every call compiles away.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTrace;

impl Trace for NoTrace {
    const ACTIVE: bool = false;

    #[inline(always)]
    fn step(&mut self, _: impl FnOnce() -> Step) {}
}

/// Keeps every step. Reuse one for many people with [`clear`](Self::clear).
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    records: Records,
}

impl Recorder {
    /// Makes an empty recorder with room for the steps of a usual payslip.
    #[must_use]
    pub fn new() -> Self {
        Self { records: Records::with_capacity(128) }
    }

    /// Returns the steps kept so far.
    pub fn steps(&self) -> impl Iterator<Item = Step> + '_ {
        self.records.steps()
    }

    /// Returns how many steps were kept so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns whether no step was kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the derivation of the steps, with the snapshot whose citations they name, and leaves
    /// the recorder empty.
    pub fn derivation(&mut self, snapshot: Arc<Snapshot>) -> Derivation {
        Derivation { records: std::mem::take(&mut self.records), snapshot }
    }

    /// Returns the steps and leaves the recorder empty.
    pub fn take(&mut self) -> Vec<Step> {
        let steps = self.steps().collect();
        self.clear();
        steps
    }

    /// Forgets the steps and keeps the memory.
    pub fn clear(&mut self) {
        self.records.clear();
    }
}

impl Trace for Recorder {
    const ACTIVE: bool = true;

    #[inline(always)]
    fn step(&mut self, step: impl FnOnce() -> Step) {
        self.records.push(step());
    }

    #[inline(always)]
    fn round_product(
        &mut self,
        amount: Money,
        rate: Rate,
        less: Money,
        by: &Sourced<Rounding>,
    ) -> Result<Money, NumberError> {
        let money = amount.rounded_product(rate, less, by.value)?;
        self.records.push_product(amount, rate, less, by.value, by.cite);
        Ok(money)
    }
}
