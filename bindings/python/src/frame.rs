//! Record batches as tables of other libraries, dicts and HTML; what every table of the package does.

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, SchemaRef};
use pyo3::{
    exceptions::PyImportError,
    prelude::*,
    types::{PyDict, PyList},
};
use zhenggong::{Error, ErrorCode};
use zhenggong_arrow::cells;

use crate::{
    error::{Failure, Result},
    html,
};

fn library<'py>(py: Python<'py>, name: &str, method: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import(name).map(Bound::into_any).map_err(|cause| {
        let error = PyImportError::new_err(format!("{method}() needs {name}: pip install {name}"));
        error.set_cause(py, Some(cause));
        error
    })
}

/// Returns a Polars frame of an object with `__arrow_c_stream__`.
pub(crate) fn polars<'py>(table: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    library(table.py(), "polars", "to_polars")?.getattr("DataFrame")?.call1((table,))
}

/// Returns a pyarrow table of an object with `__arrow_c_stream__`.
pub(crate) fn pyarrow<'py>(table: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    library(table.py(), "pyarrow", "to_pyarrow")?.call_method1("table", (table,))
}

/// Returns a pandas frame of an object with `__arrow_c_stream__`.
pub(crate) fn pandas<'py>(table: &Bound<'py, PyAny>, backend: &str) -> PyResult<Bound<'py, PyAny>> {
    let py = table.py();
    let pandas = library(py, "pandas", "to_pandas")?;
    let table = library(py, "pyarrow", "to_pandas")?.call_method1("table", (table,))?;
    let options = PyDict::new(py);
    match backend {
        "pyarrow" => options.set_item("types_mapper", pandas.getattr("ArrowDtype")?)?,
        // Without this a column of codes with gaps would become one of floats.
        "numpy" => options.set_item("integer_object_nulls", true)?,
        other => {
            let error = Error::new(ErrorCode::InvalidOption)
                .arg("option", "backend")
                .arg("value", zhenggong::error::shown(other))
                .arg("known", "pyarrow, numpy")
                .field("backend");
            return Err(Failure::from(error).into());
        }
    }
    table.call_method("to_pandas", (), Some(&options))
}

/// Returns a DuckDB relation of an object with `__arrow_c_stream__`.
pub(crate) fn duckdb<'py>(
    table: &Bound<'py, PyAny>,
    connection: Option<Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let duckdb = match connection {
        Some(connection) => connection,
        None => library(table.py(), "duckdb", "to_duckdb")?,
    };
    duckdb.call_method1("from_arrow", (table,))
}

/// Returns the columns by name, as lists.
pub(crate) fn dict<'py>(
    py: Python<'py>,
    schema: &SchemaRef,
    batches: &[RecordBatch],
) -> Result<Bound<'py, PyDict>> {
    let decimal = py.import("decimal")?.getattr("Decimal")?;
    let date = py.import("datetime")?.getattr("date")?.getattr("fromisoformat")?;
    let columns = PyDict::new(py);
    for (n, field) in schema.fields().iter().enumerate() {
        let list = PyList::empty(py);
        for batch in batches {
            let column: &ArrayRef = batch.column(n);
            let text = cells(column)?;
            for row in 0..column.len() {
                match (text(row), field.data_type()) {
                    (None, _) => list.append(py.None())?,
                    (Some(text), DataType::Decimal128(..)) => {
                        list.append(decimal.call1((text,))?)?;
                    }
                    (Some(text), DataType::UInt16 | DataType::UInt32 | DataType::Int64) => {
                        list.append(text.parse::<i64>().unwrap_or_default())?;
                    }
                    (Some(text), DataType::Boolean) => list.append(text == "true")?,
                    (Some(text), DataType::Date32) => list.append(date.call1((text,))?)?,
                    (Some(text), _) => list.append(text)?,
                }
            }
        }
        columns.set_item(field.name(), list)?;
    }
    Ok(columns)
}

/// Returns the first rows as an HTML table.
pub(crate) fn html(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<String> {
    const SHOWN: usize = 10;
    let names = schema.fields().iter().map(|field| field.name().clone());
    let mut rows: Vec<Vec<String>> = vec![names.collect()];
    for batch in batches {
        let columns = batch.columns().iter().map(cells);
        let columns = columns.collect::<zhenggong::Result<Vec<_>>>()?;
        let left = (SHOWN + 1).saturating_sub(rows.len()).min(batch.num_rows());
        // An error is a sentence; its beginning says which one it is.
        let shown =
            |row| columns.iter().map(|cell| html::short(&cell(row).unwrap_or_default())).collect();
        rows.extend((0..left).map(shown));
    }
    // A column that says nothing in the rows that are shown takes no place.
    let told =
        |n: &usize| rows.iter().skip(1).any(|row| row.get(*n).is_some_and(|c| !c.is_empty()));
    let kept: Vec<usize> = (0..schema.fields().len()).filter(told).collect();
    let picked: Vec<Vec<String>> =
        rows.iter().map(|row| kept.iter().filter_map(|n| row.get(*n).cloned()).collect()).collect();
    let is_text = |column: usize| {
        let field = kept.get(column).map(|n| schema.field(*n));
        field.is_some_and(|field| !field.data_type().is_numeric())
    };
    Ok(html::table(&picked, is_text))
}
