//! Periods and their windows: from which day to which day an assessment counts.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::PeriodKind;
use crate::{
    Error, ErrorCode, Result,
    calendar::Month,
    number::{FromText, text_form},
};

/// A period by name: `2025-03`, `2025-Q1`, `2025-H1` or `2025`. Its days are its scheme's to say.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::{Period, PeriodKind};
/// let quarter: Period = "2025-Q1".parse()?;
/// assert_eq!(quarter.last_month().to_string(), "2025-03");
/// assert_eq!(quarter.parts(PeriodKind::Month)?.len(), 3);
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: Month,
    kind: PeriodKind,
}

impl Period {
    /// Returns the period of this kind that the month belongs to.
    ///
    /// # Errors
    ///
    /// `InvalidMonth` at the ends of the calendar.
    pub fn of(kind: PeriodKind, month: Month) -> Result<Self> {
        let back = (month.month().cast_signed() - 1) % kind.months();
        Ok(Self { first: month.plus_months(-back)?, kind })
    }

    /// Returns the kind.
    #[must_use]
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    /// Returns the first of its months.
    #[must_use]
    pub const fn first_month(self) -> Month {
        self.first
    }

    /// Returns the last of its months, whose policy the period is scored by.
    #[must_use]
    pub fn last_month(self) -> Month {
        self.first.plus_months(self.kind.months() - 1).unwrap_or(Month::MAX)
    }

    /// Returns the periods of a shorter kind that it consists of, or itself.
    ///
    /// # Errors
    ///
    /// `InvalidInput` where the other kind is longer.
    pub fn parts(self, kind: PeriodKind) -> Result<Vec<Self>> {
        let count = self.kind.months() / kind.months();
        if count == 0 {
            let zh = format!("{}不能由{}合成", self.kind.zh(), kind.zh());
            let en = format!("a {} is not made of {}s", self.kind.en(), kind.en());
            return Err(Error::new(ErrorCode::InvalidInput).arg_in("detail", zh, en));
        }
        (0..count)
            .map(|at| Ok(Self { first: self.first.plus_months(at * kind.months())?, kind }))
            .collect()
    }

    /// Returns whether the other period lies inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last_month() <= self.last_month()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        match self.kind {
            PeriodKind::Month => write!(f, "{}", self.first),
            PeriodKind::Quarter => write!(f, "{year:04}-Q{}", month.div_ceil(3)),
            PeriodKind::HalfYear => write!(f, "{year:04}-H{}", month.div_ceil(6)),
            PeriodKind::Year => write!(f, "{year:04}"),
        }
    }
}

impl FromText for Period {
    const EXPECTING: &'static str = "a period: \"2025-03\", \"2025-Q1\", \"2025-H1\" or \"2025\"";

    fn from_text(text: &str) -> Result<Self> {
        let read = || {
            let (year, part) = text.split_once('-').unwrap_or((text, ""));
            let (kind, month) = match part.as_bytes() {
                [] => (PeriodKind::Year, 1),
                [b'Q', quarter @ b'1'..=b'4'] => {
                    (PeriodKind::Quarter, u32::from(quarter - b'0') * 3)
                }
                [b'H', half @ b'1'..=b'2'] => (PeriodKind::HalfYear, u32::from(half - b'0') * 6),
                _ => return Self::of(PeriodKind::Month, Month::parse(text).ok()?).ok(),
            };
            let month = Month::parse(&format!("{year}-{month:02}")).ok()?;
            Self::of(kind, month).ok()
        };
        read().ok_or_else(|| {
            Error::new(ErrorCode::InvalidMonth).arg("value", crate::error::shown(text))
        })
    }
}

text_form!(Period);

crate::schema::text_schema! {
    Period: "考核周期：2025-03、2025-Q1、2025-H1 或 2025。",
        "A period of assessment: 2025-03, 2025-Q1, 2025-H1 or 2025.",
        "^(19|2[0-9])[0-9]{2}(-((0[1-9]|1[0-2])|Q[1-4]|H[12]))?$", "2025-Q1";
}

/// Days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Span {
    /// Returns whether the day lies inside.
    #[must_use]
    #[inline]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Returns the days that lie in another one as well.
    pub(crate) fn within(self, other: Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from <= both.to).then_some(both)
    }

    /// Returns how many days it has.
    #[must_use]
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }
}

/// Which days the periods of a scheme have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// Whole calendar months.
    Calendar,
    /// From this day of the month before to the day before it: 26 gives the 26th to the 25th, and for a
    /// year 2 gives 2 December to 1 December. From 2 to 28.
    From(u32),
    /// Each period with its own days.
    Listed(Vec<(Period, Span)>),
}

impl Window {
    /// Returns the days of a period.
    ///
    /// # Errors
    ///
    /// `InvalidMonth` at the ends of the calendar, `ValueGap` where a list of windows does not have the
    /// period.
    pub fn span(&self, period: Period) -> Result<Span> {
        let (first, last) = (period.first_month(), period.last_month());
        match self {
            Self::Calendar => Ok(Span { from: first.first_day(), to: last.last_day() }),
            Self::From(day) => {
                let from = first.prev()?.first_day().with_day(*day);
                let to = last.first_day().with_day(*day).and_then(|d| d.pred_opt());
                match (from, to) {
                    (Some(from), Some(to)) => Ok(Span { from, to }),
                    _ => Err(Error::new(ErrorCode::InvalidMonth).arg("value", period)),
                }
            }
            Self::Listed(spans) => match spans.iter().find(|(p, _)| *p == period) {
                Some((_, span)) => Ok(*span),
                None => Err(not_listed(period, spans)),
            },
        }
    }
}

#[cold]
fn not_listed(period: Period, spans: &[(Period, Span)]) -> Error {
    let text =
        |span: Option<&(Period, Span)>| span.map_or("—".to_owned(), |(p, _)| p.to_string());
    let after = spans.iter().find(|(p, _)| *p > period);
    Error::new(ErrorCode::ValueGap)
        .arg("value", format!("考核窗口 {period}"))
        .arg("last", text(spans.iter().rev().find(|(p, _)| *p < period)))
        .arg("next", text(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(window: &Window, period: &str) -> String {
        let span = window.span(period.parse().unwrap()).unwrap();
        format!("{} {}", span.from, span.to)
    }

    #[test]
    fn each_custom_has_its_days() {
        assert_eq!(days(&Window::Calendar, "2024-02"), "2024-02-01 2024-02-29");
        assert_eq!(days(&Window::Calendar, "2024"), "2024-01-01 2024-12-31");
        // 虎门: the 26th to the 25th; 上城: the first quarter from 21 December to 20 March.
        assert_eq!(days(&Window::From(26), "2025-01"), "2024-12-26 2025-01-25");
        assert_eq!(days(&Window::From(21), "2025-03"), "2025-02-21 2025-03-20");
        assert_eq!(days(&Window::From(21), "2025-Q1"), "2024-12-21 2025-03-20");
        assert_eq!(days(&Window::From(21), "2025"), "2024-12-21 2025-12-20");
        // The railway bureau counts its year from 2 December to 1 December.
        assert_eq!(days(&Window::From(2), "2020"), "2019-12-02 2020-12-01");
        assert_eq!(days(&Window::From(28), "2025-H2"), "2025-06-28 2025-12-27");
    }

    #[test]
    fn windows_follow_each_other_without_a_hole() {
        for window in [Window::Calendar, Window::From(2), Window::From(21), Window::From(28)] {
            for kind in [PeriodKind::Month, PeriodKind::Quarter, PeriodKind::HalfYear] {
                let year: Period = "2024".parse().unwrap();
                let spans: Vec<_> =
                    year.parts(kind).unwrap().iter().map(|p| window.span(*p).unwrap()).collect();
                for pair in spans.windows(2) {
                    assert_eq!(pair[0].to.succ_opt(), Some(pair[1].from));
                }
                let whole = window.span(year).unwrap();
                assert_eq!((spans[0].from, spans[spans.len() - 1].to), (whole.from, whole.to));
                assert_eq!(spans.iter().map(|s| s.days()).sum::<i64>(), whole.days());
            }
        }
    }

    #[test]
    fn names_read_back() {
        for name in ["2025-03", "2025-Q1", "2025-Q4", "2025-H2", "2025"] {
            assert_eq!(name.parse::<Period>().unwrap().to_string(), name);
        }
        for bad in ["", "2025-Q5", "2025-Q0", "2025-H3", "25", "2025-3", "2025-13", "1899"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
        let month: Period = "2025-03".parse().unwrap();
        assert!(month.parts(PeriodKind::Year).is_err());
        assert!("2025-Q1".parse::<Period>().unwrap().contains(month));
        assert!(!"2025-Q2".parse::<Period>().unwrap().contains(month));
    }
}
