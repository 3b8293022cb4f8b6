//! Earnings: what tables and allowances give an officer, and what the pay plan gives an auxiliary.

use super::{
    MonthPlan, Origin, Slip,
    month_plan::Absent,
    roster_names::roster_names,
    sheet::{OneSlip, Person, Sheet},
};
use crate::{
    Error, ErrorCode, Result,
    allowance::{
        OvertimeDays, PoliceOvertimeAllowance, RankHeld, police_overtime,
        police_overtime_allowance, police_rank,
    },
    auxiliary::{AuxiliaryFacts, CountFact, Counts, auxiliary_pay_or_stated},
    basic_pay::{level_pay, post_pay},
    calendar::Month,
    derivation::Trace,
    person::{Fact, Facts},
    vocabulary::{PayItem, Side},
};

/// Puts the lines of officers on the sheet.
#[inline(always)]
pub(super) fn officer<S: Sheet>(plan: &MonthPlan<'_>, sheet: &mut S) -> Result<()> {
    sheet.line(PayItem::PostPay, |person, t| {
        let facts = person.facts();
        let Some(post) = facts.post().need("post")? else { return Ok(None) };
        let Some(kind) = facts.post_kind().need("post_kind")? else { return Ok(None) };
        post_pay(plan.post_pay.get()?, *post, *kind, t).map(Some)
    })?;
    sheet.line(PayItem::LevelPay, |person, t| {
        let cell = person.facts().level_step().need("level_step")?;
        let Some(cell) = cell else { return Ok(None) };
        level_pay(plan.level_pay.get()?, *cell, t).map(Some)
    })?;
    let ranked = sheet.all(|person| Ok(person.facts().rank().need("rank")?.is_some()))?;
    if !ranked {
        return Ok(());
    }
    let rank_pay = plan.rank.look();
    sheet.line(PayItem::PoliceRankAllowance, move |person, t| {
        let facts = person.facts();
        let Some(rank) = facts.rank().need("rank")?.copied() else { return Ok(None) };
        let held = RankHeld {
            rank,
            since: facts.rank_since().known().copied(),
            event: facts.rank_event().known().copied(),
            previous: facts.previous_rank().known().copied(),
        };
        rank_pay.map_err(Absent::why)?.for_held(held, person.month(), t)
    })?;
    let overtime = plan.overtime.look();
    sheet.line(PayItem::PoliceOvertimeAllowance, move |person, t| {
        let (p, facts) = (overtime.map_err(Absent::why)?, person.facts());
        let left = left_in(facts)?;
        if left.is_some_and(|left| left < person.month()) {
            return Ok(None);
        }
        let days = match p {
            PoliceOvertimeAllowance::Flat(_) if left == Some(person.month()) => {
                return Err(part_month());
            }
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

/// Returns the month in which the person stopped serving as a police officer, where the facts say so.
/// The overtime allowance is for serving officers, as the rank allowance is.
#[inline(always)]
fn left_in<F: Facts>(facts: &F) -> Result<Option<Month>> {
    if !police_rank::ends(facts.rank_event().known().copied()) {
        return Ok(None);
    }
    facts.rank_since().known().map(|day| Month::of(*day)).transpose()
}

#[cold]
fn part_month() -> Error {
    Error::new(ErrorCode::NeedsDecision)
        .arg_both(
            "question",
            "当月警衔不予保留或退休，月定额加班补贴是否全额、按日或不发；请核定加班补贴 / the flat overtime \
             allowance of the month in which police service ended: in full, by days or none; state it",
        )
        .field("stated_police_overtime_allowance")
        .rule(police_overtime::RULE.id())
}

/// Puts the lines of the pay plan on the slip. A stated amount takes the place of the plan's lines of
/// that item.
pub(super) fn auxiliary<F: Facts, T: Trace>(
    plan: &MonthPlan<'_>,
    sheet: &mut OneSlip<'_, F, T>,
) -> Result<()> {
    let (facts, t, slip) = (sheet.facts, &mut *sheet.t, &mut *sheet.slip);
    let pay_plan = match plan.pay_plan.get() {
        Ok(pay_plan) => pay_plan,
        // A place whose packs have no pay plan states the earnings; where nothing is stated either, the
        // plan is missing.
        Err(error) => {
            let stated = facts.stated_items() & Slip::items_of(Side::Earning) != 0;
            let none = error.code() == ErrorCode::NoSuchStandard;
            return if none && stated { Ok(()) } else { Err(error) };
        }
    };
    let post = match facts.auxiliary_post().known() {
        Some(name) => Some(pay_plan.post(name.as_str()).map_err(roster_names)?),
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
    let stated = |item| facts.stated(item);
    let mut put = |item, amount, stated: bool| {
        let origin = if stated { Origin::Stated } else { Origin::Computed };
        if let Err(error) = slip.put(item, amount, origin) {
            failed.get_or_insert(error);
        }
    };
    auxiliary_pay_or_stated(pay_plan, &plan.standards, &of_month, stated, t, &mut put)
        .map_err(roster_names)?;
    match failed {
        Some(error) => Err(error),
        None => Ok(()),
    }
}
