//! Streams that come in, cut to the batches that are asked for.

use arrow_array::{RecordBatch, ffi_stream::FFI_ArrowArrayStream};
use arrow_schema::SchemaRef;
use zhenggong_border::Tables;

use crate::error::Fault;

/// A stream that was taken over from the caller. It is released when it is dropped.
pub(crate) struct Input {
    tables: Tables,
    // The argument that it came as.
    name: &'static str,
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
        stream: FFI_ArrowArrayStream,
        name: &'static str,
        rows: usize,
    ) -> Result<Self, Fault> {
        let tables = Tables::open(stream).map_err(|fault| Fault::border(name, fault))?;
        Ok(Self { tables, name, rest: None, rows })
    }

    pub(crate) fn schema(&self) -> &SchemaRef {
        self.tables.schema()
    }

    /// Returns the next rows, or none at the end.
    ///
    /// # Errors
    ///
    /// `ZG_STREAM_FAILED`; `ZG_INVALID_TEXT` with column and row for a text that is not UTF-8,
    /// `ZG_COLUMN_TYPE` for a column that nothing reads.
    pub(crate) fn next(&mut self) -> Result<Option<RecordBatch>, Fault> {
        let whole = match self.rest.take() {
            Some(rest) => rest,
            None => {
                let read = self.tables.read();
                match read.map_err(|fault| Fault::border(self.name, fault))? {
                    Some(batch) => batch,
                    None => return Ok(None),
                }
            }
        };
        let left = whole.num_rows();
        if self.rows == 0 || left <= self.rows {
            return Ok(Some(whole));
        }
        self.rest = Some(whole.slice(self.rows, left - self.rows));
        Ok(Some(whole.slice(0, self.rows)))
    }
}
