//! Assessment (考核): schemes as data, sheets, scores, grades, and what follows from them.

mod assess;
mod compare;
mod consequence;
mod event;
mod explain;
pub mod grade_rule;
mod ledger;
mod output;
mod period;
pub mod period_rule;
mod plan;
mod point_rounding;
mod points;
mod ranking;
mod report;
mod request;
pub mod rescore;
mod scheme;
pub mod schemes;
mod score;
pub mod score_rule;
mod subject;
mod trail;
mod window;
mod words;

pub use self::assess::{AssessOptions, Assessment, Score, VetoHit, assess};
pub use self::compare::{Difference, Standing, compare, compare_published};
pub use self::consequence::AssessmentMonth;
pub use self::event::{Event, Order};
pub use self::ledger::Ledger;
pub use self::period::{Part, PeriodScore, combine_periods};
pub use self::plan::{KindPlan, PlanPart, condition_on};
pub use self::point_rounding::PointRounding;
pub use self::points::Points;
pub use self::ranking::{Place, ranking};
pub use self::scheme::{
    Band, Bonus, Combine, Extra, Factor, FactorForm, Grade, Item, ItemRule, Name, Repeat, Rollup,
    Roundings, RuleForm, Scheme, Sheet, Steps, Target, TargetForm, TotalLimits, Trigger, Veto,
};
pub use self::schemes::{Entry, Schemes};
pub use self::subject::Subject;
pub use self::trail::{NoTrail, Trail, TrailLine, Why};
pub use self::window::{Period, Span, Window};
pub use self::words::{
    Above, CombineKind, Condition, Direction, FactorOn, ItemMode, MissingPeriod, PeriodKind,
    RollupMethod, RuleKind, Split, SubjectKind, VetoEffect, VetoScope, WhenMissing,
};
