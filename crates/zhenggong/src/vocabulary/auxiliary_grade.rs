//! 辅警层级, grades of auxiliaries.

use super::vocabulary;

vocabulary! {
    /// The grades of auxiliaries (辅警层级), low to high; places use as many of them as they like.
    pub enum AuxiliaryGrade ("auxiliary-grade", "辅警层级", "auxiliary grade") {
        Probation = "probation", "见习", "probation";
        Grade7 = "grade-7", "七级", "grade 7";
        Grade6 = "grade-6", "六级", "grade 6";
        Grade5 = "grade-5", "五级", "grade 5";
        Grade4 = "grade-4", "四级", "grade 4";
        Grade3 = "grade-3", "三级", "grade 3";
        Grade2 = "grade-2", "二级", "grade 2";
        Grade1 = "grade-1", "一级", "grade 1";
    }
}
