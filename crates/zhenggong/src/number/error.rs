//! What arithmetic and number text can get wrong, small enough for the inner loop.

use std::fmt;

use crate::{Error, ErrorCode};

/// What went wrong with a number, in one byte; [`Error`] is made from it outside the inner loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum NumberError {
    /// The text is not a plain decimal number.
    #[error("not a decimal number")]
    Syntax,
    /// There are more decimals than the type holds.
    #[error("too many decimal places")]
    TooManyDigits,
    /// The result is beyond what the type holds.
    #[error("out of range")]
    Overflow,
    /// A divisor is zero.
    #[error("division by zero")]
    DivisionByZero,
}

/// Loses the text: `Syntax` and `TooManyDigits` name the value as "?". Readers of text use
/// [`Money::parse`](super::Money::parse) and its like, which keep it.
impl From<NumberError> for Error {
    #[cold]
    fn from(fault: NumberError) -> Self {
        match fault {
            NumberError::Syntax => invalid_number("?"),
            NumberError::TooManyDigits => too_many_digits("?", 2),
            NumberError::Overflow => Self::new(ErrorCode::Overflow),
            NumberError::DivisionByZero => Self::new(ErrorCode::DivisionByZero),
        }
    }
}

/// Returns [`ErrorCode::InvalidNumber`] for this text.
#[cold]
pub(crate) fn invalid_number(value: impl fmt::Display) -> Error {
    Error::new(ErrorCode::InvalidNumber).arg("value", value)
}

/// Returns [`ErrorCode::TooManyDigits`] for a text of more than `digits` decimals.
#[cold]
pub(crate) fn too_many_digits(value: impl fmt::Display, digits: u32) -> Error {
    Error::new(ErrorCode::TooManyDigits).arg("value", value).arg("digits", digits)
}

/// Returns [`ErrorCode::NumberOutOfRange`] for a value outside `min..=max`.
#[cold]
pub(crate) fn out_of_range(
    value: impl fmt::Display,
    min: impl fmt::Display,
    max: impl fmt::Display,
) -> Error {
    Error::new(ErrorCode::NumberOutOfRange).arg("value", value).arg("min", min).arg("max", max)
}
