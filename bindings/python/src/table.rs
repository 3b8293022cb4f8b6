//! The result of a month run over a table.

use arrow_array::{Array, RecordBatch};
use arrow_schema::SchemaRef;
use guarded::guarded;
use pyo3::{
    prelude::*,
    types::{PyCapsule, PyDict, PyTuple},
};
use serde_json::Value as Json;
use zhenggong::{Error, ErrorCode, derivation::Language, engine::Engine, settlement::Receipt};
use zhenggong_arrow::{BatchOptions, OnError, Seen, to_csv};

use crate::{
    capsule,
    error::{Failure, Result},
    frame,
    options::Run,
    output,
    source::Source,
};

/// The pay of a table's rows (工资表).
///
/// The columns are ``person``, ``unit`` and ``month`` as they came, then one per item and sum, in
/// yuan with two places; null where a row has no such line.
///
/// It has ``__arrow_c_stream__``, so that whatever reads Arrow reads it without a copy.
///
/// Attributes:
///     columns: The names of the columns.
///     failed: How many rows could not be computed; their errors stand in the last two columns.
///     receipt: What it was computed with: library version, pack digest, place, month.
///
/// Example:
///     >>> from zhenggong import Engine
///     >>> zero = ("pension", "medical", "occupational_annuity", "housing_fund", "income_tax")
///     >>> people = {"person": ["P1"], "unit": ["城东派出所"], "kind": ["民警"],
///     ...           "警衔": ["三级警司"],
///     ...           "stated_post_pay": ["1010"], "stated_level_pay": ["2466"],
///     ...           **{f"stated_{item}": ["0"] for item in zero}}
///     >>> paid = Engine().month_run_table(people, month="2021-03", employer_cost=False)
///     >>> print(paid.to_csv().splitlines()[0][:30])
///     person,unit,post_pay,level_pay
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct PayTable {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
    pub(crate) failed: usize,
    pub(crate) receipt: Json,
    pub(crate) language: Language,
}

impl PayTable {
    /// Computes the rows of a source; all of the result is kept.
    pub(crate) fn compute(engine: &Engine, run: &Run, mut source: Source) -> Result<Self> {
        let options = &run.options;
        let receipt = receipt(engine, options);
        let batch = run.batch(engine)?;
        let (mut batches, mut before) = (Vec::new(), 0u64);
        let mut schema = None;
        // All of the table is in memory, so everybody in it is remembered.
        let mut seen = Seen::new();
        while let Some(rows) = source.next() {
            let paid = source.paid(&batch, &rows?, before, Some(&mut seen))?;
            before += u64::try_from(paid.num_rows()).unwrap_or_default();
            let first = schema.get_or_insert_with(|| paid.schema());
            if paid.schema_ref() != first {
                return Err(other_schema(first, paid.schema_ref(), batches.len() + 1).into());
            }
            batches.push(paid);
            // A long computation can be stopped from the keyboard.
            Python::attach(|py| py.check_signals())?;
        }
        let schema = match (schema, source.schema()) {
            (Some(schema), _) => schema,
            (None, Some(input)) => batch.output_schema(&input).into(),
            (None, None) => batch.output_schema(&arrow_schema::Schema::empty()).into(),
        };
        let failed = batches.iter().map(|b| failed(options, b)).sum();
        Ok(Self { schema, batches, failed, receipt, language: options.language })
    }

    fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// Returns what results of an engine are computed with; the month is null where rows have their own.
pub(crate) fn receipt(engine: &Engine, options: &BatchOptions) -> Json {
    let month = options.month.unwrap_or(zhenggong::calendar::Month::MIN);
    let mut receipt = Receipt::of(engine, month).to_json();
    if options.month.is_none()
        && let Some(month) = receipt.get_mut("month")
    {
        *month = Json::Null;
    }
    receipt
}

/// Returns how many rows of a result have an error.
pub(crate) fn failed(options: &BatchOptions, paid: &RecordBatch) -> usize {
    let code = paid.num_columns().checked_sub(2).filter(|_| options.on_error == OnError::Column);
    code.map_or(0, |code| paid.num_rows() - paid.column(code).null_count())
}

/// Says that tables of one result do not fit together.
#[cold]
pub(crate) fn other_schema(first: &SchemaRef, other: &SchemaRef, number: usize) -> Error {
    let mut pairs = first.fields().iter().zip(other.fields());
    if let Some((a, b)) = pairs.find(|(a, b)| a.name() == b.name() && a != b) {
        return Error::new(ErrorCode::ColumnType)
            .arg("column", a.name())
            .arg("found", b.data_type())
            .arg("expected", a.data_type())
            .field(a.name().as_str());
    }
    let names = |has: &SchemaRef, lacks: &SchemaRef| {
        let own = has.fields().iter().map(|f| f.name());
        own.filter(|name| lacks.field_with_name(name).is_err()).cloned().collect::<Vec<_>>()
    };
    let (lost, more) = (names(first, other).join(", "), names(other, first).join(", "));
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if !lost.is_empty() {
        zh.push(format!("缺少 {lost}"));
        en.push(format!("it lacks {lost}"));
    }
    if !more.is_empty() {
        zh.push(format!("多出 {more}"));
        en.push(format!("it also has {more}"));
    }
    if zh.is_empty() {
        zh.push("顺序不同".to_owned());
        en.push("they stand in another order".to_owned());
    }
    let (zh, en) = (zh.join("，"), en.join(" and "));
    let detail = format!(
        "第 {number} 批的列与第一批不同：{zh}，请各批传同样的列 / \
         batch {number} has other columns than the first: {en}; give all the same columns"
    );
    Error::new(ErrorCode::InvalidInput).arg_both("detail", detail)
}

/// Adds to the refusal of a column how it is made one that is taken.
pub(crate) fn hint(py: Python<'_>, failure: Failure) -> PyErr {
    let typed = matches!(&failure, Failure::Core(error)
        if matches!(error.code(), ErrorCode::FloatRefused | ErrorCode::ColumnType));
    let error = PyErr::from(failure);
    if typed {
        let note = "Amounts: decimal or text columns. Polars: pl.col(x).cast(pl.Decimal(18, 2)) or \
                    pl.String; pandas: pd.ArrowDtype(pyarrow.decimal128(18, 2)) or str; DuckDB: \
                    cast(x as decimal(18, 2)). Round by your own rule first. Counts: integers; dates: \
                    date32.";
        // A note that can't be added takes nothing from the error.
        let _ = error.value(py).call_method1("add_note", (note,));
    }
    error
}

#[guarded]
#[pymethods]
impl PayTable {
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.schema.fields().iter().map(|field| field.name().as_str()))
    }

    #[getter]
    fn failed(&self) -> usize {
        self.failed
    }

    #[getter]
    fn receipt<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        output::value(py, &self.receipt)
    }

    /// Return the rows as an Arrow C stream in a capsule.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer give its own schema where it can't give the one asked for.
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        capsule::export(py, self.schema.clone(), batches)
    }

    /// Return a Polars frame.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame::polars(slf.as_any())
    }

    /// Return a pyarrow table.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame::pyarrow(slf.as_any())
    }

    /// Return a pandas frame; pandas needs pyarrow for it.
    ///
    /// Args:
    ///     backend: ``"pyarrow"`` for Arrow columns, ``"numpy"`` for ``Decimal`` objects.
    #[pyo3(signature = (backend = "pyarrow"))]
    fn to_pandas<'py>(slf: &Bound<'py, Self>, backend: &str) -> PyResult<Bound<'py, PyAny>> {
        frame::pandas(slf.as_any(), backend)
    }

    /// Return a DuckDB relation.
    ///
    /// Args:
    ///     connection: The connection that the relation belongs to; without it the default one.
    #[pyo3(signature = (connection = None))]
    fn to_duckdb<'py>(
        slf: &Bound<'py, Self>,
        connection: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        frame::duckdb(slf.as_any(), connection)
    }

    /// Return the columns by name, as lists.
    ///
    /// Amounts are ``Decimal``, error codes int, dates ``date``, and null is None.
    fn to_dict<'py>(&self, py: Python<'py>) -> Result<Bound<'py, PyDict>> {
        frame::dict(py, &self.schema, &self.batches)
    }

    /// Return the rows as CSV text, the same bytes as in Rust.
    fn to_csv(&self, py: Python<'_>) -> Result<String> {
        Ok(py.detach(|| to_csv(&self.schema, &self.batches))?)
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    // A result without rows is still a result.
    fn __bool__(&self) -> bool {
        true
    }

    fn __repr__(&self) -> String {
        let (rows, columns) = (self.rows(), self.schema.fields().len());
        format!("<PayTable {rows} rows, {} failed, {columns} columns>", self.failed)
    }

    fn _repr_html_(&self) -> Result<String> {
        let (rows, failed) = (self.rows(), self.failed);
        let head = match self.language {
            Language::Zh => format!("工资表：{rows} 行，{failed} 行未能核算"),
            Language::En => format!("Payroll: {rows} rows, {failed} not computed"),
        };
        let table = frame::html(&self.schema, &self.batches)?;
        Ok(format!("<div><strong>{head}</strong>{table}</div>"))
    }
}
