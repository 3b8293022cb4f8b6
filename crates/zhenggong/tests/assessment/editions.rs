//! Two periods are compared by the schemes of their own time.

use serde_json::json;
use zhenggong::{
    ErrorCode,
    assessment::{Event, Inquiry, Subject},
};

use crate::own::{engine, pack, scheme};

/// A scheme that takes so many points off for being late.
fn edition(id: &str, from: &str, points: &str) -> String {
    let late = format!(
        r#"{{ id = "late", zh = "迟到", en = "late", kind = "per-occurrence", points = "{points}" }}"#
    );
    scheme(id, "officer", "refuse", &late).replace("2010-01-01", from)
}

#[test]
fn each_period_goes_by_its_own_edition() {
    let question = json!({
        "month": "2025-03", "earlier": "2025-02",
        "subjects": [{ "id": "P", "kind": "officer" }],
        "events": [
            { "id": "E1", "subject": "P", "date": "2025-02-10", "rule": "late" },
            { "id": "E2", "subject": "P", "date": "2025-03-10", "rule": "late" },
        ],
    });
    // One point off until February, five from March on; the second pack has another scheme by then.
    for (now, schemes) in [("old", json!([])), ("new", json!(["old", "new"])), ("new", json!([]))] {
        let packs = edition("old", "2025-01-01", "1") + &edition(now, "2025-03-01", "5");
        let engine = engine(pack(&packs));
        let mut question = question.clone();
        question["schemes"] = schemes;
        let answer = engine.evaluate("assessment.difference", &question).unwrap();
        let found = &answer.value()["differences"][0];
        assert_eq!(
            (&found["before"]["total"], &found["after"]["total"]),
            (&json!("99.00"), &json!("95.00"))
        );
        let map = question.as_object_mut().unwrap();
        let subjects = Subject::list(&map.remove("subjects").unwrap()).unwrap();
        let events = Event::list(&map.remove("events").unwrap()).unwrap();
        let inquiry = Inquiry::from_value(&question).unwrap();
        let asked = inquiry.ask(&engine, &subjects, &events, |_, found| Ok(found[0].to_json()));
        assert_eq!(asked.unwrap(), *found);
    }
    // A scheme that neither edition has is still refused.
    let packs = edition("old", "2025-01-01", "1") + &edition("new", "2025-03-01", "5");
    let mut unknown = question;
    unknown["schemes"] = json!(["older"]);
    let error = engine(pack(&packs)).evaluate("assessment.difference", &unknown).unwrap_err();
    assert_eq!((error.code(), error.field_name()), (ErrorCode::UnknownTerm, Some("schemes")));
}

#[test]
fn a_scheme_of_the_other_condition_says_why_it_does_not_do() {
    let peace = edition("peace", "2025-01-01", "1")
        .replace("window = ", "condition = \"peacetime\"\nwindow = ");
    let question = json!({
        "month": "2025-03", "subjects": [{ "id": "P", "kind": "officer" }],
        "orders": [{ "date": "2025-02-01", "condition": "wartime" }],
    });
    let error = engine(pack(&peace)).evaluate("assessment.score", &question).unwrap_err();
    assert_eq!((error.code(), error.field_name()), (ErrorCode::NoSuchStandard, Some("schemes")));
    let (zh, en) = (error.zh(), error.en());
    assert!(zh.contains("战时民警月度考核方案（peace 不适用于该状态"), "{zh}");
    assert!(
        en.contains("a wartime month scheme for the officer (peace does not hold then"),
        "{en}"
    );
    assert!(en.is_ascii(), "{en}");
}
