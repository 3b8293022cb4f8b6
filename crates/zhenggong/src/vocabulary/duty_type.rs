//! 岗位类别, kinds of duty that the overtime allowance tells apart.

use super::vocabulary;

vocabulary! {
    /// The kind of unit or duty; the overtime allowance caps their days differently.
    pub enum DutyType ("duty-type", "岗位类别", "kind of duty") {
        FrontLine = "front-line", "一线执法勤务", "front line";
        GeneralAdministration = "general-administration", "综合管理", "general administration";
    }
}
