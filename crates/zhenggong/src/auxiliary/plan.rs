//! The parts of a pay plan: its lines, as they are read from a pack.

use crate::{
    number::{Money, Rate, Rounding},
    vocabulary::{PayItem, vocabulary},
};

/// The most lines that a plan has; the values of all lines of one person stand in an array this long.
pub const MAX_LINES: usize = 32;

vocabulary! {
    /// The kinds of line that a pay plan is made of. The list is closed.
    pub enum LineKind ("line-kind", "工资方案行的种类", "kind of pay plan line") {
        Fixed = "fixed", "定额", "fixed amount";
        Table = "table", "分档", "amount by grade or post";
        Share = "share", "比例", "share of another amount";
        Count = "count", "计次", "amount for each";
        Performance = "performance", "绩效", "base times the assessment coefficient";
        MinimumWage = "minimum-wage", "最低工资", "the local minimum wage";
    }
}

impl LineKind {
    /// Returns the keys that a line of this kind has besides the common ones.
    pub(super) const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Fixed => &["amount"],
            Self::Table => &["by", "amounts"],
            Self::Share => &["of", "share", "rounding"],
            Self::Count => &["count", "rate", "cap"],
            Self::Performance => &["amount", "by", "amounts", "of", "share", "rounding"],
            Self::MinimumWage => &[],
        }
    }
}

vocabulary! {
    /// The fact that a table of amounts goes by.
    pub enum TableKey ("table-key", "分档依据", "key of the table") {
        Grade = "grade", "层级", "grade";
        Post = "post", "岗位", "post";
    }
}

vocabulary! {
    /// The standards of other rules that a line may take a share of.
    pub enum Standard ("standard", "标准", "standard") {
        PoliceOvertimeFlat = "police-overtime-flat", "民警加班补贴月定额", "flat police overtime allowance";
        MinimumWage = "minimum-wage", "最低工资标准", "local minimum wage";
    }
}

vocabulary! {
    /// What a line of the kind `count` may count in a month.
    pub enum CountFact ("count-fact", "计次事实", "counted fact") {
        OvertimeHours = "overtime-hours", "加班小时数", "overtime hours";
        OvertimeDays = "overtime-days", "加班天数", "overtime days";
        HolidayDays = "holiday-days", "法定节假日加班天数", "statutory holidays worked";
        NightShifts = "night-shifts", "夜班次数", "night shifts";
        DutyDays = "duty-days", "出勤天数", "days on duty";
        ServiceYears = "service-years", "辅警工作年限", "years of service as an auxiliary";
    }
}

/// A post that a plan names, by its number in that plan; made by [`PayPlan::post`].
///
/// [`PayPlan::post`]: super::PayPlan::post
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PostKey(pub(super) u16);

/// A plan as it stands in a pack.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) lines: Vec<Line>,
    /// The names of all posts that tables of the plan use.
    pub(super) posts: Vec<String>,
}

/// A line of a plan.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) number: u16,
    pub(super) id: String,
    pub(super) zh: String,
    pub(super) en: String,
    /// The item that the line is paid under; none for a line that is only computed.
    pub(super) item: Option<PayItem>,
    pub(super) formula: Formula,
}

/// How the amount of a line is found.
#[derive(Debug)]
pub(super) enum Formula {
    Fixed(Money),
    Table(Cells),
    Share(Share, Rounding),
    Count { fact: CountFact, rate: Money, cap: Option<u32> },
    Performance(Base, Rounding),
    Standard(Standard),
}

/// The base that the assessment coefficient multiplies.
#[derive(Debug)]
pub(super) enum Base {
    Fixed(Money),
    Table(Cells),
    Share(Share),
}

/// A table of amounts by grade or post; a key without an amount has none.
#[derive(Debug)]
pub(super) struct Cells {
    pub(super) by: TableKey,
    pub(super) cells: Box<[Option<Money>]>,
}

/// A share of an earlier line or of a standard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) of: Source,
    pub(super) rate: Rate,
}

/// What a share is taken of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    /// An earlier line, by its number.
    Line(u16),
    Standard(Standard),
}
