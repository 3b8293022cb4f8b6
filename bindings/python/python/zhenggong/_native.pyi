from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from os import PathLike
from typing import Any, Literal, Protocol, Self, TypeAlias, final

import duckdb
import pandas
import polars
from _typeshed import DataclassInstance

from .exceptions import ZhenggongError

__all__ = [
    "Assessment",
    "AssessmentTable",
    "Engine",
    "Evaluation",
    "Facts",
    "Finding",
    "MonthRun",
    "Pack",
    "PayBatches",
    "PayLine",
    "PayTable",
    "Payslip",
    "Roster",
    "RunRow",
    "Totals",
    "_Sheet",
    "_error",
    "build_info",
    "data_version",
    "error_codes",
    "lint",
    "rules",
    "schema",
    "schemas",
    "vocabularies",
]
_Facts: TypeAlias = Facts | Mapping[str, object] | DataclassInstance
_Language: TypeAlias = Literal["zh", "en"]
_Total: TypeAlias = Literal["gross", "deductions", "net", "employer_cost"]

class _Stream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

class _Array(Protocol):
    def __arrow_c_array__(self, requested_schema: object | None = None) -> object: ...

_Table: TypeAlias = _Stream | _Array | Mapping[str, Iterable[object]] | Roster
_Rows: TypeAlias = _Stream | _Array | Mapping[str, Iterable[object]] | Iterable[_Facts]
_Side: TypeAlias = Literal["earning", "deduction", "employer-cost"]

@final
class Engine:
    """Computes with the national packs and those of one place. Immutable; threads may share it.

    It pickles as the texts of its packs, so that another process computes with the same values.

    Args:
        packs: Packs of the place, from the higher to the lower layer.
        national: Whether the built-in national packs are loaded first.
        place: Id of the place's pack; without it that of the last pack.
        accept: The weakest evidence (证据等级) that is accepted: ``"official"``, ``"secondary"`` or
            ``"inferred"``.
        known_on: Only what was issued by this day counts; without it everything.

    Raises:
        PolicyError: there is no pack of the place (217); a pack is broken or packs do not fit
            together; ``.findings`` lists everything.
        InputError: an argument can't be read.

    Example:
        >>> from zhenggong import Engine
        >>> ranks = [{"from": "2014-07-01", "rank": "三级警司"}]
        >>> Engine().evaluate("allowance.police-rank", {"month": "2016-03", "ranks": ranks}).value
        '660.00'
    """

    def __new__(
        cls,
        packs: Iterable[Pack] | None = None,
        *,
        national: bool = True,
        place: str | None = None,
        accept: str = "secondary",
        known_on: date | str | None = None,
    ) -> Engine: ...
    @property
    def place(self) -> str:
        """Id of the place."""

    @property
    def accept(self) -> str:
        """The weakest evidence that is accepted."""

    @property
    def known_on(self) -> date | None:
        """The known-on date, or None."""

    @property
    def digest(self) -> str:
        """SHA-256 over the digests of all packs."""

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs."""

    def payslip(self, facts: _Facts | None = None, /, *, month: str, **more: object) -> Payslip:
        """Compute one person's pay for a month (工资单), with its derivation.

        Amounts are ``Decimal`` or text in yuan, with two places at most; floats are refused.
        None says that a fact does not apply; a fact that is not known is left out.

        Args:
            facts: The facts (人员事实), as a mapping, a dataclass or ``Facts``; None where ``more``
                has them all.
            month: The month, such as ``"2025-03"``.
            **more: Facts as keyword arguments, instead of or besides ``facts``.

        Raises:
            InputError: a fact is missing (108), unknown (109) or not in its form; see ``.field``.
            PolicyError: the packs have no value for the month or the place.
            RuleError: a rule can't give an answer.

        Example:
            >>> from zhenggong import Engine
            >>> stated = {"post-pay": "2410", "level-pay": "3620", "pension": "0", "medical": "0",
            ...           "occupational-annuity": "0", "housing-fund": "0", "income-tax": "30.90"}
            >>> person = {"person": "P1", "unit": "城东派出所", "kind": "民警", "rank": None}
            >>> Engine().payslip(person, month="2025-03", duty=None, stated=stated).net
            Decimal('5999.10')
        """

    def month_run(
        self,
        people: Roster | Iterable[_Facts],
        *,
        month: str,
        assessment: Assessment | Evaluation | Mapping[str, Any] | None = None,
        on_error: Literal["raise", "partial"] = "raise",
    ) -> MonthRun:
        """Compute the pay of many people for a month (月度核算).

        A person whose pay can't be computed becomes an error beside the good rows. Nobody is paid
        twice: a person's second record is the error 114 and names the row of the first, which is
        paid. Nobody is paid from a roster of another month: each of its lines is the error 121.

        Args:
            people: The facts of each person as mappings or dataclasses, or a ``Roster``.
            month: The month, such as ``"2025-03"``.
            assessment: The ``Assessment`` of the same month, or the answer of ``assessment.score``,
                whose coefficients are paid; a roster that states another one is an error of its
                row.
            on_error: What facts do that can't even be read, such as a faulty line of a roster:
                ``"raise"`` the first, for a roster with all of them in ``.findings``, or
                ``"partial"``: they become errors of the result, and the others are paid.

        Raises:
            InputError: facts can't be read; see ``.row``, ``.person`` and ``.field``. A fault of a
                roster's header or whole file is raised in any case.
            PolicyError: no pack of the place is loaded.

        Example:
            >>> from zhenggong import Engine
            >>> stated = {"post-pay": "2410", "level-pay": "3620", "pension": "0", "medical": "0",
            ...           "occupational-annuity": "0", "housing-fund": "0", "income-tax": "30.90"}
            >>> person = {"person": "P1", "unit": "城东派出所", "kind": "民警", "rank": None,
            ...           "duty": None, "stated": stated}
            >>> run = Engine().month_run([person, person | {"person": "P2"}], month="2025-03")
            >>> run.totals.net, run.errors
            (Decimal('11998.20'), [])
        """

    def month_run_table(
        self,
        table: _Table,
        *,
        month: str | None = None,
        assessment: Assessment | Evaluation | Mapping[str, Any] | None = None,
        on_error: Literal["raise", "column"] = "raise",
        items: Iterable[str] | None = None,
        totals: Iterable[_Total] | None = None,
        employer_cost: bool = True,
        language: _Language = "en",
        threads: int = 1,
        allow_repeats: bool = False,
    ) -> PayTable:
        """Compute the pay of a table's rows (整表核算).

        Columns have the names of facts, English or Chinese; ``stated_post_pay`` and so on are
        amounts that the office states. Null is a fact that is not known, the text ``无`` or ``n/a``
        one that does not apply. Amounts and rates are decimal or text columns; a float column is
        refused. ``person`` and ``unit`` are ids, null or blank where there is none; another text
        that is no id, such as ``无``, is the error 115 of its row.

        Args:
            table: Anything with ``__arrow_c_stream__`` (Polars, pandas, pyarrow, DuckDB), a dict of
                columns, or a ``Roster``.
            month: The month of all rows; without it the rows have a column ``month``.
            assessment: The ``Assessment`` of the month, or the answer of ``assessment.score``,
                whose coefficients are paid; the table then needs the column ``person``, and a row
                that states another coefficient has an error.
            on_error: ``"raise"`` the error of the first row that can't be computed, or
                ``"column"``: such a row has no amounts, and its error stands in ``error_code`` and
                ``error``. Lines with a fault of a roster are such rows, too.
            items: Codes of the items that get a column; without it all.
            totals: Which of ``"gross"``, ``"deductions"``, ``"net"``, ``"employer_cost"`` get a
                column; without it all.
            employer_cost: Whether the employer's lines are computed; without them no pack has to
                have their standards.
            language: Of the column names and error texts of the result; ``"en"`` names are keys.
            threads: How many threads share the work; the result does not depend on it.
            allow_repeats: Whether a person may have more than one row of a month. Without it, where
                there is a column ``person``, each further row is the error 114 and names the first
                one. It takes up to a quarter more time, which True saves.

        Raises:
            InputError: a column can't be read (104, 109, 116, 117, 123), or an option; and, where
                errors are raised, the error of a row, with ``.row``.
            PolicyError: the packs have no value for a row's month or the place.
            RuleError: a rule can't give an answer for a row.

        Example:
            >>> from zhenggong import Engine
            >>> zero = ("pension", "medical", "occupational_annuity", "housing_fund", "income_tax")
            >>> people = {"person": ["P1", "P2"], "unit": ["城东派出所"] * 2, "kind": ["民警"] * 2,
            ...           "警衔": ["三级警司", "大校"], "stated_post_pay": ["1010"] * 2,
            ...           "stated_level_pay": ["2466"] * 2, "previous_rank": [None, None],
            ...           **{f"stated_{item}": ["0"] * 2 for item in zero}}
            >>> paid = Engine().month_run_table(people, month="2021-03", on_error="column",
            ...                                 employer_cost=False).to_dict()
            >>> paid["net"], paid["error_code"]
            ([Decimal('4846.00'), None], [None, 107])
        """

    def month_run_batches(
        self,
        tables: _Table | Iterable[_Table],
        *,
        month: str | None = None,
        assessment: Assessment | Evaluation | Mapping[str, Any] | None = None,
        on_error: Literal["raise", "column"] = "raise",
        items: Iterable[str] | None = None,
        totals: Iterable[_Total] | None = None,
        employer_cost: bool = True,
        language: _Language = "en",
        threads: int = 1,
        allow_repeats: bool = False,
    ) -> PayBatches:
        """Compute the pay of more rows than fit into memory, batch by batch (分批核算).

        Nothing is read or computed before it is asked for.

        Args:
            tables: An iterable of tables, such as a generator, or one table with many batches.
            month: As for ``month_run_table``, like all that follow.
            assessment: As above.
            on_error: As above.
            items: As above.
            totals: As above.
            employer_cost: As above.
            language: As above.
            threads: As above.
            allow_repeats: As above; only people of one batch are compared, so that memory stays
                flat.

        Raises:
            InputError: an option can't be used. What a batch raises comes when it is asked for.

        Example:
            >>> from zhenggong import Engine
            >>> zero = ("pension", "medical", "occupational_annuity", "housing_fund", "income_tax")
            >>> people = {"person": ["P1", "P2"], "unit": ["城东派出所"] * 2, "kind": ["民警"] * 2,
            ...           "警衔": ["三级警司", "大校"], "stated_post_pay": ["1010"] * 2,
            ...           "stated_level_pay": ["2466"] * 2, "previous_rank": [None, None],
            ...           **{f"stated_{item}": ["0"] * 2 for item in zero}}
            >>> parts = Engine().month_run_batches((people for _ in range(3)), month="2021-03",
            ...                                    on_error="column", employer_cost=False)
            >>> [(len(part), part.failed) for part in parts]
            [(2, 1), (2, 1), (2, 1)]
        """

    def assess(
        self,
        subjects: _Rows,
        events: _Rows | None = None,
        *,
        month: str,
        period: Literal["month", "quarter", "half-year", "year"] | None = None,
        schemes: Iterable[str] | None = None,
        orders: Iterable[_Facts] | None = None,
        known_on: date | str | None = None,
        on_error: Literal["raise", "report"] | None = None,
        other_periods: bool | None = None,
        published: Assessment | Mapping[str, Decimal | str] | Iterable[_Facts] | None = None,
        published_on: date | str | None = None,
        earlier: str | None = None,
        other_schemes: Iterable[str] | None = None,
        weights: Mapping[str, Mapping[str, Decimal | str]] | None = None,
        language: _Language = "en",
    ) -> Assessment:
        """Score units and people from dated events (考核), with every point's event and clause.

        Subjects and events are tables with English or Chinese column names, dicts of columns, or
        lists of dicts or dataclasses. Points are decimals or text; floats are refused. In tables
        flags, identities and moves are lists, or text with ``;`` or ``、`` between them.

        One of ``published``, ``published_on``, ``earlier``, and ``other_schemes`` with ``weights``
        says what the scores are compared with; the answer is in ``.difference``.

        Args:
            subjects: Who is assessed (考核对象).
            events: What happened (事件); without it nothing did.
            month: The month, such as ``"2025-03"``; of a longer period any month.
            period: ``"month"`` (the default), ``"quarter"``, ``"half-year"`` or ``"year"``.
            schemes: The schemes to use, where the place has several for one kind of subject.
            orders: Orders of peacetime and wartime, each with ``date`` and ``condition``.
            known_on: Only what was known on this day counts; without it everything.
            on_error: ``"raise"`` raises the first error (the default); ``"report"`` scores who
                can be scored, and ``.errors`` says why the others are not.
            other_periods: Whether events outside the period are passed over, as in a list of a
                year; errors otherwise.
            published: What was published: totals by subject, or records with ``subject``, ``total``
                and, where they were published, ``grade``, ``coefficient`` and ``sheets``, or the
                ``Assessment`` itself.
            published_on: The day of publication; what was known then is scored again.
            earlier: An earlier period of the same kind; the events are then those of both.
            other_schemes: Schemes to try instead.
            weights: Weights to try, by scheme and sheet or item.
            language: Of the columns and cells of the tables; ``"en"`` names are keys and codes.

        Raises:
            InputError: a table, a row or an option can't be read, or an event fits no scheme; see
                ``.row``, ``.person`` and ``.field``.
            PolicyError: the packs have no scheme for the month or the place.
            RuleError: a subject can't be scored.

        Example:
            >>> from zhenggong import Engine, Pack
            >>> engine = Engine([Pack.example("teaching-example")])
            >>> late = {"id": "E1", "subject": "A1", "date": "2025-03-10", "rule": "late"}
            >>> people = [{"id": "A1", "kind": "auxiliary"}]
            >>> engine.assess(people, [late], month="2025-03").scores.to_dict()["total"]
            [Decimal('97.00')]
        """

    def evaluate(self, rule: str, input: _Facts | None = None, **fields: object) -> Evaluation:
        """Run one rule by its id (按编号运行规则).

        Args:
            rule: Id of the rule; see ``rules()``.
            input: A mapping or dataclass with ``month`` and the inputs of the rule. Where the
                rule takes a list of records, a table of Polars, pandas, pyarrow or DuckDB stands
                for it as well: its columns are the keys, null is a key left out.
            **fields: The inputs as keyword arguments, instead of ``input``.

        Raises:
            InputError: the rule is not known (113), or an input is missing or not in its form.
            PolicyError: the packs have no value for the month or the place.
            RuleError: the rule can't give an answer.

        Example:
            >>> from zhenggong import Engine
            >>> ranks = [{"from": "2014-07-01", "rank": "三级警司"}]
            >>> facts = {"month": "2016-03", "ranks": ranks}
            >>> answer = Engine().evaluate("allowance.police-rank", facts)
            >>> answer.value, answer.evidence
            ('660.00', 'secondary')
            >>> Engine().evaluate("allowance.police-rank", month="2016-03", ranks=ranks).value
            '660.00'
        """

    def evaluate_rows(
        self,
        rule: str,
        rows: _Stream | _Array | Sequence[Mapping[str, object] | DataclassInstance],
        shared: Mapping[str, object] | DataclassInstance,
        *,
        on_error: Literal["raise", "column"] = "raise",
        language: Literal["zh", "en"] = "en",
    ) -> AssessmentTable:
        """Run one rule for each row of a table (逐行运行规则).

        Args:
            rule: Id of the rule; see ``rules()``.
            rows: A table of Polars, pandas, pyarrow or DuckDB, or a list of dicts, with the inputs
                of the rule as columns. A column ``person`` stands first in the result, and errors
                name it; it is an input of ``settlement.payslip`` alone.
            shared: The inputs that are the same for all, such as ``month``.
            on_error: ``"raise"`` raises the error of the first row that has one; ``"column"`` puts
                it into the columns ``error_code`` and ``error``.
            language: The language of the column ``error``, ``"zh"`` or ``"en"``.

        Returns:
            The answers, one row a row, as ``Evaluation.table`` has them; ``value`` where the rule
            answers a single value.

        Raises:
            InputError: the rule is not known (113), a column is one of floats (104) or of a type
                that no rule reads (123), or a row has an input that is missing or not in its form.
            PolicyError: the packs have no value for the month or the place.
            RuleError: the rule can't give an answer.

        Example:
            >>> from zhenggong import Engine
            >>> old = {"person": "P1", "from": "2004-07-01"}
            >>> new = {"person": "P2", "from": "2024-07-01"}
            >>> shared = {"month": "2025-03", "to": "2025-03-31"}
            >>> Engine().evaluate_rows("service.full-years", [old, new], shared).to_dict()
            {'person': ['P1', 'P2'], 'value': [20, 0]}
        """

    def __copy__(self) -> Self: ...
    def __deepcopy__(self, memo: object) -> Self: ...

@final
class Pack:
    """A policy pack (政策包): the dated, sourced values of one place.

    A pack with mistakes can be made and looked at, but an engine refuses it. A pack pickles as its
    text; packs are equal where text and name of the file are.

    Attributes:
        id: The id that a place is named by.
        layer: ``"national"``, ``"province"``, ``"city"`` or ``"unit"``.
        place: The name of the place.
        file: The name of the file.
        digest: SHA-256 of the text, in hex.
        findings: What was found in the file itself.

    Example:
        >>> from zhenggong import Pack
        >>> pack = Pack.example("example-city")
        >>> pack.layer, pack.findings
        ('city', [])
    """

    @staticmethod
    def from_text(text: str, *, name: str = "pack.toml") -> Pack:
        """Read a pack from TOML text.

        Args:
            text: The whole pack.
            name: How findings name it.

        Example:
            >>> from zhenggong import Pack
            >>> pack = Pack.from_text("[pack", name="my-city.toml")
            >>> finding = pack.findings[-1]
            >>> finding.file, finding.line, finding.severity, finding.name
            ('my-city.toml', 1, 'error', 'PackSyntax')
        """

    @staticmethod
    def from_file(path: str | PathLike[str]) -> Pack:
        """Read a pack from a file in UTF-8.

        Raises:
            InputError: 125 Io where the file can't be read; 118 NotUtf8.
        """

    @staticmethod
    def national() -> list[Pack]:
        """Return the packs with the national standards that the library carries."""

    @staticmethod
    def example(id: str) -> Pack:
        """Return a built-in pack with a published local scheme.

        Raises:
            PolicyError: 217 UnknownPlace; see ``example_ids()``.

        Example:
            >>> from zhenggong import Pack
            >>> Pack.example("beijing").layer
            'city'
        """

    @staticmethod
    def example_ids() -> list[str]:
        """Return the ids of the built-in local packs."""

    @property
    def id(self) -> str: ...
    @property
    def layer(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def findings(self) -> list[Finding]: ...
    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, memo: object) -> Self: ...

@final
class Facts:
    """The facts of one person for one month, read and checked once (人员事实).

    Whatever takes facts takes them too. Use them where one person is computed more than once: for
    several months, under several engines, with one fact changed. They pickle, are equal where all
    facts are, and a copy is the object itself.

    Args:
        facts: The facts, as a mapping or a dataclass.
        **more: Facts as keyword arguments, instead of or besides ``facts``.

    Attributes:
        person: Opaque id of the person.
        unit: The unit.
        kind: ``"officer"`` or ``"auxiliary"``.

    Raises:
        InputError: a fact is unknown (109), given twice or not in its form; see ``.field``.

    Example:
        >>> from zhenggong import Facts
        >>> facts = Facts(person="P1", unit="城东派出所", kind="民警", rank="三级警司")
        >>> facts.replace(rank="二级警司").to_dict()["rank"]
        'superintendent-second-class'
    """

    def __new__(cls, facts: _Facts | None = None, /, **more: object) -> Facts: ...
    @property
    def person(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def kind(self) -> Literal["officer", "auxiliary"]: ...
    def to_dict(self) -> dict[str, Any]:
        """Return the facts as a new dict: amounts and dates as text; None is not applicable."""

    def replace(self, **changes: object) -> Facts:
        """Return the facts with some of them changed; ``MISSING`` takes one back.

        Args:
            **changes: The new values by key.

        Raises:
            InputError: as for the facts themselves.
        """

    def __eq__(self, other: object, /) -> bool: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, memo: object) -> Self: ...

@final
class PayLine:
    """One line of a payslip (工资项目).

    Attributes:
        item: Code of the item, such as ``"post-pay"``.
        zh: Chinese name of the item.
        en: English name of the item.
        side: ``"earning"``, ``"deduction"`` or ``"employer-cost"``.
        amount: Amount in yuan, to the fen.
        origin: ``"computed"`` by a rule or ``"stated"`` by the office.
    """

    @property
    def item(self) -> str: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def side(self) -> _Side: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def origin(self) -> Literal["computed", "stated"]: ...

@final
class Payslip:
    """One person's pay for one month (工资单): lines, totals, and why each line is what it is.

    All amounts are ``Decimal`` in yuan, to the fen. It does not pickle: keep ``to_json()``, or send
    the ``Engine`` and the ``Facts``, which do.

    Attributes:
        person: Opaque id of the person.
        unit: The unit.
        kind: ``"officer"`` or ``"auxiliary"``.
        month: The month, such as ``"2025-03"``.
        lines: The lines, in the order in which they are printed.
        gross: All earnings (应发合计).
        deductions: All deductions (扣款合计).
        net: Gross less deductions (实发合计).
        employer_cost: What the employer pays on top (单位承担合计).
        evidence: The weakest evidence used, or None where no policy value was used.
        derivation: The lines of the computation, with names in both languages and every citation.
        receipt: What it was computed with: library version, pack digest, place, month.

    Example:
        >>> from zhenggong import Engine
        >>> stated = {"post-pay": "2410", "level-pay": "3620", "pension": "0", "medical": "0",
        ...           "occupational-annuity": "0", "housing-fund": "0", "income-tax": "30.90"}
        >>> person = {"person": "P1", "unit": "城东派出所", "kind": "民警", "rank": None,
        ...           "duty": None, "stated": stated}
        >>> slip = Engine().payslip(person, month="2025-03")
        >>> slip.net, slip.amount("级别工资"), slip.amount("police-rank-allowance")
        (Decimal('5999.10'), Decimal('3620.00'), None)
        >>> [(line.item, line.origin) for line in slip.lines][:1]
        [('post-pay', 'stated')]
    """

    @property
    def person(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def month(self) -> str: ...
    @property
    def lines(self) -> tuple[PayLine, ...]: ...
    @property
    def gross(self) -> Decimal: ...
    @property
    def deductions(self) -> Decimal: ...
    @property
    def net(self) -> Decimal: ...
    @property
    def employer_cost(self) -> Decimal: ...
    @property
    def evidence(self) -> str | None: ...
    @property
    def derivation(self) -> list[dict[str, Any]]: ...
    @property
    def receipt(self) -> dict[str, str | None]: ...
    def amount(self, item: str) -> Decimal | None:
        """Return the amount of an item by code or name, or None where the slip has no such line.

        Args:
            item: ``PayItem.POST_PAY``, ``"post-pay"`` or ``"职务工资"``.

        Raises:
            InputError: 107 UnknownTerm, naming the item that looks most alike.
        """

    def text(self, language: _Language = "zh") -> str:
        """Return lines with their origin, and totals, as text in ``"zh"`` or ``"en"``."""

    def explain(self, language: _Language = "zh") -> str:
        """Return why every line is what it is, as indented text in ``"zh"`` or ``"en"``."""

    def to_json(self) -> str:
        """Return all of it as JSON text, the same bytes as in Rust and C."""

    def _repr_html_(self) -> str: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, memo: object) -> Self: ...

@final
class RunRow:
    """The pay of one person in a month run: lines and totals, without the derivation.

    Attributes:
        row: Row of the input, from 1; for a roster the line of its file.
        person: Opaque id of the person.
        unit: The unit.
        kind: ``"officer"`` or ``"auxiliary"``.
        lines: The lines, in the order in which they are printed.
        gross: All earnings (应发合计), in yuan.
        deductions: All deductions (扣款合计), in yuan.
        net: Gross less deductions (实发合计), in yuan.
        employer_cost: What the employer pays on top (单位承担合计), in yuan.
    """

    @property
    def row(self) -> int: ...
    @property
    def person(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def lines(self) -> tuple[PayLine, ...]: ...
    @property
    def gross(self) -> Decimal: ...
    @property
    def deductions(self) -> Decimal: ...
    @property
    def net(self) -> Decimal: ...
    @property
    def employer_cost(self) -> Decimal: ...

@final
class Totals:
    """Sums over people (合计), in yuan.

    Attributes:
        people: How many people.
        items: Sum by the code of the item.
        gross: Sum of gross pay (应发合计).
        deductions: Sum of deductions (扣款合计).
        net: Sum of net pay (实发合计).
        employer_cost: Sum of what the employer pays on top (单位承担合计).
    """

    @property
    def people(self) -> int: ...
    @property
    def items(self) -> dict[str, Decimal]: ...
    @property
    def gross(self) -> Decimal: ...
    @property
    def deductions(self) -> Decimal: ...
    @property
    def net(self) -> Decimal: ...
    @property
    def employer_cost(self) -> Decimal: ...

@final
class MonthRun:
    """The result of a month run (月度核算): good rows, bad rows, totals, receipt.

    It does not pickle: keep ``to_json()`` or ``to_csv()``.

    Attributes:
        month: The month.
        rows: The people whose pay could be computed, in the order of the input.
        errors: The errors of the others, as exceptions that were not raised; each names its row
            and person.
        units: Totals by unit, of the good rows.
        totals: Totals of all good rows.
        receipt: What it was computed with.

    Example:
        >>> from zhenggong import Engine
        >>> stated = {"post-pay": "2410", "level-pay": "3620", "pension": "0", "medical": "0",
        ...           "occupational-annuity": "0", "housing-fund": "0", "income-tax": "30.90"}
        >>> person = {"person": "P1", "unit": "城东派出所", "kind": "民警", "rank": None,
        ...           "duty": None, "stated": stated}
        >>> other = person | {"person": "P2", "stated": {}}
        >>> run = Engine().month_run([person, other], month="2025-03")
        >>> [(row.person, row.net) for row in run.rows], [error.name for error in run.errors]
        ([('P1', Decimal('5999.10'))], ['MissingFact'])
    """

    @property
    def month(self) -> str: ...
    @property
    def rows(self) -> list[RunRow]: ...
    @property
    def errors(self) -> list[ZhenggongError]: ...
    @property
    def units(self) -> dict[str, Totals]: ...
    @property
    def totals(self) -> Totals: ...
    @property
    def receipt(self) -> dict[str, str | None]: ...
    def to_csv(self, language: _Language = "zh") -> str:
        """Return the run as CSV text with names in ``"zh"`` or ``"en"``, one line per person."""

    def to_json(self) -> str:
        """Return rows, errors, totals and receipt as JSON text, the same bytes as in Rust and C."""

    def _repr_html_(self) -> str: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, memo: object) -> Self: ...

@final
class Assessment:
    """The scores of a period, as tables and one by one (考核结果).

    Attributes:
        period: The period, such as ``"2025-03"`` or ``"2025-Q1"``.
        value: The answer of ``assessment.score`` with trail and ranking, as ``evaluate`` gives it.
        scores: One row a subject: scheme, sheets, total, grade, coefficient, rank,
            what is open, days on the list.
        sheets: One row a sheet; of a period that was split, part by part.
        trail: One row a line: sheet, item, rule, event, date, points, clause, what the points come
            from and their reckoning in words.
        ranking: The ranking lists, one for each kind, scheme and sequence.
        errors: One row an error: who is not scored, the event, the field, the code, the message
            and, where it is one of what the scores were compared with, the side; only with
            ``on_error="report"`` can there be some.
        difference: One row a subject for whom anything differs; None where nothing was compared.
        coefficients: The coefficients of the month's bonus by subject, where a scheme gives one.

    Example:
        >>> from zhenggong import Engine, Pack
        >>> engine = Engine([Pack.example("teaching-example")])
        >>> late = {"id": "E1", "subject": "A1", "date": "2025-03-10", "rule": "late"}
        >>> people = [{"id": "A1", "kind": "auxiliary"}]
        >>> scored = engine.assess(people, [late], month="2025-03")
        >>> events = scored.trail.to_dict()["event"]
        >>> scored.coefficients, [event for event in events if event]
        ({'A1': Decimal('1')}, ['E1'])
    """

    @property
    def period(self) -> str: ...
    @property
    def value(self) -> dict[str, Any]: ...
    @property
    def scores(self) -> AssessmentTable: ...
    @property
    def sheets(self) -> AssessmentTable: ...
    @property
    def trail(self) -> AssessmentTable: ...
    @property
    def ranking(self) -> AssessmentTable: ...
    @property
    def errors(self) -> AssessmentTable: ...
    @property
    def difference(self) -> AssessmentTable | None: ...
    @property
    def coefficients(self) -> dict[str, Decimal]: ...
    def explain(self, subject: str | None = None, language: _Language = "zh") -> str:
        """Return one subject's sheets as text: every event with its date, clause and points.

        Args:
            subject: Id of the subject; without it the ranking lists come back.
            language: ``"zh"`` or ``"en"``.

        Raises:
            InputError: the subject was not scored.
        """

    def value_json(self) -> str:
        """Return the value as JSON text, the same bytes as in Rust and C."""

    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def _repr_html_(self) -> str: ...

@final
class AssessmentTable:
    """A table of an answer (考核表格、结果列表).

    It holds the scores, sheets, trail, ranking or differences of an assessment, or a list in the
    answer of a rule.

    In an assessment, points are decimals with four places, coefficients with nine, ranks and parts
    integers, days dates; null where a row has no such value.

    It has ``__arrow_c_stream__``, so that whatever reads Arrow reads it without a copy.

    Attributes:
        columns: The names of the columns.
    """

    @property
    def columns(self) -> tuple[str, ...]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def to_polars(self) -> polars.DataFrame:
        """Return a Polars frame."""

    def to_pyarrow(self) -> Any:
        """Return a pyarrow table."""

    def to_pandas(self, backend: Literal["pyarrow", "numpy"] = "pyarrow") -> pandas.DataFrame:
        """Return a pandas frame; pandas needs pyarrow for it.

        Args:
            backend: ``"pyarrow"`` for Arrow columns, ``"numpy"`` for ``Decimal`` objects.
        """

    def to_duckdb(
        self, connection: duckdb.DuckDBPyConnection | None = None
    ) -> duckdb.DuckDBPyRelation:
        """Return a DuckDB relation.

        Args:
            connection: The connection that the relation belongs to; without it the default one.
        """

    def to_dict(self) -> dict[str, list[Any]]:
        """Return the columns by name, as lists.

        Points and coefficients are ``Decimal``, ranks int, days ``date``, and null is None.
        """

    def to_csv(self) -> str:
        """Return the rows as CSV text, the same bytes as in Rust."""

    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def _repr_html_(self) -> str: ...

@final
class Evaluation:
    """The answer of one rule: its value, and why (规则结果).

    Attributes:
        value: The value; an amount is decimal text in yuan, a count an int.
        evidence: The weakest evidence used, or None where no policy value was used.
        derivation: The lines of the computation, with names in both languages and every citation.

    Example:
        >>> from zhenggong import Engine
        >>> ranks = [{"from": "2014-07-01", "rank": "三级警司"}]
        >>> facts = {"month": "2016-03", "ranks": ranks}
        >>> answer = Engine().evaluate("allowance.police-rank", facts)
        >>> answer
        <Evaluation allowance.police-rank = "660.00">
        >>> print(answer.explain("en").splitlines()[0])
        Police rank allowance of the month 660.00 yuan
    """

    @property
    def value(self) -> Any: ...
    @property
    def evidence(self) -> str | None: ...
    @property
    def derivation(self) -> list[dict[str, Any]]: ...
    def explain(self, language: _Language = "zh") -> str:
        """Return why, as indented text in ``"zh"`` or ``"en"``."""

    def table(self, key: str = "") -> AssessmentTable:
        """Return a list in the value as a table, one row an item (结果中的列表作为表).

        Whole numbers and booleans have columns of their own types; all else is text, amounts digit
        by digit. An object inside an item has its keys as columns ``key.inner``, a list of texts
        is one text with ``;`` between them.

        Args:
            key: The key of the list; left out where the value itself is a list.

        Raises:
            InputError: the value has no such list (107); the message names those that it has.

        Example:
            >>> from zhenggong import Engine
            >>> facts = {"score": "95.5", "unit": "U", "standing": "graded"}
            >>> people = [{"id": "P1", **facts}, {"id": "P2", **facts, "score": "91"}]
            >>> pools = [{"id": "U", "should_take_part": 10}]
            >>> asked = {"month": "2023-12", "rounding": "down", "pools": pools, "people": people}
            >>> Engine().evaluate("assessment.quota", asked).table().to_dict()["excellent"]
            ['P1;P2']
        """

    def value_json(self) -> str:
        """Return the value alone as JSON text, the same bytes as in Rust and C."""

    def to_json(self) -> str:
        """Return value, evidence and derivation as JSON text, the same bytes as in Rust and C."""

    def _repr_html_(self) -> str: ...

@final
class Finding:
    """An error or a warning at a place of a file (检查结果).

    Attributes:
        file: The name of the file as the caller gave it.
        line: Line, from 1.
        column: Column in characters, from 1.
        severity: ``"error"`` or ``"warning"``.
        code: Stable number of what was found, the same in Rust and C.
        name: Stable name of the code, such as ``"MissingFact"``.
        error: What was found, as an exception that was not raised; it has person, field and rule.

    Example:
        >>> from zhenggong import Pack
        >>> finding = Pack.from_text("[pack]", name="city.toml").findings[0]
        >>> finding.file, finding.line, finding.name
        ('city.toml', 1, 'MissingKey')
    """

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def severity(self) -> Literal["error", "warning"]: ...
    @property
    def code(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def error(self) -> ZhenggongError: ...
    @property
    def zh(self) -> str:
        """``file:line:column: [code] message`` in Chinese."""

    @property
    def en(self) -> str:
        """``file:line:column: [code] message`` in English."""

    def to_json(self) -> str:
        """Return the finding as JSON text."""

@final
class PayTable:
    """The pay of a table's rows (工资表).

    The columns are ``person``, ``unit`` and ``month`` as they came, then one per item and sum, in
    yuan with two places; null where a row has no such line.

    It has ``__arrow_c_stream__``, so that whatever reads Arrow reads it without a copy.

    Attributes:
        columns: The names of the columns.
        failed: How many rows could not be computed; their errors stand in the last two columns.
        receipt: What it was computed with: library version, pack digest, place, month.

    Example:
        >>> from zhenggong import Engine
        >>> zero = ("pension", "medical", "occupational_annuity", "housing_fund", "income_tax")
        >>> people = {"person": ["P1"], "unit": ["城东派出所"], "kind": ["民警"],
        ...           "警衔": ["三级警司"],
        ...           "stated_post_pay": ["1010"], "stated_level_pay": ["2466"],
        ...           **{f"stated_{item}": ["0"] for item in zero}}
        >>> paid = Engine().month_run_table(people, month="2021-03", employer_cost=False)
        >>> print(paid.to_csv().splitlines()[0][:30])
        person,unit,post_pay,level_pay
    """

    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def failed(self) -> int: ...
    @property
    def receipt(self) -> dict[str, Any]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def to_polars(self) -> polars.DataFrame:
        """Return a Polars frame."""

    def to_pyarrow(self) -> Any:
        """Return a pyarrow table."""

    def to_pandas(self, backend: Literal["pyarrow", "numpy"] = "pyarrow") -> pandas.DataFrame:
        """Return a pandas frame; pandas needs pyarrow for it.

        Args:
            backend: ``"pyarrow"`` for Arrow columns, ``"numpy"`` for ``Decimal`` objects.
        """

    def to_duckdb(
        self, connection: duckdb.DuckDBPyConnection | None = None
    ) -> duckdb.DuckDBPyRelation:
        """Return a DuckDB relation.

        Args:
            connection: The connection that the relation belongs to; without it the default one.
        """

    def to_dict(self) -> dict[str, list[Any]]:
        """Return the columns by name, as lists.

        Amounts are ``Decimal``, error codes int, dates ``date``, and null is None.
        """

    def to_csv(self) -> str:
        """Return the rows as CSV text, the same bytes as in Rust."""

    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def _repr_html_(self) -> str: ...

@final
class PayBatches:
    """The pay of the rows of many tables, computed as they are asked for (分批核算).

    It is an iterator of ``PayTable``, one for each batch that comes in; or, by
    ``__arrow_c_stream__``, one stream of all that is still to come. Only one batch and its result
    are in memory. Rows are counted through, so that an error names the row of the whole.
    """

    def __iter__(self) -> PayBatches: ...
    def __next__(self) -> PayTable: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Roster:
    """A roster (花名册) that was read: the lines without a fault, and everything that is wrong.

    Attributes:
        findings: All faults, in the order of the file; empty where the roster is whole.
        people: The facts of the lines without a fault, as dicts that ``Engine.payslip`` takes.
    """

    @staticmethod
    def from_file(
        path: str | PathLike[str], *, month: str, encoding: Literal["utf-8", "gbk"] = "utf-8"
    ) -> Roster:
        """Read a roster from a CSV file with Chinese or English column names.

        Args:
            path: The file.
            month: The month that is being run, such as ``"2021-03"``.
            encoding: ``"utf-8"`` or ``"gbk"``; it is never guessed.

        Raises:
            InputError: 125 Io where the file can't be read; 126 InvalidOption.
        """

    @staticmethod
    def from_table(table: _Table | Iterable[_Table], *, month: str, name: str = "table") -> Roster:
        """Read a roster from a table with Chinese or English column names.

        The column ``month`` may be left out. In findings, a line is a row of the table from 1.

        Args:
            table: Whatever ``Engine.month_run_batches`` takes.
            month: The month that is being run.
            name: How findings name the table.

        Raises:
            InputError: 116 MissingColumn, 109 UnknownField, 123 ColumnType, 104 FloatRefused.
        """

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    @staticmethod
    def from_bytes(
        data: bytes,
        *,
        month: str,
        encoding: Literal["utf-8", "gbk"] = "utf-8",
        name: str = "roster.csv",
    ) -> Roster:
        """Read a roster from the bytes of a CSV file.

        Args:
            data: The whole file.
            month: The month that is being run.
            encoding: ``"utf-8"`` or ``"gbk"``.
            name: How findings name the file.

        Raises:
            InputError: 126 InvalidOption.

        Example:
            >>> import os
            >>> from zhenggong import Roster
            >>> lines = ["人员编号,单位,人员类别,月份,警衔", "P1,城东派出所,民警,2021-03,三级警司",
            ...          "P2,城东派出所,民警,2021-03,大校"]
            >>> data = os.linesep.join(lines).encode()
            >>> roster = Roster.from_bytes(data, month="2021-03")
            >>> len(roster), [(f.line, f.column, f.name) for f in roster.findings]
            (1, [(3, 21, 'UnknownTerm')])
        """

    @property
    def findings(self) -> list[Finding]: ...
    @property
    def people(self) -> list[dict[str, Any]]: ...
    def find(self, person: str) -> dict[str, Any] | None:
        """Return the facts of one person by id, or None."""

    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...

@final
class _Sheet:
    """A file of subjects or events that was read, and everything that is wrong with it."""

    @staticmethod
    def from_file(path: str | PathLike[str], kind: str, encoding: str) -> _Sheet:
        """Read a CSV file of ``"subjects"`` or ``"events"``."""

    @staticmethod
    def from_table(table: _Table | Iterable[_Table], kind: str, name: str) -> _Sheet:
        """Read a table of ``"subjects"`` or ``"events"``."""

    @property
    def of_rows(self) -> bool:
        """Whether all findings are of rows, so that the others can be scored."""

    @property
    def findings(self) -> list[Finding]: ...
    @property
    def lines(self) -> list[int]: ...

def lint(packs: Iterable[Pack], *, national: bool = True) -> list[Finding]:
    """Check packs, alone and together (检查政策包).

    Args:
        packs: The packs to check.
        national: Whether the built-in national packs stand above them.

    Returns:
        All findings, errors and warnings, with file, line and column.

    Example:
        >>> from zhenggong import Pack, lint
        >>> lint([Pack.example("example-city")])
        []
    """

def rules() -> list[dict[str, Any]]:
    """Return the rule catalogue (规则目录), one dict a rule.

    Returns:
        For each rule its ``id``, names, ``inputs`` (key, names, form, whether it is always needed),
        ``output``, and the ``policy`` fields that it reads.

    Example:
        >>> import zhenggong
        >>> any(r["id"] == "allowance.police-rank" for r in zhenggong.rules())
        True
    """

def schemas() -> list[str]:
    """Return the names of all schemas (数据格式目录).

    Returns:
        The records (``"person"``, ``"payslip"`` …), then the input and the output of each rule as
        ``"<id of the rule>.input"`` and ``"<id of the rule>.output"``.

    Example:
        >>> import zhenggong
        >>> zhenggong.schemas()[:3]
        ['person', 'payslip', 'month-run']
    """

def schema(name: str) -> dict[str, Any]:
    """Return one JSON Schema, draft 2020-12 (数据格式).

    It is made from the types that read inputs and write outputs, and describes the JSON of
    ``to_json()`` and of the C library. Facts and inputs given to this package may be ``Decimal``
    and ``date`` where the schema says text.

    Args:
        name: One of ``schemas()``.

    Raises:
        InputError: there is no schema of this name (107).

    Example:
        >>> import zhenggong
        >>> zhenggong.schema("allowance.police-rank.input")["required"]
        ['month', 'ranks']
    """

def error_codes() -> list[dict[str, Any]]:
    """Return every error code: ``code``, ``name``, ``class``.

    Example:
        >>> import zhenggong
        >>> {c["code"]: c["name"] for c in zhenggong.error_codes()}[108]
        'MissingFact'
    """

def _error(name: str, args: list[tuple[str, str, str]], field: str | None = None) -> ZhenggongError:
    """Return the exception of an error code, by its name.

    Args:
        name: Name of the code, such as ``"Io"``.
        args: The arguments of its message: name, Chinese text, English text.
        field: The field concerned.

    Raises:
        InternalError: there is no such code, or no such argument.
    """

def data_version() -> str:
    """Return the SHA-256 over the built-in national packs.

    Two installations with the same digest compute with the same values.

    Example:
        >>> import zhenggong
        >>> len(zhenggong.data_version)
        64
    """

def build_info() -> dict[str, str]:
    """Return how this library was built: ``version``, ``profile``, ``target``, ``abi``.

    Example:
        >>> import zhenggong
        >>> zhenggong.build_info()["abi"]
        'abi3-py311'
    """

def vocabularies() -> list[dict[str, Any]]:
    """Return the closed lists of the field (词表) that facts and results speak in.

    Returns:
        For each list its ``name``, ``code``, ``zh``, ``en`` and ``members``; for each member
        ``code``, ``zh`` and ``en``. The enums of ``zhenggong`` are made of it.

    Example:
        >>> import zhenggong
        >>> lists = {v["name"]: v for v in zhenggong.vocabularies()}
        >>> lists["PersonKind"]["members"][0]["zh"]
        '民警'
    """
