//! Windows of the scheme's own period, and longer periods that are made of something.

use std::collections::BTreeSet;

use super::super::draft::{Draft, RollupPart, say};
use crate::{
    assessment::{Period, Span, VetoEffect, Window},
    number::Rate,
    policy::Node,
};

pub(super) fn lint(draft: &Draft<'_>) {
    if let (Some((Window::Listed(spans), node)), Some(_)) = (&draft.window, draft.period) {
        windows(draft, spans, *node);
    }
    let mut made = BTreeSet::new();
    for rollup in &draft.rollups {
        if !made.insert(rollup.it.to.months()) {
            let to = rollup.it.to;
            say(rollup.node, format!("{}写了两次 / the {} is made twice", to.zh(), to.en()));
        }
        self::rollup(draft, rollup);
    }
}

fn windows(draft: &Draft<'_>, spans: &[(Period, Span)], node: Node<'_>) {
    let Some(kind) = draft.period else { return };
    if spans.iter().any(|(period, _)| period.kind() != kind) {
        say(
            draft.node,
            format!(
                "窗口须逐个列出{}周期 / list windows of the scheme's own period, the {}",
                kind.zh(),
                kind.en()
            ),
        );
    }
    let items = node.items().unwrap_or_default();
    for ((period, span), item) in spans.iter().zip(items) {
        let (first, last) = (period.first_month().first_day(), period.last_month().last_day());
        if span.to < first || last < span.from {
            say(
                item,
                format!(
                    "窗口 {0} 至 {1} 不在 {period} 内 / the window from {0} to {1} has no day of {period}",
                    span.from, span.to
                ),
            );
        }
    }
}

fn rollup(draft: &Draft<'_>, part: &RollupPart<'_>) {
    let (it, node) = (&part.it, part.node);
    let count = it.to.months() / it.from.months();
    let made = draft.rollups.iter().any(|r| r.it.to == it.from);
    if let Some(period) = draft.period
        && period != it.from
        && !made
        && draft.rollups_whole
    {
        say(
            node,
            format!(
                "{0}由{1}合成，但方案是{2}方案，也没有合成{1}的 rollups / the {3} is made of a period, the {4}, that the scheme does not have",
                it.to.zh(),
                it.from.zh(),
                period.zh(),
                it.to.en(),
                it.from.en()
            ),
        );
    }
    if i32::try_from(it.at_least).is_ok_and(|least| least > count) || it.at_least > 12 {
        let least = it.at_least;
        say(
            node,
            format!(
                "at_least {least} 多于期数 {count} / at_least {least} is more than the {count} periods"
            ),
        );
    }
    if it.share.is_zero() || it.share > Rate::ONE {
        let share = it.share;
        say(
            node,
            format!(
                "share {share} 应大于 0、不大于 1 / share {share} should be above 0 and at most 1"
            ),
        );
    }
    let mut names = BTreeSet::new();
    for extra in &it.extras {
        let code = draft.code(extra.label);
        if !names.insert(code) {
            say(node, format!("附加分 {code} 重复 / extra {code} occurs twice"));
        }
    }
    let mut names = BTreeSet::new();
    for (repeat, node) in it.repeats.iter().zip(&part.repeats) {
        let code = draft.code(repeat.label);
        if !names.insert(code) {
            say(*node, format!("{code} 重复 / {code} occurs twice"));
        }
        if i32::try_from(repeat.times).is_ok_and(|times| times > count) || repeat.times > 12 {
            let times = repeat.times;
            say(
                *node,
                format!(
                    "{code} 永远不触发：{times} 次多于期数 {count} / {code} never happens: {times} times in {count} periods"
                ),
            );
        }
        if repeat.effect == VetoEffect::GradeAtMost && repeat.at_most == Some(0) {
            say(
                *node,
                format!(
                    "{code} 没有效果：最高等次之上没有等次 / {code} has no effect: no grade is above the best one"
                ),
            );
        }
    }
}
