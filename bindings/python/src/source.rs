//! Where the rows of a table come from.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use pyo3::{
    prelude::*,
    types::{PyIterator, PyMapping, PyString},
};
use zhenggong::Error;
use zhenggong_arrow::{Batch, OnError, RowNotes, Seen};
use zhenggong_border::{Fault, Tables};

use crate::{
    capsule, columns,
    error::{Failure, Result},
    input,
    roster::Roster,
};

/// Record batches, pulled one by one.
pub(crate) enum Source {
    /// One that is there.
    One(Option<RecordBatch>),
    /// The lines of a roster.
    Lines(Option<RecordBatch>, Notes),
    /// A C stream.
    Stream(Tables),
    /// Those of many tables.
    Many(Many),
}

/// An iterator of tables.
pub(crate) struct Many {
    tables: Py<PyIterator>,
    /// What is left of the table that came last.
    current: Option<Box<Source>>,
    on_error: OnError,
    /// How many rows came before that table, and how many with those that it has given.
    before: u64,
    given: u64,
}

/// The lines of the file in which a roster's rows stand, and the errors of those that could not be read.
#[derive(Default)]
pub(crate) struct Notes {
    numbers: Vec<u64>,
    faults: Vec<(usize, Error)>,
}

/// Record batches, as the readers of tables take them.
pub(crate) type Batches<'b> = &'b mut dyn Iterator<Item = zhenggong::Result<RecordBatch>>;

impl Source {
    /// Reads all record batches, letting what Python raises pass through as it is.
    pub(crate) fn read<T>(
        self,
        read: impl FnOnce(Batches<'_>) -> zhenggong::Result<T>,
    ) -> Result<T> {
        let mut raised = None;
        let mut batches = self.map_while(|batch| match batch {
            Ok(batch) => Some(Ok(batch)),
            Err(Failure::Core(error)) => Some(Err(error)),
            Err(other) => {
                raised = Some(other);
                None
            }
        });
        let read = read(&mut batches);
        match raised {
            Some(raised) => Err(raised),
            None => Ok(read?),
        }
    }

    /// Returns the rows of a table: an object with `__arrow_c_stream__` or `__arrow_c_array__`, a mapping
    /// from names to columns, or a roster. Lines of a roster that could not be read are refused, or get a row
    /// with their error.
    pub(crate) fn table(object: &Bound<'_, PyAny>, on_error: OnError) -> Result<Self> {
        match Self::known(object, on_error)? {
            Some(source) => Ok(source),
            None => Err(not_a_table(object)),
        }
    }

    /// Returns the rows of a table, or of an iterable of tables.
    pub(crate) fn tables(object: &Bound<'_, PyAny>, on_error: OnError) -> Result<Self> {
        if let Some(source) = Self::known(object, on_error)? {
            return Ok(source);
        }
        if object.is_instance_of::<PyString>() {
            return Err(not_a_table(object));
        }
        match object.try_iter() {
            Ok(tables) => Ok(Self::Many(Many {
                tables: tables.unbind(),
                current: None,
                on_error,
                before: 0,
                given: 0,
            })),
            Err(_) => Err(not_a_table(object)),
        }
    }

    /// Returns the schema of the rows, where it is known before they come.
    pub(crate) fn schema(&self) -> Option<SchemaRef> {
        match self {
            Self::One(batch) | Self::Lines(batch, _) => batch.as_ref().map(RecordBatch::schema),
            Self::Stream(stream) => Some(SchemaRef::clone(stream.schema())),
            Self::Many(_) => None,
        }
    }

    /// Returns what is noted of the rows of the batch that came last.
    fn notes(&self) -> Option<&Notes> {
        match self {
            Self::Lines(_, notes) => Some(notes),
            Self::Many(many) => many.current.as_ref()?.notes(),
            Self::One(_) | Self::Stream(_) => None,
        }
    }

    /// Computes the pay of the batch that came last, after so many rows.
    pub(crate) fn paid(
        &self,
        by: &Batch<'_>,
        rows: &RecordBatch,
        before: u64,
        seen: Option<&mut Seen>,
    ) -> zhenggong::Result<RecordBatch> {
        let notes = self.notes();
        by.run_noted(
            rows,
            RowNotes {
                before,
                numbers: notes.map(|notes| notes.numbers.as_slice()),
                faults: notes.map_or(&[], |notes| notes.faults.as_slice()),
                seen,
            },
        )
    }

    fn known(object: &Bound<'_, PyAny>, on_error: OnError) -> Result<Option<Self>> {
        if let Ok(roster) = object.cast::<Roster>() {
            let roster = roster.get();
            let unread = match on_error {
                OnError::Stop => roster.whole().map(|()| Vec::new())?,
                OnError::Column => roster.unread()?,
            };
            let lines = roster.lines(unread)?;
            let notes = Notes { numbers: lines.numbers, faults: lines.faults };
            return Ok(Some(Self::Lines(Some(lines.batch), notes)));
        }
        if object.hasattr("__arrow_c_stream__")? {
            return Ok(Some(Self::Stream(capsule::import_stream(object)?)));
        }
        if object.hasattr("__arrow_c_array__")? {
            let batch = without_index(capsule::import_array(object)?)?;
            return Ok(Some(Self::One(Some(batch))));
        }
        if let Ok(mapping) = object.cast::<PyMapping>() {
            return Ok(Some(Self::One(Some(columns::record_batch(mapping)?))));
        }
        Ok(None)
    }
}

impl Iterator for Source {
    type Item = Result<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::One(batch) | Self::Lines(batch, _) => batch.take().map(Ok),
            Self::Stream(stream) => {
                let read = stream.read().map_err(|fault| Failure::from(Fault::into_error(fault)));
                read.transpose().map(|batch| without_index(batch?))
            }
            Self::Many(many) => {
                many.next().map(|batch| batch.map_err(|failure| many.placed(failure)))
            }
        }
    }
}

impl Many {
    fn next(&mut self) -> Option<Result<RecordBatch>> {
        loop {
            if let Some(batch) = self.current.as_mut().and_then(|table| table.next()) {
                let rows = batch.as_ref().map_or(0, RecordBatch::num_rows);
                self.given += u64::try_from(rows).unwrap_or_default();
                return Some(batch);
            }
            self.before = self.given;
            let next = Python::attach(|py| {
                let table = self.tables.bind(py).clone().next()?;
                let table = table.map_err(Failure::from);
                Some(table.and_then(|table| Source::table(&table, self.on_error)))
            });
            match next? {
                Ok(table) => self.current = Some(Box::new(table)),
                Err(failure) => return Some(Err(failure)),
            }
        }
    }

    /// Counts the row of an error through all tables, as the rows that are paid are counted.
    fn placed(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Core(error) => error.after_rows(self.before).into(),
            other => other,
        }
    }
}

/// Returns the batch without the numbered rows that pandas adds to a frame that was filtered or sorted.
fn without_index(batch: RecordBatch) -> Result<RecordBatch> {
    let schema = batch.schema_ref();
    let index = |name: &str| name.starts_with("__index_level_") && name.ends_with("__");
    let kept = schema.fields().iter().enumerate().filter(|(_, field)| !index(field.name()));
    let kept: Vec<usize> = kept.map(|(n, _)| n).collect();
    if kept.len() == batch.num_columns() {
        return Ok(batch);
    }
    batch.project(&kept).map_err(|e| capsule::unreadable(&e))
}

/// Refuses what is neither a table nor a list of records.
#[cold]
pub(crate) fn not_rows(object: &Bound<'_, PyAny>, path: &str) -> Failure {
    let name = input::type_name(object);
    let detail = format!(
        "{name} 不是表或列表：请传 Polars、pandas、pyarrow、DuckDB 的表，或字典的列表 / {name} is neither a table \
         nor a list; pass one of Polars, pandas, pyarrow or DuckDB, or a list of dicts"
    );
    input::invalid(path, detail).into()
}

fn not_a_table(object: &Bound<'_, PyAny>) -> Failure {
    let name = input::type_name(object);
    let detail = format!(
        "{name} 不是表：请传 Polars、pandas、pyarrow、DuckDB 的表或列的字典 / {name} is not a table; \
         pass one of Polars, pandas, pyarrow or DuckDB, or a dict of columns"
    );
    input::invalid("", detail).into()
}
