"""Parquet files, where pyarrow is installed."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from . import PayTable

__all__ = ["ParquetError", "is_parquet", "read", "write"]


class ParquetError(Exception):
    """A file that can't be read or written, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def is_parquet(path: Path) -> bool:
    """Return whether the name of the file says that it is Parquet."""
    return path.suffix.lower() == ".parquet"


def _library() -> tuple[Any, Any]:
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise ParquetError(
            "读写 Parquet 需要 pyarrow：pip install 'zhenggong[parquet]'；或改用 CSV。",
            "Parquet needs pyarrow: pip install 'zhenggong[parquet]'; or use CSV.",
        ) from None
    return importlib.import_module("pyarrow"), parquet


def read(path: Path) -> Iterator[Any]:
    """Yield the record batches of a file."""
    pyarrow, parquet = _library()
    with path.open("rb") as file:
        try:
            yield from parquet.ParquetFile(file).iter_batches()
        except pyarrow.ArrowException as error:
            raise ParquetError(
                f"{path.name} 不是可读的 Parquet 文件：{error}",
                f"{path.name} is not a Parquet file that can be read: {error}",
            ) from None


def write(table: PayTable, path: Path) -> None:
    """Write a result to a file."""
    _, parquet = _library()
    parquet.write_table(table.to_pyarrow(), path)
