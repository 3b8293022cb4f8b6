//! The sample rosters of `examples/data`, read as their README says.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::{collections::BTreeSet, fs, path::Path};

use zhenggong::{
    ErrorCode::{self, *},
    calendar::Month,
    number::Money,
    person::{Fact, PersonMonth},
    vocabulary::{PayItem, PersonKind, RankEvent, Side},
};
use zhenggong_roster::{Encoding, Roster, RosterOptions, read_roster};

fn read(name: &str, encoding: Encoding) -> Roster {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data").join(name);
    let options = RosterOptions { encoding, month: Month::new(2021, 3).unwrap() };
    read_roster(name, &fs::read(path).unwrap(), &options)
}

fn places(roster: &Roster) -> Vec<(u32, u32, ErrorCode)> {
    roster.findings.iter().map(|f| (f.line, f.column, f.error.code())).collect()
}

#[test]
fn the_sample_is_clean() {
    let roster = read("sample-roster.csv", Encoding::Utf8);
    assert!(roster.is_clean(), "{:?}", roster.findings);
    let officers = roster.rows.iter().filter(|r| r.person.kind == PersonKind::Officer).count();
    assert_eq!((roster.rows.len(), officers), (300, 200));
    let units: BTreeSet<_> = roster.rows.iter().map(|r| r.person.unit.as_str()).collect();
    assert_eq!(units.len(), 6);
}

#[test]
fn the_published_payslip_has_its_amounts() {
    let roster = read("sample-roster.csv", Encoding::Utf8);
    let person = &roster.rows[0].person;
    assert_eq!(person.person.as_str(), "P0001");
    assert_eq!(person.rank, Fact::NotApplicable);
    let earnings = person.stated.iter().filter(|(item, _)| item.side() == Side::Earning);
    let gross = Money::checked_sum(earnings.map(|(_, amount)| *amount)).unwrap();
    assert_eq!(gross.to_string(), "20724.00");
    assert_eq!(person.stated[&PayItem::HousingFund].to_string(), "3318.00");
    assert_eq!(person.stated[&PayItem::IncomeTax].to_string(), "545.01");
    assert!(person.tax_months.is_missing() && person.housing_wage.is_missing());
}

#[test]
fn the_edge_cases_are_where_they_should_be() {
    let roster = read("sample-roster.csv", Encoding::Utf8);
    let of = |id: &str| -> &PersonMonth {
        &roster.rows.iter().find(|r| r.person.person.as_str() == id).unwrap().person
    };
    let since = |id| of(id).rank_since.known().map(|date| date.to_string());
    assert_eq!(since("P0002").as_deref(), Some("2021-03-12"));
    assert_eq!(since("P0003").as_deref(), Some("2021-02-20"));
    assert_eq!(of("P0004").rank_event, Fact::Known(RankEvent::NotKept));
    assert_eq!(of("P0005").rank_event, Fact::Known(RankEvent::Granted));
    assert!(!of("P0006").stated.contains_key(&PayItem::LevelPay));
    assert!(of("P0007").rank.is_missing());
    assert_eq!(of("P0008").overtime_holiday_days, Fact::Known(1));
    assert_eq!(of("P0009").tax_months, Fact::Known(1));
    assert!(of("P0011").bonus_election.known() != of("P0012").bonus_election.known());
    assert!(of("F0001").coefficient.is_missing());
    assert_eq!(of("F0002").ytd_income, Fact::Known(Money::ZERO));
    let missing: Vec<_> = roster.rows.iter().filter(|r| r.person.rank.is_missing()).collect();
    assert_eq!(missing.len(), 101, "P0007 and the auxiliaries");
}

#[test]
fn the_gbk_sample_is_read_only_as_gbk() {
    let roster = read("sample-roster-gbk.csv", Encoding::Gbk);
    assert!(roster.is_clean());
    let whole = read("sample-roster.csv", Encoding::Utf8);
    assert_eq!(roster.rows[..3], whole.rows[..3]);
    assert_eq!(places(&read("sample-roster-gbk.csv", Encoding::Utf8)), [(1, 1, NotUtf8)]);
}

#[test]
fn every_mistake_is_found_at_its_place() {
    let expected = [
        (1, 17, UnknownField),
        (1, 20, DuplicateColumn),
        (1, 1, MissingColumn),
        (2, 16, UnknownTerm),
        (3, 23, TooManyDigits),
        (4, 1, DuplicatePerson),
        (5, 31, NegativeNotAllowed),
        (6, 23, InvalidNumber),
        (7, 9, StrayQuote),
        (8, 11, StrayQuote),
        (9, 31, StrayQuote),
        (10, 39, WrongFieldCount),
        (11, 20, WrongFieldCount),
        (12, 7, InvalidText),
        (13, 7, InvalidText),
        (14, 1, MissingFact),
        (15, 13, UnknownTerm),
    ];
    let roster = read("broken-roster.csv", Encoding::Utf8);
    assert_eq!(places(&roster), expected);
    assert!(roster.rows.is_empty());
    let expected = [(2, 16, WrongMonth), (3, 16, InvalidMonth), (4, 29, InvalidDate)];
    let roster = read("broken-dates-roster.csv", Encoding::Utf8);
    assert_eq!(places(&roster), expected);
}
