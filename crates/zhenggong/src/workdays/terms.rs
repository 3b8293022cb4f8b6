//! Kinds of days and festivals as terms of a derivation.

use chrono::Weekday;

use crate::{
    calendar::{DayKind, Festival},
    vocabulary::Term,
};

const fn kind(of: DayKind) -> Term {
    Term::new(of.code(), of.zh(), of.en())
}

const fn festival(of: Festival) -> Term {
    Term::new(of.code(), of.zh(), of.en())
}

/// Returns the term of a kind of day.
pub(super) fn kind_term(of: DayKind) -> &'static Term {
    match of {
        DayKind::Workday => const { &kind(DayKind::Workday) },
        DayKind::RestDay => const { &kind(DayKind::RestDay) },
        DayKind::StatutoryHoliday => const { &kind(DayKind::StatutoryHoliday) },
    }
}

/// Returns the term of a festival.
pub(super) fn festival_term(of: Festival) -> &'static Term {
    match of {
        Festival::NewYear => const { &festival(Festival::NewYear) },
        Festival::SpringFestival => const { &festival(Festival::SpringFestival) },
        Festival::Qingming => const { &festival(Festival::Qingming) },
        Festival::LabourDay => const { &festival(Festival::LabourDay) },
        Festival::DragonBoat => const { &festival(Festival::DragonBoat) },
        Festival::MidAutumn => const { &festival(Festival::MidAutumn) },
        Festival::NationalDay => const { &festival(Festival::NationalDay) },
    }
}

/// Returns the term of a day of the week.
pub(super) fn weekday_term(of: Weekday) -> &'static Term {
    const DAYS: [Term; 7] = [
        Term::new("monday", "周一", "Monday"),
        Term::new("tuesday", "周二", "Tuesday"),
        Term::new("wednesday", "周三", "Wednesday"),
        Term::new("thursday", "周四", "Thursday"),
        Term::new("friday", "周五", "Friday"),
        Term::new("saturday", "周六", "Saturday"),
        Term::new("sunday", "周日", "Sunday"),
    ];
    match of {
        Weekday::Mon => const { &DAYS[0] },
        Weekday::Tue => const { &DAYS[1] },
        Weekday::Wed => const { &DAYS[2] },
        Weekday::Thu => const { &DAYS[3] },
        Weekday::Fri => const { &DAYS[4] },
        Weekday::Sat => const { &DAYS[5] },
        Weekday::Sun => const { &DAYS[6] },
    }
}
