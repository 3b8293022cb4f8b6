//! What an event brings is read by one of its rules; points entered by hand have a cap in a period.

use zhenggong::{
    ErrorCode,
    assessment::{AssessOptions, Event, Ledger, Subject, SubjectKind, assess},
    calendar::parse_date,
    policy::Pack,
};

use crate::own::{PACK, engine, label, march, pack, scheme};

const IDEAS: &str = r#"
    { id = "ideas", zh = "建议", en = "ideas", kind = "manual", direction = "add", min = "1", max = "5", cap = "8" },
    { id = "theft", zh = "盗窃", en = "theft", kind = "per-occurrence", points = "1" },"#;

const CONTROL: &str = r#"
    { id = "theft", zh = "盗窃", en = "theft", kind = "ceiling", limit = 2, first = "3", per_case = "1", missing = "skip", cascade = ["officer"] },"#;

fn schemes() -> String {
    scheme("officer", "officer", "allow", IDEAS) + &scheme("unit", "unit", "allow", CONTROL)
}

fn subjects() -> Vec<Subject> {
    let mut person = Subject::new(label("P"), SubjectKind::Officer);
    person.unit = Some(label("U"));
    vec![person, Subject::new(label("U"), SubjectKind::Unit)]
}

fn event(id: &str, rule: &str) -> Event {
    let day = parse_date("2025-03-10").unwrap();
    Event::new(label(id), label("P"), day, rule)
}

/// Returns the totals, and the errors.
fn totals(events: &[Event]) -> (Vec<String>, Vec<zhenggong::Error>) {
    let engine = engine(pack(&schemes()));
    let snapshot = engine.snapshot(march()).unwrap();
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
        let text = format!("{PACK}{}", schemes().replace(found, wrong));
        let pack = Pack::parse("town.toml", &text);
        assert!(pack.has_errors());
        let findings = pack.findings();
        assert!(findings.iter().any(|f| f.to_string().contains("cap")), "{findings:?}");
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
