//! A dict of columns as a record batch.

use std::{collections::HashMap, sync::Arc};

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{DataType, Field, Schema};
use pyo3::{
    prelude::*,
    types::{PyBool, PyBytes, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple},
};
use zhenggong::{Error, ErrorCode, error::shown};
use zhenggong_arrow::{
    Batch,
    assessment::{self, InputColumn, input_column},
    column_key,
};

use crate::{
    error::{Failure, Result},
    input, scalars, text,
};

/// What a cell may be, by the form of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Amount,
    Count,
    Date,
    Text,
    Texts,
}

/// Returns the table of a mapping from names to sequences of values.
pub(crate) fn record_batch(columns: &Bound<'_, PyMapping>) -> Result<RecordBatch> {
    let forms: HashMap<String, Form> = Batch::input_schema()
        .fields()
        .iter()
        .map(|field| {
            let form = match field.data_type() {
                DataType::Decimal128(..) => Form::Amount,
                DataType::UInt32 => Form::Count,
                DataType::Date32 => Form::Date,
                _ => Form::Text,
            };
            (field.name().clone(), form)
        })
        .collect();
    // A column that is not known is refused where all columns are looked at.
    made(columns, |name| forms.get(column_key(name)).copied().unwrap_or(Form::Text))
}

/// Returns the table of a mapping whose columns are those of an assessment.
pub(crate) fn record_batch_of(
    columns: &Bound<'_, PyMapping>,
    known: &'static [InputColumn],
) -> Result<RecordBatch> {
    made(columns, |name| match input_column(known, name).map(|column| column.form) {
        Some(assessment::Form::Points) => Form::Amount,
        Some(assessment::Form::Count) => Form::Count,
        Some(assessment::Form::Date) => Form::Date,
        Some(assessment::Form::List) => Form::Texts,
        Some(assessment::Form::Text) | None => Form::Text,
    })
}

fn made(columns: &Bound<'_, PyMapping>, form_of: impl Fn(&str) -> Form) -> Result<RecordBatch> {
    let (mut fields, mut arrays): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
    let mut rows = None;
    for pair in columns.items()?.iter() {
        let (name, values): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
        let Ok(name) = name.cast::<PyString>() else {
            return Err(input::invalid("", "列名须为文本 / column names must be text").into());
        };
        let name = text::key(name, "")?;
        let cells = cells(&name, &values, form_of(&name))?;
        let expected = *rows.get_or_insert(cells.len());
        if cells.len() != expected {
            let detail = format!(
                "{} 行，其他列 {expected} 行 / {} rows where other columns have {expected}",
                cells.len(),
                cells.len()
            );
            return Err(input::invalid(&name, detail).into());
        }
        fields.push(Field::new(name, DataType::Utf8, true));
        arrays.push(Arc::new(StringArray::from(cells)));
    }
    let options = RecordBatchOptions::new().with_row_count(Some(rows.unwrap_or_default()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
        .map_err(|e| crate::capsule::unreadable(&e))
}

fn cells(name: &str, values: &Bound<'_, PyAny>, form: Form) -> Result<Vec<Option<String>>> {
    let one = values.is_instance_of::<PyString>() || values.is_instance_of::<PyBytes>();
    let list = if one { None } else { values.try_iter().ok() };
    let Some(list) = list else {
        let detail =
            format!("列须为列表，而非 {0} / a column is a list, not {0}", input::type_name(values));
        return Err(input::invalid(name, detail).into());
    };
    let mut out = Vec::with_capacity(values.len().unwrap_or_default());
    for (row, value) in (1u64..).zip(list) {
        out.push(cell(name, &value?, form).map_err(|failure| match failure {
            Failure::Core(error) => error.row(row).field(name).into(),
            other => other,
        })?);
    }
    Ok(out)
}

fn cell(name: &str, value: &Bound<'_, PyAny>, form: Form) -> Result<Option<String>> {
    if value.is_none() || input::is_missing(value)? {
        return Ok(None);
    }
    if let Some(text) = own(name, value, form)? {
        return Ok(Some(text));
    }
    if let Some(plain) = scalars::plain(value, name)?
        && let Some(text) = own(name, &plain, form)?
    {
        return Ok(Some(text));
    }
    Err(refused(name, value, form))
}

/// Returns the text of a cell whose value is one of Python's own and fits the column.
fn own(name: &str, value: &Bound<'_, PyAny>, form: Form) -> Result<Option<String>> {
    if let Ok(found) = value.cast::<PyString>() {
        return Ok(Some(text::value(found, name)?));
    }
    match form {
        Form::Amount => {
            if value.is_instance_of::<PyFloat>() || value.is_instance_of::<PyInt>() {
                let repr = value.str()?.to_string();
                return Err(Error::new(ErrorCode::FloatRefused).arg("value", shown(&repr)).into());
            }
            scalars::decimal(value, name)
        }
        Form::Count if value.is_instance_of::<PyInt>() && !value.is_instance_of::<PyBool>() => {
            Ok(Some(value.str()?.to_string()))
        }
        Form::Date => scalars::date(value, name),
        Form::Texts if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() => {
            let mut items = Vec::new();
            for item in value.try_iter()? {
                let item = item?;
                let Ok(found) = item.cast::<PyString>() else {
                    return Err(refused(name, &item, form));
                };
                items.push(text::value(found, name)?);
            }
            Ok(Some(items.join(";")))
        }
        Form::Count | Form::Text | Form::Texts => Ok(None),
    }
}

#[cold]
fn refused(name: &str, value: &Bound<'_, PyAny>, form: Form) -> Failure {
    let wanted = match form {
        Form::Amount => "Decimal, str",
        Form::Count => "int, str",
        Form::Date => "date, str",
        Form::Text => "str",
        Form::Texts => "list[str], str",
    };
    let detail = format!(
        "不接受类型 {0}，请传 {wanted} 或 None / type {0} is not accepted; pass {wanted} or None",
        input::type_name(value)
    );
    input::invalid(name, detail).into()
}
