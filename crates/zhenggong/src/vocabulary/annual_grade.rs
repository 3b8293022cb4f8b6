//! 年度考核等次, the grades of the yearly appraisal.

use super::{Vocabulary, vocabulary};

vocabulary! {
    /// What a year's appraisal ended with: the four grades of 公务员法 art. 38, high to low, and the two
    /// ways to have none.
    pub enum AnnualGrade ("annual-grade", "年度考核等次", "grade of the yearly appraisal") {
        Excellent = "excellent", "优秀", "excellent";
        Competent = "competent", "称职", "competent";
        BasicallyCompetent = "basically-competent", "基本称职", "basically competent";
        Incompetent = "incompetent", "不称职", "incompetent";
        NoGrade = "no-grade", "不定等次", "took part, no grade";
        NotAssessed = "not-assessed", "未参加考核", "not assessed";
    }
}

impl AnnualGrade {
    /// Returns whether the grade is this one or better; a year without a grade never is.
    #[must_use]
    #[inline]
    pub fn at_least(self, least: Self) -> bool {
        self.is_graded() && self.index() <= least.index()
    }

    /// Returns whether the year ended with one of the four grades.
    #[must_use]
    #[inline]
    pub const fn is_graded(self) -> bool {
        !matches!(self, Self::NoGrade | Self::NotAssessed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_without_a_grade_is_at_least_nothing() {
        for least in AnnualGrade::ALL.iter().copied().filter(|g| g.is_graded()) {
            assert!(AnnualGrade::Excellent.at_least(least));
            assert!(!AnnualGrade::NoGrade.at_least(least));
            assert!(!AnnualGrade::NotAssessed.at_least(least));
        }
        assert!(!AnnualGrade::BasicallyCompetent.at_least(AnnualGrade::Competent));
    }
}
