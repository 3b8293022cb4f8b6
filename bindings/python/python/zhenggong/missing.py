"""The mark of a fact that nobody said."""

from __future__ import annotations

import enum
from typing import Final

__all__ = ["MISSING", "Missing"]


class Missing(enum.Enum):
    """The type of ``MISSING``."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING
"""Value of a dataclass field whose fact is not known. None says that it does not apply."""
