//! Days of training by the national rule: what it has for the front line is due, and its gap is the scheme's.

use serde_json::{Value as Json, json};
use zhenggong::ErrorCode;

use crate::own::{SCHEME, engine, pack};

const OWN: &str = r#"id = "own-officer"
zh = "民警考核"
en = "officers"
subject = "officer"
period = "year"
window = "calendar"
rounding = { points = "half-up 4", score = "half-up 2" }
combine = "sum"
total = { full = "100", above = "refuse" }
ungraded = { id = "none", zh = "不确定等次", en = "no grade" }

[[value.scheme.sheets]]
id = "training"
zh = "训练"
en = "training"
base = "100"

[[value.scheme.sheets.items]]
id = "days"
zh = "训练时间"
en = "days of training"
mode = "direct-loss"
weight = "100"
rules = [
    { id = "front-line", zh = "一线实战训练", en = "training of the front line", kind = "training-days", occasion = "front-line", points = "4", missing = "zero" },
]
"#;

fn total(month: &str, year: &str, days: Option<u32>) -> zhenggong::Result<Json> {
    let engine = engine(pack(&format!("{SCHEME}{OWN}")));
    let events = days.map(|n| {
        json!({ "id": "E1", "subject": "P", "date": format!("{year}-05-01"), "rule": "front-line", "count": n })
    });
    let asked = json!({
        "month": month, "period": "year", "subjects": [{ "id": "P", "kind": "officer" }],
        "events": events.into_iter().collect::<Vec<_>>(),
    });
    let answer = engine.evaluate("assessment.score", &asked)?;
    Ok(answer.value()["scores"][0]["total"].clone())
}

#[test]
fn fifteen_days_are_due_at_the_front_line() {
    // 15 due, 12 done: 3 × 4 off. Nothing entered counts as no days: 15 × 4 off.
    assert_eq!(total("2012-12", "2012", Some(15)).unwrap(), json!("100.00"));
    assert_eq!(total("2012-12", "2012", Some(12)).unwrap(), json!("88.00"));
    assert_eq!(total("2012-12", "2012", None).unwrap(), json!("40.00"));
}

#[test]
fn what_the_rule_does_not_have_is_not_guessed() {
    // The opinion of 2004 was seen for the years up to 2014.
    let error = total("2015-12", "2015", Some(15)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ValueGap, "{error}");
    assert_eq!(error.person_id(), Some("P"));
}
