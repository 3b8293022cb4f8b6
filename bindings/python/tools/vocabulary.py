"""Writes the enums of the package from the lists of the core, or checks that they say the same.

Usage: ``python tools/vocabulary.py [--check]``
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

MODULE = Path(__file__).parent.parent / "python" / "zhenggong" / "vocabulary.py"

HEAD = '''\
"""The closed lists of the field as enums, made by ``tools/vocabulary.py`` from the core.

A member is text, its code, and stands wherever a fact is expected; ``zh`` and ``en`` name it.

    >>> from zhenggong import PoliceRank
    >>> PoliceRank("三级警督") is PoliceRank.SUPERVISOR_THIRD_CLASS
    True
    >>> PoliceRank.SUPERVISOR_THIRD_CLASS.en
    'Supervisor, Third Class'
"""

from __future__ import annotations

from ._term import Term, named

'''


def lists_of_the_core() -> list[dict[str, Any]]:
    """Return the lists from the native half alone: the package itself needs the module."""
    package = importlib.util.find_spec("zhenggong")
    assert package is not None
    assert package.origin is not None
    path = str(next(Path(package.origin).parent.glob("_native.*so")))
    loader = importlib.machinery.ExtensionFileLoader("_native", path)
    spec = importlib.util.spec_from_file_location("_native", path, loader=loader)
    assert spec is not None
    native = importlib.util.module_from_spec(spec)
    loader.exec_module(native)
    found: list[dict[str, Any]] = native.vocabularies()
    return found


def source() -> str:
    """Return the text of the module."""
    lists = lists_of_the_core()
    names = "\n".join(f'    "{found["name"]}",' for found in sorted(lists, key=lambda v: v["name"]))
    parts = [HEAD, f"__all__ = [\n{names}\n]\n"]
    for found in lists:
        doc = found["en"][0].upper() + found["en"][1:]
        parts.append(f'\n\nclass {found["name"]}(Term):\n    """{doc} ({found["zh"]})."""\n\n')
        for member in found["members"]:
            key = member["code"].upper().replace("-", "_")
            parts.append(f'    {key} = "{member["code"]}"\n')
        parts.append(f"\n\nnamed({found['name']}, {{\n")
        for member in found["members"]:
            parts.append(f'    "{member["code"]}": ("{member["zh"]}", "{member["en"]}"),\n')
        parts.append("})\n")
    text = "".join(parts)
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "ruff"),
            "format",
            "--quiet",
            "--stdin-filename",
            str(MODULE),
            "-",
        ],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


if __name__ == "__main__":
    if "--check" not in sys.argv:
        MODULE.write_text(source(), encoding="utf-8")
    elif MODULE.read_text(encoding="utf-8") != source():
        sys.exit("vocabulary.py differs from the core; run python tools/vocabulary.py")
