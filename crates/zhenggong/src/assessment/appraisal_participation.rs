//! 参加年度考核的情形, who takes part in the yearly appraisal and how far (rule
//! `assessment.participation`).
//!
//! What each circumstance leads to is national policy by version. What the versions seen do not say
//! is an error or a decision: a leave of over half a year, party sanctions since 2021, and two
//! circumstances that lead to different things.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::{
    AppraisalStanding, SanctionPeriods,
    appraisal_circumstance::{Circumstance, YearFacts, circumstances},
    refusal,
};
use crate::{
    Error, Result,
    derivation::{Recorder, Trace, Value},
    policy::{
        Choice, CiteId, Evaluate, FieldSpec, Fields, InputSpec, Keyed, Parameters, RuleInfo, Scope,
        Snapshot, Sourced, Table, field, resolve_as,
    },
    schema,
    vocabulary::{AnnualGrade, Term, Vocabulary, vocabulary},
};

vocabulary! {
    /// Which sanction decides where a person has one of the party and one of the service.
    pub enum Concurrent ("concurrent", "同时受党纪和政务处分", "both kinds of sanction") {
        Party = "party", "以党纪处分为准", "that of the party";
        Service = "service", "以政务处分为准", "that of the service";
    }
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

impl Participation {
    /// Returns for how many years after an expulsion from the party there is no grade.
    pub(super) fn after_expulsion(&self) -> Result<u32> {
        Ok(self.after_expulsion.clone()?.value)
    }

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

#[derive(Serialize, JsonSchema)]
struct Output {
    /// 参加考核的方式. How the person takes part.
    standing: AppraisalStanding,
    /// 是否参加考核. Whether the person takes part at all.
    takes_part: bool,
    /// 直接确定的等次；等次由考核确定或不定时不列. The grade that is fixed without an appraisal; left out where there is
    /// none.
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<AnnualGrade>,
    /// 影响考核的情形. What bears on the appraisal.
    reasons: Vec<Reason>,
}

/// What bears on the appraisal: a circumstance, or the leave that is local policy.
struct Reason(&'static Term);

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.serialize_str(self.0.code)
    }
}

impl JsonSchema for Reason {
    fn schema_name() -> Cow<'static, str> {
        "Reason".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let reasons = Circumstance::ALL.iter().map(|c| *c.term()).chain([LEAVE]);
        schema::closed(Circumstance::KIND, reasons, false)
    }
}

fn evaluate(snapshot: &Snapshot, facts: YearFacts, t: &mut Recorder) -> Result<Output> {
    let year = snapshot.query().month.year();
    let (standing, reasons) =
        appraisal_standing(snapshot.get()?, snapshot.get()?, &facts, year, t)?;
    let leave = facts.leave_over_half_year.then_some(Reason(&LEAVE));
    let incompetent = standing == AppraisalStanding::Incompetent;
    Ok(Output {
        standing,
        takes_part: standing != AppraisalStanding::NotAssessed,
        grade: incompetent.then_some(AnnualGrade::Incompetent),
        reasons: reasons.iter().map(|c| Reason(c.term())).chain(leave).collect(),
    })
}
