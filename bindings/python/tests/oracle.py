"""An officer's month in the invented city, March 2021, in plain Python decimal.

Written from the collected facts, not from the packs or the Rust code: rank allowance table of 2016,
rates of the schemes, the withholding table of the income tax law. It reads the CSV by itself.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

FEN, YUAN = Decimal("0.01"), Decimal(1)
MONTH = "2021-03"

RANK = {
    "二级警员": 560,
    "一级警员": 610,
    "三级警司": 660,
    "二级警司": 760,
    "一级警司": 860,
    "三级警督": 960,
    "二级警督": 1100,
    "一级警督": 1250,
    "三级警监": 1400,
    "二级警监": 1600,
}
OVERTIME = Decimal(710)
FLOOR, CEILING = Decimal(4500), Decimal(24000)
TAX = [
    (36000, "0.03", 0),
    (144000, "0.10", 2520),
    (300000, "0.20", 16920),
    (420000, "0.25", 31920),
    (660000, "0.30", 52920),
    (960000, "0.35", 85920),
    (None, "0.45", 181920),
]


def applies(row: dict[str, str]) -> bool:
    """Return whether the oracle knows all that this row needs."""
    return (
        row["人员类别"] == "民警"
        and row["警衔"] in RANK
        and row["警衔变动"] in ("", "晋升")
        and (not row["警衔变动"] or row["原警衔"] in RANK)
        and row["预扣方式"] == "按任职受雇月份"
        and not row["奖金计税方式"]
        and not row["核定住房公积金（个人）"]
        and bool(row["岗位类别"] and row["核定职务工资"] and row["核定级别工资"])
    )


def _round(amount: Decimal, unit: Decimal) -> Decimal:
    return amount.quantize(unit, ROUND_HALF_UP).quantize(FEN)


def rank_allowance(row: dict[str, str]) -> Decimal:
    """A promotion counts from the month after it."""
    held = row["警衔"]
    if row["警衔变动"] and row["警衔起始日"][:7] >= MONTH:
        held = row["原警衔"]
    return Decimal(RANK[held])


def payslip(row: dict[str, str]) -> dict[str, Decimal]:
    """Return the officer's gross pay, deductions and net pay."""

    def read(column: str) -> Decimal:
        return Decimal(row[column] or 0)

    gross = sum(
        (read(c) for c in row if c.startswith("核定") and "个人" not in c), start=Decimal(0)
    )
    gross += rank_allowance(row) + OVERTIME
    base = min(max(read("缴费工资"), FLOOR), CEILING)
    pension = _round(base * Decimal("0.08"), FEN)
    annuity = _round(base * Decimal("0.04"), FEN)
    medical = _round(base * Decimal("0.02"), FEN)
    housing = _round(read("公积金工资") * read("公积金比例"), YUAN)  # the city sets no bounds
    taxed = (
        read("累计收入") + gross
        - Decimal(5000) * int(row["本年任职月数"])
        - (read("累计专项扣除") + pension + medical + housing)
        - (read("累计专项附加扣除") + read("专项附加扣除"))
        - (read("累计其他扣除") + annuity)
    )  # fmt: skip
    taxed = max(taxed, Decimal(0))
    rate, quick = next((r, q) for top, r, q in TAX if top is None or taxed <= top)
    tax = _round(max(taxed * Decimal(rate) - quick - read("累计已预扣税额"), Decimal(0)), FEN)
    deductions = pension + annuity + medical + housing + tax
    return {"gross": gross, "deductions": deductions, "net": gross - deductions}
