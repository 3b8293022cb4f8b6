//! Earnings: what tables and allowances give an officer, and what the pay plan gives an auxiliary.

use super::{MonthPlan, settle::stated_or};
use crate::{
    Result,
    allowance::{OvertimeDays, PoliceOvertimeAllowance, RankHeld, police_overtime_allowance},
    auxiliary::{AuxiliaryFacts, CountFact, Counts, auxiliary_pay},
    basic_pay::{level_pay, post_pay},
    derivation::Trace,
    person::{Fact, Facts},
    settlement::{Origin, Slip},
    vocabulary::PayItem,
};

pub(super) fn officer<F: Facts, T: Trace>(
    plan: &MonthPlan<'_>,
    facts: &F,
    t: &mut T,
    slip: &mut Slip,
) -> Result<()> {
    stated_or(PayItem::PostPay, facts, t, slip, |t| {
        let Some(post) = facts.post().need("post")? else { return Ok(None) };
        let Some(kind) = facts.post_kind().need("post_kind")? else { return Ok(None) };
        post_pay(plan.post_pay.get()?, *post, *kind, t).map(Some)
    })?;
    stated_or(PayItem::LevelPay, facts, t, slip, |t| {
        let Some(cell) = facts.level_step().need("level_step")? else { return Ok(None) };
        level_pay(plan.level_pay.get()?, *cell, t).map(Some)
    })?;
    let rank = facts.rank().need("rank")?.copied();
    let Some(rank) = rank else { return Ok(()) };
    stated_or(PayItem::PoliceRankAllowance, facts, t, slip, |t| {
        let held = RankHeld {
            rank,
            since: facts.rank_since().known().copied(),
            event: facts.rank_event().known().copied(),
            previous: facts.previous_rank().known().copied(),
        };
        plan.rank.get()?.for_held(held, plan.month, t)
    })?;
    stated_or(PayItem::PoliceOvertimeAllowance, facts, t, slip, |t| {
        let p = plan.overtime.get()?;
        let days = match p {
            PoliceOvertimeAllowance::Flat(_) => OvertimeDays::default(),
            PoliceOvertimeAllowance::Days { .. } => {
                let rest = facts.overtime_rest_days().need("overtime_rest_days")?;
                let holiday = facts.overtime_holiday_days().need("overtime_holiday_days")?;
                OvertimeDays {
                    rest: rest.copied().unwrap_or_default(),
                    holiday: holiday.copied().unwrap_or_default(),
                }
            }
        };
        police_overtime_allowance(p, days, facts.duty().known().copied(), t).map(Some)
    })
}

/// Puts the lines of the pay plan on the slip. A stated amount takes the place of the plan's line of
/// that item.
pub(super) fn auxiliary<F: Facts, T: Trace>(
    plan: &MonthPlan<'_>,
    facts: &F,
    t: &mut T,
    slip: &mut Slip,
) -> Result<()> {
    let pay_plan = plan.pay_plan.get()?;
    let post = match facts.auxiliary_post().known() {
        Some(name) => Some(pay_plan.post(name.as_str()).map_err(|e| e.field("auxiliary_post"))?),
        None => None,
    };
    let mut counts = Counts::default();
    for (fact, count) in [
        (CountFact::NightShifts, facts.night_shifts()),
        (CountFact::OvertimeHours, facts.overtime_hours()),
        (CountFact::OvertimeDays, facts.overtime_rest_days()),
        (CountFact::HolidayDays, facts.overtime_holiday_days()),
        (CountFact::DutyDays, facts.duty_days()),
        (CountFact::ServiceYears, facts.service_years()),
    ] {
        if let Fact::Known(count) = count {
            counts.set(fact, *count);
        }
    }
    let of_month = AuxiliaryFacts {
        grade: facts.auxiliary_grade().known().copied(),
        post,
        coefficient: facts.coefficient().known().copied(),
        counts,
    };
    let mut failed = None;
    auxiliary_pay(pay_plan, &plan.standards, &of_month, t, &mut |item, amount| {
        if facts.stated(item).is_none()
            && let Err(error) = slip.put(item, amount, Origin::Computed)
        {
            failed.get_or_insert(error);
        }
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(()),
    }
}
