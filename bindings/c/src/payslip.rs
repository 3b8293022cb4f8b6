//! Payslips: totals and lines by typed getters, texts and JSON as strings.

use std::ffi::c_char;

use zhenggong::{
    derivation::{Derivation, Language},
    number::Money,
    settlement::{PayLine, Payslip},
    vocabulary::{PayItem, Vocabulary},
};

use crate::{
    boundary::{plain, run},
    codes::{EVIDENCES, KINDS, number_of},
    error::{Fault, zg_error},
    handle::{self, Kind, Out},
    status::zg_status,
    text::{self, Text, zg_str, zg_string},
};

/// Chinese, as a language of texts. 中文。
pub const ZG_ZH: i32 = 0;
/// English, as a language of texts. 英文。
pub const ZG_EN: i32 = 1;
/// The amount of a line was computed. 该行由规则计算。
pub const ZG_COMPUTED: i32 = 0;
/// The amount of a line was stated by the office. 该行由单位核定。
pub const ZG_STATED: i32 = 1;
/// A line is paid to the person. 应发。
pub const ZG_EARNING: i32 = 0;
/// A line is taken from the person's pay. 扣款。
pub const ZG_DEDUCTION: i32 = 1;
/// A line is paid by the employer on top. 单位承担。
pub const ZG_EMPLOYER_COST: i32 = 2;

/// One person's pay for one month, with its derivation. 工资单。
pub struct zg_payslip {
    _private: [u8; 0],
}

impl Kind for zg_payslip {
    type Held = Held;
    const MARK: u64 = 0x7a67_5041_5953_4c50;
    const NAME: &'static str = "zg_payslip";
}

/// A payslip, with the texts that getters lend out.
pub(crate) struct Held {
    slip: Payslip,
    person: Text,
    unit: Text,
    month: Text,
    /// The codes of the items, each with a NUL after it.
    codes: String,
}

impl Held {
    pub(crate) fn new(slip: Payslip) -> Self {
        let mut codes = String::new();
        for line in &slip.lines {
            codes.push_str(line.item.code());
            codes.push('\0');
        }
        Self {
            person: Text::new(slip.person.as_str().to_owned()),
            unit: Text::new(slip.unit.as_str().to_owned()),
            month: Text::new(slip.month.to_string()),
            codes,
            slip,
        }
    }

    pub(crate) fn derivation(&self) -> &Derivation {
        &self.slip.derivation
    }

    fn line(&self, index: usize) -> Result<&PayLine, Fault> {
        self.slip.lines.get(index).ok_or_else(|| Fault::no_line("index", &index.to_string()))
    }

    fn code(&self, index: usize) -> zg_str {
        match self.codes.split_inclusive('\0').nth(index) {
            Some(code) => zg_str { data: code.as_ptr().cast(), len: code.len() - 1 },
            None => zg_str::EMPTY,
        }
    }
}

pub(crate) fn language(number: i32) -> Result<Language, Fault> {
    match number {
        ZG_ZH => Ok(Language::Zh),
        ZG_EN => Ok(Language::En),
        other => Err(Fault::option("lang", other, "ZG_ZH (0), ZG_EN (1)")),
    }
}

/// Writes what `get` finds in a payslip to `out`.
///
/// # Safety
///
/// The conventions of the header.
unsafe fn answer<T>(
    payslip: *const zg_payslip,
    out: *mut T,
    err: *mut *mut zg_error,
    get: impl FnOnce(&Held) -> Result<T, Fault>,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (held, out) = unsafe { (handle::borrow(payslip, "payslip")?, Out::new(out, "out")?) };
        out.put(get(held)?);
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

fn view(payslip: *const zg_payslip, get: impl FnOnce(&Held) -> zg_str) -> zg_str {
    plain(zg_str::EMPTY, || {
        // SAFETY: the conventions of the header, which callers keep.
        unsafe { handle::borrow(payslip, "payslip") }.map_or(zg_str::EMPTY, get)
    })
}

/// Returns the opaque id of the person. 返回人员编号。
///
/// payslip  Borrowed. NULL and a handle of another kind give the empty text.
/// Returns a view that is valid until the payslip is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_person(payslip: *const zg_payslip) -> zg_str {
    view(payslip, |h| h.person.view())
}

/// Returns the unit. 返回单位。
///
/// payslip  Borrowed. NULL and a handle of another kind give the empty text.
/// Returns a view that is valid until the payslip is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_unit(payslip: *const zg_payslip) -> zg_str {
    view(payslip, |h| h.unit.view())
}

/// Returns the month as YYYY-MM. 返回月份。
///
/// payslip  Borrowed. NULL and a handle of another kind give the empty text.
/// Returns a view that is valid until the payslip is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_month(payslip: *const zg_payslip) -> zg_str {
    view(payslip, |h| h.month.view())
}

/// Returns the kind of person. 返回人员类别。
///
/// payslip  Borrowed.
/// Returns ZG_KIND_OFFICER or ZG_KIND_AUXILIARY; 0 for NULL and a handle of another kind. Since
/// ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_kind(payslip: *const zg_payslip) -> i32 {
    plain(0, || {
        // SAFETY: the conventions of the header, which callers keep.
        unsafe { handle::borrow(payslip, "payslip") }.map_or(0, |h| number_of(KINDS, h.slip.kind))
    })
}

/// Returns the weakest evidence of the values used. 返回所用数据中最弱的依据等级。
///
/// payslip  Borrowed.
/// Returns ZG_EVIDENCE_OFFICIAL and so on; 0 where no value of a pack was used, for NULL and for a
/// handle of another kind. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_evidence(payslip: *const zg_payslip) -> i32 {
    plain(0, || {
        // SAFETY: the conventions of the header, which callers keep.
        let held = unsafe { handle::borrow(payslip, "payslip") };
        let weakest = held.ok().and_then(|h| h.slip.weakest_evidence());
        weakest.map_or(0, |evidence| number_of(EVIDENCES, evidence))
    })
}

/// Returns the gross pay, the sum of all earnings. 返回应发合计。
///
/// payslip  Borrowed.
/// out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_gross(
    payslip: *const zg_payslip,
    out: *mut i64,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, |h| Ok(h.slip.gross.fen())) }
}

/// Returns the sum of all deductions. 返回扣款合计。
///
/// payslip  Borrowed.
/// out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_deductions(
    payslip: *const zg_payslip,
    out: *mut i64,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, |h| Ok(h.slip.deductions.fen())) }
}

/// Returns the net pay, gross less deductions; it can be negative. 返回实发合计。
///
/// payslip  Borrowed.
/// out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_net(
    payslip: *const zg_payslip,
    out: *mut i64,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, |h| Ok(h.slip.net.fen())) }
}

/// Returns the sum that the employer pays on top. 返回单位承担合计。
///
/// payslip  Borrowed.
/// out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_employer_cost(
    payslip: *const zg_payslip,
    out: *mut i64,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, |h| Ok(h.slip.employer_cost.fen())) }
}

/// Returns how many lines a payslip has. 返回行数。
///
/// payslip  Borrowed. NULL and a handle of another kind give 0. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_line_count(payslip: *const zg_payslip) -> usize {
    plain(0, || {
        // SAFETY: the conventions of the header, which callers keep.
        unsafe { handle::borrow(payslip, "payslip") }.map_or(0, |h| h.slip.lines.len())
    })
}

/// Returns the code of a line's item, such as "post-pay". 返回某行的项目代码。
///
/// payslip  Borrowed. NULL and a handle of another kind give the empty text.
/// index    From 0, in the order in which lines are printed; beyond the last gives the empty text.
/// Returns a view that is valid until the payslip is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_line_item(payslip: *const zg_payslip, index: usize) -> zg_str {
    view(payslip, |h| h.code(index))
}

/// Returns the amount of a line. 返回某行的金额。
///
/// payslip  Borrowed.
/// index    From 0, in the order in which lines are printed.
/// out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NO_SUCH_LINE. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_line_amount(
    payslip: *const zg_payslip,
    index: usize,
    out: *mut i64,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, |h| Ok(h.line(index)?.amount.fen())) }
}

/// Returns the origin of a line's amount. 返回某行金额的来源。
///
/// payslip  Borrowed.
/// index    From 0, in the order in which lines are printed.
/// out      On ZG_OK, ZG_COMPUTED or ZG_STATED. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NO_SUCH_LINE. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_line_origin(
    payslip: *const zg_payslip,
    index: usize,
    out: *mut i32,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, |h| Ok(h.line(index)?.origin.index() as i32)) }
}

/// Returns the side of the payslip that a line stands on. 返回某行所属的栏。
///
/// payslip  Borrowed.
/// index    From 0, in the order in which lines are printed.
/// out      On ZG_OK, ZG_EARNING, ZG_DEDUCTION or ZG_EMPLOYER_COST. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NO_SUCH_LINE. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_line_side(
    payslip: *const zg_payslip,
    index: usize,
    out: *mut i32,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, |h| Ok(side(h.line(index)?.item))) }
}

fn side(item: PayItem) -> i32 {
    match item.side() {
        zhenggong::vocabulary::Side::Earning => ZG_EARNING,
        zhenggong::vocabulary::Side::Deduction => ZG_DEDUCTION,
        zhenggong::vocabulary::Side::EmployerCost => ZG_EMPLOYER_COST,
    }
}

/// Returns the amount of an item. 按项目返回金额。
///
/// payslip  Borrowed.
/// item     UTF-8 code or Chinese name of the item, item_len bytes.
/// out      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_NOT_UTF8, ZG_UNKNOWN_TERM, ZG_NO_SUCH_LINE.
/// Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_amount(
    payslip: *const zg_payslip,
    item: *const c_char,
    item_len: usize,
    out: *mut i64,
    err: *mut *mut zg_error,
) -> zg_status {
    let get = |h: &Held| {
        // SAFETY: the conventions of the header, which callers keep.
        let item = PayItem::find(unsafe { text::read(item, item_len, "item")? })?;
        let amount = h.slip.amount(item).map(Money::fen);
        amount.ok_or_else(|| Fault::no_line("item", item.code()))
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, get) }
}

/// Returns the payslip as text: lines with their origin, and totals. 返回工资单文本。
///
/// payslip  Borrowed.
/// lang     ZG_ZH or ZG_EN.
/// out      On ZG_OK, a text owned by the caller (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_OPTION. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_text(
    payslip: *const zg_payslip,
    lang: i32,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let get = |h: &Held| Ok(handle::give(Text::new(h.slip.text(language(lang)?))));
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, get) }
}

/// Returns the derivation as text: why each amount is what it is, with its sources. 返回推导说明。
///
/// payslip  Borrowed.
/// lang     ZG_ZH or ZG_EN.
/// out      On ZG_OK, a text owned by the caller (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_OPTION. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_explain(
    payslip: *const zg_payslip,
    lang: i32,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let get = |h: &Held| Ok(handle::give(Text::new(h.slip.derivation.text(language(lang)?))));
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, get) }
}

/// Returns the payslip as JSON, with derivation and receipt. 返回工资单的 JSON。
///
/// payslip  Borrowed.
/// out      On ZG_OK, JSON of form "payslip/1" owned by the caller (zg_string_free). Otherwise
///          untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_json(
    payslip: *const zg_payslip,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let get = |h: &Held| Ok(handle::give(Text::new(h.slip.to_json().to_string())));
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, get) }
}

/// Returns the receipt: library, data, place and dates that the payslip was made with. 返回回执。
///
/// payslip  Borrowed.
/// out      On ZG_OK, JSON as under "receipt" of form "payslip/1" owned by the caller
///          (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_receipt(
    payslip: *const zg_payslip,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let get = |h: &Held| Ok(handle::give(Text::new(h.slip.receipt.to_json().to_string())));
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { answer(payslip, out, err, get) }
}

/// Frees a payslip. 释放工资单。
///
/// payslip  Owned by the caller, or NULL. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_payslip_free(payslip: *mut zg_payslip) {
    // SAFETY: the conventions of the header, which callers keep.
    plain((), || unsafe { handle::free(payslip) });
}
