"""Values of numpy and pandas as facts and inputs, MISSING in a dict, and amounts in a dataclass."""

from __future__ import annotations

import dataclasses
import operator
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
import zhenggong
from conftest import engine_for
from test_inputs import FACTS, stated
from zhenggong import MISSING, Engine, Facts, InputError

RANK = "allowance.police-rank"
RANKS = [{"from": "2014-07-01", "rank": "三级警司"}]


@pytest.mark.parametrize("number", [np.int64(3), np.uint8(3), np.array(3)])
def test_integers_are_counts(number: Any) -> None:
    assert Facts(FACTS | {"duty_days": number}) == Facts(FACTS | {"duty_days": 3})
    columns = {"person": ["P1"], "unit": ["u"], "kind": ["民警"], "duty_days": [number]}
    (person,) = zhenggong.Roster.from_table(columns, month="2016-03").people
    assert person["duty_days"] == 3


def test_days_are_days() -> None:
    since = Facts(FACTS | {"rank_since": date(2016, 5, 20)})
    assert Facts(FACTS | {"rank_since": np.datetime64("2016-05-20")}) == since
    ranks = [{"from": np.datetime64("2014-07-01"), "rank": "三级警司"}]
    assert engine_for().evaluate(RANK, month="2016-03", ranks=ranks).value == "660.00"
    assert Engine(known_on=np.datetime64("2020-01-02")).known_on == date(2020, 1, 2)  # type: ignore[arg-type]
    day = np.datetime64("2016-05-20")
    columns: dict[str, list[Any]] = {"person": ["P1"], "unit": ["u"], "kind": ["民警"]}
    columns["rank_since"] = [day]
    (person,) = zhenggong.Roster.from_table(columns, month="2016-03").people
    assert person["rank_since"] == "2016-05-20"


REFUSED: list[tuple[dict[str, Any], str, str, str]] = [
    (stated(np.float64(1.5)), "FloatRefused", "stated.post-pay", "float 1.5 can"),
    (stated(np.float32(1.5)), "FloatRefused", "stated.post-pay", "float 1.5 can"),
    (stated(np.longdouble(1.5)), "FloatRefused", "stated.post-pay", "float 1.5 can"),
    (stated(np.int64(600)), "FloatRefused", "stated.post-pay", "the integer 600"),
    (stated(np.True_), "FloatRefused", "stated.post-pay", "boolean true"),
    (stated(np.float32("nan")), "FloatRefused", "stated.post-pay", "decimal text"),
    ({**FACTS, "duty_days": np.True_}, "InvalidInput", "duty_days", "boolean true"),
    ({**FACTS, "duty_days": np.float32(3)}, "InvalidInput", "duty_days", "float 3.0"),
    ({**FACTS, "duty_days": np.int64(-3)}, "NumberOutOfRange", "duty_days", "4294967295"),
    ({**FACTS, "duty_days": np.array([3])}, "InvalidInput", "duty_days", "ndarray is not accepted"),
    (
        {**FACTS, "rank_since": np.datetime64("2016-05-20T00:00:00", "ns")},
        "InvalidDate", "rank_since", "a numpy.datetime64[ns]; pass .astype('datetime64[D]')",
    ),
    ({**FACTS, "rank_since": np.datetime64("2016-05")}, "InvalidDate", "rank_since", "[M]; pass"),
    ({**FACTS, "rank_since": np.datetime64("NaT")}, "InvalidInput", "rank_since", "pass None"),
    ({**FACTS, "rank_since": pd.Timestamp("2016-05-20")}, "InvalidDate", "rank_since", ".date()"),
    ({**FACTS, "rank_since": pd.NaT}, "InvalidInput", "rank_since", "pass None"),
    ({**FACTS, "rank": pd.NA}, "InvalidInput", "rank", "leave out a fact that is not known"),
    ({**FACTS, "unit": np.timedelta64(1, "D")}, "InvalidInput", "unit", "pass str"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "name", "field", "says"), REFUSED)
def test_refused(facts: dict[str, Any], name: str, field: str, says: str) -> None:
    with pytest.raises(InputError) as raised:
        Facts(facts)
    error = raised.value
    assert (error.name, error.field, error.person) == (name, field, "P1")
    assert says in error.en
    assert " / " not in error.zh + error.en


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("stated_post_pay", np.float32(1.5), "FloatRefused"),
        ("stated_post_pay", np.int64(1), "FloatRefused"),
        ("stated_post_pay", np.True_, "FloatRefused"),
        ("duty_days", np.True_, "InvalidInput"),
        ("duty_days", np.float64(3), "InvalidInput"),
        ("rank_since", np.datetime64("2016-05-20", "s"), "InvalidDate"),
    ],
)
def test_refused_in_a_column(column: str, value: Any, name: str) -> None:
    columns = {"person": ["P1"], "unit": ["u"], "kind": ["民警"], column: [value]}
    with pytest.raises(InputError) as raised:
        engine_for().month_run_table(columns, month="2016-03")
    assert (raised.value.name, raised.value.field, raised.value.row) == (name, column, 1)


def test_what_is_missing_is_a_key_left_out() -> None:
    engine = engine_for()
    given = {**FACTS, "rank_since": MISSING, "stated": {**FACTS["stated"], "duty-pay": MISSING}}
    del given["stated"]["duty-pay"]
    assert Facts(given) == Facts(FACTS) == Facts(FACTS, rank_since=MISSING)
    amounts = {**FACTS["stated"], "police-rank-allowance": MISSING}
    assert Facts(FACTS | {"stated": amounts}) == Facts(FACTS)
    paid = engine.month_run([given, {**FACTS, "person": "P2", "rank": MISSING}], month="2016-03")
    assert [row.person for row in paid.rows] == ["P1"]
    assert [(e.name, e.person, e.field) for e in paid.errors] == [("MissingFact", "P2", "rank")]
    asked = {"month": "2016-03", "ranks": [{**RANKS[0], "to": MISSING}], "no such input": MISSING}
    assert engine.evaluate(RANK, asked).value == "660.00"
    with pytest.raises(InputError) as raised:
        engine.evaluate(RANK, {"month": "2016-03", "ranks": MISSING})
    assert (raised.value.name, raised.value.field) == ("MissingFact", "ranks")


def test_amounts_of_a_dataclass() -> None:
    @dataclasses.dataclass
    class Stated:
        post_pay: str
        level_pay: Decimal
        income_tax: str = "0"
        pension: str = "0"
        occupational_annuity: str = "0"
        medical: str = "0"
        housing_fund: str = "0"
        duty_post_allowance: object = MISSING

    amounts = Stated("600.00", Decimal("1200.00"))
    want = Facts(FACTS)
    assert Facts(FACTS | {"stated": amounts}) == want
    given = {key: value for key, value in FACTS.items() if key != "stated"}
    assert Facts(**given, stated=amounts) == want
    assert want.replace(stated=amounts) == want
    slip = engine_for().payslip(given, month="2016-03", stated=amounts)
    assert slip.net == Decimal("1800.00")
    (row,) = engine_for().month_run([given | {"stated": amounts}], month="2016-03").rows
    assert row.net == slip.net
    with pytest.raises(InputError) as raised:
        Facts(**given, stated=dataclasses.replace(amounts, level_pay=1.5))  # type: ignore[arg-type]
    assert (raised.value.name, raised.value.field) == ("FloatRefused", "stated.level-pay")


def test_inputs_of_a_rule_as_keywords() -> None:
    engine = engine_for()
    want = engine.evaluate(RANK, {"month": "2016-03", "ranks": RANKS}).to_json()
    assert engine.evaluate(RANK, month="2016-03", ranks=RANKS).to_json() == want
    assert engine.evaluate(rule=RANK, month="2016-03", ranks=RANKS).to_json() == want
    years: dict[str, Any] = {"from": "2004-07-01", "to": "2025-03-31"}
    assert engine.evaluate("service.full-years", month="2025-03", **years).value == 20
    with pytest.raises(InputError) as raised:
        engine.evaluate(RANK, {"ranks": RANKS}, month="2016-03")
    error = raised.value
    assert (error.name, error.rule) == ("InvalidInput", RANK)
    assert "give the inputs in one dict or all as keywords, not both: month" in error.en
    assert "不要两者并用" in error.zh
    with pytest.raises(InputError) as raised:
        engine.evaluate(RANK)
    assert (raised.value.name, raised.value.field) == ("MissingFact", "month")


def test_no_input_of_a_rule_has_the_name_of_an_argument() -> None:
    inputs = operator.itemgetter("inputs")
    keys = {entry["key"] for rule in zhenggong.rules() for entry in inputs(rule)}
    assert "from" in keys
    assert not keys & {"self", "rule", "input"}
