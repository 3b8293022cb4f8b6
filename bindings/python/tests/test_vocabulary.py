"""The closed lists: made from the core, read by code and Chinese name, usable as facts."""

from __future__ import annotations

import dataclasses
import json
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import zhenggong
from zhenggong import (
    MISSING,
    DutyType,
    Engine,
    InputError,
    Missing,
    Origin,
    PayItem,
    PersonKind,
    PoliceRank,
)

TOOLS = Path(__file__).parent.parent / "tools"
LISTS = zhenggong.vocabularies()


def test_the_module_is_what_the_core_has() -> None:
    subprocess.run([sys.executable, str(TOOLS / "vocabulary.py"), "--check"], check=True)


@pytest.mark.parametrize("found", LISTS, ids=[v["name"] for v in LISTS])
def test_members_have_codes_and_names_of_the_core(found: dict[str, Any]) -> None:
    kind = getattr(zhenggong, found["name"])
    assert [{"code": m.code, "zh": m.zh, "en": m.en} for m in kind] == found["members"]
    for member in kind:
        assert kind(member.code) is kind(member.zh) is member
        assert member == member.code == str(member) == f"{member}"
        assert json.loads(json.dumps(member)) == member.code
        assert pickle.loads(pickle.dumps(member)) is member
    assert found["zh"] in (kind.__doc__ or "")
    with pytest.raises(ValueError, match="horse"):
        kind("horse")


ZERO = dict.fromkeys(
    [
        PayItem.PENSION,
        PayItem.OCCUPATIONAL_ANNUITY,
        PayItem.MEDICAL,
        PayItem.HOUSING_FUND,
        PayItem.INCOME_TAX,
    ],
    Decimal(0),
)


@dataclasses.dataclass(frozen=True)
class Officer:
    """Facts with types of their own."""

    person: str
    rank: PoliceRank
    stated: dict[PayItem, Decimal]
    unit: str = "城东派出所"
    kind: PersonKind = PersonKind.OFFICER
    duty: DutyType | Missing | None = None
    ytd_income: Decimal | Missing = MISSING


def test_members_are_facts(engine: Engine) -> None:
    stated = {**ZERO, PayItem.POST_PAY: Decimal("600.00"), PayItem.LEVEL_PAY: Decimal("1.5")}
    person = Officer("P1", PoliceRank.SUPERVISOR_THIRD_CLASS, stated)
    slip = engine.payslip(person, month="2021-03")
    assert slip.amount(PayItem.POLICE_RANK_ALLOWANCE) == Decimal("960.00")
    assert PersonKind(slip.kind) is PersonKind.OFFICER
    assert [Origin(line.origin) for line in slip.lines if line.item == PayItem.POST_PAY] == [
        Origin.STATED
    ]
    texts = {str(item): str(amount) for item, amount in stated.items()}
    same = engine.payslip(
        person="P1",
        unit="城东派出所",
        kind="民警",
        rank="三级警督",
        duty=None,
        stated=texts,
        month="2021-03",
    )
    assert same.to_json() == slip.to_json()
    run = engine.month_run([person], month="2021-03")
    assert run.totals.items[PayItem.POST_PAY] == Decimal("600.00")
    ranks = [{"from": "2014-07-01", "rank": PoliceRank("三级警司")}]
    answer = engine.evaluate("allowance.police-rank", {"month": "2016-03", "ranks": ranks})
    assert answer.value == "660.00"


def test_members_are_cells_of_a_table(engine: Engine) -> None:
    columns: dict[str, list[Any]] = {
        "kind": [PersonKind.OFFICER],
        "rank": [PoliceRank.SUPERVISOR_THIRD_CLASS],
        "duty": ["无"],
        "stated_post_pay": [Decimal("600.00")],
        "stated_level_pay": [Decimal("1.50")],
        **{f"stated_{item.code.replace('-', '_')}": [Decimal(0)] for item in ZERO},
    }
    paid = engine.month_run_table(columns, month="2021-03", employer_cost=False)
    assert paid.to_dict()["police_rank_allowance"] == [Decimal("960.00")]
    frame = pl.DataFrame({name: [str(v) for v in cells] for name, cells in columns.items()})
    again = engine.month_run_table(frame, month="2021-03", employer_cost=False)
    assert again.to_csv() == paid.to_csv()


def test_a_member_of_another_list_is_no_fact(engine: Engine) -> None:
    with pytest.raises(InputError) as raised:
        engine.payslip(
            person="P1", unit="u", kind="officer", rank=DutyType.FRONT_LINE, month="2021-03"
        )
    assert (raised.value.name, raised.value.field) == ("UnknownTerm", "rank")
