"""Month runs over tables: every kind of table in and out, and the rows of a roster."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal

import duckdb
import oracle
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import DATA, ROOT
from tables import MONTH, frame, one, paid, pay, roster
from zhenggong import (
    Engine,
    InputError,
    PayItem,
    Roster,
    ZhenggongError,
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


def test_values_of_a_dict(engine: Engine) -> None:
    import numpy as np

    assert pay(engine, one()) == [Decimal("601.00")]
    assert pay(engine, one(stated_post_pay=Decimal("1.5"))) == [Decimal("2.50")]
    assert pay(engine, one(tax_months=np.int64(3), rank_since=datetime.date(2020, 1, 2)))
    assert pay(engine, one(tax_months="3", rank_since="2020-01-02", person=None))
    columns = {name: tuple(values) for name, values in one().items()}
    assert pay(engine, columns) == [Decimal("601.00")]


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
