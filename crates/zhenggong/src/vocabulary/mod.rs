//! Vocabulary: the closed lists of the field, with their Chinese and English names.
//!
//! Each list is an enum whose members know their Chinese name, their English name (the official one
//! where the law has one) and a code that never changes. Text is read by Chinese name or by code.
//! Order is a decision per list: [`PoliceRank`] has one, low to high, because the rank regulations
//! (警衔条例 art. 7) fix it; most lists have none.

mod annual_grade;
mod auxiliary_grade;
mod award_kind;
mod deduction;
mod duty_type;
mod education;
mod level;
mod macros;
mod pay_item;
mod person_kind;
mod police_rank;
mod post;
mod sanction_kind;
mod sex;
mod term;

pub use self::{
    annual_grade::AnnualGrade,
    auxiliary_grade::AuxiliaryGrade,
    award_kind::AwardKind,
    deduction::{ElderlySupport, HousingRelief},
    duty_type::DutyType,
    education::Education,
    level::{Level, LevelStep, Step},
    pay_item::{PayItem, Side},
    person_kind::PersonKind,
    police_rank::{PoliceRank, RankEvent},
    post::{PostKind, PostTier},
    sanction_kind::SanctionKind,
    sex::Sex,
    term::{Term, Vocabulary},
};
pub(crate) use macros::vocabulary;
