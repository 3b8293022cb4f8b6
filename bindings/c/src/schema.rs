//! The forms of JSON as JSON Schema.

use std::ffi::c_char;

use serde_json::Value as Json;
use zhenggong::schema;

use crate::{
    boundary::run,
    error::zg_error,
    handle::{self, Out},
    status::zg_status,
    text::{self, Text, zg_string},
};

/// Lists the names of all schemas: of the records, then of the input and the output of each rule as
/// "RULE.input" and "RULE.output" with the id of the rule. 列出全部 JSON Schema 的名称。
///
/// out      On ZG_OK, a JSON array of texts owned by the caller (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_INTERNAL. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_schema_names(
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let out = unsafe { Out::new(out, "out")? };
        out.put(handle::give(Text::new(Json::from(schema::names()).to_string())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Returns one schema, as docs/schemas has it. 返回一个 JSON Schema。
///
/// name     UTF-8 name of the schema, such as "person" or "allowance.police-rank.input", name_len
///          bytes.
/// out      On ZG_OK, JSON Schema (draft 2020-12) owned by the caller (zg_string_free). Otherwise
///          untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_UNKNOWN_TERM, ZG_INTERNAL. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_schema(
    name: *const c_char,
    name_len: usize,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (out, name) = unsafe { (Out::new(out, "out")?, text::read(name, name_len, "name")?) };
        let schema = schema::find(name).map_err(|e| e.field("name"))?;
        out.put(handle::give(Text::new(schema.to_string())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}
