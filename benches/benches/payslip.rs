//! What one payslip costs: from a record, plain and explained; from columns, into buffers and into
//! new columns.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use zhenggong::{
    derivation::{NoTrace, Recorder},
    settlement::{MonthPlan, Slip, settle},
};
use zhenggong_arrow::{Batch, ChunkBuffers};
use zhenggong_benches::{Case, cases, engine, options, record_batch};

const ROWS: usize = ChunkBuffers::ROWS;

/// The cases with the position of their month's plan.
fn with_plan(cases: &[Case]) -> Vec<(usize, &Case)> {
    cases.iter().map(|c| (c.month.month() as usize - 1, c)).collect()
}

fn payslip(c: &mut Criterion) {
    let engine = engine().unwrap();
    let cases = cases(&engine, ROWS).unwrap();
    let snapshots: Vec<_> =
        cases[..12].iter().map(|case| engine.snapshot(case.month).unwrap()).collect();
    let plan = |snapshot| MonthPlan::new(snapshot).without_employer_cost();
    let plans: Vec<_> = snapshots.iter().map(|s| plan(s)).collect();
    let rows = with_plan(&cases);

    let mut group = c.benchmark_group("payslip/reference");
    group.throughput(Throughput::Elements(ROWS as u64));
    let mut slip = Slip::new();
    group.bench_function("scalar-plain", |b| {
        b.iter(|| {
            for (plan, case) in &rows {
                slip.clear();
                let paid = settle(&plans[*plan], &case.person, &mut NoTrace, &mut slip);
                black_box(paid.unwrap());
            }
        });
    });
    // The steps of each payslip are kept until the next; one buffer serves for all.
    let mut trace = Recorder::new();
    group.bench_function("scalar-explained", |b| {
        b.iter(|| {
            for (plan, case) in &rows {
                slip.clear();
                trace.clear();
                let paid = settle(&plans[*plan], &case.person, &mut trace, &mut slip);
                paid.unwrap();
                black_box(&trace);
            }
        });
    });

    let table = record_batch(&cases).unwrap();
    let batch = Batch::new(&engine, options());
    let open = batch.table(&table).unwrap();
    let months = batch.months(&open).unwrap();
    let month_plans = months.plans();
    let mut buffers = ChunkBuffers::new();
    group.bench_function("batch-8k-streamed", |b| {
        b.iter(|| {
            batch.run_chunk(&mut buffers, &open, &month_plans, 0..ROWS).unwrap();
            black_box(&buffers);
        });
    });
    group.bench_function("batch-new-columns", |b| {
        b.iter(|| black_box(batch.run(&table).unwrap()));
    });
    group.finish();
}

criterion_group!(benches, payslip);
criterion_main!(benches);
