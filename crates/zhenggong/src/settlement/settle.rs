//! The one path from facts to amounts.

use super::{
    MonthPlan, Slip,
    contributions::contributions,
    earnings,
    income_tax::income_tax,
    roster_names::roster_names,
    sheet::{OneSlip, Sheet},
};
use crate::{
    Result,
    derivation::Trace,
    number::Money,
    person::Facts,
    vocabulary::{PersonKind, Side},
};

/// The totals of a settled payslip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settled {
    /// 应发合计.
    pub gross: Money,
    /// 扣款合计.
    pub deductions: Money,
    /// 实发合计.
    pub net: Money,
    /// 单位承担合计.
    pub employer_cost: Money,
}

/// Fills the slip with one person's lines for the plan's month and returns the totals.
///
/// The slip must be empty. On an error its content is meaningless.
///
/// # Errors
///
/// The error of the first line that can't be computed.
pub fn settle<F: Facts, T: Trace>(
    plan: &MonthPlan<'_>,
    facts: &F,
    t: &mut T,
    slip: &mut Slip,
) -> Result<Settled> {
    let kind = facts.kind();
    let mut sheet = OneSlip::new(plan.month, facts, t, slip);
    match kind {
        PersonKind::Officer => earnings::officer(plan, &mut sheet)?,
        PersonKind::Auxiliary => earnings::auxiliary(plan, &mut sheet)?,
    }
    after_earnings(plan, kind, &mut sheet)?;
    Ok(sheet.settled())
}

/// Fills a sheet of officers.
#[inline(always)]
pub(super) fn officers<S: Sheet>(plan: &MonthPlan<'_>, sheet: &mut S) -> Result<()> {
    earnings::officer(plan, sheet)?;
    after_earnings(plan, PersonKind::Officer, sheet)
}

#[inline(always)]
fn after_earnings<S: Sheet>(plan: &MonthPlan<'_>, kind: PersonKind, sheet: &mut S) -> Result<()> {
    sheet.other_stated(Side::Earning)?;
    sheet.total(Side::Earning);
    contributions(plan, kind, sheet).map_err(roster_names)?;
    income_tax(plan, sheet).map_err(roster_names)?;
    sheet.other_stated(Side::Deduction)?;
    sheet.other_stated(Side::EmployerCost)?;
    sheet.total(Side::Deduction);
    sheet.total(Side::EmployerCost);
    sheet.net()
}
