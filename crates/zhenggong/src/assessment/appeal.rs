//! 复核和申诉期限, until when a personnel decision can be contested (rule `assessment.appeal-dates`).
//!
//! The days come from 公务员法 art. 95 and 96. From which day they are counted is policy; the law says
//! "自知道之日起", and a count from the next day is a reading of it. The law does not move an end that
//! falls on a day of rest, and neither does the rule.

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{refusal, years::Day};
use crate::{
    Result,
    derivation::{Op, Recorder, Trace, Value},
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, field, resolve_as,
    },
    vocabulary::{Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// What is contested: the list of 公务员法 art. 95, and what stands beside it.
    pub enum AppealMatter ("appeal-matter", "申诉事项", "matter contested") {
        Sanction = "sanction", "处分", "sanction by the organ itself";
        Dismissal = "dismissal", "辞退或者取消录用", "dismissal or withdrawn recruitment";
        Demotion = "demotion", "降职", "demotion";
        Incompetent = "incompetent", "定期考核定为不称职", "graded incompetent";
        Removal = "removal", "免职", "removal from post";
        ResignationRefused = "resignation-refused", "申请辞职、提前退休未予批准", "resignation or early retirement refused";
        Pay = "pay", "不按照规定确定或者扣减工资、福利、保险待遇", "pay, welfare or insurance not by rule";
        OtherByLaw = "other-by-law", "法律、法规规定可以申诉的其他情形", "another case that a law opens";
        SupervisorySanction = "supervisory-sanction", "监察机关作出的政务处分", "sanction by a supervisory organ";
        OtherGrade = "other-grade", "定期考核定为其他等次", "another grade of the appraisal";
    }
}

vocabulary! {
    /// The first day of the count.
    pub enum FirstDay ("first-day", "期间起算", "first day of the count") {
        NextDay = "next-day", "自次日起算", "the next day";
        SameDay = "same-day", "自当日起算", "the day itself";
    }
}

/// What the national pack says about contesting a decision.
#[derive(Debug, Clone, Copy)]
pub struct AppealTerms {
    review_days: Sourced<u32>,
    direct_days: Sourced<u32>,
    appeal_days: Sourced<u32>,
    review_decision_days: Sourced<u32>,
    appeal_decision_days: Sourced<u32>,
    extension_days: Sourced<u32>,
    first_day: Sourced<FirstDay>,
}

/// The days that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppealFacts {
    /// What is contested.
    pub matter: AppealMatter,
    /// The day the person knew of the decision.
    pub known: NaiveDate,
    /// The day the organ received the request for review.
    pub review_requested: Option<NaiveDate>,
    /// The day the person received the review decision.
    pub review_received: Option<NaiveDate>,
    /// The day the appeal was accepted.
    pub appeal_accepted: Option<NaiveDate>,
}

/// 各项期限的最后一日，均计算在内. The last days, each itself counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AppealDates {
    /// 申请复核的最后一日. To request a review.
    #[schemars(with = "crate::schema::Date")]
    pub review_by: NaiveDate,
    /// 不经复核直接申诉的最后一日. To appeal without a review.
    #[schemars(with = "crate::schema::Date")]
    pub direct_appeal_by: NaiveDate,
    /// 对复核决定申诉的最后一日；尚未接到复核决定时不列. To appeal against the review decision; left out before it is
    /// received.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub appeal_by: Option<NaiveDate>,
    /// 机关作出复核决定的最后一日；未申请复核时不列. For the organ to decide the review; left out where none was requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub review_decision_by: Option<NaiveDate>,
    /// 作出申诉处理决定的最后一日；申诉未受理时不列. For the decision on the appeal; left out before it is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub appeal_decision_by: Option<NaiveDate>,
    /// 案情复杂时延长后的最后一日；申诉未受理时不列. For the same where the case is complicated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub appeal_decision_extended: Option<NaiveDate>,
}

static DATES: Term =
    Term::new("appeal-dates", "申请复核的最后一日", "Last day to request a review");
static KNOWN: Term = Term::new("known", "知道人事处理之日", "decision known on");
static REVIEW: Term = Term::new("review-days", "申请复核期限（日）", "days to request a review");
static DIRECT: Term =
    Term::new("direct-appeal", "不经复核直接申诉的最后一日", "Last day to appeal without a review");
static DIRECT_DAYS: Term =
    Term::new("direct-days", "直接申诉期限（日）", "days to appeal directly");
static APPEAL: Term =
    Term::new("appeal", "对复核决定申诉的最后一日", "Last day to appeal after the review");
static APPEAL_DAYS: Term =
    Term::new("appeal-days", "对复核决定申诉期限（日）", "days to appeal after the review");
static RECEIVED: Term =
    Term::new("review_received", "接到复核决定之日", "review decision received on");
static REVIEW_DECISION: Term =
    Term::new("review-decision", "作出复核决定的最后一日", "Last day to decide the review");
static REQUESTED: Term =
    Term::new("review_requested", "接到复核申请书之日", "request for review received on");
static DECISION_DAYS: Term = Term::new("decision-days", "处理期限（日）", "days to decide");
static APPEAL_DECISION: Term =
    Term::new("appeal-decision", "作出申诉处理决定的最后一日", "Last day to decide the appeal");
static EXTENDED: Term = Term::new(
    "appeal-decision-extended",
    "案情复杂经延长的最后一日",
    "Last day to decide a complicated appeal",
);
static ACCEPTED: Term = Term::new("appeal_accepted", "受理申诉之日", "appeal accepted on");
static EXTENSION: Term = Term::new("extension-days", "延长（日）", "days of extension");

/// Returns the last days to contest a decision and to decide on it.
///
/// # Source
///
/// 公务员法 art. 95 (30 days to request a review or to appeal directly, 15 days after the review
/// decision) and 96 (30 days for the review, 60 for the appeal, 30 more at most).
///
/// # Errors
///
/// `NotApplicable` for a grade other than 不称职, and for a sanction by a supervisory organ, which goes
/// to 复审 there; `ContradictoryFacts` for days out of order.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::{AppealFacts, AppealMatter, appeal_dates};
/// use zhenggong::{calendar::parse_date, derivation::NoTrace, testing};
/// let snapshot = testing::national("2025-01")?;
/// let facts = AppealFacts {
///     matter: AppealMatter::Incompetent,
///     known: parse_date("2025-01-10")?,
///     review_requested: None,
///     review_received: Some(parse_date("2025-02-05")?),
///     appeal_accepted: None,
/// };
/// let dates = appeal_dates(snapshot.get()?, &facts, &mut NoTrace)?;
/// assert_eq!(dates.review_by.to_string(), "2025-02-09");
/// assert_eq!(dates.appeal_by, Some(parse_date("2025-02-20")?));
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn appeal_dates<T: Trace>(
    p: &AppealTerms,
    facts: &AppealFacts,
    t: &mut T,
) -> Result<AppealDates> {
    match facts.matter {
        AppealMatter::OtherGrade => {
            let detail = "只有定为不称职可以申请复核、提出申诉 / only the grade of incompetent can be contested";
            return Err(refusal::not_applicable(&RULE, detail));
        }
        AppealMatter::SupervisorySanction => {
            let detail = "对监察机关的政务处分决定应向该机关申请复审（政务处分法第五十五条） / it goes to a supervisory review";
            return Err(refusal::not_applicable(&RULE, detail));
        }
        _ => {}
    }
    let later = [
        (facts.review_requested, &REQUESTED),
        (facts.review_received, &RECEIVED),
        (facts.appeal_accepted, &ACCEPTED),
    ];
    let mut before = facts.known;
    for (day, label) in later {
        let Some(day) = day else { continue };
        if day < before {
            let detail = format!("{} {day} 早于 {before} / {} comes too early", label.zh, label.en);
            return Err(refusal::contradiction(&RULE, label.code, detail));
        }
        before = day;
    }
    t.begin(&DATES);
    let direct_appeal_by =
        p.line(&DIRECT, (&KNOWN, facts.known), &[(&DIRECT_DAYS, p.direct_days)], t)?;
    let deciding = [(&DECISION_DAYS, p.review_decision_days)];
    let mut optional = |label, from: &'static Term, day: Option<NaiveDate>, days: &[_]| {
        day.map(|day| p.line(label, (from, day), days, t)).transpose()
    };
    let review_decision_by =
        optional(&REVIEW_DECISION, &REQUESTED, facts.review_requested, &deciding)?;
    let appeal_by =
        optional(&APPEAL, &RECEIVED, facts.review_received, &[(&APPEAL_DAYS, p.appeal_days)])?;
    let deciding = [(&DECISION_DAYS, p.appeal_decision_days), (&EXTENSION, p.extension_days)];
    let usual = deciding.get(..1).unwrap_or_default();
    let appeal_decision_by = optional(&APPEAL_DECISION, &ACCEPTED, facts.appeal_accepted, usual)?;
    let extended = optional(&EXTENDED, &ACCEPTED, facts.appeal_accepted, &deciding)?;
    let review_by = p.inside((&KNOWN, facts.known), &[(&REVIEW, p.review_days)], t)?;
    t.end(Value::Date(review_by));
    Ok(AppealDates {
        review_by,
        direct_appeal_by,
        appeal_by,
        review_decision_by,
        appeal_decision_by,
        appeal_decision_extended: extended,
    })
}

type Named<T> = (&'static Term, T);

impl AppealTerms {
    /// Returns the last day of a period, as a line of its own.
    fn line<T: Trace>(
        &self,
        label: &'static Term,
        from: Named<NaiveDate>,
        days: &[Named<Sourced<u32>>],
        t: &mut T,
    ) -> Result<NaiveDate> {
        t.begin(label);
        let day = self.inside(from, days, t)?;
        t.end(Value::Date(day));
        Ok(day)
    }

    /// Returns the last day of a period, inside a line that has begun.
    fn inside<T: Trace>(
        &self,
        (name, from): Named<NaiveDate>,
        days: &[Named<Sourced<u32>>],
        t: &mut T,
    ) -> Result<NaiveDate> {
        t.fact(Op::Is, name, Value::Date(from));
        let mut all = 0_u64;
        for (label, days) in days {
            all += u64::from(days.value);
            t.param(Op::Plus, *label, Value::Count(days.value.into()), days.cite);
        }
        let first = self.first_day;
        t.cited_note(&FirstDay::KIND, Some(Value::Term(first.value.term())), first.cite);
        if first.value == FirstDay::SameDay {
            all = all.saturating_sub(1);
        }
        let last = NaiveDate::from_ymd_opt(2999, 12, 31);
        let day = from.checked_add_days(Days::new(all)).filter(|d| Some(*d) <= last);
        day.ok_or_else(|| refusal::invalid(&RULE, name.code, from.to_string()))
    }
}

impl Parameters for AppealTerms {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            review_days: fields.get::<u32>("review_days")?,
            direct_days: fields.get::<u32>("direct_days")?,
            appeal_days: fields.get::<u32>("appeal_days")?,
            review_decision_days: fields.get::<u32>("review_decision_days")?,
            appeal_decision_days: fields.get::<u32>("appeal_decision_days")?,
            extension_days: fields.get::<u32>("extension_days")?,
            first_day: fields.get::<Choice<FirstDay>>("first_day")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<u32>("review_days", Scope::National),
    field::<u32>("direct_days", Scope::National),
    field::<u32>("appeal_days", Scope::National),
    field::<u32>("review_decision_days", Scope::National),
    field::<u32>("appeal_decision_days", Scope::National),
    field::<u32>("extension_days", Scope::National),
    field::<Choice<FirstDay>>("first_day", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.appeal-dates", "复核和申诉期限", "last days to contest"),
    about: Term::new(
        "about",
        "对不称职、处分等人事处理申请复核、提出申诉的最后一日，以及机关作出决定的最后一日。",
        "The last days to have a grade of incompetent, a sanction and the like reviewed, to appeal, and to decide.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("matter", "申诉事项", "matter"), "appeal-matter"),
        InputSpec::required(KNOWN, "date"),
        InputSpec::optional(REQUESTED, "date"),
        InputSpec::optional(RECEIVED, "date"),
        InputSpec::optional(ACCEPTED, "date"),
    ],
    output: "{review_by, direct_appeal_by, appeal_by, review_decision_by, appeal_decision_by, appeal_decision_extended}",
    resolve: resolve_as::<AppealTerms>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    matter: AppealMatter,
    known: Day,
    #[serde(default)]
    review_requested: Option<Day>,
    #[serde(default)]
    review_received: Option<Day>,
    #[serde(default)]
    appeal_accepted: Option<Day>,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<AppealDates> {
    let facts = AppealFacts {
        matter: input.matter,
        known: input.known.0,
        review_requested: input.review_requested.map(|d| d.0),
        review_received: input.review_received.map(|d| d.0),
        appeal_accepted: input.appeal_accepted.map(|d| d.0),
    };
    appeal_dates(snapshot.get()?, &facts, t)
}
