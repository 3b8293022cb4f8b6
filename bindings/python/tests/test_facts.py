"""Facts that are read once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from conftest import DATA
from zhenggong import MISSING, Engine, Facts, InputError, Pack, Roster

STATED = dict.fromkeys(("pension", "medical", "occupational-annuity", "housing-fund"), "0") | {
    "post-pay": "2410",
    "level-pay": Decimal("3620"),
    "income-tax": "30.90",
}
FACTS: dict[str, Any] = {
    "person": "P1",
    "unit": "城东派出所",
    "kind": "民警",
    "rank": "三级警司",
    "duty": None,
    "stated": STATED,
}


def test_facts_that_were_read_give_the_same_payslip(engine: Engine) -> None:
    read = Facts(FACTS)
    assert (read.person, read.unit, read.kind) == ("P1", "城东派出所", "officer")
    for month in ("2025-03", "2025-06"):
        want = engine.payslip(FACTS, month=month).to_json()
        assert engine.payslip(read, month=month).to_json() == want
        (row,) = engine.month_run([read], month=month).rows
        assert row.net == engine.payslip(FACTS, month=month).net


def test_a_whole_roster_reads_the_same(city: Engine) -> None:
    month = "2021-03"
    people = Roster.from_file(DATA / "sample-roster.csv", month=month).people
    read = [Facts(facts) for facts in people]
    assert [facts.to_dict() for facts in read] == people
    assert (
        city.month_run(read, month=month).to_json() == city.month_run(people, month=month).to_json()
    )


def test_what_is_read_once_is_a_value(engine: Engine) -> None:
    read = Facts(**FACTS)
    assert read == Facts(FACTS) == Facts(read)
    assert read != read.replace(rank="二级警司")
    assert read.to_dict()["stated"]["level-pay"] == "3620.00"
    assert read.to_dict()["duty"] is None
    with pytest.raises(AttributeError):
        read.person = "P2"  # type: ignore[misc]
    assert repr(read) == "<Facts P1 城东派出所>"


def test_a_fact_changes_or_is_taken_back(engine: Engine) -> None:
    read = Facts(FACTS)
    higher = read.replace(rank="二级警司", stated=STATED | {"income-tax": "40.00"})
    assert (
        higher.to_dict()
        == Facts(FACTS | {"rank": "二级警司", "stated": STATED | {"income-tax": "40.00"}}).to_dict()
    )
    unknown = read.replace(rank=MISSING)
    assert "rank" not in unknown.to_dict()
    with pytest.raises(InputError) as raised:
        engine.payslip(unknown, month="2025-03")
    assert (raised.value.name, raised.value.person, raised.value.field) == (
        "MissingFact",
        "P1",
        "rank",
    )


@pytest.mark.parametrize(
    ("change", "name", "field"),
    [
        ({"rank": "上将"}, "UnknownTerm", "rank"),
        ({"ranks": "三级警司"}, "UnknownField", "ranks"),
        ({"ytd_income": 1.0}, "FloatRefused", "ytd_income"),
        ({"ytd_income": "-1"}, "NegativeNotAllowed", "ytd_income"),
    ],
)
def test_bad_facts_are_refused_when_they_are_read(
    change: dict[str, Any], name: str, field: str
) -> None:
    ways: list[Callable[[], Facts]] = [
        lambda: Facts(FACTS | change),
        lambda: Facts(FACTS).replace(**change),
    ]
    for read in ways:
        with pytest.raises(InputError) as raised:
            read()
        assert (raised.value.name, raised.value.field) == (name, field)
        assert raised.value.person == "P1"


def test_a_fact_that_was_read_is_not_given_again(engine: Engine) -> None:
    with pytest.raises(InputError) as raised:
        engine.payslip(Facts(FACTS), month="2025-03", rank="二级警司")
    assert (raised.value.name, raised.value.field) == ("ContradictoryFacts", "rank")
    slip = engine.payslip(Facts(FACTS), month="2025-03", night_shifts=0)
    assert slip.net == engine.payslip(FACTS, month="2025-03").net


def test_threads_share_facts() -> None:
    engine = Engine([Pack.example("example-city")], accept="inferred")
    facts = Roster.from_file(DATA / "sample-roster.csv", month="2021-03").find("P0002")
    read = Facts(facts)
    want = json.loads(engine.payslip(read, month="2021-03").to_json())
    found: list[Any] = []

    def work() -> None:
        found.extend(json.loads(engine.payslip(read, month="2021-03").to_json()) for _ in range(20))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [want] * 80
