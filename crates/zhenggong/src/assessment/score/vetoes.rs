//! Which vetoes a subject's events and sheets set off.

use super::{Context, Row};
use crate::assessment::{Ground, Points, Trigger};

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
