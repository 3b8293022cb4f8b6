//! What a line of a trail names: sheet, item, rule, factor, veto, event, clause.

use super::{Assessment, Event, Name, PlanPart, Scheme, Score, TrailLine, Veto, Why};
use crate::{number::Rate, person::Label};

/// What a line of a trail names, found in its scheme and in the ledger.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct LineDetail<'a> {
    /// The scheme of the part that the line belongs to, or else the one that the period ends under.
    pub scheme: &'a Scheme,
    /// The number of the part, from 1; none for a line that concerns no single part.
    pub part: Option<u32>,
    /// The sheet.
    pub sheet: Option<&'a Name>,
    /// The item.
    pub item: Option<&'a Name>,
    /// The rule.
    pub rule: Option<&'a Name>,
    /// The factor of the total.
    pub factor: Option<&'a Name>,
    /// The veto.
    pub veto: Option<&'a Veto>,
    /// The event.
    pub event: Option<&'a Event>,
    /// The clause of the rule, else of the item, of the factor, or of the veto.
    pub clause: Option<&'a Name>,
    /// The weight of a sheet, or the value of a factor.
    pub value: Option<Rate>,
    /// The days of a part, where its total counts by its days.
    pub days: Option<i64>,
}

impl LineDetail<'_> {
    /// Returns the name of the veto.
    #[must_use]
    pub fn veto_name(&self) -> Option<&Name> {
        self.scheme.name_of(self.veto?.label)
    }
}

impl<'a> Assessment<'a> {
    /// Returns whose event it is that counts for a score, where it is not the subject's own.
    #[must_use]
    pub fn whose(&self, score: &Score, event: &'a Event) -> Option<&'a Label> {
        let own = self.subject(score)?.id == event.subject;
        (!own).then_some(&event.subject)
    }

    /// Returns what a line of the trail of this score names.
    #[must_use]
    pub fn detail(&self, score: &Score, line: &TrailLine) -> Option<LineDetail<'a>> {
        let plan = self.plan(score)?;
        let part = line.part.and_then(|part| plan.parts.get(usize::from(part)));
        let scheme: &'a Scheme = &part.or_else(|| plan.parts.get(plan.ends))?.entry.scheme;
        let sheet = line.sheet.and_then(|s| scheme.sheets.get(usize::from(s)));
        let item = line.item.and_then(|i| scheme.items.get(usize::from(i)));
        let rule = line.rule.and_then(|r| scheme.rules.get(usize::from(r)));
        let cause = |why: Why| line.cause.filter(|_| line.why == why).map(usize::from);
        let factor = cause(Why::Factor).and_then(|f| scheme.factors.get(f));
        let veto = cause(Why::Veto).and_then(|v| scheme.vetoes.get(v));
        let clause = rule
            .and_then(|r| r.clause)
            .or(item.and_then(|i| i.clause))
            .or(factor.and_then(|f| f.clause))
            .or(veto.and_then(|v| v.clause));
        let value = match line.why {
            Why::Weight => sheet.and_then(|s| s.weight),
            Why::Factor => {
                let same = |f: &&super::AppliedFactor| {
                    Some(f.part) == line.part && Some(f.factor) == line.cause
                };
                score.factors.iter().find(same).map(|f| f.value)
            }
            _ => None,
        };
        let name = |label: Option<u16>| scheme.name_of(label?);
        Some(LineDetail {
            scheme,
            part: line.part.map(|part| u32::from(part) + 1),
            sheet: name(sheet.map(|s| s.label)),
            item: name(item.map(|i| i.label)),
            rule: name(rule.map(|r| r.label)),
            factor: name(factor.map(|f| f.label)),
            veto,
            event: line.event.and_then(|e| self.ledger.event(e)),
            clause: name(clause),
            value,
            days: part.filter(|_| line.why == Why::Days).map(PlanPart::days),
        })
    }
}
