//! Facts that were read and checked once.

use std::sync::Arc;

use guarded::guarded;
use pyo3::{
    prelude::*,
    types::{PyDict, PyString},
};
use serde_json::{Map, Value as Json};
use zhenggong::{Error, ErrorCode, person::PersonMonth};

use crate::{
    error::{Failure, Result},
    input, output, people,
    pickled::{self, Reduced},
    text,
};

/// The facts of one person for one month, read and checked once (人员事实).
///
/// Whatever takes facts takes them too. Use them where one person is computed more than once: for
/// several months, under several engines, with one fact changed. They pickle, are equal where all
/// facts are, and a copy is the object itself.
///
/// Args:
///     facts: The facts, as a mapping or a dataclass.
///     **more: Facts as keyword arguments, instead of or besides ``facts``.
///
/// Attributes:
///     person: Opaque id of the person.
///     unit: The unit.
///     kind: ``"officer"`` or ``"auxiliary"``.
///
/// Raises:
///     InputError: a fact is unknown (109), given twice or not in its form; see ``.field``.
///
/// Example:
///     >>> from zhenggong import Facts
///     >>> facts = Facts(person="P1", unit="城东派出所", kind="民警", rank="三级警司")
///     >>> facts.replace(rank="二级警司").to_dict()["rank"]
///     'superintendent-second-class'
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Facts {
    pub(crate) inner: Arc<PersonMonth>,
}

impl Facts {
    /// Returns the facts as the JSON that the core reads.
    pub(crate) fn json(&self) -> Result<Json> {
        Ok(serde_json::to_value(&*self.inner)
            .map_err(|e| Error::new(ErrorCode::Internal).arg("detail", e))?)
    }
}

#[guarded]
#[pymethods]
impl Facts {
    #[new]
    #[pyo3(signature = (facts = None, /, **more))]
    fn new(facts: Option<&Bound<'_, PyAny>>, more: Option<&Bound<'_, PyDict>>) -> Result<Self> {
        Ok(Self { inner: Arc::new(people::person(facts, more)?) })
    }

    #[getter]
    fn person(&self) -> &str {
        self.inner.person.as_str()
    }

    #[getter]
    fn unit(&self) -> &str {
        self.inner.unit.as_str()
    }

    #[getter]
    fn kind(&self) -> &'static str {
        self.inner.kind.code()
    }

    /// Return the facts as a new dict: amounts and dates as text; None is not applicable.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        Ok(output::value(py, &self.json()?)?)
    }

    /// Return the facts with some of them changed; ``MISSING`` takes one back.
    ///
    /// Args:
    ///     **changes: The new values by key.
    ///
    /// Raises:
    ///     InputError: as for the facts themselves.
    #[pyo3(signature = (**changes))]
    fn replace(&self, changes: Option<&Bound<'_, PyDict>>) -> Result<Self> {
        let mut map = match self.json()? {
            Json::Object(map) => map,
            _ => Map::new(),
        };
        for (key, value) in changes.iter().flat_map(|changes| changes.iter()) {
            let key = text::key(key.cast::<PyString>().map_err(PyErr::from)?, "")?;
            if input::is_missing(&value)? {
                map.remove(&key);
            } else {
                let made = input::json(&value, &key, 1).map_err(|failure| match failure {
                    Failure::Core(error) => Failure::Core(error.person(self.inner.person.as_str())),
                    other => other,
                })?;
                map.insert(key, made);
            }
        }
        Ok(Self { inner: Arc::new(PersonMonth::from_value(&Json::Object(map))?) })
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> Result<Reduced<'py>> {
        Ok(pickled::reduced(py, "facts", (self.to_dict(py)?,))?)
    }

    // It never changes, so a copy is the object itself.
    fn __copy__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: PyRef<'py, Self>, memo: &Bound<'py, PyAny>) -> PyRef<'py, Self> {
        let _ = memo;
        slf
    }

    fn __repr__(&self) -> String {
        format!("<Facts {} {}>", self.inner.person, self.inner.unit)
    }
}
