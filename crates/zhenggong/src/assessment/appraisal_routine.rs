//! 平时考核结果对年度等次的限制, what the routine appraisals allow the year's grade to be (rule
//! `assessment.routine-cap`).
//!
//! The shares are local: the text of 公务员平时考核办法（试行） was not seen, so the nation has no value and the
//! rule says so where no local pack gives one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::refusal;
use crate::{
    Result,
    derivation::{Recorder, Trace, Value},
    number::Rate,
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot, Sourced,
        field, resolve_as,
    },
    vocabulary::{AnnualGrade, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// The result of a routine appraisal (平时考核), high to low.
    pub enum RoutineResult ("routine-result", "平时考核结果", "result of a routine appraisal") {
        Good = "good", "好", "good";
        RatherGood = "rather-good", "较好", "rather good";
        Fair = "fair", "一般", "fair";
        Poor = "poor", "较差", "poor";
    }
}

/// What a local pack says about routine appraisals.
#[derive(Debug, Clone, Copy)]
pub struct RoutineCap {
    excellent_good_above: Sourced<Rate>,
    excellent_low_most: Sourced<u32>,
    basic_low_above: Sourced<Rate>,
}

static CAP: Term = Term::new("routine-cap", "年度等次最高可定为", "Highest grade of the year");
static COUNT: Term = Term::new("count", "平时考核次数", "routine appraisals");
static GOOD: Term = Term::new("good", "结果为好的次数", "of them good");
static LOW: Term = Term::new("low", "结果为一般、较差的次数", "of them fair or poor");
static GOOD_ABOVE: Term = Term::new(
    "excellent_good_above",
    "定为优秀须“好”的比例超过",
    "excellent takes a share of good above",
);
static LOW_MOST: Term = Term::new(
    "excellent_low_most",
    "定为优秀时一般、较差至多（次）",
    "excellent allows so many fair or poor",
);
static LOW_ABOVE: Term = Term::new(
    "basic_low_above",
    "一般、较差比例超过即至多基本称职",
    "basically competent at most from a share of fair or poor above",
);

/// Returns the highest grade that the routine appraisals of the year allow.
///
/// # Source
///
/// A local pack; the nation has no attested value.
///
/// # Errors
///
/// `MissingFact` without a result, `NoSuchStandard` where no local pack gives the shares.
pub fn routine_cap<T: Trace>(
    p: &RoutineCap,
    results: &[RoutineResult],
    t: &mut T,
) -> Result<AnnualGrade> {
    if results.is_empty() {
        return Err(refusal::missing(&RULE, "results"));
    }
    let all = results.len();
    let good = results.iter().filter(|r| **r == RoutineResult::Good).count();
    let low = results.iter().filter(|r| matches!(r, RoutineResult::Fair | RoutineResult::Poor));
    let low = low.count();
    t.begin(&CAP);
    t.note(&COUNT, Some(count(all)));
    t.note(&GOOD, Some(count(good)));
    t.note(&LOW, Some(count(low)));
    let share = p.basic_low_above;
    t.cited_note(&LOW_ABOVE, Some(Value::Percent(share.value)), share.cite);
    let (good_share, most) = (p.excellent_good_above, p.excellent_low_most);
    t.cited_note(&GOOD_ABOVE, Some(Value::Percent(good_share.value)), good_share.cite);
    t.cited_note(&LOW_MOST, Some(Value::Count(most.value.into())), most.cite);
    let few = u32::try_from(low).is_ok_and(|low| low <= most.value);
    let cap = if above(low, all, share.value) {
        AnnualGrade::BasicallyCompetent
    } else if few && above(good, all, good_share.value) {
        AnnualGrade::Excellent
    } else {
        AnnualGrade::Competent
    };
    t.end(Value::Term(cap.term()));
    Ok(cap)
}

/// Returns whether `part` of `all` is more than the share.
fn above(part: usize, all: usize, share: Rate) -> bool {
    let wide = |n: usize| i128::try_from(n).unwrap_or(i128::MAX);
    let limit = wide(all).saturating_mul(share.mantissa().into());
    wide(part).saturating_mul(share.denominator().into()) > limit
}

fn count(n: usize) -> Value {
    Value::Count(i64::try_from(n).unwrap_or(i64::MAX))
}

impl Parameters for RoutineCap {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            excellent_good_above: fields.get::<Rate>("excellent_good_above")?,
            excellent_low_most: fields.get::<u32>("excellent_low_most")?,
            basic_low_above: fields.get::<Rate>("basic_low_above")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Rate>("excellent_good_above", Scope::Local),
    field::<u32>("excellent_low_most", Scope::Local),
    field::<Rate>("basic_low_above", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new(
        "assessment.routine-cap",
        "平时考核对年度等次的限制",
        "routine appraisals and the grade of the year",
    ),
    about: Term::new(
        "about",
        "按当年各次平时考核结果确定年度等次最高可定为哪一等；比例由本地规定，未规定的不推定。",
        "The highest grade that the routine appraisals of a year allow; the shares are local, and nothing is presumed.",
    ),
    fields: FIELDS,
    inputs: &[InputSpec::required(
        Term::new("results", "各次平时考核结果", "results of the routine appraisals"),
        "[routine-result]",
    )],
    output: "{at_most}",
    resolve: resolve_as::<RoutineCap>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    results: Vec<RoutineResult>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 年度等次最高可定为. The highest grade that the year may get.
    at_most: AnnualGrade,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Output> {
    let at_most = routine_cap(snapshot.get()?, &input.results, t)?;
    Ok(Output { at_most })
}
