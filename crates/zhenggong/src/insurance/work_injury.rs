//! 工伤保险, work-related injury insurance: the employer alone pays (rule `insurance.work-injury`).
//!
//! The rate is that of the line of business (eight classes), moved by a step that the unit's own
//! record earns, and for some periods cut further. Which class a police bureau falls in was not found
//! in any source, so the class is a fact that the caller gives.

use schemars::JsonSchema;
use serde::Deserialize;

use super::scheme_terms::{kept, negative};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Op, Recorder, Trace, Value},
    number::{Money, Rate, Rounding},
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, Table, field, resolve_as,
    },
    vocabulary::{PayItem, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// The eight classes of business by the risk of injury, low to high.
    pub enum RiskClass ("risk-class", "行业工伤风险类别", "risk class") {
        First = "class-1", "一类", "class 1";
        Second = "class-2", "二类", "class 2";
        Third = "class-3", "三类", "class 3";
        Fourth = "class-4", "四类", "class 4";
        Fifth = "class-5", "五类", "class 5";
        Sixth = "class-6", "六类", "class 6";
        Seventh = "class-7", "七类", "class 7";
        Eighth = "class-8", "八类", "class 8";
    }
}

vocabulary! {
    /// The steps by which a unit's rate differs from the base rate of its class.
    pub enum FloatStep ("float-step", "费率档次", "step of the rate") {
        Down50 = "down-50", "下浮至50%", "down to 50 %";
        Down80 = "down-80", "下浮至80%", "down to 80 %";
        Base = "base", "基准", "base rate";
        Up120 = "up-120", "上浮至120%", "up to 120 %";
        Up150 = "up-150", "上浮至150%", "up to 150 %";
    }
}

/// What the packs say about work-injury insurance.
#[derive(Debug, Clone)]
pub struct WorkInjury {
    base_rate: Table<RiskClass, Rate>,
    // Class 1 may only go up, so its steps are a table of their own.
    steps_first: Table<FloatStep, Rate>,
    steps_other: Table<FloatStep, Rate>,
    /// What is left of the rate in a period of reduced contributions; none where the place has none.
    stage: Option<Sourced<Rate>>,
    rounding: Result<Sourced<Rounding>>,
}

/// The class and step that the insurance agency set for a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkInjuryRate {
    /// The class of the unit's business.
    pub class: RiskClass,
    /// The step that its record earned.
    pub step: FloatStep,
}

static BASE: Term = Term::new("contribution-base", "缴费基数", "contribution base");
static BASE_RATE: Term = Term::new("base-rate", "行业基准费率", "base rate of the class");
static STEP: Term = Term::new("float-factor", "浮动系数", "factor of the step");
static STAGE: Term = Term::new("stage-factor", "阶段性降费系数", "factor of the stage cut");
static CLASS: Term = Term::new("risk-class", "行业工伤风险类别", "risk class");

/// Returns what the employer pays for work-injury insurance (工伤保险), in yuan, rounded as the place
/// says. The person pays nothing (社会保险法 art. 33).
///
/// `base` is a person's base for a line of the roster, or the wage total of the unit.
///
/// # Source
///
/// 人社部发〔2015〕71号: base rates of eight classes; class 1 has the steps 100, 120 and 150 %, the others
/// 50, 80, 100, 120 and 150 %. 工伤保险条例 art. 10: wage total times the unit's rate.
///
/// # Rounding
///
/// Once, at the end; base rate, step and stage cut are multiplied exactly.
///
/// # Errors
///
/// `NotApplicable` for a step that the class does not have, `CellNotAttested` for a class that a
/// local table lacks, `NegativeNotAllowed`, and a policy error where the rounding is not there.
///
/// # Examples
///
/// ```
/// use zhenggong::{derivation::NoTrace, insurance::*, number::Money, policy::Pack, testing};
/// let packs = Pack::example("beijing").into_iter().collect();
/// let snapshot = testing::snapshot(packs, "beijing", "2026-07")?;
/// let rate = WorkInjuryRate { class: RiskClass::Second, step: FloatStep::Base };
/// let pay = work_injury_contribution(snapshot.get()?, rate, Money::parse("36348")?, &mut NoTrace)?;
/// assert_eq!(pay.to_string(), "145.39");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn work_injury_contribution<T: Trace>(
    p: &WorkInjury,
    rate: WorkInjuryRate,
    base: Money,
    t: &mut T,
) -> Result<Money> {
    let Some(of_class) = p.base_rate.get(rate.class) else { return Err(no_class(rate.class)) };
    let steps = if rate.class == RiskClass::First { &p.steps_first } else { &p.steps_other };
    let Some(step) = steps.get(rate.step) else { return Err(no_step(rate)) };
    let rounding = match &p.rounding {
        Ok(rounding) => rounding,
        Err(error) => return Err(kept(error)),
    };
    if base.is_negative() {
        return Err(negative(base, RULE.id()));
    }
    let mut exact = base.exact().times(of_class.value)?.times(step.value)?;
    t.begin(PayItem::EmployerWorkInjury.term());
    t.fact(Op::Is, &BASE, Value::Money(base));
    t.param(Op::Times, &BASE_RATE, Value::Percent(of_class.value), of_class.cite);
    t.param(Op::Times, &STEP, Value::Percent(step.value), step.cite);
    if let Some(stage) = p.stage {
        exact = exact.times(stage.value)?;
        t.param(Op::Times, &STAGE, Value::Percent(stage.value), stage.cite);
    }
    t.note(&CLASS, Some(Value::Term(rate.class.term())));
    let pay = t.round(exact, rounding)?;
    t.end_money(pay);
    Ok(pay)
}

#[cold]
fn no_class(class: RiskClass) -> Error {
    Error::new(ErrorCode::CellNotAttested)
        .arg_in("cell", class.zh(), class.en())
        .arg_in("table", BASE_RATE.zh, BASE_RATE.en)
        .rule(RULE.id())
}

#[cold]
fn no_step(rate: WorkInjuryRate) -> Error {
    Error::new(ErrorCode::NotApplicable)
        .arg_both(
            "detail",
            format!(
                "{}行业没有“{}”档 / {} has no step {}",
                rate.class.zh(),
                rate.step.zh(),
                rate.class.en(),
                rate.step.en()
            ),
        )
        .rule(RULE.id())
        .field("step")
}

impl Parameters for WorkInjury {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            base_rate: fields.get::<Keyed<RiskClass, Rate>>("base_rate")?,
            steps_first: fields.get::<Keyed<FloatStep, Rate>>("steps_class_1")?,
            steps_other: fields.get::<Keyed<FloatStep, Rate>>("steps_other_classes")?,
            stage: fields.optional::<Rate>("stage_factor")?,
            rounding: fields.get::<Rounding>("rounding_employer"),
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Keyed<RiskClass, Rate>>("base_rate", Scope::Local),
    field::<Keyed<FloatStep, Rate>>("steps_class_1", Scope::National),
    field::<Keyed<FloatStep, Rate>>("steps_other_classes", Scope::National),
    field::<Rate>("stage_factor", Scope::Local),
    super::scheme_terms::ROUNDING_EMPLOYER,
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("insurance.work-injury", "工伤保险缴费", "work-injury insurance contribution"),
    about: Term::new(
        "about",
        "缴费基数乘以行业基准费率和浮动系数，仅单位缴纳。",
        "The base times the rate of the class and the factor of the step; the employer alone pays.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("base", "缴费基数", "contribution base"), "money"),
        InputSpec::required(Term::new("class", "行业工伤风险类别", "risk class"), "risk-class"),
        InputSpec::required(Term::new("step", "费率档次", "step of the rate"), "float-step"),
    ],
    output: "money",
    resolve: resolve_as::<WorkInjury>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    base: Money,
    class: RiskClass,
    step: FloatStep,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    let Input { base, class, step } = input;
    let rate = WorkInjuryRate { class, step };
    work_injury_contribution(snapshot.get()?, rate, base, t)
}
