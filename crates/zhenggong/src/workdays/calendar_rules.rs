//! The work calendar of a year, made from policy data.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::dates::Transferred;
use crate::{
    Error, Result,
    calendar::{
        DayKind, Festival, HolidayRegulation, TransferDays, WorkCalendar, statutory_holidays,
    },
    policy::{Choice, FieldSpec, Fields, Parameters, RuleInfo, Scope, Sourced, field},
    vocabulary::vocabulary,
};

vocabulary! {
    /// The day on which the Spring Festival begins as a holiday.
    pub enum SpringStart ("spring-start", "春节放假首日", "first day of the Spring Festival") {
        NewYearsEve = "lunar-new-years-eve", "除夕", "lunar New Year's Eve";
        NewYear = "lunar-new-year", "正月初一", "first day of the lunar year";
    }
}

/// What the packs say about the days of a year: the work calendar, with citations.
///
/// # Source
///
/// 全国年节及纪念日放假办法 art. 2 for the statutory holidays; the yearly notice of 国务院办公厅 for the
/// transfers (调休).
#[derive(Debug, Clone)]
pub struct WorkCalendarRules {
    calendar: WorkCalendar,
    spring_from: Sourced<SpringStart>,
    // In the order of `Festival::ALL`.
    days: [Sourced<u32>; 7],
    // None where no pack has transfers at all; an error where those of the year can't be used.
    transfers: Result<Option<Transfers>>,
}

/// The transfers of a year, each list with its citation.
#[derive(Debug, Clone)]
struct Transfers {
    rest: Sourced<Arc<[NaiveDate]>>,
    work: Sourced<Arc<[NaiveDate]>>,
}

impl WorkCalendarRules {
    /// Returns the work calendar of the month's year.
    #[must_use]
    pub fn calendar(&self) -> &WorkCalendar {
        &self.calendar
    }

    /// Returns where the Spring Festival begins.
    #[must_use]
    pub fn spring_from(&self) -> Sourced<SpringStart> {
        self.spring_from
    }

    /// Returns how many days a festival has.
    #[must_use]
    pub fn festival_days(&self, festival: Festival) -> Sourced<u32> {
        let [new_year, spring, qingming, labour, dragon_boat, mid_autumn, national] = self.days;
        match festival {
            Festival::NewYear => new_year,
            Festival::SpringFestival => spring,
            Festival::Qingming => qingming,
            Festival::LabourDay => labour,
            Festival::DragonBoat => dragon_boat,
            Festival::MidAutumn => mid_autumn,
            Festival::NationalDay => national,
        }
    }

    /// Returns the weekdays made rest days, by date, where the transfers of the year are known.
    #[must_use]
    pub fn transferred_rest(&self) -> Option<Sourced<&[NaiveDate]>> {
        self.transfers().map(|t| Sourced { value: &*t.rest.value, cite: t.rest.cite })
    }

    /// Returns the Saturdays and Sundays made workdays, by date, where the transfers of the year are
    /// known.
    #[must_use]
    pub fn transferred_work(&self) -> Option<Sourced<&[NaiveDate]>> {
        self.transfers().map(|t| Sourced { value: &*t.work.value, cite: t.work.cite })
    }

    fn transfers(&self) -> Option<&Transfers> {
        self.transfers.as_ref().ok()?.as_ref()
    }

    /// Returns the kind of a day.
    ///
    /// # Errors
    ///
    /// `ValueGap` for a day of another year, and for a day that is no statutory holiday where the
    /// transfers of the year are not known; `EvidenceNotAccepted` where they are not accepted.
    pub fn kind_of(&self, date: NaiveDate) -> Result<DayKind> {
        self.calendar.day_kind(date).map_err(|gap| match &self.transfers {
            // Why the transfers are missing says more than that they are.
            Err(why) if date.year() == self.calendar.year() => why.clone(),
            _ => gap,
        })
    }
}

impl Parameters for WorkCalendarRules {
    fn rule() -> &'static RuleInfo {
        &super::day_kind::RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let year = fields.month().year();
        let spring_from = fields.get::<Choice<SpringStart>>("spring_from")?;
        let days = [
            fields.get::<u32>("new_year_days")?,
            fields.get::<u32>("spring_days")?,
            fields.get::<u32>("qingming_days")?,
            fields.get::<u32>("labour_days")?,
            fields.get::<u32>("dragon_boat_days")?,
            fields.get::<u32>("mid_autumn_days")?,
            fields.get::<u32>("national_days")?,
        ];
        let holidays = statutory_holidays(year, &regulation(fields, spring_from, &days)?)?;
        let transfers = transfers(fields)?;
        let moved = match &transfers {
            Ok(Some(t)) => {
                let dates = |list: &Sourced<Arc<[NaiveDate]>>| list.value.to_vec();
                let moved = TransferDays::new(year, dates(&t.rest), dates(&t.work));
                Some(moved.map_err(|e| misfit(fields, &e))?)
            }
            Ok(None) | Err(_) => None,
        };
        let calendar = WorkCalendar::new(year, holidays, moved).map_err(|e| misfit(fields, &e))?;
        Ok(Self { calendar, spring_from, days, transfers })
    }
}

// No text has a festival of more days; a greater number is a slip.
const MOST_DAYS: u32 = 15;

fn regulation(
    fields: &Fields<'_>,
    spring_from: Sourced<SpringStart>,
    days: &[Sourced<u32>; 7],
) -> Result<HolidayRegulation> {
    let small = |days: &Sourced<u32>| {
        let fits = u8::try_from(days.value).ok().filter(|_| days.value <= MOST_DAYS);
        fits.ok_or_else(|| {
            let days = days.value;
            fields.shape_error(format_args!("节日放假 {days} 天 / a festival of {days} days"))
        })
    };
    let [new_year, spring, qingming, labour, dragon_boat, mid_autumn, national] = days;
    Ok(HolidayRegulation {
        new_year_days: small(new_year)?,
        spring_from: match spring_from.value {
            SpringStart::NewYearsEve => -1,
            SpringStart::NewYear => 0,
        },
        spring_days: small(spring)?,
        qingming_days: small(qingming)?,
        labour_days: small(labour)?,
        dragon_boat_days: small(dragon_boat)?,
        mid_autumn_days: small(mid_autumn)?,
        national_days: small(national)?,
    })
}

/// Returns the transfers of the year, or why they can't be used; holidays have an answer without.
fn transfers(fields: &Fields<'_>) -> Result<Result<Option<Transfers>>> {
    let rest = fields.optional::<Transferred<false>>("rest");
    let work = fields.optional::<Transferred<true>>("work");
    match (rest, work) {
        (Ok(Some(rest)), Ok(Some(work))) => Ok(Ok(Some(Transfers { rest, work }))),
        (Ok(None), Ok(None)) => Ok(Ok(None)),
        (Err(error), _) | (_, Err(error)) => Ok(Err(error)),
        _ => Err(fields.shape_error("rest 与 work 须同时给出 / rest and work belong together")),
    }
}

/// Returns the error of transfers that do not fit their year or its holidays.
#[cold]
fn misfit(fields: &Fields<'_>, error: &Error) -> Error {
    let arg = |name| error.args().find(|(n, _)| *n == name).map_or("—", |(_, value)| value);
    let (value, expected) = (arg("value"), arg("expected"));
    fields.shape_error(format_args!(
        "调休日期 {value}，应为 {expected} / transfer {value}, {expected} is expected"
    ))
}

/// The fields of `workdays.day-kind`.
pub(super) const FIELDS: &[FieldSpec] = &[
    field::<u32>("new_year_days", Scope::National),
    field::<Choice<SpringStart>>("spring_from", Scope::National),
    field::<u32>("spring_days", Scope::National),
    field::<u32>("qingming_days", Scope::National),
    field::<u32>("labour_days", Scope::National),
    field::<u32>("dragon_boat_days", Scope::National),
    field::<u32>("mid_autumn_days", Scope::National),
    field::<u32>("national_days", Scope::National),
    // A place may load a year that the national pack lacks.
    field::<Transferred<false>>("rest", Scope::Local),
    field::<Transferred<true>>("work", Scope::Local),
];
