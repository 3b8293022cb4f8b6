//! Names in a derivation.

use crate::{derivation::Language, policy::Snapshot, vocabulary::Term};

/// A name: a term of the code, or a name that a policy pack gives (a line of a pay plan).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// A term of the code.
    Term(&'static Term),
    /// A name from a pack, by its number in the snapshot.
    Pack(u16),
    /// A name from a scheme of assessment, by its number in the snapshot.
    Scheme(u32),
}

impl Label {
    /// Returns the name in this language.
    #[must_use]
    pub fn text(self, snapshot: &Snapshot, language: Language) -> &str {
        match (self, language) {
            (Self::Term(term), Language::Zh) => term.zh,
            (Self::Term(term), Language::En) => term.en,
            (Self::Pack(id), _) => snapshot.pack_name(id, language),
            (Self::Scheme(id), _) => snapshot.scheme_name(id, language),
        }
    }

    /// Returns the stable code of the name.
    #[must_use]
    pub fn code(self, snapshot: &Snapshot) -> &str {
        match self {
            Self::Term(term) => term.code,
            Self::Pack(id) => snapshot.pack_code(id),
            Self::Scheme(id) => snapshot.scheme_code(id),
        }
    }
}

impl From<&'static Term> for Label {
    fn from(term: &'static Term) -> Self {
        Self::Term(term)
    }
}
