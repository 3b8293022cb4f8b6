//! Parts that are read and then change nothing, or that nobody whom the scheme assesses can have.

use super::super::{
    Factor, FactorForm, ItemRule, RuleForm, Steps, Trigger,
    draft::{Draft, Part, say},
};
use crate::{
    assessment::{Direction, FactorOn, ItemMode, Points, SubjectKind, VetoEffect},
    number::Rate,
    policy::Node,
};

pub(super) fn lint(draft: &Draft<'_>) {
    for rule in draft.rules.iter().filter(|r| r.whole) {
        parts_of(draft, rule);
        whom(draft, rule);
    }
    limits(draft);
    for (factor, node) in &draft.factors {
        self::factor(draft, factor, *node);
    }
    for (veto, node) in &draft.vetoes {
        let code = draft.code(veto.label);
        if let Trigger::Events { rules, .. } = &veto.trigger
            && rules.iter().enumerate().any(|(at, r)| rules.iter().take(at).any(|b| b == r))
        {
            say(*node, format!("否决 {code} 的规则重复 / a rule of veto {code} occurs twice"));
        }
        let people = draft.subject.is_some_and(|s| s != SubjectKind::Auxiliary);
        if veto.effect == VetoEffect::Terminate && people {
            say(
                *node,
                format!(
                    "否决 {code} 解除合同，只用于辅警方案 / veto {code} ends a contract, which auxiliaries alone have"
                ),
            );
        }
    }
    constant(draft);
}

/// A part of a rule that gives no points beside others that do.
fn parts_of(draft: &Draft<'_>, rule: &Part<'_, ItemRule>) {
    let code = draft.code(rule.it.label);
    let detail = match &rule.it.form {
        RuleForm::Surcharge { extra, .. } if extra.is_empty() => format!(
            "规则 {code} 没有加重（flags），应写 per-occurrence / rule {code} has no surcharge: write per-occurrence"
        ),
        RuleForm::Surcharge { extra, .. } if extra.iter().any(|(_, p)| p.is_zero()) => {
            format!("规则 {code} 有加重 0 分 / a surcharge of rule {code} is 0")
        }
        RuleForm::Ceiling { steps: Steps::Percent(_, p) | Steps::PerCase(p), .. }
            if p.is_zero() =>
        {
            format!("规则 {code} 的加重为 0，超出多少都一样 / the steps of rule {code} are 0")
        }
        RuleForm::Rated { weights, .. } if weights.iter().any(|(_, w)| w.is_zero()) => format!(
            "规则 {code} 有评议主体权重为 0，其评分不计 / a kind of rater of rule {code} has the weight 0: its marks do not count"
        ),
        RuleForm::Bands(bands)
            if bands.iter().any(|b| b.below.is_some_and(|p| p <= Points::ZERO)) =>
        {
            format!(
                "规则 {code} 有分档在 0 以下，测量值不为负 / a band of rule {code} is below 0, where no value is"
            )
        }
        _ => return,
    };
    say(rule.node, detail);
}

/// Facts that a rule needs, and that no subject of the scheme has.
fn whom(draft: &Draft<'_>, rule: &Part<'_, ItemRule>) {
    if draft.subject != Some(SubjectKind::Unit) {
        return;
    }
    let code = draft.code(rule.it.label);
    let detail = match &rule.it.form {
        _ if !rule.it.by_role.is_empty() => format!(
            "规则 {code}：单位没有角色，by_role 无从适用 / rule {code}: a unit has no role, so that by_role never applies"
        ),
        RuleForm::Fitness(_) | RuleForm::TrainingDays(_) => format!(
            "规则 {code}：单位不参加测试和训练，应写在人员方案中 / rule {code}: a unit takes no test and no training: the rule is for people"
        ),
        _ => return,
    };
    say(rule.node, detail);
}

/// A limit of 0 on a public item takes away what its rules give in that direction; where nothing at all
/// counts the item has a finding of its own.
fn limits(draft: &Draft<'_>) {
    for item in draft.items.iter().filter(|i| draft.item_whole(i)) {
        let it = &item.it;
        if it.mode != ItemMode::Public {
            continue;
        }
        let none = |limit: Option<Points>| limit.is_some_and(|l| l.is_zero());
        let (adds, deducts) = (draft.goes(it, Direction::Add), draft.goes(it, Direction::Deduct));
        let code = draft.code(it.label);
        if !(adds && deducts) || (none(it.most) && none(it.least)) {
            continue;
        }
        if none(it.most) {
            say(
                item.node,
                format!(
                    "项目 {code} 的加分限额为 0，加分永远不计 / the limit `most` of item {code} is 0: additions never count"
                ),
            );
        } else if none(it.least) {
            say(
                item.node,
                format!(
                    "项目 {code} 的扣分限额为 0，扣分永远不计 / the limit `least` of item {code} is 0: deductions never count"
                ),
            );
        }
    }
}

fn factor(draft: &Draft<'_>, factor: &Factor, node: Node<'_>) {
    let code = draft.code(factor.label);
    // Points that are measured are not multiplied, so that a factor of events needs an occurrence.
    let measured = draft.complete() && draft.rules.iter().all(|r| r.it.is_measured());
    let everywhere = match &factor.form {
        FactorForm::Flag { items, .. } => items.is_empty(),
        FactorForm::Condition { .. } => true,
        FactorForm::Identity { .. } => false,
    };
    if factor.on == FactorOn::Event && measured && everywhere {
        say(
            node,
            format!(
                "系数 {code} 永远不适用：方案的规则都按测量值 / factor {code} never applies: all rules of the scheme go by measured values"
            ),
        );
    }
    let detail = match &factor.form {
        FactorForm::Flag { value, .. } | FactorForm::Condition { value, .. }
            if *value == Rate::ONE =>
        {
            format!("系数 {code} 为 1，不起作用 / factor {code} is 1 and changes nothing")
        }
        FactorForm::Identity { values, .. } if values.is_empty() => format!(
            "系数 {code} 没有身份，无人可得 / factor {code} names no identity: nobody can have it"
        ),
        FactorForm::Identity { values, default } if values.iter().all(|(_, v)| v == default) => {
            format!(
                "系数 {code} 的身份都与默认值相同，不起作用 / the identities of factor {code} all have its default: it changes nothing"
            )
        }
        _ => return,
    };
    say(node, detail);
}

/// Scores that are the same for everyone.
fn constant(draft: &Draft<'_>) {
    for sheet in draft.sheets.iter().filter(|s| draft.sheet_whole(s)) {
        let code = draft.code(sheet.it.label);
        let (it, range) = (&sheet.it, draft.range_of(sheet));
        if range.least.is_some() && range.least == range.most && !it.items.is_empty() {
            let score = range.most.unwrap_or(it.base);
            // What its items can't do at all they say themselves.
            if it.floor.is_some() {
                say(
                    sheet.node,
                    format!(
                        "考核表 {code} 的上下限使所有人都得 {score} / the bounds of sheet {code} give everyone {score}"
                    ),
                );
            }
        }
        if draft.combine == Some(super::super::Combine::Weighted)
            && it.weight.is_some_and(|w| w.is_zero())
        {
            say(
                sheet.node,
                format!(
                    "考核表 {code} 的权重为 0，不计入总分 / sheet {code} has the weight 0 and does not count"
                ),
            );
        }
    }
    if let Some((limits, node)) = &draft.total
        && let (Some(floor), Some(most)) = (limits.floor, draft.highest())
        && floor == most
    {
        say(
            *node,
            format!(
                "总分下限 {floor} 等于最高分，所有人同分 / the floor {floor} is the highest total: everyone has it"
            ),
        );
    }
    for rollup in &draft.rollups {
        if rollup.it.weights.iter().any(|w| w.is_zero()) {
            say(
                rollup.node,
                "rollups 有权重为 0 的一期，其成绩不计 / a period of the rollup has the weight 0 and does not count",
            );
        }
    }
}
