//! 优秀等次名额, the quota of the top grade and who gets it (rule `assessment.quota`).
//!
//! Share and base are national, by version: 1994, 2007, 2020. How a fraction of a person is rounded,
//! and which keys break a tie, is for a lower layer or the caller to say. People come in pools: a
//! unit, a sequence, or several small units together. The quota is never exceeded.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Schemes,
    quota_answer::PoolAnswer,
    quota_order::{TieKey, TieKeys},
    quota_people::{Assessed, Person, people},
    quota_pool::{Pool, allocate},
    refusal,
};
use crate::{
    Result,
    derivation::{Op, Recorder, Trace, Value},
    number::Rate,
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, field, resolve_as,
    },
    vocabulary::{Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// Whom the share is taken of.
    pub enum QuotaBase ("quota-base", "优秀名额基数", "base of the quota") {
        OnStaff = "on-staff", "本部门公务员人数", "civil servants of the department";
        TakingPart = "taking-part", "参加考核人数", "those taking part";
        ShouldTakePart = "should-take-part", "应参加考核人数", "those who should take part";
    }
}

vocabulary! {
    /// How a fraction of a person becomes a number of people.
    pub enum CountRounding ("count-rounding", "名额取整", "rounding of the quota") {
        Down = "down", "舍去", "rounded down";
        HalfUp = "half-up", "四舍五入", "half up";
        Up = "up", "进一", "rounded up";
    }
}

impl CountRounding {
    /// Returns `count × share` as a whole number, at most `count`.
    #[must_use]
    pub fn whole(self, count: u32, share: Rate) -> u32 {
        let den = i128::from(share.denominator());
        let product = i128::from(count) * i128::from(share.mantissa());
        let whole = match self {
            Self::Down => product / den,
            Self::HalfUp => (2 * product + den) / (2 * den),
            Self::Up => (product + den - 1) / den,
        };
        u32::try_from(whole).unwrap_or(count).min(count)
    }
}

/// What the packs say about the quota of the top grade.
#[derive(Debug, Clone)]
pub struct ExcellentQuota {
    share: Sourced<Rate>,
    most: Sourced<Rate>,
    base: Sourced<QuotaBase>,
    rounding: Result<Sourced<CountRounding>>,
    tie_keys: Option<Sourced<std::sync::Arc<[TieKey]>>>,
}

static QUOTA: Term = Term::new("excellent-quota", "优秀名额", "Quota of the top grade");
static UNROUNDED: Term = Term::new("unrounded", "取整前名额", "Quota before rounding");
static TIE_KEYS: Term = Term::new("tie-keys", "并列规则（条数）", "keys that break ties");
static TIE_KEYS_STATED: Term =
    Term::new("tie-keys-stated", "并列规则（条数，按录入）", "keys that break ties, as stated");
static SHARE: Term = Term::new("share", "优秀比例", "share");
static DECIDED_SHARE: Term = Term::new("decided-share", "经同意的比例", "share that was agreed to");
static MOST: Term = Term::new("share_most", "比例上限", "highest share");
static ROUNDING_STATED: Term =
    Term::new("rounding-stated", "名额取整（按录入）", "rounding of the quota, as stated");

impl ExcellentQuota {
    /// Returns whom the share is taken of, in force.
    #[must_use]
    pub fn base(&self) -> Sourced<QuotaBase> {
        self.base
    }

    /// Returns the keys that break ties, none where no layer names any.
    #[must_use]
    pub fn tie_keys(&self) -> &[TieKey] {
        self.tie_keys.as_ref().map_or(&[], |k| &k.value)
    }

    /// Returns the stated keys, or those of the packs, and tells which.
    pub(super) fn keys<'k, T: Trace>(
        &'k self,
        stated: Option<&'k [TieKey]>,
        t: &mut T,
    ) -> &'k [TieKey] {
        let count = |keys: &[TieKey]| Value::Count(i64::try_from(keys.len()).unwrap_or(i64::MAX));
        if let Some(keys) = stated {
            t.note(&TIE_KEYS_STATED, Some(count(keys)));
            return keys;
        }
        if let Some(keys) = &self.tie_keys {
            t.cited_note(&TIE_KEYS, Some(count(&keys.value)), keys.cite);
        }
        self.tie_keys()
    }
}

/// Returns how many people of this base may be graded excellent.
///
/// `share` is one that the authority agreed to above the usual one; `rounding` is how the authority
/// rounds, none to use that of the packs.
///
/// # Source
///
/// 1994 暂行规定: 10 %, at most 15 %, of the department; 公务员考核规定（试行）(2007): within 15 %, at most
/// 20 %, of those taking part; 公务员考核规定 (2020; evidence: secondary): within 20 % of those who should
/// take part, up to 25 % where agreed.
///
/// # Rounding
///
/// Policy data: pages name 四舍五入 and 进一; a strict reading of "within" rounds down (inferred).
///
/// # Errors
///
/// `OutOfBounds` for a share above the highest one; the policy error of the rounding where neither the
/// caller nor an accepted pack names one.
///
/// # Examples
///
/// ```
/// use zhenggong::{assessment::{CountRounding, quota_seats}, derivation::NoTrace, testing};
/// let snapshot = testing::national("2024-12")?;
/// assert_eq!(quota_seats(snapshot.get()?, 37, None, None, &mut NoTrace)?, 7);
/// let up = Some(CountRounding::Up);
/// assert_eq!(quota_seats(snapshot.get()?, 37, Some("0.25".parse()?), up, &mut NoTrace)?, 10);
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn quota_seats<T: Trace>(
    p: &ExcellentQuota,
    base: u32,
    share: Option<Rate>,
    rounding: Option<CountRounding>,
    t: &mut T,
) -> Result<u32> {
    t.begin(&QUOTA);
    let seats = seats(p, base, share, rounding, t)?;
    t.end(Value::Count(seats.into()));
    Ok(seats)
}

/// As [`quota_seats`], inside a line that has begun.
pub(super) fn seats<T: Trace>(
    p: &ExcellentQuota,
    base: u32,
    share: Option<Rate>,
    rounding: Option<CountRounding>,
    t: &mut T,
) -> Result<u32> {
    if let Some(stated) = share.filter(|s| *s > p.most.value || s.is_negative()) {
        let bounds = ("0%", p.most.value.percent_text());
        let error = refusal::out_of_bounds(&RULE, &SHARE, stated.percent_text(), bounds);
        return Err(error.field(SHARE.code));
    }
    t.begin(&UNROUNDED);
    t.fact(Op::Is, p.base.value.term(), Value::Count(base.into()));
    let used = match share {
        Some(stated) => {
            t.fact(Op::Times, &DECIDED_SHARE, Value::Percent(stated));
            stated
        }
        None => {
            t.param(Op::Times, &SHARE, Value::Percent(p.share.value), p.share.cite);
            p.share.value
        }
    };
    t.cited_note(&MOST, Some(Value::Percent(p.most.value)), p.most.cite);
    t.cited_note(&QuotaBase::KIND, Some(Value::Term(p.base.value.term())), p.base.cite);
    t.end(unrounded(base, used));
    let mode = match rounding {
        Some(stated) => {
            t.note(&ROUNDING_STATED, Some(Value::Term(stated.term())));
            stated
        }
        None => {
            let mode = p.rounding.clone()?;
            t.cited_note(&CountRounding::KIND, Some(Value::Term(mode.value.term())), mode.cite);
            mode.value
        }
    };
    Ok(mode.whole(base, used))
}

/// Returns `base × share` as it is shown.
fn unrounded(base: u32, share: Rate) -> Value {
    // A share of at most 1 has at most ten digits, so the product fits.
    let product = i64::from(base).saturating_mul(share.mantissa());
    Value::Number(Rate::from_parts(product, share.scale()))
}

impl Parameters for ExcellentQuota {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        let p = Self {
            share: fields.get::<Rate>("share")?,
            most: fields.get::<Rate>("share_most")?,
            base: fields.get::<Choice<QuotaBase>>("base")?,
            rounding: fields.get::<Choice<CountRounding>>("rounding"),
            tie_keys: fields.optional::<TieKeys>("tie_keys")?,
        };
        if p.share.value > p.most.value || p.most.value > Rate::ONE {
            return Err(
                fields.shape_error("比例应不高于上限，上限应不高于 1 / share ≤ share_most ≤ 1")
            );
        }
        Ok(p)
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Rate>("share", Scope::National),
    field::<Rate>("share_most", Scope::National),
    field::<Choice<QuotaBase>>("base", Scope::National),
    field::<Choice<CountRounding>>("rounding", Scope::Local),
    field::<TieKeys>("tie_keys", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.quota", "优秀等次名额分配", "allocation of the top grade"),
    about: Term::new(
        "about",
        "按版本比例、基数和取整算出各考核池的优秀名额，按得分和并列规则取人；仍并列的需裁量，不随意取舍。",
        "The quota of each pool by version, base and rounding, given by score and tie keys; who stays tied is left to a decision.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(
            Term::new("pools", "考核池", "pools"),
            "[{id, units, sequence, scheme, on_staff, taking_part, should_take_part, share, threshold, decided}]",
        ),
        InputSpec::required(
            Term::new("people", "人员", "people"),
            "[{id, unit, sequence, scheme, score, standing, bars, keys}]",
        ),
        InputSpec::optional(
            Term::new(
                "assessed",
                "考核结果（得分由此取）",
                "answer of assessment.score, for the scores",
            ),
            "{period, scores: [{subject, scheme, unit, sequence, total, grade, vetoes}]}",
        ),
        InputSpec::optional(Term::new("rounding", "名额取整", "rounding"), "count-rounding"),
        InputSpec::optional(Term::new("tie_keys", "并列规则", "tie keys"), "[{key, better}]"),
    ],
    output: "[{pool, base, quota, excellent, not_eligible}]",
    resolve: resolve_as::<ExcellentQuota>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    pools: Vec<Pool>,
    people: Vec<Person>,
    #[serde(default)]
    assessed: Option<Assessed>,
    #[serde(default)]
    rounding: Option<CountRounding>,
    #[serde(default)]
    tie_keys: Option<Vec<TieKey>>,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Vec<PoolAnswer>> {
    let p: &ExcellentQuota = snapshot.get()?;
    let keys = input.tie_keys.as_deref();
    let assessed = match &input.assessed {
        Some(answer) => Some((answer, snapshot.get::<Schemes>()?)),
        None => None,
    };
    let people = people(input.people, assessed, snapshot.query().month)?;
    let pools = allocate(p, &input.pools, &people, input.rounding, keys, t)?;
    Ok(pools.iter().map(PoolAnswer::from).collect())
}
