//! Batches: record batches in, record batches out.

use std::{
    borrow::Cow,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use arrow_array::{
    ArrayRef, RecordBatch, RecordBatchOptions,
    types::{Decimal64Type, Decimal128Type, DecimalType},
};
use arrow_schema::Schema;
use zhenggong::{
    Engine, Error, ErrorCode, Result, assessment::AssessmentMonth, vocabulary::Vocabulary,
};

use crate::{
    chunk::{ChunkBuffers, Work, wrong_month},
    months::{Months, Plans},
    once::Seen,
    options::{BatchOptions, DecimalWidth, OnError},
    output::{Growing, Part, Shown, array, error_arrays, internal, shown},
    schema,
    table::{Table, no_column},
};

/// Computes the pay of the rows of record batches. Any number of threads may use one.
///
/// The crate's own page has the columns and an example.
#[derive(Debug)]
pub struct Batch<'e> {
    engine: &'e Engine,
    options: BatchOptions,
    assessment: Option<AssessmentMonth>,
    shown: Vec<Shown>,
    wanted: u64,
    // Buffers that no chunk uses at present.
    idle: Mutex<Vec<ChunkBuffers>>,
}

/// What is known of a table's rows beside their cells.
#[derive(Debug, Default)]
pub struct RowNotes<'a> {
    /// How many rows came before; errors count rows through.
    pub before: u64,
    /// The number of each row, where they have their own, such as the lines of a file.
    pub numbers: Option<&'a [u64]>,
    /// The rows that have an error before anything is computed, in their order and counted from 0.
    pub faults: &'a [(usize, Error)],
    /// Who stands in the tables before; this one's people are added.
    pub seen: Option<&'a mut Seen>,
}

impl<'e> Batch<'e> {
    /// Makes a batch. An item or a sum that the options name twice has one column.
    #[must_use]
    pub fn new(engine: &'e Engine, mut options: BatchOptions) -> Self {
        let mut items = Vec::new();
        options.items.retain(|item| {
            !items.contains(item) && {
                items.push(*item);
                true
            }
        });
        let mut totals = Vec::new();
        options.totals.retain(|total| {
            !totals.contains(total) && {
                totals.push(*total);
                true
            }
        });
        let wanted = options.items.iter().fold(0, |all, item| all | (1 << item.index()));
        let shown = shown(&options);
        Self { engine, options, assessment: None, shown, wanted, idle: Mutex::default() }
    }

    /// Pays the coefficients of a month's assessment: reward and penalty are settled in the same month,
    /// and nobody copies a coefficient. A row that states another one, a row of another month, and a row
    /// of somebody who could not be scored has an error; the table must have the column `person`.
    ///
    /// # Errors
    ///
    /// `WrongMonth` where the options give all rows another month.
    ///
    /// # Examples
    ///
    /// ```
    /// # use zhenggong::{Engine, ErrorCode, assessment::AssessmentMonth, calendar::Month};
    /// use zhenggong_arrow::{Batch, BatchOptions};
    /// # let engine = Engine::builder().packs(zhenggong::policy::Pack::national()).build()?;
    /// let march = AssessmentMonth::new(Month::new(2025, 3)?);
    /// let options = BatchOptions { month: Some(Month::new(2025, 4)?), ..BatchOptions::default() };
    /// let refused = Batch::new(&engine, options).with_assessment(march).unwrap_err();
    /// assert_eq!(refused.code(), ErrorCode::WrongMonth);
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    pub fn with_assessment(mut self, assessment: AssessmentMonth) -> Result<Self> {
        match self.options.month {
            Some(month) if month != assessment.month() => {
                Err(wrong_month(assessment.month(), month, "assessment"))
            }
            _ => {
                self.assessment = Some(assessment);
                Ok(self)
            }
        }
    }

    /// Returns the schema of a table with every column that can be read. Other types are read too.
    #[must_use]
    pub fn input_schema() -> Schema {
        schema::input()
    }

    /// Returns the schema of what [`run`](Self::run) gives for a table of this schema.
    #[must_use]
    pub fn output_schema(&self, input: &Schema) -> Schema {
        schema::output(&self.options, input)
    }

    /// Computes the pay of a table's rows: `person`, `unit` and `month` as they came, then one column
    /// per item and sum in yuan, null where a row has no such line.
    ///
    /// # Errors
    ///
    /// The errors of [`table`](Self::table), `UnknownPlace`, and with [`OnError::Stop`] the error of the first
    /// row that can't be computed; it names the row, from 1.
    pub fn run(&self, batch: &RecordBatch) -> Result<RecordBatch> {
        self.run_after(batch, 0)
    }

    /// Computes the pay of the rows of many tables, one after another; rows are counted through. Only
    /// one table and its result are held at a time. It ends after the first error.
    pub fn stream<I>(
        &self,
        batches: I,
    ) -> impl Iterator<Item = Result<RecordBatch>> + use<'_, 'e, I>
    where
        I: IntoIterator<Item = Result<RecordBatch>>,
    {
        let (mut before, mut ended) = (0u64, false);
        batches.into_iter().map_while(move |batch| {
            if ended {
                return None;
            }
            let paid = batch.and_then(|batch| {
                let paid = self.run_after(&batch, before);
                before += u64::try_from(batch.num_rows()).unwrap_or_default();
                paid
            });
            ended = paid.is_err();
            Some(paid)
        })
    }

    /// Looks at the columns of a record batch.
    ///
    /// # Errors
    ///
    /// `UnknownField`, `DuplicateColumn`, `MissingColumn`, `ColumnType` or `FloatRefused`, naming the
    /// column.
    pub fn table<'a>(&self, batch: &'a RecordBatch) -> Result<Table<'a>> {
        let table = Table::new(batch, self.options.month.is_some())?;
        if self.assessment.is_some() && table.person.is_none() {
            return Err(no_column("person"));
        }
        Ok(table)
    }

    /// Resolves the months of a table.
    ///
    /// # Errors
    ///
    /// `UnknownPlace` where no pack of the place is loaded.
    pub fn months(&self, table: &Table<'_>) -> Result<Months> {
        Months::of(self.engine, table, &self.options)
    }

    /// Computes the pay of some rows of a table into buffers, as fen. This is what [`run`](Self::run)
    /// is made of, for callers that need no columns.
    ///
    /// # Errors
    ///
    /// `InvalidOption` for rows outside the table; with [`OnError::Stop`] the error of the first row
    /// that can't be computed. With [`OnError::Column`] the errors stand in the buffers.
    ///
    /// # Examples
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use arrow_array::{ArrayRef, RecordBatch, StringArray};
    /// # use zhenggong::{Engine, policy::Pack};
    /// use zhenggong_arrow::{Batch, BatchOptions, ChunkBuffers, OnError, Total};
    /// # let engine = Engine::builder().packs(Pack::national()).build()?;
    /// # let text = |t: &str| Arc::new(StringArray::from(vec![t.to_owned()])) as ArrayRef;
    /// # let people = RecordBatch::try_from_iter([("kind", text("民警")), ("month", text("1980-01"))])?;
    /// let options = BatchOptions { on_error: OnError::Column, ..BatchOptions::default() };
    /// let (batch, mut buffers) = (Batch::new(&engine, options), ChunkBuffers::new());
    /// let table = batch.table(&people)?;
    /// let months = batch.months(&table)?;
    /// let plans = months.plans();
    /// for first in (0..table.rows()).step_by(ChunkBuffers::ROWS) {
    ///     let end = table.rows().min(first + ChunkBuffers::ROWS);
    ///     batch.run_chunk(&mut buffers, &table, &plans, first..end)?;
    ///     let net: &[i64] = buffers.total_fen(Total::Net);
    ///     assert_eq!(net.len(), end - first);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn run_chunk(
        &self,
        buffers: &mut ChunkBuffers,
        table: &Table<'_>,
        plans: &Plans<'_>,
        rows: Range<usize>,
    ) -> Result<()> {
        self.chunk(buffers, &self.work(table, plans, 0), rows)
    }

    fn work<'a>(&'a self, table: &'a Table<'a>, plans: &'a Plans<'a>, first_row: u64) -> Work<'a> {
        Work {
            table,
            plans,
            month: self.options.month,
            alike: plans.are_alike(),
            wanted: self.wanted,
            stop: self.options.on_error == OnError::Stop,
            first_row,
            numbers: None,
            assessment: self.assessment.as_ref(),
            faults: &[],
        }
    }

    fn chunk(&self, buffers: &mut ChunkBuffers, work: &Work<'_>, rows: Range<usize>) -> Result<()> {
        if rows.start > rows.end || rows.end > work.table.rows {
            return Err(Error::new(ErrorCode::InvalidOption)
                .arg("option", "rows")
                .arg("value", format_args!("{rows:?}"))
                .arg("known", format_args!("0..{}", work.table.rows))
                .field("rows"));
        }
        buffers.run(work, rows);
        match buffers.first_error() {
            Some(error) if work.stop => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// Computes the pay of a table's rows like [`run`](Self::run), where so many rows came before it:
    /// errors count rows through.
    ///
    /// # Errors
    ///
    /// Those of [`run`](Self::run).
    pub fn run_after(&self, batch: &RecordBatch, before: u64) -> Result<RecordBatch> {
        self.run_noted(batch, RowNotes { before, ..RowNotes::default() })
    }

    /// Computes the pay of a table's rows like [`run`](Self::run), where row `n` has the number
    /// `numbers[n]`, such as the line of the file that it was read from: errors name that one. A row
    /// beyond the numbers is counted from 1.
    ///
    /// # Errors
    ///
    /// Those of [`run`](Self::run).
    pub fn run_numbered(&self, batch: &RecordBatch, numbers: &[u64]) -> Result<RecordBatch> {
        self.run_noted(batch, RowNotes { numbers: Some(numbers), ..RowNotes::default() })
    }

    /// Computes the pay of a table's rows like [`run`](Self::run), with what else is known of them.
    ///
    /// # Errors
    ///
    /// Those of [`run`](Self::run).
    pub fn run_noted(&self, batch: &RecordBatch, notes: RowNotes<'_>) -> Result<RecordBatch> {
        let table = self.table(batch)?;
        let months = self.months(&table)?;
        let plans = months.plans();
        let RowNotes { before, numbers, faults, seen } = notes;
        let faults = self.faults(&table, RowNotes { before, numbers, faults, seen });
        let work = Work { numbers, faults: &faults, ..self.work(&table, &plans, before) };
        let (amounts, errors) = match self.options.width {
            DecimalWidth::Decimal64 => self.amounts::<Decimal64Type>(&work)?,
            DecimalWidth::Decimal128 => self.amounts::<Decimal128Type>(&work)?,
        };
        let schema = self.output_schema(batch.schema_ref());
        let passed = batch.schema_ref().fields().iter().zip(batch.columns());
        let mut columns: Vec<ArrayRef> = passed
            .filter(|(field, _)| schema::passed(field.name()).is_some())
            .map(|(_, column)| Arc::clone(column))
            .collect();
        columns.extend(amounts);
        if self.options.on_error == OnError::Column {
            columns.extend(error_arrays(&errors, table.rows, self.options.language));
        }
        let rows = RecordBatchOptions::new().with_row_count(Some(table.rows));
        RecordBatch::try_new_with_options(Arc::new(schema), columns, &rows)
            .map_err(|error| internal(&error))
    }

    /// Returns the rows that have an error before anything is computed: those that the caller knows of,
    /// and those whose person has a row already.
    fn faults<'a>(&self, table: &Table<'_>, notes: RowNotes<'a>) -> Cow<'a, [(usize, Error)]> {
        let RowNotes { before, numbers, faults, seen } = notes;
        if self.options.allow_repeats || table.person.is_none() {
            return faults.into();
        }
        let mut alone = Seen::new();
        let mut found = seen.unwrap_or(&mut alone).look(table, before, numbers);
        if found.is_empty() {
            return faults.into();
        }
        // The caller's own error of a row comes first, and of two of a row the first is kept.
        found.splice(..0, faults.iter().cloned());
        found.sort_by_key(|(row, _)| *row);
        found.into()
    }

    /// Computes the amount columns, and the errors in the order of rows.
    fn amounts<T: DecimalType>(&self, work: &Work<'_>) -> Result<(Vec<ArrayRef>, RowErrorList)>
    where
        T::Native: From<i64> + Send,
    {
        let rows = work.table.rows;
        let chunks = rows.div_ceil(ChunkBuffers::ROWS).max(1);
        let threads = self.options.threads.clamp(1, chunks);
        let share = chunks.div_ceil(threads) * ChunkBuffers::ROWS;
        let mut columns: Vec<Growing<T::Native>> =
            self.shown.iter().map(|_| Growing::new(rows)).collect();
        let mut shares: Vec<Vec<Part<'_, T::Native>>> = Vec::new();
        shares.resize_with(rows.div_ceil(share), Vec::new);
        for column in &mut columns {
            for (share, part) in shares.iter_mut().zip(column.parts(share, rows)) {
                share.push(part);
            }
        }
        let starts = (0..rows).step_by(share);
        let results: Vec<Result<RowErrorList>> = if shares.len() < 2 {
            let run = |(first, parts)| self.share(work, first, rows.min(first + share), parts);
            starts.zip(shares).map(run).collect()
        } else {
            std::thread::scope(|scope| {
                let spawn = |(first, parts)| {
                    let end = rows.min(first + share);
                    scope.spawn(move || self.share(work, first, end, parts))
                };
                let handles: Vec<_> = starts.zip(shares).map(spawn).collect();
                let join = |h: std::thread::ScopedJoinHandle<'_, _>| match h.join() {
                    Ok(result) => result,
                    Err(panic) => std::panic::resume_unwind(panic),
                };
                handles.into_iter().map(join).collect()
            })
        };
        // The first share with an error has the first row with one.
        let errors = results.into_iter().collect::<Result<Vec<_>>>()?.concat();
        let arrays = columns.into_iter().map(array::<T>).collect::<Result<_>>()?;
        Ok((arrays, errors))
    }

    /// Computes one thread's rows, chunk by chunk.
    fn share<N: Copy + Default + From<i64>>(
        &self,
        work: &Work<'_>,
        first: usize,
        end: usize,
        mut parts: Vec<Part<'_, N>>,
    ) -> Result<RowErrorList> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut buffers = idle.unwrap_or_default();
        let mut errors = Vec::new();
        let mut outcome = Ok(());
        for start in (first..end).step_by(ChunkBuffers::ROWS) {
            let rows = start..end.min(start + ChunkBuffers::ROWS);
            outcome = self.chunk(&mut buffers, work, rows);
            if outcome.is_err() {
                break;
            }
            for (part, shown) in parts.iter_mut().zip(&self.shown) {
                part.take(start - first, *shown, &buffers);
            }
            errors.extend(buffers.errors().map(|(row, error)| (start + row, error.clone())));
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(buffers);
        outcome.map(|()| errors)
    }
}

/// Rows with their errors.
type RowErrorList = Vec<(usize, Error)>;
