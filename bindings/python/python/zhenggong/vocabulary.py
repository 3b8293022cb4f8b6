"""The closed lists of the field as enums, made by ``tools/vocabulary.py`` from the core.

A member is text, its code, and stands wherever a fact is expected; ``zh`` and ``en`` name it.

    >>> from zhenggong import PoliceRank
    >>> PoliceRank("三级警督") is PoliceRank.SUPERVISOR_THIRD_CLASS
    True
    >>> PoliceRank.SUPERVISOR_THIRD_CLASS.en
    'Supervisor, Third Class'
"""

from __future__ import annotations

from ._term import Term, named

__all__ = [
    "AuxiliaryGrade",
    "BonusElection",
    "DutyType",
    "Education",
    "ElderlySupport",
    "Evidence",
    "FloatStep",
    "HousingRelief",
    "Layer",
    "Origin",
    "PayItem",
    "PersonKind",
    "PoliceRank",
    "PostKind",
    "PostTier",
    "RankEvent",
    "RiskClass",
    "StartKind",
    "WithholdingMethod",
]


class PersonKind(Term):
    """Kind of person (人员类别)."""

    OFFICER = "officer"
    AUXILIARY = "auxiliary"


named(
    PersonKind,
    {
        "officer": ("民警", "police officer"),
        "auxiliary": ("辅警", "auxiliary"),
    },
)


class PoliceRank(Term):
    """Police rank (警衔)."""

    CONSTABLE_SECOND_CLASS = "constable-second-class"
    CONSTABLE_FIRST_CLASS = "constable-first-class"
    SUPERINTENDENT_THIRD_CLASS = "superintendent-third-class"
    SUPERINTENDENT_SECOND_CLASS = "superintendent-second-class"
    SUPERINTENDENT_FIRST_CLASS = "superintendent-first-class"
    SUPERVISOR_THIRD_CLASS = "supervisor-third-class"
    SUPERVISOR_SECOND_CLASS = "supervisor-second-class"
    SUPERVISOR_FIRST_CLASS = "supervisor-first-class"
    COMMISSIONER_THIRD_CLASS = "commissioner-third-class"
    COMMISSIONER_SECOND_CLASS = "commissioner-second-class"
    COMMISSIONER_FIRST_CLASS = "commissioner-first-class"
    DEPUTY_COMMISSIONER_GENERAL = "deputy-commissioner-general"
    COMMISSIONER_GENERAL = "commissioner-general"


named(
    PoliceRank,
    {
        "constable-second-class": ("二级警员", "Constable, Second Class"),
        "constable-first-class": ("一级警员", "Constable, First Class"),
        "superintendent-third-class": ("三级警司", "Superintendent, Third Class"),
        "superintendent-second-class": ("二级警司", "Superintendent, Second Class"),
        "superintendent-first-class": ("一级警司", "Superintendent, First Class"),
        "supervisor-third-class": ("三级警督", "Supervisor, Third Class"),
        "supervisor-second-class": ("二级警督", "Supervisor, Second Class"),
        "supervisor-first-class": ("一级警督", "Supervisor, First Class"),
        "commissioner-third-class": ("三级警监", "Commissioner, Third Class"),
        "commissioner-second-class": ("二级警监", "Commissioner, Second Class"),
        "commissioner-first-class": ("一级警监", "Commissioner, First Class"),
        "deputy-commissioner-general": ("副总警监", "Deputy Commissioner General"),
        "commissioner-general": ("总警监", "Commissioner General"),
    },
)


class RankEvent(Term):
    """Rank event (警衔变动)."""

    GRANTED = "granted"
    PROMOTED = "promoted"
    DEMOTED = "demoted"
    NOT_KEPT = "not-kept"
    RETIRED = "retired"


named(
    RankEvent,
    {
        "granted": ("授予", "granted"),
        "promoted": ("晋升", "promoted"),
        "demoted": ("降低", "demoted"),
        "not-kept": ("不予保留", "not kept"),
        "retired": ("退休", "retired"),
    },
)


class PostTier(Term):
    """Post tier (职务层次)."""

    STATE_PRINCIPAL = "state-principal"
    STATE_DEPUTY = "state-deputy"
    PROVINCE_MINISTRY_PRINCIPAL = "province-ministry-principal"
    PROVINCE_MINISTRY_DEPUTY = "province-ministry-deputy"
    BUREAU_PRINCIPAL = "bureau-principal"
    BUREAU_DEPUTY = "bureau-deputy"
    DIVISION_PRINCIPAL = "division-principal"
    DIVISION_DEPUTY = "division-deputy"
    SECTION_PRINCIPAL = "section-principal"
    SECTION_DEPUTY = "section-deputy"
    STAFF_MEMBER = "staff-member"
    CLERK = "clerk"


named(
    PostTier,
    {
        "state-principal": ("国家级正职", "State level, principal"),
        "state-deputy": ("国家级副职", "State level, deputy"),
        "province-ministry-principal": ("省部级正职", "Province or ministry level, principal"),
        "province-ministry-deputy": ("省部级副职", "Province or ministry level, deputy"),
        "bureau-principal": ("厅局级正职", "Bureau level, principal"),
        "bureau-deputy": ("厅局级副职", "Bureau level, deputy"),
        "division-principal": ("县处级正职", "Division level, principal"),
        "division-deputy": ("县处级副职", "Division level, deputy"),
        "section-principal": ("乡科级正职", "Section level, principal"),
        "section-deputy": ("乡科级副职", "Section level, deputy"),
        "staff-member": ("科员", "Staff member"),
        "clerk": ("办事员", "Clerk"),
    },
)


class PostKind(Term):
    """Kind of post (职务类别)."""

    LEADING = "leading"
    NON_LEADING = "non-leading"


named(
    PostKind,
    {
        "leading": ("领导职务", "leading post"),
        "non-leading": ("非领导职务", "non-leading post"),
    },
)


class DutyType(Term):
    """Kind of duty (岗位类别)."""

    FRONT_LINE = "front-line"
    GENERAL_ADMINISTRATION = "general-administration"


named(
    DutyType,
    {
        "front-line": ("一线执法勤务", "front line"),
        "general-administration": ("综合管理", "general administration"),
    },
)


class AuxiliaryGrade(Term):
    """Auxiliary grade (辅警层级)."""

    PROBATION = "probation"
    GRADE_7 = "grade-7"
    GRADE_6 = "grade-6"
    GRADE_5 = "grade-5"
    GRADE_4 = "grade-4"
    GRADE_3 = "grade-3"
    GRADE_2 = "grade-2"
    GRADE_1 = "grade-1"


named(
    AuxiliaryGrade,
    {
        "probation": ("见习", "probation"),
        "grade-7": ("七级", "grade 7"),
        "grade-6": ("六级", "grade 6"),
        "grade-5": ("五级", "grade 5"),
        "grade-4": ("四级", "grade 4"),
        "grade-3": ("三级", "grade 3"),
        "grade-2": ("二级", "grade 2"),
        "grade-1": ("一级", "grade 1"),
    },
)


class Education(Term):
    """Education (学历)."""

    JUNIOR_MIDDLE = "junior-middle"
    SENIOR_MIDDLE = "senior-middle"
    JUNIOR_COLLEGE = "junior-college"
    BACHELOR = "bachelor"
    DOUBLE_BACHELOR = "double-bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


named(
    Education,
    {
        "junior-middle": ("初中", "Junior middle school"),
        "senior-middle": ("高中、中专", "Senior middle or specialised secondary school"),
        "junior-college": ("大学专科", "Junior college"),
        "bachelor": ("大学本科", "Bachelor"),
        "double-bachelor": ("双学士、研究生班", "Double bachelor or postgraduate class"),
        "master": ("硕士", "Master"),
        "doctor": ("博士", "Doctor"),
    },
)


class HousingRelief(Term):
    """Housing deduction (住房扣除)."""

    MORTGAGE_INTEREST = "mortgage-interest"
    RENT_LARGE_CITY = "rent-large-city"
    RENT_MEDIUM_CITY = "rent-medium-city"
    RENT_OTHER = "rent-other"


named(
    HousingRelief,
    {
        "mortgage-interest": ("住房贷款利息", "mortgage interest"),
        "rent-large-city": (
            "住房租金（直辖市、省会等）",
            "rent, municipality or provincial capital",
        ),
        "rent-medium-city": ("住房租金（市辖区户籍人口超过100万）", "rent, city above one million"),
        "rent-other": ("住房租金（其他城市）", "rent, other city"),
    },
)


class ElderlySupport(Term):
    """Support of the elderly (赡养老人)."""

    ONLY_CHILD = "only-child"
    SHARED = "shared"


named(
    ElderlySupport,
    {
        "only-child": ("独生子女", "only child"),
        "shared": ("与兄弟姐妹分摊", "shared with siblings"),
    },
)


class RiskClass(Term):
    """Risk class (行业工伤风险类别)."""

    CLASS_1 = "class-1"
    CLASS_2 = "class-2"
    CLASS_3 = "class-3"
    CLASS_4 = "class-4"
    CLASS_5 = "class-5"
    CLASS_6 = "class-6"
    CLASS_7 = "class-7"
    CLASS_8 = "class-8"


named(
    RiskClass,
    {
        "class-1": ("一类", "class 1"),
        "class-2": ("二类", "class 2"),
        "class-3": ("三类", "class 3"),
        "class-4": ("四类", "class 4"),
        "class-5": ("五类", "class 5"),
        "class-6": ("六类", "class 6"),
        "class-7": ("七类", "class 7"),
        "class-8": ("八类", "class 8"),
    },
)


class FloatStep(Term):
    """Step of the rate (费率档次)."""

    DOWN_50 = "down-50"
    DOWN_80 = "down-80"
    BASE = "base"
    UP_120 = "up-120"
    UP_150 = "up-150"


named(
    FloatStep,
    {
        "down-50": ("下浮至50%", "down to 50 %"),
        "down-80": ("下浮至80%", "down to 80 %"),
        "base": ("基准", "base rate"),
        "up-120": ("上浮至120%", "up to 120 %"),
        "up-150": ("上浮至150%", "up to 150 %"),
    },
)


class StartKind(Term):
    """Kind of start (入职类别)."""

    NEW_WORKER = "new-worker"
    TRANSFEREE = "transferee"


named(
    StartKind,
    {
        "new-worker": ("新参加工作", "first job"),
        "transferee": ("新调入", "transferred in"),
    },
)


class WithholdingMethod(Term):
    """Basic deduction method (减除费用口径)."""

    NORMAL = "normal"
    FIRST_JOB_IN_YEAR = "first-job-in-year"
    PRIOR_YEAR_60000 = "prior-year-60000"


named(
    WithholdingMethod,
    {
        "normal": ("按任职受雇月份", "by months employed here"),
        "first-job-in-year": ("当年首次取得工资", "first wages of the year"),
        "prior-year-60000": ("上年收入不超过6万元", "at most 60000 in the year before"),
    },
)


class BonusElection(Term):
    """Way to tax the bonus (奖金计税方式)."""

    SEPARATE = "separate"
    MERGE = "merge"


named(
    BonusElection,
    {
        "separate": ("单独计税", "by itself"),
        "merge": ("并入综合所得", "with the wages"),
    },
)


class PayItem(Term):
    """Pay item (工资项目)."""

    POST_PAY = "post-pay"
    LEVEL_PAY = "level-pay"
    POLICE_RANK_ALLOWANCE = "police-rank-allowance"
    POLICE_OVERTIME_ALLOWANCE = "police-overtime-allowance"
    DUTY_POST_ALLOWANCE = "duty-post-allowance"
    HARDSHIP_ALLOWANCE = "hardship-allowance"
    TOWNSHIP_ALLOWANCE = "township-allowance"
    TRANSPORT_ALLOWANCE = "transport-allowance"
    BASE_PERFORMANCE_AWARD = "base-performance-award"
    RETAINED_1993 = "retained-1993"
    NORMATIVE_ALLOWANCE = "normative-allowance"
    AUXILIARY_BASIC = "auxiliary-basic"
    AUXILIARY_DUTY = "auxiliary-duty"
    AUXILIARY_PERFORMANCE = "auxiliary-performance"
    AUXILIARY_OVERTIME = "auxiliary-overtime"
    AUXILIARY_ALLOWANCE = "auxiliary-allowance"
    YEAR_END_BONUS = "year-end-bonus"
    OTHER_EARNING = "other-earning"
    PENSION = "pension"
    OCCUPATIONAL_ANNUITY = "occupational-annuity"
    MEDICAL = "medical"
    MEDICAL_FLAT = "medical-flat"
    UNEMPLOYMENT = "unemployment"
    HOUSING_FUND = "housing-fund"
    INCOME_TAX = "income-tax"
    BONUS_TAX = "bonus-tax"
    OTHER_DEDUCTION = "other-deduction"
    EMPLOYER_PENSION = "employer-pension"
    EMPLOYER_ANNUITY = "employer-annuity"
    EMPLOYER_MEDICAL = "employer-medical"
    EMPLOYER_UNEMPLOYMENT = "employer-unemployment"
    EMPLOYER_WORK_INJURY = "employer-work-injury"
    EMPLOYER_HOUSING_FUND = "employer-housing-fund"


named(
    PayItem,
    {
        "post-pay": ("职务工资", "post pay"),
        "level-pay": ("级别工资", "level pay"),
        "police-rank-allowance": ("警衔津贴", "police rank allowance"),
        "police-overtime-allowance": ("加班补贴", "police overtime allowance"),
        "duty-post-allowance": ("值勤岗位津贴", "duty post allowance"),
        "hardship-allowance": ("艰苦边远地区津贴", "hardship and remote area allowance"),
        "township-allowance": ("乡镇工作补贴", "township allowance"),
        "transport-allowance": ("公务交通补贴", "transport allowance"),
        "base-performance-award": ("基础绩效奖", "base performance award"),
        "retained-1993": ("93年工改保留", "retained from the 1993 reform"),
        "normative-allowance": ("规范性津补贴", "normative allowance"),
        "auxiliary-basic": ("辅警基本工资", "auxiliary basic pay"),
        "auxiliary-duty": ("辅警岗位工资", "auxiliary duty pay"),
        "auxiliary-performance": ("辅警绩效工资", "auxiliary performance pay"),
        "auxiliary-overtime": ("辅警加班补贴", "auxiliary overtime pay"),
        "auxiliary-allowance": ("辅警津贴", "auxiliary allowance"),
        "year-end-bonus": ("年终一次性奖金", "year-end bonus"),
        "other-earning": ("其他应发", "other earning"),
        "pension": ("基本养老保险（个人）", "basic pension, own share"),
        "occupational-annuity": ("职业年金（个人）", "occupational annuity, own share"),
        "medical": ("基本医疗保险（个人）", "basic medical insurance, own share"),
        "medical-flat": ("大额医疗互助（个人）", "large-claim medical flat amount"),
        "unemployment": ("失业保险（个人）", "unemployment insurance, own share"),
        "housing-fund": ("住房公积金（个人）", "housing provident fund, own share"),
        "income-tax": ("个人所得税", "income tax"),
        "bonus-tax": ("全年一次性奖金个人所得税", "income tax on the annual bonus"),
        "other-deduction": ("其他扣款", "other deduction"),
        "employer-pension": ("基本养老保险（单位）", "basic pension, employer's share"),
        "employer-annuity": ("职业年金（单位）", "occupational annuity, employer's share"),
        "employer-medical": (
            "基本医疗保险含生育（单位）",
            "medical with maternity insurance, employer's share",
        ),
        "employer-unemployment": ("失业保险（单位）", "unemployment insurance, employer's share"),
        "employer-work-injury": (
            "工伤保险（单位）",
            "work-related injury insurance, employer's share",
        ),
        "employer-housing-fund": ("住房公积金（单位）", "housing provident fund, employer's share"),
    },
)


class Origin(Term):
    """Origin (来源)."""

    COMPUTED = "computed"
    STATED = "stated"


named(
    Origin,
    {
        "computed": ("计算", "computed"),
        "stated": ("核定", "stated"),
    },
)


class Evidence(Term):
    """Evidence (证据等级)."""

    OFFICIAL = "official"
    SECONDARY = "secondary"
    INFERRED = "inferred"


named(
    Evidence,
    {
        "official": ("官方", "official"),
        "secondary": ("二手", "secondary"),
        "inferred": ("推定", "inferred"),
    },
)


class Layer(Term):
    """Layer (层级)."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    UNIT = "unit"


named(
    Layer,
    {
        "national": ("全国", "national"),
        "province": ("省级", "province"),
        "city": ("市级", "city"),
        "unit": ("单位", "unit"),
    },
)
