//! Which scheme scores whom, from which day to which, with peacetime and wartime told apart.

use chrono::NaiveDate;

use super::{
    Condition, Entry, FactorForm, FactorOn, Order, Period, PeriodKind, Scheme, Schemes, Span,
    Split, SubjectKind, group::Group,
};
use crate::{Error, ErrorCode, Result};

/// How one kind of subject is scored in a period.
#[derive(Debug, Clone)]
pub struct KindPlan<'s> {
    /// The days of the period.
    pub window: Span,
    /// Its parts: one, or more where a switch of condition splits the period; one for each scheme that
    /// holds on some of its days, in the order of their first days.
    pub parts: Vec<PlanPart<'s>>,
    /// The part that the period ends in, by its place.
    pub ends: usize,
    /// How parts make the result, where there are several.
    pub split: Option<Split>,
}

/// A part of a period under one scheme and condition: all days on which the scheme holds, so that its
/// limits count once however often the condition comes back.
#[derive(Debug, Clone)]
pub struct PlanPart<'s> {
    /// Its days, in order: several spans where the scheme holds again after another one.
    pub spans: Vec<Span>,
    /// Its condition; none where the scheme does not go by it.
    pub condition: Option<Condition>,
    /// Its scheme.
    pub entry: &'s Entry,
}

impl PlanPart<'_> {
    /// Returns its first and its last day; days of other parts can lie between.
    #[must_use]
    pub fn reach(&self) -> Option<Span> {
        Some(Span { from: self.spans.first()?.from, to: self.spans.last()?.to })
    }

    /// Returns how many days it has.
    #[must_use]
    pub fn days(&self) -> i64 {
        self.spans.iter().map(|span| span.days()).sum()
    }
}

impl<'s> KindPlan<'s> {
    /// Returns the scheme that the period ends under, which gives grade and coefficient.
    #[must_use]
    pub fn last(&self) -> Option<&'s Entry> {
        self.parts.get(self.ends).map(|p| p.entry)
    }

    /// Returns how many days its parts have: those of the window, but for a subject that was not on the list
    /// all the time of a period that a switch splits.
    #[must_use]
    pub fn days(&self) -> i64 {
        self.parts.iter().map(PlanPart::days).sum()
    }

    /// Returns the plan of a subject that was on the list for these days alone, with the place that each part
    /// has in it; none where no switch splits the period or the subject was there all the time. A part in
    /// which the subject was not there is none of its own.
    pub(super) fn narrowed(&self, here: Span) -> Option<(Self, Vec<Option<u8>>)> {
        let whole = here.from <= self.window.from && self.window.to <= here.to;
        if whole || self.parts.len() < 2 {
            return None;
        }
        let within = |(part, at): (&PlanPart<'s>, usize)| {
            let spans: Vec<Span> = part.spans.iter().filter_map(|s| s.within(here)).collect();
            (!spans.is_empty()).then(|| (at, PlanPart { spans, ..part.clone() }))
        };
        let mut parts: Vec<_> = self.parts.iter().zip(0..).filter_map(within).collect();
        // Another part can come first for who came later.
        parts.sort_by_key(|(_, part)| part.reach().map(|reach| reach.from));
        let mut places = vec![None; self.parts.len()];
        for ((at, _), place) in parts.iter().zip(0u8..) {
            if let Some(slot) = places.get_mut(*at) {
                *slot = Some(place);
            }
        }
        let parts = parts.into_iter().map(|(_, part)| part).collect();
        let mut own = Self { parts, ..self.clone() };
        let last = own.parts.iter().filter_map(PlanPart::reach).map(|reach| reach.to).max();
        let ends = own.parts.iter().position(|p| p.reach().map(|reach| reach.to) == last);
        own.ends = ends.unwrap_or_default();
        own.split = self.split.filter(|_| own.parts.len() > 1);
        Some((own, places))
    }

    #[inline]
    pub(super) fn part_of(&self, day: NaiveDate) -> Option<u8> {
        if self.parts.len() == 1 {
            return self.window.contains(day).then_some(0);
        }
        let at = self.parts.iter().position(|p| p.spans.iter().any(|s| s.contains(day)))?;
        u8::try_from(at).ok()
    }
}

/// Returns the condition on a day: that of the last order by then, else peacetime.
#[must_use]
pub fn condition_on(orders: &[Order], day: NaiveDate) -> Condition {
    let last = orders.iter().filter(|o| o.date <= day).max_by_key(|o| o.date);
    last.map_or(Condition::Peacetime, |o| o.condition)
}

/// The plans of a period, each once, and which group goes by which.
#[derive(Debug)]
pub(super) struct Plans<'s> {
    list: Vec<KindPlan<'s>>,
    /// By group: the place of its plan, none where nobody of it is scored.
    slots: Vec<Option<usize>>,
    /// Groups whose own scheme does not fit, and why.
    refused: Vec<(u32, Error)>,
}

impl<'s> Plans<'s> {
    /// Returns the plans.
    pub(super) fn iter(&self) -> impl Iterator<Item = &KindPlan<'s>> + Clone {
        self.list.iter()
    }

    /// Returns the plan of a group, with its place.
    #[inline]
    pub(super) fn of(&self, group: u32) -> Option<(usize, &KindPlan<'s>)> {
        let slot = self.slots.get(usize::try_from(group).ok()?).copied().flatten()?;
        Some((slot, self.list.get(slot)?))
    }

    /// Returns why nobody of a group is scored, where its own scheme does not fit.
    pub(super) fn refusal(&self, group: u32) -> Option<&Error> {
        self.refused.iter().find(|(refused, _)| *refused == group).map(|(_, error)| error)
    }
}

/// Returns the plans of a period. Schemes of the question settle the kinds that they are for; one that a
/// subject names itself goes before.
///
/// # Errors
///
/// `NeedsDecision` where several schemes fit, or where the scheme does not say how split periods are
/// combined; `ContradictoryFacts` for two orders of one day; `NoSuchStandard` where a kind has no scheme, or
/// has one for one condition alone. What is wrong with a scheme that subjects name themselves is theirs alone.
pub(super) fn plans<'s>(
    schemes: &'s Schemes,
    period: Period,
    groups: &[Group<'_>],
    named: &[String],
    orders: &[Order],
) -> Result<Plans<'s>> {
    for (at, order) in orders.iter().enumerate() {
        if orders.iter().take(at).any(|o| o.date == order.date) {
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_in(
                    "detail",
                    format!("{} 有两道平战命令", order.date),
                    format!("there are two orders on {}", order.date),
                )
                .field("orders"));
        }
    }
    for name in named {
        schemes.entry(name).map_err(|e| e.field("schemes"))?;
    }
    let mut out = Plans { list: Vec::new(), slots: vec![None; groups.len()], refused: Vec::new() };
    for ((group, slot), number) in groups.iter().zip(&mut out.slots).zip(0u32..) {
        if !group.has_subjects {
            continue;
        }
        let found = match group.scheme {
            None => of_kind(schemes, group.kind, period, named, orders).map(Some)?,
            Some(own) => of_name(schemes, (group.kind, own), period, named, orders)
                .map_err(|error| out.refused.push((number, error)))
                .ok(),
        };
        if let Some(plan) = found {
            *slot = Some(out.list.len());
            out.list.push(plan);
        }
    }
    Ok(out)
}

/// Returns the plan of those who name no scheme of their own.
fn of_kind<'s>(
    schemes: &'s Schemes,
    kind: SubjectKind,
    period: Period,
    named: &[String],
    orders: &[Order],
) -> Result<KindPlan<'s>> {
    let choose = |condition| schemes.choose(kind, period.kind(), condition, named);
    let (peace, war) = (choose(Condition::Peacetime)?, choose(Condition::Wartime)?);
    let Some(any) = peace.or(war) else {
        return Err(no_scheme(schemes, (kind, period.kind()), None, None));
    };
    let starts = starts(&any.scheme, period, orders)?;
    planned(schemes, any, starts, |condition| match condition {
        Condition::Peacetime => Ok(peace),
        Condition::Wartime => Ok(war),
    })
}

/// Returns the plan of those who name this scheme. In a condition in which it does not hold they go by the
/// scheme of their kind.
fn of_name<'s>(
    schemes: &'s Schemes,
    (kind, own): (SubjectKind, &str),
    period: Period,
    named: &[String],
    orders: &[Order],
) -> Result<KindPlan<'s>> {
    let entry = schemes.own(kind, period.kind(), own)?;
    let starts = starts(&entry.scheme, period, orders)?;
    planned(schemes, entry, starts, |condition| match entry.scheme.condition {
        Some(holds) if holds != condition => schemes.choose(kind, period.kind(), condition, named),
        _ => Ok(Some(entry)),
    })
}

/// Returns the days of the switches inside the window, from its first day on; a switch to what holds already
/// is none.
fn starts(
    scheme: &Scheme,
    period: Period,
    orders: &[Order],
) -> Result<(Span, Vec<(NaiveDate, Condition)>)> {
    let window = scheme.window.span(period)?;
    let mut starts = vec![(window.from, condition_on(orders, window.from))];
    let mut inside: Vec<&Order> =
        orders.iter().filter(|o| window.from < o.date && o.date <= window.to).collect();
    inside.sort_by_key(|o| o.date);
    for order in inside {
        if starts.last().is_none_or(|(_, condition)| *condition != order.condition) {
            starts.push((order.date, order.condition));
        }
    }
    Ok((window, starts))
}

/// Makes the parts of a period out of the schemes that hold on its days.
fn planned<'s>(
    schemes: &Schemes,
    any: &'s Entry,
    (window, starts): (Span, Vec<(NaiveDate, Condition)>),
    choose: impl Fn(Condition) -> Result<Option<&'s Entry>>,
) -> Result<KindPlan<'s>> {
    if !any.scheme.goes_by_condition() {
        let part = PlanPart { spans: vec![window], condition: None, entry: any };
        return Ok(KindPlan { window, parts: vec![part], ends: 0, split: None });
    }
    let mut parts: Vec<PlanPart<'s>> = Vec::with_capacity(2);
    let mut ends = 0;
    for (at, (from, condition)) in starts.iter().enumerate() {
        let next = starts.get(at + 1).and_then(|(next, _)| next.pred_opt());
        let span = Span { from: *from, to: next.unwrap_or(window.to) };
        let Some(entry) = choose(*condition)? else {
            let what = (any.scheme.subject, any.scheme.period);
            return Err(no_scheme(schemes, what, Some(*condition), Some(any)));
        };
        if entry.scheme.window != any.scheme.window {
            let (one, other) = (&any.scheme.name.code, &entry.scheme.name.code);
            return Err(Error::new(ErrorCode::TableShape).arg_in(
                "detail",
                format!("平时、战时方案 {one}、{other} 的窗口不同"),
                format!("the schemes {one} and {other} have different windows"),
            ));
        }
        let condition = Some(*condition);
        // A condition that comes back goes on with its part: one scheme has its limits once.
        match parts.iter().position(|p| p.condition == condition) {
            Some(at) => {
                if let Some(part) = parts.get_mut(at) {
                    part.spans.push(span);
                }
                ends = at;
            }
            None => {
                ends = parts.len();
                parts.push(PlanPart { spans: vec![span], condition, entry });
            }
        }
    }
    let split = match parts.as_slice() {
        [_] => None,
        parts => Some(agreed_split(parts)?),
    };
    Ok(KindPlan { window, parts, ends, split })
}

/// All schemes of a split period say the same about how its parts are combined.
fn agreed_split(parts: &[PlanPart<'_>]) -> Result<Split> {
    let mut said = parts.iter().map(|p| p.entry.scheme.split);
    let first = said.next().flatten();
    match first {
        Some(split) if said.all(|s| s == Some(split)) => Ok(split),
        _ => Err(Error::new(ErrorCode::NeedsDecision)
            .arg_in(
                "question",
                "平战转换把考核周期分成几段，方案未写明或写法不一：各段如何合成（split）",
                "a switch splits the period, and the schemes do not agree on how its parts are combined (split)",
            )
            .field("orders")),
    }
}

/// Says that a kind of subject has no scheme, or none for a condition although it has one for the other.
#[cold]
fn no_scheme(
    schemes: &Schemes,
    (kind, period): (SubjectKind, PeriodKind),
    condition: Option<Condition>,
    other: Option<&Entry>,
) -> Error {
    let (zh, en) = match condition {
        Some(condition) => (condition.zh(), format!("{} ", condition.en())),
        None => ("", String::new()),
    };
    // Somebody who names the scheme of the other condition alone should see why that is not enough.
    let (beside_zh, beside_en) = match other.map(|e| &e.scheme.name.code) {
        Some(code) => (
            format!("（{code} 不适用于该状态；按 orders，考核周期内有该状态的日子）"),
            format!(" ({code} does not hold then, and by the orders the period has such days)"),
        ),
        // Often it is there for another period.
        None => {
            let of_kind = schemes.iter().filter(|e| e.scheme.subject == kind);
            let all: Vec<_> = of_kind.map(|e| &*e.scheme.name.code).collect();
            match all.as_slice() {
                [] => (String::new(), String::new()),
                all => (
                    format!("（已有方案：{}）", all.join("、")),
                    format!(" (there are {})", all.join(", ")),
                ),
            }
        }
    };
    Error::new(ErrorCode::NoSuchStandard)
        .arg_in(
            "value",
            format!("{zh}{}{}考核方案{beside_zh}", kind.zh(), period.zh()),
            format!("a {}{} scheme for the {}{beside_en}", en, period.code(), kind.en()),
        )
        .field(if other.is_some() { "schemes" } else { "period" })
}

impl super::Scheme {
    /// Returns whether a period has to be split where the condition switches.
    fn goes_by_condition(&self) -> bool {
        self.condition.is_some()
            || self
                .factors
                .iter()
                .any(|f| f.on == FactorOn::Total && matches!(f.form, FactorForm::Condition { .. }))
    }
}
