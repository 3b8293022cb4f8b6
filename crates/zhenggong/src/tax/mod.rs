//! Individual income tax (个人所得税) on wages: what the employer withholds each month, what is deducted
//! for family burdens, and the yearly one-off bonus.
//!
//! Withholding is cumulative (累计预扣法): each month the tax on the year to date is computed and what
//! was withheld before is taken off. The rules here are for residents with wages only; other income
//! and the settlement after the year's end are not.

pub mod additional_claims;
pub mod annual_bonus;
pub mod brackets;
pub mod special_additional;
pub mod tax_state;
pub mod wage_withholding;
pub mod withholding_mode;

pub use self::{
    additional_claims::{AdditionalClaims, Elderly, housing_relief},
    annual_bonus::{AnnualBonus, BonusElection, BonusTax, bonus_tax},
    brackets::{Bracket, Brackets},
    special_additional::{SpecialAdditional, special_additional},
    tax_state::TaxState,
    wage_withholding::{BasicFrom, WageTax, wage_withholding},
    withholding_mode::{WithholdingMethod, WithholdingMode},
};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        Engine,
        derivation::Language,
        policy::{Pack, PolicyBook},
    };

    fn explain(rule: &str, input: &serde_json::Value) -> String {
        let engine = Engine::builder().packs(Pack::national()).build().unwrap();
        let answer = engine.evaluate(rule, input).unwrap();
        assert!(!answer.derivation().text(Language::En).is_empty());
        answer.derivation().text(Language::Zh)
    }

    #[test]
    fn the_pack_has_neither_errors_nor_warnings() {
        assert_eq!(PolicyBook::new(Pack::national()).lint().len(), 0);
    }

    #[test]
    fn a_negative_balance_says_that_it_is_not_refunded() {
        let input =
            json!({ "month": "2025-02", "months": 2, "income": "14000", "withheld": "150" });
        let text = explain("tax.wage-withholding", &input);
        for line in [
            "本期应预扣预缴税额 0.00 元",
            "累计预扣预缴应纳税所得额 4000.00 元",
            "减除费用每月 5000.00 × 任职受雇月份数 2",
            "余额为负暂不退税，年度汇算清缴时多退少补：-30.00",
            "国家税务总局公告2018年第61号",
        ] {
            assert!(text.contains(line), "{line} is not in:\n{text}");
        }
    }

    #[test]
    fn each_deduction_has_its_line() {
        let input = json!({ "month": "2024-01", "children": 2, "elderly": "独生子女",
            "housing": ["住房贷款利息"] });
        let text = explain("tax.special-additional", &input);
        for line in ["  子女教育 4000.00 元", "  赡养老人 3000.00 元", "  住房 1000.00 元"]
        {
            assert!(text.contains(line), "{line} is not in:\n{text}");
        }
    }

    #[test]
    fn a_second_bonus_says_why_it_joins_the_wages() {
        let input = json!({ "month": "2024-06", "bonus": "10000", "election": "单独计税",
            "separate_used": true });
        assert!(explain("tax.annual-bonus", &input).contains("本年度已单独计税一次"));
    }
}
