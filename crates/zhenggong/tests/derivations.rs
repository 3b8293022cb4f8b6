//! Compares derivations with the texts in `golden/`, in both languages and as JSON.
//!
//! `UPDATE_GOLDEN=1 cargo test --test derivations` writes the files anew; read the difference before
//! it is committed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "golden/kept.rs"]
mod kept;

use serde_json::{Value as Json, json};
use zhenggong::{
    Engine,
    derivation::Language,
    policy::{Evidence, Pack},
};

/// A derivation that is kept: name of its files, rule, input.
fn kept() -> Vec<(&'static str, &'static str, Json)> {
    let rank = "allowance.police-rank";
    let overtime = "allowance.police-overtime";
    let days = |month: &str, rest: u32, holiday: u32| json!({ "month": month, "rest_days": rest, "holiday_days": holiday, "duty": "综合管理" });
    vec![
        (
            "police-rank-promoted",
            rank,
            json!({ "month": "2016-06", "ranks": [
                { "from": "2014-07-01", "rank": "三级警司" },
                { "from": "2016-05-20", "rank": "二级警司", "event": "晋升" },
            ] }),
        ),
        (
            "police-rank-1994",
            rank,
            json!({ "month": "1994-12", "ranks": [{ "from": "1993-05-01", "rank": "一级警督" }] }),
        ),
        (
            "police-rank-not-kept",
            rank,
            json!({ "month": "2025-03", "ranks": [
                { "from": "2018-01-01", "rank": "三级警督" },
                { "from": "2025-03-15", "event": "不予保留" },
            ] }),
        ),
        (
            "police-rank-granted-this-month",
            rank,
            json!({ "month": "2024-08", "ranks": [
                { "from": "2024-08-01", "rank": "一级警员", "event": "授予" },
            ] }),
        ),
        ("police-overtime-days", overtime, days("2016-03", 3, 1)),
        ("police-overtime-rest-only", overtime, days("2016-03", 2, 0)),
        ("police-overtime-no-days", overtime, days("2016-03", 0, 0)),
        ("police-overtime-capped", overtime, days("2016-10", 5, 3)),
        ("police-overtime-flat", overtime, days("2025-03", 0, 0)),
        (
            "assessment-quota",
            "assessment.quota",
            json!({ "month": "2024-12", "pools": [
                { "id": "小单位", "units": ["甲队", "乙队"], "should_take_part": 12, "threshold": "85" },
                { "id": "刑侦", "units": ["刑侦大队"], "should_take_part": 37, "share": "0.25" },
            ], "people": [
                { "id": "1", "unit": "甲队", "score": "91", "standing": "graded" },
                { "id": "2", "unit": "乙队", "score": "97", "standing": "not-excellent" },
                { "id": "3", "unit": "刑侦大队", "score": "96", "standing": "graded" },
                { "id": "4", "unit": "乙队", "score": "84", "standing": "graded", "bars": ["not-assessed", "leak"] },
            ] }),
        ),
        (
            "assessment-quota-tie",
            "assessment.quota",
            json!({ "month": "2024-12", "pools": [{ "id": "分局", "should_take_part": 10 }], "people": [
                { "id": "甲", "unit": "u", "score": "90", "standing": "graded", "keys": { "民主测评": "95", "警龄": "8" } },
                { "id": "乙", "unit": "u", "score": "90", "standing": "graded", "keys": { "民主测评": "98", "警龄": "3" } },
                { "id": "丙", "unit": "u", "score": "90", "standing": "graded", "keys": { "民主测评": "95", "警龄": "12" } },
                { "id": "丁", "unit": "u", "score": "90", "standing": "graded", "keys": { "民主测评": "91", "警龄": "20" } },
            ], "tie_keys": [
                { "key": "民主测评", "better": "high" }, { "key": "警龄", "better": "high" },
            ] }),
        ),
        (
            "assessment-sanction-joint-term",
            "assessment.sanction-period",
            json!({ "month": "2021-04", "decisions": [
                { "effective": "2021-01-01", "kinds": ["警告"] },
                { "effective": "2021-04-01", "kinds": ["撤职"] },
            ] }),
        ),
        (
            "assessment-grade-effects-third-excellent",
            "assessment.grade-effects",
            json!({ "month": "2024-12", "grade": "优秀", "before": ["优秀", "优秀"] }),
        ),
        (
            "assessment-appeal-dates",
            "assessment.appeal-dates",
            json!({
                "month": "2025-01", "matter": "定期考核定为不称职", "known": "2025-01-10",
                "review_received": "2025-02-05",
            }),
        ),
    ]
}

fn engine() -> Engine {
    Engine::builder().packs(Pack::national()).accept(Evidence::Inferred).build().unwrap()
}

#[test]
fn derivations_read_as_they_did() {
    let engine = engine();
    let mut wrong = Vec::new();
    for (name, rule, input) in kept() {
        let answer = engine.evaluate(rule, &input).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        for (language, code) in [(Language::Zh, "zh"), (Language::En, "en")] {
            let text = answer.derivation().text(language);
            wrong.extend(kept::compare(&format!("{name}.{code}.txt"), &text));
        }
        let json = serde_json::to_string_pretty(&answer.to_json()).unwrap();
        wrong.extend(kept::compare(&format!("{name}.json.txt"), &(json + "\n")));
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n\n"));
}

/// The shape of every printed line, whatever it says.
#[test]
fn printed_lines_have_no_stray_space_and_no_placeholder() {
    let engine = engine();
    for (name, rule, input) in kept() {
        let answer = engine.evaluate(rule, &input).unwrap();
        for language in [Language::Zh, Language::En] {
            for line in answer.derivation().text(language).lines() {
                assert_eq!(line, line.trim_end(), "{name}");
                let body = line.trim_start();
                assert!(!body.is_empty() && !body.contains("  "), "{name}: {line}");
                assert!(!body.contains('?'), "{name}: {line}");
            }
        }
    }
}
