//! Record batches as CSV.

use arrow_array::{
    Array, ArrayRef, RecordBatch,
    cast::AsArray,
    types::{
        Date32Type, Decimal64Type, Decimal128Type, DecimalType, Int64Type, UInt16Type, UInt32Type,
    },
};
use arrow_schema::{DataType, Schema};
use zhenggong::Result;

use crate::{
    output::internal,
    text::{Texts, is_all_null},
};

/// Returns results of a [`Batch`](crate::Batch) as CSV: a line of names, then one line per row, ended by
/// LF; null is an empty cell.
///
/// # Errors
///
/// `Internal` for a column of a type that no result has.
pub fn to_csv<'b>(
    schema: &Schema,
    batches: impl IntoIterator<Item = &'b RecordBatch>,
) -> Result<String> {
    let mut out = String::new();
    let names = schema.fields().iter().map(|field| Some(field.name().clone()));
    line(&mut out, names);
    for batch in batches {
        let columns = batch.columns().iter().map(cells).collect::<Result<Vec<_>>>()?;
        for row in 0..batch.num_rows() {
            line(&mut out, columns.iter().map(|cell| cell(row)));
        }
    }
    Ok(out)
}

fn line(out: &mut String, cells: impl Iterator<Item = Option<String>>) {
    for (n, cell) in cells.enumerate() {
        if n > 0 {
            out.push(',');
        }
        let cell = cell.unwrap_or_default();
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push('\n');
}

/// Returns a decimal as JSON has it: amounts with both decimals, points with two at least, rates without zeros
/// at their ends.
fn as_written(mut text: String, scale: i8) -> String {
    let least = match scale {
        ..=2 => return text,
        4 => 2,
        _ => 0,
    };
    let Some(point) = text.find('.') else { return text };
    let kept = text.trim_end_matches('0').len().max(point + 1 + least);
    text.truncate(kept);
    if text.ends_with('.') {
        text.pop();
    }
    text
}

/// The texts of a column's cells by row, none where there is no value.
pub type Cells<'a> = Box<dyn Fn(usize) -> Option<String> + 'a>;

/// Returns the texts of a column's cells by row.
///
/// # Errors
///
/// `Internal` for a column of a type that no result has.
pub fn cells(column: &ArrayRef) -> Result<Cells<'_>> {
    fn decimals<T: DecimalType>(column: &ArrayRef) -> Option<Cells<'_>> {
        let array = column.as_primitive_opt::<T>()?;
        let (precision, scale) = (array.precision(), array.scale());
        Some(Box::new(move |row| {
            let text = || T::format_decimal(array.value(row), precision, scale);
            array.is_valid(row).then(|| as_written(text(), scale))
        }))
    }
    if let Some(texts) = Texts::of(column) {
        return Ok(Box::new(move |row| texts.get(row).map(str::to_owned)));
    }
    let other: Option<Cells<'_>> = match column.data_type() {
        DataType::Decimal64(..) => decimals::<Decimal64Type>(column),
        DataType::Decimal128(..) => decimals::<Decimal128Type>(column),
        DataType::Boolean => column.as_boolean_opt().map(|array| -> Cells<'_> {
            Box::new(move |row| array.is_valid(row).then(|| array.value(row).to_string()))
        }),
        DataType::Int64 => column.as_primitive_opt::<Int64Type>().map(|array| -> Cells<'_> {
            Box::new(move |row| array.is_valid(row).then(|| array.value(row).to_string()))
        }),
        DataType::UInt16 => column.as_primitive_opt::<UInt16Type>().map(|array| -> Cells<'_> {
            Box::new(move |row| array.is_valid(row).then(|| array.value(row).to_string()))
        }),
        DataType::UInt32 => column.as_primitive_opt::<UInt32Type>().map(|array| -> Cells<'_> {
            Box::new(move |row| array.is_valid(row).then(|| array.value(row).to_string()))
        }),
        DataType::Date32 => column.as_primitive_opt::<Date32Type>().map(|array| -> Cells<'_> {
            Box::new(move |row| {
                let day = Date32Type::to_naive_date_opt(array.value(row));
                day.filter(|_| array.is_valid(row)).map(|day| day.to_string())
            })
        }),
        kind if is_all_null(kind) => Some(Box::new(|_| None)),
        _ => None,
    };
    other.ok_or_else(|| internal(&format_args!("no text for {}", column.data_type())))
}
