//! 性别, as the tables of fitness marks name it.

use super::vocabulary;

vocabulary! {
    /// Men or women, where a standard has a table for each.
    pub enum Sex ("sex", "性别", "sex") {
        Male = "male", "男", "male";
        Female = "female", "女", "female";
    }
}
