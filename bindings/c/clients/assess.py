"""Assessments from tables without a compiler: ctypes over the shared library.

python3 assess.py LIBRARY ASSESSMENTS. Each line of the second file is one object of strings: id, engine,
request, columns, subjects and events (tables of texts with tabs), status, answer.
"""

from __future__ import annotations

import ctypes
import json
import sys
from ctypes import POINTER, byref, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p

from arrow_c import Array, Stream, Texts, with_separator

lib = ctypes.CDLL(sys.argv[1])
passed = failed = 0


class Str(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("len", c_size_t)]

    def __str__(self) -> str:
        return ctypes.string_at(self.data, self.len).decode()


class Options(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        *[(name, c_uint64) for name in ("items", "totals")],
        ("batch_rows", c_size_t),
        *[(name, c_uint32) for name in ("threads", "month")],
        *[(name, c_int32) for name in ("on_error", "width", "without_employer_cost", "columns")],
        ("assessment", c_void_p),
        *[(name, c_int32) for name in ("repeats", "reserved")],
    ]


TEXT, OUT, ERR = [c_char_p, c_size_t], POINTER(c_void_p), POINTER(c_void_p)
STREAM = POINTER(Stream)
for name, args in {
    "zg_engine_new": [*TEXT, OUT, ERR],
    "zg_engine_assess": [c_void_p, *TEXT, STREAM, STREAM, c_int32, OUT, ERR],
    "zg_engine_month_run": [c_void_p, *TEXT, OUT, ERR],
    "zg_engine_month_run_stream": [c_void_p, STREAM, POINTER(Options), STREAM, ERR],
    "zg_assessment_table": [c_void_p, *TEXT, STREAM, ERR],
    "zg_assessment_json": [c_void_p, OUT, ERR],
    "zg_assessment_text": [c_void_p, *TEXT, c_int32, OUT, ERR],
}.items():
    getattr(lib, name).argtypes, getattr(lib, name).restype = args, c_int32
for name in ("zg_string_view", "zg_error_json"):
    getattr(lib, name).argtypes, getattr(lib, name).restype = [c_void_p], Str
for name in ("zg_engine_free", "zg_assessment_free", "zg_string_free", "zg_error_free"):
    getattr(lib, name).argtypes, getattr(lib, name).restype = [c_void_p], None


def check(condition: bool, what: str) -> None:
    global passed, failed
    passed, failed = passed + bool(condition), failed + (not condition)
    if not condition:
        print(what, file=sys.stderr)


def utf8(text: str) -> tuple[bytes, int]:
    return text.encode(), len(text.encode())


def engine_of(request: str) -> c_void_p:
    engine = c_void_p()
    check(lib.zg_engine_new(*utf8(request), byref(engine), None) == 0, request)
    return engine


def text(name: str, *args: object) -> str:
    out = c_void_p()
    check(getattr(lib, name)(*args, byref(out), None) == 0, name)
    copy = str(lib.zg_string_view(out))
    lib.zg_string_free(out)
    return copy


def assess(
    engine: c_void_p, request: str, subjects: Texts, events: Texts, columns: int = 0
) -> tuple[int, c_void_p, str]:
    """Status, assessment, and the JSON of an error."""
    out, err, words = c_void_p(), c_void_p(), ""
    people, happened = byref(subjects.stream), byref(events.stream)
    status = lib.zg_engine_assess(
        engine, *utf8(request), people, happened, columns, byref(out), byref(err)
    )
    check(subjects.released and events.released, "both inputs are released")
    if status:
        words = str(lib.zg_error_json(err))
        lib.zg_error_free(err)
    return status, out, words


def replay(path: str) -> None:
    engines: dict[str, c_void_p] = {}
    for line in open(path, encoding="utf-8"):
        case = json.loads(line)
        if case["engine"] not in engines:
            engines[case["engine"]] = engine_of(case["engine"])
        tables = [with_separator(case[name], "\t") for name in ("subjects", "events")]
        engine, columns = engines[case["engine"]], int(case["columns"])
        status, scored, words = assess(engine, case["request"], *tables, columns)
        got = words if status else text("zg_assessment_json", scored)
        check((str(status), got) == (case["status"], case["answer"]), f"{case['id']}: {got}")
        lib.zg_assessment_free(scored)
    for engine in engines.values():
        lib.zg_engine_free(engine)


SUBJECTS = "编号,类别\nA01,辅警\nA02,辅警\n"
EVENTS = "id,subject,date,rule,count\nE1,A01,2025-03-10,full-attendance,\nE2,A02,2025-03-11,late,4\n"
ITEMS = "pension medical unemployment housing-fund income-tax".split()


def paid() -> None:
    """3000 + 800 × 1.2 and 800 × 0.8, by JSON and by stream."""
    engine = engine_of('{"builtin": ["national", "teaching-example"]}')
    tables = [with_separator(text, ",") for text in (SUBJECTS, EVENTS)]
    status, march, _ = assess(engine, '{"month": "2025-03"}', *tables)
    check(status == 0, "an assessment")
    check("迟到" in text("zg_assessment_text", march, *utf8("A02"), 0), "a sheet")
    value = json.loads(text("zg_assessment_json", march))
    employer = [f"employer-{item}" for item in [*ITEMS[:4], "work-injury"]]
    facts = {"unit": "u", "kind": "auxiliary", "stated": dict.fromkeys(ITEMS + employer, "0")}
    people = [{"person": person, **facts} for person in ("A01", "A02")]
    request = {"month": "2025-03", "people": people, "assessment": value}
    run = json.loads(text("zg_engine_month_run", engine, *utf8(json.dumps(request))))
    check([row["gross"] for row in run["rows"]] == ["3960.00", "3640.00"], str(run["errors"]))

    stated = [f"stated_{item.replace('-', '_')}" for item in ITEMS]
    rows = [[person, "辅警", *["0"] * len(stated)] for person in ("A01", "A02")]
    table, out, array = Texts(["person", "kind", *stated], rows), Stream(), Array()
    options = Options(size=ctypes.sizeof(Options), month=202503, without_employer_cost=1)
    options.items, options.totals, options.assessment = 1, 1, march
    status = lib.zg_engine_month_run_stream(
        engine, byref(table.stream), byref(options), byref(out), None
    )
    check(status == 0 and out.get_next(byref(out), byref(array)) == 0, "a month run")
    gross = array.children[array.n_children - 1].contents
    # Low and high half of each decimal128.
    found = ctypes.cast(gross.buffers[1], POINTER(c_int64))[: 2 * array.length]
    check(found == [396_000, 0, 364_000, 0], str(found))
    array.release(byref(array))
    out.release(byref(out))
    check(table.released, "the input goes with the result")

    scores, array = Stream(), Array()
    check(lib.zg_assessment_table(march, *utf8("scores"), byref(scores), None) == 0, "a table")
    lib.zg_assessment_free(march)
    lib.zg_engine_free(engine)
    check(scores.get_next(byref(scores), byref(array)) == 0 and array.length == 2, "two rows")
    array.release(byref(array))
    scores.release(byref(scores))


replay(sys.argv[2])
paid()
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
