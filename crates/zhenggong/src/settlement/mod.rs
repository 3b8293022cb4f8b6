//! Settlement (核算): from a person's facts to a payslip, and from a roster to a month run.
//!
//! [`settle`] is the one path: the explained payslip, the month run and the batch all go through it,
//! with a recording trace or none, from a record or from a row of a table. The order is earnings,
//! gross pay, contributions on their bases, income tax, net pay. An item whose amount the office
//! states is taken as stated and shown so; everything else is computed.

mod contributions;
mod earnings;
mod income_tax;
mod month_plan;
mod month_run;
mod payslip;
pub mod payslip_rule;
mod receipt;
mod roster_names;
mod settle;
mod sheet;
mod slip;
mod slip_columns;

pub use self::{
    month_plan::MonthPlan,
    month_run::{MonthRun, RowError, RunRow, Totals},
    payslip::{PayLine, Payslip},
    receipt::Receipt,
    settle::{Settled, settle},
    slip::{Origin, Slip},
    slip_columns::{FactColumns, SlipColumns, StatedColumn},
};
pub(crate) use self::{month_run::MonthRunJson, payslip::PayslipJson, receipt::ReceiptJson};
