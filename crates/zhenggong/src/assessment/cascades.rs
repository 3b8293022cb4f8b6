//! Whom above its subject an event counts for.

use super::{ItemRule, Ledger, Scheme, Subject, SubjectKind, chain::Above, plan::Plans};

/// Returns whether an event of a subject of this kind counts for one above it under a rule.
pub(super) fn takes(
    scheme: &Scheme,
    rule: &ItemRule,
    from: SubjectKind,
    above: Above,
    subject: &Subject,
) -> bool {
    rule.takes_from(from)
        && rule.levels.is_none_or(|levels| above.level <= levels)
        && concerns(scheme, rule, subject)
}

/// Returns whether a subject is concerned by what happens below it. Where points go by role, a role that is
/// not listed has those of the rule, and is not concerned where it has none; whether someone without a role is
/// concerned nobody knows, so that scoring
/// refuses the row.
pub(super) fn concerns(scheme: &Scheme, rule: &ItemRule, subject: &Subject) -> bool {
    rule.by_role.is_empty()
        || rule.has_points_of_all()
        || subject.role.as_deref().is_none_or(|role| {
            let points = |r: u8| rule.by_role.get(usize::from(r)).copied().flatten();
            scheme.role(role).and_then(points).is_some()
        })
}

/// Returns the units and the leaders above a subject for whom its event counts by its rule.
#[cold]
pub(super) fn above(ledger: &Ledger<'_>, plans: &Plans<'_>, subject: u32, event: u32) -> Vec<u32> {
    let found = ledger.subject(subject).zip(ledger.event(event));
    let Some((from, event)) = found else { return Vec::new() };
    let counts = |above: &Above| {
        // What could not be read may count for anyone above.
        if event.problem().is_some() {
            return true;
        }
        let Some(subject) = ledger.subject(above.subject) else { return false };
        let taken = |scheme: &Scheme| {
            let rule = scheme.rule(&event.rule).and_then(|r| scheme.rules.get(usize::from(r)));
            rule.is_some_and(|rule| takes(scheme, rule, from.kind, *above, subject))
        };
        let plan = ledger.brief(above.subject).and_then(|brief| plans.of(brief.group));
        plan.is_some_and(|(_, plan)| plan.parts.iter().any(|p| taken(&p.entry.scheme)))
    };
    // A bad day is no day to look for a unit by.
    let all = ledger.chain().ever_above(subject);
    all.into_iter().filter(counts).map(|above| above.subject).collect()
}
