//! Findings of lints and readers.

use guarded::guarded;
use pyo3::prelude::*;
use zhenggong::error::{Finding as CoreFinding, Severity};

use crate::{error, output};

/// An error or a warning at a place of a file (检查结果).
///
/// Attributes:
///     file: The name of the file as the caller gave it.
///     line: Line, from 1.
///     column: Column in characters, from 1.
///     severity: ``"error"`` or ``"warning"``.
///     code: Stable number of what was found, the same in Rust and C.
///     name: Stable name of the code, such as ``"MissingFact"``.
///     error: What was found, as an exception that was not raised; it has person, field and rule.
///
/// Example:
///     >>> from zhenggong import Pack
///     >>> finding = Pack.from_text("[pack]", name="city.toml").findings[0]
///     >>> finding.file, finding.line, finding.name
///     ('city.toml', 1, 'MissingKey')
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Finding {
    inner: CoreFinding,
}

impl Finding {
    pub(crate) fn of(inner: CoreFinding) -> Self {
        Self { inner }
    }
}

#[guarded]
#[pymethods]
impl Finding {
    #[getter]
    fn file(&self) -> &str {
        &self.inner.file
    }

    #[getter]
    fn line(&self) -> u32 {
        self.inner.line
    }

    #[getter]
    fn column(&self) -> u32 {
        self.inner.column
    }

    #[getter]
    fn severity(&self) -> &'static str {
        if self.inner.severity == Severity::Error { "error" } else { "warning" }
    }

    #[getter]
    fn code(&self) -> u16 {
        self.inner.error.code().number()
    }

    #[getter]
    fn name(&self) -> &'static str {
        self.inner.error.code().name()
    }

    #[getter]
    fn error<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        error::exception(py, &self.inner.error, &[])
    }

    /// ``file:line:column: [code] message`` in Chinese.
    #[getter]
    fn zh(&self) -> String {
        self.inner.zh()
    }

    /// ``file:line:column: [code] message`` in English.
    #[getter]
    fn en(&self) -> String {
        self.inner.en()
    }

    /// Return the finding as JSON text.
    fn to_json(&self) -> String {
        output::json_text(&self.inner.to_json())
    }

    fn __str__(&self) -> String {
        self.inner.en()
    }

    fn __repr__(&self) -> String {
        format!("<Finding {}>", self.inner.en())
    }
}
