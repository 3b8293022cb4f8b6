//! Several honours of one person for one matter count once, at the highest.

use std::collections::BTreeMap;

use super::{Context, Row, occurrence};
use crate::{Result, assessment::Points};

/// Returns the places of rows that do not count because another of the same person and matter is
/// higher. Of equals the first in the order of the rows counts. Two people who are honoured for one matter
/// both count for their unit.
///
/// An event of such a rule names its matter: without it nobody can say whether it was counted before.
pub(super) fn dropped(ctx: &Context<'_>, rows: &[Row]) -> Result<Vec<usize>> {
    let mut best: BTreeMap<(&str, &str), (usize, Points)> = BTreeMap::new();
    let mut out = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Some(rule) = ctx.scheme.rules.get(usize::from(row.rule)).filter(|r| r.once_per_matter)
        else {
            continue;
        };
        let event = ctx.event(row)?;
        let Some(matter) = &event.matter else {
            return Err(ctx.missing("matter", Some(row), row.rule));
        };
        let points = occurrence::points(ctx, rule, row)?;
        let key = (event.subject.as_str(), matter.as_str());
        match best.get_mut(&key) {
            Some(kept) if points > kept.1 => {
                out.push(kept.0);
                *kept = (at, points);
            }
            Some(_) => out.push(at),
            None => {
                best.insert(key, (at, points));
            }
        }
    }
    out.sort_unstable();
    Ok(out)
}
