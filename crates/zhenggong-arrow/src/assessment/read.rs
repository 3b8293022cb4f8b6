//! The rows of tables as subjects and events.

use arrow_array::RecordBatch;
use zhenggong::{
    Error, ErrorCode, Result,
    assessment::{Event, FitnessEvent, Move, Points, Subject, SubjectKind},
    calendar::parse_date,
    person::Label,
    vocabulary::{Sex, Vocabulary},
};

use super::{
    cells::Cells,
    columns::{EVENTS, InputColumn, SUBJECTS},
};

/// Returns the rows of record batches as subjects; [`SUBJECTS`] lists the columns.
///
/// # Errors
///
/// `UnknownField`, `DuplicateColumn`, `MissingColumn`, `ColumnType` or `FloatRefused`, naming the
/// column; the error of the first row that can't be read, with row and column; the error that a batch
/// comes with.
///
/// # Examples
///
/// ```
/// # use std::sync::Arc;
/// # use arrow_array::{ArrayRef, RecordBatch, StringArray};
/// # let text = |t: &str| Arc::new(StringArray::from(vec![t.to_owned()])) as ArrayRef;
/// let table = RecordBatch::try_from_iter([("编号", text("A1")), ("类别", text("辅警"))])?;
/// let subjects = zhenggong_arrow::assessment::subjects([Ok(table)])?;
/// assert_eq!(subjects[0].id.as_str(), "A1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn subjects(batches: impl IntoIterator<Item = Result<RecordBatch>>) -> Result<Vec<Subject>> {
    Rows::<Subject>::read(batches, |row| row)?.whole()
}

/// Returns the rows of record batches as events; [`EVENTS`] lists the columns.
///
/// # Errors
///
/// Those of [`subjects`].
pub fn events(batches: impl IntoIterator<Item = Result<RecordBatch>>) -> Result<Vec<Event>> {
    Rows::<Event>::read(batches, |row| row)?.whole()
}

/// The rows of a table, with the errors of those that can't be read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rows<T> {
    /// The rows, in their order; one that can't be read has a problem and what is known of it, for an
    /// assessment that reports its errors.
    pub rows: Vec<T>,
    /// One error for each row that can't be read, with row, column and, where it can be read, the subject.
    pub errors: Vec<Error>,
}

impl<T> Rows<T> {
    /// Returns the rows.
    ///
    /// # Errors
    ///
    /// The error of the first row that can't be read.
    pub fn whole(mut self) -> Result<Vec<T>> {
        if self.errors.is_empty() { Ok(self.rows) } else { Err(self.errors.swap_remove(0)) }
    }
}

impl Rows<Subject> {
    /// Returns the rows of record batches as subjects, and everything that is wrong with them. `number` gives
    /// the number by which errors name a row, such as its line in a file, from its place, which is 1 for the
    /// first.
    ///
    /// # Errors
    ///
    /// Those of [`subjects`] that are none of a row's.
    pub fn read(
        batches: impl IntoIterator<Item = Result<RecordBatch>>,
        number: impl Fn(u64) -> u64,
    ) -> Result<Self> {
        rows(batches, ("subjects", SUBJECTS), number, subject, |cells, row, error| {
            let id = cells.label("id", row);
            let named = placed(&error, id.as_ref());
            let unit = cells.get("unit", row, Label::optional_id).map(Option::flatten);
            let moves = cells.get("moves", row, moves).map(Option::unwrap_or_default);
            let mut unread = Subject::unread(id, unit.clone().ok().flatten(), error);
            match (unit, moves) {
                (Ok(_), Ok(moves)) => unread.moves = moves,
                _ => unread = unread.of_unknown_units(),
            }
            (unread, named)
        })
    }
}

impl Rows<Event> {
    /// Returns the rows of record batches as events, and everything that is wrong with them, as
    /// [`Rows::<Subject>::read`](Rows::read).
    ///
    /// # Errors
    ///
    /// Those of [`events`] that are none of a row's.
    pub fn read(
        batches: impl IntoIterator<Item = Result<RecordBatch>>,
        number: impl Fn(u64) -> u64,
    ) -> Result<Self> {
        rows(batches, ("events", EVENTS), number, event, |cells, row, error| {
            let subject = cells.label("subject", row);
            let named = placed(&error, subject.as_ref());
            let mut event = Event::unread(cells.label("id", row), subject, error);
            event.replaces = cells.label("replaces", row);
            (event, named)
        })
    }
}

/// Returns the error with whom it concerns. The row keeps it without: of whom it leaves without a score an
/// assessment says.
fn placed(error: &Error, person: Option<&Label>) -> Error {
    match person {
        Some(person) => error.clone().person(person.as_str()),
        None => error.clone(),
    }
}

fn subject(cells: &Cells<'_>, row: usize) -> Result<Subject> {
    let id = cells.must("id", row, |text| Label::id("id", text))?;
    let mut subject = Subject::new(id, cells.must("kind", row, kind)?);
    subject.unit = cells.get("unit", row, Label::optional_id)?.flatten();
    subject.moves = cells.get("moves", row, moves)?.unwrap_or_default();
    subject.scheme = cells.get("scheme", row, owned)?;
    subject.role = cells.get("role", row, owned)?;
    subject.staff = cells.get("staff", row, |text| number_of(text, u32::MAX.into()))?;
    subject.identities = cells.get("identities", row, list)?.unwrap_or_default();
    subject.sex = cells.get("sex", row, Sex::find)?;
    subject.birth = cells.get("birth", row, parse_date)?;
    subject.training_class = cells.get("training_class", row, owned)?;
    subject.sequence = cells.get("sequence", row, Label::new)?;
    subject.from = cells.get("from", row, parse_date)?;
    subject.to = cells.get("to", row, parse_date)?;
    Ok(subject)
}

fn event(cells: &Cells<'_>, row: usize) -> Result<Event> {
    let subject = cells.must("subject", row, |text| Label::id("subject", text))?;
    let id = cells.must("id", row, |text| Label::id("id", text))?;
    let day = cells.must("date", row, parse_date)?;
    let mut event = Event::new(id, subject, day, cells.must("rule", row, owned)?);
    if let Some(count) = cells.get("count", row, |text| number_of(text, i64::MAX))? {
        event.count = count;
    }
    event.value = cells.get("value", row, Points::parse)?;
    event.points = cells.get("points", row, Points::parse)?;
    event.discipline = cells.get("discipline", row, FitnessEvent::find)?;
    event.result = cells.get("result", row, str::parse)?;
    event.rater = cells.get("rater", row, Label::new)?;
    event.rater_kind = cells.get("rater_kind", row, owned)?;
    event.flags = cells.get("flags", row, list)?.unwrap_or_default();
    event.matter = cells.get("matter", row, Label::new)?;
    event.reported = cells.get("reported", row, parse_date)?;
    event.withdrawn = cells.get("withdrawn", row, parse_date)?;
    event.replaces = cells.get("replaces", row, Label::new)?;
    Ok(event)
}

/// Reads rows one by one; an error names the row, counted through all batches, and has the name of the
/// table among its values, since both tables have columns of one name.
fn rows<T>(
    batches: impl IntoIterator<Item = Result<RecordBatch>>,
    (table, columns): (&'static str, &'static [InputColumn]),
    number: impl Fn(u64) -> u64,
    read: impl Fn(&Cells<'_>, usize) -> Result<T>,
    unread: impl Fn(&Cells<'_>, usize, Error) -> (T, Error),
) -> Result<Rows<T>> {
    let mut found = Rows { rows: Vec::new(), errors: Vec::new() };
    let mut place = 0;
    for batch in batches {
        let batch = batch?;
        let cells = Cells::of(&batch, columns).map_err(|error| error.arg("table", table))?;
        for at in 0..batch.num_rows() {
            place += 1;
            let row = read(&cells, at).unwrap_or_else(|error| {
                let error = error.row(number(place)).arg("table", table);
                let (row, error) = unread(&cells, at, error);
                found.errors.push(error);
                row
            });
            found.rows.push(row);
        }
    }
    Ok(found)
}

fn kind(text: &str) -> Result<SubjectKind> {
    SubjectKind::find(text)
}

#[allow(clippy::unnecessary_wraps, reason = "one of the readers of cells")]
fn owned(text: &str) -> Result<String> {
    Ok(text.to_owned())
}

#[allow(clippy::unnecessary_wraps, reason = "one of the readers of cells")]
fn list(text: &str) -> Result<Vec<String>> {
    let items = text.split([';', '；', '、']).map(str::trim).filter(|item| !item.is_empty());
    Ok(items.map(str::to_owned).collect())
}

/// Reads moves, each a day and the unit from then on: `2025-03-16 城西所`.
fn moves(text: &str) -> Result<Vec<Move>> {
    let step = |item: String| {
        let (day, unit) = item.split_once(char::is_whitespace).ok_or_else(|| {
            let item = zhenggong::error::shown(&item);
            Error::new(ErrorCode::InvalidInput).arg_in(
                "detail",
                format!("调动写作“日期 单位”，不是“{item}”"),
                format!("a move is a day and a unit with a space between, not \"{item}\""),
            )
        })?;
        Ok(Move { from: parse_date(day)?, unit: Label::id("unit", unit.trim())? })
    };
    list(text)?.into_iter().map(step).collect()
}

fn number_of<N: std::str::FromStr>(text: &str, most: i64) -> Result<N> {
    text.parse().map_err(|_| {
        let error = Error::new(ErrorCode::NumberOutOfRange);
        let plain = text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
        match plain && !text.is_empty() {
            true => {
                error.arg("value", zhenggong::error::shown(text)).arg("min", 0).arg("max", most)
            }
            false => {
                Error::new(ErrorCode::InvalidNumber).arg("value", zhenggong::error::shown(text))
            }
        }
    })
}
