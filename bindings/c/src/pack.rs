//! What can be asked without an engine: the lint of a pack, the catalogue of rules.

use std::ffi::c_char;

use zhenggong::{
    catalogue,
    error::Finding,
    policy::{Pack, PolicyBook},
};

use crate::{
    boundary::run,
    engine::packs_alone,
    error::zg_error,
    handle::{self, Out},
    status::zg_status,
    text::{self, Text, zg_string},
};

/// Checks the text of a pack together with the national packs. 检查政策包。
///
/// name     UTF-8 name of the file in the findings, name_len bytes.
/// text     UTF-8 TOML, text_len bytes; read during the call only.
/// out      On ZG_OK, a JSON array of findings (form "findings/1"; empty where nothing was found)
///          owned by the caller (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, also where the pack has errors; ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_INTERNAL. Since
/// ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_pack_lint(
    name: *const c_char,
    name_len: usize,
    text: *const c_char,
    text_len: usize,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (out, name, text) = unsafe {
            (
                Out::new(out, "out")?,
                text::read(name, name_len, "name")?,
                text::read(text, text_len, "text")?,
            )
        };
        let mut packs = Pack::national();
        packs.push(Pack::parse(name, text));
        out.put(findings(packs));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

fn findings(packs: Vec<Pack>) -> *mut zg_string {
    let findings = PolicyBook::new(packs).lint();
    let json: serde_json::Value = findings.iter().map(Finding::to_json).collect();
    handle::give(Text::new(json.to_string()))
}

/// Checks several packs together, such as a city's below a province's. 一并检查多个政策包。
///
/// request  UTF-8 JSON, form "engine-request/1", request_len bytes; read during the call only. The
///          packs are "builtin" (["national"] where absent) and "packs"; "place", "accept" and
///          "known_on" may be there and are not looked at.
/// out      On ZG_OK, a JSON array of findings (form "findings/1"; empty where nothing was found)
///          owned by the caller (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, also where a pack has errors; ZG_NULL_POINTER, ZG_NOT_UTF8, an input error (1xx),
/// ZG_UNKNOWN_PLACE, ZG_INTERNAL. Since ABI 1.1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_packs_lint(
    request: *const c_char,
    request_len: usize,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (out, text) =
            unsafe { (Out::new(out, "out")?, text::read(request, request_len, "request")?) };
        out.put(findings(packs_alone(text)?));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Lists all rules: ids, names, inputs, output, policy fields. 列出全部规则。
///
/// out      On ZG_OK, a JSON array of form "rules/1" owned by the caller (zg_string_free).
///          Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_INTERNAL. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_rules(out: *mut *mut zg_string, err: *mut *mut zg_error) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let out = unsafe { Out::new(out, "out")? };
        out.put(handle::give(Text::new(catalogue::to_json().to_string())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}
