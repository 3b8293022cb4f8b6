//! Individual income tax (个人所得税) on wages: what the employer withholds each month, what is deducted
//! for family burdens, and the yearly one-off bonus.
//!
//! Withholding is cumulative (累计预扣法): each month the tax on the year to date is computed and what
//! was withheld before is taken off. The rules here are for residents with wages only; other income
//! and the settlement after the year's end are not.

pub mod annual_bonus;
pub mod brackets;
pub mod special_additional;
pub mod tax_state;
pub mod wage_withholding;
pub mod withholding_mode;

pub use self::{
    annual_bonus::{AnnualBonus, BonusElection, BonusTax, bonus_tax},
    brackets::{Bracket, Brackets},
    special_additional::{
        AdditionalClaims, Elderly, SpecialAdditional, housing_relief, special_additional,
    },
    tax_state::TaxState,
    wage_withholding::{BasicFrom, WageTax, wage_withholding},
    withholding_mode::{WithholdingMethod, WithholdingMode},
};
