//! 加班补贴, police overtime allowance (rule `allowance.police-overtime`).
//!
//! Two versions exist. The notice of 2009 pays by the day, with a cap on days a month by kind of
//! duty; which days are paid when the cap bites is not stated there, so it is policy. A later
//! standard is one flat amount a month.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    Error, ErrorCode, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope,
        Snapshot, Sourced, Table, field, resolve_as,
    },
    vocabulary::{DutyType, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// Which days are paid first when the cap on days bites.
    pub enum DayOrder ("day-order", "计发顺序", "order of days") {
        HolidaysFirst = "holidays-first", "先计法定节假日", "statutory holidays first";
        RestDaysFirst = "rest-days-first", "先计公休日", "rest days first";
    }
}

/// What the packs say about the police overtime allowance: by the day, or flat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PoliceOvertimeAllowance {
    /// The version by days.
    Days {
        /// Amount for a rest day.
        rest_day: Sourced<Money>,
        /// Amount for a statutory holiday.
        holiday: Sourced<Money>,
        /// Most days paid a month, by kind of duty.
        cap_days: Table<DutyType, u32>,
        /// Which days are paid first; none where no accepted source says.
        order: Option<Sourced<DayOrder>>,
    },
    /// The flat version: one amount a month.
    Flat(Sourced<Money>),
}

/// Days worked outside the five-day week, compensatory leave already taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OvertimeDays {
    /// Rest days worked.
    pub rest: u32,
    /// Statutory holidays worked.
    pub holiday: u32,
}

static ALLOWANCE: Term =
    Term::new("police-overtime-allowance", "加班补贴", "Police overtime allowance");
static FLAT: Term = Term::new("flat", "月定额", "flat amount a month");
static HOLIDAY_RATE: Term =
    Term::new("holiday-rate", "法定节假日标准", "amount for a statutory holiday");
static REST_RATE: Term = Term::new("rest-day-rate", "公休日标准", "amount for a rest day");
static PAID_HOLIDAYS: Term = Term::new("paid-holidays", "计发天数", "days paid");
static PAID_REST: Term = Term::new("paid-rest-days", "计发天数", "days paid");
static WORKED_REST: Term = Term::new("worked-rest-days", "公休日加班天数", "rest days worked");
static WORKED_HOLIDAYS: Term =
    Term::new("worked-holidays", "法定节假日加班天数", "statutory holidays worked");
static CAP: Term = Term::new("cap-days", "每月计发上限天数", "most days paid a month");
static ORDER: Term = Term::new("order", "超过上限时的计发顺序", "order of payment above the cap");

/// Returns the police overtime allowance (加班补贴) of one month, in yuan to the fen.
///
/// # Source
///
/// 人社部发〔2009〕184号 (evidence: secondary for the amounts): 80 yuan a rest day, 100 a statutory
/// holiday, usually at most 6 days a month at the front line and 4 in general administration. The
/// caps are on days, not on money. The later flat amount has no document number that was seen.
///
/// # Errors
///
/// `MissingFact` where the version by days lacks the kind of duty; `NeedsDecision` where the cap
/// bites, both kinds of day were worked, and no accepted source says which are paid.
///
/// # Examples
///
/// ```
/// use zhenggong::{allowance::{OvertimeDays, police_overtime_allowance}, derivation::NoTrace, testing};
/// use zhenggong::vocabulary::DutyType;
/// let snapshot = testing::national("2016-03")?;
/// let days = OvertimeDays { rest: 3, holiday: 1 };
/// let duty = Some(DutyType::GeneralAdministration);
/// let pay = police_overtime_allowance(snapshot.get()?, days, duty, &mut NoTrace)?;
/// assert_eq!(pay.to_string(), "340.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline(always)]
pub fn police_overtime_allowance<T: Trace>(
    p: &PoliceOvertimeAllowance,
    worked: OvertimeDays,
    duty: Option<DutyType>,
    t: &mut T,
) -> Result<Money> {
    match p {
        PoliceOvertimeAllowance::Flat(flat) => {
            t.begin(&ALLOWANCE);
            t.param(Op::Is, &FLAT, Value::Money(flat.value), flat.cite);
            t.end_money(flat.value);
            Ok(flat.value)
        }
        PoliceOvertimeAllowance::Days { rest_day, holiday, cap_days, order } => {
            let Some(duty) = duty else { return Err(missing("duty")) };
            let Some(cap) = cap_days.get(duty) else { return Err(no_cap(duty)) };
            let paid = within_cap(worked, cap.value, order.map(|o| o.value))?;
            let holidays = holiday.value.times(i64::from(paid.holiday))?;
            let pay = rest_day.value.times(i64::from(paid.rest))?.plus(holidays)?;
            t.begin(&ALLOWANCE);
            t.param(Op::Is, &HOLIDAY_RATE, Value::Money(holiday.value), holiday.cite);
            t.fact(Op::Times, &PAID_HOLIDAYS, Value::Count(i64::from(paid.holiday)));
            t.param(Op::Plus, &REST_RATE, Value::Money(rest_day.value), rest_day.cite);
            t.fact(Op::Times, &PAID_REST, Value::Count(i64::from(paid.rest)));
            if paid != worked {
                t.note(&WORKED_HOLIDAYS, Some(Value::Count(i64::from(worked.holiday))));
                t.note(&WORKED_REST, Some(Value::Count(i64::from(worked.rest))));
                t.cited_note(&CAP, Some(Value::Count(i64::from(cap.value))), cap.cite);
                if let Some(order) = order {
                    t.cited_note(&ORDER, Some(Value::Term(order.value.term())), order.cite);
                }
            }
            t.end_money(pay);
            Ok(pay)
        }
    }
}

/// Returns which of the days worked are paid under the cap.
#[inline(always)]
fn within_cap(worked: OvertimeDays, cap: u32, order: Option<DayOrder>) -> Result<OvertimeDays> {
    if u64::from(worked.rest) + u64::from(worked.holiday) <= u64::from(cap) {
        return Ok(worked);
    }
    // The order matters only where both kinds were worked.
    let order = match order {
        Some(order) => order,
        None if worked.holiday == 0 => DayOrder::RestDaysFirst,
        None if worked.rest == 0 => DayOrder::HolidaysFirst,
        None => return Err(undecided()),
    };
    Ok(match order {
        DayOrder::HolidaysFirst => {
            let holiday = worked.holiday.min(cap);
            OvertimeDays { holiday, rest: worked.rest.min(cap - holiday) }
        }
        DayOrder::RestDaysFirst => {
            let rest = worked.rest.min(cap);
            OvertimeDays { rest, holiday: worked.holiday.min(cap - rest) }
        }
    })
}

#[cold]
fn missing(fact: &'static str) -> Error {
    Error::new(ErrorCode::MissingFact).arg("fact", fact).field(fact).rule(RULE.id())
}

#[cold]
fn no_cap(duty: DutyType) -> Error {
    Error::new(ErrorCode::CellNotAttested)
        .arg_in("cell", duty.zh(), duty.en())
        .arg_in("table", CAP.zh, CAP.en)
        .rule(RULE.id())
}

#[cold]
fn undecided() -> Error {
    Error::new(ErrorCode::NeedsDecision)
        .arg_both(
            "question",
            "加班天数超过上限时先计公休日还是法定节假日 / which days are paid above the cap",
        )
        .rule(RULE.id())
        .source("人社部发〔2009〕184号")
}

impl Parameters for PoliceOvertimeAllowance {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let by_day = fields.get::<Money>("rest_day");
        match (by_day, fields.optional::<Money>("flat")) {
            (Ok(_), Ok(Some(_))) => Err(fields
                .shape_error("rest_day 与 flat 同时有效 / rest_day and flat are both in force")),
            (Ok(rest_day), _) => Ok(Self::Days {
                rest_day,
                holiday: fields.get::<Money>("holiday")?,
                cap_days: fields.get::<Keyed<DutyType, u32>>("cap_days")?,
                order: match fields.optional::<Choice<DayOrder>>("order") {
                    Err(e) if e.code() == ErrorCode::EvidenceNotAccepted => None,
                    other => other?,
                },
            }),
            (Err(_), Ok(Some(flat))) => Ok(Self::Flat(flat)),
            (Err(error), Ok(None)) => Err(error),
            (Err(by_day), Err(flat)) => Err(neither(by_day, flat)),
        }
    }
}

/// Returns why neither version is in force; a gap is the one between both.
fn neither(by_day: Error, flat: Error) -> Error {
    let codes = (by_day.code(), flat.code());
    if codes != (ErrorCode::ValueGap, ErrorCode::ValueGap) {
        return if codes.0 == ErrorCode::NoSuchStandard { flat } else { by_day };
    }
    let ends = |name: &'static str| {
        // Dates as text sort by time; a dash stands where there is none.
        [&by_day, &flat]
            .into_iter()
            .flat_map(Error::args)
            .filter(move |(n, v)| *n == name && *v != "—")
            .map(|(_, value)| value)
    };
    Error::new(ErrorCode::ValueGap)
        .arg_in("value", RULE.term.zh, RULE.term.en)
        .arg("last", ends("last").max().unwrap_or("—"))
        .arg("next", ends("next").min().unwrap_or("—"))
        .rule(RULE.id())
}

const FIELDS: &[FieldSpec] = &[
    field::<Money>("rest_day", Scope::National),
    field::<Money>("holiday", Scope::National),
    field::<Keyed<DutyType, u32>>("cap_days", Scope::National),
    field::<Choice<DayOrder>>("order", Scope::Local),
    field::<Money>("flat", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("allowance.police-overtime", "加班补贴（民警）", "police overtime allowance"),
    about: Term::new(
        "about",
        "法定工作日之外加班的补贴：按天计发（有天数上限），或按月定额。",
        "An allowance for work outside the five-day week: by the day with a cap on days, or flat.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("rest_days", "公休日加班天数", "rest days worked"), "count"),
        InputSpec::required(
            Term::new("holiday_days", "法定节假日加班天数", "statutory holidays worked"),
            "count",
        ),
        InputSpec::optional(Term::new("duty", "岗位类别", "kind of duty"), "duty-type"),
    ],
    output: "money",
    resolve: resolve_as::<PoliceOvertimeAllowance>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    rest_days: u32,
    holiday_days: u32,
    #[serde(default)]
    duty: Option<DutyType>,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    let days = OvertimeDays { rest: input.rest_days, holiday: input.holiday_days };
    police_overtime_allowance(snapshot.get()?, days, input.duty, t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cap_counts_days_in_the_order_of_the_policy() {
        let worked = OvertimeDays { rest: 5, holiday: 3 };
        let first = |order| within_cap(worked, 6, order).unwrap();
        let holidays = first(Some(DayOrder::HolidaysFirst));
        assert_eq!(holidays, OvertimeDays { rest: 3, holiday: 3 });
        let rest = first(Some(DayOrder::RestDaysFirst));
        assert_eq!(rest, OvertimeDays { rest: 5, holiday: 1 });
    }

    #[test]
    fn without_an_order_the_cap_is_decided_only_where_one_kind_was_worked() {
        let only_rest = OvertimeDays { rest: 9, holiday: 0 };
        assert_eq!(within_cap(only_rest, 6, None).unwrap().rest, 6);
        let both = OvertimeDays { rest: 9, holiday: 1 };
        assert_eq!(within_cap(both, 6, None).unwrap_err().code(), ErrorCode::NeedsDecision);
    }

    #[test]
    fn extreme_counts_do_not_wrap() {
        let worked = OvertimeDays { rest: u32::MAX, holiday: u32::MAX };
        let paid = within_cap(worked, 6, Some(DayOrder::HolidaysFirst)).unwrap();
        assert_eq!(paid, OvertimeDays { rest: 0, holiday: 6 });
    }
}
