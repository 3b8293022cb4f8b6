//! Assessment from tables: the same answers as from JSON, and what each fault says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use arrow_array::{
    Array, ArrayRef, Date32Array, Decimal128Array, Float64Array, Int64Array, ListArray,
    RecordBatch, StringArray, types::Date32Type,
};
use chrono::NaiveDate;
use serde_json::{Map, Value as Json, json};
use zhenggong::{
    Engine, ErrorCode,
    assessment::{Event, Inquiry, OnError, Points, Subject, SubjectKind},
    calendar::Month,
    derivation::Language,
    person::Label,
    policy::{Evidence, Pack},
};
use zhenggong_arrow::{
    assessment::{Assessed, EVENTS, InputColumn, Rows, SUBJECTS, events, subjects},
    cells, to_csv,
};

fn engine(place: &str, accept: Evidence) -> Engine {
    let pack = Pack::example(place).unwrap();
    Engine::builder().packs(Pack::national()).pack(pack).accept(accept).build().unwrap()
}

fn texts(cells: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(cells.to_vec()))
}

fn json_of(value: &toml::Value) -> Json {
    match value {
        toml::Value::String(s) => s.as_str().into(),
        toml::Value::Integer(n) => (*n).into(),
        toml::Value::Array(items) => items.iter().map(json_of).collect(),
        toml::Value::Table(table) => {
            table.iter().map(|(k, v)| (k.clone(), json_of(v))).collect::<Map<_, _>>().into()
        }
        other => panic!("{other:?}"),
    }
}

/// A list of records as a table of texts with Chinese names.
fn table(list: &Json, columns: &[InputColumn]) -> RecordBatch {
    let rows = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let cell = |row: &Json, key: &str| match row.get(key)? {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        Json::Array(items) => {
            let text = |item: &Json| match item.as_str() {
                Some(text) => text.to_owned(),
                // A move.
                None => [&item["from"], &item["unit"]].map(|v| v.as_str().unwrap()).join(" "),
            };
            Some(items.iter().map(text).collect::<Vec<_>>().join("、"))
        }
        other => Some(other.to_string()),
    };
    let column = |c: &InputColumn| {
        let cells: StringArray = rows.iter().map(|row| cell(row, c.key)).collect();
        (c.zh[0], Arc::new(cells) as ArrayRef)
    };
    RecordBatch::try_from_iter(columns.iter().map(column)).unwrap()
}

/// The cells of a row by column.
fn row(table: &RecordBatch, at: usize) -> BTreeMap<String, String> {
    let fields = table.schema_ref().fields().iter().zip(table.columns());
    fields.filter_map(|(f, c)| Some((f.name().clone(), cells(c).unwrap()(at)?))).collect()
}

fn points(text: &str) -> Points {
    Points::parse(text).unwrap()
}

/// Whether a cell of the table says what the JSON does.
fn same(cell: Option<&String>, json: &Json) -> bool {
    cell.map(String::as_str) == json.as_str()
}

/// What the points come from stands in the table as in the JSON.
fn grounds(found: &BTreeMap<String, String>, json: &Json) {
    for key in ["actual", "due", "over", "average", "from", "to"] {
        assert!(same(found.get(key), &json[key]), "{key} {found:?} {json}");
    }
    for key in ["count", "staff", "groups", "steps"] {
        let want = json[key].as_i64().map(|count| count.to_string());
        assert_eq!(found.get(key), want.as_ref(), "{key}");
    }
    assert_eq!(found.get("instead").map(String::as_str), json["instead"].as_str());
    let factors = json["factors"].as_array().map_or(0, Vec::len);
    assert_eq!(found.contains_key("factor"), factors > 0, "{found:?}");
    if let [only] = json["factors"].as_array().map_or(&[][..], Vec::as_slice) {
        let value = only["value"].as_str().unwrap();
        assert!(
            found["factors"].starts_with(&format!("{} {value}", only["factor"].as_str().unwrap()))
        );
        assert_eq!(found["factor"].trim_end_matches('0'), value);
        assert!(found["reckoning"].contains(value), "{found:?}");
    }
    // More than one occurrence, a measured value and ratings are reckoned in words.
    let told = json["count"].as_i64().is_some_and(|c| c > 1) || json["actual"].is_string();
    assert!(!told || found.contains_key("reckoning"), "{found:?}");
}

fn check(answer: &Assessed) {
    let scores = answer.value["scores"].as_array().unwrap();
    assert_eq!(answer.scores.num_rows(), scores.len());
    let mut lines = 0;
    for (at, score) in scores.iter().enumerate() {
        let found = row(&answer.scores, at);
        for key in ["subject", "scheme", "grade"] {
            assert_eq!(found.get(key).map(String::as_str), score[key].as_str(), "{key} {score}");
        }
        assert!(same(found.get("total"), &score["total"]), "{found:?} {score}");
        assert!(same(found.get("coefficient"), &score["coefficient"]), "{found:?} {score}");
        for (sheet, points) in score["sheets"].as_object().into_iter().flatten() {
            assert!(same(found.get(sheet), points), "{sheet} {found:?}");
        }
        // The points of the trail by sheet are what the table of sheets has, and all of them the total.
        let mut all = Points::ZERO;
        let mut sums: BTreeMap<(String, String), Points> = BTreeMap::new();
        for line in score["trail"].as_array().unwrap() {
            let found = row(&answer.trail, lines);
            lines += 1;
            for key in ["kind", "sheet", "item", "rule", "event", "date", "why", "clause"] {
                assert_eq!(found.get(key).map(String::as_str), line[key].as_str(), "{key}");
            }
            let cause = line["factor"].as_str().or(line["veto"].as_str());
            assert_eq!(found.get("cause").map(String::as_str), cause);
            for key in ["points", "before", "value"] {
                assert!(same(found.get(key), &line[key]), "{key} {found:?} {line}");
            }
            grounds(&found, &line["grounds"]);
            all = all.plus(points(&found["points"])).unwrap();
            if found["kind"] != "sheet" {
                continue;
            }
            let sum = sums.entry((found["part"].clone(), found["sheet"].clone())).or_default();
            *sum = sum.plus(points(&found["points"])).unwrap();
        }
        for at in 0..answer.sheets.num_rows() {
            let sheet = row(&answer.sheets, at);
            if sheet["subject"] == found["subject"] {
                let sum = sums.remove(&(sheet["part"].clone(), sheet["sheet"].clone()));
                assert_eq!(sum, Some(points(&sheet["points"])), "{sheet:?}");
            }
        }
        assert!(sums.is_empty());
        assert_eq!(all, points(score["total"].as_str().unwrap()));
    }
    assert_eq!(lines, answer.trail.num_rows());
    let ranking = answer.value["ranking"].as_array().unwrap();
    assert_eq!(answer.ranking.num_rows(), ranking.len());
    for (at, place) in ranking.iter().enumerate() {
        let found = row(&answer.ranking, at);
        assert_eq!(found["rank"], place["rank"].to_string());
        assert_eq!(found["subject"], place["subject"].as_str().unwrap());
        assert!(same(found.get("total"), &place["total"]));
    }
    let errors = answer.value["errors"].as_array().map_or(&[][..], Vec::as_slice);
    assert_eq!(answer.errors.num_rows(), errors.len());
    for (at, error) in errors.iter().enumerate() {
        let found = row(&answer.errors, at);
        for (column, key) in [
            ("subject", "person"),
            ("event", "event"),
            ("field", "field"),
            ("name", "name"),
            ("message", "en"),
        ] {
            assert_eq!(found.get(column).map(String::as_str), error[key].as_str(), "{column}");
        }
        assert_eq!(found["code"], error["code"].to_string());
    }
}

fn check_difference(table: &RecordBatch, answer: &Json) {
    let differences = answer["differences"].as_array().unwrap();
    assert_eq!(table.num_rows(), differences.len());
    for (at, difference) in differences.iter().enumerate() {
        let found = row(table, at);
        assert_eq!(found["subject"], difference["subject"].as_str().unwrap());
        for side in ["before", "after"] {
            let cell = |key: &str| found.get(&format!("{side}_{key}"));
            assert!(same(cell("total"), &difference[side]["total"]), "{found:?}");
            assert_eq!(cell("grade").map(String::as_str), difference[side]["grade"].as_str());
            let rank = difference[side]["rank"].as_u64().map(|rank| rank.to_string());
            assert_eq!(cell("rank"), rank.as_ref());
            let of = &difference[side];
            let coefficient = of["coefficient"].as_str();
            assert_eq!(cell("coefficient").map(String::as_str), coefficient);
            let vetoes: Vec<&str> = of["vetoes"].as_array().map_or(Vec::new(), |vetoes| {
                vetoes.iter().map(|v| v["veto"].as_str().unwrap()).collect()
            });
            assert_eq!(cell("vetoes").cloned().unwrap_or_default(), vetoes.join(";"));
            assert_eq!(cell("contract").is_some(), of["terminate"] == true);
            for (sheet, points) in of["sheets"].as_object().into_iter().flatten() {
                let told = format!("{sheet} {}", points.as_str().unwrap());
                assert!(cell("sheets").unwrap().split(';').any(|s| s == told), "{found:?}");
            }
        }
        assert!(same(found.get("change"), &difference["change"]));
        for key in ["changed", "unknown"] {
            let list: Vec<&str> = difference[key].as_array().map_or(Vec::new(), |list| {
                list.iter().map(|aspect| aspect.as_str().unwrap()).collect()
            });
            assert_eq!(found.get(key).cloned().unwrap_or_default(), list.join(";"));
        }
        let events: Vec<_> =
            difference["events"].as_object().map_or(Vec::new(), |e| e.keys().cloned().collect());
        assert_eq!(found.get("events").cloned().unwrap_or_default(), events.join(";"));
    }
}

#[test]
fn every_case_of_scores_and_differences_has_the_same_answer_from_tables() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../zhenggong/cases/assessment");
    let (mut scored, mut compared, mut refused) = (0, 0, 0);
    for entry in fs::read_dir(dir).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let file: toml::Table = toml::from_str(&text).unwrap();
        for case in file["case"].as_array().unwrap() {
            let rule = case["rule"].as_str().unwrap();
            let of_scores = rule == "assessment.score";
            let of_differences =
                ["assessment.rescore", "assessment.difference", "assessment.what-if"]
                    .contains(&rule);
            let Some(place) = case.get("place").and_then(|p| p.as_str()) else { continue };
            // A case may be of a day before an edition.
            if !(of_scores || of_differences) || case.get("known_on").is_some() {
                continue;
            }
            let accept = case.get("accept").map_or(Evidence::Secondary, |accept| {
                serde_json::from_value(json_of(accept)).unwrap()
            });
            let engine = engine(place, accept);
            let mut input = json_of(&case["input"]);
            if of_scores {
                input["show"] = json!(["trail", "ranking"]);
            }
            let expected = engine.evaluate(rule, &input);
            let map = input.as_object_mut().unwrap();
            map.remove("show");
            let (people, happened) = (
                map.remove("subjects").unwrap_or_default(),
                map.remove("events").unwrap_or_default(),
            );
            let from_tables = || {
                let inquiry = Inquiry::from_value(&input)?;
                let (people, happened) = (table(&people, SUBJECTS), table(&happened, EVENTS));
                let (subjects, events) = match inquiry.on_error {
                    OnError::Raise => (subjects([Ok(people)])?, events([Ok(happened)])?),
                    OnError::Report => (
                        Rows::<Subject>::read([Ok(people)], |row| row)?.rows,
                        Rows::<Event>::read([Ok(happened)], |row| row)?.rows,
                    ),
                };
                Assessed::of(&engine, &subjects, &events, &inquiry, Language::En)
            };
            let id = case["id"].as_str().unwrap();
            match (expected, from_tables()) {
                (Ok(expected), Ok(found)) => {
                    check(&found);
                    if of_scores {
                        let (found, expected) = (scored_and_whom(&found.value), expected.value());
                        assert_eq!(found, scored_and_whom(expected), "{id}");
                        scored += 1;
                    } else {
                        check_difference(found.difference.as_ref().unwrap(), expected.value());
                        compared += 1;
                    }
                }
                (Err(expected), Err(found)) => {
                    assert_eq!(found.code(), expected.code(), "{id} {found}");
                    refused += 1;
                }
                // Without a comparison the question is one of scores alone.
                (Err(expected), Ok(found)) => {
                    assert_eq!(expected.code(), ErrorCode::MissingFact, "{id}");
                    assert!(found.difference.is_none());
                }
                (Ok(_), Err(found)) => panic!("{id}: {found}"),
            }
        }
    }
    assert!(scored > 30 && compared > 5 && refused > 5, "{scored} {compared} {refused}");
}

/// An answer in which an error of a row that could not be read has only its event and person: a table
/// names row and column, and its cells are all texts.
fn scored_and_whom(answer: &Json) -> Json {
    let mut answer = answer.clone();
    let unread = ["InvalidDate", "InvalidInput", "UnknownTerm", "InvalidNumber"].map(Json::from);
    for error in answer["errors"].as_array_mut().into_iter().flatten() {
        if unread.contains(&error["name"]) {
            *error = json!({ "event": error["event"], "person": error["person"] });
        }
    }
    answer
}

#[test]
fn a_row_that_cannot_be_read_is_reported_with_its_row_and_the_others_are_scored() {
    let engine = engine("teaching-example", Evidence::Secondary);
    let people = RecordBatch::try_from_iter([
        ("id", texts(&["A1", "A2", "A3", "A4", "U"].map(Some))),
        ("kind", texts(&["辅警", "辅警", "帮手", "辅警", "单位"].map(Some))),
        ("unit", texts(&[None, Some("U"), None, None, None])),
    ]);
    let happened = RecordBatch::try_from_iter([
        ("id", texts(&["E1", "E2", "E3", "E4", "E5"].map(Some))),
        ("subject", texts(&[Some("A1"), Some("A2"), Some("A3"), Some("A4"), None])),
        (
            "date",
            texts(
                &["2025-03-10", "2025-03-32", "2025-03-10", "2025-03-10", "2025-03-10"].map(Some),
            ),
        ),
        ("rule", texts(&["late"; 5].map(Some))),
        ("replaces", texts(&[None, Some("E4"), None, None, None])),
    ]);
    let (people, happened) = (people.unwrap(), happened.unwrap());
    let error = subjects([Ok(people.clone())]).unwrap_err();
    assert_eq!((error.row_number(), error.person_id()), (Some(3), Some("A3")));
    let error = events([Ok(happened.clone())]).unwrap_err();
    assert_eq!((error.row_number(), error.person_id()), (Some(2), Some("A2")));
    let halves = [Ok(people.slice(0, 2)), Ok(people.slice(2, 3))];
    let people = Rows::<Subject>::read(halves, |row| row).unwrap().rows;
    let happened = Rows::<Event>::read([Ok(happened)], |row| row).unwrap().rows;
    let mut inquiry = Inquiry::new(Month::new(2025, 3).unwrap());
    let found = Assessed::of(&engine, &people, &happened, &inquiry, Language::En).unwrap_err();
    assert_eq!(found.row_number(), Some(3));
    inquiry.on_error = OnError::Report;
    let found = Assessed::of(&engine, &people, &happened, &inquiry, Language::En).unwrap();
    // A2 corrects an event of A4 and stands below U: nobody knows what is right for them.
    assert_eq!(csv(&found.scores).lines().skip(1).count(), 1);
    let errors = csv(&found.errors);
    let mut whom: Vec<_> = errors.lines().skip(1).map(|l| l.split(',').take(4)).collect();
    let whom: Vec<String> = whom.iter_mut().map(|l| l.collect::<Vec<_>>().join(",")).collect();
    let wanted =
        ["A2,E2,date,105", "A3,,kind,107", "A4,E2,date,105", ",E5,subject,108", "U,E2,date,105"];
    assert_eq!(whom, wanted, "{errors}");
}

#[test]
fn schemes_and_moves_of_subjects_are_columns() {
    let table = |moves: &str| {
        RecordBatch::try_from_iter([
            ("编号", texts(&[Some("A1"), Some("A2")])),
            ("类别", texts(&[Some("民警"), Some("民警")])),
            ("单位", texts(&[Some("城东所"), None])),
            ("方案", texts(&[Some("teaching-office"), Some("")])),
            ("调动", texts(&[Some(moves), None])),
        ])
        .unwrap()
    };
    let read = subjects([Ok(table("2025-03-16 城西所；2025-03-20 城南所"))]).unwrap();
    let schemes: Vec<_> = read.iter().map(|s| s.scheme.as_deref()).collect();
    assert_eq!(schemes, [Some("teaching-office"), None]);
    let unit = |day: &str| read[0].unit_on(day.parse().unwrap()).map(Label::as_str);
    let days = ["2025-03-15", "2025-03-16", "2025-03-20"];
    assert_eq!(days.map(unit), [Some("城东所"), Some("城西所"), Some("城南所")]);
    assert!(read[1].moves.is_empty());
    for (moves, code) in [
        ("2025-03-16", ErrorCode::InvalidInput),
        ("16 城西所", ErrorCode::InvalidDate),
        ("2025-03-16 无", ErrorCode::MissingFact),
    ] {
        let error = subjects([Ok(table(moves))]).unwrap_err();
        assert_eq!((error.code(), error.row_number()), (code, Some(1)), "{error}");
        assert_eq!(error.field_name(), Some("moves"), "{error}");
    }
}

#[test]
fn every_type_of_column_is_read() {
    let names = ["A1", "A2"].map(Some);
    let day = |text: &str| Date32Type::from_naive_date(text.parse::<NaiveDate>().unwrap());
    let flags = ListArray::from_iter_primitive::<arrow_array::types::Int32Type, _, _>([
        None::<Vec<Option<i32>>>,
        None,
    ]);
    let list = RecordBatch::try_from_iter([
        ("人员编号", texts(&names)),
        ("类别", texts(&[Some("辅警"), Some("officer")])),
        ("staff", Arc::new(Int64Array::from(vec![None, Some(3)])) as ArrayRef),
        ("身份", texts(&[Some("甲；乙、丙"), Some("")])),
        ("from", Arc::new(Date32Array::from(vec![Some(day("2025-01-01")), None])) as _),
    ])
    .unwrap();
    let read = subjects([Ok(list.slice(0, 1)), Ok(list.slice(1, 1))]).unwrap();
    let label = |text: &str| Label::new(text).unwrap();
    let mut first = Subject::new(label("A1"), SubjectKind::Auxiliary);
    first.identities = ["甲", "乙", "丙"].map(String::from).to_vec();
    first.from = Some("2025-01-01".parse().unwrap());
    let mut second = Subject::new(label("A2"), SubjectKind::Officer);
    second.staff = Some(3);
    assert_eq!(read, [first, second]);

    let marks = Decimal128Array::from(vec![Some(97_500_000_000), None]);
    let list = RecordBatch::try_from_iter([
        ("id", texts(&[Some("E1"), Some("E2")])),
        ("subject", texts(&names)),
        ("date", Arc::new(Date32Array::from(vec![day("2025-03-10"); 2])) as ArrayRef),
        ("rule", texts(&[Some("late"); 2])),
        ("count", Arc::new(Int64Array::from(vec![None, Some(2)])) as _),
        ("评分", Arc::new(marks.with_precision_and_scale(18, 9).unwrap()) as _),
    ])
    .unwrap();
    let mut first = Event::new(label("E1"), label("A1"), "2025-03-10".parse().unwrap(), "late");
    first.points = Some(points("97.5"));
    let mut second = first.clone();
    (second.id, second.subject, second.count) = (label("E2"), label("A2"), 2);
    second.points = None;
    assert_eq!(events([Ok(list.clone())]).unwrap(), [first, second]);
    let with = |name: &str, column: ArrayRef| {
        let mut columns: Vec<_> = list.columns().to_vec();
        let mut fields: Vec<_> = list.schema_ref().fields().iter().cloned().collect();
        let field = field_of(name, &column);
        match fields.iter().position(|f| f.name() == name) {
            Some(at) => (fields[at], columns[at]) = (field, column),
            None => {
                fields.push(field);
                columns.push(column);
            }
        }
        let schema = schema_of(fields);
        events([Ok(RecordBatch::try_new(schema, columns).unwrap())]).unwrap_err()
    };
    let floats = || Arc::new(Float64Array::from(vec![1.0, 2.0])) as ArrayRef;
    for (error, code, field, at) in [
        (with("value", floats()), ErrorCode::FloatRefused, "value", None),
        (with("count", floats()), ErrorCode::ColumnType, "count", None),
        (with("flags", Arc::new(flags)), ErrorCode::ColumnType, "flags", None),
        (
            with("value", Arc::new(Int64Array::from(vec![1, 2]))),
            ErrorCode::ColumnType,
            "value",
            None,
        ),
        (with("count", texts(&[None, Some("2.5")])), ErrorCode::InvalidNumber, "count", Some(2)),
        (
            with("count", texts(&[None, Some("99999999999999999999")])),
            ErrorCode::NumberOutOfRange,
            "count",
            Some(2),
        ),
        (with("date", texts(&[Some("2025-3-1"), None])), ErrorCode::InvalidDate, "date", Some(1)),
        (with("rule", texts(&[Some("late"), Some("")])), ErrorCode::MissingFact, "rule", Some(2)),
        (with("次数", texts(&[None, None])), ErrorCode::DuplicateColumn, "count", None),
    ] {
        assert_eq!(
            (error.code(), error.field_name(), error.row_number()),
            (code, Some(field), at),
            "{error}"
        );
    }
    assert_eq!(with("score", texts(&[None, None])).code(), ErrorCode::UnknownField);
    let error = events([Ok(list.project(&[0, 1, 2]).unwrap())]).unwrap_err();
    assert_eq!((error.code(), error.field_name()), (ErrorCode::MissingColumn, Some("rule")));
}

fn field_of(name: &str, column: &ArrayRef) -> Arc<arrow_schema::Field> {
    Arc::new(arrow_schema::Field::new(name, column.data_type().clone(), true))
}

fn schema_of(fields: Vec<Arc<arrow_schema::Field>>) -> Arc<arrow_schema::Schema> {
    Arc::new(arrow_schema::Schema::new(fields))
}

fn csv(batch: &RecordBatch) -> String {
    to_csv(batch.schema_ref(), [batch]).unwrap()
}

#[test]
fn tables_in_chinese_print_names() {
    let engine = engine("teaching-example", Evidence::Secondary);
    let subject = Subject::new(Label::new("A1").unwrap(), SubjectKind::Auxiliary);
    let day = "2025-03-10".parse().unwrap();
    let late = Event::new(Label::new("E1").unwrap(), subject.id.clone(), day, "late");
    let inquiry = Inquiry::new(Month::new(2025, 3).unwrap());
    let answer = Assessed::of(&engine, &[subject], &[late], &inquiry, Language::Zh).unwrap();
    let scores = csv(&answer.scores);
    assert!(scores.starts_with("对象,类别,单位,序列,方案,"), "{scores}");
    assert!(scores.contains("A1,辅警,,,") && scores.contains(",97.00,"), "{scores}");
    let trail = csv(&answer.trail);
    assert!(trail.contains(",迟到,,E1,,2025-03-10,,,-3.00,"), "{trail}");
    assert!(answer.difference.is_none());
}

#[test]
fn what_says_that_there_is_nobody_is_no_id() {
    for nobody in ["n/a", "N/A", "NA", "无", "-", " "] {
        let list = |id: &str, unit: &str| {
            let kind = texts(&[Some("辅警"); 2]);
            let unit = texts(&[Some("u"), Some(unit)]);
            let id = texts(&[Some("A1"), Some(id)]);
            let columns = [("id", id), ("kind", kind), ("unit", unit)];
            subjects([Ok(RecordBatch::try_from_iter(columns).unwrap())])
        };
        let error = list(nobody, "u").unwrap_err();
        let at = (error.code(), error.field_name(), error.row_number());
        assert_eq!(at, (ErrorCode::MissingFact, Some("id"), Some(2)), "{error}");
        match (nobody, list("A2", nobody)) {
            // Blank is missing, and a subject may be without a unit.
            (" ", read) => assert_eq!(read.unwrap()[1].unit, None),
            (_, read) => {
                let error = read.unwrap_err();
                let at = (error.code(), error.field_name(), error.row_number());
                assert_eq!(at, (ErrorCode::InvalidText, Some("unit"), Some(2)), "{error}");
                assert!(error.zh().contains("没有则留空"), "{error}");
            }
        }
        for column in ["id", "subject"] {
            let cell =
                |name: &str, text| texts(&[Some(if name == column { nobody } else { text })]);
            let columns = [
                ("id", cell("id", "E1")),
                ("subject", cell("subject", "A1")),
                ("date", cell("date", "2025-03-10")),
                ("rule", cell("rule", "late")),
            ];
            let error = events([Ok(RecordBatch::try_from_iter(columns).unwrap())]).unwrap_err();
            let at = (error.code(), error.field_name(), error.row_number());
            assert_eq!(at, (ErrorCode::MissingFact, Some(column), Some(1)), "{error}");
        }
    }
}

#[test]
fn all_rows_that_cannot_be_read_are_told() {
    let ids = texts(&[Some("A1"), None, Some("A3"), Some("A4")]);
    let kinds = texts(&[Some("辅警"), Some("辅警"), Some("猫"), Some("民警")]);
    let table = RecordBatch::try_from_iter([("编号", ids), ("类别", kinds)]).unwrap();
    let batches = || [Ok(table.slice(0, 2)), Ok(table.slice(2, 2))];
    let read = Rows::<Subject>::read(batches(), |place| place + 1).unwrap();
    let ids = read.rows.iter().map(|s| (s.id.as_str(), s.problem().is_none()));
    assert_eq!(ids.collect::<Vec<_>>(), [("A1", true), ("", false), ("A3", false), ("A4", true)]);
    let errors: Vec<_> = read.errors.iter().map(|e| (e.row_number(), e.code())).collect();
    assert_eq!(errors, [(Some(3), ErrorCode::MissingFact), (Some(4), ErrorCode::UnknownTerm)]);
    assert_eq!(subjects(batches()).unwrap_err().row_number(), Some(2));
}
