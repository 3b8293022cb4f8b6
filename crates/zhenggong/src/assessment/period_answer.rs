//! The fields of periods, grades and differences as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Aspect, EventNews, Period, Points, VetoEffect,
    answer::Keyed,
    score_answer::{ErrorAnswer, VetoAnswer},
};
use crate::{number::Rate, person::Label};

/// What the rule `assessment.period` answers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct PeriodsAnswer {
    /// 合成的周期. The period that was made.
    pub(super) period: Period,
    /// 方案. The scheme.
    pub(super) scheme: String,
    /// 各对象的周期成绩，按录入顺序. The subjects, in the order of the input.
    pub(super) results: Vec<PeriodAnswer>,
}

/// 一个对象的周期成绩. The score of one subject in a longer period.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct PeriodAnswer {
    /// 对象. The subject.
    pub(super) subject: Label,
    /// 总分；各期都没有成绩时不列. The total; left out where no part has a score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) total: Option<Points>,
    /// 等次；须人工或按名次另定时不列. The grade; left out where it is given later, by hand or by rank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) grade: Option<String>,
    /// 各期成绩. The scores of the parts.
    pub(super) parts: Keyed<Points>,
    /// 触发的累计规定. What several low grades set off.
    pub(super) repeats: Vec<String>,
    /// 影响年度的否决. Vetoes that reach the year.
    pub(super) vetoes: Vec<YearVetoAnswer>,
    /// 是否解除合同. Whether the contract ends.
    pub(super) terminate: bool,
}

/// 影响年度的否决. A veto that reaches the year.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct YearVetoAnswer {
    /// 否决编号. The veto.
    pub(super) veto: String,
    /// 否决效果. What it does.
    pub(super) effect: VetoEffect,
}

/// What the rule `assessment.grade` answers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct GradeAnswer {
    /// 等次编号. The grade, or what the scheme says where there is none.
    pub(super) grade: String,
    /// 中文名称. Its Chinese name.
    pub(super) zh: String,
    /// 英文名称. Its English name.
    pub(super) en: String,
}

/// What the rules `assessment.rescore` and `assessment.what-if` answer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct DifferencesAnswer {
    /// 考核周期. The period.
    pub(super) period: Period,
    /// 有差异的对象. The subjects that differ.
    pub(super) differences: Vec<DifferenceAnswer>,
    /// 等次变化的对象. Those of them whose grade changes.
    pub(super) grade_changes: Vec<String>,
    /// 等次是否变化不明的对象（未写已公布等次，或原为人工评定）. Those of them of whom nobody knows whether the grade
    /// changes: none was published, or one that is given by hand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) grade_unknown: Vec<String>,
    /// 公布日之后知晓变化的事件（写 published_on 时）. What became known after the day of publication, where that is given:
    /// nothing else makes a difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) news: Option<Vec<EventNews>>,
    /// 未计分的对象和不能采用的事件及原因，仅在 on_error = report 时. Why subjects are not scored on a side, and events not
    /// taken, where errors are reported; whom they name is in no difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) errors: Option<Vec<ErrorAnswer>>,
}

/// What the rule `assessment.difference` answers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct TwoPeriodsAnswer {
    /// 后一周期. The later period.
    pub(super) period: Period,
    /// 有差异的对象. The subjects that differ.
    pub(super) differences: Vec<DifferenceAnswer>,
    /// 等次变化的对象. Those of them whose grade changes.
    pub(super) grade_changes: Vec<String>,
    /// 前一周期. The earlier period.
    pub(super) earlier: Period,
    /// 未计分的对象和不能采用的事件及原因，仅在 on_error = report 时. Why subjects are not scored in a period, and events
    /// not taken, where errors are reported; whom they name is in no difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) errors: Option<Vec<ErrorAnswer>>,
}

/// 一个对象的差异. What differs for one subject.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct DifferenceAnswer {
    /// 对象. The subject.
    pub(super) subject: String,
    /// 原成绩；原来没有成绩时不列. Before; left out where the subject was not scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<StandingAnswer>,
    /// 现成绩；现在没有成绩时不列. After; left out where the subject is not scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<StandingAnswer>,
    /// 总分增减. The change of the total, where both sides have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) change: Option<Points>,
    /// 有变化的内容，两边都有成绩时. What differs, where there are both sides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) changed: Vec<Aspect>,
    /// 是否变化不明的内容：已公布成绩未写. What nobody knows to differ or not, since what was published does not say it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) unknown: Vec<Aspect>,
    /// 得分有变化或只在一边的事件，按编号. The events whose points differ, or that one side alone has, by id.
    pub(super) events: Keyed<EventChangeAnswer>,
}

/// 一边的成绩. What a subject's assessment comes to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct StandingAnswer {
    /// 总分. The total.
    pub(super) total: Points,
    /// 各考核表得分；周期拆分时见 parts，已公布成绩未写时不列. The score of each sheet; of a split period they stand in
    /// `parts`, and what was not published is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sheets: Option<Keyed<Points>>,
    /// 平战拆分的各段. The parts of a period that was split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parts: Option<Vec<SheetsOfPart>>,
    /// 等次；已公布成绩未写时不列. The grade, or what the scheme says where there is none; left out where it was not
    /// published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) grade: Option<String>,
    /// 当月奖金系数. The coefficient of the month's bonus, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) coefficient: Option<Rate>,
    /// 奖金系数是否由方案留待核定. Whether the scheme leaves the coefficient to a decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) coefficient_open: Option<bool>,
    /// 触发的否决. Vetoes that were set off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) vetoes: Option<Vec<VetoAnswer>>,
    /// 合同是否解除. Whether the contract ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) terminate: Option<bool>,
    /// 名次，已知时. The rank in its list, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rank: Option<u32>,
}

/// 一段的考核表得分. The scores of the sheets of a part.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct SheetsOfPart {
    /// 该段的方案. Its scheme.
    pub(super) scheme: String,
    /// 各考核表得分. The score of each sheet.
    pub(super) sheets: Keyed<Points>,
}

/// 一个事件在各表上的得分. The points of one event on the sheets.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct EventChangeAnswer {
    /// 原得分. Before.
    pub(super) before: Points,
    /// 现得分. After.
    pub(super) after: Points,
}
