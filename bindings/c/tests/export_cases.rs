//! Writes every case of the core with the answer that Rust gives, one JSON object a line, to the file
//! that `ZG_CASES` names. The clients replay them and compare to the byte; see `test.sh`. The numbers of
//! all statuses are written to the file that `ZG_CODES` names; a client reaches each.
//!
//! A case is asked in three calls: the whole answer, its value, its derivation. Besides come payslips and
//! month runs of the sample roster, with their receipts; every fact with what it can't be; packs with
//! mistakes, as an engine and as findings. Errors are compared as whole JSON.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::{collections::BTreeMap, env, fs};

use common::cases;
use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, Error,
    calendar::Month,
    error::Finding,
    person::PersonMonth,
    policy::{Evidence, Pack, PolicyBook},
    vocabulary::{PayItem, Vocabulary},
};
use zhenggong_roster::{Encoding, RosterOptions, read_roster};

/// The lines, and how many of each call there are and fail.
#[derive(Default)]
struct Lines {
    text: String,
    counts: BTreeMap<&'static str, (usize, usize)>,
}

impl Lines {
    /// Adds a line. Each part is a text of JSON, so that a client needs to find and unescape strings only.
    fn add(
        &mut self,
        id: &str,
        call: &'static str,
        engine: &str,
        rule: &str,
        input: &str,
        answer: Result<String, Error>,
    ) {
        let (good, bad) = self.counts.entry(call).or_default();
        *if answer.is_ok() { good } else { bad } += 1;
        let (status, answer) = match answer {
            Ok(answer) => (0, answer),
            Err(error) => (error.code().number(), error.to_json().to_string()),
        };
        let line = json!({
            "id": id, "call": call, "engine": engine, "rule": rule, "input": input,
            "status": status.to_string(), "answer": answer,
        });
        self.text.push_str(&line.to_string());
        self.text.push('\n');
    }
}

/// What every rule answers.
fn rules(lines: &mut Lines) {
    let mut engines: BTreeMap<String, Engine> = BTreeMap::new();
    for case in cases::all() {
        let (key, rule) = (cases::request(&case).to_string(), case["rule"].as_str().unwrap());
        let engine = engines.entry(key.clone()).or_insert_with(|| cases::engine(&case));
        let input = cases::json(&case["input"]);
        let (id, text) = (case["id"].as_str().unwrap(), input.to_string());
        let answer = engine.evaluate(rule, &input);
        let part = |of: &dyn Fn(&zhenggong::Evaluation) -> Json| {
            answer.as_ref().map(|answer| of(answer).to_string()).map_err(Clone::clone)
        };
        lines.add(id, "evaluate", &key, rule, &text, part(&|a| a.to_json()));
        lines.add(id, "value", &key, rule, &text, part(&|a| a.value().clone()));
        lines.add(id, "derive", &key, rule, &text, part(&|a| a.derivation().to_json()));
    }
}

fn month() -> Month {
    Month::new(2021, 3).unwrap()
}

/// The city of the sample roster, as a request and as an engine.
fn city() -> (String, Engine) {
    let request = json!({"builtin": ["national", "example-city"], "accept": "inferred"});
    let pack = Pack::example("example-city").unwrap();
    let builder = Engine::builder().packs(Pack::national()).pack(pack);
    (request.to_string(), builder.accept(Evidence::Inferred).build().unwrap())
}

fn sample() -> Vec<PersonMonth> {
    let bytes = include_bytes!("../../../examples/data/sample-roster.csv");
    let options = RosterOptions { encoding: Encoding::Utf8, month: month() };
    let roster = read_roster("sample-roster.csv", bytes, &options);
    roster.rows.into_iter().map(|row| row.person).collect()
}

/// The payslip of facts that may be wrong.
fn payslip(engine: &Engine, facts: &Json) -> Result<String, Error> {
    // The call knows the month; the reader of facts alone does not.
    let person = PersonMonth::from_value(facts).map_err(|error| error.month(month()))?;
    Ok(engine.payslip(&person, month())?.to_json().to_string())
}

/// Payslips and month runs, with receipt and derivation.
fn pay(lines: &mut Lines) {
    let (key, engine) = city();
    let people = sample();
    let record = |person: &PersonMonth| serde_json::to_value(person).unwrap();
    // Those that README.md of the roster lists, and some auxiliaries.
    let picked = people.iter().take(16).chain(people.iter().skip(196).take(12));
    for person in picked {
        let facts = record(person);
        let request = json!({"month": "2021-03", "facts": facts}).to_string();
        let answer = payslip(&engine, &facts);
        lines.add(person.person.as_str(), "payslip", &key, "", &request, answer);
    }
    for count in [0, 1, people.len()] {
        let some = &people[..count];
        let records: Vec<_> = some.iter().map(record).collect();
        let request = json!({"month": "2021-03", "people": records}).to_string();
        let answer = engine.month_run(some, month()).map(|run| run.to_json().to_string());
        lines.add(&format!("{count} people"), "month-run", &key, "", &request, answer);
    }
    // Every fact as what it can't be.
    let good = json!({"person": "0417", "unit": "u", "kind": "officer"});
    let wrong = [
        json!(1.5),
        json!(true),
        json!([]),
        json!({}),
        json!(-1),
        json!("-1"),
        json!("0.0000000001"),
        json!("nobody"),
        json!("2021-02-30"),
        json!(""),
        json!("\u{7}"),
        json!(99_999_999_999_999_u64),
        json!("999999999999999999999"),
    ];
    let mut cases = Vec::new();
    for fact in PersonMonth::FACTS {
        for wrong in &wrong {
            let mut facts = good.clone();
            facts[fact.term.code] = wrong.clone();
            cases.push((fact.term.code, facts));
        }
    }
    for key in ["person", "unit", "kind", "stated", "salary"] {
        for wrong in &wrong {
            let mut facts = good.clone();
            facts[key] = wrong.clone();
            cases.push((key, facts));
        }
    }
    for item in PayItem::ALL {
        for wrong in &wrong {
            let mut facts = good.clone();
            facts["stated"] = json!({item.code(): wrong});
            cases.push((item.code(), facts));
        }
    }
    for (id, facts) in cases {
        let request = json!({"month": "2021-03", "facts": facts}).to_string();
        lines.add(id, "payslip", &key, "", &request, payslip(&engine, &facts));
        let unread = |error: Error| error.row(2u64).month(month());
        let answer = PersonMonth::from_value(&facts).map_err(unread).and_then(|person| {
            let people = [PersonMonth::from_value(&good)?, person];
            Ok(engine.month_run(&people, month())?.to_json().to_string())
        });
        let request = json!({"month": "2021-03", "people": [good, facts]}).to_string();
        lines.add(id, "month-run", &key, "", &request, answer);
    }
}

/// Packs with mistakes.
fn packs(lines: &mut Lines) {
    let ten = include_str!("../../../examples/packs/ten-mistakes.toml");
    let mistakes: Vec<&str> =
        vec![ten, "", "[pack", "[pack]\nid = 5\n", "\u{feff}", "a = 1979-05-27"];
    for (at, text) in mistakes.into_iter().enumerate() {
        let (id, name) = (format!("pack {at}"), "unit.toml");
        let request = json!({"packs": [{"name": name, "text": text}]}).to_string();
        let pack = || Pack::parse(name, text);
        let built = Engine::builder().packs(Pack::national()).pack(pack()).build();
        let answer = built.map(|_| String::new()).map_err(Error::from);
        lines.add(&id, "engine", &request, "", "", answer);
        let mut all = Pack::national();
        all.push(pack());
        let found = PolicyBook::new(all).lint();
        let found: Json = found.iter().map(Finding::to_json).collect();
        lines.add(&id, "lint", "", name, text, Ok(found.to_string()));
    }
}

#[test]
fn cases_are_written_with_their_answers() {
    let mut lines = Lines::default();
    rules(&mut lines);
    pay(&mut lines);
    packs(&mut lines);
    let counts = &lines.counts;
    assert!(counts["evaluate"].0 > 300 && counts["evaluate"].1 > 200, "{counts:?}");
    assert!(counts["payslip"].0 > 20 && counts["payslip"].1 > 400, "{counts:?}");
    assert!(counts["month-run"].0 > 2 && counts["month-run"].1 > 400, "{counts:?}");
    assert_eq!(counts["engine"].0, 0, "{counts:?}");
    if let Some(path) = env::var_os("ZG_CASES") {
        fs::write(path, lines.text).unwrap();
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
