//! The front door.

use std::sync::Arc;

use guarded::guarded;
use pyo3::{
    prelude::*,
    types::{PyDict, PyTuple},
};
use serde_json::Value as Json;
use zhenggong::{
    Engine as CoreEngine,
    policy::{Evidence, Pack as CorePack},
    vocabulary::Vocabulary,
};
use zhenggong_arrow::evaluate_records;

use crate::{
    assess::{self, Asked, Assessment},
    assessment_table::AssessmentTable,
    batches::PayBatches,
    error::{Failure, Result},
    evaluation::Evaluation,
    input,
    month_run::MonthRun,
    options::{self, Given},
    output, pack,
    payslip::Payslip,
    people,
    person_facts::Facts,
    pickled::{self, Reduced},
    roster::Roster,
    scalars,
    source::{self, Source},
    table::{self, PayTable},
};

/// Computes with the national packs and those of one place. Immutable; threads may share it.
///
/// It pickles as the texts of its packs, so that another process computes with the same values.
///
/// Args:
///     packs: Packs of the place, from the higher to the lower layer.
///     national: Whether the built-in national packs are loaded first.
///     place: Id of the place's pack; without it that of the last pack.
///     accept: The weakest evidence (证据等级) that is accepted: ``"official"``, ``"secondary"`` or
///         ``"inferred"``.
///     known_on: Only what was issued by this day counts; without it everything.
///
/// Raises:
///     PolicyError: there is no pack of the place (217); a pack is broken or packs do not fit
///         together; ``.findings`` lists everything.
///     InputError: an argument can't be read.
///
/// Example:
///     >>> from zhenggong import Engine
///     >>> ranks = [{"from": "2014-07-01", "rank": "三级警司"}]
///     >>> Engine().evaluate("allowance.police-rank", {"month": "2016-03", "ranks": ranks}).value
///     '660.00'
#[pyclass(frozen, module = "zhenggong")]
pub(crate) struct Engine {
    pub(crate) inner: Arc<CoreEngine>,
}

#[guarded]
#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (packs = None, *, national = true, place = None, accept = "secondary", known_on = None))]
    fn new(
        py: Python<'_>,
        packs: Option<&Bound<'_, PyAny>>,
        national: bool,
        place: Option<&str>,
        accept: &str,
        known_on: Option<&Bound<'_, PyAny>>,
    ) -> Result<Self> {
        let given = packs.map(pack::packs).transpose()?.unwrap_or_default();
        let accept = Evidence::find(accept).map_err(|e| e.field("accept"))?;
        let known_on = known_on.map(|day| scalars::day(day, "known_on")).transpose()?;
        let inner = py.detach(|| {
            let mut builder = CoreEngine::builder().accept(accept).known_on(known_on);
            if national {
                builder = builder.packs(CorePack::national());
            }
            builder = builder.packs(given);
            if let Some(place) = place {
                builder = builder.place(place);
            }
            builder.build()
        })?;
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Id of the place.
    #[getter]
    fn place(&self) -> &str {
        self.inner.place()
    }

    /// The weakest evidence that is accepted.
    #[getter]
    fn accept(&self) -> &'static str {
        self.inner.accepted_evidence().code()
    }

    /// The known-on date, or None.
    #[getter]
    fn known_on<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let day = self.inner.known_on().map(|d| d.to_string());
        day.map(|iso| py.import("datetime")?.getattr("date")?.call_method1("fromisoformat", (iso,)))
            .transpose()
    }

    /// SHA-256 over the digests of all packs.
    #[getter]
    fn digest(&self) -> &str {
        self.inner.book().digest()
    }

    /// The packs.
    #[getter]
    fn packs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let packs = self.inner.book().packs().iter().cloned();
        let made = packs.map(|inner| Py::new(py, pack::Pack { inner }));
        PyTuple::new(py, made.collect::<PyResult<Vec<_>>>()?)
    }

    /// Compute one person's pay for a month (工资单), with its derivation.
    ///
    /// Amounts are ``Decimal`` or text in yuan, with two places at most; floats are refused.
    /// None says that a fact does not apply; a fact that is not known is left out.
    ///
    /// Args:
    ///     facts: The facts (人员事实), as a mapping, a dataclass or ``Facts``; None where ``more``
    ///         has them all.
    ///     month: The month, such as ``"2025-03"``.
    ///     **more: Facts as keyword arguments, instead of or besides ``facts``.
    ///
    /// Raises:
    ///     InputError: a fact is missing (108), unknown (109) or not in its form; see ``.field``.
    ///     PolicyError: the packs have no value for the month or the place.
    ///     RuleError: a rule can't give an answer.
    ///
    /// Example:
    ///     >>> from zhenggong import Engine
    ///     >>> stated = {"post-pay": "2410", "level-pay": "3620", "pension": "0", "medical": "0",
    ///     ...           "occupational-annuity": "0", "housing-fund": "0", "income-tax": "30.90"}
    ///     >>> person = {"person": "P1", "unit": "城东派出所", "kind": "民警", "rank": None}
    ///     >>> Engine().payslip(person, month="2025-03", duty=None, stated=stated).net
    ///     Decimal('5999.10')
    #[pyo3(signature = (facts = None, /, *, month, **more))]
    fn payslip(
        &self,
        facts: Option<&Bound<'_, PyAny>>,
        month: &Bound<'_, PyAny>,
        more: Option<&Bound<'_, PyDict>>,
    ) -> Result<Payslip> {
        let month = scalars::month(month)?;
        let read = facts.filter(|_| more.is_none_or(|more| more.is_empty()));
        let person = match read.and_then(|facts| facts.cast::<Facts>().ok()) {
            Some(read) => Arc::clone(&read.get().inner),
            None => Arc::new(people::person(facts, more).map_err(|e| e.month(month))?),
        };
        Payslip::compute(&self.inner, person, month)
    }

    /// Compute the pay of many people for a month (月度核算).
    ///
    /// A person whose pay can't be computed becomes an error beside the good rows. Nobody is paid
    /// twice: a person's second record is the error 114 and names the row of the first, which is
    /// paid. Nobody is paid from a roster of another month: each of its lines is the error 121.
    ///
    /// Args:
    ///     people: The facts of each person as mappings or dataclasses, or a ``Roster``.
    ///     month: The month, such as ``"2025-03"``.
    ///     assessment: The ``Assessment`` of the same month, or the answer of ``assessment.score``,
    ///         whose coefficients are paid; a roster that states another one is an error of its
    ///         row.
    ///     on_error: What facts do that can't even be read, such as a faulty line of a roster:
    ///         ``"raise"`` the first, for a roster with all of them in ``.findings``, or
    ///         ``"partial"``: they become errors of the result, and the others are paid.
    ///
    /// Raises:
    ///     InputError: facts can't be read; see ``.row``, ``.person`` and ``.field``. A fault of a
    ///         roster's header or whole file is raised in any case.
    ///     PolicyError: no pack of the place is loaded.
    ///
    /// Example:
    ///     >>> from zhenggong import Engine
    ///     >>> stated = {"post-pay": "2410", "level-pay": "3620", "pension": "0", "medical": "0",
    ///     ...           "occupational-annuity": "0", "housing-fund": "0", "income-tax": "30.90"}
    ///     >>> person = {"person": "P1", "unit": "城东派出所", "kind": "民警", "rank": None,
    ///     ...           "duty": None, "stated": stated}
    ///     >>> run = Engine().month_run([person, person | {"person": "P2"}], month="2025-03")
    ///     >>> run.totals.net, run.errors
    ///     (Decimal('11998.20'), [])
    #[pyo3(signature = (people, *, month, assessment = None, on_error = "raise"))]
    fn month_run(
        &self,
        py: Python<'_>,
        people: &Bound<'_, PyAny>,
        month: &Bound<'_, PyAny>,
        assessment: Option<&Bound<'_, PyAny>>,
        on_error: &str,
    ) -> Result<MonthRun> {
        let month = scalars::month(month)?;
        let partial = match on_error {
            "raise" => false,
            "partial" => true,
            other => return Err(options::impossible("on_error", other, "raise, partial").into()),
        };
        let of = assessment.map(assess::of_month).transpose()?;
        let (listed, unread);
        let people = if let Ok(roster) = people.cast::<Roster>() {
            let payable = roster.get().of_month(month, partial)?;
            unread = payable.unread;
            payable.rows
        } else {
            let people::People { read, unread: others } =
                people::people(people, partial).map_err(|e| e.month(month))?;
            (listed, unread) = (read, others);
            listed.as_slice()
        };
        let inner = py.detach(|| -> zhenggong::Result<_> {
            let numbered = people.iter().map(|(row, person)| (*row, person));
            let mut run = match &of {
                Some(of) => self.inner.month_run_with_assessment(numbered, month, of)?,
                None => self.inner.month_run_numbered(numbered, month)?,
            };
            run.add_unread(unread);
            Ok(run)
        })?;
        Ok(MonthRun { inner })
    }

    /// Compute the pay of a table's rows (整表核算).
    ///
    /// Columns have the names of facts, English or Chinese; ``stated_post_pay`` and so on are
    /// amounts that the office states. Null is a fact that is not known, the text ``无`` or ``n/a``
    /// one that does not apply. Amounts and rates are decimal or text columns; a float column is
    /// refused. ``person`` and ``unit`` are ids, null or blank where there is none; another text
    /// that is no id, such as ``无``, is the error 115 of its row.
    ///
    /// Args:
    ///     table: Anything with ``__arrow_c_stream__`` (Polars, pandas, pyarrow, DuckDB), a dict of
    ///         columns, or a ``Roster``.
    ///     month: The month of all rows; without it the rows have a column ``month``.
    ///     assessment: The ``Assessment`` of the month, or the answer of ``assessment.score``,
    ///         whose coefficients are paid; the table then needs the column ``person``, and a row
    ///         that states another coefficient has an error.
    ///     on_error: ``"raise"`` the error of the first row that can't be computed, or
    ///         ``"column"``: such a row has no amounts, and its error stands in ``error_code`` and
    ///         ``error``. Lines with a fault of a roster are such rows, too.
    ///     items: Codes of the items that get a column; without it all.
    ///     totals: Which of ``"gross"``, ``"deductions"``, ``"net"``, ``"employer_cost"`` get a
    ///         column; without it all.
    ///     employer_cost: Whether the employer's lines are computed; without them no pack has to
    ///         have their standards.
    ///     language: Of the column names and error texts of the result; ``"en"`` names are keys.
    ///     threads: How many threads share the work; the result does not depend on it.
    ///     allow_repeats: Whether a person may have more than one row of a month. Without it, where
    ///         there is a column ``person``, each further row is the error 114 and names the first
    ///         one. It takes up to a quarter more time, which True saves.
    ///
    /// Raises:
    ///     InputError: a column can't be read (104, 109, 116, 117, 123), or an option; and, where
    ///         errors are raised, the error of a row, with ``.row``.
    ///     PolicyError: the packs have no value for a row's month or the place.
    ///     RuleError: a rule can't give an answer for a row.
    ///
    /// Example:
    ///     >>> from zhenggong import Engine
    ///     >>> zero = ("pension", "medical", "occupational_annuity", "housing_fund", "income_tax")
    ///     >>> people = {"person": ["P1", "P2"], "unit": ["城东派出所"] * 2, "kind": ["民警"] * 2,
    ///     ...           "警衔": ["三级警司", "大校"], "stated_post_pay": ["1010"] * 2,
    ///     ...           "stated_level_pay": ["2466"] * 2, "previous_rank": [None, None],
    ///     ...           **{f"stated_{item}": ["0"] * 2 for item in zero}}
    ///     >>> paid = Engine().month_run_table(people, month="2021-03", on_error="column",
    ///     ...                                 employer_cost=False).to_dict()
    ///     >>> paid["net"], paid["error_code"]
    ///     ([Decimal('4846.00'), None], [None, 107])
    #[pyo3(signature = (table, *, month = None, assessment = None, on_error = "raise", items = None, totals = None,
        employer_cost = true, language = "en", threads = 1, allow_repeats = false))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments of Python")]
    fn month_run_table(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        month: Option<&Bound<'_, PyAny>>,
        assessment: Option<&Bound<'_, PyAny>>,
        on_error: &str,
        items: Option<&Bound<'_, PyAny>>,
        totals: Option<&Bound<'_, PyAny>>,
        employer_cost: bool,
        language: &str,
        threads: usize,
        allow_repeats: bool,
    ) -> PyResult<PayTable> {
        let given = Given {
            month,
            assessment,
            on_error,
            items,
            totals,
            employer_cost,
            language,
            threads,
            allow_repeats,
        };
        let run = || -> Result<PayTable> {
            let run = given.read()?;
            let source = Source::table(table, run.options.on_error)?;
            py.detach(|| PayTable::compute(&self.inner, &run, source))
        };
        run().map_err(|failure| table::hint(py, failure))
    }

    /// Compute the pay of more rows than fit into memory, batch by batch (分批核算).
    ///
    /// Nothing is read or computed before it is asked for.
    ///
    /// Args:
    ///     tables: An iterable of tables, such as a generator, or one table with many batches.
    ///     month: As for ``month_run_table``, like all that follow.
    ///     assessment: As above.
    ///     on_error: As above.
    ///     items: As above.
    ///     totals: As above.
    ///     employer_cost: As above.
    ///     language: As above.
    ///     threads: As above.
    ///     allow_repeats: As above; only people of one batch are compared, so that memory stays
    ///         flat.
    ///
    /// Raises:
    ///     InputError: an option can't be used. What a batch raises comes when it is asked for.
    ///
    /// Example:
    ///     >>> from zhenggong import Engine
    ///     >>> zero = ("pension", "medical", "occupational_annuity", "housing_fund", "income_tax")
    ///     >>> people = {"person": ["P1", "P2"], "unit": ["城东派出所"] * 2, "kind": ["民警"] * 2,
    ///     ...           "警衔": ["三级警司", "大校"], "stated_post_pay": ["1010"] * 2,
    ///     ...           "stated_level_pay": ["2466"] * 2, "previous_rank": [None, None],
    ///     ...           **{f"stated_{item}": ["0"] * 2 for item in zero}}
    ///     >>> parts = Engine().month_run_batches((people for _ in range(3)), month="2021-03",
    ///     ...                                    on_error="column", employer_cost=False)
    ///     >>> [(len(part), part.failed) for part in parts]
    ///     [(2, 1), (2, 1), (2, 1)]
    #[pyo3(signature = (tables, *, month = None, assessment = None, on_error = "raise", items = None, totals = None,
        employer_cost = true, language = "en", threads = 1, allow_repeats = false))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments of Python")]
    fn month_run_batches(
        &self,
        tables: &Bound<'_, PyAny>,
        month: Option<&Bound<'_, PyAny>>,
        assessment: Option<&Bound<'_, PyAny>>,
        on_error: &str,
        items: Option<&Bound<'_, PyAny>>,
        totals: Option<&Bound<'_, PyAny>>,
        employer_cost: bool,
        language: &str,
        threads: usize,
        allow_repeats: bool,
    ) -> Result<PayBatches> {
        let given = Given {
            month,
            assessment,
            on_error,
            items,
            totals,
            employer_cost,
            language,
            threads,
            allow_repeats,
        };
        let run = given.read()?;
        let source = Source::tables(tables, run.options.on_error)?;
        PayBatches::new(Arc::clone(&self.inner), run, source)
    }

    /// Score units and people from dated events (考核), with every point's event and clause.
    ///
    /// Subjects and events are tables with English or Chinese column names, dicts of columns, or
    /// lists of dicts or dataclasses. Points are decimals or text; floats are refused. In tables
    /// flags, identities and moves are lists, or text with ``;`` or ``、`` between them.
    ///
    /// One of ``published``, ``published_on``, ``earlier``, and ``other_schemes`` with ``weights``
    /// says what the scores are compared with; the answer is in ``.difference``.
    ///
    /// Args:
    ///     subjects: Who is assessed (考核对象).
    ///     events: What happened (事件); without it nothing did.
    ///     month: The month, such as ``"2025-03"``; of a longer period any month.
    ///     period: ``"month"`` (the default), ``"quarter"``, ``"half-year"`` or ``"year"``.
    ///     schemes: The schemes to use, where the place has several for one kind of subject.
    ///     orders: Orders of peacetime and wartime, each with ``date`` and ``condition``.
    ///     known_on: Only what was known on this day counts; without it everything.
    ///     on_error: ``"raise"`` raises the first error (the default); ``"report"`` scores who
    ///         can be scored, and ``.errors`` says why the others are not.
    ///     other_periods: Whether events outside the period are passed over, as in a list of a
    ///         year; errors otherwise.
    ///     published: What was published: totals by subject, or records with ``subject``, ``total``
    ///         and, where they were published, ``grade``, ``coefficient`` and ``sheets``, or the
    ///         ``Assessment`` itself.
    ///     published_on: The day of publication; what was known then is scored again.
    ///     earlier: An earlier period of the same kind; the events are then those of both.
    ///     other_schemes: Schemes to try instead.
    ///     weights: Weights to try, by scheme and sheet or item.
    ///     language: Of the columns and cells of the tables; ``"en"`` names are keys and codes.
    ///
    /// Raises:
    ///     InputError: a table, a row or an option can't be read, or an event fits no scheme; see
    ///         ``.row``, ``.person`` and ``.field``.
    ///     PolicyError: the packs have no scheme for the month or the place.
    ///     RuleError: a subject can't be scored.
    ///
    /// Example:
    ///     >>> from zhenggong import Engine, Pack
    ///     >>> engine = Engine([Pack.example("teaching-example")])
    ///     >>> late = {"id": "E1", "subject": "A1", "date": "2025-03-10", "rule": "late"}
    ///     >>> people = [{"id": "A1", "kind": "auxiliary"}]
    ///     >>> engine.assess(people, [late], month="2025-03").scores.to_dict()["total"]
    ///     [Decimal('97.00')]
    #[pyo3(signature = (subjects, events = None, *, month, period = None, schemes = None,
        orders = None, known_on = None, on_error = None, other_periods = None, published = None,
        published_on = None, earlier = None, other_schemes = None, weights = None, language = "en"))]
    #[allow(clippy::too_many_arguments, reason = "keyword arguments of Python")]
    fn assess(
        &self,
        py: Python<'_>,
        subjects: &Bound<'_, PyAny>,
        events: Option<&Bound<'_, PyAny>>,
        month: &Bound<'_, PyAny>,
        period: Option<&Bound<'_, PyAny>>,
        schemes: Option<&Bound<'_, PyAny>>,
        orders: Option<&Bound<'_, PyAny>>,
        known_on: Option<&Bound<'_, PyAny>>,
        on_error: Option<&Bound<'_, PyAny>>,
        other_periods: Option<&Bound<'_, PyAny>>,
        published: Option<&Bound<'_, PyAny>>,
        published_on: Option<&Bound<'_, PyAny>>,
        earlier: Option<&Bound<'_, PyAny>>,
        other_schemes: Option<&Bound<'_, PyAny>>,
        weights: Option<&Bound<'_, PyAny>>,
        language: &str,
    ) -> PyResult<Assessment> {
        let more = [
            ("period", period),
            ("schemes", schemes),
            ("orders", orders),
            ("known_on", known_on),
            ("on_error", on_error),
            ("other_periods", other_periods),
            ("published", published),
            ("published_on", published_on),
            ("earlier", earlier),
            ("other_schemes", other_schemes),
            ("weights", weights),
        ];
        let asked = Asked { subjects, events, month, language, more };
        Assessment::compute(py, &self.inner, &asked).map_err(|failure| table::hint(py, failure))
    }

    /// Run one rule by its id (按编号运行规则).
    ///
    /// Args:
    ///     rule: Id of the rule; see ``rules()``.
    ///     input: A mapping or dataclass with ``month`` and the inputs of the rule. Where the
    ///         rule takes a list of records, a table of Polars, pandas, pyarrow or DuckDB stands
    ///         for it as well: its columns are the keys, null is a key left out.
    ///     **fields: The inputs as keyword arguments, instead of ``input``.
    ///
    /// Raises:
    ///     InputError: the rule is not known (113), or an input is missing or not in its form.
    ///     PolicyError: the packs have no value for the month or the place.
    ///     RuleError: the rule can't give an answer.
    ///
    /// Example:
    ///     >>> from zhenggong import Engine
    ///     >>> ranks = [{"from": "2014-07-01", "rank": "三级警司"}]
    ///     >>> facts = {"month": "2016-03", "ranks": ranks}
    ///     >>> answer = Engine().evaluate("allowance.police-rank", facts)
    ///     >>> answer.value, answer.evidence
    ///     ('660.00', 'secondary')
    ///     >>> Engine().evaluate("allowance.police-rank", month="2016-03", ranks=ranks).value
    ///     '660.00'
    #[pyo3(signature = (rule, input = None, **fields))]
    fn evaluate(
        &self,
        py: Python<'_>,
        rule: &str,
        input: Option<&Bound<'_, PyAny>>,
        fields: Option<&Bound<'_, PyDict>>,
    ) -> Result<Evaluation> {
        let json = input::of_rule(input, fields).map_err(|failure| match failure {
            Failure::Core(e) if zhenggong::catalogue::rule(rule).is_some() => e.rule(rule).into(),
            other => other,
        })?;
        let inner = py.detach(|| self.inner.evaluate_owned(rule, json))?;
        Ok(Evaluation { rule: rule.to_owned(), inner })
    }

    /// Run one rule for each row of a table (逐行运行规则).
    ///
    /// Args:
    ///     rule: Id of the rule; see ``rules()``.
    ///     rows: A table of Polars, pandas, pyarrow or DuckDB, or a list of dicts, with the inputs
    ///         of the rule as columns. A column ``person`` stands first in the result, and errors
    ///         name it; it is an input of ``settlement.payslip`` alone.
    ///     shared: The inputs that are the same for all, such as ``month``.
    ///     on_error: ``"raise"`` raises the error of the first row that has one; ``"column"`` puts
    ///         it into the columns ``error_code`` and ``error``.
    ///     language: The language of the column ``error``, ``"zh"`` or ``"en"``.
    ///
    /// Returns:
    ///     The answers, one row a row, as ``Evaluation.table`` has them; ``value`` where the rule
    ///     answers a single value.
    ///
    /// Raises:
    ///     InputError: the rule is not known (113), a column is one of floats (104) or of a type
    ///         that no rule reads (123), or a row has an input that is missing or not in its form.
    ///     PolicyError: the packs have no value for the month or the place.
    ///     RuleError: the rule can't give an answer.
    ///
    /// Example:
    ///     >>> from zhenggong import Engine
    ///     >>> old = {"person": "P1", "from": "2004-07-01"}
    ///     >>> new = {"person": "P2", "from": "2024-07-01"}
    ///     >>> shared = {"month": "2025-03", "to": "2025-03-31"}
    ///     >>> Engine().evaluate_rows("service.full-years", [old, new], shared).to_dict()
    ///     {'person': ['P1', 'P2'], 'value': [20, 0]}
    #[pyo3(signature = (rule, rows, shared, *, on_error = "raise", language = "en"))]
    fn evaluate_rows(
        &self,
        py: Python<'_>,
        rule: &str,
        rows: &Bound<'_, PyAny>,
        shared: &Bound<'_, PyAny>,
        on_error: &str,
        language: &str,
    ) -> PyResult<AssessmentTable> {
        let read = || {
            let language = output::language(language)?;
            let on_error = options::on_error(on_error)?;
            let shared = input::json(shared, "shared", 0)?;
            let records = match input::json(rows, "rows", 1)? {
                Json::Array(records) => records,
                _ => return Err(source::not_rows(rows, "rows")),
            };
            let asked = (rule, &shared);
            let answered =
                py.detach(|| evaluate_records(&self.inner, asked, records, on_error, language));
            Ok(AssessmentTable { batch: answered? })
        };
        read().map_err(|failure: Failure| table::hint(py, failure))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let made = (self.packs(py)?, self.place()?, self.accept()?, self.known_on(py)?);
        pickled::reduced(py, "engine", made)
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
        format!(
            "<Engine {} accept={} packs={}>",
            self.inner.place(),
            self.inner.accepted_evidence(),
            self.inner.book().packs().len()
        )
    }
}
