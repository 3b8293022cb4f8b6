//! The schemes in force as JSON, for lists and forms.

use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Condition, Direction, Grade, Item, ItemMode, ItemRule, Name, PeriodKind, Points, RuleKind,
    Scheme, Sheet, SubjectKind,
};
use crate::number::Rate;

/// 编号和名称. A code with its names.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct NameAnswer {
    /// 编号. The code.
    id: String,
    /// 中文名称. The Chinese name.
    zh: String,
    /// 英文名称. The English name.
    en: String,
}

/// 考核方案. A scheme of assessment.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct SchemeAnswer {
    #[serde(flatten)]
    name: NameAnswer,
    /// 考核对象. Who is assessed.
    subject: SubjectKind,
    /// 考核周期. How long one assessment runs.
    period: PeriodKind,
    /// 平战状态；方案不分平战时不列. The condition in which it holds; left out where it holds in both.
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
    /// 只用于自行指明它的对象；一般方案不列. Whether it is for those alone who name it; left out where it is not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    by_name: bool,
    /// 是否为三个百分制. Whether it has three sheets of 100 points each.
    three_hundred: bool,
    /// 等次，由高到低. The grades, high to low.
    grades: Vec<SchemeGradeAnswer>,
    /// 考核表. The sheets.
    sheets: Vec<SheetAnswer>,
}

/// 方案的等次. A grade of a scheme.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct SchemeGradeAnswer {
    #[serde(flatten)]
    name: NameAnswer,
    /// 最低分，单位分；由人工确定的等次和最末等次不列. The lowest score that gets it; left out for one given by hand, and
    /// for the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Points>,
    /// 是否由人工或按名次确定. Whether it is given by hand or by rank.
    by_hand: bool,
}

/// 考核表. A sheet.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct SheetAnswer {
    #[serde(flatten)]
    name: NameAnswer,
    /// 起始分，单位分. The points it starts at.
    base: Points,
    /// 满分，单位分. What the weights of its items sum to.
    full: Points,
    /// 权重；各表不加权时不列. Its weight in the total; left out where sheets have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<Rate>,
    /// 项目. The items.
    items: Vec<ItemAnswer>,
}

/// 考核项目. An item of a sheet.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct ItemAnswer {
    #[serde(flatten)]
    name: NameAnswer,
    /// 计分方式. How its rules change the sheet.
    mode: ItemMode,
    /// 分值，单位分；公共加扣分项目不列. The points it is worth; left out for a public item.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<Points>,
    /// 条款. The clause of the scheme, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
    /// 计分规则. The rules.
    rules: Vec<RuleAnswer>,
}

/// 计分规则. A rule of an item.
#[derive(Debug, Clone, Serialize, JsonSchema)]
struct RuleAnswer {
    #[serde(flatten)]
    name: NameAnswer,
    /// 规则种类. Its kind.
    kind: RuleKind,
    /// 加扣方向. Whether it takes points off or adds them.
    direction: Direction,
    /// 条款. The clause of the scheme, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
}

impl From<&Name> for NameAnswer {
    fn from(name: &Name) -> Self {
        Self { id: name.code.clone(), zh: name.zh.clone(), en: name.en.clone() }
    }
}

/// Returns the part of a list that belongs to something above it.
fn part<'a, T>(all: &'a [T], range: &Range<u16>) -> &'a [T] {
    all.get(usize::from(range.start)..usize::from(range.end)).unwrap_or_default()
}

impl SchemeAnswer {
    pub(super) fn of(scheme: &Scheme) -> Self {
        let grade = |g: &Grade| SchemeGradeAnswer {
            name: (&g.name).into(),
            from: g.from,
            by_hand: g.by_hand,
        };
        Self {
            name: (&scheme.name).into(),
            subject: scheme.subject,
            period: scheme.period,
            condition: scheme.condition,
            by_name: scheme.by_name,
            three_hundred: scheme.three_hundred,
            grades: scheme.grades.iter().map(grade).collect(),
            sheets: scheme.sheets.iter().filter_map(|s| SheetAnswer::of(scheme, s)).collect(),
        }
    }
}

impl SheetAnswer {
    fn of(scheme: &Scheme, sheet: &Sheet) -> Option<Self> {
        let items = part(&scheme.items, &sheet.items).iter();
        Some(Self {
            name: scheme.name_of(sheet.label)?.into(),
            base: sheet.base,
            full: sheet.full,
            weight: sheet.weight,
            items: items.filter_map(|i| ItemAnswer::of(scheme, i)).collect(),
        })
    }
}

impl ItemAnswer {
    fn of(scheme: &Scheme, item: &Item) -> Option<Self> {
        let rules = part(&scheme.rules, &item.rules).iter();
        Some(Self {
            name: scheme.name_of(item.label)?.into(),
            mode: item.mode,
            weight: item.weight,
            clause: clause(scheme, item.clause),
            rules: rules.filter_map(|r| RuleAnswer::of(scheme, r)).collect(),
        })
    }
}

impl RuleAnswer {
    fn of(scheme: &Scheme, rule: &ItemRule) -> Option<Self> {
        Some(Self {
            name: scheme.name_of(rule.label)?.into(),
            kind: rule.form.kind(),
            direction: rule.direction,
            clause: clause(scheme, rule.clause),
        })
    }
}

fn clause(scheme: &Scheme, label: Option<u16>) -> Option<String> {
    label.map(|label| scheme.code(label).to_owned())
}
