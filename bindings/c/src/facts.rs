//! The facts of `zg_person_month`, read and checked.

use std::borrow::Cow;

use chrono::NaiveDate;
use zhenggong::{
    Error, ErrorCode, Result,
    calendar::Month,
    insurance::{FloatStep, RiskClass, StartKind},
    number::{Money, Rate},
    person::{Fact, FactText, Facts, Label},
    tax::{BonusElection, WithholdingMethod},
    vocabulary::{
        AuxiliaryGrade, DutyType, LevelStep, PayItem, PersonKind, PoliceRank, PostKind, PostTier,
        RankEvent, Term, Vocabulary,
    },
};

use crate::{
    codes::*, error::Fault, pay::zg_person_month, plans::Plan, rate::zg_rate, text, words,
};

/// The number in C of each item, by its position in the core's list.
pub(crate) static NUMBERS: [u8; 64] = {
    let mut numbers = [u8::MAX; 64];
    let mut at = 0;
    while at < ITEMS.len() {
        numbers[ITEMS[at] as usize] = at as u8;
        at += 1;
    }
    numbers
};

const KNOWN_FACTS: u64 = (1 << NAMES.len()) - 1;
const KNOWN_ITEMS: u64 = (1 << ITEMS.len()) - 1;

macro_rules! facts {
    ($($name:ident: $ty:ty, $bit:ident, |$p:ident| $read:expr;)*) => {
        /// What a struct says, in the core's types.
        pub(crate) struct Given<'p> {
            from: &'p zg_person_month,
            kind: PersonKind,
            stated_items: u64,
            auxiliary_post: Fact<Cow<'p, Label>>,
            $($name: Fact<$ty>,)*
        }

        impl<'p> Given<'p> {
            /// Reads and checks all that is given.
            pub(crate) fn read(from: &'p zg_person_month, plan: &'p Plan) -> Result<Self, Fault> {
                masks(from)?;
                let kind = member(KINDS, from.kind).map_err(|e| e.field("kind"))?;
                $(let $name = match state(from, $bit) {
                    Fact::Known(()) => {
                        let $p = from;
                        let read = || -> Result<$ty> {
                            let value: Result<$ty> = $read;
                            let value = value?;
                            FactText::check(&value)?;
                            Ok(value)
                        };
                        Fact::Known(read().map_err(|e| e.field(stringify!($name)))?)
                    }
                    Fact::NotApplicable => Fact::NotApplicable,
                    Fact::Missing => Fact::Missing,
                };)*
                let auxiliary_post = post(from, plan)?;
                let stated_items = stated(from)?;
                Ok(Self { from, kind, stated_items, auxiliary_post, $($name,)* })
            }
        }

        impl Facts for Given<'_> {
            #[inline]
            fn kind(&self) -> PersonKind {
                self.kind
            }
            #[inline]
            fn stated(&self, item: PayItem) -> Option<Money> {
                if self.stated_items & (1 << item.index()) == 0 {
                    return None;
                }
                let number = NUMBERS.get(item.index()).copied().unwrap_or(u8::MAX);
                self.from.stated.get(usize::from(number)).map(|fen| Money::from_fen(*fen))
            }
            #[inline]
            fn stated_items(&self) -> u64 {
                self.stated_items
            }
            #[inline]
            fn auxiliary_post(&self) -> Fact<&Label> {
                match &self.auxiliary_post {
                    Fact::Known(post) => Fact::Known(post.as_ref()),
                    Fact::NotApplicable => Fact::NotApplicable,
                    Fact::Missing => Fact::Missing,
                }
            }
            $(#[inline] fn $name(&self) -> Fact<&$ty> { self.$name.as_ref() })*
        }

        /// The facts that are read, for a test that none was forgotten.
        #[cfg(test)]
        const READ: &[(&str, u8)] = &[
            ("auxiliary_post", ZG_FACT_AUXILIARY_POST), $((stringify!($name), $bit)),*
        ];
    };
}

facts! {
    rank: PoliceRank, ZG_FACT_RANK, |p| member(RANKS, p.rank);
    rank_since: NaiveDate, ZG_FACT_RANK_SINCE, |p| date(p.rank_since);
    previous_rank: PoliceRank, ZG_FACT_PREVIOUS_RANK, |p| member(RANKS, p.previous_rank);
    rank_event: RankEvent, ZG_FACT_RANK_EVENT, |p| member(RANK_EVENTS, p.rank_event);
    post: PostTier, ZG_FACT_POST, |p| member(POSTS, p.post);
    post_kind: PostKind, ZG_FACT_POST_KIND, |p| member(POST_KINDS, p.post_kind);
    level_step: LevelStep, ZG_FACT_LEVEL_STEP, |p| LevelStep::new(p.level, p.step);
    duty: DutyType, ZG_FACT_DUTY, |p| member(DUTIES, p.duty);
    overtime_rest_days: u32, ZG_FACT_OVERTIME_REST_DAYS, |p| Ok(p.overtime_rest_days);
    overtime_holiday_days: u32, ZG_FACT_OVERTIME_HOLIDAY_DAYS, |p| Ok(p.overtime_holiday_days);
    auxiliary_grade: AuxiliaryGrade, ZG_FACT_AUXILIARY_GRADE,
        |p| member(AUXILIARY_GRADES, p.auxiliary_grade);
    coefficient: Rate, ZG_FACT_COEFFICIENT, |p| rate(p.coefficient);
    night_shifts: u32, ZG_FACT_NIGHT_SHIFTS, |p| Ok(p.night_shifts);
    overtime_hours: u32, ZG_FACT_OVERTIME_HOURS, |p| Ok(p.overtime_hours);
    duty_days: u32, ZG_FACT_DUTY_DAYS, |p| Ok(p.duty_days);
    service_years: u32, ZG_FACT_SERVICE_YEARS, |p| Ok(p.service_years);
    contribution_wage: Money, ZG_FACT_CONTRIBUTION_WAGE, |p| money(p.contribution_wage);
    housing_wage: Money, ZG_FACT_HOUSING_WAGE, |p| money(p.housing_wage);
    housing_rate: Rate, ZG_FACT_HOUSING_RATE, |p| rate(p.housing_rate);
    fund_start: NaiveDate, ZG_FACT_FUND_START, |p| date(p.fund_start);
    fund_start_kind: StartKind, ZG_FACT_FUND_START_KIND, |p| member(START_KINDS, p.fund_start_kind);
    risk_class: RiskClass, ZG_FACT_RISK_CLASS, |p| member(RISK_CLASSES, p.risk_class);
    risk_step: FloatStep, ZG_FACT_RISK_STEP, |p| member(RISK_STEPS, p.risk_step);
    tax_months: u32, ZG_FACT_TAX_MONTHS, |p| Ok(p.tax_months);
    tax_mode: WithholdingMethod, ZG_FACT_TAX_MODE, |p| member(TAX_MODES, p.tax_mode);
    ytd_income: Money, ZG_FACT_YTD_INCOME, |p| money(p.ytd_income);
    ytd_special: Money, ZG_FACT_YTD_SPECIAL, |p| money(p.ytd_special);
    ytd_additional: Money, ZG_FACT_YTD_ADDITIONAL, |p| money(p.ytd_additional);
    ytd_other: Money, ZG_FACT_YTD_OTHER, |p| money(p.ytd_other);
    ytd_withheld: Money, ZG_FACT_YTD_WITHHELD, |p| money(p.ytd_withheld);
    special_additional: Money, ZG_FACT_SPECIAL_ADDITIONAL, |p| money(p.special_additional);
    bonus_election: BonusElection, ZG_FACT_BONUS_ELECTION,
        |p| member(BONUS_ELECTIONS, p.bonus_election);
    bonus_separate_used: u32, ZG_FACT_BONUS_SEPARATE_USED, |p| Ok(p.bonus_separate_used);
}

/// What the masks say of a fact.
#[inline]
fn state(from: &zg_person_month, fact: u8) -> Fact<()> {
    let bit = 1u64 << fact;
    if from.known & bit != 0 {
        Fact::Known(())
    } else if from.not_applicable & bit != 0 {
        Fact::NotApplicable
    } else {
        Fact::Missing
    }
}

/// Refuses bits that are no fact or item, and facts that are both known and not applicable.
#[inline]
fn masks(from: &zg_person_month) -> Result<()> {
    let both = from.known & from.not_applicable;
    let stray = (from.known | from.not_applicable) & !KNOWN_FACTS;
    let items = from.stated_items & !KNOWN_ITEMS;
    if both | stray | items == 0 { Ok(()) } else { Err(bad_masks(both, stray, items)) }
}

#[cold]
fn bad_masks(both: u64, stray: u64, items: u64) -> Error {
    let no = |bits: u64, known: &str| {
        Error::new(ErrorCode::UnknownField)
            .arg("name", format!("bit {}", bits.trailing_zeros()))
            .arg("known", known)
    };
    if stray != 0 {
        return no(stray, "ZG_FACT_…").field("known");
    }
    if items != 0 {
        return no(items, "ZG_ITEM_…").field("stated_items");
    }
    let fact = NAMES.iter().find(|(_, bit)| both & (1 << bit) != 0).map_or("?", |(name, _)| name);
    Error::new(ErrorCode::ContradictoryFacts)
        .arg_both("detail", format!("{fact} 已知且不适用 / {fact} is known and not applicable"))
        .field(fact)
}

/// Returns the member of this number, counted from 1.
#[inline]
pub(crate) fn member<V: Vocabulary>(list: &[V], number: u8) -> Result<V> {
    let found = usize::from(number).checked_sub(1).and_then(|at| list.get(at)).copied();
    found.ok_or_else(|| no_member(list, number))
}

#[cold]
fn no_member<V: Vocabulary>(list: &[V], number: u8) -> Error {
    let known = |name: fn(&Term) -> &'static str, between: &str| {
        let each = (1..).zip(list).map(|(n, m): (u32, _)| format!("{n} {}", name(m.term())));
        each.collect::<Vec<_>>().join(between)
    };
    Error::new(ErrorCode::UnknownTerm)
        .arg_in("kind", V::KIND.zh, V::KIND.en)
        .arg("value", number)
        .arg_in("known", known(|term| term.zh, "、"), known(|term| term.code, ", "))
}

#[inline]
fn money(fen: i64) -> Result<Money> {
    Ok(Money::from_fen(fen))
}

#[inline]
fn rate(rate: zg_rate) -> Result<Rate> {
    rate.read()
}

/// Returns the month of a number such as 202503.
#[inline]
pub(crate) fn month(number: u32) -> Result<Month> {
    let year = i32::try_from(number / 100).unwrap_or(0);
    Month::new(year, number % 100)
        .map_err(|_| in_form(ErrorCode::InvalidMonth, number, "202503").field("month"))
}

/// Returns the day of a number such as 20250301.
fn date(number: u32) -> Result<NaiveDate> {
    let (year, rest) = (i32::try_from(number / 10_000).unwrap_or(0), number % 10_000);
    NaiveDate::from_ymd_opt(year, rest / 100, rest % 100)
        .filter(|date| Month::of(*date).is_ok())
        .ok_or_else(|| in_form(ErrorCode::InvalidDate, number, "20250301"))
}

/// The error of a number that is no month or day, with the form in which C writes one.
#[cold]
fn in_form(code: ErrorCode, number: u32, form: &str) -> Error {
    Error::new(code).arg("value", number).arg(words::FORM, form)
}

/// Returns the post of an auxiliary. One that the pay plan names costs no allocation.
fn post<'p>(from: &'p zg_person_month, plan: &'p Plan) -> Result<Fact<Cow<'p, Label>>, Fault> {
    Ok(match state(from, ZG_FACT_AUXILIARY_POST) {
        Fact::Missing => Fact::Missing,
        Fact::NotApplicable => Fact::NotApplicable,
        Fact::Known(()) => {
            let (data, len) = (from.auxiliary_post.data, from.auxiliary_post.len);
            // SAFETY: the conventions of the header: the text can be read during the call.
            let name = unsafe { text::read(data, len, "auxiliary_post")? };
            Fact::Known(match plan.post(name) {
                Some(post) => Cow::Borrowed(post),
                None => Cow::Owned(Label::new(name).map_err(|e| e.field("auxiliary_post"))?),
            })
        }
    })
}

/// Returns which items are stated, one bit each by the core's position, after looking at each.
#[inline]
fn stated(from: &zg_person_month) -> Result<u64> {
    let (mut rest, mut items) = (from.stated_items, 0);
    while rest != 0 {
        let number = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        let (Some(item), Some(fen)) = (ITEMS.get(number), from.stated.get(number)) else {
            continue;
        };
        if *fen < 0 {
            return Err(negative(*item, *fen));
        }
        items |= 1 << item.index();
    }
    Ok(items)
}

#[cold]
fn negative(item: PayItem, fen: i64) -> Error {
    Error::new(ErrorCode::NegativeNotAllowed)
        .arg("value", Money::from_fen(fen))
        .field(format!("stated.{item}"))
}

#[cfg(test)]
mod tests {
    use zhenggong::person::PersonMonth;

    use super::*;

    #[test]
    fn every_fact_is_read_under_its_own_number() {
        let mut read: Vec<_> = READ.to_vec();
        read.sort_by_key(|(_, bit)| *bit);
        assert_eq!(read, NAMES);
        let mut names: Vec<_> = READ.iter().map(|(name, _)| *name).collect();
        let mut core: Vec<_> = PersonMonth::FACTS.iter().map(|f| f.term.code).collect();
        names.sort_unstable();
        core.sort_unstable();
        assert_eq!(names, core, "give zg_person_month a field for each fact of the core");
    }
}
