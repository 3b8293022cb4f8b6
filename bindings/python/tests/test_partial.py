"""Rosters with a fault, facts that can't be read, and people that occur twice."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import DATA, engine_for
from zhenggong import Engine, InputError, MonthRun, Roster, ZhenggongError
from zhenggong._cli import main

MONTH = "2021-03"
CITY = ["--month", MONTH, "--example", "example-city", "--accept", "inferred"]
SAMPLE = (DATA / "sample-roster.csv").read_text(encoding="utf-8-sig").splitlines()


def broken() -> tuple[Roster, str]:
    """Return a roster of six lines, of which three have a fault, and its text."""
    header = SAMPLE[0].split(",")
    bad_rank = SAMPLE[3].split(",")
    bad_rank[header.index("警衔")] = "大校"
    bad_rank[header.index("缴费工资")] = "1.005"
    lines = [SAMPLE[0], SAMPLE[1], "only,two", ",".join(bad_rank), SAMPLE[2], SAMPLE[1], SAMPLE[4]]
    text = "\n".join(lines) + "\n"
    return Roster.from_bytes(text.encode(), month=MONTH), text


def numbers(run: MonthRun) -> list[tuple[int | None, int]]:
    return [(error.row, error.code) for error in run.errors]


# Line 4 has two faults; the first stands for it.
FAULTS = [(3, 120), (4, 107), (6, 114)]


def test_a_roster_with_a_fault_is_refused_with_everything_that_was_found(city: Engine) -> None:
    roster, _ = broken()
    for ask in (
        lambda: city.month_run(roster, month=MONTH),
        lambda: city.month_run_table(roster, month=MONTH),
        lambda: city.month_run_batches(roster, month=MONTH),
        lambda: next(city.month_run_batches(iter([roster]), month=MONTH)),
    ):
        with pytest.raises(InputError) as raised:
            ask()
        first = roster.findings[0].error
        assert (raised.value.code, raised.value.row) == (120, 3)
        assert raised.value.to_json() == first.to_json()
        told = [f.to_json() for f in raised.value.findings]
        assert told == [f.to_json() for f in roster.findings]
        assert len(told) == 4


def test_partial_pays_the_good_lines_and_lists_the_others(city: Engine) -> None:
    roster, _ = broken()
    run = city.month_run(roster, month=MONTH, on_error="partial")
    assert [row.row for row in run.rows] == [2, 5, 7]
    assert numbers(run) == FAULTS
    assert run.errors[2].person == run.rows[0].person
    assert [error.month for error in run.errors] == [MONTH] * 3
    assert [e["row"] for e in json.loads(run.to_json())["errors"]] == [3, 4, 6]
    assert run.to_csv("en").count("\n") == 7


def test_a_table_has_a_row_for_each_line_with_a_fault(city: Engine) -> None:
    roster, _ = broken()
    run = city.month_run(roster, month=MONTH, on_error="partial")
    tables = [
        city.month_run_table(roster, month=MONTH, on_error="column"),
        next(city.month_run_batches([roster], month=MONTH, on_error="column")),
    ]
    for table in tables:
        columns = table.to_dict()
        assert columns["error_code"] == [None, 120, 107, None, 114, None]
        assert [net is None for net in columns["net"]] == [
            c is not None for c in columns["error_code"]
        ]
        assert [net for net in columns["net"] if net] == [row.net for row in run.rows]
        assert table.failed == 3
        assert [text for text in columns["error"] if text] == [error.en for error in run.errors]
        assert columns["month"] == [MONTH] * 6
        assert columns["person"][4] == columns["person"][0]


@pytest.mark.parametrize("how", ["raise", "partial"])
def test_a_fault_of_the_header_is_one_of_every_line(city: Engine, how: Any) -> None:
    text = "\n".join([SAMPLE[0].replace("警衔", "级别星"), *SAMPLE[1:3]])
    roster = Roster.from_bytes(text.encode(), month=MONTH)
    with pytest.raises(InputError) as raised:
        city.month_run(roster, month=MONTH, on_error=how)
    assert raised.value.name == "UnknownField"
    assert raised.value.findings
    with pytest.raises(InputError):
        city.month_run_table(roster, month=MONTH, on_error="column")
    with pytest.raises(InputError) as raised:
        city.month_run(Roster.from_bytes(b"", month=MONTH), month=MONTH, on_error=how)
    assert raised.value.name == "EmptyTable"


def test_a_roster_from_a_table_is_treated_alike(city: Engine) -> None:
    frame = pl.DataFrame(Roster.from_bytes("\n".join(SAMPLE[:4]).encode(), month=MONTH))
    frame = pl.concat([frame, frame.head(1)])
    roster = Roster.from_table(frame, month=MONTH)
    with pytest.raises(InputError):
        city.month_run(roster, month=MONTH)
    assert numbers(city.month_run(roster, month=MONTH, on_error="partial")) == [(4, 114)]
    # The table itself says the same of the same row.
    with pytest.raises(InputError) as raised:
        city.month_run_table(frame, month=MONTH)
    assert (raised.value.code, raised.value.row) == (114, 4)
    assert city.month_run_table(frame, month=MONTH, allow_repeats=True).failed == 0


def test_lists_are_treated_like_rosters(city: Engine) -> None:
    people: list[Any] = Roster.from_bytes("\n".join(SAMPLE[:4]).encode(), month=MONTH).people
    people[1] = {**people[1], "stated": {"post-pay": 1.5}}
    people.append(people[0])
    with pytest.raises(InputError) as raised:
        city.month_run(people, month=MONTH)
    assert (raised.value.code, raised.value.row) == (104, 2)
    run = city.month_run(people, month=MONTH, on_error="partial")
    assert numbers(run) == [(2, 104), (4, 114)]
    assert run.errors[0].person == people[1]["person"]
    assert "line 1" in run.errors[1].en
    assert [row.row for row in run.rows] == [1, 3]
    how: Any = "column"
    with pytest.raises(InputError) as raised:
        city.month_run(people, month=MONTH, on_error=how)
    assert (raised.value.code, raised.value.name) == (126, "InvalidOption")


def test_a_person_has_one_row_a_month_of_a_table() -> None:
    engine = engine_for()
    columns: dict[str, Any] = {
        "person": ["A", "B", "A", "A", None, None],
        "month": ["2016-03", "2016-03", "2016-04", "2016-03", "2016-03", "2016-03"],
        "kind": ["民警"] * 6,
        "rank": ["无"] * 6,
        "duty": ["无"] * 6,
        **{
            f"stated_{item}": ["1.00"] * 6
            for item in (
                "post_pay",
                "level_pay",
                "pension",
                "occupational_annuity",
                "medical",
                "housing_fund",
                "income_tax",
            )
        },
    }
    for language in ("zh", "en"):
        paid = engine.month_run_table(
            columns, on_error="column", employer_cost=False, language=language
        ).to_dict()
        code, error = (c[3] for c in list(paid.values())[-2:])
        assert code == 114
        assert "第 1 行" in error if language == "zh" else "line 1" in error
        assert [c is None for c in list(paid.values())[-2]] == [True] * 3 + [False] + [True] * 2
    # Batches are looked at one by one, so that memory stays flat.
    halves = [{k: v[:3] for k, v in columns.items()}, {k: v[3:] for k, v in columns.items()}]
    batches = engine.month_run_batches(halves, on_error="column", employer_cost=False)
    assert [batch.failed for batch in batches] == [0, 0]


@pytest.mark.parametrize("kind", [dict, pl.DataFrame, str])
def test_people_are_a_list(engine: Engine, kind: Any) -> None:
    with pytest.raises(ZhenggongError) as raised:
        engine.month_run(kind(), month=MONTH)
    assert (raised.value.code, raised.value.field) == (110, "people")
    assert "month_run_table" in raised.value.en


@pytest.mark.parametrize("out", ["csv", "parquet"])
def test_the_command_line_does_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, out: str
) -> None:
    _, text = broken()
    roster = tmp_path / "roster.csv"
    roster.write_text(text, encoding="utf-8")
    assert main(["run", str(roster), *CITY]) == 1
    assert capsys.readouterr().out.count("roster.csv:") == 4
    result = tmp_path / f"paid.{out}"
    arguments = ["run", str(roster), *CITY, "--partial", "--language", "en", "--out", str(result)]
    assert main([*arguments, "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert [(e["row"], e["code"]) for e in data["errors"]] == FAULTS
    frame = pl.read_csv(result) if out == "csv" else pl.read_parquet(result)
    assert frame.height == 6
    assert frame["error_code"].drop_nulls().to_list() == [120, 107, 114]
    assert frame["kind"].null_count() == 3
    assert Decimal(data["totals"]["net"]) == sum(Decimal(str(n)) for n in frame["net"].drop_nulls())


def test_a_fault_of_the_header_ends_the_command_alike(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    text = "\n".join([SAMPLE[0].replace("警衔", "级别星"), *SAMPLE[1:3]])
    for content in (text, "", SAMPLE[0]):
        roster.write_text(content, encoding="utf-8")
        told = []
        for more in ([], ["--partial"], ["--json"], ["--json", "--partial"]):
            assert main(["run", str(roster), *CITY, *more]) == 1
            told.append(capsys.readouterr().out)
        assert told[0] == told[1]
        assert told[2] == told[3]
        assert "roster.csv:1:" in told[0]
        assert json.loads(told[2])


def test_nobody_is_paid_from_a_roster_of_another_month(city: Engine) -> None:
    whole = Roster.from_bytes("\n".join(SAMPLE[:4]).encode(), month=MONTH)
    roster, _ = broken()
    with pytest.raises(InputError) as raised:
        city.month_run(whole, month="2021-04")
    error = raised.value
    assert (error.code, error.row, error.month, error.field) == (121, 2, "2021-04", "month")
    assert error.person == SAMPLE[1].split(",")[0]
    assert "2021-03" in error.en
    assert "2021-04" in error.en
    assert "2021-03" in error.zh
    # A fault of the roster is still said first.
    with pytest.raises(InputError) as raised:
        city.month_run(roster, month="2021-04")
    assert (raised.value.code, len(raised.value.findings)) == (120, 4)
    run = city.month_run(roster, month="2021-04", on_error="partial")
    assert run.rows == []
    assert (run.totals.people, run.totals.net) == (0, Decimal(0))
    assert numbers(run) == [(2, 121), (3, 120), (4, 107), (5, 121), (6, 114), (7, 121)]
    assert {error.month for error in run.errors} == {"2021-04"}
    # The table says the same of each line.
    table = city.month_run_table(roster, month="2021-04", on_error="column").to_dict()
    assert table["error_code"] == [121, 120, 107, 121, 114, 121]
    assert set(table["net"]) == {None}
    # Facts in a list have no month of their own, and stating one is no fact.
    person = whole.people[0] | {"month": MONTH}
    with pytest.raises(InputError) as raised:
        city.month_run([person], month="2021-04")
    assert (raised.value.name, raised.value.row) == ("UnknownField", 1)
