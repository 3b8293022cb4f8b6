//! Texts that are no UTF-8 are named by column and row, wherever they stand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod common;

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, Int8Array, Int64Array, RecordBatch, RecordBatchIterator, UInt16Array,
    ffi_stream::FFI_ArrowArrayStream, make_array,
};
use arrow_buffer::Buffer;
use arrow_schema::{DataType, Field};
use common::{bytes, exported, place, refused, spoilt, table_of, unchecked};
use proptest::prelude::*;
use zhenggong::ErrorCode::InvalidText;
use zhenggong_border::{Fault, Tables, record_batch};

const BAD: &[&[u8]] = &[b"officer", b"", b"\xff\xfe", b"\xe8\xad"];

fn large(rows: &[&[u8]]) -> ArrayRef {
    let mut offsets = vec![0i64];
    for row in rows {
        offsets.push(offsets.last().unwrap() + i64::try_from(row.len()).unwrap());
    }
    let buffers = vec![Buffer::from_vec(offsets), Buffer::from_vec(rows.concat())];
    unchecked(DataType::LargeUtf8, rows.len(), buffers, Vec::new())
}

/// Views of texts: those of up to 12 bytes stand in the view itself.
fn views(rows: &[&[u8]]) -> ArrayRef {
    let array: arrow_array::BinaryViewArray = rows.iter().map(|row| Some(*row)).collect();
    let data = array.into_data();
    unchecked(DataType::Utf8View, rows.len(), data.buffers().to_vec(), Vec::new())
}

fn dictionary(keys: &ArrayRef, values: &ArrayRef) -> ArrayRef {
    let kind =
        DataType::Dictionary(keys.data_type().clone().into(), values.data_type().clone().into());
    let data = keys.to_data();
    let builder = data.clone().into_builder().data_type(kind).child_data(vec![values.to_data()]);
    // SAFETY: it is given away, and not read here.
    make_array(unsafe { builder.build_unchecked() })
}

fn list(ends: &[i32], items: &ArrayRef) -> ArrayRef {
    let kind = DataType::List(Arc::new(Field::new("item", items.data_type().clone(), true)));
    unchecked(kind, ends.len() - 1, vec![Buffer::from_vec(ends.to_vec())], vec![items.to_data()])
}

fn record(name: &str, column: &ArrayRef) -> ArrayRef {
    let fields = vec![Field::new(name, column.data_type().clone(), true)];
    unchecked(DataType::Struct(fields.into()), column.len(), Vec::new(), vec![column.to_data()])
}

fn read(column: ArrayRef) -> (zhenggong::ErrorCode, String, Option<u64>) {
    refused(spoilt(column, |_| ()))
}

#[test]
fn a_text_that_is_no_utf8_is_named_in_every_layout() {
    let long: &[&[u8]] =
        &[b"long enough to stand outside the view", b"a", b"long, and no text at its end \xff"];
    let keys = |keys: Vec<Option<i8>>| Arc::new(Int8Array::from(keys)) as ArrayRef;
    let wide = Arc::new(Int64Array::from(vec![0, 3, 2])) as ArrayRef;
    let unsigned = Arc::new(UInt16Array::from(vec![1, 1, 0, 2])) as ArrayRef;
    for (column, field, row) in [
        (bytes(BAD), "c", 3),
        (large(BAD), "c", 3),
        (views(BAD), "c", 3),
        (views(long), "c", 3),
        (dictionary(&keys(vec![Some(0), None, Some(2), Some(2)]), &bytes(BAD)), "c", 3),
        (dictionary(&wide, &bytes(BAD)), "c", 3),
        (dictionary(&unsigned, &views(BAD)), "c", 4),
        (list(&[0, 1, 1, 2, 4], &bytes(BAD)), "c", 4),
        (record("rank", &bytes(BAD)), "c.rank", 3),
        (list(&[0, 2, 3, 4], &record("rank", &bytes(BAD))), "c.rank", 2),
        (record("ranks", &list(&[0, 1, 3, 4, 4], &large(BAD))), "c.ranks", 2),
    ] {
        let kind = column.data_type().to_string();
        assert_eq!(read(column), (InvalidText, field.to_owned(), Some(row)), "{kind}");
    }
}

#[test]
fn a_character_cut_in_two_is_no_text() {
    assert_eq!(read(bytes(&[b"a", b"\xe8\xad", b"\xa6"])), (InvalidText, "c".to_owned(), Some(2)));
}

#[test]
fn a_bad_value_that_no_row_has_is_one_of_no_row() {
    let keys = Arc::new(Int8Array::from(vec![0, 0])) as ArrayRef;
    assert_eq!(read(dictionary(&keys, &bytes(BAD))), (InvalidText, "c".to_owned(), None));
}

#[test]
fn rows_are_those_of_the_table_and_of_the_stream() {
    let good = table_of(vec![
        ("id", bytes(&[b"1", b"2", b"3", b"4"])),
        ("rank", bytes(&[b"a".as_slice(); 4])),
    ]);
    let bad = table_of(vec![("id", bytes(&[b"5", b"6", b"7", b"8"])), ("rank", bytes(BAD))]);
    let (array, schema) = exported(&bad.slice(1, 3));
    assert_eq!(refused(record_batch(array, &schema)), (InvalidText, "rank".to_owned(), Some(2)));
    let (array, schema) = exported(&bad.slice(0, 2));
    assert_eq!(record_batch(array, &schema).unwrap(), bad.slice(0, 2));
    let parts = [Ok(good.clone()), Ok(good.slice(0, 3)), Ok(bad)];
    let reader = RecordBatchIterator::new(parts, good.schema());
    let mut tables = Tables::open(FFI_ArrowArrayStream::new(Box::new(reader))).unwrap();
    assert_eq!(tables.read().unwrap().unwrap().num_rows(), 4);
    assert_eq!(tables.read().unwrap().unwrap().num_rows(), 3);
    let Err(Fault::Refused(error)) = tables.read() else { panic!() };
    assert_eq!(place(&error), (InvalidText, "rank".to_owned(), Some(10)));
    assert!(error.en().contains("row 10") && error.en().contains("UTF-8"), "{error:?}");
    assert!(error.zh().contains("第 10 行") && error.zh().contains("UTF-8"), "{error:?}");
}

fn texts() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let good = "[a-z警衔]{0,9}".prop_map(String::into_bytes);
    let any = prop::collection::vec(any::<u8>(), 0..16);
    prop::collection::vec(prop_oneof![4 => good, 1 => any], 1..20)
}

proptest! {
    #[test]
    fn the_first_row_that_is_no_text_is_found(rows in texts()) {
        let rows: Vec<&[u8]> = rows.iter().map(Vec::as_slice).collect();
        let first = rows.iter().position(|row| std::str::from_utf8(row).is_err());
        for column in [bytes(&rows), large(&rows), views(&rows)] {
            let read = spoilt(column, |_| ());
            match first {
                Some(at) => {
                    let row = u64::try_from(at).unwrap() + 1;
                    prop_assert_eq!(refused(read), (InvalidText, "c".to_owned(), Some(row)));
                }
                None => {
                    let read: RecordBatch = read.unwrap();
                    prop_assert_eq!(read.num_rows(), rows.len());
                }
            }
        }
    }
}
