//! Replays every case of `cases/`. A case names its rule and input, and what must come back: a value,
//! or an error by its code. Its expectation comes from a document or from hand calculation.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Deserialize;
use serde_json::Value as Json;
use zhenggong::{
    Engine,
    calendar::parse_date,
    policy::{Evidence, Pack},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    title: String,
    rule: String,
    /// Id of a built-in example pack, or none for the nation.
    place: Option<String>,
    accept: Option<Evidence>,
    known_on: Option<String>,
    input: toml::Value,
    expect: Expect,
    source: String,
    evidence: Evidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    value: Option<toml::Value>,
    error: Option<String>,
    /// Text that the error message must name.
    names: Option<String>,
}

fn collect(dir: &Path, out: &mut Vec<(String, Case)>) {
    let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(&path).unwrap();
            let file: File =
                toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            out.extend(file.case.into_iter().map(|c| (path.display().to_string(), c)));
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

fn engine(case: &Case) -> Engine {
    let mut builder = Engine::builder()
        .packs(Pack::national())
        .accept(case.accept.unwrap_or(Evidence::Secondary))
        .known_on(case.known_on.as_deref().map(|d| parse_date(d).unwrap()));
    if let Some(place) = &case.place {
        builder = builder.pack(Pack::example(place).unwrap_or_else(|| panic!("no pack {place}")));
    }
    builder.build().unwrap()
}

/// One engine for all cases of a place, evidence and known-on date.
type Engines = BTreeMap<(Option<String>, Evidence, Option<String>), Engine>;

/// Says what differs, or nothing.
fn run(engines: &mut Engines, case: &Case) -> Option<String> {
    let key =
        (case.place.clone(), case.accept.unwrap_or(Evidence::Secondary), case.known_on.clone());
    let engine = engines.entry(key).or_insert_with(|| engine(case));
    let answer = engine.evaluate(&case.rule, &json(&case.input));
    match (answer, &case.expect) {
        (Ok(a), Expect { value: Some(v), error: None, .. }) => {
            let want = json(v);
            (a.value() != &want).then(|| {
                let why = a.derivation().text(zhenggong::derivation::Language::En);
                format!("got {}, want {want}\n{why}", a.value())
            })
        }
        (Err(e), Expect { value: None, error: Some(name), names, .. }) => {
            if e.code().name() != name {
                return Some(format!("got {e:?}, want {name}"));
            }
            let missing = names.as_ref().filter(|n| !e.zh().contains(*n) && !e.en().contains(*n));
            missing.map(|n| format!("message does not name {n}: {}", e.en()))
        }
        (Ok(a), _) => Some(format!("got value {}, want {:?}", a.value(), case.expect.error)),
        (Err(e), _) => Some(format!("got {e:?}, want a value")),
    }
}

#[test]
fn every_case_gives_what_its_source_says() {
    let mut cases = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases"), &mut cases);
    let mut ids = BTreeSet::new();
    let mut wrong = Vec::new();
    let mut engines = Engines::new();
    for (file, case) in &cases {
        assert!(ids.insert(case.id.clone()), "{file}: id {} twice", case.id);
        assert!(!case.title.is_empty() && !case.source.is_empty(), "{file}: {}", case.id);
        if let Some(text) = run(&mut engines, case) {
            wrong.push(format!("{file} {} [{}]: {text}", case.id, case.evidence));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    let rules: BTreeSet<_> = cases.iter().map(|(_, c)| c.rule.as_str()).collect();
    for rule in zhenggong::catalogue::RULES {
        assert!(rules.contains(rule.id()), "no case for {}", rule.id());
    }
}
