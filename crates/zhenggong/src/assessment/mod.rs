//! Assessment (考核): schemes as data, sheets, scores, grades, and what follows from them.

mod point_rounding;
mod points;
mod scheme;
pub mod schemes;
mod window;
mod words;

pub use self::point_rounding::PointRounding;
pub use self::points::Points;
pub use self::scheme::{
    Band, Bonus, Combine, Extra, Factor, FactorForm, Grade, Item, ItemRule, Name, Repeat, Rollup,
    Roundings, RuleForm, Scheme, Sheet, Steps, Target, TargetForm, TotalLimits, Trigger, Veto,
};
pub use self::schemes::{Entry, Schemes};
pub use self::window::{Period, Span, Window};
pub use self::words::{
    Above, CombineKind, Condition, Direction, FactorOn, ItemMode, MissingPeriod, PeriodKind,
    RollupMethod, RuleKind, Split, SubjectKind, VetoEffect, VetoScope, WhenMissing,
};
