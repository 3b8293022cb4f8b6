//! Text: UTF-8 in as pointer and length, out as a view or as a string that the caller owns.

use std::{ffi::c_char, slice};

use zhenggong::{Error, ErrorCode};

use crate::{
    boundary::plain,
    error::Fault,
    handle::{self, Kind},
    words,
};

/// A borrowed text: UTF-8, `len` bytes, and a NUL after them. Never NULL; empty where there is none.
/// 借用的文本。
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct zg_str {
    /// First byte.
    pub data: *const c_char,
    /// Length in bytes, without the NUL.
    pub len: usize,
}

impl zg_str {
    /// The empty text.
    pub(crate) const EMPTY: Self = Self { data: c"".as_ptr(), len: 0 };
}

/// A text that the caller owns; read it with `zg_string_view`. 调用方拥有的文本。
pub struct zg_string {
    _private: [u8; 0],
}

impl Kind for zg_string {
    type Held = Text;
    const MARK: u64 = 0x7a67_5354_5249_4e47;
    const NAME: &'static str = "zg_string";
}

/// A text with a NUL after it.
#[derive(Clone)]
pub(crate) struct Text(String);

impl Text {
    pub(crate) fn new(mut text: String) -> Self {
        text.push('\0');
        Self(text)
    }

    /// Returns the text without its NUL.
    pub(crate) fn as_str(&self) -> &str {
        self.0.strip_suffix('\0').unwrap_or_default()
    }

    pub(crate) fn view(&self) -> zg_str {
        zg_str { data: self.0.as_ptr().cast(), len: self.0.len().saturating_sub(1) }
    }
}

/// Reads a text of the caller.
///
/// # Errors
///
/// `ZG_NULL_POINTER` for NULL with a length, `ZG_NOT_UTF8`, `ZG_INVALID_INPUT` for a NUL inside.
///
/// # Safety
///
/// `data` is NULL, or `len` bytes can be read there while the answer is used.
pub(crate) unsafe fn read<'a>(
    data: *const c_char,
    len: usize,
    name: &'static str,
) -> Result<&'a str, Fault> {
    if data.is_null() {
        return if len == 0 { Ok("") } else { Err(Fault::null(name)) };
    }
    let refused =
        |code, detail: String| Fault::from(Error::new(code).arg_both("detail", detail)).field(name);
    if isize::try_from(len).is_err() {
        return Err(refused(ErrorCode::InvalidInput, format!("长度 {len} / a length of {len}")));
    }
    // SAFETY: not NULL, and the caller promises `len` readable bytes; `len` fits an `isize`.
    let bytes = unsafe { slice::from_raw_parts(data.cast::<u8>(), len) };
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let at = e.valid_up_to();
        let error = Error::new(ErrorCode::NotUtf8).arg("detail", at).arg(words::FORM, "UTF-8");
        Fault::from(error).field(name)
    })?;
    match text.find('\0') {
        Some(at) => Err(refused(
            ErrorCode::InvalidInput,
            format!("第 {at} 字节为 NUL / a NUL at byte {at}"),
        )),
        None => Ok(text),
    }
}

/// Writes a text and its NUL to a buffer of the caller, and its length to `len`.
///
/// # Errors
///
/// `ZG_NULL_POINTER`, `ZG_BUFFER_TOO_SMALL`.
///
/// # Safety
///
/// `buffer` is NULL or has `capacity` writable bytes; `len` is NULL or writable.
pub(crate) unsafe fn write(
    text: impl std::fmt::Display,
    buffer: *mut c_char,
    capacity: usize,
    len: *mut usize,
) -> Result<(), Fault> {
    if buffer.is_null() {
        return Err(Fault::null("buffer"));
    }
    let text = format!("{text}\0");
    if text.len() > capacity {
        return Err(Fault::buffer(text.len()));
    }
    // SAFETY: `buffer` has `capacity` writable bytes, as the caller promises, and that is enough;
    // the text is new, so the two do not overlap.
    unsafe { buffer.copy_from_nonoverlapping(text.as_ptr().cast(), text.len()) };
    if !len.is_null() {
        // SAFETY: not NULL, hence writable, as the caller promises.
        unsafe { len.write(text.len() - 1) };
    }
    Ok(())
}

/// Returns a view of a string. 返回字符串的视图。
///
/// string   Borrowed. NULL and a handle of another kind give the empty text.
/// Returns a view that is valid until the string is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_string_view(string: *const zg_string) -> zg_str {
    plain(zg_str::EMPTY, || {
        // SAFETY: the conventions of the header, which callers keep.
        unsafe { handle::borrow(string, "string") }.map_or(zg_str::EMPTY, Text::view)
    })
}

/// Frees a string. 释放字符串。
///
/// string   Owned by the caller, or NULL. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_string_free(string: *mut zg_string) {
    // SAFETY: the conventions of the header, which callers keep.
    plain((), || unsafe { handle::free(string) });
}
