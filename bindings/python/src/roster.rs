//! Rosters as CSV.

use std::path::PathBuf;

use pyo3::{prelude::*, types::PyList};
use zhenggong::{Error, ErrorCode, person::PersonMonth};
use zhenggong_roster::{Encoding, RosterOptions, RosterRow, read_roster};

use crate::{error::Result, finding::Finding, input, output, pack};

/// A roster (花名册) that was read: the lines without a fault, and everything that is wrong.
///
/// Attributes:
///     findings: All faults, in the order of the file; empty where the roster is whole.
///     people: The facts of the lines without a fault, as dicts that ``Engine.payslip`` takes.
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Roster {
    pub(crate) rows: Vec<RosterRow>,
    findings: Vec<zhenggong::error::Finding>,
}

#[pymethods]
impl Roster {
    /// Read a roster from a CSV file with Chinese or English column names.
    ///
    /// Args:
    ///     path: The file.
    ///     month: The month that is being run, such as ``"2021-03"``.
    ///     encoding: ``"utf-8"`` or ``"gbk"``; it is never guessed.
    ///
    /// Raises:
    ///     InputError: 125 Io where the file can't be read; 126 InvalidOption.
    #[staticmethod]
    #[pyo3(signature = (path, *, month, encoding = "utf-8"))]
    fn from_file(
        py: Python<'_>,
        path: PathBuf,
        month: &Bound<'_, PyAny>,
        encoding: &str,
    ) -> Result<Self> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = pack::read(py, &path)?;
        Self::from_bytes(py, &bytes, month, encoding, &name)
    }

    /// Read a roster from the bytes of a CSV file.
    ///
    /// Args:
    ///     data: The whole file.
    ///     month: The month that is being run.
    ///     encoding: ``"utf-8"`` or ``"gbk"``.
    ///     name: How findings name the file.
    ///
    /// Raises:
    ///     InputError: 126 InvalidOption.
    #[staticmethod]
    #[pyo3(signature = (data, *, month, encoding = "utf-8", name = "roster.csv"))]
    fn from_bytes(
        py: Python<'_>,
        data: &[u8],
        month: &Bound<'_, PyAny>,
        encoding: &str,
        name: &str,
    ) -> Result<Self> {
        let options =
            RosterOptions { encoding: Encoding::parse(encoding)?, month: input::month(month)? };
        let read = py.detach(|| read_roster(name, data, &options));
        Ok(Self { rows: read.rows, findings: read.findings })
    }

    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.findings.iter().cloned().map(Finding::of))
    }

    #[getter]
    fn people<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for row in &self.rows {
            list.append(facts(py, &row.person)?)?;
        }
        Ok(list)
    }

    /// Return the facts of one person by id, or None.
    fn find<'py>(&self, py: Python<'py>, person: &str) -> Result<Option<Bound<'py, PyAny>>> {
        let found = self.rows.iter().find(|r| r.person.person.as_str() == person);
        found.map(|r| facts(py, &r.person)).transpose()
    }

    /// Return how many lines are without a fault.
    fn __len__(&self) -> usize {
        self.rows.len()
    }

    // A roster without people is still a roster.
    fn __bool__(&self) -> bool {
        true
    }

    fn __repr__(&self) -> String {
        format!("<Roster {} people, {} findings>", self.rows.len(), self.findings.len())
    }
}

fn facts<'py>(py: Python<'py>, person: &PersonMonth) -> Result<Bound<'py, PyAny>> {
    let json = serde_json::to_value(person)
        .map_err(|e| Error::new(ErrorCode::Internal).arg("detail", e))?;
    Ok(output::value(py, &json)?)
}
