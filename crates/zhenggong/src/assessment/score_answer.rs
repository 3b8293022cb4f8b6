//! The fields of scores as JSON.

use std::borrow::Cow;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::{
    Condition, LineKind, OpenDecision, Period, Points, SubjectKind, VetoEffect, VetoScope, Why,
    answer::Keyed, comparison_errors::Side, trail_answer::GroundsAnswer,
};
use crate::{Error, error::ErrorJson, number::Rate, person::Label};

/// What the rule `assessment.score` answers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ScoresAnswer {
    /// 考核周期. The period.
    pub(super) period: Period,
    /// 各对象得分，按名册顺序. The scores, in the order of the subjects.
    pub(super) scores: Vec<ScoreAnswer>,
    /// 排名. The ranking lists, where they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ranking: Option<Vec<PlaceAnswer>>,
    /// 未计分的对象和不能采用的事件及原因，仅在 on_error = report 时. Why subjects are not scored and events not taken,
    /// where errors are reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) errors: Option<Vec<ErrorAnswer>>,
}

/// A reported error with the event that it names.
#[derive(Debug, Clone)]
pub(super) struct ErrorAnswer {
    pub(super) event: Option<Label>,
    pub(super) side: Option<Side>,
    pub(super) error: Error,
}

/// 错误及所涉事件. An error and the event that it names.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EventError")]
struct EventErrorJson<'a> {
    /// 事件编号. The event, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a Label>,
    /// 对比的另一边的错误. Of which side of a comparison it is, where it is not one of the scores.
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<Side>,
    #[serde(flatten)]
    error: ErrorJson<'a>,
}

impl Serialize for ErrorAnswer {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        EventErrorJson { event: self.event.as_ref(), side: self.side, error: self.error.json() }
            .serialize(to)
    }
}

impl JsonSchema for ErrorAnswer {
    fn schema_name() -> Cow<'static, str> {
        EventErrorJson::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        EventErrorJson::json_schema(generator)
    }
}

/// 一个对象的得分. The score of one subject.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ScoreAnswer {
    /// 对象. The subject.
    pub(super) subject: Label,
    /// 单位（周期内最后一日）. The unit of a person on the last day of the period, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<Label>,
    /// 序列. The sequence, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sequence: Option<Label>,
    /// 确定等次和系数的方案. The scheme that gives grade and coefficient.
    pub(super) scheme: String,
    /// 各考核表得分；周期拆分时见 parts. The score of each sheet; of a split period they stand in `parts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sheets: Option<Keyed<Points>>,
    /// 平战拆分的各段. The parts of a period that was split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parts: Option<Vec<PartAnswer>>,
    /// 乘系数前的总分. The total before factors, where there are some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) combined: Option<Points>,
    /// 总分系数. The factors of the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) factors: Option<Vec<FactorAnswer>>,
    /// 总分. The total.
    pub(super) total: Points,
    /// 等次. The grade, or what the scheme says where there is none.
    pub(super) grade: String,
    /// 在册天数，周期内不是全程在册时. The days on the list, where they are not all of the period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) presence: Option<PresenceAnswer>,
    /// 当月奖金系数. The coefficient of the month's bonus, where the scheme gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) coefficient: Option<Rate>,
    /// 留待裁量的事项. What is left to a decision, and is therefore missing here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) open: Option<Vec<OpenDecision>>,
    /// 触发的否决. Vetoes that were set off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) vetoes: Option<Vec<VetoAnswer>>,
    /// 逐项来历，各行之和即总分. The trail, where it is asked for; its points sum to the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) trail: Option<Vec<LineAnswer>>,
}

/// 在册天数. The days on the list in a period.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct PresenceAnswer {
    /// 在册天数. The days on the list.
    pub(super) days: i64,
    /// 周期天数. The days of the period.
    pub(super) of: i64,
    /// 方案要求的最少天数；未规定时不列，等次和系数照常产生. The least days for a grade; left out where the scheme says nothing
    /// of it and grades everyone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) least: Option<u32>,
}

/// 周期的一段. A part of a split period.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct PartAnswer {
    /// 该段的方案. Its scheme.
    pub(super) scheme: String,
    /// 平战状态. Its condition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<Condition>,
    /// 首日. Its first day.
    #[schemars(with = "crate::schema::Date")]
    pub(super) from: NaiveDate,
    /// 末日. Its last day.
    #[schemars(with = "crate::schema::Date")]
    pub(super) to: NaiveDate,
    /// 同一状态多次出现时的各段日期. Its days, where the condition held several times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) spans: Option<Vec<SpanAnswer>>,
    /// 各考核表得分. The score of each sheet.
    pub(super) sheets: Keyed<Points>,
}

/// 起止日期. Days from one to another.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct SpanAnswer {
    /// 首日. The first day.
    #[schemars(with = "crate::schema::Date")]
    pub(super) from: NaiveDate,
    /// 末日. The last day.
    #[schemars(with = "crate::schema::Date")]
    pub(super) to: NaiveDate,
}

/// 总分系数. A factor of the total.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct FactorAnswer {
    /// 系数编号. The factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) factor: Option<String>,
    /// 系数. Its value.
    pub(super) value: Rate,
}

/// 触发的否决. A veto that was set off.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct VetoAnswer {
    /// 否决编号. The veto.
    pub(super) veto: String,
    /// 效果. What it does.
    pub(super) effect: VetoEffect,
    /// 范围. How far it reaches.
    pub(super) scope: VetoScope,
    /// 触发的事件. The event that set it off, where it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) event: Option<Label>,
}

/// 来历的一行. A line of a trail.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct LineAnswer {
    /// 来历层次：考核表、各表合成、总分. What it changes: a sheet, the sheets combined, the total.
    pub(super) kind: LineKind,
    /// 第几段，从 0 起，周期拆分时才有. The part from 0, where the period was split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) part: Option<u8>,
    /// 考核表. The sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sheet: Option<String>,
    /// 项目. The item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) item: Option<String>,
    /// 规则. The rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<String>,
    /// 总分系数. The factor of the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) factor: Option<String>,
    /// 否决. The veto.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) veto: Option<String>,
    /// 否决效果. What the veto does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) effect: Option<VetoEffect>,
    /// 否决范围. How far the veto reaches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scope: Option<VetoScope>,
    /// 事件. The event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) event: Option<Label>,
    /// 事件所属对象，不是本对象时. Whose event it is, where it is not the subject's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) whose: Option<Label>,
    /// 事件日期. The day of the event.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<crate::schema::Date>")]
    pub(super) date: Option<NaiveDate>,
    /// 权重或系数. The weight of the sheet, or the value of the factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<Rate>,
    /// 该段天数. The days of the part, where its total counts by them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) days: Option<i64>,
    /// 变动前. What there was before, above the sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) before: Option<Points>,
    /// 变动. What the line changes.
    pub(super) points: Points,
    /// 变动后. What there is after, above the sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<Points>,
    /// 项目内得分（与变动不同时）. The points on the item's own scale, where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) raw: Option<Points>,
    /// 缘由. Why.
    pub(super) why: Why,
    /// 条款. The clause of the scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) clause: Option<String>,
    /// 分数的由来. What the points come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) grounds: LineGround,
}

/// What the points of a line come from.
pub(super) type LineGround = Option<Box<GroundsAnswer>>;

/// 排名中的一位. A place in a ranking list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct PlaceAnswer {
    /// 类别. The kind of subject of the list.
    pub(super) kind: SubjectKind,
    /// 方案. The scheme of the list; different schemes are never ranked against each other.
    pub(super) scheme: String,
    /// 序列. The sequence of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sequence: Option<Label>,
    /// 名次，同分同名次. The rank; equal totals share it.
    pub(super) rank: u32,
    /// 对象. The subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) subject: Option<Label>,
    /// 总分. The total.
    pub(super) total: Points,
}
