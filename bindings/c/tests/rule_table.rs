//! Rules over tables give what Rust gives, and what an engine computes with is in its receipt.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::{
    collections::BTreeMap,
    ffi::c_char,
    ptr::{null, null_mut},
    sync::{Arc, atomic::Ordering},
};

use arrow_array::{
    Array, ArrayRef, Decimal128Array, Float64Array, ListArray, RecordBatch, StringArray,
    StringViewArray, StructArray, cast::AsArray, ffi_stream::FFI_ArrowArrayStream,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field};
use common::{
    Handle, call, cases, engine,
    streams::{Made, error_of, produce, read},
    text,
};
use serde_json::{Value as Json, json};
use zhenggong::{
    Engine,
    calendar::Month,
    derivation::Language,
    policy::{Evidence, Pack},
    settlement::Receipt,
};
use zhenggong_arrow::{OnError, evaluate_rows, list_table};
use zhenggong_c::*;

const QUOTA: &str = "assessment.quota";
const YEARS: &str = "service.full-years";
const MARCH: &str = r#"{"month": "2025-03", "to": "2025-03-31"}"#;

fn raw(text: &str) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

fn core() -> Engine {
    let builder = Engine::builder().packs(Pack::national()).accept(Evidence::Inferred);
    builder.known_on(Some("2025-06-30".parse().unwrap())).build().unwrap()
}

fn handle() -> Handle {
    engine(r#"{"accept": "inferred", "known_on": "2025-06-30"}"#)
}

fn own(string: *mut zg_string) -> String {
    // SAFETY: a string of this library, freed once.
    unsafe {
        let copy = text(zg_string_view(string));
        zg_string_free(string);
        copy
    }
}

fn texts(cells: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(cells.to_vec()))
}

/// Three people with scores as decimals, and what they are as records.
fn people() -> (RecordBatch, Json) {
    let score = Decimal128Array::from(vec![9550, 9100, 9300]);
    let unit = StringViewArray::from(vec!["U", "U", "U"]);
    let table = RecordBatch::try_from_iter([
        ("id", texts(&[Some("P1"), Some("P2"), Some("P3")])),
        ("unit", Arc::new(unit) as _),
        ("score", Arc::new(score.with_precision_and_scale(9, 2).unwrap()) as _),
        ("standing", texts(&[Some("graded"), Some("graded"), Some("not-excellent")])),
        ("sequence", texts(&[None, Some(""), Some("执法勤务")])),
    ])
    .unwrap();
    let records = json!([
        { "id": "P1", "unit": "U", "score": "95.5", "standing": "graded" },
        { "id": "P2", "unit": "U", "score": "91", "standing": "graded" },
        { "id": "P3", "unit": "U", "score": "93", "standing": "not-excellent", "sequence": "执法勤务" },
    ]);
    (table, records)
}

fn halves(table: &RecordBatch) -> Vec<Result<RecordBatch, ArrowError>> {
    vec![Ok(table.slice(0, 1)), Ok(table.slice(1, table.num_rows() - 1))]
}

fn asked() -> Json {
    json!({ "month": "2023-12", "rounding": "down", "pools": [{ "id": "U", "should_take_part": 10 }] })
}

fn evaluate_table(
    engine: *const zg_engine,
    (rule, input, key): (&str, &str, &str),
    rows: &mut Made,
) -> Result<String, (zg_status, String)> {
    let (rule, input, key) = (raw(rule), raw(input), raw(key));
    let mut out = null_mut();
    let rows_at = &raw mut rows.stream;
    // SAFETY: an engine or NULL, texts with their lengths, and locals.
    let done = call(|err| unsafe {
        zg_engine_evaluate_table(
            engine,
            rule.0,
            rule.1,
            input.0,
            input.1,
            key.0,
            key.1,
            rows_at,
            &raw mut out,
            err,
        )
    });
    assert!(rows.stream.release().is_none(), "taken over in every case");
    assert_eq!(rows.dropped.load(Ordering::SeqCst), 1, "and released in the call");
    assert_eq!(out.is_null(), done.is_err());
    done.map(|()| own(out))
}

fn value_table(value: &str, key: &str) -> Result<RecordBatch, (zg_status, String)> {
    let (value, key) = (raw(value), raw(key));
    let mut out = FFI_ArrowArrayStream::empty();
    // SAFETY: texts with their lengths, and a local.
    call(|err| unsafe { zg_value_table(value.0, value.1, key.0, key.1, &raw mut out, err) })?;
    Ok(one(out))
}

/// The only batch of a stream.
fn one(stream: FFI_ArrowArrayStream) -> RecordBatch {
    assert!(error_of(&stream).is_null());
    let (schema, batches) = read(stream);
    let [batch] = batches.try_into().unwrap();
    let batch = batch.unwrap();
    assert_eq!(batch.schema(), schema);
    batch
}

fn rows(
    engine: *const zg_engine,
    (rule, shared): (&str, &str),
    rows: &mut Made,
    (on_error, lang): (i32, i32),
) -> Result<RecordBatch, (zg_status, String)> {
    let (rule, shared) = (raw(rule), raw(shared));
    let mut out = FFI_ArrowArrayStream::empty();
    let rows_at = &raw mut rows.stream;
    // SAFETY: an engine or NULL, texts with their lengths, and locals.
    let done = call(|err| unsafe {
        zg_engine_evaluate_rows(
            engine,
            rule.0,
            rule.1,
            shared.0,
            shared.1,
            rows_at,
            on_error,
            lang,
            &raw mut out,
            err,
        )
    });
    assert!(rows.stream.release().is_none(), "taken over in every case");
    assert_eq!(rows.dropped.load(Ordering::SeqCst), 1, "and released in the call");
    assert_eq!(out.release().is_none(), done.is_err());
    done.map(|()| one(out))
}

#[test]
fn a_table_is_answered_as_the_list_is() {
    let (table, records) = people();
    let mut whole = asked();
    whole["people"] = records;
    let want = core().evaluate(QUOTA, &whole).unwrap();
    assert_eq!(want.value()[0]["excellent"], json!(["P1", "P2"]));
    let input = asked().to_string();
    let mut made = produce(halves(&table));
    let got = evaluate_table(handle().0, (QUOTA, &input, "people"), &mut made).unwrap();
    assert_eq!(got, want.to_json().to_string());
    // The list in the answer, of the whole and of the value alone.
    let seats = list_table(want.value(), "").unwrap();
    assert_eq!(value_table(&got, "").unwrap(), seats);
    assert_eq!(value_table(&want.value().to_string(), "").unwrap(), seats);
    let inner = json!({ "month": "2025-03", "people": [{ "id": "P1", "seat": true }] }).to_string();
    assert_eq!(value_table(&inner, "people").unwrap().num_columns(), 2);
}

#[test]
fn no_value_of_a_rule_is_taken_for_an_evaluation() {
    let mut engines: BTreeMap<String, Engine> = BTreeMap::new();
    let mut seen = 0;
    for case in cases::all() {
        let rule = case["rule"].as_str().unwrap();
        let key = cases::request(&case).to_string();
        let engine = engines.entry(key).or_insert_with(|| cases::engine(&case));
        if let Ok(answer) = engine.evaluate(rule, &cases::json(&case["input"])) {
            seen += 1;
            let value = answer.value();
            assert!(value.get("value").is_none() || value.get("derivation").is_none(), "{rule}");
        }
    }
    assert!(seen > 300);
}

#[test]
fn what_is_wrong_with_a_table_or_its_key_is_named() {
    let (good, _) = people();
    let handle = handle();
    let floats = RecordBatch::try_from_iter([(
        "score",
        Arc::new(Float64Array::from(vec![95.5])) as ArrayRef,
    )])
    .unwrap();
    let twice = RecordBatch::try_from_iter([("id", texts(&[Some("a")])), ("id", texts(&[None]))]);
    let input = asked().to_string();
    let mut said = asked();
    said["people"] = json!([]);
    let said = said.to_string();
    let failure = ArrowError::ComputeError("the disk is gone".to_owned());
    let cases = [
        ((QUOTA, input.as_str(), "people"), vec![Ok(floats)], ZG_FLOAT_REFUSED, "score"),
        ((QUOTA, &input, "people"), vec![Ok(twice.unwrap())], ZG_DUPLICATE_COLUMN, "id"),
        ((QUOTA, &said, "people"), halves(&good), ZG_CONTRADICTORY_FACTS, "people"),
        ((QUOTA, &input, "persons"), halves(&good), ZG_UNKNOWN_FIELD, "persons"),
        (("allowance.horse", &input, "people"), halves(&good), ZG_UNKNOWN_RULE, ""),
        ((QUOTA, "[]", "people"), halves(&good), ZG_INVALID_INPUT, "input"),
        ((QUOTA, &input, "people"), vec![Ok(good.clone()), Err(failure)], ZG_STREAM_FAILED, "rows"),
    ];
    for (asked, table, status, field) in cases {
        let got = evaluate_table(handle.0, asked, &mut produce(table)).unwrap_err();
        assert_eq!(got, (status, field.to_owned()), "{asked:?}");
    }
    let got = evaluate_table(null(), (QUOTA, &input, "people"), &mut produce(halves(&good)));
    assert_eq!(got, Err((ZG_NULL_POINTER, "engine".to_owned())));
    for (value, key, status) in
        [("{}", "people", ZG_UNKNOWN_TERM), ("{", "", ZG_INVALID_INPUT), ("7", "", ZG_UNKNOWN_TERM)]
    {
        assert_eq!(value_table(value, key).unwrap_err().0, status, "{value}");
    }
}

/// People with their ranks: a list of records in each row, of which the third lacks one date.
fn careers() -> RecordBatch {
    let from = texts(&[Some("2014-07-01"), Some("2014-07-01"), Some("2016-05-20"), None]);
    let rank = texts(&[Some("三级警司"), Some("三级警司"), Some("二级警司"), Some("三级警司")]);
    let field = |name: &str| Arc::new(Field::new(name, DataType::Utf8, true));
    let records = StructArray::from(vec![(field("from"), from), (field("rank"), rank)]);
    let item = Arc::new(Field::new("item", records.data_type().clone(), true));
    let ends = OffsetBuffer::from_lengths([1, 2, 1]);
    let ranks = Arc::new(ListArray::new(item, ends, Arc::new(records), None)) as ArrayRef;
    let person = texts(&[Some("P1"), Some("P2"), Some("P3")]);
    RecordBatch::try_from_iter([("person", person), ("ranks", ranks)]).unwrap()
}

#[test]
fn lists_of_structs_stand_for_lists_of_records() {
    let (rule, shared) = ("allowance.police-rank", r#"{"month": "2016-06"}"#);
    let handle = handle();
    let mut made = produce(halves(&careers()));
    let asked = (ZG_ON_ERROR_COLUMN, ZG_EN);
    let got = rows(handle.0, (rule, shared), &mut made, asked).unwrap();
    let json: Json = serde_json::from_str(shared).unwrap();
    let tables = [Ok(careers())];
    let want = evaluate_rows(&core(), (rule, &json), tables, OnError::Column, Language::En);
    assert_eq!(got, want.unwrap());
    let amounts = got.column_by_name("value").unwrap().as_string::<i32>();
    assert_eq!(amounts.iter().collect::<Vec<_>>(), [Some("660.00"), Some("760.00"), None]);
    // The records of one of them as the table that the list is.
    let records = careers().column(1).as_list::<i32>().values().clone();
    let table = RecordBatch::from(records.as_struct().slice(1, 2));
    let input = (rule, shared, "ranks");
    let mut made = produce(halves(&table));
    let answer = evaluate_table(handle.0, input, &mut made).unwrap();
    assert!(answer.contains("760.00"), "{answer}");
    // A struct by itself is an object, where this rule needs a list.
    let of = Arc::new(records.as_struct().slice(0, 3)) as ArrayRef;
    let wrong = RecordBatch::try_from_iter([("ranks", of)]).unwrap();
    let mut made = produce(halves(&wrong));
    let got = rows(handle.0, (rule, shared), &mut made, (ZG_ON_ERROR_STOP, ZG_EN)).unwrap_err();
    assert_eq!((got.0 / 100, got.1.as_str()), (1, "ranks"));
}

#[test]
fn a_rule_is_asked_of_each_row_as_in_rust() {
    let table = RecordBatch::try_from_iter([
        ("person", texts(&[Some("P1"), Some("P2"), Some("P3")])),
        ("from", texts(&[Some("2004-07-01"), None, Some("2024-07-01")])),
    ])
    .unwrap();
    let handle = handle();
    let made = || produce(halves(&table));
    let shared: Json = serde_json::from_str(MARCH).unwrap();
    for (lang, language) in [(ZG_ZH, Language::Zh), (ZG_EN, Language::En)] {
        let got = rows(handle.0, (YEARS, MARCH), &mut made(), (ZG_ON_ERROR_COLUMN, lang)).unwrap();
        let tables = [Ok(table.clone())];
        let want =
            evaluate_rows(&core(), (YEARS, &shared), tables, OnError::Column, language).unwrap();
        assert_eq!(got, want);
        assert_eq!((got.num_rows(), got.num_columns()), (3, 4));
    }
    let stop = (ZG_ON_ERROR_STOP, ZG_ZH);
    let mut error = null_mut();
    let (rule, text_of) = (raw(YEARS), raw(MARCH));
    let mut input = made();
    let mut out = FFI_ArrowArrayStream::empty();
    // SAFETY: good handles, texts with their lengths, and locals; the error is freed once.
    unsafe {
        let status = zg_engine_evaluate_rows(
            handle.0,
            rule.0,
            rule.1,
            text_of.0,
            text_of.1,
            &raw mut input.stream,
            stop.0,
            stop.1,
            &raw mut out,
            &raw mut error,
        );
        assert_eq!((status, zg_error_row(error)), (ZG_MISSING_FACT, 2));
        assert_eq!(text(zg_error_person(error)), "P2");
        zg_error_free(error);
    }
    assert!(out.release().is_none());
    let fails =
        |asked, options| rows(handle.0, asked, &mut made(), options).map(|_| ()).unwrap_err();
    let said = r#"{"month": "2025-03", "to": "2025-03-31", "from": "2004-07-01"}"#;
    assert_eq!(fails((YEARS, said), stop), (ZG_CONTRADICTORY_FACTS, "from".to_owned()));
    assert_eq!(fails((YEARS, "7"), stop), (ZG_INVALID_INPUT, "shared".to_owned()));
    assert_eq!(fails((YEARS, "{"), stop).0, ZG_INVALID_INPUT);
    assert_eq!(fails((YEARS, ""), stop).0, ZG_MISSING_FACT);
    assert_eq!(fails(("no.such-rule", MARCH), stop).0, ZG_UNKNOWN_RULE);
    assert_eq!(fails((YEARS, MARCH), (2, ZG_ZH)), (ZG_INVALID_OPTION, "on_error".to_owned()));
    assert_eq!(fails((YEARS, MARCH), (0, 9)), (ZG_INVALID_OPTION, "lang".to_owned()));
}

#[test]
fn null_and_released_streams_are_named() {
    let handle = handle();
    let (rule, none) = (raw(QUOTA), null::<c_char>());
    let (mut string, mut out) = (null_mut(), FFI_ArrowArrayStream::empty());
    let mut released = FFI_ArrowArrayStream::empty();
    let mut expected = [ZG_NULL_POINTER, ZG_STREAM_RELEASED].into_iter();
    for rows in [null_mut(), &raw mut released] {
        let want = expected.next().unwrap();
        // SAFETY: a good engine, texts with their lengths, NULL or a released stream, and locals.
        let (first, second) = unsafe {
            let e = handle.0;
            let (r, n) = rule;
            (
                call(|err| {
                    let (input, len) = raw("{}");
                    zg_engine_evaluate_table(
                        e,
                        r,
                        n,
                        input,
                        len,
                        none,
                        0,
                        rows,
                        &raw mut string,
                        err,
                    )
                }),
                call(|err| {
                    zg_engine_evaluate_rows(e, r, n, none, 0, rows, 0, 0, &raw mut out, err)
                }),
            )
        };
        assert_eq!(first, Err((want, "rows".to_owned())));
        assert_eq!(second, Err((want, "rows".to_owned())));
    }
    assert!(string.is_null() && out.release().is_none());
    let (value, len) = raw("[]");
    // SAFETY: a text with its length, and NULL.
    let got = call(|err| unsafe { zg_value_table(value, len, none, 0, null_mut(), err) });
    assert_eq!(got, Err((ZG_NULL_POINTER, "out".to_owned())));
    // SAFETY: NULL with a length, and a local.
    let got = call(|err| unsafe { zg_value_table(value, len, none, 2, &raw mut out, err) });
    assert_eq!(got, Err((ZG_NULL_POINTER, "key".to_owned())));
}

fn receipt(engine: *const zg_engine, month: u32) -> Result<Json, (zg_status, String)> {
    let mut out = null_mut();
    // SAFETY: an engine, another handle or NULL, and a local.
    call(|err| unsafe { zg_engine_receipt(engine, month, &raw mut out, err) })?;
    Ok(serde_json::from_str(&own(out)).unwrap())
}

#[test]
fn a_receipt_is_that_of_the_core() {
    let (core, handle) = (core(), handle());
    let month = Month::new(2025, 3).unwrap();
    let want = Receipt::of(&core, month).to_json();
    assert_eq!(receipt(handle.0, 202_503).unwrap(), want);
    let months = receipt(handle.0, 0).unwrap();
    assert_eq!((&months["month"], &months["packs"]), (&Json::Null, &want["packs"]));
    for wrong in [202_513, 1, u32::MAX] {
        assert_eq!(receipt(handle.0, wrong), Err((ZG_INVALID_MONTH, "month".to_owned())));
    }
    assert_eq!(receipt(null(), 202_503), Err((ZG_NULL_POINTER, "engine".to_owned())));
    // SAFETY: a good engine, or NULL.
    unsafe {
        assert_eq!(text(zg_engine_place(handle.0)), want["place"].as_str().unwrap());
        assert_eq!(text(zg_engine_packs(handle.0)), want["packs"].as_str().unwrap());
        assert_eq!(zg_engine_accept(handle.0), i32::from(ZG_EVIDENCE_INFERRED));
        assert_eq!(zg_engine_known_on(handle.0), 20_250_630);
        assert_eq!((text(zg_engine_place(null())).len(), zg_engine_accept(null())), (0, 0));
        let plain = engine("");
        assert_eq!(zg_engine_accept(plain.0), i32::from(ZG_EVIDENCE_SECONDARY));
        assert_eq!(zg_engine_known_on(plain.0), 0);
    }
    // The same that a payslip carries.
    let slip = json!({ "month": "2025-03", "people": [] }).to_string();
    let (data, len) = raw(&slip);
    let mut run = null_mut();
    // SAFETY: a good engine, a text with its length, and a local.
    call(|err| unsafe { zg_engine_month_run(handle.0, data, len, &raw mut run, err) }).unwrap();
    let run: Json = serde_json::from_str(&own(run)).unwrap();
    assert_eq!(run["receipt"], want);
}
