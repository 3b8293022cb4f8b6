//! What the points of a line come from, as JSON.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Band, Event, Grounds, Points, RuleForm, Steps, Target, score_answer::LineGround};
use crate::{number::Rate, person::Label};

/// 分数的由来：实际值、系数和算法. What the points come from: values, factors, and how they were reckoned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct GroundsAnswer {
    /// 每次的分值，评定的为录入的分. The points for one occurrence, or those that were entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    each: Option<Points>,
    /// 加重. What flags add to one occurrence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    surcharges: Vec<SurchargeAnswer>,
    /// 次数. How often it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
    /// 事件系数，依次相乘. The factors on the points of the event, one after the other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    factors: Vec<EventFactorAnswer>,
    /// 各事件的测量值. What each event measured.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<ValueAnswer>,
    /// 实际值合计. What was measured in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    actual: Option<Points>,
    /// 应完成数. What was due, to four decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Points>,
    /// 人数. The people that a target goes by.
    #[serde(skip_serializing_if = "Option::is_none")]
    staff: Option<u32>,
    /// 每组人数. The people of a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<u32>,
    /// 整组数，只计整组时. The full groups, where only those count.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<u32>,
    /// 每组任务. What is due of a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<Points>,
    /// 欠数. What is missing, to four decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    short: Option<Points>,
    /// 欠数除以的数，不是应完成数时. What the missing part is divided by, where it is not what was due.
    #[serde(skip_serializing_if = "Option::is_none")]
    divisor: Option<Points>,
    /// 分值. What it is worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    worth: Option<Points>,
    /// 控制数. The control number.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    /// 超出控制数的数. What lies above the control number.
    #[serde(skip_serializing_if = "Option::is_none")]
    over: Option<Points>,
    /// 一超出即计的分. The points as soon as it is passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<Points>,
    /// 超出的整档数. The full steps above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<i64>,
    /// 每档的分. The points of a step.
    #[serde(skip_serializing_if = "Option::is_none")]
    step_points: Option<Points>,
    /// 每档的百分数. The percent of a step.
    #[serde(skip_serializing_if = "Option::is_none")]
    step_percent: Option<Rate>,
    /// 所属档次. The band that was hit.
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<BandAnswer>,
    /// 各评议. The ratings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ratings: Vec<RatingAnswer>,
    /// 各评议主体的平均分和权重. The mean and the weight of each kind of rater.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    means: Vec<MeanAnswer>,
    /// 加权均分. The weighted mean of the ratings, to four decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    average: Option<Points>,
    /// 评议满分. The full mark of a rating.
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<Points>,
    /// 项目权重，百分制折算时. The weight of the item, where its points stand on a scale of 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<Points>,
    /// 限额或取整前. What there was before the limit or the rounding.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Points>,
    /// 限额或取整后. What there is after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Points>,
    /// 同一事项已计的事件. The event of the same matter that counts in the place of this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<Label>,
    /// 触发否决的累计次数. How many occurrences set the veto off.
    #[serde(skip_serializing_if = "Option::is_none")]
    occurrences: Option<i64>,
    /// 否决的触发次数. How many occurrences the veto takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    at_least: Option<u32>,
    /// 触发否决的考核表得分. The score of the sheet that set the veto off.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet_score: Option<Points>,
    /// 低于该分即触发否决. The score below which the veto is set off.
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<Points>,
    /// 确定系数的身份. What the subject is that the factor goes by.
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<String>,
}

/// 一项加重. What a flag adds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "TrailSurcharge")]
struct SurchargeAnswer {
    /// 标记. The flag.
    flag: String,
    /// 分值. Its points.
    points: Points,
}

/// 事件得分的系数. A factor on the points of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "TrailFactor")]
struct EventFactorAnswer {
    /// 系数编号. The factor.
    factor: String,
    /// 中文名称. Its Chinese name.
    zh: String,
    /// 英文名称. Its English name.
    en: String,
    /// 系数. Its value.
    value: Rate,
    /// 乘后得分. What it made of the points before.
    points: Points,
    /// 条款. The clause of the scheme.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
}

/// 一次测量. What an event measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "TrailValue")]
struct ValueAnswer {
    /// 事件. The event.
    event: Label,
    /// 事件日期. Its day.
    #[schemars(with = "crate::schema::Date")]
    date: NaiveDate,
    /// 测量值. Its value.
    value: Points,
}

/// 档次. A band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "TrailBand")]
struct BandAnswer {
    /// 下限（含）. The lowest value inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Points>,
    /// 上限（不含）. The lowest value above.
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<Points>,
    /// 分值. Its points.
    points: Points,
}

/// 一次评议. A rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "TrailRating")]
struct RatingAnswer {
    /// 事件. The event.
    event: Label,
    /// 事件日期. Its day.
    #[schemars(with = "crate::schema::Date")]
    date: NaiveDate,
    /// 评议人. Who rated.
    #[serde(skip_serializing_if = "Option::is_none")]
    rater: Option<Label>,
    /// 评议主体. What kind of rater it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    rater_kind: Option<String>,
    /// 评议分. The mark.
    mark: Points,
    /// 给该分的人数. How many gave it.
    count: i64,
}

/// 评议主体的平均分. The mean of a kind of rater.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "TrailMean")]
struct MeanAnswer {
    /// 评议主体. The kind of rater.
    rater_kind: String,
    /// 权重. Its weight.
    weight: Rate,
    /// 平均分，四位小数. The mean to four decimals.
    mean: Points,
}

impl GroundsAnswer {
    /// Returns what a line comes from, or none where it has no grounds of its own.
    pub(super) fn of(of: &Grounds<'_>) -> LineGround {
        let mut out = Self {
            each: of.each,
            surcharges: of
                .surcharges
                .iter()
                .map(|(flag, points)| surcharge(flag, *points))
                .collect(),
            count: of.count,
            factors: of.factors.iter().map(factor).collect(),
            values: of.values.iter().map(|(event, value)| measured(event, *value)).collect(),
            actual: of.actual,
            due: of.due,
            staff: of.staff,
            groups: of.groups,
            short: of.short,
            over: of.over,
            steps: of.steps,
            band: of.band.map(band),
            ratings: of.ratings.iter().map(|event| rating(event)).collect(),
            means: of.means.iter().map(mean).collect(),
            average: of.average,
            from: of.limited.map(|(from, _)| from),
            to: of.limited.map(|(_, to)| to),
            instead: of.instead.map(|event| event.id.clone()),
            occurrences: of.occurrences.map(|(count, _)| count),
            at_least: of.occurrences.map(|(_, least)| least),
            sheet_score: of.sheet_score.map(|(_, score, _)| score),
            below: of.sheet_score.map(|(.., below)| below),
            identity: of.identity.map(str::to_owned),
            ..Self::default()
        };
        out.own_numbers(of);
        let empty = out == Self::default();
        out.weight = of.scaled_by;
        (!empty).then(|| Box::new(out))
    }

    /// Adds the numbers of the rule itself.
    fn own_numbers(&mut self, of: &Grounds<'_>) {
        match of.form.filter(|_| of.actual.is_some() || of.average.is_some()) {
            Some(RuleForm::Shortfall { each, .. }) => self.each = Some(*each),
            Some(RuleForm::TrainingDays(form)) => self.each = Some(form.each),
            Some(RuleForm::Target(form)) => {
                (self.worth, self.divisor) = (Some(form.worth), form.over);
                if let Target::PerHead { units, per, .. } = form.target {
                    (self.units, self.per) = (Some(units), Some(per));
                }
            }
            Some(RuleForm::Ceiling { limit, first, steps }) => {
                (self.limit, self.first) = (Some(*limit), Some(*first));
                match steps {
                    Steps::None => {}
                    Steps::PerCase(points) => self.step_points = Some(*points),
                    Steps::Percent(percent, points) => {
                        (self.step_percent, self.step_points) = (Some(*percent), Some(*points));
                    }
                }
            }
            Some(RuleForm::Rated { scale, worth, .. }) => {
                (self.scale, self.worth) = (Some(*scale), Some(*worth));
            }
            _ => {}
        }
    }
}

fn surcharge(flag: &str, points: Points) -> SurchargeAnswer {
    SurchargeAnswer { flag: flag.to_owned(), points }
}

fn factor(used: &super::FactorUsed<'_>) -> EventFactorAnswer {
    EventFactorAnswer {
        factor: used.name.code.clone(),
        zh: used.name.zh.clone(),
        en: used.name.en.clone(),
        value: used.value,
        points: used.points,
        clause: used.clause.map(|clause| clause.code.clone()),
    }
}

fn measured(event: &Event, value: Points) -> ValueAnswer {
    ValueAnswer { event: event.id.clone(), date: event.date, value }
}

fn band(band: Band) -> BandAnswer {
    BandAnswer { from: band.from, below: band.below, points: band.points }
}

fn rating(event: &Event) -> RatingAnswer {
    RatingAnswer {
        event: event.id.clone(),
        date: event.date,
        rater: event.rater.clone(),
        rater_kind: event.rater_kind.clone(),
        mark: event.points.unwrap_or_default(),
        count: event.count,
    }
}

fn mean(of: &super::RaterMean<'_>) -> MeanAnswer {
    MeanAnswer { rater_kind: of.raters.to_owned(), weight: of.weight, mean: of.mean }
}
