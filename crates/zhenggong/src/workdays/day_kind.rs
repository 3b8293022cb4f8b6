//! 日期类别, the kind of a day (rule `workdays.day-kind`).

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    WorkCalendarRules,
    calendar_rules::FIELDS,
    dates::Day,
    terms::{festival_term, kind_term, weekday_term},
};
use crate::{
    Error, ErrorCode, Result,
    calendar::{DayKind, Month},
    derivation::{Recorder, Trace, Value},
    policy::{Evaluate, InputSpec, RuleInfo, Snapshot, resolve_as},
    vocabulary::Term,
};

static KIND: Term = Term::new("day-kind", "日期类别", "Kind of day");
static DATE: Term = Term::new("date", "日期", "date");
static MADE_REST: Term = Term::new("made-rest-day", "调休放假", "made a rest day by transfer");
static MADE_WORKDAY: Term = Term::new("made-workday", "调休上班", "made a workday by transfer");

/// Returns the kind of a day: workday, rest day or statutory holiday.
///
/// # Source
///
/// 全国年节及纪念日放假办法 art. 2 for the statutory holidays, then the yearly notice (调休), then the
/// week.
///
/// # Errors
///
/// `ValueGap` for a day of another year than the calendar's, and for a day that is no statutory holiday
/// where the transfers of the year are not known.
///
/// # Examples
///
/// ```
/// use zhenggong::{calendar::{DayKind, parse_date}, derivation::NoTrace, testing, workdays::day_kind};
/// let snapshot = testing::national("2025-01")?;
/// let kind = |date| day_kind(snapshot.get()?, parse_date(date)?, &mut NoTrace);
/// assert_eq!(kind("2025-01-28")?, DayKind::StatutoryHoliday); // 除夕
/// assert_eq!(kind("2025-01-26")?, DayKind::Workday); // a Sunday, by transfer
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn day_kind<T: Trace>(p: &WorkCalendarRules, date: NaiveDate, t: &mut T) -> Result<DayKind> {
    let kind = p.kind_of(date)?;
    t.begin(&KIND);
    t.note(&DATE, Some(Value::Date(date)));
    if T::ACTIVE {
        reason(p, date, kind, t);
    }
    t.end(Value::Term(kind_term(kind)));
    Ok(kind)
}

/// Notes the festivals, or the day of the week with the transfer.
fn reason<T: Trace>(p: &WorkCalendarRules, date: NaiveDate, kind: DayKind, t: &mut T) {
    if kind == DayKind::StatutoryHoliday {
        for festival in p.calendar().festivals_on(date) {
            t.cited_note(festival_term(festival), None, p.festival_days(festival).cite);
        }
        return;
    }
    t.note(weekday_term(date.weekday()), None);
    for (label, days) in [(&MADE_REST, p.transferred_rest()), (&MADE_WORKDAY, p.transferred_work())]
    {
        if let Some(days) = days.filter(|days| days.value.contains(&date)) {
            t.cited_note(label, None, days.cite);
        }
    }
}

/// Returns the error of a date that lies outside the month asked for.
#[cold]
pub(super) fn outside(date: NaiveDate, month: Month) -> Error {
    Error::new(ErrorCode::ContradictoryFacts)
        .arg_both("detail", format_args!("{date} 不在 {month} 内 / {date} does not lie in {month}"))
}

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("workdays.day-kind", "日期类别", "kind of day"),
    about: Term::new(
        "about",
        "某日是工作日、休息日还是法定休假日：先看法定节日，再看调休，最后看星期。",
        "Whether a day is a workday, a rest day or a statutory holiday: festivals first, then \
         transfers, then the week.",
    ),
    fields: FIELDS,
    inputs: &[InputSpec::required(
        Term::new("date", "日期（须在该月内）", "a date of the month"),
        "date",
    )],
    output: "day-kind",
    resolve: resolve_as::<WorkCalendarRules>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    date: Day,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<DayKind> {
    let Input { date: Day(date) } = input;
    let month = snapshot.query().month;
    if !month.contains(date) {
        return Err(outside(date, month).field("date"));
    }
    day_kind(snapshot.get()?, date, t)
}
