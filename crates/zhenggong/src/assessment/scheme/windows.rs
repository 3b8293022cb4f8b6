//! Windows of schemes that follow each other: no day between two editions is counted twice or nowhere.

use std::sync::Arc;

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
    let (new, old) = (held(parts), held(before));
    let found = parts.iter().zip(0..).filter_map(|(part, at)| {
        let scheme = &part.scheme;
        // A part that a later one corrects holds no longer.
        if !new.iter().any(|held| Arc::ptr_eq(held, scheme)) {
            return None;
        }
        let before: Vec<_> = old.iter().filter(|old| in_place(old, scheme)).collect();
        let same = before.iter().find(|old| old.name.code == scheme.name.code);
        // Under new ids, all in its place have one window, and none of them goes on beside it.
        let goes_on = |old: &&&Arc<Scheme>| new.iter().any(|n| n.name.code == old.name.code);
        let one = before
            .first()
            .filter(|one| before.iter().all(|old| old.window == one.window && !goes_on(old)));
        let old = same.or(one)?;
        let (last, first) = spans(old, scheme, from)?;
        let gap = (first.from - last.to).num_days();
        (gap != 1).then(|| (at, broken(old, scheme, last, first)))
    });
    found.collect()
}

/// Returns the schemes that hold: of several parts with one id the last.
fn held<'p>(parts: &[&'p SchemePart]) -> Vec<&'p Arc<Scheme>> {
    let last = |of: &Scheme| parts.iter().rev().find(|p| p.scheme.name.code == of.name.code);
    let holds =
        |p: &&&'p SchemePart| last(&p.scheme).is_some_and(|l| Arc::ptr_eq(&l.scheme, &p.scheme));
    parts.iter().filter(holds).map(|p| &p.scheme).collect()
}

/// Returns whether a scheme scored, in some condition, whom another one does from then on.
fn in_place(old: &Scheme, new: &Scheme) -> bool {
    let together = match (old.condition, new.condition) {
        (Some(old), Some(new)) => old == new,
        _ => true,
    };
    (old.subject, old.period) == (new.subject, new.period) && together
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
