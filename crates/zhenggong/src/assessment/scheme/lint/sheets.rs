//! Sheets: how many, their weights and bounds, and the total that everyone starts with.

use super::super::{
    draft::{Draft, say},
    weights,
};
use crate::assessment::{Above, Points};

pub(super) fn lint(draft: &Draft<'_>) {
    if draft.listed && draft.sheets.is_empty() {
        say(draft.node, "方案没有考核表 / the scheme has no sheets");
    }
    three_of_a_hundred(draft);
    for sheet in draft.sheets.iter().filter(|s| s.whole) {
        let (it, node) = (&sheet.it, sheet.node);
        let code = draft.code(it.label);
        let items = draft.items_of(it);
        if items.is_empty() {
            say(node, format!("考核表 {code} 没有项目 / sheet {code} has no items"));
        }
        if items.iter().all(|i| i.whole)
            && let Some(error) = weights::of_items(code, it, items.iter().map(|i| i.it.weight))
        {
            node.fail(error);
        }
        if let (Some(floor), Some(cap)) = (it.floor, it.cap)
            && cap < floor
        {
            say(
                node,
                format!("上限 {cap} 低于下限 {floor} / the cap {cap} is below the floor {floor}"),
            );
        } else if let Some(cap) = it.cap.filter(|cap| *cap < it.base || cap.is_zero()) {
            let base = it.base;
            say(
                node,
                format!(
                    "上限 {cap} 低于基础分 {base} 或为 0 / the cap {cap} is below the base {base}, or 0"
                ),
            );
        }
    }
    weighted(draft);
    total(draft);
}

fn three_of_a_hundred(draft: &Draft<'_>) {
    if draft.three_hundred != Some(true) {
        return;
    }
    let count = draft.sheets.len();
    if draft.listed && count != 3 {
        say(
            draft.node,
            format!(
                "“三个百分制”应有三张考核表，现有 {count} 张 / three_hundred declares three sheets, there are {count}"
            ),
        );
    }
    for sheet in draft.sheets.iter().filter(|s| s.whole && s.it.full != Points::HUNDRED) {
        let (code, full) = (draft.code(sheet.it.label), sheet.it.full);
        say(
            sheet.node,
            format!(
                "“三个百分制”的考核表 {code} 满分应为 100，现为 {full} / three_hundred declares sheets of 100 points, {code} has {full}"
            ),
        );
    }
}

/// Weights of the sheets themselves.
fn weighted(draft: &Draft<'_>) {
    let Some(combine) = draft.combine else { return };
    if draft.listed
        && draft.sheets.iter().all(|s| s.whole)
        && let Some(error) = weights::of_sheets(combine, draft.sheets.iter().map(|s| s.it.weight))
    {
        draft.node.fail(error);
    }
    if combine != super::super::Combine::Weighted {
        for sheet in draft.sheets.iter().filter(|s| s.it.weight.is_some()) {
            say(
                sheet.node,
                "只有加权合成时考核表才写 weight / sheets have weights only where they are weighted",
            );
        }
    }
}

/// Where everyone starts above the full score, refusing refuses everyone, and cutting levels them.
fn total(draft: &Draft<'_>) {
    let Some((limits, node)) = &draft.total else { return };
    if let Some(floor) = limits.floor.filter(|floor| *floor > limits.full) {
        let full = limits.full;
        say(
            *node,
            format!(
                "总分下限 {floor} 高于满分 {full} / the floor {floor} is above the full score {full}"
            ),
        );
    }
    if let Some(start) = draft.start()
        && limits.above != Above::Allow
        && start > limits.full
    {
        let full = limits.full;
        say(
            *node,
            format!(
                "没有任何加扣分的总分 {start} 已高于满分 {full} / the total without any event is {start}, above the full score {full}"
            ),
        );
    }
}
