//! The events and age groups of the fitness standard of 2010.

use super::{fitness::RULE, refusal};
use crate::{
    Result,
    vocabulary::{Sex, Vocabulary, vocabulary},
};

vocabulary! {
    /// The fourteen events of the standard.
    pub enum FitnessEvent ("fitness-event", "体能项目", "fitness event") {
        Run100 = "run-100", "100米跑", "100 m run";
        Shuttle = "shuttle-10x4", "10米×4往返跑", "10 m × 4 shuttle run";
        Run800 = "run-800", "800米跑", "800 m run";
        Run1000 = "run-1000", "1000米跑", "1000 m run";
        Run1500 = "run-1500", "1500米跑", "1500 m run";
        Walk1500 = "walk-1500", "1500米健步走", "1500 m walk";
        Walk2000 = "walk-2000", "2000米健步走", "2000 m walk";
        Skipping = "skipping", "1分钟跳绳", "skipping for a minute";
        SitUps = "sit-ups", "仰卧起坐", "sit-ups";
        PushUps = "push-ups", "俯卧撑", "push-ups";
        PullUps = "pull-ups", "引体向上", "pull-ups";
        Dips = "dips", "双杠臂屈伸", "dips";
        LongJump = "long-jump", "立定跳远", "standing long jump";
        VerticalJump = "vertical-jump", "原地纵跳", "vertical jump";
    }
}

impl FitnessEvent {
    /// Returns whether a lower mark is better: it is timed.
    #[must_use]
    pub const fn is_timed(self) -> bool {
        matches!(
            self,
            Self::Run100
                | Self::Shuttle
                | Self::Run800
                | Self::Run1000
                | Self::Run1500
                | Self::Walk1500
                | Self::Walk2000
        )
    }
}

vocabulary! {
    /// The four categories; one event is taken from each.
    pub enum FitnessCategory ("fitness-category", "体能项目类别", "category of events") {
        Speed = "speed", "第一类", "first category";
        Endurance = "endurance", "第二类", "second category";
        Strength = "strength", "第三类", "third category";
        Jump = "jump", "第四类", "fourth category";
    }
}

vocabulary! {
    /// The age groups, young to old; the last one is for men only.
    pub enum FitnessGroup ("fitness-group", "年龄组", "age group") {
        Young1 = "young-1", "青年一组", "first young group";
        Young2 = "young-2", "青年二组", "second young group";
        Young3 = "young-3", "青年三组", "third young group";
        Young4 = "young-4", "青年四组", "fourth young group";
        Middle1 = "middle-1", "中年一组", "first middle group";
        Middle2 = "middle-2", "中年二组", "second middle group";
        Middle3 = "middle-3", "中年三组", "third middle group";
    }
}

/// Returns the first group whose upper age is not below this one.
pub(super) fn group_of(to_age: &[Option<u32>], sex: Sex, age: u32) -> Result<FitnessGroup> {
    let found = FitnessGroup::ALL
        .iter()
        .zip(to_age)
        .filter(|(g, _)| sex == Sex::Male || **g != FitnessGroup::Middle3)
        .find(|(_, to)| to.is_some_and(|to| age <= to));
    match found {
        Some((group, _)) => Ok(*group),
        None => {
            let zh = format!("{}性 {age} 岁不在标准的年龄组内", sex.zh());
            let detail = (zh, format!("no group for age {age}, {}", sex.en()));
            Err(refusal::not_applicable(&RULE, detail).field("age"))
        }
    }
}
