"""Half a character, a lone surrogate, in every place for text: one error that says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zhenggong
from conftest import engine_for
from test_inputs import FACTS
from test_none import CALLS, CASES, ENGINE, MONTH, PATH, ROSTER, STR, SUBJECTS
from zhenggong import Facts, InputError, Pack, Roster, _native
from zhenggong._cli import main

HALF = "\ud800"
KEY: dict[str, Any] = {HALF: 1}
SAYS = "a lone surrogate, half a character"


def told(call: Callable[[], object]) -> InputError:
    with pytest.raises(InputError) as raised:
        call()
    error = raised.value
    assert (error.code, error.name) == (115, "InvalidText")
    assert SAYS in error.en
    assert "半个字符" in error.zh
    assert " / " not in error.zh + error.en
    assert json.loads(error.to_json())["code"] == 115
    return error


# Every argument that takes text, by what None is in its place.
TEXTS = [case for case in CASES if case.values[3] in (STR, PATH)]
# Text or None.
OPTIONAL = [
    pytest.param(CALLS[call][0], CALLS[call][1], name, None, id=f"{call}-{name}")
    for call, name in (("Engine", "place"), ("Assessment.explain", "subject"))
]


@pytest.mark.parametrize(("call", "good", "name", "outcome"), [*TEXTS, *OPTIONAL])
def test_arguments(call: Callable[..., Any], good: dict[str, Any], name: str, outcome: Any) -> None:
    error = told(lambda: call(**{**good, name: f"a{HALF}b"}))
    assert error.__notes__ == [f"while processing '{name}'"]


def test_every_text_is_tried() -> None:
    assert len(TEXTS) > 25


PLACES: list[tuple[str, Callable[[], object], str | None]] = [
    ("fact", lambda: Facts(FACTS | {"unit": HALF}), "unit"),
    ("key of a fact", lambda: Facts(FACTS | {HALF: "x"}), None),
    ("keyword", lambda: Facts(FACTS, **{HALF: "x"}), None),
    ("all keywords", lambda: Facts(**FACTS, **{HALF: "x"}), None),
    ("change", lambda: Facts(FACTS).replace(**{HALF: "x"}), None),
    ("changed", lambda: Facts(FACTS).replace(unit=HALF), "unit"),
    ("item", lambda: Facts(FACTS | {"stated": {HALF: "1"}}), "stated"),
    ("amount", lambda: Facts(FACTS | {"stated": {"post-pay": HALF}}), "stated.post-pay"),
    ("month", lambda: ENGINE.payslip(FACTS, month=HALF), "month"),
    ("month of a run", lambda: ENGINE.month_run([FACTS], month=HALF), "month"),
    (
        "person of a run",
        lambda: ENGINE.month_run([FACTS | {"person": HALF}], month=MONTH),
        "person",
    ),
    ("known on", lambda: zhenggong.Engine(known_on=HALF), "known_on"),
    ("input", lambda: ENGINE.evaluate("allowance.police-rank", month=HALF), "month"),
    ("key of an input", lambda: ENGINE.evaluate("allowance.police-rank", **KEY), None),
    ("shared", lambda: ENGINE.evaluate_rows("service.full-years", [], {HALF: 1}), "shared"),
    ("row", lambda: ENGINE.evaluate_rows("service.full-years", [{HALF: 1}], {}), "rows[0]"),
    ("column", lambda: ENGINE.month_run_table({HALF: ["x"]}, month=MONTH), None),
    ("cell", lambda: ENGINE.month_run_table({"unit": [HALF]}, month=MONTH), "unit"),
    ("option", lambda: ENGINE.month_run_table(ROSTER, items=[HALF]), "items"),
    ("total", lambda: ENGINE.month_run_table(ROSTER, totals=[HALF]), "totals"),  # type: ignore[list-item]
    ("subject", lambda: ENGINE.assess([{"id": HALF}], month=MONTH), "subjects[0].id"),
    ("weight", lambda: ENGINE.assess(SUBJECTS, month=MONTH, weights={HALF: {}}), "weights"),
    ("period", lambda: ENGINE.assess(SUBJECTS, month=MONTH, period=HALF), "period"),  # type: ignore[arg-type]
    ("file", lambda: Pack.from_file(Path(HALF)), None),
    ("sheet", lambda: _native._Sheet.from_file("x.csv", HALF, "utf-8"), None),
    ("roster", lambda: Roster.from_bytes(b"", month=MONTH, name=HALF), None),
]


@pytest.mark.parametrize(("call", "field"), [p[1:] for p in PLACES], ids=[p[0] for p in PLACES])
def test_places(call: Callable[[], object], field: str | None) -> None:
    assert told(call).field == field


def test_an_unknown_keyword_is_the_error_of_python() -> None:
    with pytest.raises(TypeError, match="unexpected keyword"):
        engine_for().month_run([], month=MONTH, **{HALF: 1})  # type: ignore[arg-type]


def test_bytes_of_a_file_name_that_are_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    # So the shell hands over a name in another encoding.
    for name in ("no-\udcff.csv", "no-\udcff.parquet"):
        assert main(["run", name, "--month", MONTH, "--json"]) == 2
        assert json.loads(capsys.readouterr().out)["name"] == "Io"
    with pytest.raises(SystemExit, match="2"):
        main(["rules", "--no-such-option-\udcff"])
    assert "udcff" in capsys.readouterr().err
