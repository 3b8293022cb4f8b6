"""What is no table, and what no cell of one, is refused with its row and column."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest
from tables import MONTH, frame, one, paid
from zhenggong import (
    Engine,
    InputError,
    Pack,
    PolicyError,
    ZhenggongError,
)

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
