//! Single values: decimals, days, months, and the scalars of numpy and pandas.

use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyDate, PyInt, PyString},
};
use zhenggong::{
    Error, ErrorCode,
    calendar::{Month, parse_date},
    error::shown,
    person::PersonMonth,
};

use crate::{
    error::Result,
    input::{invalid, of, type_name},
    text,
};

/// Places before or after the point that a `Decimal` may have to be written out.
const MAX_PLACES: i64 = 40;

pub(crate) fn at(error: Error, path: &str) -> Error {
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
pub(crate) fn no_number(repr: &str, path: &str) -> Error {
    match form(path) {
        Some(form) if form != "money" && form != "rate" => no_value(repr, path),
        _ => at(Error::new(ErrorCode::FloatRefused).arg("value", repr), path),
    }
}

/// Refuses what says that there is no value, and not which of the two that means.
#[cold]
pub(crate) fn no_value(repr: &str, path: &str) -> Error {
    invalid(
        path,
        format!(
            "{repr} 不是值：不详的事实不要传，不适用的请传 None / {repr} is no value; leave out a fact that is \
             not known, and pass None for one that does not apply"
        ),
    )
}

/// Refuses a whole number that no fact can have.
#[cold]
pub(crate) fn too_large(digits: &str, path: &str) -> Error {
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

/// Returns a scalar of another library as the value of Python that it is exactly, or none for another
/// value: an integer as an int, a day as a `date`; a float and a bool too, so that they are refused as
/// such. A time of numpy that is not one of days is refused.
pub(crate) fn plain<'py>(
    value: &Bound<'py, PyAny>,
    path: &str,
) -> Result<Option<Bound<'py, PyAny>>> {
    // A bool of Python is an int for `__index__`, and stays what it is.
    if value.is_instance_of::<PyInt>() {
        return Ok(None);
    }
    match numpy_kind(value)?.as_deref() {
        Some("b") => {
            let yes = PyBool::new(value.py(), value.is_truthy()?);
            return Ok(Some(yes.to_owned().into_any()));
        }
        Some("f") => return Ok(Some(value.call_method0("__float__")?)),
        Some("M") => return numpy_day(value, path).map(Some),
        Some(_) | None => {}
    }
    // Integers of other libraries are no `int`, but say that they are one by `__index__`.
    if value.hasattr("__index__")? {
        return Ok(value.call_method0("__index__").ok());
    }
    if ["NAType", "NaTType"].contains(&type_name(value).as_str()) {
        Err(no_value(&value.str()?.to_string(), path))?;
    }
    Ok(None)
}

/// Returns the letter by which numpy names the kind of one of its scalars.
fn numpy_kind(value: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if value.get_type().module()? != "numpy" || !value.hasattr("dtype")? {
        return Ok(None);
    }
    // An array is not a scalar, unless it has no dimension.
    if value.getattr("shape")?.len()? != 0 {
        return Ok(None);
    }
    value.getattr("dtype")?.getattr("kind")?.extract()
}

fn numpy_day<'py>(value: &Bound<'py, PyAny>, path: &str) -> Result<Bound<'py, PyAny>> {
    let (item, repr) = (value.call_method0("item")?, value.str()?.to_string());
    if item.is_none() {
        Err(no_value(&repr, path))?;
    }
    let kind = value.getattr("dtype")?.str()?.to_string();
    if kind == "datetime64[D]" && item.is_instance_of::<PyDate>() {
        return Ok(item);
    }
    let error = Error::new(ErrorCode::InvalidDate).arg_in(
        "value",
        format!("{repr}（numpy.{kind}，请传 .astype('datetime64[D]')）"),
        format!("{repr} (a numpy.{kind}; pass .astype('datetime64[D]'))"),
    );
    Err(at(error, path).into())
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
        if repr == "NaT" {
            Err(no_value(&repr, path))?;
        }
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
        Ok(found) => Ok(Month::parse(&text::value(found, "month")?).map_err(|e| e.field("month"))?),
        Err(_) => {
            let repr = value.str()?.to_string();
            let error = Error::new(ErrorCode::InvalidMonth).arg("value", shown(&repr));
            Err(error.field("month").into())
        }
    }
}

/// Returns a day from a `date` or ISO text.
pub(crate) fn day(value: &Bound<'_, PyAny>, field: &'static str) -> Result<chrono::NaiveDate> {
    let plain = plain(value, field)?;
    let value = plain.as_ref().unwrap_or(value);
    let iso = match value.cast::<PyString>() {
        Ok(found) => text::value(found, field)?,
        Err(_) => date(value, field)?.ok_or_else(|| {
            let name = type_name(value);
            Error::new(ErrorCode::InvalidDate).arg("value", shown(&name)).field(field)
        })?,
    };
    Ok(parse_date(&iso).map_err(|e| e.field(field))?)
}
