//! 晋升上一职级的任职年限, the time in post rank after years of appraisal (rule
//! `assessment.next-grade-credit`).
//!
//! Each year of 优秀 takes months off; a year below 称职, or without a grade, is not counted. Which
//! years of 优秀 count at all is policy: sources differ on the year of appointment.

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    refusal,
    years::{YearGrade, in_order, left_out, minus_months, plus_months},
};
use crate::{
    Result,
    derivation::{Recorder, Trace, Value},
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, field, resolve_as,
    },
    vocabulary::{AnnualGrade, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// The first year whose 优秀 counts.
    pub enum FirstYear ("first-year", "优秀起算年度", "first year of excellent that counts") {
        OfAppointment = "of-appointment", "任现职级当年起", "the year of appointment";
        After = "after", "任现职级次年起", "the year after";
    }
}

vocabulary! {
    /// How the months off of several years come together.
    pub enum Accumulation ("accumulation", "多个优秀年度", "several years of excellent") {
        Unlimited = "unlimited", "累加，不设上限", "add up without a ceiling";
        Once = "once", "只缩短一次", "count once";
    }
}

/// What the packs say about the time in post rank.
#[derive(Debug, Clone, Copy)]
pub struct NextGradeCredit {
    least: Sourced<AnnualGrade>,
    months_off: Sourced<u32>,
    accumulation: Sourced<Accumulation>,
    first_year: Sourced<FirstYear>,
    conversion_first_year: Sourced<u32>,
}

/// The present post rank and the years of appraisal in it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TenureFacts {
    /// The day from which the present post rank is held.
    #[serde(deserialize_with = "crate::number::text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    pub since: NaiveDate,
    /// Whether it was given by conversion (套转).
    pub by_conversion: bool,
    /// The months that the next post rank demands.
    pub required_months: u32,
    /// The day asked for; results of its own year are not known yet.
    #[serde(deserialize_with = "crate::number::text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    pub as_of: NaiveDate,
    /// The years of appraisal from the year of `since` to the year before `as_of`.
    pub years: Vec<YearGrade>,
}

/// 任职年限何时届满. When the time is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tenure {
    /// 因优秀年度缩短，单位月. Months taken off for years of 优秀.
    pub months_off: u32,
    /// 不计入任职年限的年度，单位年. Years that are not counted.
    pub years_lost: u32,
    /// 按已知结果任职年限届满之日. The day on which the time is served, as far as results are known.
    #[schemars(with = "crate::schema::Date")]
    pub ready: NaiveDate,
    /// 至查询日是否届满. Whether it is by the day asked for.
    pub met: bool,
}

static TENURE: Term =
    Term::new("next-grade-ready", "任职年限届满日", "Day on which the time in post rank is served");
static SINCE: Term = Term::new("since", "任现职级起始日", "present post rank held since");
static REQUIRED: Term = Term::new("required_months", "所需任职月数", "months required");
static EXCELLENT: Term = Term::new("excellent-year", "优秀年度", "year of excellent");
static LOST: Term = Term::new("lost-year", "不计入任职年限的年度", "year that is not counted");
static OFF: Term = Term::new("months-off", "每个优秀年度缩短（月）", "months off for each");
static LEAST: Term = Term::new("least", "计入的最低等次", "least grade that counts");
static CONVERSION: Term = Term::new(
    "conversion-first-year",
    "套转职级的优秀起算年度",
    "first year that counts after a conversion",
);

/// Returns when the time for the next post rank is served.
///
/// Grades of years before the present post rank do not count. A year that is not counted moves the
/// day by twelve months, or to its end where the post rank began in it.
///
/// # Source
///
/// 公务员职务与职级并行规定 art. 19: every year 称职 or better, each 优秀 half a year off, a year of 基本称职 or
/// without a grade not counted. That the half years add up without a ceiling, and from which year,
/// is secondary.
///
/// # Errors
///
/// `MissingFact` for a year that is left out; `ContradictoryFacts` for a result that can't be known by
/// `as_of`, or an `as_of` before `since`; `NeedsDecision` after a 不称职, which lowers the post rank.
///
/// # Examples
///
/// ```
/// use zhenggong::{assessment::{TenureFacts, YearGrade, next_grade_ready}, calendar::parse_date};
/// use zhenggong::{derivation::NoTrace, testing, vocabulary::AnnualGrade};
/// let snapshot = testing::national("2025-01")?;
/// let facts = TenureFacts {
///     since: parse_date("2024-12-01")?,
///     by_conversion: false,
///     required_months: 24,
///     as_of: parse_date("2025-01-15")?,
///     years: vec![YearGrade { year: 2024, grade: AnnualGrade::Excellent }],
/// };
/// let tenure = next_grade_ready(snapshot.get()?, &facts, &mut NoTrace)?;
/// assert_eq!(tenure.ready.to_string(), "2026-06-01");
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn next_grade_ready<T: Trace>(
    p: &NextGradeCredit,
    facts: &TenureFacts,
    t: &mut T,
) -> Result<Tenure> {
    let years = known(facts)?;
    t.begin(&TENURE);
    t.note(&SINCE, Some(Value::Date(facts.since)));
    t.note(&REQUIRED, Some(Value::Count(facts.required_months.into())));
    t.cited_note(&LEAST, Some(Value::Term(p.least.value.term())), p.least.cite);
    t.cited_note(&OFF, Some(Value::Count(p.months_off.value.into())), p.months_off.cite);
    t.cited_note(&FirstYear::KIND, Some(Value::Term(p.first_year.value.term())), p.first_year.cite);
    let mut first = i64::from(facts.since.year());
    if p.first_year.value == FirstYear::After {
        first += 1;
    }
    if facts.by_conversion {
        let of = p.conversion_first_year;
        first = first.max(of.value.into());
        t.cited_note(&CONVERSION, Some(Value::Count(of.value.into())), of.cite);
    }
    let several = p.accumulation;
    t.cited_note(&Accumulation::KIND, Some(Value::Term(several.value.term())), several.cite);
    let mut months_off = 0_u32;
    for year in years.iter().filter(|y| y.grade == AnnualGrade::Excellent) {
        if i64::from(year.year) >= first {
            months_off = match several.value {
                Accumulation::Unlimited => months_off.saturating_add(p.months_off.value),
                Accumulation::Once => p.months_off.value,
            };
            t.note(&EXCELLENT, Some(Value::Count(year.year.into())));
        }
    }
    let (mut start, mut lost) = (facts.since, 0);
    let mut ready = served(start, facts.required_months, months_off)?;
    for year in years.iter().filter(|y| !y.grade.at_least(p.least.value)) {
        let begins = NaiveDate::from_ymd_opt(year.year, 1, 1);
        let ends = year.year.checked_add(1).and_then(|y| NaiveDate::from_ymd_opt(y, 1, 1));
        let (Some(begins), Some(ends)) = (begins, ends) else {
            return Err(refusal::invalid(&RULE, "years.year", year.year.to_string()));
        };
        if begins >= ready {
            break;
        }
        lost += 1;
        t.note(&LOST, Some(Value::Count(year.year.into())));
        start = if start > begins { ends } else { plus_months(start, 12)? };
        ready = served(start, facts.required_months, months_off)?;
    }
    let ready = ready.max(facts.since);
    t.end(Value::Date(ready));
    Ok(Tenure { months_off, years_lost: lost, ready, met: ready <= facts.as_of })
}

/// Returns the day on which the months less those taken off are over.
fn served(start: NaiveDate, required: u32, off: u32) -> Result<NaiveDate> {
    match required.checked_sub(off) {
        Some(months) => plus_months(start, months),
        None => minus_months(start, off - required),
    }
}

/// Returns the years in order, after a look at whether they are those that are known.
fn known(facts: &TenureFacts) -> Result<Vec<YearGrade>> {
    if facts.as_of < facts.since {
        let (day, since) = (facts.as_of, facts.since);
        let detail = format!("{day} 早于 {since} / asked for {day}, before {since}");
        return Err(refusal::contradiction(&RULE, "as_of", detail));
    }
    let years = in_order(&RULE, &facts.years)?;
    let (first, end) = (facts.since.year(), facts.as_of.year());
    if let Some(early) = years.iter().find(|y| y.year >= end) {
        let (year, day) = (early.year, facts.as_of);
        let detail = format!(
            "{year} 年度结果在 {day} 尚不可知 / the result of {year} is not known on {day}"
        );
        return Err(refusal::contradiction(&RULE, "years.year", detail));
    }
    let mine: Vec<_> = years.into_iter().filter(|y| y.year >= first).collect();
    let next = mine.last().map_or(first, |y| y.year.saturating_add(1));
    if mine.first().is_some_and(|y| y.year > first) {
        return Err(left_out(&RULE, first));
    }
    if next < end {
        return Err(left_out(&RULE, next));
    }
    if let Some(low) = mine.iter().find(|y| y.grade == AnnualGrade::Incompetent) {
        let question = format!(
            "{} 年度不称职应降低一个职务或者职级层次，请以降低后的职级及其起始日重新核算 / incompetent in {}: the post rank is lowered, ask for the lower one",
            low.year, low.year
        );
        return Err(refusal::undecided(&RULE, question).field("years"));
    }
    Ok(mine)
}

impl Parameters for NextGradeCredit {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            least: fields.get::<Choice<AnnualGrade>>("least")?,
            months_off: fields.get::<u32>("months_off")?,
            accumulation: fields.get::<Choice<Accumulation>>("accumulation")?,
            first_year: fields.get::<Choice<FirstYear>>("first_year")?,
            conversion_first_year: fields.get::<u32>("conversion_first_year")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Choice<AnnualGrade>>("least", Scope::National),
    field::<u32>("months_off", Scope::National),
    field::<Choice<Accumulation>>("accumulation", Scope::Local),
    field::<Choice<FirstYear>>("first_year", Scope::Local),
    field::<u32>("conversion_first_year", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new(
        "assessment.next-grade-credit",
        "晋升职级的任职年限",
        "time in post rank for the next one",
    ),
    about: Term::new(
        "about",
        "按历年等次计算晋升上一职级的任职年限届满日：优秀缩短，称职以下和不定等次的年度不计。",
        "When the time for the next post rank is served: excellent takes months off, a year below competent is not counted.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(SINCE, "date"),
        InputSpec::required(
            Term::new("by_conversion", "是否由套转取得", "given by conversion"),
            "boolean",
        ),
        InputSpec::required(REQUIRED, "count"),
        InputSpec::required(Term::new("as_of", "查询日", "day asked for"), "date"),
        InputSpec::required(Term::new("years", "历年等次", "yearly grades"), "[{year, grade}]"),
    ],
    output: "{months_off, years_lost, ready, met}",
    resolve: resolve_as::<NextGradeCredit>,
    evaluate: &Evaluate(evaluate),
};

fn evaluate(snapshot: &Snapshot, facts: TenureFacts, t: &mut Recorder) -> Result<Tenure> {
    next_grade_ready(snapshot.get()?, &facts, t)
}
