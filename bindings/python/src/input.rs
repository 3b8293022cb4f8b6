//! Python values as the JSON that the core reads. Nothing is repaired or rounded.
//!
//! pyo3's own conversions take a float or a bool for a `Decimal`, and round what does not fit. Here an
//! amount is a `Decimal` or text, handed on digit by digit, and the core alone decides whether it has
//! too many.

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple},
};
use serde_json::{Map, Number, Value as Json};
use zhenggong::{
    Error, ErrorCode,
    calendar::{Month, parse_date},
    error::shown,
    person::{Label, PersonMonth},
};
use zhenggong_arrow::{OnError, json_rows};

use crate::{
    error::{Failure, Result},
    facts,
    person_facts::Facts,
    source::Source,
};

/// How deep lists and mappings may nest; no rule needs more than four.
const MAX_DEPTH: usize = 16;
/// Places before or after the point that a `Decimal` may have to be written out.
const MAX_PLACES: i64 = 40;

fn of<'py>(
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

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string())
}

/// Returns whether a value says that a fact is not known.
pub(crate) fn is_missing(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    static MISSING: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    Ok(value.is(&of(value.py(), &MISSING, "zhenggong.missing", "MISSING")?))
}

/// Returns a text, refusing one with half a character (a lone surrogate).
pub(crate) fn text(value: &Bound<'_, PyString>, path: &str) -> Result<String> {
    Ok(value.to_str().map(str::to_owned).map_err(|_| {
        let error = Error::new(ErrorCode::InvalidText)
            .arg_both("detail", "含不成对的代理字符 / a lone surrogate");
        if path.is_empty() { error } else { error.field(path) }
    })?)
}

/// Returns a mapping, a dataclass or a plain value as JSON.
pub(crate) fn json(value: &Bound<'_, PyAny>, path: &str, depth: usize) -> Result<Json> {
    if depth > MAX_DEPTH {
        Err(invalid(path, "嵌套过深 / nested too deep"))?;
    }
    if value.is_none() {
        return Ok(Json::Null);
    }
    if let Ok(found) = value.cast::<PyString>() {
        return Ok(text(found, path)?.into());
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
    if let Ok(list) = value.cast::<PyList>() {
        return items(list.iter(), path, depth);
    }
    if let Ok(tuple) = value.cast::<PyTuple>() {
        return items(tuple.iter(), path, depth);
    }
    if let Ok(facts) = value.cast::<Facts>() {
        return facts.get().json();
    }
    if depth > 0 && is_table(value)? {
        let rows = Source::table(value, OnError::Stop)?.read(|batches| json_rows(batches));
        return match rows {
            Err(Failure::Core(error)) => Err(error.arg("table", path).into()),
            rows => Ok(rows?.into()),
        };
    }
    match entries(value)? {
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
    // Most mappings are dicts, which need no look at their attributes.
    Ok(!value.is_instance_of::<PyDict>()
        && (value.hasattr("__arrow_c_stream__")? || value.hasattr("__arrow_c_array__")?))
}

fn at(error: Error, path: &str) -> Error {
    if path.is_empty() { error } else { error.field(path) }
}

/// Returns the form of the fact that stands there, where it is one.
fn form(path: &str) -> Option<&'static str> {
    if path.starts_with("stated.") {
        return Some("money");
    }
    PersonMonth::FACTS.iter().find(|fact| fact.term.code == path).map(|fact| (fact.form)())
}

/// Refuses NaN and the infinities, by which tables often say that a value is missing.
#[cold]
fn no_number(repr: &str, path: &str) -> Error {
    match form(path) {
        Some(form) if form != "money" && form != "rate" => invalid(
            path,
            format!(
                "{repr} 不是值：不详的事实不要传，不适用的请传 None / {repr} is no value; leave out a fact that is \
                 not known, and pass None for one that does not apply"
            ),
        ),
        _ => at(Error::new(ErrorCode::FloatRefused).arg("value", repr), path),
    }
}

/// Refuses a whole number that no fact can have.
#[cold]
fn too_large(digits: &str, path: &str) -> Error {
    match form(path) {
        Some("money" | "rate") => {
            at(Error::new(ErrorCode::FloatRefused).arg("value", shown(digits)), path)
        }
        Some("count") => at(
            Error::new(ErrorCode::NumberOutOfRange)
                .arg("value", shown(digits))
                .arg("min", u32::MIN)
                .arg("max", u32::MAX),
            path,
        ),
        _ => out_of_range(digits, path),
    }
}

fn out_of_range(value: &str, path: &str) -> Error {
    let error = Error::new(ErrorCode::NumberOutOfRange)
        .arg("value", shown(value))
        .arg("min", i64::MIN)
        .arg("max", i64::MAX);
    at(error, path)
}

fn items<'py>(
    values: impl Iterator<Item = Bound<'py, PyAny>>,
    path: &str,
    depth: usize,
) -> Result<Json> {
    let numbered = values.enumerate();
    let made = numbered.map(|(n, item)| json(&item, &format!("{path}[{n}]"), depth + 1));
    Ok(Json::Array(made.collect::<Result<Vec<_>>>()?))
}

type Pairs<'py> = Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>;

/// Returns the entries of a mapping or the fields of a dataclass, or none for another value.
fn entries<'py>(value: &Bound<'py, PyAny>) -> Result<Option<Pairs<'py>>> {
    static FIELDS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static MISSING: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = value.py();
    if let Ok(dict) = value.cast::<PyDict>() {
        return Ok(Some(dict.iter().collect()));
    }
    if value.hasattr("__dataclass_fields__")? && !value.is_instance_of::<pyo3::types::PyType>() {
        let fields = of(py, &FIELDS, "dataclasses", "fields")?.call1((value,))?;
        let missing = of(py, &MISSING, "zhenggong.missing", "MISSING")?;
        let mut pairs = Vec::new();
        for field in fields.try_iter()? {
            let name = field?.getattr("name")?;
            let found = value.getattr(name.cast::<PyString>().map_err(PyErr::from)?)?;
            if !found.is(&missing) {
                pairs.push((name, found));
            }
        }
        return Ok(Some(pairs));
    }
    if let Ok(mapping) = value.cast::<PyMapping>() {
        let mut pairs = Vec::new();
        for pair in mapping.items()?.iter() {
            pairs.push(pair.extract()?);
        }
        return Ok(Some(pairs));
    }
    Ok(None)
}

fn object(pairs: Pairs<'_>, path: &str, depth: usize) -> Result<Json> {
    let mut map = Map::with_capacity(pairs.len());
    for (key, found) in pairs {
        let Ok(key) = key.cast::<PyString>() else {
            return Err(invalid(path, "键须为文本 / keys must be text").into());
        };
        let key = text(key, path)?;
        let made = json(&found, &join(path, &key), depth + 1)?;
        map.insert(key, made);
    }
    Ok(map.into())
}

/// Returns a `Decimal` in plain digits, or none for another value.
pub(crate) fn decimal(value: &Bound<'_, PyAny>, path: &str) -> Result<Option<String>> {
    static DECIMAL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    if !value.is_instance(&of(value.py(), &DECIMAL, "decimal", "Decimal")?)? {
        return Ok(None);
    }
    let repr = value.str()?.to_string();
    if !value.call_method0("is_finite")?.is_truthy()? {
        // The core refuses the text, as it does in Rust and C.
        return Ok(Some(repr));
    }
    // Writing out 1E+1000000 would take a million digits.
    let exponent: i64 = value.call_method0("as_tuple")?.getattr("exponent")?.extract()?;
    let adjusted: i64 = value.call_method0("adjusted")?.extract()?;
    if adjusted > MAX_PLACES || exponent > MAX_PLACES {
        Err(out_of_range(&repr, path))?;
    }
    if exponent < -MAX_PLACES {
        let error =
            Error::new(ErrorCode::TooManyDigits).arg("value", shown(&repr)).arg("digits", 2);
        Err(at(error, path))?;
    }
    Ok(Some(value.call_method1("__format__", ("f",))?.extract()?))
}

/// Returns a `date` in ISO form, or none for another value; a `datetime` is refused, because its time
/// of day would be dropped.
pub(crate) fn date(value: &Bound<'_, PyAny>, path: &str) -> Result<Option<String>> {
    static DATE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    static DATETIME: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = value.py();
    if !value.is_instance(&of(py, &DATE, "datetime", "date")?)? {
        return Ok(None);
    }
    if value.is_instance(&of(py, &DATETIME, "datetime", "datetime")?)? {
        let repr = value.str()?.to_string();
        let error = Error::new(ErrorCode::InvalidDate).arg_in(
            "value",
            format!("{repr}（datetime，请传 .date()）"),
            format!("{repr} (a datetime; pass .date())"),
        );
        Err(at(error, path))?;
    }
    Ok(Some(value.call_method0("isoformat")?.extract()?))
}

/// Returns a month from text such as `2025-03`.
pub(crate) fn month(value: &Bound<'_, PyAny>) -> Result<Month> {
    match value.cast::<PyString>() {
        Ok(found) => Ok(Month::parse(&text(found, "month")?).map_err(|e| e.field("month"))?),
        Err(_) => {
            let repr = value.str()?.to_string();
            let error = Error::new(ErrorCode::InvalidMonth).arg("value", shown(&repr));
            Err(error.field("month").into())
        }
    }
}

/// Returns a day from a `date` or ISO text.
pub(crate) fn day(value: &Bound<'_, PyAny>, field: &'static str) -> Result<chrono::NaiveDate> {
    let iso = match value.cast::<PyString>() {
        Ok(found) => text(found, field)?,
        Err(_) => date(value, field)?.ok_or_else(|| {
            let name = type_name(value);
            Error::new(ErrorCode::InvalidDate).arg("value", shown(&name)).field(field)
        })?,
    };
    Ok(parse_date(&iso).map_err(|e| e.field(field))?)
}

/// Returns the person whom facts are about, where they say so in a text that can be an id.
fn person_id(facts: Option<&Bound<'_, PyAny>>, more: Option<&Bound<'_, PyDict>>) -> Option<String> {
    let given = more.and_then(|more| more.get_item("person").ok().flatten());
    let found = given.or_else(|| {
        let facts = facts?;
        match facts.cast::<PyMapping>() {
            Ok(facts) => facts.get_item("person").ok(),
            Err(_) => facts.getattr("person").ok(),
        }
    })?;
    let id = found.cast::<PyString>().ok()?.to_str().ok()?.to_owned();
    Label::id("person", &id).is_ok().then_some(id)
}

/// Returns the facts of one person from a mapping or dataclass and keyword arguments. Every error names
/// the person.
pub(crate) fn person(
    facts: Option<&Bound<'_, PyAny>>,
    more: Option<&Bound<'_, PyDict>>,
) -> Result<PersonMonth> {
    read_person(facts, more).map_err(|failure| match failure {
        Failure::Core(error) => Failure::Core(match person_id(facts, more) {
            Some(id) => error.person(id),
            None => error,
        }),
        other => other,
    })
}

fn read_person(
    facts: Option<&Bound<'_, PyAny>>,
    more: Option<&Bound<'_, PyDict>>,
) -> Result<PersonMonth> {
    let more = more.filter(|more| !more.is_empty());
    if let (Some(facts), None) = (facts, more)
        && let Ok(read) = facts.cast::<Facts>()
    {
        return Ok(PersonMonth::clone(&read.get().inner));
    }
    // Most facts come as one plain dict, which is read at once.
    let plain = match (facts, more) {
        (Some(facts), None) => facts.cast_exact::<PyDict>().ok(),
        (None, Some(more)) => Some(more),
        _ => None,
    };
    if let Some(person) = plain.and_then(|plain| facts::person(plain)) {
        return Ok(person);
    }
    let mut map = match facts {
        None => Map::new(),
        Some(found) => match json(found, "", 0)? {
            Json::Object(map) => map,
            _ => Err(no_mapping("人员事实", "facts", found))?,
        },
    };
    if let Some(more) = more {
        for (key, value) in more.iter() {
            let key: String = key.extract()?;
            let made = json(&value, &key, 1)?;
            if map.insert(key.clone(), made).is_some() {
                let detail = format!("{key} 给出两次 / {key} is given twice");
                Err(Error::new(ErrorCode::ContradictoryFacts)
                    .arg_both("detail", detail)
                    .field(key))?;
            }
        }
    }
    Ok(PersonMonth::from_value(&Json::Object(map))?)
}

/// The facts of many people with their rows, from 1, and the errors of those that can't be read.
pub(crate) struct People {
    pub(crate) read: Vec<(u64, PersonMonth)>,
    pub(crate) unread: Vec<Error>,
}

/// Returns the facts of many people. Facts that can't be read are refused, or `kept` as an error; each names
/// its row.
pub(crate) fn people(table: &Bound<'_, PyAny>, kept: bool) -> Result<People> {
    let not_a_list = || {
        let name = type_name(table);
        let detail = format!(
            "人员须为字典或数据类的列表，或 Roster，而非 {name}；整表请用 month_run_table / people are a list of dicts \
             or dataclasses, or a Roster, not {name}; month_run_table takes a table"
        );
        invalid("people", detail)
    };
    let plain = table.is_instance_of::<PyString>() || table.is_instance_of::<PyDict>();
    if plain || table.hasattr("__arrow_c_stream__")? {
        return Err(not_a_list().into());
    }
    let mut people = People { read: Vec::new(), unread: Vec::new() };
    let Ok(items) = table.try_iter() else { return Err(not_a_list().into()) };
    for (row, item) in (1u64..).zip(items) {
        match person(Some(&item?), None) {
            Ok(person) => people.read.push((row, person)),
            Err(Failure::Core(error)) if kept => people.unread.push(error.row(row)),
            Err(Failure::Core(error)) => return Err(error.row(row).into()),
            Err(other) => return Err(other),
        }
    }
    Ok(people)
}
