//! A table of an answer.

use arrow_array::RecordBatch;
use guarded::guarded;
use pyo3::{
    prelude::*,
    types::{PyCapsule, PyDict, PyTuple},
};
use zhenggong_arrow::to_csv;

use crate::{capsule, error::Result, frame};

/// A table of an answer (考核表格、结果列表).
///
/// It holds the scores, sheets, trail, ranking or differences of an assessment, or a list in the
/// answer of a rule.
///
/// In an assessment, points are decimals with four places, coefficients with nine, ranks and parts
/// integers, days dates; null where a row has no such value.
///
/// It has ``__arrow_c_stream__``, so that whatever reads Arrow reads it without a copy.
///
/// Attributes:
///     columns: The names of the columns.
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct AssessmentTable {
    pub(crate) batch: RecordBatch,
}

#[guarded]
#[pymethods]
impl AssessmentTable {
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.batch.schema_ref().fields().iter().map(|field| field.name().as_str()))
    }

    /// Return the rows as an Arrow C stream in a capsule.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer give its own schema where it can't give the one asked for.
        let _ = requested_schema;
        capsule::export(py, self.batch.schema(), std::iter::once(Ok(self.batch.clone())))
    }

    /// Return a Polars frame.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame::polars(slf.as_any())
    }

    /// Return a pyarrow table.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame::pyarrow(slf.as_any())
    }

    /// Return a pandas frame; pandas needs pyarrow for it.
    ///
    /// Args:
    ///     backend: ``"pyarrow"`` for Arrow columns, ``"numpy"`` for ``Decimal`` objects.
    #[pyo3(signature = (backend = "pyarrow"))]
    fn to_pandas<'py>(slf: &Bound<'py, Self>, backend: &str) -> PyResult<Bound<'py, PyAny>> {
        frame::pandas(slf.as_any(), backend)
    }

    /// Return a DuckDB relation.
    ///
    /// Args:
    ///     connection: The connection that the relation belongs to; without it the default one.
    #[pyo3(signature = (connection = None))]
    fn to_duckdb<'py>(
        slf: &Bound<'py, Self>,
        connection: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        frame::duckdb(slf.as_any(), connection)
    }

    /// Return the columns by name, as lists.
    ///
    /// Points and coefficients are ``Decimal``, ranks int, days ``date``, and null is None.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        frame::dict(py, &self.batch.schema(), std::slice::from_ref(&self.batch))
    }

    /// Return the rows as CSV text, the same bytes as in Rust.
    fn to_csv(&self, py: Python<'_>) -> Result<String> {
        Ok(py.detach(|| to_csv(self.batch.schema_ref(), [&self.batch]))?)
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    // A table without rows is still a table.
    fn __bool__(&self) -> bool {
        true
    }

    fn __repr__(&self) -> String {
        let (rows, columns) = (self.batch.num_rows(), self.batch.num_columns());
        format!("<AssessmentTable {rows} rows, {columns} columns>")
    }

    fn _repr_html_(&self) -> Result<String> {
        let table = frame::html(&self.batch.schema(), std::slice::from_ref(&self.batch))?;
        Ok(format!("<div><strong>{} 行</strong>{table}</div>", self.batch.num_rows()))
    }
}
