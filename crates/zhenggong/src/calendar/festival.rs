//! The festivals on which all citizens have a holiday.

/// A festival on which all citizens have a holiday (全国年节及纪念日放假办法 art. 2), in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Festival {
    /// 元旦 (新年 until the text of 2024), 1 January.
    NewYear,
    /// 春节, by the first day of the lunar year.
    SpringFestival,
    /// 清明节, the day of the solar term.
    Qingming,
    /// 劳动节, from 1 May.
    LabourDay,
    /// 端午节, the fifth of the fifth lunar month.
    DragonBoat,
    /// 中秋节, the fifteenth of the eighth lunar month.
    MidAutumn,
    /// 国庆节, from 1 October.
    NationalDay,
}

impl Festival {
    /// All festivals, in the order of the regulation.
    pub const ALL: [Self; 7] = [
        Self::NewYear,
        Self::SpringFestival,
        Self::Qingming,
        Self::LabourDay,
        Self::DragonBoat,
        Self::MidAutumn,
        Self::NationalDay,
    ];

    /// Returns the Chinese name.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::NewYear => "元旦",
            Self::SpringFestival => "春节",
            Self::Qingming => "清明节",
            Self::LabourDay => "劳动节",
            Self::DragonBoat => "端午节",
            Self::MidAutumn => "中秋节",
            Self::NationalDay => "国庆节",
        }
    }

    /// Returns the English name.
    #[must_use]
    pub const fn en(self) -> &'static str {
        match self {
            Self::NewYear => "New Year's Day",
            Self::SpringFestival => "Spring Festival",
            Self::Qingming => "Qingming Festival",
            Self::LabourDay => "Labour Day",
            Self::DragonBoat => "Dragon Boat Festival",
            Self::MidAutumn => "Mid-Autumn Festival",
            Self::NationalDay => "National Day",
        }
    }

    /// Returns the stable code, such as `spring-festival`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NewYear => "new-year",
            Self::SpringFestival => "spring-festival",
            Self::Qingming => "qingming",
            Self::LabourDay => "labour-day",
            Self::DragonBoat => "dragon-boat",
            Self::MidAutumn => "mid-autumn",
            Self::NationalDay => "national-day",
        }
    }
}
