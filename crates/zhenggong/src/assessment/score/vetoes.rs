//! Which vetoes a subject's events and sheets set off.

use super::{Context, PartScore, Row};
use crate::assessment::{Ground, KindPlan, Points, Trigger};

/// A veto that was set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::assessment) struct Hit {
    /// The part of the period.
    pub(in crate::assessment) part: u8,
    /// The veto, by its place in the scheme.
    pub(in crate::assessment) veto: u16,
    /// The event that set it off, where it was one.
    pub(in crate::assessment) event: Option<u32>,
    /// What set it off: the occurrences or the score of the sheet.
    pub(in crate::assessment) by: Ground,
}

pub(super) fn hits(ctx: &Context<'_>, rows: &[Row], sheets: &[Points]) -> Vec<Hit> {
    let mut out = Vec::new();
    for (veto, number) in ctx.scheme.vetoes.iter().zip(0u16..) {
        let hit = match &veto.trigger {
            Trigger::Events { rules, at_least } => {
                let mut count = 0i64;
                let mut reached = None;
                for row in rows.iter().filter(|r| rules.contains(&r.rule)) {
                    count = count.saturating_add(row.count);
                    if reached.is_none() && count >= i64::from(*at_least).max(1) {
                        reached = Some(Some(row.event));
                    }
                }
                reached.map(|event| (event, Ground::Occurrences(count)))
            }
            Trigger::SheetBelow(sheet, below) => {
                let score = sheets.get(usize::from(*sheet)).filter(|s| *s < below);
                score.map(|score| (None, Ground::SheetScore(*score)))
            }
        };
        if let Some((event, by)) = hit {
            out.push(Hit { part: ctx.part, veto: number, event, by });
        }
    }
    out
}

/// Adds the vetoes that occurrences in several parts of a period set off together, although those of no part
/// do alone. A veto that the schemes of two parts have under one id is one.
pub(in crate::assessment) fn through_parts(
    plan: &KindPlan<'_>,
    rows: &[Row],
    parts: &mut [PartScore],
) {
    if plan.parts.len() < 2 {
        return;
    }
    let code = |part: u8, veto: u16| {
        let scheme = &plan.parts.get(usize::from(part))?.entry.scheme;
        Some(scheme.code(scheme.vetoes.get(usize::from(veto))?.label))
    };
    let mut done: Vec<&str> =
        parts.iter().flat_map(|p| &p.hits).filter_map(|hit| code(hit.part, hit.veto)).collect();
    // Each veto that an event counts for, with the least number of them.
    let mut counted: Vec<(&str, Row, u16, u32)> = Vec::new();
    for row in rows {
        let Some(part) = plan.parts.get(usize::from(row.part)) else { continue };
        for (veto, number) in part.entry.scheme.vetoes.iter().zip(0u16..) {
            if let Trigger::Events { rules, at_least } = &veto.trigger
                && rules.contains(&row.rule)
            {
                counted.push((part.entry.scheme.code(veto.label), *row, number, *at_least));
            }
        }
    }
    counted.sort_by_key(|(id, row, ..)| (*id, row.date));
    for same in counted.chunk_by(|one, other| one.0 == other.0) {
        let all = same.iter().fold(0i64, |sum, (_, row, ..)| sum.saturating_add(row.count));
        let mut count = 0i64;
        let reached = same.iter().find(|(_, row, _, at_least)| {
            count = count.saturating_add(row.count);
            count >= i64::from(*at_least).max(1)
        });
        let Some((id, row, veto, _)) = reached.filter(|(id, ..)| !done.contains(id)) else {
            continue;
        };
        done.push(id);
        if let Some(part) = parts.get_mut(usize::from(row.part)) {
            let by = Ground::Occurrences(all);
            part.hits.push(Hit { part: row.part, veto: *veto, event: Some(row.event), by });
        }
    }
}
