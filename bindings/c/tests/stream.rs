//! Streams give what the Rust batch gives, take over what comes in, and fail with words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::{
    ptr::{null, null_mut},
    sync::{Arc, atomic::Ordering},
};

use arrow_array::{
    Array, ArrayRef, Date32Array, DictionaryArray, Float64Array, Int8Array, Int32Array, NullArray,
    RecordBatch, StringArray,
    cast::AsArray,
    ffi::FFI_ArrowSchema,
    ffi_stream::FFI_ArrowArrayStream,
    types::{Date32Type, Int8Type, UInt16Type},
};
use arrow_schema::{ArrowError, DataType, Schema};
use common::{
    call, reference_engine, seen,
    streams::{Made, error_of, produce, read, until_failure},
    text,
};
use zhenggong_arrow::{Batch, BatchOptions, DecimalWidth};
use zhenggong_c::*;

fn options() -> zg_stream_options {
    zg_stream_options {
        size: size_of::<zg_stream_options>(),
        items: 0,
        totals: 0,
        batch_rows: 0,
        threads: 0,
        month: 0,
        on_error: ZG_ON_ERROR_STOP,
        width: ZG_DECIMAL128,
        without_employer_cost: 1,
        columns: ZG_COLUMNS_KEYS,
        assessment: null(),
        repeats: ZG_REPEATS_IN_BATCH,
        reserved: 0,
    }
}

type Started = Result<FFI_ArrowArrayStream, (zg_status, String)>;

fn start(engine: *const zg_engine, made: &mut Made, options: &zg_stream_options) -> Started {
    let mut out = FFI_ArrowArrayStream::empty();
    // SAFETY: a good engine, and locals.
    let started = call(|err| unsafe {
        zg_engine_month_run_stream(engine, &raw mut made.stream, options, &raw mut out, err)
    });
    assert!(made.stream.release().is_none(), "the input is taken over in every case");
    assert_eq!(out.release().is_some(), started.is_ok());
    started.map(|()| out)
}

fn people(rows: usize) -> RecordBatch {
    let engine = zhenggong_benches::engine().unwrap();
    let cases = zhenggong_benches::cases(&engine, rows).unwrap();
    zhenggong_benches::record_batch(&cases).unwrap()
}

fn replaced(batch: &RecordBatch, column: &str, array: ArrayRef) -> RecordBatch {
    let fields = batch.schema_ref().fields().iter().zip(batch.columns());
    RecordBatch::try_from_iter(fields.map(|(field, old)| {
        let new = if field.name() == column { array.clone() } else { old.clone() };
        (field.name().clone(), new)
    }))
    .unwrap()
}

#[test]
fn a_stream_gives_what_the_batch_gives() {
    let engine = reference_engine();
    let core = zhenggong_benches::engine().unwrap();
    let whole = people(10_000);
    let plain = BatchOptions { employer_cost: false, ..BatchOptions::default() };
    let some = BatchOptions { width: DecimalWidth::Decimal128, ..zhenggong_benches::options() };
    let mask = zhenggong_benches::ITEMS.iter().fold(0, |bits, item| bits | 1 << *item as u64);
    for (batch_rows, threads, cut) in [(0, 1, 10_000), (0, 2, 9000), (4096, 1, 10_000), (7, 3, 50)]
    {
        for (mut options, want) in
            [(options(), &plain), (zg_stream_options { items: mask, ..options() }, &some)]
        {
            (options.batch_rows, options.threads) = (batch_rows, threads);
            let parts = (0..whole.num_rows()).step_by(cut);
            let parts = parts.map(|at| whole.slice(at, cut.min(whole.num_rows() - at)));
            let mut made = produce(parts.map(Ok).collect());
            let stream = start(engine.0, &mut made, &options).unwrap();
            assert_eq!(made.dropped.load(Ordering::SeqCst), 0);
            let (schema, batches) = read(stream);
            assert_eq!(made.dropped.load(Ordering::SeqCst), 1);
            let batches: Vec<_> = batches.into_iter().map(Result::unwrap).collect();
            if batch_rows > 0 {
                assert!(batches.iter().all(|b| b.num_rows() <= batch_rows));
            }
            let want = Batch::new(&core, want.clone()).run(&whole).unwrap();
            assert_eq!(schema, want.schema());
            let mut at = 0;
            for batch in batches {
                assert_eq!(batch, want.slice(at, batch.num_rows()));
                at += batch.num_rows();
            }
            assert_eq!(at, want.num_rows());
        }
    }
}

#[test]
fn a_stream_outlives_its_engine() {
    let mut made = produce(vec![Ok(people(24)), Ok(people(24))]);
    let engine = reference_engine();
    let stream = start(engine.0, &mut made, &options()).unwrap();
    drop(engine);
    assert_eq!(read(stream).1.into_iter().map(Result::unwrap).count(), 2);
}

#[test]
fn the_input_is_released_where_the_call_fails() {
    let engine = reference_engine();
    let good = options();
    let people = people(12);
    let none = || null::<zg_engine>();
    let refused = |engine, options: &zg_stream_options, status, field: &str| {
        let mut made = produce(vec![Ok(people.clone())]);
        let got = start(engine, &mut made, options).unwrap_err();
        assert_eq!(got, (status, field.to_owned()));
        assert_eq!(made.dropped.load(Ordering::SeqCst), 1, "{field}");
    };
    let with = |change: &dyn Fn(&mut zg_stream_options)| {
        let mut options = good;
        change(&mut options);
        options
    };
    refused(none(), &good, ZG_NULL_POINTER, "engine");
    for (change, status, field) in [
        (
            (&|o: &mut zg_stream_options| o.size = 4) as &dyn Fn(&mut zg_stream_options),
            ZG_WRONG_SIZE,
            "options",
        ),
        (&|o| o.on_error = 2, ZG_INVALID_OPTION, "on_error"),
        (&|o| o.width = -1, ZG_INVALID_OPTION, "width"),
        (&|o| o.width = ZG_DECIMAL64, ZG_INVALID_OPTION, "width"),
        (&|o| o.without_employer_cost = 2, ZG_INVALID_OPTION, "without_employer_cost"),
        (&|o| o.threads = 100_000, ZG_INVALID_OPTION, "threads"),
        (&|o| o.items = 1 << 63, ZG_INVALID_OPTION, "items"),
        (&|o| o.month = 202_500, ZG_INVALID_MONTH, "month"),
    ] {
        refused(engine.0, &with(change), status, field);
    }
    let mut made = produce(vec![Ok(people.clone())]);
    // SAFETY: NULL where the answer goes, and locals.
    let got = call(|err| unsafe {
        zg_engine_month_run_stream(engine.0, &raw mut made.stream, &raw const good, null_mut(), err)
    });
    assert_eq!(got.unwrap_err(), (ZG_NULL_POINTER, "out".to_owned()));
    assert_eq!(made.dropped.load(Ordering::SeqCst), 1);
    let mut out = FFI_ArrowArrayStream::empty();
    // SAFETY: NULL for the input, and locals.
    let got = call(|err| unsafe {
        zg_engine_month_run_stream(engine.0, null_mut(), null(), &raw mut out, err)
    });
    assert_eq!(got.unwrap_err(), (ZG_NULL_POINTER, "input".to_owned()));
    // Once more with the stream that is released by now.
    let got = start(engine.0, &mut made, &good).unwrap_err();
    assert_eq!(got, (ZG_STREAM_RELEASED, "input".to_owned()));
}

#[test]
fn columns_may_be_chinese_and_totals_chosen() {
    let engine = reference_engine();
    let whole = people(12);
    let names = |options: &zg_stream_options| {
        let mut made = produce(vec![Ok(whole.clone())]);
        let (schema, batches) = read(start(engine.0, &mut made, options).unwrap());
        let names = schema.fields().iter().map(|f| f.name().clone()).collect::<Vec<_>>();
        (names, batches.into_iter().next().unwrap().unwrap())
    };
    let items = 1 << ZG_ITEM_POST_PAY;
    let some = zg_stream_options {
        items,
        totals: 1 << ZG_TOTAL_NET | 1 << ZG_TOTAL_GROSS,
        columns: ZG_COLUMNS_ZH,
        on_error: ZG_ON_ERROR_COLUMN,
        ..options()
    };
    let (zh, chinese) = names(&some);
    let (all, keys) = names(&zg_stream_options { items, ..options() });
    let totals = ["gross", "deductions", "net", "employer_cost"];
    assert_eq!(all[all.len() - 4..], totals);
    assert!(zh.len() == all.len() - 2 + 2 && zh.iter().all(|name| !name.is_ascii()), "{zh:?}");
    let first = zh.iter().position(|name| name == "应发合计").unwrap();
    for (at, total) in [(first, "gross"), (first + 1, "net")] {
        assert_eq!(chinese.column(at), keys.column_by_name(total).unwrap(), "{total}");
    }
    for (total, name) in [
        (ZG_TOTAL_GROSS, "gross"),
        (ZG_TOTAL_DEDUCTIONS, "deductions"),
        (ZG_TOTAL_NET, "net"),
        (ZG_TOTAL_EMPLOYER_COST, "employer_cost"),
    ] {
        let (one, _) = names(&zg_stream_options { items, totals: 1 << total, ..options() });
        let shown: Vec<_> = one.iter().filter(|n| totals.contains(&n.as_str())).collect();
        assert_eq!(shown, [name]);
    }
    for (bad, field) in [
        (zg_stream_options { totals: 1 << 4, ..options() }, "totals"),
        (zg_stream_options { columns: 2, ..options() }, "columns"),
        (zg_stream_options { columns: -1, ..options() }, "columns"),
    ] {
        let mut made = produce(vec![Ok(whole.clone())]);
        let got = start(engine.0, &mut made, &bad).unwrap_err();
        assert_eq!(got, (ZG_INVALID_OPTION, field.to_owned()));
    }
    assert_eq!(options().size, 72, "a change of the struct's size is a change of the ABI");
}

#[test]
fn wrong_columns_are_refused_before_the_first_row() {
    let engine = reference_engine();
    let good = people(12);
    let floats = Arc::new(Float64Array::from(vec![0.5; 12])) as ArrayRef;
    let numbers = Arc::new(Int32Array::from(vec![1; 12])) as ArrayRef;
    let more = |name: &str, array: &ArrayRef| {
        let fields = good.schema_ref().fields().iter().zip(good.columns());
        let all = fields.map(|(f, c)| (f.name().clone(), c.clone()));
        RecordBatch::try_from_iter(all.chain([(name.to_owned(), array.clone())])).unwrap()
    };
    let kind = good.schema_ref().index_of("kind").unwrap();
    let mut without = good.clone();
    without.remove_column(kind);
    for (table, status, field) in [
        (replaced(&good, "ytd_income", floats.clone()), ZG_FLOAT_REFUSED, "ytd_income"),
        (replaced(&good, "rank", numbers.clone()), ZG_COLUMN_TYPE, "rank"),
        (more("salary", &numbers), ZG_UNKNOWN_FIELD, "salary"),
        (more("kind", &good.column(kind).clone()), ZG_DUPLICATE_COLUMN, "kind"),
        (without, ZG_MISSING_COLUMN, "kind"),
    ] {
        let mut made = produce(vec![Ok(table)]);
        let got = start(engine.0, &mut made, &options()).unwrap_err();
        assert_eq!(got, (status, field.to_owned()));
        assert_eq!(made.dropped.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn a_column_of_nothing_but_nulls_is_one_of_missing_facts() {
    let engine = reference_engine();
    let (good, stop) = (people(12), options());
    let whole = |table: RecordBatch| {
        let mut made =
            produce(vec![Ok(table.slice(0, 5)), Ok(table.slice(5, table.num_rows() - 5))]);
        let (schema, batches) = read(start(engine.0, &mut made, &stop).unwrap());
        (schema, batches.into_iter().map(Result::unwrap).collect::<Vec<_>>())
    };
    let want = whole(good.clone());
    let keys: Int8Array = (0..12).map(|row| (row % 2 == 0).then_some(0)).collect();
    let dictionary =
        DictionaryArray::<Int8Type>::try_new(keys, Arc::new(NullArray::new(1))).unwrap();
    let nothing = [Arc::new(NullArray::new(12)) as ArrayRef, Arc::new(dictionary)];
    let schema = Batch::input_schema();
    let mut tried = 0;
    for empty in nothing {
        let fields = good.schema_ref().fields().iter().zip(good.columns());
        let mut all: Vec<_> = fields.map(|(f, c)| (f.name().clone(), c.clone())).collect();
        for field in schema.fields() {
            if all.iter().all(|(name, _)| name != field.name()) && field.name() != "person" {
                all.push((field.name().clone(), empty.clone()));
                tried += 1;
            }
        }
        let found = whole(RecordBatch::try_from_iter(all).unwrap());
        let columns = |batches: &[RecordBatch]| {
            let net = batches.iter().map(|b| b.column_by_name("net").unwrap().clone());
            net.collect::<Vec<_>>()
        };
        assert_eq!(columns(&found.1), columns(&want.1));
    }
    assert!(tried > 30, "{tried}");
}

#[test]
fn a_row_that_cant_be_computed_ends_the_stream_and_stays_its_error() {
    let engine = reference_engine();
    let good = people(100);
    let kinds: Vec<_> = (0..100).map(|n| if n == 40 { "谁" } else { "民警" }).collect();
    let bad = replaced(&good, "kind", Arc::new(StringArray::from(kinds)));
    let plain = replaced(&good, "kind", Arc::new(StringArray::from(vec!["民警"; 100])));
    let mut made = produce(vec![Ok(plain.clone()), Ok(bad.clone()), Ok(plain.clone())]);
    let mut stream = start(engine.0, &mut made, &options()).unwrap();
    assert!(error_of(&stream).is_null());
    // SAFETY: a stream of ours.
    assert!(unsafe { (stream.get_last_error().unwrap())(&raw mut stream) }.is_null());
    let (before, errno, words) = until_failure(&mut stream);
    assert_eq!((before, errno, words.len()), (1, 22, 3));
    assert_eq!(words[0], "107 UnknownTerm");
    assert!(words[1].contains("第 141 行"), "{}", words[1]);
    assert!(words[2].contains("row 141"), "{}", words[2]);
    let error = error_of(&stream);
    // SAFETY: an error of this library.
    unsafe {
        assert_eq!(zg_error_row(error), 141);
        assert_eq!(text(zg_error_zh(error)), words[1]);
    }
    assert_eq!(seen(error), (ZG_UNKNOWN_TERM, "kind".to_owned()));
    assert_eq!(until_failure(&mut stream), (0, 22, words), "it fails again, and never just ends");
    drop(stream);
    assert_eq!(made.dropped.load(Ordering::SeqCst), 1);

    let mut made = produce(vec![Ok(plain.clone()), Ok(bad), Ok(plain)]);
    let column = zg_stream_options { on_error: ZG_ON_ERROR_COLUMN, ..options() };
    let (_, batches) = read(start(engine.0, &mut made, &column).unwrap());
    let batches: Vec<_> = batches.into_iter().map(Result::unwrap).collect();
    let errors: Vec<usize> = batches
        .iter()
        .map(|batch| {
            let codes = batch.column_by_name("error_code").unwrap();
            let codes = codes.as_primitive::<UInt16Type>();
            assert_eq!(codes.iter().flatten().filter(|code| *code != 107).count(), 0);
            codes.len() - codes.null_count()
        })
        .collect();
    assert_eq!(errors, [0, 1, 0]);
}

/// The rows, all of the first one's month.
fn one_month(batch: &RecordBatch) -> RecordBatch {
    let first = batch.column_by_name("month").unwrap().as_primitive::<Date32Type>().value(0);
    let all = Arc::new(Date32Array::from(vec![first; batch.num_rows()]));
    replaced(batch, "month", all)
}

/// The rows with ids of persons.
fn named(batch: &RecordBatch, ids: &[&str]) -> RecordBatch {
    let ids = Arc::new(StringArray::from(ids.to_vec())) as ArrayRef;
    let fields = batch.schema_ref().fields().iter().map(|field| field.name().clone());
    let columns = fields.zip(batch.columns().iter().cloned());
    RecordBatch::try_from_iter(columns.chain([("person".to_owned(), ids)])).unwrap()
}

/// The codes of rows of a stream of three tables, in which two people occur several times.
fn codes_of_repeats(options: zg_stream_options) -> Vec<Option<u16>> {
    let engine = reference_engine();
    let few = one_month(&people(4));
    let tables = [["a", "b", "a", "c"], ["c", "d", "e", "e"], ["f", "", "", "f"]];
    let mut made = produce(tables.map(|ids| Ok(named(&few, &ids))).into());
    let options = zg_stream_options { on_error: ZG_ON_ERROR_COLUMN, ..options };
    let (_, batches) = read(start(engine.0, &mut made, &options).unwrap());
    let codes = batches.into_iter().flat_map(|batch| {
        let batch = batch.unwrap();
        let codes = batch.column_by_name("error_code").unwrap().as_primitive::<UInt16Type>();
        codes.iter().collect::<Vec<_>>()
    });
    codes.collect()
}

#[test]
fn a_person_who_comes_again_is_an_error_where_rows_are_compared() {
    let twice = u16::try_from(ZG_DUPLICATE_PERSON).unwrap();
    let rows = |of: &[usize]| (1..=12).map(|at| of.contains(&at).then_some(twice)).collect();
    // Rows without an id are nobody, and are as wrong as an empty id is.
    let told = |options| -> Vec<Option<u16>> {
        let all = codes_of_repeats(options).into_iter();
        all.map(|code| code.filter(|code| *code == twice)).collect()
    };
    let with = |repeats| zg_stream_options { repeats, ..options() };
    let cases: [(i32, usize, Vec<Option<u16>>); 6] = [
        (ZG_REPEATS_IN_BATCH, 0, rows(&[3, 8, 12])),
        (ZG_REPEATS_IN_BATCH, 2, rows(&[8])),
        (ZG_REPEATS_IN_STREAM, 0, rows(&[3, 5, 8, 12])),
        (ZG_REPEATS_IN_STREAM, 1, rows(&[3, 5, 8, 12])),
        (ZG_REPEATS_ALLOWED, 0, rows(&[])),
        (ZG_REPEATS_ALLOWED, 3, rows(&[])),
    ];
    for (repeats, batch_rows, want) in cases {
        let options = zg_stream_options { batch_rows, ..with(repeats) };
        assert_eq!(told(options), want, "{repeats} {batch_rows}");
    }
    // The error names the row, the person and where they came first.
    let engine = reference_engine();
    let few = one_month(&people(1));
    let mut made = produce(vec![Ok(named(&few, &["a"])), Ok(named(&few, &["a"]))]);
    let mut stream = start(engine.0, &mut made, &with(ZG_REPEATS_IN_STREAM)).unwrap();
    let (before, errno, words) = until_failure(&mut stream);
    assert_eq!((before, errno), (1, 22));
    assert!(
        words[0].ends_with(" DuplicatePerson") && words[2].contains("row 2, person a"),
        "{words:?}"
    );
    assert!(words[2].contains("line 1"), "{words:?}");
    // The options.
    for (wrong, field) in [
        (with(3), "repeats"),
        (with(-1), "repeats"),
        (zg_stream_options { reserved: 1, ..options() }, "reserved"),
    ] {
        let mut made = produce(vec![Ok(few.clone())]);
        let refused = start(engine.0, &mut made, &wrong).map(|_| ());
        assert_eq!(refused, Err((ZG_INVALID_OPTION, field.to_owned())));
    }
}

#[test]
fn a_producer_that_fails_midway_is_named_with_its_words() {
    let engine = reference_engine();
    let people = people(24);
    let failure = ArrowError::ComputeError("the disk is gone".to_owned());
    let mut made = produce(vec![Ok(people.clone()), Err(failure), Ok(people)]);
    let mut stream = start(engine.0, &mut made, &options()).unwrap();
    let (before, errno, words) = until_failure(&mut stream);
    assert_eq!((before, errno), (1, 5));
    assert_eq!(words[0], "807 StreamFailed");
    assert!(words[2].contains("the disk is gone"), "{}", words[2]);
    assert_eq!(seen(error_of(&stream)), (ZG_STREAM_FAILED, "input".to_owned()));
}

#[test]
fn a_stream_of_another_library_has_no_error_of_ours() {
    let made = produce(vec![Ok(people(12))]);
    let mut error = null_mut();
    // SAFETY: streams, NULL, and locals.
    unsafe {
        let got = call(|err| zg_stream_error(&raw const made.stream, &raw mut error, err));
        assert_eq!(got.unwrap_err(), (ZG_WRONG_HANDLE, "stream".to_owned()));
        let empty = FFI_ArrowArrayStream::empty();
        let got = call(|err| zg_stream_error(&raw const empty, &raw mut error, err));
        assert_eq!(got.unwrap_err(), (ZG_STREAM_RELEASED, "stream".to_owned()));
        let got = call(|err| zg_stream_error(null(), &raw mut error, err));
        assert_eq!(got.unwrap_err(), (ZG_NULL_POINTER, "stream".to_owned()));
    }
    assert!(error.is_null());
}

#[test]
fn the_input_schema_is_that_of_the_batch() {
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: a local.
    call(|err| unsafe { zg_stream_input_schema(&raw mut schema, err) }).unwrap();
    let schema = Schema::try_from(&schema).unwrap();
    assert_eq!(schema, Batch::input_schema());
    assert_eq!(schema.field_with_name("kind").unwrap().data_type(), &DataType::Utf8);
}

#[cfg(feature = "test-hooks")]
#[test]
fn a_panic_inside_a_callback_is_an_error_of_the_stream() {
    let engine = reference_engine();
    let mut made = produce(vec![Ok(people(12))]);
    let mut stream = start(engine.0, &mut made, &options()).unwrap();
    zg_test_panic();
    let (before, errno, words) = until_failure(&mut stream);
    assert_eq!((before, errno), (0, 5));
    assert_eq!(words[0], "901 Internal");
    zg_test_panic();
    drop(stream);
    assert_eq!(made.dropped.load(Ordering::SeqCst), 1, "a panic before the release leaks nothing");

    let mut made = produce(vec![Ok(people(12))]);
    let mut stream = start(engine.0, &mut made, &options()).unwrap();
    let mut schema = FFI_ArrowSchema::empty();
    zg_test_panic();
    // SAFETY: a stream of ours and a local.
    assert_eq!(unsafe { (stream.get_schema().unwrap())(&raw mut stream, &raw mut schema) }, 5);
    drop(stream);

    let mut made = produce(vec![Ok(people(12))]);
    zg_test_panic();
    let got = start(engine.0, &mut made, &options()).unwrap_err();
    assert_eq!(got.0, ZG_INTERNAL);
    assert_eq!(made.dropped.load(Ordering::SeqCst), 1);
}
