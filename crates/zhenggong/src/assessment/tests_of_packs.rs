//! Packs with mistakes in the appraisal's values, and what the national pack says.

use chrono::NaiveDate;

use super::*;
use crate::{
    ErrorCode,
    derivation::NoTrace,
    number::Rate,
    policy::{Evidence, Pack, PolicyBook},
    testing,
    vocabulary::{AnnualGrade, Sex},
};

const HEAD: &str = "[pack]\nid = \"national\"\nlayer = \"national\"\nplace = \"全国\"\n\
    [[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2000\"\nevidence = \"official\"\n";

/// The codes of what is found in a national pack with this value alone.
fn findings(rule: &str, fields: &str) -> Vec<ErrorCode> {
    let value = format!(
        "[[value]]\nrule = \"{rule}\"\nfrom = \"2020-01-01\"\nsource = \"s\"\nclause = \"1\"\n{fields}\n"
    );
    let book = PolicyBook::new(vec![Pack::parse("p.toml", &format!("{HEAD}{value}"))]);
    book.lint().iter().map(|f| f.error.code()).collect()
}

#[test]
fn the_built_in_packs_have_neither_errors_nor_warnings() {
    for place in ["henan", "ningbo", "shantou", "example-city"] {
        let packs = Pack::national().into_iter().chain(Pack::example(place)).collect();
        assert!(PolicyBook::new(packs).lint().is_empty(), "{place}");
    }
}

#[test]
fn keys_that_break_ties_are_read_strictly() {
    let found = |keys: &str| findings("assessment.quota", &format!("tie_keys = {keys}"));
    assert!(found("[{ key = \"警龄\", better = \"高者优先\" }]").is_empty());
    assert_eq!(found("[{ key = \"a\" }]"), [ErrorCode::MissingKey]);
    assert_eq!(found("[{ better = \"high\" }]"), [ErrorCode::MissingKey]);
    assert_eq!(found("[{ key = \"a\", better = \"big\" }]"), [ErrorCode::UnknownTerm]);
    let twice = "[{ key = \"a\", better = \"high\" }, { key = \"a\", better = \"low\" }]";
    assert_eq!(found(twice), [ErrorCode::InvalidValue]);
    assert_eq!(found("[{ key = \"\", better = \"high\" }]"), [ErrorCode::InvalidValue]);
}

#[test]
fn a_share_above_its_ceiling_is_refused() {
    let fields = |share: &str, most: &str| {
        format!("share = \"{share}\"\nshare_most = \"{most}\"\nbase = \"taking-part\"")
    };
    let found = |share, most| findings("assessment.quota", &fields(share, most));
    assert!(found("0.2", "0.2").is_empty());
    assert_eq!(found("0.21", "0.2"), [ErrorCode::TableShape]);
    assert_eq!(found("0.2", "1.01"), [ErrorCode::TableShape]);
}

#[test]
fn years_of_zero_are_refused() {
    let fields = |step: u32, least: &str| {
        format!(
            "least = \"{least}\"\nstep_years = {step}\nlevel_years = 5\nstep_counter_at_level = \"keep\"\n\
            rise_from = \"next-new-year\""
        )
    };
    let found = |step, least| findings("assessment.step-and-level-credit", &fields(step, least));
    assert!(found(2, "competent").is_empty());
    assert_eq!(found(0, "competent"), [ErrorCode::TableShape]);
    assert_eq!(found(2, "no-grade"), [ErrorCode::TableShape]);
}

#[test]
fn a_fitness_table_that_does_not_ease_is_refused() {
    let column = |last: &str| {
        let marks: Vec<_> = (0..13).map(|n| format!("\"{}\"", 100 + n)).collect();
        format!("[{}, \"{last}\"]", marks.join(", "))
    };
    let points: Vec<_> = (0..14).map(|n| format!("\"{}\"", 100 - 5 * n)).collect();
    let fields = |run: &str| {
        format!(
            "points = [{}]\n[value.to_age]\n\"young-1\" = 25\n[value.category]\n\"run-100\" = \"speed\"\n\
            [value.men_1]\n\"run-100\" = {run}",
            points.join(", ")
        )
    };
    let found = |run: &str| findings("assessment.fitness", &fields(run));
    assert!(found(&column("113")).is_empty());
    assert!(found(&column("")).is_empty());
    assert_eq!(found(&column("112")), [ErrorCode::TableShape]);
    assert_eq!(found("[\"1\", \"2\"]"), [ErrorCode::TableShape]);
    assert_eq!(found(&column("3′40″")), [ErrorCode::InvalidInput]);
}

#[test]
fn a_tie_names_the_people_in_both_languages() {
    let snapshot = testing::national("2024-12").unwrap();
    let person = |id: &str| Candidate {
        id: id.into(),
        unit: "u".into(),
        sequence: None,
        scheme: None,
        score: Rate::from_parts(95, 0),
        standing: AppraisalStanding::Graded,
        bars: Vec::new(),
        keys: Default::default(),
    };
    let pool = Pool {
        id: "p".into(),
        units: None,
        sequence: None,
        scheme: None,
        on_staff: None,
        taking_part: None,
        should_take_part: Some(5),
        share: None,
        threshold: None,
        decided: None,
    };
    let (people, pools) = ([person("0417"), person("0233")], [pool]);
    let p: &ExcellentQuota = snapshot.get().unwrap();
    let error = allocate(p, &pools, &people, None, None, &mut NoTrace).unwrap_err();
    assert_eq!(error.code(), ErrorCode::NeedsDecision);
    assert!(
        error.en().contains("2 people are tied for 1 of the quota: 0233, 0417"),
        "{}",
        error.en()
    );
    assert!(error.zh().contains("2 人并列争 1 个优秀名额：0233、0417"), "{}", error.zh());
}

#[test]
fn a_gap_of_the_fitness_tables_is_named_in_both_languages() {
    let snapshot = testing::national("2024-12").unwrap();
    let result = FitnessResult { event: FitnessEvent::Run800, mark: "3:40".parse().unwrap() };
    let error = fitness_score(snapshot.get().unwrap(), Sex::Female, 30, &[result], &mut NoTrace)
        .unwrap_err();
    assert!(error.zh().contains("女子青年二组"), "{}", error.zh());
    assert!(error.en().contains("female, second young group"), "{}", error.en());
}

#[test]
fn the_cap_counts_from_the_new_decision() {
    let snapshot = testing::national("2021-07").unwrap();
    let p: &SanctionPeriods = snapshot.get().unwrap();
    assert_eq!(p.cap().value, 48);
    let day = |text: &str| crate::calendar::parse_date(text).unwrap();
    let kinds = vec![crate::vocabulary::SanctionKind::Demotion; 2];
    let decision = |effective: NaiveDate| SanctionDecision {
        effective,
        kinds: kinds.clone(),
        months: Some(48),
    };
    let term =
        sanction_term(p, &[decision(day("2021-01-01")), decision(day("2022-01-01"))], &mut NoTrace);
    assert_eq!(term.unwrap().ends, day("2026-01-01"));
}

#[test]
fn what_only_an_inference_says_needs_to_be_accepted() {
    let book = PolicyBook::new(Pack::national());
    let query = |accept| crate::policy::Query {
        place: "national".into(),
        month: crate::calendar::Month::parse("2024-12").unwrap(),
        known_on: None,
        accept,
    };
    let strict = book.snapshot(&query(Evidence::Secondary)).unwrap();
    assert_eq!(strict.get::<Participation>().unwrap_err().code(), ErrorCode::EvidenceNotAccepted);
    // The effects of the grade rest on official texts alone.
    let official = book.snapshot(&query(Evidence::Official)).unwrap();
    let facts = GradeFacts {
        grade: AnnualGrade::Competent,
        before: Vec::new(),
        before_is_all: false,
        dismissal_bars: None,
    };
    assert!(grade_effects(official.get().unwrap(), &facts, &mut NoTrace).is_ok());
}

/// What the rule answers in a city that sets these fields.
fn in_city(rule: &str, fields: &str, input: serde_json::Value) -> serde_json::Value {
    let text = format!(
        "[pack]\nid = \"c\"\nlayer = \"city\"\nplace = \"c\"\nparent = \"national\"\n\
        [[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2000\"\nevidence = \"official\"\n\
        [[value]]\nrule = \"{rule}\"\nfrom = \"2020-01-01\"\nsource = \"s\"\nclause = \"1\"\n{fields}\n"
    );
    let packs = Pack::national().into_iter().chain([Pack::parse("c.toml", &text)]);
    let engine = crate::Engine::builder().packs(packs).build().unwrap();
    engine.evaluate(rule, &input).unwrap().value().clone()
}

#[test]
fn a_city_may_set_what_sources_dispute() {
    let rule = "assessment.next-grade-credit";
    let input = serde_json::json!({
        "month": "2025-01", "since": "2022-07-01", "by_conversion": false, "required_months": 36,
        "as_of": "2025-01-10", "years": [
            { "year": 2022, "grade": "优秀" }, { "year": 2023, "grade": "优秀" },
            { "year": 2024, "grade": "优秀" },
        ],
    });
    let ready = |fields: &str| in_city(rule, fields, input.clone())["ready"].clone();
    // 36 − 3 × 6, 36 − 2 × 6, 36 − 6 months from July 2022.
    assert_eq!(ready("first_year = \"of-appointment\""), "2024-01-01");
    assert_eq!(ready("first_year = \"after\""), "2024-07-01");
    assert_eq!(ready("accumulation = \"once\""), "2025-01-01");

    let years: Vec<_> =
        (2019..2025).map(|y| serde_json::json!({ "year": y, "grade": "称职" })).collect();
    let input = serde_json::json!({
        "month": "2024-12", "years": years, "step_years": 0, "level_years": 0,
    });
    let rule = "assessment.step-and-level-credit";
    let left = |fields: &str| in_city(rule, fields, input.clone())["step_years"].clone();
    // Steps after years two and four, the level after five: then the sixth year is the first or second.
    assert_eq!(left("step_counter_at_level = \"restart\""), 1);
    assert_eq!(left("step_counter_at_level = \"keep\""), 0);

    let input =
        serde_json::json!({ "month": "2025-01", "matter": "incompetent", "known": "2025-01-10" });
    let by = in_city("assessment.appeal-dates", "first_day = \"same-day\"", input);
    assert_eq!(by["review_by"], "2025-02-08");
}

#[test]
fn a_city_may_not_set_what_the_law_fixes() {
    for (rule, fields) in [
        ("assessment.quota", "share = \"0.5\""),
        ("assessment.sanction-period", "cap_months = 12"),
        ("assessment.grade-effects", "months_off = 12"),
        ("assessment.award", "notice_workdays = 1"),
    ] {
        let text = format!(
            "[pack]\nid = \"c\"\nlayer = \"city\"\nplace = \"c\"\nparent = \"national\"\n\
            [[source]]\nid = \"s\"\ntitle = \"t\"\nissued = \"2000\"\nevidence = \"official\"\n\
            [[value]]\nrule = \"{rule}\"\nfrom = \"2022-01-01\"\nsource = \"s\"\nclause = \"1\"\n{fields}\n"
        );
        let packs = Pack::national().into_iter().chain([Pack::parse("c.toml", &text)]).collect();
        let found = PolicyBook::new(packs).lint();
        assert!(found.iter().any(|f| f.error.code() == ErrorCode::NationalOnly), "{rule}");
    }
}
