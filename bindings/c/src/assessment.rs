//! Assessments of subjects and events that come as streams; scores, sheets and trails as streams.

use std::{ffi::c_char, sync::Arc};

use arrow_array::{RecordBatch, ffi::FFI_ArrowSchema, ffi_stream::FFI_ArrowArrayStream};
use arrow_schema::Schema;
use serde_json::{Map, Value as Json};
use zhenggong::{
    Engine, Error, ErrorCode,
    assessment::{AssessmentMonth, Event, Inquiry, OnError, Subject},
    error::shown,
};
use zhenggong_arrow::assessment::{self, Assessed, EVENTS, Rows, SUBJECTS};

use crate::{
    boundary::{plain, run},
    engine::zg_engine,
    error::{Fault, zg_error},
    handle::{self, Kind, Out},
    payslip, request,
    rows_in::{rows, take},
    status::zg_status,
    stream,
    stream_in::Input,
    stream_out::{Running, export, internal},
    text::{self, Text, zg_string},
};

/// The scores of a period, with what was asked. 考核结果。
pub struct zg_assessment {
    _private: [u8; 0],
}

impl Kind for zg_assessment {
    type Held = Held;
    const MARK: u64 = 0x7a67_4153_5345_5353;
    const NAME: &'static str = "zg_assessment";
}

/// What an assessment handle holds: the answer, and the question for texts that are asked for later.
pub(crate) struct Held {
    engine: Arc<Engine>,
    subjects: Vec<Subject>,
    events: Vec<Event>,
    inquiry: Inquiry,
    answer: Assessed,
}

impl Held {
    /// Returns the coefficients for the month run.
    ///
    /// # Errors
    ///
    /// `ZG_NOT_APPLICABLE` where the assessment is not one of a month.
    pub(crate) fn of_month(&self) -> Result<AssessmentMonth, Fault> {
        let Self { engine, subjects, events, inquiry, .. } = self;
        Ok(inquiry.ask(engine, subjects, events, |scored, _| AssessmentMonth::of(scored))?)
    }

    /// Returns the table of a name.
    fn table(&self, name: &str) -> Result<&RecordBatch, Fault> {
        let Assessed { scores, sheets, trail, ranking, errors, difference, .. } = &self.answer;
        let tables = [
            ("scores", Some(scores)),
            ("sheets", Some(sheets)),
            ("trail", Some(trail)),
            ("ranking", Some(ranking)),
            ("errors", Some(errors)),
            ("difference", difference.as_ref()),
        ];
        let there = tables.iter().filter_map(|(name, table)| Some((*name, (*table)?)));
        match there.clone().find(|(known, _)| *known == name) {
            Some((_, table)) => Ok(table),
            None => Err(unknown(name, &there.map(|(name, _)| name).collect::<Vec<_>>()).into()),
        }
    }
}

#[cold]
fn unknown(value: &str, known: &[&str]) -> Error {
    Error::new(ErrorCode::UnknownTerm)
        .arg_in("kind", "表", "table")
        .arg("value", shown(value))
        .arg_in("known", known.join("、"), known.join(", "))
        .field("name")
}

#[cold]
fn not_scored(id: &str, subjects: &[Subject]) -> Error {
    let known: Vec<&str> = subjects.iter().take(10).map(|s| s.id.as_str()).collect();
    let more = subjects.len() > known.len();
    let list = |mark: &str| match more {
        true => known.join(mark) + mark + "…",
        false => known.join(mark),
    };
    Error::new(ErrorCode::UnknownTerm)
        .arg_in("kind", "考核对象", "subject")
        .arg("value", shown(id))
        .arg_in("known", list("、"), list(", "))
        .field("subject")
}

/// Reads what is asked; the empty text is the empty object.
fn inquiry(text: &str) -> Result<Inquiry, Fault> {
    let json = match text {
        "" => Json::Object(Map::new()),
        text => request::parse(text)?,
    };
    Ok(Inquiry::from_value(&json)?)
}

/// Scores the subjects of a table by the events of another. 按名册和事件表考核。
///
/// Columns are those of zg_assessment_input_schema, by key or Chinese name, in any order and type that
/// can be read; float columns are refused. An error of a row names the row, from 1, the column as its
/// field, and the person. What it was computed with: zg_engine_receipt for the month of the request.
///
/// engine   Borrowed. The result stays valid without it.
/// request  UTF-8 JSON, form "assessment-request/1", request_len bytes; read during the call only:
///          "month", and where wanted "period", "orders", "schemes", "known_on", "on_error" ("raise" where
///          absent, or "report": who can be scored is, the others' errors are a table), "other_periods"
///          (true passes over events of other periods), and one thing to compare with: "published",
///          "published_on", "earlier", or "other_schemes" and "weights".
/// subjects Taken over in every case, as by zg_engine_month_run_stream; read to its end and released.
/// events   NULL where there are none, or taken over in the same way.
/// columns  ZG_COLUMNS_KEYS or ZG_COLUMNS_ZH: the language of the tables that come out, in names and
///          cells.
/// out      On ZG_OK, an assessment owned by the caller (zg_assessment_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_OPTION, ZG_STREAM_RELEASED,
/// ZG_STREAM_FAILED; ZG_FLOAT_REFUSED, ZG_COLUMN_TYPE, ZG_UNKNOWN_FIELD, ZG_MISSING_COLUMN,
/// ZG_DUPLICATE_COLUMN, naming the column; another input error (1xx), a policy error (2xx), a rule's
/// error (3xx), ZG_INTERNAL. Since ABI 1.2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_assess(
    engine: *const zg_engine,
    request: *const c_char,
    request_len: usize,
    subjects: *mut FFI_ArrowArrayStream,
    events: *mut FFI_ArrowArrayStream,
    columns: i32,
    out: *mut *mut zg_assessment,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep. One that came twice is a released one
    // by the second time.
    let (subjects, events) = unsafe { (take(subjects), take(events)) };
    let body = || {
        let subjects = subjects.ok_or_else(|| Fault::null("subjects"))?;
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out, text) = unsafe {
            (
                handle::borrow(engine, "engine")?,
                Out::new(out, "out")?,
                text::read(request, request_len, "request")?,
            )
        };
        let language = stream::language(columns)?;
        let inquiry = inquiry(text)?;
        let subjects = Input::open(subjects, "subjects", 0)?;
        let events = events.map(|events| Input::open(events, "events", 0)).transpose()?;
        // Where errors are reported, a row that can't be read is one of them.
        let report = inquiry.on_error == OnError::Report;
        let subjects = match report {
            true => rows(subjects, |batches| Ok(Rows::<Subject>::read(batches, |row| row)?.rows))?,
            false => rows(subjects, |batches| assessment::subjects(batches))?,
        };
        let events = match (events, report) {
            (None, _) => Vec::new(),
            (Some(events), true) => {
                rows(events, |batches| Ok(Rows::<Event>::read(batches, |row| row)?.rows))?
            }
            (Some(events), false) => rows(events, |batches| assessment::events(batches))?,
        };
        let engine = engine.share();
        let answer = Assessed::of(&engine, &subjects, &events, &inquiry, language)?;
        out.put(handle::give(Held { engine, subjects, events, inquiry, answer }));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns a table of an assessment. 返回考核结果的一张表。
///
/// "scores" has a row for each subject, "sheets" for each sheet, "trail" for each line of a sheet with
/// its event and clause, "ranking" for each place, "errors" for each error where the request says
/// "on_error": "report", "difference" for each subject that differs from what the request compares with;
/// docs/ASSESSMENT.md lists their columns. Points are decimal128(18, 4),
/// coefficients decimal128(18, 9), days date32.
///
/// assessment  Borrowed. The result stays valid without it.
/// name     UTF-8 name of the table, name_len bytes.
/// out      On ZG_OK, a stream of one batch owned by the caller, who calls its release. Otherwise
///          untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NOT_UTF8, ZG_UNKNOWN_TERM, also
/// for "difference" where the request compares nothing; ZG_INTERNAL. Since ABI 1.2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_assessment_table(
    assessment: *const zg_assessment,
    name: *const c_char,
    name_len: usize,
    out: *mut FFI_ArrowArrayStream,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (held, out, name) = unsafe {
            (
                handle::borrow(assessment, "assessment")?,
                Out::new(out, "out")?,
                text::read(name, name_len, "name")?,
            )
        };
        out.put(export(Running::table(held.table(name)?.clone())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns an assessment as JSON: the value of the rule assessment.score with trail and ranking.
/// 返回考核结果的 JSON。
///
/// A request of zg_engine_month_run takes it under the key "assessment", and pays its coefficients.
///
/// assessment  Borrowed.
/// out      On ZG_OK, JSON owned by the caller (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INTERNAL. Since ABI 1.2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_assessment_json(
    assessment: *const zg_assessment,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (held, out) =
            unsafe { (handle::borrow(assessment, "assessment")?, Out::new(out, "out")?) };
        out.put(handle::give(Text::new(held.answer.value.to_string())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns one subject's sheets as text, every event with its date, clause and points; or the ranking
/// lists. 返回一个对象的考核表，或全部排名。
///
/// assessment  Borrowed. What was asked is scored again for the text.
/// subject  UTF-8 id of the subject, subject_len bytes; the empty text stands for the ranking lists.
/// lang     ZG_ZH or ZG_EN.
/// out      On ZG_OK, a text owned by the caller (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NOT_UTF8, ZG_INVALID_OPTION; ZG_UNKNOWN_TERM where
/// the subject was not scored; ZG_INTERNAL. Since ABI 1.2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_assessment_text(
    assessment: *const zg_assessment,
    subject: *const c_char,
    subject_len: usize,
    lang: i32,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (held, out, id) = unsafe {
            (
                handle::borrow(assessment, "assessment")?,
                Out::new(out, "out")?,
                text::read(subject, subject_len, "subject")?,
            )
        };
        let language = payslip::language(lang)?;
        let Held { engine, subjects, events, inquiry, .. } = held;
        let text = inquiry.ask(engine, subjects, events, |scored, _| match id {
            "" => Ok(scored.ranking_text(language)),
            id => match scored.of(id) {
                Some(score) => Ok(scored.score_text(score, language)),
                None => Err(not_scored(id, subjects)),
            },
        })?;
        out.put(handle::give(Text::new(text)));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns the schema of a table that zg_engine_assess reads, with every column. 返回输入表的结构。
///
/// The types are the usual ones; the others that a column can have are read, too. A column that must be
/// there is not nullable.
///
/// name     UTF-8 name of the table, "subjects" or "events", name_len bytes.
/// out      On ZG_OK, a schema owned by the caller, who calls its release. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_UNKNOWN_TERM, ZG_INTERNAL. Since ABI 1.2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_assessment_input_schema(
    name: *const c_char,
    name_len: usize,
    out: *mut FFI_ArrowSchema,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (out, name) = unsafe { (Out::new(out, "out")?, text::read(name, name_len, "name")?) };
        let schema: Schema = match name {
            "subjects" => assessment::input_schema(SUBJECTS),
            "events" => assessment::input_schema(EVENTS),
            other => return Err(unknown(other, &["subjects", "events"]).into()),
        };
        out.put(FFI_ArrowSchema::try_from(&schema).map_err(|e| internal(&e))?);
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Frees an assessment. Tables that it gave stay valid. 释放考核结果。
///
/// assessment  Owned by the caller, or NULL. Since ABI 1.2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_assessment_free(assessment: *mut zg_assessment) {
    // SAFETY: the conventions of the header, which callers keep.
    plain((), || unsafe { handle::free(assessment) });
}
