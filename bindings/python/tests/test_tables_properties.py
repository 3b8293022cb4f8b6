"""Properties of tables: a row is a payslip, and any dict is a table or an error of ours."""

from __future__ import annotations

import json
from typing import Any

from conftest import engine_for
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import MONTH
from zhenggong import (
    PayItem,
    ZhenggongError,
)

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
