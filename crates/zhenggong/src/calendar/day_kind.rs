//! Kinds of days, as overtime pay tells them apart.

/// The kind of a day, as 劳动法 art. 44 tells overtime apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// 工作日, including a weekend day made a workday by a transfer.
    Workday,
    /// 休息日, a weekend day or a weekday made a rest day by a transfer.
    RestDay,
    /// 法定休假日, a statutory holiday of all citizens.
    StatutoryHoliday,
}

impl DayKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Workday, Self::RestDay, Self::StatutoryHoliday];

    /// Returns the Chinese name.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Workday => "工作日",
            Self::RestDay => "休息日",
            Self::StatutoryHoliday => "法定休假日",
        }
    }

    /// Returns the English name.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::Workday => "workday",
            Self::RestDay => "rest day",
            Self::StatutoryHoliday => "statutory holiday",
        }
    }

    /// Returns the stable code, such as `rest-day`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Workday => "workday",
            Self::RestDay => "rest-day",
            Self::StatutoryHoliday => "statutory-holiday",
        }
    }
}

crate::schema::written_by_code! {
    DayKind ("日期类别", "kind of a day")
        kind => crate::vocabulary::Term::new(kind.code(), kind.zh(), kind.en());
    Workday, RestDay, StatutoryHoliday
}
