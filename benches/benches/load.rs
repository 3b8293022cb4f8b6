//! What it costs to load packs and to resolve a month.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use zhenggong::{Engine, calendar::Month, policy::Pack};

fn load(c: &mut Criterion) {
    let build = || Engine::builder().packs(Pack::national()).build().unwrap();
    let month = Month::new(2025, 3).unwrap();
    c.bench_function("load/national", |b| b.iter(|| black_box(build())));
    // With the first snapshot, which a program needs before it can compute anything.
    c.bench_function("load/national-month", |b| {
        b.iter(|| black_box(build().snapshot(month).unwrap()));
    });
}

criterion_group!(benches, load);
criterion_main!(benches);
