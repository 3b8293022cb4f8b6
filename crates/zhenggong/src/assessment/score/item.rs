//! An item: the net of its rules, within its limits, as a change of its sheet.

use super::{
    Context, Row,
    matter::{Counted, Matters},
    measured, occurrence,
};
use crate::{
    Result,
    assessment::{
        Direction, Ground, Item, ItemMode, ItemRule, NoTrail, Points, RuleForm, Trail, TrailLine,
        Why,
    },
    number::NumberError,
};

/// The rows of one part of one subject, in the order of their rules, and what counts of those of one matter.
pub(super) struct Rows<'r> {
    pub(super) all: &'r [Row],
    pub(super) matters: &'r Matters,
    /// Where the rows of the next rule begin.
    pub(super) next: usize,
}

/// Returns what an item changes on its sheet.
#[inline]
pub(super) fn change<L: Trail>(
    ctx: &Context<'_>,
    number: u16,
    item: &Item,
    rows: &mut Rows<'_>,
    trail: &mut L,
) -> Result<Points> {
    let mut run = Run { ctx, number, item, said: Points::ZERO, limited: None };
    let (mut deducted, mut added) = (Points::ZERO, Points::ZERO);
    let rules = ctx.scheme.rules.get(usize::from(item.rules.start)..usize::from(item.rules.end));
    for (rule, at) in rules.unwrap_or_default().iter().zip(item.rules.clone()) {
        let first = rows.next;
        while rows.all.get(rows.next).is_some_and(|r| r.rule == at) {
            rows.next += 1;
        }
        let mine = rows.all.get(first..rows.next).unwrap_or_default();
        if mine.is_empty() && !rule.is_measured() {
            continue;
        }
        let points = run.rule(at, rule, mine, first, rows.matters, trail)?;
        match rule.direction {
            Direction::Deduct => deducted = deducted.plus(points)?,
            Direction::Add => added = added.plus(points)?,
        }
    }
    let change = run.net(deducted, added)?;
    run.settle(change, trail)?;
    Ok(change)
}

struct Run<'r, 'a> {
    ctx: &'r Context<'a>,
    number: u16,
    item: &'r Item,
    /// What the lines so far say that the sheet changes by; kept only for a trail.
    said: Points,
    /// Whether a limit of the item was at work.
    limited: Option<(Points, Points)>,
}

impl Run<'_, '_> {
    /// Returns the points of a rule, not below 0.
    #[inline]
    fn rule<L: Trail>(
        &mut self,
        number: u16,
        rule: &ItemRule,
        rows: &[Row],
        first: usize,
        matters: &Matters,
        trail: &mut L,
    ) -> Result<Points> {
        if rule.is_measured() {
            let points = measured::points(self.ctx, number, rule, rows, trail)?;
            let why = match (&rule.form, rows.is_empty()) {
                (_, true) => Why::Missing,
                (RuleForm::Rated { .. }, false) => Why::Rated,
                _ => Why::Measured,
            };
            let event = match rows {
                [row] => Some(row.event),
                _ => None,
            };
            // What is left out says nothing.
            let Some(points) = points else {
                trail.forget();
                return Ok(Points::ZERO);
            };
            self.say(Some((number, rule)), event, points, why, trail)?;
            return Ok(points);
        }
        let mut total = Points::ZERO;
        let mut highest = (Points::ZERO, 0usize);
        for (row, at) in rows.iter().zip(first..) {
            if rule.once_per_matter
                && let Some(Counted { points, whole, instead, .. }) = matters.of(at)
            {
                let why = match (whole, instead) {
                    (true, _) => Why::Event,
                    (false, Some(_)) => Why::NotCumulated,
                    (false, None) => Why::RuleCap,
                };
                total = total.plus(*points)?;
                if L::ACTIVE {
                    occurrence::points(self.ctx, rule, row, trail)?;
                    if let Some(event) = instead.filter(|_| !*whole) {
                        trail.ground(|| Ground::Instead(event));
                    }
                }
                self.say(Some((number, rule)), Some(row.event), *points, why, trail)?;
                continue;
            }
            if matches!(rule.form, RuleForm::Fixed(_)) {
                let points = occurrence::points(self.ctx, rule, row, &mut NoTrail)?;
                // Once a period: the event with the most points counts.
                if points > highest.0 {
                    highest = (points, at);
                }
                continue;
            }
            let points = occurrence::points(self.ctx, rule, row, trail)?;
            total = total.plus(points)?;
            self.say(Some((number, rule)), Some(row.event), points, Why::Event, trail)?;
        }
        match &rule.form {
            RuleForm::Fixed(_) => {
                let row = highest.1.checked_sub(first).and_then(|at| rows.get(at));
                let event = row.map(|r| r.event);
                if let Some(row) = row.filter(|_| L::ACTIVE) {
                    occurrence::points(self.ctx, rule, row, trail)?;
                }
                self.say(Some((number, rule)), event, highest.0, Why::Event, trail)?;
                Ok(highest.0)
            }
            RuleForm::PerOccurrence { cap: Some(cap), .. }
            | RuleForm::Surcharge { cap: Some(cap), .. }
            | RuleForm::Manual { cap: Some(cap), .. }
                if total > *cap =>
            {
                let over = cap.minus(total)?;
                trail.ground(|| Ground::Limited { from: total, to: *cap });
                self.say(Some((number, rule)), None, over, Why::RuleCap, trail)?;
                Ok(*cap)
            }
            _ => Ok(total),
        }
    }

    /// Returns the change of the sheet by the net of the item.
    #[inline]
    fn net(&mut self, deducted: Points, added: Points) -> Result<Points, NumberError> {
        let item = self.item;
        let weight = item.weight.unwrap_or_default();
        let lost = deducted.minus(added)?;
        // A loss item keeps at most its weight, unless the scheme lets additions raise it.
        let least = if item.above_weight { Points::MIN } else { Points::ZERO };
        let (free, limited) = match item.mode {
            ItemMode::ScaledLoss => (lost, lost.max(least).min(Points::HUNDRED)),
            ItemMode::DirectLoss => (lost, lost.max(least).min(weight)),
            ItemMode::Earn => {
                let earned = added.minus(deducted)?;
                (earned, earned.max(Points::ZERO).min(item.weight.unwrap_or(Points::MAX)))
            }
            ItemMode::Public => {
                let change = added.minus(deducted)?;
                let least = item.least.unwrap_or(Points::MAX).negated()?;
                (change, change.min(item.most.unwrap_or(Points::MAX)).max(least))
            }
        };
        self.limited = (free != limited).then_some((free, limited));
        match item.mode {
            ItemMode::ScaledLoss => self.scaled(limited, weight)?.negated(),
            ItemMode::DirectLoss => limited.negated(),
            ItemMode::Earn | ItemMode::Public => Ok(limited),
        }
    }

    fn scaled(&self, points: Points, weight: Points) -> Result<Points, NumberError> {
        let (weight, hundred) = (weight.ten_thousandths(), Points::HUNDRED.ten_thousandths());
        points.scaled(i128::from(weight), i128::from(hundred), self.ctx.scheme.rounding.points)
    }

    /// Says a line of a rule.
    #[inline]
    fn say<L: Trail>(
        &mut self,
        rule: Option<(u16, &ItemRule)>,
        event: Option<u32>,
        points: Points,
        why: Why,
        trail: &mut L,
    ) -> Result<(), NumberError> {
        if !L::ACTIVE {
            return Ok(());
        }
        let deducts = rule.is_some_and(|(_, rule)| rule.direction == Direction::Deduct);
        let raw = if deducts { points.negated()? } else { points };
        let on_sheet = match (self.item.mode, self.item.weight) {
            (ItemMode::ScaledLoss, Some(weight)) => self.scaled(raw, weight)?,
            _ => raw,
        };
        self.said = self.said.plus(on_sheet)?;
        trail.line(|| TrailLine {
            item: Some(self.number),
            rule: rule.map(|(number, _)| number),
            event,
            ..TrailLine::on_sheet(self.ctx.part, self.item.sheet, raw, on_sheet, why)
        });
        Ok(())
    }

    /// Says what the lines so far lack to the change of the item: a limit, or what rounding each line
    /// leaves over.
    fn settle<L: Trail>(&self, change: Points, trail: &mut L) -> Result<(), NumberError> {
        if !L::ACTIVE || change == self.said {
            return Ok(());
        }
        let rest = change.minus(self.said)?;
        let why = if let Some((from, to)) = self.limited {
            trail.ground(|| Ground::Limited { from, to });
            Why::ItemLimit
        } else {
            Why::Rounding
        };
        trail.line(|| TrailLine {
            item: Some(self.number),
            ..TrailLine::on_sheet(self.ctx.part, self.item.sheet, Points::ZERO, rest, why)
        });
        Ok(())
    }
}
