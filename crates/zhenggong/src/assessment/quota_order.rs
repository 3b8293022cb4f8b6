//! Who comes first: by score, then by the keys that the policy names, and never by accident.

use std::{cmp::Ordering, collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{AppraisalStanding, quota::RULE, refusal};
use crate::{
    Error, ErrorCode, Result,
    derivation::{Id, Trace, Value},
    error::shown,
    number::Rate,
    policy::{CiteId, FieldType, Node, Sourced},
    vocabulary::{Term, vocabulary},
};

vocabulary! {
    /// Which end of a key comes first.
    pub enum Better ("better", "优先方向", "which is better") {
        High = "high", "高者优先", "the higher one";
        Low = "low", "低者优先", "the lower one";
    }
}

/// A key that is looked at where the scores are equal, such as years of service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TieKey {
    /// The name under which people have its value.
    pub key: String,
    /// Which end of it comes first.
    pub better: Better,
}

/// The field type of the keys, in the order in which they are looked at.
pub(super) struct TieKeys(Arc<[TieKey]>);

impl FieldType for TieKeys {
    type Resolved = Sourced<Arc<[TieKey]>>;

    fn read(node: Node<'_>) -> Option<Self> {
        let mut keys: Vec<TieKey> = Vec::new();
        for item in node.items()? {
            let found = item.keys(&["key", "better"])?;
            let [key, better] = found.as_slice() else { return None };
            let key = match key {
                Some(key) => key.text()?.to_owned(),
                None => return item.missing("key"),
            };
            let better = match better {
                Some(better) => better.member()?,
                None => return item.missing("better"),
            };
            if key.is_empty() || keys.iter().any(|k| k.key == key) {
                item.fail(
                    Error::new(ErrorCode::InvalidValue)
                        .arg("key", node.path())
                        .arg("value", shown(&key))
                        .arg_in("expected", "各不相同的名称", "a name, each once"),
                );
                return None;
            }
            keys.push(TieKey { key, better });
        }
        Some(Self(keys.into()))
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        parts.last().map(|(keys, cite)| Sourced { value: keys.0.clone(), cite: *cite })
    }
}

/// A person who may be graded excellent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The opaque id.
    pub id: String,
    /// The unit.
    pub unit: String,
    /// The sequence, where pools are made by sequence.
    #[serde(default)]
    pub sequence: Option<String>,
    /// The scheme that gave the score, where it is known: scores of different schemes are not compared.
    #[serde(default)]
    pub scheme: Option<String>,
    /// The score of the year.
    pub score: Rate,
    /// How the person takes part (rule `assessment.participation`).
    pub standing: AppraisalStanding,
    /// Reasons of the scheme for which the person can't be excellent.
    #[serde(default)]
    pub bars: Vec<String>,
    /// The values of the keys that break ties.
    #[serde(default)]
    pub keys: BTreeMap<String, Rate>,
}

static OPEN: Term = Term::new("open-places", "余下名额", "places left");
static TIED: Term = Term::new("tied", "并列", "tied for them");
static BY_KEY: Term = Term::new("tie-key", "按并列规则", "by the tie key");
static WON: Term = Term::new("won", "取得名额", "gets a place");
static LOST: Term = Term::new("lost", "未取得名额", "gets none");
static STILL: Term = Term::new("still-tied", "仍并列", "still tied");
static CHOSEN: Term = Term::new("chosen", "裁量取", "chosen by decision");

/// Notes each person under this name.
fn named<'a, T: Trace>(
    label: &'static Term,
    people: impl IntoIterator<Item = &'a Candidate>,
    t: &mut T,
) {
    if T::ACTIVE {
        for person in people {
            t.note(label, Some(Value::Id(Id::new(&person.id))));
        }
    }
}

impl Candidate {
    fn value(&self, key: &TieKey) -> Result<Rate> {
        self.keys.get(&key.key).copied().ok_or_else(|| {
            refusal::missing(&RULE, &format!("keys.{}", key.key)).person(self.id.clone())
        })
    }
}

/// Returns the people who get one of the seats, best first; `eligible` may be in any order.
///
/// # Errors
///
/// `MissingFact` where a key decides and a person lacks it; `NeedsDecision`, naming the people, where
/// the keys do not decide and `decided` is none; `ContradictoryFacts` where `decided` names others
/// than those who are tied, or more than there are seats.
pub(super) fn take<'a, T: Trace>(
    mut eligible: Vec<&'a Candidate>,
    seats: usize,
    keys: &[TieKey],
    decided: Option<&[String]>,
    t: &mut T,
) -> Result<Vec<&'a Candidate>> {
    eligible.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    let last = seats.checked_sub(1).and_then(|at| eligible.get(at)).map(|c| c.score);
    let next = eligible.get(seats).map(|c| c.score);
    let (Some(last), true) = (last, last == next) else {
        if decided.is_some_and(|d| !d.is_empty()) {
            return Err(nothing_to_decide());
        }
        eligible.truncate(seats);
        return Ok(eligible);
    };
    let mut taken: Vec<_> = eligible.iter().copied().filter(|c| c.score > last).collect();
    let mut tied: Vec<_> = eligible.into_iter().filter(|c| c.score == last).collect();
    let open = seats.saturating_sub(taken.len());
    t.note(&OPEN, Some(Value::Count(i64::try_from(open).unwrap_or(i64::MAX))));
    named(&TIED, tied.iter().copied(), t);
    for key in keys {
        let open = seats.saturating_sub(taken.len());
        if tied.len() <= open {
            break;
        }
        let mut ranked =
            tied.iter().map(|c| Ok((c.value(key)?, *c))).collect::<Result<Vec<_>>>()?;
        let order = |a: &Rate, b: &Rate| match key.better {
            Better::High => b.cmp(a),
            Better::Low => a.cmp(b),
        };
        ranked.sort_by(|(a, x), (b, y)| order(a, b).then_with(|| x.id.cmp(&y.id)));
        let Some(edge) = open.checked_sub(1).and_then(|at| ranked.get(at)).map(|(v, _)| *v) else {
            break;
        };
        let part = |side: Ordering| -> Vec<&'a Candidate> {
            ranked.iter().filter(|(v, _)| order(v, &edge) == side).map(|(_, c)| *c).collect()
        };
        let first = part(Ordering::Less);
        tied = part(Ordering::Equal);
        let settled = tied.len() + first.len() <= open;
        t.note(&BY_KEY, Some(Value::Id(Id::new(&key.key))));
        named(&WON, first.iter().copied(), t);
        named(if settled { &WON } else { &STILL }, tied.iter().copied(), t);
        named(&LOST, part(Ordering::Greater), t);
        taken.extend(first);
    }
    let open = seats.saturating_sub(taken.len());
    if tied.len() > open {
        tied = chosen(tied, open, decided)?;
        named(&CHOSEN, tied.iter().copied(), t);
    } else if decided.is_some_and(|d| !d.is_empty()) {
        return Err(nothing_to_decide());
    }
    taken.extend(tied);
    Ok(taken)
}

/// Returns those of the tied that were chosen by a decision.
fn chosen<'a>(
    tied: Vec<&'a Candidate>,
    open: usize,
    decided: Option<&[String]>,
) -> Result<Vec<&'a Candidate>> {
    let Some(decided) = decided else { return Err(tie(&tied, open)) };
    let out: Vec<_> = tied.iter().copied().filter(|c| decided.contains(&c.id)).collect();
    if out.len() != decided.len() || out.len() > open {
        let (names, names_en) = ids(&tied);
        let zh = format!("裁量结果应在并列人员（{names}）中取至多 {open} 人");
        let en = format!("take at most {open} of those who are tied: {names_en}");
        return Err(refusal::contradiction(&RULE, "decided", (zh, en)));
    }
    Ok(out)
}

/// Returns the ids as either language lists them.
fn ids(people: &[&Candidate]) -> (String, String) {
    let ids: Vec<_> = people.iter().map(|c| shown(&c.id)).collect();
    (ids.join("、"), ids.join(", "))
}

#[cold]
fn tie(tied: &[&Candidate], open: usize) -> Error {
    let (count, (names, names_en)) = (tied.len(), ids(tied));
    let zh = format!("{count} 人并列争 {open} 个优秀名额：{names}");
    let en = format!("{count} people are tied for {open} of the quota: {names_en}");
    refusal::undecided(&RULE, (zh, en)).field("decided")
}

#[cold]
fn nothing_to_decide() -> Error {
    let detail = "没有并列，无需裁量结果 / there is no tie, so nothing was to be decided";
    refusal::contradiction(&RULE, "decided", detail)
}
