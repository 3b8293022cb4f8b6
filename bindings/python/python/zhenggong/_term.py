"""What the members of the closed lists have in common."""

from __future__ import annotations

import enum
from typing import Self

__all__ = ["Term", "named"]

# The Chinese and English name of each member, by its list and code.
_NAMES: dict[type[Term], dict[str, tuple[str, str]]] = {}


class Term(enum.StrEnum):
    """A word of the field: text that is its code, with its Chinese and English names."""

    @property
    def code(self) -> str:
        """The code, which never changes."""
        return str(self.value)

    @property
    def zh(self) -> str:
        """The Chinese name."""
        return _NAMES[type(self)][self.value][0]

    @property
    def en(self) -> str:
        """The English name."""
        return _NAMES[type(self)][self.value][1]

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        # A list is also read by its Chinese names, as rosters have them.
        return next((member for member in cls if member.zh == value), None)


def named(kind: type[Term], names: dict[str, tuple[str, str]]) -> None:
    """Give the members of a list their names."""
    _NAMES[kind] = names
