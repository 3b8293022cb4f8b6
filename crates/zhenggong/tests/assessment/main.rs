//! Assessment, asked as its users do: schemes of a pack, scores, periods, grades, what differs, what is told,
//! and what is paid for it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod compared;
mod deductions;
mod doubtful;
mod editions;
mod keys;
mod month_run;
mod moves;
mod open;
mod own;
mod page;
mod periods;
mod properties;
mod quota_from_scores;
mod report;
mod roles;
mod scheme_lint;
mod switched;
mod texts;
mod training;
