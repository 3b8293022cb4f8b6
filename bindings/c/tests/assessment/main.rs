//! Assessments over streams give what Rust gives from the same tables, and say what is wrong with them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod calls;
#[path = "../common/mod.rs"]
mod common;
mod month_run;
mod refused;
mod tables;
