//! 辅警年度考核奖金, what a year's grade pays an auxiliary (rule `assessment.auxiliary-year-bonus`).
//!
//! A local matter: one published scheme names the amount for 优秀 alone. What no pack names is not taken
//! to be nothing.

use schemars::JsonSchema;
use serde::Deserialize;

use super::refusal;
use crate::{
    Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope, Snapshot,
        Table, field, resolve_as,
    },
    vocabulary::{AnnualGrade, Term, Vocabulary},
};

/// What the packs say about an auxiliary's bonus for the year.
#[derive(Debug, Clone)]
pub struct AuxiliaryYearBonus {
    amounts: Table<AnnualGrade, Money>,
}

static BONUS: Term =
    Term::new("auxiliary-year-bonus", "辅警年度考核奖金", "Bonus of an auxiliary for the year");
static AMOUNT: Term = Term::new("amount", "该等次奖金", "amount of the grade");

/// Returns the bonus of a grade, in yuan to the fen.
///
/// # Source
///
/// A local scheme. 虎门分局辅警量化考核规定 (evidence: secondary): 1000 for 优秀.
///
/// # Errors
///
/// `CellNotAttested` for a grade without an amount.
///
/// # Examples
///
/// ```
/// use zhenggong::{assessment::auxiliary_year_bonus, derivation::NoTrace, testing};
/// use zhenggong::{policy::Pack, vocabulary::AnnualGrade};
/// let packs = Pack::example("humen-example").into_iter().collect();
/// let snapshot = testing::snapshot(packs, "humen-example", "2024-12")?;
/// let bonus = auxiliary_year_bonus(snapshot.get()?, AnnualGrade::Excellent, &mut NoTrace)?;
/// assert_eq!(bonus.to_string(), "1000.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn auxiliary_year_bonus<T: Trace>(
    p: &AuxiliaryYearBonus,
    grade: AnnualGrade,
    t: &mut T,
) -> Result<Money> {
    let Some(amount) = p.amounts.get(grade) else {
        return Err(refusal::not_attested(&RULE, grade.term()).field("grade"));
    };
    t.begin(&BONUS);
    t.note(&AnnualGrade::KIND, Some(Value::Term(grade.term())));
    t.param(Op::Is, &AMOUNT, Value::Money(amount.value), amount.cite);
    t.end_money(amount.value);
    Ok(amount.value)
}

impl Parameters for AuxiliaryYearBonus {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self { amounts: fields.get::<Keyed<AnnualGrade, Money>>("amounts")? })
    }
}

const FIELDS: &[FieldSpec] = &[field::<Keyed<AnnualGrade, Money>>("amounts", Scope::Local)];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new(
        "assessment.auxiliary-year-bonus",
        "辅警年度考核奖金",
        "an auxiliary's bonus for the year",
    ),
    about: Term::new(
        "about",
        "按当地方案给出辅警年度考核等次的奖金；方案没有写明的等次不推定为零。",
        "What the local scheme pays an auxiliary for the grade of the year; a grade that it does not name is not taken to be nothing.",
    ),
    fields: FIELDS,
    inputs: &[InputSpec::required(
        Term::new("grade", "年度考核等次", "grade of the year"),
        "annual-grade",
    )],
    output: "money",
    resolve: resolve_as::<AuxiliaryYearBonus>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    grade: AnnualGrade,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    auxiliary_year_bonus(snapshot.get()?, input.grade, t)
}
