//! Reward and penalty of the month: the month run takes the coefficient of the same month's assessment.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use zhenggong::{
    Engine, ErrorCode,
    assessment::{
        AssessOptions, AssessmentMonth, Event, Ledger, Period, PeriodKind, Subject, SubjectKind,
        assess,
    },
    calendar::{Month, parse_date},
    number::{Money, Rate},
    person::{Fact, Label, PersonMonth},
    policy::Pack,
    vocabulary::{PayItem, PersonKind},
};

fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

fn engine() -> Engine {
    Engine::builder()
        .packs(Pack::national())
        .pack(Pack::example("teaching-example").unwrap())
        .build()
        .unwrap()
}

fn march() -> Month {
    Month::new(2025, 3).unwrap()
}

/// A roster line without a coefficient; everything but pay is stated.
fn person(id: &str) -> PersonMonth {
    let mut person = PersonMonth::new(label(id), label("U"), PersonKind::Auxiliary);
    for item in [
        PayItem::Pension,
        PayItem::Medical,
        PayItem::Unemployment,
        PayItem::HousingFund,
        PayItem::IncomeTax,
        PayItem::EmployerPension,
        PayItem::EmployerMedical,
        PayItem::EmployerUnemployment,
        PayItem::EmployerWorkInjury,
        PayItem::EmployerHousingFund,
    ] {
        person.stated.insert(item, Money::ZERO);
    }
    person
}

fn event(id: &str, who: &str, rule: &str, count: i64) -> Event {
    let mut event = Event::new(label(id), label(who), parse_date("2025-03-10").unwrap(), rule);
    event.count = count;
    event
}

fn assessed(month: Month) -> AssessmentMonth {
    let engine = engine();
    let snapshot = engine.snapshot(month).unwrap();
    let subjects: Vec<_> =
        ["A1", "A2", "A3", "A4"].map(|id| Subject::new(label(id), SubjectKind::Auxiliary)).into();
    let mut events = vec![event("E1", "A1", "full-attendance", 1), event("E2", "A2", "late", 4)];
    // A flag that the scheme does not know keeps A4 from being scored.
    let mut odd = event("E3", "A4", "late", 1);
    odd.flags = vec!["rain".to_owned()];
    events.push(odd);
    if month != march() {
        events.clear();
    }
    let ledger = Ledger::new(&subjects, &events, None).unwrap();
    let period = Period::of(PeriodKind::Month, month).unwrap();
    let assessment =
        assess(&ledger, snapshot.get().unwrap(), period, &AssessOptions::default(), false).unwrap();
    AssessmentMonth::of(&assessment).unwrap()
}

#[test]
fn the_months_coefficient_is_paid_in_the_month() {
    // 3000 + 800 × 1.2, 800 × 0.8, 800 × 1.2 by scores of 105, 88 and 100.
    let people = ["A1", "A2", "A3"].map(person);
    let run = engine()
        .month_run_with_assessment((1..).zip(&people), march(), &assessed(march()))
        .unwrap();
    assert!(run.errors.is_empty(), "{:?}", run.errors);
    let paid: Vec<_> = run.rows.iter().map(|r| r.gross.to_string()).collect();
    assert_eq!(paid, ["3960.00", "3640.00", "3960.00"]);
    // Nothing was copied: the roster still has no coefficient.
    assert!(people.iter().all(|p| p.coefficient == Fact::Missing));
}

#[test]
fn a_stated_coefficient_agrees_or_is_an_error_of_its_row() {
    let mut people = ["A1", "A2", "A3"].map(person);
    people[0].coefficient = Fact::Known(Rate::parse("1.20").unwrap());
    people[1].coefficient = Fact::Known(Rate::ONE);
    people[2].coefficient = Fact::NotApplicable;
    let run = engine()
        .month_run_with_assessment((1..).zip(&people), march(), &assessed(march()))
        .unwrap();
    assert_eq!(run.rows.len(), 1);
    let found: Vec<_> = run
        .errors
        .iter()
        .map(|e| (e.error.code(), e.error.row_number(), e.error.person_id().unwrap()))
        .collect();
    let code = ErrorCode::ContradictoryFacts;
    assert_eq!(found, [(code, Some(2), "A2"), (code, Some(3), "A3")]);
    assert!(run.errors[0].error.zh().contains("0.8"), "{}", run.errors[0].error.zh());
}

#[test]
fn who_was_not_scored_is_not_paid_by_a_guess() {
    let people = ["A4", "B1"].map(person);
    let run = engine()
        .month_run_with_assessment((1..).zip(&people), march(), &assessed(march()))
        .unwrap();
    let found: Vec<_> =
        run.errors.iter().map(|e| (e.error.code(), e.error.person_id().unwrap())).collect();
    // A4's events are wrong; B1 is on no list, so the plan still lacks the coefficient.
    assert_eq!(found, [(ErrorCode::UnknownTerm, "A4"), (ErrorCode::MissingFact, "B1")]);
}

#[test]
fn the_assessment_of_another_month_is_refused() {
    let april = assessed(Month::new(2025, 4).unwrap());
    let error =
        engine().month_run_with_assessment([(1, &person("A1"))], march(), &april).unwrap_err();
    assert_eq!(error.code(), ErrorCode::WrongMonth);
}
