//! Null arrays that come with a buffer.
//!
//! The interface gives an array of type null no buffers. Polars gives it one, which is NULL, and arrow
//! refuses that. A null array has nothing but its length, so that what its buffers hold does not matter;
//! they stay with the producer, whose release knows them by its own data.

use std::ffi::c_void;

use arrow_array::ffi::FFI_ArrowArray;
use arrow_schema::DataType;

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

/// Takes the buffers off the null arrays in an array.
pub(crate) fn take_off(array: &mut FFI_ArrowArray, kind: &DataType) {
    let array = std::ptr::from_mut(array).cast::<Layout>();
    // SAFETY: the struct is laid out so, and a producer's children and dictionary are NULL or structs of
    // the same kind, which nobody else uses until they are released.
    unsafe { walk(array, kind) }
}

/// # Safety
///
/// `array` is NULL or an array of the interface that nobody else uses.
unsafe fn walk(array: *mut Layout, kind: &DataType) {
    // SAFETY: as the caller promises.
    let Some(array) = (unsafe { array.as_mut() }) else { return };
    let fields: &[_] = match kind {
        DataType::Null => {
            array.n_buffers = 0;
            return;
        }
        // SAFETY: a dictionary is NULL or an array, which belongs to this one.
        DataType::Dictionary(_, values) => return unsafe { walk(array.dictionary, values) },
        DataType::Struct(fields) => fields,
        DataType::List(item) | DataType::LargeList(item) => std::slice::from_ref(item),
        _ => return,
    };
    if array.children.is_null() {
        return;
    }
    let there = usize::try_from(array.n_children).unwrap_or_default();
    for (at, field) in fields.iter().enumerate().take(there) {
        // SAFETY: `children` has that many pointers, each NULL or an array which belongs to this one.
        unsafe { walk(*array.children.add(at), field.data_type()) }
    }
}
