//! From the events of a year to the quota of the top grade, without a score written twice.

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, ErrorCode,
    assessment::{
        AppraisalStanding, AssessOptions, CountRounding, Event, Ledger, Pool, Subject, SubjectKind,
        allocate, assess, candidates,
    },
    calendar::Month,
    derivation::NoTrace,
    person::Label,
};

use crate::own::example;

fn engine() -> Engine {
    example("railway-police-example")
}

/// Five officers and a leader of 城东所, with the year's events.
fn facts() -> (Json, Json) {
    let person = |id: &str, kind: &str| json!({ "id": id, "kind": kind, "unit": "城东所" });
    let subjects = json!([
        person("0101", "officer"),
        person("0102", "officer"),
        person("0103", "officer"),
        person("0104", "officer"),
        person("0105", "officer"),
        person("0201", "leader"),
    ]);
    let day = "2021-05-10";
    // 0101: 三等功, 110. 0102: 嘉奖 and 记过, no grade. 0103: 8 off, 92. 0104: 35 off, 65, 基本达标.
    // 0105: nothing, 100. 0201: 5 off, 95.
    let events = json!([
        { "id": "E1", "subject": "0101", "date": day, "rule": "third-merit", "matter": "M1" },
        { "id": "E2", "subject": "0102", "date": day, "rule": "commendation", "matter": "M2" },
        { "id": "E3", "subject": "0102", "date": day, "rule": "demerit" },
        { "id": "E4", "subject": "0103", "date": day, "rule": "business-deduction", "points": "8" },
        { "id": "E5", "subject": "0104", "date": day, "rule": "business-deduction", "points": "35" },
        { "id": "E6", "subject": "0201", "date": day, "rule": "key-deduction", "points": "5" },
    ]);
    (subjects, events)
}

fn answer(engine: &Engine) -> Json {
    let (subjects, events) = facts();
    let asked = json!({
        "month": "2021-11", "period": "year", "schemes": ["railway-middle-leader-year"],
        "subjects": subjects, "events": events, "show": ["trail", "ranking"],
    });
    engine.evaluate("assessment.score", &asked).unwrap().value().clone()
}

fn people(ids: &[&str]) -> Json {
    ids.iter().map(|id| json!({ "id": id, "standing": "graded" })).collect()
}

const ALL: [&str; 6] = ["0101", "0102", "0103", "0104", "0105", "0201"];

#[test]
fn the_answer_of_the_scores_goes_into_the_quota_as_it_is() {
    let engine = engine();
    let quota = json!({
        "month": "2021-12", "rounding": "down", "people": people(&ALL), "assessed": answer(&engine),
        "pools": pools(),
    });
    // 20 % of 11 officers are 2.2: 110 and 100 of those who may; of 5 leaders one.
    let found = engine.evaluate("assessment.quota", &quota).unwrap();
    let expected = json!([
        { "pool": "民警", "base": 11, "quota": 2,
          "excellent": ["0101", "0105"], "not_eligible": ["0102", "0104"] },
        { "pool": "领导", "base": 5, "quota": 1, "excellent": ["0201"], "not_eligible": [] },
    ]);
    assert_eq!(found.value(), &expected);
}

/// A pool for each scheme of 城东所: the scores of leaders and officers are not compared.
fn pools() -> Json {
    json!([
        { "id": "民警", "units": ["城东所"], "scheme": "railway-officer-year", "should_take_part": 11 },
        { "id": "领导", "scheme": "railway-middle-leader-year", "should_take_part": 5 },
    ])
}

#[test]
fn scores_of_different_schemes_do_not_decide_between_people() {
    let engine = engine();
    let ask = |should_take_part: u32| {
        let quota = json!({
            "month": "2021-12", "rounding": "down", "people": people(&ALL), "assessed": answer(&engine),
            "pools": [{ "id": "城东所", "should_take_part": should_take_part }],
        });
        engine.evaluate("assessment.quota", &quota).map(|found| found.value().clone())
    };
    let error = ask(16).unwrap_err();
    assert_eq!((error.code(), error.field_name()), (ErrorCode::NeedsDecision, Some("pools")));
    for text in [error.zh(), error.en()] {
        assert!(text.contains("railway-middle-leader-year"), "{text}");
    }
    // With a seat for everyone who may, no score decides.
    assert_eq!(ask(20).unwrap()[0]["excellent"].as_array().unwrap().len(), 4);
}

#[test]
fn whoever_was_scored_is_told_of() {
    let engine = engine();
    for left_out in ALL {
        let others: Vec<_> = ALL.into_iter().filter(|id| *id != left_out).collect();
        let quota = json!({
            "month": "2021-12", "rounding": "down", "people": people(&others),
            "assessed": answer(&engine), "pools": [{ "id": "p", "should_take_part": 16 }],
        });
        let error = engine.evaluate("assessment.quota", &quota).unwrap_err();
        assert_eq!(error.code(), ErrorCode::MissingFact, "{error}");
        assert_eq!(error.person_id(), Some(left_out));
    }
}

#[test]
fn in_rust_the_candidates_are_those_of_the_answer() {
    let engine = engine();
    let (subjects, events) = facts();
    let subjects: Vec<Subject> = serde_json::from_value(subjects).unwrap();
    let events: Vec<Event> = serde_json::from_value(events).unwrap();
    let ledger = Ledger::new(&subjects, &events, None).unwrap();
    let snapshot = engine.snapshot(Month::new(2021, 12).unwrap()).unwrap();
    let options = AssessOptions {
        schemes: vec!["railway-middle-leader-year".to_owned()],
        ..AssessOptions::default()
    };
    let scored =
        assess(&ledger, snapshot.get().unwrap(), "2021".parse().unwrap(), &options, false).unwrap();
    let graded = |_: &Subject| Some(AppraisalStanding::Graded);
    let mut found = candidates(&scored, SubjectKind::Officer, graded).unwrap();
    found.extend(candidates(&scored, SubjectKind::Leader, graded).unwrap());
    let told: Vec<_> = found.iter().map(|c| (c.id.as_str(), c.bars.len())).collect();
    // 记过 bars twice: by the veto, and as a result without a grade.
    let expected = [("0101", 0), ("0102", 2), ("0103", 0), ("0104", 1), ("0105", 0), ("0201", 0)];
    assert_eq!(told, expected);
    let pools: Vec<Pool> = serde_json::from_value(pools()).unwrap();
    let p = snapshot.get().unwrap();
    let down = Some(CountRounding::Down);
    let given = allocate(p, &pools, &found, down, None, &mut NoTrace).unwrap();
    let ids: Vec<_> = given.iter().flat_map(|a| &a.excellent).map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["0101", "0105", "0201"]);
}

#[test]
fn candidates_lack_nothing() {
    let engine = engine();
    let snapshot = engine.snapshot(Month::new(2021, 12).unwrap()).unwrap();
    let officer = |unit: Option<&str>| {
        let mut officer = Subject::new(Label::new("0101").unwrap(), SubjectKind::Officer);
        officer.unit = unit.map(|u| Label::new(u).unwrap());
        officer
    };
    let told = |subject: Subject, rule: Option<&str>, kind, standing| {
        let subjects = [subject];
        let events: Vec<Event> = serde_json::from_value(match rule {
            Some(rule) => json!([
                { "id": "E1", "subject": "0101", "date": "2021-05-10", "rule": rule }
            ]),
            None => json!([]),
        })
        .unwrap();
        let ledger = Ledger::new(&subjects, &events, None).unwrap();
        let (schemes, period) = (snapshot.get().unwrap(), "2021".parse().unwrap());
        let scored = assess(&ledger, schemes, period, &AssessOptions::default(), false).unwrap();
        candidates(&scored, kind, |_| standing).map(|found| found.len())
    };
    let (kind, graded) = (SubjectKind::Officer, Some(AppraisalStanding::Graded));
    assert_eq!(told(officer(Some("u")), None, kind, graded).unwrap(), 1);
    assert_eq!(told(officer(Some("u")), None, SubjectKind::Leader, graded).unwrap(), 0);
    let error = |found: zhenggong::Result<usize>| {
        let error = found.unwrap_err();
        (error.code(), error.to_string())
    };
    let (code, text) = error(told(officer(None), None, kind, graded));
    assert!(code == ErrorCode::MissingFact && text.contains("unit"), "{text}");
    let (code, text) = error(told(officer(Some("u")), None, kind, None));
    assert!(code == ErrorCode::MissingFact && text.contains("standing"), "{text}");
    let (code, text) = error(told(officer(Some("u")), Some("no-such-rule"), kind, graded));
    assert!(code == ErrorCode::UnknownScoringRule, "{text}");
    let (code, text) = error(told(officer(Some("u")), None, SubjectKind::Auxiliary, graded));
    assert!(code == ErrorCode::NotApplicable && text.contains("auxiliar"), "{text}");
}
