//! What a month's assessment gives to other rules: the bonus coefficient of the same month.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Deserialize;
use serde_json::Value as Json;

use super::{Assessment, Period, PeriodKind};
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
    coefficients: BTreeMap<String, Result<Rate>>,
}

impl AssessmentMonth {
    /// Starts the coefficients of a month; nobody has one.
    #[must_use]
    pub fn new(month: Month) -> Self {
        Self { month, coefficients: BTreeMap::new() }
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
            let coefficient = score.coefficient.ok_or_else(|| {
                let grade = entry.scheme.grade_name(score.grade);
                let scheme = &entry.scheme.name.code;
                Error::new(ErrorCode::NeedsDecision)
                    .arg_in(
                        "question",
                        format!("“{}”的奖金系数，方案 {scheme} 未定", grade.zh),
                        format!("the bonus coefficient of {}, left open by {scheme}", grade.code),
                    )
                    .field("coefficient")
            });
            out.coefficients.insert(subject.id.to_string(), coefficient);
        }
        for error in assessment.errors() {
            if let Some(person) = error.person_id() {
                out.coefficients.entry(person.to_owned()).or_insert_with(|| Err(error.clone()));
            }
        }
        Ok(out)
    }

    /// Returns the coefficients of an answer of the rule `assessment.score`, as every binding has it. Whom
    /// its errors name keeps that as an error.
    ///
    /// # Errors
    ///
    /// An input error that names the field, `NotApplicable` where the answer is not one of a month.
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
        for score in answer.scores {
            if let Some(coefficient) = score.coefficient {
                out.set(score.subject.as_str(), coefficient);
            }
        }
        for error in answer.errors {
            let Some(person) = error.person else { continue };
            let why = Error::new(ErrorCode::InvalidInput)
                .arg_in(
                    "detail",
                    format!("当月考核未计分（{}）", error.zh),
                    format!("not scored in the month's assessment ({})", error.en),
                )
                .field("assessment");
            out.coefficients.entry(person).or_insert(Err(why));
        }
        Ok(out)
    }

    /// Sets the coefficient of a person.
    pub fn set(&mut self, person: impl Into<String>, coefficient: Rate) {
        self.coefficients.insert(person.into(), Ok(coefficient));
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
        self.coefficients.get(person).cloned().transpose()
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
        let Some(Ok(coefficient)) = self.coefficients.get(person) else {
            return Ok(());
        };
        let (own, planned) = match facts.kind() {
            PersonKind::Officer => (PayItem::BasePerformanceAward, false),
            PersonKind::Auxiliary => (PayItem::AuxiliaryPerformance, plan.pays_by_coefficient()),
        };
        let stated = |item| facts.stated(item).is_some();
        if planned || stated(own) || stated(PayItem::OtherEarning) {
            return Ok(());
        }
        Err(not_carried(*coefficient, own))
    }

    /// Returns the facts of a person with the coefficient of the assessment. A person without one keeps
    /// the facts as they are.
    ///
    /// # Errors
    ///
    /// `ContradictoryFacts` where the roster states another coefficient, or that there is none; the error
    /// that kept the person from being scored.
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

/// What is read of an answer; the rest of it is for people.
#[derive(Deserialize)]
struct Answer {
    period: Period,
    scores: Vec<AnswerScore>,
    #[serde(default)]
    errors: Vec<AnswerError>,
}

#[derive(Deserialize)]
struct AnswerError {
    #[serde(default)]
    person: Option<String>,
    zh: String,
    en: String,
}

#[derive(Deserialize)]
struct AnswerScore {
    subject: Label,
    #[serde(default)]
    coefficient: Option<Rate>,
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
