//! What the catalogue knows of a rule.

use std::{any::Any, sync::Arc};

use serde_json::Value as Json;

use super::{Evaluator, FieldSpec, Fields};
use crate::{Result, schema, vocabulary::Term};

/// An input of a rule, for the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct InputSpec {
    /// Key in the JSON input, with its names.
    pub term: Term,
    /// What is written there: `money`, `date`, `police-rank` …
    pub form: &'static str,
    /// Whether the rule always needs it.
    pub required: bool,
}

impl InputSpec {
    /// Makes an input that the rule always needs.
    #[must_use]
    pub const fn required(term: Term, form: &'static str) -> Self {
        Self { term, form, required: true }
    }

    /// Makes an input that the rule needs in some cases only.
    #[must_use]
    pub const fn optional(term: Term, form: &'static str) -> Self {
        Self { term, form, required: false }
    }
}

/// The parameters of a rule: plain typed values that a snapshot makes from policy data.
pub trait Parameters: Any + Send + Sync + Sized {
    /// Returns the rule that the parameters belong to.
    fn rule() -> &'static RuleInfo;

    /// Makes the parameters from the fields in force.
    ///
    /// # Errors
    ///
    /// A policy error for a field that is missing, or for values that do not fit together.
    fn resolve(fields: &Fields<'_>) -> Result<Self>;
}

/// A rule in the catalogue.
pub struct RuleInfo {
    /// Id and names.
    pub term: Term,
    /// What it computes, in one sentence each.
    pub about: Term,
    /// The policy fields it reads; empty for a rule without policy data.
    pub fields: &'static [FieldSpec],
    /// The inputs of [`Engine::evaluate`](crate::Engine::evaluate), besides the month.
    pub inputs: &'static [InputSpec],
    /// What comes back.
    pub output: &'static str,
    /// Makes the parameters.
    pub resolve: fn(&Fields<'_>) -> Result<Arc<dyn Any + Send + Sync>>,
    /// Runs the rule on a typed input that comes from JSON; its schemas come from the types.
    pub(crate) evaluate: &'static dyn Evaluator,
}

impl std::fmt::Debug for RuleInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.term.code)
    }
}

impl RuleInfo {
    /// Says in each language which field of this rule an error is about.
    #[cold]
    pub(crate) fn named(&self, error: crate::Error, key: &str) -> crate::Error {
        let (zh, en) = (self.term.zh, self.term.en);
        error.arg_in("value", format!("{zh} {key}"), format!("{en} {key}"))
    }

    /// Returns the id of the rule.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.term.code
    }

    /// Returns the JSON Schema of the input of [`Engine::evaluate`](crate::Engine::evaluate): the month
    /// and the inputs of the rule.
    #[must_use]
    pub fn input_schema(&self) -> Json {
        schema::rule_input(self)
    }

    /// Returns the JSON Schema of the value that [`Engine::evaluate`](crate::Engine::evaluate) gives.
    #[must_use]
    pub fn output_schema(&self) -> Json {
        schema::rule_output(self)
    }
}

/// Makes the `resolve` entry of a rule from its parameter type.
///
/// # Errors
///
/// Those of the parameter type.
pub(crate) fn resolve_as<P: Parameters>(fields: &Fields<'_>) -> Result<Arc<dyn Any + Send + Sync>> {
    Ok(Arc::new(P::resolve(fields)?))
}
