//! Streams that come in: each array is looked at before it is trusted.

use std::{
    ffi::CStr,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use arrow_array::{
    ArrayRef, RecordBatch, RecordBatchOptions,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type},
    ffi_stream::FFI_ArrowArrayStream,
    make_array,
};
use arrow_data::ArrayData;
use arrow_schema::{DataType, Schema};
use zhenggong::{Error, ErrorCode};

use crate::{error::Fault, null_arrays};

/// A stream that was taken over from the caller. It is released when it is dropped.
pub(crate) struct Input {
    stream: FFI_ArrowArrayStream,
    // The argument that it came as.
    name: &'static str,
    schema: Arc<Schema>,
    // Rows of an array that are still to be given, where it is cut.
    rest: Option<RecordBatch>,
    rows: usize,
}

impl Input {
    /// Asks a stream, which came as the argument of this name, for its schema. Batches are cut to
    /// `rows` rows, unless that is 0.
    ///
    /// # Errors
    ///
    /// `ZG_STREAM_RELEASED`, `ZG_STREAM_FAILED`, `ZG_INVALID_INPUT` for a schema that is no table.
    pub(crate) fn open(
        mut stream: FFI_ArrowArrayStream,
        name: &'static str,
        rows: usize,
    ) -> Result<Self, Fault> {
        if stream.release().is_none() {
            return Err(Fault::released(name));
        }
        let Some(get_schema) = stream.get_schema() else {
            return Err(Fault::stream(name, "get_schema is NULL"));
        };
        let mut schema = FFI_ArrowSchema::empty();
        // SAFETY: the callback is the stream's own, which is not released, and gets an empty schema.
        let errno = unsafe { get_schema(&raw mut stream, &raw mut schema) };
        if errno != 0 {
            return Err(failed(&mut stream, name, errno));
        }
        let read = catch_unwind(AssertUnwindSafe(|| Schema::try_from(&schema)));
        let schema = match read {
            Ok(Ok(schema)) => Arc::new(schema),
            Ok(Err(error)) => {
                let detail = zhenggong::error::shown(&error.to_string());
                let error = Error::new(ErrorCode::InvalidInput).arg("detail", detail);
                return Err(Fault::from(error).field(name));
            }
            Err(_) => return Err(Fault::stream(name, "the schema is not well-formed")),
        };
        Ok(Self { stream, name, schema, rest: None, rows })
    }

    pub(crate) fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// Returns the next rows, or none at the end.
    ///
    /// # Errors
    ///
    /// `ZG_STREAM_FAILED`.
    pub(crate) fn next(&mut self) -> Result<Option<RecordBatch>, Fault> {
        let whole = match self.rest.take() {
            Some(rest) => rest,
            None => match self.read()? {
                Some(batch) => batch,
                None => return Ok(None),
            },
        };
        let left = whole.num_rows();
        if self.rows == 0 || left <= self.rows {
            return Ok(Some(whole));
        }
        self.rest = Some(whole.slice(self.rows, left - self.rows));
        Ok(Some(whole.slice(0, self.rows)))
    }

    fn read(&mut self) -> Result<Option<RecordBatch>, Fault> {
        let Some(get_next) = self.stream.get_next() else {
            return Err(Fault::stream(self.name, "get_next is NULL"));
        };
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: the callback is the stream's own, which is not released, and gets an empty array.
        let errno = unsafe { get_next(&raw mut self.stream, &raw mut array) };
        if errno != 0 {
            return Err(failed(&mut self.stream, self.name, errno));
        }
        if array.is_released() {
            return Ok(None);
        }
        null_arrays::take_off(&mut array, &DataType::Struct(self.schema.fields().clone()));
        // What arrow asserts of an array is not well-formed where it does not hold.
        let table = catch_unwind(AssertUnwindSafe(|| table(array, &self.schema)));
        match table {
            Ok(Ok(batch)) => Ok(Some(batch)),
            Ok(Err(detail)) => Err(Fault::stream(self.name, &detail)),
            Err(_) => Err(Fault::stream(self.name, "an array is not well-formed")),
        }
    }
}

/// Makes a table of an array.
fn table(array: FFI_ArrowArray, schema: &Arc<Schema>) -> Result<RecordBatch, String> {
    for number in [array.len(), array.offset()] {
        if isize::try_from(number).is_err() {
            return Err("an array has a negative length or offset".to_owned());
        }
    }
    let (first, rows) = (array.offset(), array.len());
    let whole = DataType::Struct(schema.fields().clone());
    children(&array, &whole, first + rows)?;
    // SAFETY: the producer answers for its buffers, as the interface says. What can be seen from the
    // outside was checked in `children`; texts and keys are checked below, before they are used.
    let data = unsafe { from_ffi_and_data_type(array, whole) }.map_err(|e| e.to_string())?;
    if data.null_count() > 0 {
        return Err("a row of the table itself is null".to_owned());
    }
    let columns = data.child_data().iter().map(|child| column(child, first, rows));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)
        .map_err(|e| e.to_string())
}

/// Checks that each column of an array has rows enough.
fn children(array: &FFI_ArrowArray, whole: &DataType, rows: usize) -> Result<(), String> {
    let DataType::Struct(fields) = whole else { return Ok(()) };
    if array.num_children() != fields.len() {
        return Err(format!("{} columns instead of {}", array.num_children(), fields.len()));
    }
    for (at, field) in fields.iter().enumerate() {
        let child = array.child(at);
        if !sound(child, field.data_type()) || child.len() < rows {
            return Err(format!("the column {} has too few rows", field.name()));
        }
    }
    Ok(())
}

/// Returns whether an array and all that it holds are there, with lengths and offsets that can be.
/// Types with more parts than lists are refused by their columns before a row is read.
fn sound(array: &FFI_ArrowArray, kind: &DataType) -> bool {
    let item = match kind {
        DataType::List(item) | DataType::LargeList(item) => Some(item.data_type()),
        _ => None,
    };
    let parts = array.num_children() == usize::from(item.is_some())
        && item.is_none_or(|item| sound(array.child(0), item));
    let values = match kind {
        DataType::Dictionary(_, values) => {
            array.dictionary().is_some_and(|array| sound(array, values))
        }
        _ => true,
    };
    let fits = isize::try_from(array.len() | array.offset()).is_ok();
    fits && !array.is_released() && parts && values
}

/// Returns rows of a column, after looking at texts and keys, which are read without a further check.
fn column(data: &ArrayData, first: usize, rows: usize) -> Result<ArrayRef, String> {
    let cut;
    let data = if first == 0 && rows == data.len() {
        data
    } else {
        cut = data.slice(first, rows);
        &cut
    };
    if !data.data_type().is_primitive() {
        data.validate_full().map_err(|e| e.to_string())?;
    }
    Ok(make_array(data.clone()))
}

/// Takes the words of a stream's last error.
#[cold]
fn failed(stream: &mut FFI_ArrowArrayStream, name: &'static str, errno: i32) -> Fault {
    let words = stream.get_last_error().and_then(|get| {
        // SAFETY: the callback is the stream's own, asked right after a failed call.
        let text = unsafe { get(std::ptr::from_mut(stream)) };
        if text.is_null() {
            return None;
        }
        // SAFETY: not NULL; the interface says that it is a text with a NUL, valid until the next call.
        Some(unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
    });
    Fault::stream(name, &format!("errno {errno}: {}", words.unwrap_or_default()))
}
