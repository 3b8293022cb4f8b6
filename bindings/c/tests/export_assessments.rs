//! Writes assessments from tables with the tables that Rust gives, one JSON object a line, to the file
//! that `ZG_ASSESSMENTS` names; the clients ask the same over Arrow streams and compare to the byte.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::{collections::BTreeMap, env, fmt::Write, fs, sync::Arc};

use arrow_array::{
    Array, ArrayRef, RecordBatch, StringArray,
    cast::AsArray,
    types::{Decimal128Type, DecimalType},
};
use arrow_schema::DataType;
use common::cases;
use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, ErrorCode, Result,
    assessment::{Event, Inquiry, OnError, Subject},
    derivation::Language,
};
use zhenggong_arrow::{
    Cells,
    assessment::{Assessed, EVENTS, InputColumn, Rows, SUBJECTS, events, subjects},
    cells,
};
use zhenggong_c::{ZG_COLUMNS_KEYS, ZG_COLUMNS_ZH};

/// An item of a list as a cell has it: a text, or a move as its day and unit.
fn item_text(item: &Json) -> String {
    match item {
        Json::String(text) => text.clone(),
        item => {
            let part = |key: &str| item[key].as_str().unwrap_or_default();
            format!("{} {}", part("from"), part("unit"))
        }
    }
}

/// A list of records as a table of texts, by key or with Chinese names; none where a cell can't be
/// written between tabs.
fn table(list: &Json, columns: &[InputColumn], chinese: bool) -> Option<Vec<Vec<String>>> {
    let cell = |row: &Json, key: &str| match row.get(key) {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(Json::Array(items)) => items.iter().map(item_text).collect::<Vec<_>>().join(";"),
        Some(other) => other.to_string(),
    };
    let names = columns.iter().map(|c| if chinese { c.zh[0] } else { c.key }.to_owned());
    let rows = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let cells = rows.iter().map(|row| columns.iter().map(|c| cell(row, c.key)).collect());
    let all: Vec<Vec<String>> = std::iter::once(names.collect()).chain(cells).collect();
    let plain = all.iter().flatten().all(|cell| !cell.contains(['\t', '\n']));
    plain.then_some(all)
}

fn batch(table: &[Vec<String>]) -> RecordBatch {
    let (names, rows) = table.split_first().unwrap();
    let column = |(at, name): (usize, &String)| {
        let cells: StringArray = rows.iter().map(|row| Some(row[at].as_str())).collect();
        (name.clone(), Arc::new(cells) as ArrayRef)
    };
    RecordBatch::try_from_iter(names.iter().enumerate().map(column)).unwrap()
}

fn with_tabs(table: &[Vec<String>]) -> String {
    table.iter().map(|row| row.join("\t") + "\n").collect()
}

/// The texts of a column, decimals with all digits that the stream carries.
fn digits(column: &ArrayRef) -> Cells<'_> {
    match column.data_type() {
        DataType::Decimal128(precision, scale) => {
            let values = column.as_primitive::<Decimal128Type>();
            let text = |value| Decimal128Type::format_decimal(value, *precision, *scale);
            Box::new(move |row| values.is_valid(row).then(|| text(values.value(row))))
        }
        _ => cells(column).unwrap(),
    }
}

/// The names and cells of a result as texts with tabs.
fn shown(table: &RecordBatch) -> String {
    let names = table.schema_ref().fields().iter().map(|field| field.name().as_str());
    let mut out = names.collect::<Vec<_>>().join("\t") + "\n";
    let columns: Vec<_> = table.columns().iter().map(digits).collect();
    for row in 0..table.num_rows() {
        for (at, cell) in columns.iter().enumerate() {
            let text = cell(row).unwrap_or_default();
            write!(out, "{}{text}", if at == 0 { "" } else { "\t" }).unwrap();
        }
        out.push('\n');
    }
    out
}

struct Asked<'a> {
    id: &'a str,
    key: &'a str,
    request: &'a Json,
    people: &'a [Vec<String>],
    happened: &'a [Vec<String>],
    columns: i32,
}

/// One line: what is asked, and what Rust answers.
fn line(asked: &Asked<'_>, engine: &Engine) -> String {
    let Asked { id, key, request, people, happened, columns } = asked;
    let ask = || -> Result<Assessed> {
        let inquiry = Inquiry::from_value(request)?;
        let (people, happened) = (Ok(batch(people)), Ok(batch(happened)));
        let (people, happened) = match inquiry.on_error {
            OnError::Raise => (subjects([people])?, events([happened])?),
            OnError::Report => (
                Rows::<Subject>::read([people], |row| row)?.rows,
                Rows::<Event>::read([happened], |row| row)?.rows,
            ),
        };
        let language = if *columns == ZG_COLUMNS_ZH { Language::Zh } else { Language::En };
        Assessed::of(engine, &people, &happened, &inquiry, language)
    };
    let mut line = json!({
        "id": id, "engine": key, "request": request.to_string(), "columns": columns.to_string(),
        "subjects": with_tabs(people), "events": with_tabs(happened),
    });
    match ask() {
        Ok(answer) => {
            line["status"] = "0".into();
            line["answer"] = answer.value.to_string().into();
            for (name, table) in [
                ("scores", Some(&answer.scores)),
                ("sheets", Some(&answer.sheets)),
                ("trail", Some(&answer.trail)),
                ("ranking", Some(&answer.ranking)),
                ("errors", Some(&answer.errors)),
                ("difference", answer.difference.as_ref()),
            ] {
                line[name] = table.map(shown).unwrap_or_default().into();
            }
        }
        Err(error) => {
            line["status"] = error.code().number().to_string().into();
            line["answer"] = error.to_json().to_string().into();
        }
    }
    line.to_string() + "\n"
}

#[test]
fn assessments_are_written_with_their_tables() {
    let rules =
        ["assessment.score", "assessment.rescore", "assessment.difference", "assessment.what-if"];
    let mut engines: BTreeMap<String, Engine> = BTreeMap::new();
    let mut lines = String::new();
    let mut example: Json =
        serde_json::from_str(include_str!("../../../examples/data/assessment-events.json"))
            .unwrap();
    example["month"] = "2025-03".into();
    let teaching: toml::Table = "place = \"teaching-example\"".parse().unwrap();
    let mut all = vec![("the shipped example".to_owned(), teaching, example)];
    for case in cases::all() {
        if rules.contains(&case["rule"].as_str().unwrap()) {
            let input = cases::json(&case["input"]);
            all.push((case["id"].as_str().unwrap().to_owned(), case, input));
        }
    }
    let mut written = 0;
    for (id, case, mut input) in all {
        let key = cases::request(&case).to_string();
        let engine = engines.entry(key.clone()).or_insert_with(|| cases::engine(&case));
        let map = input.as_object_mut().unwrap();
        let mut list = |key: &str| map.remove(key).unwrap_or_default();
        let (people, happened, _) = (list("subjects"), list("events"), list("show"));
        for (columns, chinese) in [(ZG_COLUMNS_KEYS, false), (ZG_COLUMNS_ZH, true)] {
            let tables = table(&people, SUBJECTS, chinese).zip(table(&happened, EVENTS, chinese));
            let Some((people, happened)) = tables else { continue };
            let (id, key, request) = (id.as_str(), key.as_str(), &input);
            let asked = Asked { id, key, request, people: &people, happened: &happened, columns };
            lines.push_str(&line(&asked, engine));
            written += 1;
        }
    }
    assert!(written > 100, "{written}");
    for code in [ErrorCode::UnknownScoringRule, ErrorCode::SelfRating] {
        assert!(lines.contains(&format!("\"status\":\"{}\"", code.number())), "{code:?}");
    }
    if let Some(path) = env::var_os("ZG_ASSESSMENTS") {
        fs::write(path, lines).unwrap();
    }
}
