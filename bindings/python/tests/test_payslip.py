"""One payslip: the published sample to the fen, its derivation, JSON and HTML."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from conftest import DATA
from zhenggong import Engine, InputError, PayItem, Payslip, Roster

# The published sample (E1 in the collected facts): a county-level head, 20724 gross, 14061.13 net.
PUBLISHED = {
    "post-pay": "2410.00",
    "level-pay": "3620.00",
    "transport-allowance": "1040.00",
    "base-performance-award": "6920.00",
    "retained-1993": "116.00",
    "normative-allowance": "6618.00",
    "pension": "1599.92",
    "occupational-annuity": "799.96",
    "medical": "399.98",
    "housing-fund": "3318.00",
    "income-tax": "545.01",
}


@pytest.fixture
def slip(city: Engine) -> Payslip:
    roster = Roster.from_file(DATA / "sample-roster.csv", month="2021-03")
    facts = roster.find("P0001")
    assert facts is not None
    return city.payslip(facts, month="2021-03")


def test_the_published_payslip_to_the_fen(slip: Payslip) -> None:
    lines = {line.item: str(line.amount) for line in slip.lines if line.side != "employer-cost"}
    assert lines == PUBLISHED
    assert (slip.gross, slip.deductions, slip.net) == (
        Decimal("20724.00"),
        Decimal("6662.87"),
        Decimal("14061.13"),
    )


def test_parts_sum_to_totals(slip: Payslip) -> None:
    for side, total in (
        ("earning", slip.gross),
        ("deduction", slip.deductions),
        ("employer-cost", slip.employer_cost),
    ):
        assert sum(line.amount for line in slip.lines if line.side == side) == total
    assert slip.net == slip.gross - slip.deductions
    assert all(line.amount.as_tuple().exponent == -2 for line in slip.lines)


def test_getters_and_json_agree(slip: Payslip) -> None:
    data = json.loads(slip.to_json())
    for key in ("person", "unit", "kind", "month", "evidence", "derivation", "receipt"):
        assert data[key] == getattr(slip, key)
    for key in ("gross", "deductions", "net", "employer_cost"):
        assert Decimal(data[key]) == getattr(slip, key)
    for line, printed in zip(slip.lines, data["lines"], strict=True):
        for key in ("item", "zh", "en", "side", "origin"):
            assert printed[key] == getattr(line, key)
        assert printed["amount"] == str(line.amount)
        assert slip.amount(line.item) == line.amount
    assert slip.amount("year-end-bonus") is None
    # Python's own writer gives the same bytes: no spaces, no escapes, the core's order of keys.
    assert slip.to_json() == json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def test_an_item_is_found_by_code_or_name(slip: Payslip) -> None:
    pay = Decimal("2410.00")
    for name in ("post-pay", "职务工资", PayItem.POST_PAY):
        assert slip.amount(name) == pay
    assert slip.amount("年终一次性奖金") is None
    # What no slip ever has is a mistake, not a line that is not there.
    for name in ("nonsense", "post_pays", ""):
        with pytest.raises(InputError) as caught:
            slip.amount(name)
        assert (caught.value.code, caught.value.field) == (107, "item")
        assert "post-pay" in caught.value.en
        assert "职务工资" in caught.value.zh


def test_explanations_in_both_languages(slip: Payslip) -> None:
    assert "实发合计 14061.13 元" in slip.explain()
    assert "14061.13 yuan" in slip.explain("en")
    assert "核定" in slip.text()
    assert repr(slip) == "<Payslip 2021-03 P0001 net 14061.13>"


def test_the_derivation_is_made_when_asked_and_says_the_same(city: Engine) -> None:
    roster = Roster.from_file(DATA / "sample-roster.csv", month="2021-03")
    for facts in roster.people[::29]:
        slip = city.payslip(facts, month="2021-03")
        told = json.loads(slip.to_json())
        assert told["net"] == str(slip.net)
        assert [(x["item"], x["amount"]) for x in told["lines"]] == [
            (line.item, str(line.amount)) for line in slip.lines
        ]
        # Asked twice, it is the same object's answer.
        assert slip.explain() == slip.explain()
        assert slip.derivation[-1]["result"] == f"{slip.net}"


class Balanced(HTMLParser):
    """Checks that every tag is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Note a tag."""
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take a tag off."""
        assert self.open.pop() == tag


def test_html_unfolds_and_is_balanced(slip: Payslip) -> None:
    page = Balanced()
    page.feed(slip._repr_html_())
    assert page.open == []
    assert {"details", "summary", "table"} <= page.seen


def test_html_has_the_words_of_the_text(city: Engine) -> None:
    roster = Roster.from_file(DATA / "sample-roster.csv", month="2021-03")
    facts = roster.find("P0002")
    assert facts is not None
    slip = city.payslip(facts, month="2021-03")
    html, told = slip._repr_html_(), slip.explain()
    for word in ("一级警司", "晋升", "二手", " 起"):
        assert word in told
        assert word in html
    # Codes are for programs; nobody reads a payslip in them.
    for code in ("supervisor-", "next-month", "half-up", "· secondary ·"):
        assert code not in html


def test_html_escapes_what_the_caller_wrote(city: Engine) -> None:
    facts = {"person": "<b>&'\"", "unit": "<script>", "kind": "officer", "rank": None}
    facts["stated"] = {k: PUBLISHED[k] for k in PUBLISHED if "-performance" not in k}  # type: ignore[assignment]
    facts["duty"] = None
    html = city.payslip(facts, month="2021-03")._repr_html_()
    assert "<script>" not in html
    assert "<b>&'" not in html
    assert "&lt;script&gt;" in html


def test_results_are_frozen(slip: Payslip) -> None:
    for found in (slip, slip.lines[0]):
        with pytest.raises(AttributeError):
            found.net = Decimal(0)  # type: ignore[misc, union-attr]
    with pytest.raises(TypeError):
        Payslip()


def test_facts_that_cannot_be_read_name_person_field_and_month() -> None:
    wrong = {"person": "P1", "kind": "officer", "rank": "大校"}
    calls: list[Callable[[], object]] = [
        lambda: Engine().payslip(wrong, month="2025-03"),
        lambda: Engine().month_run([wrong], month="2025-03"),
    ]
    for call in calls:
        with pytest.raises(InputError) as caught:
            call()
        error = caught.value
        assert (error.person, error.field, str(error.month)) == ("P1", "rank", "2025-03")
