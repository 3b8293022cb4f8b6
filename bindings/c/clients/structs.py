"""Structs and streams without a compiler: ctypes over the shared library. python3 structs.py LIBRARY."""

from __future__ import annotations

import ctypes
import itertools
import sys
from ctypes import (
    POINTER,
    Structure,
    byref,
    c_char_p,
    c_int32,
    c_int64,
    c_size_t,
    c_uint8,
    c_uint32,
    c_uint64,
    c_void_p,
    cast,
    sizeof,
)

from arrow_c import (
    Array,
    GetLastError,
    GetNext,
    GetSchema,
    ReleaseArray,
    ReleaseSchema,
    ReleaseStream,
    Schema,
    Stream,
)

lib = ctypes.CDLL(sys.argv[1])
passed = failed = 0


def check(condition: bool, what: str) -> None:
    global passed, failed
    passed, failed = passed + bool(condition), failed + (not condition)
    if not condition:
        print(what, file=sys.stderr)


class Str(Structure):
    _fields_ = [("data", c_void_p), ("len", c_size_t)]

    def __str__(self) -> str:
        return ctypes.string_at(self.data, self.len).decode()


class Rate(Structure):
    _fields_ = [("digits", c_int64), ("decimals", c_uint32)]


MONEY = """contribution_wage housing_wage ytd_income ytd_special ytd_additional ytd_other
    ytd_withheld special_additional""".split()
COUNTS = """month rank_since overtime_rest_days overtime_holiday_days night_shifts overtime_hours
    duty_days service_years tax_months bonus_separate_used
    fund_start""".split()
CODES = """without_employer_cost kind rank previous_rank rank_event post post_kind level step duty
    auxiliary_grade risk_class risk_step tax_mode bonus_election fund_start_kind reserved0
    reserved1 reserved2 reserved3""".split()


class PersonMonth(Structure):
    _fields_ = [
        ("size", c_size_t),
        *[(name, c_uint64) for name in ("known", "not_applicable", "stated_items")],
        *[(name, Str) for name in ("person", "auxiliary_post")],
        *[(name, Rate) for name in ("coefficient", "housing_rate")],
        *[(name, c_int64) for name in MONEY],
        ("stated", c_int64 * 64),
        *[(name, c_uint32) for name in COUNTS],
        *[(name, c_uint8) for name in CODES],
    ]


class Pay(Structure):
    _fields_ = [
        ("size", c_size_t),
        *[(name, c_int64) for name in ("gross", "deductions", "net", "employer_cost")],
        *[(name, c_uint64) for name in ("items", "stated_items")],
        ("amounts", c_int64 * 64),
    ]


class Options(Structure):
    _fields_ = [
        ("size", c_size_t),
        *[(name, c_uint64) for name in ("items", "totals")],
        ("batch_rows", c_size_t),
        *[(name, c_uint32) for name in ("threads", "month")],
        *[(name, c_int32) for name in ("on_error", "width", "without_employer_cost", "columns")],
        ("assessment", c_void_p),
        *[(name, c_int32) for name in ("repeats", "reserved")],
    ]


ERR = POINTER(c_void_p)
for name, args in {
    "zg_engine_new": [c_char_p, c_size_t, POINTER(c_void_p), ERR],
    "zg_engine_pay": [c_void_p, POINTER(PersonMonth), POINTER(Pay), ERR],
    "zg_engine_month_run_stream": [
        c_void_p,
        POINTER(Stream),
        POINTER(Options),
        POINTER(Stream),
        ERR,
    ],
    "zg_rate_parse": [c_char_p, c_size_t, POINTER(Rate), ERR],
}.items():
    getattr(lib, name).argtypes, getattr(lib, name).restype = args, c_int32
lib.zg_error_field.argtypes, lib.zg_error_field.restype = [c_void_p], Str
lib.zg_error_free.argtypes, lib.zg_error_free.restype = [c_void_p], None
lib.zg_engine_free.argtypes, lib.zg_engine_free.restype = [c_void_p], None

STATED = {
    "post_pay": 241_000,
    "level_pay": 362_000,
    "pension": 0,
    "occupational_annuity": 0,
    "medical": 0,
    "housing_fund": 0,
    "income_tax": 3_090,
}
TEXTS = {"person": "0417", "kind": "民警", "month": "2025-03", "rank": "无"}


class Producer:
    """A stream of two equal tables, from Python; `faulty` makes the second one fail."""

    def __init__(self, rows: int, *, float_column: bool = False, faulty: bool = False) -> None:
        self.rows, self.float_column, self.faulty = rows, float_column, faulty
        self.given, self.released = 0, []
        self.words = ctypes.create_string_buffer("网络中断".encode())
        self.kept: list[object] = []
        self.stream = Stream(
            GetSchema(self.schema),
            GetNext(self.next),
            GetLastError(lambda _: cast(self.words, c_void_p).value),
            ReleaseStream(self.release),
        )
        # The library copies the struct, so its callbacks have to live as long as it works.
        self.callbacks = [getattr(self.stream, field) for field, _ in Stream._fields_[:4]]
        self.part = ReleaseSchema(lambda s: setattr(s.contents, "release", ReleaseSchema()))
        self.piece = ReleaseArray(lambda a: setattr(a.contents, "release", ReleaseArray()))

    def release(self, stream: ctypes._Pointer[Stream]) -> None:
        self.released.append(self.given)
        stream.contents.release = ReleaseStream()

    def keep(self, value: object) -> object:
        self.kept.append(value)
        return value

    def schema(self, _: object, out: ctypes._Pointer[Schema]) -> int:
        names = [*TEXTS, *(f"stated_{item}" for item in STATED)]
        amount = b"g" if self.float_column else b"d:18,2,64"
        formats = [b"u"] * len(TEXTS) + [amount] * len(STATED)
        children = [
            pointer_to(self, Schema(f, n.encode(), None, 2, 0, None, None, self.part))
            for f, n in zip(formats, names, strict=True)
        ]
        array = self.keep((POINTER(Schema) * len(children))(*children))
        out.contents.__init__(b"+s", b"", None, 0, len(children), array, None, self.part)
        return 0

    def next(self, _: object, out: ctypes._Pointer[Array]) -> int:
        if self.given == 1 and self.faulty:
            return 5
        if self.given == 2:
            out.contents.release = ReleaseArray()
            return 0
        self.given += 1
        # Nobody is paid twice a month, so each row has its own person.
        first = self.rows * (self.given - 1)
        people = [f"{first + row:04}" for row in range(self.rows)]
        columns = [self.texts(people)]
        columns += [self.texts([text] * self.rows) for text in list(TEXTS.values())[1:]]
        columns += [self.amounts(fen) for fen in STATED.values()]
        array = self.keep((POINTER(Array) * len(columns))(*columns))
        none = self.keep((c_void_p * 1)(None))
        out.contents.__init__(self.rows, 0, 0, 1, len(columns), none, array, None, self.piece)
        return 0

    def texts(self, texts: list[str]) -> ctypes._Pointer[Array]:
        cells = [text.encode() for text in texts]
        ends = [0, *itertools.accumulate(map(len, cells))]
        offsets = (c_int32 * (self.rows + 1))(*ends)
        data = ctypes.create_string_buffer(b"".join(cells))
        return self.column(None, offsets, data)

    def amounts(self, fen: int) -> ctypes._Pointer[Array]:
        return self.column(None, (c_int64 * self.rows)(*[fen] * self.rows))

    def column(self, *buffers: object) -> ctypes._Pointer[Array]:
        addresses = [b and cast(self.keep(b), c_void_p) for b in buffers]
        array = self.keep((c_void_p * len(buffers))(*addresses))
        column = Array(self.rows, 0, 0, len(buffers), 0, array, None, None, self.piece)
        return pointer_to(self, column)


def pointer_to(producer: Producer, value: Structure) -> object:
    return ctypes.pointer(producer.keep(value))


def structs(engine: c_void_p) -> None:
    check(sizeof(PersonMonth) == 736 and sizeof(Pay) == 568, "size of the structs")
    person, pay = PersonMonth(size=sizeof(PersonMonth)), Pay(size=sizeof(Pay))
    person.month, person.kind, person.not_applicable = 202503, 1, 1
    items = {"post_pay": 0, "level_pay": 1, "pension": 18, "occupational_annuity": 19}
    items |= {"medical": 20, "housing_fund": 23, "income_tax": 24}
    for item, number in items.items():
        person.stated_items |= 1 << number
        person.stated[number] = STATED[item]
    status = lib.zg_engine_pay(engine, byref(person), byref(pay), None)
    check(status == 0 and pay.net == 599_910 and pay.items == person.stated_items, "pay")
    person.stated[0] = -1
    err = c_void_p()
    status = lib.zg_engine_pay(engine, byref(person), byref(pay), byref(err))
    check(status == 112 and str(lib.zg_error_field(err)) == "stated.post-pay", "negative amount")
    lib.zg_error_free(err)
    check(pay.net == 599_910, "answer untouched")
    rate = Rate()
    check(lib.zg_rate_parse(b"0.0125", 6, byref(rate), None) == 0, "rate")
    check((rate.digits, rate.decimals) == (125, 4), "digits of a rate")


def run(engine: c_void_p, producer: Producer) -> tuple[int, list[int], str]:
    """Status or errno, the nets in fen, and the words of a failure."""
    out, err = Stream(), c_void_p()
    options = Options(size=sizeof(Options))
    status = lib.zg_engine_month_run_stream(
        engine, byref(producer.stream), byref(options), byref(out), byref(err)
    )
    check(not producer.stream.release, "the input is taken over")
    if status:
        words = str(lib.zg_error_field(err))
        lib.zg_error_free(err)
        return status, [], words
    schema, nets, words = Schema(), [], ""
    check(out.get_schema(byref(out), byref(schema)) == 0, "schema of the result")
    names = [schema.children[i].contents.name for i in range(schema.n_children)]
    schema.release(byref(schema))
    while True:
        array = Array()
        status = out.get_next(byref(out), byref(array))
        if status:
            words = ctypes.string_at(out.get_last_error(byref(out))).decode()
        if status or not array.release:
            break
        net = array.children[names.index(b"net")].contents
        # Of each decimal128 the low half has all of such an amount.
        nets += cast(net.buffers[1], POINTER(c_int64))[: 2 * array.length : 2]
        array.release(byref(array))
    out.release(byref(out))
    return status, nets, words


def streams(engine: c_void_p) -> None:
    good = Producer(3)
    check(run(engine, good) == (0, [599_910] * 6, "") and good.released == [2], "a good stream")
    floats = Producer(3, float_column=True)
    check(run(engine, floats) == (104, [], "stated_post_pay"), "a column of floats")
    check(floats.released == [0], "released where the call fails")
    faulty = Producer(3, faulty=True)
    errno, nets, words = run(engine, faulty)
    check((errno, len(nets), faulty.released) == (5, 3, [1]), "a failure midway")
    check(words.startswith("807 StreamFailed\n") and words.count("网络中断") == 2, words)


engine = c_void_p()
check(lib.zg_engine_new(b"{}", 2, byref(engine), None) == 0, "an engine")
structs(engine)
streams(engine)
lib.zg_engine_free(engine)
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
