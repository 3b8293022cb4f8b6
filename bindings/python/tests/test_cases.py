"""Replays what Rust answered: the same inputs give the same JSON, to the byte, also of errors.

``test.sh`` has Rust write its answers to the file that ``ZG_ANSWERS`` names.
"""

from __future__ import annotations

import functools
import json
import os
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import zhenggong
from conftest import ROOT, engine_for

CASES = ROOT / "crates" / "zhenggong" / "cases"


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.rglob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append(pytest.param(case, id=case["id"]))
    return found


REFUSED = json.loads(
    (ROOT / "crates" / "zhenggong" / "tests" / "refused.json").read_text(encoding="utf-8")
)


@functools.cache
def answers() -> dict[str | int, str]:
    """Return what Rust answered, by the id of the case or the place in refused.json."""
    path = os.environ.get("ZG_ANSWERS")
    assert path, "ZG_ANSWERS=$PWD/answers.jsonl cargo test --package zhenggong --test answers"
    lines = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    return {line["case"] if "case" in line else line["refused"]: line["answer"] for line in lines}


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    engine = engine_for(case.get("place"), case.get("accept", "secondary"), case.get("known_on"))
    expect, answered = case["expect"], answers()[case["id"]]
    if "error" in expect:
        with pytest.raises(zhenggong.ZhenggongError) as raised:
            engine.evaluate(case["rule"], case["input"])
        assert raised.value.name == expect["error"]
        names = expect.get("names", "")
        assert names in raised.value.zh or names in raised.value.en
        assert raised.value.to_json() == answered
        return
    answer = engine.evaluate(case["rule"], case["input"])
    assert answer.value == expect["value"]
    # Value, evidence, and every step with its sources: Rust's own bytes.
    assert answer.to_json() == answered
    assert json.loads(answered)["derivation"] == answer.derivation
    assert answered.startswith(f'{{"value":{answer.value_json()},"evidence":')


def refusal(facts: dict[str, Any]) -> zhenggong.InputError:
    with pytest.raises(zhenggong.InputError) as raised:
        engine_for().payslip(facts, month="2016-03")
    return raised.value


@pytest.mark.parametrize("at", range(len(REFUSED)))
def test_refused_facts(at: int) -> None:
    facts, answered = REFUSED[at], answers()[at]
    assert refusal(facts).to_json() == answered
    # One by one, as keyword arguments, and in a month run, which adds the row.
    with pytest.raises(zhenggong.InputError) as raised:
        engine_for().payslip(month="2016-03", **facts)
    assert raised.value.to_json() == answered
    (error,) = engine_for().month_run([facts], month="2016-03", on_error="partial").errors
    told, alone = json.loads(error.to_json()), json.loads(answered)
    assert told.pop("row") == 1
    for key in ("code", "name", "class", "person", "field", "month", "args"):
        assert told.get(key) == alone.get(key)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("contribution_wage", "NaN", Decimal("NaN")),
        ("contribution_wage", "sNaN", Decimal("sNaN")),
        ("contribution_wage", "-Infinity", Decimal("-Infinity")),
        ("contribution_wage", "0.005", Decimal("0.005")),
        ("contribution_wage", "-0.01", Decimal("-0.01")),
        ("contribution_wage", "99999999999999999999", Decimal("1E+20") - 1),
        ("rank", "NaN", Decimal("NaN")),
        ("rank", "2016-02-20", date(2016, 2, 20)),
    ],
)
def test_python_values_are_refused_as_their_text(key: str, text: str, value: object) -> None:
    facts = {"person": "P1", "unit": "u", "kind": "officer"}
    one, other = refusal({**facts, key: text}), refusal({**facts, key: value})
    assert (one.person, one.field) == ("P1", key)
    assert one.to_json() == other.to_json()


def test_every_answer_is_asked_for() -> None:
    ids = {c.values[0]["id"] for c in cases()} | set(range(len(REFUSED)))
    assert ids == answers().keys()


def test_every_rule_has_a_case() -> None:
    assert {c.values[0]["rule"] for c in cases()} == {r["id"] for r in zhenggong.rules()}
