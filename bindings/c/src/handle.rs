//! Opaque handles: what they hold, and how a wrong one is noticed.

use crate::error::Fault;

/// A kind of handle: the opaque C type, what it holds, and the mark at the head of each object.
pub(crate) trait Kind {
    /// What the handle holds.
    type Held;
    /// The mark; no two kinds share it.
    const MARK: u64;
    /// The name of the C type.
    const NAME: &'static str;
}

/// What a handle points to. The mark comes first in every kind, so it can be read from any handle.
#[repr(C)]
struct Object<T> {
    mark: u64,
    held: T,
}

/// Moves a value to the heap and returns its handle, which the caller owns.
pub(crate) fn give<K: Kind>(held: K::Held) -> *mut K {
    Box::into_raw(Box::new(Object { mark: K::MARK, held })).cast()
}

/// Returns what a handle holds.
///
/// # Errors
///
/// `ZG_NULL_POINTER`, `ZG_WRONG_HANDLE`.
///
/// # Safety
///
/// `handle` is NULL or a handle of this library that is not freed while the answer is used.
pub(crate) unsafe fn borrow<'a, K: Kind>(
    handle: *const K,
    name: &'static str,
) -> Result<&'a K::Held, Fault> {
    if handle.is_null() {
        return Err(Fault::null(name));
    }
    // SAFETY: every handle points to an `Object`, whose first field is the mark, whatever it holds.
    if unsafe { handle.cast::<u64>().read() } != K::MARK {
        return Err(Fault::wrong_handle(name, K::NAME));
    }
    // SAFETY: the mark says that the object was made by `give::<K>`; it lives, as the caller promises.
    Ok(unsafe { &(*handle.cast::<Object<K::Held>>()).held })
}

/// Frees a handle. NULL and a handle of another kind are left alone.
///
/// # Safety
///
/// `handle` is NULL or a handle of this library that nobody uses any more.
pub(crate) unsafe fn free<K: Kind>(handle: *mut K) {
    if handle.is_null() {
        return;
    }
    let mark = handle.cast::<u64>();
    // SAFETY: as in `borrow`.
    if unsafe { mark.read() } != K::MARK {
        return;
    }
    // SAFETY: the object is alive and ours alone; the mark is spoiled so that a second use shows.
    unsafe { mark.write_volatile(0) };
    // SAFETY: `give::<K>` made it with `Box::into_raw`, and the mark says that it was not freed yet.
    drop(unsafe { Box::from_raw(handle.cast::<Object<K::Held>>()) });
}

/// Checks the size that a struct of the caller begins with.
///
/// # Errors
///
/// `ZG_NULL_POINTER`, `ZG_WRONG_SIZE`.
///
/// # Safety
///
/// `place` is NULL or points to a struct whose first field, a size, can be read.
pub(crate) unsafe fn check_size<T>(place: *const T, name: &'static str) -> Result<(), Fault> {
    if place.is_null() {
        return Err(Fault::null(name));
    }
    // SAFETY: not NULL, and the caller promises that the size comes first.
    let found = unsafe { place.cast::<usize>().read() };
    if found == size_of::<T>() { Ok(()) } else { Err(Fault::size(name, found, size_of::<T>())) }
}

/// What a struct was before it grew: its size, and how many bytes of it are fields. What is between the
/// two is padding, whose bytes mean nothing, though a field may stand there now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Older {
    size: usize,
    fields: usize,
}

impl Older {
    /// Returns what the struct `T` was before it had the field at `first_new` and those after it.
    pub(crate) const fn before<T>(first_new: usize) -> Self {
        Self { size: first_new.next_multiple_of(align_of::<T>()), fields: first_new }
    }
}

/// Reads a struct of the caller that has grown: of an older size, the fields at its end are as in `blank`.
///
/// # Errors
///
/// `ZG_NULL_POINTER`, `ZG_WRONG_SIZE`.
///
/// # Safety
///
/// `place` is NULL or points to a struct whose first field is its size, and of which that many bytes
/// can be read where the size is known; `T` is a struct of C without invariants.
pub(crate) unsafe fn read_grown<T: Copy>(
    place: *const T,
    name: &'static str,
    older: Older,
    blank: T,
) -> Result<T, Fault> {
    if place.is_null() {
        return Err(Fault::null(name));
    }
    // SAFETY: not NULL, and the caller promises that the size comes first.
    let found = unsafe { place.cast::<usize>().read() };
    let bytes = match found {
        found if found == size_of::<T>() => found,
        found if found == older.size => older.fields,
        _ => return Err(Fault::size(name, found, size_of::<T>())),
    };
    let mut read = blank;
    // SAFETY: `bytes` is at most the size of `T`, since structs only grow, and at most `found`, which the
    // caller promises.
    unsafe { (&raw mut read).cast::<u8>().copy_from_nonoverlapping(place.cast::<u8>(), bytes) };
    Ok(read)
}

/// A place for an answer, known to be there.
pub(crate) struct Out<T>(*mut T);

impl<T> Out<T> {
    /// Takes the place where an answer goes.
    ///
    /// # Errors
    ///
    /// `ZG_NULL_POINTER`.
    ///
    /// # Safety
    ///
    /// `place` is NULL or writable until the call ends.
    pub(crate) unsafe fn new(place: *mut T, name: &'static str) -> Result<Self, Fault> {
        if place.is_null() { Err(Fault::null(name)) } else { Ok(Self(place)) }
    }

    /// Takes the place of a struct whose size field the caller has set.
    ///
    /// # Errors
    ///
    /// `ZG_NULL_POINTER`, `ZG_WRONG_SIZE`.
    ///
    /// # Safety
    ///
    /// As for `new`; the first field of the struct is its size.
    pub(crate) unsafe fn sized(place: *mut T, name: &'static str) -> Result<Self, Fault> {
        // SAFETY: as the caller promises.
        unsafe { check_size(place, name)? };
        Ok(Self(place))
    }

    /// Writes the answer.
    pub(crate) fn put(self, value: T) {
        // SAFETY: `new` was promised a writable place. What was there is not read or dropped.
        unsafe { self.0.write(value) };
    }
}

#[cfg(test)]
mod tests {
    use super::{Older, read_grown};

    /// A struct whose first new field stands where the older one had padding, as on 32 bits.
    #[repr(C)]
    #[derive(Debug, Clone, Copy)]
    struct Grown {
        size: usize,
        wide: u64,
        old: u32,
        new: u32,
        more: u64,
    }

    const OLDER: Older = Older::before::<Grown>(std::mem::offset_of!(Grown, new));

    fn read(size: usize) -> Option<Grown> {
        let place = Grown { size, wide: 7, old: 8, new: 0xdead, more: 0xbeef };
        let blank = Grown { size: 0, wide: 0, old: 0, new: 1, more: 2 };
        // SAFETY: a struct of numbers, all of whose bytes can be read.
        unsafe { read_grown(&raw const place, "place", OLDER, blank) }.ok()
    }

    #[test]
    fn padding_of_an_older_struct_is_no_field() {
        let found = |size| read(size).map(|read| (read.wide, read.old, read.new, read.more));
        assert_eq!((OLDER.fields, OLDER.size), (20, 24));
        assert_eq!(found(24), Some((7, 8, 1, 2)));
        assert_eq!(found(size_of::<Grown>()), Some((7, 8, 0xdead, 0xbeef)));
        assert!([0, 8, 20, 28, 40].iter().all(|size| found(*size).is_none()));
    }
}
