//! What is well-formed comes over as it was given.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod common;

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal32Array, Decimal64Array,
    Decimal128Array, Decimal256Array, DictionaryArray, Float64Array, Int8Array, Int32Array,
    LargeListArray, LargeStringArray, ListArray, NullArray, RecordBatch, RecordBatchIterator,
    RecordBatchOptions, StringArray, StringViewArray, StructArray, TimestampMicrosecondArray,
    ffi_stream::FFI_ArrowArrayStream,
    types::{Int8Type, Int32Type},
};
use arrow_buffer::{OffsetBuffer, i256};
use arrow_schema::{DataType, Field, Schema};
use common::{Layout, exported, nulls, spoilt, table_of};
use zhenggong_border::{Fault, Tables, record_batch};

/// A column of each kind that something reads, and of some that nothing reads but that are well-formed.
fn columns() -> Vec<(&'static str, ArrayRef)> {
    let texts = || StringArray::from(vec![Some("一级警司"), None, Some(""), Some("P4")]);
    let long = "这是一段放不进视图里的长文本";
    let item = |kind| Arc::new(Field::new("item", kind, true));
    let records = StructArray::new(
        vec![Field::new("id", DataType::Utf8, true), Field::new("days", DataType::Int8, true)]
            .into(),
        vec![Arc::new(texts()), Arc::new(Int8Array::from(vec![Some(1), None, Some(3), Some(4)]))],
        nulls(&[true, true, false, true]),
    );
    let few = OffsetBuffer::<i32>::from_lengths([2, 0, 1, 1]);
    let many = OffsetBuffer::<i64>::from_lengths([0, 3, 0, 1]);
    let dictionary: DictionaryArray<Int8Type> =
        [Some("a"), None, Some("b"), Some("a")].into_iter().collect();
    vec![
        ("text", Arc::new(texts())),
        ("large", Arc::new(LargeStringArray::from(vec![Some("a"), None, Some("警"), Some("d")]))),
        ("view", Arc::new(StringViewArray::from(vec![Some(long), None, Some("短"), Some(long)]))),
        ("dictionary", Arc::new(dictionary)),
        ("nulls", Arc::new(NullArray::new(4))),
        ("boolean", Arc::new(BooleanArray::from(vec![Some(true), None, Some(false), Some(true)]))),
        ("int", Arc::new(Int32Array::from(vec![Some(1), None, Some(-3), Some(4)]))),
        ("float", Arc::new(Float64Array::from(vec![0.5; 4]))),
        ("date", Arc::new(Date32Array::from(vec![Some(1), None, Some(3), Some(4)]))),
        ("time", Arc::new(TimestampMicrosecondArray::from(vec![1, 2, 3, 4]))),
        ("d32", Arc::new(Decimal32Array::from(vec![1, 2, 3, 4]))),
        ("d64", Arc::new(Decimal64Array::from(vec![1, 2, 3, 4]))),
        ("d128", Arc::new(Decimal128Array::from(vec![Some(1), None, Some(3), Some(4)]))),
        ("d256", Arc::new(Decimal256Array::from(vec![i256::ONE; 4]))),
        ("binary", Arc::new(BinaryArray::from_vec(vec![b"\xff", b"", b"a", b"b"]))),
        (
            "list",
            Arc::new(ListArray::new(
                item(DataType::Utf8),
                few,
                Arc::new(texts()),
                nulls(&[true, true, false, true]),
            )),
        ),
        (
            "records",
            Arc::new(LargeListArray::new(
                item(records.data_type().clone()),
                many,
                Arc::new(records.clone()),
                None,
            )),
        ),
        ("record", Arc::new(records)),
    ]
}

#[test]
fn every_kind_of_column_comes_over_whole_and_in_parts() {
    let table = table_of(columns());
    for (first, rows) in [(0, 4), (0, 0), (1, 2), (3, 1), (2, 0), (4, 0)] {
        let part = table.slice(first, rows);
        let (array, schema) = exported(&part);
        assert_eq!(record_batch(array, &schema).unwrap(), part, "{first} {rows}");
    }
}

#[test]
fn the_offset_of_the_table_is_one_of_its_columns() {
    let table = table_of(columns());
    let (mut array, schema) = exported(&table);
    // SAFETY: the struct is laid out so, and the columns have four rows.
    let layout = unsafe { &mut *std::ptr::from_mut(&mut array).cast::<Layout>() };
    (layout.offset, layout.length) = (1, 2);
    assert_eq!(record_batch(array, &schema).unwrap(), table.slice(1, 2));
}

#[test]
fn rows_without_columns_are_rows() {
    let options = RecordBatchOptions::new().with_row_count(Some(7));
    let none = RecordBatch::try_new_with_options(Arc::new(Schema::empty()), Vec::new(), &options);
    let reader = RecordBatchIterator::new([Ok(none.unwrap())], Arc::new(Schema::empty()));
    let mut tables = Tables::open(FFI_ArrowArrayStream::new(Box::new(reader))).unwrap();
    assert_eq!(tables.read().unwrap().unwrap().num_rows(), 7);
}

#[test]
fn what_producers_leave_out_or_add_is_taken() {
    // Polars gives arrays of type null a buffer.
    let mut nothing: *const std::ffi::c_void = std::ptr::null();
    let read = spoilt(Arc::new(NullArray::new(3)), |table| {
        let column = table.child(0);
        (column.n_buffers, column.buffers) = (1, &raw mut nothing);
    });
    assert_eq!(read.unwrap().column(0).len(), 3);
    // A struct without nulls has no bitmap in some, and a count of nulls may not be known.
    let some = || Arc::new(StringArray::from(vec![Some("a"), None])) as ArrayRef;
    let read = spoilt(some(), |table| {
        table.n_buffers = 0;
        table.child(0).null_count = -1;
    });
    assert_eq!(read.unwrap().column(0).null_count(), 1);
    // Values that no key names may stand in a dictionary, and an empty one has no rows.
    let dictionary = DictionaryArray::<Int32Type>::new(
        vec![None, None].into(),
        Arc::new(StringArray::from(Vec::<&str>::new())),
    );
    assert_eq!(spoilt(Arc::new(dictionary), |_| ()).unwrap().column(0).null_count(), 2);
}

#[test]
fn a_stream_gives_its_tables_and_its_end_again() {
    let table = table_of(columns());
    let parts = [Ok(table.slice(0, 3)), Ok(table.slice(3, 0)), Ok(table.slice(3, 1))];
    let reader = RecordBatchIterator::new(parts, table.schema());
    let mut tables = Tables::open(FFI_ArrowArrayStream::new(Box::new(reader))).unwrap();
    assert_eq!(tables.schema(), &table.schema());
    for (first, rows) in [(0, 3), (3, 0), (3, 1)] {
        assert_eq!(tables.read().unwrap().unwrap(), table.slice(first, rows));
    }
    assert!(tables.read().unwrap().is_none());
    assert!(tables.read().unwrap().is_none());
    assert!(matches!(Tables::open(FFI_ArrowArrayStream::empty()), Err(Fault::Released)));
}
