//! Maps whose keys have several spellings, of which each may occur once.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, Visitor},
};

use crate::vocabulary::Vocabulary;

/// Reads a map and refuses a key that occurs twice, be it under its code and its Chinese name: one of the
/// two values would be lost.
pub(super) fn deserialize<'de, K, V, D>(from: D) -> Result<BTreeMap<K, V>, D::Error>
where
    K: Vocabulary + Ord + Deserialize<'de>,
    V: Deserialize<'de>,
    D: Deserializer<'de>,
{
    from.deserialize_map(Once(PhantomData))
}

struct Once<K, V>(PhantomData<(K, V)>);

impl<'de, K, V> Visitor<'de> for Once<K, V>
where
    K: Vocabulary + Ord + Deserialize<'de>,
    V: Deserialize<'de>,
{
    type Value = BTreeMap<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("键值对象 / an object of keys and values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, value)) = from.next_entry::<K, V>()? {
            if map.insert(key, value).is_some() {
                let term = key.term();
                return Err(A::Error::custom(format_args!(
                    "ContradictoryFacts:{} | detail=“{}”出现两次 | detail@en={} occurs twice",
                    term.code, term.zh, term.code
                )));
            }
        }
        Ok(map)
    }
}
