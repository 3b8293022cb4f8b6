//! How the catalogue runs a rule and describes its input and output.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

use super::Snapshot;
use crate::{Error, ErrorCode, Result, derivation::Recorder, person::from_json};

/// A rule as a function from a typed input to a typed output. The type that is read is the type that
/// its schema describes, so the two can't differ.
pub(crate) struct Evaluate<I, O>(pub(crate) fn(&Snapshot, I, &mut Recorder) -> Result<O>);

/// A rule without its types, as [`RuleInfo`](super::RuleInfo) keeps it.
pub(crate) trait Evaluator: Send + Sync {
    /// Reads the input, runs the rule, and writes its output.
    fn run(&self, snapshot: &Snapshot, input: &Json, t: &mut Recorder) -> Result<Json>;

    /// Returns the schema of the input, without the month that every rule takes.
    fn input(&self, generator: &mut SchemaGenerator) -> Schema;

    /// Returns the schema of the output.
    fn output(&self, generator: &mut SchemaGenerator) -> Schema;
}

impl<I: DeserializeOwned + JsonSchema, O: Serialize + JsonSchema> Evaluator for Evaluate<I, O> {
    fn run(&self, snapshot: &Snapshot, input: &Json, t: &mut Recorder) -> Result<Json> {
        let output = (self.0)(snapshot, from_json(input)?, t)?;
        serde_json::to_value(output).map_err(|e| Error::new(ErrorCode::Internal).arg("detail", e))
    }

    fn input(&self, generator: &mut SchemaGenerator) -> Schema {
        generator.root_schema_for::<I>()
    }

    fn output(&self, generator: &mut SchemaGenerator) -> Schema {
        generator.root_schema_for::<O>()
    }
}
