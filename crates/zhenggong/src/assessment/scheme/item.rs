//! Items (考核项目) of a sheet.

use std::ops::Range;

use crate::assessment::{ItemMode, Points};

/// An item of a sheet: its rules together change the sheet in one of four ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its place among the names of the scheme.
    pub label: u16,
    /// The sheet that it belongs to.
    pub sheet: u8,
    /// How it changes the sheet.
    pub mode: ItemMode,
    /// What it is worth; an item of the mode `public` has none.
    pub weight: Option<Points>,
    /// Whether net additions raise a loss item above its weight.
    pub above_weight: bool,
    /// The most that a public item adds, if there is a limit.
    pub most: Option<Points>,
    /// The most that a public item takes off, if there is a limit.
    pub least: Option<Points>,
    /// The clause of the scheme's text, by its place among the names of the scheme.
    pub clause: Option<u16>,
    /// Its rules among those of the scheme.
    pub rules: Range<u16>,
}
