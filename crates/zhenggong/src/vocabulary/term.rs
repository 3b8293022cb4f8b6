//! Terms: a code with its Chinese and English names.

/// A word of the field: a code that never changes, and its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Stable code in kebab case.
    pub code: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// English name.
    pub en: &'static str,
}

impl Term {
    /// Makes a term.
    #[must_use]
    pub const fn new(code: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { code, zh, en }
    }
}

/// A closed list of terms.
pub trait Vocabulary: Copy + Eq + std::fmt::Debug + Send + Sync + 'static {
    /// The name of the list itself.
    const KIND: Term;
    /// All members, in the order of the law.
    const ALL: &'static [Self];

    /// Returns the code and names of the member.
    fn term(self) -> &'static Term;

    /// Returns the position of the member in [`ALL`](Self::ALL).
    fn index(self) -> usize;

    /// Returns the member with this Chinese name or code.
    ///
    /// # Errors
    ///
    /// `UnknownTerm`, with the Chinese names of the list, and in English with its codes.
    fn find(text: &str) -> crate::Result<Self> {
        let found = Self::ALL.iter().find(|m| m.term().zh == text || m.term().code == text);
        found.copied().ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|m| m.term().zh).collect();
            let codes: Vec<_> = Self::ALL.iter().map(|m| m.term().code).collect();
            crate::Error::new(crate::ErrorCode::UnknownTerm)
                .arg_in("kind", Self::KIND.zh, Self::KIND.en)
                .arg("value", crate::error::shown(text))
                .arg_in("known", names.join("、"), codes.join(", "))
        })
    }
}
