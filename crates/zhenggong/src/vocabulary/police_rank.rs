//! 警衔, police ranks, and what can happen to one.

use super::vocabulary;

vocabulary! {
    /// The thirteen police ranks (警衔), low to high, in the order of 人民警察警衔条例 art. 7.
    #[derive(PartialOrd, Ord)]
    pub enum PoliceRank ("police-rank", "警衔", "police rank") {
        ConstableSecondClass = "constable-second-class", "二级警员", "Constable, Second Class";
        ConstableFirstClass = "constable-first-class", "一级警员", "Constable, First Class";
        SuperintendentThirdClass = "superintendent-third-class", "三级警司", "Superintendent, Third Class";
        SuperintendentSecondClass = "superintendent-second-class", "二级警司", "Superintendent, Second Class";
        SuperintendentFirstClass = "superintendent-first-class", "一级警司", "Superintendent, First Class";
        SupervisorThirdClass = "supervisor-third-class", "三级警督", "Supervisor, Third Class";
        SupervisorSecondClass = "supervisor-second-class", "二级警督", "Supervisor, Second Class";
        SupervisorFirstClass = "supervisor-first-class", "一级警督", "Supervisor, First Class";
        CommissionerThirdClass = "commissioner-third-class", "三级警监", "Commissioner, Third Class";
        CommissionerSecondClass = "commissioner-second-class", "二级警监", "Commissioner, Second Class";
        CommissionerFirstClass = "commissioner-first-class", "一级警监", "Commissioner, First Class";
        DeputyCommissionerGeneral = "deputy-commissioner-general", "副总警监", "Deputy Commissioner General";
        CommissionerGeneral = "commissioner-general", "总警监", "Commissioner General";
    }
}

vocabulary! {
    /// What can happen to a police rank.
    pub enum RankEvent ("rank-event", "警衔变动", "rank event") {
        Granted = "granted", "授予", "granted";
        Promoted = "promoted", "晋升", "promoted";
        Demoted = "demoted", "降低", "demoted";
        NotKept = "not-kept", "不予保留", "not kept";
        Retired = "retired", "退休", "retired";
    }
}
