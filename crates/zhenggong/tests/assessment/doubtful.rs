//! Rows that leave open to which unit somebody belongs, where errors are reported: nobody has a score that lacks
//! an event, or that has another's.

use serde_json::{Value as Json, json};

use crate::own::example;

/// Two stations of a bureau with their leaders, and these rows of officers; A drinks on the 20th.
fn input(officers: &[Json]) -> Json {
    let mut subjects = json!([
        { "id": "局", "kind": "unit" },
        { "id": "东所", "kind": "unit", "unit": "局" },
        { "id": "西所", "kind": "unit", "unit": "局" },
        { "id": "L", "kind": "leader", "unit": "东所", "role": "所长" },
        { "id": "B", "kind": "officer", "unit": "西所", "scheme": "teaching-office" },
    ]);
    subjects.as_array_mut().unwrap().extend_from_slice(officers);
    json!({
        "month": "2025-03", "subjects": subjects, "on_error": "report",
        "events": [{ "id": "E1", "subject": "A", "date": "2025-03-20", "rule": "drinking" }],
    })
}

fn officer(more: &Json) -> Json {
    let mut row =
        json!({ "id": "A", "kind": "officer", "unit": "东所", "scheme": "teaching-office" });
    row.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    row
}

/// The totals of those who have a score.
fn scored(input: &Json) -> Vec<(String, String)> {
    let engine = example("teaching-example");
    let answer = engine.evaluate("assessment.score", input).unwrap().value().clone();
    let scores = answer["scores"].as_array().unwrap();
    let text = |score: &Json, key: &str| score[key].as_str().unwrap().to_owned();
    scores.iter().map(|score| (text(score, "subject"), text(score, "total"))).collect()
}

fn who(input: &Json) -> Vec<String> {
    scored(input).into_iter().map(|(who, _)| who).collect()
}

#[test]
fn where_a_row_does_not_say_its_units_nobody_is_scored_for_whom_its_events_might_count() {
    for unread in [
        json!({ "moves": [{ "from": "2025-03-32", "unit": "西所" }] }),
        json!({ "moves": [{ "from": "2025-03-16" }] }),
        json!({ "moves": "2025-03-16 西所" }),
        json!({ "unit": 7 }),
        json!({ "unit": "无" }),
        json!({ "unit": "东街所", "staff": "many" }),
    ] {
        assert_eq!(who(&input(&[officer(&unread)])), ["B"], "{unread}");
    }
    // Without an event nobody lacks one.
    let mut quiet = input(&[officer(&json!({ "unit": 7 }))]);
    quiet["events"] = json!([]);
    assert_eq!(who(&quiet), ["局", "东所", "西所", "L", "B"]);
    // Nor by an event that counts for nobody above.
    quiet["events"] =
        json!([{ "id": "E1", "subject": "A", "date": "2025-03-20", "rule": "paper-late" }]);
    assert_eq!(who(&quiet), ["局", "东所", "西所", "L", "B"]);
}

#[test]
fn units_and_moves_that_an_unread_row_says_are_gone_by() {
    let unread = officer(&json!({
        "staff": "many", "moves": [{ "from": "2025-03-16", "unit": "西所" }],
    }));
    assert_eq!(who(&input(&[unread])), ["B"], "above both stations, and their bureau");
    let unread = officer(&json!({ "staff": "many" }));
    assert_eq!(who(&input(&[unread])), ["西所", "B"]);
}

#[test]
fn of_two_rows_of_one_id_neither_decides() {
    let (east, west) = (officer(&json!({})), officer(&json!({ "unit": "西所" })));
    // The bureau is above both, so that the event counts for it by either row.
    let want = scored(&input(&[east.clone(), east.clone()]));
    let bureau = want.iter().find(|(who, _)| who == "局").unwrap();
    for rows in [[east.clone(), west.clone()], [west, east.clone()]] {
        let found = scored(&input(&rows));
        assert_eq!(found.iter().map(|(who, _)| &**who).collect::<Vec<_>>(), ["局", "B"]);
        assert_eq!(found.iter().find(|(who, _)| who == "局"), Some(bureau));
    }
    // With moves the day decides, and as a leader it would be another's rule.
    let moves = officer(&json!({ "moves": [{ "from": "2025-03-16", "unit": "西所" }] }));
    assert_eq!(who(&input(&[east.clone(), moves])), ["B"]);
    let leader = json!({ "id": "A", "kind": "leader", "unit": "东所", "role": "所长" });
    assert_eq!(who(&input(&[east, leader])), ["西所", "B"]);
}
