//! Tables that come as streams and are read whole.

use std::sync::Arc;

use arrow_array::{RecordBatch, ffi_stream::FFI_ArrowArrayStream};

use crate::{error::Fault, stream_in::Input};

/// Takes a stream over; none for NULL. It is to be called before anything can go wrong, so that the
/// stream is released whatever happens.
///
/// # Safety
///
/// `stream` is NULL or points to a stream, or to a released one, that nobody else uses.
pub(crate) unsafe fn take(stream: *mut FFI_ArrowArrayStream) -> Option<FFI_ArrowArrayStream> {
    // SAFETY: not NULL, hence a stream or a released one, as the caller promises. What stands there
    // afterwards is a released one, so that a stream that comes twice is taken once.
    (!stream.is_null()).then(|| unsafe { FFI_ArrowArrayStream::from_raw(stream) })
}

/// Reads all rows of an input. Errors of the producer pass through as they are.
pub(crate) fn rows<T>(
    mut input: Input,
    read: impl FnOnce(&mut dyn Iterator<Item = zhenggong::Result<RecordBatch>>) -> zhenggong::Result<T>,
) -> Result<T, Fault> {
    let mut failed = None;
    // A table without rows shows what is wrong with the columns, also where no row comes.
    let empty = RecordBatch::new_empty(Arc::clone(input.schema()));
    let mut batches = std::iter::once(Ok(empty)).chain(std::iter::from_fn(|| match input.next() {
        Ok(batch) => batch.map(Ok),
        Err(Fault::Core(error)) => Some(Err(error)),
        Err(call) => {
            failed = Some(call);
            None
        }
    }));
    let read = read(&mut batches);
    match failed {
        Some(failed) => Err(failed),
        None => Ok(read?),
    }
}
