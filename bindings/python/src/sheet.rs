//! The two files of an assessment on the command line.

use std::{path::PathBuf, sync::Arc};

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{DataType, Field, Schema};
use guarded::guarded;
use pyo3::{prelude::*, types::PyList};
use zhenggong::{
    Error, ErrorCode,
    assessment::{Event, Subject},
    error::Finding as CoreFinding,
};
use zhenggong_arrow::{
    OnError,
    assessment::{EVENTS, InputColumn, Rows, SUBJECTS, input_column},
};
use zhenggong_roster::{CsvTable, Encoding, read_csv, utf8_declared_gbk};

use crate::{
    error::{Failure, Result},
    finding::Finding,
    options, pack,
    source::{Batches, Source},
    table,
};

/// What the rows of a file are.
#[derive(Clone)]
pub(crate) enum Kept {
    Subjects(Vec<Subject>),
    Events(Vec<Event>),
}

/// A file of subjects or events that was read, and everything that is wrong with it.
#[pyclass(frozen, name = "_Sheet", module = "zhenggong")]
pub(crate) struct Sheet {
    pub(crate) kept: Kept,
    // The number of each row: of a CSV file its line.
    lines: Vec<u64>,
    findings: Vec<CoreFinding>,
    // Whether all findings are of rows that are kept with their errors.
    of_rows: bool,
}

impl Sheet {
    /// Refuses a file with a fault, for it may concern anybody; where errors are reported, only one with a
    /// fault that is none of a row's.
    pub(crate) fn whole(&self, report: bool) -> Result<&Kept> {
        match self.findings.first().filter(|_| !(report && self.of_rows)) {
            None => Ok(&self.kept),
            Some(first) => Err(Failure::Roster(first.error.clone(), self.findings.clone())),
        }
    }
}

#[guarded]
#[pymethods]
impl Sheet {
    /// Read a CSV file of ``"subjects"`` or ``"events"``.
    #[staticmethod]
    fn from_file(py: Python<'_>, path: PathBuf, kind: &str, encoding: &str) -> Result<Self> {
        let encoding = Encoding::parse(encoding)?;
        let columns = columns_of(kind)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = pack::read(py, &path)?;
        py.detach(|| {
            let csv = read_csv(&name, &bytes, encoding);
            let batch = record_batch(&csv)?;
            let lines: Vec<u64> = csv.rows.iter().map(|row| u64::from(row.line)).collect();
            let read = kept(kind, [Ok(batch)], |place| {
                let at = usize::try_from(place).unwrap_or_default().saturating_sub(1);
                lines.get(at).copied().unwrap_or_default()
            });
            // Without a header nothing more can be said.
            let unread = csv.findings.iter().any(|f| f.error.row_number().is_none());
            if let (Err(_), Encoding::Gbk) = (&read, encoding)
                && let Some(finding) = utf8_declared_gbk(&name, &bytes)
            {
                let kept = Kept::Events(Vec::new());
                return Ok(Self { kept, lines, findings: vec![finding], of_rows: false });
            }
            let mut of_rows = read.is_ok() && csv.findings.is_empty();
            let (kept, errors) = match read {
                Ok(read) => read,
                Err(error) if !unread => (Kept::Events(Vec::new()), vec![error]),
                Err(_) => (Kept::Events(Vec::new()), Vec::new()),
            };
            let mut findings = csv.findings.clone();
            findings.extend(errors.into_iter().map(|error| csv.finding(&name, columns, error)));
            if findings.is_empty() && csv.rows.is_empty() && matches!(kept, Kept::Subjects(_)) {
                let empty = Error::new(ErrorCode::EmptyTable);
                findings.push(CoreFinding::error(&name, (csv.header_line, 1), empty));
                of_rows = false;
            }
            findings.sort_by_key(|finding| (finding.line, finding.column));
            Ok(Self { kept, lines, findings, of_rows })
        })
    }

    /// Read a table of ``"subjects"`` or ``"events"``.
    #[staticmethod]
    fn from_table(
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        kind: &str,
        name: &str,
    ) -> PyResult<Self> {
        let read = || -> Result<Self> {
            let source = Source::tables(table, OnError::Stop)?;
            let read = |batches: Batches<'_>| kept(kind, batches, |row| row);
            let (kept, errors) = py.detach(|| source.read(read))?;
            let rows = match &kept {
                Kept::Subjects(rows) => rows.len(),
                Kept::Events(rows) => rows.len(),
            };
            let finding = |error: Error| {
                let row = error.row_number().and_then(|row| u32::try_from(row).ok());
                CoreFinding::error(name, (row.unwrap_or(u32::MAX), 1), error)
            };
            let mut findings: Vec<_> = errors.into_iter().map(finding).collect();
            let mut of_rows = true;
            if findings.is_empty() && rows == 0 && matches!(kept, Kept::Subjects(_)) {
                findings.push(CoreFinding::error(name, (1, 1), Error::new(ErrorCode::EmptyTable)));
                of_rows = false;
            }
            Ok(Self { kept, lines: (1..).take(rows).collect(), findings, of_rows })
        };
        read().map_err(|failure| table::hint(py, failure))
    }

    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.findings.iter().cloned().map(Finding::of))
    }

    /// Whether all findings are of rows, so that the others can be scored.
    #[getter]
    fn of_rows(&self) -> bool {
        self.of_rows
    }

    #[getter]
    fn lines(&self) -> Vec<u64> {
        self.lines.clone()
    }
}

type Read = zhenggong::Result<(Kept, Vec<Error>)>;

fn columns_of(kind: &str) -> Result<&'static [InputColumn]> {
    match kind {
        "subjects" => Ok(SUBJECTS),
        "events" => Ok(EVENTS),
        other => Err(options::impossible("kind", other, "subjects, events").into()),
    }
}

fn kept(
    kind: &str,
    batches: impl IntoIterator<Item = zhenggong::Result<RecordBatch>>,
    number: impl Fn(u64) -> u64,
) -> Read {
    if kind == "subjects" {
        let read = Rows::<Subject>::read(batches, number)?;
        Ok((Kept::Subjects(read.rows), read.errors))
    } else {
        let read = Rows::<Event>::read(batches, number)?;
        Ok((Kept::Events(read.rows), read.errors))
    }
}

/// Returns the cells as a table of texts.
fn record_batch(csv: &CsvTable) -> Result<RecordBatch> {
    let column = |at: usize| -> ArrayRef {
        let cells = csv.rows.iter().map(|row| row.cells.get(at).map(|cell| cell.text.as_str()));
        Arc::new(cells.collect::<StringArray>())
    };
    let fields: Vec<Field> =
        csv.header.iter().map(|cell| Field::new(&cell.text, DataType::Utf8, true)).collect();
    let arrays: Vec<ArrayRef> = (0..fields.len()).map(column).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(csv.rows.len()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
        .map_err(|e| crate::capsule::unreadable(&e))
}

/// Finds the cell that an error is about.
trait Placed {
    fn finding(&self, file: &str, known: &'static [InputColumn], error: Error) -> CoreFinding;
}

impl Placed for CsvTable {
    fn finding(&self, file: &str, known: &'static [InputColumn], error: Error) -> CoreFinding {
        let of_field = |name: &str| {
            let key = input_column(known, name).map_or(name, |column| column.key);
            error.field_name() == Some(key)
        };
        // Of a column that is there twice under two names, the second.
        let at = self.header.iter().rposition(|cell| of_field(&cell.text));
        let row = self.rows.iter().find(|row| error.row_number() == Some(u64::from(row.line)));
        let (line, cells) =
            row.map_or((self.header_line, &self.header), |row| (row.line, &row.cells));
        let column = at.and_then(|at| cells.get(at)).map_or(1, |cell| cell.column);
        CoreFinding::error(file, (line.max(1), column), error)
    }
}
