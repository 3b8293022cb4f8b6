//! Between which limits sheets and totals lie, as far as a scheme sets them.

use super::{
    Combine, FactorForm, Item, Rollup, Sheet,
    draft::{Draft, Part},
};
use crate::{
    assessment::{
        Above, Direction, FactorOn, ItemMode, PeriodKind, PointRounding, Points, RollupMethod,
        Split,
    },
    number::Rate,
};

/// The least and the most; none where there is no limit, or it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) least: Option<Points>,
    pub(super) most: Option<Points>,
}

impl Range {
    const OPEN: Self = Self { least: None, most: None };

    fn plus(self, other: Self) -> Self {
        let sum = |a: Option<Points>, b: Option<Points>| a?.plus(b?).ok();
        Self { least: sum(self.least, other.least), most: sum(self.most, other.most) }
    }
}

impl Draft<'_> {
    /// Returns whether some rule of the item goes in this direction.
    pub(super) fn goes(&self, item: &Item, direction: Direction) -> bool {
        self.rules_of(item).iter().any(|r| r.it.direction == direction)
    }

    /// Returns the limits of what an item changes on its sheet.
    fn change(&self, item: &Item) -> Range {
        let (adds, deducts) = (self.goes(item, Direction::Add), self.goes(item, Direction::Deduct));
        let none = Some(Points::ZERO);
        let minus = |points: Option<Points>| points.and_then(|p| p.negated().ok());
        match item.mode {
            ItemMode::ScaledLoss | ItemMode::DirectLoss => Range {
                least: if deducts { minus(item.weight) } else { none },
                most: if adds && item.above_weight { None } else { none },
            },
            ItemMode::Earn => Range { least: none, most: if adds { item.weight } else { none } },
            ItemMode::Public => Range {
                least: if deducts { minus(item.least) } else { none },
                most: if adds { item.most } else { none },
            },
        }
    }

    /// Returns the limits of a sheet's score.
    pub(super) fn range_of(&self, sheet: &Part<'_, Sheet>) -> Range {
        if !self.sheet_whole(sheet) {
            return Range::OPEN;
        }
        let base = Some(sheet.it.base);
        let start = Range { least: base, most: base };
        let items = self.items_of(&sheet.it).iter();
        let mut range = items.fold(start, |range, item| range.plus(self.change(&item.it)));
        if let Some(floor) = sheet.it.floor {
            range.least = Some(range.least.map_or(floor, |least| least.max(floor)));
            range.most = range.most.map(|most| most.max(floor));
        }
        if let Some(cap) = sheet.it.cap {
            range.most = Some(range.most.map_or(cap, |most| most.min(cap)));
            range.least = range.least.map(|least| least.min(cap));
        }
        range
    }

    /// Returns what these scores of the sheets make together.
    fn combined(&self, scores: &[Option<Points>]) -> Option<Points> {
        let sum = |all: Vec<Option<Points>>| {
            Points::checked_sum(all.into_iter().collect::<Option<Vec<_>>>()?).ok()
        };
        match self.combine? {
            Combine::Sum => sum(scores.to_vec()),
            Combine::Mean => {
                let count = i128::try_from(scores.len()).ok()?;
                sum(scores.to_vec())?.scaled(1, count, PointRounding::FINEST).ok()
            }
            Combine::Weighted => {
                let weighted = |p: Option<Points>, s: &Part<'_, Sheet>| {
                    p?.times(s.it.weight?, PointRounding::FINEST).ok()
                };
                sum(scores.iter().zip(&self.sheets).map(|(p, s)| weighted(*p, s)).collect())
            }
            Combine::BaseMinusLoss(base) => {
                let change = |p: Option<Points>, s: &Part<'_, Sheet>| p?.minus(s.it.base).ok();
                let changes = scores.iter().zip(&self.sheets).map(|(p, s)| change(*p, s));
                base.plus(sum(changes.collect())?).ok()
            }
        }
    }

    /// Returns the total of one without any event, or none where a part of it is not known.
    pub(super) fn start(&self) -> Option<Points> {
        if !self.complete() {
            return None;
        }
        let bases: Vec<_> = self.sheets.iter().map(|s| Some(s.it.base)).collect();
        self.combined(&bases)
    }

    /// Returns the highest total, or none where there is no limit.
    pub(super) fn highest(&self) -> Option<Points> {
        let (limits, _) = self.total.as_ref()?;
        let full = (limits.above != Above::Allow).then_some(limits.full);
        let free = (|| {
            if self.split? == Some(Split::Changes) || !self.factors_whole || !self.complete() {
                return None;
            }
            let most: Vec<_> = self.sheets.iter().map(|s| self.range_of(s).most).collect();
            let mut total = self.combined(&most)?.max(Points::ZERO);
            for (factor, _) in self.factors.iter().filter(|(f, _)| f.on == FactorOn::Total) {
                let highest = match &factor.form {
                    FactorForm::Identity { values, default } => {
                        values.iter().map(|(_, v)| *v).chain([*default]).max()?
                    }
                    FactorForm::Condition { value, .. } | FactorForm::Flag { value, .. } => {
                        (*value).max(Rate::ONE)
                    }
                };
                total = total.times(highest, PointRounding::FINEST).ok()?;
            }
            Some(total)
        })();
        match (free, full) {
            (Some(free), Some(full)) => Some(free.min(full)),
            (free, full) => free.or(full),
        }
    }

    /// Returns the highest score that a rollup can give, or none where there is no limit.
    pub(super) fn highest_of(&self, rollup: &Rollup) -> Option<Points> {
        let part = self.highest_in(rollup.from)?;
        let parts = match rollup.method {
            RollupMethod::Mean | RollupMethod::Weighted | RollupMethod::Last => part,
            RollupMethod::Sum => {
                part.times_int(i64::from(rollup.to.months() / rollup.from.months())).ok()?
            }
        };
        let shared = parts.times(rollup.share, PointRounding::FINEST).ok()?;
        rollup.extras.iter().try_fold(shared, |sum, extra| sum.plus(extra.most).ok())
    }

    /// Returns the highest score of a kind of period.
    fn highest_in(&self, kind: PeriodKind) -> Option<Points> {
        if self.period? == kind {
            return self.highest();
        }
        // A rollup is made of shorter periods, so that this ends.
        let of = |r: &&super::draft::RollupPart<'_>| r.it.to == kind && r.it.from < kind;
        self.highest_of(&self.rollups.iter().find(of)?.it)
    }
}
