"""What the commands have in common: packs, exit codes, and how faults are told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from . import Engine, Pack
from ._native import _error
from .exceptions import ZhenggongError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from pathlib import Path

    from . import Finding

OK, FAULTS, FAILED = 0, 1, 2


def policy_options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that say which packs count, and how."""
    parser.add_argument(
        "--example",
        action="append",
        default=[],
        metavar="ID",
        help=f"内置示例政策包 / built-in example pack: {', '.join(Pack.example_ids())}",
    )
    parser.add_argument(
        "--pack", action="append", default=[], metavar="FILE", help="政策包文件 / pack file"
    )
    parser.add_argument("--place", metavar="ID", help="地方 / place (the last pack's)")
    parser.add_argument(
        "--accept",
        default="secondary",
        metavar="EVIDENCE",
        help="接受的最弱证据 / official, secondary, inferred (secondary)",
    )
    parser.add_argument("--known-on", metavar="DATE", help="截至该日所知 / as known on this day")


def tell(error: ZhenggongError, options: argparse.Namespace) -> None:
    """Print an error, as JSON where asked for."""
    if options.json:
        print(error.to_json())
    for finding in error.findings or ():
        print(text(finding, options), file=sys.stderr)
    if not error.findings:
        print(f"[{error.code}] {text(error, options)}", file=sys.stderr)


def text(found: Finding | ZhenggongError, options: argparse.Namespace) -> str:
    """Return a message in the language that was asked for."""
    return found.zh if options.language == "zh" else found.en


def check_result(path: Path | None) -> None:
    """Refuse a result file of another kind before anything is computed."""
    if path is not None and path.suffix.lower() not in (".csv", ".parquet"):
        known = ".csv, .parquet"
        args = [("option", "--out", "--out"), ("value", str(path), str(path))]
        raise _error("InvalidOption", [*args, ("known", known, known)], field="out")


def engine(options: argparse.Namespace) -> Engine:
    """Return the engine of the packs that were named."""
    packs = [Pack.example(id_) for id_ in options.example]
    packs += [Pack.from_file(path) for path in options.pack]
    return Engine(packs, place=options.place, accept=options.accept, known_on=options.known_on)


def report(findings: Iterable[Finding], options: argparse.Namespace) -> None:
    """Print findings, as JSON where asked for."""
    if options.json:
        print("[" + ",".join(f.to_json() for f in findings) + "]")
        return
    for finding in findings:
        print(text(finding, options))
