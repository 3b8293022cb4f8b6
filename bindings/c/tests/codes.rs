//! The numbers of facts, items and terms in C. `UPDATE_HEADER=1` writes `src/codes.rs`: numbers that
//! stand there are kept for good, and what the core has gained gets the next ones.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{env, fmt::Write, fs, path::Path};

use zhenggong::{
    insurance::{FloatStep, RiskClass, StartKind},
    person::PersonMonth,
    policy::{Evidence, Layer},
    tax::{BonusElection, WithholdingMethod},
    vocabulary::{
        AuxiliaryGrade, DutyType, PayItem, PersonKind, PoliceRank, PostKind, PostTier, RankEvent,
        Term, Vocabulary,
    },
};

const HEAD: &str = "\
//! The numbers of facts, items and terms, which never change. Written by `tests/codes.rs`
//! (UPDATE_HEADER=1 cargo test -p zhenggong-c --test codes); do not edit.

use zhenggong::{
    insurance::{FloatStep, RiskClass, StartKind},
    policy::{Evidence, Layer},
    tax::{BonusElection, WithholdingMethod},
    vocabulary::{
        AuxiliaryGrade, DutyType, PayItem, PersonKind, PoliceRank, PostKind, PostTier, RankEvent,
    },
};

/// Returns the number of a member: its position in the list of C, from 1.
pub(crate) fn number_of<T: PartialEq>(list: &[T], member: T) -> i32 {
    list.iter().position(|m| *m == member).and_then(|at| i32::try_from(at + 1).ok()).unwrap_or(0)
}
";

/// A list of C: prefix of its constants, first number, members with the text of the Rust member.
struct List {
    prefix: &'static str,
    first: usize,
    members: Vec<(&'static Term, String)>,
    array: Option<(&'static str, &'static str)>,
}

fn terms<V: Vocabulary>(prefix: &'static str, name: &'static str, array: &'static str) -> List {
    let members = V::ALL.iter().map(|m| (m.term(), format!("{name}::{m:?}"))).collect();
    List { prefix, first: 1, members, array: Some((name, array)) }
}

fn lists() -> Vec<List> {
    let facts = PersonMonth::FACTS.iter().map(|fact| (&fact.term, String::new())).collect();
    let items = terms::<PayItem>("ITEM", "PayItem", "ITEMS");
    vec![
        List { prefix: "FACT", first: 0, members: facts, array: None },
        List { first: 0, ..items },
        terms::<PersonKind>("KIND", "PersonKind", "KINDS"),
        terms::<PoliceRank>("RANK", "PoliceRank", "RANKS"),
        terms::<RankEvent>("RANK_EVENT", "RankEvent", "RANK_EVENTS"),
        terms::<PostTier>("POST", "PostTier", "POSTS"),
        terms::<PostKind>("POST_KIND", "PostKind", "POST_KINDS"),
        terms::<DutyType>("DUTY", "DutyType", "DUTIES"),
        terms::<AuxiliaryGrade>("AUXILIARY", "AuxiliaryGrade", "AUXILIARY_GRADES"),
        terms::<RiskClass>("RISK", "RiskClass", "RISK_CLASSES"),
        terms::<FloatStep>("RISK_STEP", "FloatStep", "RISK_STEPS"),
        terms::<StartKind>("FUND_START", "StartKind", "START_KINDS"),
        terms::<WithholdingMethod>("TAX_MODE", "WithholdingMethod", "TAX_MODES"),
        terms::<BonusElection>("BONUS", "BonusElection", "BONUS_ELECTIONS"),
        terms::<Evidence>("EVIDENCE", "Evidence", "EVIDENCES"),
        terms::<Layer>("LAYER", "Layer", "LAYERS"),
    ]
}

fn constant(prefix: &str, term: &Term) -> String {
    format!("ZG_{prefix}_{}", term.code.replace('-', "_").to_uppercase())
}

/// The members in the order of their numbers: those that have one, then the others.
fn numbered<'a>(list: &'a List, text: &str) -> Vec<&'a (&'static Term, String)> {
    let mut known = Vec::new();
    let mut fresh = Vec::new();
    for member in &list.members {
        let start = format!("pub const {}: u8 = ", constant(list.prefix, member.0));
        match text.lines().find_map(|line| line.strip_prefix(&start)) {
            Some(rest) => {
                known.push((rest.trim_end_matches(';').parse::<usize>().unwrap(), member))
            }
            None => fresh.push(member),
        }
    }
    known.sort_by_key(|(number, _)| *number);
    for (at, (number, member)) in known.iter().enumerate() {
        // A gap would be a member that the core no longer has; its number stays taken.
        assert_eq!(at + list.first, *number, "{} has lost a member", member.0.code);
    }
    known.into_iter().map(|(_, member)| member).chain(fresh).collect()
}

fn source(text: &str) -> String {
    let mut out = HEAD.to_owned();
    for list in lists() {
        let members = numbered(&list, text);
        out.push('\n');
        for (number, (term, _)) in (list.first..).zip(&members) {
            let name = constant(list.prefix, term);
            writeln!(out, "/// {}: {}.", term.zh, term.en).unwrap();
            writeln!(out, "pub const {name}: u8 = {number};").unwrap();
        }
        if list.prefix == "FACT" {
            out.push_str(
                "/// The facts with their numbers.\npub(crate) const NAMES: &[(&str, u8)] = &[\n",
            );
            for (term, _) in &members {
                writeln!(out, "    (\"{}\", {}),", term.code, constant("FACT", term)).unwrap();
            }
            out.push_str("];\n");
        }
        if let Some((kind, array)) = list.array {
            writeln!(out, "pub(crate) const {array}: &[{kind}] = &[").unwrap();
            for (_, member) in members {
                writeln!(out, "    {member},").unwrap();
            }
            out.push_str("];\n");
        }
    }
    out
}

#[test]
fn every_fact_item_and_term_has_its_number() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/codes.rs");
    let have = fs::read_to_string(&path).unwrap_or_default();
    let want = source(&have);
    if env::var_os("UPDATE_HEADER").is_some() && have != want {
        fs::write(&path, want).unwrap();
        panic!("{} was written; run the tests again", path.display());
    }
    assert!(have == want, "{} is not current; run with UPDATE_HEADER=1", path.display());
}

#[test]
fn there_is_room_for_every_fact_and_item() {
    assert!(PersonMonth::FACTS.len() <= 63 && PayItem::ALL.len() <= 63);
}

#[test]
fn no_two_constants_share_a_name() {
    let all: Vec<_> = lists()
        .iter()
        .flat_map(|l| l.members.iter().map(|m| constant(l.prefix, m.0)).collect::<Vec<_>>())
        .collect();
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
}
