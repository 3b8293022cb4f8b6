//! Writes what this library answers to each case, and to each person of `refused.json`, to the file that
//! `ZG_ANSWERS` names: one JSON object a line. Bindings ask the same and compare every byte.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{collections::BTreeMap, env, fs, path::Path};

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, ErrorCode,
    calendar::{Month, parse_date},
    person::PersonMonth,
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

fn engine([place, accept, known_on]: &[Option<&str>; 3]) -> Engine {
    let accept = accept.map_or(Evidence::Secondary, |e| e.parse().unwrap());
    let builder = Engine::builder()
        .packs(Pack::national())
        .accept(accept)
        .known_on(known_on.map(|d| parse_date(d).unwrap()));
    let place = place.map(|place| Pack::example(place).unwrap());
    builder.packs(place).build().unwrap()
}

/// What is answered to each case, by its id.
fn answers() -> Vec<Json> {
    let mut cases = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases"), &mut cases);
    // One engine for all cases of a place, evidence and known-on date.
    let mut engines: BTreeMap<[Option<&str>; 3], Engine> = BTreeMap::new();
    let mut out = Vec::new();
    for case in &cases {
        let text = |key: &str| case.get(key).map(|v| v.as_str().unwrap());
        let key = ["place", "accept", "known_on"].map(text);
        let engine = engines.entry(key).or_insert_with(|| engine(&key));
        let input: Json = serde_json::to_value(&case["input"]).unwrap();
        let answer = match engine.evaluate(text("rule").unwrap(), &input) {
            Ok(answer) => answer.to_json(),
            Err(error) => error.to_json(),
        };
        out.push(json!({ "case": text("id").unwrap(), "answer": answer.to_string() }));
    }
    out
}

/// What is answered to each person of the list, by its place in it.
fn refusals() -> Vec<Json> {
    let engine = engine(&[None, None, None]);
    let month = Month::new(2016, 3).unwrap();
    let people: Vec<Json> = serde_json::from_str(include_str!("refused.json")).unwrap();
    let refuse = |(at, facts): (usize, &Json)| {
        // The call knows the month; the reader of facts alone does not.
        let person = PersonMonth::from_value(facts).map_err(|error| error.month(month));
        let error = person.and_then(|person| engine.payslip(&person, month)).unwrap_err();
        let class = error.code().number() / 100;
        assert_eq!(class, 1, "{facts}: {error}");
        if facts["person"] == "P1" {
            assert_eq!(error.person_id(), Some("P1"), "{facts}: {error}");
        }
        assert!(error.field_name().is_some(), "{facts}: {error}");
        json!({ "refused": at, "answer": error.to_json().to_string() })
    };
    people.iter().enumerate().map(refuse).collect()
}

#[test]
fn answers_are_written() {
    let lines: Vec<Json> = answers().into_iter().chain(refusals()).collect();
    assert!(lines.len() > 300, "{} answers", lines.len());
    if let Some(path) = env::var_os("ZG_ANSWERS") {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(path, text).unwrap();
    }
}

/// The words of serde and of Rust's types are no help to whoever keeps a roster.
#[test]
fn refusals_speak_of_the_roster_and_not_of_the_program() {
    let mut wrong = Vec::new();
    for line in refusals() {
        let error: Json = serde_json::from_str(line["answer"].as_str().unwrap()).unwrap();
        for language in ["zh", "en"] {
            let text = error[language].as_str().unwrap();
            let words = [
                "u32",
                "struct ",
                ", expected",
                "invalid type",
                "invalid value",
                "sequence",
                "floating point",
                "unit value",
                " / ",
                "JSON",
            ];
            wrong.extend(
                words.iter().filter(|word| text.contains(*word)).map(|w| format!("{w}: {text}")),
            );
        }
        let english = error["en"].as_str().unwrap();
        let (message, shown) = (english.replace("大校", "").replace("person 无", ""), english);
        if !message.is_ascii() && error["code"] != ErrorCode::InvalidText.number() {
            wrong.push(format!("not English: {shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
