//! Derivations, and packs with mistakes in the calendar.

use serde_json::json;

use super::*;
use crate::{
    Engine, ErrorCode,
    calendar::{DayKind, Festival, parse_date},
    derivation::{Language, NoTrace},
    policy::{Pack, PolicyBook},
    testing,
};

fn explain(rule: &str, input: serde_json::Value) -> String {
    let engine = Engine::builder().packs(Pack::national()).build().unwrap();
    engine.evaluate(rule, &input).unwrap().derivation().text(Language::Zh)
}

#[test]
fn the_derivation_names_the_festival_or_the_transfer() {
    for (month, date, lines) in [
        ("2025-01", "2025-01-28", &["日期类别 法定休假日", "· 春节", "国务院令第795号"][..]),
        ("2020-10", "2020-10-01", &["· 中秋节", "· 国庆节", "国务院令第644号"]),
        ("2025-02", "2025-02-08", &["日期类别 工作日", "· 周六", "· 调休上班", "国办发明电"]),
        ("2025-05", "2025-05-05", &["日期类别 休息日", "· 周一", "· 调休放假"]),
    ] {
        let text = explain("workdays.day-kind", json!({ "month": month, "date": date }));
        for line in lines {
            assert!(text.contains(line), "{date}: {line} is not in\n{text}");
        }
    }
    let plain = json!({ "month": "2025-03", "date": "2025-03-01" });
    assert!(!explain("workdays.day-kind", plain).contains("调休"));
}

#[test]
fn the_month_lists_its_holidays_and_transfers() {
    let text = explain("workdays.month", json!({ "month": "2025-10" }));
    for line in [
        "工作日天数 18",
        "= 当月天数 31 − 休息日 9 − 法定休假日 4 = 18",
        "· 中秋节：2025-10-06",
        "· 调休放假：2025-10-08",
        "· 调休上班：2025-10-11",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    assert!(!text.contains("2025-09-28") && !text.contains("除夕"), "{text}");
}

#[test]
fn the_parameters_say_what_the_packs_say() {
    let snapshot = testing::national("2025-05").unwrap();
    let p: &WorkCalendarRules = snapshot.get().unwrap();
    assert_eq!(p.spring_from().value, SpringStart::NewYearsEve);
    assert_eq!(p.festival_days(Festival::LabourDay).value, 2);
    assert_eq!(p.transferred_rest().unwrap().value.len(), 6);
    assert_eq!(p.transferred_work().unwrap().value.len(), 5);
    let error = day_kind(p, parse_date("2024-05-01").unwrap(), &mut NoTrace).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ValueGap);

    let snapshot = testing::national("2024-05").unwrap();
    let p: &WorkCalendarRules = snapshot.get().unwrap();
    assert_eq!(p.spring_from().value, SpringStart::NewYear);
    assert!(p.transferred_rest().is_none() && p.transferred_work().is_none());
    assert_eq!(p.kind_of(parse_date("2024-05-01").unwrap()).unwrap(), DayKind::StatutoryHoliday);
}

/// A pack of a place, with one value of the calendar.
fn local(from: &str, fields: &str) -> Pack {
    let text = format!(
        "[pack]\nid = \"x\"\nlayer = \"city\"\nplace = \"X\"\nparent = \"national\"\n\
         [[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2023\"\nevidence = \"official\"\n\
         [[value]]\nrule = \"workdays.day-kind\"\nfrom = \"{from}-01-01\"\nto = \"{from}-12-31\"\n\
         source = \"s\"\nclause = \"1\"\n{fields}\n"
    );
    Pack::parse("x.toml", &text)
}

#[test]
fn mistakes_in_the_transfers_are_findings() {
    for (fields, code) in [
        ("rest = [\"2024-05-04\"]\nwork = []", ErrorCode::InvalidValue), // a Saturday
        ("rest = []\nwork = [\"2024-05-03\"]", ErrorCode::InvalidValue), // a Friday
        ("rest = [\"2024-05-03\", \"2024-05-03\"]\nwork = []", ErrorCode::InvalidValue),
        ("rest = [\"2024-5-3\"]\nwork = []", ErrorCode::InvalidDate),
        ("rest = [2024-05-03]\nwork = []", ErrorCode::InvalidValue), // no text
        ("rest = \"2024-05-03\"\nwork = []", ErrorCode::InvalidValue),
        ("rest = [\"2023-05-03\"]\nwork = []", ErrorCode::TableShape), // another year
        ("rest = [\"2024-05-01\"]\nwork = []", ErrorCode::TableShape), // a holiday
        ("labour_days = 2", ErrorCode::NationalOnly),
    ] {
        let mut packs = Pack::national();
        packs.push(local("2024", fields));
        let findings = PolicyBook::new(packs).lint();
        let codes: Vec<_> = findings.iter().map(|f| f.error.code()).collect();
        assert_eq!(codes, [code], "{fields}");
    }
}

#[test]
fn a_place_can_load_a_year_that_the_nation_lacks() {
    let pack = local("2024", "rest = [\"2024-05-03\"]\nwork = [\"2024-05-11\"]");
    let snapshot = testing::snapshot(vec![pack], "x", "2024-05").unwrap();
    let p: &WorkCalendarRules = snapshot.get().unwrap();
    let kind = |date| day_kind(p, parse_date(date).unwrap(), &mut NoTrace).unwrap();
    assert_eq!(kind("2024-05-01"), DayKind::StatutoryHoliday);
    assert_eq!(kind("2024-05-02"), DayKind::Workday);
    assert_eq!(kind("2024-05-03"), DayKind::RestDay);
    assert_eq!(kind("2024-05-11"), DayKind::Workday);
}

#[test]
fn one_list_without_the_other_decides_no_day() {
    let pack = local("2024", "rest = [\"2024-05-03\"]");
    let snapshot = testing::snapshot(vec![pack], "x", "2024-05").unwrap();
    let p: &WorkCalendarRules = snapshot.get().unwrap();
    let error = day_kind(p, parse_date("2024-05-03").unwrap(), &mut NoTrace).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ValueGap);
    assert!(error.en().contains("work"), "{}", error.en());
}
