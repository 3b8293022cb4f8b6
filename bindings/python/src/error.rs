//! Errors of the core as exceptions.

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyDict, PyTuple},
};
use zhenggong::{
    Error,
    calendar::Month,
    error::{ErrorClass, Finding as CoreFinding},
    policy::LintError,
};

use crate::{boundary, finding::Finding, output};

/// An error on its way to Python.
pub(crate) enum Failure {
    /// Of the core.
    Core(Error),
    /// A pack that can't be used, with everything that was found.
    Lint(LintError),
    /// A roster that is not whole: its first error, with everything that was found.
    Roster(Error, Vec<CoreFinding>),
    /// Raised by Python itself: by a mapping, a dataclass, an iterator of the caller.
    Python(PyErr),
}

impl Failure {
    /// Says which month the facts are for, where the core itself can't know it yet.
    pub(crate) fn month(self, month: Month) -> Self {
        match self {
            Self::Core(error) => Self::Core(error.month(month)),
            other => other,
        }
    }
}

pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl From<LintError> for Failure {
    fn from(error: LintError) -> Self {
        Self::Lint(error)
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        Python::attach(|py| match failure {
            Failure::Core(error) => raised(py, &error, &[]),
            Failure::Lint(lint) => raised(py, &Error::from(lint.clone()), &lint.findings),
            Failure::Roster(error, findings) => raised(py, &error, &findings),
            Failure::Python(error) => error,
        })
    }
}

/// Returns the exception of an error; where its texts can't be made, that of a fault of this library.
fn raised(py: Python<'_>, error: &Error, findings: &[CoreFinding]) -> PyErr {
    let made = boundary::contained(|| exception(py, error, findings));
    match made.unwrap_or_else(|| exception(py, &boundary::internal(), &[])) {
        Ok(value) => PyErr::from_value(value),
        Err(other) => other,
    }
}

/// Returns the exception of an error's class, with code, place and both messages.
pub(crate) fn exception<'py>(
    py: Python<'py>,
    error: &Error,
    findings: &[CoreFinding],
) -> PyResult<Bound<'py, PyAny>> {
    static INPUT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static POLICY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static RULE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static INTERNAL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let (cell, name) = match error.code().class() {
        ErrorClass::Input => (&INPUT, "InputError"),
        ErrorClass::Policy => (&POLICY, "PolicyError"),
        ErrorClass::Rule => (&RULE, "RuleError"),
        ErrorClass::Internal => (&INTERNAL, "InternalError"),
    };
    let class = cell.import(py, "zhenggong.exceptions", name)?;
    let fields = PyDict::new(py);
    fields.set_item("code", error.code().number())?;
    fields.set_item("name", error.code().name())?;
    fields.set_item("person", error.person_id())?;
    fields.set_item("rule", error.rule_id())?;
    fields.set_item("field", error.field_name())?;
    fields.set_item("month", error.month_of().map(|m| m.to_string()))?;
    fields.set_item("row", error.row_number())?;
    fields.set_item("source", error.source_text())?;
    fields.set_item("zh", error.zh())?;
    fields.set_item("en", error.en())?;
    fields.set_item("json", output::json_text(&error.to_json()))?;
    let found = findings.iter().map(|f| Py::new(py, Finding::of(f.clone())));
    fields.set_item("findings", PyTuple::new(py, found.collect::<PyResult<Vec<_>>>()?)?)?;
    class.call((), Some(&fields))
}
