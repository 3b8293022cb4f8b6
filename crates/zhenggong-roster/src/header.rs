//! The header: which column holds which fact.

use std::collections::HashMap;

use zhenggong::{
    Error, ErrorCode,
    error::shown,
    person::{Label, PersonMonth, stated_column},
    vocabulary::{PayItem, Term, Vocabulary},
};

use crate::split::Cell;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Column {
    Person,
    Unit,
    Kind,
    Month,
    /// A fact, by its key.
    Fact(&'static str),
    /// The amount that the office states for an item.
    Stated(PayItem),
    /// Nothing, because the header has a fault there.
    Ignored,
}

const REQUIRED: [(Column, Term); 4] = [
    (Column::Person, Term::new("person", "人员编号", "person")),
    (Column::Unit, Term::new("unit", "单位", "unit")),
    (Column::Kind, Term::new("kind", "人员类别", "kind of person")),
    (Column::Month, Term::new("month", "月份", "month")),
];

/// Returns the English key and the Chinese name of every column that a roster may have, the four
/// required ones first.
///
/// # Examples
///
/// ```
/// let columns = zhenggong_roster::columns();
/// assert_eq!(columns[0], ("person".to_owned(), "人员编号".to_owned()));
/// assert!(columns.contains(&("stated_post_pay".to_owned(), "核定职务工资".to_owned())));
/// ```
#[must_use]
pub fn columns() -> Vec<(String, String)> {
    every_column().map(|(_, key, zh)| (key, zh)).collect()
}

fn every_column() -> impl Iterator<Item = (Column, String, String)> {
    let of = |column, term: &Term| (column, term.code.to_owned(), term.zh.to_owned());
    let required = REQUIRED.iter().map(move |(column, term)| of(*column, term));
    let facts =
        PersonMonth::FACTS.iter().map(move |fact| of(Column::Fact(fact.term.code), &fact.term));
    let stated = PayItem::ALL.iter().map(|item| {
        let (key, zh) = stated_column(*item);
        (Column::Stated(*item), key, zh)
    });
    required.chain(facts).chain(stated)
}

/// The columns of a roster, in the order of the file.
#[derive(Debug)]
pub(crate) struct Header {
    /// What each column holds, and its name as the file writes it.
    pub(crate) columns: Vec<(Column, String)>,
    /// Whether the header has no fault.
    pub(crate) is_clean: bool,
    /// Whether a required column is missing.
    pub(crate) lacks_required: bool,
}

impl Header {
    /// Returns the columns, and hands each fault with the index of its cell to `report`; a missing
    /// column has none.
    pub(crate) fn read(cells: &[Cell<'_>], mut report: impl FnMut(Option<usize>, Error)) -> Self {
        let mut by_name = HashMap::new();
        for (column, key, zh) in every_column() {
            by_name.insert(key, column);
            by_name.insert(zh, column);
        }
        let mut is_clean = true;
        let mut columns: Vec<(Column, String)> = Vec::with_capacity(cells.len());
        for (index, cell) in cells.iter().enumerate() {
            let known = column_of(&cell.text, &by_name);
            let column = known.and_then(|column| {
                let twice = columns.iter().any(|(other, _)| *other == column);
                let error = || Error::new(ErrorCode::DuplicateColumn).arg("column", &cell.text);
                if twice { Err(error()) } else { Ok(column) }
            });
            let column = column.unwrap_or_else(|error| {
                is_clean = false;
                report(Some(index), error);
                Column::Ignored
            });
            columns.push((column, shown(&cell.text)));
        }
        let mut lacks_required = false;
        for (required, term) in REQUIRED {
            if !columns.iter().any(|(column, _)| *column == required) {
                lacks_required = true;
                let name = format!("{} ({})", term.zh, term.code);
                report(None, Error::new(ErrorCode::MissingColumn).arg("column", name));
            }
        }
        Self { columns, is_clean: is_clean && !lacks_required, lacks_required }
    }

    /// Returns the index of a column, where the file has it.
    pub(crate) fn index_of(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|(other, _)| *other == column)
    }
}

fn column_of(name: &str, by_name: &HashMap<String, Column>) -> Result<Column, Error> {
    if let Some(column) = by_name.get(name) {
        return Ok(*column);
    }
    if !name.is_empty() {
        // Too long a name, or one with a control character, is not worth a list of columns.
        Label::new(name)?;
    }
    let list = |name: fn(&Term) -> &'static str, between: &str| {
        let required = REQUIRED.iter().map(|(_, term)| name(term));
        let facts = PersonMonth::FACTS.iter().map(|fact| name(&fact.term));
        required.chain(facts).collect::<Vec<_>>().join(between)
    };
    let error = Error::new(ErrorCode::UnknownField).arg("name", shown(name)).arg_in(
        "known",
        format!("{}、核定+工资项目 (stated_…)", list(|term| term.zh, "、")),
        format!("{}, stated_...", list(|term| term.code, ", ")),
    );
    Err(error.field(shown(name)))
}
