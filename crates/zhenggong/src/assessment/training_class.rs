//! 训练分类, the class that test results put an officer into (rule `assessment.training-class`).
//!
//! A local scheme: it is the lowest result that decides. One sub-bureau is known to train by class;
//! the nation has no value, so that without a local pack the rule says so.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::refusal;
use crate::{
    Result,
    derivation::{Recorder, Trace, Value},
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope,
        Snapshot, Sourced, Table, field, resolve_as,
    },
    vocabulary::{Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// The result of one subject, high to low.
    pub enum SubjectResult ("subject-result", "科目成绩", "result of a subject") {
        Good = "good", "优良", "good";
        Pass = "pass", "合格", "pass";
        Fail = "fail", "不合格", "fail";
    }
}

vocabulary! {
    /// The class, from the one with the least training.
    pub enum TrainingClass ("training-class", "训练类别", "training class") {
        A = "a", "A类", "class A";
        B = "b", "B类", "class B";
        C = "c", "C类", "class C";
    }
}

vocabulary! {
    /// What a class demands.
    pub enum TrainingConsequence ("training-consequence", "训练要求", "training demanded") {
        MayBeExempt = "may-be-exempt", "经审核可免训当年", "may be exempt for the year after a review";
        WeakSubjects = "weak-subjects", "只训未达优良的科目", "only the subjects below good";
        Intensive = "intensive", "强化训练并随下期重训", "intensive training, repeated with the next course";
    }
}

/// What a local pack says about classes.
#[derive(Debug, Clone)]
pub struct TrainingClasses {
    least: Table<TrainingClass, Choice<SubjectResult>>,
    demands: Table<TrainingClass, Choice<TrainingConsequence>>,
    yearly_days: Sourced<u32>,
    yearly_to_age: Sourced<u32>,
}

/// 训练分类结果. The class of an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClassOfOfficer {
    /// 训练类别. The class.
    pub class: TrainingClass,
    /// 训练要求；办法没有写明时不列. What it demands; left out where the scheme names nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demands: Option<TrainingConsequence>,
    /// 每年最少训练，单位天；超过适用年龄的为 0. The least days of training a year; 0 above the age.
    pub yearly_days: u32,
}

static CLASS: Term = Term::new("training-class", "训练类别", "Training class");
static LOWEST: Term = Term::new("lowest", "最低科目成绩", "lowest result");
static LEAST: Term = Term::new("least", "该类各科不低于", "all subjects at least");
static DAYS: Term = Term::new("yearly_days", "每年训练不少于（天）", "days of training a year");
static TO_AGE: Term = Term::new("yearly_to_age", "适用年龄上限", "up to the age of");
static DEMAND: Term = Term::new("demands", "训练要求", "training demanded");

/// Returns the class by the lowest result of all subjects.
///
/// # Source
///
/// A local scheme; the shape is that of one sub-bureau (evidence: secondary), its date unknown.
///
/// # Errors
///
/// `MissingFact` without a result; `NoSuchStandard` where no local pack has classes;
/// `CellNotAttested` where no class takes the result.
pub fn training_class<T: Trace>(
    p: &TrainingClasses,
    results: &[SubjectResult],
    age: u32,
    t: &mut T,
) -> Result<ClassOfOfficer> {
    let Some(lowest) = results.iter().copied().max_by_key(|r| r.index()) else {
        return Err(refusal::missing(&RULE, "results"));
    };
    let found = p.least.iter().find(|(_, least)| lowest.index() <= least.value.0.index());
    let Some((class, least)) = found else {
        return Err(refusal::not_attested(&RULE, lowest.term()));
    };
    t.begin(&CLASS);
    t.note(&LOWEST, Some(Value::Term(lowest.term())));
    t.cited_note(&LEAST, Some(Value::Term(least.value.0.term())), least.cite);
    let demands = p.demands.get(class);
    if let Some(demand) = demands {
        t.cited_note(&DEMAND, Some(Value::Term(demand.value.0.term())), demand.cite);
    }
    let yearly_days = if age <= p.yearly_to_age.value { p.yearly_days.value } else { 0 };
    t.cited_note(&DAYS, Some(Value::Count(yearly_days.into())), p.yearly_days.cite);
    t.cited_note(&TO_AGE, Some(Value::Count(p.yearly_to_age.value.into())), p.yearly_to_age.cite);
    t.end(Value::Term(class.term()));
    Ok(ClassOfOfficer { class, demands: demands.map(|d| d.value.0), yearly_days })
}

impl Parameters for TrainingClasses {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            least: fields.get::<Keyed<TrainingClass, Choice<SubjectResult>>>("least")?,
            demands: fields.get::<Keyed<TrainingClass, Choice<TrainingConsequence>>>("demands")?,
            yearly_days: fields.get::<u32>("yearly_days")?,
            yearly_to_age: fields.get::<u32>("yearly_to_age")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Keyed<TrainingClass, Choice<SubjectResult>>>("least", Scope::Local),
    field::<Keyed<TrainingClass, Choice<TrainingConsequence>>>("demands", Scope::Local),
    field::<u32>("yearly_days", Scope::Local),
    field::<u32>("yearly_to_age", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.training-class", "训练分类", "training class"),
    about: Term::new(
        "about",
        "按各科成绩的最低一科确定训练类别、训练要求和年训练天数；属地方办法，无本地政策包时不作判断。",
        "The training class by the lowest result, what it demands and the days a year; a local scheme, without one no answer.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(
            Term::new("results", "各科成绩", "results of the subjects"),
            "[subject-result]",
        ),
        InputSpec::required(Term::new("age", "年龄", "age"), "count"),
    ],
    output: "{class, demands, yearly_days}",
    resolve: resolve_as::<TrainingClasses>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    results: Vec<SubjectResult>,
    age: u32,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<ClassOfOfficer> {
    training_class(snapshot.get()?, &input.results, input.age, t)
}
