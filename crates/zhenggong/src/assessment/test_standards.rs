//! The standards of other rules that scoring goes by: fitness and days of training.

use super::{FitnessStandard, TrainingDays};
use crate::{Result, policy::Fields};

/// The standards in force beside the schemes, or why there is none.
#[derive(Debug, Clone)]
pub(super) struct TestStandards {
    pub(super) fitness: Result<FitnessStandard>,
    pub(super) training: Result<TrainingDays>,
}

impl TestStandards {
    pub(super) fn of(fields: &Fields<'_>) -> Self {
        Self {
            fitness: fields.beside::<FitnessStandard>().cloned(),
            training: fields.beside::<TrainingDays>().cloned(),
        }
    }
}
