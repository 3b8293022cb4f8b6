//! 年度考核晋档晋级, wage steps and levels from years of appraisal (rule
//! `assessment.step-and-level-credit`).
//!
//! Years of 称职 or better add up, in a row or not: two for a step, five for a level. A rise counts
//! from 1 January of the next year. Which step a new level has is `basic-pay.level-rise`.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    refusal,
    years::{YearGrade, in_order},
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
    /// What happens to the years towards a step where a level rises.
    pub enum StepCounter ("step-counter", "晋级时的档次考核年限", "years towards a step at a rise in level") {
        Restart = "restart", "重新计算", "start anew";
        Keep = "keep", "继续计算", "go on";
    }
}

vocabulary! {
    /// From when a rise counts.
    pub enum RiseFrom ("rise-from", "晋升起算", "a rise counts from") {
        NextNewYear = "next-new-year", "考核年度次年1月1日起", "1 January after the year assessed";
        SameNewYear = "same-new-year", "考核年度当年1月1日起", "1 January of the year assessed";
    }
}

vocabulary! {
    /// A rise that years of appraisal earn.
    pub enum RiseKind ("rise-kind", "晋升种类", "kind of rise") {
        Step = "step", "晋升一个工资档次", "one wage step";
        PayLevel = "level", "晋升一个级别", "one level";
    }
}

/// What the packs say about steps and levels from appraisal.
#[derive(Debug, Clone, Copy)]
pub struct StepCredit {
    least: Sourced<AnnualGrade>,
    step_years: Sourced<u32>,
    level_years: Sourced<u32>,
    at_level: Sourced<StepCounter>,
    rise_from: Sourced<RiseFrom>,
}

/// Years of appraisal and what stood on the counters before them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditFacts {
    /// The years, in any order, none left out between the first and the last.
    pub years: Vec<YearGrade>,
    /// Years that already count towards a step.
    pub step_years: u32,
    /// Years that already count towards a level.
    pub level_years: u32,
    /// How many levels the band of post or rank still leaves; none where that is not looked at.
    #[serde(default)]
    pub levels_left: Option<u32>,
}

/// 一次晋升及起算日. One rise and the day from which it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rise {
    /// 晋升种类. What rises.
    pub kind: RiseKind,
    /// 起算日，为某年 1 月 1 日. The first day with the new step or level: 1 January.
    #[schemars(with = "crate::schema::Date")]
    pub from: NaiveDate,
}

/// 历年考核的结果. What the years came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Credit {
    /// 各次晋升，按年度顺序. The rises, in the order of the years.
    pub rises: Vec<Rise>,
    /// 结余的晋档年数，单位年. Years that count towards the next step.
    pub step_years: u32,
    /// 结余的晋级年数，单位年. Years that count towards the next level.
    pub level_years: u32,
    /// 至最后一年的连续优秀年数，单位年. Years of 优秀 in a row at the end.
    pub excellent_in_a_row: u32,
}

static CREDIT: Term =
    Term::new("step-and-level-credit", "年度考核晋档晋级次数", "Rises from years of appraisal");
static YEAR_COUNTS: Term = Term::new("year-counts", "计入年度", "year that counts");
static YEAR_DOES_NOT: Term = Term::new("year-does-not-count", "不计入年度", "year that does not");
static STEP_FROM: Term = Term::new("step-from", "晋升一个工资档次，自", "one wage step up from");
static LEVEL_FROM: Term = Term::new("level-from", "晋升一个级别，自", "one level up from");
static STEP_NEEDED: Term = Term::new("step_years", "晋档所需年数", "years for a step");
static LEVEL_NEEDED: Term = Term::new("level_years", "晋级所需年数", "years for a level");
static LEAST: Term = Term::new("least", "计入的最低等次", "least grade that counts");
static STEP_LEFT: Term = Term::new("step-left", "结余晋档年数", "years towards the next step");
static LEVEL_LEFT: Term = Term::new("level-left", "结余晋级年数", "years towards the next level");

/// Returns the steps and levels that the years earn.
///
/// Where a step and a level fall due in one year both are given. Whether a sanction bars a rise on its
/// day is not looked at; `assessment.sanction-period` says until when it does.
///
/// # Source
///
/// 公务员考核规定 (2020) art. 20; before it 国人部发〔2006〕58号 (evidence: secondary): two years of 称职 or better
/// for a step, five for a level, both from 1 January of the next year.
///
/// # Errors
///
/// `MissingFact` for a year that is left out, `ContradictoryFacts` for one that occurs twice or for
/// counters that should have led to a rise already, `NeedsDecision` where a level falls due above the
/// band.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::{CreditFacts, YearGrade, step_credit};
/// use zhenggong::{derivation::NoTrace, testing, vocabulary::AnnualGrade};
/// let snapshot = testing::national("2024-12")?;
/// let year = |year, grade| YearGrade { year, grade };
/// let years = vec![
///     year(2022, AnnualGrade::Competent),
///     year(2023, AnnualGrade::BasicallyCompetent),
///     year(2024, AnnualGrade::Competent),
/// ];
/// let facts = CreditFacts { years, step_years: 0, level_years: 0, levels_left: None };
/// let credit = step_credit(snapshot.get()?, &facts, &mut NoTrace)?;
/// assert_eq!(credit.rises[0].from.to_string(), "2025-01-01");
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn step_credit<T: Trace>(p: &StepCredit, facts: &CreditFacts, t: &mut T) -> Result<Credit> {
    let years = in_order(&RULE, &facts.years)?;
    if facts.step_years >= p.step_years.value || facts.level_years >= p.level_years.value {
        let detail = "已累计年数已满晋升所需 / the counters should have led to a rise already";
        return Err(refusal::contradiction(&RULE, "step_years", detail));
    }
    t.begin(&CREDIT);
    t.cited_note(&LEAST, Some(Value::Term(p.least.value.term())), p.least.cite);
    t.cited_note(&STEP_NEEDED, Some(Value::Count(p.step_years.value.into())), p.step_years.cite);
    t.cited_note(&LEVEL_NEEDED, Some(Value::Count(p.level_years.value.into())), p.level_years.cite);
    t.cited_note(&StepCounter::KIND, Some(Value::Term(p.at_level.value.term())), p.at_level.cite);
    t.cited_note(&RiseFrom::KIND, Some(Value::Term(p.rise_from.value.term())), p.rise_from.cite);
    let mut out = Credit {
        rises: Vec::new(),
        step_years: facts.step_years,
        level_years: facts.level_years,
        excellent_in_a_row: 0,
    };
    let mut levels_left = facts.levels_left;
    for year in years {
        let excellent = year.grade == AnnualGrade::Excellent;
        out.excellent_in_a_row = if excellent { out.excellent_in_a_row + 1 } else { 0 };
        let counts = year.grade.at_least(p.least.value);
        let label = if counts { &YEAR_COUNTS } else { &YEAR_DOES_NOT };
        t.note(label, Some(Value::Count(year.year.into())));
        if counts {
            out.add(p, year.year, &mut levels_left, t)?;
        }
    }
    t.note(&STEP_LEFT, Some(Value::Count(out.step_years.into())));
    t.note(&LEVEL_LEFT, Some(Value::Count(out.level_years.into())));
    t.end(Value::Count(i64::try_from(out.rises.len()).unwrap_or(i64::MAX)));
    Ok(out)
}

impl Credit {
    /// Adds a year that counts.
    fn add<T: Trace>(
        &mut self,
        p: &StepCredit,
        year: i32,
        levels_left: &mut Option<u32>,
        t: &mut T,
    ) -> Result<()> {
        let of = match p.rise_from.value {
            RiseFrom::NextNewYear => year.checked_add(1),
            RiseFrom::SameNewYear => Some(year),
        };
        let Some(from) = of.and_then(|y| NaiveDate::from_ymd_opt(y, 1, 1)) else {
            return Err(refusal::invalid(&RULE, "years.year", year.to_string()));
        };
        self.step_years += 1;
        self.level_years += 1;
        if self.step_years >= p.step_years.value {
            self.step_years = 0;
            self.rises.push(Rise { kind: RiseKind::Step, from });
            t.note(&STEP_FROM, Some(Value::Date(from)));
        }
        if self.level_years >= p.level_years.value {
            if let Some(left) = levels_left {
                *left = left.checked_sub(1).ok_or_else(|| above_the_band(year))?;
            }
            self.level_years = 0;
            if p.at_level.value == StepCounter::Restart {
                self.step_years = 0;
            }
            self.rises.push(Rise { kind: RiseKind::PayLevel, from });
            t.note(&LEVEL_FROM, Some(Value::Date(from)));
        }
        Ok(())
    }
}

#[cold]
fn above_the_band(year: i32) -> crate::Error {
    let question = format!(
        "{year} 年度满晋级年限，但级别已达所任职务职级对应的最高级别，如何处理 / a level is due for {year}, but the band leaves none"
    );
    refusal::undecided(&RULE, question).field("levels_left")
}

impl Parameters for StepCredit {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let p = Self {
            least: fields.get::<Choice<AnnualGrade>>("least")?,
            step_years: fields.get::<u32>("step_years")?,
            level_years: fields.get::<u32>("level_years")?,
            at_level: fields.get::<Choice<StepCounter>>("step_counter_at_level")?,
            rise_from: fields.get::<Choice<RiseFrom>>("rise_from")?,
        };
        if p.step_years.value == 0 || p.level_years.value == 0 || !p.least.value.is_graded() {
            return Err(fields
                .shape_error("年数应大于零，最低等次应为四个等次之一 / years above 0, a grade"));
        }
        Ok(p)
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Choice<AnnualGrade>>("least", Scope::National),
    field::<u32>("step_years", Scope::National),
    field::<u32>("level_years", Scope::National),
    field::<Choice<StepCounter>>("step_counter_at_level", Scope::Local),
    field::<Choice<RiseFrom>>("rise_from", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new(
        "assessment.step-and-level-credit",
        "年度考核晋档晋级",
        "steps and levels from appraisal",
    ),
    about: Term::new(
        "about",
        "由历年等次累计晋升工资档次和级别，次年 1 月 1 日起；并给出结余年数和连续优秀年数。",
        "Wage steps and levels that years of appraisal earn, from 1 January of the next year; what is left on the counters.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("years", "历年等次", "yearly grades"), "[{year, grade}]"),
        InputSpec::required(
            Term::new("step_years", "此前已累计的晋档年数", "years towards a step"),
            "count",
        ),
        InputSpec::required(
            Term::new("level_years", "此前已累计的晋级年数", "years towards a level"),
            "count",
        ),
        InputSpec::optional(
            Term::new("levels_left", "对应级别内尚可晋升的级数", "levels left in the band"),
            "count",
        ),
    ],
    output: "{rises, step_years, level_years, excellent_in_a_row}",
    resolve: resolve_as::<StepCredit>,
    evaluate: &Evaluate(evaluate),
};

fn evaluate(snapshot: &Snapshot, facts: CreditFacts, t: &mut Recorder) -> Result<Credit> {
    // Years nobody has are told of first.
    let month = snapshot.query().month;
    let ended = if month.month() == 12 { month.year() } else { month.year() - 1 };
    let later = in_order(&RULE, &facts.years)?.into_iter().find(|y| y.year > ended);
    if let Some(YearGrade { year, .. }) = later {
        let detail =
            format!("{month} 时尚无 {year} 年度结果 / there is no result of {year} in {month}");
        return Err(refusal::contradiction(&RULE, "years.year", detail));
    }
    step_credit(snapshot.get()?, &facts, t)
}
