//! What a result can be at all: a mark in another unit is refused, and the error says what to write.

use super::{
    fitness_group::FitnessEvent, fitness_mark::Mark, fitness_recruit::RecruitEvent, refusal,
};
use crate::{Result, policy::RuleInfo, vocabulary::Term};

/// How a result is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Seconds, or minutes and seconds.
    Time,
    Metres,
    Centimetres,
    Count,
}

/// The marks that people can reach, best and worst included, in hundredths. They are wide: nobody runs
/// or jumps better, and whoever is worse has not taken the test.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    unit: Unit,
    least: u32,
    most: u32,
}

const fn time(least: u32, most: u32) -> Range {
    Range { unit: Unit::Time, least: least * 100, most: most * 100 }
}

const fn count(most: u32) -> Range {
    Range { unit: Unit::Count, least: 0, most: most * 100 }
}

impl FitnessEvent {
    /// Returns what a result of the event can be.
    pub(super) const fn range(self) -> Range {
        match self {
            Self::Run100 => time(9, 60),
            Self::Shuttle => time(7, 60),
            Self::Run800 => time(90, 1200),
            Self::Run1000 => time(120, 1500),
            Self::Run1500 => time(200, 2100),
            Self::Walk1500 => time(300, 3600),
            Self::Walk2000 => time(420, 3600),
            Self::Skipping => count(400),
            Self::SitUps | Self::PushUps | Self::PullUps | Self::Dips => count(300),
            Self::LongJump => Range { unit: Unit::Metres, least: 20, most: 400 },
            Self::VerticalJump => Range { unit: Unit::Metres, least: 1, most: 150 },
        }
    }
}

impl RecruitEvent {
    /// Returns what a result of the event can be.
    pub(super) const fn range(self) -> Range {
        match self {
            Self::Shuttle => FitnessEvent::Shuttle.range(),
            Self::Run1000 => FitnessEvent::Run1000.range(),
            Self::Run800 => FitnessEvent::Run800.range(),
            Self::ReachHeight => Range { unit: Unit::Centimetres, least: 10_000, most: 45_000 },
        }
    }
}

/// Refuses a result that is none of its event.
///
/// # Errors
///
/// `InvalidInput`, which says in which unit the result is written, and what to write where another unit
/// was meant.
pub(super) fn check(
    rule: &RuleInfo,
    event: &Term,
    range: Range,
    mark: Mark,
    at: usize,
) -> Result<()> {
    let value = mark.hundredths();
    let whole = range.unit != Unit::Count || value.is_multiple_of(100);
    if whole && (range.least..=range.most).contains(&value) {
        return Ok(());
    }
    Err(refused(rule, event, range, mark, at))
}

#[cold]
fn refused(rule: &RuleInfo, event: &Term, range: Range, mark: Mark, at: usize) -> crate::Error {
    let (zh, en) = match range.unit {
        Unit::Time => ("秒，或分:秒", "seconds, or minutes:seconds"),
        Unit::Metres => ("米", "metres"),
        Unit::Centimetres => ("厘米", "centimetres"),
        Unit::Count => ("整数次", "a whole number"),
    };
    let (least, most) = (range.text(range.least), range.text(range.most));
    let (write_zh, write_en) = match range.meant(mark) {
        Some(text) => (format!("；请写作 {text}"), format!("; write {text}")),
        None => (String::new(), String::new()),
    };
    let zh = format!("{}成绩 {mark} 应为{zh}，{least} 至 {most}{write_zh}", event.zh);
    let en = format!("{} {mark}: expected {en}, {least} to {most}{write_en}", event.en);
    refusal::invalid(rule, &format!("results[{at}].mark"), (zh, en))
}

impl Range {
    fn holds(self, value: u32) -> bool {
        (self.least..=self.most).contains(&value)
    }

    /// Returns what was probably meant: another unit, or minutes and seconds with a point between.
    fn meant(self, mark: Mark) -> Option<String> {
        let value = mark.hundredths();
        match self.unit {
            Unit::Metres => {
                let cm = value / 100;
                (value.is_multiple_of(100) && self.holds(cm)).then(|| self.text(cm))
            }
            Unit::Centimetres => {
                let cm = value.checked_mul(100)?;
                self.holds(cm).then(|| self.text(cm))
            }
            Unit::Time => {
                let (minutes, seconds) = (value / 100, value % 100);
                let time = (minutes * 60).checked_add(seconds)?.checked_mul(100)?;
                (seconds < 60 && self.holds(time)).then(|| format!("{minutes}:{seconds:02}"))
            }
            Unit::Count => None,
        }
    }

    /// Returns a mark as it is written.
    fn text(self, hundredths: u32) -> String {
        let (whole, part) = (hundredths / 100, hundredths % 100);
        match self.unit {
            Unit::Time if whole >= 60 => format!("{}:{:02}", whole / 60, whole % 60),
            Unit::Time | Unit::Count | Unit::Centimetres => whole.to_string(),
            Unit::Metres => format!("{whole}.{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    /// Says what is wrong with a result in both languages, or nothing.
    fn said(event: FitnessEvent, mark: &str) -> Option<(String, String)> {
        let mark = mark.parse().unwrap();
        let found = check(&super::super::fitness::RULE, event.term(), event.range(), mark, 0);
        found.err().map(|e| (e.zh(), e.en()))
    }

    #[test]
    fn another_unit_is_refused_with_what_to_write() {
        for (event, mark, write) in [
            (FitnessEvent::LongJump, "245", Some("2.45")),
            (FitnessEvent::LongJump, "24.5", None),
            (FitnessEvent::VerticalJump, "62", Some("0.62")),
            (FitnessEvent::Run1000, "3.40", Some("3:40")),
            (FitnessEvent::Run1000, "3.61", None),
            (FitnessEvent::Run100, "131", None),
            (FitnessEvent::PullUps, "11.5", None),
            (FitnessEvent::PushUps, "301", None),
        ] {
            let (zh, en) = said(event, mark).unwrap();
            let hint = write.map(|w| format!("请写作 {w}"));
            assert_eq!(zh.contains("请写作"), hint.is_some(), "{zh}");
            assert!(hint.is_none_or(|hint| zh.contains(&hint)), "{zh}");
            assert!(write.is_none_or(|w| en.contains(&format!("write {w}"))), "{en}");
        }
        let (zh, en) = said(FitnessEvent::PullUps, "11.5").unwrap();
        assert!(zh.contains("整数次") && en.contains("a whole number"), "{zh} {en}");
    }

    #[test]
    fn every_result_of_the_tables_is_one() {
        for (event, mark) in [
            (FitnessEvent::Run100, "17.3"),
            (FitnessEvent::Shuttle, "9.2"),
            (FitnessEvent::Run1000, "3:26"),
            (FitnessEvent::Run1500, "7:08"),
            (FitnessEvent::Dips, "0"),
            (FitnessEvent::LongJump, "2.13"),
            (FitnessEvent::VerticalJump, "0.44"),
            (FitnessEvent::Skipping, "180"),
        ] {
            assert_eq!(said(event, mark), None);
        }
    }
}
