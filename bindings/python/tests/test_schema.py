"""Schemas: the committed ones, from the package and from the command line."""

from __future__ import annotations

import json
from typing import Any

import pytest
import zhenggong
from conftest import ROOT
from zhenggong._cli import main

SCHEMAS = ROOT / "docs" / "schemas"


def committed(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


def test_names_are_the_committed_files() -> None:
    names = zhenggong.schemas()
    assert sorted(names) == sorted(path.stem for path in SCHEMAS.glob("*.json"))
    for rule in zhenggong.rules():
        assert f"{rule['id']}.input" in names
        assert f"{rule['id']}.output" in names


@pytest.mark.parametrize("name", zhenggong.schemas())
def test_each_is_the_committed_one(name: str) -> None:
    schema = zhenggong.schema(name)
    assert schema == committed(name)
    assert schema["$id"] == f"{name}.json"


def test_keys_of_facts_are_those_that_the_engine_reads() -> None:
    with pytest.raises(zhenggong.InputError) as raised:
        zhenggong.Engine().payslip({"no_such_fact": "1"}, month="2025-03")
    assert raised.value.code == 109
    properties = zhenggong.schema("person")["properties"]
    assert all(key in raised.value.en for key in list(properties)[:20])


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(zhenggong.InputError) as raised:
        zhenggong.schema("persons")
    assert (raised.value.code, raised.value.field) == (107, "name")
    assert "month-run" in raised.value.en
    with pytest.raises(TypeError):
        zhenggong.schema(5)  # type: ignore[arg-type]


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().out.splitlines() == zhenggong.schemas()
    assert main(["schema", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == zhenggong.schemas()
    assert main(["schema", "person"]) == 0
    # The file as it is committed, so that it can be written by the command.
    assert capsys.readouterr().out == (SCHEMAS / "person.json").read_text(encoding="utf-8")
    assert main(["schema", "person", "--json"]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out) == committed("person")
    assert main(["schema", "persons"]) == 2
    assert "[107]" in capsys.readouterr().err
