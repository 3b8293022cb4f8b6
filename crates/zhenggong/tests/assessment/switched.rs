//! A switch splits the period of those who are there: days on which somebody was not on the list weigh nothing.

use serde_json::{Value as Json, json};
use zhenggong::{Engine, ErrorCode, derivation::Language};

use crate::own::{SCHEME, engine, example, pack, scheme};

const OFF: &str =
    r#"{ id = "off", zh = "扣分", en = "off", kind = "per-occurrence", points = "10" }"#;

/// A scheme for peace and one for war; both sheets start at `base`.
fn of_both(base: &str, split: &str) -> Engine {
    let one = |condition: &str| {
        format!(
            r#"{SCHEME}id = "{condition}"
zh = "方案"
en = "scheme"
subject = "officer"
period = "month"
window = "calendar"
condition = "{condition}"
split = "{split}"
rounding = {{ points = "half-up 2", score = "half-up 2" }}
combine = "sum"
total = {{ full = "100", above = "cap", floor = "0" }}
ungraded = {{ id = "none", zh = "无", en = "none" }}
grades = [{{ id = "good", zh = "好", en = "good", from = "90" }}, {{ id = "poor", zh = "差", en = "poor" }}]
vetoes = [{{ id = "again", zh = "再犯", en = "again", rules = ["off"], at_least = 3, effect = "zero", scope = "period" }}]
[[value.scheme.sheets]]
id = "work"
zh = "业务"
en = "work"
base = "{base}"
full = "100"
[[value.scheme.sheets.items]]
id = "duty"
zh = "勤务"
en = "duty"
mode = "public"
rules = [
    {{ id = "off", zh = "扣分", en = "off", kind = "per-occurrence", points = "10" }},
    {{ id = "earned", zh = "得分", en = "earned", kind = "manual", direction = "add", min = "0", max = "100" }},
]
"#
        )
    };
    engine(pack(&(one("peacetime") + &one("wartime"))))
}

/// War from 16 March; one officer, the rest of whose row is given, with these events.
fn score(engine: &Engine, person: &Json, events: &[Json]) -> Json {
    let mut row = json!({ "id": "P", "kind": "officer" });
    row.as_object_mut().unwrap().extend(person.as_object().unwrap().clone());
    let input = json!({
        "month": "2025-03", "subjects": [row], "events": events, "show": ["trail"],
        "orders": [{ "date": "2025-03-16", "condition": "wartime" }],
    });
    engine.evaluate("assessment.score", &input).unwrap().value()["scores"][0].clone()
}

fn off(id: &str, day: u32, count: u32) -> Json {
    json!({ "id": id, "subject": "P", "date": format!("2025-03-{day:02}"), "rule": "off", "count": count })
}

#[test]
fn days_that_somebody_was_not_there_weigh_nothing() {
    let days = of_both("0", "days");
    let earned = json!({ "id": "E", "subject": "P", "date": "2025-03-21", "rule": "earned", "points": "95" });
    // Here since the 20th: every day was one of war.
    let came = score(&days, &json!({ "from": "2025-03-20" }), std::slice::from_ref(&earned));
    assert_eq!((&came["total"], &came["grade"]), (&"95.00".into(), &"good".into()));
    assert_eq!((came.get("parts"), &came["sheets"]["work"]), (None, &"95.00".into()));
    // (0 × 15 + 95 × 16) ÷ 31 for one who was there all the time.
    assert_eq!(score(&days, &json!({}), &[earned])["total"], "49.03");
    let days = of_both("100", "days");
    // Gone before the war.
    let left = score(&days, &json!({ "to": "2025-03-10" }), &[off("E", 5, 2)]);
    assert_eq!((&left["total"], left.get("parts")), (&"80.00".into(), None));
    // (90 × 15 + 80 × 5) ÷ 20.
    let events = [off("E1", 10, 1), off("E2", 18, 2)];
    let mut until = json!({ "to": "2025-03-20" });
    for split in ["days", "changes"] {
        let engine = of_both("100", split);
        let found = score(&engine, &until, &events);
        // Three times are a veto: two of them, or one less.
        assert_eq!(found["total"], "0.00", "{split}");
    }
    let events = [off("E1", 10, 1), off("E2", 18, 1)];
    let found = score(&days, &until, &events);
    assert_eq!(found["total"], "90.00");
    until["from"] = "2025-03-14".into();
    let mut worse = events.clone();
    worse[0] = off("E1", 14, 1);
    worse[1] = json!({ "id": "E2", "subject": "P", "date": "2025-03-18", "rule": "earned", "points": "0" });
    // (90 × 2 + 100 × 5) ÷ 7 = 97.14…
    let found = score(&days, &until, &worse);
    assert_eq!(found["total"], "97.14");
    let spans: Vec<_> =
        found["parts"].as_array().unwrap().iter().map(|p| (&p["from"], &p["to"])).collect();
    assert_eq!(
        spans,
        [
            (&json!("2025-03-14"), &json!("2025-03-15")),
            (&json!("2025-03-16"), &json!("2025-03-20"))
        ]
    );
}

#[test]
fn occurrences_of_a_veto_count_through_a_switch() {
    for split in ["days", "changes"] {
        let engine = of_both("100", split);
        let both = [off("E1", 10, 2), off("E2", 20, 1)];
        let found = score(&engine, &json!({}), &both);
        assert_eq!((&found["total"], &found["grade"]), (&"0.00".into(), &"poor".into()), "{split}");
        let vetoes = found["vetoes"].as_array().unwrap();
        assert_eq!((vetoes.len(), &vetoes[0]["event"]), (1, &"E2".into()));
        let veto =
            found["trail"].as_array().unwrap().iter().find(|l| l["veto"] == "again").unwrap();
        assert_eq!(veto["grounds"], json!({ "occurrences": 3, "at_least": 3 }));
        assert_eq!(
            score(&engine, &json!({}), &[off("E1", 10, 1), off("E2", 20, 1)]).get("vetoes"),
            None
        );
        // In one part they count as without a switch.
        let found = score(&engine, &json!({}), &[off("E1", 20, 3)]);
        assert_eq!(found["vetoes"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn a_shipped_scheme_asks_nothing_of_a_part_that_somebody_missed() {
    let input = json!({
        "month": "2025-03", "subjects": [{ "id": "P", "kind": "officer", "from": "2025-03-20" }],
        "orders": [{ "date": "2025-03-16", "condition": "wartime" }],
        "events": [],
    });
    let answer = example("teaching-example").evaluate("assessment.score", &input).unwrap();
    let score = &answer.value()["scores"][0];
    assert_eq!((&score["total"], score.get("parts")), (&"100.00".into(), None));
    assert_eq!(score["scheme"], "teaching-officer-wartime");
    assert!(!answer.derivation().text(Language::Zh).contains("平时"));
}

#[test]
fn a_factor_of_war_alone_splits_a_period_as_the_scheme_says() {
    let factor = r#"factors = [{ id = "war", zh = "战时", en = "war", on = "total", condition = "wartime", value = "1.1" }]"#;
    let with = |split: &str| {
        let text = scheme("officer", "officer", "allow", OFF);
        engine(pack(
            &text.replace("combine = \"sum\"\n", &format!("combine = \"sum\"\n{split}{factor}\n")),
        ))
    };
    let of = |engine: &Engine| {
        let input = json!({
            "month": "2025-03", "subjects": [{ "id": "P", "kind": "officer" }], "events": [],
            "orders": [{ "date": "2025-03-16", "condition": "wartime" }],
        });
        engine.evaluate("assessment.score", &input).map(|a| a.value()["scores"][0]["total"].clone())
    };
    assert_eq!(of(&with("")).unwrap_err().code(), ErrorCode::NeedsDecision);
    // (100 × 15 + 110 × 16) ÷ 31 = 105.16…
    assert_eq!(of(&with("split = \"days\"\n")).unwrap(), "105.16");
}

#[test]
fn who_came_during_the_war_begins_with_its_scheme() {
    // Peace starts at 100 and war at 60; the war is from the 11th to the 20th.
    let text = |id: &str, base: &str| {
        scheme(id, "officer", "cap", OFF)
            .replace(
                "combine = \"sum\"\n",
                &format!("combine = \"sum\"\nsplit = \"changes\"\ncondition = \"{id}\"\n"),
            )
            .replace("base = \"100\"", &format!("base = \"{base}\"\nfull = \"100\""))
    };
    let engine = engine(pack(&(text("peacetime", "100") + &text("wartime", "60"))));
    let row = |id: &str, from: &str| json!({ "id": id, "kind": "officer", "from": from });
    let event = |id: &str, who: &str, day: u32| json!({ "id": id, "subject": who, "date": format!("2025-03-{day}"), "rule": "off" });
    let input = json!({
        "month": "2025-03", "show": ["trail", "ranking"],
        "subjects": [row("A", "2025-03-15"), row("B", "2025-03-01")],
        "events": [event("E1", "A", 16), event("E2", "A", 25), event("E3", "B", 16), event("E4", "B", 25)],
        "orders": [{ "date": "2025-03-11", "condition": "wartime" }, { "date": "2025-03-21", "condition": "peacetime" }],
    });
    let answer = engine.evaluate("assessment.score", &input).unwrap().value().clone();
    let scores = answer["scores"].as_array().unwrap();
    // 60 − 10 − 10 for who came in the war, 100 − 10 − 10 for who was there before.
    assert_eq!((&scores[0]["total"], &scores[1]["total"]), (&"40.00".into(), &"80.00".into()));
    assert_eq!(scores[0]["parts"][0]["scheme"], "wartime");
    assert_eq!(scores[1]["parts"][0]["scheme"], "peacetime");
    let ranked: Vec<_> =
        answer["ranking"].as_array().unwrap().iter().map(|p| (&p["subject"], &p["rank"])).collect();
    assert_eq!(ranked, [(&json!("B"), &json!(1)), (&json!("A"), &json!(2))]);
}

#[test]
fn honours_of_one_matter_are_not_added_through_a_switch() {
    let honour = |id: &str, day: u32, matter: &str| json!({ "id": id, "subject": "P", "date": format!("2025-03-{day}"), "rule": "praise", "matter": matter });
    let praise = r#"{ id = "praise", zh = "嘉奖", en = "praise", kind = "per-occurrence", direction = "add", points = "5", once_per_matter = true }"#;
    let of = |split: &str| {
        let one = |condition: &str| {
            scheme(condition, "officer", "allow", praise).replace(
                "combine = \"sum\"\n",
                &format!("combine = \"sum\"\nsplit = \"{split}\"\ncondition = \"{condition}\"\n"),
            )
        };
        engine(pack(&(one("peacetime") + &one("wartime"))))
    };
    let total = |split: &str, events: &[Json]| {
        let input = json!({
            "month": "2025-03", "subjects": [{ "id": "P", "kind": "officer" }], "events": events,
            "orders": [{ "date": "2025-03-16", "condition": "wartime" }],
        });
        let answer = of(split).evaluate("assessment.score", &input)?;
        Ok::<_, zhenggong::Error>(answer.value()["scores"][0]["total"].clone())
    };
    let both = [honour("E1", 10, "M"), honour("E2", 20, "M")];
    let error = total("changes", &both).unwrap_err();
    assert_eq!(error.code(), ErrorCode::NeedsDecision);
    assert_eq!((error.person_id(), error.event_id()), (Some("P"), Some("E2")));
    assert!(error.zh().contains("E1 和 E2") && error.en().contains("E1 and E2"), "{error}");
    // (105 × 15 + 105 × 16) ÷ 31: the mean has it once.
    assert_eq!(total("days", &both).unwrap(), "105.00");
    // Two matters add up, and two events of one in one part count once.
    assert_eq!(
        total("changes", &[honour("E1", 10, "M"), honour("E2", 20, "N")]).unwrap(),
        "110.00"
    );
    assert_eq!(
        total("changes", &[honour("E1", 20, "M"), honour("E2", 21, "M")]).unwrap(),
        "105.00"
    );
}
