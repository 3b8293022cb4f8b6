//! The one path from facts to amounts.

use super::{
    MonthPlan, Origin, Slip,
    contributions::contributions,
    earnings,
    income_tax::income_tax,
    payslip::{DEDUCTIONS, EMPLOYER, GROSS, NET},
    roster_names::roster_names,
};
use crate::{
    Result,
    derivation::{Op, Trace, Value},
    number::Money,
    person::Facts,
    vocabulary::{PayItem, PersonKind, Side, Term, Vocabulary},
};

static STATED: Term =
    Term::new("stated", "核定金额，直接录入，未经计算", "stated by the office, not computed");

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
    match facts.kind() {
        PersonKind::Officer => earnings::officer(plan, facts, t, slip)?,
        PersonKind::Auxiliary => earnings::auxiliary(plan, facts, t, slip)?,
    }
    other_stated(facts, t, slip, Side::Earning)?;
    let gross = slip.gross();
    total(slip, Side::Earning, &GROSS, gross, t);
    contributions(plan, facts, gross, t, slip).map_err(roster_names)?;
    income_tax(plan, facts, gross, t, slip).map_err(roster_names)?;
    other_stated(facts, t, slip, Side::Deduction)?;
    other_stated(facts, t, slip, Side::EmployerCost)?;
    let deductions = slip.deductions();
    total(slip, Side::Deduction, &DEDUCTIONS, deductions, t);
    let employer_cost = slip.employer_cost();
    total(slip, Side::EmployerCost, &EMPLOYER, employer_cost, t);
    let net = gross.minus(deductions)?;
    t.begin(&NET);
    t.fact(Op::Is, &GROSS, Value::Money(gross));
    t.fact(Op::Minus, &DEDUCTIONS, Value::Money(deductions));
    t.end_money(net);
    Ok(Settled { gross, deductions, net, employer_cost })
}

/// Puts the item's stated amount on the slip, or what the rule computes; none leaves no line.
#[inline]
pub(super) fn stated_or<F: Facts, T: Trace>(
    item: PayItem,
    facts: &F,
    t: &mut T,
    slip: &mut Slip,
    rule: impl FnOnce(&mut T) -> Result<Option<Money>>,
) -> Result<()> {
    match facts.stated(item) {
        Some(amount) => put_stated(item, amount, t, slip),
        None => match rule(t)? {
            Some(amount) => slip.put(item, amount, Origin::Computed),
            None => Ok(()),
        },
    }
}

pub(super) fn put_stated<T: Trace>(
    item: PayItem,
    amount: Money,
    t: &mut T,
    slip: &mut Slip,
) -> Result<()> {
    t.begin(item.term());
    t.note(&STATED, None);
    t.end_money(amount);
    slip.put(item, amount, Origin::Stated)
}

/// Puts the stated items of a side on the slip that no rule has put there.
fn other_stated<F: Facts, T: Trace>(
    facts: &F,
    t: &mut T,
    slip: &mut Slip,
    side: Side,
) -> Result<()> {
    let mut rest = facts.stated_items() & Slip::items_of(side) & !slip.present();
    while rest != 0 {
        let at = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        if let Some(item) = PayItem::ALL.get(at)
            && let Some(amount) = facts.stated(*item)
        {
            put_stated(*item, amount, t, slip)?;
        }
    }
    Ok(())
}

/// Shows the sum of a side with its lines.
#[inline]
fn total<T: Trace>(slip: &Slip, side: Side, label: &'static Term, sum: Money, t: &mut T) {
    t.begin(label);
    if T::ACTIVE {
        let lines = slip.lines().filter(|(item, ..)| item.side() == side);
        for (n, (item, amount, _)) in lines.enumerate() {
            let op = if n == 0 { Op::Is } else { Op::Plus };
            t.fact(op, item.term(), Value::Money(amount));
        }
    }
    t.end_money(sum);
}
