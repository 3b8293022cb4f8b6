//! Streams that come in.

use std::ffi::CStr;

use arrow_array::{
    RecordBatch,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema},
    ffi_stream::FFI_ArrowArrayStream,
};
use arrow_schema::SchemaRef;

use crate::{Fault, schema, table};

/// The tables of a stream that was taken over. It is released when this is dropped.
///
/// # Examples
///
/// ```
/// # use arrow_array::{RecordBatch, RecordBatchIterator, StringArray, ffi_stream::FFI_ArrowArrayStream};
/// # use std::sync::Arc;
/// use zhenggong_border::Tables;
/// # let ids = Arc::new(StringArray::from(vec!["P1", "P2"])) as _;
/// let table = RecordBatch::try_from_iter([("person", ids)])?;
/// let reader = RecordBatchIterator::new([Ok(table.clone())], table.schema());
/// let mut tables = Tables::open(FFI_ArrowArrayStream::new(Box::new(reader))).unwrap();
/// assert_eq!(tables.schema(), table.schema_ref());
/// assert_eq!(tables.read().unwrap(), Some(table));
/// assert_eq!(tables.read().unwrap(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Tables {
    stream: FFI_ArrowArrayStream,
    schema: SchemaRef,
    /// How many rows were read.
    before: u64,
}

impl Tables {
    /// Asks a stream for its schema.
    ///
    /// # Errors
    ///
    /// [`Fault::Released`]; [`Fault::Failed`] where the producer fails or its schema is not well-formed;
    /// [`Fault::Refused`] for a schema that is no table's.
    pub fn open(mut stream: FFI_ArrowArrayStream) -> Result<Self, Fault> {
        if stream.release().is_none() {
            return Err(Fault::Released);
        }
        let Some(get_schema) = stream.get_schema() else {
            return Err(Fault::failed("get_schema 为空", "get_schema is NULL"));
        };
        let mut given = FFI_ArrowSchema::empty();
        // SAFETY: the callback is the stream's own, which is not released, and gets an empty schema.
        let errno = unsafe { get_schema(&raw mut stream, &raw mut given) };
        if errno != 0 {
            return Err(failed(&mut stream, errno));
        }
        if given.release().is_none() {
            return Err(Fault::failed("没有给出表结构", "it gave no schema"));
        }
        let schema = schema::table(&given)?;
        Ok(Self { stream, schema, before: 0 })
    }

    /// Returns the schema of all tables.
    #[must_use]
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Returns the next table, or none at the end.
    ///
    /// # Errors
    ///
    /// [`Fault::Failed`] where the producer fails, an array is not well-formed, or a row of the table itself
    /// is null; [`Fault::Refused`] for a column that nothing reads, or a text that is no UTF-8. Rows are
    /// counted through the stream.
    pub fn read(&mut self) -> Result<Option<RecordBatch>, Fault> {
        let Some(get_next) = self.stream.get_next() else {
            return Err(Fault::failed("get_next 为空", "get_next is NULL"));
        };
        let mut array = FFI_ArrowArray::empty();
        // SAFETY: the callback is the stream's own, which is not released, and gets an empty array.
        let errno = unsafe { get_next(&raw mut self.stream, &raw mut array) };
        if errno != 0 {
            return Err(failed(&mut self.stream, errno));
        }
        if array.is_released() {
            return Ok(None);
        }
        let batch = table::checked(array, &self.schema, self.before)?;
        let rows = u64::try_from(batch.num_rows()).unwrap_or(u64::MAX);
        self.before = self.before.saturating_add(rows);
        Ok(Some(batch))
    }
}

/// Takes the words of a stream's last error.
#[cold]
fn failed(stream: &mut FFI_ArrowArrayStream, errno: i32) -> Fault {
    let words = stream.get_last_error().and_then(|get| {
        // SAFETY: the callback is the stream's own, asked right after a failed call.
        let text = unsafe { get(std::ptr::from_mut(stream)) };
        if text.is_null() {
            return None;
        }
        // SAFETY: not NULL; the interface says that it is a text with a NUL, valid until the next call.
        Some(unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
    });
    Fault::producer(errno, words.as_deref())
}
