//! 加班费, overtime pay under the Labour Law (rule `auxiliary.overtime-pay`).
//!
//! For people on a labour contract, so for auxiliaries and not for police officers. The law gives the
//! least that is paid; a place or unit may pay more, not less.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    MinimumWage, daily_wage, hourly_wage,
    wage_parts::{per_day, per_hour},
};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::{Money, NumberError, Rate, Rounding},
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot, Sourced,
        field, resolve_as,
    },
    vocabulary::Term,
};

/// What the packs say about overtime pay.
#[derive(Debug, Clone, Copy)]
pub struct OvertimePay {
    /// Paid days of a month (月计薪天数).
    pub paid_days: Sourced<Rate>,
    /// Hours of a working day.
    pub day_hours: Sourced<u32>,
    /// Rate of hours beyond the working day.
    pub extended: Sourced<Rate>,
    /// Rate of a rest day worked without a day off in its place.
    pub rest_day: Sourced<Rate>,
    /// Rate of a statutory holiday worked.
    pub holiday: Sourced<Rate>,
    /// How each amount is rounded.
    pub rounding: Sourced<Rounding>,
}

/// Overtime of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OvertimeWork {
    /// Hours beyond the working day.
    pub hours: Rate,
    /// Rest days worked for which no day off was given.
    pub rest_days: u32,
    /// Statutory holidays worked.
    pub holiday_days: u32,
}

/// Overtime pay of one month by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OvertimeAmounts {
    /// For hours beyond the working day.
    pub extended: Money,
    /// For rest days.
    pub rest_day: Money,
    /// For statutory holidays.
    pub holiday: Money,
}

impl OvertimeAmounts {
    /// Returns the sum of the three.
    ///
    /// # Errors
    ///
    /// `Overflow` where the sum does not fit.
    pub fn total(&self) -> Result<Money> {
        Ok(Money::checked_sum([self.extended, self.rest_day, self.holiday])?)
    }
}

static RATE: Term = Term::new("rate", "支付比例", "rate");
static EXTENDED: Term =
    Term::new("extended-overtime", "延长工作时间加班费", "Pay for hours beyond the working day");
static HOURS: Term = Term::new("hours", "小时数", "hours");
static REST_DAY: Term = Term::new("rest-day-overtime", "休息日加班费", "Pay for rest days worked");
static HOLIDAY: Term =
    Term::new("holiday-overtime", "法定休假日加班费", "Pay for statutory holidays worked");
static DAYS: Term = Term::new("days", "天数", "days");
static TOTAL: Term = Term::new("overtime-pay", "加班费", "Overtime pay");

/// Returns overtime pay (加班费) of one month by kind, in yuan to the fen.
///
/// `wage` is the month's pay that the contract makes the base. Where `minimum`, the local minimum wage,
/// is known and higher, it is the base: no wage may be below it (劳动法 art. 48).
///
/// # Source
///
/// 劳动法 art. 44: at least 150 % of the wage for hours beyond the working day, 200 % for a rest day when
/// no day off can be given, 300 % for a statutory holiday. 劳社部发〔2008〕3号 part 2: paid days.
///
/// # Rounding
///
/// Each kind is exact up to one rounding at its end, by the policy's `rounding`. No national rule names
/// it: the one in the national pack is inferred.
///
/// # Errors
///
/// `NegativeNotAllowed` for negative pay or hours; `DivisionByZero` for a pack with 0 days or hours.
///
/// # Examples
///
/// ```
/// use zhenggong::{auxiliary::{OvertimeWork, overtime_pay}, derivation::NoTrace, number::Money, testing};
/// let snapshot = testing::national("2024-03")?;
/// let worked = OvertimeWork { rest_days: 3, ..OvertimeWork::default() };
/// let wage = Money::parse("3000.00")?;
/// let pay = overtime_pay(snapshot.get()?, wage, worked, None, &mut NoTrace)?;
/// assert_eq!(pay.rest_day.to_string(), "827.59");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn overtime_pay<T: Trace>(
    p: &OvertimePay,
    wage: Money,
    worked: OvertimeWork,
    minimum: Option<Sourced<Money>>,
    t: &mut T,
) -> Result<OvertimeAmounts> {
    if worked.hours.is_negative() {
        return Err(negative(worked.hours, "hours"));
    }
    if wage.is_negative() {
        return Err(negative(wage, "wage"));
    }
    t.begin(&TOTAL);
    let mut extended = Money::ZERO;
    if !worked.hours.is_zero() {
        t.begin(&EXTENDED);
        let exact = per_hour(p, wage, minimum, t)?.times(p.extended.value)?.times(worked.hours)?;
        t.param(Op::Times, &RATE, Value::Percent(p.extended.value), p.extended.cite);
        t.fact(Op::Times, &HOURS, Value::Number(worked.hours));
        extended = t.round(exact, &p.rounding)?;
        t.end_money(extended);
    }
    let mut days = |label: &'static Term, rate: Sourced<Rate>, days: u32| {
        // A kind that was not worked has no line.
        if days == 0 {
            return Ok(Money::ZERO);
        }
        t.begin(label);
        let exact = per_day(p, wage, minimum, t)?.times(rate.value)?.times_int(i64::from(days))?;
        t.param(Op::Times, &RATE, Value::Percent(rate.value), rate.cite);
        t.fact(Op::Times, &DAYS, Value::Count(i64::from(days)));
        let pay = t.round(exact, &p.rounding)?;
        t.end_money(pay);
        Ok::<_, Error>(pay)
    };
    let rest_day = days(&REST_DAY, p.rest_day, worked.rest_days)?;
    let holiday = days(&HOLIDAY, p.holiday, worked.holiday_days)?;
    let amounts = OvertimeAmounts { extended, rest_day, holiday };
    t.end_money(amounts.total()?);
    Ok(amounts)
}

#[cold]
pub(super) fn negative(value: impl std::fmt::Display, field: &'static str) -> Error {
    Error::new(ErrorCode::NegativeNotAllowed).arg("value", value).field(field).rule(RULE.id())
}

impl Parameters for OvertimePay {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let p = Self {
            paid_days: fields.get::<Rate>("paid_days")?,
            day_hours: fields.get::<u32>("day_hours")?,
            extended: fields.get::<Rate>("extended_rate")?,
            rest_day: fields.get::<Rate>("rest_day_rate")?,
            holiday: fields.get::<Rate>("holiday_rate")?,
            rounding: fields.get::<Rounding>("rounding")?,
        };
        if p.paid_days.value.is_zero() || p.day_hours.value == 0 {
            return Err(NumberError::DivisionByZero.into());
        }
        Ok(p)
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Rate>("paid_days", Scope::National),
    field::<u32>("day_hours", Scope::National),
    field::<Rate>("extended_rate", Scope::Local),
    field::<Rate>("rest_day_rate", Scope::Local),
    field::<Rate>("holiday_rate", Scope::Local),
    field::<Rounding>("rounding", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("auxiliary.overtime-pay", "加班费", "overtime pay"),
    about: Term::new(
        "about",
        "劳动合同制人员的加班费：延长工时、未补休的休息日、法定休假日，另给日工资和小时工资。",
        "Overtime pay under a labour contract: hours beyond the day, rest days without a day off, \
         statutory holidays; with the day's and the hour's pay.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(
            Term::new("wage", "月工资（加班基数）", "month's pay as base"),
            "money",
        ),
        InputSpec::required(Term::new("hours", "延长工作小时数", "hours beyond the day"), "rate"),
        InputSpec::required(
            Term::new("rest_days", "未安排补休的休息日加班天数", "rest days without a day off"),
            "count",
        ),
        InputSpec::required(
            Term::new("holiday_days", "法定休假日加班天数", "statutory holidays worked"),
            "count",
        ),
    ],
    output: "{day, hour, extended, rest_day, holiday, total}",
    resolve: resolve_as::<OvertimePay>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    wage: Money,
    hours: Rate,
    rest_days: u32,
    holiday_days: u32,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 日工资. Pay of a day.
    day: Money,
    /// 小时工资. Pay of an hour.
    hour: Money,
    /// 延时加班工资. For extended hours.
    extended: Money,
    /// 休息日加班工资. For rest days.
    rest_day: Money,
    /// 法定休假日加班工资. For statutory holidays.
    holiday: Money,
    /// 合计. All three.
    total: Money,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Output> {
    let Input { wage, hours, rest_days, holiday_days } = input;
    let p: &OvertimePay = snapshot.get()?;
    // Where no minimum wage is loaded for the month, the stated pay is the base.
    let minimum = snapshot.get::<MinimumWage>().ok().map(|m| m.monthly);
    let worked = OvertimeWork { hours, rest_days, holiday_days };
    let pay = overtime_pay(p, wage, worked, minimum, t)?;
    Ok(Output {
        day: daily_wage(p, wage, minimum, t)?,
        hour: hourly_wage(p, wage, minimum, t)?,
        extended: pay.extended,
        rest_day: pay.rest_day,
        holiday: pay.holiday,
        total: pay.total()?,
    })
}
