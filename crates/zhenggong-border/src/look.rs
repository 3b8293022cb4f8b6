//! What an array says of itself, looked at before arrow follows its pointers.
//!
//! Arrow reads the last offset of texts, the lengths of views and the children of an array while it takes
//! it over, and asserts what it expects; a count that is wrong there is a read at an address that nobody
//! gave. Arrays also come with what the interface does not know: Polars gives arrays of type null a buffer.

use std::ffi::c_void;

use arrow_array::ffi::FFI_ArrowArray;
use arrow_buffer::bit_chunk_iterator::UnalignedBitChunk;
use arrow_data::layout;
use arrow_schema::{DataType, Fields};

use crate::Fault;

/// `ArrowArray` as the C data interface lays it out.
#[repr(C)]
struct Layout {
    length: i64,
    null_count: i64,
    offset: i64,
    n_buffers: i64,
    n_children: i64,
    buffers: *mut *const c_void,
    children: *mut *mut Layout,
    dictionary: *mut Layout,
    release: *const c_void,
    private_data: *mut c_void,
}

const _: () = assert!(size_of::<Layout>() == size_of::<FFI_ArrowArray>());
const _: () = assert!(align_of::<Layout>() == align_of::<FFI_ArrowArray>());

/// The most rows of an array: so many bits of the widest value can still be counted.
const MOST_ROWS: i64 = i64::MAX >> 9;

/// Why an array can't be taken, in Chinese and English.
type Flaw = (&'static str, &'static str);

const ABSENT: Flaw = ("缺失或已释放", "it is missing or released");
const LENGTH: Flaw = ("长度或偏移越界", "its length or offset is out of range");
const BUFFERS: Flaw = ("缓冲区的个数或地址不对", "its buffers are not those of its type, or null");
const NULLS: Flaw = ("空值计数与空值位图不符", "its null count is not that of its bitmap");
const OFFSETS: Flaw =
    ("末位偏移为负或未对齐", "its last offset is negative, or offsets are not aligned");
const SIZES: Flaw =
    ("文本缓冲区长度为负或未对齐", "a size of its texts is negative, or sizes are not aligned");
const CHILDREN: Flaw = ("子数组的个数不对", "it has another number of children than its type");
const SHORT: Flaw = ("行数不足", "it has too few rows");

/// Looks at the array of a table and at its columns, and takes the buffers off null arrays.
///
/// # Errors
///
/// The first array that is not what it says of itself.
pub(crate) fn table(array: &mut FFI_ArrowArray, fields: &Fields) -> Result<(), Fault> {
    let array = std::ptr::from_mut(array).cast::<Layout>();
    // SAFETY: the struct is laid out so. A producer's buffers, children and dictionary are NULL or as many
    // as it says, and nobody else uses them until they are released.
    let (array, end) = unsafe {
        let array = sound(array).map_err(|why| Fault::malformed("", why))?;
        let end = array.ends().map_err(|why| Fault::malformed("", why))?;
        array
            .buffers(&DataType::Struct(fields.clone()))
            .map_err(|why| Fault::malformed("", why))?;
        (array, end)
    };
    if array.n_children != count(fields.len()) || (array.children.is_null() && !fields.is_empty()) {
        let (found, expected) = (array.n_children, fields.len());
        return Err(Fault::failed(
            format!("表有 {found} 列，应为 {expected} 列"),
            format!("{found} columns instead of {expected}"),
        ));
    }
    for (at, field) in fields.iter().enumerate() {
        // SAFETY: as above; the number of children was compared.
        let seen =
            unsafe { column(array.children.add(at).read_unaligned(), field.data_type(), end) };
        seen.map_err(|why| Fault::malformed(field.name(), why))?;
    }
    Ok(())
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// # Safety
///
/// `array` is NULL or an array of the interface that nobody else uses for as long as the result lives.
unsafe fn sound<'a>(array: *mut Layout) -> Result<&'a mut Layout, Flaw> {
    if !array.is_aligned() {
        return Err(ABSENT);
    }
    // SAFETY: as the caller promises.
    match unsafe { array.as_mut() } {
        Some(array) if !array.release.is_null() => Ok(array),
        _ => Err(ABSENT),
    }
}

/// Looks at an array that has at least so many rows.
///
/// # Safety
///
/// `array` is NULL or an array of the interface that nobody else uses.
unsafe fn column(array: *mut Layout, kind: &DataType, rows: i64) -> Result<(), Flaw> {
    // SAFETY: as the caller promises, of this array and of those that belong to it.
    unsafe {
        let array = sound(array)?;
        let end = array.ends()?;
        if array.length < rows {
            return Err(SHORT);
        }
        if *kind == DataType::Null {
            // It has nothing but its length, whatever its buffers hold; they stay with the producer, whose
            // release knows them by its own data.
            array.n_buffers = 0;
            return Ok(());
        }
        array.buffers(kind)?;
        match kind {
            DataType::Utf8 | DataType::Binary => array.texts::<i32>(end),
            DataType::LargeUtf8 | DataType::LargeBinary => array.texts::<i64>(end),
            DataType::Utf8View | DataType::BinaryView => {
                array.has(1, end)?;
                array.sizes()
            }
            DataType::List(item) => {
                let items = array.last_offset::<i32>(end)?;
                column(array.child(0, 1)?, item.data_type(), items)
            }
            DataType::LargeList(item) => {
                let items = array.last_offset::<i64>(end)?;
                column(array.child(0, 1)?, item.data_type(), items)
            }
            DataType::Struct(fields) => fields.iter().enumerate().try_for_each(|(at, field)| {
                column(array.child(at, fields.len())?, field.data_type(), end)
            }),
            DataType::Dictionary(_, values) => {
                array.has(1, end)?;
                column(array.dictionary, values, 0)
            }
            _ => array.has(1, end),
        }
    }
}

/// A number in which offsets are counted.
trait Offset: Copy + Into<i64> {}
impl Offset for i32 {}
impl Offset for i64 {}

impl Layout {
    /// Returns how many rows lie before the end, those before the offset included.
    fn ends(&self) -> Result<i64, Flaw> {
        let end = self.length.checked_add(self.offset).filter(|end| *end <= MOST_ROWS);
        end.filter(|_| self.length >= 0 && self.offset >= 0).ok_or(LENGTH)
    }

    /// Looks at the number of buffers, and at the nulls.
    ///
    /// # Safety
    ///
    /// The array is one of the interface, with lengths in range.
    unsafe fn buffers(&mut self, kind: &DataType) -> Result<(), Flaw> {
        let layout = layout(kind);
        let fixed = count(layout.buffers.len()) + 1;
        let fits = match kind {
            _ if layout.variadic => self.n_buffers > fixed,
            // Some libraries leave out the bitmap, where a struct has no nulls.
            DataType::Struct(_) => (0..=1).contains(&self.n_buffers),
            _ => self.n_buffers == fixed,
        };
        if !fits || (self.buffers.is_null() && self.n_buffers > 0) {
            return Err(BUFFERS);
        }
        let bitmap = match self.n_buffers {
            0 => std::ptr::null(),
            // SAFETY: there is a first buffer, as the caller promises.
            _ => unsafe { self.buffer(0) },
        };
        if bitmap.is_null() {
            return if self.null_count > 0 { Err(NULLS) } else { Ok(()) };
        }
        // Not negative, as `ends` has seen.
        let [length, offset] = [self.length, self.offset].map(|n| usize::try_from(n).unwrap_or(0));
        // SAFETY: a bitmap has a bit for each row, those before the offset included.
        let bits = unsafe {
            std::slice::from_raw_parts(bitmap.cast::<u8>(), (offset + length).div_ceil(8))
        };
        let nulls = length - UnalignedBitChunk::new(bits, offset, length).count_ones();
        // A negative number is one that the producer did not count.
        if self.null_count >= 0 && self.null_count != count(nulls) {
            return Err(NULLS);
        }
        self.null_count = count(nulls);
        Ok(())
    }

    /// # Safety
    ///
    /// The array has so many buffers.
    unsafe fn buffer(&self, at: usize) -> *const c_void {
        // SAFETY: as the caller promises.
        unsafe { self.buffers.add(at).read_unaligned() }
    }

    /// Refuses a buffer at NULL, where something has to be in it.
    ///
    /// # Safety
    ///
    /// The array has so many buffers.
    unsafe fn has(&self, at: usize, length: i64) -> Result<(), Flaw> {
        // SAFETY: as the caller promises.
        let absent = length > 0 && unsafe { self.buffer(at) }.is_null();
        if absent { Err(BUFFERS) } else { Ok(()) }
    }

    /// Looks at the last offset of texts, and for their bytes.
    ///
    /// # Safety
    ///
    /// As for `last_offset`, and there is a third buffer.
    unsafe fn texts<O: Offset>(&self, end: i64) -> Result<(), Flaw> {
        // SAFETY: as the caller promises.
        unsafe { self.has(2, self.last_offset::<O>(end)?) }
    }

    /// Returns the last offset: how many bytes or items there are.
    ///
    /// # Safety
    ///
    /// The array has buffers, the second of which holds offsets of this type for `end` rows.
    unsafe fn last_offset<O: Offset>(&self, end: i64) -> Result<i64, Flaw> {
        // SAFETY: as the caller promises.
        let offsets = unsafe { self.buffer(1) }.cast::<O>();
        if offsets.is_null() {
            return Err(BUFFERS);
        }
        if !offsets.is_aligned() {
            return Err(OFFSETS);
        }
        // An array of no rows may have any offset, of which nothing is read.
        if end == 0 {
            return Ok(0);
        }
        // SAFETY: there is one offset more than rows.
        let last: i64 = unsafe { *offsets.add(usize::try_from(end).unwrap_or(0)) }.into();
        if last < 0 { Err(OFFSETS) } else { Ok(last) }
    }

    /// Looks at the sizes of the buffers of views, which stand in the last buffer.
    ///
    /// # Safety
    ///
    /// The array is one of views, whose number of buffers was looked at.
    unsafe fn sizes(&self) -> Result<(), Flaw> {
        let number = usize::try_from(self.n_buffers).unwrap_or(0);
        let data = number.saturating_sub(3);
        if data == 0 {
            return Ok(());
        }
        // SAFETY: as the caller promises.
        let sizes = unsafe { self.buffer(number - 1) }.cast::<i64>();
        if sizes.is_null() || !sizes.is_aligned() {
            return Err(SIZES);
        }
        // SAFETY: there is one size for each buffer of bytes.
        let good = (0..data).all(|at| unsafe { *sizes.add(at) } >= 0);
        if good { Ok(()) } else { Err(SIZES) }
    }

    /// Returns a child of an array that has so many.
    ///
    /// # Safety
    ///
    /// The array is one of the interface.
    unsafe fn child(&self, at: usize, of: usize) -> Result<*mut Self, Flaw> {
        if self.n_children != count(of) || self.children.is_null() {
            return Err(CHILDREN);
        }
        // SAFETY: there are so many pointers.
        Ok(unsafe { self.children.add(at).read_unaligned() })
    }
}
