//! Packs: one TOML file of a place's values.

use std::{any::Any, fmt, sync::Arc};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::{Evidence, FieldSpec, Layer, RuleInfo, Source, pack_reader};
use crate::error::{Finding, Severity};

/// One field of one `[[value]]` of a pack.
#[derive(Clone)]
pub struct ValueEntry {
    pub(crate) rule: &'static RuleInfo,
    pub(crate) field: &'static FieldSpec,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
    pub(crate) issued: NaiveDate,
    pub(crate) source: Arc<Source>,
    pub(crate) clause: String,
    pub(crate) evidence: Evidence,
    pub(crate) note: Option<String>,
    pub(crate) part: Arc<dyn Any + Send + Sync>,
    pub(crate) keys: Vec<String>,
    pub(crate) at: (u32, u32),
    pub(crate) file: Arc<str>,
}

/// Floor and ceiling that a pack gives for a field of the layers below it.
#[derive(Debug, Clone)]
pub(crate) struct BoundEntry {
    pub(crate) rule: &'static RuleInfo,
    pub(crate) field: &'static str,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
    pub(crate) issued: NaiveDate,
    pub(crate) source: Arc<Source>,
    pub(crate) limits: (Option<Decimal>, Option<Decimal>),
}

impl fmt::Debug for ValueEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} from {}", self.rule.id(), self.field.key, self.from)
    }
}

/// A pack file, read and checked by itself.
///
/// # Examples
///
/// ```
/// use zhenggong::policy::Pack;
/// let pack = Pack::parse("broken.toml", "[pack]\nid = 5\n");
/// assert!(pack.findings().iter().any(|f| (f.line, f.column) == (2, 6)));
/// ```
#[derive(Debug, Clone)]
pub struct Pack {
    pub(crate) file: Arc<str>,
    pub(crate) id: String,
    pub(crate) layer: Layer,
    pub(crate) place: Arc<str>,
    pub(crate) parent: Option<String>,
    pub(crate) sources: Vec<Arc<Source>>,
    pub(crate) values: Vec<ValueEntry>,
    pub(crate) bounds: Vec<BoundEntry>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) text: Arc<str>,
    pub(crate) digest: String,
}

impl Pack {
    /// The largest pack that is read, in bytes.
    pub const MAX_BYTES: usize = 64 << 20;

    /// Reads a pack. `name` is how findings name the file. What is wrong stands in
    /// [`findings`](Self::findings); a pack with errors can be linted but not used.
    #[must_use]
    pub fn parse(name: &str, text: &str) -> Self {
        let mut pack = Self {
            file: name.into(),
            id: String::new(),
            layer: Layer::National,
            place: "".into(),
            parent: None,
            sources: Vec::new(),
            values: Vec::new(),
            bounds: Vec::new(),
            findings: Vec::new(),
            text: text.into(),
            digest: hex(&Sha256::digest(text.as_bytes())),
        };
        pack_reader::read(&mut pack, name, text);
        pack
    }

    /// Returns the packs with the national standards that this library carries.
    #[must_use]
    pub fn national() -> Vec<Self> {
        crate::catalogue::packs::NATIONAL.iter().map(|(n, t)| Self::parse(n, t)).collect()
    }

    /// Returns the built-in pack of this id, such as `beijing` or `wuwei`, or none; see
    /// [`example_ids`](Self::example_ids). They carry published local schemes as examples.
    #[must_use]
    pub fn example(id: &str) -> Option<Self> {
        let all = crate::catalogue::packs::EXAMPLES;
        all.iter().find(|(key, ..)| *key == id).map(|(_, name, text)| Self::parse(name, text))
    }

    /// Returns the ids of the built-in example packs.
    pub fn example_ids() -> impl Iterator<Item = &'static str> {
        crate::catalogue::packs::EXAMPLES.iter().map(|(id, ..)| *id)
    }

    /// Returns the id of the pack.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the layer of the pack.
    #[must_use]
    pub fn layer(&self) -> Layer {
        self.layer
    }

    /// Returns the name of the place.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Returns the name of the file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Returns the text that the pack was read from: with [`file`](Self::file) all that [`parse`](Self::parse)
    /// needs to read it again, in another process or at another time.
    ///
    /// # Examples
    ///
    /// ```
    /// use zhenggong::policy::Pack;
    /// for pack in Pack::national() {
    ///     assert_eq!(Pack::parse(pack.file(), pack.text()).digest(), pack.digest());
    /// }
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what was found in the file itself.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Returns the sources of the file.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.iter().map(|s| &**s)
    }

    /// Returns the sources that values of this rule cite: title, number, clause and evidence.
    pub fn sources_of(&self, rule: &str) -> impl Iterator<Item = String> {
        self.values.iter().filter(move |v| v.rule.id() == rule).map(|v| {
            let Self { place, .. } = self;
            format!("{} {} ({}, {place})", v.source.name(), v.clause, v.evidence.en())
        })
    }

    /// Returns how many values the file sets.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Returns whether the file sets no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the SHA-256 of the file's text, in hex.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Returns whether the file has an error of its own.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.severity == Severity::Error)
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
