//! What is wrong with tables and calls is named, and nothing is leaked.

use std::{
    ptr::{null, null_mut},
    sync::{Arc, atomic::Ordering},
};

use crate::common::{call, streams::produce};
use arrow_array::{
    ArrayRef, Float64Array, RecordBatch, StringArray, ffi_stream::FFI_ArrowArrayStream,
};
use arrow_schema::ArrowError;
use serde_json::{Value as Json, json};
use zhenggong_c::*;

use crate::calls::*;

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
    let (before, errno, words) = crate::common::streams::until_failure(&mut out);
    assert_eq!((before, errno, words[0].as_str()), (0, 5, "901 Internal"));
}
