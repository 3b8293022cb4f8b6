//! Longer periods from the answers of shorter ones: what a period without a grade is.

use serde_json::json;
use zhenggong::{ErrorCode, policy::Pack};

use crate::own::engine;

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
