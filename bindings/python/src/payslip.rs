//! Payslips.

use pyo3::{prelude::*, types::PyTuple};
use zhenggong::{
    policy::Evidence,
    settlement::{PayLine as CoreLine, Payslip as CorePayslip},
};

use crate::{error::Result, html, output};

/// One line of a payslip (工资项目).
///
/// Attributes:
///     item: Code of the item, such as ``"post-pay"``.
///     zh: Chinese name of the item.
///     en: English name of the item.
///     side: ``"earning"``, ``"deduction"`` or ``"employer-cost"``.
///     amount: Amount in yuan, to the fen.
///     origin: ``"computed"`` by a rule or ``"stated"`` by the office.
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct PayLine {
    inner: CoreLine,
}

#[pymethods]
impl PayLine {
    #[getter]
    fn item(&self) -> &'static str {
        self.inner.item.code()
    }

    #[getter]
    fn zh(&self) -> &'static str {
        self.inner.item.zh()
    }

    #[getter]
    fn en(&self) -> &'static str {
        self.inner.item.en()
    }

    #[getter]
    fn side(&self) -> &'static str {
        self.inner.item.side().code()
    }

    #[getter]
    fn amount<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::decimal(py, self.inner.amount)
    }

    #[getter]
    fn origin(&self) -> &'static str {
        self.inner.origin.code()
    }

    fn __repr__(&self) -> String {
        format!("<PayLine {} {} {}>", self.inner.item, self.inner.amount, self.inner.origin.code())
    }
}

/// Returns lines as a tuple.
pub(crate) fn lines<'py>(py: Python<'py>, lines: &[CoreLine]) -> PyResult<Bound<'py, PyTuple>> {
    let made = lines.iter().map(|inner| Py::new(py, PayLine { inner: *inner }));
    PyTuple::new(py, made.collect::<PyResult<Vec<_>>>()?)
}

/// One person's pay for one month (工资单): lines, totals, and why each line is what it is.
///
/// All amounts are ``Decimal`` in yuan, to the fen.
///
/// Attributes:
///     person: Opaque id of the person.
///     unit: The unit.
///     kind: ``"officer"`` or ``"auxiliary"``.
///     month: The month, such as ``"2025-03"``.
///     lines: The lines, in the order in which they are printed.
///     gross: All earnings (应发合计).
///     deductions: All deductions (扣款合计).
///     net: Gross less deductions (实发合计).
///     employer_cost: What the employer pays on top (单位承担合计).
///     evidence: The weakest evidence used, or None where no policy value was used.
///     derivation: The lines of the computation, with names in both languages and every citation.
///     receipt: What it was computed with: library version, pack digest, place, month.
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Payslip {
    pub(crate) inner: CorePayslip,
}

#[pymethods]
impl Payslip {
    #[getter]
    fn person(&self) -> &str {
        self.inner.person.as_str()
    }

    #[getter]
    fn unit(&self) -> &str {
        self.inner.unit.as_str()
    }

    #[getter]
    fn kind(&self) -> &'static str {
        self.inner.kind.code()
    }

    #[getter]
    fn month(&self) -> String {
        self.inner.month.to_string()
    }

    #[getter]
    fn lines<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        lines(py, &self.inner.lines)
    }

    #[getter]
    fn gross<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::decimal(py, self.inner.gross)
    }

    #[getter]
    fn deductions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::decimal(py, self.inner.deductions)
    }

    #[getter]
    fn net<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::decimal(py, self.inner.net)
    }

    #[getter]
    fn employer_cost<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::decimal(py, self.inner.employer_cost)
    }

    #[getter]
    fn evidence(&self) -> Option<&'static str> {
        self.inner.weakest_evidence().map(Evidence::code)
    }

    #[getter]
    fn derivation<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, &self.inner.derivation.to_json())
    }

    #[getter]
    fn receipt<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, &self.inner.receipt.to_json())
    }

    /// Return the amount of an item by its code, or None where the slip has no such line.
    fn amount<'py>(&self, py: Python<'py>, item: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        let found = self.inner.lines.iter().find(|l| l.item.code() == item);
        found.map(|l| output::decimal(py, l.amount)).transpose()
    }

    /// Return lines with their origin, and totals, as text in ``"zh"`` or ``"en"``.
    #[pyo3(signature = (language = "zh"))]
    fn text(&self, language: &str) -> Result<String> {
        Ok(self.inner.text(output::language(language)?))
    }

    /// Return why every line is what it is, as indented text in ``"zh"`` or ``"en"``.
    #[pyo3(signature = (language = "zh"))]
    fn explain(&self, language: &str) -> Result<String> {
        Ok(self.inner.derivation.text(output::language(language)?))
    }

    /// Return all of it as JSON text, the same bytes as in Rust and C.
    fn to_json(&self) -> String {
        output::json_text(&self.inner.to_json())
    }

    fn __repr__(&self) -> String {
        format!("<Payslip {} {} net {}>", self.inner.month, self.inner.person, self.inner.net)
    }

    fn _repr_html_(&self) -> String {
        let slip = &self.inner;
        let head = format!("工资单 {} {} {}", slip.month, slip.person, slip.unit);
        let mut rows = vec![vec!["项目".to_owned(), "元".to_owned()]];
        rows.extend(slip.lines.iter().map(|l| vec![l.item.zh().to_owned(), l.amount.to_string()]));
        for (name, amount) in [
            ("应发合计", slip.gross),
            ("扣款合计", slip.deductions),
            ("实发合计", slip.net),
            ("单位承担合计", slip.employer_cost),
        ] {
            rows.push(vec![name.to_owned(), amount.to_string()]);
        }
        format!(
            "<div><strong>{}</strong>{}{}</div>",
            html::escape(&head),
            html::table(&rows),
            html::derivation(&slip.derivation.to_json())
        )
    }
}
