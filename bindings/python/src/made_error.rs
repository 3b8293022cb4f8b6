//! Errors that the Python half finds itself: a file, an option of the command line, a person that is not
//! in the roster. They are made here, so that they have the same texts and JSON as all others.

use guarded::guarded;
use pyo3::{prelude::*, types::PyString};
use zhenggong::{Error, ErrorCode};

use crate::error::{Result, exception};

/// The arguments that a message may have.
const ARGUMENTS: [&str; 5] = ["detail", "option", "value", "kind", "known"];

/// Return the exception of an error code, by its name.
///
/// Args:
///     name: Name of the code, such as ``"Io"``.
///     args: The arguments of its message: name, Chinese text, English text.
///     field: The field concerned.
///
/// Raises:
///     InternalError: there is no such code, or no such argument.
#[guarded]
#[pyfunction]
#[pyo3(signature = (name, args, field = None))]
pub(crate) fn _error<'py>(
    py: Python<'py>,
    name: &str,
    args: Vec<(String, Bound<'py, PyString>, Bound<'py, PyString>)>,
    field: Option<String>,
) -> Result<Bound<'py, PyAny>> {
    let unknown = |what: &str| Error::new(ErrorCode::Internal).arg("detail", format!("no {what}"));
    let code =
        ErrorCode::ALL.iter().find(|code| code.name() == name).ok_or_else(|| unknown(name))?;
    let mut error = Error::new(*code);
    for (name, zh, en) in &args {
        let known = ARGUMENTS.iter().find(|known| *known == name).ok_or_else(|| unknown(name))?;
        // The name of a file may hold bytes that are no text.
        error = error.arg_in(known, zh.to_string_lossy(), en.to_string_lossy());
    }
    if let Some(field) = field {
        error = error.field(field);
    }
    Ok(exception(py, &error, &[])?)
}
