//! The rules that events name, by number: scoring compares no text.

use super::{event_keys::Keys, plan::Plans};

/// For each rule id that events name, its number in each scheme of each part, with the keys that it reads:
/// no text is compared per event.
pub(super) struct RuleNumbers {
    /// By id, plan and part.
    rules: Vec<Option<(u16, Keys)>>,
    cascades: Vec<bool>,
    plans: usize,
    parts: usize,
}

impl RuleNumbers {
    pub(super) fn new(ids: &[&str], plans: &Plans<'_>) -> Self {
        let parts = plans.iter().map(|p| p.parts.len()).max().unwrap_or(1);
        let count = plans.iter().count();
        let mut rules = Vec::with_capacity(ids.len() * count * parts);
        let mut cascades = Vec::with_capacity(ids.len());
        for id in ids {
            let mut up = false;
            for plan in plans.iter() {
                for part in 0..parts {
                    let part = plan.parts.get(part);
                    let found =
                        part.and_then(|p| Some((&p.entry.scheme, p.entry.scheme.rule(id)?)));
                    let rule = found
                        .and_then(|(scheme, at)| Some((at, scheme.rules.get(usize::from(at))?)));
                    up |= rule.is_some_and(|(_, rule)| rule.cascade != 0);
                    rules.push(rule.map(|(at, rule)| (at, Keys::read_by(rule))));
                }
            }
            cascades.push(up);
        }
        Self { rules, cascades, plans: count, parts }
    }

    #[inline]
    pub(super) fn get(&self, id: u32, plan: usize, part: u8) -> Option<(u16, Keys)> {
        let id = usize::try_from(id).ok()?;
        let at = (id * self.plans + plan) * self.parts + usize::from(part);
        self.rules.get(at).copied().flatten()
    }

    #[inline]
    pub(super) fn cascades(&self, id: u32) -> bool {
        usize::try_from(id).ok().and_then(|at| self.cascades.get(at).copied()).unwrap_or_default()
    }
}
