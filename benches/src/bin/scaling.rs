//! How time, allocations and memory grow with the number of rows. Each line is a process of its own,
//! so that its peak memory is its own.
//!
//! `scaling` prints all lines; `scaling ROWS MODE THREADS` prints one.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    fs,
    hint::black_box,
    process::Command,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Instant,
};

use arrow_array::RecordBatch;
use zhenggong::{
    Engine,
    derivation::{NoTrace, Recorder, Trace},
    settlement::{MonthPlan, Slip, settle},
};
use zhenggong_arrow::{Batch, BatchOptions, ChunkBuffers};
use zhenggong_benches::{Case, cases, engine, options, record_batch};

/// Distinct rows; larger runs go over them again.
const POOL: usize = 1 << 17;
/// Rows of a record batch in the mode `columns`.
const BATCH: usize = 1 << 16;

/// Counts allocations on their way to the system's allocator.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every call goes to the system's allocator unchanged; counting touches no memory of it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        // SAFETY: the caller's promises about `layout` are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        // SAFETY: as above; `at` came from the system's allocator.
        unsafe { System.realloc(at, layout, size) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as above; `at` came from the system's allocator.
        unsafe { System.dealloc(at, layout) }
    }
}

type Answer<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Answer<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [rows, mode, threads] = args.as_slice() {
        return one(rows.parse()?, mode, threads.parse()?);
    }
    println!(
        "{:>10} {:>9} {:>7} {:>12} {:>8} {:>12} {:>9}",
        "rows", "mode", "threads", "rows/s", "ns/row", "allocs/row", "peak MiB"
    );
    for (mode, threads) in [
        ("plain", "1"),
        ("explained", "1"),
        ("streamed", "1"),
        ("streamed", "2"),
        ("columns", "1"),
        ("columns", "2"),
    ] {
        for rows in ["1000", "10000", "100000", "1000000", "10000000"] {
            Command::new(std::env::current_exe()?).args([rows, mode, threads]).status()?;
        }
    }
    Ok(())
}

fn one(rows: usize, mode: &str, threads: usize) -> Answer<()> {
    let engine = engine()?;
    let cases = cases(&engine, rows.min(POOL))?;
    let table = record_batch(&cases)?;
    let run: &dyn Fn(usize) -> Answer<()> = match mode {
        "plain" => &|rows| one_by_one(&engine, &cases, rows, &mut NoTrace, |_| {}),
        "explained" => {
            &|rows| one_by_one(&engine, &cases, rows, &mut Recorder::new(), Recorder::clear)
        }
        "streamed" => &|rows| streamed(&engine, &table, rows, threads),
        "columns" => &|rows| columns(&engine, &table, rows, threads),
        _ => return Err("modes: plain, explained, streamed, columns".into()),
    };
    // Once for what is made once, and to let the clock of the processor settle.
    run(rows.min(POOL))?;
    // A run over no rows has the costs that do not grow.
    let before = ALLOCATIONS.load(Relaxed);
    run(0)?;
    let fixed = ALLOCATIONS.load(Relaxed) - before;
    let start = Instant::now();
    run(0)?;
    let setup = start.elapsed();
    let (before, start) = (ALLOCATIONS.load(Relaxed), Instant::now());
    run(rows)?;
    let nanos = start.elapsed().saturating_sub(setup).as_nanos().max(1);
    let allocations = (ALLOCATIONS.load(Relaxed) - before).saturating_sub(fixed);
    let count = rows as u128;
    let millionths = u128::from(allocations) * 1_000_000 / count;
    println!(
        "{rows:>10} {mode:>9} {threads:>7} {:>12} {:>8} {:>5}.{:06} {:>9}",
        count * 1_000_000_000 / nanos,
        nanos / count,
        millionths / 1_000_000,
        millionths % 1_000_000,
        peak_kib()? / 1024,
    );
    Ok(())
}

/// Settles records one by one, with one recorder for all; between two it is cleared.
fn one_by_one<T: Trace>(
    engine: &Engine,
    cases: &[Case],
    rows: usize,
    trace: &mut T,
    clear: impl Fn(&mut T),
) -> Answer<()> {
    let snapshots: Vec<_> =
        cases.iter().take(12).map(|c| engine.snapshot(c.month)).collect::<Result<_, _>>()?;
    let plan = |snapshot| MonthPlan::new(snapshot).without_employer_cost();
    let plans: Vec<_> = snapshots.iter().map(|s| plan(s)).collect();
    let mut slip = Slip::new();
    for case in cases.iter().cycle().take(rows) {
        let Some(plan) = plans.get(case.month.month() as usize - 1) else { continue };
        slip.clear();
        clear(trace);
        black_box(settle(plan, &case.person, trace, &mut slip)?);
        black_box(&mut *trace);
    }
    Ok(())
}

/// Each thread streams its share of the rows through buffers of its own.
fn streamed(engine: &Engine, table: &RecordBatch, rows: usize, threads: usize) -> Answer<()> {
    let batch = Batch::new(engine, options());
    let open = batch.table(table)?;
    let months = batch.months(&open)?;
    let plans = months.plans();
    let share = |rows: usize| -> zhenggong::Result<()> {
        let mut buffers = ChunkBuffers::new();
        let (mut left, mut first) = (rows, 0);
        while left > 0 {
            let end = open.rows().min(first + ChunkBuffers::ROWS).min(first + left);
            batch.run_chunk(&mut buffers, &open, &plans, first..end)?;
            black_box(&buffers);
            left -= end - first;
            first = if end == open.rows() { 0 } else { end };
        }
        Ok(())
    };
    if threads < 2 {
        return Ok(share(rows)?);
    }
    std::thread::scope(|scope| {
        let share = &share;
        let spawn =
            |n| scope.spawn(move || share(rows / threads + usize::from(n < rows % threads)));
        let all: Vec<_> = (0..threads).map(spawn).collect();
        all.into_iter().try_for_each(|thread| {
            thread.join().map_err(|_| "a thread panicked".into()).and_then(|paid| Ok(paid?))
        })
    })
}

fn columns(engine: &Engine, table: &RecordBatch, rows: usize, threads: usize) -> Answer<()> {
    let batch = Batch::new(engine, BatchOptions { threads, ..options() });
    let (mut left, mut first) = (rows, 0);
    let parts = std::iter::from_fn(|| {
        let count = left.min(BATCH).min(table.num_rows() - first);
        let part = (count > 0).then(|| Ok(table.slice(first, count)));
        left -= count;
        first = (first + count) % table.num_rows();
        part
    });
    for paid in batch.stream(parts) {
        black_box(paid?);
    }
    Ok(())
}

/// The most memory that the process had, in KiB.
fn peak_kib() -> Answer<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|l| l.split_whitespace().next()).ok_or("no VmHWM")?;
    Ok(number.parse()?)
}
