//! The records that have a schema, apart from those of the rules.

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::Contract};

use crate::{
    catalogue::entry::RuleEntry,
    derivation::DerivationJson,
    engine::EvaluationJson,
    error::{ErrorJson, FindingJson},
    person::PersonMonth,
    settlement::{MonthRunJson, PayslipJson, ReceiptJson},
};

/// A record with a schema.
pub(super) struct Form {
    pub(super) name: &'static str,
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    pub(super) contract: Contract,
    pub(super) make: fn(&mut SchemaGenerator) -> Schema,
}

const fn read<T: JsonSchema>(name: &'static str, zh: &'static str, en: &'static str) -> Form {
    Form { name, zh, en, contract: Contract::Deserialize, make: |g| g.root_schema_for::<T>() }
}

const fn written<T: JsonSchema>(name: &'static str, zh: &'static str, en: &'static str) -> Form {
    Form { contract: Contract::Serialize, ..read::<T>(name, zh, en) }
}

/// All of them, in the order of the listing.
pub(super) const FORMS: &[Form] = &[
    read::<PersonMonth>("person", "一人一月的人员事实", "facts of one person for one month"),
    written::<PayslipJson<'_>>("payslip", "工资单", "payslip of one person for one month"),
    written::<MonthRunJson<'_>>("month-run", "月度核算结果", "result of a month run"),
    written::<EvaluationJson<'_>>("evaluation", "规则计算结果", "answer of one rule"),
    written::<DerivationJson<'_>>(
        "derivation",
        "计算过程",
        "derivation: why a value is what it is",
    ),
    written::<ReceiptJson<'_>>("receipt", "计算回执", "receipt: what a result was computed with"),
    written::<ErrorJson<'_>>("error", "错误", "error"),
    written::<FindingJson<'_>>("finding", "检查结果", "finding of a lint or a reader"),
    written::<RuleEntry>("rule", "规则目录条目", "entry of the rule catalogue"),
];
