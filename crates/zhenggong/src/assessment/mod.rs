//! Assessment: what the law makes of a year's grade, who may be graded excellent, and what sanctions,
//! awards, training and fitness add to it.

mod answer;
mod quota_order;
mod quota_pool;
mod refusal;
mod years;

pub mod appeal;
mod appraisal_circumstance;
pub mod appraisal_effects;
pub mod appraisal_participation;
pub mod appraisal_routine;
mod appraisal_standing;
pub mod auxiliary_contract;
pub mod fitness;
mod fitness_group;
mod fitness_mark;
pub mod fitness_recruit;
pub mod merit_award;
pub mod next_grade_credit;
pub mod quota;
mod sanction_decision;
pub mod sanction_period;
pub mod step_credit;
pub mod training_class;
pub mod training_days;
pub mod year_end_bonus;

pub use self::{
    appeal::{AppealDates, AppealFacts, AppealMatter, AppealTerms, FirstDay, appeal_dates},
    appraisal_circumstance::{
        Circumstance, PartySanction, PartySanctionKind, ServiceSanction, YearFacts,
    },
    appraisal_effects::{
        CountsFor, Dismissal, DismissalBar, Effects, GradeEffects, GradeFacts, Measure,
        grade_effects,
    },
    appraisal_participation::{Concurrent, Participation, appraisal_standing},
    appraisal_routine::{RoutineCap, RoutineResult, routine_cap},
    appraisal_standing::AppraisalStanding,
    auxiliary_contract::{AuxiliaryContract, AuxiliaryResult, ContractEffect, contract_effect},
    fitness::{FitnessResult, FitnessScore, FitnessStandard, fitness_score},
    fitness_group::{FitnessCategory, FitnessEvent, FitnessGroup},
    fitness_mark::Mark,
    fitness_recruit::{RecruitEvent, RecruitFitness, RecruitResult, recruit_fitness},
    merit_award::{Award, AwardGround, AwardMoney, AwardTariff, Recipient, award_money},
    next_grade_credit::{FirstYear, NextGradeCredit, Tenure, TenureFacts, next_grade_ready},
    quota::{CountRounding, ExcellentQuota, QuotaBase, quota_seats},
    quota_order::{Better, Candidate, TieKey},
    quota_pool::{Allocation, Pool, allocate},
    sanction_decision::{Executed, SanctionDecision},
    sanction_period::{
        Advance, Barred, JointTerm, Lifting, SanctionPeriods, Successive, sanction_term,
    },
    step_credit::{Credit, CreditFacts, Rise, RiseKind, StepCounter, StepCredit, step_credit},
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
