//! Pay of auxiliaries (辅警): the pay plan of a place, the local minimum wage, and overtime pay under
//! the Labour Law.
//!
//! No national scale exists: every place writes a plan of its own, so the plan is policy data. Its
//! lines come from a small closed list of kinds ([`LineKind`]); there is no formula language.

pub mod minimum_wage;
pub mod overtime_pay;
pub mod pay_plan;
mod plan;
mod plan_pay;
mod plan_reader;
mod standards;
mod wage_parts;

pub(crate) use self::plan_pay::auxiliary_pay_or_stated;
pub use self::{
    minimum_wage::{MinimumWage, minimum_wage},
    overtime_pay::{OvertimeAmounts, OvertimePay, OvertimeWork, overtime_pay},
    pay_plan::{AuxiliaryFacts, Counts, PayPlan},
    plan::{CountFact, LineKind, MAX_LINES, PostKey, Standard, TableKey},
    plan_pay::auxiliary_pay,
    standards::Standards,
    wage_parts::{daily_wage, hourly_wage},
};
