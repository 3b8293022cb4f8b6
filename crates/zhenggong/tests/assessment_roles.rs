//! Points by role: whom a rule concerns with and without points for everyone.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::json;
use zhenggong::{Engine, ErrorCode, policy::Pack};

const HEAD: &str = r#"
[pack]
id = "roles"
layer = "city"
place = "roles"
parent = "national"

[[source]]
id = "s"
title = "方案"
issued = "2024-12-01"
evidence = "official"
"#;

fn scheme(subject: &str, rules: &str) -> String {
    format!(
        r#"
[[value]]
rule = "assessment.scheme"
from = "2025-01-01"
source = "s"
clause = "一"
[value.scheme]
id = "{subject}"
zh = "方案"
en = "scheme"
subject = "{subject}"
period = "month"
window = "calendar"
rounding = {{ points = "half-up 2", score = "half-up 2" }}
combine = "sum"
total = {{ full = "100", above = "cap", floor = "0" }}
ungraded = {{ id = "none", zh = "无", en = "none" }}
[[value.scheme.sheets]]
id = "one"
zh = "一"
en = "one"
base = "100"
[[value.scheme.sheets.items]]
id = "duty"
zh = "勤务"
en = "duty"
mode = "public"
rules = [{rules}]
"#
    )
}

/// The total of a leader of this role, whose officer was late, or who was late.
fn total(points: &str, role: &str, who: &str) -> zhenggong::Result<String> {
    let rule = |rest: &str| {
        format!(r#"{{ id = "late", zh = "迟到", en = "late", kind = "per-occurrence", {rest} }}"#)
    };
    let by_role = format!(r#"{points} by_role = {{ "所长" = "7" }}, cascade = ["officer"]"#);
    let pack =
        [HEAD, &scheme("officer", &rule(r#"points = "2""#)), &scheme("leader", &rule(&by_role))];
    let pack = Pack::parse("roles.toml", &pack.concat());
    let engine = Engine::builder().packs(Pack::national()).pack(pack).build().unwrap();
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
