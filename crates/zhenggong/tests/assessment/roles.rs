//! Points by role: whom a rule concerns with and without points for everyone.

use serde_json::json;
use zhenggong::ErrorCode;

use crate::own::{engine, pack, scheme};

/// The total of a leader of this role, whose officer was late, or who was late.
fn total(points: &str, role: &str, who: &str) -> zhenggong::Result<String> {
    let rule = |rest: &str| {
        format!(r#"{{ id = "late", zh = "迟到", en = "late", kind = "per-occurrence", {rest} }}"#)
    };
    let by_role = format!(r#"{points} by_role = {{ "所长" = "7" }}, cascade = ["officer"]"#);
    let officers = scheme("officer", "officer", "cap", &rule(r#"points = "2""#));
    let leaders = scheme("leader", "leader", "cap", &rule(&by_role));
    let engine = engine(pack(&(officers + &leaders)));
    let input = json!({
        "month": "2025-03",
        "subjects": [
            { "id": "L", "kind": "leader", "unit": "U", "role": role },
            { "id": "P", "kind": "officer", "unit": "U" },
        ],
        "events": [{ "id": "E1", "subject": who, "date": "2025-03-10", "rule": "late" }],
    });
    let answer = engine.evaluate("assessment.score", &input)?.to_json();
    Ok(answer["value"]["scores"][0]["total"].as_str().unwrap().to_owned())
}

#[test]
fn a_role_that_is_not_listed_has_the_points_of_the_rule_below_as_for_itself() {
    for who in ["L", "P"] {
        assert_eq!(total(r#"points = "1","#, "所长", who).as_deref(), Ok("93.00"));
        assert_eq!(total(r#"points = "1","#, "副所长", who).as_deref(), Ok("99.00"));
    }
}

#[test]
fn without_points_of_the_rule_it_is_not_concerned_by_what_happens_below() {
    assert_eq!(total("", "所长", "P").as_deref(), Ok("93.00"));
    assert_eq!(total("", "副所长", "P").as_deref(), Ok("100.00"));
    // Nobody knows the points of its own event.
    let error = total("", "副所长", "L").unwrap_err();
    assert_eq!(
        (error.code(), error.field_name()),
        (ErrorCode::UnknownTerm, Some("subjects[0].role"))
    );
    assert!(error.zh().contains("可用：所长"), "{}", error.zh());
}
