//! The rows of tables as subjects and events.

use arrow_array::RecordBatch;
use zhenggong::{
    Error, ErrorCode, Result,
    assessment::{Event, Points, Subject, SubjectKind},
    calendar::parse_date,
    person::Label,
    vocabulary::Vocabulary,
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
    sound(subject_rows(batches)?, |subject| (subject.problem(), &subject.id))
}

/// Returns the rows of record batches as subjects; one that can't be read has a
/// [`problem`](Subject::problem), for an assessment that reports its errors.
///
/// # Errors
///
/// Those of [`subjects`] that concern a column or a whole batch.
pub fn subject_rows(
    batches: impl IntoIterator<Item = Result<RecordBatch>>,
) -> Result<Vec<Subject>> {
    rows(batches, "subjects", SUBJECTS, subject, |cells, row, error| {
        Subject::unread(cells.label("id", row), cells.label("unit", row), error)
    })
}

fn subject(cells: &Cells<'_>, row: usize) -> Result<Subject> {
    let id = cells.must("id", row, Label::new)?;
    let mut subject = Subject::new(id, cells.must("kind", row, kind)?);
    subject.unit = cells.get("unit", row, Label::new)?;
    subject.role = cells.get("role", row, owned)?;
    subject.staff = cells.get("staff", row, |text| number(text, u32::MAX.into()))?;
    subject.identities = cells.get("identities", row, list)?.unwrap_or_default();
    subject.sequence = cells.get("sequence", row, Label::new)?;
    subject.from = cells.get("from", row, parse_date)?;
    subject.to = cells.get("to", row, parse_date)?;
    Ok(subject)
}

/// Returns the rows of record batches as events; [`EVENTS`] lists the columns.
///
/// # Errors
///
/// Those of [`subjects`].
pub fn events(batches: impl IntoIterator<Item = Result<RecordBatch>>) -> Result<Vec<Event>> {
    sound(event_rows(batches)?, |event| (event.problem(), &event.subject))
}

/// Returns the rows of record batches as events; one that can't be read has a
/// [`problem`](Event::problem), for an assessment that reports its errors.
///
/// # Errors
///
/// Those of [`subjects`] that concern a column or a whole batch.
pub fn event_rows(batches: impl IntoIterator<Item = Result<RecordBatch>>) -> Result<Vec<Event>> {
    rows(batches, "events", EVENTS, event, |cells, row, error| {
        let mut event = Event::unread(cells.label("id", row), cells.label("subject", row), error);
        event.replaces = cells.label("replaces", row);
        event
    })
}

fn event(cells: &Cells<'_>, row: usize) -> Result<Event> {
    let subject = cells.must("subject", row, Label::new)?;
    let id = cells.must("id", row, Label::new)?;
    let day = cells.must("date", row, parse_date)?;
    let mut event = Event::new(id, subject, day, cells.must("rule", row, owned)?);
    if let Some(count) = cells.get("count", row, |text| number(text, i64::MAX))? {
        event.count = count;
    }
    event.value = cells.get("value", row, Points::parse)?;
    event.points = cells.get("points", row, Points::parse)?;
    event.rater = cells.get("rater", row, Label::new)?;
    event.rater_kind = cells.get("rater_kind", row, owned)?;
    event.flags = cells.get("flags", row, list)?.unwrap_or_default();
    event.matter = cells.get("matter", row, Label::new)?;
    event.reported = cells.get("reported", row, parse_date)?;
    event.withdrawn = cells.get("withdrawn", row, parse_date)?;
    event.replaces = cells.get("replaces", row, Label::new)?;
    Ok(event)
}

/// Reads rows one by one; an error names the row, from 1 through all batches, and has the name of the
/// table among its values, since both tables have columns of one name.
fn rows<T>(
    batches: impl IntoIterator<Item = Result<RecordBatch>>,
    table: &'static str,
    columns: &'static [InputColumn],
    read: impl Fn(&Cells<'_>, usize) -> Result<T>,
    unread: impl Fn(&Cells<'_>, usize, Error) -> T,
) -> Result<Vec<T>> {
    let mut out = Vec::new();
    for batch in batches {
        let batch = batch?;
        let cells = Cells::of(&batch, columns).map_err(|error| error.arg("table", table))?;
        for at in 0..batch.num_rows() {
            let row = u64::try_from(out.len()).unwrap_or_default() + 1;
            out.push(
                read(&cells, at)
                    .unwrap_or_else(|error| unread(&cells, at, error.row(row).arg("table", table))),
            );
        }
    }
    Ok(out)
}

/// Returns the rows, or the error of the first that could not be read, with whom it concerns.
fn sound<T>(rows: Vec<T>, problem: impl Fn(&T) -> (Option<&Error>, &Label)) -> Result<Vec<T>> {
    for row in &rows {
        if let (Some(error), id) = problem(row) {
            let named = !id.as_str().is_empty();
            let error = error.clone();
            return Err(if named { error.person(id.as_str()) } else { error });
        }
    }
    Ok(rows)
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

fn number<N: std::str::FromStr>(text: &str, most: i64) -> Result<N> {
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
