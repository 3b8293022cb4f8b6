//! Writes cases whose input has a list, with the list as a table, and what Rust answers, one JSON object
//! a line, to the file that `ZG_TABLES` names; the clients ask the same over Arrow streams and compare to
//! the byte.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
};

use arrow_array::RecordBatch;
use common::cases;
use serde_json::{Value as Json, json};
use zhenggong::Engine;
use zhenggong_arrow::{cells, list_table};

/// A list of records of texts as a table with tabs, none where a cell is not plain.
fn with_tabs(list: &Json) -> Option<String> {
    let rows = list.as_array().filter(|rows| !rows.is_empty())?;
    let mut names: Vec<&String> = Vec::new();
    for row in rows {
        names
            .extend(row.as_object()?.keys().filter(|key| !names.contains(key)).collect::<Vec<_>>());
    }
    let plain = |cell: &Json| {
        cell.as_str().is_some_and(|text| !text.is_empty() && !text.contains(['\t', '\n']))
    };
    let sound = rows.iter().all(|row| row.as_object().is_some_and(|row| row.values().all(plain)));
    let line = |row: &Json| {
        let cells = names.iter().map(|name| row.get(*name).and_then(Json::as_str));
        cells.map(Option::unwrap_or_default).collect::<Vec<_>>().join("\t") + "\n"
    };
    // A line without a letter would be no line.
    let head = names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join("\t") + "\n";
    sound.then(|| head + &rows.iter().map(line).collect::<String>())
}

/// The names and cells of a result as texts with tabs.
fn shown(table: &RecordBatch) -> String {
    let names = table.schema_ref().fields().iter().map(|field| field.name().clone());
    let columns: Vec<_> = table.columns().iter().map(|column| cells(column).unwrap()).collect();
    let row = |row| columns.iter().map(move |cell| cell(row).unwrap_or_default().to_string());
    let lines = (0..table.num_rows()).map(|at| row(at).collect::<Vec<_>>());
    let lines = std::iter::once(names.collect()).chain(lines);
    lines.map(|line| line.join("\t") + "\n").collect()
}

/// The key of the first list of a value that can be shown in lines.
fn list_of(value: &Json) -> Option<(String, String)> {
    let keys = value.as_object().into_iter().flat_map(|map| map.keys().map(String::as_str));
    let found = keys.chain([""]).find_map(|key| Some((key, list_table(value, key).ok()?)))?;
    let text = shown(&found.1);
    let plain = text.lines().count() == found.1.num_rows() + 1;
    (plain && found.1.num_columns() > 0).then(|| (found.0.to_owned(), text))
}

#[test]
fn tables_are_written_with_their_answers() {
    let mut engines: BTreeMap<String, Engine> = BTreeMap::new();
    let (mut lines, mut rules) = (String::new(), BTreeSet::new());
    let (mut good, mut bad, mut lists) = (0, 0, 0);
    for case in cases::all() {
        let (request, rule) = (cases::request(&case).to_string(), case["rule"].as_str().unwrap());
        let input = cases::json(&case["input"]);
        let tables: Vec<_> = input
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(key, list)| Some((key.clone(), list.clone(), with_tabs(list)?)))
            .collect();
        for (key, list, rows) in tables {
            let mut rest = input.clone();
            rest.as_object_mut().unwrap().shift_remove(&key);
            let mut whole = rest.clone();
            whole[&key] = list;
            let engine = engines.entry(request.clone()).or_insert_with(|| cases::engine(&case));
            let mut line = json!({
                "id": case["id"].as_str(), "engine": request, "rule": rule,
                "input": rest.to_string(), "key": key, "rows": rows,
            });
            match engine.evaluate(rule, &whole) {
                Ok(answer) => {
                    line["status"] = "0".into();
                    line["answer"] = answer.to_json().to_string().into();
                    let (list, table) = list_of(answer.value()).unwrap_or_default();
                    lists += usize::from(!table.is_empty());
                    good += 1;
                    line["list"] = list.into();
                    line["table"] = table.into();
                }
                Err(error) => {
                    line["status"] = error.code().number().to_string().into();
                    line["answer"] = error.to_json().to_string().into();
                    bad += 1;
                }
            }
            rules.insert(rule.to_owned());
            lines.push_str(&(line.to_string() + "\n"));
        }
    }
    assert!(
        good > 60 && bad > 10 && lists > 10 && rules.len() > 5,
        "{good} {bad} {lists} {rules:?}"
    );
    if let Some(path) = env::var_os("ZG_TABLES") {
        fs::write(path, lines).unwrap();
    }
}
