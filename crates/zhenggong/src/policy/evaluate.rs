//! How the catalogue runs a rule and describes its input and output.

use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

use super::Snapshot;
use crate::{Error, ErrorCode, Result, calendar::Month, derivation::Recorder, person::from_json};

/// A rule as a function from a typed input to a typed output. The type that is read is the type that
/// its schema describes, so the two can't differ.
pub(crate) struct Evaluate<I, O>(pub(crate) fn(&Snapshot, I, &mut Recorder) -> Result<O>);

/// Returns the snapshot of another month of the same place.
pub(crate) type Months<'m> = dyn Fn(Month) -> Result<Arc<Snapshot>> + 'm;

/// A rule that reads its input in a way of its own, and what holds in another month as well.
pub(crate) struct EvaluateMonths<I, O>(
    pub(crate) fn(&Json) -> Result<I>,
    pub(crate) fn(&Snapshot, &Months<'_>, I, &mut Recorder) -> Result<O>,
);

/// A rule that reads its input in a way of its own.
pub(crate) struct ReadAndEvaluate<I, O>(
    pub(crate) fn(&Json) -> Result<I>,
    pub(crate) fn(&Snapshot, I, &mut Recorder) -> Result<O>,
);

/// A rule without its types, as [`RuleInfo`](super::RuleInfo) keeps it.
pub(crate) trait Evaluator: Send + Sync {
    /// Reads the input, runs the rule, and writes its output.
    fn run(
        &self,
        snapshot: &Snapshot,
        months: &Months<'_>,
        input: &Json,
        t: &mut Recorder,
    ) -> Result<Json>;

    /// Returns the schema of the input, without the month that every rule takes.
    fn input(&self, generator: &mut SchemaGenerator) -> Schema;

    /// Returns the schema of the output.
    fn output(&self, generator: &mut SchemaGenerator) -> Schema;
}

macro_rules! evaluator {
    ($kind:ident, |$rule:ident, $snapshot:ident, $months:ident, $input:ident, $t:ident| $run:expr) => {
        impl<I: DeserializeOwned + JsonSchema, O: Serialize + JsonSchema> Evaluator
            for $kind<I, O>
        {
            fn run(
                &self,
                $snapshot: &Snapshot,
                $months: &Months<'_>,
                $input: &Json,
                $t: &mut Recorder,
            ) -> Result<Json> {
                let $rule = self;
                let output = $run?;
                serde_json::to_value(output)
                    .map_err(|e| Error::new(ErrorCode::Internal).arg("detail", e))
            }

            fn input(&self, generator: &mut SchemaGenerator) -> Schema {
                generator.root_schema_for::<I>()
            }

            fn output(&self, generator: &mut SchemaGenerator) -> Schema {
                generator.root_schema_for::<O>()
            }
        }
    };
}

evaluator!(Evaluate, |rule, snapshot, _months, json, t| rule.0(snapshot, from_json(json)?, t));
evaluator!(EvaluateMonths, |rule, snapshot, months, json, t| {
    rule.1(snapshot, months, (rule.0)(json)?, t)
});
evaluator!(ReadAndEvaluate, |rule, snapshot, _months, json, t| {
    rule.1(snapshot, (rule.0)(json)?, t)
});
