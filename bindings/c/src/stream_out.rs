//! Streams that go out: their callbacks, which keep the error that ended them.

use std::{
    ffi::{CString, c_char, c_int, c_void},
    ptr::null,
    sync::Arc,
};

use arrow_array::{
    Array, RecordBatch, StructArray,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema},
    ffi_stream::FFI_ArrowArrayStream,
};
use arrow_schema::{ArrowError, SchemaRef};
use zhenggong::{Engine, Error, ErrorCode, assessment::AssessmentMonth};
use zhenggong_arrow::{Batch, BatchOptions, RowNotes, Seen};

use crate::{
    boundary::contained,
    error::{Fault, Parts},
    status::{ZG_INTERNAL, ZG_STREAM_FAILED},
    stream_in::Input,
};

/// What a stream of ours works with.
pub(crate) struct Running {
    source: Source,
    schema: SchemaRef,
    ended: bool,
    failure: Option<Failure>,
}

/// Where the rows of a stream come from.
enum Source {
    /// They are computed from an input as they are asked for.
    Pay(Box<Paying>),
    /// They are there, until they are given.
    Table(Option<RecordBatch>),
}

/// A month run over an input.
struct Paying {
    // Dropped before the engine that it borrows.
    batch: Batch<'static>,
    input: Input,
    rows: u64,
    // Who has a row already, where the whole stream is compared.
    seen: Option<Seen>,
    _engine: Arc<Engine>,
}

/// The error that ended a stream.
struct Failure {
    parts: Parts,
    text: CString,
    errno: c_int,
}

const EIO: c_int = 5;
const EINVAL: c_int = 22;

impl Failure {
    fn new(fault: Fault) -> Self {
        let status = fault.status();
        let errno = if matches!(status, ZG_INTERNAL | ZG_STREAM_FAILED) { EIO } else { EINVAL };
        let parts = fault.into_parts();
        let text = CString::new(parts.three_lines()).unwrap_or_default();
        Self { parts, text, errno }
    }
}

impl Running {
    /// Starts a month run over an input.
    pub(crate) fn pay(
        engine: Arc<Engine>,
        input: Input,
        options: BatchOptions,
        assessment: Option<AssessmentMonth>,
        seen: Option<Seen>,
    ) -> Result<Self, Fault> {
        // SAFETY: the engine is what the `Arc` holds, which neither moves nor changes, and which
        // `_engine` keeps until after the batch is dropped; nothing that borrows from it is lent out.
        let read: &'static Engine = unsafe { &*Arc::as_ptr(&engine) };
        let batch = Batch::new(read, options);
        let batch = match assessment {
            Some(assessment) => batch.with_assessment(assessment)?,
            None => batch,
        };
        // A table without rows shows now what is wrong with the columns.
        let empty = RecordBatch::new_empty(Arc::clone(input.schema()));
        batch.table(&empty)?;
        let schema = Arc::new(batch.output_schema(input.schema()));
        let paying = Paying { batch, input, rows: 0, seen, _engine: engine };
        Ok(Self::of(Source::Pay(Box::new(paying)), schema))
    }

    /// Gives a table that is there.
    pub(crate) fn table(table: RecordBatch) -> Self {
        let schema = table.schema();
        Self::of(Source::Table(Some(table)), schema)
    }

    fn of(source: Source, schema: SchemaRef) -> Self {
        Self { source, schema, ended: false, failure: None }
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Fault> {
        let Paying { batch, input, rows, seen, .. } = match &mut self.source {
            Source::Table(table) => return Ok(table.take()),
            Source::Pay(paying) => &mut **paying,
        };
        let Some(people) = input.next()? else { return Ok(None) };
        let paid = batch.run_noted(
            &people,
            RowNotes { before: *rows, seen: seen.as_mut(), ..RowNotes::default() },
        )?;
        *rows += u64::try_from(people.num_rows()).unwrap_or_default();
        Ok(Some(paid))
    }

    fn fail(&mut self, fault: Fault) -> c_int {
        let failure = Failure::new(fault);
        let errno = failure.errno;
        self.failure = Some(failure);
        errno
    }
}

fn panicked() -> Fault {
    Error::new(ErrorCode::Internal).arg("detail", "panic").into()
}

/// Returns what a stream of ours works with; none for NULL, a released stream, another's.
///
/// # Safety
///
/// `stream` is NULL or points to a stream that nobody else uses.
unsafe fn running(stream: *const FFI_ArrowArrayStream) -> Option<*mut Running> {
    // SAFETY: as the caller promises.
    let stream = unsafe { stream.as_ref()? };
    let ours = stream.release()? as usize == release as *const () as usize;
    ours.then(|| stream.private_data().cast::<Running>()).filter(|data| !data.is_null())
}

/// Returns the error that ended a stream, or none where it has not failed.
///
/// # Errors
///
/// `ZG_NULL_POINTER`, `ZG_STREAM_RELEASED`, `ZG_WRONG_HANDLE` for another library's stream.
///
/// # Safety
///
/// `stream` is NULL or points to a stream that nobody else uses.
pub(crate) unsafe fn failure(stream: *const FFI_ArrowArrayStream) -> Result<Option<Parts>, Fault> {
    // SAFETY: as the caller promises.
    let seen = unsafe { stream.as_ref() }.ok_or_else(|| Fault::null("stream"))?;
    if seen.release().is_none() {
        return Err(Fault::released("stream"));
    }
    // SAFETY: as the caller promises.
    let data = unsafe { running(stream) };
    let data = data.ok_or_else(|| Fault::wrong_handle("stream", "zhenggong stream"))?;
    // SAFETY: made by `export`, and not freed before `release`.
    let running = unsafe { &*data };
    Ok(running.failure.as_ref().map(|failure| failure.parts.clone()))
}

unsafe extern "C" fn get_schema(
    stream: *mut FFI_ArrowArrayStream,
    out: *mut FFI_ArrowSchema,
) -> c_int {
    // SAFETY: the interface: a stream of ours, used by one thread.
    let Some(data) = (unsafe { running(stream) }) else { return EINVAL };
    // SAFETY: made by `export`, and not freed before `release`.
    let running = unsafe { &mut *data };
    match contained(|| FFI_ArrowSchema::try_from(&*running.schema)) {
        Some(Ok(schema)) if !out.is_null() => {
            // SAFETY: not NULL, hence writable, as the interface says.
            unsafe { out.write(schema) };
            0
        }
        Some(Ok(_)) => EINVAL,
        Some(Err(error)) => running.fail(internal(&error)),
        None => running.fail(panicked()),
    }
}

unsafe extern "C" fn get_next(
    stream: *mut FFI_ArrowArrayStream,
    out: *mut FFI_ArrowArray,
) -> c_int {
    // SAFETY: the interface: a stream of ours, used by one thread.
    let Some(data) = (unsafe { running(stream) }) else { return EINVAL };
    // SAFETY: made by `export`, and not freed before `release`.
    let running = unsafe { &mut *data };
    if out.is_null() {
        return EINVAL;
    }
    // A stream that has failed stays so: its end must not look like success.
    if let Some(failure) = &running.failure {
        return failure.errno;
    }
    let array = match running.ended {
        true => Some(Ok(FFI_ArrowArray::empty())),
        false => contained(|| {
            let next = running.next()?;
            running.ended = next.is_none();
            let array = |batch| FFI_ArrowArray::new(&StructArray::from(batch).to_data());
            Ok(next.map_or_else(FFI_ArrowArray::empty, array))
        }),
    };
    match array {
        Some(Ok(array)) => {
            // SAFETY: not NULL, hence writable, as the interface says.
            unsafe { out.write(array) };
            0
        }
        Some(Err(fault)) => running.fail(fault),
        None => running.fail(panicked()),
    }
}

unsafe extern "C" fn get_last_error(stream: *mut FFI_ArrowArrayStream) -> *const c_char {
    // SAFETY: the interface: a stream of ours, used by one thread.
    let Some(data) = (unsafe { running(stream) }) else { return null() };
    // SAFETY: made by `export`, and not freed before `release`.
    let running = unsafe { &*data };
    running.failure.as_ref().map_or(null(), |failure| failure.text.as_ptr())
}

unsafe extern "C" fn release(stream: *mut FFI_ArrowArrayStream) {
    // SAFETY: the interface: a stream of ours, used by one thread.
    let Some(data) = (unsafe { running(stream) }) else { return };
    // The struct has to be marked first; what it held is freed after.
    // SAFETY: `running` saw that it is a stream. What stands there is not dropped, which would
    // release it again.
    unsafe { stream.write(FFI_ArrowArrayStream::empty()) };
    // SAFETY: made by `export` with `Box::into_raw`, and the mark is gone, so it is freed once.
    let running = unsafe { Box::from_raw(data) };
    contained(|| drop(running));
}

/// Makes a stream, which its taker releases.
pub(crate) fn export(running: Running) -> FFI_ArrowArrayStream {
    let data = Box::into_raw(Box::new(running)).cast::<c_void>();
    // SAFETY: the callbacks keep to the interface; `release` frees the data once and marks the stream.
    unsafe {
        FFI_ArrowArrayStream::new_unchecked(
            Some(get_schema),
            Some(get_next),
            Some(get_last_error),
            Some(release),
            data,
        )
    }
}

pub(crate) fn internal(error: &ArrowError) -> Fault {
    Error::new(ErrorCode::Internal).arg("detail", error).into()
}
