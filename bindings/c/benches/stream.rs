//! The Arrow stream of the C interface beside the Rust batch, on the same tables in one run. Rounds
//! take turns, so that both meet the same machine. Tables are timed one by one, and of each table the
//! best round counts, so that other work of the machine does not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a benchmark fails by panicking")]

use std::{
    hint::black_box,
    ptr::null_mut,
    time::{Duration, Instant},
};

use arrow_array::{
    Array, RecordBatch, RecordBatchIterator,
    cast::AsArray,
    ffi::FFI_ArrowArray,
    ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader},
    types::Decimal128Type,
};
use zhenggong::Engine;
use zhenggong_arrow::{Batch, BatchOptions, DecimalWidth};
use zhenggong_benches::{Case, ITEMS, cases, engine, options, record_batch};
use zhenggong_c::*;

/// Distinct rows, one table; larger runs go over it again.
const TABLE: usize = 1 << 16;
const TABLES: usize = 16;
const ROUNDS: usize = 15;

fn main() {
    // `cargo test --benches` only wants to see that it runs.
    let tables = if std::env::args().any(|arg| arg == "--bench") { TABLES } else { 1 };
    let rows = TABLE * tables;
    let core = engine().unwrap();
    let cases = cases(&core, TABLE).unwrap();
    let table = record_batch(&cases).unwrap();
    let c = CEngine::new();
    let wrong = wrong_rows(&core, &c, &table, &cases);
    println!(
        "{rows} rows in tables of {TABLE}; wrong rows: batch {}, stream {}",
        wrong[0], wrong[1]
    );
    println!("{:<26} {:>12} {:>14} {:>9}", "", "batch rows/s", "stream rows/s", "of batch");
    for (cut, what) in [(0, "as they come"), (8192, "cut to 8192 rows")] {
        let mut batch = vec![Duration::MAX; tables];
        let mut stream = batch.clone();
        for _ in 0..ROUNDS {
            run_batch(&core, &table, cut, &mut batch);
            run_stream(&c, &table, cut, &mut stream);
        }
        let [batch, stream]: [Duration; 2] = [batch, stream].map(|times| times.iter().sum());
        let per_second = |time: Duration| rows as u128 * 1_000_000_000 / time.as_nanos();
        let share = batch.as_nanos() * 100 / stream.as_nanos();
        let (batch, stream) = (per_second(batch), per_second(stream));
        println!("{what:<26} {batch:>12} {stream:>14} {share:>7} %  (aim 90)");
    }
}

/// Returns the options of the batch beside the stream, which gives columns of 128 bits.
fn wide() -> BatchOptions {
    BatchOptions { width: DecimalWidth::Decimal128, ..options() }
}

/// Runs tables through the Rust batch, cut as the stream cuts them, and keeps the best time of each.
/// Results are dropped in turn.
fn run_batch(engine: &Engine, table: &RecordBatch, cut: usize, best: &mut [Duration]) {
    let batch = Batch::new(engine, wide());
    let step = if cut == 0 { TABLE } else { cut };
    let parts =
        best.iter().flat_map(|_| (0..TABLE).step_by(step).map(|at| Ok(table.slice(at, step))));
    let parts: Vec<_> = parts.collect();
    let mut paid = batch.stream(parts);
    keep_best(best, step, || {
        black_box(paid.next().unwrap().unwrap());
    });
    assert!(paid.next().is_none());
}

/// Times the results of each table.
fn keep_best(best: &mut [Duration], step: usize, mut next: impl FnMut()) {
    for best in best {
        let start = Instant::now();
        (0..TABLE / step).for_each(|_| next());
        *best = start.elapsed().min(*best);
    }
}

struct CEngine(*mut zg_engine);

impl CEngine {
    fn new() -> Self {
        let plan = include_str!("../../../benches/plan.toml");
        let request = serde_json::json!({
            "builtin": [], "accept": "inferred", "packs": [{"name": "plan.toml", "text": plan}],
        });
        let (request, mut engine) = (request.to_string(), null_mut());
        // SAFETY: a text with its length, and a local.
        let status = unsafe {
            zg_engine_new(request.as_ptr().cast(), request.len(), &raw mut engine, null_mut())
        };
        assert_eq!(status, ZG_OK);
        Self(engine)
    }

    fn start(&self, table: &RecordBatch, tables: usize, cut: usize) -> FFI_ArrowArrayStream {
        let batches: Vec<_> = (0..tables).map(|_| Ok(table.clone())).collect();
        let reader = RecordBatchIterator::new(batches, table.schema());
        let mut input = FFI_ArrowArrayStream::new(Box::new(reader));
        let options = zg_stream_options {
            size: size_of::<zg_stream_options>(),
            items: ITEMS.iter().fold(0, |bits, item| bits | 1 << *item as u64),
            totals: 0,
            batch_rows: cut,
            threads: 1,
            month: 0,
            on_error: ZG_ON_ERROR_STOP,
            width: ZG_DECIMAL128,
            without_employer_cost: 1,
            columns: ZG_COLUMNS_KEYS,
            assessment: std::ptr::null(),
            repeats: ZG_REPEATS_IN_BATCH,
            reserved: 0,
        };
        let mut out = FFI_ArrowArrayStream::empty();
        // SAFETY: a good engine, and locals.
        let status = unsafe {
            zg_engine_month_run_stream(
                self.0,
                &raw mut input,
                &raw const options,
                &raw mut out,
                null_mut(),
            )
        };
        assert_eq!(status, ZG_OK);
        out
    }
}

impl Drop for CEngine {
    fn drop(&mut self) {
        // SAFETY: made in `new`, freed once.
        unsafe { zg_engine_free(self.0) };
    }
}

/// Runs tables through the stream, releases each result as a C consumer does, and keeps the best time
/// of each table.
fn run_stream(engine: &CEngine, table: &RecordBatch, cut: usize, best: &mut [Duration]) {
    let mut stream = engine.start(table, best.len(), cut);
    let get_next = stream.get_next().unwrap();
    let mut next = || {
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: a stream of the library and a local.
        assert_eq!(unsafe { get_next(&raw mut stream, &raw mut array) }, 0);
        black_box(array)
    };
    keep_best(best, if cut == 0 { TABLE } else { cut }, || assert!(!next().is_released()));
    assert!(next().is_released());
}

/// Counts the rows of which any line or the net differs, on either way.
fn wrong_rows(core: &Engine, c: &CEngine, table: &RecordBatch, cases: &[Case]) -> [usize; 2] {
    let batch = Batch::new(core, wide()).run(table).unwrap();
    let mut stream = c.start(table, 1, 0);
    // SAFETY: a stream of the library, moved into the reader.
    let mut reader = unsafe { RecordBatchStreamReader::from_raw(&raw mut stream) }.unwrap();
    let paid = reader.next().unwrap().unwrap();
    [batch, paid].map(|paid| {
        let column = |name: &str| paid.column_by_name(name).unwrap().clone();
        let net = column("net");
        let lines = ITEMS.map(|item| column(&item.code().replace('-', "_")));
        (0..TABLE)
            .filter(|row| {
                let fen = |array: &dyn Array| {
                    let amounts = array.as_primitive::<Decimal128Type>();
                    (!amounts.is_null(*row)).then(|| i64::try_from(amounts.value(*row)).unwrap())
                };
                let case = &cases[*row];
                let same = ITEMS
                    .iter()
                    .zip(&lines)
                    .all(|(item, line)| fen(line) == case.slip.get(*item).map(|m| m.fen()));
                !same || fen(&net) != Some(case.settled.net.fen())
            })
            .count()
    })
}
