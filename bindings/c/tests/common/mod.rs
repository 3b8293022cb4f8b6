//! People as the plain struct says them, and calls that show their error.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "test helpers, of which each test file uses a part"
)]

pub mod cases;
pub mod streams;

use std::ptr::{null, null_mut};

use chrono::Datelike;
use zhenggong::{
    calendar::Month,
    number::Money,
    person::{Fact, PersonMonth},
    vocabulary::Vocabulary,
};
use zhenggong_c::*;

/// An engine, freed when it is dropped.
pub struct Handle(pub *mut zg_engine);

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: made by `engine`, freed once.
        unsafe { zg_engine_free(self.0) };
    }
}

// SAFETY: an engine may be used by many threads at once.
unsafe impl Sync for Handle {}

pub fn engine(request: &str) -> Handle {
    let mut engine = null_mut();
    let (text, len) = (request.as_ptr().cast(), request.len());
    // SAFETY: pointers to locals, a text with its length.
    let status = unsafe { zg_engine_new(text, len, &raw mut engine, null_mut()) };
    assert_eq!(status, ZG_OK);
    Handle(engine)
}

/// The engine of the reference plan of the benchmarks.
pub fn reference_engine() -> Handle {
    let plan = include_str!("../../../../benches/plan.toml");
    engine(
        &serde_json::json!({
            "builtin": [], "accept": "inferred", "packs": [{"name": "plan.toml", "text": plan}],
        })
        .to_string(),
    )
}

pub fn text(view: zg_str) -> String {
    // SAFETY: a view of this library.
    let bytes = unsafe { std::slice::from_raw_parts(view.data.cast::<u8>(), view.len) };
    std::str::from_utf8(bytes).unwrap().to_owned()
}

/// Status and field of an error, which is freed.
pub fn seen(error: *mut zg_error) -> (zg_status, String) {
    // SAFETY: an error of this library, freed once.
    unsafe {
        let seen = (zg_error_status(error), text(zg_error_field(error)));
        zg_error_free(error);
        seen
    }
}

/// Runs a call; its failure as status, field and JSON.
pub fn call(run: impl FnOnce(*mut *mut zg_error) -> zg_status) -> Result<(), (zg_status, String)> {
    let mut error = null_mut();
    let status = run(&raw mut error);
    if status == ZG_OK {
        assert!(error.is_null());
        return Ok(());
    }
    let found = seen(error);
    assert_eq!(found.0, status);
    Err(found)
}

pub const EMPTY: zg_str = zg_str { data: null(), len: 0 };

pub fn blank() -> zg_person_month {
    // SAFETY: numbers, and pointers that may be NULL.
    let mut person: zg_person_month = unsafe { std::mem::zeroed() };
    person.size = size_of::<zg_person_month>();
    person
}

pub fn blank_pay() -> zg_pay {
    // SAFETY: numbers only.
    let mut pay: zg_pay = unsafe { std::mem::zeroed() };
    pay.size = size_of::<zg_pay>();
    pay
}

fn number<V: Vocabulary>(member: V) -> u8 {
    // Lists of terms are numbered in the core's order, as long as nothing was put in between.
    u8::try_from(member.index() + 1).unwrap()
}

/// Writes a person as a struct. Texts are borrowed from the person.
pub fn fill(person: &PersonMonth, month: Month) -> zg_person_month {
    let mut p = blank();
    p.month = u32::try_from(month.year()).unwrap() * 100 + month.month();
    p.kind = number(person.kind);
    let label = |label: &zhenggong::person::Label| zg_str {
        data: label.as_str().as_ptr().cast(),
        len: label.as_str().len(),
    };
    p.person = label(&person.person);
    macro_rules! facts {
        ($($name:ident, $bit:ident, |$value:ident| $set:expr;)*) => {$(
            match &person.$name {
                Fact::Known($value) => {
                    p.known |= 1 << $bit;
                    $set;
                }
                Fact::NotApplicable => p.not_applicable |= 1 << $bit,
                Fact::Missing => {}
            }
        )*};
    }
    facts! {
        rank, ZG_FACT_RANK, |v| p.rank = number(*v);
        rank_since, ZG_FACT_RANK_SINCE, |v| p.rank_since =
            u32::try_from(v.year()).unwrap() * 10_000 + v.month() * 100 + v.day();
        previous_rank, ZG_FACT_PREVIOUS_RANK, |v| p.previous_rank = number(*v);
        rank_event, ZG_FACT_RANK_EVENT, |v| p.rank_event = number(*v);
        post, ZG_FACT_POST, |v| p.post = number(*v);
        post_kind, ZG_FACT_POST_KIND, |v| p.post_kind = number(*v);
        level_step, ZG_FACT_LEVEL_STEP, |v| (p.level, p.step) = (v.level.number(), v.step.number());
        duty, ZG_FACT_DUTY, |v| p.duty = number(*v);
        overtime_rest_days, ZG_FACT_OVERTIME_REST_DAYS, |v| p.overtime_rest_days = *v;
        overtime_holiday_days, ZG_FACT_OVERTIME_HOLIDAY_DAYS, |v| p.overtime_holiday_days = *v;
        auxiliary_grade, ZG_FACT_AUXILIARY_GRADE, |v| p.auxiliary_grade = number(*v);
        auxiliary_post, ZG_FACT_AUXILIARY_POST, |v| p.auxiliary_post = label(v);
        coefficient, ZG_FACT_COEFFICIENT, |v| p.coefficient = rate(*v);
        night_shifts, ZG_FACT_NIGHT_SHIFTS, |v| p.night_shifts = *v;
        overtime_hours, ZG_FACT_OVERTIME_HOURS, |v| p.overtime_hours = *v;
        duty_days, ZG_FACT_DUTY_DAYS, |v| p.duty_days = *v;
        service_years, ZG_FACT_SERVICE_YEARS, |v| p.service_years = *v;
        contribution_wage, ZG_FACT_CONTRIBUTION_WAGE, |v| p.contribution_wage = v.fen();
        housing_wage, ZG_FACT_HOUSING_WAGE, |v| p.housing_wage = v.fen();
        housing_rate, ZG_FACT_HOUSING_RATE, |v| p.housing_rate = rate(*v);
        fund_start, ZG_FACT_FUND_START, |v| p.fund_start =
            u32::try_from(v.year()).unwrap() * 10_000 + v.month() * 100 + v.day();
        fund_start_kind, ZG_FACT_FUND_START_KIND, |v| p.fund_start_kind = number(*v);
        risk_class, ZG_FACT_RISK_CLASS, |v| p.risk_class = number(*v);
        risk_step, ZG_FACT_RISK_STEP, |v| p.risk_step = number(*v);
        tax_months, ZG_FACT_TAX_MONTHS, |v| p.tax_months = *v;
        tax_mode, ZG_FACT_TAX_MODE, |v| p.tax_mode = number(*v);
        ytd_income, ZG_FACT_YTD_INCOME, |v| p.ytd_income = v.fen();
        ytd_special, ZG_FACT_YTD_SPECIAL, |v| p.ytd_special = v.fen();
        ytd_additional, ZG_FACT_YTD_ADDITIONAL, |v| p.ytd_additional = v.fen();
        ytd_other, ZG_FACT_YTD_OTHER, |v| p.ytd_other = v.fen();
        ytd_withheld, ZG_FACT_YTD_WITHHELD, |v| p.ytd_withheld = v.fen();
        special_additional, ZG_FACT_SPECIAL_ADDITIONAL, |v| p.special_additional = v.fen();
        bonus_election, ZG_FACT_BONUS_ELECTION, |v| p.bonus_election = number(*v);
        bonus_separate_used, ZG_FACT_BONUS_SEPARATE_USED, |v| p.bonus_separate_used = *v;
    }
    for (item, amount) in &person.stated {
        p.stated_items |= 1 << item.index();
        p.stated[item.index()] = Money::fen(*amount);
    }
    p
}

fn rate(rate: zhenggong::number::Rate) -> zg_rate {
    zg_rate { digits: rate.mantissa(), decimals: rate.scale().into() }
}
