"""What pickles call to make their objects again."""

from __future__ import annotations

from datetime import date
from typing import Any

from . import Engine, Facts, Pack

__all__ = ["engine", "facts", "pack"]


def engine(packs: tuple[Pack, ...], place: str, accept: str, known_on: date | None) -> Engine:
    """Return an engine of these packs, the national ones among them."""
    return Engine(packs, national=False, place=place, accept=accept, known_on=known_on)


def facts(given: dict[str, Any]) -> Facts:
    """Return the facts of a dict."""
    return Facts(given)


def pack(text: str, name: str) -> Pack:
    """Return the pack of a text."""
    return Pack.from_text(text, name=name)
