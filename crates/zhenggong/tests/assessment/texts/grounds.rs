//! What points come from, as data.

use serde_json::json;

use super::{every_kind, json_of, schemes::GROUNDS};
use crate::own::{SCHEME, engine, pack};

#[test]
fn what_points_come_from_is_data() {
    let (subjects, events) = every_kind();
    let engine = engine(pack(&format!("{SCHEME}{GROUNDS}")));
    let who =
        json!([{ "id": "P01", "kind": "officer", "identities": ["机关", "一线"], "staff": 40 }]);
    let input = json!({
        "month": "2025-04", "subjects": who, "events": json_of(&events), "show": ["trail"],
    });
    assert_eq!(subjects.len(), 1);
    let answer = engine.evaluate("assessment.score", &input).unwrap();
    let trail = answer.value()["scores"][0]["trail"].as_array().unwrap().clone();
    let of = |key: &str, value: &str| {
        let found = trail.iter().find(|l| l[key] == value);
        found.unwrap_or_else(|| panic!("{value}"))["grounds"].clone()
    };
    // Two times 15, of which 30 % count: 9 on the item's scale, 3.6 of its 40.
    assert_eq!(
        of("event", "E07"),
        json!({
            "each": "10.00", "count": 2, "weight": "40.00",
            "surcharges": [{ "flag": "屡犯", "points": "5.00" }],
            "factors": [{
                "factor": "personal", "zh": "纯属个人原因", "en": "purely personal cause",
                "value": "0.3", "points": "9.00", "clause": "第九条",
            }],
        })
    );
    // 40 people are 13 full groups of 3.
    assert_eq!(
        of("rule", "arrests"),
        json!({
            "values": [{ "event": "E03", "date": "2025-04-08", "value": "10.00" }],
            "actual": "10.00", "due": "13.00", "staff": 40, "per": 3, "groups": 13,
            "units": "1.00", "short": "3.00", "worth": "10.00",
        })
    );
    // 5 above 20 are two full steps of 10 %.
    let thefts = of("rule", "thefts");
    assert_eq!((&thefts["over"], &thefts["steps"]), (&json!("5.00"), &json!(2)));
    assert_eq!(
        of("rule", "fitness")["band"],
        json!({ "from": "240.00", "below": "320.00", "points": "2.00" })
    );
    let marks = of("rule", "marks");
    assert_eq!(
        marks["ratings"][1],
        json!({
            "event": "E10", "date": "2025-04-30", "rater": "C1", "rater_kind": "同事",
            "mark": "80.00", "count": 1,
        })
    );
    assert_eq!(
        marks["means"],
        json!([
            { "rater_kind": "领导", "weight": "0.6", "mean": "90.00" },
            { "rater_kind": "同事", "weight": "0.4", "mean": "80.50" },
        ])
    );
    assert_eq!(of("event", "E12")["instead"], "E13");
    let capped = of("why", "rule-cap");
    assert_eq!((&capped["from"], &capped["to"]), (&json!("49.00"), &json!("45.00")));
    assert_eq!(of("factor", "post"), json!({ "identity": "一线" }));
    assert_eq!(of("veto", "often"), json!({ "occurrences": 6, "at_least": 2 }));
    assert_eq!(of("veto", "low"), json!({ "sheet_score": "71.59", "below": "80.00" }));
}
