"""Tables in a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

__all__ = ["table", "width"]


def width(text: str) -> int:
    """Return how many terminal columns the text takes."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def table(rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Return rows as aligned text; the first ``left`` columns lean left, the others right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for n, (cell, wide) in enumerate(zip(row, widths, strict=True)):
            fill = " " * (wide - width(cell))
            cells.append(cell + fill if n < left else fill + cell)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
