//! Points of rules against their caps and their items, and bands that leave results without an answer.

use super::{
    super::{
        Band, FitnessGrading, Item, ItemRule, RuleForm,
        draft::{Draft, Part, say},
    },
    items::is_idle,
};
use crate::assessment::{Direction, ItemMode, Points};

pub(super) fn lint(draft: &Draft<'_>) {
    for rule in draft.rules.iter().filter(|r| r.whole && !is_idle(&r.it)) {
        capped(draft, rule);
        match &rule.it.form {
            RuleForm::Bands(bands) => ends(draft, rule, bands),
            RuleForm::Fitness(form) => {
                if let FitnessGrading::Sum(bands) = &form.grading {
                    ends(draft, rule, bands);
                }
            }
            _ => {}
        }
        let item = draft.items.get(usize::from(rule.it.item)).filter(|i| i.whole);
        if let Some(item) = item {
            above_the_item(draft, rule, &item.it);
        }
    }
}

fn most_of(bands: &[Band]) -> Points {
    bands.iter().map(|b| b.points).fold(Points::ZERO, Points::max)
}

/// The most that one occurrence gives without surcharges: everyone's points, or those of a role.
fn once(rule: &ItemRule, own: Points) -> Points {
    rule.by_role.iter().flatten().copied().fold(own, Points::max)
}

/// A cap of 0 takes everything away, and one below a single occurrence is never what is meant.
fn capped(draft: &Draft<'_>, rule: &Part<'_, ItemRule>) {
    let (own, cap, extra) = match &rule.it.form {
        RuleForm::PerOccurrence { points, cap: Some(cap) } => (*points, *cap, None),
        RuleForm::Surcharge { points, cap: Some(cap), extra } => (*points, *cap, Some(extra)),
        _ => return,
    };
    let code = draft.code(rule.it.label);
    let most = once(&rule.it, own);
    if cap.is_zero() {
        say(
            rule.node,
            format!(
                "规则 {code} 的上限为 0，永远不产生分数 / rule {code} has a cap of 0: no points ever"
            ),
        );
    } else if cap < most {
        say(
            rule.node,
            format!(
                "规则 {code} 的上限 {cap} 低于一次的分数 {most} / rule {code}: the cap {cap} is below the {most} points of one occurrence"
            ),
        );
    } else if cap == own && extra.is_some_and(|e| e.iter().any(|(_, p)| !p.is_zero())) {
        say(
            rule.node,
            format!(
                "规则 {code} 的上限 {cap} 等于基本分，加重永远不计 / rule {code}: the cap {cap} leaves no room for a surcharge"
            ),
        );
    }
}

/// A value below the first band or from the last one on has no answer; values are never below 0.
fn ends(draft: &Draft<'_>, rule: &Part<'_, ItemRule>, bands: &[Band]) {
    let code = draft.code(rule.it.label);
    if let Some(from) = bands.first().and_then(|b| b.from).filter(|from| *from > Points::ZERO) {
        say(
            rule.node,
            format!(
                "规则 {code}：低于 {from} 的值没有分档 / rule {code} has no band for values below {from}"
            ),
        );
    }
    if let Some(below) = bands.last().and_then(|b| b.below) {
        say(
            rule.node,
            format!(
                "规则 {code}：{below} 及以上的值没有分档 / rule {code} has no band for values from {below} on"
            ),
        );
    }
}

/// What one occurrence gives above the limit of its item is lost. Points that are entered by hand are not
/// looked at: they are what was found, and the item limits them.
fn above_the_item(draft: &Draft<'_>, rule: &Part<'_, ItemRule>, item: &Item) {
    let Some(limit) = (match (item.mode, rule.it.direction) {
        (ItemMode::ScaledLoss, Direction::Deduct) => Some(Points::HUNDRED),
        (ItemMode::DirectLoss, Direction::Deduct) | (ItemMode::Earn, Direction::Add) => item.weight,
        (ItemMode::Public, Direction::Deduct) => item.least,
        (ItemMode::Public, Direction::Add) => item.most,
        (ItemMode::ScaledLoss | ItemMode::DirectLoss, Direction::Add)
        | (ItemMode::Earn, Direction::Deduct) => None,
    }) else {
        return;
    };
    let most = match &rule.it.form {
        RuleForm::Fixed(points)
        | RuleForm::PerOccurrence { points, .. }
        | RuleForm::Surcharge { points, .. } => once(&rule.it, *points),
        RuleForm::Shortfall { each, .. } => *each,
        RuleForm::Target(form) => form.worth,
        RuleForm::Ceiling { first, .. } => *first,
        RuleForm::Bands(bands) => most_of(bands),
        RuleForm::Rated { worth, .. } => *worth,
        RuleForm::TrainingDays(form) => form.each,
        RuleForm::Fitness(form) => match &form.grading {
            FitnessGrading::Each { passed, failed, .. } => *passed.max(failed),
            FitnessGrading::Sum(bands) => most_of(bands),
        },
        RuleForm::Manual { .. } => return,
    };
    // A limit of 0 has its own finding where nothing at all counts.
    if most > limit && !limit.is_zero() {
        let code = draft.code(rule.it.label);
        say(
            rule.node,
            format!(
                "规则 {code} 一次 {most} 分，高于项目的限额 {limit}，多出的部分不计 / rule {code} gives {most} at once, above the limit {limit} of its item"
            ),
        );
    }
}
