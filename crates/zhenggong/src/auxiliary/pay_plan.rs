//! 辅警工资方案, the pay plan of auxiliaries (rule `auxiliary.pay-plan`).
//!
//! A place writes its plan as lines of a few closed kinds; a line may build on lines before it, never
//! on later ones. A line marked `memo` is computed but not paid, such as the total of a grade that
//! the paid lines are shares of.

use std::sync::Arc;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    CountFact, MAX_LINES, PostKey, Standards, TableKey, auxiliary_pay,
    plan::{Formula, Line, Plan},
    plan_reader::Lines,
};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Language, Recorder},
    number::{Money, Rate},
    policy::{
        CiteId, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        field, resolve_as,
    },
    vocabulary::{AuxiliaryGrade, PayItem, Term, Vocabulary},
};

/// The pay plan of a place, in force for a month.
#[derive(Debug, Clone)]
pub struct PayPlan {
    pub(super) plan: Arc<Plan>,
    pub(super) cite: CiteId,
}

impl PayPlan {
    pub(super) fn new(plan: Arc<Plan>, cite: CiteId) -> Self {
        Self { plan, cite }
    }

    /// Returns the post of this name, for [`AuxiliaryFacts::post`]. A plan without a table by post does
    /// not go by posts, and takes any.
    ///
    /// # Errors
    ///
    /// `UnknownTerm` where the plan has tables by post and none has this one, with the posts they have.
    pub fn post(&self, name: &str) -> Result<PostKey> {
        if self.plan.posts.is_empty() {
            return Ok(PostKey(0));
        }
        let at = self.plan.posts.iter().position(|p| p == name);
        at.and_then(|at| u16::try_from(at).ok()).map(PostKey).ok_or_else(|| {
            Error::new(ErrorCode::UnknownTerm)
                .arg_in("kind", TableKey::Post.zh(), TableKey::Post.en())
                .arg("value", crate::error::shown(name))
                .arg_in("known", self.plan.posts.join("、"), self.plan.posts.join(", "))
                .field("post")
                .rule(RULE.id())
        })
    }

    /// Returns whether a line takes the assessment coefficient of the month.
    #[must_use]
    pub fn pays_by_coefficient(&self) -> bool {
        self.plan.lines.iter().any(|line| matches!(line.formula, Formula::Performance(..)))
    }

    /// Returns the names of the posts that tables of the plan use.
    pub fn posts(&self) -> impl Iterator<Item = &str> {
        self.plan.posts.iter().map(String::as_str)
    }

    /// Returns the name of a line, or of a post, by its number in labels.
    #[must_use]
    pub fn name(&self, id: u16, language: Language) -> Option<&str> {
        match (self.line_of(id), language) {
            (Some(line), Language::Zh) => Some(&line.zh),
            (Some(line), Language::En) => Some(&line.en),
            (None, _) => self.post_of(id),
        }
    }

    /// Returns the id of a line, or the name of a post, by its number in labels.
    #[must_use]
    pub fn code(&self, id: u16) -> Option<&str> {
        self.line_of(id).map(|line| line.id.as_str()).or_else(|| self.post_of(id))
    }

    fn line_of(&self, id: u16) -> Option<&Line> {
        self.plan.lines.get(usize::from(id))
    }

    fn post_of(&self, id: u16) -> Option<&str> {
        let at = usize::from(id).checked_sub(MAX_LINES)?;
        self.plan.posts.get(at).map(String::as_str)
    }
}

/// What was counted in the month, by kind; what is not set is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([Option<u32>; CountFact::ALL.len()]);

impl Counts {
    /// Returns the count of this fact, or none where it is not known.
    #[must_use]
    #[inline]
    pub fn get(&self, fact: CountFact) -> Option<u32> {
        self.0.get(fact.index()).copied().flatten()
    }

    /// Sets the count of this fact.
    pub fn set(&mut self, fact: CountFact, count: u32) {
        if let Some(slot) = self.0.get_mut(fact.index()) {
            *slot = Some(count);
        }
    }
}

/// The facts of one auxiliary in one month that lines of a plan go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AuxiliaryFacts {
    /// Grade held.
    pub grade: Option<AuxiliaryGrade>,
    /// Post, as the plan names it.
    pub post: Option<PostKey>,
    /// Assessment coefficient that multiplies performance pay; 1 pays the base.
    pub coefficient: Option<Rate>,
    /// What was counted.
    pub counts: Counts,
}

impl Parameters for PayPlan {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        fields.get::<Lines>("lines")
    }
}

const FIELDS: &[FieldSpec] = &[field::<Lines>("lines", Scope::Local)];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("auxiliary.pay-plan", "辅警工资方案", "auxiliary pay plan"),
    about: Term::new(
        "about",
        "按当地方案逐行计算辅警当月应发工资：定额、分档、比例、计次、绩效、最低工资。",
        "Pay of an auxiliary by the lines of the local plan: fixed amounts, tables, shares, counts, \
         performance, minimum wage.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::optional(Term::new("grade", "层级", "grade"), "auxiliary-grade"),
        InputSpec::optional(Term::new("post", "岗位", "post"), "text"),
        InputSpec::optional(Term::new("coefficient", "考核系数", "assessment coefficient"), "rate"),
        InputSpec::optional(
            Term::new("counts", "计次事实", "counted facts"),
            "{count-fact: count}",
        ),
    ],
    output: "{total, items: {pay-item: money}}",
    resolve: resolve_as::<PayPlan>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    grade: Option<AuxiliaryGrade>,
    #[serde(default)]
    post: Option<String>,
    #[serde(default)]
    coefficient: Option<Rate>,
    #[serde(default)]
    #[schemars(with = "BTreeMap<CountFact, u32>")]
    counts: BTreeMap<String, u32>,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 合计. The month's pay.
    total: Money,
    /// 按工资项目. The pay by item.
    items: BTreeMap<PayItem, Money>,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Output> {
    let plan: &PayPlan = snapshot.get()?;
    let mut counts = Counts::default();
    for (name, count) in &input.counts {
        counts.set(CountFact::find(name).map_err(|e| e.field("counts"))?, *count);
    }
    let facts = AuxiliaryFacts {
        grade: input.grade,
        post: input.post.as_deref().map(|post| plan.post(post)).transpose()?,
        coefficient: input.coefficient,
        counts,
    };
    // Two lines may be paid under one item; the payslip shows their sum.
    let mut lines = Vec::new();
    let standards = Standards::of(snapshot);
    let total =
        auxiliary_pay(plan, &standards, &facts, t, &mut |item, money| lines.push((item, money)))?;
    let mut items = BTreeMap::new();
    for (item, money) in lines {
        let sum: &mut Money = items.entry(item).or_default();
        *sum = sum.plus(money)?;
    }
    Ok(Output { total, items })
}
