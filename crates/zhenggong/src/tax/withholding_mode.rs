//! How many months of basic deduction count in the cumulative withholding.

use crate::{calendar::Month, vocabulary::vocabulary};

vocabulary! {
    /// The way in which the basic deduction (减除费用) accumulates, as payroll data name it.
    pub enum WithholdingMethod ("withholding-method", "减除费用口径", "basic deduction method") {
        Normal = "normal", "按任职受雇月份", "by months employed here";
        FirstJobInYear = "first-job-in-year", "当年首次取得工资", "first wages of the year";
        PriorYear60000 = "prior-year-60000", "上年收入不超过6万元", "at most 60000 in the year before";
    }
}

/// The way in which the basic deduction accumulates, with the month where it matters.
///
/// The taxpayer's situation decides it. Which one applies is a fact that the caller states; the
/// income of the year before and earlier wages of the year are not looked at here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WithholdingMode {
    /// The monthly amount for each month employed here this year.
    #[default]
    Normal,
    /// First wages of the year, such as a graduate's: the monthly amount for each month since
    /// January.
    FirstJobInYear {
        /// The number of the current month, 1 to 12.
        month: u32,
    },
    /// All twelve months of the year before in this unit with at most 60000 yuan: the year's amount
    /// at once, from January.
    PriorYear60000,
}

impl WithholdingMode {
    /// Returns the mode for this method in this month.
    #[must_use]
    pub fn of(method: WithholdingMethod, month: Month) -> Self {
        match method {
            WithholdingMethod::Normal => Self::Normal,
            WithholdingMethod::FirstJobInYear => Self::FirstJobInYear { month: month.month() },
            WithholdingMethod::PriorYear60000 => Self::PriorYear60000,
        }
    }
}
