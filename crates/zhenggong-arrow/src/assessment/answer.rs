//! The answer to a question about the rows of tables: all its tables at once.

use arrow_array::RecordBatch;
use serde_json::Value as Json;
use zhenggong::{
    Engine, Result,
    assessment::{Event, Inquiry, Subject},
    derivation::Language,
};

use super::{difference_table, error_table, ranking_table, score_table, sheet_table, trail_table};

/// The answer to a question about subjects and events, as JSON and as tables.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Assessed {
    /// The answer of the rule `assessment.score`, with trail and ranking.
    pub value: Json,
    /// Of [`score_table`].
    pub scores: RecordBatch,
    /// Of [`sheet_table`].
    pub sheets: RecordBatch,
    /// Of [`trail_table`].
    pub trail: RecordBatch,
    /// Of [`ranking_table`].
    pub ranking: RecordBatch,
    /// Of [`error_table`]; without rows unless errors are reported.
    pub errors: RecordBatch,
    /// Of [`difference_table`], where something was compared.
    pub difference: Option<RecordBatch>,
}

impl Assessed {
    /// Scores subjects.
    ///
    /// # Errors
    ///
    /// Those of [`Inquiry::ask`].
    pub fn of(
        engine: &Engine,
        subjects: &[Subject],
        events: &[Event],
        inquiry: &Inquiry,
        language: Language,
    ) -> Result<Self> {
        inquiry.ask(engine, subjects, events, |scored, differences| {
            let difference = inquiry.compares().then(|| difference_table(differences, language));
            Ok(Self {
                value: scored.to_json(),
                scores: score_table(scored, language)?,
                sheets: sheet_table(scored, language)?,
                trail: trail_table(scored, language)?,
                ranking: ranking_table(scored, language)?,
                errors: error_table(scored, language)?,
                difference: difference.transpose()?,
            })
        })
    }
}
