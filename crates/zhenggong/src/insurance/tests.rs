//! What only a pack of one's own can show: policies that no built-in pack attests.

use super::*;
use crate::{
    ErrorCode, Result,
    calendar::{Month, parse_date},
    derivation::{Language, NoTrace, Recorder},
    number::Money,
    policy::{Pack, PolicyBook, Snapshot},
    testing,
};

const HEADER: &str = r#"
[pack]
id = "own"
layer = "city"
place = "某市"
parent = "national"
[[source]]
id = "s"
title = "测试用文件"
issued = "2024-01-01"
evidence = "official"
"#;

fn own(values: &[(&str, &str)]) -> Pack {
    let values = values.iter().map(|(rule, fields)| {
        format!(
            "[[value]]\nrule = \"insurance.{rule}\"\nfrom = \"2024-01-01\"\nsource = \"s\"\nclause = \"一\"\n{fields}\n"
        )
    });
    Pack::parse("own.toml", &format!("{HEADER}{}", values.collect::<String>()))
}

fn snapshot(values: &[(&str, &str)]) -> Result<Snapshot> {
    testing::snapshot(vec![own(values)], "own", "2024-08")
}

fn yuan(text: &str) -> Money {
    Money::parse(text).unwrap()
}

const FEN: &str = "rounding_personal = \"half-up fen\"\nrounding_employer = \"half-up fen\"";

#[test]
fn the_built_in_packs_have_no_findings() {
    let mut packs = Pack::national();
    packs.extend(["beijing", "shanghai"].into_iter().filter_map(Pack::example));
    assert_eq!(packs.iter().filter(|p| p.id() != "national").count(), 2);
    let findings = PolicyBook::new(packs).lint();
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn a_new_hire_counts_as_the_place_says() {
    let limits = "floor = \"4000\"\nceiling = \"20000\"\ncycle_start = 7";
    let facts = |hired: &str| Employment {
        hired_on: parse_date(hired).unwrap(),
        prior_average_wage: Some(yuan("9000")),
        first_month_wage: Some(yuan("5000")),
    };
    let august = Month::parse("2024-08").unwrap();
    for (choice, within) in [("首月工资", "5000.00"), ("上年度月平均工资", "9000.00")] {
        let fields = format!("{limits}\nnew_hire = \"{choice}\"");
        let s = snapshot(&[("contribution-base", &fields)]).unwrap();
        let p: &ContributionBase = s.get().unwrap();
        let wage = |f: Employment| base_wage(p, &f, august, &mut NoTrace);
        assert_eq!(wage(facts("2024-07-01")).unwrap().to_string(), within);
        assert_eq!(wage(facts("2024-06-30")).unwrap().to_string(), "9000.00");
    }
    let fields = format!("{limits}\nnew_hire = \"首月工资\"");
    let s = snapshot(&[("contribution-base", &fields)]).unwrap();
    let none = Employment { first_month_wage: None, ..facts("2024-07-01") };
    let error = base_wage(s.get().unwrap(), &none, august, &mut NoTrace).unwrap_err();
    assert_eq!(error.code(), ErrorCode::MissingFact);
    assert_eq!(error.field_name(), Some("first_month_wage"));
}

#[test]
fn limits_must_be_in_order_and_the_cycle_a_month() {
    for fields in [
        "floor = \"5\"\nceiling = \"4\"",
        "floor = \"4\"\nceiling = \"5\"\ncycle_start = 13",
        "floor = \"4\"\nceiling = \"5\"\ncycle_start = 0",
    ] {
        let error = snapshot(&[("contribution-base", fields)]).unwrap_err();
        assert_eq!(error.code(), ErrorCode::TableShape, "{fields}");
    }
}

#[test]
fn a_scheme_may_have_limits_a_flat_amount_and_roundings_of_its_own() {
    let fields = "rate_employer = \"0.098\"\nflat_personal = \"3\"\nfloor = \"5080\"\nceiling = \"25401\"\nrounding_personal = \"fen-to-jiao\"\nrounding_employer = \"half-up yuan\"";
    let s = snapshot(&[("medical", fields)]).unwrap();
    let terms = s.get::<Medical>().unwrap().terms();
    assert!(terms.has_own_limits());
    // 5080 × 2 % = 101.60; 5080 × 9.8 % = 497.84.
    let low = contribution(terms, yuan("3000"), &mut NoTrace).unwrap();
    let shares = |p: &str, e: &str| Shares {
        personal: yuan(p),
        personal_flat: Some(yuan("3")),
        employer: yuan(e),
    };
    assert_eq!(low, shares("101.60", "498"));
    // 25401 × 2 % = 508.02, any fen up to the jiao; 25401 × 9.8 % = 2489.298.
    let high = contribution(terms, yuan("30000"), &mut NoTrace).unwrap();
    assert_eq!(high, shares("508.10", "2489"));
}

#[test]
fn the_sum_of_the_lines_is_not_the_sum_of_the_rates() {
    let packs = Pack::example("beijing").into_iter().collect();
    let s = testing::snapshot(packs, "beijing", "2026-07").unwrap();
    let base = yuan("36348");
    let rate = WorkInjuryRate { class: RiskClass::Second, step: FloatStep::Base };
    let lines = [
        employer_share(s.get::<EnterprisePension>().unwrap().terms(), base, &mut NoTrace),
        employer_share(s.get::<Medical>().unwrap().terms(), base, &mut NoTrace),
        employer_share(s.get::<Unemployment>().unwrap().terms(), base, &mut NoTrace),
        work_injury_contribution(s.get().unwrap(), rate, base, &mut NoTrace),
    ];
    let total = Money::checked_sum(lines.into_iter().map(|l| l.unwrap())).unwrap();
    assert_eq!(total.to_string(), "9704.91");
}

#[test]
fn a_stage_cut_multiplies_before_the_only_rounding() {
    let fields = "stage_factor = \"0.8\"\nrounding_employer = \"half-up fen\"";
    let s = snapshot(&[("work-injury", fields)]).unwrap();
    let rate = WorkInjuryRate { class: RiskClass::Second, step: FloatStep::Down80 };
    // 7162 × 0.4 % × 80 % × 80 % = 18.33472.
    let pay = work_injury_contribution(s.get().unwrap(), rate, yuan("7162"), &mut NoTrace);
    assert_eq!(pay.unwrap().to_string(), "18.33");
}

#[test]
fn a_local_table_that_lacks_a_class_does_not_fall_back() {
    let fields = "rounding_employer = \"half-up fen\"\n[value.base_rate]\n\"一类\" = \"0.0015\"";
    let s = snapshot(&[("work-injury", fields)]).unwrap();
    let pay = |class| {
        let rate = WorkInjuryRate { class, step: FloatStep::Base };
        work_injury_contribution(s.get().unwrap(), rate, yuan("10000"), &mut NoTrace)
    };
    assert_eq!(pay(RiskClass::First).unwrap().to_string(), "15.00");
    assert_eq!(pay(RiskClass::Second).unwrap_err().code(), ErrorCode::CellNotAttested);
}

#[test]
fn a_pack_can_not_leave_the_national_bounds_of_the_housing_fund() {
    for rate in ["0.049", "0.121"] {
        let fields = format!("rate_employer = \"{rate}\"\n{FEN}");
        let error = snapshot(&[("housing-fund", &fields)]).unwrap_err();
        assert_eq!(error.code(), ErrorCode::OutOfBounds, "{rate}");
    }
    let fields = "rate_employer = \"0.07\"\nrounding_employer = \"half-up yuan\"";
    let s = snapshot(&[("housing-fund", fields)]).unwrap();
    // 9876.50 × 7 % = 691.355, to the yuan.
    let side = ContributionSide::Employer;
    let pay = housing_fund_share(s.get().unwrap(), side, yuan("9876.50"), None, &mut NoTrace);
    assert_eq!(pay.unwrap().to_string(), "691.00");
}

#[test]
fn a_line_explains_itself_under_the_name_of_its_payslip_item() {
    let packs = Pack::example("beijing").into_iter().collect();
    let s = testing::snapshot(packs, "beijing", "2026-07").unwrap();
    let mut t = Recorder::new();
    let terms = s.get::<Medical>().unwrap().terms();
    employer_share(terms, yuan("36348"), &mut t).unwrap();
    let text = crate::derivation::Derivation::new(t.take(), s.into()).text(Language::Zh);
    for part in ["基本医疗保险含生育（单位）", "36348.00", "9.8%", "3562.104", "3562.10", "北京市"]
    {
        assert!(text.contains(part), "{part} not in\n{text}");
    }
}
