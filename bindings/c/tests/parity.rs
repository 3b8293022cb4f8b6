//! What the other interfaces can do and say is there in C, in words that fit C.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::ptr::null_mut;

use common::{blank, blank_pay, engine, text};
use serde_json::{Value as Json, json};
use zhenggong_c::*;

/// Field, Chinese and English message, JSON of the error of a call that fails.
fn failure(
    status: zg_status,
    run: impl FnOnce(*mut *mut zg_error) -> zg_status,
) -> (String, String, String, Json) {
    let mut error = null_mut();
    assert_eq!(run(&raw mut error), status);
    // SAFETY: the call failed, so there is an error, which is freed once.
    unsafe {
        let all = (
            text(zg_error_field(error)),
            text(zg_error_zh(error)),
            text(zg_error_en(error)),
            serde_json::from_str(&text(zg_error_json(error))).unwrap(),
        );
        zg_error_free(error);
        all
    }
}

/// The text that a call answers with.
fn answer(run: impl FnOnce(*mut *mut zg_string) -> zg_status) -> String {
    let mut string = null_mut();
    assert_eq!(run(&raw mut string), ZG_OK);
    // SAFETY: a string of this library, freed once.
    unsafe {
        let answer = text(zg_string_view(string));
        zg_string_free(string);
        answer
    }
}

fn refused(status: zg_status, field: &str, change: impl FnOnce(&mut zg_person_month)) -> String {
    let engine = engine("");
    let (mut person, mut pay) = (blank(), blank_pay());
    (person.month, person.kind) = (202_503, ZG_KIND_OFFICER);
    person.person = zg_str { data: c"0417".as_ptr(), len: 4 };
    change(&mut person);
    // SAFETY: a good engine, and locals.
    let (named, zh, en, json) = failure(status, |err| unsafe {
        zg_engine_pay(engine.0, &raw const person, &raw mut pay, err)
    });
    assert_eq!(named, field);
    assert!(zh.contains(field) && en.contains(field), "{zh} {en}");
    assert_eq!((json["zh"].as_str(), json["en"].as_str()), (Some(zh.as_str()), Some(en.as_str())));
    assert_eq!(json["field"], field);
    en
}

#[test]
fn numbers_and_bytes_are_refused_in_the_form_that_c_writes() {
    let en = refused(ZG_INVALID_MONTH, "month", |p| p.month = 202_113);
    assert_eq!(
        en,
        "person 0417, field month: 202113 is not a valid month. Write it like 202503, years 1900 \
         to 2999, months 01 to 12."
    );
    let en = refused(ZG_INVALID_DATE, "rank_since", |p| {
        (p.known, p.rank_since) = (1 << ZG_FACT_RANK_SINCE, 20_210_231);
    });
    assert_eq!(
        en,
        "person 0417, month 2025-03, field rank_since: 20210231 is not a valid date. Write it \
         like 20250301."
    );
    let en = refused(ZG_NOT_UTF8, "person", |p| {
        p.person = zg_str { data: c"04\xff".as_ptr(), len: 3 };
    });
    assert_eq!(
        en,
        "field person: from byte 2 on it is not valid UTF-8. Convert it to UTF-8 first."
    );
    let en = refused(ZG_TOO_MANY_DIGITS, "housing_rate", |p| {
        (p.known, p.housing_rate) =
            (1 << ZG_FACT_HOUSING_RATE, zg_rate { digits: 8, decimals: 10 });
    });
    assert!(en.contains("\"{8, 10}\" has more than 9 decimal places"), "{en}");
}

#[test]
fn what_is_reserved_has_to_be_zero() {
    for at in 0..4 {
        let en = refused(ZG_INVALID_OPTION, "reserved", |p| p.reserved[at] = 7);
        assert!(en.contains('7'), "{en}");
    }
}

const PROVINCE: &str =
    "[pack]\nid = \"p\"\nlayer = \"province\"\nplace = \"某省\"\nparent = \"national\"\n";
const CITY: &str = "[pack]\nid = \"c\"\nlayer = \"city\"\nplace = \"某市\"\nparent = \"p\"\n";

fn lint(request: &Json) -> Json {
    let request = request.to_string();
    let (data, len) = (request.as_ptr().cast(), request.len());
    // SAFETY: a text with its length, and a local.
    let found = answer(|out| unsafe { zg_packs_lint(data, len, out, null_mut()) });
    serde_json::from_str(&found).unwrap()
}

#[test]
fn packs_that_need_each_other_are_checked_together() {
    let city = json!({"name": "c.toml", "text": CITY});
    let both = json!({
        "packs": [{"name": "p.toml", "text": PROVINCE}, city], "place": "c", "accept": "inferred",
    });
    assert_eq!(lint(&both), json!([]));
    let alone = lint(&json!({"packs": [city]}));
    assert_eq!(alone[0]["error"]["code"], ZG_UNKNOWN_PARENT);
    let (name, pack) = ("c.toml", CITY);
    // SAFETY: texts with their lengths, and a local.
    let one = answer(|out| unsafe {
        let (name, pack) = ((name.as_ptr(), name.len()), (pack.as_ptr(), pack.len()));
        zg_pack_lint(name.0.cast(), name.1, pack.0.cast(), pack.1, out, null_mut())
    });
    assert_eq!(serde_json::from_str::<Json>(&one).unwrap(), alone);
    for (request, status, field) in [
        (r#"{"builtin": ["nowhere"]}"#, ZG_UNKNOWN_PLACE, "builtin"),
        (r#"{"pack": []}"#, ZG_UNKNOWN_FIELD, "pack"),
        (r#"{"packs": [{"name": "a"}]}"#, ZG_MISSING_FACT, "text"),
    ] {
        let mut out = null_mut();
        let (data, len) = (request.as_ptr().cast(), request.len());
        // SAFETY: a text with its length, and locals.
        let got = failure(status, |err| unsafe { zg_packs_lint(data, len, &raw mut out, err) });
        assert_eq!(got.0, field);
        assert!(out.is_null());
    }
}

#[test]
fn a_payslip_tells_kind_evidence_and_receipt() {
    let city = engine(r#"{"builtin": ["national", "example-city"], "accept": "inferred"}"#);
    let stated = json!({
        "post-pay": "2410.00", "level-pay": "3620.00", "pension": "0.00",
        "occupational-annuity": "0.00", "medical": "0.00", "housing-fund": "0.00",
        "income-tax": "30.90", "police-rank-allowance": "660.00",
    });
    for (request, kind, used) in [
        (json!({"kind": "officer", "rank": null, "stated": stated}), ZG_KIND_OFFICER, None),
        (officer(), ZG_KIND_OFFICER, Some(ZG_EVIDENCE_INFERRED)),
    ] {
        let mut facts = request;
        (facts["person"], facts["unit"]) = ("0417".into(), "u".into());
        let (engine, month) = match used {
            None => (&engine(""), "2025-03"),
            Some(_) => (&city, "2021-03"),
        };
        let request = json!({"month": month, "facts": facts}).to_string();
        let (data, len) = (request.as_ptr().cast(), request.len());
        let mut slip = null_mut();
        // SAFETY: a good engine, a text with its length, and locals; the payslip is freed once.
        unsafe {
            assert_eq!(zg_engine_payslip(engine.0, data, len, &raw mut slip, null_mut()), ZG_OK);
            let whole = answer(|out| zg_payslip_json(slip, out, null_mut()));
            let whole: Json = serde_json::from_str(&whole).unwrap();
            assert_eq!(zg_payslip_kind(slip), i32::from(kind));
            let evidence = match whole["evidence"].as_str() {
                None => 0,
                Some("official") => i32::from(ZG_EVIDENCE_OFFICIAL),
                Some("secondary") => i32::from(ZG_EVIDENCE_SECONDARY),
                Some("inferred") => i32::from(ZG_EVIDENCE_INFERRED),
                Some(other) => panic!("{other}"),
            };
            assert_eq!(zg_payslip_evidence(slip), evidence);
            assert!(used.is_none_or(|used| evidence == i32::from(used)));
            let receipt = answer(|out| zg_payslip_receipt(slip, out, null_mut()));
            assert_eq!(receipt, whole["receipt"].to_string());
            assert!(receipt.len() > 64, "{receipt}");
            assert_eq!(zg_payslip_kind(engine.0.cast_const().cast()), 0);
            assert_eq!(zg_payslip_evidence(std::ptr::null()), 0);
            // A name that is no item is a mistake, and not a line that is missing.
            let (mut fen, name) = (5, "nonsense");
            let got = failure(ZG_UNKNOWN_TERM, |err| {
                zg_payslip_amount(slip, name.as_ptr().cast(), name.len(), &raw mut fen, err)
            });
            assert!(got.2.contains("nonsense") && fen == 5, "{}", got.2);
            zg_payslip_free(slip);
        }
    }
}

fn officer() -> Json {
    json!({
        "kind": "officer", "rank": "三级警司", "rank_since": "2021-03-12",
        "previous_rank": "一级警员", "rank_event": "晋升", "post": "科员",
        "post_kind": "非领导职务", "level_step": "25-3", "duty": "一线执法勤务",
        "overtime_rest_days": 1, "overtime_holiday_days": 2, "contribution_wage": "9000.00",
        "housing_wage": "9000.00", "housing_rate": "0.08", "tax_months": 3, "tax_mode": "normal",
        "ytd_income": "18000.00", "ytd_special": "2000.00", "ytd_additional": "2000.00",
        "ytd_other": "0.00", "ytd_withheld": "10.00", "special_additional": "1000.00",
    })
}

#[test]
fn a_rule_gives_its_value_alone() {
    let engine = engine("");
    let rule = "allowance.police-rank";
    let input = r#"{"month": "2016-03", "ranks": [{"from": "2014-07-01", "rank": "三级警司"}]}"#;
    let (rule, input) = ((rule.as_ptr(), rule.len()), (input.as_ptr(), input.len()));
    // SAFETY: a good engine, texts with their lengths, and locals.
    let (value, whole) = unsafe {
        let (r, i) = (rule.0.cast(), input.0.cast());
        (
            answer(|out| zg_engine_value(engine.0, r, rule.1, i, input.1, out, null_mut())),
            answer(|out| zg_engine_evaluate(engine.0, r, rule.1, i, input.1, out, null_mut())),
        )
    };
    let whole: Json = serde_json::from_str(&whole).unwrap();
    assert_eq!(value, whole["value"].to_string());
    assert!(value.contains("660.00"), "{value}");
}
