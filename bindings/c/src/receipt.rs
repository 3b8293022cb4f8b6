//! What an engine computes with: as a receipt, and piece by piece.

use chrono::Datelike;
use serde_json::Value as Json;
use zhenggong::{calendar::Month, settlement::Receipt};

use crate::{
    boundary::{plain, run},
    codes::{EVIDENCES, number_of},
    engine::zg_engine,
    error::zg_error,
    facts,
    handle::{self, Out},
    plans::Held,
    status::zg_status,
    text::{Text, zg_str, zg_string},
};

fn ask<T>(engine: *const zg_engine, fallback: T, get: impl FnOnce(&Held) -> T) -> T
where
    T: Copy,
{
    plain(fallback, || {
        // SAFETY: the conventions of the header, which callers keep.
        unsafe { handle::borrow(engine, "engine") }.map_or(fallback, get)
    })
}

/// Returns the receipt of what an engine computes for a month, so that it can be computed again.
/// 返回计算回执。
///
/// It is that of zg_engine_pay, zg_engine_evaluate and zg_engine_value, of streams and of assessments;
/// payslips and month runs in JSON carry their own, which is the same.
///
/// engine   Borrowed. Any number of threads may use it at once.
/// month    The month, as 202503; 0 for a stream whose table has a column month: "month" is null then.
/// out      On ZG_OK, JSON as under "receipt" of form "payslip/1" owned by the caller (zg_string_free):
///          "library", its version; "packs", the SHA-256 over the digests of all packs; "place", "month",
///          "known_on", "accept". Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_MONTH, ZG_INTERNAL. Since ABI 1.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_receipt(
    engine: *const zg_engine,
    month: u32,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out) = unsafe { (handle::borrow(engine, "engine")?, Out::new(out, "out")?) };
        let one = match month {
            0 => None,
            number => Some(facts::month(number)?),
        };
        let mut receipt = Receipt::of(engine, one.unwrap_or(Month::MIN)).to_json();
        if one.is_none()
            && let Some(month) = receipt.get_mut("month")
        {
            *month = Json::Null;
        }
        out.put(handle::give(Text::new(receipt.to_string())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns the id of the place that an engine computes for. 返回地方标准包编号。
///
/// engine   Borrowed. NULL and a handle of another kind give the empty text.
/// Returns a view that is valid until the engine is freed. Since ABI 1.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_place(engine: *const zg_engine) -> zg_str {
    ask(engine, zg_str::EMPTY, |held| held.place().view())
}

/// Returns the SHA-256 over the digests of all packs of an engine, in hex. 返回标准数据摘要。
///
/// engine   Borrowed. NULL and a handle of another kind give the empty text.
/// Returns a view that is valid until the engine is freed. Since ABI 1.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_packs(engine: *const zg_engine) -> zg_str {
    ask(engine, zg_str::EMPTY, |held| held.packs().view())
}

/// Returns the weakest evidence that an engine accepts. 返回接受的最弱依据等级。
///
/// engine   Borrowed.
/// Returns ZG_EVIDENCE_OFFICIAL and so on; 0 for NULL and a handle of another kind. Since ABI 1.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_accept(engine: *const zg_engine) -> i32 {
    ask(engine, 0, |held| number_of(EVIDENCES, held.accepted_evidence()))
}

/// Returns the day by which standards had to be issued to count. 返回“只计此日前已发布”的日期。
///
/// engine   Borrowed.
/// Returns the day as 20250301; 0 where all count, for NULL and a handle of another kind. Since
/// ABI 1.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_known_on(engine: *const zg_engine) -> u32 {
    ask(engine, 0, |held| {
        held.known_on().map_or(0, |day| {
            let year = u32::try_from(day.year()).unwrap_or(0);
            year * 10_000 + day.month() * 100 + day.day()
        })
    })
}
