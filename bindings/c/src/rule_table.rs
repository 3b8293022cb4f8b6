//! Rules and tables: a table where a rule takes a list, a list of an answer as a table, and a rule for
//! each row of a table.

use std::ffi::c_char;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use serde_json::{Map, Value as Json};
use zhenggong::{Error, ErrorCode, error::shown};
use zhenggong_arrow::{evaluate_records, json_rows, list_table};

use crate::{
    boundary::run,
    engine::zg_engine,
    error::{Fault, zg_error},
    handle::{self, Out},
    payslip, request,
    rows_in::{rows, take},
    status::zg_status,
    stream,
    stream_in::Input,
    stream_out::{Running, export},
    text::{self, Text, zg_string},
};

/// The input of a rule, to which a list is added under a key that it does not have.
fn with_list(input: Json, key: &str, list: Vec<Json>) -> Result<Json, Fault> {
    let Json::Object(mut map) = input else { return Err(no_object("input").into()) };
    if map.contains_key(key) {
        return Err(twice(key).into());
    }
    map.insert(key.to_owned(), list.into());
    Ok(map.into())
}

/// The value of a document of form "evaluation/1", or what is a value already. No rule answers an object
/// with both keys; a test looks at what all of them answer.
fn value(mut json: Json) -> Json {
    match json.as_object_mut() {
        Some(map) if map.contains_key("derivation") && map.contains_key("value") => {
            map.remove("value").unwrap_or_default()
        }
        _ => json,
    }
}

#[cold]
fn no_object(argument: &'static str) -> Error {
    Error::new(ErrorCode::InvalidInput)
        .arg_in("detail", "需要 JSON 对象", "a JSON object is needed")
        .field(argument)
}

#[cold]
fn twice(key: &str) -> Error {
    let key = shown(key);
    Error::new(ErrorCode::ContradictoryFacts)
        .arg_in(
            "detail",
            format!("{key} 既在输入中又是表，请只留其一"),
            format!("{key} stands in the input and comes as a table: keep one of them"),
        )
        .field(key)
}

/// Runs any rule of the catalogue with a table for one of its lists. 运行规则，其一列表由表给出。
///
/// The rows stand under a key of the input, such as "people" of "assessment.quota"; they are answered
/// as the same rows in JSON would be. A column is a key of each row: texts (amounts too, "95.50"),
/// booleans, integers, decimals, date32, lists and structs. Float columns are refused. An empty or null
/// cell is a key that the row does not have. An error of a column names the column as its field, and
/// its JSON has the key under args, as "table". What it was computed with: zg_engine_receipt.
///
/// engine   Borrowed. Any number of threads may use it at once.
/// rule     UTF-8 id of the rule, rule_len bytes.
/// input    UTF-8 JSON object, input_len bytes; read during the call only: "month" and the rule's other
///          inputs, as zg_rules lists them.
/// key      UTF-8 name of the input that the rows are, key_len bytes.
/// rows     Taken over in every case, as by zg_engine_month_run_stream; read to its end and released.
/// out      On ZG_OK, JSON of form "evaluation/1" owned by the caller (zg_string_free); zg_value_table
///          makes a table of a list in it. Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_STREAM_RELEASED, ZG_STREAM_FAILED;
/// ZG_CONTRADICTORY_FACTS where the input has the key; ZG_FLOAT_REFUSED, ZG_COLUMN_TYPE,
/// ZG_DUPLICATE_COLUMN, naming the column; ZG_UNKNOWN_RULE, another input error (1xx), a policy error
/// (2xx), a rule's error (3xx), ZG_INTERNAL. Since ABI 1.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_evaluate_table(
    engine: *const zg_engine,
    rule: *const c_char,
    rule_len: usize,
    input: *const c_char,
    input_len: usize,
    key: *const c_char,
    key_len: usize,
    rows: *mut FFI_ArrowArrayStream,
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    let taken = unsafe { take(rows) };
    let body = || {
        let stream = taken.ok_or_else(|| Fault::null("rows"))?;
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out, rule, input, key) = unsafe {
            (
                handle::borrow(engine, "engine")?,
                Out::new(out, "out")?,
                text::read(rule, rule_len, "rule")?,
                text::read(input, input_len, "input")?,
                text::read(key, key_len, "key")?,
            )
        };
        let input = request::parse(input)?;
        let list = read(stream, key)?;
        let answer = engine.evaluate_owned(rule, with_list(input, key, list)?)?;
        out.put(handle::give(Text::new(answer.to_json().to_string())));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Reads the rows of a stream, whose errors name the table.
fn read(stream: FFI_ArrowArrayStream, table: &str) -> Result<Vec<Json>, Fault> {
    rows(Input::open(stream, "rows", 0)?, |batches| {
        json_rows(batches).map_err(|error| error.arg("table", shown(table)))
    })
}

/// Returns a list in the answer of a rule as a table, one row an item. 把结果中的列表作为表返回。
///
/// Whole numbers are int64, booleans bool, all else text, amounts digit by digit. A key of an object
/// inside an item has a column "key.inner"; a list of texts is one text with ";" between them, another
/// list is JSON. A column is there where an item has a value for it.
///
/// value    UTF-8 JSON, value_len bytes; read during the call only: the value of a rule, as
///          zg_engine_value gives it, or the whole of form "evaluation/1", in whose value is looked.
/// key      UTF-8 key of the list in the value, key_len bytes; the empty text where the value itself is
///          the list.
/// out      On ZG_OK, a stream of one batch owned by the caller, who calls its release. Otherwise
///          untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_NOT_UTF8, ZG_INVALID_INPUT; ZG_UNKNOWN_TERM where there is no such
/// list, with those that there are; ZG_INTERNAL. Since ABI 1.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_value_table(
    value: *const c_char,
    value_len: usize,
    key: *const c_char,
    key_len: usize,
    out: *mut FFI_ArrowArrayStream,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let (out, text, key) = unsafe {
            (
                Out::new(out, "out")?,
                text::read(value, value_len, "value")?,
                text::read(key, key_len, "key")?,
            )
        };
        let json = request::parse(text).map_err(|error| error.field("value"))?;
        out.put(export(Running::table(list_table(&self::value(json), key)?)));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}

/// Runs any rule of the catalogue for each row of a table. 逐行运行规则。
///
/// The columns are inputs of the rule, read as by zg_engine_evaluate_table. A column person comes first
/// in the result, and errors name it; it is an input of settlement.payslip alone. The other columns of the
/// result are those of zg_value_table, or value where the rule answers a single value; rows stay in order. With
/// ZG_ON_ERROR_COLUMN a row without an answer has its error in the columns error_code and error, which are
/// there where a row has one. What it was computed with: zg_engine_receipt.
///
/// engine   Borrowed. Any number of threads may use it at once. The result stays valid without it.
/// rule     UTF-8 id of the rule, rule_len bytes.
/// shared   UTF-8 JSON object, shared_len bytes; read during the call only: the inputs that are the
///          same for all rows, such as "month". The empty text stands for {}.
/// rows     Taken over in every case, as by zg_engine_month_run_stream; read to its end and released.
/// on_error ZG_ON_ERROR_STOP, where the first row without an answer fails the call, or
///          ZG_ON_ERROR_COLUMN.
/// lang     ZG_ZH or ZG_EN: the language of the column error.
/// out      On ZG_OK, a stream of one batch owned by the caller, who calls its release. Otherwise
///          untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_WRONG_HANDLE, ZG_INVALID_OPTION, ZG_STREAM_RELEASED,
/// ZG_STREAM_FAILED; ZG_FLOAT_REFUSED, ZG_COLUMN_TYPE, ZG_DUPLICATE_COLUMN, naming the column;
/// ZG_UNKNOWN_RULE, an input error (1xx), a policy error (2xx) or a rule's error (3xx), naming row and
/// person; ZG_CONTRADICTORY_FACTS where an input is a column and shared; ZG_INTERNAL. Since ABI 1.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_engine_evaluate_rows(
    engine: *const zg_engine,
    rule: *const c_char,
    rule_len: usize,
    shared: *const c_char,
    shared_len: usize,
    rows: *mut FFI_ArrowArrayStream,
    on_error: i32,
    lang: i32,
    out: *mut FFI_ArrowArrayStream,
    err: *mut *mut zg_error,
) -> zg_status {
    // SAFETY: the conventions of the header, which callers keep.
    let taken = unsafe { take(rows) };
    let body = || {
        let rows = taken.ok_or_else(|| Fault::null("rows"))?;
        // SAFETY: the conventions of the header, which callers keep.
        let (engine, out, rule, shared) = unsafe {
            (
                handle::borrow(engine, "engine")?,
                Out::new(out, "out")?,
                text::read(rule, rule_len, "rule")?,
                text::read(shared, shared_len, "shared")?,
            )
        };
        let on_error = stream::on_error(on_error)?;
        let language = payslip::language(lang)?;
        let shared = match shared {
            "" => Json::Object(Map::new()),
            text => request::parse(text).map_err(|error| error.field("shared"))?,
        };
        if !shared.is_object() {
            return Err(no_object("shared").into());
        }
        let records = read(rows, "rows")?;
        let answers = evaluate_records(engine, (rule, &shared), records, on_error, language)?;
        out.put(export(Running::table(answers)));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}
