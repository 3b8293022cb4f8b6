//! Tables that stand for the lists of rules.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{fs, path::Path, sync::Arc};

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int32Array, Int64Array,
    ListArray, NullArray, RecordBatch, StringArray, StructArray, TimestampSecondArray, UInt64Array,
    types::{Date32Type, Int32Type},
};
use arrow_schema::{DataType, Field};
use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, ErrorCode,
    derivation::Language,
    policy::{Evidence, Pack},
};
use zhenggong_arrow::{OnError, evaluate_records, evaluate_rows, json_rows, list_table, to_csv};

fn read(columns: Vec<(&str, ArrayRef)>) -> Json {
    json_rows([Ok(RecordBatch::try_from_iter(columns).unwrap())]).unwrap().into()
}

#[test]
fn every_type_of_column_is_read() {
    let day = Date32Type::from_naive_date("2025-03-10".parse().unwrap());
    let amounts = |cells| {
        Arc::new(Decimal128Array::from(cells).with_precision_and_scale(20, 4).unwrap()) as ArrayRef
    };
    let inner = Arc::new(Field::new("from", DataType::Date32, true));
    let from = Arc::new(Date32Array::from(vec![Some(day), None])) as ArrayRef;
    let spans = StructArray::from(vec![(inner, from)]);
    let marks = ListArray::from_iter_primitive::<Int32Type, _, _>([
        Some(vec![Some(90), Some(85)]),
        None::<Vec<Option<i32>>>,
    ]);
    let rows = read(vec![
        ("id", Arc::new(StringArray::from(vec!["P1", ""])) as ArrayRef),
        ("bar", Arc::new(BooleanArray::from(vec![Some(true), None])) as _),
        ("rank", Arc::new(Int64Array::from(vec![Some(-3), None])) as _),
        ("big", Arc::new(UInt64Array::from(vec![u64::MAX, 0])) as _),
        ("score", amounts(vec![Some(955_000), Some(-1)])),
        ("whole", amounts(vec![Some(1_000_000), Some(0)])),
        ("on", Arc::new(Date32Array::from(vec![None, Some(day)])) as _),
        ("span", Arc::new(spans) as _),
        ("marks", Arc::new(marks) as _),
        ("empty", Arc::new(NullArray::new(2)) as _),
    ]);
    assert_eq!(
        rows,
        json!([
            {
                "id": "P1", "bar": true, "rank": -3, "big": u64::MAX, "score": "95.5",
                "whole": "100", "span": { "from": "2025-03-10" }, "marks": [90, 85],
            },
            { "big": 0, "score": "-0.0001", "whole": "0", "on": "2025-03-10", "span": {} },
        ])
    );
}

#[test]
fn what_no_rule_reads_is_refused_with_the_column() {
    let fails = |name: &str, array: ArrayRef| {
        let table = RecordBatch::try_from_iter([(name, array)]).unwrap();
        json_rows([Ok(table)]).unwrap_err()
    };
    let floats = || Arc::new(Float64Array::from(vec![1.5])) as ArrayRef;
    let error = fails("score", floats());
    assert_eq!((error.code(), error.field_name()), (ErrorCode::FloatRefused, Some("score")));
    let field = Arc::new(Field::new("of", DataType::Float64, true));
    let error = fails("span", Arc::new(StructArray::from(vec![(field, floats())])));
    assert_eq!((error.code(), error.field_name()), (ErrorCode::FloatRefused, Some("span.of")));
    let error = fails("at", Arc::new(TimestampSecondArray::from(vec![0])));
    assert_eq!((error.code(), error.field_name()), (ErrorCode::ColumnType, Some("at")));
    let twice = RecordBatch::try_from_iter([
        ("id", Arc::new(Int32Array::from(vec![1])) as ArrayRef),
        ("id", Arc::new(Int32Array::from(vec![1])) as ArrayRef),
    ]);
    assert_eq!(json_rows([Ok(twice.unwrap())]).unwrap_err().code(), ErrorCode::DuplicateColumn);
}

#[test]
fn a_list_of_an_answer_is_a_table() {
    let answer = json!({
        "month": "2025-03",
        "people": [
            { "id": "P1", "seat": true, "why": { "rank": 2, "from": "first" }, "bars": ["a", "b"] },
            { "id": "P2", "total": "95.50", "why": null, "parts": [{ "x": 1 }] },
        ],
        "none": [],
        "ids": ["P1", 7],
    });
    let csv = |key: &str| {
        let table = list_table(&answer, key).unwrap();
        to_csv(table.schema_ref(), [&table])
    };
    let table = list_table(&answer, "people").unwrap();
    let types: Vec<_> = table.schema().fields().iter().map(|f| f.data_type().clone()).collect();
    let names: Vec<_> = table.schema().fields().iter().map(|f| f.name().clone()).collect();
    assert_eq!(names, ["id", "seat", "why.rank", "why.from", "bars", "total", "parts"]);
    assert_eq!(
        (&types[1], &types[2], &types[5]),
        (&DataType::Boolean, &DataType::Int64, &DataType::Utf8)
    );
    assert_eq!(
        json_rows([Ok(table)]).unwrap(),
        [
            json!({ "id": "P1", "seat": true, "why.rank": 2, "why.from": "first", "bars": "a;b" }),
            json!({ "id": "P2", "total": "95.50", "parts": "[{\"x\":1}]" }),
        ]
    );
    assert_eq!(csv("ids").unwrap(), "value\nP1\n7\n");
    assert_eq!(list_table(&answer, "none").unwrap().num_rows(), 0);
    let error = list_table(&answer, "persons").unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownTerm);
    assert!(error.en().contains("people, none, ids"), "{error}");
    assert!(list_table(&answer["people"], "").is_ok());
}

/// The cases of all rules, as their files have them.
fn cases() -> Vec<Json> {
    fn files(folder: &Path, out: &mut Vec<Json>) {
        let mut entries: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                files(&path, out);
            } else {
                let table: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
                let list = table["case"].as_array().unwrap().iter();
                out.extend(list.map(|case| serde_json::to_value(case).unwrap()));
            }
        }
    }
    let mut out = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../zhenggong/cases"), &mut out);
    out
}

/// A list as a table of Arrow's own types, none where a cell is not plain.
fn plain(list: &Json) -> Option<RecordBatch> {
    let cell = |value: &Json| value.is_string() || value.is_i64() || value.is_boolean();
    let rows = list.as_array().filter(|rows| !rows.is_empty())?;
    let all = rows.iter().all(|row| row.as_object().is_some_and(|row| row.values().all(cell)));
    all.then(|| list_table(list, "").unwrap())
}

#[test]
fn every_rule_answers_a_table_as_it_answers_the_list() {
    let (mut asked, mut rules) = (0, std::collections::BTreeSet::new());
    for case in cases() {
        let mut input = case["input"].clone();
        let Some(map) = input.as_object_mut() else { continue };
        let mut changed = false;
        for (_, value) in map.iter_mut() {
            if let Some(table) = plain(value) {
                let rows: Json = json_rows([Ok(table)]).unwrap().into();
                changed |= rows == *value;
                *value = rows;
            }
        }
        if !changed {
            continue;
        }
        let accept = case
            .get("accept")
            .map_or(Evidence::Secondary, |accept| serde_json::from_value(accept.clone()).unwrap());
        let pack = case["place"].as_str().map(|place| Pack::example(place).unwrap());
        let packs = Pack::national().into_iter().chain(pack);
        let engine = Engine::builder().packs(packs).accept(accept).build().unwrap();
        let rule = case["rule"].as_str().unwrap();
        let answers = [&case["input"], &input].map(|input| {
            engine.evaluate(rule, input).map(|answer| answer.to_json()).map_err(|e| e.to_json())
        });
        assert_eq!(answers[0], answers[1], "{}", case["id"]);
        asked += 1;
        rules.insert(rule.to_owned());
    }
    assert!(asked > 150 && rules.len() > 10, "{asked} {rules:?}");
}

#[test]
fn a_rule_is_asked_of_each_row() {
    let engine = Engine::builder().packs(Pack::national()).build().unwrap();
    let texts = |cells: &[&str]| Arc::new(StringArray::from(cells.to_vec())) as ArrayRef;
    let people = RecordBatch::try_from_iter([
        ("person", texts(&["P1", "P2", "P3"])),
        ("sex", texts(&["男", "女", "男"])),
        ("from", texts(&["2004-07-01", "2004-13-01", "2024-07-01"])),
    ])
    .unwrap();
    let ask = |columns: &[usize], shared: Json, on_error| {
        let table = people.project(columns).unwrap();
        let halves = [Ok(table.slice(0, 1)), Ok(table.slice(1, 2))];
        evaluate_rows(&engine, ("service.full-years", &shared), halves, on_error, Language::Zh)
    };
    let march = json!({ "month": "2025-03", "to": "2025-03-31" });
    let table = ask(&[0, 2], march.clone(), OnError::Column).unwrap();
    let csv = to_csv(table.schema_ref(), [&table]).unwrap();
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(lines[..2], ["person,value,error_code,error", "P1,20,,"]);
    assert!(lines[2].starts_with("P2,,105,第 2 行，人员 P2，"), "{csv}");
    assert_eq!(lines[3], "P3,0,,");
    let error = ask(&[0, 2], march.clone(), OnError::Stop).unwrap_err();
    assert_eq!((error.code(), error.row_number()), (ErrorCode::InvalidDate, Some(2)));
    assert_eq!((error.person_id(), error.field_name()), (Some("P2"), Some("from")));
    // A column that the rule does not read is refused, and so is a fact said twice.
    let error = ask(&[0, 1, 2], march.clone(), OnError::Stop).unwrap_err();
    assert_eq!((error.code(), error.field_name()), (ErrorCode::UnknownField, Some("sex")));
    let twice = json!({ "month": "2025-03", "to": "2025-03-31", "from": "2004-07-01" });
    let error = ask(&[0, 2], twice, OnError::Stop).unwrap_err();
    assert_eq!((error.code(), error.row_number()), (ErrorCode::ContradictoryFacts, Some(1)));
    // A rule that asks who it is about is told.
    let officer = json!([{
        "person": "P1", "unit": "u", "kind": "民警", "rank": null, "duty": null,
        "stated": { "post-pay": "2410.00", "level-pay": "3620.00", "income-tax": "30.90", "pension": "0",
            "medical": "0", "occupational-annuity": "0", "housing-fund": "0" },
    }]);
    let shared = json!({ "month": "2025-03" });
    let asked = ("settlement.payslip", &shared);
    let people = officer.as_array().unwrap().clone();
    let table = evaluate_records(&engine, asked, people, OnError::Stop, Language::En).unwrap();
    let first =
        |name| arrow_array::cast::AsArray::as_string::<i32>(&table[name]).value(0).to_owned();
    assert_eq!([first("person"), first("net")], ["P1", "5999.10"]);
    let asked = ("no.such-rule", &march);
    let error = evaluate_rows(&engine, asked, [], OnError::Column, Language::En).unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownRule);
}

#[test]
fn the_person_of_a_row_is_an_id_or_nobody() {
    let engine = Engine::builder().packs(Pack::national()).build().unwrap();
    let shared = json!({ "month": "2025-03", "to": "2025-03-31", "from": "2004-07-01" });
    let ask = |person: Json, on_error| {
        let rows = vec![json!({ "person": "P1" }), json!({ "person": person })];
        let asked = ("service.full-years", &shared);
        evaluate_records(&engine, asked, rows, on_error, Language::En)
    };
    for (person, shown) in
        [(json!("P2"), "P2"), (json!(17), "17"), (json!(null), ""), (json!(" "), "")]
    {
        let table = ask(person, OnError::Stop).unwrap();
        let csv = to_csv(table.schema_ref(), [&table]).unwrap();
        assert_eq!(csv.lines().nth(2), Some(&*format!("{shown},20")), "{csv}");
    }
    for (wrong, code) in [
        (json!("无"), ErrorCode::InvalidText),
        (json!("a\nb"), ErrorCode::InvalidText),
        (json!(1.5), ErrorCode::InvalidInput),
        (json!(true), ErrorCode::InvalidInput),
        (json!({ "id": "P2" }), ErrorCode::InvalidInput),
    ] {
        let error = ask(wrong.clone(), OnError::Stop).unwrap_err();
        assert_eq!((error.code(), error.row_number()), (code, Some(2)), "{wrong}");
        assert_eq!((error.person_id(), error.field_name()), (None, Some("person")), "{wrong}");
        let table = ask(wrong, OnError::Column).unwrap();
        let csv = to_csv(table.schema_ref(), [&table]).unwrap();
        let start = format!(",,{},", code.number());
        assert!(csv.lines().nth(2).unwrap().starts_with(&start), "{csv}");
    }
}
