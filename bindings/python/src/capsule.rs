//! The border to Arrow in Python: capsules with C streams, in and out.
//!
//! The unsafe code of this package is here: pointers out of capsules whose names say what they hold, by the
//! rules of the Arrow PyCapsule interface. What they point to is read and checked by `zhenggong-border`.

use std::{
    ffi::CStr,
    panic::{AssertUnwindSafe, catch_unwind},
};

use arrow_array::{
    RecordBatch, RecordBatchReader,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema},
    ffi_stream::FFI_ArrowArrayStream,
};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::{prelude::*, types::PyCapsule};
use zhenggong::{Error, ErrorCode};
use zhenggong_border::{Fault, Tables, record_batch};

use crate::error::{Failure, Result};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";

/// Says that Arrow data can't be read.
#[cold]
pub(crate) fn unreadable(error: &ArrowError) -> Failure {
    Error::new(ErrorCode::InvalidInput).arg("detail", error).into()
}

/// Returns the stream of an object with `__arrow_c_stream__`.
pub(crate) fn import_stream(object: &Bound<'_, PyAny>) -> Result<Tables> {
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>().map_err(PyErr::from)?;
    let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of this name points to an `ArrowArrayStream` that lives as long as the capsule,
    // which is held here. The stream is moved out and marked released in its place, so the capsule's
    // destructor leaves it alone; a stream that was released before is refused.
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
    Ok(Tables::open(stream).map_err(Fault::into_error)?)
}

/// Returns the record batch of an object with `__arrow_c_array__`.
pub(crate) fn import_array(object: &Bound<'_, PyAny>) -> Result<RecordBatch> {
    let pair = object.call_method0("__arrow_c_array__")?;
    let (schema, array): (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) = pair.extract()?;
    let schema = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
    let array = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
    // SAFETY: capsules of these names point to the two structures and are held by `pair`. Both are
    // moved out and marked released in their place, as above.
    let (schema, array) = unsafe {
        (FFI_ArrowSchema::from_raw(schema.as_ptr()), FFI_ArrowArray::from_raw(array.as_ptr()))
    };
    Ok(record_batch(array, &schema).map_err(Fault::into_error)?)
}

/// Returns a capsule with a stream of these batches.
pub(crate) fn export<'py>(
    py: Python<'py>,
    schema: SchemaRef,
    batches: impl Iterator<Item = std::result::Result<RecordBatch, ArrowError>> + Send + 'static,
) -> PyResult<Bound<'py, PyCapsule>> {
    let stream = FFI_ArrowArrayStream::new(Box::new(Guarded { schema, batches, ended: false }));
    PyCapsule::new_with_value(py, stream, STREAM)
}

/// Batches behind a border that no panic may cross. It ends after the first error.
struct Guarded<I> {
    schema: SchemaRef,
    batches: I,
    ended: bool,
}

impl<I> Iterator for Guarded<I>
where
    I: Iterator<Item = std::result::Result<RecordBatch, ArrowError>>,
{
    type Item = std::result::Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = catch_unwind(AssertUnwindSafe(|| self.batches.next()));
        let next = next.unwrap_or_else(|_| {
            Some(Err(ArrowError::ComputeError("zhenggong: internal fault".to_owned())))
        });
        self.ended = !matches!(next, Some(Ok(_)));
        next
    }
}

impl<I> RecordBatchReader for Guarded<I>
where
    I: Iterator<Item = std::result::Result<RecordBatch, ArrowError>>,
{
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}
