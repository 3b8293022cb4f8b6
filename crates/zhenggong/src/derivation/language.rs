//! The language of a text.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// The language in which a text is written.
    pub enum Language ("language", "语言", "language") {
        Zh = "zh", "中文", "Chinese";
        En = "en", "英文", "English";
    }
}
