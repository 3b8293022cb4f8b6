//! Factors and vetoes that never do anything, or have no scope to do it in.

use std::collections::BTreeSet;

use super::super::{
    Factor, FactorForm, Trigger, Veto,
    draft::{Draft, say},
};
use crate::{
    assessment::{Condition, FactorOn, PeriodKind, VetoEffect, VetoScope},
    policy::Node,
};

pub(super) fn lint(draft: &Draft<'_>) {
    let by_condition =
        |f: &Factor| f.on == FactorOn::Total && matches!(f.form, FactorForm::Condition { .. });
    let by_factor =
        !draft.factors_whole || draft.factors.iter().any(|(factor, _)| by_condition(factor));
    if draft.split.flatten().is_some() && draft.condition == Some(None) && !by_factor {
        say(
            draft.node,
            "split 用于平时、战时方案，或总分有平战系数的方案 / split goes with a condition, or with a factor of the total by condition",
        );
    }
    let mut names = BTreeSet::new();
    for (factor, node) in &draft.factors {
        twice(&mut names, draft.code(factor.label), *node);
        self::factor(draft, factor, *node);
    }
    let mut names = BTreeSet::new();
    for (veto, node) in &draft.vetoes {
        twice(&mut names, draft.code(veto.label), *node);
        trigger(draft, veto, *node);
        reach(draft, veto, *node);
    }
}

fn twice<'n>(names: &mut BTreeSet<&'n str>, code: &'n str, node: Node<'_>) {
    if !names.insert(code) {
        say(node, format!("{code} 重复 / {code} occurs twice"));
    }
}

fn factor(draft: &Draft<'_>, factor: &Factor, node: Node<'_>) {
    let code = draft.code(factor.label);
    let never = |condition: Condition| draft.condition.flatten().is_some_and(|c| c != condition);
    let zero = match &factor.form {
        FactorForm::Flag { value, .. } | FactorForm::Condition { value, .. } => value.is_zero(),
        FactorForm::Identity { values, default } => {
            default.is_zero() || values.iter().any(|(_, v)| v.is_zero())
        }
    };
    if zero {
        let detail = match factor.on {
            FactorOn::Event => {
                format!(
                    "系数 {code} 为 0，事件永远不计分 / factor {code} is 0 and takes all points away"
                )
            }
            FactorOn::Total => format!(
                "系数 {code} 为 0，总分清零应写否决（effect = \"zero\"） / factor {code} is 0: write a veto with effect = \"zero\""
            ),
        };
        say(node, detail);
    }
    match &factor.form {
        FactorForm::Condition { when, .. } if never(*when) => {
            say(node, format!("系数 {code} 永远不适用 / factor {code} never applies"));
        }
        FactorForm::Flag { items, .. } => {
            // A factor multiplies occurrences; values that are measured have no flag.
            let named = |item: &u16| draft.items.get(usize::from(*item));
            for item in items.iter().filter_map(named).filter(|i| draft.item_whole(i)) {
                if draft.rules_of(&item.it).iter().all(|r| r.it.is_measured()) {
                    let item = draft.code(item.it.label);
                    say(
                        node,
                        format!(
                            "系数 {code} 对项目 {item} 永远不适用：其规则都按测量值 / factor {code} never applies to item {item}, which has measured values alone"
                        ),
                    );
                }
            }
        }
        FactorForm::Condition { .. } | FactorForm::Identity { .. } => {}
    }
}

fn trigger(draft: &Draft<'_>, veto: &Veto, node: Node<'_>) {
    let code = draft.code(veto.label);
    match &veto.trigger {
        Trigger::Events { rules, .. } => {
            let named = rules.iter().filter_map(|r| draft.rules.get(usize::from(*r)));
            for rule in named.filter(|r| r.whole && r.it.is_measured()) {
                let rule = draft.code(rule.it.label);
                say(
                    node,
                    format!(
                        "否决 {code} 由规则 {rule} 触发：测量值每录入一次即触发，应改用 sheet 与 below / veto {code} goes by rule {rule}: a measured value would set it off whenever it is entered; use sheet and below"
                    ),
                );
            }
        }
        Trigger::SheetBelow(sheet, below) => {
            let Some(sheet) = draft.sheets.get(usize::from(*sheet)) else { return };
            let (range, sheet) = (draft.range_of(sheet), draft.code(sheet.it.label));
            if let Some(least) = range.least.filter(|least| below <= least) {
                say(
                    node,
                    format!(
                        "否决 {code} 永远不触发：考核表 {sheet} 不会低于 {least} / veto {code} is never set off: sheet {sheet} is never below {least}"
                    ),
                );
            } else if let Some(most) = range.most.filter(|most| below > most) {
                say(
                    node,
                    format!(
                        "否决 {code} 总是触发：考核表 {sheet} 最高 {most} 分 / veto {code} is always set off: sheet {sheet} has {most} at most"
                    ),
                );
            }
        }
    }
}

/// What a veto lowers has to be there: a better grade, or a year.
fn reach(draft: &Draft<'_>, veto: &Veto, node: Node<'_>) {
    let code = draft.code(veto.label);
    if veto.effect == VetoEffect::GradeAtMost && veto.grade == Some(0) {
        say(
            node,
            format!(
                "否决 {code} 没有效果：最高等次之上没有等次 / veto {code} has no effect: no grade is above the best one"
            ),
        );
    }
    if veto.effect == VetoEffect::NoGrade
        && draft.grades.read
        && draft.grades.list.is_empty()
        && veto.scope == VetoScope::Period
    {
        say(
            node,
            format!(
                "否决 {code} 没有效果：方案没有等次 / veto {code} has no effect: the scheme has no grades"
            ),
        );
    }
    let Some(period) = draft.period else { return };
    if veto.scope != VetoScope::Year || period == PeriodKind::Year || !draft.rollups_whole {
        return;
    }
    let year = draft.rollups.iter().find(|r| r.it.to == PeriodKind::Year);
    let Some(year) = year else {
        say(
            node,
            format!(
                "否决 {code} 的范围是年度，但方案既不是年度方案，也没有合成年度的 rollups / veto {code} reaches the year, which the scheme does not make"
            ),
        );
        return;
    };
    // The grade is looked for among those of the year.
    let grade = veto.grade.and_then(|g| draft.grades.list.get(usize::from(g)));
    if let Some(grade) = grade
        && !year.it.grades.iter().any(|g| g.name.code == grade.name.code)
    {
        let grade = &grade.name.code;
        say(
            node,
            format!(
                "否决 {code} 的等次 {grade} 不在年度等次之中 / veto {code}: {grade} is none of the year's grades"
            ),
        );
    }
}
