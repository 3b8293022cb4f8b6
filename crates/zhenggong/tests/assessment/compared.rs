//! What differs between two assessments of one period: the events known between two days and nothing else,
//! and what was not published is said to be unknown.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use zhenggong::{Engine, derivation::Language, policy::Pack};

use crate::own::example;

fn engine() -> Engine {
    example("teaching-example")
}

fn auxiliaries(count: usize) -> Json {
    (1..=count).map(|n| json!({ "id": format!("A{n}"), "kind": "auxiliary" })).collect()
}

/// The subjects and events that differ between two days, as they are answered.
fn rescored(engine: &Engine, events: &Json, days: (&str, &str)) -> Json {
    let input = json!({
        "month": "2025-03", "subjects": auxiliaries(4), "events": events,
        "published_on": days.0, "known_on": days.1,
    });
    engine.evaluate("assessment.rescore", &input).unwrap().value().clone()
}

fn scored(engine: &Engine, events: &Json, day: &str) -> Json {
    let input = json!({
        "month": "2025-03", "subjects": auxiliaries(4), "events": events, "known_on": day,
    });
    engine.evaluate("assessment.score", &input).unwrap().value().clone()
}

fn day(number: u32) -> String {
    format!("2025-03-{number:02}")
}

/// An event: whose, which rule, the day it happened, how much later it was reported and withdrawn.
type Drawn = (usize, usize, u32, Option<u32>, Option<u32>, bool);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let later = || proptest::option::of(0u32..6);
    let one = (1usize..=4, 0usize..4, 1u32..=20, later(), later(), any::<bool>());
    proptest::collection::vec(one, 0..12)
}

fn ledger(drawn: &[Drawn]) -> Json {
    let rules = ["late", "absent", "drinking", "full-attendance"];
    let mut corrected = BTreeSet::new();
    let event = |(at, (who, rule, date, reported, withdrawn, corrects)): (usize, &Drawn)| {
        let known = date + reported.unwrap_or(0);
        let mut event = json!({
            "id": format!("E{at:02}"), "subject": format!("A{who}"), "rule": rules[*rule],
            "date": day(*date),
        });
        if reported.is_some() {
            event["reported"] = day(known).into();
        }
        if let Some(later) = withdrawn {
            event["withdrawn"] = day(known + later).into();
        }
        // At most one correction of an event, and never in a circle.
        if *corrects && at > 0 && corrected.insert(at - 1) {
            event["replaces"] = format!("E{:02}", at - 1).into();
        }
        event
    };
    drawn.iter().enumerate().map(event).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn two_days_differ_by_the_events_known_between_them(
        drawn in drawn(), first in 1u32..=25, more in 0u32..8,
    ) {
        let engine = engine();
        let events = ledger(&drawn);
        let (then, now) = (day(first), day((first + more).min(31)));
        let answer = rescored(&engine, &events, (&then, &now));
        let [old, new] = [&then, &now].map(|day| scored(&engine, &events, day));
        let news = answer["news"].as_array().unwrap();
        // Each piece of news lies between the days, and has its event once.
        let ids: BTreeSet<&str> = news.iter().map(|n| n["event"].as_str().unwrap()).collect();
        prop_assert_eq!(ids.len(), news.len());
        for one in news {
            let on = one["on"].as_str().unwrap();
            prop_assert!(then.as_str() < on && on <= now.as_str(), "{one}");
        }
        let told: BTreeSet<&str> = news.iter().map(|n| n["subject"].as_str().unwrap()).collect();
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for difference in answer["differences"].as_array().unwrap() {
            let who = difference["subject"].as_str().unwrap();
            found.insert(who);
            // Nobody differs without news, and the events that differ are told of.
            prop_assert!(told.contains(who), "{difference}");
            prop_assert!(difference["events"].as_object().unwrap().keys().any(|e| ids.contains(e.as_str())));
            let keys = ["total", "sheets", "grade", "coefficient", "vetoes"];
            for (side, scores) in [("before", &old), ("after", &new)] {
                let score = scores["scores"].as_array().unwrap().iter().find(|s| s["subject"] == who);
                for key in keys {
                    prop_assert_eq!(&difference[side][key], &score.unwrap()[key], "{}", key);
                }
            }
        }
        // Who is in no difference has the same result on both days.
        for (a, b) in old["scores"].as_array().unwrap().iter().zip(new["scores"].as_array().unwrap()) {
            if !found.contains(a["subject"].as_str().unwrap()) {
                for key in ["total", "sheets", "grade", "coefficient"] {
                    prop_assert_eq!(&a[key], &b[key]);
                }
            }
        }
    }
}

#[test]
fn the_scores_of_an_answer_are_published_scores() {
    let engine = engine();
    let late = json!({ "id": "E1", "subject": "A2", "date": "2025-03-10", "rule": "drinking", "count": 2 });
    let first = scored(&engine, &json!([]), "2025-03-31");
    let input = |published: Json| {
        json!({
            "month": "2025-03", "subjects": auxiliaries(4), "events": [late], "published": published,
        })
    };
    let answer = engine.evaluate("assessment.rescore", &input(first["scores"].clone())).unwrap();
    let found = answer.value();
    assert_eq!(found["differences"].as_array().unwrap().len(), 1, "{found}");
    let difference = &found["differences"][0];
    // 100 - 2 × 20, and the second time ends the contract.
    let all = json!(["total", "sheets", "grade", "coefficient", "vetoes", "contract"]);
    assert_eq!((&difference["subject"], &difference["changed"]), (&"A2".into(), &all));
    assert_eq!(difference.get("unknown"), None);
    assert_eq!(found["grade_changes"], json!(["A2"]));
    let text = answer.derivation().text(Language::Zh);
    for line in ["现总分 60.00 − 原总分 100.00 = -40.00", "等次：合格", "等次：不合格", "解除合同"]
    {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn a_grade_by_hand_is_not_taken_away_by_scoring_again() {
    let pack = Pack::example("railway-police-example").unwrap();
    let engine = Engine::builder().packs(Pack::national()).pack(pack).build().unwrap();
    let rescored = |rule: &str| {
        let input = json!({
            "month": "2020-06", "subjects": [{ "id": "P", "kind": "officer" }],
            "events": [{ "id": "E1", "subject": "P", "date": "2020-06-10", "rule": rule }],
            "published": [{ "subject": "P", "total": "99.00", "grade": "excellent" }],
        });
        engine.evaluate("assessment.rescore", &input).unwrap().value().clone()
    };
    // Still 达标, from which 优秀 is chosen by hand; then below it.
    let (still, below) = (rescored("talk-reminder"), rescored("administrative-warning"));
    assert_eq!(still["differences"][0]["after"]["grade"], "up-to-standard");
    assert_eq!((&still["grade_changes"], &still["grade_unknown"]), (&json!([]), &json!(["P"])));
    assert_eq!(below["grade_changes"], json!(["P"]), "{below}");
}
