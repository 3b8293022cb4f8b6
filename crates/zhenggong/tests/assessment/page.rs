//! The questions on the page about assessment are answered as the page says.

use serde_json::Value as Json;
use zhenggong::{
    Engine,
    policy::{Evidence, Pack},
};

#[test]
fn every_question_of_the_page_has_its_answer() {
    let page = include_str!("../../../../docs/ASSESSMENT.md");
    let blocks: Vec<&str> =
        page.split("```json\n").skip(1).map(|b| b.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 9, "{} questions", blocks.len());
    for block in blocks {
        let asked: Json = serde_json::from_str(block).unwrap_or_else(|e| panic!("{block}: {e}"));
        let rule = asked["rule"].as_str().unwrap();
        let accept = asked["accept"].as_str().map(|e| e.parse::<Evidence>().unwrap());
        let mut builder =
            Engine::builder().packs(Pack::national()).accept(accept.unwrap_or(Evidence::Secondary));
        if let Some(place) = asked["place"].as_str() {
            builder = builder.pack(Pack::example(place).unwrap());
        }
        let answer = builder.build().unwrap().evaluate(rule, &asked["input"]);
        let answer = answer.unwrap_or_else(|e| panic!("{rule}: {e}"));
        assert_eq!(answer.value(), &asked["value"], "{rule}");
    }
}
