//! Published scores as they are read: totals by subject, or a list of records.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{Points, Published, PublishedScore, VetoEffect, VetoScope};
use crate::{
    number::Rate,
    person::{Label, id},
};

/// 已公布的一个成绩. The score of one subject as it was published; a record of the `scores` of `assessment.score` is one,
/// and what is not read of it is for people.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PublishedScore")]
struct Record {
    /// 对象. The subject.
    #[serde(deserialize_with = "id::subject")]
    #[schemars(with = "Label")]
    subject: Label,
    /// 总分. The total.
    total: Points,
    /// 等次. The grade, or what the scheme says where there is none.
    #[serde(default)]
    grade: Option<String>,
    /// 当月奖金系数. The coefficient of the month's bonus.
    #[serde(default)]
    coefficient: Option<Rate>,
    /// 各考核表得分，按编号. The scores of sheets, by id.
    #[serde(default)]
    sheets: Option<BTreeMap<String, Points>>,
    /// 触发的否决. The vetoes that were set off.
    #[serde(default)]
    vetoes: Option<Vec<Veto>>,
    /// 方案. The scheme; a record that has it is an answer of `assessment.score`.
    #[serde(default)]
    scheme: Option<String>,
    #[serde(default, rename = "unit")]
    #[schemars(with = "Ignored")]
    _unit: IgnoredAny,
    #[serde(default, rename = "sequence")]
    #[schemars(with = "Ignored")]
    _sequence: IgnoredAny,
    #[serde(default, rename = "parts")]
    #[schemars(with = "Ignored")]
    _parts: IgnoredAny,
    #[serde(default, rename = "combined")]
    #[schemars(with = "Ignored")]
    _combined: IgnoredAny,
    #[serde(default, rename = "factors")]
    #[schemars(with = "Ignored")]
    _factors: IgnoredAny,
    #[serde(default, rename = "presence")]
    #[schemars(with = "Ignored")]
    _presence: IgnoredAny,
    #[serde(default, rename = "open")]
    #[schemars(with = "Ignored")]
    _open: IgnoredAny,
    #[serde(default, rename = "trail")]
    #[schemars(with = "Ignored")]
    _trail: IgnoredAny,
}

/// What is not read.
type Ignored = serde_json::Value;

/// 触发的否决. A veto that was set off.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PublishedVeto")]
pub(super) struct Veto {
    /// 否决编号. The veto.
    pub(super) veto: String,
    /// 效果. What it does.
    pub(super) effect: VetoEffect,
    /// 范围. How far it reaches.
    pub(super) scope: VetoScope,
    /// 触发的事件. The event that set it off.
    #[serde(default)]
    pub(super) event: Option<Label>,
}

impl From<Record> for PublishedScore {
    fn from(record: Record) -> Self {
        let Record { subject, total, grade, coefficient, sheets, vetoes, scheme, .. } = record;
        let whole = scheme.is_some();
        Self {
            subject,
            total,
            grade,
            coefficient,
            sheets: sheets.unwrap_or_default(),
            vetoes: vetoes.or_else(|| whole.then(Vec::new)),
            whole,
        }
    }
}

impl<'de> Deserialize<'de> for Published {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Published;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("totals by subject, or a list of records")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Published, A::Error> {
                let mut scores = Vec::new();
                while let Some((Subject(subject), total)) = map.next_entry()? {
                    scores.push(PublishedScore::new(subject, total));
                }
                Ok(Published { scores, listed: false })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Published, A::Error> {
                let mut scores = Vec::new();
                while let Some(record) = rows.next_element::<Record>()? {
                    scores.push(record.into());
                }
                Ok(Published { scores, listed: true })
            }
        }
        from.deserialize_any(Either)
    }
}

/// The id of a subject as a key.
struct Subject(Label);

impl<'de> Deserialize<'de> for Subject {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        id::subject(from).map(Self)
    }
}

impl JsonSchema for Published {
    fn schema_name() -> Cow<'static, str> {
        "Published".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "anyOf": [
            {
                "type": "object",
                "additionalProperties": generator.subschema_for::<Points>(),
            },
            generator.subschema_for::<Vec<Record>>(),
        ] })
    }
}
