//! The trail: how each event changed a sheet, and how the sheets became the total, line by line. The
//! lines of a sheet sum to its score, and all lines together to the total.

use super::{Ground, Points};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a line of the trail changes. The lines of a sheet sum to its score; with those of combining
    /// they sum to the total of the part, and with those of the total to the total.
    pub enum LineKind ("line-kind", "来历层次", "what a line changes") {
        Sheet = "sheet", "考核表", "a sheet";
        Combining = "combining", "各表合成", "sheets combined";
        Total = "total", "总分", "the total";
    }
}

vocabulary! {
    /// Why a line of the trail changes a sheet or the total.
    pub enum Why ("why", "缘由", "reason of a line") {
        Base = "base", "基础分", "base";
        Event = "event", "事件", "event";
        Measured = "measured", "按测量值", "by the measured value";
        Rated = "rated", "按评议", "by ratings";
        Missing = "missing", "未录入", "nothing was entered";
        NotCumulated = "not-cumulated", "同一事项不重复计分", "one matter is not cumulated";
        RuleCap = "rule-cap", "规则封顶", "cap of the rule";
        ItemLimit = "item-limit", "项目限额", "limit of the item";
        SheetFloor = "sheet-floor", "考核表最低分", "floor of the sheet";
        SheetCap = "sheet-cap", "考核表最高分", "cap of the sheet";
        Rounding = "rounding", "取整", "rounding";
        Weight = "weight", "考核表权重", "weight of the sheet";
        Mean = "mean", "各表平均", "mean of the sheets";
        TotalBase = "total-base", "总分基础分", "base of the total";
        Factor = "factor", "总分系数", "coefficient of the total";
        Days = "days", "按天数折算", "share of the days";
        LaterBase = "later-base", "后段起始分不重复计", "a later part's start is not counted again";
        TotalFloor = "total-floor", "总分最低分", "floor of the total";
        TotalCap = "total-cap", "按满分计", "cut to the full score";
        AboveFull = "above-full", "超过满分据实计", "above the full score, which stands";
        Veto = "veto", "否决", "veto";
    }
}

/// One line of a trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrailLine {
    /// What it changes.
    pub kind: LineKind,
    /// The part of the period; none for a line of the total that concerns no single part.
    pub part: Option<u8>,
    /// The sheet, where the line belongs to one.
    pub sheet: Option<u8>,
    /// The item, where the line belongs to one.
    pub item: Option<u16>,
    /// The rule, where the line belongs to one.
    pub rule: Option<u16>,
    /// The factor or the veto by its place in the scheme of the part, where it is the reason.
    pub cause: Option<u16>,
    /// The event by its place in the request, where there is one.
    pub event: Option<u32>,
    /// On a sheet, the points on the item's own scale: below zero where they are taken off. Above the
    /// sheets, what there was before the line: the score of the sheet, the total of the part, the total.
    pub raw: Points,
    /// What the line changes.
    pub points: Points,
    /// Why.
    pub why: Why,
    /// Where its grounds stand among those of all lines.
    pub(super) grounds: (u32, u32),
}

impl TrailLine {
    /// Returns a line of an item or of a sheet as a whole.
    pub(super) const fn on_sheet(
        part: u8,
        sheet: u8,
        raw: Points,
        points: Points,
        why: Why,
    ) -> Self {
        Self {
            kind: LineKind::Sheet,
            part: Some(part),
            sheet: Some(sheet),
            item: None,
            rule: None,
            cause: None,
            event: None,
            raw,
            points,
            why,
            grounds: (0, 0),
        }
    }

    /// Returns a line of a part's combining.
    pub(super) const fn combining(part: u8, before: Points, points: Points, why: Why) -> Self {
        Self {
            kind: LineKind::Combining,
            sheet: None,
            ..Self::on_sheet(part, 0, before, points, why)
        }
    }

    /// Returns a line of the total.
    pub(super) const fn of_total(
        part: Option<u8>,
        before: Points,
        points: Points,
        why: Why,
    ) -> Self {
        Self { kind: LineKind::Total, part, ..Self::combining(0, before, points, why) }
    }
}

/// Takes the lines of trails, each after what its points come from.
pub trait Trail {
    /// Whether anything is kept.
    const ACTIVE: bool;

    /// Takes what the points of the next line come from.
    fn ground(&mut self, ground: impl FnOnce() -> Ground);

    /// Takes one line.
    fn line(&mut self, line: impl FnOnce() -> TrailLine);

    /// Leaves out the grounds of a line that was not taken.
    fn forget(&mut self);
}

/// Keeps no line; every call compiles away.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTrail;

impl Trail for NoTrail {
    const ACTIVE: bool = false;

    #[inline(always)]
    fn ground(&mut self, _: impl FnOnce() -> Ground) {}

    #[inline(always)]
    fn line(&mut self, _: impl FnOnce() -> TrailLine) {}

    #[inline(always)]
    fn forget(&mut self) {}
}

/// Keeps every line with its grounds.
#[derive(Debug, Default)]
pub struct TrailBook {
    lines: Vec<TrailLine>,
    grounds: Vec<Ground>,
    /// How many grounds belong to the lines so far.
    told: usize,
}

impl TrailBook {
    /// Returns the lines.
    #[must_use]
    pub fn lines(&self) -> &[TrailLine] {
        &self.lines
    }

    /// Returns what the points of a line of this book come from.
    #[must_use]
    pub fn grounds(&self, line: &TrailLine) -> &[Ground] {
        let at = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        self.grounds.get(at(line.grounds.0)..at(line.grounds.1)).unwrap_or_default()
    }
}

impl Trail for TrailBook {
    const ACTIVE: bool = true;

    fn ground(&mut self, ground: impl FnOnce() -> Ground) {
        self.grounds.push(ground());
    }

    fn line(&mut self, line: impl FnOnce() -> TrailLine) {
        let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let grounds = (at(self.told), at(self.grounds.len()));
        self.told = self.grounds.len();
        self.lines.push(TrailLine { grounds, ..line() });
    }

    fn forget(&mut self) {
        self.grounds.truncate(self.told);
    }
}
