//! 住房公积金, housing provident fund (rule `insurance.housing-fund`).
//!
//! Rates are local, within 5 % to 12 %. A unit may have a rate of its own, which is a fact and is
//! checked against the same bounds. Whether a side is rounded to the yuan or the fen is local.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ContributionSide, SchemeTerms, SideTerms,
    scheme_terms::{self, LineTerms, OwnRate, kept},
};
use crate::{
    Error, ErrorCode, Result,
    allowance::Effect,
    calendar::Month,
    derivation::{Op, Recorder, Trace, Value},
    number::{Money, Rate},
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, field, resolve_as,
    },
    vocabulary::{PayItem, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// How a person came into the unit that pays the housing fund.
    pub enum StartKind ("fund-start", "入职类别", "kind of start") {
        NewWorker = "new-worker", "新参加工作", "first job";
        Transferee = "transferee", "新调入", "transferred in";
    }
}

/// What the packs say about the housing fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HousingFund {
    terms: SchemeTerms,
    // Lowest and highest rate that the nation allows.
    limits: Result<(Sourced<Rate>, Sourced<Rate>)>,
    new_worker: Result<Sourced<Effect>>,
    transferee: Result<Sourced<Effect>>,
}

/// 入职. When and how a person started in the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HousingFundStart {
    /// First job, or transferred in.
    #[schemars(title = "入职类别 / kind of start")]
    pub kind: StartKind,
    /// For a first job the day on which work began; for a transfer the day of the first pay here.
    #[serde(deserialize_with = "crate::number::text::deserialize")]
    #[schemars(
        with = "crate::schema::Date",
        title = "参加工作或首次发薪日 / first day of work or of pay"
    )]
    pub on: NaiveDate,
}

static FIRST_MONTH: Term = Term::new("first-fund-month", "首个缴存月", "first month that is paid");
static STARTED: Term = Term::new("fund-start", "入职类别", "kind of start");
static NOT_YET: Term =
    Term::new("fund-not-yet", "未到首个缴存月，本月不缴", "before the first month that is paid");
static EFFECT: Term = Term::new("fund-start-effect", "起缴时点", "payment starts");

impl HousingFund {
    /// Returns the terms of both sides.
    #[must_use]
    #[inline]
    pub fn terms(&self) -> &SchemeTerms {
        &self.terms
    }
}

/// Returns what one side pays to the housing fund (住房公积金), in yuan, rounded as the place says.
///
/// `base` is the average wage of the prior year, or for a new worker or transferee the wage of the
/// month; limits of the fund's own apply where the place has them. `own_rate` is the rate of the unit
/// in place of the local one.
///
/// # Source
///
/// 住房公积金管理条例 arts 16–18: wage times rate, at least 5 %.
///
/// # Errors
///
/// `OutOfBounds` for a rate of one's own outside the national bounds; `NotApplicable` for a flat
/// amount; `NegativeNotAllowed`; a policy error where rate, bounds or rounding are not there.
///
/// # Examples
///
/// ```
/// use zhenggong::{derivation::NoTrace, insurance::{ContributionSide, housing_fund_share}};
/// use zhenggong::{number::Money, policy::Pack, testing};
/// let packs = Pack::example("beijing").into_iter().collect();
/// let snapshot = testing::snapshot(packs, "beijing", "2024-07")?;
/// let (base, side) = (Money::parse("20000")?, ContributionSide::Personal);
/// let own = housing_fund_share(snapshot.get()?, side, base, None, &mut NoTrace)?;
/// assert_eq!(own.to_string(), "2400.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline(always)]
pub fn housing_fund_share<T: Trace>(
    p: &HousingFund,
    side: ContributionSide,
    base: Money,
    own_rate: Option<Rate>,
    t: &mut T,
) -> Result<Money> {
    p.line_of(side_terms(p, side)?).share(base, own_rate, t)
}

/// What one side's line is computed by, at hand for many people.
#[derive(Clone, Copy)]
pub(crate) struct FundLine<'a> {
    fund: &'a HousingFund,
    side: &'a SideTerms,
    line: LineTerms<'a>,
    limits: Result<(Sourced<Rate>, Sourced<Rate>), &'a Error>,
}

impl FundLine<'_> {
    #[inline(always)]
    fn share<T: Trace>(&self, base: Money, own_rate: Option<Rate>, t: &mut T) -> Result<Money> {
        let Some(rate) = own_rate else { return self.line.share(base, t) };
        let (lowest, highest) = self.limits.map_err(kept)?;
        if rate < lowest.value || rate > highest.value {
            return Err(out_of_bounds(rate, lowest.value, highest.value));
        }
        self.line.share_by(OwnRate { rate, lowest, highest }, base, t)
    }

    /// Computes the line of a month; the same as [`HousingFund::for_month`].
    #[inline(always)]
    pub(crate) fn for_month<T: Trace>(
        &self,
        month: Month,
        start: Option<HousingFundStart>,
        (base, own_rate): (Money, Option<Rate>),
        t: &mut T,
    ) -> Result<Money> {
        let Some(start) = start else { return self.share(base, own_rate, t) };
        self.fund.for_start(month, start, self.side, (base, own_rate), t)
    }
}

#[inline(always)]
fn side_terms(p: &HousingFund, side: ContributionSide) -> Result<&SideTerms> {
    match side {
        ContributionSide::Personal => Ok(&p.terms.personal),
        ContributionSide::Employer => Ok(&p.terms.employer),
        ContributionSide::PersonalFlat => Err(no_flat()),
    }
}

/// Returns the first month for which the fund is paid.
///
/// # Source
///
/// 住房公积金管理条例 art. 17: a new worker from the second month of work, a transferee from the day on
/// which the new unit first pays.
///
/// # Errors
///
/// `InvalidMonth` at the end of the calendar; a policy error where the rule is not in force.
pub fn first_fund_month(p: &HousingFund, start: HousingFundStart) -> Result<Month> {
    effect(p, start.kind)?.value.first_month(start.on)
}

fn effect(p: &HousingFund, kind: StartKind) -> Result<Sourced<Effect>> {
    match kind {
        StartKind::NewWorker => p.new_worker.clone(),
        StartKind::Transferee => p.transferee.clone(),
    }
}

impl HousingFund {
    /// Returns the share of a month, which is 0 before the first month that is paid.
    ///
    /// # Errors
    ///
    /// Those of [`first_fund_month`] and [`housing_fund_share`].
    #[inline(always)]
    pub fn for_month<T: Trace>(
        &self,
        month: Month,
        start: Option<HousingFundStart>,
        side: ContributionSide,
        (base, own_rate): (Money, Option<Rate>),
        t: &mut T,
    ) -> Result<Money> {
        self.line_of(side_terms(self, side)?).for_month(month, start, (base, own_rate), t)
    }

    /// Returns what the person's line is computed by.
    #[inline(always)]
    pub(crate) fn own_line(&self) -> FundLine<'_> {
        self.line_of(&self.terms.personal)
    }

    /// Returns what the employer's line is computed by.
    #[inline(always)]
    pub(crate) fn employer_line(&self) -> FundLine<'_> {
        self.line_of(&self.terms.employer)
    }

    #[inline(always)]
    fn line_of<'a>(&'a self, side: &'a SideTerms) -> FundLine<'a> {
        let limits = self.limits.as_ref().copied();
        FundLine { fund: self, side, line: self.terms.line_of(side), limits }
    }

    #[inline(never)]
    fn for_start<T: Trace>(
        &self,
        month: Month,
        start: HousingFundStart,
        side: &SideTerms,
        (base, own_rate): (Money, Option<Rate>),
        t: &mut T,
    ) -> Result<Money> {
        let effect = effect(self, start.kind)?;
        let first = effect.value.first_month(start.on)?;
        if first <= month {
            return self.line_of(side).share(base, own_rate, t);
        }
        t.begin(side.item.term());
        t.fact(Op::Is, &NOT_YET, Value::Money(Money::ZERO));
        t.note(&STARTED, Some(Value::Term(start.kind.term())));
        t.note(&FIRST_MONTH, Some(Value::Month(first)));
        t.cited_note(&EFFECT, Some(Value::Term(effect.value.term())), effect.cite);
        t.end_money(Money::ZERO);
        Ok(Money::ZERO)
    }
}

#[cold]
fn out_of_bounds(rate: Rate, low: Rate, high: Rate) -> Error {
    Error::new(ErrorCode::OutOfBounds)
        .arg("value", "own_rate 本单位缴存比例")
        .arg("found", rate)
        .arg("min", low)
        .arg("max", high)
        .rule(RULE.id())
        .field("own_rate")
}

#[cold]
fn no_flat() -> Error {
    Error::new(ErrorCode::NotApplicable)
        .arg_both("detail", "住房公积金没有个人定额 / the housing fund has no flat amount")
        .rule(RULE.id())
        .field("side")
}

impl Parameters for HousingFund {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let (own, employer) = (PayItem::HousingFund, PayItem::EmployerHousingFund);
        let low = fields.get::<Rate>("rate_min");
        let high = fields.get::<Rate>("rate_max");
        Ok(Self {
            terms: SchemeTerms::read(fields, RULE.id(), own, employer)?,
            limits: low.and_then(|low| Ok((low, high?))),
            new_worker: fields.get::<Choice<Effect>>("new_worker_from"),
            transferee: fields.get::<Choice<Effect>>("transferee_from"),
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Rate>("rate_personal", Scope::Local),
    field::<Rate>("rate_employer", Scope::Local),
    scheme_terms::ROUNDING_PERSONAL,
    scheme_terms::ROUNDING_EMPLOYER,
    scheme_terms::OWN_FLOOR,
    scheme_terms::OWN_CEILING,
    field::<Rate>("rate_min", Scope::National),
    field::<Rate>("rate_max", Scope::National),
    field::<Choice<Effect>>("new_worker_from", Scope::National),
    field::<Choice<Effect>>("transferee_from", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("insurance.housing-fund", "住房公积金缴存", "housing fund contribution"),
    about: Term::new(
        "about",
        "月平均工资乘以缴存比例；新参加工作者次月起缴，新调入者自发薪月起缴。",
        "The average wage times the rate; a new worker starts the month after, a transferee with the first pay.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(
            Term::new("side", "缴费方", "side of the contribution"),
            "contribution-side",
        ),
        InputSpec::required(Term::new("base", "缴存基数", "base of the fund"), "money"),
        InputSpec::optional(Term::new("own_rate", "本单位缴存比例", "rate of this unit"), "rate"),
        InputSpec::optional(Term::new("start", "入职", "start in the unit"), "{kind, on}"),
    ],
    output: "money",
    resolve: resolve_as::<HousingFund>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    side: ContributionSide,
    base: Money,
    #[serde(default)]
    own_rate: Option<Rate>,
    #[serde(default)]
    start: Option<HousingFundStart>,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    let Input { side, base, own_rate, start } = input;
    let p: &HousingFund = snapshot.get()?;
    let month = snapshot.query().month;
    p.for_month(month, start, side, (base, own_rate), t)
}
