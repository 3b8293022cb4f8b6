//! Month runs.

use guarded::guarded;
use pyo3::{
    prelude::*,
    types::{PyDict, PyList, PyTuple},
};
use zhenggong::settlement::{MonthRun as CoreRun, RunRow as CoreRow, Totals as CoreTotals};

use crate::{
    error::{self, Result},
    html, output, payslip, pickled,
};

/// The pay of one person in a month run: lines and totals, without the derivation.
///
/// Attributes:
///     row: Row of the input, from 1; for a roster the line of its file.
///     person: Opaque id of the person.
///     unit: The unit.
///     kind: ``"officer"`` or ``"auxiliary"``.
///     lines: The lines, in the order in which they are printed.
///     gross: All earnings (应发合计), in yuan.
///     deductions: All deductions (扣款合计), in yuan.
///     net: Gross less deductions (实发合计), in yuan.
///     employer_cost: What the employer pays on top (单位承担合计), in yuan.
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct RunRow {
    inner: CoreRow,
}

#[guarded]
#[pymethods]
impl RunRow {
    #[getter]
    fn row(&self) -> u64 {
        self.inner.row
    }

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
    fn lines<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        payslip::lines(py, &self.inner.lines)
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

    fn __repr__(&self) -> String {
        format!("<RunRow {} {} net {}>", self.inner.row, self.inner.person, self.inner.net)
    }
}

/// Sums over people (合计), in yuan.
///
/// Attributes:
///     people: How many people.
///     items: Sum by the code of the item.
///     gross: Sum of gross pay (应发合计).
///     deductions: Sum of deductions (扣款合计).
///     net: Sum of net pay (实发合计).
///     employer_cost: Sum of what the employer pays on top (单位承担合计).
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Totals {
    inner: CoreTotals,
}

#[guarded]
#[pymethods]
impl Totals {
    #[getter]
    fn people(&self) -> u64 {
        self.inner.people
    }

    #[getter]
    fn items<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let items = PyDict::new(py);
        for (item, sum) in &self.inner.items {
            items.set_item(item.code(), output::decimal(py, *sum)?)?;
        }
        Ok(items)
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

    fn __repr__(&self) -> String {
        format!("<Totals of {} net {}>", self.inner.people, self.inner.net)
    }
}

/// The result of a month run (月度核算): good rows, bad rows, totals, receipt.
///
/// It does not pickle: keep ``to_json()`` or ``to_csv()``.
///
/// Attributes:
///     month: The month.
///     rows: The people whose pay could be computed, in the order of the input.
///     errors: The errors of the others, as exceptions that were not raised; each names its row
///         and person.
///     units: Totals by unit, of the good rows.
///     totals: Totals of all good rows.
///     receipt: What it was computed with.
///
/// Example:
///     >>> from zhenggong import Engine
///     >>> stated = {"post-pay": "2410", "level-pay": "3620", "pension": "0", "medical": "0",
///     ...           "occupational-annuity": "0", "housing-fund": "0", "income-tax": "30.90"}
///     >>> person = {"person": "P1", "unit": "城东派出所", "kind": "民警", "rank": None,
///     ...           "duty": None, "stated": stated}
///     >>> other = person | {"person": "P2", "stated": {}}
///     >>> run = Engine().month_run([person, other], month="2025-03")
///     >>> [(row.person, row.net) for row in run.rows], [error.name for error in run.errors]
///     ([('P1', Decimal('5999.10'))], ['MissingFact'])
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct MonthRun {
    pub(crate) inner: CoreRun,
}

#[guarded]
#[pymethods]
impl MonthRun {
    #[getter]
    fn month(&self) -> String {
        self.inner.month.to_string()
    }

    #[getter]
    fn rows<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.inner.rows.iter().map(|r| RunRow { inner: r.clone() }))
    }

    #[getter]
    fn errors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let made = self.inner.errors.iter().map(|e| error::exception(py, &e.error, &[]));
        PyList::new(py, made.collect::<PyResult<Vec<_>>>()?)
    }

    #[getter]
    fn units<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let units = PyDict::new(py);
        for (unit, totals) in &self.inner.units {
            units.set_item(unit.as_str(), Py::new(py, Totals { inner: totals.clone() })?)?;
        }
        Ok(units)
    }

    #[getter]
    fn totals(&self) -> Totals {
        Totals { inner: self.inner.totals.clone() }
    }

    #[getter]
    fn receipt<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, &self.inner.receipt.to_json())
    }

    /// Return the run as CSV text with names in ``"zh"`` or ``"en"``, one line per person.
    #[pyo3(signature = (language = "zh"))]
    fn to_csv(&self, language: &str) -> Result<String> {
        let bytes = zhenggong_roster::write_run(&self.inner, output::language(language)?)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Return rows, errors, totals and receipt as JSON text, the same bytes as in Rust and C.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| output::json_text(&self.inner.to_json()))
    }

    fn __reduce__(&self) -> PyResult<()> {
        let instead =
            "keep to_json() or to_csv(), or send the Engine and the facts and run it there";
        Err(pickled::refused("MonthRun", instead))
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
        let run = &self.inner;
        format!(
            "<MonthRun {}: {} computed, {} not, net {}>",
            run.month,
            run.rows.len(),
            run.errors.len(),
            run.totals.net
        )
    }

    fn _repr_html_(&self) -> String {
        let run = &self.inner;
        let head = ["单位", "人数", "应发合计", "扣款合计", "实发合计", "单位承担"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        let units = run.units.iter().map(|(unit, t)| (unit.as_str(), t));
        for (name, t) in units.chain([("合计", &run.totals)]) {
            let mut row = vec![name.to_owned(), t.people.to_string()];
            row.extend([t.gross, t.deductions, t.net, t.employer_cost].map(|m| m.to_string()));
            rows.push(row);
        }
        let errors: String = run
            .errors
            .iter()
            .map(|e| format!("<li>{}</li>", html::escape(&e.error.zh())))
            .collect();
        format!(
            "<div><strong>月度核算 {}</strong>{}<details><summary>{} 人未能核算</summary><ul>{errors}</ul></details></div>",
            run.month,
            html::table(&rows, |column| column == 0),
            run.errors.len()
        )
    }
}
