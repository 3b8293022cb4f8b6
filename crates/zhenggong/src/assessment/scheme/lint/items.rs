//! Items that nothing reaches or that change nothing.

use super::super::{
    FitnessGrading, ItemRule, RuleForm, Steps, Trigger, Veto,
    draft::{Draft, say},
};
use crate::assessment::{Direction, ItemMode, SubjectKind};

pub(super) fn lint(draft: &Draft<'_>) {
    for item in draft.items.iter().filter(|i| draft.item_whole(i)) {
        let (it, node) = (&item.it, item.node);
        let code = draft.code(it.label);
        let rules = draft.rules_of(it);
        if rules.iter().all(|r| draft.idle(&r.it)) {
            say(
                node,
                format!(
                    "项目 {code} 的规则都不产生分数，永远不会被触及 / no rule of item {code} gives points: it is unreachable"
                ),
            );
            continue;
        }
        // One idle rule among others gives nothing, whatever is entered for it.
        for rule in rules.iter().filter(|r| draft.idle(&r.it)) {
            let code = draft.code(rule.it.label);
            say(rule.node, format!("规则 {code} 不产生分数 / rule {code} gives no points"));
        }
        let (adds, deducts) = (draft.goes(it, Direction::Add), draft.goes(it, Direction::Deduct));
        let loss = matches!(it.mode, ItemMode::ScaledLoss | ItemMode::DirectLoss);
        // A loss item that only ever adds stays at its weight whatever happens.
        if loss && !deducts && !it.above_weight {
            say(
                node,
                format!(
                    "扣分项目 {code} 只有加分规则，永远不起作用 / loss item {code} has additions alone, and so no effect"
                ),
            );
        }
        if it.mode == ItemMode::Earn && !adds {
            say(
                node,
                format!(
                    "得分项目 {code} 只有扣分规则，永远为零 / earned item {code} has deductions alone, and stays 0"
                ),
            );
        }
        let nothing = |limit: Option<crate::assessment::Points>, used: bool| {
            !used || limit.is_some_and(|l| l.is_zero())
        };
        if it.mode == ItemMode::Public && nothing(it.most, adds) && nothing(it.least, deducts) {
            say(
                node,
                format!(
                    "项目 {code} 的限额为 0，加扣分永远不计 / the limits of item {code} are 0: nothing ever counts"
                ),
            );
        }
    }
    let above = matches!(draft.subject, Some(SubjectKind::Unit | SubjectKind::Leader) | None);
    for rule in draft.rules.iter().filter(|r| r.whole && r.it.cascade != 0 && !above) {
        let code = draft.code(rule.it.label);
        say(
            rule.node,
            format!(
                "规则 {code}：只有单位、领导的方案可连带 / rule {code}: only schemes of units and leaders cascade"
            ),
        );
    }
}

impl Draft<'_> {
    /// Returns whether the rule neither gives points nor sets a veto off.
    fn idle(&self, rule: &ItemRule) -> bool {
        is_idle(rule) && {
            let named = |veto: &Veto| match &veto.trigger {
                Trigger::Events { rules, .. } => rules
                    .iter()
                    .filter_map(|r| self.rules.get(usize::from(*r)))
                    .any(|r| r.it.label == rule.label),
                Trigger::SheetBelow(..) => false,
            };
            !self.vetoes.iter().any(|(veto, _)| named(veto))
        }
    }
}

/// Returns whether the rule gives no points whatever happens.
pub(super) fn is_idle(rule: &ItemRule) -> bool {
    let zero = match &rule.form {
        RuleForm::Fixed(points) | RuleForm::PerOccurrence { points, .. } => points.is_zero(),
        RuleForm::Surcharge { points, extra, .. } => {
            points.is_zero() && extra.iter().all(|(_, p)| p.is_zero())
        }
        RuleForm::Shortfall { each, .. } => each.is_zero(),
        RuleForm::TrainingDays(form) => form.each.is_zero(),
        RuleForm::Fitness(form) => match &form.grading {
            FitnessGrading::Each { passed, failed, .. } => passed.is_zero() && failed.is_zero(),
            FitnessGrading::Sum(bands) => bands.iter().all(|b| b.points.is_zero()),
        },
        RuleForm::Bands(bands) => bands.iter().all(|b| b.points.is_zero()),
        RuleForm::Ceiling { first, steps, .. } => {
            first.is_zero()
                && match steps {
                    Steps::Percent(_, p) | Steps::PerCase(p) => p.is_zero(),
                    Steps::None => true,
                }
        }
        RuleForm::Target(_) | RuleForm::Rated { .. } | RuleForm::Manual { .. } => false,
    };
    zero && rule.by_role.iter().flatten().all(|p| p.is_zero())
}
