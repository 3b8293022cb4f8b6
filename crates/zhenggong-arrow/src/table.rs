//! A record batch whose columns are known and of types that can be read.

use std::collections::BTreeSet;

use arrow_array::{Array, ArrayRef, RecordBatch};
use zhenggong::{
    Error, ErrorCode, Result,
    calendar::Month,
    number::Money,
    person::{FactText, Label, PersonMonth, stated_column},
    vocabulary::{PayItem, PersonKind, Vocabulary},
};

use crate::{column::Column, facts::FactArrays, ids, names, text::Texts};

/// A record batch whose columns are known and of types that can be read.
#[derive(Debug)]
pub struct Table<'a> {
    pub(crate) rows: usize,
    pub(crate) kind: &'a ArrayRef,
    pub(crate) month: Option<&'a ArrayRef>,
    pub(crate) person: Option<&'a ArrayRef>,
    pub(crate) unit: Option<&'a ArrayRef>,
    pub(crate) facts: FactArrays<'a>,
    pub(crate) stated: Vec<(PayItem, &'a ArrayRef)>,
}

impl<'a> Table<'a> {
    /// Looks at the columns of a record batch.
    ///
    /// # Errors
    ///
    /// `UnknownField`, `DuplicateColumn`, `MissingColumn`, `ColumnType` or `FloatRefused`, naming the
    /// column.
    pub(crate) fn new(batch: &'a RecordBatch, month_is_given: bool) -> Result<Self> {
        let (mut kind, mut month, mut person, mut unit) = (None, None, None, None);
        let (mut facts, mut stated) = (FactArrays::default(), Vec::new());
        let mut seen = BTreeSet::new();
        for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            let (name, found) = (names::key(field.name()), array.data_type());
            if !seen.insert(name) {
                return Err(Error::new(ErrorCode::DuplicateColumn).arg("column", name).field(name));
            }
            match name {
                "kind" => {
                    Column::<PersonKind>::check(name, found, PersonKind::form())?;
                    kind = Some(array);
                }
                "month" => {
                    Column::<Month>::check(name, found, Month::form())?;
                    month = Some(array);
                }
                "person" => {
                    Column::<Label>::check(name, found, Label::form())?;
                    person = Some(array);
                }
                "unit" => {
                    Column::<Label>::check(name, found, Label::form())?;
                    unit = Some(array);
                }
                _ => {
                    if facts.take(name, array)? {
                        continue;
                    }
                    let Some(item) = stated_item(name) else { return Err(unknown(name)) };
                    Column::<Money>::check(name, found, Money::form())?;
                    stated.push((item, array));
                }
            }
        }
        let Some(kind) = kind else { return Err(no_column("kind")) };
        if month.is_none() && !month_is_given {
            return Err(no_column("month"));
        }
        Ok(Self { rows: batch.num_rows(), kind, month, person, unit, facts, stated })
    }

    /// Returns how many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the id of the person of a row, where the row has one that can be shown.
    pub(crate) fn person(&self, row: usize) -> Option<&'a str> {
        let text = Texts::of(self.person?)?.get(row)?;
        ids::is_id(text).then_some(text)
    }
}

/// The item whose stated amount stands in a column.
fn stated_item(name: &str) -> Option<PayItem> {
    PayItem::ALL.iter().copied().find(|item| stated_column(*item).0 == name)
}

#[cold]
fn unknown(name: &str) -> Error {
    let facts = PersonMonth::FACTS.iter().map(|fact| fact.term.code);
    let known: Vec<_> = names::OWN.iter().map(|own| own.code).chain(facts).collect();
    let name = zhenggong::error::shown(name);
    Error::new(ErrorCode::UnknownField)
        .arg("name", &name)
        .arg("known", format!("{}, stated_...", known.join(", ")))
        .field(name)
}

#[cold]
pub(crate) fn no_column(name: &str) -> Error {
    Error::new(ErrorCode::MissingColumn).arg("column", name).field(name)
}
