//! The cases of the core, and the engines that they ask.

use std::{fs, path::Path};

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine,
    calendar::parse_date,
    policy::{Evidence, Pack},
    vocabulary::Vocabulary,
};

/// Every case of the core.
pub fn all() -> Vec<toml::Table> {
    let mut cases = Vec::new();
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/zhenggong/cases");
    collect(&dir, &mut cases);
    cases
}

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

pub fn json(value: &toml::Value) -> Json {
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

/// The request for the engine of a case.
pub fn request(case: &toml::Table) -> Json {
    let text = |key: &str| case.get(key).map(|v| v.as_str().unwrap());
    let mut request = json!({ "builtin": ["national"] });
    if let Some(place) = text("place") {
        request["builtin"].as_array_mut().unwrap().push(place.into());
    }
    for key in ["accept", "known_on"] {
        if let Some(value) = text(key) {
            request[key] = value.into();
        }
    }
    request
}

/// The same engine, made in Rust.
pub fn engine(case: &toml::Table) -> Engine {
    let text = |key: &str| case.get(key).map(|v| v.as_str().unwrap());
    let mut builder = Engine::builder().packs(Pack::national());
    if let Some(place) = text("place") {
        builder = builder.pack(Pack::example(place).unwrap());
    }
    if let Some(accept) = text("accept") {
        builder = builder.accept(Evidence::find(accept).unwrap());
    }
    builder.known_on(text("known_on").map(|day| parse_date(day).unwrap())).build().unwrap()
}
