//! Every function keeps a panic inside: `cargo test -p zhenggong-c --features test-hooks`.

#![cfg(feature = "test-hooks")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{
    ffi::c_char,
    ptr::{null, null_mut},
    sync::Arc,
};

use arrow_array::{
    RecordBatch, RecordBatchIterator, ffi::FFI_ArrowSchema, ffi_stream::FFI_ArrowArrayStream,
};
use arrow_schema::Schema;
use zhenggong_c::*;

const TEACHING: &str = r#"{"builtin": ["national", "teaching-example"]}"#;

/// Everything a call may need: good handles and places for the answer.
struct Call {
    engine: *mut zg_engine,
    payslip: *mut zg_payslip,
    derivation: *mut zg_derivation,
    assessment: *mut zg_assessment,
    string: *mut zg_string,
    error: *mut zg_error,
}

const REQUEST: &str = r#"{"month": "2025-03", "facts": {
    "person": "0417", "unit": "城东派出所", "kind": "officer", "rank": null,
    "stated": { "post-pay": "2410.00", "level-pay": "3620.00", "pension": "0.00",
        "occupational-annuity": "0.00", "medical": "0.00", "housing-fund": "0.00",
        "income-tax": "30.90" }}}"#;

/// An assessment of nobody.
unsafe fn nobody(engine: *const zg_engine) -> *mut zg_assessment {
    let mut schema = FFI_ArrowSchema::empty();
    let (name, len) = ("subjects".as_ptr().cast(), 8);
    let request = r#"{"month": "2025-03"}"#;
    let mut out = null_mut();
    // SAFETY: locals, texts with their lengths, and an engine.
    unsafe {
        assert_eq!(zg_assessment_input_schema(name, len, &raw mut schema, null_mut()), ZG_OK);
        let empty = RecordBatch::new_empty(Arc::new(Schema::try_from(&schema).unwrap()));
        let batches = RecordBatchIterator::new([Ok(empty.clone())], empty.schema());
        let mut subjects = FFI_ArrowArrayStream::new(Box::new(batches));
        let (text, len) = (request.as_ptr().cast(), request.len());
        let (subjects, none) = (&raw mut subjects, null_mut());
        let status =
            zg_engine_assess(engine, text, len, subjects, none, 0, &raw mut out, null_mut());
        assert_eq!(status, ZG_OK);
    }
    out
}

impl Call {
    fn new() -> Self {
        let mut call = Self {
            engine: null_mut(),
            payslip: null_mut(),
            derivation: null_mut(),
            assessment: null_mut(),
            string: null_mut(),
            error: null_mut(),
        };
        // SAFETY: all pointers are to locals or NULL, and lengths are those of the texts.
        unsafe {
            assert_eq!(
                zg_engine_new(
                    TEACHING.as_ptr().cast(),
                    TEACHING.len(),
                    &raw mut call.engine,
                    null_mut()
                ),
                ZG_OK
            );
            let (text, len) = (REQUEST.as_ptr().cast(), REQUEST.len());
            let status =
                zg_engine_payslip(call.engine, text, len, &raw mut call.payslip, null_mut());
            assert_eq!(status, ZG_OK);
            let status = zg_payslip_derivation(call.payslip, &raw mut call.derivation, null_mut());
            assert_eq!(status, ZG_OK);
            call.assessment = nobody(call.engine);
            assert_eq!(zg_rules(&raw mut call.string, null_mut()), ZG_OK);
            assert_eq!(zg_rules(null_mut(), &raw mut call.error), ZG_NULL_POINTER);
        }
        call
    }
}

/// A place that no failing call may write to.
const UNTOUCHED: usize = 0x5a5a;

#[test]
fn functions_with_a_status_give_internal_and_leave_the_answer_alone() {
    let call = Call::new();
    let text: (*const c_char, usize) = (REQUEST.as_ptr().cast(), REQUEST.len());
    let mut at = UNTOUCHED;
    let out = &raw mut at;
    let mut buffer = [7 as c_char; 32];
    let chars = buffer.as_mut_ptr();
    type Test<'a> = (&'static str, Box<dyn Fn(*mut *mut zg_error) -> zg_status + 'a>);
    macro_rules! tests {
        ($($name:ident($($arg:expr),*);)*) => {
            // SAFETY: good handles, places and texts; `out` is as wide as any answer.
            vec![$((stringify!($name), Box::new(|err| unsafe { $name($($arg,)* err) }) as _)),*]
        };
    }
    let tests: Vec<Test<'_>> = tests! {
        zg_engine_new(text.0, text.1, out.cast());
        zg_engine_payslip(call.engine, text.0, text.1, out.cast());
        zg_engine_month_run(call.engine, text.0, text.1, out.cast());
        zg_engine_evaluate(call.engine, text.0, text.1, text.0, text.1, out.cast());
        zg_engine_value(call.engine, text.0, text.1, text.0, text.1, out.cast());
        zg_engine_derive(call.engine, text.0, text.1, text.0, text.1, out.cast());
        zg_engine_pay(call.engine, null(), out.cast());
        zg_engine_month_run_stream(call.engine, null_mut(), null(), out.cast());
        zg_engine_assess(call.engine, text.0, text.1, null_mut(), null_mut(), 0, out.cast());
        zg_engine_receipt(call.engine, 202_503, out.cast());
        zg_engine_evaluate_table(call.engine, text.0, text.1, text.0, text.1, text.0, text.1, null_mut(), out.cast());
        zg_engine_evaluate_rows(call.engine, text.0, text.1, text.0, text.1, null_mut(), 0, ZG_ZH, out.cast());
        zg_value_table(text.0, text.1, text.0, text.1, out.cast());
        zg_assessment_table(call.assessment, text.0, text.1, out.cast());
        zg_assessment_json(call.assessment, out.cast());
        zg_assessment_text(call.assessment, text.0, 0, ZG_ZH, out.cast());
        zg_assessment_input_schema(text.0, text.1, out.cast());
        zg_stream_error(null(), out.cast());
        zg_stream_input_schema(out.cast());
        zg_pack_lint(text.0, text.1, text.0, text.1, out.cast());
        zg_packs_lint(text.0, text.1, out.cast());
        zg_rules(out.cast());
        zg_schema_names(out.cast());
        zg_schema(text.0, text.1, out.cast());
        zg_data_version(out.cast());
        zg_money_parse(text.0, text.1, out.cast());
        zg_money_format(5, chars, 32, out.cast());
        zg_rate_parse(text.0, text.1, out.cast());
        zg_rate_format(zg_rate::default(), chars, 32, out.cast());
        zg_payslip_derivation(call.payslip, out.cast());
        zg_derivation_step(call.derivation, 0, out.cast());
        zg_derivation_text(call.derivation, ZG_ZH, out.cast());
        zg_derivation_json(call.derivation, out.cast());
        zg_payslip_gross(call.payslip, out.cast());
        zg_payslip_deductions(call.payslip, out.cast());
        zg_payslip_net(call.payslip, out.cast());
        zg_payslip_employer_cost(call.payslip, out.cast());
        zg_payslip_line_amount(call.payslip, 0, out.cast());
        zg_payslip_line_origin(call.payslip, 0, out.cast());
        zg_payslip_line_side(call.payslip, 0, out.cast());
        zg_payslip_amount(call.payslip, text.0, text.1, out.cast());
        zg_payslip_text(call.payslip, ZG_ZH, out.cast());
        zg_payslip_explain(call.payslip, ZG_EN, out.cast());
        zg_payslip_json(call.payslip, out.cast());
        zg_payslip_receipt(call.payslip, out.cast());
    };
    for (name, run) in &tests {
        let mut error = null_mut();
        zg_test_panic();
        assert_eq!(run(&raw mut error), ZG_INTERNAL, "{name}");
        // SAFETY: the call failed, so it gave an error.
        unsafe {
            assert_eq!(zg_error_status(error), ZG_INTERNAL, "{name}");
            zg_error_free(error);
        }
        zg_test_panic();
        assert_eq!(run(null_mut()), ZG_INTERNAL, "{name} without a place for the error");
        // SAFETY: a local.
        assert_eq!(unsafe { out.read_volatile() }, UNTOUCHED, "{name} wrote its answer");
    }
    assert!(buffer.iter().all(|c| *c == 7), "zg_money_format or zg_rate_format wrote its answer");
    let mut net = 0;
    // SAFETY: good handles, freed once.
    unsafe {
        assert_eq!(zg_payslip_net(call.payslip, &raw mut net, null_mut()), ZG_OK);
        zg_payslip_free(call.payslip);
        zg_derivation_free(call.derivation);
        zg_assessment_free(call.assessment);
        zg_engine_free(call.engine);
        zg_string_free(call.string);
        zg_error_free(call.error);
    }
    assert_eq!(net, 599_910, "handles stay usable");
    covers(tests.iter().map(|(name, _)| *name), true);
}

#[test]
fn functions_without_a_status_give_their_empty_answer() {
    let call = Call::new();
    let empty = |view: zg_str| view.len == 0;
    macro_rules! tests {
        ($($name:ident($($arg:expr),*) $check:expr;)*) => {{
            // SAFETY: good handles. A function that frees panics before it frees.
            $(zg_test_panic();
            #[allow(unused_unsafe, reason = "some take no pointer")]
            let answer = unsafe { $name($($arg),*) };
            assert!($check(answer), stringify!($name));)*
            [$(stringify!($name)),*]
        }};
    }
    let freed = |()| true;
    let names = tests! {
        zg_abi_version() |n| n == 0;
        zg_library_version() empty;
        zg_string_view(call.string) empty;
        zg_string_free(call.string) freed;
        zg_error_status(call.error) |n| n == ZG_OK;
        zg_error_row(call.error) |n| n == 0;
        zg_error_name(call.error) empty;
        zg_error_zh(call.error) empty;
        zg_error_en(call.error) empty;
        zg_error_person(call.error) empty;
        zg_error_rule(call.error) empty;
        zg_error_field(call.error) empty;
        zg_error_month(call.error) empty;
        zg_error_source(call.error) empty;
        zg_error_json(call.error) empty;
        zg_error_free(call.error) freed;
        zg_payslip_person(call.payslip) empty;
        zg_payslip_unit(call.payslip) empty;
        zg_payslip_month(call.payslip) empty;
        zg_payslip_kind(call.payslip) |n| n == 0;
        zg_payslip_evidence(call.payslip) |n| n == 0;
        zg_payslip_line_count(call.payslip) |n| n == 0;
        zg_payslip_line_item(call.payslip, 0) empty;
        zg_payslip_free(call.payslip) freed;
        zg_derivation_step_count(call.derivation) |n| n == 0;
        zg_derivation_free(call.derivation) freed;
        zg_assessment_free(call.assessment) freed;
        zg_engine_place(call.engine) empty;
        zg_engine_packs(call.engine) empty;
        zg_engine_accept(call.engine) |n| n == 0;
        zg_engine_known_on(call.engine) |n| n == 0;
        zg_engine_free(call.engine) freed;
    };
    covers(names.into_iter(), false);
    // SAFETY: the functions above panicked before they freed.
    unsafe {
        zg_payslip_free(call.payslip);
        zg_derivation_free(call.derivation);
        zg_assessment_free(call.assessment);
        zg_engine_free(call.engine);
        zg_string_free(call.string);
        zg_error_free(call.error);
    }
}

/// Checks that the tests name every function of the list, with or without a status.
fn covers<'a>(tested: impl Iterator<Item = &'a str>, with_status: bool) {
    let header = include_str!("../include/zhenggong.h");
    let has_status = |name: &str| {
        let at = header.find(&format!(" {name}(")).unwrap();
        header[at..].split(';').next().unwrap().contains("zg_error **err")
    };
    let all = include_str!("../exports.txt").lines().filter(|n| has_status(n) == with_status);
    let tested: std::collections::BTreeSet<_> = tested.collect();
    assert_eq!(tested, all.collect());
}
