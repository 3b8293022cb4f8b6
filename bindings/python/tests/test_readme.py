"""The Python of the READMEs runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import DATA, ROOT

PACKAGE = Path(__file__).resolve().parents[1] / "README.md"


def blocks(path: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


def test_the_assessment_page_runs() -> None:
    page = ROOT / "docs" / "ASSESSMENT.md"
    found = blocks(page)
    assert len(found) == 2
    for block in found:
        exec(compile(block, str(page), "exec"), {})


def test_the_quick_start_runs() -> None:
    found = blocks(ROOT / "README.md")
    assert len(found) == 1
    exec(compile(found[0], "README.md", "exec"), {})


def test_the_table_of_the_package_runs(capsys: pytest.CaptureFixture[str]) -> None:
    _, table = blocks(PACKAGE)
    exec(compile(table, str(PACKAGE), "exec"), {})
    assert capsys.readouterr().out == "1 0\n1 1\n"


def test_the_sketch_of_the_package_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sketch, _ = blocks(PACKAGE)
    # It stands for the reader's own file, facts and place.
    lines = (DATA / "sample-roster.csv").read_text(encoding="utf-8-sig").splitlines()
    (tmp_path / "roster.csv").write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    from zhenggong import Roster

    facts = Roster.from_file("roster.csv", month="2021-03").find("P0001")
    sketch = sketch.replace("[...]", '[{"from": "2014-07-01", "rank": "三级警司"}]')
    sketch = sketch.replace('Pack.example("beijing")', 'Pack.example("example-city")')
    sketch = sketch.replace(")])          #", ')], accept="inferred")          #')
    exec(compile(sketch, str(PACKAGE), "exec"), {"facts": facts})
