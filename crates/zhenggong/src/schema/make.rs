//! Makes a whole schema: settings, names, the month of every rule.

use schemars::{
    Schema, SchemaGenerator,
    generate::{Contract, SchemaSettings},
    transform::RecursiveTransform,
};
use serde_json::{Map, Value as Json};

use super::{form::Form, title};
use crate::{calendar::Month, policy::RuleInfo, vocabulary::Term};

/// Returns the schema of a record that is not a rule's own.
pub(super) fn form(form: &Form) -> Json {
    let schema = (form.make)(&mut generator(form.contract.clone()));
    finish(schema, form.name, title(form.zh, form.en), None)
}

/// Returns the schema of a rule's input.
pub(crate) fn rule_input(rule: &RuleInfo) -> Json {
    let mut generator = generator(Contract::Deserialize);
    let month = generator.subschema_for::<Month>();
    let mut schema = rule.evaluate.input(&mut generator);
    let whole = schema.ensure_object();
    if let Json::Object(properties) = whole.entry("properties").or_insert(Json::Object(Map::new()))
    {
        properties.shift_insert(0, "month".to_owned(), month.to_value());
    }
    if let Json::Array(required) = whole.entry("required").or_insert(Json::Array(Vec::new())) {
        required.insert(0, "month".into());
    }
    let month = Term::new("month", "计算月份", "month that is computed");
    let terms: Vec<_> = rule.inputs.iter().map(|i| i.term).chain([month]).collect();
    name_properties(&mut schema, &terms);
    finish(schema, &format!("{}.input", rule.id()), title_of(rule), Some(about(rule)))
}

/// Returns the schema of a rule's value.
pub(crate) fn rule_output(rule: &RuleInfo) -> Json {
    let schema = rule.evaluate.output(&mut generator(Contract::Serialize));
    finish(schema, &format!("{}.output", rule.id()), title_of(rule), None)
}

fn title_of(rule: &RuleInfo) -> String {
    title(rule.term.zh, rule.term.en)
}

fn about(rule: &RuleInfo) -> String {
    format!("{}\n{}", rule.about.zh, rule.about.en)
}

fn generator(contract: Contract) -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|s| s.contract = contract);
    settings.with_transform(RecursiveTransform(whole_numbers)).into_generator()
}

/// Gives whole numbers their range in place of a format that only Rust knows.
fn whole_numbers(schema: &mut Schema) {
    let format = schema.get("format").and_then(Json::as_str);
    let largest = match format {
        Some("uint8") => Some(u64::from(u8::MAX)),
        Some("uint16") => Some(u64::from(u16::MAX)),
        Some("uint32") => Some(u64::from(u32::MAX)),
        _ => None,
    };
    if format.is_some_and(|f| f.starts_with("uint")) {
        schema.remove("format");
    }
    if let Some(largest) = largest {
        schema.insert("maximum".to_owned(), largest.into());
    }
}

/// Gives the properties the names that the catalogue has for them.
fn name_properties(schema: &mut Schema, terms: &[Term]) {
    let Some(Json::Object(properties)) = schema.get_mut("properties") else { return };
    for Term { code, zh, en } in terms {
        if let Some(Json::Object(property)) = properties.get_mut(*code) {
            property.shift_insert(0, "title".to_owned(), title(zh, en).into());
        }
    }
}

/// Puts name, title and description of a whole schema before everything else.
fn finish(schema: Schema, name: &str, title: String, about: Option<String>) -> Json {
    let Json::Object(mut rest) = schema.to_value() else { return Json::Null };
    let mut whole = Map::new();
    whole.extend(rest.shift_remove_entry("$schema"));
    whole.insert("$id".to_owned(), format!("{name}.json").into());
    whole.insert("title".to_owned(), title.into());
    rest.shift_remove("title");
    if let Some(about) = about {
        whole.insert("description".to_owned(), about.into());
        rest.shift_remove("description");
    }
    whole.extend(rest);
    whole.into()
}
