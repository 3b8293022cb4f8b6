//! 日工资 and 小时工资: a month's pay by the day and by the hour.

use super::{OvertimePay, minimum_wage::MINIMUM, overtime_pay::negative};
use crate::{
    Result,
    derivation::{Op, Trace, Value},
    number::{Exact, Money},
    policy::Sourced,
    vocabulary::Term,
};

static WAGE: Term = Term::new("month-wage", "月工资", "month's pay");
static PAID_DAYS: Term = Term::new("paid-days", "月计薪天数", "paid days of a month");
static DAY_HOURS: Term = Term::new("day-hours", "每日工作小时", "hours of a working day");
static DAY_WAGE: Term = Term::new("day-wage", "日工资", "Day's pay");
static HOUR_WAGE: Term = Term::new("hour-wage", "小时工资", "Hour's pay");

/// Returns the pay of one day (日工资) for a month's pay, in yuan, rounded; for a payslip or a query.
/// Overtime is not computed from it, but from the month's pay.
///
/// # Source
///
/// 劳社部发〔2008〕3号 part 2: the month's pay over 21.75 paid days; statutory holidays are paid days.
///
/// # Errors
///
/// As [`overtime_pay`](super::overtime_pay()).
#[inline]
pub fn daily_wage<T: Trace>(
    p: &OvertimePay,
    wage: Money,
    minimum: Option<Sourced<Money>>,
    t: &mut T,
) -> Result<Money> {
    t.begin(&DAY_WAGE);
    let day = per_day(p, wage, minimum, t)?;
    let pay = t.round(day, &p.rounding)?;
    t.end_money(pay);
    Ok(pay)
}

/// Returns the pay of one hour (小时工资) for a month's pay, in yuan, rounded; see [`daily_wage`].
///
/// # Source
///
/// 劳社部发〔2008〕3号 part 2: the month's pay over 21.75 days of 8 hours.
///
/// # Errors
///
/// As [`overtime_pay`](super::overtime_pay()).
#[inline]
pub fn hourly_wage<T: Trace>(
    p: &OvertimePay,
    wage: Money,
    minimum: Option<Sourced<Money>>,
    t: &mut T,
) -> Result<Money> {
    t.begin(&HOUR_WAGE);
    let hour = per_hour(p, wage, minimum, t)?;
    let pay = t.round(hour, &p.rounding)?;
    t.end_money(pay);
    Ok(pay)
}

/// Returns the base, raised to the minimum wage where that is known and higher.
#[inline]
fn base<T: Trace>(wage: Money, minimum: Option<Sourced<Money>>, t: &mut T) -> Result<Money> {
    if wage.is_negative() {
        return Err(negative(wage, "wage"));
    }
    t.fact(Op::Is, &WAGE, Value::Money(wage));
    match minimum {
        Some(minimum) if wage < minimum.value => {
            t.param(Op::AtLeast, &MINIMUM, Value::Money(minimum.value), minimum.cite);
            Ok(minimum.value)
        }
        _ => Ok(wage),
    }
}

#[inline]
pub(super) fn per_day<T: Trace>(
    p: &OvertimePay,
    wage: Money,
    minimum: Option<Sourced<Money>>,
    t: &mut T,
) -> Result<Exact> {
    let base = base(wage, minimum, t)?;
    t.param(Op::Over, &PAID_DAYS, Value::Number(p.paid_days.value), p.paid_days.cite);
    Ok(base.exact().over(p.paid_days.value)?)
}

#[inline]
pub(super) fn per_hour<T: Trace>(
    p: &OvertimePay,
    wage: Money,
    minimum: Option<Sourced<Money>>,
    t: &mut T,
) -> Result<Exact> {
    let day = per_day(p, wage, minimum, t)?;
    let hours = i64::from(p.day_hours.value);
    t.param(Op::Over, &DAY_HOURS, Value::Count(hours), p.day_hours.cite);
    Ok(day.over_int(hours)?)
}
