//! How what differs is told, in both languages.

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine,
    derivation::Language,
    policy::{Evidence, Pack},
};

use super::kept::compare;

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
            "rater": kind, "rater_kind": kind,
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
