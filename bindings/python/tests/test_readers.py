"""What Polars, pandas, pyarrow and DuckDB read from a result: the same amounts, to the fen."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import engine_for
from tables import MONTH, frame, paid
from test_assess import SUBJECTS
from zhenggong import Engine, PayTable


def pandas_lists(table: Any) -> dict[str, list[Any]]:
    frame = table.to_pandas()
    return {name: [None if v is pd.NA else v for v in frame[name]] for name in frame}


def duckdb_lists(table: Any) -> dict[str, list[Any]]:
    relation = duckdb.from_arrow(table)
    rows = relation.fetchall()
    return {name: [row[n] for row in rows] for n, name in enumerate(relation.columns)}


READERS: dict[str, Callable[[Any], dict[str, list[Any]]]] = {
    "Polars": lambda table: pl.DataFrame(table).to_dict(as_series=False),
    "pyarrow": lambda table: pa.table(table).to_pydict(),
    "pandas": pandas_lists,
    "DuckDB": duckdb_lists,
}

# Amounts at both ends of what they can be, and of every number of digits between.
AMOUNTS = ["0", "0.01"] + [f"{'9' * n}.99" for n in range(1, 17)]


def stated(amounts: list[str]) -> dict[str, list[Any]]:
    zero = ("pension", "medical", "unemployment", "housing_fund", "income_tax")
    return {
        "person": [f"P{n}" for n in range(len(amounts))],
        "kind": ["辅警"] * len(amounts),
        **{f"stated_{item}": ["0"] * len(amounts) for item in zero},
        "stated_post_pay": amounts,
    }


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_sees_the_same_amounts(engine: Engine, reader: str) -> None:
    def pay(table: dict[str, list[Any]]) -> PayTable:
        return engine.month_run_table(
            table, month=MONTH, on_error="column", employer_cost=False, totals=["gross", "net"]
        )

    read = READERS[reader]
    for table in (paid(), pay(stated(AMOUNTS))):
        assert read(table) == table.to_dict()
    extremes = read(pay(stated(AMOUNTS)))
    assert extremes["post_pay"] == extremes["net"] == [Decimal(amount) for amount in AMOUNTS]
    batches = engine.month_run_batches(
        (stated(AMOUNTS[n:]) for n in range(3)), month=MONTH, on_error="column", employer_cost=False
    )
    reread = pa.RecordBatchReader.from_stream(batches).read_all()
    assert reread.column("net").to_pylist() == [Decimal(a) for n in range(3) for a in AMOUNTS[n:]]


def test_no_result_has_a_decimal_that_readers_mistake() -> None:
    # Polars takes the buffer of a decimal64 column for one of 128 bits, without an error.
    city = engine_for("example-city", "inferred")
    scored = engine_for("teaching-example").assess(SUBJECTS, month="2025-03")
    tables: list[Any] = [paid(), scored.scores, scored.sheets, scored.trail, scored.ranking]
    tables.append(city.month_run_batches(frame(), month=MONTH, on_error="column"))
    types = [field.type for table in tables for field in pa.table(table).schema]
    decimals = {str(kind) for kind in types if pa.types.is_decimal(kind)}
    assert decimals
    assert all(kind.startswith("decimal128(") for kind in decimals)
    with pytest.raises(TypeError, match="decimal_bits"):
        city.month_run_table(frame(), month=MONTH, decimal_bits=64)  # type: ignore[call-arg]
