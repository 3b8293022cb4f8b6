"""Strict inputs: what is refused, with which code, and a message that says what to pass."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from zhenggong import MISSING, Engine, InputError, Missing, Pack

FACTS: dict[str, Any] = {
    "person": "P1",
    "unit": "城东派出所",
    "kind": "officer",
    "rank": None,
    "duty": None,
    "stated": {
        "post-pay": "600.00",
        "level-pay": Decimal("1200.00"),
        "pension": "0",
        "occupational-annuity": "0",
        "medical": "0",
        "housing-fund": "0",
        "income-tax": "0",
    },
}


def stated(amount: object) -> dict[str, Any]:
    return {**FACTS, "stated": {**FACTS["stated"], "post-pay": amount}}


REFUSED: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("float", stated(600.0), "FloatRefused", "stated.post-pay", "float 600.0 can"),
    ("nan", stated(float("nan")), "FloatRefused", "stated.post-pay", "decimal text"),
    ("infinity", stated(float("inf")), "FloatRefused", "stated.post-pay", "decimal text"),
    ("int as amount", stated(600), "FloatRefused", "stated.post-pay", "the integer 600"),
    ("bool as amount", stated(True), "FloatRefused", "stated.post-pay", "boolean true"),
    ("bool as count", {**FACTS, "duty_days": True}, "InvalidInput", "duty_days", "boolean true"),
    ("float as count", {**FACTS, "duty_days": 3.0}, "InvalidInput", "duty_days", "float 3.0"),
    ("three places", stated(Decimal("1.005")), "TooManyDigits", "stated.post-pay", "Round it"),
    ("zero places", stated(Decimal("1E-30")), "TooManyDigits", "stated.post-pay", "Round it"),
    ("tiny", stated(Decimal("1E-99999")), "TooManyDigits", "stated.post-pay", "Round it"),
    ("35 digits", stated(Decimal("9" * 35)), "NumberOutOfRange", "stated.post-pay", "range"),
    ("huge", stated(Decimal("1E+99999")), "NumberOutOfRange", "stated.post-pay", "range"),
    ("huge zero", stated(Decimal("0E+99999")), "NumberOutOfRange", "stated.post-pay", "range"),
    ("decimal nan", stated(Decimal("NaN")), "InvalidNumber", "stated.post-pay", "1234.56"),
    ("signalling nan", stated(Decimal("sNaN")), "InvalidNumber", "stated.post-pay", "1234.56"),
    ("infinite", stated(Decimal("-Infinity")), "InvalidNumber", "stated.post-pay", "1234.56"),
    ("separators", stated("1,200.00"), "InvalidNumber", "stated.post-pay", "1234.56"),
    (
        "datetime",
        {**FACTS, "rank_since": datetime(2016, 5, 20)},
        "InvalidDate",
        "rank_since",
        "2025-03-01",
    ),
    ("no date", {**FACTS, "rank_since": "2016-02-30"}, "InvalidDate", "rank_since", "2025-03-01"),
    ("unknown fact", {**FACTS, "ranks": "x"}, "UnknownField", "ranks", "Known are"),
    ("unknown term", {**FACTS, "rank": "大校"}, "UnknownTerm", "rank", "Known are"),
    ("surrogate", {**FACTS, "unit": "\ud800"}, "InvalidText", "unit", "surrogate"),
    ("bytes", {**FACTS, "unit": b"x"}, "InvalidInput", "unit", "pass str"),
    ("set", {**FACTS, "unit": {"x"}}, "InvalidInput", "unit", "pass str"),
    ("complex", stated(1j), "InvalidInput", "stated.post-pay", "pass str"),
    ("key", {**FACTS, 1: "x"}, "InvalidInput", "", "keys must be text"),  # type: ignore[dict-item]
    ("large int", {**FACTS, "duty_days": 2**70}, "NumberOutOfRange", "duty_days", "4294967295"),
    ("huge int", {**FACTS, "duty_days": 10**5000}, "NumberOutOfRange", "duty_days", "4294967295"),
    ("large int as amount", stated(2**70), "FloatRefused", "stated.post-pay", f"integer {2**70}"),
    ("nan as rank", {**FACTS, "rank": float("nan")}, "InvalidInput", "rank", "pass None"),
    ("nan as count", {**FACTS, "duty_days": float("nan")}, "InvalidInput", "duty_days", "None"),
    ("nan as wage", {**FACTS, "housing_wage": float("nan")}, "FloatRefused", "housing_wage", "nan"),
]


@pytest.mark.parametrize(
    ("facts", "name", "field", "says"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_refused(engine: Engine, facts: dict[str, Any], name: str, field: str, says: str) -> None:
    with pytest.raises(InputError) as raised:
        engine.payslip(facts, month="2016-03")
    error = raised.value
    assert (error.name, error.field or "") == (name, field)
    assert says in error.en
    assert error.code // 100 == 1
    assert error.person == "P1"
    # Each message is in one language.
    assert " / " not in error.zh + error.en
    assert str(error.code) in str(error)


def test_the_facts_are_good_without_the_faults(engine: Engine) -> None:
    assert engine.payslip(FACTS, month="2016-03").net == Decimal("1800.00")


@pytest.mark.parametrize("month", ["2016-13", "2016/03", date(2016, 3, 1), 201603, None, 2016.03])
def test_months(engine: Engine, month: Any) -> None:
    with pytest.raises(InputError, match=r"2025-03") as raised:
        engine.payslip(FACTS, month=month)
    assert (raised.value.name, raised.value.field) == ("InvalidMonth", "month")


@pytest.mark.parametrize("day", [datetime(2020, 1, 1), "2020-02-30", 5, 1.5, True])
def test_known_on(day: Any) -> None:
    with pytest.raises(InputError, match=r"2025-03-01") as raised:
        Engine(known_on=day)
    assert (raised.value.name, raised.value.field) == ("InvalidDate", "known_on")


def test_a_known_on_date_comes_back() -> None:
    assert Engine(known_on=date(2020, 1, 2)).known_on == date(2020, 1, 2)
    assert Engine(known_on="2020-01-02").known_on == date(2020, 1, 2)


def test_unknown_evidence_and_language(engine: Engine) -> None:
    with pytest.raises(InputError) as raised:
        Engine(accept="rumour")
    assert (raised.value.name, raised.value.field) == ("UnknownTerm", "accept")
    language: Any = "fr"
    with pytest.raises(InputError) as raised:
        engine.payslip(FACTS, month="2016-03").explain(language)
    assert (raised.value.name, raised.value.field) == ("UnknownTerm", "language")


def test_keywords_dicts_mappings_and_dataclasses_are_the_same(engine: Engine) -> None:
    @dataclasses.dataclass
    class Facts:
        person: str
        unit: str
        kind: str
        rank: str | None
        duty: str | None
        stated: dict[str, Any]
        rank_since: date | Missing | None = MISSING

    month = "2016-03"
    slips = [
        engine.payslip(FACTS, month=month),
        engine.payslip(**FACTS, month=month),
        engine.payslip(MappingProxyType(FACTS), month=month),
        engine.payslip(Facts(**FACTS), month=month),
    ]
    assert len({s.to_json() for s in slips}) == 1


def test_a_fact_is_given_once(engine: Engine) -> None:
    with pytest.raises(InputError) as raised:
        engine.payslip(FACTS, month="2016-03", kind="officer")
    assert (raised.value.name, raised.value.field) == ("ContradictoryFacts", "kind")


def test_no_facts_at_all(engine: Engine) -> None:
    with pytest.raises(InputError) as raised:
        engine.payslip(month="2016-03")
    assert raised.value.name == "MissingFact"


@pytest.mark.parametrize("facts", ["P1", 1, [FACTS], dict])
def test_facts_are_a_mapping(engine: Engine, facts: Any) -> None:
    with pytest.raises(InputError) as raised:
        engine.payslip(facts, month="2016-03")
    assert raised.value.name == "InvalidInput"


def test_missing_and_not_applicable_differ(engine: Engine) -> None:
    without = {k: v for k, v in FACTS.items() if k != "rank"}
    with pytest.raises(InputError) as raised:
        engine.payslip(without, month="2016-03")
    error = raised.value
    assert (error.code, error.field, error.person, error.month) == (108, "rank", "P1", "2016-03")


def test_a_row_is_named(engine: Engine) -> None:
    with pytest.raises(InputError) as raised:
        engine.month_run([FACTS, {**stated(1.5), "person": "P2"}], month="2016-03")
    assert (raised.value.row, raised.value.name) == (2, "FloatRefused")


def test_nesting_ends(engine: Engine) -> None:
    deep: Any = []
    deep.append(deep)
    with pytest.raises(InputError) as raised:
        engine.evaluate("allowance.police-rank", {"month": "2016-03", "ranks": deep})
    assert raised.value.name == "InvalidInput"
    assert raised.value.rule == "allowance.police-rank"


def test_errors_of_the_caller_pass_through(engine: Engine) -> None:
    class Broken(dict[str, object]):
        def items(self) -> Any:
            raise LookupError("mine")

    class Table:
        def __iter__(self) -> Any:
            yield FACTS
            raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        engine.month_run(Table(), month="2016-03")
    with pytest.raises(TypeError):
        Engine(["national"])  # type: ignore[list-item]
    assert Broken(FACTS)


def test_yes_or_no_inputs_of_rules_are_bools(engine: Engine) -> None:
    slip = engine.evaluate("tax.special-additional", {"month": "2019-01", "degree": True})
    assert slip.value
    with pytest.raises(InputError):
        engine.evaluate("tax.special-additional", {"month": "2019-01", "degree": 1})


def test_a_pack_by_text_and_by_path(tmp_path: Any) -> None:
    text = "[pack]\nid = 'x'\n"
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    one, two = Pack.from_text(text), Pack.from_file(path)
    assert one.digest == two.digest
    assert (two.file, one.file) == (str(path), "pack.toml")
    assert one
    assert len(one) == 0
