//! Dates: months, service, partly known dates, statutory holidays, and kinds of days.
//!
//! A rule runs for a [`Month`]. Dates are [`chrono::NaiveDate`], read by [`parse_date`], which takes
//! the one form `2025-03-01` and the years 1900 to 2999.
//!
//! # Service
//!
//! The law counts service in two ways, and the caller names the one that the rule's text demands:
//!
//! | From 2020-07-01 to 2025-03-01 | Count | Function |
//! |---|---|---|
//! | 周年, anniversaries passed | 4 | [`full_years`] |
//! | 年头, calendar years touched | 6 | [`calendar_years`] |
//! | full months | 56 | [`full_months`] |
//!
//! # Days
//!
//! The pay for work on a day depends on its [`DayKind`], which comes from three sources: the
//! [`HolidayRegulation`] (全国年节及纪念日放假办法 art. 2), which fixes the statutory holidays by
//! solar date, lunar date and solar term; the yearly notice with its [`TransferDays`] (调休); and the
//! week. The regulation and the notices are policy data; the astronomy is here. Where the notice of a
//! year is not known, a [`WorkCalendar`] answers for statutory holidays alone.

mod date;
mod day_kind;
mod festival;
mod holiday_regulation;
mod holidays;
mod lunar;
mod month;
mod partial_date;
mod qingming;
mod service;
mod transfer_days;
mod work_calendar;

pub use self::{
    date::parse_date,
    day_kind::DayKind,
    festival::Festival,
    holiday_regulation::HolidayRegulation,
    holidays::{Holiday, statutory_holidays},
    month::Month,
    partial_date::PartialDate,
    service::{calendar_years, full_months, full_years},
    transfer_days::TransferDays,
    work_calendar::WorkCalendar,
};
