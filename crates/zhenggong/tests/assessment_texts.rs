//! How a total is told, in both languages: weights, factors before and after, joined parts, rounding,
//! bounds, and vetoes with their event and clause.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{env, fs, path::Path};

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine,
    assessment::{AssessOptions, Condition, Event, Ledger, Order, Subject, SubjectKind, assess},
    calendar::{Month, parse_date},
    derivation::Language,
    person::Label,
    policy::{Evidence, Pack},
};

/// One sheet, two factors of the total, and every bound.
const OWN: &str = r#"
[pack]
id = "own"
layer = "city"
place = "某市"
parent = "national"

[[source]]
id = "s"
title = "某市考核办法"
issued = "2024-12-01"
evidence = "official"

[[value]]
rule = "assessment.scheme"
from = "2025-01-01"
source = "s"
clause = "第一条"

[value.scheme]
id = "own-officer"
zh = "民警考核"
en = "officers"
subject = "officer"
period = "month"
window = "calendar"
rounding = { points = "half-up 4", score = "half-up 1" }
combine = "base-minus-loss"
base = "90"
total = { full = "100", above = "cap", floor = "40" }
ungraded = { id = "none", zh = "不确定等次", en = "no grade" }
grades = [
    { id = "pass", zh = "合格", en = "pass", from = "60" },
    { id = "fail", zh = "不合格", en = "fail" },
]
factors = [
    { id = "post", zh = "岗位系数", en = "post", clause = "第五条", on = "total", identities = { "一线" = "1.13" }, default = "0.97" },
]
vetoes = [
    { id = "leak", zh = "泄密", en = "leak", clause = "第六条", rules = ["leak"], effect = "grade-at-most", grade = "fail", scope = "period" },
]

[[value.scheme.sheets]]
id = "work"
zh = "工作"
en = "work"
base = "100"

[[value.scheme.sheets.items]]
id = "duty"
zh = "勤务"
en = "duty"
mode = "public"
rules = [
    { id = "late", zh = "迟到", en = "late", kind = "per-occurrence", points = "3.3" },
    { id = "leak", zh = "泄密", en = "leak", kind = "fixed", points = "1" },
]
"#;

/// Rules of every kind, with what goes into their points.
const GROUNDS: &str = r#"
[pack]
id = "own"
layer = "city"
place = "某市"
parent = "national"

[[source]]
id = "s"
title = "某市考核办法"
issued = "2024-12-01"
evidence = "official"

[[value]]
rule = "assessment.scheme"
from = "2025-01-01"
source = "s"
clause = "第一条"

[value.scheme]
id = "own-officer"
zh = "民警考核"
en = "officers"
subject = "officer"
period = "month"
window = "calendar"
rounding = { points = "half-up 4", score = "half-up 2" }
combine = "sum"
total = { full = "200", above = "cap", floor = "0" }
ungraded = { id = "none", zh = "不确定等次", en = "no grade" }
grades = [
    { id = "pass", zh = "合格", en = "pass", from = "60" },
    { id = "fail", zh = "不合格", en = "fail" },
]
factors = [
    { id = "personal", zh = "纯属个人原因", en = "purely personal cause", clause = "第九条", on = "event", flag = "个人原因", value = "0.3" },
    { id = "post", zh = "岗位系数", en = "post", clause = "第十条", on = "total", identities = { "一线" = "1.1", "机关" = "0.9" }, default = "1" },
]
vetoes = [
    { id = "often", zh = "多次违纪", en = "often", clause = "第十一条", rules = ["breach"], at_least = 2, effect = "no-grade", scope = "period" },
    { id = "low", zh = "业务过低", en = "work too low", clause = "第十二条", sheet = "work", below = "80", effect = "grade-at-most", grade = "fail", scope = "period" },
]

[[value.scheme.sheets]]
id = "work"
zh = "业务"
en = "work"
base = "100"

[[value.scheme.sheets.items]]
id = "tasks"
zh = "任务"
en = "tasks"
clause = "第二条"
mode = "direct-loss"
weight = "60"
rules = [
    { id = "patrols", zh = "巡逻", en = "patrols", kind = "shortfall", due = 4, points = "0.3" },
    { id = "arrests", zh = "抓获", en = "arrests", kind = "target", units = "1", per = 3, whole = true, worth = "10" },
    { id = "checks", zh = "检查", en = "checks", kind = "target", target = "20", over = "40", worth = "8" },
    { id = "thefts", zh = "盗窃", en = "thefts", kind = "ceiling", limit = 20, first = "2", step_percent = "10", step_points = "1" },
    { id = "fires", zh = "火灾", en = "fires", kind = "ceiling", limit = 0, first = "3", per_case = "1", missing = "zero" },
    { id = "fitness", zh = "体能", en = "fitness", kind = "bands", bands = [{ below = "240", points = "5" }, { from = "240", below = "320", points = "2" }, { from = "320", points = "0" }] },
]

[[value.scheme.sheets.items]]
id = "conduct"
zh = "作风"
en = "conduct"
clause = "第三条"
mode = "scaled-loss"
weight = "40"
rules = [
    { id = "breach", zh = "违纪", en = "breach", kind = "surcharge", points = "10", flags = { "屡犯" = "5" }, cap = "45" },
]

[[value.scheme.sheets]]
id = "team"
zh = "队伍"
en = "team"
base = "0"
full = "100"
floor = "5"

[[value.scheme.sheets.items]]
id = "rating"
zh = "评议"
en = "rating"
clause = "第四条"
mode = "earn"
weight = "100"
rules = [
    { id = "marks", zh = "民主评议", en = "marks", kind = "rated", scale = "100", worth = "50", weights = { "领导" = "0.6", "同事" = "0.4" } },
]

[[value.scheme.sheets.items]]
id = "honours"
zh = "表彰"
en = "honours"
mode = "public"
most = "6"
rules = [
    { id = "praise", zh = "嘉奖", en = "praise", clause = "第五条", kind = "per-occurrence", direction = "add", points = "3", once_per_matter = true },
    { id = "merit", zh = "三等功", en = "merit", clause = "第五条", kind = "per-occurrence", direction = "add", points = "5", once_per_matter = true },
]
"#;

fn subject(id: &str, identities: &[&str]) -> Subject {
    let mut subject = Subject::new(Label::new(id).unwrap(), SubjectKind::Officer);
    subject.identities = identities.iter().map(|i| (*i).to_owned()).collect();
    subject
}

fn event(id: &str, who: &str, date: &str, rule: &str, count: i64) -> Event {
    let id = Label::new(id).unwrap();
    let mut event = Event::new(id, Label::new(who).unwrap(), parse_date(date).unwrap(), rule);
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

/// Compares with the file, or writes it where `UPDATE_GOLDEN` is set.
fn compare(file: &str, text: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
        return None;
    }
    let kept = fs::read_to_string(&path).unwrap_or_else(|e| format!("{}: {e}", path.display()));
    let kept = kept.replace("\r\n", "\n");
    (kept != text).then(|| format!("{file}\n--- kept\n{kept}\n--- now\n{text}"))
}

/// The sheet and the derivation of each subject in both languages.
fn check(name: &str, pack: Pack, subjects: &[Subject], events: &[Event], orders: &[Order]) {
    assert_eq!(pack.findings(), &[]);
    let engine = Engine::builder().packs(Pack::national()).pack(pack).build().unwrap();
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
        .map(|s| json!({ "id": s.id.as_str(), "kind": "officer", "identities": s.identities, "staff": s.staff.unwrap_or(1) }))
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
        wrong.extend(compare(&format!("{name}.{code}.txt"), &text));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn factors_bounds_and_vetoes_are_told() {
    let pack = Pack::parse("own.toml", OWN);
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
        rating.rater = Some(Label::new(kind).unwrap());
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
    check("assessment-score-grounds", Pack::parse("own.toml", GROUNDS), &subjects, &events, &[]);
}

#[test]
fn what_points_come_from_is_data() {
    let (subjects, events) = every_kind();
    let engine = Engine::builder()
        .packs(Pack::national())
        .pack(Pack::parse("own.toml", GROUNDS))
        .build()
        .unwrap();
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

/// The derivation of an answer in both languages.
fn told(name: &str, place: &str, rule: &str, input: &Json) {
    let pack = Pack::example(place).unwrap();
    let engine = Engine::builder().packs(Pack::national()).pack(pack).accept(Evidence::Inferred);
    let answer = engine.build().unwrap().evaluate(rule, input).unwrap();
    let mut wrong = Vec::new();
    for (language, code) in [(Language::Zh, "zh"), (Language::En, "en")] {
        let text = answer.derivation().text(language);
        wrong.extend(compare(&format!("{name}.{code}.txt"), &text));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn differences_are_told() {
    // 100 − 20 = 80; the second time is known three days after publication, costs 20 more and ends the
    // contract.
    let drinking = |id: &str, day: &str, reported: &str| json!({ "id": id, "subject": "A1", "date": day, "rule": "drinking", "reported": reported });
    let input = json!({
        "month": "2025-03", "subjects": [{ "id": "A1", "kind": "auxiliary" }],
        "events": [drinking("E1", "2025-03-10", "2025-03-10"), drinking("E2", "2025-03-12", "2025-04-08")],
        "published_on": "2025-04-05",
    });
    told("assessment-rescore", "teaching-example", "assessment.rescore", &input);
    // 0.4 × 100 + 0.3 × 70 + 0.3 × 100 = 91; 0.2 × 100 + 0.5 × 70 + 0.3 × 100 = 85.
    let rating = |id: &str, kind: &str| {
        json!({
            "id": id, "subject": "P", "date": "2025-03-31", "rule": "rating", "points": "100",
            "rater": kind, "rater_kind": kind,
        })
    };
    let input = json!({
        "month": "2025-03", "subjects": [{ "id": "P", "kind": "officer" }],
        "events": [
            { "id": "D1", "subject": "P", "date": "2025-03-31", "rule": "attendance-points", "points": "40" },
            rating("D2", "领导"), rating("D3", "同事"), rating("D4", "群众"),
            { "id": "E1", "subject": "P", "date": "2025-03-10", "rule": "complaint", "count": 3 },
        ],
        "weights": { "teaching-officer": { "business": "0.2", "team": "0.5" } },
    });
    told("assessment-what-if", "teaching-example", "assessment.what-if", &input);
    let input = json!({
        "month": "2025-02", "earlier": "2025-01", "subjects": [{ "id": "A", "kind": "auxiliary" }],
        "events": [
            { "id": "E1", "subject": "A", "date": "2025-01-10", "rule": "late-or-early" },
            { "id": "E2", "subject": "A", "date": "2025-02-01", "rule": "full-attendance" },
        ],
    });
    told("assessment-difference", "humen-example", "assessment.difference", &input);
}
