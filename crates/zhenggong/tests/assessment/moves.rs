//! Who moves between units: what derivations say, and whose scores are right where a unit is not known.

use serde_json::{Value as Json, json};
use zhenggong::{Evaluation, derivation::Language};

use crate::own::example;

/// Two stations of a bureau, the leader of the eastern one, and an officer; the rows are changed by the tests.
fn input(officer: &Json) -> Json {
    let mut row =
        json!({ "id": "A", "kind": "officer", "unit": "东所", "scheme": "teaching-office" });
    row.as_object_mut().unwrap().extend(officer.as_object().unwrap().clone());
    json!({
        "month": "2025-03",
        "subjects": [
            { "id": "局", "kind": "unit" },
            { "id": "东所", "kind": "unit", "unit": "局" },
            { "id": "西所", "kind": "unit", "unit": "局" },
            { "id": "L", "kind": "leader", "unit": "东所", "role": "所长" },
            { "id": "M", "kind": "leader", "unit": "西所", "role": "副所长" },
            row,
            { "id": "B", "kind": "officer", "unit": "西所", "scheme": "teaching-office" },
        ],
        "events": [{ "id": "E1", "subject": "A", "date": "2025-03-20", "rule": "drinking" }],
        "on_error": "report",
    })
}

fn scored(input: &Json) -> Evaluation {
    let engine = example("teaching-example");
    engine.evaluate("assessment.score", input).unwrap()
}

/// Who was scored, and whom errors name.
fn found(input: &Json) -> (Vec<String>, Vec<String>) {
    let answer = scored(input).to_json();
    let names = |list: &str, key: &str| {
        let rows = answer["value"][list].as_array().unwrap();
        rows.iter().map(|row| row[key].as_str().unwrap().to_owned()).collect()
    };
    (names("scores", "subject"), names("errors", "person"))
}

#[test]
fn the_unit_of_a_derivation_is_that_of_the_score() {
    let input = input(&json!({ "moves": [{ "from": "2025-03-16", "unit": "西所" }] }));
    let answer = scored(&input);
    assert_eq!(answer.to_json()["value"]["scores"][5]["unit"], "西所");
    let text = answer.derivation().text(Language::Zh);
    let of = text.split("考核对象：A\n").nth(1).unwrap();
    assert_eq!(of.lines().next().unwrap().trim(), "· 单位：西所");
}

#[test]
fn no_unit_is_scored_without_an_event_that_might_be_its_own() {
    let all = ["局", "东所", "西所", "L", "A"];
    // 副所长 M has no points by that rule, and nothing is wrong with B.
    let others = ["M", "B"];
    let wrong = [
        json!({ "unit": "东街所" }),
        json!({ "moves": [{ "from": "2025-03-16", "unit": "西街所" }] }),
        json!({ "moves": [{ "from": "2025-03-16", "unit": "西所" }, { "from": "2025-03-10", "unit": "东所" }] }),
    ];
    for officer in &wrong {
        let (scores, mut errors) = found(&input(officer));
        errors.sort_by_key(|id| all.iter().position(|one| one == id));
        assert_eq!(
            (scores, errors),
            (others.map(str::to_owned).to_vec(), all.map(str::to_owned).to_vec()),
            "{officer}"
        );
    }
}

#[test]
fn events_of_days_with_a_known_unit_count_there() {
    let mut input = input(&json!({ "moves": [{ "from": "2025-03-21", "unit": "西街所" }] }));
    let (scores, errors) = found(&input);
    assert_eq!(errors, ["A"]);
    assert_eq!(scores, ["局", "东所", "西所", "L", "M", "B"]);
    // A rule that counts for nobody above concerns nobody else.
    input["events"][0]["date"] = "2025-03-25".into();
    input["events"][0]["rule"] = "paper-late".into();
    assert_eq!(found(&input).1, ["A"]);
}

#[test]
fn above_a_unit_whose_own_unit_is_unknown_nobody_is_scored_for_whom_its_events_might_count() {
    let mut input = input(&json!({}));
    input["subjects"][1]["unit"] = "分局".into();
    let (scores, errors) = found(&input);
    assert_eq!(errors, ["东所", "局", "西所"]);
    assert_eq!(scores, ["L", "M", "A", "B"], "the leader of the station is known");
}

#[test]
fn a_unit_is_told_whose_event_counts_for_it() {
    let mut asked = input(&json!({}));
    asked["show"] = json!(["trail"]);
    let answer = scored(&asked);
    let scores = answer.value()["scores"].as_array().unwrap();
    let line = |who: &str| {
        let score = scores.iter().find(|s| s["subject"] == who).unwrap();
        let trail = score["trail"].as_array().unwrap();
        trail.iter().find(|l| l["event"] == "E1").unwrap().clone()
    };
    assert_eq!(line("东所")["whose"], "A");
    assert_eq!(line("A").get("whose"), None);
    let text = answer.derivation().text(Language::Zh);
    assert!(text.contains("所属对象：A"), "{text}");
}
