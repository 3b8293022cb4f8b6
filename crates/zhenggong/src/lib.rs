//! zhenggong (政工): the rules of police personnel work in China.

pub mod calendar;
pub mod error;
pub mod number;

pub use error::{Error, ErrorCode, Result};
