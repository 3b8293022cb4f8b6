//! Who may be graded excellent by the scores of a period, so that nobody copies a score.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    AppraisalStanding, Assessment, Period, PeriodKind, Points, Schemes, Score, Subject,
    SubjectKind, quota::RULE, quota_order::Candidate, refusal, scheme::Scheme,
};
use crate::{
    Error, Result,
    calendar::Month,
    error::{shown, unknown_term},
    number::Rate,
    person::Label,
    vocabulary::Term,
};

/// Returns the people of this kind as candidates of the quota, in the order of the ledger. Unit, sequence
/// and score are those of the assessment; a grade below the best one that a score can reach is a bar, and
/// so is every veto. `standing` says how each takes part (rule `assessment.participation`).
///
/// # Errors
///
/// `MissingFact` for a person without a standing or a unit; why a person could not be scored;
/// `NotApplicable` for units and auxiliaries, who are no civil servants.
///
/// # Examples
///
/// ```
/// use zhenggong::assessment::{
///     AppraisalStanding, AssessOptions, Event, Ledger, Subject, SubjectKind, assess, candidates,
/// };
/// use zhenggong::{calendar::parse_date, person::Label, policy::Pack, testing};
/// let packs = Pack::example("railway-police-example").into_iter().collect();
/// let snapshot = testing::snapshot(packs, "railway-police-example", "2021-12")?;
/// let mut subjects = ["0101", "0102"]
///     .map(|id| Ok(Subject::new(Label::new(id)?, SubjectKind::Officer)))
///     .into_iter()
///     .collect::<zhenggong::Result<Vec<_>>>()?;
/// for officer in &mut subjects {
///     officer.unit = Some(Label::new("城东所")?);
/// }
/// let day = parse_date("2021-05-10")?;
/// let events = [Event::new(Label::new("E1")?, Label::new("0102")?, day, "demerit")];
/// let ledger = Ledger::new(&subjects, &events, None)?;
/// let options = AssessOptions::default();
/// let scored = assess(&ledger, snapshot.get()?, "2021".parse()?, &options, false)?;
/// let people = candidates(&scored, SubjectKind::Officer, |_| Some(AppraisalStanding::Graded))?;
/// assert_eq!((people[0].score.to_string(), people[0].bars.len()), ("100".to_owned(), 0));
/// // 记过: no grade, by a veto of the scheme.
/// assert_eq!(people[1].bars, ["not-assessed", "no-grade-after-demerit"]);
/// # Ok::<(), zhenggong::Error>(())
/// ```
pub fn candidates(
    assessment: &Assessment<'_>,
    kind: SubjectKind,
    standing: impl Fn(&Subject) -> Option<AppraisalStanding>,
) -> Result<Vec<Candidate>> {
    if !civil_servant(kind) {
        let text = (format!("{}不占优秀名额", kind.zh()), format!("no quota for a {}", kind.en()));
        return Err(refusal::not_applicable(&RULE, text));
    }
    let failed = |error: &&Error| {
        let mut subjects = assessment.ledger().subjects().iter();
        subjects.any(|s| s.kind == kind && error.person_id() == Some(s.id.as_str()))
    };
    if let Some(error) = assessment.errors().iter().find(failed) {
        return Err(error.clone());
    }
    let mut out = Vec::new();
    for score in assessment.scores() {
        let Some(subject) = assessment.subject(score).filter(|s| s.kind == kind) else { continue };
        let lacks = |fact| refusal::missing(&RULE, fact).person(subject.id.as_str());
        out.push(Candidate {
            id: subject.id.to_string(),
            unit: assessment.unit(score).ok_or_else(|| lacks("unit"))?.to_string(),
            scheme: assessment.scheme(score).map(|e| e.scheme.name.code.clone()),
            sequence: subject.sequence.as_ref().map(ToString::to_string),
            score: score.total.rate(),
            standing: standing(subject).ok_or_else(|| lacks("standing"))?,
            bars: bars(assessment, score),
            keys: BTreeMap::new(),
        });
    }
    Ok(out)
}

const fn civil_servant(kind: SubjectKind) -> bool {
    matches!(kind, SubjectKind::Leader | SubjectKind::Officer)
}

fn bars(assessment: &Assessment<'_>, score: &Score) -> Vec<String> {
    let grade = assessment.scheme(score).and_then(|e| below_best(&e.scheme, score.grade));
    let plan = assessment.plan(score);
    let veto = |hit: &super::VetoHit| {
        let scheme = &plan?.parts.get(usize::from(hit.part))?.entry.scheme;
        Some(scheme.code(scheme.vetoes.get(usize::from(hit.veto))?.label).to_owned())
    };
    grade.into_iter().chain(score.vetoes.iter().filter_map(veto)).collect()
}

/// Returns the grade where it is below the best one that a score can reach.
fn below_best(scheme: &Scheme, grade: Option<u8>) -> Option<String> {
    let best = scheme.best_by_score()?;
    grade.is_none_or(|g| g > best).then(|| scheme.grade_name(grade).code.clone())
}

/// 人员. A person who may be graded excellent, as the rule is told of one.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    /// The opaque id.
    id: String,
    /// The unit; where the person stands in `assessed` it comes from there.
    #[serde(default)]
    unit: Option<String>,
    /// The sequence, where pools are made by sequence.
    #[serde(default)]
    sequence: Option<String>,
    /// The scheme that gave the score; where the person stands in `assessed` it comes from there.
    #[serde(default)]
    scheme: Option<String>,
    /// The score of the year; where the person stands in `assessed` it comes from there.
    #[serde(default)]
    score: Option<Rate>,
    /// How the person takes part (rule `assessment.participation`).
    standing: AppraisalStanding,
    /// Reasons of the scheme for which the person can't be excellent.
    #[serde(default)]
    bars: Vec<String>,
    /// The values of the keys that break ties.
    #[serde(default)]
    keys: BTreeMap<String, Rate>,
}

/// 考核结果. An answer of the rule `assessment.score`; what is not read of it is for people.
#[derive(Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
pub(super) struct Assessed {
    /// The period.
    period: Period,
    /// The scores.
    scores: Vec<AssessedScore>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
struct AssessedScore {
    /// The subject.
    subject: Label,
    /// The scheme that gave the grade.
    scheme: String,
    /// The total.
    total: Points,
    /// The grade, or what the scheme says where there is none.
    grade: String,
    /// The unit.
    #[serde(default)]
    unit: Option<Label>,
    /// The sequence.
    #[serde(default)]
    sequence: Option<Label>,
    /// Vetoes that were set off.
    #[serde(default)]
    vetoes: Vec<AssessedVeto>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = true))]
struct AssessedVeto {
    /// The veto.
    veto: String,
}

impl Assessed {
    /// Returns the scores by subject, with their schemes.
    fn by_subject<'a>(
        &'a self,
        schemes: &'a Schemes,
        month: Month,
    ) -> Result<BTreeMap<&'a str, (&'a AssessedScore, &'a Scheme)>> {
        if !self.period.contains(Period::of(PeriodKind::Month, month)?) {
            let zh = format!("考核结果属 {}，名额按 {month} 核定", self.period);
            let en = format!("the scores are of {}, the quota of {month}", self.period);
            return Err(refusal::contradiction(&RULE, "assessed.period", (zh, en)));
        }
        let mut out = BTreeMap::new();
        for score in &self.scores {
            let id = score.subject.as_str();
            let scheme = schemes.get(&score.scheme).map_err(|e| e.field("assessed.scores"))?;
            if out.insert(id, (score, scheme)).is_some() {
                let text = ("考核结果中重复".to_owned(), "two scores of one subject".to_owned());
                return Err(refusal::contradiction(&RULE, "assessed.scores", text).person(id));
            }
        }
        Ok(out)
    }
}

impl AssessedScore {
    fn bars(&self, scheme: &Scheme) -> Result<impl Iterator<Item = String>> {
        let found = scheme.grades.iter().position(|g| g.name.code == self.grade);
        let grade = found.and_then(|at| u8::try_from(at).ok());
        if grade.is_none() && self.grade != scheme.ungraded.code {
            let known = scheme.grades.iter().map(|g| g.name.code.as_str());
            let known = known.chain([scheme.ungraded.code.as_str()]);
            return Err(unknown_term(("等次", "grade"), &self.grade, known)
                .rule(RULE.id())
                .field("assessed.scores"));
        }
        let vetoes = self.vetoes.iter().map(|v| v.veto.clone());
        Ok(below_best(scheme, grade).into_iter().chain(vetoes))
    }
}

static UNIT: Term = Term::new("unit", "单位", "unit");
static SEQUENCE: Term = Term::new("sequence", "序列", "sequence");
static SCHEME: Term = Term::new("scheme", "考核方案", "scheme");
static SCORE: Term = Term::new("score", "得分", "score");

/// Returns the candidates: people as they are told of, with what their scores say.
///
/// # Errors
///
/// `MissingFact` for a person without score or unit, and for one with a score who is not told of;
/// `ContradictoryFacts` where a person is told of otherwise than scored, where the scores are of another
/// period, or where a subject has two; `UnknownTerm` for a scheme or a grade that the place does not have.
pub(super) fn people(
    told: Vec<Person>,
    assessed: Option<(&Assessed, &Schemes)>,
    month: Month,
) -> Result<Vec<Candidate>> {
    let scores = match assessed {
        Some((answer, schemes)) => answer.by_subject(schemes, month)?,
        None => BTreeMap::new(),
    };
    let ids: BTreeSet<&str> = told.iter().map(|p| p.id.as_str()).collect();
    let mut servants = scores.iter().filter(|(_, (_, scheme))| civil_servant(scheme.subject));
    if let Some((left_out, _)) = servants.find(|(id, _)| !ids.contains(*id)) {
        return Err(refusal::missing(&RULE, "standing").field("people").person(*left_out));
    }
    let candidate = |person: Person| {
        let Some((score, scheme)) = scores.get(person.id.as_str()) else {
            return person.candidate(None);
        };
        if !civil_servant(scheme.subject) {
            let kind = scheme.subject;
            let zh = format!("考核对象类别为{}，不占优秀名额", kind.zh());
            let en = format!("scored as {}, which has no quota", kind.en());
            return Err(refusal::contradiction(&RULE, "people", (zh, en)).person(person.id));
        }
        person.candidate(Some((score, scheme)))
    };
    told.into_iter().map(candidate).collect()
}

impl Person {
    fn candidate(self, scored: Option<(&AssessedScore, &Scheme)>) -> Result<Candidate> {
        let Self { id, unit, sequence, scheme, score, standing, mut bars, keys } = self;
        let text = |label: Option<&Label>| label.map(ToString::to_string);
        let of = scored.map(|(score, _)| score);
        let unit = agreed(&UNIT, &id, unit, text(of.and_then(|s| s.unit.as_ref())))?;
        let sequence =
            agreed(&SEQUENCE, &id, sequence, text(of.and_then(|s| s.sequence.as_ref())))?;
        let scheme = agreed(&SCHEME, &id, scheme, of.map(|s| s.scheme.clone()))?;
        let score = agreed(&SCORE, &id, score, of.map(|s| s.total.rate()))?;
        if let Some((score, scheme)) = scored {
            bars.extend(score.bars(scheme).map_err(|e| e.person(id.as_str()))?);
        }
        let lacks = |fact: &'static str| {
            refusal::missing(&RULE, fact).field(format!("people.{fact}")).person(id.as_str())
        };
        Ok(Candidate {
            unit: unit.ok_or_else(|| lacks(UNIT.code))?,
            score: score.ok_or_else(|| lacks(SCORE.code))?,
            id,
            sequence,
            scheme,
            standing,
            bars,
            keys,
        })
    }
}

/// Returns what is known of a person, where both who know say the same.
fn agreed<T: PartialEq + ToString>(
    fact: &Term,
    id: &str,
    told: Option<T>,
    scored: Option<T>,
) -> Result<Option<T>> {
    match (told, scored) {
        (Some(told), Some(scored)) if told != scored => {
            let (told, scored) = (shown(&told.to_string()), shown(&scored.to_string()));
            let zh = format!("{}录入为 {told}，考核结果为 {scored}", fact.zh);
            let en = format!("the {} is stated as {told}, and is {scored} in the scores", fact.en);
            let error = refusal::contradiction(&RULE, "people", (zh, en));
            Err(error.field(format!("people.{}", fact.code)).person(id))
        }
        (told, scored) => Ok(scored.or(told)),
    }
}
