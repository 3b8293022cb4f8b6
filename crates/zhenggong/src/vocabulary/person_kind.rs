//! 人员类别, kinds of person.

use super::vocabulary;

vocabulary! {
    /// Whether a person is a police officer (民警, a civil servant) or an auxiliary (辅警, contract staff).
    pub enum PersonKind ("person-kind", "人员类别", "kind of person") {
        Officer = "officer", "民警", "police officer";
        Auxiliary = "auxiliary", "辅警", "auxiliary";
    }
}
