//! 处分, the sanctions of civil servants.

use super::vocabulary;

vocabulary! {
    /// The six sanctions (处分、政务处分), light to heavy, in the order of 公务员法 art. 62 and 政务处分法 art. 7.
    #[derive(PartialOrd, Ord)]
    pub enum SanctionKind ("sanction-kind", "处分种类", "kind of sanction") {
        Warning = "warning", "警告", "warning";
        Demerit = "demerit", "记过", "demerit";
        MajorDemerit = "major-demerit", "记大过", "major demerit";
        Demotion = "demotion", "降级", "demotion in level";
        Removal = "removal", "撤职", "removal from post";
        Expulsion = "expulsion", "开除", "expulsion";
    }
}
