//! Arrays that are not what they say of themselves are refused, before anything is read that is not there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod common;

use std::{ffi::c_void, sync::Arc};

use arrow_array::{
    ArrayRef, Decimal128Array, DictionaryArray, Int8Array, Int32Array, ListArray, MapArray,
    RecordBatch, RecordBatchIterator, StringArray, StringViewArray, StructArray,
    builder::{Int32Builder, MapBuilder, StringBuilder},
    ffi::{FFI_ArrowArray, FFI_ArrowSchema},
    ffi_stream::FFI_ArrowArrayStream,
    types::{Int8Type, Int32Type},
};
use arrow_buffer::Buffer;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use common::{Layout, exported, malformed, nulls, refused, spoilt, table_of, unchecked};
use zhenggong::ErrorCode;
use zhenggong_border::{Fault, Tables, record_batch};

fn texts() -> ArrayRef {
    Arc::new(StringArray::from(vec![Some("a"), None, Some("c")]))
}

fn amounts() -> ArrayRef {
    Arc::new(Decimal128Array::from(vec![Some(1), None, Some(3)]))
}

fn lists() -> ArrayRef {
    let rows = [Some(vec![Some(1), Some(2)]), None, Some(vec![Some(3)])];
    Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(rows))
}

fn dictionary() -> ArrayRef {
    let array: DictionaryArray<Int8Type> = [Some("a"), Some("b"), None].into_iter().collect();
    Arc::new(array)
}

fn views() -> ArrayRef {
    Arc::new(StringViewArray::from(vec!["long enough to stand outside the view", "b", "c"]))
}

type Spoil = fn(&mut Layout);

#[test]
fn counts_that_can_not_be_are_refused() {
    let all: [(&str, Spoil, &str); 19] = [
        ("negative length", |t| t.length = -1, "length or offset"),
        ("negative offset", |t| t.offset = -1, "length or offset"),
        ("endless", |t| t.length = i64::MAX, "length or offset"),
        (
            "endless in sum",
            |t| (t.length, t.offset) = (i64::MAX / 2 + 1, i64::MAX / 2 + 1),
            "length or offset",
        ),
        ("no children", |t| t.n_children = 0, "0 columns instead of 1"),
        ("children less than none", |t| t.n_children = -1, "-1 columns instead of 1"),
        ("children at NULL", |t| t.children = std::ptr::null_mut(), "columns"),
        ("a table with two buffers", |t| t.n_buffers = 2, "buffers"),
        (
            "a column less long",
            |t| t.child(0).length = 2,
            "column c is malformed: it has too few rows",
        ),
        ("a column of negative length", |t| t.child(0).length = -3, "column c"),
        ("a column of negative offset", |t| t.child(0).offset = -3, "column c"),
        ("an endless column", |t| t.child(0).length = i64::MAX, "column c"),
        ("an offset behind the end", |t| t.child(0).offset = i64::MAX, "column c"),
        ("no buffers", |t| t.child(0).n_buffers = 0, "column c is malformed: its buffers"),
        (
            "buffers less than none",
            |t| t.child(0).n_buffers = -1,
            "column c is malformed: its buffers",
        ),
        ("buffers at NULL", |t| t.child(0).buffers = std::ptr::null_mut(), "column c"),
        (
            "released",
            |t| t.child(0).release = std::ptr::null(),
            "column c is malformed: it is missing",
        ),
        ("nulls without a bitmap", |t| t.child(0).set_buffer(0, std::ptr::null()), "null count"),
        ("fewer nulls than there are", |t| t.child(0).null_count = 0, "null count"),
    ];
    for (what, spoil, says) in all {
        for column in [
            texts(),
            amounts(),
            lists(),
            dictionary(),
            Arc::new(Int8Array::from(vec![Some(1), None, Some(3)])),
        ] {
            let kind = format!("{what} {}", column.data_type());
            let said = malformed(spoilt(column, spoil));
            assert!(said.contains(says), "{kind}: {said}");
        }
    }
}

#[test]
fn buffers_that_are_not_there_are_refused() {
    for (column, at) in [
        (texts(), 1),
        (texts(), 2),
        (amounts(), 1),
        (lists(), 1),
        (dictionary(), 1),
        (views(), 1),
        (views(), 2),
    ] {
        let kind = column.data_type().to_string();
        let said = malformed(spoilt(column, |t| t.child(0).set_buffer(at, std::ptr::null())));
        assert!(said.contains("null"), "{kind} {at}: {said}");
    }
    // The sizes of the buffers of views.
    let said = malformed(spoilt(views(), |t| t.child(0).set_buffer(3, std::ptr::null())));
    assert!(said.contains("size"), "{said}");
    let below: [i64; 1] = [-1];
    let said = malformed(spoilt(views(), |t| t.child(0).set_buffer(3, below.as_ptr().cast())));
    assert!(said.contains("size"), "{said}");
    let short: [i64; 1] = [5];
    malformed(spoilt(views(), |t| t.child(0).set_buffer(3, short.as_ptr().cast())));
}

#[test]
fn children_and_dictionaries_that_are_not_there_are_refused() {
    let gone = std::ptr::null_mut::<c_void>();
    malformed(spoilt(lists(), |t| t.child(0).n_children = 0));
    malformed(spoilt(lists(), |t| t.child(0).children = gone.cast()));
    malformed(spoilt(lists(), |t| t.child(0).child(0).length = 1));
    malformed(spoilt(lists(), |t| t.child(0).child(0).set_buffer(1, std::ptr::null())));
    malformed(spoilt(dictionary(), |t| t.child(0).dictionary = gone.cast()));
    let ids = vec![Field::new("id", DataType::Utf8, true)];
    let record = || Arc::new(StructArray::new(ids.clone().into(), vec![texts()], None)) as ArrayRef;
    malformed(spoilt(record(), |t| t.child(0).child(0).length = 2));
    malformed(spoilt(record(), |t| t.child(0).n_children = 2));
    malformed(spoilt(record(), |t| t.child(0).child(0).null_count = 3));
}

/// Texts with these offsets over ten bytes.
fn with_offsets(offsets: &[i32]) -> ArrayRef {
    let buffers = vec![Buffer::from_vec(offsets.to_vec()), Buffer::from_vec(vec![b'a'; 10])];
    unchecked(DataType::Utf8, offsets.len() - 1, buffers, Vec::new())
}

#[test]
fn offsets_keys_and_views_that_lead_elsewhere_are_refused() {
    let bad: [&[i32]; 5] = [&[0, 4, 2, 10], &[11, 4, 10], &[-1, 4, 10], &[0, -4, 10], &[0, 4, -1]];
    for offsets in bad {
        let said = malformed(spoilt(with_offsets(offsets), |_| ()));
        assert!(said.contains("column c"), "{offsets:?}: {said}");
        let items = Arc::new(Int32Array::from(vec![1; 10])) as ArrayRef;
        let kind = DataType::List(Arc::new(Field::new("item", DataType::Int32, true)));
        let buffers = vec![Buffer::from_vec(offsets.to_vec())];
        let list = unchecked(kind, offsets.len() - 1, buffers, vec![items.to_data()]);
        malformed(spoilt(list, |_| ()));
    }
    assert!(spoilt(with_offsets(&[3, 4, 4, 10]), |_| ()).is_ok());
    let keys: [i8; 3] = [0, 2, 0];
    malformed(spoilt(dictionary(), |t| t.child(0).set_buffer(1, keys.as_ptr().cast())));
    let below: [i8; 3] = [0, -1, 0];
    malformed(spoilt(dictionary(), |t| t.child(0).set_buffer(1, below.as_ptr().cast())));
    // A key under a null is no key.
    let hidden: [i8; 3] = [0, 1, 9];
    assert!(spoilt(dictionary(), |t| t.child(0).set_buffer(1, hidden.as_ptr().cast())).is_ok());
    // A text of 20 bytes in the eighth buffer of one.
    let view = [20 | u128::from(*b"long".first().unwrap()) << 32 | 7 << 64; 3];
    malformed(spoilt(views(), |t| t.child(0).set_buffer(1, view.as_ptr().cast())));
}

#[test]
fn offsets_at_an_odd_address_are_refused() {
    let mut bytes = [0u8; 17];
    let from = usize::from(bytes.as_ptr().addr().is_multiple_of(4));
    bytes[from + 4..from + 8].copy_from_slice(&1i32.to_ne_bytes());
    let odd = bytes[from..].as_ptr().cast::<c_void>();
    let said = malformed(spoilt(texts(), |t| t.child(0).set_buffer(1, odd)));
    assert!(said.contains("aligned"), "{said}");
}

#[test]
fn a_row_of_the_table_that_is_null_is_refused() {
    let fields = vec![Field::new("c", DataType::Utf8, true)];
    let rows = StructArray::new(fields.into(), vec![texts()], nulls(&[true, true, false]));
    let (array, schema) = arrow_array::ffi::to_ffi(&rows.clone().into()).unwrap();
    let Err(fault) = record_batch(array, &schema) else { panic!() };
    let Fault::Failed { row: Some(3), .. } = fault else { panic!("{fault:?}") };
    let error = fault.into_error();
    assert_eq!((error.code(), error.row_number()), (ErrorCode::InvalidInput, Some(3)));
    assert!(error.en().contains("row 3 of the table itself is null"), "{error:?}");
    // A null behind the rows that are given is none.
    let (array, schema) = arrow_array::ffi::to_ffi(&rows.slice(0, 2).into()).unwrap();
    assert_eq!(record_batch(array, &schema).unwrap().num_rows(), 2);
}

#[test]
fn nulls_where_the_schema_has_none_are_refused() {
    let (array, _) = exported(&table_of(vec![("c", texts())]));
    let fields = Schema::new(vec![Field::new("c", DataType::Utf8, false)]);
    let said = malformed(record_batch(array, &FFI_ArrowSchema::try_from(&fields).unwrap()));
    assert!(said.contains("non-nullable"), "{said}");
}

#[test]
fn an_array_of_another_type_is_refused() {
    for (given, kind) in [
        (texts(), DataType::Int32),
        (amounts(), DataType::Utf8),
        (lists(), DataType::Utf8),
        (amounts(), dictionary().data_type().clone()),
    ] {
        let (array, _) = exported(&table_of(vec![("c", given)]));
        let schema = FFI_ArrowSchema::try_from(&Schema::new(vec![Field::new("c", kind, true)]));
        malformed(record_batch(array, &schema.unwrap()));
    }
}

fn schema_error(kind: &DataType) -> (ErrorCode, String, Option<u64>) {
    let schema = FFI_ArrowSchema::try_from(kind).unwrap();
    let (array, _) = exported(&table_of(vec![("c", texts())]));
    refused(record_batch(array, &schema))
}

#[test]
fn what_is_no_table_is_refused() {
    let no_table = (ErrorCode::InvalidInput, String::new(), None);
    assert_eq!(schema_error(&DataType::Int32), no_table);
    let mut deep = DataType::Int32;
    for _ in 0..100 {
        deep = DataType::List(Arc::new(Field::new("item", deep, true)));
    }
    let deep = DataType::Struct(vec![Field::new("c", deep, true)].into());
    assert_eq!(schema_error(&deep), no_table);
    let (array, schema) = exported(&table_of(vec![("c", texts())]));
    assert!(matches!(record_batch(FFI_ArrowArray::empty(), &schema), Err(Fault::Released)));
    assert!(matches!(record_batch(array, &FFI_ArrowSchema::empty()), Err(Fault::Released)));
    assert_eq!(Fault::Released.into_error().code(), ErrorCode::InvalidInput);
}

#[test]
fn a_column_that_nothing_reads_is_one_of_the_wrong_type() {
    let mut map = MapBuilder::new(None, StringBuilder::new(), Int32Builder::new());
    map.keys().append_value("a");
    map.values().append_value(1);
    map.append(true).unwrap();
    let map: MapArray = map.finish();
    let column = Arc::new(map) as ArrayRef;
    assert_eq!(refused(spoilt(column, |_| ())), (ErrorCode::ColumnType, "c".to_owned(), None));
}

#[test]
fn the_words_of_a_producer_that_fails_are_passed_on() {
    let table = table_of(vec![("c", texts())]);
    let failure = ArrowError::ComputeError("the disk\nis gone".to_owned());
    let reader = RecordBatchIterator::new([Ok(table.clone()), Err(failure)], table.schema());
    let mut tables = Tables::open(FFI_ArrowArrayStream::new(Box::new(reader))).unwrap();
    assert_eq!(tables.read().unwrap(), Some(table));
    let read: Result<RecordBatch, Fault> = tables.read().map(Option::unwrap);
    assert!(malformed(read).contains("the disk is gone"));
}
