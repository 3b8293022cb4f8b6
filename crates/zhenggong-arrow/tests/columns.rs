//! Which tables are taken, and which are refused with what error.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod common;

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, Date32Array, Decimal128Array, Decimal256Array, Float64Array, Int64Array,
    NullArray, RecordBatch, StringArray, cast::AsArray, new_empty_array, types::Decimal64Type,
};
use arrow_buffer::i256;
use arrow_schema::{DataType, Field, Schema};
use common::engine;
use zhenggong::{ErrorCode, calendar::Month, vocabulary::PayItem};
use zhenggong_arrow::{Batch, BatchOptions, ChunkBuffers, DecimalWidth, OnError, Total};

const NOTHING_DUE: [&str; 7] = [
    "stated_post_pay",
    "stated_pension",
    "stated_occupational_annuity",
    "stated_medical",
    "stated_housing_fund",
    "stated_income_tax",
    "stated_unemployment",
];

fn text(texts: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

/// A table of one officer without rank, with these columns more or instead.
fn table(more: Vec<(&str, ArrayRef)>) -> RecordBatch {
    let mut columns = vec![
        ("kind", text(&["民警"])),
        ("month", text(&["2016-03"])),
        ("rank", text(&["无"])),
        ("stated_level_pay", text(&["100.00"])),
    ];
    columns.extend(NOTHING_DUE.map(|name| (name, text(&["0"]))));
    for (name, array) in more {
        columns.retain(|(old, _)| *old != name);
        columns.push((name, array));
    }
    RecordBatch::try_from_iter(columns).unwrap()
}

fn error(batch: &RecordBatch) -> zhenggong::Error {
    Batch::new(engine(), BatchOptions::default()).run(batch).unwrap_err()
}

#[test]
fn an_amount_is_what_the_column_says() {
    let engine = engine();
    let options = BatchOptions {
        items: vec![PayItem::LevelPay, PayItem::LevelPay],
        totals: vec![Total::Net],
        width: DecimalWidth::Decimal64,
        ..BatchOptions::default()
    };
    let batch = Batch::new(engine, options);
    let people = table(vec![("person", text(&["7"]))]);
    let paid = batch.run(&people).unwrap();
    assert_eq!(paid.schema().as_ref(), &batch.output_schema(&people.schema()));
    let names: Vec<_> = paid.schema().fields().iter().map(|f| f.name().clone()).collect();
    assert_eq!(names, ["month", "person", "level_pay", "net"]);
    assert_eq!(paid.column(2).as_primitive::<Decimal64Type>().value(0), 10_000);
    assert_eq!(paid.column(3).data_type(), &DataType::Decimal64(18, 2));
}

#[test]
fn tables_that_do_not_fit_are_refused_by_column() {
    let one: ArrayRef = Arc::new(Int64Array::from(vec![1]));
    for (name, array, code) in [
        (
            "stated_level_pay",
            Arc::new(Float64Array::from(vec![1.0])) as ArrayRef,
            ErrorCode::FloatRefused,
        ),
        ("overtime_rest_days", Arc::new(Float64Array::from(vec![1.0])), ErrorCode::ColumnType),
        ("stated_level_pay", one.clone(), ErrorCode::ColumnType),
        ("rank", one.clone(), ErrorCode::ColumnType),
        ("kind", one.clone(), ErrorCode::ColumnType),
        ("month", one.clone(), ErrorCode::ColumnType),
        ("rank_since", one.clone(), ErrorCode::ColumnType),
        ("unit", one.clone(), ErrorCode::ColumnType),
        ("rnak", one, ErrorCode::UnknownField),
    ] {
        let found = error(&table(vec![(name, array)]));
        assert_eq!(found.code(), code, "{name}: {found}");
        assert!(found.en().contains(name), "{found}");
    }
    let whole = table(Vec::new());
    for name in ["kind", "month"] {
        let kept: Vec<_> =
            (0..whole.num_columns()).filter(|n| whole.schema().field(*n).name() != name).collect();
        assert_eq!(error(&whole.project(&kept).unwrap()).code(), ErrorCode::MissingColumn);
    }
    let twice = Schema::new(vec![Field::new("kind", DataType::Utf8, true); 2]);
    let twice = RecordBatch::try_new(Arc::new(twice), vec![text(&["民警"]), text(&["民警"])]);
    assert_eq!(error(&twice.unwrap()).code(), ErrorCode::DuplicateColumn);
}

#[test]
fn cells_that_do_not_fit_are_refused_by_row() {
    let decimal = |digits: i128, scale: i8| -> ArrayRef {
        let array = Decimal128Array::from(vec![digits]);
        Arc::new(array.with_precision_and_scale(38, scale).unwrap())
    };
    let wide = Decimal256Array::from(vec![i256::from_i128(10).checked_pow(60).unwrap()]);
    let wide = wide.with_precision_and_scale(76, 2).unwrap();
    for (name, array, code) in [
        ("stated_level_pay", decimal(12_345, 3), ErrorCode::TooManyDigits),
        ("stated_level_pay", decimal(i128::from(i64::MAX) + 1, 2), ErrorCode::NumberOutOfRange),
        ("stated_level_pay", Arc::new(wide), ErrorCode::NumberOutOfRange),
        ("stated_level_pay", decimal(-1, 2), ErrorCode::NegativeNotAllowed),
        ("stated_level_pay", text(&["无"]), ErrorCode::InvalidNumber),
        // In range for the library, not for the column.
        ("stated_level_pay", decimal(10i128.pow(18), 2), ErrorCode::NumberOutOfRange),
        ("overtime_rest_days", Arc::new(Int64Array::from(vec![-1])), ErrorCode::NumberOutOfRange),
        ("housing_rate", decimal(1, 10), ErrorCode::TooManyDigits),
        ("month", Arc::new(Date32Array::from(vec![1])), ErrorCode::InvalidMonth),
        ("month", text(&["2016-3"]), ErrorCode::InvalidMonth),
        ("month", Arc::new(NullArray::new(1)), ErrorCode::MissingFact),
        ("kind", Arc::new(NullArray::new(1)), ErrorCode::MissingFact),
        ("rank_since", Arc::new(Date32Array::from(vec![i32::MAX])), ErrorCode::InvalidDate),
        ("rank", text(&["警长"]), ErrorCode::UnknownTerm),
    ] {
        let found = error(&table(vec![(name, array)]));
        assert_eq!((found.code(), found.row_number()), (code, Some(1)), "{name}: {found}");
    }
}

#[test]
fn months_come_as_text_as_dates_or_for_all_rows() {
    let engine = engine();
    let run = |month: Option<Month>, more: Vec<(&str, ArrayRef)>| {
        let options = BatchOptions { month, ..BatchOptions::default() };
        Batch::new(engine, options).run(&table(more))
    };
    let march = Month::new(2016, 3).unwrap();
    // 16861 days after 1970-01-01 is 2016-03-01.
    run(None, vec![("month", Arc::new(Date32Array::from(vec![16_861])))]).unwrap();
    run(Some(march), vec![("month", Arc::new(NullArray::new(1)))]).unwrap();
    run(Some(march), Vec::new()).unwrap();
    let other = run(Some(march.next().unwrap()), Vec::new()).unwrap_err();
    assert_eq!((other.code(), other.row_number()), (ErrorCode::WrongMonth, Some(1)));
    assert!(other.to_string().contains("month 2016-04, field month"), "{other}");
}

#[test]
fn what_is_no_id_is_nobodys() {
    let long = "x".repeat(65);
    for key in ["person", "unit"] {
        for id in
            ["无", "N/A", "-", "none", "a\u{0}b", "1\n2", "1234567\u{85}", "　　无　　", &long]
        {
            let found = error(&table(vec![(key, text(&[id]))]));
            assert_eq!(
                (found.code(), found.field_name(), found.row_number(), found.person_id()),
                (ErrorCode::InvalidText, Some(key), Some(1), None),
                "{id}: {found}"
            );
        }
        // Nobody has to be named, and a blank cell names nobody.
        for id in ["", " ", "0417", "城东派出所", "Nan Li", &long[1..]] {
            let paid = Batch::new(engine(), BatchOptions::default());
            paid.run(&table(vec![(key, text(&[id]))])).unwrap();
        }
    }
    let bad = error(&table(vec![("person", text(&["P1"])), ("unit", text(&["无"]))]));
    assert_eq!(bad.person_id(), Some("P1"));
    assert!(bad.en().contains("leave it empty"), "{bad}");
}

#[test]
fn an_empty_table_gives_an_empty_table() {
    let engine = engine();
    let schema = Arc::new(Batch::input_schema());
    let columns = schema.fields().iter().map(|f| new_empty_array(f.data_type())).collect();
    let empty = RecordBatch::try_new(schema.clone(), columns).unwrap();
    let options = BatchOptions { on_error: OnError::Column, threads: 4, ..BatchOptions::default() };
    let batch = Batch::new(engine, options);
    let paid = batch.run(&empty).unwrap();
    assert_eq!(paid.num_rows(), 0);
    assert_eq!(paid.schema().as_ref(), &batch.output_schema(&schema));
    assert_eq!(paid.schema().fields().last().unwrap().name(), "error");
}

#[test]
fn rows_outside_the_table_are_refused() {
    let engine = engine();
    let batch = Batch::new(engine, BatchOptions::default());
    let people = table(Vec::new());
    let table = batch.table(&people).unwrap();
    let months = batch.months(&table).unwrap();
    let found = batch.run_chunk(&mut ChunkBuffers::new(), &table, &months.plans(), 0..2);
    assert_eq!(found.unwrap_err().code(), ErrorCode::InvalidOption);
}
