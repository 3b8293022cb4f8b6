//! Assessment (考核): schemes as data, sheets, scores and grades from dated events; and what the law
//! makes of a year's grade, who may be graded excellent, and what sanctions, awards, training and
//! fitness add to it.

// Schemes and scores.
mod assess;
mod assessed;
mod buckets;
mod cascades;
mod chain;
mod compare;
mod comparison_errors;
mod consequence;
mod corrections;
mod doubtful;
mod event;
mod event_check;
mod event_keys;
mod explain;
mod explain_difference;
mod explain_line;
mod fault;
pub mod grade_rule;
mod group;
mod inquiry;
mod known_between;
mod ledger;
mod naming;
mod not_scored;
mod nowhere;
mod open_decision;
mod output;
mod period;
mod period_answer;
mod period_assessed;
mod period_given;
pub mod period_rule;
mod plan;
mod point_rounding;
mod points;
mod presence;
mod published;
mod published_form;
mod ranking;
mod refused_events;
mod report;
mod report_total;
mod request;
pub mod rescore;
mod rule_numbers;
mod scheme;
pub mod schemes;
mod schemes_answer;
mod score;
mod score_answer;
pub mod score_rule;
mod standing;
mod subject;
mod test_standards;
mod trail;
mod trail_answer;
mod trail_detail;
mod trail_ground;
mod trail_grounds;
mod trail_words;
mod unread;
mod window;
mod words;

// The law of the yearly appraisal.
mod answer;
mod answered;
pub mod appeal;
mod appraisal_circumstance;
pub mod appraisal_effects;
pub mod appraisal_participation;
pub mod appraisal_routine;
mod appraisal_standing;
pub mod auxiliary_contract;
pub mod auxiliary_year_bonus;
pub mod fitness;
mod fitness_group;
mod fitness_mark;
mod fitness_range;
pub mod fitness_recruit;
pub mod merit_award;
pub mod next_grade_credit;
pub mod quota;
mod quota_answer;
mod quota_order;
mod quota_people;
mod quota_pool;
mod refusal;
mod sanction_answer;
mod sanction_decision;
pub mod sanction_period;
pub mod step_credit;
pub mod training_class;
pub mod training_days;
pub mod year_end_bonus;
mod years;

pub use self::assess::{AssessOptions, assess};
pub use self::assessed::{AppliedFactor, Assessment, Score, VetoHit};
pub use self::compare::{Difference, compare};
pub use self::comparison_errors::Side;
pub use self::consequence::AssessmentMonth;
pub use self::event::{Event, Order};
pub use self::inquiry::Inquiry;
pub use self::known_between::{EventNews, News};
pub use self::ledger::Ledger;
pub use self::open_decision::OpenDecision;
pub use self::period::{Part, PeriodScore, combine_periods};
pub use self::plan::{KindPlan, PlanPart, condition_on};
pub use self::point_rounding::PointRounding;
pub use self::points::Points;
pub use self::presence::Presence;
pub use self::published::{Published, PublishedScore, compare_published};
pub use self::ranking::{Place, ranking};
pub use self::scheme::{
    Band, Bonus, Combine, Extra, Factor, FactorForm, FitnessForm, FitnessGrading, Grade, Item,
    ItemRule, Name, Repeat, Rollup, Roundings, RuleForm, Scheme, Sheet, Steps, Target, TargetForm,
    TotalLimits, TrainingDue, TrainingForm, Trigger, Veto,
};
pub use self::schemes::{Entry, Schemes};
pub use self::standing::{Aspect, Coefficient, PartSheets, Standing, VetoStanding};
pub use self::subject::{Move, Subject};
pub use self::trail::{LineKind, NoTrail, Trail, TrailBook, TrailLine, Why};
pub use self::trail_detail::LineDetail;
pub use self::trail_ground::Ground;
pub use self::trail_grounds::{FactorUsed, Grounds, RaterMean};
pub use self::window::{Period, Span, Window};
pub use self::words::{
    Above, CombineKind, Condition, Direction, FactorOn, ItemMode, MissingPeriod, OnError,
    PeriodKind, RollupMethod, RuleKind, Show, Split, SubjectKind, UngradedPart, VetoEffect,
    VetoScope, WhenMissing,
};

pub use self::{
    appeal::{AppealDates, AppealFacts, AppealMatter, AppealTerms, FirstDay, appeal_dates},
    appraisal_circumstance::{
        Circumstance, PartySanction, PartySanctionKind, ServiceSanction, YearFacts,
    },
    appraisal_effects::{
        Consequence, CountsFor, Dismissal, DismissalBar, Effects, GradeEffects, GradeFacts,
        Measure, SeriesAgain, grade_effects,
    },
    appraisal_participation::{Concurrent, Participation, appraisal_standing},
    appraisal_routine::{RoutineCap, RoutineResult, routine_cap},
    appraisal_standing::AppraisalStanding,
    auxiliary_contract::{AuxiliaryContract, AuxiliaryResult, ContractEffect, contract_effect},
    auxiliary_year_bonus::{AuxiliaryYearBonus, auxiliary_year_bonus},
    fitness::{FitnessResult, FitnessScore, FitnessStandard, fitness_score},
    fitness_group::{FitnessCategory, FitnessEvent, FitnessGroup},
    fitness_mark::Mark,
    fitness_recruit::{RecruitEvent, RecruitFitness, RecruitResult, recruit_fitness},
    merit_award::{Award, AwardGround, AwardMoney, AwardTariff, Recipient, award_money},
    next_grade_credit::{
        Accumulation, FirstYear, NextGradeCredit, Tenure, TenureFacts, next_grade_ready,
    },
    quota::{CountRounding, ExcellentQuota, QuotaBase, quota_seats},
    quota_order::{Better, Candidate, TieKey},
    quota_people::candidates,
    quota_pool::{Allocation, Pool, allocate},
    sanction_decision::{Executed, SanctionDecision},
    sanction_period::{
        Advance, Barred, JointTerm, Lifting, SanctionPeriods, Successive, sanction_term,
    },
    step_credit::{
        Credit, CreditFacts, Rise, RiseFrom, RiseKind, StepCounter, StepCredit, step_credit,
    },
    training_class::{
        ClassOfOfficer, SubjectResult, TrainingClass, TrainingClasses, training_class,
    },
    training_days::{
        TrainingBand, TrainingDays, TrainingDemand, TrainingFacts, TrainingOccasion, TrainingUnit,
        training_demand,
    },
    year_end_bonus::{YearEndBonus, year_end_bonus},
    years::YearGrade,
};

#[cfg(test)]
mod tests_of_packs;
