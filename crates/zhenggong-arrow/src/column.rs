//! A column of facts, read from an array in chunks.

use std::ops::Range;

use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, PrimitiveArray};
use arrow_schema::DataType;
use zhenggong::{Error, ErrorCode, Result, person::Fact};

use crate::{
    cell::{Cell, from_text},
    chunk::RowErrors,
    memo::Memo,
    text::{Keys, Strings, Texts, is_text},
};

/// The facts of a chunk's rows; empty where the table has no such column.
#[derive(Debug)]
pub(crate) struct Column<C: Cell> {
    name: Box<str>,
    cells: Vec<Fact<C::Stored>>,
    memo: Memo<C::Stored>,
    // The meanings of a dictionary's values, while one chunk is read.
    values: Vec<Option<Result<Fact<C::Stored>>>>,
}

impl<C: Cell> Column<C> {
    pub(crate) fn new(name: impl Into<Box<str>>) -> Self {
        Self { name: name.into(), cells: Vec::new(), memo: Memo::default(), values: Vec::new() }
    }

    /// Returns the fact of a row of the chunk.
    #[inline]
    pub(crate) fn at(&self, row: usize) -> Fact<&C> {
        match self.cells.get(row) {
            Some(Fact::Known(stored)) => Fact::Known(C::shown(stored)),
            Some(Fact::NotApplicable) => Fact::NotApplicable,
            _ => Fact::Missing,
        }
    }

    /// Returns how many rows there is room for.
    pub(crate) fn capacity(&self) -> usize {
        self.cells.capacity()
    }

    /// Returns whether columns of this type can be read.
    ///
    /// # Errors
    ///
    /// `FloatRefused` or `ColumnType`, naming the column.
    pub(crate) fn check(name: &str, kind: &DataType, form: &str) -> Result<()> {
        if is_text(kind) || *kind == DataType::Null || C::accepts(kind) {
            return Ok(());
        }
        if kind.is_floating() {
            return Err(Error::new(ErrorCode::FloatRefused).arg("value", kind).field(name));
        }
        Err(Error::new(ErrorCode::ColumnType)
            .arg("column", name)
            .arg("found", kind)
            .arg("expected", form))
    }

    /// Reads rows of a column whose type was checked. Cells that can't be read go to the errors.
    pub(crate) fn fill(
        &mut self,
        array: Option<&ArrayRef>,
        rows: Range<usize>,
        bad: &mut RowErrors,
    ) {
        self.cells.clear();
        let Some(array) = array else { return };
        match Texts::of(array) {
            Some(Texts::Dictionary(keys, values)) if values.len() <= rows.len() => {
                self.fill_dictionary(keys, values, rows, bad);
            }
            Some(texts) => self.fill_text(rows, bad, |at| texts.get(at)),
            None => C::fill(self, array, rows, bad),
        }
    }

    #[inline]
    fn push(&mut self, fact: Result<Fact<C::Stored>>, bad: &mut RowErrors) {
        match fact {
            Ok(fact) => self.cells.push(fact),
            Err(error) => self.push_bad(error, bad),
        }
    }

    #[cold]
    fn push_bad(&mut self, error: Error, bad: &mut RowErrors) {
        bad.add(self.cells.len(), error.field(&*self.name));
        self.cells.push(Fact::Missing);
    }

    fn fill_text<'t>(
        &mut self,
        rows: Range<usize>,
        bad: &mut RowErrors,
        text: impl Fn(usize) -> Option<&'t str>,
    ) {
        for at in rows {
            let fact = match text(at) {
                None => Ok(Fact::Missing),
                Some(text) if C::REMEMBERED => self.memo.get(text, from_text::<C>),
                Some(text) => from_text::<C>(text),
            };
            self.push(fact, bad);
        }
    }

    fn fill_dictionary(
        &mut self,
        keys: Keys<'_>,
        values: Strings<'_>,
        rows: Range<usize>,
        bad: &mut RowErrors,
    ) {
        let mut known = std::mem::take(&mut self.values);
        known.clear();
        known.resize(values.len(), None);
        for at in rows {
            let slot = keys.get(at).and_then(|key| known.get_mut(key).map(|slot| (key, slot)));
            let fact = match slot {
                None => Ok(Fact::Missing),
                Some((_, Some(fact))) => fact.clone(),
                Some((key, slot)) => {
                    let fact = values.get(key).map_or(Ok(Fact::Missing), from_text::<C>);
                    slot.insert(fact).clone()
                }
            };
            self.push(fact, bad);
        }
        self.values = known;
    }
}

/// Reads rows of a column of plain values.
pub(crate) fn read_values<T: ArrowPrimitiveType, C: Cell>(
    into: &mut Column<C>,
    array: &PrimitiveArray<T>,
    rows: Range<usize>,
    bad: &mut RowErrors,
    read: impl Fn(T::Native) -> Result<C>,
) {
    let Some(values) = array.values().get(rows.clone()) else { return };
    let known = |value: T::Native| read(value).map(|value| Fact::Known(value.store()));
    match array.nulls() {
        None => {
            for value in values {
                into.push(known(*value), bad);
            }
        }
        Some(nulls) => {
            for (at, value) in rows.zip(values) {
                let fact = if nulls.is_null(at) { Ok(Fact::Missing) } else { known(*value) };
                into.push(fact, bad);
            }
        }
    }
}
