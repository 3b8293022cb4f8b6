//! 基本工资, basic pay: post pay and level pay together (rule `basic-pay.total`).
//!
//! It has no policy data of its own.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{LevelPay, PostPay, level_pay, post_pay};
use crate::{
    Result,
    derivation::{Recorder, Trace},
    number::Money,
    policy::{Evaluate, InputSpec, RuleInfo, Snapshot},
    vocabulary::{LevelStep, PostKind, PostTier, Term},
};

static PAY: Term = Term::new("basic-pay", "基本工资", "Basic pay");

/// Returns the basic pay (基本工资) of a month in whole yuan: post pay plus level pay.
///
/// # Source
///
/// 国发〔2006〕22号: the basic pay of civil servants is post pay and level pay (evidence: secondary).
///
/// # Errors
///
/// Those of [`post_pay`] and [`level_pay`].
///
/// # Examples
///
/// ```
/// use zhenggong::{basic_pay::basic_pay, derivation::NoTrace, testing};
/// use zhenggong::vocabulary::{PostKind, PostTier};
/// let s = testing::national("2014-10")?;
/// let (tier, kind) = (PostTier::Clerk, PostKind::NonLeading);
/// let pay = basic_pay(s.get()?, s.get()?, tier, kind, "27-1".parse()?, &mut NoTrace)?;
/// assert_eq!(pay.to_string(), "1320.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline]
pub fn basic_pay<T: Trace>(
    post: &PostPay,
    level: &LevelPay,
    tier: PostTier,
    kind: PostKind,
    cell: LevelStep,
    t: &mut T,
) -> Result<Money> {
    t.begin(&PAY);
    let by_post = post_pay(post, tier, kind, t)?;
    let pay = by_post.plus(level_pay(level, cell, t)?)?;
    t.end_money(pay);
    Ok(pay)
}

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("basic-pay.total", "基本工资", "basic pay"),
    about: Term::new("about", "职务工资与级别工资之和。", "The sum of post pay and level pay."),
    fields: &[],
    inputs: &[
        InputSpec::required(Term::new("tier", "职务层次", "post tier"), "post-tier"),
        InputSpec::required(Term::new("kind", "职务类别", "kind of post"), "post-kind"),
        InputSpec::required(Term::new("cell", "级别、档次", "level and step"), "level-step"),
    ],
    output: "money",
    resolve: |_| Ok(Arc::new(())),
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    tier: PostTier,
    kind: PostKind,
    cell: LevelStep,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    let Input { tier, kind, cell } = input;
    basic_pay(snapshot.get()?, snapshot.get()?, tier, kind, cell, t)
}
