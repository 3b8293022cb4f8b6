//! Hand-computed rises with local policies and tables that the national pack does not have.

use super::*;
use crate::{derivation::NoTrace, policy::Pack, testing};

const SOURCE: &str =
    "[[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2020\"\nevidence = \"official\"\n";

fn local(fields: &str) -> Snapshot {
    let text = format!(
        "[pack]\nid = \"x\"\nlayer = \"city\"\nplace = \"x\"\nparent = \"national\"\n{SOURCE}\
         [[value]]\nrule = \"basic-pay.level-rise\"\nfrom = \"2006-07-01\"\nsource = \"s\"\nclause = \"c\"\n{fields}\n"
    );
    testing::snapshot(vec![Pack::parse("x.toml", &text)], "x", "2014-09").unwrap()
}

fn rise(s: &Snapshot, from: &str, to: u8) -> Result<String> {
    let to = Level::new(to)?;
    raise_level(s.get()?, s.get()?, from.parse()?, to, &mut NoTrace).map(|c| c.to_string())
}

#[test]
fn a_jump_and_a_climb_differ_over_several_levels() {
    let jump = testing::national("2014-09").unwrap();
    let climb = local("mode = \"逐级套入\"");
    // 25-7 = 520: at once 23-4 = 521; by 24-6 = 536 to 23-5 = 554.
    assert_eq!(rise(&jump, "25-7", 23).unwrap(), "23-4");
    assert_eq!(rise(&climb, "25-7", 23).unwrap(), "23-5");
    // 26-6 = 455: at once 23-2 = 455; by 25-5 = 464 and 24-4 = 476 to 23-3 = 488.
    assert_eq!(rise(&jump, "26-6", 23).unwrap(), "23-2");
    assert_eq!(rise(&climb, "26-6", 23).unwrap(), "23-3");
    // 25-2 = 380: at once 23-1 = 422; by 24-1 = 386 to 23-1.
    assert_eq!(rise(&climb, "25-2", 23).unwrap(), "23-1");
}

#[test]
fn equal_pay_is_not_enough_where_more_is_asked() {
    let above = local("comparison = \"高于原级别工资\"");
    // 26-6 = 455 = 23-2, so 23-3 = 488.
    assert_eq!(rise(&above, "26-6", 23).unwrap(), "23-3");
    // 25-2 = 380 < 24-1 = 386: the same as with equal pay allowed.
    assert_eq!(rise(&above, "25-2", 24).unwrap(), "24-1");
}

#[test]
fn a_level_without_a_step_that_pays_enough_is_exhausted() {
    let text = format!(
        "[pack]\nid = \"national\"\nlayer = \"national\"\nplace = \"全国\"\n{SOURCE}\
         [[value]]\nrule = \"basic-pay.level\"\nfrom = \"2006-07-01\"\nsource = \"s\"\nclause = \"c\"\n\
         [value.cells]\n\"12-13\" = \"2200\"\n"
    );
    let s = testing::snapshot(vec![Pack::parse("x.toml", &text)], "national", "2014-09").unwrap();
    // Level 11 ends at 11-12 = 2152.
    let error = rise(&s, "12-13", 11).unwrap_err();
    assert_eq!(error.code(), ErrorCode::LevelExhausted);
    assert!(error.zh().contains("2200.00"));
}

#[test]
fn a_rise_never_pays_less_and_is_the_lowest_such_step() {
    let s = testing::national("2014-09").unwrap();
    let table: &LevelPay = s.get().unwrap();
    for (from, old) in table.table().iter() {
        for to in 1..from.level.number() {
            let to = Level::new(to).unwrap();
            let cell = raise_level(table, s.get().unwrap(), from, to, &mut NoTrace).unwrap();
            let below =
                cell.step.number().checked_sub(1).and_then(|n| LevelStep::new(to.number(), n).ok());
            assert!(table.get(cell).unwrap().value >= old.value, "{from} {cell}");
            assert!(below.is_none_or(|b| table.get(b).unwrap().value < old.value), "{from} {cell}");
        }
    }
}
