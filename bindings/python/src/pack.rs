//! Policy packs.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
};

use guarded::guarded;
use pyo3::{exceptions::PyTypeError, prelude::*, types::PyList};
use zhenggong::{
    Error, ErrorCode,
    error::shown,
    policy::{Pack as CorePack, PolicyBook},
};

use crate::{
    error::{Failure, Result},
    finding::Finding,
    input,
    pickled::{self, Reduced},
};

/// A policy pack (政策包): the dated, sourced values of one place.
///
/// A pack with mistakes can be made and looked at, but an engine refuses it. A pack pickles as its
/// text; packs are equal where text and name of the file are.
///
/// Attributes:
///     id: The id that a place is named by.
///     layer: ``"national"``, ``"province"``, ``"city"`` or ``"unit"``.
///     place: The name of the place.
///     file: The name of the file.
///     digest: SHA-256 of the text, in hex.
///     findings: What was found in the file itself.
///
/// Example:
///     >>> from zhenggong import Pack
///     >>> pack = Pack.example("example-city")
///     >>> pack.layer, pack.findings
///     ('city', [])
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Pack {
    pub(crate) inner: CorePack,
}

#[guarded]
#[pymethods]
impl Pack {
    /// Read a pack from TOML text.
    ///
    /// Args:
    ///     text: The whole pack.
    ///     name: How findings name it.
    ///
    /// Example:
    ///     >>> from zhenggong import Pack
    ///     >>> pack = Pack.from_text("[pack", name="my-city.toml")
    ///     >>> finding = pack.findings[-1]
    ///     >>> finding.file, finding.line, finding.severity, finding.name
    ///     ('my-city.toml', 1, 'error', 'PackSyntax')
    #[staticmethod]
    #[pyo3(signature = (text, *, name = "pack.toml"))]
    fn from_text(py: Python<'_>, text: &str, name: &str) -> Self {
        Self { inner: py.detach(|| CorePack::parse(name, text)) }
    }

    /// Read a pack from a file in UTF-8.
    ///
    /// Raises:
    ///     InputError: 125 Io where the file can't be read; 118 NotUtf8.
    #[staticmethod]
    fn from_file(py: Python<'_>, path: PathBuf) -> Result<Self> {
        let name = path.display().to_string();
        let bytes = read(py, &path)?;
        let text = String::from_utf8(bytes).map_err(|e| {
            Error::new(ErrorCode::NotUtf8).arg("detail", shown(&format!("{name}: {e}")))
        })?;
        Ok(Self { inner: py.detach(|| CorePack::parse(&name, &text)) })
    }

    /// Return the packs with the national standards that the library carries.
    #[staticmethod]
    fn national(py: Python<'_>) -> Vec<Self> {
        py.detach(|| CorePack::national().into_iter().map(|inner| Self { inner }).collect())
    }

    /// Return a built-in pack with a published local scheme.
    ///
    /// Raises:
    ///     PolicyError: 217 UnknownPlace; see ``example_ids()``.
    ///
    /// Example:
    ///     >>> from zhenggong import Pack
    ///     >>> Pack.example("beijing").layer
    ///     'city'
    #[staticmethod]
    fn example(id: &str) -> Result<Self> {
        let found = CorePack::example(id).map(|inner| Self { inner });
        Ok(found.ok_or_else(|| {
            let known: Vec<_> = CorePack::example_ids().collect();
            Error::new(ErrorCode::UnknownPlace)
                .arg("place", shown(id))
                .arg_in("known", known.join("、"), known.join(", "))
                .field("id")
        })?)
    }

    /// Return the ids of the built-in local packs.
    #[staticmethod]
    fn example_ids() -> Vec<&'static str> {
        CorePack::example_ids().collect()
    }

    #[getter]
    fn id(&self) -> &str {
        self.inner.id()
    }

    #[getter]
    fn layer(&self) -> &'static str {
        self.inner.layer().code()
    }

    #[getter]
    fn place(&self) -> &str {
        self.inner.place()
    }

    #[getter]
    fn file(&self) -> &str {
        self.inner.file()
    }

    #[getter]
    fn digest(&self) -> &str {
        self.inner.digest()
    }

    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.inner.findings().iter().cloned().map(Finding::of))
    }

    /// Return how many values the pack sets.
    fn __len__(&self) -> usize {
        self.inner.len()
    }

    // A pack without values is still a pack: `if pack` asks whether there is one.
    fn __bool__(&self) -> bool {
        true
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner.file() == other.inner.file() && self.inner.text() == other.inner.text()
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.inner.digest().hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        pickled::reduced(py, "pack", (self.inner.text(), self.inner.file()))
    }

    // It never changes, so a copy is the object itself.
    fn __copy__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __deepcopy__<'py>(slf: PyRef<'py, Self>, memo: &Bound<'py, PyAny>) -> PyRef<'py, Self> {
        let _ = memo;
        slf
    }

    fn __repr__(&self) -> String {
        format!("<Pack {} {} ({} values)>", self.inner.id(), self.inner.layer(), self.inner.len())
    }
}

/// Returns the bytes of a file.
pub(crate) fn read(py: Python<'_>, path: &std::path::Path) -> Result<Vec<u8>> {
    Ok(py
        .detach(|| std::fs::read(path))
        .map_err(|e| Error::new(ErrorCode::Io).arg("detail", format!("{}: {e}", path.display())))?)
}

/// Returns the packs of any iterable of packs.
pub(crate) fn packs(found: &Bound<'_, PyAny>) -> Result<Vec<CorePack>> {
    let wrong = |found: &Bound<'_, PyAny>| {
        let kind = input::type_name(found);
        let detail = format!("packs must be a list of zhenggong.Pack objects, not {kind}");
        Failure::Python(PyTypeError::new_err(detail))
    };
    let mut out = Vec::new();
    for item in found.try_iter().map_err(|_| wrong(found))? {
        let item = item?;
        let pack = item.cast::<Pack>().map_err(|_| wrong(&item))?;
        out.push(pack.get().inner.clone());
    }
    Ok(out)
}

/// Check packs, alone and together (检查政策包).
///
/// Args:
///     packs: The packs to check.
///     national: Whether the built-in national packs stand above them.
///
/// Returns:
///     All findings, errors and warnings, with file, line and column.
///
/// Example:
///     >>> from zhenggong import Pack, lint
///     >>> lint([Pack.example("example-city")])
///     []
#[guarded]
#[pyfunction]
#[pyo3(signature = (packs, *, national = true))]
pub(crate) fn lint<'py>(
    py: Python<'py>,
    packs: &Bound<'py, PyAny>,
    national: bool,
) -> Result<Bound<'py, PyList>> {
    let given = self::packs(packs)?;
    let found = py.detach(|| {
        let mut all = if national { CorePack::national() } else { Vec::new() };
        all.extend(given);
        PolicyBook::new(all).lint()
    });
    Ok(PyList::new(py, found.into_iter().map(Finding::of))?)
}
