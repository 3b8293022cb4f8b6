//! Assessments over streams give what Rust gives from the same tables, and say what is wrong with them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::{
    ptr::{null, null_mut},
    sync::{Arc, atomic::Ordering},
};

use arrow_array::{
    ArrayRef, DictionaryArray, Float64Array, Int8Array, LargeStringArray, NullArray, RecordBatch,
    StringArray, StringViewArray,
    builder::{ListBuilder, StringBuilder},
    cast::AsArray,
    ffi::FFI_ArrowSchema,
    ffi_stream::FFI_ArrowArrayStream,
    types::{Int8Type, UInt16Type, UInt32Type},
};
use arrow_schema::{ArrowError, DataType, Schema};
use common::{
    Handle, call, engine, seen,
    streams::{Made, error_of, produce, read},
    text,
};
use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, ErrorCode,
    assessment::{AssessmentMonth, Event, Inquiry, Subject},
    calendar::Month,
    derivation::Language,
    person::PersonMonth,
    policy::Pack,
};
use zhenggong_arrow::{
    Batch, BatchOptions, OnError,
    assessment::{Assessed, EVENTS, SUBJECTS, input_schema},
};
use zhenggong_c::*;

const LIST: &str = include_str!("../../../examples/data/assessment-events.json");

/// A file with commas and nothing quoted as a table of texts.
fn csv(text: &str) -> RecordBatch {
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

fn subjects() -> RecordBatch {
    csv(include_str!("../../../examples/data/assessment-subjects.csv"))
}

fn events() -> RecordBatch {
    csv(include_str!("../../../examples/data/assessment-events.csv"))
}

fn core() -> Engine {
    let pack = Pack::example("teaching-example").unwrap();
    Engine::builder().packs(Pack::national()).pack(pack).build().unwrap()
}

fn teaching() -> Handle {
    engine(r#"{"builtin": ["national", "teaching-example"]}"#)
}

/// An assessment, freed when it is dropped.
struct Scored(*mut zg_assessment);

impl Drop for Scored {
    fn drop(&mut self) {
        // SAFETY: made by `assess`, freed once.
        unsafe { zg_assessment_free(self.0) };
    }
}

/// The status and the JSON of a call that fails.
fn failure(run: impl FnOnce(*mut *mut zg_error) -> zg_status) -> Result<(), (zg_status, Json)> {
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

fn assess(
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

fn whole(batch: RecordBatch) -> Made {
    produce(vec![Ok(batch)])
}

fn scored(request: &str, columns: i32) -> Scored {
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

fn table(of: &Scored, name: &str) -> Result<RecordBatch, (zg_status, Json)> {
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

fn string(run: impl FnOnce(*mut *mut zg_string, *mut *mut zg_error) -> zg_status) -> String {
    let mut out = null_mut();
    call(|err| run(&raw mut out, err)).unwrap();
    // SAFETY: a string of this library, freed once.
    unsafe {
        let found = text(zg_string_view(out));
        zg_string_free(out);
        found
    }
}

fn value(of: &Scored) -> String {
    // SAFETY: a good handle, and locals.
    string(|out, err| unsafe { zg_assessment_json(of.0, out, err) })
}

fn said(of: &Scored, subject: &str, lang: i32) -> String {
    let (data, len) = (subject.as_ptr().cast(), subject.len());
    // SAFETY: a good handle, a text with its length, and locals.
    string(|out, err| unsafe { zg_assessment_text(of.0, data, len, lang, out, err) })
}

/// What Rust answers to a question about the example's list.
fn of_rust(request: &Json, language: Language) -> Assessed {
    let list: Json = serde_json::from_str(LIST).unwrap();
    let subjects = Subject::list(&list["subjects"]).unwrap();
    let events = Event::list(&list["events"]).unwrap();
    let inquiry = Inquiry::from_value(request).unwrap();
    Assessed::of(&core(), &subjects, &events, &inquiry, language).unwrap()
}

#[test]
fn every_table_is_that_of_rust_in_both_languages() {
    for request in [
        json!({"month": "2025-03"}),
        json!({"month": "2025-03", "published": {"P01": "88.00", "A01": "105"}}),
        json!({"month": "2025-03", "weights": {"teaching-officer": {"business": "0.2", "team": "0.5"}}}),
    ] {
        let languages = [(ZG_COLUMNS_KEYS, Language::En), (ZG_COLUMNS_ZH, Language::Zh)];
        for (columns, language) in languages {
            let scored = scored(&request.to_string(), columns);
            let want = of_rust(&request, language);
            assert_eq!(value(&scored), want.value.to_string());
            assert_eq!(table(&scored, "scores").unwrap(), want.scores);
            assert_eq!(table(&scored, "sheets").unwrap(), want.sheets);
            assert_eq!(table(&scored, "trail").unwrap(), want.trail);
            assert_eq!(table(&scored, "ranking").unwrap(), want.ranking);
            assert_eq!(table(&scored, "errors").unwrap(), want.errors);
            assert_eq!(want.errors.num_rows(), 0);
            assert!(want.trail.num_rows() > 40);
            match want.difference {
                Some(want) => assert_eq!(table(&scored, "difference").unwrap(), want),
                None => {
                    let (status, json) = table(&scored, "difference").unwrap_err();
                    assert_eq!((status, &json["field"]), (ZG_UNKNOWN_TERM, &json!("name")));
                    assert!(!json["args"]["known"].as_str().unwrap().contains("difference"));
                }
            }
            // A table can be taken again, and by its name only.
            assert_eq!(table(&scored, "scores").unwrap(), want.scores);
            assert_eq!(table(&scored, "score").unwrap_err().0, ZG_UNKNOWN_TERM);
        }
    }
    // The value is that of the rule too.
    let mut input: Json = serde_json::from_str(LIST).unwrap();
    input["month"] = "2025-03".into();
    input["show"] = json!(["trail", "ranking"]);
    let rule = core().evaluate("assessment.score", &input).unwrap();
    let scored = scored(r#"{"month": "2025-03"}"#, ZG_COLUMNS_KEYS);
    assert_eq!(value(&scored), rule.value().to_string());
}

#[test]
fn errors_may_stand_beside_the_scores() {
    let engine = teaching();
    let few = csv("id,kind\nA01,auxiliary\nA02,auxiliary\nA03,auxiliary\n");
    let happened = csv("id,subject,date,rule,count\nE1,A01,2025-03-10,late,1\n\
        E2,A02,2025-03-10,nonsense,1\nE3,B09,2025-03-10,late,1\n");
    let ask = |request: &str, columns| {
        let (mut people, mut events) = (whole(few.clone()), whole(happened.clone()));
        let found = assess(engine.0, request, &mut people, Some(&mut events), columns);
        assert!(people.stream.release().is_none() && events.stream.release().is_none());
        found
    };
    for (columns, language) in [(ZG_COLUMNS_KEYS, Language::En), (ZG_COLUMNS_ZH, Language::Zh)] {
        let scored = ask(r#"{"month": "2025-03", "on_error": "report"}"#, columns).unwrap();
        let inquiry = json!({"month": "2025-03", "on_error": "report"});
        let want = Assessed::of(
            &core(),
            &zhenggong_arrow::assessment::subjects([Ok(few.clone())]).unwrap(),
            &zhenggong_arrow::assessment::events([Ok(happened.clone())]).unwrap(),
            &Inquiry::from_value(&inquiry).unwrap(),
            language,
        )
        .unwrap();
        assert_eq!(table(&scored, "errors").unwrap(), want.errors);
        assert_eq!((want.errors.num_rows(), want.scores.num_rows()), (2, 2));
        assert_eq!(table(&scored, "scores").unwrap(), want.scores);
        assert_eq!(value(&scored), want.value.to_string());
        // Who was not scored has no sheet.
        assert!(said(&scored, "A01", ZG_ZH).contains("E1"));
        let mut out = null_mut();
        // SAFETY: a good handle, a text with its length, and locals.
        let refused = call(|err| unsafe {
            zg_assessment_text(scored.0, c"A02".as_ptr(), 3, ZG_ZH, &raw mut out, err)
        });
        assert_eq!(refused, Err((ZG_UNKNOWN_TERM, "subject".to_owned())));
    }
    let (status, json) = ask(r#"{"month": "2025-03"}"#, 0).map(|_| ()).unwrap_err();
    assert_eq!((status, &json["args"]["event"]), (ZG_UNKNOWN_SUBJECT, &json!("E3")), "{json}");
    let (status, json) =
        ask(r#"{"month": "2025-03", "on_error": "skip"}"#, 0).map(|_| ()).unwrap_err();
    assert_eq!(json["field"], "on_error", "{status} {json}");
}

#[test]
fn sheets_are_told_in_words() {
    let scored = scored(r#"{"month": "2025-03"}"#, ZG_COLUMNS_ZH);
    let shown = include_str!("../../../examples/expected/assessment.txt");
    let (ranking, sheet) = (said(&scored, "", ZG_ZH), said(&scored, "P01", ZG_ZH));
    assert!(shown.contains(&ranking) && ranking.contains("P02"), "{ranking}");
    assert!(shown.contains(&sheet) && sheet.contains("E001"), "{sheet}");
    assert!(said(&scored, "P01", ZG_EN).contains("2025-03-20"));
    let mut out = null_mut();
    let mut ask = |id: &str, lang| {
        let (data, len) = (id.as_ptr().cast(), id.len());
        // SAFETY: a good handle, a text with its length, and locals.
        call(|err| unsafe { zg_assessment_text(scored.0, data, len, lang, &raw mut out, err) })
    };
    assert_eq!(ask("P99", ZG_ZH), Err((ZG_UNKNOWN_TERM, "subject".to_owned())));
    assert_eq!(ask("P01", 2), Err((ZG_INVALID_OPTION, "lang".to_owned())));
    assert_eq!(ask("\0", ZG_ZH), Err((ZG_INVALID_INPUT, "subject".to_owned())));
    assert!(out.is_null());
}

#[test]
fn tables_outlive_assessment_and_engine() {
    let engine = teaching();
    let mut people = whole(csv("id,kind\nA01,auxiliary\nA02,auxiliary\n"));
    let scored =
        assess(engine.0, r#"{"month": "2025-04"}"#, &mut people, None, ZG_COLUMNS_KEYS).unwrap();
    drop(engine);
    assert!(said(&scored, "A01", ZG_ZH).contains("A01"));
    let mut out = FFI_ArrowArrayStream::empty();
    let name = "scores";
    // SAFETY: a good handle, a text with its length, and a local.
    call(|err| unsafe {
        zg_assessment_table(scored.0, name.as_ptr().cast(), name.len(), &raw mut out, err)
    })
    .unwrap();
    drop(scored);
    assert_eq!(read(out).1.into_iter().map(Result::unwrap).next().unwrap().num_rows(), 2);
}

/// The table with a column more or instead.
fn with(batch: &RecordBatch, name: &str, column: ArrayRef) -> RecordBatch {
    let old = batch.schema_ref().fields().iter().zip(batch.columns());
    let mut all: Vec<_> = old.map(|(f, c)| (f.name().clone(), c.clone())).collect();
    match all.iter().position(|(old, _)| old == name) {
        Some(at) => all[at].1 = column,
        None => all.push((name.to_owned(), column)),
    }
    RecordBatch::try_from_iter(all).unwrap()
}

fn texts(cells: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(cells.to_vec()))
}

#[test]
fn what_is_wrong_with_a_table_is_named_by_table_row_column_and_person() {
    let engine = teaching();
    let (few, late) = (
        csv("id,kind\nA01,auxiliary\nA02,auxiliary\n"),
        csv("id,subject,date,rule\nE1,A01,2025-03-10,late\nE2,A02,2025-03-11,late\n"),
    );
    let floats = Arc::new(Float64Array::from(vec![0.5; 2])) as ArrayRef;
    let flags = Arc::new(arrow_array::BooleanArray::from(vec![true; 2])) as ArrayRef;
    type Wrong<'a> = (RecordBatch, RecordBatch, zg_status, Json);
    let none = || json!(null);
    let wrong: Vec<Wrong<'_>> = vec![
        (
            with(&few, "staff", floats.clone()),
            late.clone(),
            ZG_COLUMN_TYPE,
            json!(["subjects", "staff", none(), none()]),
        ),
        (
            few.clone(),
            with(&late, "value", floats),
            ZG_FLOAT_REFUSED,
            json!(["events", "value", none(), none()]),
        ),
        (
            with(&few, "unit", flags.clone()),
            late.clone(),
            ZG_COLUMN_TYPE,
            json!(["subjects", "unit", none(), none()]),
        ),
        (
            few.clone(),
            with(&late, "colour", flags),
            ZG_UNKNOWN_FIELD,
            json!(["events", "colour", none(), none()]),
        ),
        (
            few.clone(),
            late.project(&[0, 1, 2]).unwrap(),
            ZG_MISSING_COLUMN,
            json!(["events", "rule", none(), none()]),
        ),
        (
            with(&few, "类别", texts(&[None, None])),
            late.clone(),
            ZG_DUPLICATE_COLUMN,
            json!(["subjects", "kind", none(), none()]),
        ),
        (
            with(&few, "kind", texts(&[Some("auxiliary"), Some("horse")])),
            late.clone(),
            ZG_UNKNOWN_TERM,
            json!(["subjects", "kind", 2, "A02"]),
        ),
        (
            with(&few, "id", texts(&[Some("A01"), None])),
            late.clone(),
            ZG_MISSING_FACT,
            json!(["subjects", "id", 2, none()]),
        ),
        (
            few.clone(),
            with(&late, "date", texts(&[Some("2025-03-10"), Some("2025-02-30")])),
            ZG_INVALID_DATE,
            json!(["events", "date", 2, "A02"]),
        ),
        (
            few.clone(),
            with(&late, "id", texts(&[Some("E1"), None])),
            ZG_MISSING_FACT,
            json!(["events", "id", 2, "A02"]),
        ),
    ];
    for (people, happened, status, place) in wrong {
        let (mut people, mut happened) = (whole(people), whole(happened));
        let request = r#"{"month": "2025-03"}"#;
        let (got, json) =
            assess(engine.0, request, &mut people, Some(&mut happened), 0).map(|_| ()).unwrap_err();
        assert_eq!(got, status, "{json}");
        let found = json!([json["args"]["table"], json["field"], json["row"], json["person"]]);
        assert_eq!(found, place, "{json}");
        assert_eq!(people.dropped.load(Ordering::SeqCst), 1);
        assert_eq!(happened.dropped.load(Ordering::SeqCst), 1);
    }
    // Columns are looked at where no row comes, too.
    let mut none =
        whole(with(&few, "staff", Arc::new(Float64Array::from(vec![1.0; 2]))).slice(0, 0));
    let got = assess(engine.0, r#"{"month": "2025-03"}"#, &mut none, None, 0).map(|_| ());
    assert_eq!(got.unwrap_err().0, ZG_COLUMN_TYPE);
    // An error of the scoring names person and event as the rule does.
    let odd = with(&late, "rule", texts(&[Some("late"), Some("yawning")]));
    let (mut people, mut happened) = (whole(few), whole(odd));
    let got = assess(engine.0, r#"{"month": "2025-03"}"#, &mut people, Some(&mut happened), 0);
    let input = json!({
        "month": "2025-03",
        "subjects": [{"id": "A01", "kind": "auxiliary"}, {"id": "A02", "kind": "auxiliary"}],
        "events": [
            {"id": "E1", "subject": "A01", "date": "2025-03-10", "rule": "late"},
            {"id": "E2", "subject": "A02", "date": "2025-03-11", "rule": "yawning"},
        ],
    });
    let want = core().evaluate("assessment.score", &input).unwrap_err();
    let (status, json) = got.map(|_| ()).unwrap_err();
    assert_eq!(status, ZG_UNKNOWN_SCORING_RULE);
    assert_eq!((&json["person"], json["code"].as_u64()), (&want.to_json()["person"], Some(131)));
}

#[test]
fn misuse_is_named_and_releases_both_inputs() {
    let engine = teaching();
    let month = r#"{"month": "2025-03"}"#;
    let both = |engine, request: &str, columns, status, field: &str| {
        let (mut people, mut happened) = (whole(subjects()), whole(events()));
        let got = assess(engine, request, &mut people, Some(&mut happened), columns);
        let (found, json) = got.map(|_| ()).unwrap_err();
        assert_eq!((found, &json["field"]), (status, &json!(field)), "{json}");
        assert_eq!(people.dropped.load(Ordering::SeqCst), 1, "{field}");
        assert_eq!(happened.dropped.load(Ordering::SeqCst), 1, "{field}");
    };
    both(null(), month, 0, ZG_NULL_POINTER, "engine");
    both(engine.0, month, 2, ZG_INVALID_OPTION, "columns");
    both(engine.0, month, -1, ZG_INVALID_OPTION, "columns");
    both(engine.0, r#"{"month": "2025-13"}"#, 0, ZG_INVALID_MONTH, "month");
    both(engine.0, r#"{"month": "2025-03", "colour": 1}"#, 0, ZG_UNKNOWN_FIELD, "colour");
    both(engine.0, r#"{"period": "month"}"#, 0, ZG_MISSING_FACT, "month");
    both(engine.0, "", 0, ZG_MISSING_FACT, "month");
    let twice = r#"{"month": "2025-03", "published": {}, "published_on": "2025-04-01"}"#;
    both(engine.0, twice, 0, ZG_CONTRADICTORY_FACTS, "published_on");
    let other = scored(month, 0);
    both(other.0.cast_const().cast(), month, 0, ZG_WRONG_HANDLE, "engine");

    let mut out = null_mut();
    let (data, len) = (month.as_ptr().cast(), month.len());
    let mut ask = |people: *mut FFI_ArrowArrayStream, happened: *mut FFI_ArrowArrayStream| {
        // SAFETY: a good engine, a text with its length, streams or NULL, and a local.
        call(|err| unsafe {
            zg_engine_assess(engine.0, data, len, people, happened, 0, &raw mut out, err)
        })
    };
    let mut happened = whole(events());
    let got = ask(null_mut(), &raw mut happened.stream);
    assert_eq!(got, Err((ZG_NULL_POINTER, "subjects".to_owned())));
    assert_eq!(happened.dropped.load(Ordering::SeqCst), 1);
    // Now it is released.
    let mut people = whole(subjects());
    let got = ask(&raw mut people.stream, &raw mut happened.stream);
    assert_eq!(got, Err((ZG_STREAM_RELEASED, "events".to_owned())));
    let got = ask(&raw mut people.stream, null_mut());
    assert_eq!(got, Err((ZG_STREAM_RELEASED, "subjects".to_owned())));
    // One stream for both is there once.
    let mut people = whole(subjects());
    let stream = &raw mut people.stream;
    assert_eq!(ask(stream, stream), Err((ZG_STREAM_RELEASED, "events".to_owned())));
    assert_eq!(people.dropped.load(Ordering::SeqCst), 1);
    // A producer that fails midway is named with its words.
    let gone = || Err(ArrowError::ComputeError("the personnel system went away".to_owned()));
    let mut broken = produce(vec![Ok(subjects()), gone()]);
    let got = assess(engine.0, month, &mut broken, None, 0).map(|_| ()).unwrap_err();
    assert_eq!((got.0, &got.1["field"]), (ZG_STREAM_FAILED, &json!("subjects")));
    assert!(got.1["en"].as_str().unwrap().contains("went away"), "{}", got.1);
    let (mut people, mut broken) = (whole(subjects()), produce(vec![Ok(events()), gone()]));
    let got = assess(engine.0, month, &mut people, Some(&mut broken), 0).map(|_| ()).unwrap_err();
    assert_eq!((got.0, &got.1["field"]), (ZG_STREAM_FAILED, &json!("events")));
    // NULL where the answer goes.
    let mut people = whole(subjects());
    // SAFETY: a good engine, a text with its length, and NULL.
    let got = call(|err| unsafe {
        let stream = &raw mut people.stream;
        zg_engine_assess(engine.0, data, len, stream, null_mut(), 0, null_mut(), err)
    });
    assert_eq!(got, Err((ZG_NULL_POINTER, "out".to_owned())));
    assert_eq!(people.dropped.load(Ordering::SeqCst), 1);
}

#[test]
fn getters_refuse_null_and_other_handles() {
    let scored = scored(r#"{"month": "2025-03"}"#, 0);
    let engine = teaching();
    let wrong: *const zg_assessment = engine.0.cast_const().cast();
    let (mut stream, mut out) = (FFI_ArrowArrayStream::empty(), null_mut());
    let (name, len) = (c"scores".as_ptr(), 6);
    let refused = |status: zg_status, field: &str| Err((status, field.to_owned()));
    // SAFETY: handles of this library or NULL, texts with their lengths, and locals.
    unsafe {
        for (handle, status) in [(null(), ZG_NULL_POINTER), (wrong, ZG_WRONG_HANDLE)] {
            let got = call(|err| zg_assessment_table(handle, name, len, &raw mut stream, err));
            assert_eq!(got, refused(status, "assessment"));
            let got = call(|err| zg_assessment_json(handle, &raw mut out, err));
            assert_eq!(got, refused(status, "assessment"));
            let got = call(|err| zg_assessment_text(handle, name, 0, 0, &raw mut out, err));
            assert_eq!(got, refused(status, "assessment"));
        }
        let got = call(|err| zg_assessment_table(scored.0, name, len, null_mut(), err));
        assert_eq!(got, refused(ZG_NULL_POINTER, "out"));
        let got = call(|err| zg_assessment_table(scored.0, null(), 6, &raw mut stream, err));
        assert_eq!(got, refused(ZG_NULL_POINTER, "name"));
        let got = call(|err| zg_assessment_table(scored.0, null(), 0, &raw mut stream, err));
        assert_eq!(got, refused(ZG_UNKNOWN_TERM, "name"));
        let got =
            call(|err| zg_assessment_table(scored.0, c"\xff".as_ptr(), 1, &raw mut stream, err));
        assert_eq!(got, refused(ZG_NOT_UTF8, "name"));
        let got = call(|err| zg_assessment_json(scored.0, null_mut(), err));
        assert_eq!(got, refused(ZG_NULL_POINTER, "out"));
        let got = call(|err| zg_assessment_text(scored.0, null(), 0, 0, null_mut(), err));
        assert_eq!(got, refused(ZG_NULL_POINTER, "out"));
        // Left alone: it is an engine.
        zg_assessment_free(wrong.cast_mut());
        zg_assessment_free(null_mut());
    }
    assert!(out.is_null() && stream.release().is_none());
    assert!(!said(&scored, "", ZG_EN).is_empty());
}

#[test]
fn columns_may_have_every_type_that_other_libraries_make() {
    let engine = teaching();
    let request = r#"{"month": "2025-03"}"#;
    let want = value(&scored(request, 0));
    let plain = events();
    let cells = |name: &str| -> Vec<Option<String>> {
        let column = plain.column_by_name(name).unwrap();
        let cell = zhenggong_arrow::cells(column).unwrap();
        (0..plain.num_rows()).map(|row| cell(row).filter(|text| !text.is_empty())).collect()
    };
    let small = DictionaryArray::<Int8Type>::from_iter(cells("rule").iter().map(Option::as_deref));
    let wide = DictionaryArray::<UInt32Type>::try_new(
        (0..25).collect(),
        Arc::new(LargeStringArray::from(cells("date"))),
    )
    .unwrap();
    let mut flags = ListBuilder::new(StringBuilder::new());
    for cell in cells("flags") {
        if let Some(flag) = &cell {
            flags.values().append_value(flag);
        }
        flags.append(cell.is_some());
    }
    let count: Int8Array =
        cells("count").iter().map(|cell| Some(cell.as_ref()?.parse().unwrap())).collect();
    let mut typed = plain.clone();
    for (name, column) in [
        ("rule", Arc::new(small) as ArrayRef),
        ("date", Arc::new(wide)),
        ("subject", Arc::new(StringViewArray::from(cells("subject")))),
        ("id", Arc::new(LargeStringArray::from(cells("id")))),
        ("flags", Arc::new(flags.finish())),
        ("count", Arc::new(count)),
        // Columns of nothing but nulls have a type of their own.
        ("withdrawn", Arc::new(NullArray::new(25))),
        ("reported", Arc::new(NullArray::new(25))),
        ("replaces", Arc::new(NullArray::new(25))),
    ] {
        typed = with(&typed, name, column);
    }
    let people = subjects();
    for name in ["from", "to", "identities"] {
        let people = with(&people, name, Arc::new(NullArray::new(8)));
        let (mut people, mut happened) = (whole(people), whole(typed.clone()));
        let got = assess(engine.0, request, &mut people, Some(&mut happened), 0);
        assert_eq!(value(&got.map_err(|(_, json)| json).unwrap()), want, "{name}");
    }
    // A column that must have values has none.
    for (table, status) in [("id", ZG_MISSING_FACT), ("kind", ZG_MISSING_FACT)] {
        let mut people = whole(with(&subjects(), table, Arc::new(NullArray::new(8))));
        let got = assess(engine.0, request, &mut people, None, 0).map(|_| ()).unwrap_err();
        assert_eq!((got.0, &got.1["row"], &got.1["field"]), (status, &json!(1), &json!(table)));
    }
}

#[test]
fn the_input_schemas_are_those_of_the_tables() {
    for (name, columns) in [("subjects", SUBJECTS), ("events", EVENTS)] {
        let mut schema = FFI_ArrowSchema::empty();
        let (data, len) = (name.as_ptr().cast(), name.len());
        // SAFETY: a text with its length, and a local.
        call(|err| unsafe { zg_assessment_input_schema(data, len, &raw mut schema, err) }).unwrap();
        let schema = Schema::try_from(&schema).unwrap();
        assert_eq!(schema, input_schema(columns));
        assert!(!schema.field_with_name("id").unwrap().is_nullable());
        // An empty table of the schema is read.
        let arrays = schema.fields().iter().map(|f| arrow_array::new_empty_array(f.data_type()));
        let empty = RecordBatch::try_new(Arc::new(schema.clone()), arrays.collect()).unwrap();
        let engine = teaching();
        let (mut people, mut happened) = match name {
            "subjects" => (whole(empty), None),
            _ => (whole(csv("id,kind\nA01,auxiliary\n")), Some(whole(empty))),
        };
        let request = r#"{"month": "2025-03"}"#;
        let scored = assess(engine.0, request, &mut people, happened.as_mut(), 0);
        assert!(scored.is_ok());
    }
    let mut schema = FFI_ArrowSchema::empty();
    // SAFETY: a text with its length, and a local.
    let got = call(|err| unsafe {
        zg_assessment_input_schema(c"people".as_ptr(), 6, &raw mut schema, err)
    });
    assert_eq!(got, Err((ZG_UNKNOWN_TERM, "name".to_owned())));
    let kind = |columns, name: &str| input_schema(columns).field_with_name(name).unwrap().clone();
    assert_eq!(kind(EVENTS, "points").data_type(), &DataType::Decimal128(18, 4));
}

/// An auxiliary of the example on a roster without coefficients, one whose roster has another than the
/// assessment, and one who was not assessed.
fn people() -> Vec<PersonMonth> {
    let stated: serde_json::Map<_, _> = [
        "pension",
        "medical",
        "unemployment",
        "housing-fund",
        "income-tax",
        "employer-pension",
        "employer-medical",
        "employer-unemployment",
        "employer-work-injury",
        "employer-housing-fund",
    ]
    .into_iter()
    .map(|item| (item.to_owned(), json!("0.00")))
    .collect();
    let roster = [("A02", None), ("A01", Some("0.9")), ("X09", None)];
    let person = |(id, coefficient): (&str, Option<&str>)| {
        let mut facts =
            json!({"person": id, "unit": "u", "kind": "auxiliary", "stated": stated.clone()});
        if let Some(coefficient) = coefficient {
            facts["coefficient"] = coefficient.into();
        }
        PersonMonth::from_value(&facts).unwrap()
    };
    roster.map(person).to_vec()
}

fn options() -> zg_stream_options {
    // SAFETY: numbers, and a pointer that may be NULL.
    let mut options: zg_stream_options = unsafe { std::mem::zeroed() };
    options.size = size_of::<zg_stream_options>();
    options
}

/// Starts a month run; its failure as JSON.
fn pay(options: *const zg_stream_options) -> Result<FFI_ArrowArrayStream, (zg_status, Json)> {
    let march = Month::parse("2025-03").unwrap();
    let mut made = whole(zhenggong_arrow::table_of(&people(), march).unwrap());
    let (engine, mut out) = (teaching(), FFI_ArrowArrayStream::empty());
    // SAFETY: a good engine, options of their size, and locals.
    let started = failure(|err| unsafe {
        let input = &raw mut made.stream;
        zg_engine_month_run_stream(engine.0, input, options, &raw mut out, err)
    });
    assert!(made.stream.release().is_none());
    started.map(|()| out)
}

#[test]
fn the_month_run_pays_the_coefficients_of_the_month() {
    let march = Month::parse("2025-03").unwrap();
    let scored = scored(r#"{"month": "2025-03"}"#, ZG_COLUMNS_ZH);
    let answer: Json = serde_json::from_str(&value(&scored)).unwrap();
    let coefficients = AssessmentMonth::from_answer(&answer).unwrap();
    // By JSON, to the byte.
    let people = people();
    let records: Json = people.iter().map(|p| serde_json::to_value(p).unwrap()).collect();
    let request = json!({"month": "2025-03", "people": records, "assessment": answer}).to_string();
    let (data, len, engine) = (request.as_ptr().cast(), request.len(), teaching());
    // SAFETY: a good engine, a text with its length, and locals.
    let got = string(|out, err| unsafe { zg_engine_month_run(engine.0, data, len, out, err) });
    let core = core();
    let want = core.month_run_with_assessment((1..).zip(&people), march, &coefficients).unwrap();
    assert_eq!(got, want.to_json().to_string());
    let gross: Vec<_> = want.rows.iter().map(|row| row.gross.to_string()).collect();
    // 3000 + 800 × 0.8.
    assert_eq!(gross, ["3640.00"]);
    assert_eq!(want.errors.len(), 2);

    // By stream.
    let options =
        zg_stream_options { on_error: ZG_ON_ERROR_COLUMN, assessment: scored.0, ..options() };
    let (_, batches) = read(pay(&raw const options).unwrap());
    let found = batches.into_iter().next().unwrap().unwrap();
    let table = zhenggong_arrow::table_of(&people, march).unwrap();
    let rust =
        BatchOptions { on_error: OnError::Column, allow_repeats: true, ..BatchOptions::default() };
    let batch = Batch::new(&core, rust).with_assessment(coefficients).unwrap();
    assert_eq!(found, batch.run(&table).unwrap());
    let codes = found.column_by_name("error_code").unwrap().as_primitive::<UInt16Type>();
    let codes: Vec<_> = codes.iter().collect();
    let wrong = Some(ErrorCode::ContradictoryFacts.number());
    assert_eq!(codes, [None, wrong, Some(ErrorCode::MissingFact.number())]);
    drop(batch);

    // The same options at the size that they had before end at the first who lacks a coefficient.
    let old = zg_stream_options { size: 56, on_error: ZG_ON_ERROR_STOP, ..options };
    let bytes = (&raw const old).cast::<[u64; 7]>();
    // SAFETY: the first 56 of its 72 bytes, as wide as its alignment.
    let short = Box::new(unsafe { bytes.read() });
    let mut stream = pay((&raw const *short).cast()).unwrap();
    let (before, errno, words) = common::streams::until_failure(&mut stream);
    assert_eq!((before, errno, words[0].as_str()), (0, 22, "108 MissingFact"));
    for (wrong, status, field) in [
        (zg_stream_options { size: 60, ..options }, ZG_WRONG_SIZE, "options"),
        (zg_stream_options { size: 64, ..options }, ZG_WRONG_SIZE, "options"),
        (
            zg_stream_options { assessment: engine.0.cast_const().cast(), ..options },
            ZG_WRONG_HANDLE,
            "assessment",
        ),
        (zg_stream_options { month: 202_504, ..options }, ZG_WRONG_MONTH, "assessment"),
    ] {
        let (found, json) = pay(&raw const wrong).map(|_| ()).unwrap_err();
        assert_eq!((found, &json["field"]), (status, &json!(field)), "{json}");
    }
}

#[cfg(feature = "test-hooks")]
#[test]
fn a_panic_releases_both_inputs_and_stays_inside() {
    let engine = teaching();
    let (mut people, mut happened) = (whole(subjects()), whole(events()));
    zg_test_panic();
    let got = assess(engine.0, r#"{"month": "2025-03"}"#, &mut people, Some(&mut happened), 0);
    assert_eq!(got.map(|_| ()).unwrap_err().0, ZG_INTERNAL);
    assert_eq!(people.dropped.load(Ordering::SeqCst), 1);
    assert_eq!(happened.dropped.load(Ordering::SeqCst), 1);
    // A panic while a table is given is an error of its stream.
    let scored = scored(r#"{"month": "2025-03"}"#, 0);
    let mut out = FFI_ArrowArrayStream::empty();
    // SAFETY: a good handle, a text with its length, and a local.
    call(|err| unsafe { zg_assessment_table(scored.0, c"trail".as_ptr(), 5, &raw mut out, err) })
        .unwrap();
    zg_test_panic();
    let (before, errno, words) = common::streams::until_failure(&mut out);
    assert_eq!((before, errno, words[0].as_str()), (0, 5, "901 Internal"));
}
