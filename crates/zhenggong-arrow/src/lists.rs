//! Tables where a rule takes or gives a list: rows as JSON records, and records as rows.
//!
//! A rule's input and answer are JSON; where people come in lists, a table can stand for the list. A null
//! or empty cell is a key that is left out, as in the tables of the month run.

use std::{collections::HashMap, sync::Arc};

use arrow_array::{
    Array, ArrayRef, BooleanArray, Int64Array, RecordBatch, RecordBatchOptions, StringArray,
    cast::AsArray,
    types::{
        ArrowPrimitiveType, Date32Type, Decimal32Type, Decimal64Type, Decimal128Type,
        Decimal256Type, DecimalType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
        UInt16Type, UInt32Type, UInt64Type,
    },
};
use arrow_schema::{DataType, Field, Schema};
use serde_json::{Map, Value as Json};
use zhenggong::{Error, ErrorCode, Result, error::shown};

use crate::{
    output::internal,
    text::{Texts, inner, is_all_null},
};

/// Returns the rows of record batches as JSON records by column name: texts, booleans, whole numbers,
/// dates and exact decimals as text; lists and structs as they are.
///
/// # Errors
///
/// `FloatRefused` for a column of floats, `ColumnType` for one that no rule reads, `DuplicateColumn`,
/// naming the column; the error that a batch comes with.
///
/// # Examples
///
/// ```
/// # use std::sync::Arc;
/// # use arrow_array::{ArrayRef, Decimal128Array, RecordBatch, StringArray};
/// let id = Arc::new(StringArray::from(vec!["P1", "P2"])) as ArrayRef;
/// let score = Decimal128Array::from(vec![Some(9550), None]).with_precision_and_scale(9, 2)?;
/// let table = RecordBatch::try_from_iter([("id", id), ("score", Arc::new(score) as ArrayRef)])?;
/// let rows = zhenggong_arrow::json_rows([Ok(table)])?;
/// assert_eq!(serde_json::json!(rows), serde_json::json!([{ "id": "P1", "score": "95.5" }, { "id": "P2" }]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn json_rows(batches: impl IntoIterator<Item = Result<RecordBatch>>) -> Result<Vec<Json>> {
    let mut out = Vec::new();
    for batch in batches {
        let batch = batch?;
        let mut columns: Vec<(&String, Cell<'_>)> = Vec::with_capacity(batch.num_columns());
        for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            if columns.iter().any(|(name, _)| *name == field.name()) {
                return Err(Error::new(ErrorCode::DuplicateColumn)
                    .arg("column", shown(field.name()))
                    .field(field.name().as_str()));
            }
            columns.push((field.name(), cell(field.name(), array)?));
        }
        for row in 0..batch.num_rows() {
            let cells =
                columns.iter().filter_map(|(name, cell)| Some(((*name).clone(), cell(row)?)));
            out.push(Json::Object(cells.collect()));
        }
    }
    Ok(out)
}

/// The value of a column by row, none where there is none.
type Cell<'a> = Box<dyn Fn(usize) -> Option<Json> + 'a>;

fn cell<'a>(name: &str, array: &'a ArrayRef) -> Result<Cell<'a>> {
    if let Some(texts) = Texts::of(array) {
        let text = move |row| texts.get(row).filter(|text| !text.is_empty()).map(Json::from);
        return Ok(Box::new(text));
    }
    let found: Option<Cell<'a>> = match array.data_type() {
        kind if is_all_null(kind) => Some(Box::new(|_| None)),
        DataType::Boolean => array.as_boolean_opt().map(|array| -> Cell<'a> {
            Box::new(move |row| array.is_valid(row).then(|| array.value(row).into()))
        }),
        DataType::Int8 => integers::<Int8Type>(array),
        DataType::Int16 => integers::<Int16Type>(array),
        DataType::Int32 => integers::<Int32Type>(array),
        DataType::Int64 => integers::<Int64Type>(array),
        DataType::UInt8 => integers::<UInt8Type>(array),
        DataType::UInt16 => integers::<UInt16Type>(array),
        DataType::UInt32 => integers::<UInt32Type>(array),
        DataType::UInt64 => integers::<UInt64Type>(array),
        DataType::Decimal32(..) => decimals::<Decimal32Type>(array),
        DataType::Decimal64(..) => decimals::<Decimal64Type>(array),
        DataType::Decimal128(..) => decimals::<Decimal128Type>(array),
        DataType::Decimal256(..) => decimals::<Decimal256Type>(array),
        DataType::Date32 => array.as_primitive_opt::<Date32Type>().map(|array| -> Cell<'a> {
            Box::new(move |row| {
                // A day outside the calendar is shown as its number, which no date is.
                array.is_valid(row).then(|| {
                    let day = Date32Type::to_naive_date_opt(array.value(row));
                    day.map_or_else(|| array.value(row).to_string(), |day| day.to_string()).into()
                })
            })
        }),
        DataType::List(_) => match array.as_list_opt::<i32>() {
            Some(lists) => Some(list(name, lists)?),
            None => None,
        },
        DataType::LargeList(_) => match array.as_list_opt::<i64>() {
            Some(lists) => Some(list(name, lists)?),
            None => None,
        },
        DataType::Struct(_) => match array.as_struct_opt() {
            Some(records) => Some(record(name, records)?),
            None => None,
        },
        _ => None,
    };
    found.ok_or_else(|| refused(name, array.data_type()))
}

fn integers<T: ArrowPrimitiveType>(array: &ArrayRef) -> Option<Cell<'_>>
where
    T::Native: Into<Json>,
{
    let array = array.as_primitive_opt::<T>()?;
    Some(Box::new(move |row| array.is_valid(row).then(|| array.value(row).into())))
}

fn decimals<T: DecimalType>(array: &ArrayRef) -> Option<Cell<'_>> {
    let array = array.as_primitive_opt::<T>()?;
    let (precision, scale) = (array.precision(), array.scale());
    Some(Box::new(move |row| {
        array.is_valid(row).then(|| {
            let text = T::format_decimal(array.value(row), precision, scale);
            // Noughts after the point say nothing, and many a number has fewer places than its column.
            match text.contains('.') {
                true => text.trim_end_matches('0').trim_end_matches('.').into(),
                false => text.into(),
            }
        })
    }))
}

fn list<'a, O: arrow_array::OffsetSizeTrait>(
    name: &str,
    lists: &'a arrow_array::GenericListArray<O>,
) -> Result<Cell<'a>> {
    let item = cell(name, lists.values())?;
    let at = |offset: O| offset.as_usize();
    Ok(Box::new(move |row| {
        let ends = lists.value_offsets().get(row).zip(lists.value_offsets().get(row + 1));
        let (from, to) = ends.filter(|_| lists.is_valid(row))?;
        Some((at(*from)..at(*to)).map(|at| item(at).unwrap_or_default()).collect())
    }))
}

fn record<'a>(name: &str, records: &'a arrow_array::StructArray) -> Result<Cell<'a>> {
    let mut cells = Vec::new();
    for (field, array) in records.fields().iter().zip(records.columns()) {
        cells.push((field.name(), cell(&format!("{name}.{}", field.name()), array)?));
    }
    Ok(Box::new(move |row| {
        let keys = cells.iter().filter_map(|(key, cell)| Some(((*key).clone(), cell(row)?)));
        records.is_valid(row).then(|| Json::Object(keys.collect()))
    }))
}

#[cold]
fn refused(name: &str, kind: &DataType) -> Error {
    if inner(kind).is_floating() {
        return Error::new(ErrorCode::FloatRefused).arg("value", kind).field(name);
    }
    let expected = "文本、整数、小数、日期、布尔、列表或结构列 / a column of texts, integers, decimals, dates, booleans, \
                    lists or structs";
    Error::new(ErrorCode::ColumnType)
        .arg("column", shown(name))
        .arg("found", kind)
        .arg_both("expected", expected)
        .field(name)
}

/// Returns a list in a rule's answer as a table, one row an item: whole numbers and booleans in columns of
/// their own types, everything else as text, amounts digit by digit. An object inside an item has its
/// keys as columns `key.inner`, a list of texts is one text with `;` between them, another list is JSON.
///
/// The list is named by its key in the answer, or by no key where the answer itself is a list.
///
/// # Errors
///
/// `UnknownTerm` where the answer has no such list, naming those that it has; `Internal` where the table
/// can't be made.
///
/// # Examples
///
/// ```
/// let answer = serde_json::json!({ "people": [{ "id": "P1", "rank": 1, "total": "95.50" }] });
/// let table = zhenggong_arrow::list_table(&answer, "people")?;
/// assert_eq!(zhenggong_arrow::to_csv(table.schema_ref(), [&table])?, "id,rank,total\nP1,1,95.50\n");
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn list_table(answer: &Json, key: &str) -> Result<RecordBatch> {
    let found = if key.is_empty() { Some(answer) } else { answer.get(key) };
    let Some(items) = found.and_then(Json::as_array) else { return Err(no_list(answer, key)) };
    let mut names: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let mut row = Vec::new();
        flatten(String::new(), item, &mut |name, value| {
            let place = *places.entry(name).or_insert_with_key(|name| {
                names.push(name.clone());
                names.len() - 1
            });
            row.push((place, value));
        });
        rows.push(row);
    }
    let mut columns: Vec<Vec<Option<&Json>>> = vec![vec![None; rows.len()]; names.len()];
    for (at, row) in rows.iter().enumerate() {
        for (place, value) in row {
            if let Some(slot) = columns.get_mut(*place).and_then(|column| column.get_mut(at)) {
                *slot = Some(*value);
            }
        }
    }
    let arrays: Vec<ArrayRef> = columns.iter().map(|cells| column(cells)).collect();
    let fields = names.into_iter().zip(&arrays);
    let fields: Vec<_> =
        fields.map(|(name, array)| Field::new(name, array.data_type().clone(), true)).collect();
    let count = RecordBatchOptions::new().with_row_count(Some(items.len()));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &count)
        .map_err(|e| internal(&e))
}

/// Hands over the plain values and lists of an item with their names.
fn flatten<'j>(name: String, item: &'j Json, take: &mut impl FnMut(String, &'j Json)) {
    match item {
        Json::Null => {}
        Json::Object(map) => {
            for (key, value) in map {
                let inner = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(inner, value, take);
            }
        }
        value => take(if name.is_empty() { "value".to_owned() } else { name }, value),
    }
}

fn column(cells: &[Option<&Json>]) -> ArrayRef {
    let there = || cells.iter().flatten();
    if there().next().is_some() && there().all(|value| value.is_i64()) {
        return Arc::new(cells.iter().map(|v| v.and_then(Json::as_i64)).collect::<Int64Array>());
    }
    if there().next().is_some() && there().all(|value| value.is_boolean()) {
        return Arc::new(cells.iter().map(|v| v.and_then(Json::as_bool)).collect::<BooleanArray>());
    }
    Arc::new(cells.iter().map(|value| value.map(text)).collect::<StringArray>())
}

fn text(value: &Json) -> String {
    let plain = |item: &Json| item.as_str().map(str::to_owned);
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => match items.iter().map(plain).collect::<Option<Vec<_>>>() {
            Some(texts) => texts.join(";"),
            None => value.to_string(),
        },
        other => other.to_string(),
    }
}

#[cold]
fn no_list(answer: &Json, key: &str) -> Error {
    let lists = answer.as_object().into_iter().flat_map(Map::iter);
    let known: Vec<_> = lists.filter(|(_, v)| v.is_array()).map(|(key, _)| key.as_str()).collect();
    let none = known.is_empty();
    Error::new(ErrorCode::UnknownTerm)
        .arg_in("kind", "结果中的列表", "list in the answer")
        .arg("value", shown(key))
        .arg("known", if none { "—".to_owned() } else { known.join(", ") })
        .field("key")
}
