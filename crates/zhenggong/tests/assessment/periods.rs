//! Longer periods from the answers of shorter ones: what a period without a grade is.

use serde_json::{Value as Json, json};
use zhenggong::{Engine, ErrorCode, policy::Pack};

use crate::own::{engine, example};

#[test]
fn a_month_without_a_grade_goes_by_what_the_scheme_says() {
    let text = include_str!("../../policies/assessment-example/teaching.toml");
    let asked = |said: &str| {
        let made = "to = \"quarter\"\nfrom = \"month\"\n";
        let text = text.replace(made, &format!("{made}{said}"));
        let text = text.replace("missing = \"refuse\"\nat_least = 3", "missing = \"skip\"");
        let pack = Pack::parse("own.toml", &text);
        let engine = engine(pack);
        let month = |of: &str, total: &str, grade: &str| {
            let score = json!({
                "subject": "P", "scheme": "teaching-officer", "total": total, "grade": grade,
            });
            json!({ "period": of, "scores": [score] })
        };
        let input = json!({
            "month": "2025-03", "scheme": "teaching-officer", "to": "quarter", "assessed": [
                month("2025-01", "92.00", "good"), month("2025-02", "65.00", "not-assessed"),
                month("2025-03", "80.00", "fair"),
            ],
        });
        let answer = engine.evaluate("assessment.period", &input);
        answer.map(|a| a.value()["results"][0]["total"].clone()).map_err(|e| e.code())
    };
    assert_eq!(asked(""), Err(ErrorCode::NeedsDecision));
    // (92 + 65 + 80) ÷ 3 = 79, (92 + 80) ÷ 2 = 86.
    assert_eq!(asked("ungraded = \"counts\"\n"), Ok("79.00".into()));
    assert_eq!(asked("ungraded = \"missing\"\n"), Ok("86.00".into()));
}

/// A month of the teaching scheme's officer: 40 for attendance, 100 by everyone, and these events besides.
fn month(engine: &Engine, month: &str, more: &[Json]) -> Json {
    let on = |id: &str, rule: &str| json!({ "id": id, "subject": "P", "date": format!("{month}-05"), "rule": rule, "points": "40" });
    let mut events = vec![on("D1", "attendance-points")];
    for kind in ["领导", "同事", "群众"] {
        let mut rating = on(kind, "rating");
        rating["points"] = "100".into();
        rating["rater"] = kind.into();
        rating["rater_kind"] = kind.into();
        events.push(rating);
    }
    events.extend_from_slice(more);
    let asked =
        json!({ "month": month, "subjects": [{ "id": "P", "kind": "officer" }], "events": events });
    engine.evaluate("assessment.score", &asked).unwrap().value().clone()
}

fn made(
    engine: &Engine,
    last: &str,
    to: &str,
    assessed: &[Json],
    parts: &Json,
) -> zhenggong::Result<Json> {
    let input = json!({
        "month": last, "scheme": "teaching-officer", "to": to, "assessed": assessed,
        "subjects": [{ "id": "P", "parts": parts, "extras": if to == "year" { json!({ "democratic": "5", "record": "5" }) } else { json!({}) } }],
    });
    engine.evaluate("assessment.period", &input).map(|a| a.value().clone())
}

#[test]
fn a_year_is_made_of_the_answers_of_its_quarters_with_their_vetoes() {
    let engine = example("teaching-example");
    let leak = json!({ "id": "L", "subject": "P", "date": "2025-05-06", "rule": "leak" });
    let months: Vec<Json> = (1..=12)
        .map(|m| {
            month(
                &engine,
                &format!("2025-{m:02}"),
                if m == 5 { std::slice::from_ref(&leak) } else { &[] },
            )
        })
        .collect();
    let none = json!([]);
    let quarters: Vec<Json> = months
        .chunks(3)
        .zip(["2025-03", "2025-06", "2025-09", "2025-12"])
        .map(|(three, last)| made(&engine, last, "quarter", three, &none).unwrap())
        .collect();
    let handed_on = &quarters[1]["results"][0]["vetoes"];
    assert_eq!(handed_on, &json!([{ "veto": "leak-year", "effect": "no-grade" }]));
    assert_eq!(quarters[0]["results"][0]["vetoes"], json!([]));
    let of_months = made(&engine, "2025-12", "year", &months, &none).unwrap();
    let of_quarters = made(&engine, "2025-12", "year", &quarters, &none).unwrap();
    for key in ["vetoes", "grade", "total"] {
        assert_eq!(of_quarters["results"][0][key], of_months["results"][0][key], "{key}");
    }
    let nothing = [json!({ "period": "2025-Q1" })];
    let error = made(&engine, "2025-12", "year", &nothing, &none).unwrap_err();
    assert_eq!(
        (error.code(), error.field_name()),
        (ErrorCode::MissingFact, Some("assessed[0].scores"))
    );
}

#[test]
fn a_decision_on_a_month_without_a_grade_is_stated_beside_its_answer() {
    let engine = example("teaching-example");
    let drinking =
        json!({ "id": "L", "subject": "P", "date": "2025-03-06", "rule": "drinking", "count": 2 });
    let months = [
        month(&engine, "2025-01", &[]),
        month(&engine, "2025-02", &[]),
        month(&engine, "2025-03", &[drinking]),
    ];
    let march = &months[2]["scores"][0];
    assert_eq!(march["grade"], "not-assessed");
    let undecided = made(&engine, "2025-03", "quarter", &months, &json!([])).unwrap_err();
    assert_eq!(undecided.code(), ErrorCode::NeedsDecision);
    assert!(undecided.zh().contains("parts") && undecided.en().contains("`parts`"), "{undecided}");
    let decided = json!([{ "of": "2025-03", "total": march["total"], "grade": "fair" }]);
    let quarter = made(&engine, "2025-03", "quarter", &months, &decided).unwrap();
    assert_eq!(quarter["results"][0]["parts"]["2025-03"], march["total"]);
    // Another total is no decision, nor is a total without a grade.
    for other in [
        json!([{ "of": "2025-03", "total": "90.00", "grade": "good" }]),
        json!([{ "of": "2025-03", "total": march["total"] }]),
    ] {
        let error = made(&engine, "2025-03", "quarter", &months, &other).unwrap_err();
        assert_eq!(error.code(), ErrorCode::ContradictoryFacts);
    }
}

#[test]
fn what_the_scheme_says_of_a_month_without_a_grade_is_no_decision() {
    let text = include_str!("../../policies/assessment-example/teaching.toml");
    let from = "to = \"quarter\"\nfrom = \"month\"\n";
    let text = text.replace(from, &format!("{from}ungraded = \"missing\"\n"));
    let text = text.replace("missing = \"refuse\"\nat_least = 3", "missing = \"skip\"");
    let engine = engine(Pack::parse("own.toml", &text));
    let month = |of: &str, total: &str, grade: &str| {
        let score =
            json!({ "subject": "P", "scheme": "teaching-officer", "total": total, "grade": grade });
        json!({ "period": of, "scores": [score] })
    };
    let months = [
        month("2025-01", "80.00", "not-assessed"),
        month("2025-02", "100.00", "good"),
        month("2025-03", "90.00", "good"),
    ];
    let quarter = made(&engine, "2025-03", "quarter", &months, &json!([])).unwrap();
    assert_eq!(quarter["results"][0]["total"], "95.00");
    let stated = json!([{ "of": "2025-01", "total": "80.00", "grade": "fair" }]);
    let error = made(&engine, "2025-03", "quarter", &months, &stated).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ContradictoryFacts);
}

#[test]
fn answers_of_quarters_are_those_of_the_scheme_and_have_their_months_in_them() {
    let engine = example("teaching-example");
    let months = ["2025-01", "2025-02", "2025-03"].map(|of| month(&engine, of, &[]));
    let quarter = made(&engine, "2025-03", "quarter", &months, &json!([])).unwrap();
    assert_eq!(quarter["scheme"], "teaching-officer");
    let both = [quarter.clone(), months[2].clone()];
    let error = made(&engine, "2025-12", "year", &both, &json!([])).unwrap_err();
    assert_eq!(
        (error.code(), error.field_name()),
        (ErrorCode::ContradictoryFacts, Some("assessed[1].period"))
    );
    // Those of another scheme are none of this one's, as with the scores of months.
    let mut other = quarter;
    other["scheme"] = "teaching-office".into();
    let input = json!({
        "month": "2025-12", "scheme": "teaching-officer", "to": "year", "assessed": [other],
    });
    let answer = engine.evaluate("assessment.period", &input).unwrap();
    assert_eq!(answer.value()["results"], json!([]));
}
