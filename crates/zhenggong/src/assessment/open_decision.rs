//! What an assessment leaves to a decision, so that nobody takes "not decided" for "nothing".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Aspect, Assessment, Bonus, Presence, Scheme, Score};
use crate::{Error, ErrorCode};

/// 留待裁量的事项. Something that a score leaves to a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct OpenDecision {
    /// 未定的内容. What is not decided.
    pub what: Aspect,
    /// 中文说明. What has to be decided, in Chinese.
    pub zh: String,
    /// 英文说明. What has to be decided, in English.
    pub en: String,
}

impl OpenDecision {
    /// Returns the error of whoever needs what is not decided.
    #[must_use]
    pub fn error(&self) -> Error {
        Error::new(ErrorCode::NeedsDecision).arg_in("question", &self.zh, &self.en)
    }
}

impl Assessment<'_> {
    /// Returns what a score leaves to a decision: the coefficient of a scheme that gives coefficients, for a
    /// result without an entry, or while a better grade with another coefficient can still be given by hand.
    #[must_use]
    pub fn open(&self, score: &Score) -> Option<OpenDecision> {
        let scheme = &self.scheme(score)?.scheme;
        if scheme.bonus.is_none() || score.coefficient.is_some() {
            return None;
        }
        let (code, name) = (&scheme.name.code, scheme.grade_name(score.grade));
        let (zh, en) = match by_hand(scheme, score.grade) {
            _ if self.presence(score).is_some_and(Presence::is_short) => {
                let Presence { days, least, .. } = self.presence(score)?;
                let least = least.unwrap_or_default();
                (
                    format!("在册 {days} 天、不足方案 {code} 规定的 {least} 天者的奖金系数"),
                    format!(
                        "the bonus coefficient of who was on the list for fewer days ({days}) than the \
                         {least} of {code}"
                    ),
                )
            }
            Some(better) => {
                let better = scheme.grade_name(Some(better));
                (
                    format!(
                        "“{}”是否人工评定为“{}”，方案 {code} 两者的奖金系数不同",
                        name.zh, better.zh
                    ),
                    format!(
                        "whether {} becomes {}, which is given by hand and has another bonus coefficient \
                         by {code}",
                        name.code, better.code
                    ),
                )
            }
            None => (
                format!("“{}”的奖金系数，方案 {code} 未定", name.zh),
                format!("the bonus coefficient of {}, left open by {code}", name.code),
            ),
        };
        Some(OpenDecision { what: Aspect::Coefficient, zh, en })
    }
}

/// Returns the grade that can still be given by hand to who reached this one by score, and that has another
/// coefficient.
pub(super) fn by_hand(scheme: &Scheme, grade: Option<u8>) -> Option<u8> {
    let Some(Bonus::ByGrade { grades, .. }) = &scheme.bonus else { return None };
    let reached = grade.filter(|_| grade == scheme.best_by_score())?;
    let own = grades.get(usize::from(reached)).copied().flatten();
    let differs = |at: &u8| {
        let of = scheme.grades.get(usize::from(*at)).is_some_and(|g| g.by_hand);
        let other = grades.get(usize::from(*at)).copied().flatten();
        of && other.is_some() && other != own
    };
    (0..reached).find(differs)
}
