//! Kinds of special additional deduction of the income tax that exclude each other.

use super::vocabulary;

vocabulary! {
    /// The housing deduction that a taxpayer claims: interest or rent, never both in a year.
    pub enum HousingRelief ("housing-relief", "住房扣除", "housing deduction") {
        MortgageInterest = "mortgage-interest", "住房贷款利息", "mortgage interest";
        RentLargeCity = "rent-large-city", "住房租金（直辖市、省会等）", "rent, municipality or provincial capital";
        RentMediumCity = "rent-medium-city", "住房租金（市辖区户籍人口超过100万）", "rent, city above one million";
        RentOther = "rent-other", "住房租金（其他城市）", "rent, other city";
    }
}

vocabulary! {
    /// How a taxpayer supports elderly parents.
    pub enum ElderlySupport ("elderly-support", "赡养老人", "support of the elderly") {
        OnlyChild = "only-child", "独生子女", "only child";
        Shared = "shared", "与兄弟姐妹分摊", "shared with siblings";
    }
}
