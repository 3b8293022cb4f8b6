//! 工资薪金累计预扣预缴, cumulative withholding of income tax on wages (rule `tax.wage-withholding`).
//!
//! The state is the year to date in this unit, the current month included; the result is what is
//! withheld this month. Where the year's tax to date is below what was withheld before, nothing is
//! withheld and nothing is paid back: that is left to the settlement after the year's end.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Brackets, TaxState, WithholdingMethod, WithholdingMode, tax_state::bad_months};
use crate::{
    Error, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::{Money, Rounding},
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, field, resolve_as,
    },
    vocabulary::{Term, vocabulary},
};

vocabulary! {
    /// The first month of basic deduction for someone with the first wages of the year.
    pub enum BasicFrom ("basic-from", "减除费用起算月", "first month of basic deduction") {
        January = "january", "当年1月", "January of the year";
        Employment = "employment", "任职受雇当月", "the month of employment";
    }
}

/// What the national pack says about the withholding of tax on wages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WageTax {
    brackets: Sourced<Brackets>,
    basic_month: Sourced<Money>,
    rounding: Sourced<Rounding>,
    // The two special ways came later; where one is not in force the error says since when it is.
    first_job: Result<Sourced<BasicFrom>>,
    basic_year: Result<Sourced<Money>>,
}

impl WageTax {
    /// Returns the brackets for the taxable income of a year.
    #[must_use]
    pub fn brackets(&self) -> &Sourced<Brackets> {
        &self.brackets
    }
}

static WITHHOLDING: Term =
    Term::new("tax-withheld", "本期应预扣预缴税额", "Tax to withhold this month");
static TAXABLE: Term =
    Term::new("taxable-to-date", "累计预扣预缴应纳税所得额", "taxable income of the year to date");
static INCOME: Term = Term::new("income", "累计收入", "income to date");
static EXEMPT: Term = Term::new("exempt", "累计免税收入", "exempt income");
static BASIC_MONTH: Term = Term::new("basic-month", "减除费用每月", "basic deduction a month");
static BASIC_YEAR: Term =
    Term::new("basic-year", "减除费用（全年）", "basic deduction of the year");
static MONTHS: Term = Term::new("months", "任职受雇月份数", "months employed here");
static SINCE_JANUARY: Term =
    Term::new("months-since-january", "自1月起月份数", "months since January");
static FIRST_JOB: Term =
    Term::new("first-job", "当年首次取得工资，减除费用起算", "first wages of the year count from");
static SPECIAL: Term = Term::new("special", "累计专项扣除", "insurance and housing fund");
static ADDITIONAL: Term =
    Term::new("additional", "累计专项附加扣除", "special additional deductions");
static OTHER: Term = Term::new("other", "累计其他扣除", "other deductions");
static NOT_BELOW: Term = Term::new("not-below", "下限", "floor");
static NO_REFUND: Term = Term::new(
    "no-refund",
    "余额为负暂不退税，年度汇算清缴时多退少补",
    "a negative balance is not paid back within the year; the yearly settlement corrects it",
);
static RATE: Term = Term::new("rate", "预扣率", "rate");
static QUICK: Term = Term::new("quick", "速算扣除数", "quick deduction");
static RELIEF: Term = Term::new("relief", "累计减免税额", "relief of tax");
static WITHHELD: Term = Term::new("withheld", "累计已预扣预缴税额", "withheld before");

/// Returns the tax to withhold this month (本期应预扣预缴税额), in yuan to the fen; never below 0.
///
/// # Source
///
/// 个人所得税法 arts. 3, 6, 11; 国家税务总局公告2018年第61号 art. 6 (evidence: official). The brackets
/// are secondary: the copy of the law that was read has no annex. The modes for first wages of the
/// year and for at most 60000 yuan in the year before: 公告2020年第13号 and 第19号 (secondary).
///
/// # Rounding
///
/// Once, of the month's result, as the pack says.
///
/// # Errors
///
/// `NegativeNotAllowed` for a negative amount in the state, `InvalidInput` for months outside 1 to
/// 12, `ValueGap` where the mode is not in force, `Overflow`.
///
/// # Examples
///
/// The published example: 30000 a month, insurance 4500, additional deductions 2000; February.
///
/// ```
/// use zhenggong::{derivation::NoTrace, number::Money, tax::*, testing};
/// let snapshot = testing::national("2024-02")?;
/// let state = TaxState {
///     income: Money::from_yuan(60_000)?,
///     special: Money::from_yuan(9_000)?,
///     additional: Money::from_yuan(4_000)?,
///     months: 2,
///     withheld: Money::from_yuan(555)?,
///     ..TaxState::default()
/// };
/// let tax = wage_withholding(snapshot.get()?, &state, WithholdingMode::Normal, &mut NoTrace)?;
/// assert_eq!(tax.to_string(), "625.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline(always)]
pub fn wage_withholding<T: Trace>(
    p: &WageTax,
    state: &TaxState,
    mode: WithholdingMode,
    t: &mut T,
) -> Result<Money> {
    state.check()?;
    t.begin(&WITHHOLDING);
    let taxable = taxable(p, state, mode, t)?;
    let bracket = p.brackets.value.of(taxable);
    let less = bracket.quick.plus(state.relief)?.plus(state.withheld)?;
    t.fact(Op::Is, &TAXABLE, Value::Money(taxable));
    t.param(Op::Times, &RATE, Value::Percent(bracket.rate), p.brackets.cite);
    t.param(Op::Minus, &QUICK, Value::Money(bracket.quick), p.brackets.cite);
    if !state.relief.is_zero() {
        t.fact(Op::Minus, &RELIEF, Value::Money(state.relief));
    }
    t.fact(Op::Minus, &WITHHELD, Value::Money(state.withheld));
    if !T::ACTIVE {
        // Less than nothing is nothing, before the rounding or after it.
        let tax = taxable.rounded_product(bracket.rate, less, p.rounding.value)?;
        return Ok(tax.max(Money::ZERO));
    }
    let tax = if taxable.product_is_below(bracket.rate, less) {
        t.fact(Op::AtLeast, &NOT_BELOW, Value::Money(Money::ZERO));
        let exact = taxable.exact().times(bracket.rate)?.minus(less.exact())?;
        t.cited_note(&NO_REFUND, Some(Value::Exact(exact)), p.basic_month.cite);
        Money::ZERO
    } else {
        t.round_product(taxable, bracket.rate, less, &p.rounding)?
    };
    t.end_money(tax);
    Ok(tax)
}

/// Returns the taxable income of the year to date, at least 0.
#[inline(always)]
fn taxable<T: Trace>(
    p: &WageTax,
    state: &TaxState,
    mode: WithholdingMode,
    t: &mut T,
) -> Result<Money> {
    t.begin(&TAXABLE);
    t.fact(Op::Is, &INCOME, Value::Money(state.income));
    if !state.exempt.is_zero() {
        t.fact(Op::Minus, &EXEMPT, Value::Money(state.exempt));
    }
    let basic = match mode {
        WithholdingMode::Normal => monthly_basic(p, &MONTHS, state.months, t)?,
        WithholdingMode::FirstJobInYear { month } => {
            let from = p.first_job.as_ref().map_err(Error::clone)?;
            if month < state.months || month > 12 {
                return Err(bad_months(state.months));
            }
            t.cited_note(&FIRST_JOB, Some(Value::Term(term(from.value))), from.cite);
            match from.value {
                BasicFrom::January => monthly_basic(p, &SINCE_JANUARY, month, t)?,
                BasicFrom::Employment => monthly_basic(p, &MONTHS, state.months, t)?,
            }
        }
        WithholdingMode::PriorYear60000 => {
            let year = p.basic_year.as_ref().map_err(Error::clone)?;
            t.param(Op::Minus, &BASIC_YEAR, Value::Money(year.value), year.cite);
            year.value
        }
    };
    let mut rest = state.income.minus(state.exempt)?.minus(basic)?;
    for (label, amount) in
        [(&SPECIAL, state.special), (&ADDITIONAL, state.additional), (&OTHER, state.other)]
    {
        rest = rest.minus(amount)?;
        t.fact(Op::Minus, label, Value::Money(amount));
    }
    if rest.is_negative() {
        rest = Money::ZERO;
        t.fact(Op::AtLeast, &NOT_BELOW, Value::Money(rest));
    }
    t.end_money(rest);
    Ok(rest)
}

#[inline(always)]
fn monthly_basic<T: Trace>(
    p: &WageTax,
    label: &'static Term,
    months: u32,
    t: &mut T,
) -> Result<Money> {
    let month = p.basic_month;
    t.param(Op::Minus, &BASIC_MONTH, Value::Money(month.value), month.cite);
    t.fact(Op::Times, label, Value::Count(i64::from(months)));
    Ok(month.value.times(i64::from(months))?)
}

fn term(from: BasicFrom) -> &'static Term {
    crate::vocabulary::Vocabulary::term(from)
}

impl Parameters for WageTax {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            brackets: fields.get::<Brackets>("brackets")?,
            basic_month: fields.get::<Money>("basic_month")?,
            rounding: fields.get::<Rounding>("rounding")?,
            first_job: fields.get::<Choice<BasicFrom>>("first_job_counts_from"),
            basic_year: fields.get::<Money>("basic_year"),
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Brackets>("brackets", Scope::National),
    field::<Money>("basic_month", Scope::National),
    field::<Rounding>("rounding", Scope::National),
    field::<Choice<BasicFrom>>("first_job_counts_from", Scope::National),
    field::<Money>("basic_year", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("tax.wage-withholding", "工资薪金个人所得税预扣", "tax withheld on wages"),
    about: Term::new(
        "about",
        "按累计预扣法计算本月应预扣预缴的个人所得税；输入为本年截至本月的累计数。",
        "The tax to withhold this month by the cumulative method; inputs are the year to date.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("income", "累计收入", "income to date"), "money"),
        InputSpec::optional(Term::new("exempt", "累计免税收入", "exempt income"), "money"),
        InputSpec::optional(
            Term::new("special", "累计专项扣除", "insurance and housing fund"),
            "money",
        ),
        InputSpec::optional(
            Term::new("additional", "累计专项附加扣除", "special additional deductions"),
            "money",
        ),
        InputSpec::optional(Term::new("other", "累计其他扣除", "other deductions"), "money"),
        InputSpec::optional(Term::new("relief", "累计减免税额", "relief of tax"), "money"),
        InputSpec::required(Term::new("months", "任职受雇月份数", "months employed here"), "count"),
        InputSpec::required(
            Term::new("withheld", "累计已预扣预缴税额", "withheld before"),
            "money",
        ),
        InputSpec::optional(
            Term::new("method", "减除费用口径", "basic deduction method"),
            "withholding-method",
        ),
    ],
    output: "money",
    resolve: resolve_as::<WageTax>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    income: Money,
    #[serde(default)]
    exempt: Money,
    #[serde(default)]
    special: Money,
    #[serde(default)]
    additional: Money,
    #[serde(default)]
    other: Money,
    #[serde(default)]
    relief: Money,
    months: u32,
    withheld: Money,
    #[serde(default)]
    method: Option<WithholdingMethod>,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    let month = snapshot.query().month;
    if input.months > month.month() {
        return Err(bad_months(input.months));
    }
    let Input { income, exempt, special, additional, other, relief, months, withheld, .. } = input;
    let state = TaxState { income, exempt, special, additional, other, relief, months, withheld };
    let mode = WithholdingMode::of(input.method.unwrap_or(WithholdingMethod::Normal), month);
    wage_withholding(snapshot.get()?, &state, mode, t)
}
