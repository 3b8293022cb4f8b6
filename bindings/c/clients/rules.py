"""Rules over tables without a compiler: ctypes over the shared library.

python3 rules.py LIBRARY TABLES. Each line of the second file is one object of strings: id, engine, rule,
input, key, rows (a table of texts with tabs), status, answer.
"""

from __future__ import annotations

import ctypes
import json
import sys
from ctypes import POINTER, byref, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_void_p

from arrow_c import Array, Schema, Stream, Texts, with_separator

lib = ctypes.CDLL(sys.argv[1])
passed = failed = 0


class Str(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("len", c_size_t)]

    def __str__(self) -> str:
        return ctypes.string_at(self.data, self.len).decode()


TEXT, OUT, ERR = [c_char_p, c_size_t], POINTER(c_void_p), POINTER(c_void_p)
STREAM = POINTER(Stream)
for name, args in {
    "zg_engine_new": [*TEXT, OUT, ERR],
    "zg_engine_receipt": [c_void_p, c_uint32, OUT, ERR],
    "zg_engine_evaluate_table": [c_void_p, *TEXT, *TEXT, *TEXT, STREAM, OUT, ERR],
    "zg_engine_evaluate_rows": [c_void_p, *TEXT, *TEXT, STREAM, c_int32, c_int32, STREAM, ERR],
    "zg_value_table": [*TEXT, *TEXT, STREAM, ERR],
    "zg_engine_accept": [c_void_p],
}.items():
    getattr(lib, name).argtypes, getattr(lib, name).restype = args, c_int32
for name in ("zg_string_view", "zg_error_json", "zg_engine_place", "zg_engine_packs"):
    getattr(lib, name).argtypes, getattr(lib, name).restype = [c_void_p], Str
lib.zg_engine_known_on.argtypes, lib.zg_engine_known_on.restype = [c_void_p], c_uint32
for name in ("zg_engine_free", "zg_string_free", "zg_error_free"):
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


def words(err: c_void_p) -> str:
    copy = str(lib.zg_error_json(err))
    lib.zg_error_free(err)
    return copy


def own(string: c_void_p) -> str:
    copy = str(lib.zg_string_view(string))
    lib.zg_string_free(string)
    return copy


def evaluate(engine: c_void_p, rule: str, given: str, key: str, rows: Texts) -> tuple[int, str]:
    """Status, and the answer or the error."""
    out, err = c_void_p(), c_void_p()
    asked = (*utf8(rule), *utf8(given), *utf8(key))
    status = lib.zg_engine_evaluate_table(engine, *asked, byref(rows.stream), byref(out), byref(err))
    check(rows.released, "the rows are released")
    return status, words(err) if status else own(out)


def numbers(stream: Stream, name: str) -> list[int]:
    """The cells of a column of int64, all of which are there; the stream is released."""
    schema, array = Schema(), Array()
    check(stream.get_schema(byref(stream), byref(schema)) == 0, "a schema")
    names = [schema.children[at].contents.name.decode() for at in range(schema.n_children)]
    check(stream.get_next(byref(stream), byref(array)) == 0, "a batch")
    column = array.children[names.index(name)].contents
    check(schema.children[names.index(name)].contents.format == b"l", f"{name} is int64")
    cells = ctypes.cast(column.buffers[1], POINTER(c_int64))[: array.length]
    for part in (schema, array, stream):
        part.release(byref(part))
    return cells


def replay(path: str) -> None:
    engines: dict[str, c_void_p] = {}
    for line in open(path, encoding="utf-8"):
        case = json.loads(line)
        if case["engine"] not in engines:
            engines[case["engine"]] = engine_of(case["engine"])
        rows = with_separator(case["rows"], "\t")
        asked = (case["rule"], case["input"], case["key"], rows)
        status, got = evaluate(engines[case["engine"]], *asked)
        check((str(status), got) == (case["status"], case["answer"]), f"{case['id']}: {got}")
    for engine in engines.values():
        lib.zg_engine_free(engine)


PEOPLE = "id,unit,score,standing\nP1,U,95.50,graded\nP2,U,91.00,graded\n"
YEAR = '{"month": "2024-12", "pools": [{"id": "U", "should_take_part": 5}]}'


def tables() -> None:
    """Seats from a table, and as one; a rule for each row; a receipt."""
    engine, stream, err = engine_of('{"accept": "inferred"}'), Stream(), c_void_p()
    people = with_separator(PEOPLE, ",")
    status, answer = evaluate(engine, "assessment.quota", YEAR, "people", people)
    check(status == 0 and json.loads(answer)["value"][0]["excellent"] == ["P1"], answer)
    check(lib.zg_value_table(*utf8(answer), None, 0, byref(stream), None) == 0, "seats")
    check(numbers(stream, "quota") == [1], "one seat")
    check(lib.zg_value_table(*utf8(answer), *utf8("people"), byref(stream), byref(err)) == 107, "key")
    check(json.loads(words(err))["field"] == "key", "the field of an error")

    shared = '{"month": "2025-03", "to": "2025-03-31"}'
    asked = (*utf8("service.full-years"), *utf8(shared))
    rows = with_separator("person,from\nP1,2004-07-01\nP2,2024-07-01", ",")
    stream = Stream()
    status = lib.zg_engine_evaluate_rows(engine, *asked, byref(rows.stream), 0, 0, byref(stream), None)
    check(status == 0 and rows.released and numbers(stream, "value") == [20, 0], "years")
    rows, err = with_separator("person,from\nP1,2004-07-01\nP2,", ","), c_void_p()
    stream = Stream()
    status = lib.zg_engine_evaluate_rows(
        engine, *asked, byref(rows.stream), 0, 0, byref(stream), byref(err)
    )
    error = json.loads(words(err))
    check((status, error["row"], error["person"]) == (108, 2, "P2") and rows.released, str(error))

    out = c_void_p()
    check(lib.zg_engine_receipt(engine, 202412, byref(out), None) == 0, "a receipt")
    receipt = json.loads(own(out))
    place, packs = str(lib.zg_engine_place(engine)), str(lib.zg_engine_packs(engine))
    check((receipt["place"], receipt["packs"], receipt["month"]) == (place, packs, "2024-12"), place)
    check(lib.zg_engine_accept(engine) == 3 and lib.zg_engine_known_on(engine) == 0, "getters")
    lib.zg_engine_free(engine)


replay(sys.argv[2])
tables()
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
