//! How far a person takes part in the appraisal of a year.

use crate::vocabulary::{AnnualGrade, vocabulary};

vocabulary! {
    /// How far a person takes part in the appraisal of a year.
    pub enum AppraisalStanding ("standing", "参加考核的方式", "standing in the appraisal") {
        Graded = "graded", "正常确定等次", "graded";
        NotExcellent = "not-excellent", "参加考核，不得确定为优秀", "graded, but not excellent";
        CommentOnly = "comment-only", "只写评语，不确定等次", "a comment and no grade";
        GradeLater = "grade-later", "参加考核，暂不定等次", "no grade until the case is closed";
        Incompetent = "incompetent", "直接确定为不称职", "incompetent without further appraisal";
        NotAssessed = "not-assessed", "不进行年度考核", "no appraisal";
    }
}

impl AppraisalStanding {
    /// Returns the grade that this one becomes: 优秀 is cut to 称职 where it is barred, and no grade stays
    /// where none is given.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::{assessment::AppraisalStanding, vocabulary::AnnualGrade};
    /// let warned = AppraisalStanding::NotExcellent;
    /// assert_eq!(warned.cut(AnnualGrade::Excellent), AnnualGrade::Competent);
    /// assert_eq!(warned.cut(AnnualGrade::Incompetent), AnnualGrade::Incompetent);
    /// ```
    #[must_use]
    pub const fn cut(self, grade: AnnualGrade) -> AnnualGrade {
        match (self, grade) {
            (Self::NotExcellent, AnnualGrade::Excellent) => AnnualGrade::Competent,
            (Self::Graded | Self::NotExcellent, grade) => grade,
            (Self::CommentOnly | Self::GradeLater, _) => AnnualGrade::NoGrade,
            (Self::Incompetent, _) => AnnualGrade::Incompetent,
            (Self::NotAssessed, _) => AnnualGrade::NotAssessed,
        }
    }
}
