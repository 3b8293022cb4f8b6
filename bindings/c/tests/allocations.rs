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

#[test]
fn a_payslip_by_struct_allocates_nothing() {
    let reference = reference_engine();
    let core = zhenggong_benches::engine().unwrap();
    for case in zhenggong_benches::cases(&core, 48).unwrap() {
        let mut person = fill(&case.person, case.month);
        person.without_employer_cost = 1;
        assert_eq!(allocations(&reference, &person), 0);
    }
    let city = engine(r#"{"builtin": ["national", "example-city"], "accept": "inferred"}"#);
    let auxiliary = PersonMonth::from_json(
        r#"{"person": "A1", "unit": "u", "kind": "辅警", "auxiliary_grade": "六级",
        "auxiliary_post": "巡逻员", "coefficient": "1.15", "night_shifts": 3, "overtime_hours": 5,
        "overtime_rest_days": 1, "overtime_holiday_days": 0, "duty_days": 22, "service_years": 4,
        "contribution_wage": "4500.00", "housing_wage": "4500.00", "housing_rate": "0.05",
        "risk_class": "class-2", "risk_step": "基准", "tax_months": 1, "special_additional": null}"#,
    )
    .unwrap();
    let person = fill(&auxiliary, Month::parse("2021-03").unwrap());
    assert_eq!(allocations(&city, &person), 0, "the plan's own post is borrowed");
    // The counter counts: a post that the plan does not name is copied, and the call says so.
    let before = COUNT.get();
    drop(vec![1u8]);
    assert_eq!(COUNT.get() - before, 1);
}
