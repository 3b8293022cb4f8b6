//! The front door: packs, place, evidence and known-on date, and the questions that can be asked.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use crate::{
    Error, ErrorCode, Result,
    calendar::Month,
    catalogue,
    derivation::{Derivation, DerivationJson, Recorder},
    error::Finding,
    policy::{Evidence, Layer, LintError, Pack, PolicyBook, Query, Snapshot},
    schema,
};

/// Computes with one book of packs, for one place. Immutable; any number of threads may use it.
///
/// # Examples
///
/// ```
/// use serde_json::json;
/// use zhenggong::{Engine, policy::Pack};
/// let engine = Engine::builder().packs(Pack::national()).build()?;
/// let input = json!({ "month": "2016-03", "ranks": [{ "from": "2014-07-01", "rank": "三级警司" }] });
/// let answer = engine.evaluate("allowance.police-rank", &input)?;
/// assert_eq!(answer.value(), "660.00");
/// # Ok::<(), zhenggong::Error>(())
/// ```
#[derive(Debug)]
pub struct Engine {
    book: PolicyBook,
    place: String,
    accept: Evidence,
    known_on: Option<NaiveDate>,
    // Snapshots by month: made on demand, kept, never changed.
    snapshots: Mutex<BTreeMap<Month, Arc<Snapshot>>>,
}

/// Collects what an [`Engine`] needs.
#[derive(Debug, Clone)]
pub struct EngineBuilder {
    packs: Vec<Pack>,
    place: Option<String>,
    accept: Evidence,
    known_on: Option<NaiveDate>,
}

/// The answer of one rule: its value, and why.
#[derive(Debug, Clone)]
pub struct Evaluation {
    value: Json,
    derivation: Derivation,
}

/// 规则计算结果. The answer of one rule: its value, and why.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Evaluation")]
pub(crate) struct EvaluationJson<'a> {
    /// 结果，见该规则的 output. The value, as the output schema of the rule says.
    value: &'a Json,
    /// 所用标准的最弱证据. The weakest evidence of all policy values used.
    evidence: Option<Evidence>,
    /// 计算过程. Why.
    derivation: DerivationJson<'a>,
}

impl Evaluation {
    /// Returns the value, as the rule's catalogue entry describes it.
    #[must_use]
    pub fn value(&self) -> &Json {
        &self.value
    }

    /// Returns why the value is what it is.
    #[must_use]
    pub fn derivation(&self) -> &Derivation {
        &self.derivation
    }

    /// Returns value, weakest evidence and derivation as JSON.
    #[must_use]
    pub fn to_json(&self) -> Json {
        schema::written(&EvaluationJson {
            value: &self.value,
            evidence: self.derivation.weakest_evidence(),
            derivation: self.derivation.json(),
        })
    }
}

impl EngineBuilder {
    /// Adds a pack.
    #[must_use]
    pub fn pack(mut self, pack: Pack) -> Self {
        self.packs.push(pack);
        self
    }

    /// Adds packs.
    #[must_use]
    pub fn packs(mut self, packs: impl IntoIterator<Item = Pack>) -> Self {
        self.packs.extend(packs);
        self
    }

    /// Sets the place by the id of its pack; without it the place of the last
    /// pack below the nation is used, or the nation.
    #[must_use]
    pub fn place(mut self, id: impl Into<String>) -> Self {
        self.place = Some(id.into());
        self
    }

    /// Sets the weakest evidence that is accepted; without it `secondary`.
    #[must_use]
    pub fn accept(mut self, weakest: Evidence) -> Self {
        self.accept = weakest;
        self
    }

    /// Lets only that count which was issued by this day.
    #[must_use]
    pub fn known_on(mut self, day: Option<NaiveDate>) -> Self {
        self.known_on = day;
        self
    }

    /// Makes the engine.
    ///
    /// # Errors
    ///
    /// [`LintError`] with all findings where a pack is broken or packs do not fit together, or with the one
    /// that no pack of the place is loaded: `UnknownPlace`, in line 0 of no file, with the places there are.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::{Engine, policy::Pack};
    /// let error = Engine::builder().packs(Pack::national()).place("atlantis").build().unwrap_err();
    /// assert!(error.to_string().contains("Known are: national."));
    /// ```
    pub fn build(self) -> std::result::Result<Engine, LintError> {
        // A further national pack adds values; it does not move the place.
        let local = self.packs.iter().rev().find(|p| p.layer() != Layer::National);
        let default = local.or(self.packs.last()).map(|p| p.id().to_owned());
        let place = self.place.or(default);
        let book = PolicyBook::new(self.packs);
        book.check()?;
        if let Some(Err(error)) = place.as_deref().map(|id| book.chain(id)) {
            return Err(LintError { findings: vec![Finding::error("", (0, 0), error)] });
        }
        Ok(Engine {
            book,
            place: place.unwrap_or_default(),
            accept: self.accept,
            known_on: self.known_on,
            snapshots: Mutex::default(),
        })
    }
}

impl Engine {
    /// Starts an engine without packs; add [`Pack::national`] and those of the place.
    #[must_use]
    pub fn builder() -> EngineBuilder {
        EngineBuilder {
            packs: Vec::new(),
            place: None,
            accept: Evidence::Secondary,
            known_on: None,
        }
    }

    /// Returns the book.
    #[must_use]
    pub fn book(&self) -> &PolicyBook {
        &self.book
    }

    /// Returns the id of the place.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Returns the weakest evidence that is accepted.
    #[must_use]
    pub fn accepted_evidence(&self) -> Evidence {
        self.accept
    }

    /// Returns the known-on date.
    #[must_use]
    pub fn known_on(&self) -> Option<NaiveDate> {
        self.known_on
    }

    /// Returns the snapshot of a month; it is made once and kept.
    ///
    /// # Errors
    ///
    /// `UnknownPlace` where no pack of the place is loaded.
    pub fn snapshot(&self, month: Month) -> Result<Arc<Snapshot>> {
        let mut kept = self.snapshots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(snapshot) = kept.get(&month) {
            return Ok(snapshot.clone());
        }
        let query = Query {
            place: self.place.clone(),
            month,
            known_on: self.known_on,
            accept: self.accept,
        };
        let snapshot = Arc::new(self.book.snapshot(&query)?);
        kept.insert(month, snapshot.clone());
        Ok(snapshot)
    }

    /// Runs one rule on a JSON input. Every input has `month`; the other keys are the rule's, as its
    /// catalogue entry lists them.
    ///
    /// # Errors
    ///
    /// `UnknownRule`, input errors that name the field, and the errors of the rule.
    pub fn evaluate(&self, rule: &str, input: &Json) -> Result<Evaluation> {
        self.evaluate_owned(rule, input.clone())
    }

    /// Runs one rule like [`evaluate`](Self::evaluate), on an input that is given away, so that nothing of it is
    /// copied: the events of a year may be many.
    ///
    /// # Errors
    ///
    /// As for [`evaluate`](Self::evaluate).
    pub fn evaluate_owned(&self, rule: &str, input: Json) -> Result<Evaluation> {
        let info = catalogue::rule(rule).ok_or_else(|| {
            Error::new(ErrorCode::UnknownRule).arg("rule", crate::error::shown(rule))
        })?;
        let mut input = match input {
            Json::Object(map) => map,
            _ => {
                return Err(Error::new(ErrorCode::InvalidInput)
                    .arg_both("detail", "需要 JSON 对象 / a JSON object is needed")
                    .rule(info.id()));
            }
        };
        let month = match input.shift_remove("month") {
            Some(Json::String(text)) => Month::parse(&text).map_err(|e| e.field("month"))?,
            Some(other) => {
                return Err(Error::new(ErrorCode::InvalidMonth)
                    .arg("value", crate::error::shown(&other.to_string()))
                    .field("month")
                    .rule(info.id()));
            }
            None => {
                return Err(Error::new(ErrorCode::MissingFact)
                    .arg("fact", "month")
                    .field("month")
                    .rule(info.id()));
            }
        };
        let snapshot = self.snapshot(month)?;
        let mut trace = Recorder::new();
        let value = info
            .evaluate
            .run(&snapshot, &|month| self.snapshot(month), &Json::Object(input), &mut trace)
            .map_err(|e| e.rule(info.id()).month(month))?;
        Ok(Evaluation { value, derivation: trace.derivation(snapshot) })
    }
}
