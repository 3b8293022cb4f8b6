//! Income tax of the month: the wages cumulatively, the annual bonus as elected.

use super::{
    MonthPlan,
    month_plan::Absent,
    sheet::{Person, Sheet},
};
use crate::{
    Result,
    calendar::Month,
    number::Money,
    person::{Fact, Facts, missing},
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

/// Puts the taxes of the month on the sheet.
#[inline(always)]
pub(super) fn income_tax<S: Sheet>(plan: &MonthPlan<'_>, sheet: &mut S) -> Result<()> {
    let apart = bonus(plan, sheet)?;
    sheet.add_up(&SPECIAL);
    let wage_tax = plan.wage_tax.look();
    sheet.line(PayItem::IncomeTax, move |person, t| {
        let apart = if apart { taxed_apart(person) } else { Money::ZERO };
        let state = state(person.month(), person, person.gross().minus(apart)?)?;
        // The ordinary method is the law's; the others need a fact of their own.
        let method = person.facts().tax_mode().known().copied();
        let method = method.unwrap_or(WithholdingMethod::Normal);
        let mode = WithholdingMode::of(method, person.month());
        wage_withholding(wage_tax.map_err(Absent::why)?, &state, mode, t).map(Some)
    })
}

/// Puts the tax on the annual bonus on the sheet, and returns whether the bonus is taxed by itself.
///
/// Where the office states the tax on the wages, how the bonus is taxed is the office's to state too.
#[inline(always)]
fn bonus<S: Sheet>(plan: &MonthPlan<'_>, sheet: &mut S) -> Result<bool> {
    if !sheet.has(PayItem::YearEndBonus) {
        return Ok(false);
    }
    let separate = sheet.all(|person| {
        if person.line(PayItem::YearEndBonus).is_none() {
            return Ok(false);
        }
        let facts = person.facts();
        if facts.stated(PayItem::BonusTax).is_some() {
            return Ok(true);
        }
        if facts.stated(PayItem::IncomeTax).is_some() && facts.bonus_election().is_missing() {
            return Ok(false);
        }
        let election = facts.bonus_election().need("bonus_election")?;
        Ok(election == Some(&BonusElection::Separate))
    })?;
    if !separate {
        return Ok(false);
    }
    sheet.line(PayItem::BonusTax, |person, t| {
        let bonus = person.line(PayItem::YearEndBonus).unwrap_or_default();
        // Once a year at most, so whether it was used is a fact that can't be left out.
        let used = person.facts().bonus_separate_used().need("bonus_separate_used")?;
        let used = used.is_some_and(|times| *times > 0);
        let tax = bonus_tax(plan.bonus.get()?, bonus, BonusElection::Separate, used, t)?;
        let covered = bonus.minus(tax.merged)?;
        person.keep_apart(covered);
        Ok((!covered.is_zero()).then_some(tax.tax))
    })?;
    Ok(true)
}

/// Returns the part of gross pay that the tax on the bonus covers.
#[inline(always)]
fn taxed_apart<P: Person>(person: &P) -> Money {
    if person.facts().stated(PayItem::BonusTax).is_some() {
        person.line(PayItem::YearEndBonus).unwrap_or_default()
    } else {
        person.apart()
    }
}

/// Returns the year to date, this month included.
#[inline(always)]
fn state<P: Person>(month: Month, person: &P, income: Money) -> Result<TaxState> {
    let facts = person.facts();
    let special = person.sum(&SPECIAL)?;
    let annuity = person.line(PayItem::OccupationalAnnuity).unwrap_or_default();
    let Some(months) = facts.tax_months().known() else { return Err(missing("tax_months")) };
    if *months == 0 || *months > month.month() {
        return Err(bad_months(*months));
    }
    // Before the first month of the year's employment here there is nothing to date.
    let first = *months == 1;
    let to_date = |fact: Fact<&Money>, name: &'static str| match fact.known() {
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
