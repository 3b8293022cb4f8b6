//! Tables keyed by a vocabulary.

use super::{CiteId, FieldType, Node, Sourced};
use crate::vocabulary::Vocabulary;

/// The part of a table that one value of a pack sets.
#[derive(Debug, Clone)]
pub struct Keyed<K, V>(Vec<(K, V)>);

/// A table in force: for each key the value with its citation, or none where none is attested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<K, V> {
    cells: Vec<Option<Sourced<V>>>,
    keys: std::marker::PhantomData<K>,
}

impl<K: Vocabulary, V: Copy> Table<K, V> {
    /// Returns the value of this key, or none where the table has no cell for it.
    #[must_use]
    #[inline(always)]
    pub fn get(&self, key: K) -> Option<Sourced<V>> {
        self.cells.get(key.index()).copied().flatten()
    }

    /// Returns the cells that have a value, in the order of the vocabulary.
    pub fn iter(&self) -> impl Iterator<Item = (K, Sourced<V>)> + '_ {
        K::ALL.iter().filter_map(|k| Some((*k, self.get(*k)?)))
    }
}

impl<K: Vocabulary, V: FieldType + Copy> FieldType for Keyed<K, V> {
    type Resolved = Table<K, V>;

    fn read(node: Node<'_>) -> Option<Self> {
        let mut cells = Vec::new();
        for (key, value) in node.entries()? {
            let key = key.member::<K>();
            let value = V::read(value);
            cells.push((key?, value?));
        }
        Some(Self(cells))
    }

    fn keys(&self) -> Vec<String> {
        self.0.iter().map(|(k, _)| k.term().zh.to_owned()).collect()
    }

    fn resolve(parts: &[(&Self, CiteId)]) -> Option<Self::Resolved> {
        let mut cells = vec![None; K::ALL.len()];
        for (part, cite) in parts {
            for (key, value) in &part.0 {
                if let Some(cell) = cells.get_mut(key.index()) {
                    *cell = Some(Sourced { value: *value, cite: *cite });
                }
            }
        }
        Some(Table { cells, keys: std::marker::PhantomData })
    }
}
