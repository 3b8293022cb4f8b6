//! The month run pays the coefficients of the month.

use crate::common::streams::read;
use arrow_array::{cast::AsArray, ffi_stream::FFI_ArrowArrayStream, types::UInt16Type};
use serde_json::{Value as Json, json};
use zhenggong::{ErrorCode, assessment::AssessmentMonth, calendar::Month, person::PersonMonth};
use zhenggong_arrow::{Batch, BatchOptions, OnError};
use zhenggong_c::*;

use crate::calls::*;

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
    let (before, errno, words) = crate::common::streams::until_failure(&mut stream);
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
