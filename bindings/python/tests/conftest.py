"""What the tests share: where things lie, and engines that are made once."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from zhenggong import Engine, Pack

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "examples" / "data"


@functools.cache
def engine_for(
    place: str | None = None, accept: str = "secondary", known_on: str | None = None
) -> Engine:
    """Return an engine with the national packs and perhaps one example pack."""
    packs = [Pack.example(place)] if place else []
    return Engine(packs, accept=accept, known_on=known_on)


@pytest.fixture
def engine() -> Engine:
    """Return an engine with the national packs."""
    return engine_for()


@pytest.fixture
def city() -> Engine:
    """Return an engine of the invented city, which the sample roster is made for."""
    return engine_for("example-city", "inferred")
