//! The rules of an item: how an event becomes points.

use crate::{
    assessment::{Direction, Points, RuleKind, SubjectKind, WhenMissing},
    number::Rate,
    vocabulary::Vocabulary,
};

/// A rule of an item. Events name it by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRule {
    /// Its place among the names of the scheme.
    pub label: u16,
    /// The item that it belongs to.
    pub item: u16,
    /// Whether it takes points off or adds them.
    pub direction: Direction,
    /// How points arise.
    pub form: RuleForm,
    /// Whether one person's events of one matter count once, at their highest, together with all other
    /// rules so marked.
    pub once_per_matter: bool,
    /// The kinds of subject whose events count for this one too, one bit each.
    pub(in crate::assessment) cascade: u8,
    /// How many units up an event goes under this rule; none for all the way.
    pub levels: Option<u32>,
    /// Points by the role of the subject; none where it goes by `form`.
    pub by_role: Vec<Option<Points>>,
    /// What happens where a measured value was not entered.
    pub missing: WhenMissing,
    /// The clause of the scheme's text, by its place among the names of the scheme.
    pub clause: Option<u16>,
}

impl ItemRule {
    /// Returns whether an event of a subject of this kind also counts for those above it.
    #[must_use]
    pub fn takes_from(&self, kind: SubjectKind) -> bool {
        self.cascade & (1 << kind.index()) != 0
    }

    /// Returns whether the rule has points for an occurrence that do not go by role.
    #[must_use]
    pub(crate) const fn has_points_of_all(&self) -> bool {
        match self.form {
            RuleForm::Fixed(points)
            | RuleForm::PerOccurrence { points, .. }
            | RuleForm::Surcharge { points, .. } => !points.is_zero(),
            _ => false,
        }
    }

    /// Returns whether the rule goes by a value that is measured or rated, and not by occurrences.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        matches!(
            self.form,
            RuleForm::Shortfall { .. }
                | RuleForm::Target(_)
                | RuleForm::Ceiling { .. }
                | RuleForm::Bands(_)
                | RuleForm::Rated { .. }
                | RuleForm::Fitness(_)
                | RuleForm::TrainingDays(_)
        )
    }
}

/// A band of measured values: from this value, below that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The lowest value inside; none where the band is open below.
    pub from: Option<Points>,
    /// The lowest value above; none where the band is open above.
    pub below: Option<Points>,
    /// The points.
    pub points: Points,
}

/// What has to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The same for everyone.
    Constant(Points),
    /// So many for each group of so many people; `whole` counts full groups alone.
    PerHead {
        /// How many for each group.
        units: Points,
        /// The size of a group.
        per: u32,
        /// Whether only full groups count.
        whole: bool,
    },
}

/// How the points rise above a control number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// By these points for each full step of so many percent above the number.
    Percent(Rate, Points),
    /// By these points for each case above the number.
    PerCase(Points),
    /// Not at all.
    None,
}

/// How points arise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleForm {
    /// Once a period, however often it happened.
    Fixed(Points),
    /// For each occurrence, up to a cap.
    PerOccurrence {
        /// For each.
        points: Points,
        /// The most in a period.
        cap: Option<Points>,
    },
    /// For each occurrence, with more where a flag is set.
    Surcharge {
        /// For each.
        points: Points,
        /// What a flag adds: its bit among the flags of the scheme, and the points.
        extra: Vec<(u64, Points)>,
        /// The most in a period.
        cap: Option<Points>,
    },
    /// For each one that is missing to the number due.
    Shortfall {
        /// The number due.
        due: u32,
        /// For each one missing.
        each: Points,
    },
    /// The missing part of a target, times what the target is worth.
    Target(TargetForm),
    /// Above a control number.
    Ceiling {
        /// The control number.
        limit: u32,
        /// As soon as it is passed.
        first: Points,
        /// On top of that.
        steps: Steps,
    },
    /// By the band of the value.
    Bands(Vec<Band>),
    /// Ratings, averaged by kind of rater and weighted.
    Rated {
        /// The full mark of a rating.
        scale: Points,
        /// What the full mark is worth.
        worth: Points,
        /// The weight of each kind of rater, by its number in the scheme.
        weights: Vec<(u8, Rate)>,
        /// Whether a subject may rate itself.
        own: bool,
    },
    /// As entered, within limits.
    Manual {
        /// The fewest for each entry.
        min: Points,
        /// The most for each entry.
        max: Points,
        /// The most in a period.
        cap: Option<Points>,
    },
    /// By the results of a fitness test.
    Fitness(FitnessForm),
    /// For each day that is missing to the training due.
    TrainingDays(TrainingForm),
}

/// How the results of a fitness test become points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FitnessForm {
    /// The scheme's own mapping.
    pub grading: FitnessGrading,
}

/// What counts of a fitness test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FitnessGrading {
    /// Whether every result has so many points by the table.
    Each {
        /// The fewest points of a result.
        pass: u32,
        /// The points of who passed.
        passed: Points,
        /// The points of who did not, or did not take the test where that counts.
        failed: Points,
    },
    /// The band of the sum of four results, one of each category.
    Sum(Vec<Band>),
}

/// What days of training that are missing cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingForm {
    /// The days due.
    pub due: TrainingDue,
    /// For each one missing.
    pub each: Points,
    /// The most in a period.
    pub cap: Option<Points>,
}

/// How many days of training are due in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrainingDue {
    /// By the training class of the subject.
    ByClass(Vec<(String, u32)>),
    /// What the rule `assessment.training-days` has for the front line.
    FrontLine,
}

/// A target with its worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetForm {
    /// What has to be reached.
    pub target: Target,
    /// What missing all of it costs.
    pub worth: Points,
    /// The number that the shortfall is divided by; none for the target itself.
    pub over: Option<Points>,
}

impl RuleForm {
    /// Returns the kind.
    #[must_use]
    pub const fn kind(&self) -> RuleKind {
        match self {
            Self::Fixed(_) => RuleKind::Fixed,
            Self::PerOccurrence { .. } => RuleKind::PerOccurrence,
            Self::Surcharge { .. } => RuleKind::Surcharge,
            Self::Shortfall { .. } => RuleKind::Shortfall,
            Self::Target(_) => RuleKind::Target,
            Self::Ceiling { .. } => RuleKind::Ceiling,
            Self::Bands(_) => RuleKind::Bands,
            Self::Rated { .. } => RuleKind::Rated,
            Self::Manual { .. } => RuleKind::Manual,
            Self::Fitness(_) => RuleKind::Fitness,
            Self::TrainingDays(_) => RuleKind::TrainingDays,
        }
    }

    /// Returns the bands that it gives points by, where it does.
    pub(in crate::assessment) fn bands(&self) -> Option<&[Band]> {
        match self {
            Self::Bands(bands) => Some(bands),
            Self::Fitness(FitnessForm { grading: FitnessGrading::Sum(bands) }) => Some(bands),
            _ => None,
        }
    }
}
