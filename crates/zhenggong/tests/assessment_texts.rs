//! How a total is told, in both languages: weights, factors before and after, joined parts, rounding,
//! bounds, and vetoes with their event and clause.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{env, fs, path::Path};

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine,
    assessment::{AssessOptions, Condition, Event, Ledger, Order, Subject, SubjectKind, assess},
    calendar::{Month, parse_date},
    derivation::Language,
    person::Label,
    policy::{Evidence, Pack},
};

/// One sheet, two factors of the total, and every bound.
const OWN: &str = r#"
[pack]
id = "own"
layer = "city"
place = "某市"
parent = "national"

[[source]]
id = "s"
title = "某市考核办法"
issued = "2024-12-01"
evidence = "official"

[[value]]
rule = "assessment.scheme"
from = "2025-01-01"
source = "s"
clause = "第一条"

[value.scheme]
id = "own-officer"
zh = "民警考核"
en = "officers"
subject = "officer"
period = "month"
window = "calendar"
rounding = { points = "half-up 4", score = "half-up 1" }
combine = "base-minus-loss"
base = "90"
total = { full = "100", above = "cap", floor = "40" }
ungraded = { id = "none", zh = "不确定等次", en = "no grade" }
grades = [
    { id = "pass", zh = "合格", en = "pass", from = "60" },
    { id = "fail", zh = "不合格", en = "fail" },
]
factors = [
    { id = "post", zh = "岗位系数", en = "post", clause = "第五条", on = "total", identities = { "一线" = "1.13" }, default = "0.97" },
]
vetoes = [
    { id = "leak", zh = "泄密", en = "leak", clause = "第六条", rules = ["leak"], effect = "grade-at-most", grade = "fail", scope = "period" },
]

[[value.scheme.sheets]]
id = "work"
zh = "工作"
en = "work"
base = "100"

[[value.scheme.sheets.items]]
id = "duty"
zh = "勤务"
en = "duty"
mode = "public"
rules = [
    { id = "late", zh = "迟到", en = "late", kind = "per-occurrence", points = "3.3" },
    { id = "leak", zh = "泄密", en = "leak", kind = "fixed", points = "1" },
]
"#;

fn subject(id: &str, identities: &[&str]) -> Subject {
    let mut subject = Subject::new(Label::new(id).unwrap(), SubjectKind::Officer);
    subject.identities = identities.iter().map(|i| (*i).to_owned()).collect();
    subject
}

fn event(id: &str, who: &str, date: &str, rule: &str, count: i64) -> Event {
    let id = Label::new(id).unwrap();
    let mut event = Event::new(id, Label::new(who).unwrap(), parse_date(date).unwrap(), rule);
    event.count = count;
    event
}

fn json_of(events: &[Event]) -> Json {
    let one = |e: &Event| {
        let mut json = json!({
            "id": e.id.as_str(), "subject": e.subject.as_str(), "date": e.date.to_string(),
            "rule": e.rule, "count": e.count,
        });
        if let Some(points) = e.points {
            json["points"] = points.to_string().into();
        }
        if let (Some(rater), Some(kind)) = (&e.rater, &e.rater_kind) {
            json["rater"] = rater.as_str().into();
            json["rater_kind"] = kind.as_str().into();
        }
        json
    };
    events.iter().map(one).collect()
}

/// Compares with the file, or writes it where `UPDATE_GOLDEN` is set.
fn compare(file: &str, text: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
        return None;
    }
    let kept = fs::read_to_string(&path).unwrap_or_else(|e| format!("{}: {e}", path.display()));
    let kept = kept.replace("\r\n", "\n");
    (kept != text).then(|| format!("{file}\n--- kept\n{kept}\n--- now\n{text}"))
}

/// The sheet and the derivation of each subject in both languages.
fn check(name: &str, pack: Pack, subjects: &[Subject], events: &[Event], orders: &[Order]) {
    assert_eq!(pack.findings(), &[]);
    let engine = Engine::builder().packs(Pack::national()).pack(pack).build().unwrap();
    let month = Month::new(2025, 4).unwrap();
    let snapshot = engine.snapshot(month).unwrap();
    let ledger = Ledger::new(subjects, events, None).unwrap();
    let options = AssessOptions { orders: orders.to_vec(), ..AssessOptions::default() };
    let schemes = snapshot.get().unwrap();
    let period = "2025-04".parse().unwrap();
    let scored = assess(&ledger, schemes, period, &options, true).unwrap();
    assert_eq!(scored.errors(), &[]);
    let who: Vec<Json> = subjects
        .iter()
        .map(|s| json!({ "id": s.id.as_str(), "kind": "officer", "identities": s.identities }))
        .collect();
    let told: Vec<Json> = orders
        .iter()
        .map(|o| json!({ "date": o.date.to_string(), "condition": o.condition.code() }))
        .collect();
    let input = json!({
        "month": "2025-04", "subjects": who, "events": json_of(events), "orders": told,
    });
    let answer = engine.evaluate("assessment.score", &input).unwrap();
    let mut wrong = Vec::new();
    for (language, code) in [(Language::Zh, "zh"), (Language::En, "en")] {
        let sheets: String =
            scored.scores().iter().map(|s| scored.score_text(s, language)).collect();
        let text = format!("{sheets}\n{}", answer.derivation().text(language));
        wrong.extend(compare(&format!("{name}.{code}.txt"), &text));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn factors_bounds_and_vetoes_are_told() {
    let pack = Pack::parse("own.toml", OWN);
    // 90 × 1.13 = 101.7, cut to 100; (90 − 3.3 − 1) × 0.97 = 83.129, rounded to 83.1, at most 不合格;
    // (90 − 49.5) × 0.97 = 39.285, rounded to 39.3, raised to 40.
    let subjects = [subject("A", &["一线"]), subject("B", &[]), subject("C", &[])];
    let events = [
        event("E1", "B", "2025-04-02", "late", 1),
        event("E2", "B", "2025-04-03", "leak", 1),
        event("E3", "C", "2025-04-04", "late", 15),
    ];
    check("assessment-score-bounds", pack, &subjects, &events, &[]);
}

#[test]
fn joined_parts_are_told() {
    // As in the case of peace, war and peace: (98.2 × 20 + 97 × 10) ÷ 30 = 97.80.
    let mut events = vec![event("D1", "P", "2025-04-30", "attendance-points", 1)];
    events[0].points = Some("40".parse().unwrap());
    for (id, kind) in [("D2", "领导"), ("D3", "同事"), ("D4", "群众")] {
        let mut rating = event(id, "P", "2025-04-30", "rating", 1);
        rating.points = Some("100".parse().unwrap());
        rating.rater = Some(Label::new("R").unwrap());
        rating.rater_kind = Some(kind.to_owned());
        events.push(rating);
    }
    events.push(event("E1", "P", "2025-04-05", "uniform", 3));
    events.push(event("E2", "P", "2025-04-15", "late", 1));
    events.push(event("E3", "P", "2025-04-25", "uniform", 3));
    let order = |date, condition| Order { date: parse_date(date).unwrap(), condition };
    let orders =
        [order("2025-04-11", Condition::Wartime), order("2025-04-21", Condition::Peacetime)];
    let pack = Pack::example("teaching-example").unwrap();
    check("assessment-score-split", pack, &[subject("P", &[])], &events, &orders);
}

/// The derivation of an answer in both languages.
fn told(name: &str, place: &str, rule: &str, input: &Json) {
    let pack = Pack::example(place).unwrap();
    let engine = Engine::builder().packs(Pack::national()).pack(pack).accept(Evidence::Inferred);
    let answer = engine.build().unwrap().evaluate(rule, input).unwrap();
    let mut wrong = Vec::new();
    for (language, code) in [(Language::Zh, "zh"), (Language::En, "en")] {
        let text = answer.derivation().text(language);
        wrong.extend(compare(&format!("{name}.{code}.txt"), &text));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn differences_are_told() {
    // 100 − 20 = 80; the second time is known three days after publication, costs 20 more and ends the
    // contract.
    let drinking = |id: &str, day: &str, reported: &str| json!({ "id": id, "subject": "A1", "date": day, "rule": "drinking", "reported": reported });
    let input = json!({
        "month": "2025-03", "subjects": [{ "id": "A1", "kind": "auxiliary" }],
        "events": [drinking("E1", "2025-03-10", "2025-03-10"), drinking("E2", "2025-03-12", "2025-04-08")],
        "published_on": "2025-04-05",
    });
    told("assessment-rescore", "teaching-example", "assessment.rescore", &input);
    // 0.4 × 100 + 0.3 × 70 + 0.3 × 100 = 91; 0.2 × 100 + 0.5 × 70 + 0.3 × 100 = 85.
    let rating = |id: &str, kind: &str| {
        json!({
            "id": id, "subject": "P", "date": "2025-03-31", "rule": "rating", "points": "100",
            "rater": "R", "rater_kind": kind,
        })
    };
    let input = json!({
        "month": "2025-03", "subjects": [{ "id": "P", "kind": "officer" }],
        "events": [
            { "id": "D1", "subject": "P", "date": "2025-03-31", "rule": "attendance-points", "points": "40" },
            rating("D2", "领导"), rating("D3", "同事"), rating("D4", "群众"),
            { "id": "E1", "subject": "P", "date": "2025-03-10", "rule": "complaint", "count": 3 },
        ],
        "weights": { "teaching-officer": { "business": "0.2", "team": "0.5" } },
    });
    told("assessment-what-if", "teaching-example", "assessment.what-if", &input);
    let input = json!({
        "month": "2025-02", "earlier": "2025-01", "subjects": [{ "id": "A", "kind": "auxiliary" }],
        "events": [
            { "id": "E1", "subject": "A", "date": "2025-01-10", "rule": "late-or-early" },
            { "id": "E2", "subject": "A", "date": "2025-02-01", "rule": "full-attendance" },
        ],
    });
    told("assessment-difference", "humen-example", "assessment.difference", &input);
}
