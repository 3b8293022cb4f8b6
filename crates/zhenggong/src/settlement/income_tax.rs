//! Income tax of the month: the wages cumulatively, the annual bonus as elected.

use super::{MonthPlan, Origin, Slip, settle::put_stated};
use crate::{
    Result,
    calendar::Month,
    derivation::Trace,
    number::Money,
    person::{Facts, missing},
    tax::{
        BonusElection, TaxState, WithholdingMethod, WithholdingMode, bonus_tax,
        tax_state::bad_months, wage_withholding,
    },
    vocabulary::PayItem,
};

/// Own contributions that count as special deductions (专项扣除).
const SPECIAL: [PayItem; 5] = [
    PayItem::Pension,
    PayItem::Medical,
    PayItem::MedicalFlat,
    PayItem::Unemployment,
    PayItem::HousingFund,
];

pub(super) fn income_tax<F: Facts, T: Trace>(
    plan: &MonthPlan<'_>,
    facts: &F,
    gross: Money,
    t: &mut T,
    slip: &mut Slip,
) -> Result<()> {
    let apart = bonus(plan, facts, t, slip)?;
    if let Some(stated) = facts.stated(PayItem::IncomeTax) {
        return put_stated(PayItem::IncomeTax, stated, t, slip);
    }
    let state = state(plan.month, facts, gross.minus(apart)?, slip)?;
    // The ordinary method is the law's; the others need a fact of their own.
    let method = facts.tax_mode().known().copied().unwrap_or(WithholdingMethod::Normal);
    let mode = WithholdingMode::of(method, plan.month);
    let tax = wage_withholding(plan.wage_tax.get()?, &state, mode, t)?;
    slip.put(PayItem::IncomeTax, tax, Origin::Computed)
}

/// Puts the tax on the annual bonus on the slip and returns the part of gross pay that it covers.
///
/// Where the office states the tax on the wages, how the bonus is taxed is the office's to state too.
fn bonus<F: Facts, T: Trace>(
    plan: &MonthPlan<'_>,
    facts: &F,
    t: &mut T,
    slip: &mut Slip,
) -> Result<Money> {
    let Some(bonus) = slip.get(PayItem::YearEndBonus) else { return Ok(Money::ZERO) };
    if let Some(stated) = facts.stated(PayItem::BonusTax) {
        put_stated(PayItem::BonusTax, stated, t, slip)?;
        return Ok(bonus);
    }
    if facts.stated(PayItem::IncomeTax).is_some() && facts.bonus_election().is_missing() {
        return Ok(Money::ZERO);
    }
    let election = facts.bonus_election().need("bonus_election")?.copied();
    if election != Some(BonusElection::Separate) {
        return Ok(Money::ZERO);
    }
    // Once a year at most, so whether it was used is a fact that can't be left out.
    let used = facts.bonus_separate_used().need("bonus_separate_used")?;
    let used = used.is_some_and(|times| *times > 0);
    let tax = bonus_tax(plan.bonus.get()?, bonus, BonusElection::Separate, used, t)?;
    let covered = bonus.minus(tax.merged)?;
    if !covered.is_zero() {
        slip.put(PayItem::BonusTax, tax.tax, Origin::Computed)?;
    }
    Ok(covered)
}

/// Returns the year to date, this month included.
#[inline]
fn state<F: Facts>(month: Month, facts: &F, income: Money, slip: &Slip) -> Result<TaxState> {
    let mut special = Money::ZERO;
    for item in SPECIAL {
        if let Some(amount) = slip.get(item) {
            special = special.plus(amount)?;
        }
    }
    let annuity = slip.get(PayItem::OccupationalAnnuity).unwrap_or_default();
    let Some(months) = facts.tax_months().known() else { return Err(missing("tax_months")) };
    if *months == 0 || *months > month.month() {
        return Err(bad_months(*months));
    }
    // Before the first month of the year's employment here there is nothing to date.
    let first = *months == 1;
    let to_date = |fact: crate::person::Fact<&Money>, name: &'static str| match fact.known() {
        Some(amount) => Ok(*amount),
        None if first => Ok(Money::ZERO),
        None => Err(missing(name)),
    };
    let additional = facts.special_additional().need("special_additional")?.copied();
    Ok(TaxState {
        income: to_date(facts.ytd_income(), "ytd_income")?.plus(income)?,
        exempt: Money::ZERO,
        special: to_date(facts.ytd_special(), "ytd_special")?.plus(special)?,
        additional: to_date(facts.ytd_additional(), "ytd_additional")?
            .plus(additional.unwrap_or_default())?,
        other: to_date(facts.ytd_other(), "ytd_other")?.plus(annuity)?,
        relief: Money::ZERO,
        months: *months,
        withheld: to_date(facts.ytd_withheld(), "ytd_withheld")?,
    })
}
