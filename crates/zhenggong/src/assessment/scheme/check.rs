//! What shows only on the whole scheme: three sheets of 100, and parts that nothing reaches.

use super::{FactorForm, RuleForm, Scheme};
use crate::{
    Error, ErrorCode,
    assessment::{Condition, ItemMode, PeriodKind, Points, SubjectKind, Window},
};

/// Which part of a scheme a finding concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Scheme,
    Sheet(usize),
    /// A sheet, and the item by its place in the scheme.
    Item(usize, usize),
}

/// Returns what is wrong, with the part that it concerns.
pub(super) fn check(scheme: &Scheme) -> Vec<(Place, Error)> {
    let mut out = Vec::new();
    let mut say = |place: Place, detail: String| {
        out.push((place, Error::new(ErrorCode::TableShape).arg("detail", detail)));
    };
    if scheme.sheets.is_empty() {
        say(Place::Scheme, "方案没有考核表 / a scheme without sheets".to_owned());
    }
    if scheme.three_hundred {
        if scheme.sheets.len() != 3 {
            let count = scheme.sheets.len();
            say(
                Place::Scheme,
                format!("“三个百分制”应有三张考核表，现有 {count} 张 / three sheets are declared"),
            );
        }
        for (at, sheet) in scheme.sheets.iter().enumerate() {
            if sheet.full != Points::HUNDRED {
                let (id, full) = (scheme.code(sheet.label), sheet.full);
                say(
                    Place::Sheet(at),
                    format!(
                        "“三个百分制”的考核表 {id} 满分应为 100，现为 {full} / a sheet of 100 points"
                    ),
                );
            }
        }
    }
    for (at, sheet) in scheme.sheets.iter().enumerate() {
        if sheet.items.is_empty() {
            say(
                Place::Sheet(at),
                format!("考核表 {} 没有项目 / a sheet without items", scheme.code(sheet.label)),
            );
        }
        if let (Some(floor), Some(cap)) = (sheet.floor, sheet.cap)
            && cap < floor
        {
            say(
                Place::Sheet(at),
                format!("上限 {cap} 低于下限 {floor} / the cap is below the floor"),
            );
        }
    }
    for (number, item) in scheme.items.iter().enumerate() {
        let place = Place::Item(usize::from(item.sheet), number);
        let rules = scheme.rules.get(usize::from(item.rules.start)..usize::from(item.rules.end));
        let effective = rules.unwrap_or_default().iter().any(|r| !is_idle(&r.form, &r.by_role));
        if !effective {
            let detail = format!(
                "项目 {} 的规则都不产生分数，永远不会被触及 / no rule of the item gives points: unreachable",
                scheme.code(item.label)
            );
            say(place, detail);
        }
        // A loss item that only ever adds stays at its weight whatever happens.
        let adds = rules
            .unwrap_or_default()
            .iter()
            .all(|r| r.direction == crate::assessment::Direction::Add);
        let loss = matches!(item.mode, ItemMode::ScaledLoss | ItemMode::DirectLoss);
        if effective && loss && adds && !item.above_weight {
            let detail = format!(
                "扣分项目 {} 只有加分规则，永远不起作用 / a loss item with additions alone has no effect",
                scheme.code(item.label)
            );
            say(place, detail);
        }
        if effective
            && item.mode == ItemMode::Earn
            && rules
                .unwrap_or_default()
                .iter()
                .all(|r| r.direction == crate::assessment::Direction::Deduct)
        {
            let detail = format!(
                "得分项目 {} 只有扣分规则，永远为零 / an earned item with deductions alone stays 0",
                scheme.code(item.label)
            );
            say(place, detail);
        }
    }
    for rule in &scheme.rules {
        if rule.cascade != 0 && !matches!(scheme.subject, SubjectKind::Unit | SubjectKind::Leader) {
            let detail = format!(
                "规则 {}：只有单位、领导的方案可连带 / only schemes of units and leaders cascade",
                scheme.code(rule.label)
            );
            say(Place::Scheme, detail);
        }
    }
    if scheme.split.is_some() && scheme.condition.is_none() {
        say(Place::Scheme, "split 用于平时、战时方案 / split goes with a condition".to_owned());
    }
    for factor in &scheme.factors {
        if let FactorForm::Condition { when, .. } = &factor.form
            && scheme.condition.is_some_and(|c: Condition| c != *when)
        {
            let detail =
                format!("系数 {} 永远不适用 / the factor never applies", scheme.code(factor.label));
            say(Place::Scheme, detail);
        }
    }
    if let Window::Listed(spans) = &scheme.window
        && spans.iter().any(|(period, _)| period.kind() != scheme.period)
    {
        let kind: PeriodKind = scheme.period;
        say(
            Place::Scheme,
            format!("窗口须逐个列出{}周期 / list windows of the scheme's own period", kind.zh()),
        );
    }
    out
}

/// Returns whether the rule gives no points whatever happens.
fn is_idle(form: &RuleForm, by_role: &[Option<Points>]) -> bool {
    let zero = match form {
        RuleForm::Fixed(points) | RuleForm::PerOccurrence { points, .. } => points.is_zero(),
        RuleForm::Surcharge { points, extra, .. } => {
            points.is_zero() && extra.iter().all(|(_, p)| p.is_zero())
        }
        RuleForm::Shortfall { each, .. } => each.is_zero(),
        RuleForm::Bands(bands) => bands.iter().all(|b| b.points.is_zero()),
        RuleForm::Ceiling { first, steps, .. } => {
            first.is_zero()
                && match steps {
                    super::Steps::Percent(_, p) | super::Steps::PerCase(p) => p.is_zero(),
                    super::Steps::None => true,
                }
        }
        RuleForm::Target(_) | RuleForm::Rated { .. } | RuleForm::Manual { .. } => false,
    };
    zero && by_role.iter().flatten().all(|p| p.is_zero())
}
