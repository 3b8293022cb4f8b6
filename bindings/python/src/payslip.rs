//! Payslips.

use std::sync::{Arc, OnceLock};

use guarded::guarded;
use pyo3::{prelude::*, types::PyTuple};
use zhenggong::{
    calendar::Month,
    engine::Engine,
    number::Money,
    person::PersonMonth,
    policy::Evidence,
    settlement::{Origin, PayLine as CoreLine, Payslip as CorePayslip, Receipt, Settled, Slip},
    vocabulary::{PayItem, Vocabulary},
};

use crate::{error::Result, html, output, pickled};

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
    item: PayItem,
    amount: Money,
    origin: Origin,
}

#[guarded]
#[pymethods]
impl PayLine {
    #[getter]
    fn item(&self) -> &'static str {
        self.item.code()
    }

    #[getter]
    fn zh(&self) -> &'static str {
        self.item.zh()
    }

    #[getter]
    fn en(&self) -> &'static str {
        self.item.en()
    }

    #[getter]
    fn side(&self) -> &'static str {
        self.item.side().code()
    }

    #[getter]
    fn amount<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::decimal(py, self.amount)
    }

    #[getter]
    fn origin(&self) -> &'static str {
        self.origin.code()
    }

    fn __repr__(&self) -> String {
        format!("<PayLine {} {} {}>", self.item, self.amount, self.origin.code())
    }
}

/// Returns lines as a tuple.
pub(crate) fn lines<'py>(py: Python<'py>, lines: &[CoreLine]) -> PyResult<Bound<'py, PyTuple>> {
    let made = lines.iter().map(|line| {
        Py::new(py, PayLine { item: line.item, amount: line.amount, origin: line.origin })
    });
    PyTuple::new(py, made.collect::<PyResult<Vec<_>>>()?)
}

/// One person's pay for one month (工资单): lines, totals, and why each line is what it is.
///
/// All amounts are ``Decimal`` in yuan, to the fen. It does not pickle: keep ``to_json()``, or send
/// the ``Engine`` and the ``Facts``, which do.
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
///
/// Example:
///     >>> from zhenggong import Engine
///     >>> stated = {"post-pay": "2410", "level-pay": "3620", "pension": "0", "medical": "0",
///     ...           "occupational-annuity": "0", "housing-fund": "0", "income-tax": "30.90"}
///     >>> person = {"person": "P1", "unit": "城东派出所", "kind": "民警", "rank": None,
///     ...           "duty": None, "stated": stated}
///     >>> slip = Engine().payslip(person, month="2025-03")
///     >>> slip.net, slip.amount("级别工资"), slip.amount("police-rank-allowance")
///     (Decimal('5999.10'), Decimal('3620.00'), None)
///     >>> [(line.item, line.origin) for line in slip.lines][:1]
///     [('post-pay', 'stated')]
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Payslip {
    engine: Arc<Engine>,
    person: Arc<PersonMonth>,
    month: Month,
    slip: Slip,
    settled: Settled,
    // Made when somebody asks why.
    explained: OnceLock<CorePayslip>,
}

impl Payslip {
    /// Computes lines and totals; the derivation waits until it is asked for.
    pub(crate) fn compute(
        engine: &Arc<Engine>,
        person: Arc<PersonMonth>,
        month: Month,
    ) -> Result<Self> {
        let (slip, settled) = engine.settle(&person, month)?;
        let (engine, explained) = (Arc::clone(engine), OnceLock::new());
        Ok(Self { engine, person, month, slip, settled, explained })
    }

    /// Returns the payslip with its derivation, from the same facts by the same rules.
    fn explained(&self, py: Python<'_>) -> Result<&CorePayslip> {
        if let Some(made) = self.explained.get() {
            return Ok(made);
        }
        let made = py.detach(|| self.engine.payslip(&self.person, self.month))?;
        Ok(self.explained.get_or_init(|| made))
    }
}

#[guarded]
#[pymethods]
impl Payslip {
    #[getter]
    fn person(&self) -> &str {
        self.person.person.as_str()
    }

    #[getter]
    fn unit(&self) -> &str {
        self.person.unit.as_str()
    }

    #[getter]
    fn kind(&self) -> &'static str {
        self.person.kind.code()
    }

    #[getter]
    fn month(&self) -> String {
        self.month.to_string()
    }

    #[getter]
    fn lines<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let made = self
            .slip
            .lines()
            .map(|(item, amount, origin)| Py::new(py, PayLine { item, amount, origin }));
        PyTuple::new(py, made.collect::<PyResult<Vec<_>>>()?)
    }

    #[getter]
    fn gross<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::decimal(py, self.settled.gross)
    }

    #[getter]
    fn deductions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::decimal(py, self.settled.deductions)
    }

    #[getter]
    fn net<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::decimal(py, self.settled.net)
    }

    #[getter]
    fn employer_cost<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::decimal(py, self.settled.employer_cost)
    }

    #[getter]
    fn evidence(&self, py: Python<'_>) -> Result<Option<&'static str>> {
        Ok(self.explained(py)?.weakest_evidence().map(Evidence::code))
    }

    #[getter]
    fn derivation<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyAny>> {
        Ok(output::value(py, &self.explained(py)?.derivation.to_json())?)
    }

    #[getter]
    fn receipt<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, &Receipt::of(&self.engine, self.month).to_json())
    }

    /// Return the amount of an item by code or name, or None where the slip has no such line.
    ///
    /// Args:
    ///     item: ``PayItem.POST_PAY``, ``"post-pay"`` or ``"职务工资"``.
    ///
    /// Raises:
    ///     InputError: 107 UnknownTerm, naming the item that looks most alike.
    fn amount<'py>(&self, py: Python<'py>, item: &str) -> Result<Option<Bound<'py, PyAny>>> {
        let item = PayItem::find(item).map_err(|e| e.field("item"))?;
        Ok(self.slip.get(item).map(|amount| output::decimal(py, amount)).transpose()?)
    }

    /// Return lines with their origin, and totals, as text in ``"zh"`` or ``"en"``.
    #[pyo3(signature = (language = "zh"))]
    fn text(&self, py: Python<'_>, language: &str) -> Result<String> {
        Ok(self.explained(py)?.text(output::language(language)?))
    }

    /// Return why every line is what it is, as indented text in ``"zh"`` or ``"en"``.
    #[pyo3(signature = (language = "zh"))]
    fn explain(&self, py: Python<'_>, language: &str) -> Result<String> {
        Ok(self.explained(py)?.derivation.text(output::language(language)?))
    }

    /// Return all of it as JSON text, the same bytes as in Rust and C.
    fn to_json(&self, py: Python<'_>) -> Result<String> {
        Ok(output::json_text(&self.explained(py)?.to_json()))
    }

    fn __reduce__(&self) -> PyResult<()> {
        let instead = "keep to_json(), or send the Engine and the Facts and compute it there";
        Err(pickled::refused("Payslip", instead))
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
        format!("<Payslip {} {} net {}>", self.month, self.person.person, self.settled.net)
    }

    fn _repr_html_(&self, py: Python<'_>) -> Result<String> {
        let slip = self.explained(py)?;
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
        Ok(format!(
            "<div><strong>{}</strong>{}{}</div>",
            html::escape(&head),
            html::table(&rows, |column| column == 0),
            html::derivation(&slip.derivation)
        ))
    }
}
