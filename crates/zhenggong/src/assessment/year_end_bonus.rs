//! 年终一次性奖金, the year-end bonus after the appraisal (rule `assessment.year-end-bonus`).
//!
//! Who is graded 优秀 or 称职 is entitled (公务员法 art. 80); the amount is months of basic pay. How it is
//! taxed is `tax.annual-bonus`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, field, resolve_as,
    },
    vocabulary::{AnnualGrade, Term, Vocabulary},
};

/// What the national pack says about the year-end bonus.
#[derive(Debug, Clone, Copy)]
pub struct YearEndBonus {
    least: Sourced<AnnualGrade>,
    months: Sourced<u32>,
}

static BONUS: Term = Term::new("year-end-bonus", "年终一次性奖金", "Year-end bonus");
static PAY: Term = Term::new("basic_pay", "月基本工资", "basic pay of a month");
static MONTHS: Term = Term::new("months", "月数", "months");
static GRADE: Term = Term::new("grade", "年度考核等次", "grade of the year");
static LEAST: Term = Term::new("least", "享受奖金的最低等次", "least grade that is entitled");
static NONE: Term = Term::new("not-entitled", "不享受年终奖金", "not entitled to a bonus");

/// Returns the year-end bonus in yuan to the fen; 0 for a grade that is not entitled.
///
/// `basic_pay` is a month's pay by post and level.
///
/// # Source
///
/// 公务员法 art. 80 (entitled: 优秀, 称职); one month of basic pay since 2006 (evidence: secondary).
///
/// # Errors
///
/// `Overflow` for an amount near the greatest possible.
///
/// # Examples
///
/// ```
/// use zhenggong::{assessment::year_end_bonus, derivation::NoTrace, number::Money, testing};
/// use zhenggong::vocabulary::AnnualGrade;
/// let snapshot = testing::national("2024-12")?;
/// let pay = Money::from_yuan(3500)?;
/// let bonus = year_end_bonus(snapshot.get()?, AnnualGrade::Competent, pay, &mut NoTrace)?;
/// assert_eq!(bonus, pay);
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn year_end_bonus<T: Trace>(
    p: &YearEndBonus,
    grade: AnnualGrade,
    basic_pay: Money,
    t: &mut T,
) -> Result<Money> {
    t.begin(&BONUS);
    t.note(&GRADE, Some(Value::Term(grade.term())));
    t.cited_note(&LEAST, Some(Value::Term(p.least.value.term())), p.least.cite);
    let bonus = if grade.at_least(p.least.value) {
        t.fact(Op::Is, &PAY, Value::Money(basic_pay));
        t.param(Op::Times, &MONTHS, Value::Count(p.months.value.into()), p.months.cite);
        basic_pay.times(p.months.value.into())?
    } else {
        t.note(&NONE, None);
        Money::ZERO
    };
    t.end_money(bonus);
    Ok(bonus)
}

impl Parameters for YearEndBonus {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            least: fields.get::<Choice<AnnualGrade>>("least")?,
            months: fields.get::<u32>("months")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Choice<AnnualGrade>>("least", Scope::National),
    field::<u32>("months", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.year-end-bonus", "年终一次性奖金", "year-end bonus"),
    about: Term::new(
        "about",
        "年度考核称职以上的发给一个月基本工资的年终一次性奖金，其他等次不享受。",
        "A month of basic pay for a year graded competent or better, and nothing for another.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(
            Term::new("grade", "年度考核等次", "grade of the year"),
            "annual-grade",
        ),
        InputSpec::required(Term::new("basic_pay", "月基本工资", "basic pay of a month"), "money"),
    ],
    output: "money",
    resolve: resolve_as::<YearEndBonus>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    grade: AnnualGrade,
    basic_pay: Money,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    if input.basic_pay.is_negative() {
        return Err(crate::Error::new(crate::ErrorCode::NegativeNotAllowed)
            .arg("value", input.basic_pay)
            .field("basic_pay"));
    }
    year_end_bonus(snapshot.get()?, input.grade, input.basic_pay, t)
}
