//! The rows of a table as records, and records as a table.

use std::{collections::HashMap, sync::Arc};

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use serde_json::Value as Json;
use zhenggong::{
    Error, ErrorCode, Result,
    calendar::Month,
    person::{Fact, Label, PersonMonth, stated_column},
    vocabulary::{PayItem, Vocabulary},
};

use crate::{
    cell::absent,
    chunk::{RowErrors, month_of_row},
    facts::Columns,
    output::internal,
    table::Table,
    text::Texts,
};

/// The people of a table: those whose facts could be read, and the errors of the others.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// The records with their rows, from 1.
    pub people: Vec<(u64, PersonMonth)>,
    /// The first error of each other row; it names the row and, where it can be read, the person.
    pub errors: Vec<Error>,
}

/// Returns the rows of record batches as records, by the rules of a roster: `person` and `unit` must be
/// there, everybody occurs once, and a row is of the month that is given.
///
/// # Errors
///
/// The errors of [`Batch::table`](crate::Batch::table), and `MissingColumn`; the error that a batch
/// comes with.
///
/// # Examples
///
/// ```
/// # use std::sync::Arc;
/// # use arrow_array::{ArrayRef, RecordBatch, StringArray};
/// # let text = |t: &str| Arc::new(StringArray::from(vec![t.to_owned()])) as ArrayRef;
/// use zhenggong::calendar::Month;
/// let table = RecordBatch::try_from_iter([
///     ("人员编号", text("P1")), ("单位", text("城东派出所")), ("人员类别", text("民警")), ("警衔", text("大校")),
/// ])?;
/// let read = zhenggong_arrow::people([Ok(table)], Month::new(2025, 3)?)?;
/// assert!(read.people.is_empty());
/// assert_eq!((read.errors[0].row_number(), read.errors[0].person_id()), (Some(1), Some("P1")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn people(
    batches: impl IntoIterator<Item = Result<RecordBatch>>,
    month: Month,
) -> Result<People> {
    let mut reader = Reader { month, before: 0, seen: HashMap::new(), read: People::default() };
    for batch in batches {
        reader.batch(&batch?)?;
    }
    Ok(reader.read)
}

/// Returns records as a table of text columns: those of a roster that must be there, and each fact and stated
/// amount that somebody has. Text is the one form in which a fact can be "not applicable".
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn table_of<'p>(
    people: impl IntoIterator<Item = &'p PersonMonth>,
    month: Month,
) -> Result<RecordBatch> {
    table_of_lines(people.into_iter().map(Line::Person), month)
}

/// A line of a roster.
#[derive(Debug, Clone, Copy)]
pub enum Line<'p> {
    /// The facts of a person.
    Person(&'p PersonMonth),
    /// A line that could not be read, and the id of its person, where that could be.
    Unread(Option<&'p str>),
}

/// Returns the lines of a roster as a table like [`table_of`]; one that could not be read has no more than
/// the id. Its error is given to [`Batch::run_noted`](crate::Batch::run_noted).
///
/// # Errors
///
/// `Internal` where the table can't be made.
pub fn table_of_lines<'p>(
    lines: impl IntoIterator<Item = Line<'p>>,
    month: Month,
) -> Result<RecordBatch> {
    let lines: Vec<_> = lines.into_iter().collect();
    let month = month.to_string();
    let column = |cell: &dyn Fn(&'p PersonMonth) -> &'p str| {
        texts(lines.iter().map(|line| match line {
            Line::Person(person) => Some(cell(person)),
            Line::Unread(_) => None,
        }))
    };
    let ids = lines.iter().map(|line| match line {
        Line::Person(person) => Some(person.person.as_str()),
        Line::Unread(id) => *id,
    });
    let mut columns: Vec<(String, ArrayRef)> = vec![
        ("person".into(), texts(ids)),
        ("unit".into(), column(&|p| p.unit.as_str())),
        ("kind".into(), column(&|p| p.kind.code())),
        ("month".into(), texts(lines.iter().map(|_| Some(month.as_str())))),
    ];
    let records: Vec<_> = lines
        .iter()
        .map(|line| match line {
            Line::Person(person) => serde_json::to_value(person),
            Line::Unread(_) => Ok(Json::Object(serde_json::Map::new())),
        })
        .collect::<Result<_, _>>()
        .map_err(|e| internal(&e))?;
    let mut put = |name: &str, cell: &dyn Fn(&Json) -> Option<String>| {
        let cells: Vec<_> = records.iter().map(cell).collect();
        if cells.iter().any(Option::is_some) {
            columns.push((name.to_owned(), texts(cells.iter().map(Option::as_deref))));
        }
    };
    for fact in PersonMonth::FACTS {
        put(fact.term.code, &|record| record.get(fact.term.code).map(cell));
    }
    for item in PayItem::ALL {
        put(&stated_column(*item).0, &|record| record.get("stated")?.get(item.code()).map(cell));
    }
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, column)| (name, column, true)),
    );
    batch.map_err(|e| internal(&e))
}

/// Returns a fact of a record's JSON as a roster writes it.
fn cell(fact: &Json) -> String {
    match fact {
        Json::Null => "无".to_owned(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn texts<'t>(cells: impl Iterator<Item = Option<&'t str>>) -> ArrayRef {
    Arc::new(cells.collect::<StringArray>())
}

struct Reader {
    month: Month,
    before: u64,
    /// The row where each id first stands.
    seen: HashMap<Label, u64>,
    read: People,
}

impl Reader {
    fn batch(&mut self, batch: &RecordBatch) -> Result<()> {
        let table = Table::new(batch, true)?;
        let (Some(ids), Some(units)) = (table.person, table.unit) else {
            let name = if table.person.is_none() { "person" } else { "unit" };
            return Err(Error::new(ErrorCode::MissingColumn).arg("column", name).field(name));
        };
        let (mut columns, mut bad) = (Columns::new(), RowErrors::default());
        let rows = 0..table.rows;
        columns.open(&table, table.rows);
        columns.fill(&table, rows.clone(), &mut bad);
        columns.month.fill(table.month, rows.clone(), &mut bad);
        for at in rows {
            let row = self.before + u64::try_from(at).unwrap_or_default() + 1;
            let id = self.id(ids, at, row);
            if bad.has(at) {
                continue;
            }
            let made = id.and_then(|id| {
                month_of_row(Some(self.month), columns.month.at(at))?;
                let Fact::Known(kind) = columns.kind.at(at) else { return Err(absent("kind")) };
                let mut person = PersonMonth::new(id, label(units, "unit", at)?, *kind);
                columns.facts.tell(at, &mut person);
                columns.stated.tell(at, &mut person);
                Ok(person)
            });
            match made {
                Ok(person) => self.read.people.push((row, person)),
                Err(error) => bad.add(at, error),
            }
        }
        for (at, error) in bad.into_rows() {
            let row = self.before + u64::try_from(at).unwrap_or_default() + 1;
            let error = error.row(row).month(self.month);
            let person = table.person(at);
            self.read.errors.push(match person {
                Some(person) => error.person(person),
                None => error,
            });
        }
        self.before += u64::try_from(table.rows).unwrap_or_default();
        Ok(())
    }

    /// Returns the id of a row, and notes it.
    fn id(&mut self, ids: &ArrayRef, at: usize, row: u64) -> Result<Label> {
        let id = label(ids, "person", at)?;
        let first = *self.seen.entry(id.clone()).or_insert(row);
        if first == row {
            return Ok(id);
        }
        Err(Error::new(ErrorCode::DuplicatePerson).arg("first", first).field("person"))
    }
}

/// Returns the label of a row, which must be there.
fn label(column: &ArrayRef, name: &'static str, at: usize) -> Result<Label> {
    match Texts::of(column).and_then(|texts| texts.get(at)) {
        None => Err(absent(name)),
        Some(text) => Label::id(name, text).map_err(|error| error.field(name)),
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::{Date32Array, Decimal128Array, UInt32Array};

    use super::*;

    fn texts(cells: &[Option<&str>]) -> ArrayRef {
        super::texts(cells.iter().copied())
    }

    #[test]
    fn facts_of_every_form_arrive_and_each_fault_names_its_row() {
        let money = Decimal128Array::from(vec![Some(1_050), None, Some(0), Some(-1), Some(5)]);
        let batch = RecordBatch::try_from_iter([
            ("person", texts(&[Some("P1"), Some("P1"), None, Some("P4"), Some("P5")])),
            ("unit", texts(&[Some("u"); 5])),
            ("人员类别", texts(&[Some("民警"); 5])),
            ("month", texts(&[Some("2025-03"), None, None, None, Some("2025-02")])),
            ("rank", texts(&[Some("无"), None, None, None, None])),
            ("rank_since", Arc::new(Date32Array::from(vec![Some(1), None, None, None, None])) as _),
            ("tax_months", Arc::new(UInt32Array::from(vec![Some(3); 5])) as _),
            ("stated_post_pay", Arc::new(money.with_precision_and_scale(18, 2).unwrap()) as _),
        ])
        .unwrap();
        let month = Month::new(2025, 3).unwrap();
        let read = people([Ok(batch.clone()), Ok(batch.slice(4, 1))], month).unwrap();
        let [(1, person)] = read.people.as_slice() else { panic!("{:?}", read.people) };
        assert_eq!(person.person.as_str(), "P1");
        assert_eq!(person.rank, Fact::NotApplicable);
        assert_eq!(person.rank_since.known().unwrap().to_string(), "1970-01-02");
        assert_eq!(person.tax_months, Fact::Known(3));
        assert_eq!(person.stated[&PayItem::PostPay].to_string(), "10.50");
        assert_eq!(person.previous_rank, Fact::Missing);
        let errors: Vec<_> = read
            .errors
            .iter()
            .map(|e| (e.row_number().unwrap(), e.code(), e.person_id().unwrap_or("")))
            .collect();
        assert_eq!(
            errors,
            [
                (2, ErrorCode::DuplicatePerson, "P1"),
                (3, ErrorCode::MissingFact, ""),
                (4, ErrorCode::NegativeNotAllowed, "P4"),
                (5, ErrorCode::WrongMonth, "P5"),
                (6, ErrorCode::DuplicatePerson, "P5"),
            ]
        );
        let people_of =
            |read: &People| read.people.iter().map(|(_, p)| p.clone()).collect::<Vec<_>>();
        let again = table_of(&people_of(&read), month).unwrap();
        assert_eq!(people_of(&super::people([Ok(again)], month).unwrap()), people_of(&read));
        let without = batch.project(&[0, 2]).unwrap();
        let error = people([Ok(without)], month).unwrap_err();
        assert_eq!(error.code(), ErrorCode::MissingColumn);
    }
}
