"""The sample roster as a table, and a table of one officer."""

from __future__ import annotations

import functools
from typing import Any, Literal

import polars as pl
from conftest import DATA, engine_for
from zhenggong import (
    Engine,
    PayTable,
    Roster,
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


def one(**columns: Any) -> dict[str, list[Any]]:
    """Return a table of one officer with these columns besides."""
    zero = ("pension", "occupational_annuity", "medical", "housing_fund", "income_tax")
    base = {"kind": ["民警"], "rank": ["无"], "duty": ["无"], "stated_level_pay": ["1.00"]}
    base |= {"stated_post_pay": ["600.00"], **{f"stated_{name}": ["0"] for name in zero}}
    return base | {name: [value] for name, value in columns.items()}


def pay(engine: Engine, table: Any) -> list[Any]:
    return engine.month_run_table(table, month=MONTH, employer_cost=False).to_dict()["net"]
