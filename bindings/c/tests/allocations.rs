//! The plain struct costs no allocation, once its month was asked for.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    ptr::null_mut,
};

use common::{blank_pay, engine, fill, reference_engine};
use zhenggong::{calendar::Month, person::PersonMonth};
use zhenggong_c::*;

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

/// Counts this thread's allocations on their way to the system's allocator.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every call goes to the system's allocator unchanged; the counter is a plain thread local.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.with(|count| count.set(count.get() + 1));
        // SAFETY: the caller's promises about `layout` are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as above; `at` came from the system's allocator.
        unsafe { System.dealloc(at, layout) }
    }
}

fn allocations(engine: &common::Handle, person: &zg_person_month) -> u64 {
    let mut pay = blank_pay();
    let mut ask = || {
        // SAFETY: a good engine, and locals.
        let status = unsafe { zg_engine_pay(engine.0, person, &raw mut pay, null_mut()) };
        assert_eq!(status, ZG_OK);
    };
    ask();
    let before = COUNT.get();
    (0..100).for_each(|_| ask());
    COUNT.get() - before
}

/// A pay plan that goes by posts.
const UNIT: &str = r#"
[pack]
id = "unit"
layer = "unit"
parent = "example-city"
place = "某单位"
[[source]]
id = "s"
title = "本单位方案（虚构）"
issued = "2020-01-01"
evidence = "inferred"
[[value]]
rule = "auxiliary.pay-plan"
from = "2020-07-01"
source = "s"
clause = "1"
[[value.lines]]
id = "duty"
zh = "岗位工资"
en = "Duty pay"
kind = "table"
item = "auxiliary-duty"
by = "post"
[value.lines.amounts]
"接线员" = "2600"
"巡逻员" = "3000"
"#;

#[test]
fn a_payslip_by_struct_allocates_nothing() {
    let reference = reference_engine();
    let core = zhenggong_benches::engine().unwrap();
    for case in zhenggong_benches::cases(&core, 48).unwrap() {
        let mut person = fill(&case.person, case.month);
        person.without_employer_cost = 1;
        assert_eq!(allocations(&reference, &person), 0);
    }
    let request = serde_json::json!({
        "builtin": ["national", "example-city"], "accept": "inferred",
        "packs": [{"name": "unit.toml", "text": UNIT}],
    });
    let unit = engine(&request.to_string());
    let auxiliary = PersonMonth::from_json(
        r#"{"person": "A1", "unit": "u", "kind": "辅警", "auxiliary_post": "巡逻员",
        "contribution_wage": "4500.00", "housing_wage": "4500.00", "housing_rate": "0.05",
        "risk_class": "class-2", "risk_step": "基准", "tax_months": 1, "special_additional": null}"#,
    )
    .unwrap();
    let person = fill(&auxiliary, Month::parse("2021-03").unwrap());
    assert_eq!(allocations(&unit, &person), 0, "the plan's own post is borrowed");
    // And the counter does count.
    let before = COUNT.get();
    drop(vec![1u8]);
    assert_eq!(COUNT.get() - before, 1);
}
