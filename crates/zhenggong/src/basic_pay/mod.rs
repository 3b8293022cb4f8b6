//! Basic pay (基本工资) of civil servants: post pay (职务工资) and level pay (级别工资).
//!
//! Both are national tables in whole yuan. No table of 2016 or 2018 was seen whole, and none of 2021
//! or later at all: a cell that is not attested is an error that names it, and from October 2021 on
//! the amount of the approval sheet has to be entered.

pub mod level;
pub mod level_rise;
mod level_table;
pub mod post;
pub mod total;
pub mod trial;

pub use self::{
    level::{LevelPay, level_pay},
    level_rise::{LevelRise, PayMatch, RiseMode, raise_level},
    level_table::{LevelCells, LevelTable, steps_of},
    post::{PostPay, post_pay},
    total::basic_pay,
    trial::{TrialPay, trial_pay},
};
