"""Replays the cases of the core: the same inputs give the same JSON, to the byte."""

from __future__ import annotations

import json
import tomllib
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


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    engine = engine_for(case.get("place"), case.get("accept", "secondary"), case.get("known_on"))
    expect = case["expect"]
    if "error" in expect:
        with pytest.raises(zhenggong.ZhenggongError) as raised:
            engine.evaluate(case["rule"], case["input"])
        assert raised.value.name == expect["error"]
        names = expect.get("names", "")
        assert names in raised.value.zh or names in raised.value.en
        return
    answer = engine.evaluate(case["rule"], case["input"])
    assert answer.value == expect["value"]
    # Objects of the answer have their own order of keys; within it the text has no freedom left.
    ordered = json.dumps(answer.value, ensure_ascii=False, separators=(",", ":"))
    assert answer.value_json() == ordered
    assert answer.to_json().startswith(f'{{"value":{ordered},"evidence":')
    assert json.loads(answer.to_json())["derivation"] == answer.derivation


def test_every_rule_has_a_case() -> None:
    assert {c.values[0]["rule"] for c in cases()} == {r["id"] for r in zhenggong.rules()}
