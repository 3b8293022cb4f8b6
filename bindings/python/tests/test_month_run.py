"""Month runs: rosters, row errors, totals, the oracle, threads."""

from __future__ import annotations

import csv
import functools
import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import oracle
import pytest
from conftest import DATA, engine_for
from zhenggong import Engine, InputError, MonthRun, Roster

MONTH = "2021-03"


@functools.cache
def roster() -> Roster:
    return Roster.from_file(DATA / "sample-roster.csv", month=MONTH)


@functools.cache
def run() -> MonthRun:
    return engine_for("example-city", "inferred").month_run(roster(), month=MONTH)


def test_a_roster_and_its_dicts_give_the_same_but_for_the_line_of_the_file(city: Engine) -> None:
    dicts = json.loads(city.month_run(roster().people, month=MONTH).to_json())
    lines = json.loads(run().to_json())
    # A roster's rows are the lines of its file, of which the first is the header.
    for row in dicts["rows"]:
        row["row"] += 1
    for errors in (dicts["errors"], lines["errors"]):
        for error in errors:
            error["row"] += 1 if errors is dicts["errors"] else 0
            del error["zh"], error["en"]
    assert dicts == lines
    assert "第 8 行" in run().errors[0].zh


def test_gbk_reads_the_same() -> None:
    gbk = Roster.from_file(DATA / "sample-roster-gbk.csv", month=MONTH, encoding="gbk")
    assert gbk.findings == []
    assert gbk.people
    assert gbk.people == [roster().find(p["person"]) for p in gbk.people]
    undeclared = Roster.from_file(DATA / "sample-roster-gbk.csv", month=MONTH)
    assert [f.error.name for f in undeclared.findings] == ["NotUtf8"]


def test_every_row_is_paid_or_an_error() -> None:
    assert len(run().rows) + len(run().errors) == len(roster()) == 300
    seen = {r.row for r in run().rows} | {e.row for e in run().errors}
    assert seen == set(range(2, 302))
    for error in run().errors:
        assert error.person
        assert error.month == MONTH


def test_totals_are_sums() -> None:
    totals = run().totals
    assert totals.people == len(run().rows)
    for key in ("gross", "deductions", "net", "employer_cost"):
        by_row = sum(getattr(r, key) for r in run().rows)
        by_unit = sum(getattr(u, key) for u in run().units.values())
        assert by_row == by_unit == getattr(totals, key)
    assert sum(totals.items.values()) == totals.gross + totals.deductions + totals.employer_cost


def test_each_row_is_its_payslip(city: Engine) -> None:
    people = roster().people
    for row in run().rows[::17]:
        slip = city.payslip(people[row.row - 2], month=MONTH)
        assert (slip.person, slip.net) == (row.person, row.net)
        assert [repr(line) for line in slip.lines] == [repr(line) for line in row.lines]


def test_the_independent_oracle_agrees_to_the_fen() -> None:
    with (DATA / "sample-roster.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {r["人员编号"]: r for r in csv.DictReader(file)}
    compared = 0
    for row in run().rows:
        if oracle.applies(rows[row.person]):
            expected = oracle.payslip(rows[row.person])
            got = {"gross": row.gross, "deductions": row.deductions, "net": row.net}
            assert got == expected, row.person
            compared += 1
    assert compared >= 150


def test_json_and_csv_have_every_person() -> None:
    data = json.loads(run().to_json())
    assert len(data["rows"]) == len(run().rows)
    assert [e["code"] for e in data["errors"]] == [e.code for e in run().errors]
    assert [json.loads(e.to_json()) for e in run().errors] == data["errors"]
    for language in ("zh", "en"):
        table = list(csv.reader(run().to_csv(language).splitlines()))
        assert len(table) == 301
        net = table[0].index("实发合计" if language == "zh" else "net")
        paid = sum(Decimal(line[net] or 0) for line in table[1:])
        assert paid == run().totals.net
    assert "<table>" in run()._repr_html_()


def test_faults_of_a_roster_come_all_at_once() -> None:
    found = Roster.from_file(DATA / "broken-roster.csv", month=MONTH).findings
    assert found
    for finding in found:
        assert finding.severity == "error"
        assert finding.en.startswith(f"broken-roster.csv:{finding.line}:{finding.column}: error")
        assert json.loads(finding.to_json())["error"]["zh"] == finding.error.zh


def test_a_roster_that_is_not_there() -> None:
    with pytest.raises(InputError) as raised:
        Roster.from_file("no-such-file.csv", month=MONTH)
    assert raised.value.name == "Io"
    encoding = "latin1"
    with pytest.raises(InputError) as raised:
        Roster.from_bytes(b"", month=MONTH, encoding=encoding)  # type: ignore[arg-type]
    assert raised.value.name == "InvalidOption"


def test_threads_share_an_engine(city: Engine) -> None:
    def job(_: int) -> str:
        return city.month_run(roster(), month=MONTH).to_json()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(job, range(8))) == {run().to_json()}


def auxiliary(person: str, **more: object) -> dict[str, object]:
    """Return an auxiliary without a coefficient; contributions and tax are stated as zero."""
    zero = [
        "pension",
        "medical",
        "unemployment",
        "housing-fund",
        "income-tax",
        "employer-pension",
        "employer-medical",
        "employer-unemployment",
        "employer-work-injury",
        "employer-housing-fund",
    ]
    stated = dict.fromkeys(zero, "0.00")
    return {"person": person, "unit": "u", "kind": "auxiliary", "stated": stated, **more}


def test_the_months_assessment_gives_the_coefficients() -> None:
    engine = engine_for("teaching-example", "secondary")
    answer = engine.evaluate(
        "assessment.score",
        {
            "month": "2025-03",
            "subjects": [{"id": "A1", "kind": "auxiliary"}, {"id": "A2", "kind": "auxiliary"}],
            "events": [
                {"id": "E1", "subject": "A2", "date": "2025-03-10", "rule": "late", "count": 4}
            ],
        },
    )
    people = [auxiliary("A1"), auxiliary("A2")]
    run = engine.month_run(people, month="2025-03", assessment=answer.value)
    assert [row.gross for row in run.rows] == [Decimal("3960.00"), Decimal("3640.00")]
    people[1] = auxiliary("A2", coefficient="1")
    run = engine.month_run(people, month="2025-03", assessment=answer.value)
    assert [error.name for error in run.errors] == ["ContradictoryFacts"]
    with pytest.raises(InputError) as raised:
        engine.month_run(people, month="2025-04", assessment=answer.value)
    assert raised.value.name == "WrongMonth"
