//! 加班天数, the rest days and statutory holidays worked in a month (rule `workdays.overtime-days`).
//!
//! Its answer has the inputs of `allowance.police-overtime`. It reads the calendar of
//! `workdays.day-kind` and has no policy data of its own.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    WorkCalendarRules,
    dates::Day,
    day_kind::{day_kind, outside},
};
use crate::{
    Error, ErrorCode, Result,
    allowance::OvertimeDays,
    calendar::{DayKind, Month},
    derivation::{Op, Recorder, Trace, Value},
    policy::{Evaluate, InputSpec, RuleInfo, Snapshot},
    vocabulary::Term,
};

static DAYS: Term = Term::new("overtime-days", "加班天数", "Overtime days");
static REST: Term = Term::new("rest-days", "公休日", "rest days");
static HOLIDAYS: Term = Term::new("holiday-days", "法定节假日", "statutory holidays");

/// Returns how many rest days and statutory holidays the dates worked in a month are.
///
/// Compensatory leave is not taken off here: leave the dates out for which it was given.
///
/// # Source
///
/// 人社部发〔2009〕184号 pays rest days and statutory holidays apart; the kind of each day is that of
/// `workdays.day-kind`.
///
/// # Errors
///
/// `ContradictoryFacts` for a date outside the month or given twice; `NotApplicable` for a workday; the
/// errors of [`day_kind`].
///
/// # Examples
///
/// ```
/// use zhenggong::{calendar::{Month, parse_date}, derivation::NoTrace, testing, workdays::overtime_days};
/// let snapshot = testing::national("2025-05")?;
/// let worked = [parse_date("2025-05-01")?, parse_date("2025-05-05")?];
/// let days = overtime_days(snapshot.get()?, Month::new(2025, 5)?, &worked, &mut NoTrace)?;
/// assert_eq!((days.rest, days.holiday), (1, 1));
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn overtime_days<T: Trace>(
    p: &WorkCalendarRules,
    month: Month,
    dates: &[NaiveDate],
    t: &mut T,
) -> Result<OvertimeDays> {
    let mut days = OvertimeDays::default();
    // One bit for each day of the month.
    let mut seen = 0_u32;
    t.begin(&DAYS);
    for date in dates.iter().copied() {
        if !month.contains(date) {
            return Err(outside(date, month));
        }
        let bit = 1 << date.day0();
        if seen & bit != 0 {
            return Err(twice(date));
        }
        seen |= bit;
        match day_kind(p, date, t)? {
            DayKind::Workday => return Err(workday(date)),
            DayKind::RestDay => days.rest += 1,
            DayKind::StatutoryHoliday => days.holiday += 1,
        }
    }
    t.fact(Op::Is, &REST, Value::Count(days.rest.into()));
    t.fact(Op::Plus, &HOLIDAYS, Value::Count(days.holiday.into()));
    t.end(Value::Count(i64::from(days.rest) + i64::from(days.holiday)));
    Ok(days)
}

#[cold]
fn twice(date: NaiveDate) -> Error {
    Error::new(ErrorCode::ContradictoryFacts)
        .arg_both("detail", format_args!("{date} 重复 / {date} is given twice"))
}

#[cold]
fn workday(date: NaiveDate) -> Error {
    Error::new(ErrorCode::NotApplicable).arg_both(
        "detail",
        format_args!("{date} 是工作日，不计加班天数 / {date} is a workday and no overtime day"),
    )
}

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("workdays.overtime-days", "加班天数", "overtime days"),
    about: Term::new(
        "about",
        "把当月加班日期分为公休日和法定节假日计数，供加班补贴使用。",
        "Counts the dates worked in the month as rest days and statutory holidays, for the overtime \
         allowance.",
    ),
    fields: &[],
    inputs: &[InputSpec::required(
        Term::new(
            "dates",
            "加班日期（已扣除补休）",
            "dates worked, without those made up by leave",
        ),
        "[date]",
    )],
    output: "{rest_days, holiday_days}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    dates: Vec<Day>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 公休日加班天数. Rest days worked.
    rest_days: u32,
    /// 法定节假日加班天数. Statutory holidays worked.
    holiday_days: u32,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Output> {
    let Input { dates } = input;
    let dates: Vec<_> = dates.into_iter().map(|Day(date)| date).collect();
    let days = overtime_days(snapshot.get()?, snapshot.query().month, &dates, t)
        .map_err(|e| e.field("dates"))?;
    Ok(Output { rest_days: days.rest, holiday_days: days.holiday })
}
