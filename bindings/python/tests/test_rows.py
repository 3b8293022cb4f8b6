"""Tables where a rule takes or gives a list, and a rule for each row of a table."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from zhenggong import Engine, InputError

PEOPLE: dict[str, list[Any]] = {
    "id": ["P1", "P2", "P3"],
    "unit": ["U", "U", "U"],
    "score": [Decimal("95.50"), Decimal("91.00"), Decimal("93.00")],
    "standing": ["graded", "graded", "graded"],
    "sequence": [None, None, "执法勤务"],
}
POOLS = [{"id": "U", "should_take_part": 10}]
ASKED: dict[str, Any] = {"month": "2023-12", "rounding": "down", "pools": POOLS}


def records() -> list[dict[str, object]]:
    """Return the people as records; a null is a key left out."""
    rows = [dict(zip(PEOPLE, row, strict=True)) for row in zip(*PEOPLE.values(), strict=True)]
    return [{key: cell for key, cell in row.items() if cell is not None} for row in rows]


def frames() -> list[object]:
    """Return the people as a table of each library."""
    arrow = pa.table(PEOPLE)
    frame = pd.DataFrame(PEOPLE).astype({"score": pd.ArrowDtype(pa.decimal128(9, 2))})
    con = duckdb.connect()
    return [pl.DataFrame(PEOPLE), arrow, frame, con.from_arrow(arrow), arrow.to_batches()[0]]


def test_a_table_stands_for_a_list_of_an_input() -> None:
    engine = Engine()
    wanted = engine.evaluate("assessment.quota", {**ASKED, "people": records()})
    assert wanted.value[0]["excellent"] == ["P1", "P3"]
    for people in frames():
        found = engine.evaluate("assessment.quota", {**ASKED, "people": people})
        assert found.to_json() == wanted.to_json(), type(people)
    pools = pl.DataFrame({"id": ["U"], "should_take_part": [10]})
    found = engine.evaluate("assessment.quota", {**ASKED, "pools": pools, "people": records()})
    assert found.value == wanted.value


def test_a_list_of_an_answer_is_a_table() -> None:
    answer = Engine().evaluate("assessment.quota", {**ASKED, "people": records()})
    table = answer.table()
    frame = pl.DataFrame(table)
    assert frame["pool"].to_list() == ["U"]
    assert frame["quota"].to_list() == [2]
    assert frame.schema["quota"] == pl.Int64
    assert frame["excellent"].to_list() == ["P1;P3"]
    assert table.to_pandas()["base"].tolist() == [10]
    with pytest.raises(InputError) as raised:
        answer.table("people")
    assert raised.value.name == "UnknownTerm"


def test_a_column_that_no_rule_reads_is_refused() -> None:
    bad = pl.DataFrame({"id": ["P1"], "score": [95.5]})
    with pytest.raises(InputError) as raised:
        Engine().evaluate("assessment.quota", {**ASKED, "people": bad})
    assert (raised.value.name, raised.value.field) == ("FloatRefused", "score")
    assert json.loads(raised.value.to_json())["args"]["table"] == "people"
    with pytest.raises(InputError) as raised:
        Engine().evaluate("assessment.quota", pl.DataFrame({"month": ["2023-12"]}))  # type: ignore[arg-type]
    assert raised.value.name == "InvalidInput"


def test_a_rule_is_asked_of_each_row() -> None:
    engine, shared = Engine(), {"month": "2025-03", "to": datetime.date(2025, 3, 31)}
    days = [datetime.date(2004, 7, 1), None, datetime.date(2024, 7, 1)]
    frame = pl.DataFrame({"person": ["P1", "P2", "P3"], "from": days})
    rule = "service.full-years"
    with pytest.raises(InputError) as raised:
        engine.evaluate_rows(rule, frame, shared)
    error = raised.value
    assert (error.name, error.row, error.person) == ("MissingFact", 2, "P2")
    found = engine.evaluate_rows(rule, frame, shared, on_error="column", language="zh").to_dict()
    assert found["person"] == ["P1", "P2", "P3"]
    assert found["value"] == [20, None, 0]
    assert found["error_code"] == [None, 108, None]
    assert found["error"][1].startswith("第 2 行，人员 P2")
    # A rule that asks who it is about is told.
    stated = {"post-pay": "2410", "level-pay": "3620", "income-tax": "30.90"}
    stated |= dict.fromkeys(("pension", "medical", "occupational-annuity", "housing-fund"), "0")
    officer = {"person": "P1", "unit": "u", "kind": "民警", "rank": None, "duty": None}
    paid = engine.evaluate_rows(
        "settlement.payslip", [officer | {"stated": stated}], {"month": "2025-03"}
    ).to_dict()
    assert (paid["person"], paid["net"]) == (["P1"], ["5999.10"])
    good: list[dict[str, object]] = [
        {"person": "P1", "from": days[0]},
        {"person": "P3", "from": "2024-07-01"},
    ]
    assert engine.evaluate_rows(rule, good, shared).to_dict()["value"] == [20, 0]
    assert pl.DataFrame(engine.evaluate_rows(rule, frame[:1], shared)).height == 1


def test_what_cannot_be_rows_is_refused() -> None:
    engine, shared = Engine(), {"month": "2025-03"}
    for rows in ("P1", {"from": ["2004-07-01"]}, 7, None):
        with pytest.raises(InputError) as raised:
            engine.evaluate_rows("service.full-years", rows, shared)  # type: ignore[arg-type]
        assert raised.value.name == "InvalidInput"
    with pytest.raises(InputError) as raised:
        engine.evaluate_rows("no-such-rule", [], shared)
    assert raised.value.name == "UnknownRule"
    with pytest.raises(InputError) as raised:
        engine.evaluate_rows("service.full-years", [], shared, on_error="report")  # type: ignore[arg-type]
    assert raised.value.field == "on_error"
    with pytest.raises(InputError) as raised:
        engine.evaluate_rows("service.full-years", [7], shared)  # type: ignore[list-item]
    assert raised.value.row == 1
