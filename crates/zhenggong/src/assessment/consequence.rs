//! What a month's assessment gives to other rules: the bonus coefficient of the same month.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use serde::Deserialize;
use serde_json::Value as Json;

use super::{Aspect, Assessment, OpenDecision, Period, PeriodKind, answered::NotScored};
use crate::{
    Error, ErrorCode, Result,
    calendar::Month,
    number::Rate,
    person::{Fact, Facts, Label, PersonMonth},
    settlement::MonthPlan,
    vocabulary::{PayItem, PersonKind, Vocabulary},
};

/// The coefficients that the assessment of a month gives, for the month run of the same month.
///
/// A roster that states another coefficient contradicts the assessment; that is an error of the row, and
/// neither of the two wins silently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentMonth {
    month: Month,
    given: BTreeMap<String, Given>,
}

/// What the assessment says of a person's coefficient.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Given {
    /// This one.
    Is(Rate),
    /// The scheme leaves it to a decision, which the roster can state.
    Open(Error),
    /// The person could not be scored.
    Failed(Error),
}

impl AssessmentMonth {
    /// Starts the coefficients of a month; nobody has one.
    #[must_use]
    pub fn new(month: Month) -> Self {
        Self { month, given: BTreeMap::new() }
    }

    /// Returns the coefficients of an assessment: of every subject whose scheme gives one. A subject that
    /// could not be scored, or whose result the scheme leaves open, keeps that as its error.
    ///
    /// # Errors
    ///
    /// `NotApplicable` where the assessment is not one of a month.
    pub fn of(assessment: &Assessment<'_>) -> Result<Self> {
        let period = assessment.period();
        if period.kind() != PeriodKind::Month {
            return Err(not_a_month(period));
        }
        let mut out = Self::new(period.first_month());
        for score in assessment.scores() {
            let (Some(subject), Some(entry)) =
                (assessment.subject(score), assessment.scheme(score))
            else {
                continue;
            };
            if entry.scheme.bonus.is_none() {
                continue;
            }
            let given = match (score.coefficient, assessment.open(score)) {
                (Some(coefficient), _) => Given::Is(coefficient),
                (None, Some(open)) => Given::Open(open.error().field("coefficient")),
                (None, None) => continue,
            };
            out.given.insert(subject.id.to_string(), given);
        }
        for error in assessment.errors() {
            if let Some(person) = error.person_id() {
                let failed = || Given::Failed(error.clone());
                out.given.entry(person.to_owned()).or_insert_with(failed);
            }
        }
        Ok(out)
    }

    /// Returns the coefficients of an answer of the rule `assessment.score`, as every binding has it. Whom
    /// its errors name keeps that as an error, and so does who has something `open`, until somebody writes the
    /// `coefficient` that was decided into the record or states it on the roster.
    ///
    /// # Errors
    ///
    /// An input error that names the field, `NotApplicable` where the answer is not one of a month,
    /// `ContradictoryFacts` where a subject has two scores.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::assessment::AssessmentMonth;
    /// let answer = serde_json::json!({
    ///     "period": "2025-03", "scores": [{ "subject": "A1", "total": "88.00", "coefficient": "0.8" }],
    /// });
    /// let month = AssessmentMonth::from_answer(&answer)?;
    /// assert_eq!(month.coefficient("A1")?.map(|c| c.to_string()), Some("0.8".to_owned()));
    /// assert_eq!(month.coefficient("A2")?, None);
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    pub fn from_answer(answer: &Json) -> Result<Self> {
        let answer: Answer = crate::person::from_json(answer)?;
        if answer.period.kind() != PeriodKind::Month {
            return Err(not_a_month(answer.period));
        }
        let mut out = Self::new(answer.period.first_month());
        let mut seen = BTreeSet::new();
        for score in answer.scores {
            let person = score.subject.to_string();
            let open = score.open.iter().find(|open| open.what == Aspect::Coefficient);
            // Whoever decided has written the coefficient beside what was open.
            let given = match (score.coefficient, open) {
                (Some(coefficient), _) => Some(Given::Is(coefficient)),
                (None, Some(open)) => Some(Given::Open(open.error().field("coefficient"))),
                (None, None) => None,
            };
            if !seen.insert(person.clone()) {
                return Err(twice().person(person));
            }
            if let Some(given) = given {
                out.given.insert(person, given);
            }
        }
        for error in answer.errors {
            let Some(person) = error.who() else { continue };
            let failed = || Given::Failed(error.error(WHERE).field("assessment"));
            out.given.entry(person.to_owned()).or_insert_with(failed);
        }
        Ok(out)
    }

    /// Sets the coefficient of a person.
    pub fn set(&mut self, person: impl Into<String>, coefficient: Rate) {
        self.given.insert(person.into(), Given::Is(coefficient));
    }

    /// Returns the month.
    #[must_use]
    pub fn month(&self) -> Month {
        self.month
    }

    /// Returns the coefficient of a person, or none where the assessment gives none.
    ///
    /// # Errors
    ///
    /// Why the person could not be scored, or `NeedsDecision` where the scheme leaves it open.
    pub fn coefficient(&self, person: &str) -> Result<Option<Rate>> {
        match self.given.get(person) {
            None => Ok(None),
            Some(Given::Is(coefficient)) => Ok(Some(*coefficient)),
            Some(Given::Open(error) | Given::Failed(error)) => Err(error.clone()),
        }
    }

    /// Checks that a line of the person's pay carries the coefficient of the assessment, so that none is
    /// passed over in silence.
    ///
    /// A performance line of the pay plan carries it for an auxiliary. No national line of an officer's
    /// pay takes it, and a plan can lack such a line: then the roster states the amount by the local
    /// scheme, as 基础绩效奖 (of an auxiliary 辅警绩效工资) or as 其他应发, and a stated 0 says that none is paid.
    ///
    /// # Errors
    ///
    /// `NeedsDecision` where the assessment gives a coefficient and no line carries it. A person whom the
    /// assessment gives none passes.
    pub fn is_carried<F: Facts>(
        &self,
        person: &str,
        facts: &F,
        plan: &MonthPlan<'_>,
    ) -> Result<()> {
        let coefficient = match self.given.get(person) {
            Some(Given::Is(coefficient)) => *coefficient,
            Some(Given::Open(_)) => match facts.coefficient() {
                Fact::Known(decided) => *decided,
                _ => return Ok(()),
            },
            _ => return Ok(()),
        };
        let (own, planned) = match facts.kind() {
            PersonKind::Officer => (PayItem::BasePerformanceAward, false),
            PersonKind::Auxiliary => (PayItem::AuxiliaryPerformance, plan.pays_by_coefficient()),
        };
        let stated = |item| facts.stated(item).is_some();
        if planned || stated(own) || stated(PayItem::OtherEarning) {
            return Ok(());
        }
        Err(not_carried(coefficient, own))
    }

    /// Returns the facts of a person with the coefficient of the assessment. A person without one keeps
    /// the facts as they are. What the assessment leaves to a decision is decided where the roster states the
    /// coefficient.
    ///
    /// # Errors
    ///
    /// `ContradictoryFacts` where the roster states another coefficient, or that there is none; the error
    /// that kept the person from being scored; `NeedsDecision`, with what is to be decided, where the
    /// assessment leaves the coefficient open and the roster states none.
    pub fn apply<'p>(&self, person: &'p PersonMonth) -> Result<Cow<'p, PersonMonth>> {
        match self.completing(person.person.as_str(), person.coefficient.as_ref())? {
            None => Ok(Cow::Borrowed(person)),
            Some(coefficient) => {
                let mut person = person.clone();
                person.coefficient = Fact::Known(coefficient);
                Ok(Cow::Owned(person))
            }
        }
    }

    /// Returns the coefficient that the facts of a person lack, given what they state; none where they
    /// stand as they are.
    ///
    /// # Errors
    ///
    /// Those of [`apply`](Self::apply).
    pub fn completing(&self, person: &str, stated: Fact<&Rate>) -> Result<Option<Rate>> {
        if let (Some(Given::Open(_)), Fact::Known(_)) = (self.given.get(person), &stated) {
            return Ok(None);
        }
        let Some(coefficient) = self.coefficient(person)? else { return Ok(None) };
        match stated {
            Fact::Known(stated) if *stated == coefficient => Ok(None),
            Fact::Known(stated) => {
                let stated = stated.to_string();
                Err(contradiction((&stated, &stated), coefficient))
            }
            Fact::NotApplicable => Err(contradiction(("无", "n/a"), coefficient)),
            Fact::Missing => Ok(Some(coefficient)),
        }
    }
}

#[cold]
fn contradiction(stated: (&str, &str), coefficient: Rate) -> Error {
    Error::new(ErrorCode::ContradictoryFacts)
        .arg_in(
            "detail",
            format!("名册的考核系数为 {}，当月考核结果为 {coefficient}", stated.0),
            format!(
                "the roster has the coefficient {}, and the month's assessment {coefficient}",
                stated.1
            ),
        )
        .field("coefficient")
}

/// Where somebody was not scored.
const WHERE: (&str, &str) = ("当月考核", "the month's assessment");

/// What is read of an answer; the rest of it is for people.
#[derive(Deserialize)]
struct Answer {
    period: Period,
    scores: Vec<AnswerScore>,
    #[serde(default)]
    errors: Vec<NotScored>,
}

#[derive(Deserialize)]
struct AnswerScore {
    subject: Label,
    #[serde(default)]
    coefficient: Option<Rate>,
    #[serde(default)]
    open: Vec<OpenDecision>,
}

#[cold]
fn twice() -> Error {
    Error::new(ErrorCode::ContradictoryFacts)
        .arg_in("detail", "当月考核结果中有两个成绩", "two scores in the month's assessment")
        .field("assessment.scores")
}

#[cold]
fn not_carried(coefficient: Rate, own: PayItem) -> Error {
    let (own, other) = (own.term(), PayItem::OtherEarning.term());
    Error::new(ErrorCode::NeedsDecision)
        .arg_in(
            "question",
            format!(
                "当月考核系数 {coefficient} 由当地方案的哪个工资项目计发；请核定{}或{}",
                own.zh, other.zh
            ),
            format!(
                "which line of the local plan carries the month's coefficient of {coefficient}; state {} \
                 or {}",
                own.en, other.en
            ),
        )
        .field("coefficient")
}

#[cold]
fn not_a_month(period: Period) -> Error {
    Error::new(ErrorCode::NotApplicable).arg_in(
        "detail",
        format!("{period} 不是月度考核"),
        format!("{period} is not the assessment of a month"),
    )
}
