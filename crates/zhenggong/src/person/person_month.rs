//! The facts of one person for one month.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Fact, FactText, Label};
use crate::{
    Error, ErrorCode, Result,
    insurance::{FloatStep, RiskClass, StartKind},
    number::{Money, Rate},
    schema::NonNegativeMoney,
    tax::{BonusElection, WithholdingMethod},
    vocabulary::{
        AuxiliaryGrade, DutyType, LevelStep, PayItem, PersonKind, PoliceRank, PostKind, PostTier,
        RankEvent, Term, Vocabulary,
    },
};

/// A fact as a column of a table: its key, names and form.
#[derive(Debug, Clone, Copy)]
pub struct FactSpec {
    /// Key in JSON and English column name, with the names in both languages.
    pub term: Term,
    /// What is written there.
    pub form: fn() -> &'static str,
}

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident: $ty:ty = $zh:literal, $en:literal;)*) => {
        /// The facts of one person for one month. Every fact may be missing, not applicable or known.
        ///
        /// 一人一月的事实：缺少的键为不详，`null` 为不适用。
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[non_exhaustive]
        pub struct PersonMonth {
            /// Opaque id of the person; never a name or an identity number.
            #[schemars(title = "人员编号 / id of the person", with = "Label")]
            #[serde(deserialize_with = "super::id::person")]
            pub person: Label,
            /// The unit whose totals the person counts in.
            #[schemars(title = "单位 / unit", with = "Label")]
            #[serde(deserialize_with = "super::id::unit")]
            pub unit: Label,
            /// Officer or auxiliary.
            #[schemars(title = "人员类别 / kind of person")]
            pub kind: PersonKind,
            $($(#[$doc])*
            #[serde(default, skip_serializing_if = "Fact::is_missing")]
            #[schemars(title = concat!($zh, " / ", $en))]
            pub $name: Fact<$ty>,)*
            /// Amounts that the office states instead of having them computed, by item.
            #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
            #[schemars(with = "BTreeMap<PayItem, NonNegativeMoney>", title = "核定金额 / stated amounts")]
            #[serde(deserialize_with = "super::once::deserialize")]
            pub stated: BTreeMap<PayItem, Money>,
        }

        /// Where the facts of a person-month come from: a record, or a row of a table.
        pub trait Facts {
            /// Returns whether the person is an officer or an auxiliary.
            fn kind(&self) -> PersonKind;
            /// Returns the amount that the office states for an item, where it does.
            fn stated(&self, item: PayItem) -> Option<Money>;
            /// Returns which items have a stated amount: one bit an item, by its position in the list.
            fn stated_items(&self) -> u64;
            $($(#[$doc])* #[inline] fn $name(&self) -> Fact<&$ty> { Fact::Missing })*
        }

        impl Facts for PersonMonth {
            fn kind(&self) -> PersonKind {
                self.kind
            }
            fn stated(&self, item: PayItem) -> Option<Money> {
                self.stated.get(&item).copied()
            }
            fn stated_items(&self) -> u64 {
                self.stated.keys().fold(0, |bits, item| bits | 1 << item.index())
            }
            $(fn $name(&self) -> Fact<&$ty> { self.$name.as_ref() })*
        }

        impl PersonMonth {
            /// Starts a record with nothing known but who it is.
            #[must_use]
            pub fn new(person: Label, unit: Label, kind: PersonKind) -> Self {
                Self { person, unit, kind, $($name: Fact::Missing,)* stated: BTreeMap::new() }
            }

            /// Reads a record from JSON text: facts by key, `null` where one does not apply.
            ///
            /// # Errors
            ///
            /// `InvalidInput` where the text is not JSON; else an input error that names the field.
            pub fn from_json(text: &str) -> Result<Self> {
                Self::from_value(&super::document(text)?)
            }

            /// Reads a record from a JSON value: facts by key, `null` where one does not apply.
            ///
            /// # Errors
            ///
            /// An input error that names the field and, where it can be read, the person.
            pub fn from_value(json: &serde_json::Value) -> Result<Self> {
                let read = super::from_json(json).and_then(|facts: Self| {
                    facts.check()?;
                    Ok(facts)
                });
                read.map_err(|error| {
                    let person = json.get("person").and_then(|person| person.as_str());
                    match person.filter(|person| Label::id("person", person).is_ok()) {
                        Some(person) => error.person(person),
                        None => error,
                    }
                })
            }

            /// Refuses values that no fact can have, such as a negative amount.
            ///
            /// # Errors
            ///
            /// `NegativeNotAllowed`, naming the field.
            pub fn check(&self) -> Result<()> {
                $(if let Fact::Known(value) = &self.$name {
                    value.check().map_err(|e| e.field(stringify!($name)))?;
                })*
                for (item, amount) in &self.stated {
                    amount.check().map_err(|e| e.field(format!("stated.{item}")))?;
                }
                Ok(())
            }

            /// The facts, in the order of a roster's columns.
            pub const FACTS: &'static [FactSpec] = &[$(FactSpec {
                term: Term::new(stringify!($name), $zh, $en), form: <$ty as FactText>::form,
            }),*];

            /// Sets a fact from the text of a cell, by its key. An empty text leaves it missing; `无`
            /// and `n/a` say that it does not apply.
            ///
            /// # Errors
            ///
            /// `UnknownField`, or an input error that shows the text.
            pub fn set_text(&mut self, key: &str, text: &str) -> Result<()> {
                match key {
                    $(stringify!($name) => self.$name = cell::<$ty>(text)?,)*
                    _ => return Err(unknown(key)),
                }
                Ok(())
            }
        }
    };
}

#[cold]
fn unknown(key: &str) -> Error {
    let known: Vec<_> = PersonMonth::FACTS.iter().map(|fact| fact.term.code).collect();
    let key = crate::error::shown(key);
    Error::new(ErrorCode::UnknownField)
        .arg("name", &key)
        .arg_in("known", known.join("、"), known.join(", "))
        .field(key)
}

fn cell<T: FactText>(text: &str) -> Result<Fact<T>> {
    match text {
        "" => Ok(Fact::Missing),
        "无" | "n/a" => Ok(Fact::NotApplicable),
        text => T::read(text).map(Fact::Known),
    }
}

facts! {
    /// 警衔: the rank held now.
    rank: PoliceRank = "警衔", "police rank";
    /// The day since which it is held; where it is missing, the rank was held before the month.
    rank_since: NaiveDate = "警衔起始日", "rank held since";
    /// The rank held before that day.
    previous_rank: PoliceRank = "原警衔", "previous rank";
    /// What happened on that day.
    rank_event: RankEvent = "警衔变动", "rank event";
    /// 职务层次.
    post: PostTier = "职务层次", "post tier";
    /// Leading post or not.
    post_kind: PostKind = "职务类别", "kind of post";
    /// 级别 and 档次, such as 24-3.
    level_step: LevelStep = "级别档次", "level and step";
    /// The kind of duty, for the overtime allowance.
    duty: DutyType = "岗位类别", "kind of duty";
    /// Rest days worked without compensatory leave.
    overtime_rest_days: u32 = "公休日加班天数", "rest days worked";
    /// Statutory holidays worked without compensatory leave.
    overtime_holiday_days: u32 = "节假日加班天数", "statutory holidays worked";
    /// 辅警层级.
    auxiliary_grade: AuxiliaryGrade = "辅警层级", "auxiliary grade";
    /// The post of an auxiliary, as the pay plan names it.
    auxiliary_post: Label = "辅警岗位", "auxiliary post";
    /// The assessment coefficient of the month.
    coefficient: Rate = "考核系数", "assessment coefficient";
    /// Night shifts of the month.
    night_shifts: u32 = "夜班次数", "night shifts";
    /// Overtime hours of the month.
    overtime_hours: u32 = "加班小时数", "overtime hours";
    /// Days on duty in the month.
    duty_days: u32 = "出勤天数", "days on duty";
    /// Whole years of service as an auxiliary.
    service_years: u32 = "辅警工作年限", "years of service as an auxiliary";
    /// The wage from which the contribution base is made (prior-year monthly average).
    contribution_wage: Money = "缴费工资", "contribution wage";
    /// The wage from which the housing fund base is made.
    housing_wage: Money = "公积金工资", "housing fund wage";
    /// The housing fund rate of the person's unit.
    housing_rate: Rate = "公积金比例", "housing fund rate";
    /// The day on which a new worker began to work or a transferee was first paid by this unit; where it
    /// is missing, the unit has paid the fund before.
    fund_start: NaiveDate = "公积金起缴事由日", "housing fund start";
    /// How the person came into this unit.
    fund_start_kind: StartKind = "公积金入职类别", "kind of housing fund start";
    /// The class of the unit's business for work-injury insurance.
    risk_class: RiskClass = "工伤风险类别", "risk class";
    /// The step of the unit's work-injury rate.
    risk_step: FloatStep = "工伤费率档次", "step of the work-injury rate";
    /// Months employed by this unit this year, this one included.
    tax_months: u32 = "本年任职月数", "months employed this year";
    /// How the withholding counts the basic deduction; where it is missing, by the months employed.
    tax_mode: WithholdingMethod = "预扣方式", "withholding mode";
    /// Income this year before this month.
    ytd_income: Money = "累计收入", "income to date";
    /// Contributions deducted this year before this month.
    ytd_special: Money = "累计专项扣除", "special deductions to date";
    /// Special additional deductions this year before this month.
    ytd_additional: Money = "累计专项附加扣除", "special additional deductions to date";
    /// Other lawful deductions this year before this month.
    ytd_other: Money = "累计其他扣除", "other deductions to date";
    /// Tax withheld this year before this month.
    ytd_withheld: Money = "累计已预扣税额", "tax withheld to date";
    /// Special additional deductions of this month.
    special_additional: Money = "专项附加扣除", "special additional deductions";
    /// How the annual bonus of this month is taxed.
    bonus_election: BonusElection = "奖金计税方式", "bonus election";
    /// How many bonuses were taxed apart earlier this year; needed for a bonus that is to be.
    bonus_separate_used: u32 = "本年已单独计税次数", "bonuses taxed apart this year";
}

/// Where the stated amount of an item stands in a roster: its key and its Chinese name.
#[must_use]
pub fn stated_column(item: PayItem) -> (String, String) {
    (format!("stated_{}", item.code().replace('-', "_")), format!("核定{}", item.zh()))
}

/// Returns the Chinese name of the fact of this key.
pub(crate) fn fact_zh(key: &str) -> Option<&'static str> {
    PersonMonth::FACTS.iter().find(|f| f.term.code == key).map(|f| f.term.zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_amount_is_refused_wherever_it_stands() {
        for (facts, field) in [
            (r#""ytd_income": "-0.01""#, "ytd_income"),
            (r#""housing_rate": "-0.05""#, "housing_rate"),
            (r#""stated": { "post-pay": "-1.00" }"#, "stated.post-pay"),
        ] {
            let text = format!(r#"{{ "person": "1", "unit": "u", "kind": "officer", {facts} }}"#);
            let error = PersonMonth::from_json(&text).unwrap_err();
            assert_eq!(error.code(), ErrorCode::NegativeNotAllowed);
            assert_eq!(error.field_name(), Some(field));
        }
    }
}
