//! 奖励, the awards of police and civil servants.

use super::vocabulary;

vocabulary! {
    /// The awards, low to high (公务员法 art. 53; 公安机关组织管理条例 art. 32); the police title for a person is
    /// one of two classes of model hero.
    #[derive(PartialOrd, Ord)]
    pub enum AwardKind ("award-kind", "奖励种类", "kind of award") {
        Commendation = "commendation", "嘉奖", "commendation";
        ThirdClassMerit = "third-class-merit", "三等功", "third-class merit";
        SecondClassMerit = "second-class-merit", "二等功", "second-class merit";
        FirstClassMerit = "first-class-merit", "一等功", "first-class merit";
        Title = "title", "荣誉称号", "title of honour";
        ModelHeroSecondClass = "model-hero-second-class", "二级英模", "Model Hero, Second Class";
        ModelHeroFirstClass = "model-hero-first-class", "一级英模", "Model Hero, First Class";
    }
}
