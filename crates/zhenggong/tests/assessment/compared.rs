//! What differs between two assessments of one period: the events known between two days and nothing else,
//! and what was not published is said to be unknown.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, ErrorCode,
    assessment::{AssessmentMonth, Difference, Event, Inquiry, Subject},
    derivation::Language,
};

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
    let engine = example("railway-police-example");
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

/// What differs, and the errors with their sides, as the rule and as a question about lists give them.
fn reported(rule: &str, asked: &Json) -> (Json, Vec<(Json, Json, Json)>) {
    let engine = engine();
    let errors = |answer: &Json| {
        let of = |e: &Json, key: &str| e.get(key).cloned().unwrap_or_default();
        let list = answer["errors"].as_array().unwrap().iter();
        list.map(|e| (of(e, "person"), of(e, "name"), of(e, "side"))).collect::<Vec<_>>()
    };
    let mut asked = asked.clone();
    let raised = engine.evaluate(rule, &asked).unwrap_err();
    asked["on_error"] = "report".into();
    let answer = engine.evaluate(rule, &asked).unwrap().value().clone();
    let found = errors(&answer);
    assert_eq!(Json::from(raised.code().name()), found[0].1);
    let map = asked.as_object_mut().unwrap();
    let subjects = Subject::list(&map.remove("subjects").unwrap()).unwrap();
    let events = Event::list(&map.remove("events").unwrap()).unwrap();
    let inquiry = Inquiry::from_value(&asked).unwrap();
    let listed = inquiry.ask(&engine, &subjects, &events, |now, differences| {
        let differences: Vec<_> = differences.iter().map(Difference::to_json).collect();
        // The month run goes by the scores, whatever was wrong with the other side.
        let month = AssessmentMonth::from_answer(&now.to_json()).unwrap();
        for score in now.scores() {
            assert!(month.coefficient(now.subject(score).unwrap().id.as_str()).is_ok());
        }
        Ok((Json::from(differences), errors(&now.to_json())))
    });
    assert_eq!(listed.unwrap(), (answer["differences"].clone(), found.clone()), "{rule}");
    (answer["differences"].clone(), found)
}

#[test]
fn who_has_no_score_on_one_side_is_told_of() {
    let person = |id: &str| json!({ "id": id, "kind": "auxiliary" });
    let event = |id: &str, who: &str, date: &str, rule: &str| json!({ "id": id, "subject": who, "date": date, "rule": rule });
    let people = json!([person("A1"), person("A2")]);
    // The earlier month has an event that the scheme does not know.
    let asked = json!({
        "month": "2025-04", "earlier": "2025-03", "subjects": people,
        "events": [
            event("E1", "A1", "2025-03-10", "zzz"), event("E2", "A1", "2025-04-10", "late"),
            event("E3", "A2", "2025-04-10", "late"),
        ],
    });
    let (differences, errors) = reported("assessment.difference", &asked);
    assert_eq!(errors, [("A1".into(), "UnknownScoringRule".into(), "before".into())]);
    assert_eq!(differences.as_array().unwrap().len(), 1);
    assert_eq!(differences[0]["subject"], "A2");
    // What counted at publication was withdrawn since, so that it is no error now.
    let mut wrong = event("E1", "A1", "2025-03-10", "zzz");
    wrong["withdrawn"] = "2025-04-08".into();
    let asked = json!({
        "month": "2025-03", "published_on": "2025-04-05", "subjects": people, "events": [wrong],
    });
    let (differences, errors) = reported("assessment.rescore", &asked);
    assert_eq!(errors, [("A1".into(), "UnknownScoringRule".into(), "before".into())]);
    assert_eq!(differences, json!([]));
    // An error of both sides stands once, and is one of the scores.
    let asked = json!({
        "month": "2025-03", "other_schemes": ["teaching-office"],
        "subjects": [{ "id": "P", "kind": "officer", "scheme": "teaching-officer" },
            { "id": "Q", "kind": "officer" }],
        "schemes": ["teaching-office"],
        "events": [event("E1", "P", "2025-03-10", "zzz"), event("E2", "Q", "2025-03-10", "zzz")],
    });
    let (_, errors) = reported("assessment.what-if", &asked);
    let unknown = |id: &str| (id.into(), "UnknownScoringRule".into(), Json::Null);
    assert_eq!(errors, [unknown("P"), unknown("Q")]);
    // A scheme that is tried does not know an event of the one in use.
    let asked = json!({
        "month": "2025-03", "schemes": ["teaching-office"], "other_schemes": ["teaching-officer"],
        "subjects": [{ "id": "Q", "kind": "officer" }], "events": [],
    });
    let (differences, errors) = reported("assessment.what-if", &asked);
    assert_eq!(errors, [("Q".into(), "MissingFact".into(), "after".into())]);
    assert_eq!(differences, json!([]));
}

#[test]
fn a_row_that_can_not_be_read_is_reported_by_every_comparison() {
    let engine = engine();
    let mut asked = json!({
        "month": "2025-03", "published": { "A1": "90", "A2": "90" }, "on_error": "report",
        "subjects": [{ "id": "A1", "kind": "auxiliary" }, { "id": "A2", "kind": "auxiliary" }],
        "events": [{ "id": "E1", "subject": "A1", "date": "2025-03-32", "rule": "late" }],
    });
    let answer = engine.evaluate("assessment.rescore", &asked).unwrap().value().clone();
    assert_eq!(
        (&answer["errors"][0]["event"], &answer["errors"][0]["person"]),
        (&"E1".into(), &"A1".into())
    );
    assert_eq!(answer["differences"].as_array().unwrap().len(), 1);
    asked["on_error"] = "raise".into();
    let error = engine.evaluate("assessment.rescore", &asked).unwrap_err();
    assert_eq!((error.person_id(), error.event_id()), (Some("A1"), Some("E1")));
}

#[test]
fn a_list_of_a_year_is_scored_month_by_month() {
    let engine = engine();
    let events: Json = (1..=12)
        .map(|month| {
            json!({ "id": format!("E{month}"), "subject": "A1", "date": format!("2025-{month:02}-10"), "rule": "late", "count": month })
        })
        .collect();
    let mut asked = json!({ "month": "2025-03", "subjects": [{ "id": "A1", "kind": "auxiliary" }], "events": events });
    let error = engine.evaluate("assessment.score", &asked).unwrap_err();
    assert_eq!(error.code(), ErrorCode::OutsideWindow);
    asked["other_periods"] = true.into();
    // Three points for each time.
    for (month, total) in [("2025-03", "91.00"), ("2025-04", "88.00")] {
        asked["month"] = month.into();
        let answer = engine.evaluate("assessment.score", &asked).unwrap();
        assert_eq!(answer.value()["scores"][0]["total"], total);
    }
    asked["earlier"] = "2025-02".into();
    let answer = engine.evaluate("assessment.difference", &asked).unwrap();
    assert_eq!(answer.value()["differences"][0]["change"], "-6.00");
}

#[test]
fn a_correction_can_move_an_event_into_another_month() {
    let engine = engine();
    let late =
        |id: &str, date: &str| json!({ "id": id, "subject": "A1", "date": date, "rule": "late" });
    let (wrong, mut right) = (late("E1", "2025-03-10"), late("E2", "2025-04-11"));
    right["replaces"] = "E1".into();
    right["reported"] = "2025-04-13".into();
    let mut again = late("E3", "2025-05-11");
    again["replaces"] = "E2".into();
    again["reported"] = "2025-05-13".into();
    let people = json!([{ "id": "A1", "kind": "auxiliary" }]);
    let total = |month: &str, events: &Json| {
        let asked = json!({ "month": month, "subjects": people, "events": events });
        engine.evaluate("assessment.score", &asked).map(|a| a.value()["scores"][0]["total"].clone())
    };
    let events = json!([wrong, right]);
    assert_eq!(total("2025-03", &events).unwrap(), "100.00");
    assert_eq!(total("2025-04", &events).unwrap(), "97.00");
    // Twice moved, it was in March once.
    let events = json!([wrong, right, again]);
    for (month, points) in [("2025-03", "100.00"), ("2025-04", "100.00"), ("2025-05", "97.00")] {
        assert_eq!(total(month, &events).unwrap(), points, "{month}");
    }
    // As was known before, April had nothing: the correction came later.
    let asked = json!({
        "month": "2025-04", "published_on": "2025-04-05", "subjects": people, "events": json!([wrong, right]),
    });
    let answer = engine.evaluate("assessment.rescore", &asked).unwrap();
    assert_eq!(answer.value()["differences"][0]["change"], "-3.00");
    // It was never in February.
    assert_eq!(total("2025-02", &events).unwrap_err().code(), ErrorCode::OutsideWindow);
    let asked = json!({
        "month": "2025-03", "published_on": "2025-04-01", "subjects": people, "events": events,
    });
    let answer = engine.evaluate("assessment.rescore", &asked).unwrap();
    assert_eq!(answer.value()["differences"][0]["change"], "3.00");
    let asked = json!({
        "month": "2025-04", "earlier": "2025-03", "subjects": people, "events": events,
    });
    let answer = engine.evaluate("assessment.difference", &asked).unwrap();
    assert_eq!(answer.value()["differences"], json!([]));
}

#[test]
fn a_scheme_to_try_that_is_not_there_is_named_as_one_to_try() {
    let people = json!([{ "id": "P", "kind": "officer" }]);
    let asked = json!({
        "month": "2025-03", "schemes": ["teaching-office"], "other_schemes": ["nope"], "subjects": people,
    });
    let error = engine().evaluate("assessment.what-if", &asked).unwrap_err();
    assert_eq!((error.code(), error.field_name()), (ErrorCode::UnknownTerm, Some("other_schemes")));
}
