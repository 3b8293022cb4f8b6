//! 辅警考核结果与劳动合同, what a failed appraisal of an auxiliary does to the contract (rule
//! `assessment.auxiliary-contract`).
//!
//! Local regulations differ: one orders the end of the contract after a yearly 不合格, others know only
//! the way over training or another post. Where no local pack says, the rule does not guess.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Result,
    derivation::{Recorder, Trace, Value},
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, field, resolve_as,
    },
    vocabulary::{Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// What a ground does to the contract of an auxiliary.
    pub enum ContractEffect ("contract-effect", "对劳动合同的效果", "effect on the contract") {
        MustEnd = "must-end", "应当解除", "must be ended";
        MayEnd = "may-end", "可以解除", "may be ended";
        NoDirectGround = "no-direct-ground", "不是解除的直接事由", "no direct ground to end it";
        Unaffected = "unaffected", "不受影响", "unaffected";
    }
}

vocabulary! {
    /// The result of an auxiliary's yearly appraisal, as far as the contract asks for it.
    pub enum AuxiliaryResult ("auxiliary-result", "辅警年度考核结果", "result of an auxiliary's year") {
        Passed = "passed", "合格", "passed";
        Failed = "failed", "不合格", "failed";
    }
}

/// What the packs say about contracts and appraisal.
#[derive(Debug, Clone)]
pub struct AuxiliaryContract {
    yearly_fail: Result<Sourced<ContractEffect>>,
    unfit_after_training: Result<Sourced<ContractEffect>>,
}

static EFFECT: Term = Term::new(
    "contract-effect",
    "年度考核对劳动合同的效果",
    "Effect of the appraisal on the contract",
);
static FAILED: Term = Term::new("yearly-fail", "年度考核不合格", "the year was failed");
static UNFIT: Term = Term::new(
    "unfit-after-training",
    "不能胜任工作，经培训或者调整岗位仍不能胜任",
    "not competent, and still not after training or another post",
);

/// Returns what the appraisal does to the contract: the stronger of both grounds.
///
/// `unfit_after_training` says whether the auxiliary was trained or given another post and still is
/// not competent.
///
/// # Source
///
/// 劳动合同法 art. 40 (2); 汕头 art. 28, 河南 art. 32, 宁波 art. 17 in the packs of these places.
///
/// # Errors
///
/// `NoSuchStandard` where the year was failed and no local pack says what follows.
pub fn contract_effect<T: Trace>(
    p: &AuxiliaryContract,
    result: AuxiliaryResult,
    unfit_after_training: bool,
    t: &mut T,
) -> Result<ContractEffect> {
    t.begin(&EFFECT);
    let mut out = ContractEffect::Unaffected;
    let grounds = [
        (result == AuxiliaryResult::Failed, &FAILED, &p.yearly_fail),
        (unfit_after_training, &UNFIT, &p.unfit_after_training),
    ];
    for (_, label, effect) in grounds.into_iter().filter(|(holds, ..)| *holds) {
        let effect = effect.clone()?;
        t.cited_note(label, Some(Value::Term(effect.value.term())), effect.cite);
        if effect.value.index() < out.index() {
            out = effect.value;
        }
    }
    t.end(Value::Term(out.term()));
    Ok(out)
}

impl Parameters for AuxiliaryContract {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            yearly_fail: fields.get::<Choice<ContractEffect>>("yearly_fail"),
            unfit_after_training: fields.get::<Choice<ContractEffect>>("unfit_after_training"),
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Choice<ContractEffect>>("yearly_fail", Scope::Local),
    field::<Choice<ContractEffect>>("unfit_after_training", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new(
        "assessment.auxiliary-contract",
        "辅警考核结果与劳动合同",
        "appraisal and an auxiliary's contract",
    ),
    about: Term::new(
        "about",
        "辅警年度考核不合格、不能胜任工作对劳动合同的效果，按当地法规；当地未规定的不推定。",
        "What a failed year or lasting incompetence does to an auxiliary's contract, by local regulation; nothing is presumed.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(
            Term::new("result", "年度考核结果", "result of the year"),
            "auxiliary-result",
        ),
        InputSpec::required(
            Term::new(
                "unfit_after_training",
                "经培训或调岗后是否仍不能胜任",
                "still not competent after training or another post",
            ),
            "boolean",
        ),
    ],
    output: "{effect}",
    resolve: resolve_as::<AuxiliaryContract>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    result: AuxiliaryResult,
    unfit_after_training: bool,
}

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 对劳动合同的效果. What it does to the contract.
    effect: ContractEffect,
}

fn evaluate(snapshot: &Snapshot, i: Input, t: &mut Recorder) -> Result<Output> {
    let effect = contract_effect(snapshot.get()?, i.result, i.unfit_after_training, t)?;
    Ok(Output { effect })
}
