//! The numbers of facts, items and terms, which never change. Written by `tests/codes.rs`
//! (UPDATE_HEADER=1 cargo test -p zhenggong-c --test codes); do not edit.

use zhenggong::{
    insurance::{FloatStep, RiskClass, StartKind},
    policy::{Evidence, Layer},
    tax::{BonusElection, WithholdingMethod},
    vocabulary::{
        AuxiliaryGrade, DutyType, PayItem, PersonKind, PoliceRank, PostKind, PostTier, RankEvent,
    },
};

/// Returns the number of a member: its position in the list of C, from 1.
pub(crate) fn number_of<T: PartialEq>(list: &[T], member: T) -> i32 {
    list.iter().position(|m| *m == member).and_then(|at| i32::try_from(at + 1).ok()).unwrap_or(0)
}

/// 警衔: police rank.
pub const ZG_FACT_RANK: u8 = 0;
/// 警衔起始日: rank held since.
pub const ZG_FACT_RANK_SINCE: u8 = 1;
/// 原警衔: previous rank.
pub const ZG_FACT_PREVIOUS_RANK: u8 = 2;
/// 警衔变动: rank event.
pub const ZG_FACT_RANK_EVENT: u8 = 3;
/// 职务层次: post tier.
pub const ZG_FACT_POST: u8 = 4;
/// 职务类别: kind of post.
pub const ZG_FACT_POST_KIND: u8 = 5;
/// 级别档次: level and step.
pub const ZG_FACT_LEVEL_STEP: u8 = 6;
/// 岗位类别: kind of duty.
pub const ZG_FACT_DUTY: u8 = 7;
/// 公休日加班天数: rest days worked.
pub const ZG_FACT_OVERTIME_REST_DAYS: u8 = 8;
/// 节假日加班天数: statutory holidays worked.
pub const ZG_FACT_OVERTIME_HOLIDAY_DAYS: u8 = 9;
/// 辅警层级: auxiliary grade.
pub const ZG_FACT_AUXILIARY_GRADE: u8 = 10;
/// 辅警岗位: auxiliary post.
pub const ZG_FACT_AUXILIARY_POST: u8 = 11;
/// 考核系数: assessment coefficient.
pub const ZG_FACT_COEFFICIENT: u8 = 12;
/// 夜班次数: night shifts.
pub const ZG_FACT_NIGHT_SHIFTS: u8 = 13;
/// 加班小时数: overtime hours.
pub const ZG_FACT_OVERTIME_HOURS: u8 = 14;
/// 出勤天数: days on duty.
pub const ZG_FACT_DUTY_DAYS: u8 = 15;
/// 辅警工作年限: years of service as an auxiliary.
pub const ZG_FACT_SERVICE_YEARS: u8 = 16;
/// 缴费工资: contribution wage.
pub const ZG_FACT_CONTRIBUTION_WAGE: u8 = 17;
/// 公积金工资: housing fund wage.
pub const ZG_FACT_HOUSING_WAGE: u8 = 18;
/// 公积金比例: housing fund rate.
pub const ZG_FACT_HOUSING_RATE: u8 = 19;
/// 工伤风险类别: risk class.
pub const ZG_FACT_RISK_CLASS: u8 = 20;
/// 工伤费率档次: step of the work-injury rate.
pub const ZG_FACT_RISK_STEP: u8 = 21;
/// 本年任职月数: months employed this year.
pub const ZG_FACT_TAX_MONTHS: u8 = 22;
/// 预扣方式: withholding mode.
pub const ZG_FACT_TAX_MODE: u8 = 23;
/// 累计收入: income to date.
pub const ZG_FACT_YTD_INCOME: u8 = 24;
/// 累计专项扣除: special deductions to date.
pub const ZG_FACT_YTD_SPECIAL: u8 = 25;
/// 累计专项附加扣除: special additional deductions to date.
pub const ZG_FACT_YTD_ADDITIONAL: u8 = 26;
/// 累计其他扣除: other deductions to date.
pub const ZG_FACT_YTD_OTHER: u8 = 27;
/// 累计已预扣税额: tax withheld to date.
pub const ZG_FACT_YTD_WITHHELD: u8 = 28;
/// 专项附加扣除: special additional deductions.
pub const ZG_FACT_SPECIAL_ADDITIONAL: u8 = 29;
/// 奖金计税方式: bonus election.
pub const ZG_FACT_BONUS_ELECTION: u8 = 30;
/// 本年已单独计税次数: bonuses taxed apart this year.
pub const ZG_FACT_BONUS_SEPARATE_USED: u8 = 31;
/// 公积金起缴事由日: housing fund start.
pub const ZG_FACT_FUND_START: u8 = 32;
/// 公积金入职类别: kind of housing fund start.
pub const ZG_FACT_FUND_START_KIND: u8 = 33;
/// The facts with their numbers.
pub(crate) const NAMES: &[(&str, u8)] = &[
    ("rank", ZG_FACT_RANK),
    ("rank_since", ZG_FACT_RANK_SINCE),
    ("previous_rank", ZG_FACT_PREVIOUS_RANK),
    ("rank_event", ZG_FACT_RANK_EVENT),
    ("post", ZG_FACT_POST),
    ("post_kind", ZG_FACT_POST_KIND),
    ("level_step", ZG_FACT_LEVEL_STEP),
    ("duty", ZG_FACT_DUTY),
    ("overtime_rest_days", ZG_FACT_OVERTIME_REST_DAYS),
    ("overtime_holiday_days", ZG_FACT_OVERTIME_HOLIDAY_DAYS),
    ("auxiliary_grade", ZG_FACT_AUXILIARY_GRADE),
    ("auxiliary_post", ZG_FACT_AUXILIARY_POST),
    ("coefficient", ZG_FACT_COEFFICIENT),
    ("night_shifts", ZG_FACT_NIGHT_SHIFTS),
    ("overtime_hours", ZG_FACT_OVERTIME_HOURS),
    ("duty_days", ZG_FACT_DUTY_DAYS),
    ("service_years", ZG_FACT_SERVICE_YEARS),
    ("contribution_wage", ZG_FACT_CONTRIBUTION_WAGE),
    ("housing_wage", ZG_FACT_HOUSING_WAGE),
    ("housing_rate", ZG_FACT_HOUSING_RATE),
    ("risk_class", ZG_FACT_RISK_CLASS),
    ("risk_step", ZG_FACT_RISK_STEP),
    ("tax_months", ZG_FACT_TAX_MONTHS),
    ("tax_mode", ZG_FACT_TAX_MODE),
    ("ytd_income", ZG_FACT_YTD_INCOME),
    ("ytd_special", ZG_FACT_YTD_SPECIAL),
    ("ytd_additional", ZG_FACT_YTD_ADDITIONAL),
    ("ytd_other", ZG_FACT_YTD_OTHER),
    ("ytd_withheld", ZG_FACT_YTD_WITHHELD),
    ("special_additional", ZG_FACT_SPECIAL_ADDITIONAL),
    ("bonus_election", ZG_FACT_BONUS_ELECTION),
    ("bonus_separate_used", ZG_FACT_BONUS_SEPARATE_USED),
    ("fund_start", ZG_FACT_FUND_START),
    ("fund_start_kind", ZG_FACT_FUND_START_KIND),
];

/// 职务工资: post pay.
pub const ZG_ITEM_POST_PAY: u8 = 0;
/// 级别工资: level pay.
pub const ZG_ITEM_LEVEL_PAY: u8 = 1;
/// 警衔津贴: police rank allowance.
pub const ZG_ITEM_POLICE_RANK_ALLOWANCE: u8 = 2;
/// 加班补贴: police overtime allowance.
pub const ZG_ITEM_POLICE_OVERTIME_ALLOWANCE: u8 = 3;
/// 值勤岗位津贴: duty post allowance.
pub const ZG_ITEM_DUTY_POST_ALLOWANCE: u8 = 4;
/// 艰苦边远地区津贴: hardship and remote area allowance.
pub const ZG_ITEM_HARDSHIP_ALLOWANCE: u8 = 5;
/// 乡镇工作补贴: township allowance.
pub const ZG_ITEM_TOWNSHIP_ALLOWANCE: u8 = 6;
/// 公务交通补贴: transport allowance.
pub const ZG_ITEM_TRANSPORT_ALLOWANCE: u8 = 7;
/// 基础绩效奖: base performance award.
pub const ZG_ITEM_BASE_PERFORMANCE_AWARD: u8 = 8;
/// 93年工改保留: retained from the 1993 reform.
pub const ZG_ITEM_RETAINED_1993: u8 = 9;
/// 规范性津补贴: normative allowance.
pub const ZG_ITEM_NORMATIVE_ALLOWANCE: u8 = 10;
/// 辅警基本工资: auxiliary basic pay.
pub const ZG_ITEM_AUXILIARY_BASIC: u8 = 11;
/// 辅警岗位工资: auxiliary duty pay.
pub const ZG_ITEM_AUXILIARY_DUTY: u8 = 12;
/// 辅警绩效工资: auxiliary performance pay.
pub const ZG_ITEM_AUXILIARY_PERFORMANCE: u8 = 13;
/// 辅警加班补贴: auxiliary overtime pay.
pub const ZG_ITEM_AUXILIARY_OVERTIME: u8 = 14;
/// 辅警津贴: auxiliary allowance.
pub const ZG_ITEM_AUXILIARY_ALLOWANCE: u8 = 15;
/// 年终一次性奖金: year-end bonus.
pub const ZG_ITEM_YEAR_END_BONUS: u8 = 16;
/// 其他应发: other earning.
pub const ZG_ITEM_OTHER_EARNING: u8 = 17;
/// 基本养老保险（个人）: basic pension, own share.
pub const ZG_ITEM_PENSION: u8 = 18;
/// 职业年金（个人）: occupational annuity, own share.
pub const ZG_ITEM_OCCUPATIONAL_ANNUITY: u8 = 19;
/// 基本医疗保险（个人）: basic medical insurance, own share.
pub const ZG_ITEM_MEDICAL: u8 = 20;
/// 大额医疗互助（个人）: large-claim medical flat amount.
pub const ZG_ITEM_MEDICAL_FLAT: u8 = 21;
/// 失业保险（个人）: unemployment insurance, own share.
pub const ZG_ITEM_UNEMPLOYMENT: u8 = 22;
/// 住房公积金（个人）: housing provident fund, own share.
pub const ZG_ITEM_HOUSING_FUND: u8 = 23;
/// 个人所得税: income tax.
pub const ZG_ITEM_INCOME_TAX: u8 = 24;
/// 全年一次性奖金个人所得税: income tax on the annual bonus.
pub const ZG_ITEM_BONUS_TAX: u8 = 25;
/// 其他扣款: other deduction.
pub const ZG_ITEM_OTHER_DEDUCTION: u8 = 26;
/// 基本养老保险（单位）: basic pension, employer's share.
pub const ZG_ITEM_EMPLOYER_PENSION: u8 = 27;
/// 职业年金（单位）: occupational annuity, employer's share.
pub const ZG_ITEM_EMPLOYER_ANNUITY: u8 = 28;
/// 基本医疗保险含生育（单位）: medical with maternity insurance, employer's share.
pub const ZG_ITEM_EMPLOYER_MEDICAL: u8 = 29;
/// 失业保险（单位）: unemployment insurance, employer's share.
pub const ZG_ITEM_EMPLOYER_UNEMPLOYMENT: u8 = 30;
/// 工伤保险（单位）: work-related injury insurance, employer's share.
pub const ZG_ITEM_EMPLOYER_WORK_INJURY: u8 = 31;
/// 住房公积金（单位）: housing provident fund, employer's share.
pub const ZG_ITEM_EMPLOYER_HOUSING_FUND: u8 = 32;
pub(crate) const ITEMS: &[PayItem] = &[
    PayItem::PostPay,
    PayItem::LevelPay,
    PayItem::PoliceRankAllowance,
    PayItem::PoliceOvertimeAllowance,
    PayItem::DutyPostAllowance,
    PayItem::HardshipAllowance,
    PayItem::TownshipAllowance,
    PayItem::TransportAllowance,
    PayItem::BasePerformanceAward,
    PayItem::Retained1993,
    PayItem::NormativeAllowance,
    PayItem::AuxiliaryBasic,
    PayItem::AuxiliaryDuty,
    PayItem::AuxiliaryPerformance,
    PayItem::AuxiliaryOvertime,
    PayItem::AuxiliaryAllowance,
    PayItem::YearEndBonus,
    PayItem::OtherEarning,
    PayItem::Pension,
    PayItem::OccupationalAnnuity,
    PayItem::Medical,
    PayItem::MedicalFlat,
    PayItem::Unemployment,
    PayItem::HousingFund,
    PayItem::IncomeTax,
    PayItem::BonusTax,
    PayItem::OtherDeduction,
    PayItem::EmployerPension,
    PayItem::EmployerAnnuity,
    PayItem::EmployerMedical,
    PayItem::EmployerUnemployment,
    PayItem::EmployerWorkInjury,
    PayItem::EmployerHousingFund,
];

/// 民警: police officer.
pub const ZG_KIND_OFFICER: u8 = 1;
/// 辅警: auxiliary.
pub const ZG_KIND_AUXILIARY: u8 = 2;
pub(crate) const KINDS: &[PersonKind] = &[
    PersonKind::Officer,
    PersonKind::Auxiliary,
];

/// 二级警员: Constable, Second Class.
pub const ZG_RANK_CONSTABLE_SECOND_CLASS: u8 = 1;
/// 一级警员: Constable, First Class.
pub const ZG_RANK_CONSTABLE_FIRST_CLASS: u8 = 2;
/// 三级警司: Superintendent, Third Class.
pub const ZG_RANK_SUPERINTENDENT_THIRD_CLASS: u8 = 3;
/// 二级警司: Superintendent, Second Class.
pub const ZG_RANK_SUPERINTENDENT_SECOND_CLASS: u8 = 4;
/// 一级警司: Superintendent, First Class.
pub const ZG_RANK_SUPERINTENDENT_FIRST_CLASS: u8 = 5;
/// 三级警督: Supervisor, Third Class.
pub const ZG_RANK_SUPERVISOR_THIRD_CLASS: u8 = 6;
/// 二级警督: Supervisor, Second Class.
pub const ZG_RANK_SUPERVISOR_SECOND_CLASS: u8 = 7;
/// 一级警督: Supervisor, First Class.
pub const ZG_RANK_SUPERVISOR_FIRST_CLASS: u8 = 8;
/// 三级警监: Commissioner, Third Class.
pub const ZG_RANK_COMMISSIONER_THIRD_CLASS: u8 = 9;
/// 二级警监: Commissioner, Second Class.
pub const ZG_RANK_COMMISSIONER_SECOND_CLASS: u8 = 10;
/// 一级警监: Commissioner, First Class.
pub const ZG_RANK_COMMISSIONER_FIRST_CLASS: u8 = 11;
/// 副总警监: Deputy Commissioner General.
pub const ZG_RANK_DEPUTY_COMMISSIONER_GENERAL: u8 = 12;
/// 总警监: Commissioner General.
pub const ZG_RANK_COMMISSIONER_GENERAL: u8 = 13;
pub(crate) const RANKS: &[PoliceRank] = &[
    PoliceRank::ConstableSecondClass,
    PoliceRank::ConstableFirstClass,
    PoliceRank::SuperintendentThirdClass,
    PoliceRank::SuperintendentSecondClass,
    PoliceRank::SuperintendentFirstClass,
    PoliceRank::SupervisorThirdClass,
    PoliceRank::SupervisorSecondClass,
    PoliceRank::SupervisorFirstClass,
    PoliceRank::CommissionerThirdClass,
    PoliceRank::CommissionerSecondClass,
    PoliceRank::CommissionerFirstClass,
    PoliceRank::DeputyCommissionerGeneral,
    PoliceRank::CommissionerGeneral,
];

/// 授予: granted.
pub const ZG_RANK_EVENT_GRANTED: u8 = 1;
/// 晋升: promoted.
pub const ZG_RANK_EVENT_PROMOTED: u8 = 2;
/// 降低: demoted.
pub const ZG_RANK_EVENT_DEMOTED: u8 = 3;
/// 不予保留: not kept.
pub const ZG_RANK_EVENT_NOT_KEPT: u8 = 4;
/// 退休: retired.
pub const ZG_RANK_EVENT_RETIRED: u8 = 5;
pub(crate) const RANK_EVENTS: &[RankEvent] = &[
    RankEvent::Granted,
    RankEvent::Promoted,
    RankEvent::Demoted,
    RankEvent::NotKept,
    RankEvent::Retired,
];

/// 国家级正职: State level, principal.
pub const ZG_POST_STATE_PRINCIPAL: u8 = 1;
/// 国家级副职: State level, deputy.
pub const ZG_POST_STATE_DEPUTY: u8 = 2;
/// 省部级正职: Province or ministry level, principal.
pub const ZG_POST_PROVINCE_MINISTRY_PRINCIPAL: u8 = 3;
/// 省部级副职: Province or ministry level, deputy.
pub const ZG_POST_PROVINCE_MINISTRY_DEPUTY: u8 = 4;
/// 厅局级正职: Bureau level, principal.
pub const ZG_POST_BUREAU_PRINCIPAL: u8 = 5;
/// 厅局级副职: Bureau level, deputy.
pub const ZG_POST_BUREAU_DEPUTY: u8 = 6;
/// 县处级正职: Division level, principal.
pub const ZG_POST_DIVISION_PRINCIPAL: u8 = 7;
/// 县处级副职: Division level, deputy.
pub const ZG_POST_DIVISION_DEPUTY: u8 = 8;
/// 乡科级正职: Section level, principal.
pub const ZG_POST_SECTION_PRINCIPAL: u8 = 9;
/// 乡科级副职: Section level, deputy.
pub const ZG_POST_SECTION_DEPUTY: u8 = 10;
/// 科员: Staff member.
pub const ZG_POST_STAFF_MEMBER: u8 = 11;
/// 办事员: Clerk.
pub const ZG_POST_CLERK: u8 = 12;
pub(crate) const POSTS: &[PostTier] = &[
    PostTier::StatePrincipal,
    PostTier::StateDeputy,
    PostTier::ProvinceMinistryPrincipal,
    PostTier::ProvinceMinistryDeputy,
    PostTier::BureauPrincipal,
    PostTier::BureauDeputy,
    PostTier::DivisionPrincipal,
    PostTier::DivisionDeputy,
    PostTier::SectionPrincipal,
    PostTier::SectionDeputy,
    PostTier::StaffMember,
    PostTier::Clerk,
];

/// 领导职务: leading post.
pub const ZG_POST_KIND_LEADING: u8 = 1;
/// 非领导职务: non-leading post.
pub const ZG_POST_KIND_NON_LEADING: u8 = 2;
pub(crate) const POST_KINDS: &[PostKind] = &[
    PostKind::Leading,
    PostKind::NonLeading,
];

/// 一线执法勤务: front line.
pub const ZG_DUTY_FRONT_LINE: u8 = 1;
/// 综合管理: general administration.
pub const ZG_DUTY_GENERAL_ADMINISTRATION: u8 = 2;
pub(crate) const DUTIES: &[DutyType] = &[
    DutyType::FrontLine,
    DutyType::GeneralAdministration,
];

/// 见习: probation.
pub const ZG_AUXILIARY_PROBATION: u8 = 1;
/// 七级: grade 7.
pub const ZG_AUXILIARY_GRADE_7: u8 = 2;
/// 六级: grade 6.
pub const ZG_AUXILIARY_GRADE_6: u8 = 3;
/// 五级: grade 5.
pub const ZG_AUXILIARY_GRADE_5: u8 = 4;
/// 四级: grade 4.
pub const ZG_AUXILIARY_GRADE_4: u8 = 5;
/// 三级: grade 3.
pub const ZG_AUXILIARY_GRADE_3: u8 = 6;
/// 二级: grade 2.
pub const ZG_AUXILIARY_GRADE_2: u8 = 7;
/// 一级: grade 1.
pub const ZG_AUXILIARY_GRADE_1: u8 = 8;
pub(crate) const AUXILIARY_GRADES: &[AuxiliaryGrade] = &[
    AuxiliaryGrade::Probation,
    AuxiliaryGrade::Grade7,
    AuxiliaryGrade::Grade6,
    AuxiliaryGrade::Grade5,
    AuxiliaryGrade::Grade4,
    AuxiliaryGrade::Grade3,
    AuxiliaryGrade::Grade2,
    AuxiliaryGrade::Grade1,
];

/// 一类: class 1.
pub const ZG_RISK_CLASS_1: u8 = 1;
/// 二类: class 2.
pub const ZG_RISK_CLASS_2: u8 = 2;
/// 三类: class 3.
pub const ZG_RISK_CLASS_3: u8 = 3;
/// 四类: class 4.
pub const ZG_RISK_CLASS_4: u8 = 4;
/// 五类: class 5.
pub const ZG_RISK_CLASS_5: u8 = 5;
/// 六类: class 6.
pub const ZG_RISK_CLASS_6: u8 = 6;
/// 七类: class 7.
pub const ZG_RISK_CLASS_7: u8 = 7;
/// 八类: class 8.
pub const ZG_RISK_CLASS_8: u8 = 8;
pub(crate) const RISK_CLASSES: &[RiskClass] = &[
    RiskClass::First,
    RiskClass::Second,
    RiskClass::Third,
    RiskClass::Fourth,
    RiskClass::Fifth,
    RiskClass::Sixth,
    RiskClass::Seventh,
    RiskClass::Eighth,
];

/// 下浮至50%: down to 50 %.
pub const ZG_RISK_STEP_DOWN_50: u8 = 1;
/// 下浮至80%: down to 80 %.
pub const ZG_RISK_STEP_DOWN_80: u8 = 2;
/// 基准: base rate.
pub const ZG_RISK_STEP_BASE: u8 = 3;
/// 上浮至120%: up to 120 %.
pub const ZG_RISK_STEP_UP_120: u8 = 4;
/// 上浮至150%: up to 150 %.
pub const ZG_RISK_STEP_UP_150: u8 = 5;
pub(crate) const RISK_STEPS: &[FloatStep] = &[
    FloatStep::Down50,
    FloatStep::Down80,
    FloatStep::Base,
    FloatStep::Up120,
    FloatStep::Up150,
];

/// 新参加工作: first job.
pub const ZG_FUND_START_NEW_WORKER: u8 = 1;
/// 新调入: transferred in.
pub const ZG_FUND_START_TRANSFEREE: u8 = 2;
pub(crate) const START_KINDS: &[StartKind] = &[
    StartKind::NewWorker,
    StartKind::Transferee,
];

/// 按任职受雇月份: by months employed here.
pub const ZG_TAX_MODE_NORMAL: u8 = 1;
/// 当年首次取得工资: first wages of the year.
pub const ZG_TAX_MODE_FIRST_JOB_IN_YEAR: u8 = 2;
/// 上年收入不超过6万元: at most 60000 in the year before.
pub const ZG_TAX_MODE_PRIOR_YEAR_60000: u8 = 3;
pub(crate) const TAX_MODES: &[WithholdingMethod] = &[
    WithholdingMethod::Normal,
    WithholdingMethod::FirstJobInYear,
    WithholdingMethod::PriorYear60000,
];

/// 单独计税: by itself.
pub const ZG_BONUS_SEPARATE: u8 = 1;
/// 并入综合所得: with the wages.
pub const ZG_BONUS_MERGE: u8 = 2;
pub(crate) const BONUS_ELECTIONS: &[BonusElection] = &[
    BonusElection::Separate,
    BonusElection::Merge,
];

/// 官方: official.
pub const ZG_EVIDENCE_OFFICIAL: u8 = 1;
/// 二手: secondary.
pub const ZG_EVIDENCE_SECONDARY: u8 = 2;
/// 推定: inferred.
pub const ZG_EVIDENCE_INFERRED: u8 = 3;
pub(crate) const EVIDENCES: &[Evidence] = &[
    Evidence::Official,
    Evidence::Secondary,
    Evidence::Inferred,
];

/// 全国: national.
pub const ZG_LAYER_NATIONAL: u8 = 1;
/// 省级: province.
pub const ZG_LAYER_PROVINCE: u8 = 2;
/// 市级: city.
pub const ZG_LAYER_CITY: u8 = 3;
/// 单位: unit.
pub const ZG_LAYER_UNIT: u8 = 4;
pub(crate) const LAYERS: &[Layer] = &[
    Layer::National,
    Layer::Province,
    Layer::City,
    Layer::Unit,
];
