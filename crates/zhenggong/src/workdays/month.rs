//! 当月工作日, the days of a month by kind (rule `workdays.month`).
//!
//! It reads the calendar of `workdays.day-kind` and has no policy data of its own.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{WorkCalendarRules, terms::festival_term};
use crate::{
    Result,
    calendar::{DayKind, Month},
    derivation::{Op, Recorder, Trace, Value},
    policy::{Evaluate, RuleInfo, Snapshot},
    vocabulary::Term,
};

/// The days of a month by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MonthDays {
    /// Workdays, those made by transfer among them.
    pub workdays: u32,
    /// Rest days, those made by transfer among them.
    pub rest: u32,
    /// Statutory holidays, also those on a weekend.
    pub holiday: u32,
}

static WORKDAYS: Term = Term::new("workdays", "工作日天数", "Workdays");
static ALL: Term = Term::new("days", "当月天数", "days of the month");
static REST: Term = Term::new("rest-days", "休息日", "rest days");
static HOLIDAYS: Term = Term::new("holiday-days", "法定休假日", "statutory holidays");
static MADE_REST: Term = Term::new("made-rest-day", "调休放假", "made a rest day by transfer");
static MADE_WORKDAY: Term = Term::new("made-workday", "调休上班", "made a workday by transfer");

/// Returns how many workdays, rest days and statutory holidays a month has.
///
/// # Source
///
/// 全国年节及纪念日放假办法 art. 2 and the yearly notice, as in [`day_kind`](super::day_kind()).
///
/// # Errors
///
/// `ValueGap` where the month lies in another year than the calendar, or the transfers of the year are
/// not known.
///
/// # Examples
///
/// ```
/// use zhenggong::{calendar::Month, derivation::NoTrace, testing, workdays::month_days};
/// let snapshot = testing::national("2025-10")?;
/// let days = month_days(snapshot.get()?, Month::new(2025, 10)?, &mut NoTrace)?;
/// assert_eq!((days.workdays, days.rest, days.holiday), (18, 9, 4));
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn month_days<T: Trace>(p: &WorkCalendarRules, month: Month, t: &mut T) -> Result<MonthDays> {
    let mut days = MonthDays::default();
    for date in month.first_day().iter_days().take_while(|date| month.contains(*date)) {
        match p.kind_of(date)? {
            DayKind::Workday => days.workdays += 1,
            DayKind::RestDay => days.rest += 1,
            DayKind::StatutoryHoliday => days.holiday += 1,
        }
    }
    t.begin(&WORKDAYS);
    t.fact(Op::Is, &ALL, Value::Count(month.days().into()));
    t.fact(Op::Minus, &REST, Value::Count(days.rest.into()));
    t.fact(Op::Minus, &HOLIDAYS, Value::Count(days.holiday.into()));
    if T::ACTIVE {
        reasons(p, month, t);
    }
    t.end(Value::Count(days.workdays.into()));
    Ok(days)
}

/// Notes the holidays and transfers of the month.
fn reasons<T: Trace>(p: &WorkCalendarRules, month: Month, t: &mut T) {
    for holiday in p.calendar().holidays().iter().filter(|h| month.contains(h.date)) {
        let cite = p.festival_days(holiday.festival).cite;
        t.cited_note(festival_term(holiday.festival), Some(Value::Date(holiday.date)), cite);
    }
    for (label, days) in [(&MADE_REST, p.transferred_rest()), (&MADE_WORKDAY, p.transferred_work())]
    {
        let Some(days) = days else { continue };
        for date in days.value.iter().filter(|date| month.contains(**date)) {
            t.cited_note(label, Some(Value::Date(*date)), days.cite);
        }
    }
}

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("workdays.month", "当月工作日", "workdays of the month"),
    about: Term::new(
        "about",
        "当月工作日、休息日和法定休假日各有几天。",
        "How many workdays, rest days and statutory holidays the month has.",
    ),
    fields: &[],
    inputs: &[],
    output: "{workdays, rest_days, holiday_days}",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 工作日天数. Workdays.
    workdays: u32,
    /// 休息日天数. Rest days.
    rest_days: u32,
    /// 法定休假日天数. Statutory holidays.
    holiday_days: u32,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Output> {
    let Input {} = input;
    let MonthDays { workdays, rest, holiday } =
        month_days(snapshot.get()?, snapshot.query().month, t)?;
    Ok(Output { workdays, rest_days: rest, holiday_days: holiday })
}
