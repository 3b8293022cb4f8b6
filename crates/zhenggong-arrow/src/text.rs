//! Text columns: plain, large, views, and dictionaries of them.

use std::ops::Range;

use arrow_array::{
    Array, ArrayRef, LargeStringArray, PrimitiveArray, StringArray, StringViewArray,
    cast::AsArray,
    types::{
        ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
        UInt32Type, UInt64Type,
    },
};
use arrow_buffer::ArrowNativeType;
use arrow_schema::DataType;

use crate::column::all_valid;

/// The texts of an array.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Strings<'a> {
    Small(&'a StringArray),
    Large(&'a LargeStringArray),
    View(&'a StringViewArray),
}

/// The positions of a dictionary array's values.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Keys<'a> {
    I8(&'a PrimitiveArray<Int8Type>),
    I16(&'a PrimitiveArray<Int16Type>),
    I32(&'a PrimitiveArray<Int32Type>),
    I64(&'a PrimitiveArray<Int64Type>),
    U8(&'a PrimitiveArray<UInt8Type>),
    U16(&'a PrimitiveArray<UInt16Type>),
    U32(&'a PrimitiveArray<UInt32Type>),
    U64(&'a PrimitiveArray<UInt64Type>),
}

/// A column of texts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Texts<'a> {
    Plain(Strings<'a>),
    Dictionary(Keys<'a>, Strings<'a>),
}

/// Returns whether a column of this type holds texts.
pub(crate) fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => {
            matches!(**values, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
        }
        _ => false,
    }
}

/// Returns whether a column of this type can hold nothing but nulls: what libraries make of a column
/// without a value.
pub(crate) fn is_all_null(kind: &DataType) -> bool {
    match kind {
        DataType::Null => true,
        DataType::Dictionary(_, values) => **values == DataType::Null,
        _ => false,
    }
}

/// Returns the type of the values themselves, inside a list or dictionary.
pub(crate) fn inner(kind: &DataType) -> &DataType {
    match kind {
        DataType::List(of) | DataType::LargeList(of) => inner(of.data_type()),
        DataType::Dictionary(_, values) => inner(values),
        kind => kind,
    }
}

impl<'a> Strings<'a> {
    fn of(array: &'a ArrayRef) -> Option<Self> {
        match array.data_type() {
            DataType::Utf8 => array.as_string_opt().map(Self::Small),
            DataType::LargeUtf8 => array.as_string_opt().map(Self::Large),
            DataType::Utf8View => array.as_string_view_opt().map(Self::View),
            _ => None,
        }
    }

    pub(crate) fn len(self) -> usize {
        match self {
            Self::Small(array) => array.len(),
            Self::Large(array) => array.len(),
            Self::View(array) => array.len(),
        }
    }

    /// Returns the text at a position inside the array, or none where it is null.
    #[inline]
    pub(crate) fn get(self, at: usize) -> Option<&'a str> {
        match self {
            Self::Small(array) => array.is_valid(at).then(|| array.value(at)),
            Self::Large(array) => array.is_valid(at).then(|| array.value(at)),
            Self::View(array) => array.is_valid(at).then(|| array.value(at)),
        }
    }
}

impl<'a> Keys<'a> {
    fn of(array: &'a ArrayRef) -> Option<(Self, &'a ArrayRef)> {
        fn open<'a, K: ArrowDictionaryKeyType>(
            array: &'a ArrayRef,
            wrap: fn(&'a PrimitiveArray<K>) -> Keys<'a>,
        ) -> Option<(Keys<'a>, &'a ArrayRef)> {
            array.as_dictionary_opt::<K>().map(|d| (wrap(d.keys()), d.values()))
        }
        let DataType::Dictionary(key, _) = array.data_type() else { return None };
        match **key {
            DataType::Int8 => open(array, Self::I8),
            DataType::Int16 => open(array, Self::I16),
            DataType::Int32 => open(array, Self::I32),
            DataType::Int64 => open(array, Self::I64),
            DataType::UInt8 => open(array, Self::U8),
            DataType::UInt16 => open(array, Self::U16),
            DataType::UInt32 => open(array, Self::U32),
            DataType::UInt64 => open(array, Self::U64),
            _ => None,
        }
    }

    /// Returns the position of the value at a position inside the array, or none where it is null.
    #[inline]
    pub(crate) fn get(self, at: usize) -> Option<usize> {
        fn key<K: ArrowDictionaryKeyType>(keys: &PrimitiveArray<K>, at: usize) -> Option<usize> {
            keys.is_valid(at).then(|| keys.value(at).as_usize())
        }
        match self {
            Self::I8(keys) => key(keys, at),
            Self::I16(keys) => key(keys, at),
            Self::I32(keys) => key(keys, at),
            Self::I64(keys) => key(keys, at),
            Self::U8(keys) => key(keys, at),
            Self::U16(keys) => key(keys, at),
            Self::U32(keys) => key(keys, at),
            Self::U64(keys) => key(keys, at),
        }
    }
}

impl Keys<'_> {
    /// Adds the values of rows, and returns whether each of them has one.
    pub(crate) fn gather<V: Clone>(
        self,
        values: &[V],
        rows: Range<usize>,
        into: &mut Vec<V>,
    ) -> bool {
        fn gather<K: ArrowDictionaryKeyType, V: Clone>(
            keys: &PrimitiveArray<K>,
            values: &[V],
            rows: Range<usize>,
            into: &mut Vec<V>,
        ) -> bool {
            let all_valid = all_valid(keys, &rows);
            let (Some(keys), Some(other)) = (keys.values().get(rows), values.first()) else {
                return false;
            };
            // A valid array has no key outside its values.
            let mut inside = all_valid;
            into.extend(keys.iter().map(|key| {
                let value = values.get(key.as_usize());
                inside &= value.is_some();
                value.unwrap_or(other).clone()
            }));
            inside
        }
        match self {
            Self::I8(keys) => gather(keys, values, rows, into),
            Self::I16(keys) => gather(keys, values, rows, into),
            Self::I32(keys) => gather(keys, values, rows, into),
            Self::I64(keys) => gather(keys, values, rows, into),
            Self::U8(keys) => gather(keys, values, rows, into),
            Self::U16(keys) => gather(keys, values, rows, into),
            Self::U32(keys) => gather(keys, values, rows, into),
            Self::U64(keys) => gather(keys, values, rows, into),
        }
    }
}

impl<'a> Texts<'a> {
    /// Returns the texts of a column, or none where it holds something else.
    pub(crate) fn of(array: &'a ArrayRef) -> Option<Self> {
        match Keys::of(array) {
            Some((keys, values)) => Strings::of(values).map(|v| Self::Dictionary(keys, v)),
            None => Strings::of(array).map(Self::Plain),
        }
    }

    /// Returns the text at a position inside the column, or none where it is null.
    #[inline]
    pub(crate) fn get(self, at: usize) -> Option<&'a str> {
        match self {
            Self::Plain(strings) => strings.get(at),
            // A valid array has no key outside its values.
            Self::Dictionary(keys, values) => {
                keys.get(at).filter(|key| *key < values.len()).and_then(|key| values.get(key))
            }
        }
    }
}
