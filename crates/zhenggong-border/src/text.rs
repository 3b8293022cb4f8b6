//! Where a text is no UTF-8, looked for after validation has failed.

use arrow_array::{Array, ArrayRef, cast::AsArray, make_array};
use arrow_data::ArrayData;
use arrow_schema::DataType;

/// The place of a text.
#[derive(Debug)]
pub(crate) struct Place {
    /// What follows the name of the column, such as `.rank` for a field of a struct.
    pub(crate) path: String,
    /// The row, from 0, where one has the text.
    pub(crate) row: Option<usize>,
}

/// Returns the place of a text that is no UTF-8; none where there is none, or where the bytes of the texts
/// can't be told apart.
pub(crate) fn not_utf8(data: &ArrayData) -> Option<Place> {
    let here = |row| Place { path: String::new(), row };
    match data.data_type() {
        DataType::Utf8 => {
            first(data, DataType::Binary, |bytes, row| bytes.as_binary::<i32>().value(row))
                .map(here)
        }
        DataType::LargeUtf8 => {
            first(data, DataType::LargeBinary, |bytes, row| bytes.as_binary::<i64>().value(row))
                .map(here)
        }
        DataType::Utf8View => {
            first(data, DataType::BinaryView, |bytes, row| bytes.as_binary_view().value(row))
                .map(here)
        }
        DataType::Dictionary(..) => {
            let place = not_utf8(data.child_data().first()?)?;
            let row = place.row.and_then(|value| with_key(data, value));
            Some(Place { row, ..place })
        }
        DataType::List(_) => inside::<i32>(data),
        DataType::LargeList(_) => inside::<i64>(data),
        DataType::Struct(fields) => {
            fields.iter().zip(data.child_data()).find_map(|(field, child)| {
                let whole = data.offset() == 0 && data.len() == child.len();
                let cut;
                let child = if whole {
                    child
                } else {
                    cut = child.slice(data.offset(), data.len());
                    &cut
                };
                let place = not_utf8(child)?;
                Some(Place { path: format!(".{}{}", field.name(), place.path), ..place })
            })
        }
        _ => None,
    }
}

/// Returns the first row of texts that is no UTF-8, reading them as bytes.
fn first(
    data: &ArrayData,
    kind: DataType,
    bytes: impl Fn(&ArrayRef, usize) -> &[u8],
) -> Option<Option<usize>> {
    // Where offsets or views are wrong, too, this fails.
    let array = make_array(data.clone().into_builder().data_type(kind).build().ok()?);
    let row = (0..array.len()).find(|row| std::str::from_utf8(bytes(&array, *row)).is_err());
    row.map(Some)
}

/// Returns the first row of a dictionary array whose key is this one.
fn with_key(data: &ArrayData, value: usize) -> Option<usize> {
    let DataType::Dictionary(key, _) = data.data_type() else { return None };
    let width = key.primitive_width()?;
    let bytes = data.buffers().first()?.as_slice();
    let keys = bytes.chunks_exact(width).skip(data.offset()).take(data.len());
    // A key is a number of up to eight bytes in the order of this machine.
    let same = |key: &[u8]| match *key {
        [a] => usize::from(a) == value,
        [a, b] => usize::from(u16::from_ne_bytes([a, b])) == value,
        [a, b, c, d] => usize::try_from(u32::from_ne_bytes([a, b, c, d])) == Ok(value),
        _ => key.try_into().is_ok_and(|key| usize::try_from(u64::from_ne_bytes(key)) == Ok(value)),
    };
    let valid = |row: &usize| data.nulls().is_none_or(|nulls| nulls.is_valid(*row));
    keys.enumerate().filter(|(row, _)| valid(row)).find(|(_, key)| same(key)).map(|(row, _)| row)
}

/// Returns the place of a text inside lists.
fn inside<O: arrow_array::OffsetSizeTrait>(data: &ArrayData) -> Option<Place> {
    let place = not_utf8(data.child_data().first()?)?;
    let offsets = data.buffers().first()?.typed_data::<O>().get(data.offset()..)?;
    let row = place.row.and_then(|item| {
        let holds = |ends: &[O]| matches!(ends, [from, to] if from.as_usize() <= item && item < to.as_usize());
        offsets.windows(2).take(data.len()).position(holds)
    });
    Some(Place { row, ..place })
}
