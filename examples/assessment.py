"""A unit's month under the teaching scheme (三个百分制, invented), from Python.

The ranking lists, one officer's sheets with every point's event and clause, who is excellent
under the quota, and the pay of the auxiliaries by the coefficients of the same month. The
events are those of examples/assessment.rs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from zhenggong import Assessment, Engine, Pack

DATA = Path(__file__).parent / "data" / "assessment-events.json"
MONTH = "2025-03"


def show(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Print a table with a tab between its columns."""
    print("\t".join(head))
    for row in rows:
        print("\t".join("—" if cell is None else str(cell) for cell in row))


def month_of_the_unit(scored: Assessment) -> None:
    """Print the ranking lists, and the sheets of everybody side by side."""
    print("== 三月排名 ==")
    ranking = scored.ranking.to_dict()
    show(tuple(ranking), list(zip(*ranking.values(), strict=True)))
    print("== 考核表 ==")
    sheets = scored.sheets.to_dict()
    show(tuple(sheets), list(zip(*sheets.values(), strict=True)))


def one_officer(scored: Assessment, officer: str) -> None:
    """Print the sheets of one officer, and the same lines as a table of events."""
    print(f"== {officer} 考核表 ==")
    print(scored.explain(officer))
    print(f"== {officer} 增减明细 ==")
    trail = scored.trail.to_dict()
    lines = [dict(zip(trail, line, strict=True)) for line in zip(*trail.values(), strict=True)]
    changes = [
        line
        for line in lines
        if line["对象"] == officer and line["层次"] == "考核表" and line["缘由"] != "基础分"
    ]
    columns = ("日期", "事件", "规则", "缘由", "得分", "条款")
    show(columns, [tuple(line[column] for column in columns) for line in changes])


def excellent(engine: Engine, scored: Assessment) -> None:
    """Print who is graded excellent: scores and units come from the answer, nobody copies them.

    Leaders and officers are scored by different schemes, so each scheme has a pool of its own.
    """
    pools = {
        "领导": ("teaching-leader", ("L01", "L02")),
        "民警": ("teaching-officer", ("P01", "P02", "P03")),
    }
    question = {
        "month": MONTH,
        "rounding": "half-up",
        "assessed": scored.value,
        "pools": [
            {"id": f"城东派出所{name}", "scheme": scheme, "should_take_part": len(people)}
            for name, (scheme, people) in pools.items()
        ],
        "people": [
            {"id": person, "standing": "graded"}
            for _, people in pools.values()
            for person in people
        ],
    }
    print("== 优秀名额 ==")
    for pool in engine.evaluate("assessment.quota", question).value:
        print(pool["pool"], "名额", pool["quota"], "优秀", "、".join(pool["excellent"]) or "—")


def pay(engine: Engine, scored: Assessment) -> None:
    """Print the pay of the auxiliaries: the coefficients are taken from the assessment."""
    own = ("pension", "medical", "unemployment", "housing-fund")
    employer = tuple(f"employer-{item}" for item in (*own, "work-injury"))
    stated = dict.fromkeys((*own, "income-tax", *employer), "0.00")
    auxiliary: dict[str, Any] = {"unit": "城东派出所", "kind": "辅警", "stated": stated}
    people = [auxiliary | {"person": person} for person in ("A01", "A02")]
    run = engine.month_run(people, month=MONTH, assessment=scored)
    print("== 当月工资 ==")
    for row in run.rows:
        for line in row.lines:
            if line.amount:
                print(row.person, line.zh, line.amount)
    for error in run.errors:
        print(error.zh)


def main() -> None:
    """Score the month and print what follows from it."""
    engine = Engine([Pack.example("teaching-example")])
    given = json.loads(DATA.read_text(encoding="utf-8"))
    scored = engine.assess(given["subjects"], given["events"], month=MONTH, language="zh")
    month_of_the_unit(scored)
    one_officer(scored, "P01")
    excellent(engine, scored)
    pay(engine, scored)


if __name__ == "__main__":
    main()
