//! Nobody is paid twice in a month of a table.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod common;

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, Date32Array, DictionaryArray, RecordBatch, StringArray,
    cast::AsArray,
    types::{Decimal128Type, Int32Type, UInt16Type},
};
use common::engine;
use zhenggong::{Error, ErrorCode};
use zhenggong_arrow::{Batch, BatchOptions, OnError, RowNotes, Seen};

/// A table of officers, each with a post pay of one yuan and nothing else.
fn table(people: &[Option<&str>], months: ArrayRef) -> RecordBatch {
    let same = |text: &str| Arc::new(StringArray::from(vec![text; people.len()])) as ArrayRef;
    let mut columns = vec![
        ("person", Arc::new(StringArray::from(people.to_vec())) as ArrayRef),
        ("month", months),
        ("kind", same("民警")),
        ("rank", same("无")),
        ("stated_post_pay", same("1.00")),
    ];
    for name in ["level_pay", "pension", "occupational_annuity", "medical", "housing_fund"] {
        columns.push((Box::leak(format!("stated_{name}").into_boxed_str()), same("0")));
    }
    columns.push(("stated_income_tax", same("0")));
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true)))
        .unwrap()
}

fn texts(texts: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

fn options() -> BatchOptions {
    BatchOptions { on_error: OnError::Column, employer_cost: false, ..BatchOptions::default() }
}

/// Returns the row of the first record by row, for the rows that have error 114.
fn first_rows(paid: &RecordBatch) -> Vec<Option<String>> {
    let codes = paid.column_by_name("error_code").unwrap().as_primitive::<UInt16Type>();
    let words = paid.column_by_name("error").unwrap().as_string::<i32>();
    let net = paid.column_by_name("net").unwrap().as_primitive::<Decimal128Type>();
    let row = |row: usize| {
        assert_eq!(codes.is_null(row), net.is_valid(row), "a row is paid or an error");
        let told = codes.is_valid(row).then(|| {
            assert_eq!(codes.value(row), ErrorCode::DuplicatePerson.number());
            words.value(row).split("line ").nth(1).unwrap().split('.').next().unwrap().to_owned()
        });
        assert!(told.is_none() || words.value(row).contains("field person"));
        told
    };
    (0..paid.num_rows()).map(row).collect()
}

fn firsts(rows: &[Option<u32>]) -> Vec<Option<String>> {
    rows.iter().map(|row| row.map(|row| row.to_string())).collect()
}

#[test]
fn a_further_row_of_a_person_and_month_names_the_first() {
    let people =
        [Some("A"), Some("B"), Some("A"), None, None, Some("A"), Some(""), Some(""), Some("B")];
    let (march, april) = ("2025-03", "2025-04");
    let months = [march, march, april, march, march, march, march, march, march];
    let expected = [None, None, None, None, None, Some(1), None, None, Some(2)];
    let days: Vec<i32> = months.iter().map(|m| if *m == march { 20_148 } else { 20_179 }).collect();
    let shared: DictionaryArray<Int32Type> = months.iter().copied().collect();
    for column in [texts(&months), Arc::new(Date32Array::from(days)), Arc::new(shared)] {
        for threads in [1, 3] {
            let options = BatchOptions { threads, ..options() };
            let paid = Batch::new(engine(), options).run(&table(&people, column.clone())).unwrap();
            assert_eq!(first_rows(&paid), firsts(&expected), "{:?}", column.data_type());
        }
    }
    let stop = BatchOptions { on_error: OnError::Stop, ..options() };
    let people = table(&people, texts(&months));
    let error = Batch::new(engine(), stop).run_after(&people, 10).unwrap_err();
    assert_eq!((error.code(), error.row_number()), (ErrorCode::DuplicatePerson, Some(16)));
    assert_eq!((error.person_id(), error.field_name()), (Some("A"), Some("person")));
    assert!(error.en().contains("line 11"), "{}", error.en());
}

#[test]
fn repeats_can_be_allowed_and_tables_can_be_looked_at_together() {
    let one = table(&[Some("A"), Some("B")], texts(&["2025-03"; 2]));
    let two = table(&[Some("B"), Some("C")], texts(&["2025-03"; 2]));
    let batch = Batch::new(engine(), options());
    let mut seen = Seen::new();
    let mut run = |table, before| {
        let notes = RowNotes { before, seen: Some(&mut seen), ..RowNotes::default() };
        first_rows(&batch.run_noted(table, notes).unwrap())
    };
    assert_eq!(run(&one, 0), firsts(&[None, None]));
    assert_eq!(run(&two, 2), firsts(&[Some(2), None]));
    // Tables that have nothing to do with each other may share people.
    assert_eq!(first_rows(&batch.run_after(&two, 2).unwrap()), firsts(&[None, None]));
    let twice = table(&[Some("A"), Some("A")], texts(&["2025-03"; 2]));
    let allowed = Batch::new(engine(), BatchOptions { allow_repeats: true, ..options() });
    assert_eq!(first_rows(&allowed.run(&twice).unwrap()), firsts(&[None, None]));
}

#[test]
fn who_has_no_id_comes_once() {
    let nobody = [Some("无"), Some("无"), Some(" "), Some(" "), Some(""), None, None];
    let people = table(&nobody, texts(&["2025-03"; 7]));
    let paid = Batch::new(engine(), options()).run(&people).unwrap();
    let codes = paid.column_by_name("error_code").unwrap().as_primitive::<UInt16Type>();
    let refused = Some(ErrorCode::InvalidText.number());
    let all = [refused, refused, None, None, None, None, None];
    assert_eq!(codes.iter().collect::<Vec<_>>(), all);
}

#[test]
fn rows_with_a_fault_of_their_own_keep_it() {
    let people = table(&[Some("A"), Some("A"), None, Some("A")], texts(&["2025-03"; 4]));
    let fault = || Error::new(ErrorCode::WrongFieldCount).arg("found", 1).arg("expected", 2);
    let faults = [(1, fault().row(5u64)), (2, fault().row(6u64))];
    let notes = RowNotes { numbers: Some(&[2, 5, 6, 9]), faults: &faults, ..RowNotes::default() };
    let paid = Batch::new(engine(), options()).run_noted(&people, notes).unwrap();
    let codes = paid.column_by_name("error_code").unwrap().as_primitive::<UInt16Type>();
    assert_eq!(codes.iter().collect::<Vec<_>>(), [None, Some(120), Some(120), Some(114)]);
    let words = paid.column_by_name("error").unwrap().as_string::<i32>();
    assert!(words.value(1).starts_with("row 5, person A, month 2025-03:"), "{}", words.value(1));
    assert!(words.value(2).starts_with("row 6, month 2025-03:"), "{}", words.value(2));
    assert!(words.value(3).starts_with("row 9") && words.value(3).contains("line 2"));
}

/// Many people none of whom is another: what hashes alike is looked at again.
#[test]
fn nobody_is_taken_for_somebody_else() {
    let ids: Vec<String> = (0..200_000).map(|n| format!("{:x}", n * 7)).collect();
    let mut people: Vec<_> = ids.iter().map(|id| Some(id.as_str())).collect();
    people.push(Some("0"));
    let rows = people.len();
    let table = table(&people, texts(&vec!["2025-03"; rows]));
    let found = Batch::new(engine(), options()).run(&table).unwrap();
    let net = found.column_by_name("net").unwrap();
    assert_eq!((net.null_count(), net.is_null(rows - 1)), (1, true));
}
