//! The cells of columns as texts, whatever type holds them.

use std::collections::BTreeMap;

use arrow_array::{
    Array, ArrayRef, RecordBatch,
    cast::AsArray,
    types::{
        ArrowPrimitiveType, Date32Type, Decimal32Type, Decimal64Type, Decimal128Type,
        Decimal256Type, DecimalType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
        UInt16Type, UInt32Type, UInt64Type,
    },
};
use arrow_schema::DataType;
use zhenggong::{Error, ErrorCode, Result, person::Label};

use super::columns::{Form, InputColumn, input_column};
use crate::text::{Texts, inner, is_all_null, is_text};

/// A text for each row, none where there is no value.
type Cell<'a> = Box<dyn Fn(usize) -> Option<String> + 'a>;

/// The columns of a record batch by key.
pub(super) struct Cells<'a> {
    columns: BTreeMap<&'static str, Cell<'a>>,
}

impl<'a> Cells<'a> {
    /// Looks at the columns of a record batch.
    pub(super) fn of(batch: &'a RecordBatch, known: &'static [InputColumn]) -> Result<Self> {
        let mut columns = BTreeMap::new();
        for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            let Some(column) = input_column(known, field.name()) else {
                return Err(unknown(field.name(), known));
            };
            let key = column.key;
            if columns.insert(key, cell(column, array)?).is_some() {
                return Err(Error::new(ErrorCode::DuplicateColumn).arg("column", key).field(key));
            }
        }
        match known.iter().find(|c| c.required && !columns.contains_key(c.key)) {
            None => Ok(Self { columns }),
            Some(absent) => Err(Error::new(ErrorCode::MissingColumn)
                .arg("column", absent.key)
                .field(absent.key)),
        }
    }

    /// Returns what a row has in a column, read; empty text is none.
    pub(super) fn get<T>(
        &self,
        key: &'static str,
        row: usize,
        read: impl FnOnce(&str) -> Result<T>,
    ) -> Result<Option<T>> {
        let text = self.columns.get(key).and_then(|cell| cell(row));
        let read = |text: String| read(&text).map_err(|error| error.field(key));
        text.filter(|text| !text.is_empty()).map(read).transpose()
    }

    /// Returns the label that a row has in a column, where it can be read.
    pub(super) fn label(&self, key: &'static str, row: usize) -> Option<Label> {
        self.get(key, row, Label::optional_id).ok().flatten().flatten()
    }

    /// Returns what a row must have in a column.
    pub(super) fn must<T>(
        &self,
        key: &'static str,
        row: usize,
        read: impl FnOnce(&str) -> Result<T>,
    ) -> Result<T> {
        let missing = || Error::new(ErrorCode::MissingFact).arg("fact", key).field(key);
        self.get(key, row, read)?.ok_or_else(missing)
    }
}

fn cell<'a>(column: &InputColumn, array: &'a ArrayRef) -> Result<Cell<'a>> {
    if let Some(texts) = Texts::of(array) {
        return Ok(Box::new(move |row| texts.get(row).map(str::to_owned)));
    }
    let found: Option<Cell<'a>> = match (column.form, array.data_type()) {
        (_, kind) if is_all_null(kind) => Some(Box::new(|_| None)),
        (Form::Points, DataType::Decimal32(..)) => decimals::<Decimal32Type>(array),
        (Form::Points, DataType::Decimal64(..)) => decimals::<Decimal64Type>(array),
        (Form::Points, DataType::Decimal128(..)) => decimals::<Decimal128Type>(array),
        (Form::Points, DataType::Decimal256(..)) => decimals::<Decimal256Type>(array),
        (Form::Count, DataType::Int8) => integers::<Int8Type>(array),
        (Form::Count, DataType::Int16) => integers::<Int16Type>(array),
        (Form::Count, DataType::Int32) => integers::<Int32Type>(array),
        (Form::Count, DataType::Int64) => integers::<Int64Type>(array),
        (Form::Count, DataType::UInt8) => integers::<UInt8Type>(array),
        (Form::Count, DataType::UInt16) => integers::<UInt16Type>(array),
        (Form::Count, DataType::UInt32) => integers::<UInt32Type>(array),
        (Form::Count, DataType::UInt64) => integers::<UInt64Type>(array),
        (Form::Date, DataType::Date32) => days(array),
        (Form::List, DataType::List(of)) if holds_text(of.data_type()) => {
            array.as_list_opt::<i32>().map(|lists| -> Cell<'a> {
                Box::new(move |row| lists.is_valid(row).then(|| joined(&lists.value(row))))
            })
        }
        (Form::List, DataType::LargeList(of)) if holds_text(of.data_type()) => {
            array.as_list_opt::<i64>().map(|lists| -> Cell<'a> {
                Box::new(move |row| lists.is_valid(row).then(|| joined(&lists.value(row))))
            })
        }
        _ => None,
    };
    found.ok_or_else(|| refused(column, array.data_type()))
}

/// Returns whether the items of a list can be read; a list of nulls has none.
fn holds_text(kind: &DataType) -> bool {
    is_text(kind) || is_all_null(kind)
}

fn decimals<T: DecimalType>(array: &ArrayRef) -> Option<Cell<'_>> {
    let array = array.as_primitive_opt::<T>()?;
    let (precision, scale) = (array.precision(), array.scale());
    Some(Box::new(move |row| {
        array.is_valid(row).then(|| {
            let text = T::format_decimal(array.value(row), precision, scale);
            // Noughts after the point say nothing, and points have four places at most.
            match text.contains('.') {
                true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
                false => text,
            }
        })
    }))
}

fn integers<T: ArrowPrimitiveType>(array: &ArrayRef) -> Option<Cell<'_>>
where
    T::Native: std::fmt::Display,
{
    let array = array.as_primitive_opt::<T>()?;
    Some(Box::new(move |row| array.is_valid(row).then(|| array.value(row).to_string())))
}

fn days(array: &ArrayRef) -> Option<Cell<'_>> {
    let array = array.as_primitive_opt::<Date32Type>()?;
    Some(Box::new(move |row| {
        // A day outside the calendar is shown as its number, which no date is.
        array.is_valid(row).then(|| match Date32Type::to_naive_date_opt(array.value(row)) {
            Some(day) => day.to_string(),
            None => array.value(row).to_string(),
        })
    }))
}

fn joined(list: &ArrayRef) -> String {
    let texts = Texts::of(list);
    let items = (0..list.len()).filter_map(|at| texts.and_then(|texts| texts.get(at)));
    items.collect::<Vec<_>>().join(";")
}

#[cold]
fn refused(column: &InputColumn, kind: &DataType) -> Error {
    if inner(kind).is_floating() && matches!(column.form, Form::Points) {
        return Error::new(ErrorCode::FloatRefused).arg("value", kind).field(column.key);
    }
    let expected = match column.form {
        Form::Text => "文本列 / a text column",
        Form::Points => "小数列或文本列 / a decimal or text column",
        Form::Count => "整数列或文本列 / an integer or text column",
        Form::Date => "date32 列或文本列 / a date32 or text column",
        Form::List => "文本列表列或文本列 / a column of lists of text, or a text column",
    };
    Error::new(ErrorCode::ColumnType)
        .arg("column", column.key)
        .arg("found", kind)
        .arg_both("expected", expected)
        .field(column.key)
}

#[cold]
fn unknown(name: &str, known: &[InputColumn]) -> Error {
    let known: Vec<_> = known.iter().map(|column| column.key).collect();
    let name = zhenggong::error::shown(name);
    Error::new(ErrorCode::UnknownField)
        .arg("name", &name)
        .arg("known", known.join(", "))
        .field(name)
}
