//! How well a source was seen.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// How well the text behind a value was seen, best first. The greater, the weaker.
    #[derive(PartialOrd, Ord)]
    pub enum Evidence ("evidence", "证据等级", "evidence") {
        Official = "official", "官方", "official";
        Secondary = "secondary", "二手", "secondary";
        Inferred = "inferred", "推定", "inferred";
    }
}
