//! Arrays as a producer gives them, to be spoilt before they are read.

#![allow(dead_code, reason = "each test file uses a part")]

use std::{ffi::c_void, sync::Arc};

use arrow_array::{
    Array, ArrayRef, RecordBatch, StructArray,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema, to_ffi},
    make_array,
};
use arrow_buffer::{Buffer, NullBuffer};
use arrow_data::ArrayData;
use arrow_schema::{DataType, Field, Schema};
use zhenggong::{Error, ErrorCode};
use zhenggong_border::{Fault, record_batch};

/// `ArrowArray` as the C data interface lays it out.
#[repr(C)]
pub(crate) struct Layout {
    pub(crate) length: i64,
    pub(crate) null_count: i64,
    pub(crate) offset: i64,
    pub(crate) n_buffers: i64,
    pub(crate) n_children: i64,
    pub(crate) buffers: *mut *const c_void,
    pub(crate) children: *mut *mut Layout,
    pub(crate) dictionary: *mut Layout,
    pub(crate) release: *const c_void,
    pub(crate) private_data: *mut c_void,
}

impl Layout {
    pub(crate) fn child(&mut self, at: usize) -> &mut Self {
        assert!(i64::try_from(at).unwrap() < self.n_children);
        // SAFETY: an array of arrow's own export, with so many children.
        unsafe { &mut **self.children.add(at) }
    }

    pub(crate) fn set_buffer(&mut self, at: usize, to: *const c_void) {
        assert!(i64::try_from(at).unwrap() < self.n_buffers);
        // SAFETY: an array of arrow's own export, with so many buffers.
        unsafe { *self.buffers.add(at) = to };
    }
}

/// The array of a table, as arrow exports it.
pub(crate) fn exported(table: &RecordBatch) -> (FFI_ArrowArray, FFI_ArrowSchema) {
    to_ffi(&StructArray::from(table.clone()).into_data()).unwrap()
}

pub(crate) fn table_of(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    let fields: Vec<_> = columns
        .iter()
        .map(|(name, array)| Field::new(*name, array.data_type().clone(), true))
        .collect();
    let columns = columns.into_iter().map(|(_, array)| array).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
}

/// Reads a table of one column `c` after it was spoilt, the table's own array or its column's.
pub(crate) fn spoilt(
    column: ArrayRef,
    spoil: impl FnOnce(&mut Layout),
) -> Result<RecordBatch, Fault> {
    let (mut array, schema) = exported(&table_of(vec![("c", column)]));
    // SAFETY: the struct is laid out so.
    spoil(unsafe { &mut *std::ptr::from_mut(&mut array).cast::<Layout>() });
    record_batch(array, &schema)
}

/// Makes an array that nobody checked.
pub(crate) fn unchecked(
    kind: DataType,
    rows: usize,
    buffers: Vec<Buffer>,
    children: Vec<ArrayData>,
) -> ArrayRef {
    let builder = ArrayData::builder(kind).len(rows).buffers(buffers).child_data(children);
    // SAFETY: it is given away, and not read here.
    make_array(unsafe { builder.build_unchecked() })
}

/// Makes a column of texts of bytes that may be no texts.
pub(crate) fn bytes(rows: &[&[u8]]) -> ArrayRef {
    let mut offsets = vec![0i32];
    for row in rows {
        offsets.push(offsets.last().unwrap() + i32::try_from(row.len()).unwrap());
    }
    let buffers = vec![Buffer::from_vec(offsets), Buffer::from_vec(rows.concat())];
    unchecked(DataType::Utf8, rows.len(), buffers, Vec::new())
}

pub(crate) fn nulls(bits: &[bool]) -> Option<NullBuffer> {
    Some(NullBuffer::from(bits.to_vec()))
}

/// The error of what is refused: code, field and row.
pub(crate) fn refused(read: Result<RecordBatch, Fault>) -> (ErrorCode, String, Option<u64>) {
    match read {
        Err(Fault::Refused(error)) => place(&error),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn place(error: &Error) -> (ErrorCode, String, Option<u64>) {
    (error.code(), error.field_name().unwrap_or_default().to_owned(), error.row_number())
}

/// What is said of an array that is not well-formed, in English.
pub(crate) fn malformed(read: Result<RecordBatch, Fault>) -> String {
    match read {
        Err(Fault::Failed { zh, en, .. }) => {
            assert!(!zh.is_empty());
            en
        }
        other => panic!("{other:?}"),
    }
}
