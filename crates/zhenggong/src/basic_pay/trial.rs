//! 试用期工资, trial pay of newly recruited civil servants, by education (rule `basic-pay.trial`).
//!
//! In the trial year it stands in place of post pay and level pay.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    Error, ErrorCode, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope, Snapshot,
        Table, field, resolve_as,
    },
    vocabulary::{Education, Term, Vocabulary},
};

/// The trial pay table in force.
#[derive(Debug, Clone)]
pub struct TrialPay {
    amount: Table<Education, Money>,
    since: Option<NaiveDate>,
}

static PAY: Term = Term::new("trial-pay", "试用期工资", "Trial pay");
static STANDARD: Term = Term::new("standard", "试用期工资标准", "standard for the education");
static EDUCATION: Term = Term::new("education", "学历", "education");

/// Returns the trial pay (试用期工资) of a month, in whole yuan.
///
/// # Source
///
/// The rules of the pay reform of 2006 and the notice of 2015 (国办发〔2015〕3号) on 2014-10, both
/// official and whole; the adjustments of 2016-07 and 2018-07 in part (evidence: per cell).
///
/// # Errors
///
/// `CellNotAttested` if the table in force has no amount for `education`; it names the row.
///
/// # Examples
///
/// ```
/// use zhenggong::{basic_pay::trial_pay, derivation::NoTrace, testing, vocabulary::Education};
/// let snapshot = testing::national("2015-01")?;
/// let pay = trial_pay(snapshot.get()?, Education::Bachelor, &mut NoTrace)?;
/// assert_eq!(pay.to_string(), "1390.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn trial_pay<T: Trace>(p: &TrialPay, education: Education, t: &mut T) -> Result<Money> {
    let Some(pay) = p.amount.get(education) else { return Err(not_attested(p, education)) };
    t.begin(&PAY);
    t.param(Op::Is, &STANDARD, Value::Money(pay.value), pay.cite);
    t.note(&EDUCATION, Some(Value::Term(education.term())));
    t.end_money(pay.value);
    Ok(pay.value)
}

#[cold]
fn not_attested(p: &TrialPay, education: Education) -> Error {
    let since = p.since.map_or_else(|| "—".to_owned(), |day| day.to_string());
    Error::new(ErrorCode::CellNotAttested)
        .arg_in("cell", education.zh(), education.en())
        .arg_in("table", format!("{}（{since}）", PAY.zh), format!("{} ({since})", PAY.en))
        .rule(RULE.id())
}

impl Parameters for TrialPay {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let amount = fields.get::<Keyed<Education, Money>>("amount")?;
        let since = amount.iter().next().and_then(|(_, pay)| fields.start_of(pay.cite));
        Ok(Self { amount, since })
    }
}

const FIELDS: &[FieldSpec] = &[field::<Keyed<Education, Money>>("amount", Scope::National)];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("basic-pay.trial", "试用期工资", "trial pay"),
    about: Term::new(
        "about",
        "新录用人员试用期内按学历计发的月工资，代替职务工资和级别工资。",
        "The monthly pay of a recruit on trial, by education, in place of post and level pay.",
    ),
    fields: FIELDS,
    inputs: &[InputSpec::required(EDUCATION, "education")],
    output: "money",
    resolve: resolve_as::<TrialPay>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    education: Education,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    trial_pay(snapshot.get()?, input.education, t)
}
