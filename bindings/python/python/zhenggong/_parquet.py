"""Parquet files, where pyarrow is installed."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._native import _error
from .exceptions import ZhenggongError
from .vocabulary import PersonKind

if TYPE_CHECKING:
    from . import AssessmentTable, PayTable, Roster

__all__ = ["file_error", "file_name", "is_parquet", "read", "write", "write_plain"]


def file_error(zh: str, en: str) -> ZhenggongError:
    """Return the error 125 of a file that can't be read or written."""
    return _error("Io", [("detail", zh, en)])


def file_name(path: Path) -> str:
    """Return the name of a file as text, with a mark for bytes that are none."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def is_parquet(path: Path) -> bool:
    """Return whether the name of the file says that it is Parquet."""
    return path.suffix.lower() == ".parquet"


def _library() -> tuple[Any, Any]:
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise file_error(
            "读写 Parquet 需要 pyarrow：pip install 'zhenggong[parquet]'；或改用 CSV",
            "Parquet needs pyarrow: pip install 'zhenggong[parquet]'; or use CSV",
        ) from None
    return importlib.import_module("pyarrow"), parquet


def read(path: Path) -> Iterator[Any]:
    """Yield the record batches of a file."""
    pyarrow, parquet = _library()
    with path.open("rb") as file:
        try:
            yield from parquet.ParquetFile(file).iter_batches()
        except pyarrow.ArrowException as error:
            raise file_error(
                f"{file_name(path)} 不是可读的 Parquet 文件：{error}",
                f"{file_name(path)} is not a Parquet file that can be read: {error}",
            ) from None


def write(table: PayTable, roster: Roster, path: Path, language: str) -> None:
    """Write a result to a file, with the kind of person that the CSV has too."""
    pyarrow, parquet = _library()
    result = table.to_pyarrow()
    codes = iter(pyarrow.table(roster).column("kind").to_pylist())
    # A line that could not be read has neither unit nor kind.
    kinds = [
        None if unit is None else getattr(PersonKind(next(codes)), language)
        for unit in result.column(1).to_pylist()
    ]
    name = "人员类别" if language == "zh" else "kind"
    result = result.add_column(2, name, pyarrow.array(kinds, pyarrow.string()))
    parquet.write_table(result, path)


def write_plain(
    table: AssessmentTable, path: Path, numbers: tuple[str, list[int | None]] | None = None
) -> None:
    """Write a table to a file, perhaps with a further column of numbers."""
    pyarrow, parquet = _library()
    result = table.to_pyarrow()
    if numbers is not None:
        name, values = numbers
        result = result.append_column(name, pyarrow.array(values, pyarrow.int64()))
    parquet.write_table(result, path)
