//! 全年一次性奖金, the yearly one-off bonus, taxed by itself or with the wages (rule
//! `tax.annual-bonus`).
//!
//! Taxed by itself, a twelfth of the bonus picks the bracket and the whole bonus is taxed at its rate
//! with one quick deduction of the monthly table. One yuan above a bracket's end therefore costs far
//! more than a yuan; the rule computes it so and does not smooth it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Brackets;
use crate::{
    Error, ErrorCode, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::{Money, Rounding},
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot, Sourced,
        field, resolve_as,
    },
    vocabulary::{Term, vocabulary},
};

vocabulary! {
    /// How the taxpayer wants a yearly bonus taxed.
    pub enum BonusElection ("bonus-election", "奖金计税方式", "way to tax the bonus") {
        Separate = "separate", "单独计税", "by itself";
        Merge = "merge", "并入综合所得", "with the wages";
    }
}

/// What the national pack says about a bonus taxed by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnualBonus {
    brackets: Sourced<Brackets>,
    months: Sourced<u32>,
    rounding: Sourced<Rounding>,
}

/// The outcome for one bonus: tax of its own, or an amount that joins the wages of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BonusTax {
    /// Tax on the bonus by itself; 0 where it joins the wages.
    pub tax: Money,
    /// The amount that joins the wages of the month; 0 where the bonus is taxed by itself.
    pub merged: Money,
}

static BONUS_TAX: Term =
    Term::new("bonus-tax", "全年一次性奖金应纳税额", "Tax on the yearly bonus");
static BONUS: Term = Term::new("bonus", "全年一次性奖金", "yearly bonus");
static TWELFTH: Term = Term::new("bonus-by-month", "奖金按月平均额", "bonus by month");
static MONTHS: Term = Term::new("bonus-months", "月数", "months");
static RATE: Term = Term::new("rate", "税率", "rate");
static QUICK: Term = Term::new("quick", "速算扣除数", "quick deduction");
static ELECTION: Term = Term::new("election", "计税方式", "way of taxing");
static USED: Term = Term::new(
    "separate-used",
    "本年度已单独计税一次，本笔并入当月工资薪金",
    "the separate way was already used this year, so this bonus joins the wages of the month",
);

/// Returns the tax on a yearly bonus by itself, or that it joins the wages; in yuan to the fen.
///
/// `separate_used` says that another bonus was taxed by itself earlier this year. Each person may do
/// so once a year, so this bonus then joins the wages whatever is elected.
///
/// # Source
///
/// 财税〔2018〕164号, continued by 财政部 税务总局公告2023年第30号 to 2027-12-31 (evidence: secondary).
///
/// # Rounding
///
/// Once, as the pack says.
///
/// # Errors
///
/// `NegativeNotAllowed` for a negative bonus, `Overflow`.
///
/// # Examples
///
/// ```
/// use zhenggong::{derivation::NoTrace, number::Money, tax::*, testing};
/// let snapshot = testing::national("2024-01")?;
/// let p: &AnnualBonus = snapshot.get()?;
/// let tax = |yuan| bonus_tax(p, Money::from_yuan(yuan)?, BonusElection::Separate, false, &mut NoTrace);
/// assert_eq!(tax(36_000)?.tax.to_string(), "1080.00");
/// assert_eq!(tax(36_001)?.tax.to_string(), "3390.10");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn bonus_tax<T: Trace>(
    p: &AnnualBonus,
    bonus: Money,
    election: BonusElection,
    separate_used: bool,
    t: &mut T,
) -> Result<BonusTax> {
    if bonus.is_negative() {
        return Err(negative(bonus));
    }
    t.begin(&BONUS_TAX);
    t.note(&ELECTION, Some(Value::Term(crate::vocabulary::Vocabulary::term(election))));
    if election == BonusElection::Merge || separate_used {
        t.note(&BONUS, Some(Value::Money(bonus)));
        if election == BonusElection::Separate {
            t.cited_note(&USED, None, p.months.cite);
        }
        t.end_money(Money::ZERO);
        return Ok(BonusTax { tax: Money::ZERO, merged: bonus });
    }
    let by_month = bonus.exact().over_int(i64::from(p.months.value))?;
    let bracket = p.brackets.value.of_exact(by_month);
    t.fact(Op::Is, &BONUS, Value::Money(bonus));
    t.param(Op::Times, &RATE, Value::Percent(bracket.rate), p.brackets.cite);
    t.param(Op::Minus, &QUICK, Value::Money(bracket.quick), p.brackets.cite);
    t.cited_note(&MONTHS, Some(Value::Count(i64::from(p.months.value))), p.months.cite);
    t.note(&TWELFTH, Some(Value::Exact(by_month)));
    let tax = t.round(bracket.tax(bonus)?, &p.rounding)?;
    t.end_money(tax);
    Ok(BonusTax { tax, merged: Money::ZERO })
}

#[cold]
fn negative(bonus: Money) -> Error {
    Error::new(ErrorCode::NegativeNotAllowed).arg("value", bonus).field("bonus").rule(RULE.id())
}

impl Parameters for AnnualBonus {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let months = fields.get::<u32>("months")?;
        if months.value == 0 {
            return Err(fields.shape_error("months 不能为 0 / months must not be 0"));
        }
        Ok(Self {
            brackets: fields.get::<Brackets>("brackets")?,
            months,
            rounding: fields.get::<Rounding>("rounding")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Brackets>("brackets", Scope::National),
    field::<u32>("months", Scope::National),
    field::<Rounding>("rounding", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("tax.annual-bonus", "全年一次性奖金个人所得税", "tax on the yearly bonus"),
    about: Term::new(
        "about",
        "全年一次性奖金单独计税（每人每年一次）或并入当月工资薪金；结果为应纳税额和并入额。",
        "A yearly bonus taxed by itself (once a year each person) or with the wages of the month.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("bonus", "全年一次性奖金", "yearly bonus"), "money"),
        InputSpec::required(Term::new("election", "计税方式", "way of taxing"), "bonus-election"),
        InputSpec::required(
            Term::new("separate_used", "本年度已单独计税", "separate way already used this year"),
            "bool",
        ),
    ],
    output: "{tax: money, merged: money}",
    resolve: resolve_as::<AnnualBonus>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    bonus: Money,
    election: BonusElection,
    separate_used: bool,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 单独计税的税额. The tax where the bonus is taxed apart.
    tax: Money,
    /// 并入综合所得的金额. What joins the income of the year.
    merged: Money,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Output> {
    let Input { bonus, election, separate_used } = input;
    let out = bonus_tax(snapshot.get()?, bonus, election, separate_used, t)?;
    Ok(Output { tax: out.tax, merged: out.merged })
}
