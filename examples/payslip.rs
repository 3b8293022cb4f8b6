//! One payslip from facts in JSON, with its derivation in Chinese and English.

use zhenggong::{
    Engine, Result,
    calendar::Month,
    derivation::Language,
    person::PersonMonth,
    policy::{Evidence, Pack},
};

const FACTS: &str = r#"{
    "person": "P0417", "unit": "城东派出所", "kind": "officer",
    "rank": "二级警司", "rank_since": "2016-05-20", "previous_rank": "三级警司",
    "rank_event": "晋升", "duty": "一线执法勤务",
    "overtime_rest_days": 6, "overtime_holiday_days": 1,
    "stated": {
        "post-pay": "600.00", "level-pay": "1200.00", "pension": "0.00",
        "occupational-annuity": "0.00", "medical": "0.00", "housing-fund": "0.00",
        "income-tax": "0.00"
    }
}"#;

fn main() -> Result<()> {
    let engine = Engine::builder().packs(Pack::national()).accept(Evidence::Inferred).build()?;
    let facts: PersonMonth = PersonMonth::from_json(FACTS)?;
    for month in [Month::new(2016, 5)?, Month::new(2016, 6)?] {
        let slip = engine.payslip(&facts, month)?;
        println!("{}", slip.text(Language::Zh));
        println!("{}", slip.derivation.text(Language::Zh));
    }
    let slip = engine.payslip(&facts, Month::new(2016, 6)?)?;
    println!("{}", slip.derivation.text(Language::En));
    Ok(())
}
