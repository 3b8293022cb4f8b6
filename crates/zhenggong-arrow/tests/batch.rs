//! The batch gives, row for row, what `settle` gives.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod common;

use arrow_array::{RecordBatch, cast::AsArray};
use common::{Encoding, Texts, check, engine, record_batch, scalar};
use proptest::{prelude::*, strategy::ValueTree};
use zhenggong_arrow::{Batch, BatchOptions, ChunkBuffers, DecimalWidth, OnError};

fn options(width: DecimalWidth, threads: usize) -> BatchOptions {
    BatchOptions { on_error: OnError::Column, width, threads, ..BatchOptions::default() }
}

/// So that the properties below say something.
#[test]
fn many_of_the_people_can_be_paid() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let person = common::person(false);
    let paid = (0..200).filter(|_| {
        let texts = person.new_tree(&mut runner).unwrap().current();
        scalar(engine(), &texts).is_ok()
    });
    let paid = paid.count();
    assert!((40..190).contains(&paid), "{paid} of 200");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn text_rows_settle_as_records_do(
        people in common::people(true, 40),
        encoding in prop::sample::select(vec![
            Encoding::Text, Encoding::LargeText, Encoding::ViewText, Encoding::Dictionary,
        ]),
        width in prop::sample::select(vec![DecimalWidth::Decimal64, DecimalWidth::Decimal128]),
    ) {
        let engine = engine();
        let batch = record_batch(&people, encoding);
        let paid = Batch::new(engine, options(width, 1)).run(&batch).unwrap();
        check(engine, &people, &paid);
    }

    #[test]
    fn typed_rows_settle_as_records_do(
        people in common::people(false, 40),
        (width, scale) in prop::sample::select(vec![
            (32, 2), (32, 4), (64, 2), (64, 5), (128, 2), (128, 0), (128, 20), (256, 2), (256, 30),
        ]),
        skip in 0usize..5,
    ) {
        let engine = engine();
        let batch = record_batch(&people, Encoding::Typed(width, scale));
        let paid = Batch::new(engine, options(DecimalWidth::Decimal128, 1)).run(&batch).unwrap();
        check(engine, &people, &paid);
        // A slice begins inside its arrays and gives the same rows.
        let skip = skip.min(people.len());
        let options = BatchOptions { on_error: OnError::Column, ..BatchOptions::default() };
        let part = Batch::new(engine, options).run(&batch.slice(skip, people.len() - skip)).unwrap();
        for (name, whole) in paid.schema().fields().iter().map(|f| f.name()).zip(paid.columns()) {
            if name != "error" {
                let slice = whole.slice(skip, people.len() - skip);
                prop_assert_eq!(&slice, part.column_by_name(name).unwrap());
            }
        }
    }
}

/// Enough people for several chunks, an error here and there.
fn many(count: usize) -> (Vec<Texts>, RecordBatch) {
    let ranks = ["三级警司", "一级警督", "二级警员", "无"];
    let people: Vec<Texts> = (0..count)
        .map(|n| {
            let mut cells = vec![
                ("kind", "民警".to_owned()),
                ("month", if n % 5 == 0 { "2025-03" } else { "2016-03" }.to_owned()),
                ("rank", ranks[n % ranks.len()].to_owned()),
                ("duty", "一线执法勤务".to_owned()),
                ("overtime_rest_days", (n % 7).to_string()),
                ("overtime_holiday_days", (n % 3).to_string()),
                ("stated_post_pay", format!("{}.{:02}", n % 9000, n % 100)),
                ("stated_level_pay", "790".to_owned()),
            ];
            for item in ["pension", "occupational_annuity", "medical", "housing_fund", "income_tax"]
            {
                cells.push((Box::leak(format!("stated_{item}").into_boxed_str()), "12.34".into()));
            }
            if n % 1000 == 999 {
                cells.retain(|(name, _)| *name != "rank");
            }
            cells.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
        })
        .collect();
    let batch = record_batch(&people, Encoding::Typed(128, 2));
    (people, batch)
}

#[test]
fn chunks_and_threads_do_not_show() {
    let engine = engine();
    let (people, batch) = many(2 * ChunkBuffers::ROWS + 1001);
    let one = Batch::new(engine, options(DecimalWidth::Decimal64, 1)).run(&batch).unwrap();
    check(engine, &people, &one);
    for threads in [0, 2, 3, 8] {
        let more = Batch::new(engine, options(DecimalWidth::Decimal64, threads));
        assert_eq!(more.run(&batch).unwrap(), one);
    }
    for rows in [ChunkBuffers::ROWS - 1, ChunkBuffers::ROWS, ChunkBuffers::ROWS + 1] {
        let part = Batch::new(engine, options(DecimalWidth::Decimal64, 2));
        assert_eq!(part.run(&batch.slice(0, rows)).unwrap(), one.slice(0, rows));
    }
}

#[test]
fn without_an_error_column_the_first_bad_row_ends_the_batch() {
    let engine = engine();
    let (_, batch) = many(2 * ChunkBuffers::ROWS);
    for threads in [1, 2] {
        let options = BatchOptions { threads, ..BatchOptions::default() };
        let error = Batch::new(engine, options).run(&batch).unwrap_err();
        assert_eq!(error.row_number(), Some(1000));
        assert_eq!(error.person_id(), Some("0999"));
        assert_eq!(error.code(), zhenggong::ErrorCode::MissingFact);
    }
}

#[test]
fn a_stream_counts_rows_through_and_ends_at_an_error() {
    let engine = engine();
    let (people, batch) = many(1500);
    let parts = || (0..3).map(|n| Ok(batch.slice(n * 500, 500)));
    let good = Batch::new(engine, options(DecimalWidth::Decimal128, 1));
    let paid: Vec<_> = good.stream(parts()).collect::<Result<_, _>>().unwrap();
    assert_eq!(paid.len(), 3);
    assert!(
        paid[1].column_by_name("error").unwrap().as_string::<i32>().value(499).contains("row 1000")
    );
    assert_eq!(paid.iter().map(RecordBatch::num_rows).sum::<usize>(), people.len());
    let stop = Batch::new(engine, BatchOptions::default());
    let paid: Vec<_> = stop.stream(parts()).collect();
    assert_eq!(paid.len(), 2);
    assert_eq!(paid[1].as_ref().unwrap_err().row_number(), Some(1000));
}

#[test]
fn a_million_rows_pass_through_the_buffers_of_one_chunk() {
    let engine = engine();
    let (_, batch) = many(ChunkBuffers::ROWS);
    let batch_of = Batch::new(engine, options(DecimalWidth::Decimal64, 1));
    let table = batch_of.table(&batch).unwrap();
    let months = batch_of.months(&table).unwrap();
    let plans = months.plans();
    let mut buffers = ChunkBuffers::new();
    batch_of.run_chunk(&mut buffers, &table, &plans, 0..table.rows()).unwrap();
    let (room, net) = (buffers.capacity(), buffers.total_fen(zhenggong_arrow::Total::Net).to_vec());
    let mut rows = 0;
    while rows < 1_000_000 {
        batch_of.run_chunk(&mut buffers, &table, &plans, 0..table.rows()).unwrap();
        rows += buffers.rows();
    }
    assert_eq!(buffers.capacity(), room);
    assert_eq!(buffers.total_fen(zhenggong_arrow::Total::Net), net);
}
