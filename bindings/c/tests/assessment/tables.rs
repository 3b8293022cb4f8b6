//! The tables that come out, and the columns that go in.

use std::{ptr::null_mut, sync::Arc};

use crate::common::{call, streams::read};
use arrow_array::{
    ArrayRef, DictionaryArray, Int8Array, LargeStringArray, NullArray, RecordBatch,
    StringViewArray,
    builder::{ListBuilder, StringBuilder},
    ffi::FFI_ArrowSchema,
    ffi_stream::FFI_ArrowArrayStream,
    types::{Int8Type, UInt32Type},
};
use arrow_schema::{DataType, Schema};
use serde_json::{Value as Json, json};
use zhenggong::{assessment::Inquiry, derivation::Language};
use zhenggong_arrow::assessment::{Assessed, EVENTS, SUBJECTS, input_schema};
use zhenggong_c::*;

use crate::calls::*;

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
    let shown = include_str!("../../../../examples/expected/assessment.txt");
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
