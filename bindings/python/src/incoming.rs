//! Streams that come in, read batch by batch.

use arrow_array::{
    RecordBatch, StructArray,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type},
    ffi_stream::FFI_ArrowArrayStream,
};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};

use crate::null_arrays;

type Read<T> = Result<T, ArrowError>;

/// A stream that was taken over. It is released when it is dropped.
pub(crate) struct Incoming {
    stream: FFI_ArrowArrayStream,
    schema: SchemaRef,
}

impl Incoming {
    /// Asks a stream for its schema.
    pub(crate) fn open(mut stream: FFI_ArrowArrayStream) -> Read<Self> {
        if stream.release().is_none() {
            return Err(broken("input stream is already released"));
        }
        let get = stream.get_schema().ok_or_else(|| broken("input stream without get_schema"))?;
        let mut schema = FFI_ArrowSchema::empty();
        // SAFETY: the callback is the stream's own, which is not released, and gets an empty schema.
        let errno = unsafe { get(&raw mut stream, &raw mut schema) };
        if errno != 0 {
            return Err(failed(&mut stream, "schema", errno));
        }
        let schema = Schema::try_from(&schema)?.into();
        Ok(Self { stream, schema })
    }

    pub(crate) fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn read(&mut self) -> Read<Option<RecordBatch>> {
        let get = self.stream.get_next().ok_or_else(|| broken("input stream without get_next"))?;
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: the callback is the stream's own, which is not released, and gets an empty array.
        let errno = unsafe { get(&raw mut self.stream, &raw mut array) };
        if errno != 0 {
            return Err(failed(&mut self.stream, "next batch", errno));
        }
        if array.is_released() {
            return Ok(None);
        }
        let kind = DataType::Struct(self.schema.fields().clone());
        null_arrays::take_off(&mut array, &kind);
        // SAFETY: the producer answers for an array of its schema, as the interface says.
        let data = unsafe { from_ffi_and_data_type(array, kind) }?;
        let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(data.len()));
        let (_, columns, _) = StructArray::from(data).into_parts();
        RecordBatch::try_new_with_options(self.schema(), columns, &options).map(Some)
    }
}

impl Iterator for Incoming {
    type Item = Read<RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

#[cold]
fn broken(text: &str) -> ArrowError {
    ArrowError::CDataInterface(text.to_owned())
}

/// Says what failed, with the words of the producer.
#[cold]
fn failed(stream: &mut FFI_ArrowArrayStream, what: &str, errno: i32) -> ArrowError {
    let message = format!("Cannot get {what} from input stream. Error code: {errno}");
    let words = stream.get_last_error().and_then(|get| {
        // SAFETY: the callback is the stream's own, asked right after a failed call.
        let text = unsafe { get(std::ptr::from_mut(stream)) };
        // SAFETY: not NULL; the interface says that it is a text with a NUL, valid until the next call.
        let text = (!text.is_null()).then(|| unsafe { std::ffi::CStr::from_ptr(text) })?;
        Some(text.to_string_lossy().into_owned())
    });
    ArrowError::CDataInterface(match words {
        Some(words) => format!("{message}. Producer error: {words}"),
        None => message,
    })
}
