//! Validation by a schema that also notices keys which an open schema does not name.

use serde_json::{Value as Json, json};

/// Makes the validator of a schema, with every object closed.
pub(crate) fn strict(mut schema: Json) -> jsonschema::Validator {
    close(&mut schema);
    jsonschema::draft202012::new(&schema).unwrap()
}

fn close(schema: &mut Json) {
    match schema {
        Json::Object(map) => {
            if map.get("properties").is_some_and(Json::is_object) {
                map.entry("additionalProperties").or_insert(json!(false));
            }
            map.values_mut().for_each(close);
        }
        Json::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// Says what is wrong with a value, and where.
pub(crate) fn faults(validator: &jsonschema::Validator, value: &Json) -> Vec<String> {
    validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

/// Returns whether the value is not valid.
pub(crate) fn refuses(validator: &jsonschema::Validator, value: &Json) -> bool {
    !validator.is_valid(value)
}
