//! Properties that hold for every value, not for examples.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;
use zhenggong::{
    Engine, ErrorCode,
    allowance::police_rank_allowance,
    calendar::{Month, PartialDate},
    catalogue,
    derivation::{Language, NoTrace, Recorder, Step},
    number::{Money, Rate, Rounding},
    person::{Fact, Label, PersonMonth},
    policy::{Evidence, Pack},
    settlement::{Origin, Payslip},
    tax::BonusElection,
    testing,
    vocabulary::{DutyType, LevelStep, PayItem, PersonKind, PoliceRank, Side, Vocabulary},
};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

thread_local! {
    static ENGINE: Engine =
        Engine::builder().packs(Pack::national()).accept(Evidence::Inferred).build().unwrap();
}

fn month(index: u32) -> Month {
    Month::new(1900 + i32::try_from(index / 12).unwrap(), index % 12 + 1).unwrap()
}

fn member<V: Vocabulary>() -> impl Strategy<Value = V> {
    prop::sample::select(V::ALL.to_vec())
}

/// Returns the sum of the lines of a side.
fn sum(slip: &Payslip, side: Side) -> Money {
    let lines = slip.lines.iter().filter(|l| l.item.side() == side);
    Money::checked_sum(lines.map(|l| l.amount)).unwrap()
}

/// An officer with stated amounts of any item, and a rank or none.
fn officer() -> impl Strategy<Value = PersonMonth> {
    let stated = prop::collection::btree_map(member::<PayItem>(), 0i64..100_000_000, 0..20);
    let rank = prop::option::of(member::<PoliceRank>());
    (stated, rank, 0u32..40, 0u32..10, member::<DutyType>()).prop_map(
        |(stated, rank, rest, holiday, duty)| {
            let label = |text: &str| Label::new(text).unwrap();
            let mut person = PersonMonth::new(label("0417"), label("城东所"), PersonKind::Officer);
            person.stated = stated.into_iter().map(|(i, fen)| (i, Money::from_fen(fen))).collect();
            // What the office states is not computed, so that the lines do not hang on other facts.
            for item in PayItem::ALL {
                let computed = [PayItem::PoliceRankAllowance, PayItem::PoliceOvertimeAllowance];
                if !computed.contains(item) {
                    person.stated.entry(*item).or_insert(Money::ZERO);
                }
            }
            person.rank = rank.map_or(Fact::NotApplicable, Fact::Known);
            person.overtime_rest_days = Fact::Known(rest);
            person.overtime_holiday_days = Fact::Known(holiday);
            person.duty = Fact::Known(duty);
            person.bonus_election = Fact::Known(BonusElection::Separate);
            person
        },
    )
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn money_is_read_as_it_is_written(fen: i64) {
        let money = Money::from_fen(fen);
        let text = money.to_string();
        prop_assert_eq!(Money::parse(&text).unwrap(), money);
        prop_assert_eq!(text.parse::<Money>().unwrap(), money);
        let json = serde_json::to_string(&money).unwrap();
        prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
    }

    #[test]
    fn money_text_has_one_form(whole in 0u64..1_000_000_000, fen in 0u32..100) {
        let text = format!("{whole}.{fen:02}");
        prop_assert_eq!(Money::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn rates_are_read_as_they_are_written(mantissa: i64, scale in 0u8..=9) {
        let rate = Rate::from_parts(mantissa, scale);
        prop_assert_eq!(Rate::parse(&rate.to_string()).unwrap(), rate);
        let json = serde_json::to_string(&rate).unwrap();
        prop_assert_eq!(serde_json::from_str::<Rate>(&json).unwrap(), rate);
        prop_assert_eq!(Rate::from_decimal(rate.to_decimal()).unwrap(), rate);
    }

    #[test]
    fn months_are_read_as_they_are_written(index in 0u32..13_200) {
        let month = month(index);
        prop_assert_eq!(Month::parse(&month.to_string()).unwrap(), month);
        let day = PartialDate::from(month);
        prop_assert_eq!(PartialDate::parse(&day.to_string()).unwrap(), day);
        let day = PartialDate::from(month.last_day());
        prop_assert_eq!(PartialDate::parse(&day.to_string()).unwrap(), day);
    }

    #[test]
    fn cells_are_read_as_they_are_written(level in 0u8..=30, step in 0u8..=25) {
        match LevelStep::new(level, step) {
            Ok(cell) => prop_assert_eq!(cell.to_string().parse::<LevelStep>().unwrap(), cell),
            Err(error) => {
                prop_assert_eq!(error.code(), ErrorCode::NumberOutOfRange);
                let text = format!("{level}-{step}");
                prop_assert!(text.parse::<LevelStep>().is_err());
            }
        }
    }

    #[test]
    fn roundings_are_read_as_they_are_written(at in any::<prop::sample::Index>(), fen: i32) {
        let all: Vec<_> = Rounding::all().collect();
        let rounding = *at.get(&all);
        prop_assert_eq!(rounding.to_string().parse::<Rounding>().unwrap(), rounding);
        // What is rounded already stays.
        let once = Money::from_fen(i64::from(fen)).exact().round(rounding).unwrap();
        prop_assert_eq!(once.exact().round(rounding).unwrap(), once);
    }

    #[test]
    fn the_printed_derivation_holds_the_result(
        index in (2010 - 1900) * 12u32..(2026 - 1900) * 12,
        rank in member::<PoliceRank>(),
        rest in 0u32..40, holiday in 0u32..10, duty in member::<DutyType>(),
    ) {
        let month = month(index).to_string();
        let ranks = json!([{ "from": "1999-01-01", "rank": rank.code() }]);
        ENGINE.with(|engine| {
            for (rule, input) in [
                ("allowance.police-rank", json!({ "month": month, "ranks": ranks })),
                ("allowance.police-overtime", json!({
                    "month": month, "rest_days": rest, "holiday_days": holiday, "duty": duty.code(),
                })),
            ] {
                let Ok(answer) = engine.evaluate(rule, &input) else { continue };
                let value = answer.value().as_str().unwrap();
                for (language, unit) in [(Language::Zh, "元"), (Language::En, "yuan")] {
                    let text = answer.derivation().text(language);
                    let first = text.lines().next().unwrap();
                    prop_assert!(first.ends_with(&format!(" {value} {unit}")), "{}", text);
                }
                prop_assert_eq!(&answer.derivation().to_json()[0]["result"], answer.value());
            }
            Ok(())
        })?;
    }

    #[test]
    fn the_lines_of_a_slip_sum_to_its_totals(person in officer(), index in 1440u32..1524) {
        let month = month(index);
        let slip = match ENGINE.with(|engine| engine.payslip(&person, month)) {
            Ok(slip) => slip,
            // The overtime allowance has no value for 2017.
            Err(error) => {
                prop_assert_eq!(error.code(), ErrorCode::ValueGap, "{}", error);
                return Ok(());
            }
        };
        prop_assert_eq!(sum(&slip, Side::Earning), slip.gross);
        prop_assert_eq!(sum(&slip, Side::Deduction), slip.deductions);
        prop_assert_eq!(sum(&slip, Side::EmployerCost), slip.employer_cost);
        prop_assert_eq!(slip.gross.minus(slip.deductions).unwrap(), slip.net);
        for item in person.stated.keys() {
            prop_assert!(slip.amount(*item).is_some(), "{} is stated and not on the slip", item);
        }
        for line in &slip.lines {
            let stated = person.stated.get(&line.item);
            prop_assert_eq!(line.origin == Origin::Stated, stated.is_some());
            prop_assert!(stated.is_none_or(|amount| *amount == line.amount));
        }
        // The printed slip and its derivation say the same.
        for language in [Language::Zh, Language::En] {
            let text = slip.text(language);
            for amount in [slip.gross, slip.deductions, slip.net] {
                prop_assert!(text.contains(&amount.to_string()), "{}", text);
            }
            prop_assert!(slip.derivation.text(language).contains(&slip.net.to_string()));
        }
    }

    #[test]
    fn a_month_run_is_the_sum_of_its_slips(
        people in prop::collection::vec((officer(), 0u32..3), 0..12), index in 1440u32..1524,
    ) {
        let month = month(index);
        let people: Vec<_> = people.into_iter().enumerate().map(|(n, (mut person, unit))| {
            person.person = Label::new(&n.to_string()).unwrap();
            person.unit = Label::new(&format!("所{unit}")).unwrap();
            person
        }).collect();
        ENGINE.with(|engine| {
            let run = engine.month_run(&people, month).unwrap();
            prop_assert_eq!(run.rows.len() + run.errors.len(), people.len());
            let net = |money: Vec<Money>| Money::checked_sum(money).unwrap();
            prop_assert_eq!(net(run.rows.iter().map(|r| r.net).collect()), run.totals.net);
            prop_assert_eq!(net(run.units.values().map(|u| u.net).collect()), run.totals.net);
            let mut items: BTreeMap<PayItem, Money> = BTreeMap::new();
            for row in &run.rows {
                let at = usize::try_from(row.row).unwrap() - 1;
                let slip = engine.payslip(&people[at], month).unwrap();
                prop_assert_eq!(&slip.lines, &row.lines, "the run and the slip are one path");
                for line in &slip.lines {
                    let sum = items.entry(line.item).or_default();
                    *sum = sum.plus(line.amount).unwrap();
                }
            }
            prop_assert_eq!(items, run.totals.items);
            Ok(())
        })?;
    }
}

/// Every month of every edition is looked at, so that no random month has to hit a change.
#[test]
fn a_higher_police_rank_never_earns_less() {
    for year in 1993..2030 {
        for (number, months_known) in [(1, year > 1993), (7, year > 1993), (10, true)] {
            let month = format!("{year}-{number:02}");
            let snapshot = testing::national(&month).unwrap();
            let mut before = Money::ZERO;
            let mut amounts = 0;
            for rank in PoliceRank::ALL {
                let Ok(p) = snapshot.get() else { continue };
                let pay = police_rank_allowance(p, *rank, &mut NoTrace).unwrap();
                assert!(pay >= before, "{month} {rank}: {pay} is less than {before}");
                before = pay;
                amounts += 1;
            }
            assert_eq!(amounts > 0, months_known, "{month}");
        }
    }
}

/// The rule that is explained and the rule that is fast are one function.
#[test]
fn with_and_without_a_trace_the_result_is_the_same() {
    for month in ["1994-06", "1998-06", "2005-06", "2016-03", "2025-03"] {
        let snapshot = testing::national(month).unwrap();
        for rank in PoliceRank::ALL {
            let mut trace = Recorder::new();
            let p = snapshot.get().unwrap();
            let told = police_rank_allowance(p, *rank, &mut trace).unwrap();
            assert_eq!(told, police_rank_allowance(p, *rank, &mut NoTrace).unwrap());
            let steps = trace.take();
            let depth = |step: &Step| match step {
                Step::Begin(_) => 1,
                Step::End(_) => -1,
                _ => 0,
            };
            assert_eq!(steps.iter().map(depth).sum::<i32>(), 0, "every line ends");
        }
    }
}

#[test]
fn every_rule_says_what_it_reads() {
    for rule in catalogue::RULES {
        assert!(!rule.term.zh.is_empty() && !rule.about.zh.is_empty(), "{}", rule.id());
        assert!(rule.id().contains('.'), "{}", rule.id());
        let mut keys: Vec<_> = rule.inputs.iter().map(|i| i.term.code).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), rule.inputs.len(), "{} names an input twice", rule.id());
        assert!(!keys.contains(&"month"), "{}: the month is the engine's", rule.id());
    }
}
