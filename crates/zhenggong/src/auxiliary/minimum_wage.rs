//! 最低工资标准, the local minimum wage (rule `auxiliary.minimum-wage`).
//!
//! Provinces set it, by area (劳动法 art. 48), so it is a local value. Pay plans take it as a line of
//! their own or a share of it, and overtime pay never starts from less.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Evaluate, FieldSpec, Fields, Parameters, RuleInfo, Scope, Snapshot, Sourced, field,
        resolve_as,
    },
    vocabulary::Term,
};

/// The minimum wage of the place.
#[derive(Debug, Clone, Copy)]
pub struct MinimumWage {
    /// Amount a month.
    pub monthly: Sourced<Money>,
}

pub(super) static MINIMUM: Term = Term::new("minimum-wage", "最低工资标准", "local minimum wage");
static STANDARD: Term = Term::new("standard", "月标准", "amount a month");

/// Returns the minimum wage (最低工资标准) of the place, in yuan a month.
///
/// # Source
///
/// 劳动法 art. 48 leaves the amount to the province; the pack of the place cites its document.
///
/// # Examples
///
/// ```
/// use zhenggong::{auxiliary::minimum_wage, derivation::NoTrace, policy::Pack, testing};
/// let packs = Pack::example("wuwei").into_iter().collect();
/// let snapshot = testing::snapshot(packs, "wuwei", "2018-06")?;
/// assert_eq!(minimum_wage(snapshot.get()?, &mut NoTrace).to_string(), "1520.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn minimum_wage<T: Trace>(p: &MinimumWage, t: &mut T) -> Money {
    t.begin(&MINIMUM);
    t.param(Op::Is, &STANDARD, Value::Money(p.monthly.value), p.monthly.cite);
    t.end_money(p.monthly.value);
    p.monthly.value
}

impl Parameters for MinimumWage {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self { monthly: fields.get::<Money>("monthly")? })
    }
}

const FIELDS: &[FieldSpec] = &[field::<Money>("monthly", Scope::Local)];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("auxiliary.minimum-wage", "最低工资标准", "local minimum wage"),
    about: Term::new(
        "about",
        "当地每月最低工资标准。",
        "The minimum wage a month that the province sets for the place.",
    ),
    fields: FIELDS,
    inputs: &[],
    output: "money",
    resolve: resolve_as::<MinimumWage>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    let Input {} = input;
    Ok(minimum_wage(snapshot.get()?, t))
}
