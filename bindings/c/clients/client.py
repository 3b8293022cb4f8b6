"""A client without a compiler: ctypes over the shared library. python3 client.py LIBRARY [CASES]."""

import ctypes
import json
import sys
from ctypes import POINTER, byref, c_char, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from pathlib import Path

SCHEMAS = Path(__file__).resolve().parents[3] / "docs" / "schemas"


class Str(ctypes.Structure):
    """A borrowed view; the text is copied out at once."""

    _fields_ = [("data", c_void_p), ("len", c_size_t)]

    def __str__(self) -> str:
        return ctypes.string_at(self.data, self.len).decode()


class Failure(Exception):
    """What a zg_error says."""

    def __init__(self, status: int, handle: c_void_p) -> None:
        self.status = status
        self.json = str(lib.zg_error_json(handle))
        self.row = lib.zg_error_row(handle)
        super().__init__(str(lib.zg_error_en(handle)))
        lib.zg_error_free(handle)


lib = ctypes.CDLL(sys.argv[1])
TEXT = [ctypes.c_char_p, c_size_t]
OUT, ERR = POINTER(c_void_p), POINTER(c_void_p)
for name, args in {
    "zg_engine_new": [*TEXT, OUT, ERR],
    "zg_engine_payslip": [c_void_p, *TEXT, OUT, ERR],
    "zg_engine_month_run": [c_void_p, *TEXT, OUT, ERR],
    "zg_engine_evaluate": [c_void_p, *TEXT, *TEXT, OUT, ERR],
    "zg_engine_value": [c_void_p, *TEXT, *TEXT, OUT, ERR],
    "zg_engine_derive": [c_void_p, *TEXT, *TEXT, OUT, ERR],
    "zg_derivation_json": [c_void_p, OUT, ERR],
    "zg_payslip_json": [c_void_p, OUT, ERR],
    "zg_payslip_net": [c_void_p, POINTER(c_int64), ERR],
    "zg_payslip_explain": [c_void_p, c_int32, OUT, ERR],
    "zg_pack_lint": [*TEXT, *TEXT, OUT, ERR],
    "zg_rules": [OUT, ERR],
    "zg_schema_names": [OUT, ERR],
    "zg_schema": [*TEXT, OUT, ERR],
    "zg_data_version": [OUT, ERR],
    "zg_money_format": [c_int64, POINTER(c_char), c_size_t, POINTER(c_size_t), ERR],
}.items():
    getattr(lib, name).argtypes, getattr(lib, name).restype = args, c_int32
for name in ("zg_string_view", "zg_error_json", "zg_error_en"):
    getattr(lib, name).argtypes, getattr(lib, name).restype = [c_void_p], Str
for name in ("zg_engine_free", "zg_payslip_free", "zg_derivation_free", "zg_string_free", "zg_error_free"):
    getattr(lib, name).argtypes, getattr(lib, name).restype = [c_void_p], None
lib.zg_error_row.argtypes, lib.zg_error_row.restype = [c_void_p], c_uint64
lib.zg_abi_version.restype = c_uint32
lib.zg_library_version.restype = Str

passed = failed = 0


def check(condition: bool, what: str) -> None:
    global passed, failed
    passed, failed = passed + bool(condition), failed + (not condition)
    if not condition:
        print(what, file=sys.stderr)


def call(name: str, *args: object) -> c_void_p:
    """Calls a function whose answer is a handle; a text argument becomes pointer and length."""
    flat: list[object] = []
    for arg in args:
        flat += [arg.encode(), len(arg.encode())] if isinstance(arg, str) else [arg]
    out, err = c_void_p(), c_void_p()
    status = getattr(lib, name)(*flat, byref(out), byref(err))
    if status:
        raise Failure(status, err)
    return out


def text(name: str, *args: object) -> str:
    string = call(name, *args)
    copy = str(lib.zg_string_view(string))
    lib.zg_string_free(string)
    return copy


def payslip() -> None:
    engine = call("zg_engine_new", "{}")
    stated = {"post-pay": "2410.00", "level-pay": "3620.00", "income-tax": "30.90"}
    stated |= dict.fromkeys(["pension", "occupational-annuity", "medical", "housing-fund"], "0.00")
    facts = {"person": "0417", "unit": "城东派出所", "kind": "officer", "rank": None, "stated": stated}
    slip = call("zg_engine_payslip", engine, json.dumps({"month": "2025-03", "facts": facts}))
    net = c_int64()
    check(lib.zg_payslip_net(slip, byref(net), None) == 0 and net.value == 599_910, "net")
    check("职务工资" in text("zg_payslip_explain", slip, 0), "explanation")
    lib.zg_payslip_free(slip)
    people = [facts | {"person": f"041{n}"} for n in range(3)]
    request = json.dumps({"month": "2025-03", "people": people})
    run = json.loads(text("zg_engine_month_run", engine, request))
    check(run["totals"]["net"] == "17997.30", "totals of a run")
    check(run["receipt"]["packs"] == text("zg_data_version"), "data version")
    try:
        call("zg_engine_payslip", engine, '{"month": "2025-03", "facts": {"person": 5}}')
        check(False, "a bad fact passed")
    except Failure as failure:
        check(json.loads(failure.json)["code"] == failure.status, "status of an error")
    lib.zg_engine_free(engine)


def others() -> None:
    check(lib.zg_abi_version() >> 16 == 1, "ABI version")
    check(str(lib.zg_library_version()).count(".") == 2, "library version")
    check(len(json.loads(text("zg_rules"))) >= 21, "rules")
    for name in json.loads(text("zg_schema_names")):
        file = SCHEMAS / f"{name}.json"
        committed = json.loads(file.read_text(encoding="utf-8"))
        check(json.loads(text("zg_schema", name)) == committed, f"schema {name}")
    findings = json.loads(text("zg_pack_lint", "a.toml", "[pack]\nid = 5\n"))
    check(any(f["line"] == 2 for f in findings), "lint")
    buffer = ctypes.create_string_buffer(22)
    check(lib.zg_money_format(-5, buffer, 22, None, None) == 0 and buffer.value == b"-0.05", "money")


def ask(engines: dict[str, c_void_p], case: dict[str, str]) -> str:
    """Makes the call of a line."""
    rule, source = case["rule"], case["input"]
    if case["call"] == "lint":
        return text("zg_pack_lint", rule, source)
    if case["call"] == "engine":
        lib.zg_engine_free(call("zg_engine_new", case["engine"]))
        return ""
    if case["engine"] not in engines:
        engines[case["engine"]] = call("zg_engine_new", case["engine"])
    engine = engines[case["engine"]]
    if case["call"] == "month-run":
        return text("zg_engine_month_run", engine, source)
    if case["call"] == "payslip":
        slip = call("zg_engine_payslip", engine, source)
        answer = text("zg_payslip_json", slip)
        lib.zg_payslip_free(slip)
        return answer
    if case["call"] == "derive":
        why = call("zg_engine_derive", engine, rule, source)
        answer = text("zg_derivation_json", why)
        lib.zg_derivation_free(why)
        return answer
    name = {"evaluate": "zg_engine_evaluate", "value": "zg_engine_value"}[case["call"]]
    return text(name, engine, rule, source)


def replay(path: str) -> None:
    engines: dict[str, c_void_p] = {}
    for line in open(path, encoding="utf-8"):
        case = json.loads(line)
        try:
            got = 0, ask(engines, case)
        except Failure as failure:
            got = failure.status, failure.json
        check(got == (int(case["status"]), case["answer"]), f"{case['id']}, {case['call']}: {got}")
    for engine in engines.values():
        lib.zg_engine_free(engine)


payslip()
others()
if len(sys.argv) > 2:
    replay(sys.argv[2])
print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
