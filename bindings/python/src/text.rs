//! Text of Python. It may hold half a character, a lone surrogate, which is no text for the core; then pyo3
//! has an `UnicodeEncodeError` that names neither the argument nor what to do.

use std::path::PathBuf;

use pyo3::{exceptions::PyUnicodeEncodeError, prelude::*, types::PyString};
use zhenggong::{Error, ErrorCode};

use crate::error::{Failure, Result};

#[cold]
fn half(zh: &str, en: &str, path: &str) -> Error {
    let detail =
        format!("{zh}含不成对的代理字符（半个字符） / {en} has a lone surrogate, half a character");
    let error = Error::new(ErrorCode::InvalidText).arg_both("detail", detail);
    if path.is_empty() { error } else { error.field(path) }
}

/// Returns a text that stands as a value at this place.
pub(crate) fn value(found: &Bound<'_, PyString>, path: &str) -> Result<String> {
    Ok(found.to_str().map(str::to_owned).map_err(|_| half("", "it", path))?)
}

/// Returns a text that is a key of the mapping at this place.
pub(crate) fn key(found: &Bound<'_, PyString>, path: &str) -> Result<String> {
    Ok(found.to_str().map(str::to_owned).map_err(|_| half("键", "a key", path))?)
}

/// Reads an argument that is text. pyo3 notes at the error which argument it is.
pub(crate) fn argument<'a>(found: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    let text = found.cast::<PyString>()?;
    text.to_str().map_err(|_| Failure::from(half("", "it", "")).into())
}

/// Reads an argument that is text or None.
pub(crate) fn optional<'a>(found: &'a Bound<'_, PyAny>) -> PyResult<Option<&'a str>> {
    if found.is_none() { Ok(None) } else { argument(found).map(Some) }
}

/// Reads an argument that is the path of a file.
pub(crate) fn path(found: &Bound<'_, PyAny>) -> PyResult<PathBuf> {
    found.extract().map_err(|error: PyErr| {
        if error.is_instance_of::<PyUnicodeEncodeError>(found.py()) {
            Failure::from(half("路径", "the path", "")).into()
        } else {
            error
        }
    })
}
