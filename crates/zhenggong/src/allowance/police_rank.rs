//! 警衔津贴, police rank allowance: a monthly amount by the rank held (rule `allowance.police-rank`).
//!
//! Parameters come from the national pack; no local layer may change the amounts. A grant, promotion
//! or demotion counts from the month after it. When the allowance stops after a rank is not kept is
//! policy: the notice of 1995 says at once, one payroll product stops it the month after. For
//! retirement no document was seen; the national pack infers the following month.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Error, ErrorCode, Result,
    calendar::Month,
    derivation::{Op, Recorder, Trace, Value},
    number::Money,
    policy::{
        Choice, Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope,
        Snapshot, Sourced, Table, field, resolve_as,
    },
    schema::Date,
    vocabulary::{PoliceRank, RankEvent, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// The month from which a change counts.
    pub enum Effect ("effect", "生效时点", "effect") {
        SameMonth = "same-month", "当月", "the same month";
        NextMonth = "next-month", "次月", "the following month";
    }
}

impl Effect {
    /// Returns the first month for which a change of this day counts.
    ///
    /// # Errors
    ///
    /// `InvalidMonth` at the end of the calendar.
    pub fn first_month(self, day: NaiveDate) -> Result<Month> {
        let month = Month::of(day)?;
        match self {
            Self::SameMonth => Ok(month),
            Self::NextMonth => month.next(),
        }
    }
}

/// What the national pack says about the police rank allowance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoliceRankAllowance {
    amount: Table<PoliceRank, Money>,
    change: Sourced<Effect>,
    stop: Sourced<Effect>,
    // Kept as it is, so that the rule works where only the retirement date is not accepted.
    retirement: Result<Sourced<Effect>>,
}

/// 警衔变动. A dated event of a person's rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RankChange {
    /// The day of the event.
    #[serde(deserialize_with = "crate::number::text::deserialize")]
    #[schemars(with = "Date", title = "变动日期 / day of the event")]
    pub from: NaiveDate,
    /// What happened; where it is not said, a rank was granted or changed.
    #[serde(default)]
    #[schemars(title = "变动 / event")]
    pub event: Option<RankEvent>,
    /// The rank held from then on; none where it is not kept or the person retired.
    #[serde(default)]
    #[schemars(title = "变动后警衔 / rank held from then on")]
    pub rank: Option<PoliceRank>,
}

static ALLOWANCE: Term = Term::new("police-rank-allowance", "警衔津贴", "Police rank allowance");
static STANDARD: Term = Term::new("standard", "警衔津贴标准", "standard for the rank");
static RANK: Term = Term::new("rank", "核算所用警衔", "rank that counts");
pub(super) static NO_RANK: Term =
    Term::new("no-rank", "本月无可计发的警衔", "no rank counts for this month");
static SINCE: Term = Term::new("rank-since", "该警衔自", "rank held since");
static CHANGE: Term = Term::new(
    "change-counts-from",
    "授予、晋升、降低的生效时点",
    "a grant, promotion or demotion counts from",
);
static STOP: Term = Term::new("stop-counts-from", "取消津贴的时点", "the allowance stops from");
static RETIREMENT: Term =
    Term::new("retirement-counts-from", "退休停发时点", "on retirement the allowance stops from");

/// Returns the police rank allowance (警衔津贴) for one month, in yuan to the fen.
///
/// `rank` is the rank that counts for the month: see [`allowance_rank`].
///
/// # Source
///
/// 人社部发〔2016〕11号 clause 1 (evidence: secondary) from 2015-01; 人发〔2000〕61号 and
/// 人薪发〔1995〕112号 before. No local layer may change the amounts.
///
/// # Errors
///
/// `CellNotAttested` if the table in force has no amount for `rank`.
///
/// # Examples
///
/// ```
/// use zhenggong::{allowance::police_rank_allowance, derivation::NoTrace, testing, vocabulary::PoliceRank};
/// let snapshot = testing::national("2016-03")?;
/// let rank = PoliceRank::SuperintendentThirdClass;
/// let pay = police_rank_allowance(snapshot.get()?, rank, &mut NoTrace)?;
/// assert_eq!(pay.to_string(), "660.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[inline(always)]
pub fn police_rank_allowance<T: Trace>(
    p: &PoliceRankAllowance,
    rank: PoliceRank,
    t: &mut T,
) -> Result<Money> {
    let Some(amount) = p.amount.get(rank) else { return Err(not_attested(rank)) };
    t.begin(&ALLOWANCE);
    t.param(Op::Is, &STANDARD, Value::Money(amount.value), amount.cite);
    t.note(&RANK, Some(Value::Term(rank.term())));
    t.end_money(amount.value);
    Ok(amount.value)
}

#[cold]
fn not_attested(rank: PoliceRank) -> Error {
    Error::new(ErrorCode::CellNotAttested)
        .arg_in("cell", rank.zh(), rank.en())
        .arg_in("table", ALLOWANCE.zh, ALLOWANCE.en)
        .rule(RULE.id())
}

/// Returns the rank that counts for the month, or none where the law grants no allowance.
///
/// # Source
///
/// 人薪发〔1995〕112号: a grant, promotion or demotion counts from the month after; a rank that is not
/// kept (警衔条例 art. 19: transfer out of a police post, resignation) ends the allowance. On
/// retirement the rank is kept, but the allowance is for serving police; from when it stops is inferred.
///
/// # Errors
///
/// `ContradictoryFacts` where two events fall on one day, `MissingFact` where an event that gives a
/// rank has none; the policy error of the retirement date where a retirement is among the events.
pub fn allowance_rank<T: Trace>(
    p: &PoliceRankAllowance,
    changes: &[RankChange],
    month: Month,
    t: &mut T,
) -> Result<Option<PoliceRank>> {
    let mut latest: Option<&RankChange> = None;
    for (at, change) in changes.iter().enumerate() {
        if changes.iter().take(at).any(|c| c.from == change.from) {
            return Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_both(
                    "detail",
                    format!("{0} 有两次警衔变动 / two rank events on {0}", change.from),
                )
                .rule(RULE.id())
                .field("ranks"));
        }
        if !ends(change.event) && change.rank.is_none() {
            return Err(Error::new(ErrorCode::MissingFact)
                .arg("fact", "rank")
                .rule(RULE.id())
                .field("ranks.rank"));
        }
        if p.counts_from(change)? <= month && latest.is_none_or(|l| l.from < change.from) {
            latest = Some(change);
        }
    }
    let Some(change) = latest else {
        t.cited_note(&CHANGE, Some(Value::Term(p.change.value.term())), p.change.cite);
        return Ok(None);
    };
    let effect = p.effect(change)?;
    let label = match change.event {
        Some(RankEvent::NotKept) => &STOP,
        Some(RankEvent::Retired) => &RETIREMENT,
        _ => &CHANGE,
    };
    t.note(&SINCE, Some(Value::Date(change.from)));
    t.cited_note(label, Some(Value::Term(effect.value.term())), effect.cite);
    Ok(if ends(change.event) { None } else { change.rank })
}

impl PoliceRankAllowance {
    /// Returns the first month for which the change counts.
    ///
    /// # Errors
    ///
    /// `InvalidMonth` at the end of the calendar; a policy error where the packs don't say.
    pub fn counts_from(&self, change: &RankChange) -> Result<Month> {
        self.effect(change)?.value.first_month(change.from)
    }

    /// Returns from when a change counts, with its citation.
    pub(super) fn effect(&self, change: &RankChange) -> Result<Sourced<Effect>> {
        match change.event {
            Some(RankEvent::NotKept) => Ok(self.stop),
            Some(RankEvent::Retired) => self.retirement.clone(),
            _ => Ok(self.change),
        }
    }

    /// Computes the allowance from a person's rank events: the rank that counts, then its amount.
    ///
    /// # Errors
    ///
    /// Those of [`allowance_rank`] and [`police_rank_allowance`].
    pub fn for_changes<T: Trace>(
        &self,
        changes: &[RankChange],
        month: Month,
        t: &mut T,
    ) -> Result<Money> {
        t.begin(&CHOICE);
        let rank = allowance_rank(self, changes, month, t)?;
        let pay = match rank {
            Some(rank) => police_rank_allowance(self, rank, t)?,
            None => {
                t.note(&NO_RANK, None);
                Money::ZERO
            }
        };
        t.end_money(pay);
        Ok(pay)
    }
}

/// Returns whether no rank counts after the event.
pub(crate) fn ends(event: Option<RankEvent>) -> bool {
    matches!(event, Some(RankEvent::NotKept | RankEvent::Retired))
}

pub(super) static CHOICE: Term = Term::new(
    "police-rank-allowance-of-month",
    "警衔津贴（按月计发）",
    "Police rank allowance of the month",
);

impl Parameters for PoliceRankAllowance {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            amount: fields.get::<Keyed<PoliceRank, Money>>("amount")?,
            change: fields.get::<Choice<Effect>>("change_counts_from")?,
            stop: fields.get::<Choice<Effect>>("stop_counts_from")?,
            retirement: fields.get::<Choice<Effect>>("retirement_counts_from"),
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Keyed<PoliceRank, Money>>("amount", Scope::National),
    field::<Choice<Effect>>("change_counts_from", Scope::National),
    field::<Choice<Effect>>("stop_counts_from", Scope::Local),
    field::<Choice<Effect>>("retirement_counts_from", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("allowance.police-rank", "警衔津贴", "police rank allowance"),
    about: Term::new(
        "about",
        "按月初起算的警衔计发的月津贴；变动次月起执行。",
        "A monthly amount by the rank that counts for the month; changes count from the next month.",
    ),
    fields: FIELDS,
    inputs: &[InputSpec::required(
        Term::new("ranks", "警衔变动", "rank events"),
        "[{from, rank, event}]",
    )],
    output: "money",
    resolve: resolve_as::<PoliceRankAllowance>,
    evaluate: &Evaluate(evaluate),
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Input {
    ranks: Vec<RankChange>,
}

fn evaluate(snapshot: &Snapshot, input: Input, t: &mut Recorder) -> Result<Money> {
    let p: &PoliceRankAllowance = snapshot.get()?;
    p.for_changes(&input.ranks, snapshot.query().month, t)
}
