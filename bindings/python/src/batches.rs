//! Month runs over tables that do not fit into memory.

use std::sync::{Arc, Mutex, TryLockError};

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use guarded::guarded;
use pyo3::{exceptions::PyRuntimeError, prelude::*, types::PyCapsule};
use zhenggong::engine::Engine;
use zhenggong_arrow::Batch;

use crate::{
    capsule,
    error::{Failure, Result},
    options,
    source::Source,
    table::{self, PayTable},
};

/// The pay of the rows of many tables, computed as they are asked for (分批核算).
///
/// It is an iterator of ``PayTable``, one for each batch that comes in; or, by
/// ``__arrow_c_stream__``, one stream of all that is still to come. Only one batch and its result
/// are in memory. Rows are counted through, so that an error names the row of the whole.
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct PayBatches {
    run: Mutex<Option<Run>>,
}

/// A source, and how its rows are computed.
struct Run {
    engine: Arc<Engine>,
    how: options::Run,
    source: Source,
    before: u64,
    batches: usize,
}

impl Run {
    fn by(&self) -> Result<Batch<'_>> {
        self.how.batch(&self.engine)
    }

    fn next(&mut self) -> Option<Result<RecordBatch>> {
        let batch = match self.source.next()? {
            Ok(batch) => batch,
            Err(failure) => return Some(Err(failure)),
        };
        let by = match self.by() {
            Ok(by) => by,
            Err(failure) => return Some(Err(failure)),
        };
        let paid = self.source.paid(&by, &batch, self.before, None);
        self.batches += 1;
        self.before += u64::try_from(batch.num_rows()).unwrap_or_default();
        Some(paid.map_err(Into::into))
    }
}

impl PayBatches {
    /// Returns the batches of a source, of which nothing is read yet.
    ///
    /// # Errors
    ///
    /// Those of [`options::Run::batch`].
    pub(crate) fn new(engine: Arc<Engine>, how: options::Run, source: Source) -> Result<Self> {
        let run = Run { engine, how, source, before: 0, batches: 0 };
        run.by()?;
        Ok(Self { run: Mutex::new(Some(run)) })
    }

    /// Does something with the run, unless another thread is at it.
    fn with<T>(&self, ask: impl FnOnce(&mut Option<Run>) -> T) -> PyResult<T> {
        let mut run = match self.run.try_lock() {
            Ok(run) => run,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                return Err(PyRuntimeError::new_err("another thread is asking for a batch"));
            }
        };
        Ok(ask(&mut run))
    }
}

#[guarded]
#[pymethods]
impl PayBatches {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<PayTable>> {
        let next = py.detach(|| {
            self.with(|slot| {
                let run = slot.as_mut()?;
                let next = run.next();
                let made = next.map(|paid| {
                    paid.map(|paid| PayTable {
                        schema: paid.schema(),
                        language: run.how.options.language,
                        failed: table::failed(&run.how.options, &paid),
                        receipt: table::receipt(&run.engine, &run.how.options),
                        batches: vec![paid],
                    })
                });
                if !matches!(made, Some(Ok(_))) {
                    *slot = None;
                }
                made
            })
        })?;
        next.transpose().map_err(|failure| table::hint(py, failure))
    }

    /// Return the rows that are still to come as an Arrow C stream in a capsule.
    ///
    /// The stream takes them over: afterwards the iterator is at its end.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer give its own schema where it can't give the one asked for.
        let _ = requested_schema;
        let (first, schema, rest) = py
            .detach(|| -> PyResult<Result<_>> {
                let Some(mut run) = self.with(Option::take)? else {
                    return Err(PyRuntimeError::new_err("all batches have been taken"));
                };
                // The schema follows from the first batch, which the stream then gives first.
                let first = run.next();
                let schema: SchemaRef = match &first {
                    Some(Ok(paid)) => paid.schema(),
                    _ => {
                        let input = run.source.schema();
                        let input = input.unwrap_or_else(|| arrow_schema::Schema::empty().into());
                        match run.by() {
                            Ok(by) => by.output_schema(&input).into(),
                            Err(failure) => return Ok(Err(failure)),
                        }
                    }
                };
                Ok(first.transpose().map(|first| (first, schema, run)))
            })?
            .map_err(|failure| table::hint(py, failure))?;
        capsule::export(py, schema.clone(), Rest { first, schema, run: rest })
    }
}

/// The batches of a stream, all of one schema.
struct Rest {
    first: Option<RecordBatch>,
    schema: SchemaRef,
    run: Run,
}

impl Iterator for Rest {
    type Item = std::result::Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(first) = self.first.take() {
            return Some(Ok(first));
        }
        let failure: Failure = match self.run.next()? {
            Ok(paid) if *paid.schema_ref() == self.schema => return Some(Ok(paid)),
            Ok(paid) => {
                table::other_schema(&self.schema, paid.schema_ref(), self.run.batches).into()
            }
            Err(failure) => failure,
        };
        Some(Err(ArrowError::ExternalError(Box::new(PyErr::from(failure)))))
    }
}
