"""Properties that hold for any input."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from conftest import engine_for
from hypothesis import given, settings
from hypothesis import strategies as st
from zhenggong import InputError, Pack, Roster, ZhenggongError

fen = st.integers(0, 10**9).map(lambda n: Decimal(n).scaleb(-2))
items = ["post-pay", "level-pay", "normative-allowance", "other-earning"]
zero = dict.fromkeys(
    ["pension", "occupational-annuity", "medical", "housing-fund", "income-tax"], Decimal(0)
)


def slip(stated: dict[str, Any]) -> Any:
    return engine_for().payslip(
        person="P1", unit="u", kind="officer", rank=None, duty=None, stated=stated, month="2021-03"
    )


pay = st.fixed_dictionaries(dict.fromkeys(items, fen))


@given(pay)
def test_amounts_come_back_to_the_fen(stated: dict[str, Decimal]) -> None:
    made = slip({**stated, **zero})
    for item, amount in stated.items():
        assert made.amount(item) == amount
    assert made.gross == sum(stated.values())


@given(pay)
def test_decimal_and_text_are_the_same(stated: dict[str, Decimal]) -> None:
    text = {item: str(amount) for item, amount in stated.items()}
    assert slip({**stated, **zero}).to_json() == slip({**text, **zero}).to_json()


@given(st.decimals())
def test_any_decimal_is_exact_or_refused(amount: Decimal) -> None:
    try:
        made = slip({**dict.fromkeys(items, Decimal(0)), **zero, "post-pay": amount})
    except InputError as error:
        assert error.name in {
            "InvalidNumber",
            "TooManyDigits",
            "NumberOutOfRange",
            "NegativeNotAllowed",
        }
        assert error.field == "stated.post-pay"
    else:
        assert made.amount("post-pay") == amount


@given(st.floats())
def test_no_float_is_accepted(amount: float) -> None:
    try:
        slip({**zero, "post-pay": amount})
    except InputError as error:
        assert error.name == "FloatRefused"
    else:
        raise AssertionError(amount)


odd: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, 3, 1.5, "", "3", "无", "x" * 65, date(2020, 1, 2), b"x", []]
)
facts = st.fixed_dictionaries(
    {"person": st.just("P1") | odd, "unit": st.just("u"), "kind": st.sampled_from(["民警", "x"])},
    optional={
        "rank": st.sampled_from(["三级警司", "supervisor-third-class"]) | odd,
        "rank_since": st.dates(date(2020, 1, 1), date(2022, 1, 1)) | odd,
        "tax_months": st.integers(-1, 2**33) | odd,
        "ytd_income": fen | st.decimals(allow_nan=False) | odd,
        "housing_rate": st.sampled_from([Decimal("0.12"), Decimal("12E-2"), "0.05"]) | odd,
        "stated": st.dictionaries(st.sampled_from([*items, "工资", "职务工资"]), fen | odd) | odd,
        "horse": odd,
    },
)


class Other(Mapping[str, object]):
    """A mapping that is no dict, so that it takes the other way in."""

    def __init__(self, inner: dict[str, Any]) -> None:
        self.inner = inner

    def __getitem__(self, key: str) -> Any:
        """Return a fact."""
        return self.inner[key]

    def __iter__(self) -> Iterator[str]:
        """Return the keys."""
        return iter(self.inner)

    def __len__(self) -> int:
        """Return how many facts there are."""
        return len(self.inner)


def outcome(given_facts: Any) -> str:
    try:
        return str(engine_for().payslip(given_facts, month="2021-03").to_json())
    except ZhenggongError as error:
        return error.to_json()


@settings(max_examples=400, deadline=None)
@given(facts)
def test_both_ways_in_give_the_same(given_facts: dict[str, Any]) -> None:
    # A plain dict is read at once; another mapping by way of JSON. No error may differ either.
    assert outcome(given_facts) == outcome(Other(given_facts))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
inputs = st.dictionaries(
    st.sampled_from(["month", "ranks", "rank", "from", "person"]) | st.text(), values, max_size=5
)
rules = st.sampled_from(["allowance.police-rank", "basic-pay.level", "tax.wage-withholding", "x"])


@given(rules, inputs)
def test_any_input_is_an_answer_or_our_error(rule: str, given_input: dict[str, Any]) -> None:
    try:
        answer = engine_for().evaluate(rule, given_input)
    except ZhenggongError as error:
        assert json.loads(error.to_json())["code"] == error.code
        assert error.code < 900
    else:
        assert json.loads(answer.value_json()) == answer.value


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_roster_or_findings(data: bytes) -> None:
    for encoding in ("utf-8", "gbk"):
        read = Roster.from_bytes(data, month="2021-03", encoding=encoding)
        assert read.findings
        assert len(read) == 0


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_text_is_a_pack_with_findings(text: str) -> None:
    assert Pack.from_text(text).findings
