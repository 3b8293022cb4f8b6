//! What a rule tells about its steps, and who listens.

use super::{Label, Op, Step, Value};
use crate::{
    number::{Exact, Money, NumberError, Rate, Rounding},
    policy::{CiteId, Sourced},
};

/// Listens to the steps of a rule.
pub trait Trace {
    /// Whether anything is kept; a rule may skip work that only a listener needs.
    const ACTIVE: bool;

    /// Takes one step.
    fn step(&mut self, step: impl FnOnce() -> Step);

    /// A line begins.
    #[inline]
    fn begin(&mut self, label: impl Into<Label>) {
        self.step(|| Step::Begin(label.into()));
    }

    /// The line ends with this value.
    #[inline]
    fn end(&mut self, value: Value) {
        self.step(|| Step::End(value));
    }

    /// The line ends with this amount.
    #[inline]
    fn end_money(&mut self, money: Money) {
        self.end(Value::Money(money));
    }

    /// A fact joins the formula.
    #[inline]
    fn fact(&mut self, op: Op, label: impl Into<Label>, value: Value) {
        self.step(|| Step::Term { op, label: label.into(), value, cite: None });
    }

    /// A policy value joins the formula.
    #[inline]
    fn param(&mut self, op: Op, label: impl Into<Label>, value: Value, cite: CiteId) {
        self.step(|| Step::Term { op, label: label.into(), value, cite: Some(cite) });
    }

    /// A fact is noted beside the formula.
    #[inline]
    fn note(&mut self, label: impl Into<Label>, value: Option<Value>) {
        self.step(|| Step::Note { label: label.into(), value, cite: None });
    }

    /// A policy choice is noted beside the formula.
    #[inline]
    fn cited_note(&mut self, label: impl Into<Label>, value: Option<Value>, cite: CiteId) {
        self.step(|| Step::Note { label: label.into(), value, cite: Some(cite) });
    }

    /// Rounds the exact value by this policy and records both.
    ///
    /// # Errors
    ///
    /// `Overflow` where the result does not fit.
    #[inline]
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

/// Keeps every step. Reuse one for many people by [`take`](Self::take) or [`clear`](Self::clear).
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    steps: Vec<Step>,
}

impl Recorder {
    /// Makes an empty recorder with room for the steps of a usual payslip.
    #[must_use]
    pub fn new() -> Self {
        Self { steps: Vec::with_capacity(128) }
    }

    /// Returns the steps kept so far.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Returns the steps and leaves the recorder empty.
    pub fn take(&mut self) -> Vec<Step> {
        std::mem::take(&mut self.steps)
    }

    /// Forgets the steps and keeps the memory.
    pub fn clear(&mut self) {
        self.steps.clear();
    }
}

impl Trace for Recorder {
    const ACTIVE: bool = true;

    #[inline]
    fn step(&mut self, step: impl FnOnce() -> Step) {
        self.steps.push(step());
    }
}
