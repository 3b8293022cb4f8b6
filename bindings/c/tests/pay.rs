//! The plain struct gives what the core gives, amount by amount and error by error.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::ptr::null_mut;

use common::{blank, blank_pay, call, engine, fill, reference_engine};
use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, Result,
    calendar::Month,
    person::PersonMonth,
    policy::{Evidence, Pack},
    settlement::Payslip,
    vocabulary::{PayItem, Vocabulary},
};
use zhenggong_c::*;

fn pay(engine: &common::Handle, person: &zg_person_month) -> Result<zg_pay, (zg_status, String)> {
    let mut pay = blank_pay();
    // SAFETY: a good engine, and locals.
    call(|err| unsafe { zg_engine_pay(engine.0, person, &raw mut pay, err) })?;
    Ok(pay)
}

fn same(pay: &zg_pay, slip: &Payslip) {
    let totals = [pay.gross, pay.deductions, pay.net, pay.employer_cost];
    let want = [slip.gross, slip.deductions, slip.net, slip.employer_cost].map(|m| m.fen());
    assert_eq!(totals, want);
    for item in PayItem::ALL {
        let (bit, line) = (1 << item.index(), slip.lines.iter().find(|l| l.item == *item));
        assert_eq!(pay.items & bit != 0, line.is_some(), "{item}");
        assert_eq!(pay.amounts[item.index()], line.map_or(0, |l| l.amount.fen()), "{item}");
        let stated = line.is_some_and(|l| l.origin.code() == "stated");
        assert_eq!(pay.stated_items & bit != 0, stated, "{item}");
    }
    assert!(pay.amounts[PayItem::ALL.len()..].iter().all(|fen| *fen == 0));
}

#[test]
fn reference_payslips_are_equal() {
    let engine = reference_engine();
    let core = zhenggong_benches::engine().unwrap();
    let cases = zhenggong_benches::cases(&core, 2000).unwrap();
    for case in &cases {
        let mut person = fill(&case.person, case.month);
        person.without_employer_cost = 1;
        let pay = pay(&engine, &person).unwrap();
        assert_eq!(pay.net, case.settled.net.fen());
        for item in PayItem::ALL {
            let amount = case.slip.get(*item).map_or(0, |m| m.fen());
            assert_eq!(pay.amounts[item.index()], amount, "{item}");
        }
    }
}

/// The example city, whose packs have every standard, as both sides ask for it.
fn city() -> (common::Handle, Engine) {
    let ours = engine(r#"{"builtin": ["national", "example-city"], "accept": "inferred"}"#);
    let packs = Pack::national().into_iter().chain(Pack::example("example-city"));
    (ours, Engine::builder().packs(packs).accept(Evidence::Inferred).build().unwrap())
}

fn officer() -> Json {
    json!({
        "person": "0417", "unit": "u", "kind": "officer", "rank": "三级警司",
        "rank_since": "2021-03-12", "previous_rank": "一级警员", "rank_event": "晋升",
        "post": "科员", "post_kind": "非领导职务", "level_step": "25-3", "duty": "一线执法勤务",
        "overtime_rest_days": 1, "overtime_holiday_days": 2, "contribution_wage": "9000.00",
        "housing_wage": "9000.00", "housing_rate": "0.08", "tax_months": 3, "tax_mode": "normal",
        "ytd_income": "18000.00", "ytd_special": "2000.00", "ytd_additional": "2000.00",
        "ytd_other": "0.00", "ytd_withheld": "10.00", "special_additional": "1000.00",
        "stated": {"year-end-bonus": "30000.00", "transport-allowance": "0.50"},
        "bonus_election": "separate", "bonus_separate_used": 0,
    })
}

fn auxiliary() -> Json {
    json!({
        "person": "A1", "unit": "u", "kind": "辅警", "auxiliary_grade": "六级",
        "auxiliary_post": "巡逻员", "coefficient": "1.15", "night_shifts": 3, "overtime_hours": 5,
        "overtime_rest_days": 1, "overtime_holiday_days": 0, "duty_days": 22, "service_years": 4,
        "contribution_wage": "4500.00", "housing_wage": "4500.00", "housing_rate": "0.05",
        "risk_class": "class-2", "risk_step": "基准", "tax_months": 1, "special_additional": null,
    })
}

#[test]
fn every_change_of_a_fact_gives_what_the_core_gives() {
    let (ours, core) = city();
    let (mut good, mut bad) = (0, 0);
    let mut check = |facts: &Json, month: &str| {
        let person = PersonMonth::from_value(facts).unwrap();
        let month = Month::parse(month).unwrap();
        let got = pay(&ours, &fill(&person, month));
        match (got, core.payslip(&person, month)) {
            (Ok(pay), Ok(slip)) => {
                good += 1;
                same(&pay, &slip);
            }
            (Err((status, field)), Err(error)) => {
                bad += 1;
                assert_eq!(status, i32::from(error.code().number()));
                assert_eq!(field, error.field_name().unwrap_or_default());
            }
            (got, want) => panic!("{facts}: {got:?}, want {want:?}"),
        }
    };
    for facts in [officer(), auxiliary()] {
        for month in ["2021-03", "2021-04", "2025-03", "2016-03", "1985-03"] {
            check(&facts, month);
        }
        for key in facts.as_object().unwrap().keys() {
            if matches!(key.as_str(), "person" | "unit" | "kind" | "stated") {
                continue;
            }
            let mut without = facts.clone();
            without.as_object_mut().unwrap().shift_remove(key);
            check(&without, "2021-03");
            let mut none = facts.clone();
            none[key] = Json::Null;
            check(&none, "2021-03");
        }
        let mut other = facts.clone();
        other["auxiliary_post"] = "没有的岗位".into();
        check(&other, "2021-03");
    }
    assert!(good > 40 && bad > 30, "{good} good, {bad} bad");
}

#[test]
fn what_no_struct_may_say_is_an_error_that_names_the_field() {
    let (ours, _) = city();
    let month = Month::parse("2021-03").unwrap();
    let (officer, auxiliary) = (
        PersonMonth::from_value(&officer()).unwrap(),
        PersonMonth::from_value(&auxiliary()).unwrap(),
    );
    let refused = |status, field: &str, change: &dyn Fn(&mut zg_person_month)| {
        for person in [&officer, &auxiliary] {
            let mut person = fill(person, month);
            person.known |= (1 << 32) - 1;
            person.not_applicable = 0;
            fill_all(&mut person);
            pay(&ours, &person).unwrap();
            change(&mut person);
            assert_eq!(pay(&ours, &person).unwrap_err(), (status, field.to_owned()));
        }
    };
    refused(ZG_WRONG_SIZE, "person", &|p| p.size -= 8);
    refused(ZG_WRONG_SIZE, "person", &|p| p.size = 0);
    refused(ZG_INVALID_MONTH, "month", &|p| p.month = 202_513);
    refused(ZG_INVALID_MONTH, "month", &|p| p.month = u32::MAX);
    refused(ZG_UNKNOWN_TERM, "kind", &|p| p.kind = 0);
    refused(ZG_UNKNOWN_TERM, "kind", &|p| p.kind = 3);
    refused(ZG_UNKNOWN_TERM, "rank", &|p| p.rank = 14);
    refused(ZG_UNKNOWN_TERM, "previous_rank", &|p| p.previous_rank = 0);
    refused(ZG_UNKNOWN_TERM, "rank_event", &|p| p.rank_event = 6);
    refused(ZG_UNKNOWN_TERM, "post", &|p| p.post = 255);
    refused(ZG_UNKNOWN_TERM, "post_kind", &|p| p.post_kind = 3);
    refused(ZG_UNKNOWN_TERM, "duty", &|p| p.duty = 0);
    refused(ZG_UNKNOWN_TERM, "auxiliary_grade", &|p| p.auxiliary_grade = 99);
    refused(ZG_UNKNOWN_TERM, "risk_class", &|p| p.risk_class = 9);
    refused(ZG_UNKNOWN_TERM, "risk_step", &|p| p.risk_step = 6);
    refused(ZG_UNKNOWN_TERM, "tax_mode", &|p| p.tax_mode = 4);
    refused(ZG_UNKNOWN_TERM, "bonus_election", &|p| p.bonus_election = 3);
    refused(ZG_NUMBER_OUT_OF_RANGE, "level_step", &|p| p.level = 28);
    refused(ZG_NUMBER_OUT_OF_RANGE, "level_step", &|p| p.step = 0);
    refused(ZG_INVALID_DATE, "rank_since", &|p| p.rank_since = 20_250_229);
    refused(ZG_TOO_MANY_DIGITS, "coefficient", &|p| p.coefficient.decimals = 10);
    refused(ZG_NEGATIVE_NOT_ALLOWED, "housing_rate", &|p| p.housing_rate.digits = -1);
    refused(ZG_NEGATIVE_NOT_ALLOWED, "ytd_income", &|p| p.ytd_income = -1);
    refused(ZG_NEGATIVE_NOT_ALLOWED, "stated.post-pay", &|p| {
        p.stated_items |= 1 << ZG_ITEM_POST_PAY;
        p.stated[usize::from(ZG_ITEM_POST_PAY)] = i64::MIN;
    });
    refused(ZG_UNKNOWN_FIELD, "known", &|p| p.known |= 1 << 63);
    refused(ZG_UNKNOWN_FIELD, "known", &|p| p.not_applicable |= 1 << 62);
    refused(ZG_UNKNOWN_FIELD, "stated_items", &|p| p.stated_items |= 1 << 63);
    refused(ZG_CONTRADICTORY_FACTS, "rank", &|p| p.not_applicable |= 1 << ZG_FACT_RANK);
    refused(ZG_INVALID_OPTION, "without_employer_cost", &|p| p.without_employer_cost = 2);
    refused(ZG_NULL_POINTER, "person", &|p| p.person = zg_str { len: 1, ..common::EMPTY });
    refused(ZG_NOT_UTF8, "auxiliary_post", &|p| {
        p.auxiliary_post = zg_str { data: c"\xff".as_ptr(), len: 1 };
    });
    refused(ZG_INVALID_TEXT, "auxiliary_post", &|p| p.auxiliary_post = common::EMPTY);
}

/// Gives every fact a value that is allowed.
fn fill_all(p: &mut zg_person_month) {
    (p.rank, p.previous_rank, p.rank_event, p.rank_since) = (2, 1, 2, 20_250_312);
    (p.post, p.post_kind, p.level, p.step, p.duty) = (11, 2, 25, 3, 1);
    (p.auxiliary_grade, p.risk_class, p.risk_step) = (1, 1, 3);
    (p.tax_mode, p.bonus_election) = (1, 1);
    p.auxiliary_post = zg_str { data: "巡逻员".as_ptr().cast(), len: 9 };
}

#[test]
fn null_wrong_handles_and_wrong_sizes_leave_the_answer_alone() {
    let (ours, _) = city();
    let person =
        fill(&PersonMonth::from_value(&officer()).unwrap(), Month::parse("2021-03").unwrap());
    let mut pay = blank_pay();
    pay.net = 77;
    let out = &raw mut pay;
    let mut wrong = null_mut();
    // SAFETY: NULL, good handles, and locals.
    unsafe {
        assert_eq!(zg_rules(&raw mut wrong, null_mut()), ZG_OK);
        for (status, field, got) in [
            (
                ZG_NULL_POINTER,
                "engine",
                call(|e| zg_engine_pay(std::ptr::null(), &raw const person, out, e)),
            ),
            (ZG_NULL_POINTER, "person", call(|e| zg_engine_pay(ours.0, std::ptr::null(), out, e))),
            (
                ZG_NULL_POINTER,
                "out",
                call(|e| zg_engine_pay(ours.0, &raw const person, null_mut(), e)),
            ),
            (
                ZG_WRONG_HANDLE,
                "engine",
                call(|e| zg_engine_pay(wrong.cast(), &raw const person, out, e)),
            ),
        ] {
            assert_eq!(got.unwrap_err(), (status, field.to_owned()));
        }
        zg_string_free(wrong);
        pay.size += 8;
        let got = call(|e| zg_engine_pay(ours.0, &raw const person, out, e));
        assert_eq!(got.unwrap_err(), (ZG_WRONG_SIZE, "out".to_owned()));
    }
    assert_eq!(pay.net, 77);
    assert_eq!(blank().size, 736, "a change of the struct's size is a change of the ABI");
    assert_eq!(blank_pay().size, 568, "a change of the struct's size is a change of the ABI");
}

#[test]
fn threads_share_an_engine() {
    let engine = reference_engine();
    let core = zhenggong_benches::engine().unwrap();
    let cases = zhenggong_benches::cases(&core, 600).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for case in &cases {
                    let mut person = fill(&case.person, case.month);
                    person.without_employer_cost = 1;
                    assert_eq!(pay(&engine, &person).unwrap().net, case.settled.net.fen());
                }
            });
        }
    });
}
