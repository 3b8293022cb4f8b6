//! Pools of people who share one quota.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    AppraisalStanding,
    quota::{CountRounding, ExcellentQuota, QuotaBase, RULE, seats},
    quota_order::{Candidate, TieKey, take},
    refusal,
};
use crate::{
    Error, Result,
    derivation::{Id, Trace, Value},
    error::shown,
    number::Rate,
    vocabulary::{Term, Vocabulary},
};

/// People who share one quota: those of some units, of a sequence, of a scheme, or of all that is named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// The name of the pool.
    pub id: String,
    /// Its units; several small ones may share a quota. Where none are listed, the unit that the pool is named
    /// after, or all units where nobody's unit has its name.
    #[serde(default)]
    pub units: Option<Vec<String>>,
    /// Its sequence; none takes all sequences.
    #[serde(default)]
    pub sequence: Option<String>,
    /// Its scheme of assessment; none takes all schemes, whose scores must then not decide between them.
    #[serde(default)]
    pub scheme: Option<String>,
    /// The civil servants of the department (base of 1994).
    #[serde(default)]
    pub on_staff: Option<u32>,
    /// Those taking part (base of 2007).
    #[serde(default)]
    pub taking_part: Option<u32>,
    /// Those who should take part (base of 2020).
    #[serde(default)]
    pub should_take_part: Option<u32>,
    /// A share above the usual one, where the authority agreed to it.
    #[serde(default)]
    pub share: Option<Rate>,
    /// The lowest score of a candidate; none where the scheme sets none.
    #[serde(default)]
    pub threshold: Option<Rate>,
    /// Who of those tied for the last seats was chosen.
    #[serde(default)]
    pub decided: Option<Vec<String>>,
}

/// What one pool came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation<'a> {
    /// The pool.
    pub pool: &'a Pool,
    /// How many people the share was taken of.
    pub base: u32,
    /// How many may be graded excellent.
    pub quota: u32,
    /// Who is, best first.
    pub excellent: Vec<&'a Candidate>,
    /// Who can't be, by id: below the threshold, barred by standing or by the scheme.
    pub not_eligible: Vec<&'a Candidate>,
}

static POOL: Term = Term::new("pool-quota", "考核池优秀名额", "Quota of the top grade of a pool");
static NAME: Term = Term::new("pool", "考核池", "pool");
static CANDIDATES: Term = Term::new("candidates", "符合条件人数", "eligible");
static NOT_ELIGIBLE: Term = Term::new("not-eligible", "不符合条件", "not eligible");
static BAR: Term = Term::new("bar", "方案排除事由", "barred by the scheme");
static BELOW: Term = Term::new("below-threshold", "低于分数线", "below the threshold");
static GIVEN: Term = Term::new("given", "确定为优秀人数", "graded excellent");
static POOLS: Term = Term::new("pools", "各池确定为优秀人数合计", "Graded excellent in all pools");

impl Pool {
    /// Returns whether a person is in it; `all` are the units of the people.
    fn holds(&self, person: &Candidate, all: &BTreeSet<&str>) -> bool {
        let in_unit = match &self.units {
            Some(units) => units.contains(&person.unit),
            None => person.unit == self.id || !all.contains(self.id.as_str()),
        };
        in_unit
            && self.sequence.as_ref().is_none_or(|s| person.sequence.as_ref() == Some(s))
            && self.scheme.as_ref().is_none_or(|s| person.scheme.as_ref() == Some(s))
    }

    fn base(&self, of: QuotaBase) -> Result<u32> {
        let (count, fact) = match of {
            QuotaBase::OnStaff => (self.on_staff, "on_staff"),
            QuotaBase::TakingPart => (self.taking_part, "taking_part"),
            QuotaBase::ShouldTakePart => (self.should_take_part, "should_take_part"),
        };
        count.ok_or_else(|| refusal::missing(&RULE, &format!("pools.{fact}")))
    }
}

impl Candidate {
    fn eligible(&self, pool: &Pool) -> bool {
        self.standing == AppraisalStanding::Graded
            && self.bars.is_empty()
            && pool.threshold.is_none_or(|least| self.score >= least)
    }
}

/// Returns for each pool its quota and who is graded excellent, whatever the order of the people.
///
/// Ties at the edge of a quota are broken by `keys`, or by those of the packs where it is none.
///
/// # Errors
///
/// `ContradictoryFacts` for a person in two pools, an id that occurs twice, or more graded people
/// than the base has; `InvalidInput` for a person in no pool; `MissingFact` for the base that the
/// version needs; `NeedsDecision` for a tie that no key breaks, and where scores of different schemes would
/// decide; those of
/// [`quota_seats`](super::quota_seats).
pub fn allocate<'a, T: Trace>(
    p: &ExcellentQuota,
    pools: &'a [Pool],
    people: &'a [Candidate],
    rounding: Option<CountRounding>,
    keys: Option<&[TieKey]>,
    t: &mut T,
) -> Result<Vec<Allocation<'a>>> {
    let mut names = BTreeSet::new();
    if let Some(twice) = pools.iter().find(|p| !names.insert(p.id.as_str())) {
        let id = shown(&twice.id);
        let text = (format!("考核池“{id}”重复"), format!("the pool {id} occurs twice"));
        return Err(refusal::contradiction(&RULE, "pools.id", text));
    }
    let units: BTreeSet<&str> = people.iter().map(|p| p.unit.as_str()).collect();
    let mut members: Vec<Vec<&Candidate>> = vec![Vec::new(); pools.len()];
    let mut ids = BTreeSet::new();
    for person in people {
        if !ids.insert(person.id.as_str()) {
            return Err(twice(person, "人员编号重复 / the id occurs twice"));
        }
        let mut found = None;
        for (pool, members) in
            pools.iter().zip(&mut members).filter(|(p, _)| p.holds(person, &units))
        {
            if let Some(other) = found.replace(pool) {
                let all = [other, pool].into_iter().find(|p| p.units.is_none());
                let (zh, en) =
                    all.filter(|p| p.id != person.unit).map_or_else(Default::default, |p| {
                        let id = shown(&p.id);
                        (
                            format!("（{id} 未列 units，也不是某人的单位，取全部单位）"),
                            format!(
                                " ({id} lists no units and is nobody's unit, so that it takes all)"
                            ),
                        )
                    });
                let (one, two) = (shown(&other.id), shown(&pool.id));
                let detail = format!(
                    "同属考核池 {one} 和 {two}{zh} / the person is in the pools {one} and {two}{en}"
                );
                return Err(twice(person, &detail));
            }
            members.push(person);
        }
        if found.is_none() {
            let detail = "不在任何考核池 / the person is in no pool";
            return Err(refusal::invalid(&RULE, "people.unit", detail).person(person.id.clone()));
        }
    }
    t.begin(&POOLS);
    let keys = p.keys(keys, t);
    let mut given = 0;
    let mut out = Vec::with_capacity(pools.len());
    for (pool, members) in pools.iter().zip(members) {
        t.begin(&POOL);
        t.note(&NAME, Some(Value::Id(Id::new(&pool.id))));
        let allocation = of_pool(p, pool, members, rounding, keys, t)?;
        t.end(Value::Count(allocation.quota.into()));
        given += allocation.excellent.len();
        out.push(allocation);
    }
    t.end(count(given));
    Ok(out)
}

fn of_pool<'a, T: Trace>(
    p: &ExcellentQuota,
    pool: &'a Pool,
    members: Vec<&'a Candidate>,
    rounding: Option<CountRounding>,
    keys: &[TieKey],
    t: &mut T,
) -> Result<Allocation<'a>> {
    let base = pool.base(p.base().value)?;
    let graded = members
        .iter()
        .filter(|c| {
            matches!(c.standing, AppraisalStanding::Graded | AppraisalStanding::NotExcellent)
        })
        .count();
    if graded > usize::try_from(base).unwrap_or(usize::MAX) {
        let id = shown(&pool.id);
        let zh = format!("考核池“{id}”基数 {base}，确定等次的有 {graded} 人");
        let en = format!("pool {id} has a base of {base}, but {graded} people who get a grade");
        return Err(refusal::contradiction(&RULE, "pools", (zh, en)));
    }
    let quota = seats(p, base, pool.share, rounding, t)?;
    let (eligible, mut not_eligible): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|c| c.eligible(pool));
    not_eligible.sort_by(|a, b| a.id.cmp(&b.id));
    t.note(&CANDIDATES, Some(count(eligible.len())));
    if T::ACTIVE {
        for person in &not_eligible {
            why_not(pool, person, t);
        }
    }
    let most = usize::try_from(quota).unwrap_or(usize::MAX);
    if most > 0 && eligible.len() > most {
        one_scheme(pool, &eligible)?;
    }
    let excellent = take(eligible, most, keys, pool.decided.as_deref(), t)?;
    t.note(&GIVEN, Some(count(excellent.len())));
    Ok(Allocation { pool, base, quota, excellent, not_eligible })
}

/// Refuses to compare scores of different schemes.
fn one_scheme(pool: &Pool, people: &[&Candidate]) -> Result<()> {
    let schemes: BTreeSet<&str> = people.iter().filter_map(|c| c.scheme.as_deref()).collect();
    if schemes.len() < 2 {
        return Ok(());
    }
    let (id, names) = (shown(&pool.id), schemes.into_iter().map(shown).collect::<Vec<_>>());
    let zh = format!(
        "考核池“{id}”的人员按不同方案计分（{}），得分不可比：如何分配名额，请按方案分池（scheme）",
        names.join("、")
    );
    let en = format!(
        "the people of pool {id} are scored by different schemes ({}), whose scores can't be compared: make a pool for each (scheme)",
        names.join(", ")
    );
    Err(refusal::undecided(&RULE, (zh, en)).field("pools"))
}

/// Notes a person who can't be excellent, and every reason.
fn why_not<T: Trace>(pool: &Pool, person: &Candidate, t: &mut T) {
    t.note(&NOT_ELIGIBLE, Some(Value::Id(Id::new(&person.id))));
    if person.standing != AppraisalStanding::Graded {
        t.note(&AppraisalStanding::KIND, Some(Value::Term(person.standing.term())));
    }
    for bar in &person.bars {
        t.note(&BAR, Some(Value::Id(Id::new(bar))));
    }
    if pool.threshold.is_some_and(|least| person.score < least) {
        t.note(&BELOW, Some(Value::Number(person.score)));
    }
}

fn count(n: usize) -> Value {
    Value::Count(i64::try_from(n).unwrap_or(i64::MAX))
}

#[cold]
fn twice(person: &Candidate, detail: &str) -> Error {
    refusal::contradiction(&RULE, "people", detail).person(person.id.clone())
}
