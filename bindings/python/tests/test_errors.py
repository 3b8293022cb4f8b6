"""Every error code is reached from Python, with its class, number and both messages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
import zhenggong
from conftest import DATA
from zhenggong import (
    Engine,
    InputError,
    InternalError,
    Pack,
    PolicyError,
    Roster,
    RuleError,
    ZhenggongError,
)

HEAD = """\
[pack]
id = "national"
layer = "national"
place = "全国"
[[source]]
id = "s"
title = "t"
issued = "2000"
evidence = "official"
"""
RANK = "allowance.police-rank"
OVERTIME = "allowance.police-overtime"
FLAT = 'flat = "1"'


def value(rule: str, start: str, fields: str) -> str:
    """Return a value of the national pack."""
    return f'[[value]]\nrule = "{rule}"\nfrom = "{start}"\nsource = "s"\nclause = "1"\n{fields}\n'


def city(parent: str, values: str) -> str:
    """Return a pack of a city below this parent."""
    head = HEAD.replace("national", "city").replace("place", f'parent = "{parent}"\nplace')
    return head + values


def lint(*texts: str, national: bool = False) -> ZhenggongError:
    """Return the first finding of these packs."""
    packs = [Pack.from_text(text) for text in texts]
    return zhenggong.lint(packs, national=national)[0].error


def bad(fields: str) -> ZhenggongError:
    """Return the first finding of a value with these fields."""
    return lint(HEAD + value(OVERTIME, "2018-01-01", fields))


def caught(ask: Callable[[], object]) -> ZhenggongError:
    with pytest.raises(ZhenggongError) as raised:
        ask()
    return raised.value


def ask(rule: str, engine: Engine | None = None, **more: object) -> ZhenggongError:
    """Return the error of a rule, with the built-in packs where no engine is given."""
    return caught(lambda: (engine or Engine()).evaluate(rule, more))


def alone(values: str) -> Engine:
    """Return an engine with one pack of these values."""
    return Engine([Pack.from_text(HEAD + values)], national=False)


def read(*lines: str, header: str = "人员编号,单位,人员类别,月份,警衔") -> ZhenggongError:
    """Return the first finding of a roster."""
    text = "\n".join([header, *lines, ""])
    return Roster.from_bytes(text.encode(), month="2025-03").findings[0].error


def days(month: str, rest: int, holiday: int, duty: str) -> dict[str, Any]:
    return {"month": month, "rest_days": rest, "holiday_days": holiday, "duty": duty}


def wage(amount: object) -> ZhenggongError:
    facts = {"person": "1", "unit": "u", "kind": "officer", "contribution_wage": amount}
    return caught(lambda: Engine().payslip(facts, month="2025-03"))


def happened(rule: str, **more: str) -> dict[str, str]:
    """Return an event of an assessment."""
    return {"id": "1", "subject": "A", "date": "2025-01-10", "rule": rule, **more}


def scored(place: str, kind: str, *events: dict[str, str], **subject: str) -> ZhenggongError:
    """Return the error of an assessment by an example pack."""
    return ask(
        "assessment.score",
        Engine([Pack.example(place)], accept="inferred"),
        month="2025-01",
        subjects=[{"id": "A", "kind": kind, **subject}],
        events=list(events),
    )


EVENT = {"from": "2020-01-01", "rank": "一级警员"}
LEVEL_CELL = value("basic-pay.level", "2006-07-01", 'issued = "2020"\ncells = { "12-13" = "2200" }')
MIXED = HEAD + value(OVERTIME, "2018-01-01", FLAT)

WAYS: dict[str, Callable[[], ZhenggongError]] = {
    "InvalidNumber": lambda: wage("1,234.00"),
    "TooManyDigits": lambda: wage("0.005"),
    "NumberOutOfRange": lambda: wage("9" * 20),
    "FloatRefused": lambda: wage(1.0),
    "InvalidDate": lambda: ask(RANK, month="2025-01", ranks=[{**EVENT, "from": "2025-02-29"}]),
    "InvalidMonth": lambda: ask(RANK, month="2025-13", ranks=[]),
    "UnknownTerm": lambda: ask(RANK, month="2025-01", ranks=[{**EVENT, "rank": "警员"}]),
    "MissingFact": lambda: ask(RANK, month="2025-01"),
    "UnknownField": lambda: ask(RANK, month="2025-01", ranks=[], rank="警员"),
    "InvalidInput": lambda: ask(RANK, month="2025-01", ranks="警员"),
    "ContradictoryFacts": lambda: ask(RANK, month="2025-01", ranks=[EVENT, EVENT]),
    "NegativeNotAllowed": lambda: read(
        "P1,u,民警,2025-03,-1", header="人员编号,单位,人员类别,月份,缴费工资"
    ),
    "UnknownRule": lambda: ask("allowance.horse", month="2025-01"),
    "DuplicatePerson": lambda: read(*["P1,u,民警,2025-03,"] * 2),
    "InvalidText": lambda: read("P1,a\0b,民警,2025-03,"),
    "MissingColumn": lambda: read("P1,u,2025-03", header="人员编号,单位,月份"),
    "DuplicateColumn": lambda: read(
        "P1,u,民警,2025-03,", header="人员编号,单位,人员类别,月份,月份"
    ),
    "NotUtf8": lambda: (
        Roster.from_file(DATA / "sample-roster-gbk.csv", month="2021-03").findings[0].error
    ),
    "StrayQuote": lambda: read('P1,a"b,民警,2025-03,'),
    "WrongFieldCount": lambda: read("P1,u"),
    "WrongMonth": lambda: read("P1,u,民警,2025-02,"),
    "EmptyTable": lambda: read(),
    "ColumnType": lambda: caught(
        lambda: Engine().month_run_table(pl.DataFrame({"kind": [1]}), month="2025-03")
    ),
    "NotEncodable": lambda: (
        Roster.from_bytes(b"\xff\xff\n", month="2025-03", encoding="gbk").findings[0].error
    ),
    "Io": lambda: caught(lambda: Pack.from_file("no-such-file.toml")),
    "InvalidOption": lambda: caught(
        lambda: Roster.from_bytes(b"", month="2025-03", encoding="latin1")  # type: ignore[arg-type]
    ),
    "ValueGap": lambda: ask(OVERTIME, **days("2017-06", 0, 0, "综合管理")),
    "PackSyntax": lambda: bad(f"{FLAT}\n= 1"),
    "UnknownKey": lambda: bad('flatt = "1"'),
    "MissingKey": lambda: lint(""),
    "InvalidValue": lambda: bad('[value.cap_days]\n"综合管理" = "4"'),
    "DanglingSource": lambda: bad(
        FLAT
        + value(RANK, "2018-01-01", 'stop_counts_from = "当月"')
        .replace('"s"', '"x"')
        .replace("[[value]]", "\n[[value]]")
    ),
    "Overlap": lambda: lint(
        HEAD
        + value(OVERTIME, "2018-01-01", f'to = "2018-12-31"\n{FLAT}')
        + value(OVERTIME, "2018-12-01", 'flat = "2"')
    ),
    "NationalOnly": lambda: lint(MIXED, city("national", value(OVERTIME, "2018-01-01", FLAT))),
    "OutOfBounds": lambda: lint(
        city("national", value("insurance.housing-fund", "2020-01-01", 'rate_personal = "0.13"')),
        national=True,
    ),
    "RuleNotFound": lambda: lint(HEAD + value("allowance.horse", "2018-01-01", FLAT)),
    "DuplicateSource": lambda: lint(
        MIXED.replace("[[source]]", HEAD[HEAD.index("[[source]]") :] + "[[source]]")
    ),
    "UnknownParent": lambda: lint(
        city("nowhere", value(OVERTIME, "2018-01-01", 'order = "先计公休日"'))
    ),
    "ChecksumFailed": lambda: lint(
        HEAD
        + value(
            "basic-pay.post",
            "2006-07-01",
            'leader = { "国家级正职" = "4000" }\nnon_leader = { "办事员" = "304" }\n'
            'end_points = { "办事员" = "340" }',
        )
    ),
    "EvidenceNotAccepted": lambda: ask(RANK, Engine(accept="official"), month="2025-01", ranks=[]),
    "PackTooLarge": lambda: lint(" " * (64 * 2**20 + 1)),
    "CellNotAttested": lambda: ask(
        RANK,
        alone(
            value(
                RANK,
                "2018-01-01",
                'change_counts_from = "次月"\nstop_counts_from = "当月"\n'
                'amount = { "一级警员" = "1" }',
            )
        ),
        month="2020-01",
        ranks=[{"from": "2010-01-01", "rank": "二级警员"}],
    ),
    "UnknownPlace": lambda: caught(lambda: Pack.example("atlantis")),
    "PackDisagrees": lambda: lint(
        MIXED, (HEAD + value(OVERTIME, "2019-01-01", FLAT)).replace("全国", "中国")
    ),
    "EmptyValidity": lambda: bad(f'to = "2017-12-31"\n{FLAT}'),
    "UnusedSource": lambda: lint(HEAD),
    "TableShape": lambda: lint(
        HEAD
        + value(
            OVERTIME,
            "2018-01-01",
            f'{FLAT}\nrest_day = "1"\nholiday = "1"\ncap_days = {{ "综合管理" = 1 }}',
        )
    ),
    "NoSuchStandard": lambda: ask(
        OVERTIME,
        alone(value(RANK, "2018-01-01", 'stop_counts_from = "当月"')),
        **days("2018-01", 0, 0, "综合管理"),
    ),
    "MidMonth": lambda: bad(f'to = "2018-12-30"\n{FLAT}'),
    "NeedsDecision": lambda: ask(OVERTIME, **days("2016-10", 5, 3, "综合管理")),
    "Overflow": lambda: ask(
        OVERTIME,
        alone(
            value(
                OVERTIME,
                "2018-01-01",
                'rest_day = "90000000000000000"\nholiday = "1"\ncap_days = { "综合管理" = 31 }',
            )
        ),
        **days("2018-01", 9, 0, "综合管理"),
    ),
    "ExclusiveDeductions": lambda: ask(
        "tax.special-additional",
        month="2024-01",
        housing=["住房贷款利息", "住房租金（直辖市、省会等）"],
    ),
    "LevelExhausted": lambda: ask(
        "basic-pay.level-rise",
        Engine([Pack.from_text(HEAD + LEVEL_CELL)], accept="inferred"),
        month="2014-09",
        **{"from": "12-13", "to_level": 11},
    ),
    "NotApplicable": lambda: ask(
        "insurance.work-injury",
        Engine(accept="inferred"),
        month="2026-07",
        base="500000",
        **{"class": "一类", "step": "下浮至50%"},
    ),
    "UnknownScoringRule": lambda: scored("humen-example", "auxiliary", happened("yawning")),
    "OutsideWindow": lambda: scored(
        "humen-example", "auxiliary", happened("absent", date="2025-01-26")
    ),
    "PersonLeft": lambda: scored("humen-example", "auxiliary", happened("absent"), to="2025-01-09"),
    "DuplicateEvent": lambda: scored(
        "humen-example", "auxiliary", happened("absent"), happened("absent")
    ),
    "SelfRating": lambda: scored(
        "teaching-example",
        "officer",
        happened("rating", points="90", rater="A", rater_kind="同事"),
    ),
    "UnknownSubject": lambda: scored("humen-example", "auxiliary", happened("absent", subject="B")),
    "WeightSum": lambda: ask(
        "assessment.what-if",
        Engine([Pack.example("teaching-example")]),
        month="2025-01",
        subjects=[],
        weights={"teaching-officer": {"team": "0.5"}},
    ),
    "ScoreAboveFull": lambda: scored(
        "teaching-example",
        "officer",
        happened("attendance-points", points="40"),
        happened("praise-bureau", id="2", matter="M"),
        *(
            happened("rating", id=kind, points="100", rater=kind, rater_kind=kind)
            for kind in ("领导", "同事", "群众")
        ),
    ),
}

# Codes that no call from Python reaches, and why. The list only gets shorter.
ELSEWHERE = {
    "DivisionByZero": "no shipped rule divides by a number that a caller or a pack can make zero",
    "Internal": "a fault of the library; none is known, and test_boundary makes one",
}

CLASSES: dict[str, type[ZhenggongError]] = {
    "input": InputError,
    "policy": PolicyError,
    "rule": RuleError,
    "internal": InternalError,
}
CODES: dict[str, dict[str, Any]] = {c["name"]: c for c in zhenggong.error_codes()}


@pytest.mark.parametrize("name", WAYS)
def test_code(name: str) -> None:
    error = WAYS[name]()
    assert error.name == name, error.en
    assert error.code == CODES[name]["code"]
    assert type(error) is CLASSES[CODES[name]["class"]]
    assert isinstance(error, Exception)
    assert str(error) == f"[{error.code}] {error.en}"
    assert error.zh != error.en
    data = json.loads(error.to_json())
    for key in ("code", "name", "zh", "en"):
        assert data[key] == getattr(error, key)
    for key in ("person", "rule", "field", "month", "row", "source"):
        assert data.get(key) == getattr(error, key)


def test_every_code_is_reached_or_says_why_not() -> None:
    assert WAYS.keys() | ELSEWHERE.keys() == CODES.keys()
    assert not WAYS.keys() & ELSEWHERE.keys()


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (lambda: Engine(1), TypeError),  # type: ignore[arg-type]
        (lambda: Engine(accept=1), TypeError),  # type: ignore[arg-type]
        (lambda: Engine().evaluate(1, {}), TypeError),  # type: ignore[arg-type]
        (lambda: Engine().month_run_table({}, threads=-1), OverflowError),
    ],
)
def test_arguments_of_the_wrong_type(call: Callable[[], Any], kind: type[Exception]) -> None:
    # As the README has it.
    with pytest.raises(kind):
        call()
