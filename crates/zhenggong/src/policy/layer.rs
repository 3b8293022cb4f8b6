//! Layers of policy.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// The layer that a pack belongs to, highest first.
    #[derive(PartialOrd, Ord)]
    pub enum Layer ("layer", "层级", "layer") {
        National = "national", "全国", "national";
        Province = "province", "省级", "province";
        City = "city", "市级", "city";
        Unit = "unit", "单位", "unit";
    }
}
