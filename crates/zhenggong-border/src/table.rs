//! Arrays as record batches.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use arrow_array::{
    ArrayRef, RecordBatch, RecordBatchOptions,
    ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type},
    make_array, new_empty_array,
};
use arrow_data::ArrayData;
use arrow_schema::{DataType, Field, SchemaRef};
use zhenggong::{Error, ErrorCode, error::shown};

use crate::{Fault, look, schema, text};

/// Returns the record batch of an array of structs, checked as those of [`Tables`](crate::Tables) are.
///
/// # Errors
///
/// [`Fault::Failed`] where the array is not well-formed or a row of the table itself is null;
/// [`Fault::Refused`] for an array that is no table, a column that nothing reads, or a text that is no UTF-8.
///
/// # Examples
///
/// ```
/// # use arrow_array::{Array, RecordBatch, StructArray, StringArray, ffi::to_ffi};
/// # use std::sync::Arc;
/// let ids = Arc::new(StringArray::from(vec!["P1", "P2"])) as _;
/// let table = RecordBatch::try_from_iter([("person", ids)])?;
/// let (array, schema) = to_ffi(&StructArray::from(table.clone()).into_data())?;
/// assert_eq!(zhenggong_border::record_batch(array, &schema).unwrap(), table);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn record_batch(array: FFI_ArrowArray, schema: &FFI_ArrowSchema) -> Result<RecordBatch, Fault> {
    if array.is_released() {
        return Err(Fault::Released);
    }
    checked(array, &schema::table(schema)?, 0)
}

/// Returns the record batch of an array, which follows so many rows.
pub(crate) fn checked(
    array: FFI_ArrowArray,
    schema: &SchemaRef,
    before: u64,
) -> Result<RecordBatch, Fault> {
    // What arrow asserts of an array beyond what is looked at is not well-formed where it does not hold.
    let made = catch_unwind(AssertUnwindSafe(|| made(array, schema, before)));
    made.unwrap_or_else(|_| Err(Fault::failed("数组不合规", "an array is not well-formed")))
}

fn made(mut array: FFI_ArrowArray, schema: &SchemaRef, before: u64) -> Result<RecordBatch, Fault> {
    let fields = schema.fields();
    fields.iter().try_for_each(|field| schema::readable(field))?;
    look::table(&mut array, fields)?;
    let (first, rows) = (array.offset(), array.len());
    // SAFETY: the producer answers for its pointers, as the interface says. What it says of them was looked
    // at; offsets, keys, views and texts are checked in `column`, before they are used.
    let data = unsafe { from_ffi_and_data_type(array, DataType::Struct(fields.clone())) };
    let data = data.map_err(|error| malformed("", &error))?;
    if let Some(at) = data.nulls().and_then(|nulls| nulls.iter().position(|valid| !valid)) {
        return Err(null_row(row(before, at)));
    }
    let columns = fields.iter().zip(data.child_data());
    let columns = columns.map(|(field, child)| column(field, child, (first, rows), before));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)
        .map_err(|error| malformed("", &error))
}

/// Returns rows of a column, after a look at everything that is read without a further check.
fn column(
    field: &Field,
    data: &ArrayData,
    (first, rows): (usize, usize),
    before: u64,
) -> Result<ArrayRef, Fault> {
    if rows == 0 {
        return Ok(new_empty_array(field.data_type()));
    }
    let data =
        if (first, rows) == (0, data.len()) { data.clone() } else { data.slice(first, rows) };
    // Numbers are what they are; only the length of their buffer can be wrong.
    let plain = data.data_type().is_primitive() || *data.data_type() == DataType::Boolean;
    let checked = if plain { data.validate() } else { data.validate_full() };
    match checked {
        Ok(()) => Ok(make_array(data)),
        Err(error) => Err(match text::not_utf8(&data) {
            Some(place) => no_text(
                &format!("{}{}", field.name(), place.path),
                place.row.map(|at| row(before, at)),
            ),
            None => malformed(field.name(), &error),
        }),
    }
}

/// Returns the number of a row, from 1.
fn row(before: u64, at: usize) -> u64 {
    before.saturating_add(u64::try_from(at).unwrap_or(u64::MAX)).saturating_add(1)
}

#[cold]
fn malformed(column: &str, error: &dyn std::fmt::Display) -> Fault {
    Fault::malformed(column, ("内容与类型不符", &error.to_string()))
}

#[cold]
fn null_row(row: u64) -> Fault {
    Fault::Failed {
        zh: format!("表的第 {row} 行本身为空"),
        en: format!("row {row} of the table itself is null"),
        row: Some(row),
    }
}

#[cold]
fn no_text(column: &str, row: Option<u64>) -> Fault {
    let error = Error::new(ErrorCode::InvalidText)
        .arg_in("detail", "不是有效的 UTF-8", "it is not valid UTF-8")
        .field(shown(column));
    Fault::Refused(match row {
        Some(row) => error.row(row),
        None => error,
    })
}
