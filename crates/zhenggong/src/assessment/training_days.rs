//! 训练时间要求, how long training must be (rule `assessment.training-days`).
//!
//! The only national numbers seen are those of an opinion of 2004. The training regulation in force
//! since 2015 was seen without numbers, so later months are a gap until a further pack fills it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::refusal;
use crate::{
    Error, Result,
    derivation::{Recorder, Trace, Value},
    policy::{
        Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope, Snapshot,
        Sourced, Table, field, resolve_as,
    },
    vocabulary::{PoliceRank, PostTier, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// What the training is for.
    pub enum TrainingOccasion ("training-occasion", "训练种类", "occasion of the training") {
        Entry = "entry", "初任训练", "entry into the police";
        Promotion = "promotion", "晋升训练", "promotion in post or rank";
        FrontLine = "front-line", "一线实战年度训练", "yearly training of the front line";
    }
}

vocabulary! {
    /// The bands of posts and ranks for promotion training.
    pub enum TrainingBand ("training-band", "晋升训练层次", "band of promotion training") {
        Low = "low", "副科级以下或者一级警司以下", "up to deputy section head or Superintendent, First Class";
        Middle = "middle", "正科级、副处级或者三级、二级警督", "section head, deputy division head, or Supervisor, Third and Second Class";
        High = "high", "处级以上或者一级警督以上", "from division head or Supervisor, First Class";
    }
}

vocabulary! {
    /// The unit of a requirement.
    pub enum TrainingUnit ("training-unit", "计量单位", "unit") {
        Days = "days", "天", "days";
        Months = "months", "个月", "months";
    }
}

impl TrainingBand {
    /// Returns the band of a police rank.
    #[must_use]
    pub fn of_rank(rank: PoliceRank) -> Self {
        match rank {
            r if r <= PoliceRank::SuperintendentFirstClass => Self::Low,
            r if r <= PoliceRank::SupervisorSecondClass => Self::Middle,
            _ => Self::High,
        }
    }

    /// Returns the band of a post.
    #[must_use]
    pub fn of_post(tier: PostTier) -> Self {
        match tier {
            PostTier::Clerk | PostTier::StaffMember | PostTier::SectionDeputy => Self::Low,
            PostTier::SectionPrincipal | PostTier::DivisionDeputy => Self::Middle,
            _ => Self::High,
        }
    }
}

/// What the packs say about the length of training.
#[derive(Debug, Clone)]
pub struct TrainingDays {
    entry_months: Table<TrainingBand, u32>,
    within_band: Table<TrainingBand, u32>,
    across_bands: Table<TrainingBand, u32>,
    front_line: Sourced<u32>,
}

/// What is trained for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingFacts {
    /// The occasion.
    pub occasion: TrainingOccasion,
    /// The police rank promoted to.
    #[serde(default)]
    pub rank: Option<PoliceRank>,
    /// The post entered or promoted to.
    #[serde(default)]
    pub post: Option<PostTier>,
    /// Whether the promotion crosses into this band from the one below.
    #[serde(default)]
    pub across_bands: Option<bool>,
    /// What was trained, in the unit of the requirement; none to ask for the requirement alone.
    #[serde(default)]
    pub done: Option<u32>,
}

/// 训练时间要求. What is demanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TrainingDemand {
    /// 不少于，单位见 unit. At least so many, in the unit.
    pub least: u32,
    /// 计量单位，天或月. Days or months.
    pub unit: TrainingUnit,
    /// 是否达到；未录入已训练时间时不列. Whether it is met; none where what was trained is not stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met: Option<bool>,
}

static DEMAND: Term = Term::new("training-demand", "训练时间要求", "Training demanded");
static LEAST: Term = Term::new("least", "不少于", "at least");
static ACROSS: Term = Term::new("across_bands", "跨层次晋升", "the promotion crosses bands");
static DONE: Term = Term::new("done", "已训练", "trained");
static ENTRY_POST: Term = Term::new("post", "职务层次", "post");

/// Returns how long the training must be at least.
///
/// # Source
///
/// 大练兵 opinion of 2004 (evidence: secondary), 2005 to 2014: entry three months, two for a direct
/// entry from 副处 up; promotion 10, 15 or 40 days inside a band, 40 across; front line 15 days a year.
///
/// # Errors
///
/// `MissingFact` for the rank or post, or for whether a promotion crosses bands;
/// `ContradictoryFacts` where both rank and post are given; `ValueGap` outside the years seen.
pub fn training_demand<T: Trace>(
    p: &TrainingDays,
    facts: &TrainingFacts,
    t: &mut T,
) -> Result<TrainingDemand> {
    t.begin(&DEMAND);
    t.note(&TrainingOccasion::KIND, Some(Value::Term(facts.occasion.term())));
    let (found, unit) = match facts.occasion {
        TrainingOccasion::FrontLine => (p.front_line, TrainingUnit::Days),
        TrainingOccasion::Entry => {
            let Some(post) = facts.post else { return Err(refusal::missing(&RULE, "post")) };
            t.note(&ENTRY_POST, Some(Value::Term(post.term())));
            (in_band(&p.entry_months, entry_band(post))?, TrainingUnit::Months)
        }
        TrainingOccasion::Promotion => {
            let band = match (facts.rank, facts.post) {
                (Some(rank), None) => TrainingBand::of_rank(rank),
                (None, Some(post)) => TrainingBand::of_post(post),
                (None, None) => return Err(refusal::missing(&RULE, "rank")),
                (Some(_), Some(_)) => {
                    let detail = "晋升职务与晋升警衔应分别核定 / ask for post and rank apart";
                    return Err(refusal::contradiction(&RULE, "post", detail));
                }
            };
            let Some(across) = facts.across_bands else {
                return Err(refusal::missing(&RULE, "across_bands"));
            };
            t.note(&TrainingBand::KIND, Some(Value::Term(band.term())));
            if across {
                t.note(&ACROSS, None);
            }
            let table = if across { &p.across_bands } else { &p.within_band };
            (in_band(table, band)?, TrainingUnit::Days)
        }
    };
    t.cited_note(&LEAST, Some(Value::Count(found.value.into())), found.cite);
    t.note(&TrainingUnit::KIND, Some(Value::Term(unit.term())));
    if let Some(done) = facts.done {
        t.note(&DONE, Some(Value::Count(done.into())));
    }
    t.end(Value::Count(found.value.into()));
    Ok(TrainingDemand { least: found.value, unit, met: facts.done.map(|d| d >= found.value) })
}

/// Returns the band of an entry: up to 正科 it is the long course, from 副处 the direct entry.
fn entry_band(post: PostTier) -> TrainingBand {
    match post {
        PostTier::Clerk
        | PostTier::StaffMember
        | PostTier::SectionDeputy
        | PostTier::SectionPrincipal => TrainingBand::Low,
        _ => TrainingBand::High,
    }
}

fn in_band(table: &Table<TrainingBand, u32>, band: TrainingBand) -> Result<Sourced<u32>> {
    table.get(band).ok_or_else(|| unattested(band))
}

#[cold]
fn unattested(band: TrainingBand) -> Error {
    refusal::not_attested(&RULE, band.term())
}

type Bands = Keyed<TrainingBand, u32>;

impl TrainingDays {
    /// Returns how many days a year the front line trains at least.
    #[must_use]
    pub const fn front_line_days(&self) -> u32 {
        self.front_line.value
    }
}

impl Parameters for TrainingDays {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            entry_months: fields.get::<Bands>("entry_months")?,
            within_band: fields.get::<Bands>("within_band")?,
            across_bands: fields.get::<Bands>("across_bands")?,
            front_line: fields.get::<u32>("front_line")?,
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Bands>("entry_months", Scope::Local),
    field::<Bands>("within_band", Scope::Local),
    field::<Bands>("across_bands", Scope::Local),
    field::<u32>("front_line", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new("assessment.training-days", "训练时间要求", "length of training"),
    about: Term::new(
        "about",
        "初任、晋升、一线实战训练的最少天数或月数及是否达到；2015 年训练条令的天数未见，不推算。",
        "The least days or months of entry, promotion and front-line training, and whether they were met; gaps are not guessed.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("occasion", "训练种类", "occasion"), "training-occasion"),
        InputSpec::optional(Term::new("rank", "拟晋升警衔", "rank promoted to"), "police-rank"),
        InputSpec::optional(
            Term::new("post", "拟任职务层次", "post entered or promoted to"),
            "post-tier",
        ),
        InputSpec::optional(ACROSS, "boolean"),
        InputSpec::optional(DONE, "count"),
    ],
    output: "{least, unit, met}",
    resolve: resolve_as::<TrainingDays>,
    evaluate: &Evaluate(evaluate),
};

fn evaluate(snapshot: &Snapshot, facts: TrainingFacts, t: &mut Recorder) -> Result<TrainingDemand> {
    training_demand(snapshot.get()?, &facts, t)
}
