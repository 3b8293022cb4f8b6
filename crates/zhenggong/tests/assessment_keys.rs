//! What an event brings is read by one of its rules; points entered by hand have a cap in a period.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use zhenggong::{
    Engine, ErrorCode,
    assessment::{AssessOptions, Event, Ledger, Subject, SubjectKind, assess},
    calendar::{Month, parse_date},
    person::Label,
    policy::{Evidence, Pack},
};

const SCHEMES: &str = r#"
[pack]
id = "keys"
layer = "city"
place = "keys"
parent = "national"

[[source]]
id = "s"
title = "方案"
issued = "2025-01-01"
evidence = "official"

[[value]]
rule = "assessment.scheme"
from = "2025-01-01"
source = "s"
clause = "一"
[value.scheme]
id = "officer"
zh = "民警"
en = "officers"
subject = "officer"
period = "month"
window = "calendar"
rounding = { points = "half-up 2", score = "half-up 2" }
combine = "sum"
total = { full = "200", above = "allow" }
ungraded = { id = "none", zh = "无", en = "none" }
grades = [{ id = "all", zh = "全部", en = "all" }]
[[value.scheme.sheets]]
id = "one"
zh = "一"
en = "one"
base = "100"
[[value.scheme.sheets.items]]
id = "extra"
zh = "加分"
en = "additions"
mode = "public"
rules = [
    { id = "ideas", zh = "建议", en = "ideas", kind = "manual", direction = "add", min = "1", max = "5", cap = "8" },
    { id = "theft", zh = "盗窃", en = "theft", kind = "per-occurrence", points = "1" },
]

[[value]]
rule = "assessment.scheme"
from = "2025-01-01"
source = "s"
clause = "二"
[value.scheme]
id = "unit"
zh = "单位"
en = "units"
subject = "unit"
period = "month"
window = "calendar"
rounding = { points = "half-up 2", score = "half-up 2" }
combine = "sum"
total = { full = "200", above = "allow" }
ungraded = { id = "none", zh = "无", en = "none" }
grades = [{ id = "all", zh = "全部", en = "all" }]
[[value.scheme.sheets]]
id = "one"
zh = "一"
en = "one"
base = "100"
[[value.scheme.sheets.items]]
id = "control"
zh = "控制"
en = "control"
mode = "public"
rules = [
    { id = "theft", zh = "盗窃", en = "theft", kind = "ceiling", limit = 2, first = "3", per_case = "1", missing = "skip", cascade = ["officer"] },
]
"#;

fn engine(text: &str) -> Result<Engine, Vec<String>> {
    let pack = Pack::parse("keys.toml", text);
    if pack.has_errors() {
        return Err(pack.findings().iter().map(ToString::to_string).collect());
    }
    let engine = Engine::builder().packs(Pack::national()).pack(pack).accept(Evidence::Official);
    Ok(engine.build().unwrap())
}

fn subjects() -> Vec<Subject> {
    let mut person = Subject::new(Label::new("P").unwrap(), SubjectKind::Officer);
    person.unit = Some(Label::new("U").unwrap());
    vec![person, Subject::new(Label::new("U").unwrap(), SubjectKind::Unit)]
}

fn event(id: &str, rule: &str) -> Event {
    let day = parse_date("2025-03-10").unwrap();
    Event::new(Label::new(id).unwrap(), Label::new("P").unwrap(), day, rule)
}

/// Returns the totals, and the errors.
fn totals(events: &[Event]) -> (Vec<String>, Vec<zhenggong::Error>) {
    let engine = engine(SCHEMES).unwrap();
    let snapshot = engine.snapshot(Month::new(2025, 3).unwrap()).unwrap();
    let subjects = subjects();
    let ledger = Ledger::new(&subjects, events, None).unwrap();
    let options = AssessOptions::default();
    let period = "2025-03".parse().unwrap();
    let scored = assess(&ledger, snapshot.get().unwrap(), period, &options, false).unwrap();
    (scored.scores().iter().map(|s| s.total.to_string()).collect(), scored.errors().to_vec())
}

#[test]
fn points_by_hand_are_cut_to_the_cap_of_the_period() {
    let ideas = |id: &str, points: &str| {
        let mut event = event(id, "ideas");
        event.points = points.parse().ok();
        event
    };
    assert_eq!(totals(&[ideas("E1", "5"), ideas("E2", "2")]).0, ["107.00", "100.00"]);
    assert_eq!(totals(&[ideas("E1", "5"), ideas("E2", "4.5")]).0, ["108.00", "100.00"]);
    // One entry is still within its own limits.
    let (_, errors) = totals(&[ideas("E1", "6")]);
    assert_eq!(errors[0].code(), ErrorCode::NumberOutOfRange);
    for (found, wrong) in [("cap = \"8\"", "cap = \"0.5\""), ("cap = \"8\"", "cap = \"0\"")] {
        let findings = engine(&SCHEMES.replace(found, wrong)).unwrap_err();
        assert!(findings.iter().any(|f| f.contains("cap")), "{findings:?}");
    }
}

#[test]
fn one_rule_that_reads_a_key_is_enough() {
    // The officer's rule goes by the count, the unit's by the value or the count.
    let mut counted = event("E1", "theft");
    counted.count = 4;
    assert_eq!(totals(&[counted.clone()]).0, ["96.00", "95.00"]);
    let mut measured = event("E1", "theft");
    measured.value = "3".parse().ok();
    assert_eq!(totals(&[measured]).0, ["99.00", "96.00"]);
    // Marks are read by neither.
    counted.points = "1".parse().ok();
    let (scored, errors) = totals(&[counted]);
    assert!(scored.is_empty(), "both would be scored wrongly: {scored:?}");
    assert_eq!(errors[0].code(), ErrorCode::InvalidInput);
    assert_eq!(errors[0].field_name(), Some("events[0].points"));
    let (zh, en) = (errors[0].zh(), errors[0].en());
    assert!(zh.contains("按次、控制数") && zh.contains("value、count、flags"), "{zh}");
    assert!(en.contains("value, count, flags") && en.is_ascii(), "{en}");
}
