//! The schemas of `docs/schemas` are current, valid, and say what the library reads and writes.
//! `UPDATE_SCHEMA=1 cargo test -p zhenggong --test schemas` writes them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod schema_check;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use schema_check::{faults, refuses, silent, strict};
use serde_json::{Value as Json, json};
use zhenggong::{
    Engine,
    calendar::parse_date,
    catalogue,
    policy::{Evidence, Pack},
    schema,
    settlement::Receipt,
    vocabulary::Vocabulary,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn committed_schemas_are_current() {
    let dir = root().join("docs/schemas");
    let update = std::env::var_os("UPDATE_SCHEMA").is_some();
    let mut wanted = BTreeMap::new();
    for name in schema::names() {
        let text = format!("{:#}\n", schema::get(&name).unwrap());
        assert!(wanted.insert(format!("{name}.json"), text).is_none(), "{name} twice");
    }
    if update {
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        for (file, text) in &wanted {
            fs::write(dir.join(file), text).unwrap();
        }
    }
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&dir).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        found.insert(name, fs::read_to_string(entry.path()).unwrap());
    }
    let names = |all: &BTreeMap<String, String>| all.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(&found), names(&wanted), "run with UPDATE_SCHEMA=1");
    for (file, text) in &wanted {
        assert!(found.get(file) == Some(text), "docs/schemas/{file}: run with UPDATE_SCHEMA=1");
    }
}

#[test]
fn every_schema_is_valid_and_named() {
    for name in schema::names() {
        let schema = schema::get(&name).unwrap();
        jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["$id"], format!("{name}.json"));
        assert!(schema["title"].as_str().unwrap().contains(" / "), "{name}");
        let closed = schema.get("additionalProperties") == Some(&json!(false));
        assert_eq!(closed, name == "person" || name.ends_with(".input"), "{name}");
    }
    for name in ["", "person.input", "allowance.police-rank", "allowance.police-rank.other"] {
        assert_eq!(schema::get(name), None);
    }
}

/// An answer that is written by hand has a schema that says nothing, and nobody can read it by that.
#[test]
fn every_output_says_what_it_is() {
    let found = silent(&json!({
        "type": "object",
        "properties": { "a": { "description": "any" }, "b": { "type": "array", "items": true } },
        "$defs": { "C": {}, "D": { "type": "string" } },
    }));
    assert_eq!(
        found,
        [
            "/$defs/C says nothing",
            "/properties/a says nothing",
            "/properties/b has no words",
            "/properties/b/items says nothing"
        ]
    );
    let mut wrong = Vec::new();
    for rule in catalogue::RULES {
        let found = silent(&rule.output_schema());
        wrong.extend(found.into_iter().map(|at| format!("{}: {at}", rule.id())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The inputs that the catalogue names are the keys that the rule reads.
#[test]
fn the_catalogue_and_the_schema_agree() {
    let person = schema::get("person").unwrap();
    for rule in catalogue::RULES {
        let schema = rule.input_schema();
        if rule.id() == "settlement.payslip" {
            // Its input is a person's record, of which the catalogue names the head.
            let keys = |s: &Json| s["properties"].as_object().unwrap().keys().cloned().collect();
            let (mut record, whole): (BTreeSet<_>, BTreeSet<_>) = (keys(&schema), keys(&person));
            assert!(rule.inputs.iter().all(|i| record.contains(i.term.code)));
            assert!(record.remove("month") && record == whole);
            continue;
        }
        let mut keys: Vec<_> = rule.inputs.iter().map(|i| i.term.code).collect();
        let mut required: Vec<_> =
            rule.inputs.iter().filter(|i| i.required).map(|i| i.term.code).collect();
        keys.push("month");
        required.push("month");
        let of = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
        let found = schema["properties"].as_object().unwrap();
        assert_eq!(found.keys().cloned().collect::<BTreeSet<_>>(), of(keys), "{}", rule.id());
        let found = schema["required"].as_array().unwrap().iter().map(|k| k.as_str().unwrap());
        assert_eq!(of(found.collect()), of(required), "{}", rule.id());
        for (key, property) in schema["properties"].as_object().unwrap() {
            assert!(property["title"].as_str().unwrap().contains(" / "), "{} {key}", rule.id());
        }
    }
}

struct Case {
    id: String,
    rule: String,
    input: Json,
    expect: Json,
    engine: (Option<String>, Evidence, Option<String>),
}

fn cases() -> Vec<Case> {
    fn collect(dir: &Path, out: &mut Vec<Case>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, out);
                continue;
            }
            let file: toml::Table = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            for case in file["case"].as_array().unwrap() {
                let case = serde_json::to_value(case).unwrap();
                let text = |key: &str| case.get(key).and_then(Json::as_str).map(str::to_owned);
                let accept = text("accept").map(|a| Evidence::find(&a).unwrap());
                out.push(Case {
                    id: text("id").unwrap(),
                    rule: text("rule").unwrap(),
                    input: case["input"].clone(),
                    expect: case["expect"].clone(),
                    engine: (
                        text("place"),
                        accept.unwrap_or(Evidence::Secondary),
                        text("known_on"),
                    ),
                });
            }
        }
    }
    let mut out = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases"), &mut out);
    out
}

fn engine((place, accept, known_on): &(Option<String>, Evidence, Option<String>)) -> Engine {
    let mut builder = Engine::builder()
        .packs(Pack::national())
        .accept(*accept)
        .known_on(known_on.as_deref().map(|d| parse_date(d).unwrap()));
    if let Some(place) = place {
        builder = builder.pack(Pack::example(place).unwrap());
    }
    builder.build().unwrap()
}

/// What the library takes the schema takes, and what is written has its schema, key by key.
#[test]
fn inputs_and_answers_of_the_cases_are_valid() {
    let mut engines = BTreeMap::new();
    let mut wrong = Vec::new();
    let (mut good, mut bad) = (0, 0);
    let [evaluation, error] = ["evaluation", "error"].map(|n| strict(schema::get(n).unwrap()));
    let rules: BTreeMap<_, _> = catalogue::RULES
        .iter()
        .map(|r| (r.id(), (strict(r.input_schema()), strict(r.output_schema()))))
        .collect();
    for case in cases() {
        let engine = engines.entry(case.engine.clone()).or_insert_with(|| engine(&case.engine));
        let answer = engine.evaluate(&case.rule, &case.input);
        let mut note = |what: &str, faults: Vec<String>| {
            wrong.extend(faults.into_iter().map(|f| format!("{} {what}: {f}", case.id)));
        };
        match answer {
            Ok(answer) => {
                good += 1;
                let (input, output) = &rules[case.rule.as_str()];
                // A bad row that is reported need not be one that the schema takes.
                let reported = answer.value()["errors"].as_array().is_some_and(|e| !e.is_empty());
                if !reported {
                    note("input", faults(input, &case.input));
                }
                note("output", faults(output, answer.value()));
                note("expected", faults(output, &case.expect["value"]));
                note("answer", faults(&evaluation, &answer.to_json()));
            }
            Err(found) => {
                bad += 1;
                note("error", faults(&error, &found.to_json()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(good > 300 && bad > 100, "{good} {bad}");
}

/// What has not the form of an input is refused by the schema, too.
#[test]
fn inputs_of_a_wrong_form_are_not_valid() {
    let forms = ["FloatRefused", "UnknownField", "InvalidMonth", "InvalidNumber", "TooManyDigits"];
    let mut seen = BTreeSet::new();
    for case in cases() {
        let Some(name) = case.expect.get("error").and_then(Json::as_str) else { continue };
        let Some(rule) = catalogue::rule(&case.rule).filter(|_| forms.contains(&name)) else {
            continue;
        };
        assert!(refuses(&strict(rule.input_schema()), &case.input), "{}", case.id);
        seen.insert(name.to_owned());
    }
    assert!(seen.len() >= 3, "{seen:?}");
}

/// Good inputs of each rule with one fault, which the rule refuses as well.
#[test]
fn a_broken_input_is_not_valid() {
    let mut engines = BTreeMap::new();
    let all = cases();
    for rule in catalogue::RULES {
        let schema = rule.input_schema();
        let validator = strict(schema.clone());
        let mut faults = vec![("no_such_key", json!("1"))];
        faults.extend([json!("2025-13"), json!("2025-1"), json!(202_501)].map(|m| ("month", m)));
        for (key, property) in schema["properties"].as_object().unwrap() {
            if property.to_string().contains("#/$defs/Money\"") {
                let amounts = [json!(1.5), json!(1), json!("1.234"), json!("1,000"), json!("")];
                faults.extend(amounts.map(|amount| (key.as_str(), amount)));
            }
        }
        let good = |c: &&Case| c.rule == rule.id() && c.expect.get("value").is_some();
        let mut tried = 0;
        for case in all.iter().filter(good).take(2) {
            let engine = engines.entry(case.engine.clone()).or_insert_with(|| engine(&case.engine));
            for (key, value) in &faults {
                let mut input = case.input.clone();
                input[key] = value.clone();
                assert!(refuses(&validator, &input), "{}: {input}", rule.id());
                assert!(engine.evaluate(rule.id(), &input).is_err(), "{}: {input}", rule.id());
                tried += 1;
            }
            let mut input = case.input.clone();
            input.as_object_mut().unwrap().remove("month");
            assert!(refuses(&validator, &input), "{}: no month", rule.id());
        }
        assert!(tried >= 4, "{}", rule.id());
    }
}

#[test]
fn findings_rules_and_receipts_are_valid() {
    let check = |name: &str, json: &Json| {
        let wrong = faults(&strict(schema::get(name).unwrap()), json);
        assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
    };
    let mistakes = root().join("examples/packs/ten-mistakes.toml");
    let pack = Pack::parse("ten-mistakes.toml", &fs::read_to_string(mistakes).unwrap());
    let mut packs = Pack::national();
    packs.push(pack);
    let findings = zhenggong::policy::PolicyBook::new(packs).lint();
    assert!(findings.len() > 10);
    for finding in findings {
        check("finding", &finding.to_json());
    }
    for rule in catalogue::to_json().as_array().unwrap() {
        check("rule", rule);
    }
    let month = zhenggong::calendar::Month::new(2025, 3).unwrap();
    for known_on in [None, Some("2024-01-01".to_owned())] {
        let engine = engine(&(None, Evidence::Official, known_on));
        check("receipt", &Receipt::of(&engine, month).to_json());
    }
}

/// A member of a list is read by code or Chinese name and written by code.
#[test]
fn closed_lists_name_what_is_read_and_what_is_written() {
    let read = schema::get("person").unwrap();
    let written = schema::get("payslip").unwrap();
    assert_eq!(
        read["$defs"]["PersonKind"]["enum"],
        json!(["officer", "民警", "auxiliary", "辅警"])
    );
    assert_eq!(written["$defs"]["PersonKind"]["enum"], json!(["officer", "auxiliary"]));
}
