"""What pickles and copies, and what says why it does not."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from typing import Any

import pytest
import zhenggong
from conftest import ROOT, engine_for
from test_inputs import FACTS
from zhenggong import Engine, Facts, Pack

MONTH = "2016-03"
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_facts(protocol: int) -> None:
    for facts in (Facts(FACTS), Facts(person="P1", unit="u", kind="辅警", duty_days=3)):
        again = pickle.loads(pickle.dumps(facts, protocol))
        assert type(again) is Facts
        assert again == facts
        assert again.to_dict() == facts.to_dict()
        assert again != facts.replace(person="P2")
        assert again != "P1"


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_packs(protocol: int) -> None:
    broken = Pack.from_file(ROOT / "examples" / "packs" / "ten-mistakes.toml")
    packs = [*Pack.national(), *map(Pack.example, Pack.example_ids()), broken]
    again = pickle.loads(pickle.dumps(packs, protocol))
    assert again == packs
    assert len(set(again) | set(packs)) == len(packs)
    for one, other in zip(again, packs, strict=True):
        assert (one.digest, one.file, len(one)) == (other.digest, other.file, len(other))
        assert [f.en for f in one.findings] == [f.en for f in other.findings]
    assert Pack.from_text("[pack]", name="a") != Pack.from_text("[pack]", name="b")
    assert Pack.from_text("[pack]") != Pack.from_text("[pack]\n")


@pytest.mark.parametrize(
    "engine",
    [
        engine_for(),
        engine_for("beijing", "inferred"),
        Engine([Pack.example("example-city")], place="national", known_on=date(2020, 1, 2)),
        Engine([Pack.from_text("[pack]\nid='x'\nlayer='national'\nplace='x'")], national=False),
    ],
)
def test_engines(engine: Engine) -> None:
    again = pickle.loads(pickle.dumps(engine))
    for name in ("place", "accept", "known_on", "digest", "packs"):
        assert getattr(again, name) == getattr(engine, name)


def test_an_engine_of_a_pickle_computes_the_same() -> None:
    engine = engine_for("beijing", "inferred")
    again = pickle.loads(pickle.dumps(engine))
    want = engine.payslip(FACTS, month=MONTH).to_json()
    assert again.payslip(FACTS, month=MONTH).to_json() == want


def paid(engine: Engine, facts: Facts) -> str:
    return engine.payslip(facts, month=MONTH).to_json()


def test_engine_and_facts_go_to_another_process() -> None:
    engine, facts = engine_for(), Facts(FACTS)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        assert pool.submit(paid, engine, facts).result(timeout=120) == paid(engine, facts)


def test_answers_do_not_pickle_and_say_what_to_do() -> None:
    engine = engine_for()
    slip, run = engine.payslip(FACTS, month=MONTH), engine.month_run([FACTS], month=MONTH)
    for answer, name in ((slip, "Payslip"), (run, "MonthRun")):
        for protocol in PROTOCOLS:
            with pytest.raises(TypeError) as raised:
                pickle.dumps(answer, protocol)
            assert str(raised.value).startswith(f"cannot pickle a {name}: keep to_json()")
        assert "It does not pickle" in (type(answer).__doc__ or "")


def test_an_error_keeps_all_but_findings() -> None:
    with pytest.raises(zhenggong.PolicyError) as raised:
        Engine([Pack.from_text("[pack]\nid = 1", name="mine.toml")])
    error = raised.value
    assert len(error.findings) > 1
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is zhenggong.PolicyError
    assert (again.findings, str(again)) == ((), str(error))
    assert again.to_json() == error.to_json()


def test_a_copy_is_the_object_itself() -> None:
    engine = engine_for()
    slip, run = engine.payslip(FACTS, month=MONTH), engine.month_run([FACTS], month=MONTH)
    unchanging: list[Any] = [Facts(FACTS), Pack.example("beijing"), engine, slip, run]
    for one in unchanging:
        assert copy.copy(one) is one
        assert copy.deepcopy([one])[0] is one


def test_what_has_no_pickle_is_refused_by_python() -> None:
    table = engine_for().month_run_table({"kind": []}, month=MONTH)
    others: list[Any] = [table, zhenggong.Roster.from_bytes(b"", month=MONTH)]
    for one in others:
        with pytest.raises(TypeError, match="cannot pickle"):
            pickle.dumps(one)
