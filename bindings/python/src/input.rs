//! Python values as the JSON that the core reads. Nothing is repaired or rounded.
//!
//! pyo3's own conversions take a float or a bool for a `Decimal`, and round what does not fit. Here an
//! amount is a `Decimal` or text, handed on digit by digit, and the core alone decides whether it has
//! too many.

use std::fmt::Write;

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple},
};
use serde_json::{Map, Number, Value as Json};
use zhenggong::{Error, ErrorCode};
use zhenggong_arrow::{OnError, json_rows};

use crate::{
    error::{Failure, Result},
    person_facts::Facts,
    scalars::{self, date, decimal, no_number, too_large},
    source::Source,
    text,
};

/// How deep lists and mappings may nest; no rule needs more than four.
const MAX_DEPTH: usize = 16;

pub(crate) fn of<'py>(
    py: Python<'py>,
    cell: &'static PyOnceLock<Py<PyAny>>,
    module: &str,
    name: &str,
) -> PyResult<Bound<'py, PyAny>> {
    cell.import(py, module, name).cloned()
}

pub(crate) fn invalid(path: &str, detail: impl std::fmt::Display) -> Error {
    let error = Error::new(ErrorCode::InvalidInput).arg_both("detail", detail);
    if path.is_empty() { error } else { error.field(path) }
}

/// Says that a dict or a dataclass is needed, and what stands there.
#[cold]
pub(crate) fn no_mapping(zh: &str, en: &str, found: &Bound<'_, PyAny>) -> Error {
    let kind = type_name(found);
    invalid(
        "",
        format!(
            "{zh}须为字典或数据类，而非 {kind} / {en} must be a dict or a dataclass, not {kind}"
        ),
    )
}

pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string())
}

/// Returns whether a value says that a fact is not known.
pub(crate) fn is_missing(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    static MISSING: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    Ok(value.is(&of(value.py(), &MISSING, "zhenggong.missing", "MISSING")?))
}

/// Returns a mapping, a dataclass or a plain value as JSON.
pub(crate) fn json(value: &Bound<'_, PyAny>, path: &str, depth: usize) -> Result<Json> {
    json_at(value, &mut path.to_owned(), depth)
}

/// Returns a value as JSON. The path grows and shrinks in one text, which only an error reads.
fn json_at(value: &Bound<'_, PyAny>, path: &mut String, depth: usize) -> Result<Json> {
    if depth > MAX_DEPTH {
        Err(invalid(path, "嵌套过深 / nested too deep"))?;
    }
    if value.is_none() {
        return Ok(Json::Null);
    }
    if let Ok(found) = value.cast::<PyString>() {
        return Ok(text::value(found, path)?.into());
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        return object(dict.iter(), path, depth);
    }
    if let Ok(list) = value.cast::<PyList>() {
        return items(list.iter(), path, depth);
    }
    if let Ok(yes) = value.cast::<PyBool>() {
        return Ok(yes.is_true().into());
    }
    if value.is_instance_of::<PyInt>() {
        return match (value.extract::<i64>(), value.extract::<u64>()) {
            (Ok(n), _) => Ok(n.into()),
            (Err(_), Ok(n)) => Ok(n.into()),
            // Python refuses to write out a number of very many digits.
            _ => Err(too_large(&value.str().map_or_else(|_| "…".into(), |s| s.to_string()), path))?,
        };
    }
    if let Ok(float) = value.cast::<PyFloat>() {
        // No field of any input is a float. The core refuses it, with the same code as for a JSON
        // number in Rust and C; NaN and the infinities have no JSON form and are refused here.
        return match Number::from_f64(float.value()) {
            Some(number) => Ok(number.into()),
            None => Err(no_number(&float.str()?.to_string(), path))?,
        };
    }
    if let Some(number) = decimal(value, path)? {
        return Ok(number.into());
    }
    if let Some(day) = date(value, path)? {
        return Ok(day.into());
    }
    if let Ok(tuple) = value.cast::<PyTuple>() {
        return items(tuple.iter(), path, depth);
    }
    if let Ok(facts) = value.cast::<Facts>() {
        return facts.get().json();
    }
    if let Some(plain) = scalars::plain(value, path)? {
        return json_at(&plain, path, depth);
    }
    if depth > 0 && is_table(value)? {
        let rows = Source::table(value, OnError::Stop)?.read(|batches| json_rows(batches));
        return match rows {
            Err(Failure::Core(error)) => Err(error.arg("table", path.as_str()).into()),
            rows => Ok(rows?.into()),
        };
    }
    match entries(value, path)? {
        Some(pairs) => object(pairs, path, depth),
        None => Err(invalid(
            path,
            format!(
                "不接受类型 {0}，请传 str、Decimal、date、int、列表、表或字典 / \
                 type {0} is not accepted; pass str, Decimal, date, int, a list, a table or a dict",
                type_name(value)
            ),
        ))?,
    }
}

/// Returns whether a value is a table, which stands for the list of its rows.
fn is_table(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(value.hasattr("__arrow_c_stream__")? || value.hasattr("__arrow_c_array__")?)
}

fn items<'py>(
    values: impl Iterator<Item = Bound<'py, PyAny>>,
    path: &mut String,
    depth: usize,
) -> Result<Json> {
    let (mut made, start) = (Vec::new(), path.len());
    for (n, item) in values.enumerate() {
        // Writing into a String can't fail.
        write!(path, "[{n}]").unwrap_or_default();
        made.push(json_at(&item, path, depth + 1)?);
        path.truncate(start);
    }
    Ok(Json::Array(made))
}

type Pairs<'py> = Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>;

/// Returns the entries of a mapping or the fields of a dataclass, or none for another value.
fn entries<'py>(value: &Bound<'py, PyAny>, path: &str) -> Result<Option<Pairs<'py>>> {
    static FIELDS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = value.py();
    let mut pairs = Vec::new();
    if value.hasattr("__dataclass_fields__")? && !value.is_instance_of::<pyo3::types::PyType>() {
        let fields = of(py, &FIELDS, "dataclasses", "fields")?.call1((value,))?;
        for field in fields.try_iter()? {
            let name = field?.getattr("name")?;
            let found = value.getattr(name.cast::<PyString>().map_err(PyErr::from)?)?;
            // Codes of items have hyphens, which no field of a dataclass can have.
            let name =
                if path == "stated" { name.call_method1("replace", ("_", "-"))? } else { name };
            pairs.push((name, found));
        }
        return Ok(Some(pairs));
    }
    if let Ok(mapping) = value.cast::<PyMapping>() {
        for pair in mapping.items()?.iter() {
            pairs.push(pair.extract()?);
        }
        return Ok(Some(pairs));
    }
    Ok(None)
}

fn object<'py>(
    pairs: impl IntoIterator<Item = (Bound<'py, PyAny>, Bound<'py, PyAny>)>,
    path: &mut String,
    depth: usize,
) -> Result<Json> {
    let (mut map, start) = (Map::new(), path.len());
    for (key, found) in pairs {
        if is_missing(&found)? {
            continue;
        }
        let Ok(key) = key.cast::<PyString>() else {
            return Err(invalid(path, "键须为文本 / keys must be text").into());
        };
        let key = text::key(key, path)?;
        if start > 0 {
            path.push('.');
        }
        path.push_str(&key);
        let made = json_at(&found, path, depth + 1)?;
        path.truncate(start);
        map.insert(key, made);
    }
    Ok(map.into())
}

/// Returns the input of a rule: a mapping or dataclass, or keyword arguments.
pub(crate) fn of_rule(
    input: Option<&Bound<'_, PyAny>>,
    fields: Option<&Bound<'_, PyDict>>,
) -> Result<Json> {
    let fields = fields.filter(|fields| !fields.is_empty());
    match (input, fields) {
        (None, None) => Ok(Map::new().into()),
        (None, Some(fields)) => object(fields.iter(), &mut String::new(), 0),
        (Some(input), None) => match json(input, "", 0)? {
            Json::Object(map) => Ok(map.into()),
            _ => Err(no_mapping("规则的输入", "the input of a rule", input).into()),
        },
        (Some(_), Some(fields)) => {
            let keys = fields.keys().iter().map(|key| key.to_string()).collect::<Vec<_>>();
            let detail = format!(
                "输入请放在一个字典里，或全用关键字，不要两者并用：{} / give the inputs in one dict or all as keywords, \
                 not both: {}",
                keys.join("、"),
                keys.join(", ")
            );
            Err(invalid("", detail).into())
        }
    }
}
