//! 考核结果运用, what follows from the grade of one year (rule `assessment.grade-effects`).
//!
//! Each consequence is a value of the national pack with its clause. One that no text of the time seen
//! settles is `unknown`, or an error where it is a dismissal; nothing of another version steps in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::refusal;
use crate::{
    ErrorCode, Result,
    derivation::{Recorder, Trace, Value},
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope,
        Snapshot, Sourced, Table, field, resolve_as,
    },
    vocabulary::{AnnualGrade, AwardKind, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// What the year counts for.
    pub enum CountsFor ("counts-for", "计算事项", "what the year counts for") {
        WageStep = "wage-step", "晋升工资档次的考核年限", "the years for a wage step";
        PayLevel = "level", "晋升级别的考核年限", "the years for a level";
        Promotion = "promotion", "晋升职务职级的任职年限", "the time in post for promotion";
        Bonus = "bonus", "年终奖金", "the year-end bonus";
    }
}

vocabulary! {
    /// What is done with a person after a low grade.
    pub enum Measure ("measure", "处理措施", "measure") {
        Admonition = "admonition", "诫勉", "admonition";
        SelfCriticism = "self-criticism", "责令作出书面检查", "written self-criticism";
        Deadline = "deadline", "限期改进", "improvement by a deadline";
        TierDown = "tier-down", "降低一个职务或者职级层次任职", "one tier of post or rank down";
    }
}

vocabulary! {
    /// What forbids to dismiss a person (公务员法 art. 89).
    pub enum DismissalBar ("dismissal-bar", "不得辞退的情形", "bar to dismissal") {
        DisabledOnDuty = "disabled-on-duty", "因公致残，被确认丧失或者部分丧失工作能力", "disabled on duty";
        MedicalTerm = "medical-term", "患病或者负伤，在规定的医疗期内", "ill or hurt, within the medical term";
        Maternity = "maternity", "女性在孕期、产假、哺乳期内", "pregnancy, maternity leave or nursing";
        Other = "other", "法律、行政法规规定的其他情形", "another bar by law or administrative regulation";
    }
}

vocabulary! {
    /// Whether a person is to be dismissed for two years of 不称职.
    pub enum Dismissal ("dismissal", "辞退", "dismissal") {
        No = "no", "不涉及", "not in question";
        Due = "due", "应予辞退", "due";
        Barred = "barred", "符合辞退条件，但不得辞退", "due, but barred";
    }
}

vocabulary! {
    /// How years of 优秀 after a series that was awarded are counted.
    pub enum SeriesAgain ("series-again", "连续优秀奖励后的计算", "years after an awarded series") {
        Restart = "restart", "奖励后重新起算", "counted anew after the award";
        Rolling = "rolling", "逐年滚动，每满连续年数即奖励", "rolling: every year that ends a series";
    }
}

vocabulary! {
    /// A consequence that a text of the time may settle or not.
    pub enum Consequence ("consequence", "考核结果", "consequence") {
        Award = "award", "当年奖励", "the award of the year";
        SeriesAward = "series-award", "连续优秀的奖励", "the award for a series";
        MonthsOff = "months-off", "任职年限缩短", "the time taken off";
    }
}

type Held<T> = Result<Sourced<T>>;

/// What the national pack says about consequences.
#[derive(Debug, Clone)]
pub struct GradeEffects {
    counts_from: Table<CountsFor, Choice<AnnualGrade>>,
    award: Held<AwardKind>,
    months_off: Held<u32>,
    series_years: Held<u32>,
    series_award: Held<AwardKind>,
    series_again: Option<Sourced<SeriesAgain>>,
    measures: Table<Measure, Choice<AnnualGrade>>,
    dismissal_years: Held<u32>,
}

/// The grade of a year, and as much of the years before as the consequences hang on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GradeFacts {
    /// The grade of the year.
    pub grade: AnnualGrade,
    /// The grades of the years before it without a gap, latest first; of a series, every year of it.
    #[serde(default)]
    pub before: Vec<AnnualGrade>,
    /// Whether there was no year with an appraisal before those, as for who was hired then.
    #[serde(default)]
    pub before_is_all: bool,
    /// What forbids a dismissal, an empty list where nothing does; needed where one is due.
    #[serde(default)]
    pub dismissal_bars: Option<Vec<DismissalBar>>,
}

/// 年度等次的后果. What follows from the grade of a year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Effects {
    /// 本年度计入的事项. What the year counts for.
    pub counts_for: Vec<CountsFor>,
    /// 本年度不计入的事项；当时没有规定的两边都不列. What it does not count for; what no text of the time settles is in
    /// neither list.
    pub not_counted: Vec<CountsFor>,
    /// 当年奖励；没有时不列. The award of the year; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub award: Option<AwardKind>,
    /// 连续优秀的奖励；没有时不列. The award for the years of 优秀 in a row that end with this one; left out where there
    /// is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series_award: Option<AwardKind>,
    /// 晋升上一职级所需任职年限缩短，单位月；当时没有规定的不列. Months that the time for the next post rank is shortened
    /// by; left out where no text of the time seen settles it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months_off: Option<u32>,
    /// 未见当时规定、不能答复的后果. Consequences that no text of the time seen settles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<Consequence>,
    /// 处理措施. What is done after a low grade.
    pub measures: Vec<Measure>,
    /// 是否辞退；仅不称职时列出. Whether a dismissal is due; only after 不称职.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dismissal: Option<Dismissal>,
}

static EFFECTS: Term = Term::new("grade-effects", "考核结果运用", "What follows from the grade");
static COUNTS: Term = Term::new("counts", "计入", "counts for");
static NOT_COUNTED: Term = Term::new("not-counted", "不计入", "does not count for");
static AWARD: Term = Term::new("award", "当年奖励", "award of the year");
static MONTHS_OFF: Term = Term::new(
    "months-off",
    "晋升上一职级所需年限缩短（月）",
    "months off the time for the next post rank",
);
static UNKNOWN: Term = Term::new("unknown", "未见当时规定", "settled by no text of the time seen");
static SERIES: Term = Term::new("series", "连续优秀年数", "years of excellent in a row");
static SERIES_NEEDED: Term =
    Term::new("series-needed", "奖励所需连续优秀年数", "years in a row that an award takes");
static SERIES_AWARD: Term = Term::new("series-award", "连续优秀的奖励", "award for the series");
static MEASURE: Term = Term::new("measure", "处理", "measure");
static LOW_YEARS: Term =
    Term::new("incompetent-years", "连续不称职年数", "years of incompetent in a row");
static DISMISSAL_YEARS: Term =
    Term::new("dismissal-years", "予以辞退的连续不称职年数", "years in a row that dismissal takes");
static BARRED_BY: Term = Term::new("dismissal-bar", "不得辞退", "dismissal is barred");

/// Returns what follows from the grade.
///
/// In the last year of a series both awards are listed; no text seen says whether the money of both is
/// paid.
///
/// # Source
///
/// 公务员考核规定 (2020) art. 18–21; 公务员法 art. 50 (one tier down), 80 (bonus), 88 and 89 (dismissal and
/// its bars), 公安机关组织管理条例 art. 30 and 31 for police; 公务员职务与职级并行规定 art. 19 (half a year off)
/// before 2021.
///
/// # Errors
///
/// `MissingFact` where an award for a series or a dismissal hangs on a year before that is not
/// given, or a dismissal on its bars; `NeedsDecision` for a year of 优秀 after an awarded series, where no
/// pack says how it counts; `ValueGap` or `NoSuchStandard` for a dismissal that no text of the time seen
/// settles. Other consequences that none settles are `unknown`.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::{GradeFacts, grade_effects};
/// use zhenggong::{derivation::NoTrace, testing, vocabulary::{AnnualGrade, AwardKind}};
/// let snapshot = testing::national("2024-12")?;
/// let grade = AnnualGrade::Excellent;
/// let facts = GradeFacts { grade, before: vec![grade, grade], before_is_all: false, dismissal_bars: None };
/// let effects = grade_effects(snapshot.get()?, &facts, &mut NoTrace)?;
/// assert_eq!(effects.months_off, Some(6));
/// assert_eq!(effects.series_award, Some(AwardKind::ThirdClassMerit));
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn grade_effects<T: Trace>(p: &GradeEffects, facts: &GradeFacts, t: &mut T) -> Result<Effects> {
    t.begin(&EFFECTS);
    let mut out = Effects { months_off: Some(0), ..Effects::default() };
    for (what, least) in p.counts_from.iter() {
        let (list, label) = if facts.grade.at_least(least.value.0) {
            (&mut out.counts_for, &COUNTS)
        } else {
            (&mut out.not_counted, &NOT_COUNTED)
        };
        list.push(what);
        t.cited_note(label, Some(Value::Term(what.term())), least.cite);
    }
    if facts.grade == AnnualGrade::Excellent {
        excellent(p, facts, &mut out, t)?;
    }
    for (measure, at) in p.measures.iter().filter(|(_, at)| at.value.0 == facts.grade) {
        out.measures.push(measure);
        t.cited_note(&MEASURE, Some(Value::Term(measure.term())), at.cite);
    }
    if facts.grade == AnnualGrade::Incompetent {
        out.dismissal = Some(dismissal(p, facts, t)?);
    }
    t.end(Value::Term(facts.grade.term()));
    Ok(out)
}

fn excellent<T: Trace>(
    p: &GradeEffects,
    facts: &GradeFacts,
    out: &mut Effects,
    t: &mut T,
) -> Result<()> {
    if let Some(award) = settled(&p.award, Consequence::Award, out, t)? {
        out.award = Some(award.value);
        t.cited_note(&AWARD, Some(Value::Term(award.value.term())), award.cite);
    }
    let off = settled(&p.months_off, Consequence::MonthsOff, out, t)?;
    out.months_off = off.map(|off| off.value);
    if let Some(off) = off {
        t.cited_note(&MONTHS_OFF, Some(Value::Count(off.value.into())), off.cite);
    }
    let Some(needed) = settled(&p.series_years, Consequence::SeriesAward, out, t)? else {
        return Ok(());
    };
    let least = in_a_row(facts, needed.value)?;
    // The years given before the series are part of it as long as they are of this grade.
    let all = facts.before.iter().take_while(|g| **g == facts.grade).count();
    let run = u32::try_from(all).unwrap_or(u32::MAX).saturating_add(1).max(least);
    t.note(&SERIES, Some(Value::Count(run.into())));
    t.cited_note(&SERIES_NEEDED, Some(Value::Count(needed.value.into())), needed.cite);
    if ends_a_series(p, run, needed.value, t)? {
        let award = p.series_award.clone()?;
        out.series_award = Some(award.value);
        t.cited_note(&SERIES_AWARD, Some(Value::Term(award.value.term())), award.cite);
    }
    Ok(())
}

/// Returns what the pack says of a consequence; one that no text of the time seen settles is said to be unknown.
fn settled<V: Copy, T: Trace>(
    held: &Held<V>,
    what: Consequence,
    out: &mut Effects,
    t: &mut T,
) -> Result<Option<Sourced<V>>> {
    match held {
        Ok(found) => Ok(Some(*found)),
        Err(gap) if matches!(gap.code(), ErrorCode::ValueGap | ErrorCode::NoSuchStandard) => {
            out.unknown.push(what);
            t.note(&UNKNOWN, Some(Value::Term(what.term())));
            Ok(None)
        }
        Err(error) => Err(error.clone()),
    }
}

/// Returns whether the year is the last one of a series; of a longer run the policy says.
fn ends_a_series<T: Trace>(p: &GradeEffects, run: u32, needed: u32, t: &mut T) -> Result<bool> {
    if run <= needed {
        return Ok(run == needed);
    }
    let Some(again) = p.series_again else {
        let question = format!(
            "连续优秀第 {run} 年：满 {needed} 年奖励后如何继续计算，《公务员考核规定》第十九条未写明（series_again） / the {run} years of excellent in a row go beyond {needed}: article 19 does not say how years after the award count (series_again)"
        );
        return Err(refusal::undecided(&RULE, question).field("series_again"));
    };
    t.cited_note(&SeriesAgain::KIND, Some(Value::Term(again.value.term())), again.cite);
    Ok(match again.value {
        SeriesAgain::Rolling => true,
        SeriesAgain::Restart => run.is_multiple_of(needed.max(1)),
    })
}

fn dismissal<T: Trace>(p: &GradeEffects, facts: &GradeFacts, t: &mut T) -> Result<Dismissal> {
    let needed = p.dismissal_years.clone()?;
    let run = in_a_row(facts, needed.value)?;
    t.note(&LOW_YEARS, Some(Value::Count(run.into())));
    t.cited_note(&DISMISSAL_YEARS, Some(Value::Count(needed.value.into())), needed.cite);
    let found = if run < needed.value {
        Dismissal::No
    } else {
        let Some(bars) = &facts.dismissal_bars else {
            return Err(refusal::missing(&RULE, "dismissal_bars"));
        };
        for bar in bars {
            t.note(&BARRED_BY, Some(Value::Term(bar.term())));
        }
        if bars.is_empty() { Dismissal::Due } else { Dismissal::Barred }
    };
    t.note(&Dismissal::KIND, Some(Value::Term(found.term())));
    Ok(found)
}

/// Returns for how many years in a row the grade is the one of this year, counted up to `needed`.
fn in_a_row(facts: &GradeFacts, needed: u32) -> Result<u32> {
    let mut before = facts.before.iter();
    let mut run = 1;
    while run < needed {
        match before.next() {
            Some(grade) if *grade == facts.grade => run += 1,
            Some(_) => break,
            None if facts.before_is_all => break,
            None => return Err(refusal::missing(&RULE, "before")),
        }
    }
    Ok(run)
}

impl Parameters for GradeEffects {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            counts_from: fields.get::<Keyed<CountsFor, Choice<AnnualGrade>>>("counts_from")?,
            award: fields.get::<Choice<AwardKind>>("award"),
            months_off: fields.get::<u32>("months_off"),
            series_years: fields.get::<u32>("series_years"),
            series_award: fields.get::<Choice<AwardKind>>("series_award"),
            series_again: fields.optional::<Choice<SeriesAgain>>("series_again")?,
            measures: fields.get::<Keyed<Measure, Choice<AnnualGrade>>>("measures")?,
            dismissal_years: fields.get::<u32>("dismissal_years"),
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Keyed<CountsFor, Choice<AnnualGrade>>>("counts_from", Scope::National),
    field::<Choice<AwardKind>>("award", Scope::National),
    field::<u32>("months_off", Scope::National),
    field::<u32>("series_years", Scope::National),
    field::<Choice<AwardKind>>("series_award", Scope::National),
    field::<Choice<SeriesAgain>>("series_again", Scope::Local),
    field::<Keyed<Measure, Choice<AnnualGrade>>>("measures", Scope::National),
    field::<u32>("dismissal_years", Scope::National),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.grade-effects", "考核结果运用", "what follows from the grade"),
    about: Term::new(
        "about",
        "一个年度等次的后果：计入哪些年限、奖励、缩短的任职年限、处理措施、辞退；考核年度为所给月份之年。",
        "What one year's grade counts for, its awards, the time taken off, measures and dismissal; the year is that of the month.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("grade", "等次", "grade"), "annual-grade"),
        InputSpec::optional(
            Term::new(
                "before",
                "以前各年等次（由近及远）",
                "grades of the years before, latest first",
            ),
            "[annual-grade]",
        ),
        InputSpec::optional(
            Term::new(
                "before_is_all",
                "此前没有其他考核年度（如新录用）",
                "whether no year before those was appraised, as of who was hired then",
            ),
            "true | false",
        ),
        InputSpec::optional(
            Term::new("dismissal_bars", "不得辞退的情形", "bars to dismissal"),
            "[dismissal-bar]",
        ),
    ],
    output: "{counts_for, not_counted, award, series_award, months_off, unknown, measures, dismissal}",
    resolve: resolve_as::<GradeEffects>,
    evaluate: &Evaluate(evaluate),
};

fn evaluate(snapshot: &Snapshot, facts: GradeFacts, t: &mut Recorder) -> Result<Effects> {
    grade_effects(snapshot.get()?, &facts, t)
}
