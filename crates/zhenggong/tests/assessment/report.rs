//! A batch with bad subjects and events: each is reported with the event, and the others are scored.

use zhenggong::{
    Engine, ErrorCode,
    assessment::{
        AssessOptions, Assessment, AssessmentMonth, Event, Inquiry, Ledger, OnError, Subject,
        SubjectKind, assess,
    },
    calendar::{Month, parse_date},
};

use crate::own::{example, label, march};

fn engine() -> Engine {
    example("teaching-example")
}

/// A unit with two leaders and three auxiliaries.
fn subjects() -> Vec<Subject> {
    let mut all = vec![Subject::new(label("U"), SubjectKind::Unit)];
    let mut add = |id: &str, kind, role: Option<&str>| {
        let mut subject = Subject::new(label(id), kind);
        subject.unit = Some(label("U"));
        subject.role = role.map(str::to_owned);
        all.push(subject);
    };
    add("L1", SubjectKind::Leader, Some("所长"));
    add("L2", SubjectKind::Leader, Some("副所长"));
    for id in ["A1", "A2", "A3"] {
        add(id, SubjectKind::Auxiliary, None);
    }
    all
}

fn event(id: &str, who: &str, rule: &str) -> Event {
    Event::new(label(id), label(who), parse_date("2025-03-10").unwrap(), rule)
}

/// Code, event and person of each error, and who was scored.
type Found = (Vec<(ErrorCode, Option<String>, Option<String>)>, Vec<String>);

fn found(a: &Assessment<'_>) -> Found {
    let error = |e: &zhenggong::Error| {
        let event = a.ledger().event_of(e).map(|e| e.id.to_string());
        (e.code(), event, e.person_id().map(str::to_owned))
    };
    let scored = a.scores().iter().filter_map(|s| Some(a.subject(s)?.id.to_string()));
    (a.errors().iter().map(error).collect(), scored.collect())
}

fn report(subjects: &[Subject], events: &[Event]) -> Found {
    let ledger = Ledger::with(subjects, events, None, OnError::Report).unwrap();
    let snapshot = engine().snapshot(march()).unwrap();
    let options = AssessOptions::default();
    let period = "2025-03".parse().unwrap();
    found(&assess(&ledger, snapshot.get().unwrap(), period, &options, false).unwrap())
}

fn error(
    code: ErrorCode,
    event: &str,
    person: &str,
) -> (ErrorCode, Option<String>, Option<String>) {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (code, text(event), text(person))
}

#[test]
fn who_a_bad_event_would_count_for_is_not_scored() {
    // Drinking counts for the unit and for 所长; 副所长 has no points by that rule.
    let mut bad = event("E1", "A1", "drinking");
    bad.count = -1;
    let events = [bad, event("E2", "A2", "late")];
    let (errors, scored) = report(&subjects(), &events);
    let code = ErrorCode::NegativeNotAllowed;
    assert_eq!(errors, [error(code, "E1", "A1"), error(code, "E1", "U"), error(code, "E1", "L1")]);
    assert_eq!(scored, ["L2", "A2", "A3"]);
    // Being late counts for nobody else.
    let mut bad = event("E1", "A1", "late");
    bad.flags = vec!["rain".to_owned()];
    let (errors, scored) = report(&subjects(), &[bad]);
    assert_eq!(errors, [error(ErrorCode::UnknownTerm, "E1", "A1")]);
    assert_eq!(scored, ["U", "L1", "L2", "A2", "A3"]);
}

#[test]
fn every_bad_event_is_listed_in_the_order_of_the_subjects() {
    let mut outside = event("E1", "A3", "late");
    outside.date = parse_date("2025-04-10").unwrap();
    let mut early = event("E4", "A1", "late");
    early.reported = parse_date("2025-03-01").ok();
    let events = [outside, event("E2", "A1", "nothing"), event("E3", "X", "late"), early];
    let (errors, scored) = report(&subjects(), &events);
    assert_eq!(
        errors,
        [
            error(ErrorCode::ContradictoryFacts, "E4", "A1"),
            error(ErrorCode::UnknownScoringRule, "E2", "A1"),
            error(ErrorCode::OutsideWindow, "E1", "A3"),
            error(ErrorCode::UnknownSubject, "E3", ""),
        ]
    );
    assert_eq!(scored, ["U", "L1", "L2", "A2"]);
}

#[test]
fn one_id_twice_is_an_error_of_both() {
    let events = [event("E1", "A1", "late"), event("E1", "A2", "late")];
    let (errors, scored) = report(&subjects(), &events);
    let code = ErrorCode::DuplicateEvent;
    assert_eq!(errors, [error(code, "E1", "A1"), error(code, "E1", "A2")]);
    assert_eq!(scored, ["U", "L1", "L2", "A3"]);
    let mut twice = subjects();
    twice.push(Subject::new(label("A3"), SubjectKind::Auxiliary));
    let (errors, scored) = report(&twice, &[]);
    let code = ErrorCode::DuplicatePerson;
    assert_eq!(errors, [error(code, "", "A3"), error(code, "", "A3")]);
    assert_eq!(scored, ["U", "L1", "L2", "A1", "A2"]);
}

#[test]
fn a_bad_correction_concerns_whom_it_corrects() {
    let replacing = |id: &str, who: &str, old: &str| {
        let mut event = event(id, who, "late");
        event.replaces = Some(label(old));
        event
    };
    // E2 is wrong itself; whether E1 still counts is not known.
    let mut wrong = replacing("E2", "A2", "E1");
    wrong.count = -3;
    let (errors, scored) = report(&subjects(), &[event("E1", "A1", "late"), wrong]);
    let code = ErrorCode::NegativeNotAllowed;
    assert_eq!(errors, [error(code, "E2", "A1"), error(code, "E2", "A2")]);
    assert_eq!(scored, ["U", "L1", "L2", "A3"]);
    let code = ErrorCode::ContradictoryFacts;
    // Corrects what is not there.
    let (errors, scored) = report(&subjects(), &[replacing("E2", "A2", "E9")]);
    assert_eq!(errors, [error(code, "E2", "A2")]);
    assert_eq!(scored, ["U", "L1", "L2", "A1", "A3"]);
    // Two corrections of one event.
    let events =
        [event("E1", "A1", "late"), replacing("E2", "A1", "E1"), replacing("E3", "A3", "E1")];
    let (errors, scored) = report(&subjects(), &events);
    assert_eq!(errors, [error(code, "E3", "A1"), error(code, "E3", "A3")]);
    assert_eq!(scored, ["U", "L1", "L2", "A2"]);
    // A circle.
    let events = [replacing("E1", "A1", "E2"), replacing("E2", "A2", "E1")];
    let (errors, scored) = report(&subjects(), &events);
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert_eq!(scored, ["U", "L1", "L2", "A3"]);
}

fn inquiry(text: &str) -> Inquiry {
    Inquiry::from_value(&serde_json::from_str(text).unwrap()).unwrap()
}

#[test]
fn comparisons_leave_out_who_was_not_scored() {
    let mut bad = event("E1", "A1", "late");
    bad.count = -1;
    let mut late = event("E2", "A2", "late");
    late.reported = parse_date("2025-04-09").ok();
    let events = [bad, late];
    let subjects = subjects();
    for compared in [
        r#""published_on": "2025-04-05""#,
        r#""published": { "A1": "90", "A2": "100", "A3": "100", "U": "100", "L1": "100", "L2": "100" }"#,
        r#""earlier": "2025-02""#,
    ] {
        let inquiry =
            inquiry(&format!(r#"{{ "month": "2025-03", "on_error": "report", {compared} }}"#));
        let (found, differences) = inquiry
            .ask(&engine(), &subjects, &events, |a, differences| {
                let who: Vec<_> = differences.iter().map(|d| d.subject.clone()).collect();
                Ok((found(a), who))
            })
            .unwrap();
        assert_eq!(found.0, [error(ErrorCode::NegativeNotAllowed, "E1", "A1")], "{compared}");
        assert_eq!(found.1, ["U", "L1", "L2", "A2", "A3"]);
        assert_eq!(differences, ["A2"], "{compared}");
    }
}

#[test]
fn an_event_of_neither_period_concerns_its_subject() {
    let mut outside = event("E1", "A1", "late");
    outside.date = parse_date("2025-06-10").unwrap();
    let events = [outside, event("E2", "A2", "late")];
    let asked = inquiry(r#"{ "month": "2025-03", "on_error": "report", "earlier": "2025-02" }"#);
    let subjects = subjects();
    let (found, json) =
        asked.ask(&engine(), &subjects, &events, |a, _| Ok((found(a), a.to_json()))).unwrap();
    assert_eq!(found.0, [error(ErrorCode::OutsideWindow, "E1", "A1")]);
    assert_eq!(found.1, ["U", "L1", "L2", "A2", "A3"]);
    assert_eq!(json["errors"][0]["event"], "E1");
    let raised = inquiry(r#"{ "month": "2025-03", "earlier": "2025-02" }"#)
        .ask(&engine(), &subjects, &events, |_, _| Ok(()))
        .unwrap_err();
    assert_eq!(raised.code(), ErrorCode::OutsideWindow);
}

#[test]
fn who_was_not_scored_has_no_coefficient_to_be_paid_by() {
    let mut bad = event("E1", "A1", "late");
    bad.count = -1;
    let (events, subjects) = ([bad], subjects());
    let asked = inquiry(r#"{ "month": "2025-03", "on_error": "report" }"#);
    let (month, json) = asked
        .ask(&engine(), &subjects, &events, |a, _| Ok((AssessmentMonth::of(a)?, a.to_json())))
        .unwrap();
    assert_eq!(month.coefficient("A1").unwrap_err().code(), ErrorCode::NegativeNotAllowed);
    let month = AssessmentMonth::from_answer(&json).unwrap();
    let error = month.coefficient("A1").unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidInput);
    assert!(error.zh().contains("不能为负") && error.en().contains("negative"), "{error}");
    assert!(month.coefficient("A2").unwrap().is_some());
}

#[test]
fn errors_name_events_and_subjects_by_id() {
    let mut bad = event("E7", "A1", "late");
    bad.count = -1;
    let events = [event("E6", "A2", "late"), bad];
    let subjects = subjects();
    let raised = Ledger::new(&subjects, &events, None).unwrap_err();
    assert_eq!((raised.event_id(), raised.person_id()), (Some("E7"), Some("A1")));
    assert!(raised.zh().starts_with("人员 A1，事件 E7，字段 events[1].count："), "{raised}");
    assert!(raised.en().starts_with("person A1, event E7, field events[1].count: "), "{raised}");
    // Where errors are reported, everyone's names it.
    let ledger = Ledger::with(&subjects, &events, None, OnError::Report).unwrap();
    let engine = engine();
    let snapshot = engine.snapshot(Month::new(2025, 3).unwrap()).unwrap();
    let options = AssessOptions::default();
    let period = "2025-03".parse().unwrap();
    let scored = assess(&ledger, snapshot.get().unwrap(), period, &options, false).unwrap();
    assert!(!scored.errors().is_empty());
    assert!(scored.errors().iter().all(|e| e.event_id() == Some("E7")), "{:?}", scored.errors());
    // A row that can't be read as well; a message that has the id does not repeat it.
    let ask = |event: &str| {
        let input = format!(
            r#"{{ "month": "2025-03", "subjects": [{{ "id": "A1", "kind": "auxiliary" }}], "events": [{event}] }}"#
        );
        engine.evaluate("assessment.score", &serde_json::from_str(&input).unwrap()).unwrap_err()
    };
    let unread = ask(r#"{ "id": "E8", "subject": "A1", "date": "2025-13-01", "rule": "late" }"#);
    assert_eq!((unread.event_id(), unread.person_id()), (Some("E8"), Some("A1")), "{unread}");
    let outside = ask(r#"{ "id": "E9", "subject": "A1", "date": "2025-08-01", "rule": "late" }"#);
    assert_eq!((outside.event_id(), outside.person_id()), (None, Some("A1")));
    assert!(outside.zh().contains("事件“E9”"), "{outside}");
}
