//! Which scheme scores whom, from which day to which, with peacetime and wartime told apart.

use chrono::NaiveDate;

use super::{
    Condition, Entry, FactorForm, FactorOn, Order, Period, PeriodKind, Schemes, Span, Split,
    SubjectKind,
};
use crate::{Error, ErrorCode, Result, vocabulary::Vocabulary};

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

/// Returns the plans of a period, by the place of the kind in its list; none for a kind that is not asked
/// for. Named schemes settle the kinds that they are for; nobody on the list is passed over.
///
/// # Errors
///
/// `NeedsDecision` where several schemes fit, or where the scheme does not say how split periods are
/// combined; `ContradictoryFacts` for two orders of one day; `NoSuchStandard` where a kind has no scheme, or
/// has one for one condition alone.
pub(super) fn plans<'s>(
    schemes: &'s Schemes,
    period: Period,
    kinds: &[SubjectKind],
    named: &[String],
    orders: &[Order],
) -> Result<Vec<Option<KindPlan<'s>>>> {
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
    let plan = |kind: &SubjectKind| {
        if !kinds.contains(kind) {
            return Ok(None);
        }
        let found = plan(schemes, *kind, period, named, orders)?;
        if found.is_none() {
            return Err(no_scheme(*kind, period.kind(), None, None));
        }
        Ok(found)
    };
    SubjectKind::ALL.iter().map(plan).collect()
}

fn plan<'s>(
    schemes: &'s Schemes,
    kind: SubjectKind,
    period: Period,
    named: &[String],
    orders: &[Order],
) -> Result<Option<KindPlan<'s>>> {
    let choose = |condition| schemes.choose(kind, period.kind(), condition, named);
    let (peace, war) = (choose(Condition::Peacetime)?, choose(Condition::Wartime)?);
    let Some(any) = peace.or(war) else { return Ok(None) };
    let window = any.scheme.window.span(period)?;
    let same = match (peace, war) {
        (Some(p), Some(w)) => std::ptr::eq(p, w),
        _ => false,
    };
    // The days of the switches inside the window; a switch to what holds already is none.
    let mut starts = vec![(window.from, condition_on(orders, window.from))];
    let mut inside: Vec<&Order> =
        orders.iter().filter(|o| window.from < o.date && o.date <= window.to).collect();
    inside.sort_by_key(|o| o.date);
    for order in inside {
        if starts.last().is_none_or(|(_, condition)| *condition != order.condition) {
            starts.push((order.date, order.condition));
        }
    }
    if same && !any.scheme.goes_by_condition() {
        let part = PlanPart { spans: vec![window], condition: None, entry: any };
        return Ok(Some(KindPlan { window, parts: vec![part], ends: 0, split: None }));
    }
    let mut parts: Vec<PlanPart<'s>> = Vec::with_capacity(2);
    let mut ends = 0;
    for (at, (from, condition)) in starts.iter().enumerate() {
        let next = starts.get(at + 1).and_then(|(next, _)| next.pred_opt());
        let span = Span { from: *from, to: next.unwrap_or(window.to) };
        let found = if *condition == Condition::Wartime { war } else { peace };
        let Some(entry) = found else {
            return Err(no_scheme(kind, period.kind(), Some(*condition), Some(any)));
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
    Ok(Some(KindPlan { window, parts, ends, split }))
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
    kind: SubjectKind,
    period: PeriodKind,
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
        None => (String::new(), String::new()),
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
