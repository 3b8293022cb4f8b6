//! Closed lists as schemas.

use schemars::{Schema, SchemaGenerator, json_schema};

use crate::vocabulary::{Term, Vocabulary};

/// Returns the schema of a vocabulary. It is written by code, and read by code or Chinese name.
pub(crate) fn vocabulary<V: Vocabulary>(generator: &mut SchemaGenerator) -> Schema {
    let members = V::ALL.iter().map(|m| *m.term());
    closed(V::KIND, members, generator.contract().is_deserialize())
}

/// Returns the schema of a list of terms; `names` says whether Chinese names are read, too.
pub(crate) fn closed(kind: Term, members: impl Iterator<Item = Term>, names: bool) -> Schema {
    let (mut texts, mut lines) = (Vec::new(), Vec::new());
    for Term { code, zh, en } in members {
        let zh_text = Some(zh).filter(|zh| names && *zh != code);
        texts.extend([Some(code), zh_text].into_iter().flatten());
        lines.push(format!("{code}: {zh} ({en})"));
    }
    json_schema!({
        "title": super::title(kind.zh, kind.en),
        "description": lines.join("\n"),
        "type": "string",
        "enum": texts,
    })
}

/// Gives a list that is no vocabulary its written form, the code, and the schema of that.
macro_rules! written_by_code {
    ($ty:ident ($zh:literal, $en:literal) $member:ident => $term:expr; $($all:ident),*) => {
        impl serde::Serialize for $ty {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let $member = *self;
                to.serialize_str($term.code)
            }
        }

        impl schemars::JsonSchema for $ty {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($ty).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let members = [$($ty::$all),*].into_iter().map(|$member| $term);
                let kind = $crate::vocabulary::Term::new("", $zh, $en);
                $crate::schema::closed(kind, members, false)
            }
        }
    };
}
pub(crate) use written_by_code;
