//! Pickles and copies. What is a value goes as what it was read from; an answer is no value without its engine.

use pyo3::{exceptions::PyTypeError, prelude::*, types::PyTuple};

/// A function of `zhenggong._pickled`, and the arguments by which it makes the object again.
pub(crate) type Reduced<'py> = (Bound<'py, PyAny>, Bound<'py, PyTuple>);

/// Returns how an object is made again.
pub(crate) fn reduced<'py>(
    py: Python<'py>,
    function: &str,
    arguments: impl IntoPyObject<'py, Target = PyTuple, Output = Bound<'py, PyTuple>, Error = PyErr>,
) -> PyResult<Reduced<'py>> {
    let function = py.import("zhenggong._pickled")?.getattr(function)?;
    Ok((function, arguments.into_pyobject(py)?))
}

/// Says that an object does not pickle, and what to do.
#[cold]
pub(crate) fn refused(class: &str, instead: &str) -> PyErr {
    PyTypeError::new_err(format!("cannot pickle a {class}: {instead}"))
}
