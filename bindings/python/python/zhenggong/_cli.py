"""The command line. It ends with 0, with 1 where data has faults, with 2 where it failed."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from . import MonthRun, Pack, Roster, __version__, _assess_command, _schema_command, lint, rules
from ._command import (
    FAILED,
    FAULTS,
    OK,
    check_result,
    engine,
    policy_options,
    report,
    tell,
    text,
)
from ._native import _error
from ._parquet import file_error, file_name, is_parquet
from ._parquet import read as read_parquet
from ._parquet import write as write_parquet
from ._table import table
from .exceptions import InputError, RuleError, ZhenggongError

# How many ids a message lists.
SHOWN = 10
EPILOG = """\
示例 / examples:
  python -m zhenggong run roster.csv --month 2021-03 --example example-city --accept inferred
  python -m zhenggong explain roster.csv --month 2021-03 --person P0001
  python -m zhenggong assess subjects.csv events.csv --month 2025-03 --example teaching-example
  python -m zhenggong lint my-city.toml

退出码 / exit code: 0 正常 / fine; 1 数据有误 / faults; 2 未能执行 / failed"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        code = command(options)
        sys.stdout.flush()
        return code
    except ZhenggongError as error:
        tell(error, options)
        return FAILED
    except BrokenPipeError:
        # The reader of the output has seen enough; nothing is left to be flushed at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        what = f"{error.filename}: {error.strerror}"
        tell(file_error(what, what), options)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m zhenggong",
        description="政工薪酬规则 / the rules of police personnel work",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"zhenggong {__version__}")
    commands = parser.add_subparsers(
        required=True, metavar="run | explain | assess | lint | rules | schema"
    )

    def add(name: str, help_: str, command: Callable[[argparse.Namespace], int]) -> Any:
        made = commands.add_parser(name, help=help_, description=help_)
        made.set_defaults(command=command)
        made.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
        made.add_argument(
            "--language", choices=["zh", "en"], default="zh", help="语言 / language (zh)"
        )
        return made

    run = add("run", "花名册月度核算 / a month's pay for a roster", _run)
    explain = add("explain", "说明一人的工资单 / explain one person's payslip", _explain)
    for one in (run, explain):
        _roster_options(one)
    run.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="结果文件 .csv 或 .parquet / write the result, as Parquet where FILE ends so",
    )
    run.add_argument(
        "--partial",
        action="store_true",
        help="有误的行列为错误，其余照算 / lines with a fault are errors, the others are paid",
    )
    explain.add_argument("--person", required=True, metavar="ID", help="人员编号 / whom to explain")

    _assess_command.options(
        add("assess", "按事件考核评分 / score units and people from events", _assess_command.run)
    )

    checked = add("lint", "检查政策包 / check policy packs", _lint)
    checked.add_argument("packs", nargs="+", type=Path, metavar="PACK")
    checked.add_argument(
        "--no-national", action="store_true", help="不加载全国包 / without the national packs"
    )
    add("rules", "规则目录 / the rule catalogue", _rules)
    _schema_command.options(
        add("schema", "数据格式 / JSON Schema of inputs and outputs", _schema_command.run)
    )
    return parser


def _roster_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "roster", type=Path, metavar="ROSTER", help="花名册 CSV 或 Parquet / roster, CSV or Parquet"
    )
    parser.add_argument("--month", required=True, help="月份 / month, 2021-03")
    parser.add_argument("--gbk", action="store_true", help="花名册为 GBK / the roster is in GBK")
    policy_options(parser)


def _absent(person: str, people: Iterable[Any]) -> ZhenggongError:
    ids = [str(facts["person"]) for facts in people]
    more = ["…"] if len(ids) > SHOWN else []
    zh, en = (sign.join([*ids[:SHOWN], *more]) for sign in ("、", ", "))
    args = [("kind", "花名册人员", "person of the roster"), ("value", person, person)]
    return _error("UnknownTerm", [*args, ("known", zh, en)], field="person")


def _roster(options: argparse.Namespace) -> Roster:
    path: Path = options.roster
    if is_parquet(path):
        return Roster.from_table(read_parquet(path), month=options.month, name=file_name(path))
    encoding: Any = "gbk" if options.gbk else "utf-8"
    return Roster.from_file(options.roster, month=options.month, encoding=encoding)


def _run(options: argparse.Namespace) -> int:
    check_result(options.out)
    by = engine(options)
    roster = _roster(options)
    if roster.findings and not options.partial:
        # Nothing is paid from a roster with a mistake: the fault may stand in anybody's line.
        report(roster.findings, options)
        return FAULTS
    try:
        run = by.month_run(
            roster, month=options.month, on_error="partial" if options.partial else "raise"
        )
    except InputError as unread:
        # The header or the whole file has a fault, so that nobody's line can be read.
        report(unread.findings, options)
        return FAULTS
    if options.out is not None:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        if is_parquet(options.out):
            paid = by.month_run_table(
                roster, month=options.month, on_error="column", language=options.language
            )
            write_parquet(paid, roster, options.out, options.language)
        else:
            options.out.write_text(run.to_csv(options.language), encoding="utf-8", newline="")
    if options.json:
        print(run.to_json())
    else:
        print(_totals(run, options.language))
        for error in run.errors:
            print(f"[{error.code}] {text(error, options)}")
    return FAULTS if run.errors else OK


def _totals(run: MonthRun, language: str) -> str:
    if language == "zh":
        head = ("单位", "人数", "应发合计", "扣款合计", "实发合计", "单位承担")
        last = "合计"
    else:
        head = ("Unit", "People", "Gross", "Deductions", "Net", "Employer's cost")
        last = "Total"
    body = [
        (name, str(t.people), str(t.gross), str(t.deductions), str(t.net), str(t.employer_cost))
        for name, t in [*run.units.items(), (last, run.totals)]
    ]
    return table([head, *body])


def _explain(options: argparse.Namespace) -> int:
    by = engine(options)
    roster = _roster(options)
    facts = roster.find(options.person)
    if facts is None:
        # The person may stand in a line with a fault.
        if roster.findings:
            report(roster.findings, options)
        else:
            tell(_absent(options.person, roster.people), options)
        return FAULTS
    try:
        slip = by.payslip(facts, month=options.month)
    except (InputError, RuleError) as error:
        # What stands in the roster does not suffice, or a rule has no answer for it.
        tell(error, options)
        return FAULTS
    if options.json:
        print(slip.to_json())
    else:
        print(slip.text(options.language))
        print(slip.explain(options.language), end="")
    return OK


def _lint(options: argparse.Namespace) -> int:
    packs = [Pack.from_file(path) for path in options.packs]
    findings = lint(packs, national=not options.no_national)
    report(findings, options)
    errors = sum(f.severity == "error" for f in findings)
    if not options.json:
        warnings = len(findings) - errors
        print(f"{errors} 处错误，{warnings} 处提醒 / {errors} errors, {warnings} warnings")
    return FAULTS if errors else OK


def _rules(options: argparse.Namespace) -> int:
    catalogue = rules()
    if options.json:
        print(json.dumps(catalogue, ensure_ascii=False, separators=(",", ":")))
    else:
        about = ((r["id"], r[options.language]) for r in catalogue)
        print(
            table([("规则", "名称") if options.language == "zh" else ("Rule", "Name"), *about], 2)
        )
    return OK
