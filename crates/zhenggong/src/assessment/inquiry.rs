//! A question whose subjects and events come as lists of their own, such as the rows of tables: all
//! the rest of it, and its answer.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value as Json;

use super::{
    AssessOptions, Assessment, Difference, Event, Ledger, OnError, Order, Period, PeriodKind,
    Published, Schemes, Side, Subject, assess, compare, compare_published,
    event::optional_date,
    rescore::{as_tried, concerns_somebody, inside_either, names_in, with_weights},
};
use crate::{Error, ErrorCode, Result, calendar::Month, engine::Engine, person::from_json};

/// What is asked of subjects and events that are given apart: the period, and perhaps what to compare
/// with. At most one comparison is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Inquiry {
    /// The month; of a longer period any month.
    pub month: Month,
    /// The kind of period; a month where it is not said.
    #[serde(default)]
    pub period: Option<PeriodKind>,
    /// Orders of peacetime and wartime.
    #[serde(default)]
    pub orders: Vec<Order>,
    /// The schemes to use, where the place has several for one kind of subject.
    #[serde(default)]
    pub schemes: Vec<String>,
    /// Only what was known on this day counts.
    #[serde(default, deserialize_with = "optional_date")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub known_on: Option<NaiveDate>,
    /// What happens with bad subjects and events.
    #[serde(default)]
    pub on_error: OnError,
    /// Whether events outside the period are passed over, as in a list of a year; errors otherwise.
    #[serde(default)]
    pub other_periods: bool,
    /// Compare with these scores: totals by subject, or records with grade, coefficient and sheets.
    #[serde(default)]
    pub published: Option<Published>,
    /// Compare with what was known on this day.
    #[serde(default, deserialize_with = "optional_date")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub published_on: Option<NaiveDate>,
    /// Compare with an earlier period of the same kind; the events are then those of both.
    #[serde(default)]
    pub earlier: Option<Period>,
    /// Try these schemes instead.
    #[serde(default)]
    pub other_schemes: Option<Vec<String>>,
    /// Try these weights, by scheme and sheet or item.
    #[serde(default)]
    pub weights: Option<BTreeMap<String, BTreeMap<String, String>>>,
}

impl Inquiry {
    /// Returns the question of a month, with nothing to compare.
    #[must_use]
    pub const fn new(month: Month) -> Self {
        Self {
            month,
            period: None,
            orders: Vec::new(),
            schemes: Vec::new(),
            known_on: None,
            on_error: OnError::Raise,
            other_periods: false,
            published: None,
            published_on: None,
            earlier: None,
            other_schemes: None,
            weights: None,
        }
    }

    /// Reads a question from JSON: the keys of the rule `assessment.score` but for `subjects`, `events`
    /// and `show`, and those of the comparisons.
    ///
    /// # Errors
    ///
    /// An input error that names the field.
    pub fn from_value(json: &Json) -> Result<Self> {
        from_json(json)
    }

    /// Scores subjects, and hands scores and differences to `show`, whose answer comes back.
    ///
    /// Scores are those of the rule `assessment.score`. Differences are those of `assessment.rescore`
    /// for `published` and `published_on`, of `assessment.difference` for `earlier`, and of
    /// `assessment.what-if` for `other_schemes` and `weights`; none where nothing is compared.
    ///
    /// # Errors
    ///
    /// Those of the rules, for the first subject that can't be scored; `ContradictoryFacts` where two
    /// comparisons are asked for. Where errors are reported, those of subjects and events stand in the
    /// assessment, with those of [`Assessment::comparison_errors`], and who has one is in no difference.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::assessment::{Inquiry, Published, PublishedScore, Subject, SubjectKind};
    /// use zhenggong::{Engine, calendar::Month, person::Label, policy::Pack};
    /// let pack = Pack::example("teaching-example").expect("built in");
    /// let engine = Engine::builder().packs(Pack::national()).pack(pack).build()?;
    /// let subjects = [Subject::new(Label::new("A1")?, SubjectKind::Auxiliary)];
    /// let mut inquiry = Inquiry::new(Month::new(2025, 3)?);
    /// inquiry.published =
    ///     Some(Published::new(vec![PublishedScore::new(Label::new("A1")?, "90".parse()?)]));
    /// let (total, change) = inquiry.ask(&engine, &subjects, &[], |scored, differences| {
    ///     Ok((scored.scores()[0].total, differences[0].change()))
    /// })?;
    /// assert_eq!((total.to_string(), change), ("100.00".to_owned(), Some("10".parse()?)));
    /// # Ok::<(), zhenggong::Error>(())
    /// ```
    pub fn ask<T>(
        &self,
        engine: &Engine,
        subjects: &[Subject],
        events: &[Event],
        show: impl FnOnce(&Assessment<'_>, &[Difference]) -> Result<T>,
    ) -> Result<T> {
        let told = |e: Error| if e.month_of().is_some() { e } else { e.month(self.month) };
        self.one_comparison().map_err(told)?;
        let snapshot = engine.snapshot(self.month)?;
        let (schemes, period) =
            super::request::in_force(&snapshot, self.period.unwrap_or(PeriodKind::Month))
                .map_err(told)?;
        let ask = || {
            let ledger = Ledger::with(subjects, events, self.known_on, self.on_error)?;
            let mut options = AssessOptions {
                schemes: self.schemes.clone(),
                orders: self.orders.clone(),
                other_periods: self.other_periods || self.earlier.is_some(),
            };
            if let Some(earlier) = self.earlier {
                let then = engine.snapshot(earlier.last_month())?;
                options.schemes = names_in(&self.schemes, schemes, then.get()?);
            }
            let mut now = whole(&ledger, schemes, period, &options)?;
            let differences = if let Some(published) = &self.published {
                compare_published(published, &now)?
            } else if let Some(day) = self.published_on {
                super::rescore::not_before(day, self.known_on)?;
                let then = Ledger::with(subjects, events, Some(day), self.on_error)?;
                let before = whole(&then, schemes, period, &options)?;
                now.keep_errors_of(&before, Side::Before);
                compare(&before, &now)
            } else if let Some(earlier) = self.earlier {
                super::rescore::check_earlier(earlier, period)?;
                // Each period goes by the schemes of its own time.
                let then = engine.snapshot(earlier.last_month())?;
                let before = AssessOptions {
                    schemes: names_in(&self.schemes, then.get()?, schemes),
                    ..options.clone()
                };
                let mut before = whole(&ledger, then.get()?, earlier, &before)
                    .map_err(|e| e.month(earlier.last_month()))?;
                if !self.other_periods {
                    inside_either(&ledger, &mut before, &mut now)?;
                }
                now.keep_errors_of(&before, Side::Before);
                compare(&before, &now)
            } else if self.other_schemes.is_some() || self.weights.is_some() {
                let other = self.other_schemes.as_deref();
                concerns_somebody(schemes, ledger.subjects(), other, self.weights.as_ref())?;
                let changed = with_weights(schemes, self.weights.as_ref())?;
                if let Some(other) = &self.other_schemes {
                    options.schemes.clone_from(other);
                }
                let after = whole(&ledger, &changed, period, &options)
                    .map_err(|e| as_tried(e, &self.other_schemes))?;
                now.keep_errors_of(&after, Side::After);
                compare(&now, &after)
            } else {
                Vec::new()
            };
            show(&now, &differences)
        };
        ask().map_err(told)
    }

    /// Returns whether anything is compared.
    #[must_use]
    pub const fn compares(&self) -> bool {
        self.published.is_some()
            || self.published_on.is_some()
            || self.earlier.is_some()
            || self.other_schemes.is_some()
            || self.weights.is_some()
    }

    fn one_comparison(&self) -> Result<()> {
        let asked: Vec<&str> = [
            ("published", self.published.is_some()),
            ("published_on", self.published_on.is_some()),
            ("earlier", self.earlier.is_some()),
            ("other_schemes", self.other_schemes.is_some() || self.weights.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, asked)| asked.then_some(name))
        .collect();
        match asked.as_slice() {
            [one, other, ..] => Err(Error::new(ErrorCode::ContradictoryFacts)
                .arg_in(
                    "detail",
                    format!("{one} 与 {other} 只写一项"),
                    format!("either {one} or {other}"),
                )
                .field(*other)),
            _ => Ok(()),
        }
    }
}

/// Returns an assessment in which everybody could be scored, unless errors are reported.
pub(super) fn whole<'a>(
    ledger: &'a Ledger<'a>,
    schemes: &'a Schemes,
    period: Period,
    options: &AssessOptions,
) -> Result<Assessment<'a>> {
    let assessment = assess(ledger, schemes, period, options, true)?;
    match assessment.errors().first() {
        Some(error) if !ledger.reports() => Err(error.clone()),
        _ => Ok(assessment),
    }
}

impl Assessment<'_> {
    /// Returns the answer as JSON, as the rule `assessment.score` gives it with all that it can show.
    #[must_use]
    pub fn to_json(&self) -> Json {
        super::answer::json(&self.answer(true, true))
    }
}
