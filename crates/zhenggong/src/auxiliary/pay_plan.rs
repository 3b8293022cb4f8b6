//! 辅警工资方案, the pay plan of auxiliaries (rule `auxiliary.pay-plan`).
//!
//! A place writes its plan as lines of a few closed kinds; a line may build on lines before it, never
//! on later ones. A line marked `memo` is computed but not paid, such as the total of a grade that
//! the paid lines are shares of.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value as Json;

use super::{
    CountFact, MAX_LINES, PostKey, Standards, TableKey,
    plan::{Base, Cells, Formula, Line, Plan, Share, Source},
    plan_reader::Lines,
};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Label, Language, Op, Recorder, Trace, Value},
    number::{Exact, Money, Rate},
    policy::{
        CiteId, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot, Sourced,
        field, read_input, resolve_as,
    },
    vocabulary::{AuxiliaryGrade, PayItem, Term, Vocabulary},
};

/// The pay plan of a place, in force for a month.
#[derive(Debug, Clone)]
pub struct PayPlan {
    plan: Arc<Plan>,
    cite: CiteId,
}

impl PayPlan {
    pub(super) fn new(plan: Arc<Plan>, cite: CiteId) -> Self {
        Self { plan, cite }
    }

    /// Returns the post of this name, for [`AuxiliaryFacts::post`].
    ///
    /// # Errors
    ///
    /// `UnknownTerm` where no table of the plan has the post, with the posts that it has.
    pub fn post(&self, name: &str) -> Result<PostKey> {
        let at = self.plan.posts.iter().position(|p| p == name);
        at.and_then(|at| u16::try_from(at).ok()).map(PostKey).ok_or_else(|| {
            Error::new(ErrorCode::UnknownTerm)
                .arg("kind", TableKey::Post.zh())
                .arg("value", crate::error::shown(name))
                .arg("known", self.plan.posts.join("、"))
                .field("post")
                .rule(RULE.id())
        })
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

static PAY: Term = Term::new("auxiliary-pay", "辅警应发工资", "Pay of the auxiliary");
static STANDARD: Term = Term::new("standard", "标准", "standard");
static SHARE: Term = Term::new("share", "比例", "share");
static RATE: Term = Term::new("rate", "每次标准", "amount for each");
static COUNTED: Term = Term::new("counted", "计发数", "number paid");
static CAP: Term = Term::new("cap", "每月计发上限", "most that is paid a month");
static COEFFICIENT: Term = Term::new("coefficient", "考核系数", "assessment coefficient");
static MEMO: Term = Term::new("memo", "只计算，不发放", "computed, not paid");
static NOT_ABOVE: Term = Term::new(
    "not-above-minimum-wage",
    "应发合计不高于当地最低工资标准，不符合规范辅警管理意见第18条",
    "the pay is not above the local minimum wage, against article 18 of the national guide",
);

/// Returns the pay of an auxiliary for one month, in yuan to the fen, and gives each paid line to
/// `out` in the order of the plan. A line whose value is 0 is given too.
///
/// Where the local minimum wage is known and the sum is not above it, the derivation notes that: the
/// national guide (规范公安机关警务辅助人员管理工作的意见 art. 18, evidence: secondary) wants pay above it. The
/// amount is not raised.
///
/// # Source
///
/// The plan of the place, as its pack cites it.
///
/// # Rounding
///
/// Each line that takes a share or a coefficient is rounded by the plan; later lines build on the
/// rounded value.
///
/// # Errors
///
/// `MissingFact` that names the fact a line needs, `CellNotAttested` where a table has no amount for
/// the grade or post, `NegativeNotAllowed` for a negative coefficient, and the error of a standard
/// that a line needs and the snapshot lacks.
///
/// # Examples
///
/// ```
/// use zhenggong::{
///     auxiliary::{AuxiliaryFacts, Standards, auxiliary_pay},
///     derivation::NoTrace,
///     policy::Pack,
///     testing,
/// };
/// let packs = Pack::example("wuwei").into_iter().collect();
/// let snapshot = testing::snapshot(packs, "wuwei", "2018-06")?;
/// let standards = Standards::of(&snapshot);
/// let (facts, mut lines) = (AuxiliaryFacts::default(), Vec::new());
/// let mut out = |item, money| lines.push((item, money));
/// let pay = auxiliary_pay(snapshot.get()?, &standards, &facts, &mut NoTrace, &mut out)?;
/// assert_eq!(pay.to_string(), "2425.00");
/// assert_eq!(lines.len(), 3);
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn auxiliary_pay<T: Trace>(
    plan: &PayPlan,
    standards: &Standards,
    facts: &AuxiliaryFacts,
    t: &mut T,
    out: &mut impl FnMut(PayItem, Money),
) -> Result<Money> {
    let mut run = Run { plan, standards, facts, values: [Money::ZERO; MAX_LINES] };
    let mut total = Money::ZERO;
    t.begin(&PAY);
    for (line, slot) in plan.plan.lines.iter().zip(0..MAX_LINES) {
        t.begin(Label::Pack(line.number));
        let value = run.line(line, t)?;
        match line.item {
            Some(item) => {
                total = total.plus(value)?;
                out(item, value);
            }
            None => t.note(&MEMO, None),
        }
        t.end_money(value);
        if let Some(slot) = run.values.get_mut(slot) {
            *slot = value;
        }
    }
    if let Ok(minimum) = &standards.minimum_wage
        && total <= minimum.value
    {
        t.cited_note(&NOT_ABOVE, Some(Value::Money(minimum.value)), minimum.cite);
    }
    t.end_money(total);
    Ok(total)
}

/// One person's run through the plan, with the values of the lines so far.
struct Run<'a> {
    plan: &'a PayPlan,
    standards: &'a Standards,
    facts: &'a AuxiliaryFacts,
    values: [Money; MAX_LINES],
}

impl Run<'_> {
    #[inline]
    fn line<T: Trace>(&self, line: &Line, t: &mut T) -> Result<Money> {
        let cite = self.plan.cite;
        match &line.formula {
            Formula::Fixed(amount) => Ok(self.fixed(*amount, t)),
            Formula::Table(cells) => self.table(line, cells, t),
            Formula::Share(share, rounding) => {
                let exact = self.share(*share, t)?;
                Ok(t.round(exact, &Sourced { value: *rounding, cite })?)
            }
            Formula::Count { fact, rate, cap } => {
                let Some(count) = self.facts.counts.get(*fact) else {
                    return Err(missing(fact.code()));
                };
                let paid = cap.map_or(count, |cap| count.min(cap));
                t.param(Op::Is, &RATE, Value::Money(*rate), cite);
                t.fact(Op::Times, &COUNTED, Value::Count(i64::from(paid)));
                if paid != count {
                    t.note(fact.term(), Some(Value::Count(i64::from(count))));
                    t.cited_note(&CAP, Some(Value::Count(i64::from(paid))), cite);
                }
                Ok(rate.times(i64::from(paid))?)
            }
            Formula::Performance(base, rounding) => {
                let Some(coefficient) = self.facts.coefficient else {
                    return Err(missing("coefficient"));
                };
                if coefficient.is_negative() {
                    return Err(negative(coefficient));
                }
                let base = match base {
                    Base::Fixed(amount) => self.fixed(*amount, t).exact(),
                    Base::Table(cells) => self.table(line, cells, t)?.exact(),
                    Base::Share(share) => self.share(*share, t)?,
                };
                t.fact(Op::Times, &COEFFICIENT, Value::Number(coefficient));
                let exact = base.times(coefficient)?;
                Ok(t.round(exact, &Sourced { value: *rounding, cite })?)
            }
            Formula::Standard(standard) => {
                let amount = self.standards.get(*standard)?;
                t.param(Op::Is, standard.term(), Value::Money(amount.value), amount.cite);
                Ok(amount.value)
            }
        }
    }

    #[inline]
    fn fixed<T: Trace>(&self, amount: Money, t: &mut T) -> Money {
        t.param(Op::Is, &STANDARD, Value::Money(amount), self.plan.cite);
        amount
    }

    #[inline]
    fn table<T: Trace>(&self, line: &Line, cells: &Cells, t: &mut T) -> Result<Money> {
        let index = match cells.by {
            TableKey::Grade => match self.facts.grade {
                Some(grade) => grade.index(),
                None => return Err(missing("grade")),
            },
            TableKey::Post => match self.facts.post {
                Some(post) => usize::from(post.0),
                None => return Err(missing("post")),
            },
        };
        let Some(amount) = cells.cells.get(index).copied().flatten() else {
            return Err(self.not_attested(line, cells.by));
        };
        t.param(Op::Is, &STANDARD, Value::Money(amount), self.plan.cite);
        match (cells.by, self.facts.grade, self.facts.post) {
            (TableKey::Grade, Some(grade), _) => {
                t.note(TableKey::Grade.term(), Some(Value::Term(grade.term())));
            }
            (TableKey::Post, _, Some(post)) => t.note(post_label(post), None),
            _ => {}
        }
        Ok(amount)
    }

    #[inline]
    fn share<T: Trace>(&self, share: Share, t: &mut T) -> Result<Exact> {
        let cite = self.plan.cite;
        let whole = match share.of {
            Source::Line(number) => {
                let value = self.values.get(usize::from(number)).copied().unwrap_or_default();
                t.fact(Op::Is, Label::Pack(number), Value::Money(value));
                value
            }
            Source::Standard(standard) => {
                let amount = self.standards.get(standard)?;
                t.param(Op::Is, standard.term(), Value::Money(amount.value), amount.cite);
                amount.value
            }
        };
        t.param(Op::Times, &SHARE, Value::Percent(share.rate), cite);
        Ok(whole.exact().times(share.rate)?)
    }

    #[cold]
    fn not_attested(&self, line: &Line, by: TableKey) -> Error {
        let grade = self.facts.grade.map(|g| g.zh());
        let post = self.facts.post.and_then(|p| self.plan.plan.posts.get(usize::from(p.0)));
        let cell = match by {
            TableKey::Grade => grade,
            TableKey::Post => post.map(String::as_str),
        };
        Error::new(ErrorCode::CellNotAttested)
            .arg("cell", cell.unwrap_or("?"))
            .arg("table", &line.zh)
            .rule(RULE.id())
    }
}

/// Posts are labelled after the lines.
fn post_label(post: PostKey) -> Label {
    Label::Pack(post.0.saturating_add(u16::try_from(MAX_LINES).unwrap_or(u16::MAX)))
}

#[cold]
fn missing(fact: &'static str) -> Error {
    Error::new(ErrorCode::MissingFact).arg("fact", fact).field(fact).rule(RULE.id())
}

#[cold]
fn negative(coefficient: Rate) -> Error {
    Error::new(ErrorCode::NegativeNotAllowed)
        .arg("value", coefficient)
        .field("coefficient")
        .rule(RULE.id())
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
    evaluate,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    grade: Option<AuxiliaryGrade>,
    #[serde(default)]
    post: Option<String>,
    #[serde(default)]
    coefficient: Option<Rate>,
    #[serde(default)]
    counts: std::collections::BTreeMap<String, u32>,
}

fn evaluate(snapshot: &Snapshot, input: &Json, t: &mut Recorder) -> Result<Json> {
    let input: Input = read_input(input)?;
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
    let mut items = serde_json::Map::new();
    for item in PayItem::ALL {
        if lines.iter().any(|(i, _)| i == item) {
            let mine = lines.iter().filter(|(i, _)| i == item).map(|(_, money)| *money);
            items.insert(item.code().to_owned(), Money::checked_sum(mine)?.to_string().into());
        }
    }
    Ok(serde_json::json!({ "total": total.to_string(), "items": items }))
}
