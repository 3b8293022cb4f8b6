//! A unit's month under the teaching scheme (三个百分制, invented): ranking lists, one officer's sheet
//! with its derivation, the scores again after a late event, another set of weights, and the month's pay
//! of the auxiliaries by the coefficients of the same month.

use std::{env, fs, path::PathBuf};

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine, Error, ErrorCode, Result,
    assessment::{
        AssessOptions, AssessmentMonth, Event, Ledger, Period, PeriodKind, Subject, assess,
    },
    calendar::Month,
    derivation::{Derivation, Language, Recorder},
    number::Money,
    person::{Label, PersonMonth},
    policy::Pack,
    vocabulary::{PayItem, PersonKind},
};

fn input() -> Result<Json> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/assessment-events.json");
    let broken = |e: &dyn std::fmt::Display| Error::new(ErrorCode::Io).arg("detail", e);
    let text = fs::read_to_string(file).map_err(|e| broken(&e))?;
    serde_json::from_str(&text).map_err(|e| broken(&e))
}

fn read<T: serde::de::DeserializeOwned>(input: &Json, key: &str) -> Result<Vec<T>> {
    serde_json::from_value(input[key].clone())
        .map_err(|e| Error::new(ErrorCode::InvalidInput).arg("detail", e).field(key))
}

fn main() -> Result<()> {
    let english = env::args().skip(1).any(|arg| arg == "en");
    let language = if english { Language::En } else { Language::Zh };
    let title = |zh: &'static str, en: &'static str| {
        println!("== {} ==", if english { en } else { zh });
    };
    let pack = Pack::example("teaching-example").ok_or_else(|| {
        let known: Vec<_> = Pack::example_ids().collect();
        Error::new(ErrorCode::UnknownPlace)
            .arg("place", "teaching-example")
            .arg("known", known.join(", "))
    })?;
    let engine = Engine::builder().packs(Pack::national()).pack(pack).build()?;
    let month = Month::new(2025, 3)?;
    let snapshot = engine.snapshot(month)?;

    // Subjects and events are checked once; then any period is scored from them.
    let input = input()?;
    let (subjects, events): (Vec<Subject>, Vec<Event>) =
        (read(&input, "subjects")?, read(&input, "events")?);
    let ledger = Ledger::new(&subjects, &events, None)?;
    let period = Period::of(PeriodKind::Month, month)?;
    let scored = assess(&ledger, snapshot.get()?, period, &AssessOptions::default(), true)?;

    title("三月排名", "Ranking of March");
    print!("{}", scored.ranking_text(language));

    if let Some(score) = scored.of("P01") {
        title("P01 考核表", "Sheets of P01");
        print!("{}", scored.score_text(score, language));
        title("P01 推导", "Derivation of P01");
        let mut trace = Recorder::new();
        scored.explain_score(score, &mut trace);
        print!("{}", Derivation::new(trace.take(), snapshot.clone()).text(language));
    }

    // What follows asks by rule id, as Python and C do.
    title(
        "补报一次饮酒后与已公布成绩的差异",
        "Difference to the published scores after a late report",
    );
    let mut late = input.clone();
    let event = json!({
        "id": "E050", "subject": "P02", "date": "2025-03-28", "rule": "drinking", "reported": "2025-04-09",
    });
    if let Some(events) = late["events"].as_array_mut() {
        events.push(event);
    }
    late["month"] = "2025-03".into();
    late["published_on"] = "2025-04-05".into();
    let answer = engine.evaluate("assessment.rescore", &late)?;
    for difference in answer.value()["differences"].as_array().into_iter().flatten() {
        println!("{difference}");
    }

    title(
        "测算：队伍建设权重提到0.5，等次变化的人",
        "What if the team sheet weighs 0.5: who changes grade",
    );
    let mut tried = input;
    tried["month"] = "2025-03".into();
    tried["weights"] = json!({ "teaching-officer": { "business": "0.2", "team": "0.5" } });
    let answer = engine.evaluate("assessment.what-if", &tried)?;
    println!("{}", answer.value()["grade_changes"]);

    title("当月奖惩当月兑现", "Reward and penalty in the same month");
    let coefficients = AssessmentMonth::of(&scored)?;
    let people: Vec<PersonMonth> =
        ["A01", "A02"].into_iter().map(auxiliary).collect::<Result<_>>()?;
    let run = engine.month_run_with_assessment((1..).zip(&people), month, &coefficients)?;
    for row in &run.rows {
        let coefficient = coefficients.coefficient(row.person.as_str())?;
        println!("{} × {} → {}", row.person, coefficient.unwrap_or_default(), row.gross);
    }
    for error in run.errors {
        println!("{}", error.error);
    }
    Ok(())
}

/// A roster line without a coefficient; contributions are left out of this example.
fn auxiliary(id: &str) -> Result<PersonMonth> {
    let unit = Label::new("城东派出所")?;
    let mut person = PersonMonth::new(Label::new(id)?, unit, PersonKind::Auxiliary);
    for item in [
        PayItem::Pension,
        PayItem::Medical,
        PayItem::Unemployment,
        PayItem::HousingFund,
        PayItem::IncomeTax,
        PayItem::EmployerPension,
        PayItem::EmployerMedical,
        PayItem::EmployerUnemployment,
        PayItem::EmployerWorkInjury,
        PayItem::EmployerHousingFund,
    ] {
        person.stated.insert(item, Money::ZERO);
    }
    Ok(person)
}
