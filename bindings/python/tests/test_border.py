"""Arrow data that is not what it says of itself: refused with column and row, never read."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from conftest import engine_for
from tables import frame
from test_assess import EVENTS, SUBJECTS
from zhenggong import Engine, InputError, Roster

MONTH = "2025-03"
ZERO = ("pension", "medical", "unemployment", "housing_fund", "income_tax")


def texts(rows: list[bytes], kind: Any = None, offsets: list[int] | None = None) -> Any:
    """Return a column of texts whose bytes nobody looked at."""
    kind = kind or pa.string()
    ends = [sum(map(len, rows[:n])) for n in range(len(rows) + 1)]
    packed = struct.pack(
        f"{len(rows) + 1}{'q' if kind == pa.large_string() else 'i'}", *(offsets or ends)
    )
    buffers = [None, pa.py_buffer(packed), pa.py_buffer(b"".join(rows))]
    return pa.Array.from_buffers(kind, len(rows), buffers)


def people(rows: int = 3, **columns: Any) -> Any:
    """Return a table of auxiliaries, with other columns where they are given."""
    plain = {
        "person": [f"P{n}" for n in range(rows)],
        "unit": ["u"] * rows,
        "kind": ["辅警"] * rows,
        "stated_post_pay": ["3000"] * rows,
        **{f"stated_{item}": ["0"] * rows for item in ZERO},
    }
    return pa.table({**plain, **columns})


BAD = [b"u", b"", b"\xd6\xd0"]  # GBK


def table_of(engine: Engine, table: Any, **options: Any) -> Any:
    return engine.month_run_table(table, month=MONTH, employer_cost=False, **options)


@pytest.mark.parametrize("on_error", ["raise", "column"])
@pytest.mark.parametrize(
    "column",
    [
        texts(BAD),
        texts(BAD, pa.large_string()),
        pa.DictionaryArray.from_arrays(pa.array([0, 0, 2], pa.int8()), texts(BAD), safe=False),
    ],
    ids=lambda column: str(column.type).partition("<")[0],
)
def test_a_text_that_is_no_utf8_is_named(engine: Engine, column: Any, on_error: str) -> None:
    assert len(table_of(engine, people())) == 3
    with pytest.raises(InputError) as raised:
        table_of(engine, people(unit=column), on_error=on_error)
    error = raised.value
    assert (error.name, error.row, error.field) == ("InvalidText", 3, "unit")
    assert "UTF-8" in error.en
    assert "UTF-8" in error.zh


def test_its_row_is_counted_through_batches_and_tables(engine: Engine) -> None:
    bad = people(unit=texts(BAD))
    chunks = pa.Table.from_batches([*people().to_batches(), *bad.to_batches()])
    for ask, row in (
        (lambda: table_of(engine, chunks, allow_repeats=True), 6),
        (lambda: Roster.from_table(chunks, month=MONTH), 6),
        (lambda: Roster.from_table(iter([people(), chunks]), month=MONTH), 9),
        (lambda: list(engine.month_run_batches(iter([people(), chunks]), month=MONTH,
                                               employer_cost=False)), 9),
    ):  # fmt: skip
        with pytest.raises(InputError) as raised:
            ask()
        assert (raised.value.name, raised.value.row) == ("InvalidText", row)


def test_every_reader_of_tables_refuses_it() -> None:
    engine = engine_for("teaching-example")
    subjects = pa.table({"id": ["A1", "A2"], "kind": ["auxiliary"] * 2, "unit": ["u", "u"]})
    events = pa.Table.from_pylist(EVENTS)
    rows = pa.table({"person": texts([b"P1", b"\xff"]), "from": ["2004-07-01"] * 2})
    wrong = texts([b"A1", b"\xff"])
    shared = {"month": MONTH, "to": "2025-03-31"}
    for ask, row, field in (
        (lambda: engine.assess(subjects.set_column(0, "id", wrong), events, month=MONTH), 2, "id"),
        (lambda: engine.assess(SUBJECTS, events.set_column(1, "subject", wrong), month=MONTH), 2,
         "subject"),
        (lambda: engine.evaluate_rows("service.full-years", rows, shared), 2, "person"),
        (lambda: engine.evaluate("assessment.quota", {"month": "2024-12", "people": rows}), 2,
         "person"),
    ):  # fmt: skip
        with pytest.raises(InputError) as raised:
            ask()
        found = raised.value
        assert (found.name, found.row, found.field) == ("InvalidText", row, field)


# pyarrow looks at the rest of what the tests of the crate spoil.
MALFORMED: dict[str, Callable[[], Any]] = {
    "offsets that go back": lambda: texts([b"aa", b"b", b"c"], offsets=[0, 3, 2, 4]),
    "a key that names nothing": lambda: pa.DictionaryArray.from_arrays(
        pa.array([0, 9, 0]), pa.array(["u"]), safe=False
    ),
    "a key below nought": lambda: pa.DictionaryArray.from_arrays(
        pa.array([0, -1, 0]), pa.array(["u"]), safe=False
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", MALFORMED)
def test_an_array_that_is_not_well_formed_is_refused(engine: Engine, kind: str) -> None:
    with pytest.raises(InputError) as raised:
        table_of(engine, people(unit=MALFORMED[kind]()), on_error="column")
    assert raised.value.name == "InvalidInput"
    assert "unit" in raised.value.en
    assert "unit" in raised.value.zh


def test_a_row_that_is_null_as_a_whole_is_not_paid(engine: Engine) -> None:
    batch = people().to_batches()[0]
    mask = pa.array([False, True, False])
    rows = pa.StructArray.from_arrays(batch.columns, batch.schema.names, mask=mask)
    records = [*people().to_pylist(), None]
    for table, row in (
        (rows, 2),
        (pa.chunked_array([rows.slice(0, 1), rows.slice(2), rows]), 4),
        (pl.Series(records), 4),
    ):
        with pytest.raises(InputError) as raised:
            table_of(engine, table, on_error="column", allow_repeats=True)
        error = raised.value
        assert (error.name, error.row) == ("InvalidInput", row)
        assert f"row {row} of the table itself is null" in error.en
    assert len(table_of(engine, pl.Series(records[:3]))) == 3


def test_a_column_that_nothing_reads_is_of_the_wrong_type(engine: Engine) -> None:
    for column in (
        pa.array([[("a", 1)]] * 3, pa.map_(pa.string(), pa.int8())),
        pa.array([[1, 2]] * 3, pa.list_(pa.int8(), 2)),
        pa.array([b"ab"] * 3, pa.binary(2)),
        pa.UnionArray.from_sparse(pa.array([0, 0, 0], pa.int8()), [pa.array([1, 2, 3])]),
        pa.RunEndEncodedArray.from_arrays([3], ["u"]),
    ):
        with pytest.raises(InputError) as raised:
            table_of(engine, people(unit=column))
        assert (raised.value.name, raised.value.field) == ("ColumnType", "unit")


def test_a_type_that_is_nested_without_end_is_refused(engine: Engine) -> None:
    kind: Any = pa.int8()
    for _ in range(200):
        kind = pa.list_(kind)
    with pytest.raises(InputError, match="not a table"):
        table_of(engine, people(unit=pa.nulls(3, kind)))


def test_what_is_well_formed_but_unusual_is_read(engine: Engine) -> None:
    table = frame().to_arrow()
    whole = engine_for("example-city", "inferred").month_run_table(
        table, month="2021-03", on_error="column"
    )
    sliced = pa.Table.from_batches([batch.slice(7) for batch in table.to_batches()])
    part = engine_for("example-city", "inferred").month_run_table(
        sliced, month="2021-03", on_error="column"
    )
    assert part.to_dict()["net"] == whole.to_dict()["net"][7:]
    # A dictionary may have a value that no row has, and a null any key.
    column = pa.DictionaryArray.from_arrays(
        pa.array([1, 1, None], pa.uint16()), pa.array(["v", "u", None])
    )
    assert table_of(engine, people(unit=column)).to_dict()["unit"] == ["u", "u", None]
