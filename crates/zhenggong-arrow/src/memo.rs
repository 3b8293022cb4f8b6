//! Texts and what they mean, each looked up once.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use zhenggong::{Result, person::Fact};

/// The most distinct texts that are kept; more than any closed list has, and few enough that texts
/// chosen to collide do no harm.
const MOST: usize = 1024;

/// What texts mean, by text.
#[derive(Debug)]
pub(crate) struct Memo<S> {
    known: HashMap<Box<str>, Result<Fact<S>>, BuildHasherDefault<WordHasher>>,
}

impl<S> Default for Memo<S> {
    fn default() -> Self {
        Self { known: HashMap::default() }
    }
}

impl<S: Clone> Memo<S> {
    /// Returns what the text means; asks only for a text that it has not seen.
    #[inline]
    pub(crate) fn get(
        &mut self,
        text: &str,
        read: impl FnOnce(&str) -> Result<Fact<S>>,
    ) -> Result<Fact<S>> {
        match self.known.get(text) {
            Some(known) => known.clone(),
            None => self.add(text, read(text)),
        }
    }

    #[cold]
    fn add(&mut self, text: &str, fact: Result<Fact<S>>) -> Result<Fact<S>> {
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.insert(text.into(), fact.clone());
        fact
    }
}

/// Hashes eight bytes at a time. The default hasher takes longer than comparing the texts does.
#[derive(Debug, Default)]
pub(crate) struct WordHasher(u64);

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl WordHasher {
    #[inline]
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    }
}

impl Hasher for WordHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = 0u64;
        for byte in rest {
            last = (last << 8) | u64::from(*byte);
        }
        self.mix(last);
    }

    #[inline]
    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    #[inline]
    fn finish(&self) -> u64 {
        // The table looks at the high bits and at the low ones.
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_once_and_the_memo_stays_small() {
        let (mut memo, mut asked) = (Memo::default(), 0);
        for _ in 0..3 {
            let fact = memo.get("三级警司", |_| {
                asked += 1;
                Ok(Fact::Known(3u8))
            });
            assert_eq!(fact.unwrap(), Fact::Known(3));
        }
        assert_eq!(asked, 1);
        for n in 0..5000 {
            memo.get(&n.to_string(), |_| Ok(Fact::Missing)).unwrap();
        }
        assert!(memo.known.len() <= MOST);
    }
}
