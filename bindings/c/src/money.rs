//! Amounts between text and fen.

use std::ffi::c_char;

use zhenggong::number::Money;

use crate::{boundary::run, error::zg_error, handle::Out, status::zg_status, text};

/// Bytes that hold any amount as text, with its NUL. 金额文本所需的最大字节数。
pub const ZG_MONEY_TEXT_MAX: usize = 22;

/// Reads an amount in yuan, such as "1234.50" or "-0.05". 解析以元为单位的金额。
///
/// text     UTF-8, text_len bytes: an optional "-", digits, optionally a point with one or two digits.
/// fen      On ZG_OK, the amount in fen (0.01 yuan). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_INVALID_NUMBER, ZG_TOO_MANY_DIGITS,
/// ZG_NUMBER_OUT_OF_RANGE. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_money_parse(
    text: *const c_char,
    text_len: usize,
    fen: *mut i64,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (out, text) = unsafe { (Out::new(fen, "fen")?, text::read(text, text_len, "text")?) };
        out.put(Money::parse(text)?.fen());
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Writes an amount in yuan with two decimals, such as "-1234.50". 将金额写成以元为单位的文本。
///
/// fen      The amount in fen.
/// buffer   On ZG_OK, the text and a NUL. Otherwise untouched.
/// capacity Bytes of the buffer; ZG_MONEY_TEXT_MAX is enough for any amount.
/// len      NULL, or on ZG_OK the length without the NUL. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_BUFFER_TOO_SMALL. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_money_format(
    fen: i64,
    buffer: *mut c_char,
    capacity: usize,
    len: *mut usize,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    let body = || unsafe { text::write(Money::from_fen(fen), buffer, capacity, len) };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}
