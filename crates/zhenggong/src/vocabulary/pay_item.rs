//! 工资项目, the items of a payslip.

use super::vocabulary;

/// The side of the payslip that an item stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// 应发: paid to the person.
    Earning,
    /// 扣款: taken from the person's pay.
    Deduction,
    /// 单位承担: paid by the employer on top.
    EmployerCost,
}

impl Side {
    /// Returns the name used in JSON and tables.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Earning => "earning",
            Self::Deduction => "deduction",
            Self::EmployerCost => "employer-cost",
        }
    }

    /// Returns the Chinese name.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Earning => "应发",
            Self::Deduction => "扣款",
            Self::EmployerCost => "单位承担",
        }
    }

    /// Returns the English name.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Earning => "earning",
            Self::Deduction => "deduction",
            Self::EmployerCost => "employer's cost",
        }
    }
}

crate::schema::written_by_code! {
    Side ("工资单栏目", "side of the payslip") side => super::Term::new(side.code(), side.zh(), side.en());
    Earning, Deduction, EmployerCost
}

vocabulary! {
    /// The items of a payslip, in the order in which they are printed.
    #[derive(PartialOrd, Ord)]
    pub enum PayItem ("pay-item", "工资项目", "pay item") {
        PostPay = "post-pay", "职务工资", "post pay";
        LevelPay = "level-pay", "级别工资", "level pay";
        PoliceRankAllowance = "police-rank-allowance", "警衔津贴", "police rank allowance";
        PoliceOvertimeAllowance = "police-overtime-allowance", "加班补贴", "police overtime allowance";
        DutyPostAllowance = "duty-post-allowance", "值勤岗位津贴", "duty post allowance";
        HardshipAllowance = "hardship-allowance", "艰苦边远地区津贴", "hardship and remote area allowance";
        TownshipAllowance = "township-allowance", "乡镇工作补贴", "township allowance";
        TransportAllowance = "transport-allowance", "公务交通补贴", "transport allowance";
        BasePerformanceAward = "base-performance-award", "基础绩效奖", "base performance award";
        Retained1993 = "retained-1993", "93年工改保留", "retained from the 1993 reform";
        NormativeAllowance = "normative-allowance", "规范性津补贴", "normative allowance";
        AuxiliaryBasic = "auxiliary-basic", "辅警基本工资", "auxiliary basic pay";
        AuxiliaryDuty = "auxiliary-duty", "辅警岗位工资", "auxiliary duty pay";
        AuxiliaryPerformance = "auxiliary-performance", "辅警绩效工资", "auxiliary performance pay";
        AuxiliaryOvertime = "auxiliary-overtime", "辅警加班补贴", "auxiliary overtime pay";
        AuxiliaryAllowance = "auxiliary-allowance", "辅警津贴", "auxiliary allowance";
        YearEndBonus = "year-end-bonus", "年终一次性奖金", "year-end bonus";
        OtherEarning = "other-earning", "其他应发", "other earning";
        Pension = "pension", "基本养老保险（个人）", "basic pension, own share";
        OccupationalAnnuity = "occupational-annuity", "职业年金（个人）", "occupational annuity, own share";
        Medical = "medical", "基本医疗保险（个人）", "basic medical insurance, own share";
        MedicalFlat = "medical-flat", "大额医疗互助（个人）", "large-claim medical flat amount";
        Unemployment = "unemployment", "失业保险（个人）", "unemployment insurance, own share";
        HousingFund = "housing-fund", "住房公积金（个人）", "housing provident fund, own share";
        IncomeTax = "income-tax", "个人所得税", "income tax";
        BonusTax = "bonus-tax", "全年一次性奖金个人所得税", "income tax on the annual bonus";
        OtherDeduction = "other-deduction", "其他扣款", "other deduction";
        EmployerPension = "employer-pension", "基本养老保险（单位）", "basic pension, employer's share";
        EmployerAnnuity = "employer-annuity", "职业年金（单位）", "occupational annuity, employer's share";
        EmployerMedical = "employer-medical", "基本医疗保险含生育（单位）", "medical with maternity insurance, employer's share";
        EmployerUnemployment = "employer-unemployment", "失业保险（单位）", "unemployment insurance, employer's share";
        EmployerWorkInjury = "employer-work-injury", "工伤保险（单位）", "work-related injury insurance, employer's share";
        EmployerHousingFund = "employer-housing-fund", "住房公积金（单位）", "housing provident fund, employer's share";
    }
}

impl PayItem {
    /// Returns the side of the payslip that the item stands on.
    #[must_use]
    #[inline]
    pub fn side(self) -> Side {
        if self < Self::Pension {
            Side::Earning
        } else if self < Self::EmployerPension {
            Side::Deduction
        } else {
            Side::EmployerCost
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sides_divide_the_list() {
        assert_eq!(PayItem::OtherEarning.side(), Side::Earning);
        assert_eq!(PayItem::Pension.side(), Side::Deduction);
        assert_eq!(PayItem::OtherDeduction.side(), Side::Deduction);
        assert_eq!(PayItem::EmployerPension.side(), Side::EmployerCost);
    }
}
