//! Packs of a city with schemes of its own, and who is scored by them.

use zhenggong::{
    Engine,
    calendar::Month,
    number::Money,
    person::{Label, PersonMonth},
    policy::{Evidence, Pack},
    vocabulary::{PayItem, PersonKind},
};

/// What a pack starts with: a city and its one source.
pub(crate) const PACK: &str = r#"[pack]
id = "town"
layer = "city"
place = "某市"
parent = "national"
[[source]]
id = "s"
title = "某市考核办法"
issued = "2009-12-01"
evidence = "official"
"#;

/// What a scheme starts with; what it says follows.
pub(crate) const SCHEME: &str = r#"[[value]]
rule = "assessment.scheme"
from = "2010-01-01"
source = "s"
clause = "第一条"
[value.scheme]
"#;

/// What a scheme of one sheet ends with; the items follow.
pub(crate) const SHEET: &str = r#"[[value.scheme.sheets]]
id = "work"
zh = "业务"
en = "work"
base = "100"
"#;

/// What an item of public points has; its rules follow.
pub(crate) const PUBLIC: &str = r#"[[value.scheme.sheets.items]]
id = "duty"
zh = "勤务"
en = "duty"
mode = "public"
"#;

/// A scheme that adds up, of one sheet of 100 with one item of public points, with these rules.
pub(crate) fn scheme(id: &str, subject: &str, total: &str, rules: &str) -> String {
    format!(
        r#"{SCHEME}id = "{id}"
zh = "方案"
en = "scheme"
subject = "{subject}"
period = "month"
window = "calendar"
rounding = {{ points = "half-up 2", score = "half-up 2" }}
combine = "sum"
total = {{ full = "100", above = "{total}" }}
ungraded = {{ id = "none", zh = "无", en = "none" }}
grades = [{{ id = "all", zh = "全部", en = "all" }}]
{SHEET}{PUBLIC}rules = [
{rules}
]
"#
    )
}

/// The pack of the city with these schemes, in which nothing is found.
#[track_caller]
pub(crate) fn pack(schemes: &str) -> Pack {
    let text = format!("{PACK}{schemes}");
    let pack = Pack::parse("town.toml", &text);
    assert_eq!(pack.findings(), &[], "{text}");
    pack
}

/// An engine of the nation and a city.
pub(crate) fn engine(city: Pack) -> Engine {
    Engine::builder().packs(Pack::national()).pack(city).build().unwrap()
}

/// An engine with the examples for a place.
pub(crate) fn example(place: &str) -> Engine {
    let city = Pack::example(place).unwrap();
    let engine = Engine::builder().packs(Pack::national()).pack(city).accept(Evidence::Inferred);
    engine.build().unwrap()
}

pub(crate) fn label(text: &str) -> Label {
    Label::new(text).unwrap()
}

pub(crate) fn march() -> Month {
    Month::new(2025, 3).unwrap()
}

/// A line of an auxiliary without a coefficient; everything but pay is stated.
pub(crate) fn auxiliary(id: &str) -> PersonMonth {
    let mut person = PersonMonth::new(label(id), label("U"), PersonKind::Auxiliary);
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
    person
}
