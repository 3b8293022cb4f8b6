//! 参加年度考核的情形, who takes part in the yearly appraisal and how far (rule
//! `assessment.participation`).
//!
//! What each circumstance leads to is national policy by version. What the versions seen do not say
//! is an error or a decision: a leave of over half a year, party sanctions since 2021, and two
//! circumstances that lead to different things.

use chrono::{Datelike, NaiveDate};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{
    SanctionPeriods,
    answer::present,
    refusal,
    years::{Day, plus_months},
};
use crate::{
    Error, Result,
    derivation::{Recorder, Trace, Value},
    policy::{
        Choice, CiteId, Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope,
        Snapshot, Sourced, Table, field, resolve_as,
    },
    vocabulary::{SanctionKind, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// How far a person takes part in the appraisal of a year.
    pub enum AppraisalStanding ("standing", "参加考核的方式", "standing in the appraisal") {
        Graded = "graded", "正常确定等次", "graded";
        NotExcellent = "not-excellent", "参加考核，不得确定为优秀", "graded, but not excellent";
        CommentOnly = "comment-only", "只写评语，不确定等次", "a comment and no grade";
        GradeLater = "grade-later", "参加考核，暂不定等次", "no grade until the case is closed";
        Incompetent = "incompetent", "直接确定为不称职", "incompetent without further appraisal";
        NotAssessed = "not-assessed", "不进行年度考核", "no appraisal";
    }
}

vocabulary! {
    /// What bears on the appraisal of a year.
    pub enum Circumstance ("circumstance", "考核情形", "circumstance of the year") {
        Probation = "probation", "试用期内", "on probation";
        Warned = "warned", "当年受警告处分", "warned in the year";
        Sanctioned = "sanctioned", "受记过以上处分期间", "in the period of a demerit or heavier";
        Investigated = "investigated", "被立案调查尚未结案", "under an investigation not closed";
        Refused = "refused", "经教育仍拒不参加考核", "refuses the appraisal after being told";
        PartyWarned = "party-warned", "当年受党内警告", "party warning in the year";
        PartySeriousOnDuty = "party-serious-on-duty", "当年受党内严重警告（与职务有关）", "serious party warning in the year, related to duty";
        PartySeriousOther = "party-serious-other", "当年受党内严重警告（与职务无关）", "serious party warning in the year, not related to duty";
        PartyPostRemoved = "party-post-removed", "当年受撤销党内职务", "removal from party post in the year";
        PartyProbation = "party-probation", "当年受留党察看", "party probation in the year";
        PartyProbationLater = "party-probation-later", "留党察看后续年度", "a later year of party probation";
        PartyExpelled = "party-expelled", "当年受开除党籍", "expelled from the party in the year";
        PartyExpelledLater = "party-expelled-later", "开除党籍后续年度", "a later year after expulsion from the party";
    }
}

vocabulary! {
    /// A sanction of the party (党纪处分).
    pub enum PartySanctionKind ("party-sanction-kind", "党纪处分种类", "party sanction") {
        Warning = "warning", "党内警告", "warning";
        SeriousWarning = "serious-warning", "党内严重警告", "serious warning";
        PostRemoved = "post-removed", "撤销党内职务", "removal from party post";
        Probation = "probation", "留党察看", "party probation";
        Expelled = "expelled", "开除党籍", "expulsion from the party";
    }
}

vocabulary! {
    /// Which sanction decides where a person has one of the party and one of the service.
    pub enum Concurrent ("concurrent", "同时受党纪和政务处分", "both kinds of sanction") {
        Party = "party", "以党纪处分为准", "that of the party";
        Service = "service", "以政务处分为准", "that of the service";
    }
}

/// A sanction of the service, as far as the appraisal asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceSanction {
    /// Its kind.
    pub kind: SanctionKind,
    /// The day it took effect.
    #[serde(deserialize_with = "crate::number::text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    pub effective: NaiveDate,
    /// The day it was or will be over; none where the period of its kind runs alone.
    #[serde(default, deserialize_with = "optional_day")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub ends: Option<NaiveDate>,
}

/// A sanction of the party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartySanction {
    /// Its kind.
    pub kind: PartySanctionKind,
    /// The day it took effect.
    #[serde(deserialize_with = "crate::number::text::deserialize")]
    #[schemars(with = "crate::schema::Date")]
    pub effective: NaiveDate,
    /// Whether a serious warning was for a breach related to duty.
    #[serde(default)]
    pub duty_related: Option<bool>,
    /// Whether a probation lasts one or two years.
    #[serde(default)]
    pub years: Option<u8>,
}

fn optional_day<'de, D: serde::Deserializer<'de>>(
    from: D,
) -> std::result::Result<Option<NaiveDate>, D::Error> {
    Ok(Option::<Day>::deserialize(from)?.map(|d| d.0))
}

/// The facts of one person and year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct YearFacts {
    /// Whether the person is on probation at the end of the year.
    pub probation: bool,
    /// Whether an investigation is open.
    pub under_investigation: bool,
    /// Whether the person refuses the appraisal after being told.
    pub refused: bool,
    /// Whether leave for sickness or own affairs was over half of the year.
    pub leave_over_half_year: bool,
    /// Sanctions of the service that took effect in the year or before.
    pub sanctions: Vec<ServiceSanction>,
    /// Sanctions of the party.
    pub party_sanctions: Vec<PartySanction>,
}

/// What the packs say about taking part.
#[derive(Debug, Clone)]
pub struct Participation {
    standing: Table<Circumstance, Choice<AppraisalStanding>>,
    concurrent: Result<Sourced<Concurrent>>,
    after_expulsion: Result<Sourced<u32>>,
    leave: Result<Sourced<AppraisalStanding>>,
}

static STANDING: Term = Term::new("standing", "参加考核的方式", "Standing in the appraisal");
static YEAR: Term = Term::new("year", "考核年度", "year");
static LEAVE: Term =
    Term::new("leave-over-half-year", "病事假累计超过半年", "leave of over half a year");
static NOTHING: Term =
    Term::new("no-circumstance", "无影响考核的情形", "nothing bears on the appraisal");

/// Returns how the person takes part in the appraisal of this year.
///
/// A sanction from 记过 up leaves no grade for every year in which it still runs at the end; the year in
/// which it is lifted is graded as usual. After an investigation that ends without a sanction, ask
/// again with `under_investigation` false: the grade is then filled in.
///
/// # Source
///
/// 公务员考核规定（试行）(2007) art. 25 (sanctions), art. 27 (refusal); an old provincial summary for
/// probation, investigation and party sanctions (evidence: secondary). For 2021 on the text of
/// these clauses was not seen: the older ones are carried on as inferred.
///
/// # Errors
///
/// `NeedsDecision` where circumstances lead to different results; `CellNotAttested` for a
/// circumstance that no text seen settles; `NoSuchStandard` for a leave of over half a year where no
/// local pack says; `NotApplicable` for an expulsion; `MissingFact`.
pub fn appraisal_standing<T: Trace>(
    p: &Participation,
    periods: &SanctionPeriods,
    facts: &YearFacts,
    year: i32,
    t: &mut T,
) -> Result<(AppraisalStanding, Vec<Circumstance>)> {
    t.begin(&STANDING);
    t.note(&YEAR, Some(Value::Count(year.into())));
    let mut found = circumstances(p, periods, facts, year)?;
    prevail(p, &mut found, t)?;
    let mut result = AppraisalStanding::Graded;
    let leave = if facts.leave_over_half_year { Some(p.leave.clone()?) } else { None };
    let leave = leave.map(|s| (&LEAVE, s.value, s.cite));
    for (label, standing, cite) in
        found.iter().map(|c| p.of(*c)).chain(leave.map(Ok)).collect::<Result<Vec<_>>>()?
    {
        t.cited_note(label, Some(Value::Term(standing.term())), cite);
        result = stricter(result, standing)?;
    }
    if result == AppraisalStanding::Graded {
        t.note(&NOTHING, None);
    }
    t.end(Value::Term(result.term()));
    Ok((result, found))
}

/// Returns the one of two that the other gives way to.
fn stricter(a: AppraisalStanding, b: AppraisalStanding) -> Result<AppraisalStanding> {
    match (a, b) {
        (AppraisalStanding::Graded, other) | (other, AppraisalStanding::Graded) => Ok(other),
        (AppraisalStanding::NotExcellent, other) | (other, AppraisalStanding::NotExcellent) => {
            Ok(other)
        }
        _ if a == b => Ok(a),
        _ => Err(refusal::undecided(
            &RULE,
            format!("“{}”与“{}”并存时以何者为准 / {} or {}", a.zh(), b.zh(), a.en(), b.en()),
        )),
    }
}

/// Where a person has sanctions of both kinds, drops those that the policy lets give way.
fn prevail<T: Trace>(p: &Participation, found: &mut Vec<Circumstance>, t: &mut T) -> Result<()> {
    let service = |c: &Circumstance| matches!(c, Circumstance::Warned | Circumstance::Sanctioned);
    if !(found.iter().any(service) && found.iter().any(|c| c.is_party())) {
        return Ok(());
    }
    let way = p.concurrent.clone()?;
    t.cited_note(&Concurrent::KIND, Some(Value::Term(way.value.term())), way.cite);
    found.retain(|c| match way.value {
        Concurrent::Party => !service(c),
        Concurrent::Service => !c.is_party(),
    });
    Ok(())
}

impl Circumstance {
    fn is_party(self) -> bool {
        self.index() >= Self::PartyWarned.index()
    }
}

/// Returns what bears on the year.
fn circumstances(
    p: &Participation,
    periods: &SanctionPeriods,
    facts: &YearFacts,
    year: i32,
) -> Result<Vec<Circumstance>> {
    let mut found = Vec::new();
    let mut put = |c: Circumstance| {
        if !found.contains(&c) {
            found.push(c);
        }
    };
    if facts.probation {
        put(Circumstance::Probation);
    }
    if facts.under_investigation {
        put(Circumstance::Investigated);
    }
    if facts.refused {
        put(Circumstance::Refused);
    }
    for sanction in facts.sanctions.iter().filter(|s| s.effective.year() <= year) {
        if let Some(c) = of_service(periods, sanction, year)? {
            put(c);
        }
    }
    for sanction in facts.party_sanctions.iter().filter(|s| s.effective.year() <= year) {
        if let Some(c) = of_party(p, sanction, year)? {
            put(c);
        }
    }
    found.sort_by_key(|c| c.index());
    Ok(found)
}

fn of_service(
    periods: &SanctionPeriods,
    sanction: &ServiceSanction,
    year: i32,
) -> Result<Option<Circumstance>> {
    if sanction.kind == SanctionKind::Expulsion {
        let detail = "受开除处分后不再是公务员 / expelled, no longer a civil servant";
        return Err(refusal::not_applicable(&RULE, detail));
    }
    if sanction.kind == SanctionKind::Warning {
        return Ok((sanction.effective.year() == year).then_some(Circumstance::Warned));
    }
    let ends = match (sanction.ends, periods.months(sanction.kind)) {
        (Some(ends), _) => ends,
        (None, Some(months)) => plus_months(sanction.effective, months.value)?,
        (None, None) => return Err(refusal::not_attested(&RULE, sanction.kind.term())),
    };
    if ends < sanction.effective {
        let detail = format!("{ends} 早于 {} / ends before it begins", sanction.effective);
        return Err(refusal::contradiction(&RULE, "sanctions.ends", detail));
    }
    Ok((ends.year() > year).then_some(Circumstance::Sanctioned))
}

fn of_party(
    p: &Participation,
    sanction: &PartySanction,
    year: i32,
) -> Result<Option<Circumstance>> {
    let first = sanction.effective.year() == year;
    let past = i64::from(year) - i64::from(sanction.effective.year());
    Ok(match sanction.kind {
        PartySanctionKind::Warning => first.then_some(Circumstance::PartyWarned),
        PartySanctionKind::PostRemoved => first.then_some(Circumstance::PartyPostRemoved),
        PartySanctionKind::SeriousWarning if first => match sanction.duty_related {
            Some(true) => Some(Circumstance::PartySeriousOnDuty),
            Some(false) => Some(Circumstance::PartySeriousOther),
            None => return Err(refusal::missing(&RULE, "party_sanctions.duty_related")),
        },
        PartySanctionKind::SeriousWarning => None,
        PartySanctionKind::Probation if first => Some(Circumstance::PartyProbation),
        PartySanctionKind::Probation => match sanction.years {
            Some(years @ 1..=2) => {
                (past <= i64::from(years)).then_some(Circumstance::PartyProbationLater)
            }
            Some(years) => {
                let detail = format!("留党察看为一年或二年，不是 {years} 年 / one or two years");
                return Err(refusal::invalid(&RULE, "party_sanctions.years", detail));
            }
            None => return Err(refusal::missing(&RULE, "party_sanctions.years")),
        },
        PartySanctionKind::Expelled if first => Some(Circumstance::PartyExpelled),
        PartySanctionKind::Expelled => (past <= i64::from(p.after_expulsion.clone()?.value))
            .then_some(Circumstance::PartyExpelledLater),
    })
}

impl Participation {
    fn of(&self, c: Circumstance) -> Result<(&'static Term, AppraisalStanding, CiteId)> {
        match self.standing.get(c) {
            Some(s) => Ok((c.term(), s.value.0, s.cite)),
            None => Err(unsettled(c)),
        }
    }
}

#[cold]
fn unsettled(c: Circumstance) -> Error {
    refusal::not_attested(&RULE, c.term())
}

impl Parameters for Participation {
    fn rule() -> &'static RuleInfo {
        &RULE
    }

    fn resolve(fields: &Fields<'_>) -> Result<Self> {
        Ok(Self {
            standing: fields.get::<Keyed<Circumstance, Choice<AppraisalStanding>>>("standing")?,
            concurrent: fields.get::<Choice<Concurrent>>("concurrent"),
            after_expulsion: fields.get::<u32>("after_expulsion_years"),
            leave: fields.get::<Choice<AppraisalStanding>>("leave_over_half_year"),
        })
    }
}

const FIELDS: &[FieldSpec] = &[
    field::<Keyed<Circumstance, Choice<AppraisalStanding>>>("standing", Scope::National),
    field::<Choice<Concurrent>>("concurrent", Scope::National),
    field::<u32>("after_expulsion_years", Scope::National),
    field::<Choice<AppraisalStanding>>("leave_over_half_year", Scope::Local),
];

/// The rule in the catalogue.
pub static RULE: RuleInfo = RuleInfo {
    term: Term::new(
        "assessment.participation",
        "参加年度考核的情形",
        "taking part in the appraisal",
    ),
    about: Term::new(
        "about",
        "按试用、处分、立案调查等情形确定如何参加年度考核；考核年度为所给月份之年。",
        "How a person takes part in the yearly appraisal after probation, sanctions or an investigation; the year is that of the month.",
    ),
    fields: FIELDS,
    inputs: &[
        InputSpec::required(Term::new("probation", "是否在试用期", "on probation"), "boolean"),
        InputSpec::required(
            Term::new("under_investigation", "是否被立案调查尚未结案", "under investigation"),
            "boolean",
        ),
        InputSpec::required(Term::new("refused", "是否拒不参加", "refuses"), "boolean"),
        InputSpec::required(
            Term::new(
                "leave_over_half_year",
                "病事假是否累计超过半年",
                "leave of over half a year",
            ),
            "boolean",
        ),
        InputSpec::required(
            Term::new("sanctions", "政务处分", "sanctions of the service"),
            "[{kind, effective, ends}]",
        ),
        InputSpec::required(
            Term::new("party_sanctions", "党纪处分", "sanctions of the party"),
            "[{kind, effective, duty_related, years}]",
        ),
    ],
    output: "{standing, takes_part, grade, reasons}",
    resolve: resolve_as::<Participation>,
    evaluate: &Evaluate(evaluate),
};

fn evaluate(snapshot: &Snapshot, facts: YearFacts, t: &mut Recorder) -> Result<Json> {
    let year = snapshot.query().month.year();
    let (standing, reasons) =
        appraisal_standing(snapshot.get()?, snapshot.get()?, &facts, year, t)?;
    let mut reasons: Vec<_> = reasons.iter().map(|c| c.code()).collect();
    if facts.leave_over_half_year {
        reasons.push(LEAVE.code);
    }
    Ok(present(json!({
        "standing": standing.code(),
        "takes_part": standing != AppraisalStanding::NotAssessed,
        "grade": (standing == AppraisalStanding::Incompetent).then_some("incompetent"),
        "reasons": reasons,
    })))
}
