//! Answers as JSON: what a case does not have is left out.

use serde_json::Value as Json;

/// Returns the object without the keys whose value is null.
pub(super) fn present(mut answer: Json) -> Json {
    if let Json::Object(map) = &mut answer {
        map.retain(|_, value| !value.is_null());
    }
    answer
}
