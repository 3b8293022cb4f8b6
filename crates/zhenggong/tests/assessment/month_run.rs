//! Reward and penalty of the month: the month run takes the coefficient of the same month's assessment.

use zhenggong::{
    Engine, ErrorCode,
    assessment::{
        AssessOptions, AssessmentMonth, Event, Ledger, Period, PeriodKind, Subject, SubjectKind,
        assess,
    },
    calendar::{Month, parse_date},
    number::{Money, Rate},
    person::{Fact, PersonMonth},
    policy::Pack,
    vocabulary::{PayItem, PersonKind},
};

use crate::own::{auxiliary, example, label, march};

fn engine() -> Engine {
    example("teaching-example")
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
    let people = ["A1", "A2", "A3"].map(auxiliary);
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
    let mut people = ["A1", "A2", "A3"].map(auxiliary);
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
    let people = ["A4", "B1"].map(auxiliary);
    let run = engine()
        .month_run_with_assessment((1..).zip(&people), march(), &assessed(march()))
        .unwrap();
    let found: Vec<_> =
        run.errors.iter().map(|e| (e.error.code(), e.error.person_id().unwrap())).collect();
    // A4's events are wrong; B1 is on no list, so the plan still lacks the coefficient.
    assert_eq!(found, [(ErrorCode::UnknownTerm, "A4"), (ErrorCode::MissingFact, "B1")]);
}

/// An officer of a place whose pack pays by no coefficient.
fn officer(id: &str) -> PersonMonth {
    let mut officer = auxiliary(id);
    officer.kind = PersonKind::Officer;
    officer.rank = Fact::NotApplicable;
    for item in [PayItem::PostPay, PayItem::LevelPay, PayItem::OccupationalAnnuity] {
        officer.stated.insert(item, Money::from_yuan(1000).unwrap());
    }
    officer
}

fn given(month: Month, coefficients: &[(&str, &str)]) -> AssessmentMonth {
    let mut out = AssessmentMonth::new(month);
    for (who, coefficient) in coefficients {
        out.set(*who, Rate::parse(coefficient).unwrap());
    }
    out
}

#[test]
fn an_officers_coefficient_is_never_passed_over() {
    let mut people = ["P1", "P2", "P3", "P4", "P5"].map(officer);
    // 2 and 3 say what is paid by it, 4 has none; 5 states a line that has nothing to do with it.
    people[1].stated.insert(PayItem::BasePerformanceAward, Money::from_yuan(800).unwrap());
    people[2].stated.insert(PayItem::OtherEarning, Money::ZERO);
    people[4].stated.insert(PayItem::NormativeAllowance, Money::from_yuan(800).unwrap());
    let assessment = given(march(), &[("P1", "0.8"), ("P2", "0.8"), ("P3", "1"), ("P5", "1.2")]);
    let run = engine().month_run_with_assessment((1..).zip(&people), march(), &assessment).unwrap();
    let paid: Vec<_> = run.rows.iter().map(|r| (r.row, r.gross.to_string())).collect();
    let paid: Vec<_> = paid.iter().map(|(row, gross)| (*row, gross.as_str())).collect();
    assert_eq!(paid, [(2, "2800.00"), (3, "2000.00"), (4, "2000.00")]);
    let found: Vec<_> = run.errors.iter().map(|e| (e.row, e.error.code())).collect();
    assert_eq!(found, [(1, ErrorCode::NeedsDecision), (5, ErrorCode::NeedsDecision)]);
    let (zh, en) = (run.errors[0].error.zh(), run.errors[0].error.en());
    assert!(zh.contains("当月考核系数 0.8 由当地方案的哪个工资项目计发"), "{zh}");
    assert!(zh.contains("基础绩效奖") && !zh.contains("coefficient of"), "{zh}");
    assert!(
        en.contains("which line of the local plan carries the month's coefficient of 0.8"),
        "{en}"
    );
    assert!(en.is_ascii(), "{en}");
}

#[test]
fn an_auxiliarys_coefficient_needs_a_line_as_well() {
    // Wuwei's example pays no performance; a place without any plan states its lines.
    let wuwei = Engine::builder()
        .packs(Pack::national())
        .pack(Pack::example("wuwei").unwrap())
        .build()
        .unwrap();
    let nowhere = Engine::builder().packs(Pack::national()).build().unwrap();
    let mut stated = auxiliary("A2");
    stated.stated.insert(PayItem::AuxiliaryPerformance, Money::from_yuan(640).unwrap());
    let mut other = auxiliary("A1");
    other.stated.insert(PayItem::AuxiliaryBasic, Money::from_yuan(3000).unwrap());
    let people = [other, stated];
    let month = Month::new(2018, 6).unwrap();
    let assessment = given(month, &[("A1", "0.8"), ("A2", "0.8")]);
    for engine in [&wuwei, &nowhere] {
        let run = engine.month_run_with_assessment((1..).zip(&people), month, &assessment).unwrap();
        assert_eq!(run.rows.iter().map(|r| r.row).collect::<Vec<_>>(), [2], "{:?}", run.errors);
        assert_eq!(run.errors[0].error.code(), ErrorCode::NeedsDecision);
        assert!(run.errors[0].error.zh().contains("辅警绩效工资"));
    }
}

#[test]
fn the_assessment_of_another_month_is_refused() {
    let april = assessed(Month::new(2025, 4).unwrap());
    let error =
        engine().month_run_with_assessment([(1, &auxiliary("A1"))], march(), &april).unwrap_err();
    assert_eq!(error.code(), ErrorCode::WrongMonth);
}
