//! An entry of the catalogue as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    policy::{RuleInfo, Scope},
    schema::written_by_code,
    vocabulary::Term,
};

/// 规则目录条目. A rule as the catalogue lists it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Rule")]
pub(crate) struct RuleEntry {
    /// 规则编号. Id of the rule.
    id: &'static str,
    /// 中文名. The Chinese name.
    zh: &'static str,
    /// 英文名. The English name.
    en: &'static str,
    /// 规则说明. What it computes.
    about: About,
    /// 输入. The inputs, without the month that every rule takes.
    inputs: Vec<InputEntry>,
    /// 输出. What comes back.
    output: &'static str,
    /// 所读标准. The policy fields that it reads.
    policy: Vec<PolicyEntry>,
}

/// 两种语言的一句话. One sentence in each language.
#[derive(Serialize, JsonSchema)]
struct About {
    /// 中文. In Chinese.
    zh: &'static str,
    /// 英文. In English.
    en: &'static str,
}

/// 一项输入. An input of a rule.
#[derive(Serialize, JsonSchema)]
struct InputEntry {
    /// 键. Its key.
    key: &'static str,
    /// 中文名. The Chinese name.
    zh: &'static str,
    /// 英文名. The English name.
    en: &'static str,
    /// 写法. What is written there.
    form: &'static str,
    /// 是否必填. Whether the rule always needs it.
    required: bool,
}

/// 一项标准. A policy field.
#[derive(Serialize, JsonSchema)]
struct PolicyEntry {
    /// 标准项. Its key in a pack.
    field: &'static str,
    /// 可由谁规定. Who may set it.
    scope: Scope,
}

const fn scope(scope: Scope) -> Term {
    match scope {
        Scope::National => Term::new("national", "只由国家规定", "a national standard"),
        Scope::Local => Term::new("local", "地方可规定", "any layer may set it"),
    }
}

written_by_code! {
    Scope ("规定权限", "who may set a field") of => scope(of);
    National, Local
}

impl RuleEntry {
    pub(super) fn of(rule: &RuleInfo) -> Self {
        let inputs = rule.inputs.iter().map(|i| InputEntry {
            key: i.term.code,
            zh: i.term.zh,
            en: i.term.en,
            form: i.form,
            required: i.required,
        });
        let policy = rule.fields.iter().map(|f| PolicyEntry { field: f.key, scope: f.scope });
        Self {
            id: rule.id(),
            zh: rule.term.zh,
            en: rule.term.en,
            about: About { zh: rule.about.zh, en: rule.about.en },
            inputs: inputs.collect(),
            output: rule.output,
            policy: policy.collect(),
        }
    }
}
