"""Exceptions, one class per family of error codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._native import Finding

__all__ = ["InputError", "InternalError", "PolicyError", "RuleError", "ZhenggongError"]


class ZhenggongError(Exception):
    """What went wrong, where, and what to do. Branch on ``code``, never on text.

    Attributes:
        code: Stable number, the same in Rust and C.
        name: Stable name of the code, such as ``"MissingFact"``.
        person: Opaque id of the person concerned, or None.
        rule: Id of the rule that was running, or None.
        field: Field or fact concerned, or None.
        month: Month that was computed, or None.
        row: Row of the input from 1, or None.
        source: Document or place of a file concerned, or None.
        zh: The message in Chinese.
        en: The message in English.
        findings: Everything that was found, where a pack or a roster can't be used; empty in an
            error that came out of a pickle, as from a worker process.
    """

    def __init__(
        self,
        *,
        code: int,
        name: str,
        zh: str,
        en: str,
        json: str,
        person: str | None = None,
        rule: str | None = None,
        field: str | None = None,
        month: str | None = None,
        row: int | None = None,
        source: str | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> None:
        super().__init__(f"[{code}] {en}")
        self.code = code
        self.name = name
        self.person = person
        self.rule = rule
        self.field = field
        self.month = month
        self.row = row
        self.source = source
        self.zh = zh
        self.en = en
        self.findings = findings
        self._json = json

    def __reduce__(self) -> tuple[Any, ...]:
        # Worker processes send exceptions back; findings stay where they were made.
        names = ("code", "name", "person", "rule", "field", "month", "row", "source", "zh", "en")
        fields = {name: getattr(self, name) for name in names}
        return _remade, (type(self), {**fields, "json": self._json})

    def to_json(self) -> str:
        """Return the error as JSON text, the same bytes as in Rust and C."""
        return self._json


def _remade(kind: type[ZhenggongError], fields: dict[str, Any]) -> ZhenggongError:
    return kind(**fields)


class InputError(ZhenggongError):
    """1xx: what the caller gave."""


class PolicyError(ZhenggongError):
    """2xx: policy data."""


class RuleError(ZhenggongError):
    """3xx: a rule that can't give an answer."""


class InternalError(ZhenggongError):
    """9xx: a fault of this library."""
