//! The engine: made from a request, asked by many threads.

use std::ffi::c_char;

use serde_json::Value as Json;
use zhenggong::{
    Engine, Error, ErrorCode,
    assessment::AssessmentMonth,
    calendar::parse_date,
    policy::{Evidence, Pack},
    vocabulary::Vocabulary,
};

use crate::{
    boundary::{plain, run},
    error::{Fault, zg_error},
    handle::{self, Kind, Out},
    payslip::{Held, zg_payslip},
    request::{self, Request},
    status::zg_status,
    text::{self, Text, zg_string},
};

/// Packs, place, accepted evidence and known-on date, ready to be asked. 计算引擎。
pub struct zg_engine {
    _private: [u8; 0],
}

impl Kind for zg_engine {
    type Held = crate::plans::Held;
    const MARK: u64 = 0x7a67_454e_4749_4e45;
    const NAME: &'static str = "zg_engine";
}

/// The id of the national packs in `builtin`; all other ids are those of the example packs.
const NATIONAL: &str = "national";
/// The keys of a request for an engine.
const KEYS: [&str; 5] = ["builtin", "packs", "place", "accept", "known_on"];

/// Takes the packs of a request, the built-in ones first.
fn packs(request: &mut Request) -> zhenggong::Result<Vec<Pack>> {
    let mut packs = Vec::new();
    for id in request.list("builtin")?.unwrap_or_else(|| vec![NATIONAL.into()]) {
        let id = request::as_text(id).map_err(|e| e.field("builtin"))?;
        match id.as_str() {
            NATIONAL => packs.extend(Pack::national()),
            id => {
                let unknown = || {
                    let known: Vec<_> = [NATIONAL].into_iter().chain(Pack::example_ids()).collect();
                    Error::new(ErrorCode::UnknownPlace)
                        .arg("place", id)
                        .arg_in("known", known.join("、"), known.join(", "))
                        .field("builtin")
                };
                packs.push(Pack::example(id).ok_or_else(unknown)?);
            }
        }
    }
    for pack in request.list("packs")?.unwrap_or_default() {
        packs.push(user_pack(pack).map_err(|e| e.field("packs"))?);
    }
    Ok(packs)
}

/// Takes the packs of a request whose other keys are not looked at.
pub(crate) fn packs_alone(text: &str) -> zhenggong::Result<Vec<Pack>> {
    packs(&mut Request::read(text, &KEYS)?)
}

fn build(text: &str) -> Result<Engine, Fault> {
    let mut request = Request::read(text, &KEYS)?;
    let mut builder = Engine::builder().packs(packs(&mut request)?);
    if let Some(place) = request.text("place")? {
        builder = builder.place(place);
    }
    if let Some(weakest) = request.text("accept")? {
        builder = builder.accept(Evidence::find(&weakest).map_err(|e| e.field("accept"))?);
    }
    if let Some(day) = request.text("known_on")? {
        builder = builder.known_on(Some(parse_date(&day).map_err(|e| e.field("known_on"))?));
    }
    Ok(builder.build().map_err(Error::from)?)
}

fn user_pack(json: Json) -> zhenggong::Result<Pack> {
    let mut request = Request::of(json, &["name", "text"])?;
    let name = request::as_text(request.need("name")?)?;
    let text = request::as_text(request.need("text")?)?;
    Ok(Pack::parse(&name, &text))
}

/// Makes an engine. 创建计算引擎。
///
/// request  UTF-8 JSON, form "engine-request/1", request_len bytes; read during the call only. The
///          empty text stands for {}. All keys may be absent: "builtin", a list of built-in packs
///          (["national"]); "packs", a list of {"name", "text"} in TOML; "place", the id of a pack
///          (the last one); "accept", the weakest evidence ("secondary"); "known_on", YYYY-MM-DD.
/// out      On ZG_OK, an engine owned by the caller (zg_engine_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, an input error (1xx), or the first error of a pack
/// (2xx) with file, line and column as its source. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_new(
    request: *const c_char,
    request_len: usize,
    out: *mut *mut zg_engine,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (out, text) =
            unsafe { (Out::new(out, "out")?, text::read(request, request_len, "request")?) };
        out.put(handle::give(crate::plans::Held::new(build(text)?)));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Computes one payslip, with its derivation. 计算一人一月的工资单。
///
/// engine   Borrowed. Any number of threads may use it at once.
/// request  UTF-8 JSON, form "payslip-request/1", request_len bytes; read during the call only:
///          {"month": "YYYY-MM", "facts": {...}}, the facts as the core's PersonMonth.
/// out      On ZG_OK, a payslip owned by the caller (zg_payslip_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, an input error (1xx), a policy error (2xx), a
/// rule's error (3xx), ZG_INTERNAL. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_payslip(
    engine: *const zg_engine,
    request: *const c_char,
    request_len: usize,
    out: *mut *mut zg_payslip,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out, text) = unsafe {
            (
                handle::borrow(engine, "engine")?,
                Out::new(out, "out")?,
                text::read(request, request_len, "request")?,
            )
        };
        let mut request = Request::read(text, &["month", "facts"])?;
        let month = request.month()?;
        let facts = request.need("facts")?;
        let person = request::person(&facts).map_err(|e| e.month(month))?;
        let slip = engine.payslip(&person, month)?;
        out.put(handle::give(Held::new(slip)));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Computes the pay of many people for a month. 计算多人一月的工资。
///
/// engine   Borrowed. Any number of threads may use it at once.
/// request  UTF-8 JSON, form "month-run-request/1", request_len bytes; read during the call only:
///          {"month": "YYYY-MM", "people": [{...}, ...]}, each the facts of one person. A record
///          that can't be read fails the call and is named by its row; a person whose pay can't be
///          computed is an entry of "errors" beside the good rows. An optional "assessment" is the
///          value of the rule assessment.score for the same month, whose coefficients are paid.
/// out      On ZG_OK, JSON of form "month-run/1" owned by the caller (zg_string_free). Otherwise
///          untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, an input error (1xx), ZG_UNKNOWN_PLACE,
/// ZG_INTERNAL. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_month_run(
    engine: *const zg_engine,
    request: *const c_char,
    request_len: usize,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out, text) = unsafe {
            (
                handle::borrow(engine, "engine")?,
                Out::new(out, "out")?,
                text::read(request, request_len, "request")?,
            )
        };
        let mut request = Request::read(text, &["month", "people", "assessment"])?;
        let month = request.month()?;
        let people = request.list("people")?.ok_or_else(|| {
            Error::new(ErrorCode::MissingFact).arg("fact", "people").field("people")
        })?;
        let assessment = request.take("assessment");
        let people: Vec<_> = (1u64..)
            .zip(&people)
            .map(|(row, json)| request::person(json).map_err(|e| e.row(row).month(month)))
            .collect::<zhenggong::Result<_>>()?;
        let run = match assessment {
            None => engine.month_run(&people, month)?,
            Some(answer) => {
                let assessment =
                    AssessmentMonth::from_answer(&answer).map_err(|e| e.field("assessment"))?;
                engine.month_run_with_assessment((1..).zip(&people), month, &assessment)?
            }
        };
        out.put(handle::give(Text::new(run.to_json().to_string())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Runs any rule of the catalogue. 运行目录中的任一规则。
///
/// What it was computed with: zg_engine_receipt for the month of the input.
///
/// engine   Borrowed. Any number of threads may use it at once.
/// rule     UTF-8 id of the rule, such as "allowance.police-rank", rule_len bytes.
/// input    UTF-8 JSON object, input_len bytes; read during the call only: "month" and the rule's
///          own inputs, as zg_rules lists them.
/// out      On ZG_OK, JSON of form "evaluation/1" (value, evidence, derivation) owned by the
///          caller (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_UNKNOWN_RULE, an input error (1xx), a policy
/// error (2xx), a rule's error (3xx), ZG_INTERNAL. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_evaluate(
    engine: *const zg_engine,
    rule: *const c_char,
    rule_len: usize,
    input: *const c_char,
    input_len: usize,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out, rule, input) = unsafe {
            (
                handle::borrow(engine, "engine")?,
                Out::new(out, "out")?,
                text::read(rule, rule_len, "rule")?,
                text::read(input, input_len, "input")?,
            )
        };
        let answer = engine.evaluate_owned(rule, request::parse(input)?)?;
        out.put(handle::give(Text::new(answer.to_json().to_string())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Runs any rule of the catalogue and gives its value alone. 运行目录中的任一规则，只返回结果值。
///
/// What it was computed with: zg_engine_receipt for the month of the input.
///
/// engine   Borrowed. Any number of threads may use it at once.
/// rule     UTF-8 id of the rule, such as "allowance.police-rank", rule_len bytes.
/// input    UTF-8 JSON object, input_len bytes; read during the call only: "month" and the rule's
///          own inputs, as zg_rules lists them.
/// out      On ZG_OK, JSON as under "value" of form "evaluation/1" owned by the caller
///          (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_UNKNOWN_RULE, an input error (1xx), a policy
/// error (2xx), a rule's error (3xx), ZG_INTERNAL. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_value(
    engine: *const zg_engine,
    rule: *const c_char,
    rule_len: usize,
    input: *const c_char,
    input_len: usize,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out, rule, input) = unsafe {
            (
                handle::borrow(engine, "engine")?,
                Out::new(out, "out")?,
                text::read(rule, rule_len, "rule")?,
                text::read(input, input_len, "input")?,
            )
        };
        let answer = engine.evaluate_owned(rule, request::parse(input)?)?;
        out.put(handle::give(Text::new(answer.value().to_string())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Frees an engine. Payslips made with it stay valid. 释放引擎。
///
/// engine   Owned by the caller, or NULL; no thread uses it any more. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_free(engine: *mut zg_engine) {
    // SAFETY: the conventions of the header, which callers keep.
    plain((), || unsafe { handle::free(engine) });
}
