//! A column of facts, read from an array in chunks.

use std::ops::Range;

use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, PrimitiveArray};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType;
use zhenggong::{Error, ErrorCode, Result, person::Fact};

use crate::{
    cell::{Cell, from_text},
    chunk::RowErrors,
    memo::Memo,
    text::{Keys, Texts, inner, is_all_null, is_text},
};

/// The facts of the rows that are read together; empty where the table has no such column.
#[derive(Debug)]
pub(crate) struct Column<C: Cell> {
    name: Box<str>,
    // The values, as long as every row has one; otherwise the facts of all rows.
    known: Vec<C::Stored>,
    cells: Vec<Fact<C::Stored>>,
    memo: Memo<C::Stored>,
    // The meanings of a dictionary's values, and the values themselves where each is known.
    meanings: Vec<Result<Fact<C::Stored>>>,
    plain: Vec<C::Stored>,
}

impl<C: Cell> Column<C> {
    pub(crate) fn new(name: impl Into<Box<str>>) -> Self {
        Self {
            name: name.into(),
            known: Vec::new(),
            cells: Vec::new(),
            memo: Memo::default(),
            meanings: Vec::new(),
            plain: Vec::new(),
        }
    }

    /// Returns the fact of a row.
    #[inline(always)]
    pub(crate) fn at(&self, row: usize) -> Fact<&C> {
        if let Some(stored) = self.known.get(row) {
            return Fact::Known(C::shown(stored));
        }
        match self.cells.get(row) {
            Some(Fact::Known(stored)) => Fact::Known(C::shown(stored)),
            Some(Fact::NotApplicable) => Fact::NotApplicable,
            _ => Fact::Missing,
        }
    }

    /// Returns the values where every row has one; empty otherwise.
    pub(crate) fn known(&self) -> &[C::Stored] {
        &self.known
    }

    /// Returns the facts where not every row has a value; empty otherwise.
    pub(crate) fn cells(&self) -> &[Fact<C::Stored>] {
        &self.cells
    }

    /// Returns how many rows there is room for.
    pub(crate) fn capacity(&self) -> usize {
        self.known.capacity() + self.cells.capacity()
    }

    fn len(&self) -> usize {
        self.known.len() + self.cells.len()
    }

    /// Returns whether columns of this type can be read.
    ///
    /// # Errors
    ///
    /// `FloatRefused` or `ColumnType`, naming the column.
    pub(crate) fn check(name: &str, kind: &DataType, form: &str) -> Result<()> {
        if is_text(kind) || is_all_null(kind) || C::accepts(kind) {
            return Ok(());
        }
        if inner(kind).is_floating() && matches!(form, "money" | "rate") {
            return Err(Error::new(ErrorCode::FloatRefused).arg("value", kind).field(name));
        }
        let wanted = match form {
            "money" | "rate" => "小数列或文本列 / a decimal or text column",
            "count" => "整数列或文本列 / an integer or text column",
            "date" => "date32 列或文本列 / a date32 or text column",
            "month" => "文本列或 date32 列 / a text or date32 column",
            _ => "文本列 / a text column",
        };
        Err(Error::new(ErrorCode::ColumnType)
            .arg("column", name)
            .arg("found", kind)
            .arg_both("expected", wanted)
            .field(name))
    }

    /// Reads the values of a dictionary, where it has no more of them than rows are to be read.
    pub(crate) fn open(&mut self, array: Option<&ArrayRef>, rows: usize) {
        self.meanings.clear();
        self.plain.clear();
        let Some(Texts::Dictionary(_, values)) = array.and_then(Texts::of) else { return };
        if values.len() > rows {
            return;
        }
        let meaning = |at| values.get(at).map_or(Ok(Fact::Missing), from_text::<C>);
        self.meanings.extend((0..values.len()).map(meaning));
        for meaning in &self.meanings {
            let Ok(Fact::Known(value)) = meaning else { return self.plain.clear() };
            self.plain.push(value.clone());
        }
    }

    /// Reads rows of a column that was opened. Cells that can't be read go to the errors.
    pub(crate) fn fill(
        &mut self,
        array: Option<&ArrayRef>,
        rows: Range<usize>,
        bad: &mut RowErrors,
    ) {
        self.known.clear();
        self.cells.clear();
        let Some(array) = array else { return };
        match Texts::of(array) {
            Some(Texts::Dictionary(keys, _)) if !self.meanings.is_empty() => {
                self.fill_dictionary(keys, rows, bad);
            }
            Some(texts) => self.fill_text(rows, bad, |at| texts.get(at)),
            None => C::fill(self, array, rows, bad),
        }
    }

    /// Adds known values.
    #[inline]
    pub(crate) fn extend(&mut self, values: impl Iterator<Item = C>) {
        if self.cells.is_empty() {
            self.known.extend(values.map(Cell::store));
        } else {
            self.cells.extend(values.map(|value| Fact::Known(value.store())));
        }
    }

    /// Adds known values as long as there are any, and returns whether there were that many. If not,
    /// none is added.
    #[inline]
    pub(crate) fn try_extend(
        &mut self,
        count: usize,
        values: impl Iterator<Item = Option<C>>,
    ) -> bool {
        let before = self.known.len();
        self.known.reserve(count);
        self.known.extend(values.map_while(|value| value.map(Cell::store)));
        let all = self.known.len() == before + count;
        if !all {
            self.known.truncate(before);
        }
        all
    }

    #[inline]
    fn push(&mut self, fact: Result<Fact<C::Stored>>, bad: &mut RowErrors) {
        match fact {
            Ok(Fact::Known(value)) if self.cells.is_empty() => self.known.push(value),
            Ok(fact) => {
                self.spill();
                self.cells.push(fact);
            }
            Err(error) => {
                bad.add(self.len(), error.field(&*self.name));
                self.spill();
                self.cells.push(Fact::Missing);
            }
        }
    }

    /// Makes facts of the values, since not every row has one.
    #[inline]
    fn spill(&mut self) {
        self.cells.extend(self.known.drain(..).map(Fact::Known));
    }

    /// Gives a row that has no value one; the block that was read has so many rows.
    pub(crate) fn complete(&mut self, at: usize, rows: usize, value: C) {
        self.spill();
        self.cells.resize(rows, Fact::Missing);
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = Fact::Known(value.store());
        }
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

    fn fill_dictionary(&mut self, keys: Keys<'_>, rows: Range<usize>, bad: &mut RowErrors) {
        if !self.plain.is_empty() && keys.gather(&self.plain, rows.clone(), &mut self.known) {
            return;
        }
        self.known.clear();
        for at in rows {
            let meaning = keys.get(at).and_then(|key| self.meanings.get(key)).cloned();
            self.push(meaning.unwrap_or(Ok(Fact::Missing)), bad);
        }
    }
}

/// Returns whether none of these rows is null.
pub(crate) fn all_valid(array: &dyn Array, rows: &Range<usize>) -> bool {
    let inside = |nulls: &NullBuffer| nulls.slice(rows.start, rows.len()).null_count() == 0;
    array.nulls().is_none_or(|nulls| nulls.null_count() == 0 || inside(nulls))
}

/// Reads rows of a column of plain values.
pub(crate) fn read_values<T: ArrowPrimitiveType, C: Cell>(
    into: &mut Column<C>,
    array: &PrimitiveArray<T>,
    rows: Range<usize>,
    bad: &mut RowErrors,
    mut read: impl FnMut(T::Native) -> Result<C>,
) {
    let Some(values) = array.values().get(rows.clone()) else { return };
    let mut known = |value: T::Native| read(value).map(|value| Fact::Known(value.store()));
    match array.nulls().filter(|_| !all_valid(array, &rows)) {
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
