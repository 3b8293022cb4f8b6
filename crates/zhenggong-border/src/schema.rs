//! Schemas that come in.

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use zhenggong::{Error, ErrorCode, error::shown};

use crate::Fault;

/// How deep types may be nested. Reading them goes down by recursion, and nothing that is read is deeper
/// than a list of records with a list in them.
const DEEPEST: usize = 32;

/// Returns the schema of a table.
pub(crate) fn table(schema: &FFI_ArrowSchema) -> Result<SchemaRef, Fault> {
    if schema.release().is_none() {
        return Err(Fault::Released);
    }
    // Arrow asserts what it expects of a schema.
    let read = catch_unwind(AssertUnwindSafe(|| -> Result<Schema, Fault> {
        if !is_shallow(schema, DEEPEST) {
            return Err(Fault::no_table(&format!("{} …", schema.format())));
        }
        let kind = DataType::try_from(schema).map_err(|error| unreadable(&error))?;
        if !matches!(kind, DataType::Struct(_)) {
            return Err(Fault::no_table(&kind.to_string()));
        }
        Schema::try_from(schema).map_err(|error| unreadable(&error))
    }));
    match read {
        Ok(schema) => Ok(schema?.into()),
        Err(_) => Err(Fault::failed("表结构不合规", "the schema is not well-formed")),
    }
}

fn is_shallow(schema: &FFI_ArrowSchema, left: usize) -> bool {
    let Some(left) = left.checked_sub(1) else { return false };
    schema.children().all(|child| is_shallow(child, left))
        && schema.dictionary().is_none_or(|values| is_shallow(values, left))
}

/// Says that a schema has a type that arrow does not know.
#[cold]
fn unreadable(error: &ArrowError) -> Fault {
    let words = shown(&error.to_string());
    Fault::Refused(Error::new(ErrorCode::InvalidInput).arg_in(
        "detail",
        format!("表结构有不认识的类型（{words}）"),
        format!("the schema has a type that is not known ({words})"),
    ))
}

/// Refuses a column of a type that nothing reads, and whose arrays have parts that nothing looks at.
pub(crate) fn readable(field: &Field) -> Result<(), Fault> {
    match unread(field.data_type()) {
        false => Ok(()),
        true => Err(Fault::Refused(
            Error::new(ErrorCode::ColumnType)
                .arg("column", shown(field.name()))
                .arg("found", field.data_type())
                .arg_in(
                    "expected",
                    "文本、整数、小数、日期、布尔、列表或结构列",
                    "a column of texts, integers, decimals, dates, booleans, lists or structs",
                )
                .field(field.name().as_str()),
        )),
    }
}

fn unread(kind: &DataType) -> bool {
    match kind {
        DataType::List(item) | DataType::LargeList(item) => unread(item.data_type()),
        DataType::Struct(fields) => fields.iter().any(|field| unread(field.data_type())),
        DataType::Dictionary(_, values) => unread(values),
        DataType::Union(..)
        | DataType::RunEndEncoded(..)
        | DataType::Map(..)
        | DataType::FixedSizeList(..)
        | DataType::FixedSizeBinary(_)
        | DataType::ListView(_)
        | DataType::LargeListView(_) => true,
        _ => false,
    }
}
