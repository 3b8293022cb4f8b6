//! The forms of JSON as JSON Schema.

use guarded::guarded;
use pyo3::prelude::*;
use zhenggong::schema as core;

use crate::{error::Result, output};

/// Return the names of all schemas (数据格式目录).
///
/// Returns:
///     The records (``"person"``, ``"payslip"`` …), then the input and the output of each rule as
///     ``"<id of the rule>.input"`` and ``"<id of the rule>.output"``.
///
/// Example:
///     >>> import zhenggong
///     >>> zhenggong.schemas()[:3]
///     ['person', 'payslip', 'month-run']
#[guarded]
#[pyfunction]
pub(crate) fn schemas() -> Vec<String> {
    core::names()
}

/// Return one JSON Schema, draft 2020-12 (数据格式).
///
/// It is made from the types that read inputs and write outputs, and describes the JSON of
/// ``to_json()`` and of the C library. Facts and inputs given to this package may be ``Decimal``
/// and ``date`` where the schema says text.
///
/// Args:
///     name: One of ``schemas()``.
///
/// Raises:
///     InputError: there is no schema of this name (107).
///
/// Example:
///     >>> import zhenggong
///     >>> zhenggong.schema("allowance.police-rank.input")["required"]
///     ['month', 'ranks']
#[guarded]
#[pyfunction]
pub(crate) fn schema<'py>(py: Python<'py>, name: &str) -> Result<Bound<'py, PyAny>> {
    let found = core::find(name).map_err(|e| e.field("name"))?;
    Ok(output::value(py, &found)?)
}
