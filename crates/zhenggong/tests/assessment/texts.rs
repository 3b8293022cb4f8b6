//! How a total is told, in both languages: weights, factors before and after, joined parts, rounding,
//! bounds, and vetoes with their event and clause.

mod differences;
mod grounds;
#[path = "../golden/kept.rs"]
mod kept;
mod schemes;

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine,
    assessment::{AssessOptions, Condition, Event, Ledger, Order, Subject, SubjectKind, assess},
    calendar::{Month, parse_date},
    derivation::Language,
    person::Label,
    policy::{Evidence, Pack},
    vocabulary::Sex,
};

use schemes::{GROUNDS, OWN, TESTS};

use crate::own::{SCHEME, label, pack};

fn subject(id: &str, identities: &[&str]) -> Subject {
    let mut subject = Subject::new(label(id), SubjectKind::Officer);
    subject.identities = identities.iter().map(|i| (*i).to_owned()).collect();
    subject
}

fn event(id: &str, who: &str, date: &str, rule: &str, count: i64) -> Event {
    let id = label(id);
    let mut event = Event::new(id, label(who), parse_date(date).unwrap(), rule);
    event.count = count;
    event
}

fn json_of(events: &[Event]) -> Json {
    let one = |e: &Event| {
        let mut json = json!({
            "id": e.id.as_str(), "subject": e.subject.as_str(), "date": e.date.to_string(),
            "rule": e.rule, "count": e.count,
        });
        if let Some(points) = e.points {
            json["points"] = points.to_string().into();
        }
        if let Some(value) = e.value {
            json["value"] = value.to_string().into();
        }
        if let Some(matter) = &e.matter {
            json["matter"] = matter.as_str().into();
        }
        if let (Some(discipline), Some(result)) = (e.discipline, e.result) {
            json["discipline"] = discipline.code().into();
            json["result"] = result.to_string().into();
        }
        if !e.flags.is_empty() {
            json["flags"] = e.flags.clone().into();
        }
        if let (Some(rater), Some(kind)) = (&e.rater, &e.rater_kind) {
            json["rater"] = rater.as_str().into();
            json["rater_kind"] = kind.as_str().into();
        }
        json
    };
    events.iter().map(one).collect()
}

/// The sheet and the derivation of each subject in both languages.
fn check(name: &str, pack: Pack, subjects: &[Subject], events: &[Event], orders: &[Order]) {
    let engine = Engine::builder().packs(Pack::national()).pack(pack).accept(Evidence::Inferred);
    let engine = engine.build().unwrap();
    let month = Month::new(2025, 4).unwrap();
    let snapshot = engine.snapshot(month).unwrap();
    let ledger = Ledger::new(subjects, events, None).unwrap();
    let options = AssessOptions { orders: orders.to_vec(), ..AssessOptions::default() };
    let schemes = snapshot.get().unwrap();
    let period = "2025-04".parse().unwrap();
    let scored = assess(&ledger, schemes, period, &options, true).unwrap();
    assert_eq!(scored.errors(), &[]);
    let who: Vec<Json> = subjects
        .iter()
        .map(|s| {
            let mut json = json!({
                "id": s.id.as_str(), "kind": "officer", "identities": s.identities,
                "staff": s.staff.unwrap_or(1),
            });
            if let (Some(sex), Some(birth)) = (s.sex, s.birth) {
                json["sex"] = sex.code().into();
                json["birth"] = birth.to_string().into();
                json["training_class"] = s.training_class.clone().into();
            }
            json
        })
        .collect();
    let told: Vec<Json> = orders
        .iter()
        .map(|o| json!({ "date": o.date.to_string(), "condition": o.condition.code() }))
        .collect();
    let input = json!({
        "month": "2025-04", "subjects": who, "events": json_of(events), "orders": told,
    });
    let answer = engine.evaluate("assessment.score", &input).unwrap();
    let mut wrong = Vec::new();
    for (language, code) in [(Language::Zh, "zh"), (Language::En, "en")] {
        let sheets: String =
            scored.scores().iter().map(|s| scored.score_text(s, language)).collect();
        let text = format!("{sheets}\n{}", answer.derivation().text(language));
        wrong.extend(kept::compare(&format!("{name}.{code}.txt"), &text));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn factors_bounds_and_vetoes_are_told() {
    let pack = pack(&format!("{SCHEME}{OWN}"));
    // 90 × 1.13 = 101.7, cut to 100; (90 − 3.3 − 1) × 0.97 = 83.129, rounded to 83.1, at most 不合格;
    // (90 − 49.5) × 0.97 = 39.285, rounded to 39.3, raised to 40.
    let subjects = [subject("A", &["一线"]), subject("B", &[]), subject("C", &[])];
    let events = [
        event("E1", "B", "2025-04-02", "late", 1),
        event("E2", "B", "2025-04-03", "leak", 1),
        event("E3", "C", "2025-04-04", "late", 15),
    ];
    check("assessment-score-bounds", pack, &subjects, &events, &[]);
}

#[test]
fn joined_parts_are_told() {
    // As in the case of peace, war and peace: (98.2 × 20 + 97 × 10) ÷ 30 = 97.80.
    let mut events = vec![event("D1", "P", "2025-04-30", "attendance-points", 1)];
    events[0].points = Some("40".parse().unwrap());
    for (id, kind) in [("D2", "领导"), ("D3", "同事"), ("D4", "群众")] {
        let mut rating = event(id, "P", "2025-04-30", "rating", 1);
        rating.points = Some("100".parse().unwrap());
        rating.rater = Some(label(kind));
        rating.rater_kind = Some(kind.to_owned());
        events.push(rating);
    }
    events.push(event("E1", "P", "2025-04-05", "uniform", 3));
    events.push(event("E2", "P", "2025-04-15", "late", 1));
    events.push(event("E3", "P", "2025-04-25", "uniform", 3));
    let order = |date, condition| Order { date: parse_date(date).unwrap(), condition };
    let orders =
        [order("2025-04-11", Condition::Wartime), order("2025-04-21", Condition::Peacetime)];
    let pack = Pack::example("teaching-example").unwrap();
    check("assessment-score-split", pack, &[subject("P", &[])], &events, &orders);
}

/// Who has something of every kind of rule: (100 − 0.6 − 0.7692 … ) and so on, as the lines say.
fn every_kind() -> (Vec<Subject>, Vec<Event>) {
    let mut who = subject("P01", &["机关", "一线"]);
    who.staff = Some(40);
    let value = |id: &str, rule: &str, value: &str| {
        let mut event = event(id, "P01", "2025-04-08", rule, 1);
        event.value = Some(value.parse().unwrap());
        event
    };
    let flagged = |id: &str, count, flags: &[&str]| {
        let mut event = event(id, "P01", "2025-04-15", "breach", count);
        event.flags = flags.iter().map(|f| (*f).to_owned()).collect();
        event
    };
    let rating = |id: &str, rater: &str, kind: &str, points: &str| {
        let mut event = event(id, "P01", "2025-04-30", "marks", 1);
        event.rater = Label::new(rater).ok();
        event.rater_kind = Some(kind.to_owned());
        event.points = Some(points.parse().unwrap());
        event
    };
    let honour = |id: &str, rule: &str, matter: &str| {
        let mut event = event(id, "P01", "2025-04-20", rule, 1);
        event.matter = Label::new(matter).ok();
        event
    };
    let events = vec![
        event("E01", "P01", "2025-04-02", "patrols", 1),
        event("E02", "P01", "2025-04-12", "patrols", 1),
        value("E03", "arrests", "10"),
        value("E04", "checks", "12.5"),
        value("E05", "thefts", "25"),
        value("E06", "fitness", "315"),
        flagged("E07", 2, &["屡犯", "个人原因"]),
        flagged("E08", 4, &[]),
        rating("E09", "L1", "领导", "90"),
        rating("E10", "C1", "同事", "80"),
        rating("E11", "C2", "同事", "81"),
        honour("E12", "praise", "四·二〇案"),
        honour("E13", "merit", "四·二〇案"),
        honour("E14", "praise", "抗洪"),
    ];
    (vec![who], events)
}

#[test]
fn what_points_come_from_is_told() {
    let (subjects, events) = every_kind();
    check("assessment-score-grounds", pack(&format!("{SCHEME}{GROUNDS}")), &subjects, &events, &[]);
}

#[test]
fn tests_and_days_of_training_are_told() {
    let (before, rest) = GROUNDS.split_once("rules = [\n").unwrap();
    let (_, after) = rest.split_once("\n]\n").unwrap();
    let (scheme, _) = after.split_once("[[value.scheme.sheets]]").unwrap();
    let scheme = format!("{before}rules = [{TESTS}{scheme}");
    let mut who = subject("P01", &["一线"]);
    who.sex = Some(Sex::Male);
    who.birth = Some(parse_date("2000-06-01").unwrap());
    who.training_class = Some("一线".to_owned());
    let test = |id: &str, rule: &str, discipline: &str, result: &str| {
        let mut event = event(id, "P01", "2025-04-10", rule, 1);
        event.discipline = Some(discipline.parse().unwrap());
        event.result = Some(result.parse().unwrap());
        event
    };
    let days = |id: &str, rule: &str, days: &str| {
        let mut event = event(id, "P01", "2025-04-11", rule, 1);
        event.value = Some(days.parse().unwrap());
        event
    };
    let events = [
        test("E1", "each", "run-100", "13.1"),
        test("E2", "each", "long-jump", "2.30"),
        test("E3", "sum", "run-100", "13.1"),
        test("E4", "sum", "run-1000", "3:40"),
        test("E5", "sum", "引体向上", "11"),
        test("E6", "sum", "long-jump", "2.45"),
        days("T1", "drill", "0"),
        days("T2", "duty", "1"),
    ];
    check("assessment-score-tests", pack(&format!("{SCHEME}{scheme}")), &[who], &events, &[]);
}
