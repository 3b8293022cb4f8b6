//! A scheme while it is read: what could be read of it so far, and where each part stands.
//!
//! A broken part does not stop the reading of the others, so that one look finds all mistakes. What
//! follows from a part is not judged where the part itself is broken.

use std::ops::Range;

use super::{
    Bonus, Combine, Factor, Grade, Item, ItemRule, Name, Rollup, Sheet, TotalLimits, Veto,
    tab::shape,
};
use crate::{
    assessment::{Condition, PeriodKind, Split, SubjectKind, Window, refusal::Both},
    policy::Node,
};

/// A part with its place; not whole where something in it could not be read.
pub(super) struct Part<'a, T> {
    pub(super) it: T,
    pub(super) node: Node<'a>,
    pub(super) whole: bool,
}

/// Grades with their places.
#[derive(Default)]
pub(super) struct Grades<'a> {
    pub(super) list: Vec<Grade>,
    pub(super) nodes: Vec<Node<'a>>,
    /// Whether all were read: a name that is none of them is then wrong.
    pub(super) read: bool,
    /// Whether they also stand in order.
    pub(super) sound: bool,
}

/// How periods combine, with the places of its parts.
pub(super) struct RollupPart<'a> {
    pub(super) it: Rollup,
    pub(super) node: Node<'a>,
    pub(super) grades: Vec<Node<'a>>,
    pub(super) repeats: Vec<Node<'a>>,
}

/// What was read of a scheme. What is none could not be read.
pub(super) struct Draft<'a> {
    pub(super) node: Node<'a>,
    pub(super) subject: Option<SubjectKind>,
    pub(super) period: Option<PeriodKind>,
    pub(super) window: Option<(Window, Node<'a>)>,
    pub(super) condition: Option<Option<Condition>>,
    pub(super) split: Option<Option<Split>>,
    pub(super) three_hundred: Option<bool>,
    pub(super) combine: Option<Combine>,
    pub(super) total: Option<(TotalLimits, Node<'a>)>,
    pub(super) names: Vec<Name>,
    /// Whether the list of sheets could be read.
    pub(super) listed: bool,
    pub(super) sheets: Vec<Part<'a, Sheet>>,
    pub(super) items: Vec<Part<'a, Item>>,
    pub(super) rules: Vec<Part<'a, ItemRule>>,
    pub(super) factors: Vec<(Factor, Node<'a>)>,
    pub(super) vetoes: Vec<(Veto, Node<'a>)>,
    pub(super) grades: Grades<'a>,
    pub(super) rollups: Vec<RollupPart<'a>>,
    /// The coefficients of the bonus, with their place.
    pub(super) bonus: Option<(Bonus, Node<'a>)>,
    /// The code of what is said where there is no grade.
    pub(super) ungraded: Option<String>,
    /// Whether factors and rollups were all read.
    pub(super) factors_whole: bool,
    pub(super) rollups_whole: bool,
}

impl<'a> Draft<'a> {
    pub(super) fn code(&self, label: u16) -> &str {
        self.names.get(usize::from(label)).map_or("", |n| n.code.as_str())
    }

    /// Returns the items of a sheet, where the sheet was read.
    pub(super) fn items_of(&self, sheet: &Sheet) -> &[Part<'a, Item>] {
        within(&self.items, &sheet.items)
    }

    /// Returns the rules of an item, where the item was read.
    pub(super) fn rules_of(&self, item: &Item) -> &[Part<'a, ItemRule>] {
        within(&self.rules, &item.rules)
    }

    /// Returns whether every sheet, item and rule was read.
    pub(super) fn complete(&self) -> bool {
        self.listed
            && self.sheets.iter().all(|p| p.whole)
            && self.items.iter().all(|p| p.whole)
            && self.rules.iter().all(|p| p.whole)
    }

    /// Returns whether the item and all its rules were read.
    pub(super) fn item_whole(&self, item: &Part<'a, Item>) -> bool {
        item.whole && self.rules_of(&item.it).iter().all(|r| r.whole)
    }

    /// Returns whether the sheet, its items and all their rules were read.
    pub(super) fn sheet_whole(&self, sheet: &Part<'a, Sheet>) -> bool {
        sheet.whole && self.items_of(&sheet.it).iter().all(|i| self.item_whole(i))
    }
}

fn within<'s, T>(all: &'s [T], range: &Range<u16>) -> &'s [T] {
    all.get(usize::from(range.start)..usize::from(range.end)).unwrap_or_default()
}

/// Adds a finding about the shape of a part.
#[cold]
pub(super) fn say(node: Node<'_>, detail: impl Into<Both>) {
    shape::<()>(node, detail);
}
