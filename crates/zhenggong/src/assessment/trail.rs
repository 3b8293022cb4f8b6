//! The trail: how each event changed a sheet, line by line. The lines of a sheet sum to its score.

use super::Points;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Why a line of the trail changes a sheet.
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
    }
}

/// One line of a trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrailLine {
    /// The part of the period.
    pub part: u8,
    /// The sheet.
    pub sheet: u8,
    /// The item, where the line belongs to one.
    pub item: Option<u16>,
    /// The rule, where the line belongs to one.
    pub rule: Option<u16>,
    /// The event by its place in the request, where there is one.
    pub event: Option<u32>,
    /// The points on the item's own scale: below zero where they are taken off.
    pub raw: Points,
    /// What the line changes on the sheet.
    pub points: Points,
    /// Why.
    pub why: Why,
}

/// Takes the lines of trails.
pub trait Trail {
    /// Whether anything is kept.
    const ACTIVE: bool;

    /// Takes one line.
    fn line(&mut self, line: impl FnOnce() -> TrailLine);
}

/// Keeps no line; every call compiles away.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoTrail;

impl Trail for NoTrail {
    const ACTIVE: bool = false;

    #[inline(always)]
    fn line(&mut self, _: impl FnOnce() -> TrailLine) {}
}

impl Trail for Vec<TrailLine> {
    const ACTIVE: bool = true;

    fn line(&mut self, line: impl FnOnce() -> TrailLine) {
        self.push(line());
    }
}
