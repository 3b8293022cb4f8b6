//! Allowances (津贴补贴): fixed amounts by what a person is and does.
//!
//! Two kinds stand here: the police rank allowance, by the rank held, and the police overtime
//! allowance, by days worked outside the five-day week. Both are national standards.

pub mod police_overtime;
pub mod police_rank;
mod rank_held;

pub use self::{
    police_overtime::{DayOrder, OvertimeDays, PoliceOvertimeAllowance, police_overtime_allowance},
    police_rank::{Effect, PoliceRankAllowance, RankChange, allowance_rank, police_rank_allowance},
    rank_held::RankHeld,
};
