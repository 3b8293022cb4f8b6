//! The README as documentation, so that its code is tested.

#![doc = include_str!("../../../README.md")]

#[doc = include_str!("../../../docs/ASSESSMENT.md")]
pub mod assessment {}
