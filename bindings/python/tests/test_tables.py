"""Month runs over tables: every kind of table in and out, errors, batches, threads."""

from __future__ import annotations

import csv
import datetime
import functools
import hashlib
import io
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Literal

import duckdb
import oracle
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import DATA, ROOT, engine_for
from hypothesis import given, settings
from hypothesis import strategies as st
from zhenggong import (
    Engine,
    InputError,
    Pack,
    PayItem,
    PayTable,
    PolicyError,
    Roster,
    ZhenggongError,
)

MONTH = "2021-03"


@functools.cache
def roster() -> Roster:
    return Roster.from_file(DATA / "sample-roster.csv", month=MONTH)


@functools.cache
def frame() -> pl.DataFrame:
    """Return the sample roster with columns of the types that such columns have."""
    money = [c for c in pl.DataFrame(roster()).columns if c.startswith(("stated_", "ytd_"))]
    money += ["contribution_wage", "housing_wage", "special_additional"]
    counts = ["overtime_rest_days", "overtime_holiday_days", "night_shifts", "tax_months"]
    return pl.DataFrame(roster()).with_columns(
        pl.col(money).cast(pl.Decimal(18, 2)),
        pl.col("housing_rate").cast(pl.Decimal(5, 4)),
        pl.col("kind", "rank", "unit").cast(pl.Categorical),
        pl.col("rank_since").str.to_date(),
        pl.col(counts).cast(pl.UInt8, strict=False),
    )


@functools.cache
def paid(language: Literal["zh", "en"] = "en") -> PayTable:
    return engine_for("example-city", "inferred").month_run_table(
        frame(), month=MONTH, on_error="column", language=language
    )


TABLES: dict[str, Callable[[], Any]] = {
    "Polars": frame,
    "Polars text": lambda: pl.DataFrame(roster()),
    "Polars in pieces": lambda: pl.concat([frame()[:7], frame()[7:]], rechunk=False),
    "pandas numpy": lambda: pl.DataFrame(roster()).to_pandas(),
    "pandas objects": lambda: frame().to_arrow().to_pandas(integer_object_nulls=True),
    "pandas Arrow": lambda: frame().to_pandas(use_pyarrow_extension_array=True),
    "pandas, sorted": lambda: pl.DataFrame(roster()).to_pandas().sort_index(ascending=True)[::1],
    "pyarrow table": lambda: frame().to_arrow(),
    "pyarrow reader": lambda: frame().to_arrow().to_reader(max_chunksize=64),
    "pyarrow batch": lambda: pl.DataFrame(roster()).to_arrow().combine_chunks().to_batches()[0],
    "DuckDB": lambda: duckdb.from_arrow(pl.DataFrame(roster()).to_arrow()),
    "dict of texts": lambda: pl.DataFrame(roster()).to_dict(as_series=False),
    "dict of values": lambda: frame().to_dict(as_series=False),
    "dict of series": lambda: frame().to_dict(as_series=True),
}


@pytest.mark.parametrize("kind", TABLES)
def test_every_kind_of_table_gives_the_same(city: Engine, kind: str) -> None:
    got = city.month_run_table(TABLES[kind](), month=MONTH, on_error="column")
    assert got.to_csv() == paid().to_csv()
    assert len(got) == 300


def test_polars_columns_without_a_value_are_missing_facts(city: Engine) -> None:
    # Polars gives them the type null, and a dict or a CSV file without a value ends there.
    bare = frame().drop("duty_days", "night_shifts", strict=False)
    empty = [pl.lit(None).alias(name) for name in ("duty_days", "night_shifts")]
    nothing = bare.with_columns(empty)
    assert nothing.schema["duty_days"] == pl.Null()
    want = city.month_run_table(bare, month=MONTH, on_error="column")
    got = city.month_run_table(nothing, month=MONTH, on_error="column")
    assert got.to_csv() == want.to_csv()
    # What every row needs is missing from each.
    without = nothing.with_columns(pl.lit(None).alias("kind"))
    errors = city.month_run_table(without, month=MONTH, on_error="column").to_dict()["error_code"]
    assert errors == [108] * 300


def test_a_pandas_frame_that_was_filtered_has_no_column_more(city: Engine) -> None:
    whole = pl.DataFrame(roster()).to_pandas()
    some = whole[whole["unit"] == "城东派出所"]
    assert not isinstance(some.index, pd.RangeIndex)
    got = city.month_run_table(some, month=MONTH, on_error="column")
    assert len(got) == len(some) > 0


def test_an_object_with_one_array_is_a_table(city: Engine) -> None:
    class One:
        def __init__(self, batch: Any) -> None:
            self.batch = batch

        def __arrow_c_array__(self, requested_schema: object = None) -> Any:
            return self.batch.__arrow_c_array__(requested_schema)

    batch = frame().to_arrow().combine_chunks().to_batches()[0]
    got = city.month_run_table(One(batch), month=MONTH, on_error="column")
    assert got.to_csv() == paid().to_csv()
    with pytest.raises(InputError, match="not a table"):
        city.month_run_table(One(pa.array([1, 2])), month=MONTH)


def test_the_table_is_the_month_run(city: Engine) -> None:
    run = city.month_run(roster(), month=MONTH)
    columns = paid().to_dict()
    by_person = {p: n for n, p in enumerate(columns["person"])}
    for row in run.rows:
        at = by_person[row.person]
        lines = {line.item.replace("-", "_"): line.amount for line in row.lines}
        for item in PayItem:
            name = item.code.replace("-", "_")
            assert columns[name][at] == lines.get(name), (row.person, name)
        for total in ("gross", "deductions", "net", "employer_cost"):
            assert columns[total][at] == getattr(row, total)
        assert columns["error_code"][at] is None
    assert paid().failed == len(run.errors) == sum(c is not None for c in columns["error_code"])
    for error in run.errors:
        assert error.person is not None
        at = by_person[error.person]
        assert columns["error_code"][at] == error.code
        assert columns["net"][at] is None
        assert f"row {at + 1}, person {error.person}" in columns["error"][at]
    assert paid().receipt == run.receipt


def test_the_oracle_agrees_with_the_table_to_the_fen() -> None:
    with (DATA / "sample-roster.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns, compared = paid().to_dict(), 0
    for at, row in enumerate(rows):
        if columns["error_code"][at] is None and oracle.applies(row):
            expected = oracle.payslip(row)
            assert {key: columns[key][at] for key in expected} == expected
            compared += 1
    assert compared >= 150


def test_every_language_of_the_library_gives_these_bytes(city: Engine) -> None:
    committed = (ROOT / "examples" / "expected" / "sample-month.sha256").read_text(encoding="utf-8")

    def digest(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    found = ""
    languages: list[Literal["zh", "en"]] = ["zh", "en"]
    for language in languages:
        table = city.month_run_table(
            frame(),
            month=MONTH,
            on_error="column",
            language=language,
        )
        # Written by Python's own writer, from Python's own values.
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        columns = table.to_dict()
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
        assert text.getvalue() == table.to_csv()
        run = city.month_run(roster(), month=MONTH).to_csv(language)
        found += f"{digest(text.getvalue())}  table {language}\n{digest(run)}  run {language}\n"
    assert found == committed


def test_every_kind_of_result() -> None:
    net = sum(n for n in paid().to_dict()["net"] if n is not None)
    polars = paid().to_polars()
    assert polars["net"].sum() == net
    assert polars["net"].dtype == pl.Decimal(18, 2)
    assert polars.equals(pl.DataFrame(paid()))
    arrow = paid().to_pyarrow()
    assert arrow.schema.field("net").type == pa.decimal128(18, 2)
    assert arrow.to_pylist() == polars.to_dicts()
    pandas = paid().to_pandas()
    assert str(pandas.dtypes["net"]) == "decimal128(18, 2)[pyarrow]"
    assert pandas["net"].sum() == net
    objects = paid().to_pandas(backend="numpy")
    assert {type(v) for v in objects["net"].dropna()} == {Decimal}
    assert {type(v) for v in objects["error_code"].dropna()} == {int}
    assert paid().to_duckdb().aggregate("sum(net)").fetchall() == [(net,)]
    with duckdb.connect() as connection:
        relation = paid().to_duckdb(connection)
        assert relation.aggregate("count(*)").fetchall() == [(300,)]
    with pytest.raises(InputError, match="backend"):
        paid().to_pandas(backend="float")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("library", "convert"),
    [
        ("polars", lambda: paid().to_polars()),
        ("pyarrow", lambda: paid().to_pyarrow()),
        ("pandas", lambda: paid().to_pandas()),
        ("duckdb", lambda: paid().to_duckdb()),
    ],
)
def test_a_library_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, library: str, convert: Callable[[], object]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=f"pip install {library}"):
        convert()


def test_options_choose_columns(city: Engine) -> None:
    got = city.month_run_table(
        frame(),
        month=MONTH,
        on_error="column",
        items=[PayItem.INCOME_TAX, "职务工资"],
        totals=["net"],
        threads=3,
    )
    assert got.columns == (
        "person", "unit", "month", "income_tax", "post_pay", "net", "error_code", "error",
    )  # fmt: skip
    assert got.to_dict()["net"] == paid().to_dict()["net"]
    assert got.to_pyarrow().schema.field("net").type == pa.decimal128(18, 2)
    without = city.month_run_table(frame(), month=MONTH, on_error="column", employer_cost=False)
    assert set(without.to_dict()["employer_pension"]) == {None}
    chinese = city.month_run_table(frame(), month=MONTH, on_error="column", language="zh")
    assert chinese.columns[:4] == ("人员编号", "单位", "月份", "职务工资")
    assert "字段" in "".join(filter(None, chinese.to_dict()["错误"]))


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"on_error": "ignore"}, "InvalidOption"),
        ({"threads": 0}, "InvalidOption"),
        ({"totals": ["sum"]}, "InvalidOption"),
        ({"totals": "net"}, "InvalidOption"),
        ({"items": [1]}, "InvalidOption"),
        ({"items": 1}, "InvalidOption"),
        ({"items": ["horse"]}, "UnknownTerm"),
        ({"language": "fr"}, "UnknownTerm"),
        ({"month": "2021-13"}, "InvalidMonth"),
    ],
)
def test_options_that_can_not_be_used(city: Engine, options: dict[str, Any], name: str) -> None:
    for call in (city.month_run_table, city.month_run_batches):
        with pytest.raises(InputError) as raised:
            call(frame(), **{"month": MONTH, **options})
        assert raised.value.name == name


def one(**columns: Any) -> dict[str, list[Any]]:
    """Return a table of one officer with these columns besides."""
    zero = ("pension", "occupational_annuity", "medical", "housing_fund", "income_tax")
    base = {"kind": ["民警"], "rank": ["无"], "duty": ["无"], "stated_level_pay": ["1.00"]}
    base |= {"stated_post_pay": ["600.00"], **{f"stated_{name}": ["0"] for name in zero}}
    return base | {name: [value] for name, value in columns.items()}


def pay(engine: Engine, table: Any) -> list[Any]:
    return engine.month_run_table(table, month=MONTH, employer_cost=False).to_dict()["net"]


def test_values_of_a_dict(engine: Engine) -> None:
    import numpy as np

    assert pay(engine, one()) == [Decimal("601.00")]
    assert pay(engine, one(stated_post_pay=Decimal("1.5"))) == [Decimal("2.50")]
    assert pay(engine, one(tax_months=np.int64(3), rank_since=datetime.date(2020, 1, 2)))
    assert pay(engine, one(tax_months="3", rank_since="2020-01-02", person=None))
    columns = {name: tuple(values) for name, values in one().items()}
    assert pay(engine, columns) == [Decimal("601.00")]


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"stated_post_pay": 600.0}, "FloatRefused", "decimal text"),
    ({"stated_post_pay": float("nan")}, "FloatRefused", "decimal text"),
    ({"stated_post_pay": 600}, "FloatRefused", "decimal text"),
    ({"stated_post_pay": True}, "FloatRefused", "decimal text"),
    ({"housing_rate": 0.12}, "FloatRefused", "decimal text"),
    ({"stated_post_pay": Decimal("0.001")}, "TooManyDigits", "Round it"),
    ({"stated_post_pay": Decimal("NaN")}, "InvalidNumber", "1234.56"),
    ({"stated_post_pay": "-1"}, "NegativeNotAllowed", "must not be negative"),
    ({"stated_post_pay": datetime.date(2020, 1, 1)}, "InvalidInput", "pass Decimal, str or None"),
    ({"tax_months": 3.0}, "InvalidInput", "pass int, str or None"),
    ({"tax_months": True}, "InvalidInput", "pass int, str or None"),
    ({"tax_months": -1}, "NumberOutOfRange", "range"),
    ({"tax_months": 2**70}, "NumberOutOfRange", "range"),
    ({"rank_since": datetime.datetime(2020, 1, 1)}, "InvalidDate", "pass .date()"),
    ({"rank_since": 1}, "InvalidInput", "pass date, str or None"),
    ({"rank": 1}, "InvalidInput", "pass str or None"),
    ({"rank": b"x"}, "InvalidInput", "pass str or None"),
    ({"rank": "大校"}, "UnknownTerm", "Known are"),
    ({"person": "\ud800"}, "InvalidText", "surrogate"),
    ({"person": "无"}, "InvalidText", "leave it empty"),
    ({"unit": "n/a"}, "InvalidText", "leave it empty"),
    ({"unit": "a\0b"}, "InvalidText", "control character"),
    ({"horse": "x"}, "UnknownField", "Known are"),
]


@pytest.mark.parametrize(("columns", "name", "says"), REFUSED)
def test_refused_values(engine: Engine, columns: dict[str, Any], name: str, says: str) -> None:
    table = one(**columns)
    (column,) = columns
    # The second row is the bad one, so that its number says something.
    good = one()
    if column != "horse":
        table = {key: [good.get(key, [None])[0], v[0]] for key, v in table.items()}
    with pytest.raises(InputError) as raised:
        engine.month_run_table(table, month=MONTH)
    error = raised.value
    assert (error.name, error.row) == (name, None if column == "horse" else 2)
    assert says in error.en
    if column != "horse":
        assert error.field == column


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ({"kind": ["民警"], "rank": []}, "InvalidInput"),
        ({"kind": "民警"}, "InvalidInput"),
        ({"kind": 1}, "InvalidInput"),
        ({1: ["民警"]}, "InvalidInput"),
        ({}, "MissingColumn"),
        ({"kind": [], "人员类别": []}, "DuplicateColumn"),
        ({"rank": ["无"]}, "MissingColumn"),
        ("民警", "InvalidInput"),
        (7, "InvalidInput"),
        (pl.Series([1]), "InvalidInput"),
        (pl.DataFrame({"kind": [1]}), "ColumnType"),
        (pl.DataFrame(one() | {"rank_since": [datetime.datetime(2020, 1, 1)]}), "ColumnType"),
    ],
)  # fmt: skip
def test_what_is_no_table(engine: Engine, table: Any, name: str) -> None:
    with pytest.raises(InputError) as raised:
        engine.month_run_table(table, month=MONTH)
    assert raised.value.name == name


FLOATS = ["contribution_wage", "housing_rate", "tax_months", "stated_post_pay"]


@pytest.mark.parametrize("column", FLOATS)
@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow", "duckdb"])
def test_float_columns_are_refused_with_the_way_to_pass_them(
    engine: Engine, library: str, column: str
) -> None:
    table = pl.DataFrame({"kind": ["民警"], column: [1.0]})
    ways: dict[str, Callable[[], Any]] = {
        "polars": lambda: table,
        "pandas": table.to_pandas,
        "pyarrow": table.to_arrow,
        "duckdb": lambda: duckdb.from_arrow(table.to_arrow()),
    }
    made = ways[library]()
    with pytest.raises(InputError) as raised:
        engine.month_run_table(made, month=MONTH, on_error="column")
    error = raised.value
    # A count is refused for its type: nothing is said of amounts.
    counts = column == "tax_months"
    assert (error.name, error.field) == ("ColumnType" if counts else "FloatRefused", column)
    assert ("an integer or text column" if counts else "Pass decimal text") in error.en
    assert "pl.Decimal(18, 2)" in error.__notes__[0]
    assert "decimal128" in error.__notes__[0]


def test_an_error_is_raised_with_its_row(city: Engine) -> None:
    with pytest.raises(ZhenggongError) as raised:
        city.month_run_table(frame(), month=MONTH)
    columns = paid().to_dict()
    first = next(n for n, code in enumerate(columns["error_code"]) if code is not None)
    error = raised.value
    assert (error.row, error.person) == (first + 1, columns["person"][first])
    assert error.en == columns["error"][first]


def test_rows_have_months_of_their_own(city: Engine) -> None:
    table = one() | {"month": ["2021-03"]}
    got = city.month_run_table(table)
    assert got.to_dict()["month"] == ["2021-03"]
    assert got.receipt["month"] is None
    dates = pl.DataFrame(one()).with_columns(month=pl.date(2021, 3, 1))
    assert city.month_run_table(dates).to_dict()["month"] == [datetime.date(2021, 3, 1)]
    with pytest.raises(InputError) as raised:
        city.month_run_table(one())
    assert raised.value.name == "MissingColumn"
    with pytest.raises(InputError) as raised:
        city.month_run_table(table, month="2021-04")
    assert (raised.value.name, raised.value.month) == ("WrongMonth", "2021-04")


def test_a_place_without_packs() -> None:
    # It is known at once, and not at the first month.
    with pytest.raises(PolicyError) as raised:
        Engine([Pack.example("example-city")], place="atlantis")
    error = raised.value
    assert (error.name, error.field) == ("UnknownPlace", "place")
    assert "atlantis" in error.zh
    assert "example-city、national" in error.zh
    assert "example-city, national" in error.en
    with pytest.raises(PolicyError) as raised:
        Pack.example("atlantis")
    assert raised.value.field == "id"
    assert "example-city" in raised.value.en


@pytest.mark.parametrize(
    ("options", "name", "field"),
    [
        ({"on_error": "stop"}, "InvalidOption", "on_error"),
        ({"threads": 0}, "InvalidOption", "threads"),
        ({"items": ["x"]}, "UnknownTerm", "items"),
        ({"items": "post-pay"}, "InvalidOption", "items"),
        ({"totals": ["x"]}, "InvalidOption", "totals"),
        ({"language": "fr"}, "UnknownTerm", "language"),
    ],
)
def test_an_error_of_an_option_names_it(
    engine: Engine, options: dict[str, Any], name: str, field: str
) -> None:
    with pytest.raises(InputError) as raised:
        engine.month_run_table(one(), month=MONTH, **options)
    assert (raised.value.name, raised.value.field) == (name, field)


@pytest.mark.parametrize(
    ("columns", "name", "field", "says"),
    [
        ({"kind": ["n/a"]}, "MissingFact", "kind", "It always has a value"),
        ({"kind": [None]}, "MissingFact", "kind", "It always has a value"),
        ({"month": ["n/a"]}, "MissingFact", "month", "It always has a value"),
        ({"kinds": ["民警"]}, "UnknownField", "kinds", "Known are"),
        ({"rank": [float("nan")]}, "InvalidInput", "rank", "pass str or None"),
        ({"tax_months": [3.0]}, "InvalidInput", "tax_months", "pass int, str or None"),
        ({"stated_post_pay": [True]}, "FloatRefused", "stated_post_pay", "the boolean True"),
        ({"stated_post_pay": [1010.0]}, "FloatRefused", "stated_post_pay", "the float 1010.0"),
        ({"rank": ["大校"]}, "UnknownTerm", "rank", "superintendent-third-class"),
        ({"level_step": ["7"]}, "InvalidInput", "level_step", "like 24-3"),
    ],
)
def test_what_is_said_of_cells_is_about_the_right_thing(
    engine: Engine, columns: dict[str, Any], name: str, field: str, says: str
) -> None:
    month = None if "month" in columns else MONTH
    with pytest.raises(InputError) as raised:
        engine.month_run_table({"kind": ["民警"], **columns}, month=month)
    error = raised.value
    assert (error.name, error.field) == (name, field)
    assert says in error.en
    assert " / " not in error.zh + error.en


def test_an_empty_table(engine: Engine) -> None:
    tables: list[Any] = [frame()[:0], frame()[:0].to_arrow(), {"kind": []}]
    for table in tables:
        got = engine.month_run_table(table, month=MONTH)
        assert (len(got), got.failed, bool(got)) == (0, 0, True)
        assert got.to_polars().height == 0
        assert got.columns[-4:] == ("gross", "deductions", "net", "employer_cost")


def test_html_shows_the_first_rows() -> None:
    html = paid()._repr_html_()
    assert html.count("<tr>") == 11
    assert "Payroll: 300 rows, 3 not computed" in html
    assert "工资表：300 行，3 行未能核算" in paid("zh")._repr_html_()
    # Words lean left, amounts right.
    assert re.search(r'text-align:left[^>]*">2021-03<', html)
    assert re.search(r'text-align:right[^>]*">2410.00<', html)
    # A column without anything in it takes no place.
    assert "hardship_allowance" not in html


# Batches


def test_batches_of_other_columns_are_named(city: Engine) -> None:
    tables = [frame(), frame().drop("unit")]
    batches = city.month_run_batches(tables, month=MONTH, on_error="column")
    with pytest.raises(Exception, match="batch 2 has other columns than the first: it lacks unit"):
        pa.RecordBatchReader.from_stream(batches).read_all()


def test_rows_of_a_roster_have_the_number_of_their_line(city: Engine) -> None:
    read = Roster.from_file(DATA / "sample-roster.csv", month=MONTH)
    rows = {e.person: e.row for e in city.month_run(read, month=MONTH).errors}
    assert rows["P0007"] == 8
    whole = city.month_run_table(read, month=MONTH, on_error="column", language="zh").to_dict()
    batches = city.month_run_batches([read, read], month=MONTH, on_error="column", language="zh")
    for got in (whole, *(part.to_dict() for part in batches)):
        told = dict(zip(got["人员编号"], list(got.values())[-1], strict=True))
        assert all(f"第 {row} 行" in told[person] for person, row in rows.items())
    with pytest.raises(ZhenggongError) as raised:
        city.month_run_table(read, month=MONTH)
    assert raised.value.row == min(row for row in rows.values() if row)


@pytest.mark.parametrize(
    ("column", "value", "name", "told"),
    [
        ("overtime_rest_days", b"1", "ColumnType", "an integer or text column"),
        ("stated_post_pay", 1.5, "FloatRefused", "660.00"),
        ("stated_post_pay", 1010, "ColumnType", "a decimal or text column"),
    ],
)
def test_a_column_of_the_wrong_type_says_what_to_pass(
    engine: Engine, column: str, value: object, name: str, told: str
) -> None:
    with pytest.raises(InputError) as raised:
        engine.month_run_table(pl.DataFrame(one() | {column: [value]}), month=MONTH)
    assert (raised.value.name, told in raised.value.en) == (name, True)


def pieces(size: int = 64, log: list[int] | None = None) -> Iterator[pl.DataFrame]:
    for first in range(0, 300, size):
        if log is not None:
            log.append(first)
        yield frame()[first : first + size]


def test_batches_are_pulled_one_by_one(city: Engine) -> None:
    log: list[int] = []
    batches = city.month_run_batches(pieces(100, log), month=MONTH, on_error="column")
    assert log == []
    first = next(batches)
    assert (len(first), log) == (100, [0])
    rest = list(batches)
    assert [len(table) for table in rest] == [100, 100]
    assert list(batches) == []
    together = pl.concat([first.to_polars(), *(table.to_polars() for table in rest)])
    # Rows are counted through, also in the texts of errors.
    assert together.equals(paid().to_polars())
    assert first.failed + sum(table.failed for table in rest) == paid().failed


def test_batches_are_one_stream(city: Engine) -> None:
    log: list[int] = []
    batches = city.month_run_batches(pieces(64, log), month=MONTH, on_error="column")
    reader = pa.RecordBatchReader.from_stream(batches)
    assert reader.schema.names == list(paid().columns)
    assert log == [0]
    assert reader.read_next_batch().num_rows == 64
    rest = reader.read_all()
    assert rest.num_rows == 236
    assert list(batches) == []
    with pytest.raises(RuntimeError, match="taken"):
        pl.DataFrame(batches)
    whole = city.month_run_batches(frame(), month=MONTH, on_error="column")
    assert pl.DataFrame(whole).equals(paid().to_polars())


def test_batches_of_dicts_and_none_at_all(city: Engine) -> None:
    got = list(city.month_run_batches([one(), one()], month=MONTH))
    assert [len(table) for table in got] == [1, 1]
    assert list(city.month_run_batches([], month=MONTH)) == []
    empty = city.month_run_batches(iter(()), month=MONTH, items=[], totals=["net"])
    assert pa.RecordBatchReader.from_stream(empty).read_all().schema.names == ["net"]
    for wrong in ("民警", 7):
        with pytest.raises(InputError, match="not a table"):
            city.month_run_batches(wrong, month=MONTH)  # type: ignore[arg-type]


def test_errors_while_batches_are_pulled(city: Engine) -> None:
    def broken() -> Iterator[pl.DataFrame]:
        yield frame()[:5]
        raise LookupError("mine")

    batches = city.month_run_batches(broken(), month=MONTH, on_error="column")
    assert len(next(batches)) == 5
    with pytest.raises(LookupError, match="mine"):
        next(batches)
    assert list(batches) == []
    reader = pa.RecordBatchReader.from_stream(
        city.month_run_batches(broken(), month=MONTH, on_error="column")
    )
    with pytest.raises((pa.ArrowException, OSError), match="mine"):
        reader.read_all()
    with pytest.raises(LookupError, match="mine"):
        Roster.from_table(broken(), month=MONTH)

    def wrong() -> Iterator[Any]:
        yield one()
        yield 7

    batches = city.month_run_batches(wrong(), month=MONTH)
    next(batches)
    with pytest.raises(InputError, match="not a table"):
        next(batches)


def test_the_batches_of_a_stream_fit_together(city: Engine) -> None:
    def tables() -> list[pl.DataFrame]:
        plain = pl.DataFrame(one(person="P1"))
        return [plain, plain.with_columns(person=pl.lit("P2").cast(pl.Categorical))]

    assert len(list(city.month_run_batches(tables(), month=MONTH))) == 2
    reader = pa.RecordBatchReader.from_stream(city.month_run_batches(tables(), month=MONTH))
    with pytest.raises((pa.ArrowException, OSError), match="column person has type"):
        reader.read_all()


def test_a_released_stream_is_refused(city: Engine) -> None:
    class Once:
        capsule = frame().to_arrow().__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return self.capsule

    table = Once()
    assert len(city.month_run_table(table, month=MONTH, on_error="column")) == 300
    with pytest.raises(InputError, match="released"):
        city.month_run_table(table, month=MONTH)

    class Wrong:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return frame().to_arrow().schema.__arrow_c_schema__()

    with pytest.raises(ValueError, match=r"[Cc]apsule"):
        city.month_run_table(Wrong(), month=MONTH)


# Rosters and tables


def test_a_roster_is_a_table_and_comes_back(city: Engine) -> None:
    again = Roster.from_table(frame(), month=MONTH)
    assert again.findings == []
    assert again.people == roster().people
    assert pl.DataFrame(again).equals(pl.DataFrame(roster()))
    pieces_ = Roster.from_table(pieces(), month=MONTH)
    assert pieces_.people == roster().people
    run = city.month_run(again, month=MONTH)
    assert [row.row for row in run.rows[:3]] == [1, 2, 3]


def test_faults_of_a_table_are_findings() -> None:
    table: dict[str, list[str | None]] = {
        "person": ["P1", "P1", None, "P4"],
        "unit": ["u"] * 4,
        "kind": ["民警"] * 4,
        "month": ["2021-03", "2021-03", "2021-03", "2021-02"],
    }
    read = Roster.from_table(table, month=MONTH, name="people")
    assert len(read) == 1
    found = [(f.line, f.error.name, f.error.person) for f in read.findings]
    assert found == [
        (2, "DuplicatePerson", "P1"), (3, "MissingFact", None), (4, "WrongMonth", "P4"),
    ]  # fmt: skip
    assert read.findings[0].zh.startswith("people:2:1: ")
    empty = Roster.from_table({k: [] for k in table}, month=MONTH)
    assert [f.error.name for f in empty.findings] == ["EmptyTable"]
    with pytest.raises(InputError) as raised:
        Roster.from_table({"person": ["P1"], "kind": ["民警"]}, month=MONTH)
    assert raised.value.name == "MissingColumn"


# Threads


def test_threads_give_the_same_bytes(city: Engine) -> None:
    many = pl.concat([frame()] * 60)
    tables = [
        city.month_run_table(many, month=MONTH, on_error="column", threads=n, allow_repeats=True)
        for n in (1, 2, 5)
    ]
    assert len({table.to_csv() for table in tables}) == 1
    assert tables[0].failed == 60 * paid().failed


def test_other_threads_run_while_a_table_is_computed(city: Engine) -> None:
    many = pl.DataFrame(one())[[0] * 200_000]
    done = threading.Event()

    def compute() -> None:
        city.month_run_table(many, month=MONTH)
        done.set()

    worker = threading.Thread(target=compute)
    worker.start()
    turns = 0
    while not done.is_set():
        turns += 1
        time.sleep(0.001)
    worker.join()
    # Held all the time, the interpreter would come by once or twice.
    assert turns >= 4


def test_two_threads_can_not_pull_at_once(city: Engine) -> None:
    inside, leave = threading.Event(), threading.Event()

    def slow() -> Iterator[pl.DataFrame]:
        inside.set()
        leave.wait(10)
        yield frame()[:5]

    batches = city.month_run_batches(slow(), month=MONTH, on_error="column")
    worker = threading.Thread(target=lambda: next(batches))
    worker.start()
    assert inside.wait(10)
    with pytest.raises(RuntimeError, match="another thread"):
        next(batches)
    leave.set()
    worker.join()
    assert list(batches) == []


# Memory


def resident() -> float:
    """Return the resident memory in MB."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6


def test_memory_is_flat_over_ten_million_rows(engine: Engine) -> None:
    size, count = 100_000, 100

    def word(text: str) -> Any:
        return pa.DictionaryArray.from_arrays(pa.array([0] * size, pa.int8()), pa.array([text]))

    def amount(text: str) -> Any:
        return pa.array([Decimal(text)] * size, pa.decimal128(18, 2))

    zero = ("pension", "occupational_annuity", "medical", "housing_fund", "income_tax")
    columns = {"kind": word("民警"), "rank": word("无"), "duty": word("无")}
    columns |= {"stated_post_pay": amount("1000.50"), "stated_level_pay": amount("2000.00")}
    columns |= {f"stated_{name}": amount("0") for name in zero}
    table = pa.table(columns)

    def source() -> Iterator[Any]:
        # Each batch is made anew, as a reader of files would.
        for _ in range(count):
            copies = [pa.concat_arrays(column.chunks) for column in table.columns]
            yield pa.table(dict(zip(table.column_names, copies, strict=True)))

    rows, settled = 0, 0.0
    batches = engine.month_run_batches(
        source(), month=MONTH, items=[], totals=["net"], employer_cost=False, threads=2
    )
    for n, paid_ in enumerate(batches):
        rows += len(paid_)
        if n == 9:
            settled = resident()
    assert rows == 10_000_000
    # A batch with its result is some 10 MB; without the last ninety nothing is left behind.
    assert resident() - settled < 25


# Properties


texts = {
    "money": ["0", "0.01", "1234.50", "20000.00", "-1", "1.005", "x"],
    "rate": ["0.05", "0.12", "0.0715", "1E-3"],
    "count": ["0", "1", "12", "-1"],
    "date": ["2015-06-30", "2021-03-15", "2021-02-29"],
}
cells: dict[str, list[str]] = {
    "rank": ["三级警司", "一级警督", "无", "大校"],
    "rank_since": texts["date"],
    "rank_event": ["授予", "晋升"],
    "previous_rank": ["三级警司"],
    "duty": ["综合管理", "无"],
    "contribution_wage": texts["money"],
    "housing_wage": texts["money"],
    "housing_rate": texts["rate"],
    "tax_months": texts["count"],
    "tax_mode": ["按任职受雇月份"],
    "special_additional": texts["money"],
    **dict.fromkeys(["ytd_income", "ytd_special", "ytd_additional", "ytd_other"], texts["money"]),
    "ytd_withheld": texts["money"],
    "stated_post_pay": texts["money"],
    "stated_level_pay": texts["money"],
}
people = st.fixed_dictionaries(
    {"kind": st.sampled_from(["民警", "auxiliary"])},
    optional={name: st.sampled_from(found) for name, found in cells.items()},
)


@settings(max_examples=150, deadline=None)
@given(people)
def test_a_row_is_a_payslip(person: dict[str, str]) -> None:
    engine = engine_for("example-city", "inferred")
    facts: dict[str, Any] = {"person": "P1", "unit": "u"}
    stated = {}
    for name, text in person.items():
        if name.startswith("stated_"):
            stated[name.removeprefix("stated_").replace("_", "-")] = text
        elif name == "tax_months":
            facts[name] = int(text)
        else:
            facts[name] = None if text == "无" else text
    facts["stated"] = stated
    table = {name: [text] for name, text in person.items()} | {"person": ["P1"]}
    got = engine.month_run_table(table, month=MONTH, on_error="column").to_dict()
    try:
        slip = engine.payslip(facts, month=MONTH)
    except ZhenggongError as error:
        assert got["error_code"][0] is not None
        # Of several faults the first that is met is named; by facts and by columns it may differ.
        assert got["error_code"][0] // 100 == error.code // 100 or error.code == 110
        assert got["net"] == [None]
    else:
        assert got["error"] == [None]
        assert got["net"] == [slip.net]
        assert {n: got[n.code.replace("-", "_")][0] for n in PayItem} == {
            n: slip.amount(n) for n in PayItem
        }


values = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates() | st.decimals()
)
names = st.sampled_from(
    ["kind", "person", "警衔", "tax_months", "ytd_income", "rank_since"]
) | st.text(max_size=5)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(names, st.lists(values, max_size=3), max_size=4))
def test_any_dict_is_a_table_or_our_error(table: dict[str, list[Any]]) -> None:
    try:
        got = engine_for().month_run_table(table, month=MONTH, on_error="column")
    except ZhenggongError as error:
        assert error.code < 900
        assert json.loads(error.to_json())["code"] == error.code
    else:
        assert got.failed <= len(got)
