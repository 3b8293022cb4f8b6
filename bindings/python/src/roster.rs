//! Rosters: files and tables of people.

use std::path::PathBuf;

use arrow_array::RecordBatch;
use guarded::guarded;
use pyo3::{
    prelude::*,
    types::{PyCapsule, PyList},
};
use zhenggong::{
    Error, ErrorCode, calendar::Month, error::Finding as CoreFinding, person::PersonMonth,
};
use zhenggong_arrow::{Line, OnError, table_of_lines};
use zhenggong_roster::{Encoding, RosterOptions, read_roster};

use crate::{
    capsule,
    error::{Failure, Result},
    finding::Finding,
    output, pack, scalars,
    source::Source,
    table,
};

/// A roster (花名册) that was read: the lines without a fault, and everything that is wrong.
///
/// Attributes:
///     findings: All faults, in the order of the file; empty where the roster is whole.
///     people: The facts of the lines without a fault, as dicts that ``Engine.payslip`` takes.
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Roster {
    // The people with the numbers of their lines.
    pub(crate) rows: Vec<(u64, PersonMonth)>,
    month: Month,
    findings: Vec<CoreFinding>,
}

#[guarded]
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
    ///
    /// Example:
    ///     >>> import os
    ///     >>> from zhenggong import Roster
    ///     >>> lines = ["人员编号,单位,人员类别,月份,警衔", "P1,城东派出所,民警,2021-03,三级警司",
    ///     ...          "P2,城东派出所,民警,2021-03,大校"]
    ///     >>> data = os.linesep.join(lines).encode()
    ///     >>> roster = Roster.from_bytes(data, month="2021-03")
    ///     >>> len(roster), [(f.line, f.column, f.name) for f in roster.findings]
    ///     (1, [(3, 21, 'UnknownTerm')])
    #[staticmethod]
    #[pyo3(signature = (data, *, month, encoding = "utf-8", name = "roster.csv"))]
    fn from_bytes(
        py: Python<'_>,
        data: &[u8],
        month: &Bound<'_, PyAny>,
        encoding: &str,
        name: &str,
    ) -> Result<Self> {
        let month = scalars::month(month)?;
        let options = RosterOptions { encoding: Encoding::parse(encoding)?, month };
        let read = py.detach(|| read_roster(name, data, &options));
        let rows = read.rows.into_iter().map(|r| (u64::from(r.line), r.person)).collect();
        Ok(Self { rows, month, findings: read.findings })
    }

    /// Read a roster from a table with Chinese or English column names.
    ///
    /// The column ``month`` may be left out. In findings, a line is a row of the table from 1.
    ///
    /// Args:
    ///     table: Whatever ``Engine.month_run_batches`` takes.
    ///     month: The month that is being run.
    ///     name: How findings name the table.
    ///
    /// Raises:
    ///     InputError: 116 MissingColumn, 109 UnknownField, 123 ColumnType, 104 FloatRefused.
    #[staticmethod]
    #[pyo3(signature = (table, *, month, name = "table"))]
    fn from_table(
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        month: &Bound<'_, PyAny>,
        name: &str,
    ) -> PyResult<Self> {
        let read = || -> Result<Self> {
            let month = scalars::month(month)?;
            let source = Source::tables(table, OnError::Stop)?;
            py.detach(|| {
                // What Python raises while it gives a table passes through as it is.
                let mut raised = None;
                let rows = source.map_while(|batch| match batch {
                    Ok(batch) => Some(Ok(batch)),
                    Err(Failure::Core(error)) => Some(Err(error)),
                    Err(other) => {
                        raised = Some(other);
                        None
                    }
                });
                let read = zhenggong_arrow::people(rows, month);
                if let Some(raised) = raised {
                    return Err(raised);
                }
                let read = read?;
                let finding = |error: Error| {
                    let row = error.row_number().and_then(|row| u32::try_from(row).ok());
                    CoreFinding::error(name, (row.unwrap_or(u32::MAX), 1), error)
                };
                let mut findings: Vec<_> = read.errors.into_iter().map(finding).collect();
                if read.people.is_empty() && findings.is_empty() {
                    let place = (1, 1);
                    findings.push(CoreFinding::error(
                        name,
                        place,
                        Error::new(ErrorCode::EmptyTable),
                    ));
                }
                Ok(Self { rows: read.people, month, findings })
            })
        };
        read().map_err(|failure| table::hint(py, failure))
    }

    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.findings.iter().cloned().map(Finding::of))
    }

    #[getter]
    fn people<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        for row in &self.rows {
            list.append(facts(py, &row.1)?)?;
        }
        Ok(list)
    }

    /// Return the people as an Arrow C stream in a capsule: text columns, one row a person.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> Result<Bound<'py, PyCapsule>> {
        // The protocol lets a producer give its own schema where it can't give the one asked for.
        let _ = requested_schema;
        let batch = self.record_batch()?;
        Ok(capsule::export(py, batch.schema(), std::iter::once(Ok(batch)))?)
    }

    /// Return the facts of one person by id, or None.
    fn find<'py>(&self, py: Python<'py>, person: &str) -> Result<Option<Bound<'py, PyAny>>> {
        let found = self.rows.iter().find(|r| r.1.person.as_str() == person);
        found.map(|r| facts(py, &r.1)).transpose()
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

/// The lines of a roster as a table, with their numbers and the errors of those that could not be read.
pub(crate) struct Lines {
    pub(crate) batch: RecordBatch,
    pub(crate) numbers: Vec<u64>,
    pub(crate) faults: Vec<(usize, Error)>,
}

/// Who of a roster is paid for a month.
pub(crate) struct Payable<'r> {
    pub(crate) rows: &'r [(u64, PersonMonth)],
    /// The errors of the lines of which nobody is paid.
    pub(crate) unread: Vec<Error>,
}

impl Roster {
    /// Returns the lines without a fault as a table.
    fn record_batch(&self) -> Result<RecordBatch> {
        Ok(table_of_lines(self.rows.iter().map(|row| Line::Person(&row.1)), self.month)?)
    }

    /// Returns the people to be paid for a month. Lines of which nobody is paid are refused, unless a part of
    /// the roster will do.
    ///
    /// Facts are those of one month, so in a run of another one each line is an error, as it would be if
    /// the line itself stated its month.
    pub(crate) fn of_month(&self, month: Month, partial: bool) -> Result<Payable<'_>> {
        if !partial {
            self.whole()?;
        }
        let unread = self.unread()?.into_iter().map(|(_, error)| error);
        if month == self.month {
            return Ok(Payable { rows: &self.rows, unread: unread.collect() });
        }
        let mut other = self.rows.iter().map(|(row, person)| {
            let error = Error::new(ErrorCode::WrongMonth).arg("found", self.month);
            let error = error.arg("expected", month).field("month").row(*row);
            error.person(person.person.as_str()).month(month)
        });
        match other.next() {
            Some(first) if !partial => Err(first.into()),
            first => Ok(Payable { rows: &[], unread: unread.chain(first).chain(other).collect() }),
        }
    }

    /// Refuses a roster with a fault, with the error of the first and all of them as its findings.
    ///
    /// Nothing is paid from it unless the caller says so: the fault may stand in anybody's line.
    pub(crate) fn whole(&self) -> Result<()> {
        match self.findings.first() {
            None => Ok(()),
            Some(first) => Err(Failure::Roster(first.error.clone(), self.findings.clone())),
        }
    }

    /// Returns the first error of each line with a fault, by line.
    ///
    /// A fault of the header or of the whole file is one of every line, and is refused.
    pub(crate) fn unread(&self) -> Result<Vec<(u64, Error)>> {
        let mut unread: Vec<(u64, Error)> = Vec::new();
        for finding in &self.findings {
            let Some(row) = finding.error.row_number() else {
                return Err(Failure::Roster(finding.error.clone(), self.findings.clone()));
            };
            if unread.last().is_none_or(|(last, _)| *last != row) {
                unread.push((row, finding.error.clone()));
            }
        }
        Ok(unread)
    }

    /// Returns all lines as a table, those with a fault with their errors.
    pub(crate) fn lines(&self, unread: Vec<(u64, Error)>) -> Result<Lines> {
        let mut lines: Vec<(u64, Line<'_>)> =
            self.rows.iter().map(|(row, person)| (*row, Line::Person(person))).collect();
        lines.extend(unread.iter().map(|(row, error)| (*row, Line::Unread(error.person_id()))));
        lines.sort_by_key(|(row, _)| *row);
        let batch = table_of_lines(lines.iter().map(|(_, line)| *line), self.month)?;
        let numbers: Vec<u64> = lines.iter().map(|(row, _)| *row).collect();
        let place = |row| numbers.binary_search(&row).ok();
        let faults = unread.into_iter().filter_map(|(row, error)| Some((place(row)?, error)));
        Ok(Lines { batch, faults: faults.collect(), numbers })
    }
}

fn facts<'py>(py: Python<'py>, person: &PersonMonth) -> Result<Bound<'py, PyAny>> {
    let json = serde_json::to_value(person)
        .map_err(|e| Error::new(ErrorCode::Internal).arg("detail", e))?;
    Ok(output::value(py, &json)?)
}
