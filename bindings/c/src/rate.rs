//! Rates between text and digits.

use std::ffi::c_char;

use zhenggong::{Error, ErrorCode, number::Rate};

use crate::{boundary::run, error::zg_error, handle::Out, status::zg_status, text};

/// Bytes that hold any rate as text, with its NUL. 比例文本所需的最大字节数。
pub const ZG_RATE_TEXT_MAX: usize = 22;

/// An exact decimal ratio: digits / 10^decimals, so 8 % is {8, 2}. 精确的十进制比例。
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct zg_rate {
    /// The digits without the point.
    pub digits: i64,
    /// How many of them stand after the point: 0 to 9.
    pub decimals: u32,
}

impl From<Rate> for zg_rate {
    fn from(rate: Rate) -> Self {
        Self { digits: rate.mantissa(), decimals: rate.scale().into() }
    }
}

impl zg_rate {
    /// Returns the rate.
    ///
    /// # Errors
    ///
    /// `TooManyDigits` where there are more decimals than a rate has.
    pub(crate) fn read(self) -> zhenggong::Result<Rate> {
        match u8::try_from(self.decimals) {
            Ok(scale) if scale <= Rate::MAX_SCALE => Ok(Rate::from_parts(self.digits, scale)),
            _ => Err(Error::new(ErrorCode::TooManyDigits)
                .arg("value", format!("{{{}, {}}}", self.digits, self.decimals))
                .arg("digits", Rate::MAX_SCALE)),
        }
    }
}

/// Reads a rate, such as "0.08" or "21.75". 解析比例。
///
/// text     UTF-8, text_len bytes: an optional "-", digits, optionally a point with one to nine
///          digits. A percent sign is refused: 8 % is "0.08".
/// out      On ZG_OK, the rate, without zeros at its end. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_INVALID_NUMBER, ZG_TOO_MANY_DIGITS,
/// ZG_NUMBER_OUT_OF_RANGE. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_rate_parse(
    text: *const c_char,
    text_len: usize,
    out: *mut zg_rate,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (out, text) = unsafe { (Out::new(out, "out")?, text::read(text, text_len, "text")?) };
        out.put(Rate::parse(text)?.into());
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Writes a rate as a decimal number without zeros at its end, such as "0.08". 将比例写成文本。
///
/// rate     The rate.
/// buffer   On ZG_OK, the text and a NUL. Otherwise untouched.
/// capacity Bytes of the buffer; ZG_RATE_TEXT_MAX is enough for any rate.
/// len      NULL, or on ZG_OK the length without the NUL. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_BUFFER_TOO_SMALL; ZG_TOO_MANY_DIGITS for more than nine
/// decimals. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_rate_format(
    rate: zg_rate,
    buffer: *mut c_char,
    capacity: usize,
    len: *mut usize,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    let body = || unsafe { text::write(rate.read()?, buffer, capacity, len) };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}
