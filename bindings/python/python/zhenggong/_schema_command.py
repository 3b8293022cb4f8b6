"""The command ``schema``: names of the schemas, or one schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from . import schema, schemas

if TYPE_CHECKING:
    import argparse


def options(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "name",
        nargs="?",
        metavar="NAME",
        help="名称，缺省则列出全部 / which one; without it all names",
    )


def run(options: argparse.Namespace) -> int:
    """Print the names, or the schema of one name, and return the exit code."""
    if options.name is not None:
        # A schema is JSON in any case; --json puts it on one line.
        style = {"separators": (",", ":")} if options.json else {"indent": 2}
        print(json.dumps(schema(options.name), ensure_ascii=False, **style))
    elif options.json:
        print(json.dumps(schemas(), ensure_ascii=False, separators=(",", ":")))
    else:
        print("\n".join(schemas()))
    return 0
