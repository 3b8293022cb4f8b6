//! zhenggong (政工): the rules of police personnel work in China: exact, explainable, dated, cited.
//!
//! A rule is a plain function from a parameter struct and typed facts to a value. Parameters come
//! from dated, sourced policy packs; facts come from the caller; every step can be explained in
//! Chinese and English.
//!
//! - [`number`]: money in fen, exact rates, named rounding
//! - [`calendar`]: months, service, work calendar
//! - [`vocabulary`]: the closed lists of the field
//! - [`policy`]: packs, layers, two time axes, snapshots
//! - [`derivation`]: why an amount is what it is
//! - [`workdays`]: kinds of days, overtime days, service
//! - [`catalogue`]: all rules
//! - [`schema`]: inputs and outputs as JSON Schema

#![forbid(unsafe_code)]

pub mod allowance;
pub mod assessment;
pub mod auxiliary;
pub mod basic_pay;
pub mod calendar;
pub mod catalogue;
pub mod derivation;
pub mod engine;
pub mod error;
pub mod insurance;
pub mod number;
pub mod person;
pub mod policy;
#[cfg(doctest)]
mod readme;
pub mod schema;
pub mod settlement;
pub mod tax;
pub mod testing;
pub mod vocabulary;
pub mod workdays;

pub use engine::{Engine, EngineBuilder, Evaluation};
pub use error::{Error, ErrorCode, Result};
