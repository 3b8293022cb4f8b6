//! The closed lists of the field, as data for the enums of the package.

use guarded::guarded;
use pyo3::prelude::*;
use serde_json::{Value as Json, json};
use zhenggong::{
    insurance::{FloatStep, RiskClass, StartKind},
    policy::{Evidence, Layer},
    settlement::Origin,
    tax::{BonusElection, WithholdingMethod},
    vocabulary::{
        AuxiliaryGrade, DutyType, Education, ElderlySupport, HousingRelief, PayItem, PersonKind,
        PoliceRank, PostKind, PostTier, RankEvent, Vocabulary,
    },
};

use crate::output;

fn list<V: Vocabulary>(name: &str) -> Json {
    let members = V::ALL.iter().map(|member| {
        let term = member.term();
        json!({ "code": term.code, "zh": term.zh, "en": term.en })
    });
    let members: Vec<_> = members.collect();
    json!({ "name": name, "code": V::KIND.code, "zh": V::KIND.zh, "en": V::KIND.en, "members": members })
}

macro_rules! lists {
    ($($name:ident),* $(,)?) => { vec![$(list::<$name>(stringify!($name))),*] };
}

/// Return the closed lists of the field (词表) that facts and results speak in.
///
/// Returns:
///     For each list its ``name``, ``code``, ``zh``, ``en`` and ``members``; for each member
///     ``code``, ``zh`` and ``en``. The enums of ``zhenggong`` are made of it.
///
/// Example:
///     >>> import zhenggong
///     >>> lists = {v["name"]: v for v in zhenggong.vocabularies()}
///     >>> lists["PersonKind"]["members"][0]["zh"]
///     '民警'
#[guarded]
#[pyfunction]
pub(crate) fn vocabularies(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    let all = lists![
        PersonKind,
        PoliceRank,
        RankEvent,
        PostTier,
        PostKind,
        DutyType,
        AuxiliaryGrade,
        Education,
        HousingRelief,
        ElderlySupport,
        RiskClass,
        FloatStep,
        StartKind,
        WithholdingMethod,
        BonusElection,
        PayItem,
        Origin,
        Evidence,
        Layer,
    ];
    output::value(py, &Json::Array(all))
}
