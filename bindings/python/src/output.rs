//! Answers as Python values.

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyDict, PyList},
};
use serde_json::Value as Json;
use zhenggong::{Result, derivation::Language, number::Money, vocabulary::Vocabulary};

/// Returns compact JSON, the same bytes in every language of the library.
pub(crate) fn json_text(value: &Json) -> String {
    value.to_string()
}

/// Returns an amount as `Decimal`, in yuan with two places.
pub(crate) fn decimal<'py>(py: Python<'py>, amount: Money) -> PyResult<Bound<'py, PyAny>> {
    static DECIMAL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")?.call1((amount.to_string(),))
}

/// Returns JSON as plain Python values; amounts stay text.
pub(crate) fn value<'py>(py: Python<'py>, json: &Json) -> PyResult<Bound<'py, PyAny>> {
    Ok(match json {
        Json::Null => py.None().into_bound(py),
        Json::Bool(yes) => yes.into_pyobject(py)?.to_owned().into_any(),
        Json::Number(n) => match (n.as_i64(), n.as_u64()) {
            (Some(n), _) => n.into_pyobject(py)?.into_any(),
            (None, Some(n)) => n.into_pyobject(py)?.into_any(),
            (None, None) => n.to_string().into_pyobject(py)?.into_any(),
        },
        Json::String(text) => text.into_pyobject(py)?.into_any(),
        Json::Array(items) => {
            let list = PyList::empty(py);
            for item in items {
                list.append(value(py, item)?)?;
            }
            list.into_any()
        }
        Json::Object(map) => {
            let dict = PyDict::new(py);
            for (key, item) in map {
                dict.set_item(key, value(py, item)?)?;
            }
            dict.into_any()
        }
    })
}

/// Returns the language of this code: `zh` or `en`.
pub(crate) fn language(text: &str) -> Result<Language> {
    Language::find(text).map_err(|e| e.field("language"))
}
