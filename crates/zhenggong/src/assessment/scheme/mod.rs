//! A scheme of assessment (考核方案): who is assessed, when, on which sheets, and how points arise.
//!
//! A scheme is policy data. It is read strictly from a pack, compiled to indices, and checked: weights
//! sum, bands do not overlap, every item can be reached.

mod bonus;
mod draft;
mod factor;
mod grade;
mod item;
mod item_rule;
mod lint;
mod range;
mod reader;
mod rollup;
mod sheet;
mod tab;
mod veto;
mod weights;
mod windows;

use std::collections::HashMap;

pub use self::{
    bonus::Bonus,
    factor::{Factor, FactorForm},
    grade::Grade,
    item::Item,
    item_rule::{
        Band, FitnessForm, FitnessGrading, ItemRule, RuleForm, Steps, Target, TargetForm,
        TrainingDue, TrainingForm,
    },
    rollup::{Extra, Repeat, Rollup},
    sheet::{Combine, Sheet, TotalLimits},
    veto::{Trigger, Veto},
};
pub(super) use grade::by_threshold;
pub(super) use reader::SchemePart;

use super::{Condition, PeriodKind, PointRounding, Split, SubjectKind, Window};

/// A code with its names, as a pack gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The code that events and requests use.
    pub code: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
}

/// The two roundings of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roundings {
    /// Of the points of a rule, a factor and a scaled loss.
    pub points: PointRounding,
    /// Of sheets and of the total.
    pub score: PointRounding,
}

/// A scheme of assessment, as it stands in a pack.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Scheme {
    /// Its id and names.
    pub name: Name,
    /// Who is assessed.
    pub subject: SubjectKind,
    /// How long one assessment runs.
    pub period: PeriodKind,
    /// The days of its periods.
    pub window: Window,
    /// In which condition it holds; none where it holds in both.
    pub condition: Option<Condition>,
    /// How a period is scored that a switch of condition splits.
    pub split: Option<Split>,
    /// Whether it is for those alone who name it, so that it does not compete with the scheme of their kind.
    pub by_name: bool,
    /// Whether it is a scheme of three sheets of 100 points each (三个百分制).
    pub three_hundred: bool,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
    /// The items of all sheets, sheet by sheet.
    pub items: Vec<Item>,
    /// The rules of all items, item by item.
    pub rules: Vec<ItemRule>,
    /// What multiplies points or the total.
    pub factors: Vec<Factor>,
    /// What overrides the score or the grade.
    pub vetoes: Vec<Veto>,
    /// How sheets make a total.
    pub combine: Combine,
    /// The bounds of the total.
    pub total: TotalLimits,
    /// Its roundings.
    pub rounding: Roundings,
    /// Its grades, best first.
    pub grades: Vec<Grade>,
    /// What is said where there is no score or no grade.
    pub ungraded: Name,
    /// The days that a subject has to be on the list in a period to be graded, where the scheme says it.
    pub least_days: Option<u32>,
    /// The coefficient of the month's bonus, where the scheme gives one.
    pub bonus: Option<Bonus>,
    /// How its periods make longer ones.
    pub rollups: Vec<Rollup>,
    pub(super) ungraded_label: u16,
    pub(super) flags: Vec<String>,
    pub(super) raters: Vec<String>,
    pub(super) roles: Vec<String>,
    /// Every name that a derivation can show; parts keep their place in it.
    pub(super) names: Vec<Name>,
    pub(super) by_id: HashMap<String, u16>,
}

impl Scheme {
    /// Returns the number of the rule of this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<u16> {
        self.by_id.get(id).copied()
    }

    /// Returns the id and names of a part by its label.
    #[must_use]
    pub fn name_of(&self, label: u16) -> Option<&Name> {
        self.names.get(usize::from(label))
    }

    pub(super) fn code(&self, label: u16) -> &str {
        self.name_of(label).map_or("", |n| n.code.as_str())
    }

    /// Returns the name of a grade, or that there is none.
    #[must_use]
    pub fn grade_name(&self, grade: Option<u8>) -> &Name {
        let found = grade.and_then(|g| self.grades.get(usize::from(g)));
        found.map_or(&self.ungraded, |g| &g.name)
    }

    pub(super) fn flag_bit(&self, flag: &str) -> Option<u64> {
        let at = self.flags.iter().position(|f| f == flag)?;
        1u64.checked_shl(u32::try_from(at).ok()?)
    }

    pub(super) fn rater(&self, kind: &str) -> Option<u8> {
        self.raters.iter().position(|r| r == kind).and_then(|at| u8::try_from(at).ok())
    }

    pub(super) fn role(&self, role: &str) -> Option<u8> {
        self.roles.iter().position(|r| r == role).and_then(|at| u8::try_from(at).ok())
    }
}
