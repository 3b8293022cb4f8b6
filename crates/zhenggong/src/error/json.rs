//! Errors as JSON.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{ErrorClass, ErrorCode};
use crate::{calendar::Month, vocabulary::Term};

/// 错误. What went wrong, where, and what to do. A place that is not known is left out.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Error")]
pub(crate) struct ErrorJson<'a> {
    /// 错误码，含义不变. The stable number; later releases may add some.
    #[schemars(schema_with = "numbers")]
    pub(super) code: u16,
    /// 错误码名称. The name of the code.
    #[schemars(schema_with = "names")]
    pub(super) name: &'static str,
    /// 错误类别. Which side it concerns.
    pub(super) class: ErrorClass,
    /// 人员编号. Opaque id of the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) person: Option<&'a str>,
    /// 规则编号. Id of the rule that was running.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<&'a str>,
    /// 字段. The field or fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) field: Option<&'a str>,
    /// 月份. The month that was computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) month: Option<Month>,
    /// 行号，从 1 起. Row of the table, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) row: Option<u64>,
    /// 依据. The document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<&'a str>,
    /// 消息中的值. The values in the message, by name.
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub(super) args: Map<String, Json>,
    /// 中文消息. The message in Chinese.
    pub(super) zh: String,
    /// 英文消息. The message in English.
    pub(super) en: String,
}

fn numbers(_: &mut SchemaGenerator) -> Schema {
    let all: Vec<_> = ErrorCode::ALL.iter().map(|c| c.number()).collect();
    json_schema!({ "type": "integer", "enum": all })
}

fn names(_: &mut SchemaGenerator) -> Schema {
    let all: Vec<_> = ErrorCode::ALL.iter().map(|c| c.name()).collect();
    json_schema!({ "type": "string", "enum": all })
}

const fn class(class: ErrorClass) -> Term {
    match class {
        ErrorClass::Input => Term::new("input", "调用方输入", "what the caller gave"),
        ErrorClass::Policy => Term::new("policy", "标准数据", "policy data"),
        ErrorClass::Rule => {
            Term::new("rule", "规则不能得出结果", "a rule that can't give an answer")
        }
        ErrorClass::Internal => Term::new("internal", "本库故障", "a fault of this library"),
    }
}

crate::schema::written_by_code! {
    ErrorClass ("错误类别", "class of an error") of => class(of);
    Input, Policy, Rule, Internal
}
