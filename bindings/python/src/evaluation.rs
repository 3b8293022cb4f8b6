//! The answer of one rule.

use guarded::guarded;
use pyo3::prelude::*;
use zhenggong::{Evaluation as CoreEvaluation, policy::Evidence};
use zhenggong_arrow::list_table;

use crate::{assessment_table::AssessmentTable, error::Result, html, output};

/// The answer of one rule: its value, and why (规则结果).
///
/// Attributes:
///     value: The value; an amount is decimal text in yuan, a count an int.
///     evidence: The weakest evidence used, or None where no policy value was used.
///     derivation: The lines of the computation, with names in both languages and every citation.
///
/// Example:
///     >>> from zhenggong import Engine
///     >>> ranks = [{"from": "2014-07-01", "rank": "三级警司"}]
///     >>> facts = {"month": "2016-03", "ranks": ranks}
///     >>> answer = Engine().evaluate("allowance.police-rank", facts)
///     >>> answer
///     <Evaluation allowance.police-rank = "660.00">
///     >>> print(answer.explain("en").splitlines()[0])
///     Police rank allowance of the month 660.00 yuan
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Evaluation {
    pub(crate) rule: String,
    pub(crate) inner: CoreEvaluation,
}

#[guarded]
#[pymethods]
impl Evaluation {
    #[getter]
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, self.inner.value())
    }

    #[getter]
    fn evidence(&self) -> Option<&'static str> {
        self.inner.derivation().weakest_evidence().map(Evidence::code)
    }

    #[getter]
    fn derivation<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, &self.inner.derivation().to_json())
    }

    /// Return why, as indented text in ``"zh"`` or ``"en"``.
    #[pyo3(signature = (language = "zh"))]
    fn explain(&self, language: &str) -> Result<String> {
        Ok(self.inner.derivation().text(output::language(language)?))
    }

    /// Return the value alone as JSON text, the same bytes as in Rust and C.
    fn value_json(&self) -> String {
        output::json_text(self.inner.value())
    }

    /// Return a list in the value as a table, one row an item (结果中的列表作为表).
    ///
    /// Whole numbers and booleans have columns of their own types; all else is text, amounts digit
    /// by digit. An object inside an item has its keys as columns ``key.inner``, a list of texts
    /// is one text with ``;`` between them.
    ///
    /// Args:
    ///     key: The key of the list; left out where the value itself is a list.
    ///
    /// Raises:
    ///     InputError: the value has no such list (107); the message names those that it has.
    ///
    /// Example:
    ///     >>> from zhenggong import Engine
    ///     >>> facts = {"score": "95.5", "unit": "U", "standing": "graded"}
    ///     >>> people = [{"id": "P1", **facts}, {"id": "P2", **facts, "score": "91"}]
    ///     >>> pools = [{"id": "U", "should_take_part": 10}]
    ///     >>> asked = {"month": "2023-12", "rounding": "down", "pools": pools, "people": people}
    ///     >>> Engine().evaluate("assessment.quota", asked).table().to_dict()["excellent"]
    ///     ['P1;P2']
    #[pyo3(signature = (key = ""))]
    fn table(&self, key: &str) -> Result<AssessmentTable> {
        Ok(AssessmentTable { batch: list_table(self.inner.value(), key)? })
    }

    /// Return value, evidence and derivation as JSON text, the same bytes as in Rust and C.
    fn to_json(&self) -> String {
        output::json_text(&self.inner.to_json())
    }

    fn __repr__(&self) -> String {
        format!("<Evaluation {} = {}>", self.rule, html::short(&self.inner.value().to_string()))
    }

    fn _repr_html_(&self) -> String {
        let head = format!("{} = {}", self.rule, html::short(&self.inner.value().to_string()));
        format!(
            "<div><strong>{}</strong>{}</div>",
            html::escape(&head),
            html::derivation(self.inner.derivation())
        )
    }
}
