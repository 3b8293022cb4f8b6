//! Assessments of subjects and events that come as tables or lists.

use std::sync::Arc;

use arrow_array::RecordBatch;
use guarded::guarded;
use pyo3::{
    prelude::*,
    types::{PyDict, PyIterator, PyMapping, PyString},
};
use serde_json::{Map, Value as Json};
use zhenggong::{
    Error, ErrorCode,
    assessment::{AssessmentMonth, Event, Inquiry, OnError as Reported, Subject},
    engine::Engine,
    error::shown,
};
use zhenggong_arrow::OnError;
use zhenggong_arrow::assessment::{self, Assessed, EVENTS, InputColumn, Rows, SUBJECTS};

use crate::{
    assessment_table::AssessmentTable,
    columns,
    error::{Failure, Result},
    evaluation::Evaluation,
    frame, html, input, output, scalars,
    sheet::{Kept, Sheet},
    source::{self, Batches, Source},
};

/// The scores of a period, as tables and one by one (考核结果).
///
/// Attributes:
///     period: The period, such as ``"2025-03"`` or ``"2025-Q1"``.
///     value: The answer of ``assessment.score`` with trail and ranking, as ``evaluate`` gives it.
///     scores: One row a subject: scheme, sheets, total, grade, coefficient, rank,
///         what is open, days on the list.
///     sheets: One row a sheet; of a period that was split, part by part.
///     trail: One row a line: sheet, item, rule, event, date, points, clause, what the points come
///         from and their reckoning in words.
///     ranking: The ranking lists, one for each kind, scheme and sequence.
///     errors: One row an error: who is not scored, the event, the field, the code, the message
///         and, where it is one of what the scores were compared with, the side; only with
///         ``on_error="report"`` can there be some.
///     difference: One row a subject for whom anything differs; None where nothing was compared.
///     coefficients: The coefficients of the month's bonus by subject, where a scheme gives one.
///
/// Example:
///     >>> from zhenggong import Engine, Pack
///     >>> engine = Engine([Pack.example("teaching-example")])
///     >>> late = {"id": "E1", "subject": "A1", "date": "2025-03-10", "rule": "late"}
///     >>> people = [{"id": "A1", "kind": "auxiliary"}]
///     >>> scored = engine.assess(people, [late], month="2025-03")
///     >>> events = scored.trail.to_dict()["event"]
///     >>> scored.coefficients, [event for event in events if event]
///     ({'A1': Decimal('1')}, ['E1'])
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Assessment {
    question: Question,
    answer: Assessed,
}

/// What was asked; an explanation is made when it is asked for.
struct Question {
    engine: Arc<Engine>,
    subjects: Vec<Subject>,
    events: Vec<Event>,
    inquiry: Inquiry,
}

/// The arguments as Python gives them.
pub(crate) struct Asked<'a, 'py> {
    pub(crate) subjects: &'a Bound<'py, PyAny>,
    pub(crate) events: Option<&'a Bound<'py, PyAny>>,
    pub(crate) month: &'a Bound<'py, PyAny>,
    pub(crate) language: &'a str,
    pub(crate) more: [(&'static str, Option<&'a Bound<'py, PyAny>>); 11],
}

impl Assessment {
    /// Scores subjects.
    pub(crate) fn compute(
        py: Python<'_>,
        engine: &Arc<Engine>,
        asked: &Asked<'_, '_>,
    ) -> Result<Self> {
        let language = output::language(asked.language)?;
        let inquiry = asked.inquiry()?;
        // Where errors are reported, a row that can't be read is one of them.
        let report = inquiry.on_error == Reported::Report;
        let subjects = match sheet(asked.subjects, report)? {
            Some(Kept::Subjects(read)) => read,
            _ => rows(asked.subjects, &SUBJECT_ROWS, report)?,
        };
        let of_file = asked.events.map(|events| sheet(events, report)).transpose()?.flatten();
        let events = match (asked.events, of_file) {
            (None, _) => Vec::new(),
            (_, Some(Kept::Events(read))) => read,
            (Some(events), _) => rows(events, &EVENT_ROWS, report)?,
        };
        let question = Question { engine: Arc::clone(engine), subjects, events, inquiry };
        let answer = py.detach(|| {
            let Question { engine, subjects, events, inquiry } = &question;
            Assessed::of(engine, subjects, events, inquiry, language)
        })?;
        Ok(Self { question, answer })
    }

    /// Returns the coefficients for the month run.
    fn of_month(&self) -> Result<AssessmentMonth> {
        let Question { engine, subjects, events, inquiry } = &self.question;
        Ok(inquiry.ask(engine, subjects, events, |scored, _| AssessmentMonth::of(scored))?)
    }

    fn scored(&self) -> &[Json] {
        self.answer.value.get("scores").and_then(Json::as_array).map_or(&[], Vec::as_slice)
    }

    fn period(&self) -> &str {
        self.answer.value.get("period").and_then(Json::as_str).unwrap_or_default()
    }
}

/// Returns the coefficients that an assessment gives, or the answer of `assessment.score` or its value.
pub(crate) fn of_month(answer: &Bound<'_, PyAny>) -> Result<AssessmentMonth> {
    if let Ok(answer) = answer.cast::<Evaluation>() {
        let read = AssessmentMonth::from_answer(answer.get().inner.value());
        return Ok(read.map_err(|error| error.field("assessment"))?);
    }
    match answer.cast::<Assessment>() {
        Ok(answer) => answer.get().of_month(),
        Err(_) => Ok(AssessmentMonth::from_answer(&input::json(answer, "assessment", 0)?)?),
    }
}

/// Returns the rows of a file, where it is one.
fn sheet(object: &Bound<'_, PyAny>, report: bool) -> Result<Option<Kept>> {
    object.cast::<Sheet>().ok().map(|sheet| sheet.get().whole(report).cloned()).transpose()
}

fn text<'j>(score: &'j Json, key: &str) -> Option<&'j str> {
    score.get(key).and_then(Json::as_str)
}

fn table(batch: &RecordBatch) -> AssessmentTable {
    AssessmentTable { batch: batch.clone() }
}

impl Asked<'_, '_> {
    fn inquiry(&self) -> Result<Inquiry> {
        let mut map = Map::new();
        map.insert("month".into(), scalars::month(self.month)?.to_string().into());
        for (key, value) in self.more {
            let Some(value) = value else { continue };
            let made = match value.cast::<Assessment>() {
                // What was published may be the assessment itself.
                Ok(before) if key == "published" => before.get().scored().to_vec().into(),
                _ => input::json(value, key, 0)?,
            };
            map.insert(key.into(), made);
        }
        Ok(Inquiry::from_value(&map.into())?)
    }
}

type OfTable<T> = fn(Batches<'_>) -> zhenggong::Result<Vec<T>>;
type OfList<T> = fn(&Json) -> zhenggong::Result<Vec<T>>;

/// How the rows of a table or a list are read: all of them or none, or each with its error.
struct Readers<T> {
    name: &'static str,
    known: &'static [InputColumn],
    of_table: [OfTable<T>; 2],
    of_list: [OfList<T>; 2],
    /// The keys that say whom a row concerns that can't be read, and how it is kept.
    keys: &'static [&'static str],
    unread: fn(&Json, Error) -> T,
}

static SUBJECT_ROWS: Readers<Subject> = Readers {
    name: "subjects",
    known: SUBJECTS,
    of_table: [
        |batches| assessment::subjects(batches),
        |batches| Ok(Rows::<Subject>::read(batches, |row| row)?.rows),
    ],
    of_list: [Subject::list, Subject::rows],
    keys: &["id", "unit"],
    unread: Subject::unread_row,
};

static EVENT_ROWS: Readers<Event> = Readers {
    name: "events",
    known: EVENTS,
    of_table: [
        |batches| assessment::events(batches),
        |batches| Ok(Rows::<Event>::read(batches, |row| row)?.rows),
    ],
    of_list: [Event::list, Event::rows],
    keys: &["id", "subject", "replaces"],
    unread: Event::unread_row,
};

impl<T> Readers<T> {
    fn table(&self, source: Source, report: bool) -> Result<Vec<T>> {
        source.read(self.of_table[usize::from(report)])
    }

    /// Reads an iterable of mappings.
    fn list(&self, items: Bound<'_, PyIterator>, report: bool) -> Result<Vec<T>> {
        let (mut list, mut refused) = (Vec::new(), Vec::new());
        for (at, item) in items.enumerate() {
            let item = item?;
            match input::json(&item, &format!("{}[{at}]", self.name), 1) {
                Err(Failure::Core(error)) => {
                    let row = self.what_can_be_read(&item);
                    if !report {
                        return Err(self.named(error, &row).into());
                    }
                    refused.push((at, row.clone(), error));
                    list.push(row);
                }
                row => list.push(self.by_key(row?)),
            }
        }
        let mut rows = self.of_list[usize::from(report)](&list.into())?;
        for (at, row, error) in refused {
            if let Some(slot) = rows.get_mut(at) {
                *slot = (self.unread)(&row, error);
            }
        }
        Ok(rows)
    }

    /// Returns a row with its keys in the place of Chinese names, as in tables; one that has both stays as it is.
    fn by_key(&self, row: Json) -> Json {
        let Json::Object(map) = row else { return row };
        let key = |name: &str| assessment::input_column(self.known, name).map(|column| column.key);
        let free = |key: &str| !map.contains_key(key);
        let renamed = |name: &String| match key(name) {
            Some(key) if free(key) => key.to_owned(),
            _ => name.clone(),
        };
        let keys: Vec<String> = map.keys().map(renamed).collect();
        keys.into_iter()
            .zip(map)
            .map(|(key, (_, value))| (key, value))
            .collect::<Map<_, _>>()
            .into()
    }

    /// Returns the error of a row with the ids that it has.
    fn named(&self, error: Error, row: &Json) -> Error {
        let text = |key: &str| row.get(key).and_then(Json::as_str).filter(|id| !id.is_empty());
        let (event, person) = match self.name {
            "events" => (text("id"), text("subject")),
            _ => (None, text("id")),
        };
        let error = match event {
            Some(event) => error.event(event),
            None => error,
        };
        match person {
            Some(person) => error.person(person),
            None => error,
        }
    }

    fn what_can_be_read(&self, item: &Bound<'_, PyAny>) -> Json {
        let cell = |key: &&str| {
            let value = item.get_item(*key).ok()?;
            Some(((*key).to_owned(), input::json(&value, key, 1).ok()?))
        };
        self.keys.iter().filter_map(cell).collect::<Map<_, _>>().into()
    }
}

/// Returns the records of a table, a dict of columns, or an iterable of mappings.
fn rows<T>(object: &Bound<'_, PyAny>, readers: &Readers<T>, report: bool) -> Result<Vec<T>> {
    if object.hasattr("__arrow_c_stream__")? || object.hasattr("__arrow_c_array__")? {
        return readers.table(Source::table(object, OnError::Stop)?, report);
    }
    if let Ok(mapping) = object.cast::<PyMapping>() {
        let batch = columns::record_batch_of(mapping, readers.known)?;
        return readers.table(Source::One(Some(batch)), report);
    }
    let not_rows = || source::not_rows(object, readers.name);
    if object.is_instance_of::<PyString>() {
        return Err(not_rows());
    }
    let Ok(items) = object.try_iter() else { return Err(not_rows()) };
    readers.list(items, report)
}

#[cold]
fn not_scored(id: &str, subjects: &[Subject]) -> Error {
    let known: Vec<&str> = subjects.iter().take(10).map(|s| s.id.as_str()).collect();
    let (more, more_en) = if subjects.len() > known.len() { ("、…", ", ...") } else { ("", "") };
    Error::new(ErrorCode::UnknownTerm)
        .arg_both("kind", "考核对象 / subject")
        .arg("value", shown(id))
        .arg_in(
            "known",
            format!("{}{more}", known.join("、")),
            format!("{}{more_en}", known.join(", ")),
        )
        .field("subject")
}

#[guarded]
#[pymethods]
impl Assessment {
    #[getter(period)]
    fn period_text(&self) -> &str {
        self.period()
    }

    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, &self.answer.value)
    }

    #[getter]
    fn scores(&self) -> AssessmentTable {
        table(&self.answer.scores)
    }

    #[getter]
    fn sheets(&self) -> AssessmentTable {
        table(&self.answer.sheets)
    }

    #[getter]
    fn trail(&self) -> AssessmentTable {
        table(&self.answer.trail)
    }

    #[getter]
    fn ranking(&self) -> AssessmentTable {
        table(&self.answer.ranking)
    }

    #[getter]
    fn errors(&self) -> AssessmentTable {
        table(&self.answer.errors)
    }

    #[getter]
    fn difference(&self) -> Option<AssessmentTable> {
        self.answer.difference.as_ref().map(table)
    }

    #[getter]
    fn coefficients<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let decimal = py.import("decimal")?.getattr("Decimal")?;
        let out = PyDict::new(py);
        for score in self.scored() {
            if let (Some(id), Some(text)) = (text(score, "subject"), text(score, "coefficient")) {
                out.set_item(id, decimal.call1((text,))?)?;
            }
        }
        Ok(out)
    }

    /// Return one subject's sheets as text: every event with its date, clause and points.
    ///
    /// Args:
    ///     subject: Id of the subject; without it the ranking lists come back.
    ///     language: ``"zh"`` or ``"en"``.
    ///
    /// Raises:
    ///     InputError: the subject was not scored.
    #[pyo3(signature = (subject = None, language = "zh"))]
    fn explain(&self, py: Python<'_>, subject: Option<&str>, language: &str) -> Result<String> {
        let language = output::language(language)?;
        let Question { engine, subjects, events, inquiry } = &self.question;
        Ok(py.detach(|| {
            inquiry.ask(engine, subjects, events, |scored, _| match subject {
                None => Ok(scored.ranking_text(language)),
                Some(id) => match scored.of(id) {
                    Some(score) => Ok(scored.score_text(score, language)),
                    None => Err(not_scored(id, subjects)),
                },
            })
        })?)
    }

    /// Return the value as JSON text, the same bytes as in Rust and C.
    fn value_json(&self) -> String {
        output::json_text(&self.answer.value)
    }

    fn __len__(&self) -> usize {
        self.scored().len()
    }

    // An assessment of nobody is still an assessment.
    fn __bool__(&self) -> bool {
        true
    }

    fn __repr__(&self) -> String {
        format!("<Assessment {} {} subjects>", self.period(), self.scored().len())
    }

    fn _repr_html_(&self) -> Result<String> {
        let scores = &self.answer.scores;
        let table = frame::html(&scores.schema(), std::slice::from_ref(scores))?;
        let head = format!("考核 {}：{} 个对象", self.period(), self.scored().len());
        Ok(format!("<div><strong>{}</strong>{table}</div>", html::escape(&head)))
    }
}
