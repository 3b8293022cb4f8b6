//! Windows of schemes that follow each other: no day between two editions is counted twice or nowhere.

use chrono::NaiveDate;

use super::{Scheme, reader::SchemePart};
use crate::{
    Error, ErrorCode,
    assessment::{Period, Span},
    calendar::Month,
};

/// Returns where the first period of a scheme does not begin on the day after the last one of the scheme in
/// whose place it comes from this day on.
pub(super) fn follow(
    parts: &[&SchemePart],
    before: &[&SchemePart],
    from: NaiveDate,
) -> Vec<(usize, Error)> {
    let found = parts.iter().zip(0..).filter_map(|(part, at)| {
        let new = &part.scheme;
        let place = |other: &&&SchemePart| {
            let of = |s: &Scheme| (s.subject, s.period, s.condition);
            of(&other.scheme) == of(new)
        };
        let same = |old: &&&SchemePart| old.scheme.name.code == new.name.code;
        // Of several in one place, those that keep their id.
        let alone = || parts.iter().filter(place).count() == 1;
        let only = || match before.iter().filter(place).collect::<Vec<_>>().as_slice() {
            [old] if alone() => Some(*old),
            _ => None,
        };
        let old = before.iter().filter(place).find(same).or_else(only)?;
        let (last, first) = spans(&old.scheme, new, from)?;
        let gap = (first.from - last.to).num_days();
        (gap != 1).then(|| (at, broken(&old.scheme, new, last, first)))
    });
    found.collect()
}

/// Returns the last window under the old scheme and the first one under the new.
fn spans(old: &Scheme, new: &Scheme, from: NaiveDate) -> Option<(Span, Span)> {
    // A period goes by the edition of its last month.
    let first = Period::of(new.period, Month::of(from).ok()?).ok()?;
    let last = Period::of(old.period, first.first_month().prev().ok()?).ok()?;
    Some((old.window.span(last).ok()?, new.window.span(first).ok()?))
}

#[cold]
fn broken(old: &Scheme, new: &Scheme, last: Span, first: Span) -> Error {
    let (old, code, kind) = (&old.name.code, &new.name.code, new.subject);
    let overlap = first.from <= last.to;
    let (zh, en) = match overlap {
        true => ("两个周期都计的日子", "days of both"),
        false => ("哪个周期都不计的日子", "days of neither"),
    };
    Error::new(ErrorCode::TableShape).arg_in(
        "detail",
        format!(
            "{}方案 {old} 的末期至 {}，接替它的 {code} 的首期自 {}，有{zh}；请在 window 中逐期列出",
            kind.zh(),
            last.to,
            first.from
        ),
        format!(
            "the last period under {old} ends on {}, the first one under {code} in its place begins on {}: there \
             are {en}; list the windows of the periods",
            last.to, first.from
        ),
    )
}
