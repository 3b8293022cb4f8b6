//! 学历, education, as the pay tables for new recruits divide it.

use super::vocabulary;

vocabulary! {
    /// Education of a recruit, low to high, in the seven rows of the trial pay tables. The fifth row
    /// also holds six-year bachelors (六年制本科) and postgraduates without a degree.
    pub enum Education ("education", "学历", "education") {
        JuniorMiddle = "junior-middle", "初中", "Junior middle school";
        SeniorMiddle = "senior-middle", "高中、中专", "Senior middle or specialised secondary school";
        JuniorCollege = "junior-college", "大学专科", "Junior college";
        Bachelor = "bachelor", "大学本科", "Bachelor";
        DoubleBachelor = "double-bachelor", "双学士、研究生班", "Double bachelor or postgraduate class";
        Master = "master", "硕士", "Master";
        Doctor = "doctor", "博士", "Doctor";
    }
}
