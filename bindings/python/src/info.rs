//! What is inside: rules, error codes, versions.

use guarded::guarded;
use pyo3::{prelude::*, types::PyDict};
use serde_json::{Value as Json, json};
use zhenggong::{
    ErrorCode,
    policy::{Pack, PolicyBook},
};

use crate::output;

/// Return the rule catalogue (规则目录), one dict a rule.
///
/// Returns:
///     For each rule its ``id``, names, ``inputs`` (key, names, form, whether it is always needed),
///     ``output``, and the ``policy`` fields that it reads.
///
/// Example:
///     >>> import zhenggong
///     >>> any(r["id"] == "allowance.police-rank" for r in zhenggong.rules())
///     True
#[guarded]
#[pyfunction]
pub(crate) fn rules(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    output::value(py, &zhenggong::catalogue::to_json())
}

/// Return every error code: ``code``, ``name``, ``class``.
///
/// Example:
///     >>> import zhenggong
///     >>> {c["code"]: c["name"] for c in zhenggong.error_codes()}[108]
///     'MissingFact'
#[guarded]
#[pyfunction]
pub(crate) fn error_codes(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let all = ErrorCode::ALL
        .iter()
        .map(|c| json!({ "code": c.number(), "name": c.name(), "class": c.class().as_str() }));
    output::value(py, &Json::Array(all.collect()))
}

/// Return the SHA-256 over the built-in national packs.
///
/// Two installations with the same digest compute with the same values.
///
/// Example:
///     >>> import zhenggong
///     >>> len(zhenggong.data_version)
///     64
#[guarded]
#[pyfunction]
pub(crate) fn data_version() -> String {
    PolicyBook::new(Pack::national()).digest().to_owned()
}

/// Return how this library was built: ``version``, ``profile``, ``target``, ``abi``.
///
/// Example:
///     >>> import zhenggong
///     >>> zhenggong.build_info()["abi"]
///     'abi3-py311'
#[guarded]
#[pyfunction]
pub(crate) fn build_info(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    let info = PyDict::new(py);
    info.set_item("version", env!("CARGO_PKG_VERSION"))?;
    info.set_item("profile", if cfg!(debug_assertions) { "dev" } else { "release" })?;
    info.set_item("target", format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS))?;
    info.set_item("abi", "abi3-py311")?;
    Ok(info)
}
