//! What the regulation fixes about the statutory holidays.

/// How many days each festival has, and where the Spring Festival begins: art. 2 of 全国年节及纪念日
/// 放假办法, as data.
///
/// | Text | New Year | Spring | Qingming | Labour | Dragon Boat | Mid-Autumn | National |
/// |---|---|---|---|---|---|---|---|
/// | 2013-12-11 | 1 | 3 from 0 | 1 | 1 | 1 | 1 | 3 |
/// | 2024-11-10 | 1 | 4 from −1 | 1 | 2 | 1 | 1 | 3 |
///
/// A festival of 0 days is no holiday, as some were before 2008.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HolidayRegulation {
    /// Days from 1 January.
    pub new_year_days: u8,
    /// The first day of the Spring Festival, counted from the first of the lunar year: 0 is 正月初一,
    /// −1 is 除夕.
    pub spring_from: i8,
    /// Days from there.
    pub spring_days: u8,
    /// Days from the day of the solar term 清明.
    pub qingming_days: u8,
    /// Days from 1 May.
    pub labour_days: u8,
    /// Days from the fifth of the fifth lunar month.
    pub dragon_boat_days: u8,
    /// Days from the fifteenth of the eighth lunar month.
    pub mid_autumn_days: u8,
    /// Days from 1 October.
    pub national_days: u8,
}

#[cfg(test)]
impl HolidayRegulation {
    /// Art. 2 as of 2013-12-11.
    pub(super) const OF_2013: Self = Self {
        new_year_days: 1,
        spring_from: 0,
        spring_days: 3,
        qingming_days: 1,
        labour_days: 1,
        dragon_boat_days: 1,
        mid_autumn_days: 1,
        national_days: 3,
    };
    /// Art. 2 as of 2024-11-10.
    pub(super) const OF_2024: Self =
        Self { spring_from: -1, spring_days: 4, labour_days: 2, ..Self::OF_2013 };
}
