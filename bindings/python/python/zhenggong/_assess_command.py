"""The command ``assess``: scores of subjects from their events."""

from __future__ import annotations

import argparse
import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._command import FAULTS, OK, check_result, engine, policy_options, report, tell
from ._native import _Sheet
from ._parquet import file_name, is_parquet
from ._parquet import read as read_parquet
from ._parquet import write_plain as write_parquet
from ._table import table
from .exceptions import InputError, RuleError

if TYPE_CHECKING:
    from . import Assessment, AssessmentTable

TABLES = ("scores", "sheets", "trail", "ranking", "errors")
EPILOG = """\
示例 / example:
  python -m zhenggong assess subjects.csv events.csv --month 2025-03 --example teaching-example
  python -m zhenggong assess subjects.csv events.csv --month 2025-03 --pack my-bureau.toml \\
      --trail P01 --language en

--out march.csv 写出 / writes march.scores.csv, march.sheets.csv, march.trail.csv,
march.ranking.csv, march.errors.csv"""
# An error of a row says in its field which one it is.
PLACE = re.compile(r"(subjects|events)\[(\d+)\]")


def options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.epilog = EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    for name, help_ in (
        ("subjects", "考核对象 CSV 或 Parquet / subjects, CSV or Parquet"),
        ("events", "事件 CSV 或 Parquet / events, CSV or Parquet"),
    ):
        parser.add_argument(name, type=Path, metavar=name.upper(), help=help_)
    parser.add_argument("--month", required=True, help="月份 / month, or any of a longer period")
    parser.add_argument(
        "--period", metavar="KIND", help="周期 / month, quarter, half-year, year (month)"
    )
    parser.add_argument(
        "--scheme",
        action="append",
        metavar="ID",
        help="考核方案编号，同类方案有多个时 / scheme, where several fit",
    )
    parser.add_argument(
        "--order",
        action="append",
        default=[],
        metavar="DATE=CONDITION",
        help="平战转换命令 / order: 2025-03-16=wartime, or peacetime",
    )
    parser.add_argument(
        "--other-periods",
        action="store_true",
        help="略过其他周期的事件，如全年台账 / pass over events of other periods",
    )
    parser.add_argument("--gbk", action="store_true", help="CSV 为 GBK / the CSV files are in GBK")
    policy_options(parser)
    parser.add_argument(
        "--trail",
        metavar="ID",
        help="逐项列出一个对象的得分 / one subject's points: item, rule, event, clause",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="结果表 .csv 或 .parquet / write the tables, as Parquet where FILE ends so",
    )
    parser.add_argument(
        "--partial",
        action="store_true",
        help="有误者列为错误，其余照计 / whoever has a fault is an error, the others are scored",
    )


def run(options: argparse.Namespace) -> int:
    """Score the subjects and return the exit code."""
    check_result(options.out)
    by = engine(options)
    sheets = {
        name: _sheet(getattr(options, name), name, options) for name in ("subjects", "events")
    }
    faults = [finding for sheet in sheets.values() for finding in sheet.findings]
    if faults and not (options.partial and all(sheet.of_rows for sheet in sheets.values())):
        # Nobody is scored from a file with a mistake: it may concern anybody.
        report(faults, options)
        return FAULTS
    subjects: Any = sheets["subjects"]
    events: Any = sheets["events"]
    try:
        found = by.assess(
            subjects,
            events,
            month=options.month,
            period=options.period,
            schemes=options.scheme,
            orders=_orders(options.order),
            known_on=options.known_on,
            on_error="report",
            other_periods=options.other_periods,
            language=options.language,
        )
    except (InputError, RuleError) as error:
        if error.person is None:
            raise
        # What one subject has done does not suffice for an answer, or is too much for one.
        tell(error, options)
        return FAULTS
    errors = [_placed(error, sheets, options) for error in found.value.get("errors", [])]
    if errors and not options.partial:
        _report(errors, options)
        return FAULTS
    if options.out is not None:
        _write(found, errors, options)
    if options.trail is not None:
        return _trail(found, errors, options)
    if options.json:
        value = found.value | {"errors": errors} if errors else found.value
        print(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    else:
        print(found.explain(language=options.language), end="")
        if any(part != 1 for part in _column(found.sheets, 1)):
            # The lists show the sheets of a period that was not split.
            print(_aligned(found.sheets))
        _report(errors, options)
    return FAULTS if errors else OK


def _orders(texts: list[str]) -> list[dict[str, str]]:
    """Return orders; what is wrong with a date or a condition is said where they are read."""
    parts = (text.partition("=") for text in texts)
    return [{"date": date, "condition": condition} for date, _, condition in parts]


def _sheet(path: Path, kind: str, options: argparse.Namespace) -> _Sheet:
    if is_parquet(path):
        return _Sheet.from_table(read_parquet(path), kind, file_name(path))
    return _Sheet.from_file(path, kind, "gbk" if options.gbk else "utf-8")


def _placed(
    error: dict[str, Any], sheets: dict[str, _Sheet], options: argparse.Namespace
) -> dict[str, Any]:
    """Return an error with the file and the line that it is about."""
    found = PLACE.match(error.get("field") or "")
    if found is None:
        # A row that could not be read has its line already.
        table_ = error.get("args", {}).get("table")
        return error if table_ is None else error | {"file": file_name(getattr(options, table_))}
    table_, number = found[1], int(found[2])
    file = file_name(getattr(options, table_))
    return error | {"file": file, "row": sheets[table_].lines[number]}


def _report(errors: list[dict[str, Any]], options: argparse.Namespace) -> None:
    if options.json:
        if not options.partial:
            print(json.dumps(errors, ensure_ascii=False, separators=(",", ":")))
        return
    for error in errors:
        word = "错误" if options.language == "zh" else "error"
        place = f"{error['file']}:{error['row']}:1: {word} " if "row" in error else ""
        print(f"{place}[{error['code']}] {error[options.language]}")


def _trail(found: Assessment, errors: list[dict[str, Any]], options: argparse.Namespace) -> int:
    scores = {score["subject"]: score for score in found.value["scores"]}
    if options.trail in scores:
        if options.json:
            score = scores[options.trail]
            print(json.dumps(score, ensure_ascii=False, separators=(",", ":")))
        else:
            print(found.explain(options.trail, options.language), end="")
        return OK
    own = [error for error in errors if error.get("person") == options.trail]
    if own:
        # Whoever has a fault is not scored, and the fault says why.
        _report(own, options)
        if options.json:
            print(json.dumps(own, ensure_ascii=False, separators=(",", ":")))
        return FAULTS
    try:
        found.explain(options.trail, options.language)
    except InputError as error:
        tell(error, options)
    return FAULTS


def _column(of: AssessmentTable, at: int) -> list[Any]:
    return of.to_dict()[of.columns[at]]


def _aligned(of: AssessmentTable) -> str:
    rows = zip(*of.to_dict().values(), strict=True)
    texts = [["—" if cell is None else str(cell) for cell in row] for row in rows]
    return table([list(of.columns), *texts], len(of.columns) - 1)


def _write(found: Assessment, errors: list[dict[str, Any]], options: argparse.Namespace) -> None:
    out: Path = options.out
    out.parent.mkdir(parents=True, exist_ok=True)
    rows = [error.get("row") for error in errors]
    for name in TABLES:
        path = out.with_suffix(f".{name}{out.suffix}")
        of: AssessmentTable = getattr(found, name)
        added = (("行" if options.language == "zh" else "row"), rows) if name == "errors" else None
        if is_parquet(out):
            write_parquet(of, path, added)
        elif added is None:
            path.write_text(of.to_csv(), encoding="utf-8", newline="")
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                cells = of.to_dict() | dict([added])
                writer.writerow(cells)
                writer.writerows(zip(*cells.values(), strict=True))
