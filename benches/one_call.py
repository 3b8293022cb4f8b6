"""What one call from Python costs.

    pip install ./bindings/python          # in an environment of its own
    python benches/one_call.py

The person is an officer of the sample roster with every fact that the month needs. Beside the calls
stands the cost of what Python itself does for the arguments and the answer: making the dict of facts
and a few Decimals. The best of several runs is printed. First comes the import in a process of its own
(aim: 50 ms).
"""

import subprocess
import sys
import timeit
from decimal import Decimal
from pathlib import Path

import zhenggong
from zhenggong import Engine, Facts, Pack, Roster

DATA = Path(__file__).parent.parent / "examples" / "data"
MONTH = "2021-03"


def measure(name, call):
    number = 2000
    best = min(timeit.repeat(call, number=number, repeat=25)) / number
    print(f"{name:<52} {best * 1e6:>8.2f} µs")


def imported():
    program = (
        "import time; start = time.perf_counter(); import zhenggong;"
        "print(time.perf_counter() - start)"
    )
    runs = (subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
            for _ in range(10))
    print(f"{'import zhenggong':<52} {min(float(run.stdout) for run in runs) * 1e3:>8.2f} ms")


def main():
    print(f"zhenggong {zhenggong.__version__}, {zhenggong.build_info()['profile']}")
    engine = Engine([Pack.example("example-city")], accept="inferred")
    facts = Roster.from_file(DATA / "sample-roster.csv", month=MONTH).find("P0002")
    amounts = ("contribution_wage", "housing_wage", "housing_rate", "special_additional")
    decimals = {
        key: Decimal(value) if key in amounts or key.startswith("ytd_") else value
        for key, value in facts.items()
    }
    decimals["stated"] = {item: Decimal(value) for item, value in facts["stated"].items()}
    read = Facts(facts)
    ranks = {"month": "2016-03", "ranks": [{"from": "2014-07-01", "rank": "三级警司"}]}
    slip = engine.payslip(facts, month=MONTH)
    print(f"{len(facts) + len(facts['stated'])} facts, {len(slip.lines)} lines")

    imported()
    measure("payslip(Facts that were read)", lambda: engine.payslip(read, month=MONTH))
    measure("Facts(facts with text)", lambda: Facts(facts))
    measure("payslip(facts with Decimal)", lambda: engine.payslip(decimals, month=MONTH))
    measure("payslip(facts with text)", lambda: engine.payslip(facts, month=MONTH))
    measure("payslip(**facts)", lambda: engine.payslip(month=MONTH, **facts))
    measure("payslip(facts).net", lambda: engine.payslip(facts, month=MONTH).net)
    measure("payslip(facts).explain()", lambda: engine.payslip(facts, month=MONTH).explain())
    measure("evaluate(one rule)", lambda: engine.evaluate("allowance.police-rank", ranks))
    measure("evaluate(one rule, keywords)",
            lambda: engine.evaluate("allowance.police-rank", **ranks))
    measure("  of Python: dict(facts)", lambda: dict(facts))
    measure("  of Python: the facts' Decimals from text", lambda: [
        Decimal(v) for v in (*facts["stated"].values(), *(facts[a] for a in amounts))])
    measure("  of Python: one Decimal from text", lambda: Decimal("8706.32"))


if __name__ == "__main__":
    main()
