"""zhenggong (政工): the rules of police personnel work in China: exact, explainable, dated, cited.

    >>> from zhenggong import Engine
    >>> engine = Engine()
    >>> ranks = [{"from": "2014-07-01", "rank": "三级警司"}]
    >>> engine.evaluate("allowance.police-rank", {"month": "2016-03", "ranks": ranks}).value
    '660.00'

Amounts are ``Decimal`` or text, in yuan; a float is refused. None says that a fact does not apply;
a fact that is not known is left out, and a rule that needs it says so.
"""

from __future__ import annotations

from ._native import (
    Assessment,
    AssessmentTable,
    Engine,
    Evaluation,
    Facts,
    Finding,
    MonthRun,
    Pack,
    PayBatches,
    PayLine,
    Payslip,
    PayTable,
    Roster,
    RunRow,
    Totals,
    build_info,
    error_codes,
    lint,
    rules,
    schema,
    schemas,
    vocabularies,
)
from .exceptions import InputError, InternalError, PolicyError, RuleError, ZhenggongError
from .missing import MISSING, Missing
from .vocabulary import (
    AuxiliaryGrade,
    BonusElection,
    DutyType,
    Education,
    ElderlySupport,
    Evidence,
    FloatStep,
    HousingRelief,
    Layer,
    Origin,
    PayItem,
    PersonKind,
    PoliceRank,
    PostKind,
    PostTier,
    RankEvent,
    RiskClass,
    StartKind,
    WithholdingMethod,
)

__all__ = [
    "MISSING",
    "Assessment",
    "AssessmentTable",
    "AuxiliaryGrade",
    "BonusElection",
    "DutyType",
    "Education",
    "ElderlySupport",
    "Engine",
    "Evaluation",
    "Evidence",
    "Facts",
    "Finding",
    "FloatStep",
    "HousingRelief",
    "InputError",
    "InternalError",
    "Layer",
    "Missing",
    "MonthRun",
    "Origin",
    "Pack",
    "PayBatches",
    "PayItem",
    "PayLine",
    "PayTable",
    "Payslip",
    "PersonKind",
    "PoliceRank",
    "PolicyError",
    "PostKind",
    "PostTier",
    "RankEvent",
    "RiskClass",
    "Roster",
    "RuleError",
    "RunRow",
    "StartKind",
    "Totals",
    "WithholdingMethod",
    "ZhenggongError",
    "build_info",
    "error_codes",
    "lint",
    "rules",
    "schema",
    "schemas",
    "vocabularies",
]

__version__: str = build_info()["version"]

data_version: str


def __getattr__(name: str) -> str:
    # Reading the built-in packs takes longer than the rest of the import; it waits for a question.
    if name == "data_version":
        from ._native import data_version as compute

        found: str = compute()
        globals()[name] = found
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
