//! Errors as C sees them.

use zhenggong::{Error, ErrorCode, calendar::Month, person::Label};

use crate::{
    boundary::plain,
    handle::{self, Kind},
    status::{
        ZG_BUFFER_TOO_SMALL, ZG_NO_SUCH_LINE, ZG_NULL_POINTER, ZG_OK, ZG_STREAM_FAILED,
        ZG_STREAM_RELEASED, ZG_WRONG_HANDLE, ZG_WRONG_SIZE, zg_status,
    },
    text::{Text, zg_str},
    words,
};

/// What went wrong, where, and what to do. Read it with the `zg_error_` functions. 错误对象。
pub struct zg_error {
    _private: [u8; 0],
}

impl Kind for zg_error {
    type Held = Parts;
    const MARK: u64 = 0x7a67_4552_524f_5221;
    const NAME: &'static str = "zg_error";
}

/// An error of the core, or one that only a C caller can cause.
pub(crate) enum Fault {
    Core(Error),
    Call { status: zg_status, name: &'static str, argument: &'static str, zh: String, en: String },
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl Fault {
    #[cold]
    pub(crate) fn null(argument: &'static str) -> Self {
        Self::Call {
            status: ZG_NULL_POINTER,
            name: "NullPointer",
            argument,
            zh: format!("参数 {argument} 为空指针。请传入有效指针。"),
            en: format!("the argument {argument} is NULL. Pass a valid pointer."),
        }
    }

    #[cold]
    pub(crate) fn wrong_handle(argument: &'static str, kind: &'static str) -> Self {
        Self::Call {
            status: ZG_WRONG_HANDLE,
            name: "WrongHandle",
            argument,
            zh: format!("参数 {argument} 不是 {kind} 句柄，或已释放。请检查句柄。"),
            en: format!("the argument {argument} is no {kind}, or was freed. Check the handle."),
        }
    }

    #[cold]
    pub(crate) fn buffer(needed: usize) -> Self {
        Self::Call {
            status: ZG_BUFFER_TOO_SMALL,
            name: "BufferTooSmall",
            argument: "capacity",
            zh: format!("缓冲区过小，需要 {needed} 字节。"),
            en: format!("the buffer is too small: {needed} bytes are needed."),
        }
    }

    #[cold]
    pub(crate) fn no_line(argument: &'static str, value: &str) -> Self {
        Self::Call {
            status: ZG_NO_SUCH_LINE,
            name: "NoSuchLine",
            argument,
            zh: format!("工资单没有“{value}”这一行。"),
            en: format!("the payslip has no line {value}."),
        }
    }

    #[cold]
    pub(crate) fn no_step(index: usize) -> Self {
        Self::Call {
            status: ZG_NO_SUCH_LINE,
            name: "NoSuchLine",
            argument: "index",
            zh: format!("推导没有第 {index} 步。"),
            en: format!("the derivation has no step {index}."),
        }
    }

    #[cold]
    pub(crate) fn size(argument: &'static str, found: usize, expected: usize) -> Self {
        Self::Call {
            status: ZG_WRONG_SIZE,
            name: "WrongSize",
            argument,
            zh: format!(
                "结构体 {argument} 的 size 为 {found}，应为 {expected}。请置为 sizeof，并用本库的头文件编译。"
            ),
            en: format!(
                "the size field of {argument} is {found}, not {expected}. Set it to sizeof, and compile with the header of this library."
            ),
        }
    }

    #[cold]
    pub(crate) fn released(argument: &'static str) -> Self {
        Self::Call {
            status: ZG_STREAM_RELEASED,
            name: "StreamReleased",
            argument,
            zh: format!("流 {argument} 已释放。请传入未释放的流。"),
            en: format!("the stream {argument} was released. Pass one that is not."),
        }
    }

    /// Says why the stream that came as an argument is not taken.
    #[cold]
    pub(crate) fn border(argument: &'static str, fault: zhenggong_border::Fault) -> Self {
        match fault {
            zhenggong_border::Fault::Released => Self::released(argument),
            zhenggong_border::Fault::Failed { zh, en, .. } => Self::Call {
                status: ZG_STREAM_FAILED,
                name: "StreamFailed",
                argument,
                zh: format!("流 {argument} 出错：{zh}。请检查数据来源。"),
                en: format!("the stream {argument} failed: {en}. Look at what produces it."),
            },
            zhenggong_border::Fault::Refused(error) => match error.field_name() {
                Some(_) => Self::Core(error),
                None => Self::Core(error.field(argument)),
            },
        }
    }

    /// Names the argument that an error of the core concerns, where it names none.
    pub(crate) fn field(self, name: &'static str) -> Self {
        match self {
            Self::Core(error) => Self::Core(error.field(name)),
            call @ Self::Call { .. } => call,
        }
    }

    /// Names the person and the month that an error of the core concerns.
    #[cold]
    pub(crate) fn person(self, person: Option<&Label>, month: Option<Month>) -> Self {
        let Self::Core(error) = self else { return self };
        let error = match person {
            Some(person) => error.person(person.as_str()),
            None => error,
        };
        Self::Core(match month {
            Some(month) => error.month(month),
            None => error,
        })
    }

    pub(crate) fn status(&self) -> zg_status {
        match self {
            Self::Core(error) => error.code().number().into(),
            Self::Call { status, .. } => *status,
        }
    }

    pub(crate) fn into_parts(self) -> Parts {
        let status = self.status();
        let some = |text: Option<&str>| text.map(|t| Text::new(t.to_owned()));
        match self {
            Self::Core(error) => {
                let (zh, en) = words::of(&error).unwrap_or_else(|| (error.zh(), error.en()));
                let mut json = error.to_json();
                if let Some(parts) = json.as_object_mut() {
                    parts.insert("zh".to_owned(), zh.as_str().into());
                    parts.insert("en".to_owned(), en.as_str().into());
                }
                Parts {
                    status,
                    name: Text::new(error.code().name().to_owned()),
                    zh: Text::new(zh),
                    en: Text::new(en),
                    person: some(error.person_id()),
                    rule: some(error.rule_id()),
                    field: some(error.field_name()),
                    month: error.month_of().map(|m| Text::new(m.to_string())),
                    source: some(error.source_text()),
                    row: error.row_number().unwrap_or(0),
                    json: Text::new(json.to_string()),
                }
            }
            Self::Call { name, argument, zh, en, .. } => {
                let json = serde_json::json!({
                    "code": status, "name": name, "class": "call", "field": argument,
                    "zh": zh, "en": en,
                });
                Parts {
                    status,
                    name: Text::new(name.to_owned()),
                    zh: Text::new(zh),
                    en: Text::new(en),
                    person: None,
                    rule: None,
                    field: Some(Text::new(argument.to_owned())),
                    month: None,
                    source: None,
                    row: 0,
                    json: Text::new(json.to_string()),
                }
            }
        }
    }
}

impl Fault {
    /// Returns an error that says that an option can't have this value.
    #[cold]
    pub(crate) fn option(option: &str, value: impl std::fmt::Display, known: &str) -> Self {
        Error::new(ErrorCode::InvalidOption)
            .arg("option", option)
            .arg("value", value)
            .arg("known", known)
            .field(option)
            .into()
    }
}

/// The parts of an error, each as a text that stays where it is.
#[derive(Clone)]
pub(crate) struct Parts {
    status: zg_status,
    name: Text,
    zh: Text,
    en: Text,
    person: Option<Text>,
    rule: Option<Text>,
    field: Option<Text>,
    month: Option<Text>,
    source: Option<Text>,
    row: u64,
    json: Text,
}

impl Parts {
    /// Number and name, the message in Chinese, the message in English: a line each.
    pub(crate) fn three_lines(&self) -> String {
        let (name, zh, en) = (self.name.as_str(), self.zh.as_str(), self.en.as_str());
        format!("{} {name}\n{zh}\n{en}", self.status)
    }
}

fn part(error: *const zg_error, get: impl FnOnce(&Parts) -> Option<&Text>) -> zg_str {
    plain(zg_str::EMPTY, || {
        // SAFETY: the conventions of the header, which callers keep.
        let parts = unsafe { handle::borrow(error, "error") };
        parts.ok().and_then(get).map_or(zg_str::EMPTY, Text::view)
    })
}

/// Returns the status of an error, the same that the call returned. 返回错误的状态码。
///
/// error    Borrowed. NULL and a handle of another kind give ZG_OK. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_status(error: *const zg_error) -> zg_status {
    plain(ZG_OK, || {
        // SAFETY: the conventions of the header, which callers keep.
        unsafe { handle::borrow(error, "error") }.map_or(ZG_OK, |p| p.status)
    })
}

/// Returns the row of the table that an error concerns, from 1, or 0. 返回出错的行号。
///
/// error    Borrowed. NULL and a handle of another kind give 0. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_row(error: *const zg_error) -> u64 {
    plain(0, || {
        // SAFETY: the conventions of the header, which callers keep.
        unsafe { handle::borrow(error, "error") }.map_or(0, |p| p.row)
    })
}

/// Returns the name of the error's code, such as MissingFact. 返回错误码名称。
///
/// error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
/// Returns a view that is valid until the error is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_name(error: *const zg_error) -> zg_str {
    part(error, |p| Some(&p.name))
}

/// Returns the message in Chinese: where, what, what to do. 返回中文说明。
///
/// error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
/// Returns a view that is valid until the error is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_zh(error: *const zg_error) -> zg_str {
    part(error, |p| Some(&p.zh))
}

/// Returns the message in English: where, what, what to do. 返回英文说明。
///
/// error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
/// Returns a view that is valid until the error is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_en(error: *const zg_error) -> zg_str {
    part(error, |p| Some(&p.en))
}

/// Returns the opaque id of the person concerned. 返回所涉人员编号。
///
/// error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
/// Returns a view that is valid until the error is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_person(error: *const zg_error) -> zg_str {
    part(error, |p| p.person.as_ref())
}

/// Returns the id of the rule that was running. 返回所涉规则编号。
///
/// error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
/// Returns a view that is valid until the error is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_rule(error: *const zg_error) -> zg_str {
    part(error, |p| p.rule.as_ref())
}

/// Returns the field, fact or argument concerned. 返回所涉字段。
///
/// error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
/// Returns a view that is valid until the error is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_field(error: *const zg_error) -> zg_str {
    part(error, |p| p.field.as_ref())
}

/// Returns the month that was computed, as YYYY-MM. 返回所涉月份。
///
/// error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
/// Returns a view that is valid until the error is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_month(error: *const zg_error) -> zg_str {
    part(error, |p| p.month.as_ref())
}

/// Returns the document concerned. 返回所涉依据。
///
/// error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
/// Returns a view that is valid until the error is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_source(error: *const zg_error) -> zg_str {
    part(error, |p| p.source.as_ref())
}

/// Returns the error as JSON, form "error/1". 返回错误的 JSON。
///
/// error    Borrowed. NULL, a handle of another kind, and an error without it give the empty text.
/// Returns a view that is valid until the error is freed. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_json(error: *const zg_error) -> zg_str {
    part(error, |p| Some(&p.json))
}

/// Frees an error. 释放错误对象。
///
/// error    Owned by the caller, or NULL. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_error_free(error: *mut zg_error) {
    // SAFETY: the conventions of the header, which callers keep.
    plain((), || unsafe { handle::free(error) });
}
