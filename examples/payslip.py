"""One payslip from facts in Python, with its derivation in Chinese and English.

The same person and months as examples/payslip.rs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zhenggong import Engine


@dataclass(frozen=True)
class Officer:
    """The facts that this example knows of a person; a field that is left out is not known."""

    person: str
    unit: str
    rank: str
    rank_since: date
    previous_rank: str
    rank_event: str
    duty: str
    overtime_rest_days: int
    overtime_holiday_days: int
    kind: str = "officer"
    stated: dict[str, Decimal] = field(default_factory=dict)


FACTS = Officer(
    person="P0417",
    unit="城东派出所",
    rank="二级警司",
    rank_since=date(2016, 5, 20),
    previous_rank="三级警司",
    rank_event="晋升",
    duty="一线执法勤务",
    overtime_rest_days=6,
    overtime_holiday_days=1,
    stated={
        "post-pay": Decimal("600.00"),
        "level-pay": Decimal("1200.00"),
        "pension": Decimal(0),
        "occupational-annuity": Decimal(0),
        "medical": Decimal(0),
        "housing-fund": Decimal(0),
        "income-tax": Decimal(0),
    },
)


def main() -> None:
    """Print the payslips of the month of the promotion and of the month after it."""
    engine = Engine(accept="inferred")
    for month in ("2016-05", "2016-06"):
        slip = engine.payslip(FACTS, month=month)
        print(slip.text("zh"))
        print(slip.explain("zh"))
    print(engine.payslip(FACTS, month="2016-06").explain("en"))


if __name__ == "__main__":
    main()
