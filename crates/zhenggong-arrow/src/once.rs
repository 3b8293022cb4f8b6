//! Who occurs twice in a table.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use arrow_array::{Array, ArrayRef, cast::AsArray, types::Date32Type};
use zhenggong::{Error, ErrorCode};

use crate::{ids, table::Table, text::Texts};

/// The people and months of the tables so far, each with the row where it first stands.
///
/// One is kept for all tables that are one to the caller. It takes some 32 bytes a row and holds on to
/// the columns `person` and `month`, so it is not for more rows than fit into memory.
#[derive(Debug, Default)]
pub struct Seen {
    // By the hash of person and month: the table and the row in it.
    first: HashMap<u64, (u32, u32), BuildHasherDefault<AsItIs>>,
    // The few whose hash another person has.
    others: HashMap<(String, String), u64>,
    tables: Vec<Columns>,
}

/// The columns of a table that was looked at, and the numbers of its rows.
#[derive(Debug)]
struct Columns {
    person: ArrayRef,
    month: Option<ArrayRef>,
    before: u64,
    numbers: Option<Vec<u64>>,
}

impl Seen {
    /// Makes one that has seen nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes the rows of a table and returns those that were there before, each with its error.
    ///
    /// A row without a readable id is nobody that could be told from others.
    pub(crate) fn look(
        &mut self,
        table: &Table<'_>,
        before: u64,
        numbers: Option<&[u64]>,
    ) -> Vec<(usize, Error)> {
        let Some(person) = table.person else { return Vec::new() };
        let Some(texts) = Texts::of(person) else { return Vec::new() };
        let (Ok(number), Ok(_)) = (u32::try_from(self.tables.len()), u32::try_from(table.rows))
        else {
            return Vec::new();
        };
        self.tables.push(Columns {
            person: person.clone(),
            month: table.month.cloned(),
            before,
            numbers: numbers.map(<[u64]>::to_vec),
        });
        self.first.reserve(table.rows);
        let months = table.month.and_then(Cells::of);
        let mut found = Vec::new();
        for row in 0..table.rows {
            let Some(id) = texts.get(row).filter(|id| ids::is_id(id)) else { continue };
            let mut hasher = Mixer::default();
            hasher.text(id);
            if let Some(months) = months {
                months.mix(row, &mut hasher);
            }
            let at = (number, u32::try_from(row).unwrap_or(u32::MAX));
            let first = *self.first.entry(hasher.0).or_insert(at);
            if first == at {
                continue;
            }
            let key = self.key(at);
            let first = if self.key(first) == key {
                self.number(first)
            } else {
                let row = self.number(at);
                let first = *self.others.entry(key).or_insert(row);
                if first == row {
                    continue;
                }
                first
            };
            let error = Error::new(ErrorCode::DuplicatePerson).arg("first", first).field("person");
            found.push((row, error));
        }
        found
    }

    /// Returns the person and the month of a row, as they are written.
    #[cold]
    fn key(&self, (table, row): (u32, u32)) -> (String, String) {
        let (table, row) = (self.tables.get(table as usize), row as usize);
        let person = table.and_then(|table| Texts::of(&table.person)?.get(row));
        let month = table.and_then(|table| Some(Cells::of(table.month.as_ref()?)?.shown(row)));
        (person.unwrap_or_default().to_owned(), month.unwrap_or_default())
    }

    /// Returns the number of a row, as errors name it.
    #[cold]
    fn number(&self, (table, row): (u32, u32)) -> u64 {
        let Some(table) = self.tables.get(table as usize) else { return 0 };
        let own = table.numbers.as_ref().and_then(|numbers| numbers.get(row as usize));
        own.copied().unwrap_or(table.before + u64::from(row) + 1)
    }
}

/// A column of months. Each of them has one form, so that equal cells are equal months.
#[derive(Clone, Copy)]
enum Cells<'a> {
    Texts(Texts<'a>),
    Days(&'a arrow_array::PrimitiveArray<Date32Type>),
}

impl<'a> Cells<'a> {
    fn of(array: &'a ArrayRef) -> Option<Self> {
        match Texts::of(array) {
            Some(texts) => Some(Self::Texts(texts)),
            None => array.as_primitive_opt().map(Self::Days),
        }
    }

    #[inline]
    fn mix(self, row: usize, hasher: &mut Mixer) {
        match self {
            Self::Texts(texts) => hasher.text(texts.get(row).unwrap_or_default()),
            Self::Days(days) if days.is_valid(row) => {
                hasher.word(u64::from(days.value(row).cast_unsigned()));
            }
            Self::Days(_) => hasher.word(u64::MAX),
        }
    }

    fn shown(self, row: usize) -> String {
        match self {
            Self::Texts(texts) => texts.get(row).unwrap_or_default().to_owned(),
            Self::Days(days) if days.is_valid(row) => days.value(row).to_string(),
            Self::Days(_) => String::new(),
        }
    }
}

/// Mixes words into one of 64 bits: two factors multiplied to 128 bits and folded. Equal hashes of
/// different people cost time and nothing else.
#[derive(Default)]
struct Mixer(u64);

impl Mixer {
    #[inline]
    fn word(&mut self, word: u64) {
        let wide = u128::from(self.0 ^ word ^ 0x9e37_79b9_7f4a_7c15) * 0xd6e8_feb8_6659_fd93;
        #[allow(clippy::cast_possible_truncation, reason = "the halves of a product are folded")]
        let folded = (wide as u64) ^ ((wide >> 64) as u64);
        self.0 = folded;
    }

    #[inline]
    fn text(&mut self, text: &str) {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for word in words {
            self.word(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        self.word(u64::from_le_bytes(last));
        // Texts of different lengths never meet for want of an end.
        self.word(text.len() as u64);
    }
}

/// Takes a hash that is one already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
