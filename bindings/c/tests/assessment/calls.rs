//! The calls of assessment as Rust, with the lists of the example.

use std::{
    ptr::null_mut,
    sync::{Arc, atomic::Ordering},
};

use crate::common::{
    Handle, call, engine, seen,
    streams::{Made, error_of, produce, read},
    text,
};
use arrow_array::{ArrayRef, RecordBatch, StringArray, ffi_stream::FFI_ArrowArrayStream};
use serde_json::Value as Json;
use zhenggong::{
    Engine,
    assessment::{Event, Inquiry, Subject},
    derivation::Language,
    policy::Pack,
};
use zhenggong_arrow::assessment::Assessed;
use zhenggong_c::*;

pub(crate) const LIST: &str = include_str!("../../../../examples/data/assessment-events.json");

/// A file with commas and nothing quoted as a table of texts.
pub(crate) fn csv(text: &str) -> RecordBatch {
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let names = lines.next().unwrap();
    let rows: Vec<_> = lines.collect();
    assert!(rows.iter().all(|row| row.len() == names.len()));
    let column = |(at, name): (usize, &&str)| {
        let cells: StringArray = rows.iter().map(|row| Some(row[at])).collect();
        ((*name).to_owned(), Arc::new(cells) as ArrayRef)
    };
    RecordBatch::try_from_iter(names.iter().enumerate().map(column)).unwrap()
}

pub(crate) fn subjects() -> RecordBatch {
    csv(include_str!("../../../../examples/data/assessment-subjects.csv"))
}

pub(crate) fn events() -> RecordBatch {
    csv(include_str!("../../../../examples/data/assessment-events.csv"))
}

pub(crate) fn core() -> Engine {
    let pack = Pack::example("teaching-example").unwrap();
    Engine::builder().packs(Pack::national()).pack(pack).build().unwrap()
}

pub(crate) fn teaching() -> Handle {
    engine(r#"{"builtin": ["national", "teaching-example"]}"#)
}

/// An assessment, freed when it is dropped.
pub(crate) struct Scored(pub(crate) *mut zg_assessment);

impl Drop for Scored {
    fn drop(&mut self) {
        // SAFETY: made by `assess`, freed once.
        unsafe { zg_assessment_free(self.0) };
    }
}

/// The status and the JSON of a call that fails.
pub(crate) fn failure(
    run: impl FnOnce(*mut *mut zg_error) -> zg_status,
) -> Result<(), (zg_status, Json)> {
    let mut error = null_mut();
    match run(&raw mut error) {
        ZG_OK => Ok(()),
        status => {
            // SAFETY: the call failed, so there is an error, which is freed once.
            let json = unsafe { text(zg_error_json(error)) };
            assert_eq!(seen(error).0, status);
            Err((status, serde_json::from_str(&json).unwrap()))
        }
    }
}

pub(crate) fn assess(
    engine: *const zg_engine,
    request: &str,
    subjects: &mut Made,
    events: Option<&mut Made>,
    columns: i32,
) -> Result<Scored, (zg_status, Json)> {
    let mut out = null_mut();
    let (data, len) = (request.as_ptr().cast(), request.len());
    let happened = events.map_or(null_mut(), |made| &raw mut made.stream);
    // SAFETY: an engine or NULL, a text with its length, and locals.
    let done = failure(|err| unsafe {
        let subjects = &raw mut subjects.stream;
        zg_engine_assess(engine, data, len, subjects, happened, columns, &raw mut out, err)
    });
    assert!(subjects.stream.release().is_none(), "taken over in every case");
    // SAFETY: NULL or a stream.
    assert!(unsafe { happened.as_ref() }.is_none_or(|stream| stream.release().is_none()));
    assert_eq!(out.is_null(), done.is_err());
    done.map(|()| Scored(out))
}

pub(crate) fn whole(batch: RecordBatch) -> Made {
    produce(vec![Ok(batch)])
}

pub(crate) fn scored(request: &str, columns: i32) -> Scored {
    // Cut, so that rows count through batches.
    let (all, happened) = (subjects(), events());
    let mut people = produce(vec![Ok(all.slice(0, 3)), Ok(all.slice(3, all.num_rows() - 3))]);
    let rest = happened.num_rows() - 7;
    let mut happened = produce(vec![Ok(happened.slice(0, 7)), Ok(happened.slice(7, rest))]);
    let scored = assess(teaching().0, request, &mut people, Some(&mut happened), columns).unwrap();
    assert_eq!(people.dropped.load(Ordering::SeqCst), 1);
    assert_eq!(happened.dropped.load(Ordering::SeqCst), 1);
    scored
}

pub(crate) fn table(of: &Scored, name: &str) -> Result<RecordBatch, (zg_status, Json)> {
    let mut out = FFI_ArrowArrayStream::empty();
    let (data, len) = (name.as_ptr().cast(), name.len());
    // SAFETY: a good handle, a text with its length, and locals.
    failure(|err| unsafe { zg_assessment_table(of.0, data, len, &raw mut out, err) })?;
    assert!(error_of(&out).is_null());
    let (schema, batches) = read(out);
    let batches: Vec<_> = batches.into_iter().map(Result::unwrap).collect();
    assert_eq!(batches.len(), 1);
    assert_eq!(batches[0].schema(), schema);
    Ok(batches[0].clone())
}

pub(crate) fn string(
    run: impl FnOnce(*mut *mut zg_string, *mut *mut zg_error) -> zg_status,
) -> String {
    let mut out = null_mut();
    call(|err| run(&raw mut out, err)).unwrap();
    // SAFETY: a string of this library, freed once.
    unsafe {
        let found = text(zg_string_view(out));
        zg_string_free(out);
        found
    }
}

pub(crate) fn value(of: &Scored) -> String {
    // SAFETY: a good handle, and locals.
    string(|out, err| unsafe { zg_assessment_json(of.0, out, err) })
}

pub(crate) fn said(of: &Scored, subject: &str, lang: i32) -> String {
    let (data, len) = (subject.as_ptr().cast(), subject.len());
    // SAFETY: a good handle, a text with its length, and locals.
    string(|out, err| unsafe { zg_assessment_text(of.0, data, len, lang, out, err) })
}

/// What Rust answers to a question about the example's list.
pub(crate) fn of_rust(request: &Json, language: Language) -> Assessed {
    let list: Json = serde_json::from_str(LIST).unwrap();
    let subjects = Subject::list(&list["subjects"]).unwrap();
    let events = Event::list(&list["events"]).unwrap();
    let inquiry = Inquiry::from_value(request).unwrap();
    Assessed::of(&core(), &subjects, &events, &inquiry, language).unwrap()
}

/// The table with a column more or instead.
pub(crate) fn with(batch: &RecordBatch, name: &str, column: ArrayRef) -> RecordBatch {
    let old = batch.schema_ref().fields().iter().zip(batch.columns());
    let mut all: Vec<_> = old.map(|(f, c)| (f.name().clone(), c.clone())).collect();
    match all.iter().position(|(old, _)| old == name) {
        Some(at) => all[at].1 = column,
        None => all.push((name.to_owned(), column)),
    }
    RecordBatch::try_from_iter(all).unwrap()
}
