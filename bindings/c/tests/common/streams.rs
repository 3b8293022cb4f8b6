//! Producers of streams, and readers of those that come back.

use std::{
    ffi::CStr,
    ptr::null_mut,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use arrow_array::{
    RecordBatch, RecordBatchReader,
    ffi::FFI_ArrowArray,
    ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader},
};
use arrow_schema::{ArrowError, SchemaRef};
use zhenggong_c::*;

use super::call;

/// Gives batches, and counts when it is dropped.
struct Producer {
    schema: SchemaRef,
    batches: std::vec::IntoIter<Result<RecordBatch, ArrowError>>,
    dropped: Arc<AtomicUsize>,
}

impl Drop for Producer {
    fn drop(&mut self) {
        self.dropped.fetch_add(1, Ordering::SeqCst);
    }
}

impl Iterator for Producer {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.batches.next()
    }
}

impl RecordBatchReader for Producer {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

pub struct Made {
    pub stream: FFI_ArrowArrayStream,
    pub dropped: Arc<AtomicUsize>,
}

pub fn produce(batches: Vec<Result<RecordBatch, ArrowError>>) -> Made {
    let dropped = Arc::new(AtomicUsize::new(0));
    let schema = batches.iter().flatten().next().unwrap().schema();
    let batches = batches.into_iter();
    let producer = Producer { schema, batches, dropped: dropped.clone() };
    Made { stream: FFI_ArrowArrayStream::new(Box::new(producer)), dropped }
}

pub fn read(mut stream: FFI_ArrowArrayStream) -> (SchemaRef, Vec<Result<RecordBatch, String>>) {
    // SAFETY: a stream that was just made; it is moved out.
    let reader = unsafe { RecordBatchStreamReader::from_raw(&raw mut stream) }.unwrap();
    let schema = reader.schema();
    (schema, reader.map(|batch| batch.map_err(|e| e.to_string())).collect())
}

/// Reads until the stream fails, and returns the batches before, errno and the three lines.
pub fn until_failure(stream: &mut FFI_ArrowArrayStream) -> (usize, i32, Vec<String>) {
    let (get_next, get_last_error) = (stream.get_next().unwrap(), stream.get_last_error().unwrap());
    let mut batches = 0;
    loop {
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: a stream of ours and a local.
        let errno = unsafe { get_next(stream, &raw mut array) };
        if errno != 0 {
            assert!(array.is_released());
            // SAFETY: the last call failed, so there are words.
            let words = unsafe { CStr::from_ptr(get_last_error(stream)) }.to_str().unwrap();
            return (batches, errno, words.lines().map(str::to_owned).collect());
        }
        assert!(!array.is_released(), "the end came before a failure");
        batches += 1;
    }
}

pub fn error_of(stream: &FFI_ArrowArrayStream) -> *mut zg_error {
    let mut error = null_mut();
    // SAFETY: a stream, and a local.
    call(|err| unsafe { zg_stream_error(stream, &raw mut error, err) }).unwrap();
    error
}
