//! 缴费基数, contribution base: the wage that counts, between floor and ceiling (rule
//! `insurance.contribution-base`).
//!
//! Floor and ceiling are published numbers. They are never derived from an average wage: in the years
//! of transition the floor lay below 60 % of it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    Error, ErrorCode, Result,
    calendar::Month,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, field, resolve_as,
    },
    vocabulary::{Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// The wage that counts for someone hired within the cycle.
    pub enum NewHireBase ("new-hire-base", "新参保人员缴费工资", "wage of a new hire") {
        FirstMonthWage = "first-month-wage", "首月工资", "wage of the first month";
        PriorYearAverage = "prior-year-average", "上年度月平均工资", "monthly average of the prior year";
    }
}

vocabulary! {
    /// Which wage the base of a month is made from.
    pub enum WageOfBase ("wage-of-base", "基数取值", "wage of the base") {
        Declared = "declared", "申报工资", "the declared wage";
        MonthGross = "month-gross", "当月应发", "gross pay of the month";
    }
}

/// What the packs say about the contribution base of social insurance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContributionBase {
    floor: Sourced<Money>,
    ceiling: Sourced<Money>,
    wage: Option<Sourced<WageOfBase>>,
    // Kept as errors: a stated wage can be clamped without them.
    cycle_start: Result<Sourced<u32>>,
    new_hire: Result<Sourced<NewHireBase>>,
}

/// The facts that decide which wage counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Employment {
    /// The day of hire.
    pub hired_on: NaiveDate,
    /// Average monthly wage of the calendar year before the cycle, where there is one.
    pub prior_average_wage: Option<Money>,
    /// Wage of the first month, for someone hired within the cycle.
    pub first_month_wage: Option<Money>,
}

static BASE: Term = Term::new("contribution-base", "缴费基数", "Contribution base");
static WAGE: Term = Term::new("wage", "缴费工资", "wage that counts");
static FLOOR: Term = Term::new("base-floor", "缴费基数下限", "floor of the base");
static CEILING: Term = Term::new("base-ceiling", "缴费基数上限", "ceiling of the base");
static RAISED: Term =
    Term::new("raised-to-floor", "低于下限，按下限", "below the floor, raised to it");
static CUT: Term = Term::new("cut-to-ceiling", "高于上限，按上限", "above the ceiling, cut to it");
static CHOSEN: Term = Term::new("wage-choice", "缴费工资的确定", "Choice of the wage");
static PRIOR: Term =
    Term::new("prior-average-wage", "本人上年度月平均工资", "own average wage of the prior year");
static FIRST: Term = Term::new("first-month-wage", "首月工资", "wage of the first month");
static HIRED: Term = Term::new("hired-on", "入职日期", "hired on");
static CYCLE: Term = Term::new("cycle-from", "本缴费年度起始月", "first month of the cycle");
static CYCLE_START: Term =
    Term::new("cycle-start-month", "缴费年度起始月份", "month in which the cycle starts");
static NEW_HIRE: Term = Term::new("new-hire-base", "新参保人员缴费工资", "wage of a new hire");

/// Returns the contribution base (缴费基数): the wage, not below the floor and not above the ceiling,
/// in yuan to the fen.
///
/// # Source
///
/// Practice of the places whose packs give the limits; 社会保险法 art. 12 leaves the base to national
/// rules. There is no rounding: wage and limits are amounts already.
///
/// # Errors
///
/// `NegativeNotAllowed` for a negative wage.
///
/// # Examples
///
/// ```
/// use zhenggong::{derivation::NoTrace, insurance::contribution_base, number::Money, policy::Pack, testing};
/// let packs = Pack::example("beijing").into_iter().collect();
/// let snapshot = testing::snapshot(packs, "beijing", "2025-07")?;
/// let base = contribution_base(snapshot.get()?, Money::parse("3000")?, &mut NoTrace)?;
/// assert_eq!(base.to_string(), "7162.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline(always)]
pub fn contribution_base<T: Trace>(p: &ContributionBase, wage: Money, t: &mut T) -> Result<Money> {
    if wage.is_negative() {
        return Err(negative(wage));
    }
    let base = wage.max(p.floor.value).min(p.ceiling.value);
    t.begin(&BASE);
    t.fact(Op::Is, &WAGE, Value::Money(wage));
    t.param(Op::AtLeast, &FLOOR, Value::Money(p.floor.value), p.floor.cite);
    t.param(Op::AtMost, &CEILING, Value::Money(p.ceiling.value), p.ceiling.cite);
    if base > wage {
        t.note(&RAISED, None);
    } else if base < wage {
        t.note(&CUT, None);
    }
    t.end_money(base);
    Ok(base)
}

/// Returns the wage that counts in the month: that of the prior year, or for someone hired within the
/// cycle the one that the place says, in yuan.
///
/// # Errors
///
/// `MissingFact` where the wage that counts is not given; `ContradictoryFacts` where the hire lies
/// after the month; a policy error where the place does not say when its cycle starts, or which wage
/// counts for a new hire.
pub fn base_wage<T: Trace>(
    p: &ContributionBase,
    facts: &Employment,
    month: Month,
    t: &mut T,
) -> Result<Money> {
    let start = p.cycle_start.clone()?;
    let cycle = cycle_of(month, start.value)?;
    let hired = Month::of(facts.hired_on)?;
    if hired > month {
        return Err(Error::new(ErrorCode::ContradictoryFacts)
            .arg_both(
                "detail",
                format!("{0} 入职晚于 {month} / hired on {0}, after {month}", facts.hired_on),
            )
            .rule(RULE.id())
            .field("hired_on"));
    }
    let choice = if hired < cycle { None } else { Some(p.new_hire.clone()?) };
    let (label, wage, field) = match choice.map(|c| c.value) {
        Some(NewHireBase::FirstMonthWage) => (&FIRST, facts.first_month_wage, "first_month_wage"),
        None | Some(NewHireBase::PriorYearAverage) => {
            (&PRIOR, facts.prior_average_wage, "prior_average_wage")
        }
    };
    let wage = wage.ok_or_else(|| {
        Error::new(ErrorCode::MissingFact).arg("fact", field).field(field).rule(RULE.id())
    })?;
    t.begin(&CHOSEN);
    t.fact(Op::Is, label, Value::Money(wage));
    t.note(&HIRED, Some(Value::Date(facts.hired_on)));
    t.note(&CYCLE, Some(Value::Month(cycle)));
    t.cited_note(&CYCLE_START, Some(Value::Count(i64::from(start.value))), start.cite);
    if let Some(choice) = choice {
        t.cited_note(&NEW_HIRE, Some(Value::Term(choice.value.term())), choice.cite);
    }
    t.end_money(wage);
    Ok(wage)
}

/// Returns the first month of the cycle that the month lies in.
fn cycle_of(month: Month, start: u32) -> Result<Month> {
    let year = if month.month() >= start { month.year() } else { month.year() - 1 };
    Month::new(year, start)
}

#[cold]
fn negative(wage: Money) -> Error {
    Error::new(ErrorCode::NegativeNotAllowed).arg("value", wage).rule(RULE.id()).field("wage")
}

impl ContributionBase {
    /// Returns which wage the base is made from: the declared one, unless the place takes the gross
    /// pay of the month.
    #[must_use]
    #[inline]
    pub fn wage(&self) -> WageOfBase {
        self.wage.map_or(WageOfBase::Declared, |w| w.value)
    }
}

impl Parameters for ContributionBase {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let floor = fields.get::<Money>("floor")?;
        let ceiling = fields.get::<Money>("ceiling")?;
        if floor.value > ceiling.value {
            return Err(fields.shape_error("下限高于上限 / the floor lies above the ceiling"));
        }
        let cycle_start = fields.get::<u32>("cycle_start");
        if let Ok(start) = &cycle_start
            && !(1..=12).contains(&start.value)
        {
            return Err(
                fields.shape_error("cycle_start 应为 1 至 12 / cycle_start is a month, 1 to 12")
            );
        }
        let new_hire = fields.get::<Choice<NewHireBase>>("new_hire");
        let wage = fields.optional::<Choice<WageOfBase>>("wage")?;
        Ok(Self { floor, ceiling, wage, cycle_start, new_hire })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Money>("floor", Scope::Local),
    field::<Money>("ceiling", Scope::Local),
    field::<Choice<WageOfBase>>("wage", Scope::Local),
    field::<u32>("cycle_start", Scope::Local),
    field::<Choice<NewHireBase>>("new_hire", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("insurance.contribution-base", "社会保险缴费基数", "contribution base"),
    about: Term::new(
        "about",
        "本人上年度月平均工资（周期内新入职者按当地规定），在公布的上下限之间。",
        "The own average wage of the prior year (for a new hire as the place says), within the published limits.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("hired_on", "入职日期", "day of hire"), "date"),
        InputSpec::optional(
            Term::new(
                "prior_average_wage",
                "本人上年度月平均工资",
                "own average wage of the prior year",
            ),
            "money",
        ),
        InputSpec::optional(
            Term::new("first_month_wage", "首月工资", "wage of the first month"),
            "money",
        ),
    ],
    output: "money",
    resolve: resolve_as::<ContributionBase>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(deserialize_with = "crate::number::text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    hired_on: NaiveDate,
    #[serde(default)]
    prior_average_wage: Option<Money>,
    #[serde(default)]
    first_month_wage: Option<Money>,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    let Input { hired_on, prior_average_wage, first_month_wage } = input;
    let p: &ContributionBase = snapshot.get()?;
    let facts = Employment { hired_on, prior_average_wage, first_month_wage };
    let wage = base_wage(p, &facts, snapshot.query().month, t)?;
    contribution_base(p, wage, t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cycle_starts_in_its_month() {
        let of = |m: &str, start| cycle_of(Month::parse(m).unwrap(), start).unwrap().to_string();
        assert_eq!(of("2025-06", 7), "2024-07");
        assert_eq!(of("2025-07", 7), "2025-07");
        assert_eq!(of("2025-12", 1), "2025-01");
    }
}
