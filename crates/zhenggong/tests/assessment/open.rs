//! A coefficient that the scheme leaves to a decision is no missing coefficient: the month run says what has to be
//! decided.

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, ErrorCode,
    assessment::{Aspect, AssessmentMonth, Inquiry},
    number::Rate,
    person::Fact,
    policy::Pack,
};

use crate::own::{auxiliary, engine, march};

fn auxiliaries(count: usize) -> Json {
    (1..=count).map(|n| json!({ "id": format!("A{n}"), "kind": "auxiliary" })).collect()
}

/// Two coefficients are left open: of who may still become excellent, and of who fails.
fn with_open_coefficients() -> Engine {
    let text = include_str!("../../policies/assessment-example/teaching.toml");
    let pass = "    { id = \"pass\", zh = \"合格\", en = \"pass\", from = \"80\" },\n";
    let excellent =
        "    { id = \"excellent\", zh = \"优秀\", en = \"excellent\", by_hand = true },\n";
    let (before, rest) = text.split_once("bonus = { by_total = [").unwrap();
    let (_, after) = rest.split_once("] }").unwrap();
    let bonus = "bonus = { by_grade = { excellent = \"1.5\", pass = \"1.2\" } }";
    let text = format!("{before}{bonus}{after}").replace(pass, &format!("{excellent}{pass}"));
    let pack = Pack::parse("own.toml", &text);
    assert!(!pack.has_errors(), "{:?}", pack.findings());
    engine(pack)
}

#[test]
fn a_coefficient_that_is_left_open_is_no_missing_one() {
    let engine = with_open_coefficients();
    let input = json!({
        "month": "2025-03", "subjects": auxiliaries(5),
        "events": [
            { "id": "E1", "subject": "A2", "date": "2025-03-10", "rule": "absent", "count": 3 },
            // A veto bars from what is given by hand, so that A4's coefficient is settled.
            { "id": "E2", "subject": "A4", "date": "2025-03-10", "rule": "drinking", "count": 2 },
            { "id": "E3", "subject": "A4", "date": "2025-03-10", "rule": "full-attendance" },
        ],
    });
    let mut answer = engine.evaluate("assessment.score", &input).unwrap().value().clone();
    // Somebody decided on A5 and wrote it down.
    answer["scores"][4]["coefficient"] = "1.5".into();
    let month = AssessmentMonth::from_answer(&answer).unwrap();
    let mut people = ["A1", "A2", "A3", "A4", "A5"].map(auxiliary);
    people[2].coefficient = Fact::Known(Rate::parse("1.5").unwrap());
    let march = march();
    let run = engine.month_run_with_assessment((1..).zip(&people), march, &month).unwrap();
    let found: Vec<_> =
        run.errors.iter().map(|e| (e.error.code(), e.error.person_id().unwrap())).collect();
    let open = ErrorCode::NeedsDecision;
    assert_eq!(found, [(open, "A1"), (open, "A2"), (open, "A4")], "{:?}", run.errors);
    for (error, said) in run.errors.iter().zip(["优秀", "不合格", "不合格"]) {
        assert!(error.error.zh().contains(said), "{}", error.error.zh());
    }
    assert!(run.errors[0].error.en().contains("excellent"), "{}", run.errors[0].error.en());
    // 3000 + 800 × 1.5, by the roster and by the record.
    let paid: Vec<_> = run.rows.iter().map(|r| r.gross.to_string()).collect();
    assert_eq!(paid, ["4200.00", "4200.00"]);
    // The same from Rust, where nobody wrote anything down.
    let subjects: Vec<_> = serde_json::from_value(input["subjects"].clone()).unwrap();
    let events: Vec<_> = serde_json::from_value(input["events"].clone()).unwrap();
    let open = Inquiry::new(march)
        .ask(&engine, &subjects, &events, |scored, _| {
            let what = scored.scores().iter().map(|s| scored.open(s).map(|open| open.what));
            Ok((what.collect::<Vec<_>>(), AssessmentMonth::of(scored)?))
        })
        .unwrap();
    assert_eq!(open.0, [Some(Aspect::Coefficient); 5]);
    assert_eq!(open.1.coefficient("A5").unwrap_err().code(), ErrorCode::NeedsDecision);
}

#[test]
fn two_scores_of_one_subject_pay_neither() {
    let score = json!({ "subject": "A1", "total": "88.00", "coefficient": "0.8" });
    let answer = json!({ "period": "2025-03", "scores": [score, score] });
    let error = AssessmentMonth::from_answer(&answer).unwrap_err();
    assert_eq!((error.code(), error.person_id()), (ErrorCode::ContradictoryFacts, Some("A1")));
}

/// The teaching scheme with a least number of days on the list for an auxiliary's grade.
fn with_least_days(least: &str) -> Pack {
    let text = include_str!("../../policies/assessment-example/teaching.toml");
    let (before, rest) = text.split_once("id = \"teaching-auxiliary\"").unwrap();
    let rest = rest.replacen("grades = [", &format!("least_days = {least}\ngrades = ["), 1);
    Pack::parse("own.toml", &format!("{before}id = \"teaching-auxiliary\"{rest}"))
}

#[test]
fn who_came_on_the_last_day_is_graded_only_where_no_least_days_are_set() {
    // The month has 28 days, from 26 February to 25 March. A1 came on the last day, A2 stayed ten days.
    let input = json!({ "month": "2025-03", "show": ["ranking"], "subjects": [
        { "id": "A1", "kind": "auxiliary", "from": "2025-03-25" },
        { "id": "A2", "kind": "auxiliary", "to": "2025-03-07" },
        { "id": "A3", "kind": "auxiliary" },
    ] });
    let asked = |pack: Pack| {
        assert!(!pack.has_errors(), "{:?}", pack.findings());
        engine(pack).evaluate("assessment.score", &input).unwrap().value().clone()
    };
    let plain = asked(Pack::example("teaching-example").unwrap());
    assert_eq!(plain["scores"][0]["presence"], json!({ "days": 1, "of": 28 }));
    assert_eq!(plain["scores"][0]["grade"], "pass");
    assert_eq!(plain["scores"][2].get("presence"), None);
    assert_eq!(plain["ranking"].as_array().unwrap().len(), 3);
    let own = asked(with_least_days("10"));
    let (short, enough) = (&own["scores"][0], &own["scores"][1]);
    assert_eq!(short["presence"], json!({ "days": 1, "of": 28, "least": 10 }));
    assert_eq!((&short["grade"], &short["total"]), (&"not-assessed".into(), &"100.00".into()));
    assert_eq!(short.get("coefficient"), None);
    assert_eq!(enough["presence"], json!({ "days": 10, "of": 28, "least": 10 }));
    assert_eq!((&enough["grade"], &enough["coefficient"]), (&"pass".into(), &"1.2".into()));
    let ranked: Vec<_> = own["ranking"].as_array().unwrap().iter().map(|p| &p["subject"]).collect();
    assert_eq!(ranked, ["A2", "A3"]);
    let month = AssessmentMonth::from_answer(&own).unwrap();
    let error = month.coefficient("A1").unwrap_err();
    assert_eq!(error.code(), ErrorCode::NeedsDecision);
    assert!(
        error.zh().contains("在册 1 天") && error.en().contains("for fewer days (1) than the 10"),
        "{error}"
    );
    // More days than the shortest month has would grade nobody there.
    assert!(with_least_days("29").has_errors());
}
