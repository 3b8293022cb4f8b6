//! The derivations of all cases, of every rule: what is printed is complete and has the right shape.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value as Json;
use zhenggong::{
    Engine, Evaluation,
    calendar::{DayKind, parse_date},
    derivation::{Language, Step},
    policy::{Evidence, Pack},
};

fn collect(dir: &Path, out: &mut Vec<toml::Value>) {
    let mut paths: Vec<_> = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, out);
        } else {
            let file: toml::Value = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            out.extend(file["case"].as_array().unwrap().iter().cloned());
        }
    }
}

/// Every case that gives a value: its id, and the answer.
fn answers() -> Vec<(String, Evaluation)> {
    let mut cases = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases"), &mut cases);
    let text =
        |case: &toml::Value, key: &str| case.get(key).map(|v| v.as_str().unwrap().to_owned());
    let mut out = Vec::new();
    // One engine for all cases of a place, evidence and known-on date.
    let mut engines: BTreeMap<[Option<String>; 3], Engine> = BTreeMap::new();
    for case in cases.iter().filter(|c| c["expect"].get("value").is_some()) {
        let key = ["place", "accept", "known_on"].map(|key| text(case, key));
        let engine = engines.entry(key.clone()).or_insert_with(|| {
            let [place, accept, known_on] = &key;
            let accept = accept.as_ref().map(|e| e.parse::<Evidence>().unwrap());
            let mut builder = Engine::builder()
                .packs(Pack::national())
                .accept(accept.unwrap_or(Evidence::Secondary))
                .known_on(known_on.as_deref().map(|d| parse_date(d).unwrap()));
            if let Some(place) = place {
                builder = builder.pack(Pack::example(place).unwrap());
            }
            builder.build().unwrap()
        });
        let input: Json = serde_json::to_value(&case["input"]).unwrap();
        let rule = text(case, "rule").unwrap();
        let id = text(case, "id").unwrap();
        let answer = engine.evaluate(&rule, &input);
        out.push((id.clone(), answer.unwrap_or_else(|e| panic!("{id}: {e}"))));
    }
    out
}

#[test]
fn derivations_of_all_cases_have_the_right_shape() {
    let mut wrong = Vec::new();
    for (id, answer) in answers() {
        let derivation = answer.derivation();
        let depth = |step: &Step| match step {
            Step::Begin(_) => 1,
            Step::End(_) => -1,
            _ => 0,
        };
        let mut at = 0;
        for step in derivation.steps() {
            at += depth(&step);
            // Only a line's beginning and end, and what stands inside a line, is printed.
            if at < 0 || (at == 0 && !matches!(step, Step::End(_))) {
                wrong.push(format!("{id}: a step outside of every line: {step:?}"));
            }
        }
        if at != 0 {
            wrong.push(format!("{id}: {at} lines do not end"));
        }
        for language in [Language::Zh, Language::En] {
            let text = derivation.text(language);
            if text.is_empty() {
                wrong.push(format!("{id}: nothing is explained"));
            }
            for line in text.lines() {
                let body = line.trim_start();
                let bad = body.is_empty()
                    || line != line.trim_end()
                    || body.contains("  ")
                    || body.contains(['?', '\u{fffd}'])
                    || body.contains("= =");
                if bad {
                    wrong.push(format!("{id}: {line:?}"));
                }
            }
            // An amount that comes back is printed; a kind of day under its name.
            let value = answer.value().as_str().map(|value| {
                let kind = DayKind::ALL.into_iter().find(|kind| kind.code() == value);
                match language {
                    Language::Zh => kind.map_or(value, |k| k.zh()),
                    Language::En => kind.map_or(value, |k| k.en()),
                }
            });
            if let Some(value) = value
                && !text.contains(value)
            {
                wrong.push(format!("{id}: {value} is not in\n{text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
