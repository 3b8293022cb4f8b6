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

/// Lists the places where a schema does not say what stands there, and the properties without words.
pub(crate) fn silent(schema: &Json) -> Vec<String> {
    let mut found = Vec::new();
    look(schema, "", &mut found);
    found.sort();
    found
}

fn look(schema: &Json, at: &str, found: &mut Vec<String>) {
    let says = ["type", "properties", "$ref", "oneOf", "anyOf", "allOf", "enum", "const"];
    if !says.iter().any(|key| schema.get(key).is_some()) {
        found.push(format!("{at} says nothing"));
    }
    // Amounts by pay item are closed; the words of the items are those of their list.
    let by_list = schema.get("additionalProperties") == Some(&json!(false));
    for key in ["properties", "$defs"] {
        for (name, part) in schema.get(key).and_then(Json::as_object).into_iter().flatten() {
            let at = format!("{at}/{key}/{name}");
            let words = ["title", "description"].iter().any(|w| part.get(w).is_some());
            if key == "properties"
                && !by_list
                && says.iter().any(|k| part.get(k).is_some())
                && !words
            {
                found.push(format!("{at} has no words"));
            }
            look(part, &at, found);
        }
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        for (number, part) in
            schema.get(key).and_then(Json::as_array).into_iter().flatten().enumerate()
        {
            look(part, &format!("{at}/{key}/{number}"), found);
        }
    }
    for key in ["items", "additionalProperties"] {
        if let Some(part) = schema.get(key).filter(|part| **part != json!(false)) {
            look(part, &format!("{at}/{key}"), found);
        }
    }
}
