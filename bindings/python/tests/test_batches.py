"""Month runs over batches: pulled one by one, as one stream, by threads, in constant memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from tables import MONTH, frame, one, paid, roster
from zhenggong import (
    Engine,
    InputError,
    Roster,
)


def test_batches_of_other_columns_are_named(city: Engine) -> None:
    tables = [frame(), frame().drop("unit")]
    batches = city.month_run_batches(tables, month=MONTH, on_error="column")
    with pytest.raises(Exception, match="batch 2 has other columns than the first: it lacks unit"):
        pa.RecordBatchReader.from_stream(batches).read_all()


def pieces(size: int = 64, log: list[int] | None = None) -> Iterator[pl.DataFrame]:
    for first in range(0, 300, size):
        if log is not None:
            log.append(first)
        yield frame()[first : first + size]


def test_batches_are_pulled_one_by_one(city: Engine) -> None:
    log: list[int] = []
    batches = city.month_run_batches(pieces(100, log), month=MONTH, on_error="column")
    assert log == []
    first = next(batches)
    assert (len(first), log) == (100, [0])
    rest = list(batches)
    assert [len(table) for table in rest] == [100, 100]
    assert list(batches) == []
    together = pl.concat([first.to_polars(), *(table.to_polars() for table in rest)])
    # Rows are counted through, also in the texts of errors.
    assert together.equals(paid().to_polars())
    assert first.failed + sum(table.failed for table in rest) == paid().failed


def test_batches_are_one_stream(city: Engine) -> None:
    log: list[int] = []
    batches = city.month_run_batches(pieces(64, log), month=MONTH, on_error="column")
    reader = pa.RecordBatchReader.from_stream(batches)
    assert reader.schema.names == list(paid().columns)
    assert log == [0]
    assert reader.read_next_batch().num_rows == 64
    rest = reader.read_all()
    assert rest.num_rows == 236
    assert list(batches) == []
    with pytest.raises(RuntimeError, match="taken"):
        pl.DataFrame(batches)
    whole = city.month_run_batches(frame(), month=MONTH, on_error="column")
    assert pl.DataFrame(whole).equals(paid().to_polars())


def test_batches_of_dicts_and_none_at_all(city: Engine) -> None:
    got = list(city.month_run_batches([one(), one()], month=MONTH))
    assert [len(table) for table in got] == [1, 1]
    assert list(city.month_run_batches([], month=MONTH)) == []
    empty = city.month_run_batches(iter(()), month=MONTH, items=[], totals=["net"])
    assert pa.RecordBatchReader.from_stream(empty).read_all().schema.names == ["net"]
    for wrong in ("民警", 7):
        with pytest.raises(InputError, match="not a table"):
            city.month_run_batches(wrong, month=MONTH)  # type: ignore[arg-type]


def test_errors_while_batches_are_pulled(city: Engine) -> None:
    def broken() -> Iterator[pl.DataFrame]:
        yield frame()[:5]
        raise LookupError("mine")

    batches = city.month_run_batches(broken(), month=MONTH, on_error="column")
    assert len(next(batches)) == 5
    with pytest.raises(LookupError, match="mine"):
        next(batches)
    assert list(batches) == []
    reader = pa.RecordBatchReader.from_stream(
        city.month_run_batches(broken(), month=MONTH, on_error="column")
    )
    with pytest.raises((pa.ArrowException, OSError), match="mine"):
        reader.read_all()
    with pytest.raises(LookupError, match="mine"):
        Roster.from_table(broken(), month=MONTH)

    def wrong() -> Iterator[Any]:
        yield one()
        yield 7

    batches = city.month_run_batches(wrong(), month=MONTH)
    next(batches)
    with pytest.raises(InputError, match="not a table"):
        next(batches)


def test_the_batches_of_a_stream_fit_together(city: Engine) -> None:
    def tables() -> list[pl.DataFrame]:
        plain = pl.DataFrame(one(person="P1"))
        return [plain, plain.with_columns(person=pl.lit("P2").cast(pl.Categorical))]

    assert len(list(city.month_run_batches(tables(), month=MONTH))) == 2
    reader = pa.RecordBatchReader.from_stream(city.month_run_batches(tables(), month=MONTH))
    with pytest.raises((pa.ArrowException, OSError), match="column person has type"):
        reader.read_all()


def test_a_released_stream_is_refused(city: Engine) -> None:
    class Once:
        capsule = frame().to_arrow().__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return self.capsule

    table = Once()
    assert len(city.month_run_table(table, month=MONTH, on_error="column")) == 300
    with pytest.raises(InputError, match="released"):
        city.month_run_table(table, month=MONTH)

    class Wrong:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            return frame().to_arrow().schema.__arrow_c_schema__()

    with pytest.raises(ValueError, match=r"[Cc]apsule"):
        city.month_run_table(Wrong(), month=MONTH)


# Rosters and tables


def test_a_roster_is_a_table_and_comes_back(city: Engine) -> None:
    again = Roster.from_table(frame(), month=MONTH)
    assert again.findings == []
    assert again.people == roster().people
    assert pl.DataFrame(again).equals(pl.DataFrame(roster()))
    pieces_ = Roster.from_table(pieces(), month=MONTH)
    assert pieces_.people == roster().people
    run = city.month_run(again, month=MONTH)
    assert [row.row for row in run.rows[:3]] == [1, 2, 3]


def test_faults_of_a_table_are_findings() -> None:
    table: dict[str, list[str | None]] = {
        "person": ["P1", "P1", None, "P4"],
        "unit": ["u"] * 4,
        "kind": ["民警"] * 4,
        "month": ["2021-03", "2021-03", "2021-03", "2021-02"],
    }
    read = Roster.from_table(table, month=MONTH, name="people")
    assert len(read) == 1
    found = [(f.line, f.error.name, f.error.person) for f in read.findings]
    assert found == [
        (2, "DuplicatePerson", "P1"), (3, "MissingFact", None), (4, "WrongMonth", "P4"),
    ]  # fmt: skip
    assert read.findings[0].zh.startswith("people:2:1: ")
    empty = Roster.from_table({k: [] for k in table}, month=MONTH)
    assert [f.error.name for f in empty.findings] == ["EmptyTable"]
    with pytest.raises(InputError) as raised:
        Roster.from_table({"person": ["P1"], "kind": ["民警"]}, month=MONTH)
    assert raised.value.name == "MissingColumn"


# Threads


def test_threads_give_the_same_bytes(city: Engine) -> None:
    many = pl.concat([frame()] * 60)
    tables = [
        city.month_run_table(many, month=MONTH, on_error="column", threads=n, allow_repeats=True)
        for n in (1, 2, 5)
    ]
    assert len({table.to_csv() for table in tables}) == 1
    assert tables[0].failed == 60 * paid().failed


def test_other_threads_run_while_a_table_is_computed(city: Engine) -> None:
    many = pl.DataFrame(one())[[0] * 200_000]
    done = threading.Event()

    def compute() -> None:
        city.month_run_table(many, month=MONTH)
        done.set()

    worker = threading.Thread(target=compute)
    worker.start()
    turns = 0
    while not done.is_set():
        turns += 1
        time.sleep(0.001)
    worker.join()
    # Held all the time, the interpreter would come by once or twice.
    assert turns >= 4


def test_two_threads_can_not_pull_at_once(city: Engine) -> None:
    inside, leave = threading.Event(), threading.Event()

    def slow() -> Iterator[pl.DataFrame]:
        inside.set()
        leave.wait(10)
        yield frame()[:5]

    batches = city.month_run_batches(slow(), month=MONTH, on_error="column")
    worker = threading.Thread(target=lambda: next(batches))
    worker.start()
    assert inside.wait(10)
    with pytest.raises(RuntimeError, match="another thread"):
        next(batches)
    leave.set()
    worker.join()
    assert list(batches) == []


# Memory


def resident() -> float:
    """Return the resident memory in MB."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6


def test_memory_is_flat_over_ten_million_rows(engine: Engine) -> None:
    size, count = 100_000, 100

    def word(text: str) -> Any:
        return pa.DictionaryArray.from_arrays(pa.array([0] * size, pa.int8()), pa.array([text]))

    def amount(text: str) -> Any:
        return pa.array([Decimal(text)] * size, pa.decimal128(18, 2))

    zero = ("pension", "occupational_annuity", "medical", "housing_fund", "income_tax")
    columns = {"kind": word("民警"), "rank": word("无"), "duty": word("无")}
    columns |= {"stated_post_pay": amount("1000.50"), "stated_level_pay": amount("2000.00")}
    columns |= {f"stated_{name}": amount("0") for name in zero}
    table = pa.table(columns)

    def source() -> Iterator[Any]:
        # Each batch is made anew, as a reader of files would.
        for _ in range(count):
            copies = [pa.concat_arrays(column.chunks) for column in table.columns]
            yield pa.table(dict(zip(table.column_names, copies, strict=True)))

    rows, settled = 0, 0.0
    batches = engine.month_run_batches(
        source(), month=MONTH, items=[], totals=["net"], employer_cost=False, threads=2
    )
    for n, paid_ in enumerate(batches):
        rows += len(paid_)
        if n == 9:
            settled = resident()
    assert rows == 10_000_000
    # A batch with its result is some 10 MB; without the last ninety nothing is left behind.
    assert resident() - settled < 25
