//! Writes every case of the core with the answer that Rust gives, one JSON object a line, to the file
//! that `ZG_CASES` names. The clients replay them and compare to the byte; see `test.sh`. The numbers of
//! all statuses are written to the file that `ZG_CODES` names; a client reaches each.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{collections::BTreeMap, env, fs, path::Path};

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine,
    calendar::parse_date,
    policy::{Evidence, Pack},
    vocabulary::Vocabulary,
};

fn collect(dir: &Path, out: &mut Vec<toml::Table>) {
    let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "toml") {
            let file: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
            out.extend(
                file["case"].as_array().unwrap().iter().map(|c| c.as_table().unwrap().clone()),
            );
        }
    }
}

fn json(value: &toml::Value) -> Json {
    match value {
        toml::Value::String(s) => s.as_str().into(),
        toml::Value::Integer(n) => (*n).into(),
        toml::Value::Float(n) => (*n).into(),
        toml::Value::Boolean(b) => (*b).into(),
        toml::Value::Datetime(d) => d.to_string().into(),
        toml::Value::Array(items) => items.iter().map(json).collect(),
        toml::Value::Table(table) => table
            .iter()
            .map(|(k, v)| (k.clone(), json(v)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

/// The request for an engine, and the same engine made in Rust.
fn engine(case: &toml::Table) -> (Json, Engine) {
    let text = |key: &str| case.get(key).map(|v| v.as_str().unwrap());
    let mut request = json!({ "builtin": ["national"] });
    let mut builder = Engine::builder().packs(Pack::national());
    if let Some(place) = text("place") {
        request["builtin"].as_array_mut().unwrap().push(place.into());
        builder = builder.pack(Pack::example(place).unwrap());
    }
    if let Some(accept) = text("accept") {
        request["accept"] = accept.into();
        builder = builder.accept(Evidence::find(accept).unwrap());
    }
    if let Some(day) = text("known_on") {
        request["known_on"] = day.into();
        builder = builder.known_on(Some(parse_date(day).unwrap()));
    }
    (request, builder.build().unwrap())
}

#[test]
fn cases_are_written_with_their_answers() {
    let mut cases = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/zhenggong/cases"),
        &mut cases,
    );
    let mut engines: BTreeMap<String, Engine> = BTreeMap::new();
    let mut lines = String::new();
    for case in &cases {
        let (request, rule) = (engine(case), case["rule"].as_str().unwrap());
        let key = request.0.to_string();
        let engine = engines.entry(key.clone()).or_insert(request.1);
        let input = json(&case["input"]);
        let (status, answer) = match engine.evaluate(rule, &input) {
            Ok(answer) => (0, answer.to_json()),
            Err(error) => (error.code().number(), error.to_json()),
        };
        // Each part is a text of JSON, so that a client needs to find and unescape strings only.
        let line = json!({
            "id": case["id"].as_str().unwrap(), "engine": key, "rule": rule,
            "input": input.to_string(), "status": status.to_string(), "answer": answer.to_string(),
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    assert!(cases.len() > 300, "{} cases", cases.len());
    if let Some(path) = env::var_os("ZG_CASES") {
        fs::write(path, lines).unwrap();
    }
}

#[test]
fn statuses_are_written() {
    let text = include_str!("../src/status.rs");
    let constants = text.lines().filter_map(|line| line.strip_prefix("pub const "));
    let lines: Vec<String> = constants
        .map(|line| {
            let (name, number) = line.split_once(": zg_status = ").unwrap();
            format!("{} {name}\n", number.trim_end_matches(';'))
        })
        .filter(|line| !line.starts_with("0 "))
        .collect();
    assert!(lines.len() > 60);
    if let Some(path) = env::var_os("ZG_CODES") {
        fs::write(path, lines.concat()).unwrap();
    }
}
