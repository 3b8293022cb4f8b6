//! Amounts on their way from the buffers of a chunk to decimal columns.

use std::sync::Arc;

use arrow_array::{ArrayRef, PrimitiveArray, StringArray, UInt16Array, types::DecimalType};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, ScalarBuffer};
use zhenggong::{
    Error, ErrorCode, Result,
    derivation::Language,
    vocabulary::{PayItem, Vocabulary},
};

use crate::{
    chunk::ChunkBuffers,
    options::{BatchOptions, Total},
    schema::AMOUNT,
};

/// What a column shows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shown {
    Item(PayItem),
    Total(Total),
}

/// Returns what the amount columns show, in their order.
pub(crate) fn shown(options: &BatchOptions) -> Vec<Shown> {
    let items = options.items.iter().map(|item| Shown::Item(*item));
    items.chain(options.totals.iter().map(|total| Shown::Total(*total))).collect()
}

/// A column that is being filled.
#[derive(Debug)]
pub(crate) struct Growing<N> {
    values: Vec<N>,
    // One bit per row, set where there is an amount.
    valid: Vec<u8>,
}

/// The rows of a column that one thread fills.
#[derive(Debug)]
pub(crate) struct Part<'a, N> {
    values: Values<'a, N>,
    valid: &'a mut [u8],
}

/// Where values go: to the end, or to their place where several threads fill a column.
#[derive(Debug)]
enum Values<'a, N> {
    End(&'a mut Vec<N>),
    Place(&'a mut [N]),
}

impl<N: Copy + Default + From<i64>> Growing<N> {
    /// Makes a column for this many rows, all null.
    pub(crate) fn new(rows: usize) -> Self {
        Self { values: Vec::new(), valid: vec![0; rows.div_ceil(8)] }
    }

    /// Divides the column into parts of this many rows, which must be a multiple of 8.
    pub(crate) fn parts(&mut self, rows: usize, of: usize) -> Vec<Part<'_, N>> {
        let Self { values, valid } = self;
        if rows >= of {
            // Memory that nobody wrote to before is written once, not twice.
            values.reserve_exact(of);
            return vec![Part { values: Values::End(values), valid }];
        }
        values.resize(of, N::default());
        let places = values.chunks_mut(rows).map(Values::Place).zip(valid.chunks_mut(rows / 8));
        places.map(|(values, valid)| Part { values, valid }).collect()
    }
}

impl<N: Copy + Default + From<i64>> Values<'_, N> {
    /// Puts values where those of a row stand, or come next.
    fn put(&mut self, first: usize, rows: usize, fen: &[i64]) {
        match self {
            Self::End(values) => {
                values.extend(fen.iter().map(|fen| N::from(*fen)));
                values.resize(first + rows, N::default());
            }
            Self::Place(values) => {
                for (value, fen) in values.iter_mut().skip(first).zip(fen) {
                    *value = N::from(*fen);
                }
            }
        }
    }
}

impl<N: Copy + Default + From<i64>> Part<'_, N> {
    /// Takes the amounts of a chunk that begins at a row of the part, a multiple of 8, and follows what
    /// was taken before.
    pub(crate) fn take(&mut self, first: usize, shown: Shown, chunk: &ChunkBuffers) {
        let rows = chunk.rows();
        let (fen, bit) = match shown {
            Shown::Item(item) => (chunk.fen(item), Some(1u64 << item.index())),
            Shown::Total(total) => (chunk.total_fen(total), None),
        };
        let nobody = bit.is_some_and(|bit| chunk.some & bit == 0);
        self.values.put(first, rows, if nobody { &[] } else { fen });
        if nobody {
            return;
        }
        let valid = self.valid.get_mut(first / 8..).unwrap_or_default();
        match bit {
            Some(bit) if chunk.every & bit == 0 => {
                for (byte, present) in valid.iter_mut().zip(chunk.present().chunks(8)) {
                    let set = |(n, there): (usize, &u64)| u8::from(there & bit != 0) << n;
                    *byte = present.iter().enumerate().map(set).fold(0, |all, one| all | one);
                }
            }
            _ => {
                valid.get_mut(..rows / 8).unwrap_or_default().fill(u8::MAX);
                if let Some(last) = valid.get_mut(rows / 8).filter(|_| !rows.is_multiple_of(8)) {
                    *last = u8::MAX >> (8 - rows % 8);
                }
                if bit.is_none() {
                    self.clear_errors(first, chunk);
                }
            }
        }
    }

    fn clear_errors(&mut self, first: usize, chunk: &ChunkBuffers) {
        for (row, _) in chunk.errors() {
            if let Some(byte) = self.valid.get_mut((first + row) / 8) {
                *byte &= !(1 << ((first + row) % 8));
            }
        }
    }
}

/// Returns the finished column.
pub(crate) fn array<T: DecimalType>(column: Growing<T::Native>) -> Result<ArrayRef> {
    let rows = column.values.len();
    let valid = BooleanBuffer::new(Buffer::from_vec(column.valid), 0, rows);
    let nulls = Some(NullBuffer::new(valid)).filter(|nulls| nulls.null_count() > 0);
    let array = PrimitiveArray::<T>::try_new(ScalarBuffer::from(column.values), nulls);
    let array = array.and_then(|array| array.with_precision_and_scale(AMOUNT.0, AMOUNT.1));
    Ok(Arc::new(array.map_err(|error| internal(&error))?))
}

/// Returns the columns `error_code` and `error` from the errors, which stand in the order of rows.
pub(crate) fn error_arrays(
    errors: &[(usize, Error)],
    rows: usize,
    language: Language,
) -> [ArrayRef; 2] {
    if errors.is_empty() {
        return [Arc::new(UInt16Array::new_null(rows)), Arc::new(StringArray::new_null(rows))];
    }
    let by_row = || {
        let mut next = errors.iter().peekable();
        (0..rows).map(move |row| next.next_if(|(at, _)| *at == row).map(|(_, error)| error))
    };
    let text = match language {
        Language::Zh => Error::zh,
        Language::En => Error::en,
    };
    let codes: UInt16Array = by_row().map(|e| e.map(|e| e.code().number())).collect();
    let texts: StringArray = by_row().map(|e| e.map(text)).collect();
    [Arc::new(codes), Arc::new(texts)]
}

#[cold]
pub(crate) fn internal(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorCode::Internal).arg("detail", error)
}
