//! The boundary that every exported function runs behind: no panic leaves, errors become objects.

use std::panic::{AssertUnwindSafe, catch_unwind};

use zhenggong::{Error, ErrorCode};

use crate::{
    error::{Fault, zg_error},
    handle,
    status::{ZG_INTERNAL, ZG_OK, zg_status},
};

/// Runs the body of a function that can fail. On failure, `err` receives the error unless it is NULL.
///
/// # Safety
///
/// `err` is NULL or points to a writable pointer.
pub(crate) unsafe fn run(
    err: *mut *mut zg_error,
    body: impl FnOnce() -> Result<(), Fault>,
) -> zg_status {
    let fault = match contained(body) {
        Some(Ok(())) => return ZG_OK,
        Some(Err(fault)) => fault,
        None => Error::new(ErrorCode::Internal).arg("detail", "panic").into(),
    };
    let status = fault.status();
    // Making the error allocates and formats; where even that panics, the status alone is left.
    let made = catch_unwind(AssertUnwindSafe(|| handle::give(fault.into_parts())));
    match made {
        Ok(error) if !err.is_null() => {
            // SAFETY: the caller promises that a pointer which is not NULL is writable.
            unsafe { err.write(error) };
            status
        }
        Ok(error) => {
            // SAFETY: `error` was made above and nobody else has it.
            unsafe { handle::free(error) };
            status
        }
        Err(_) => ZG_INTERNAL,
    }
}

/// Runs the body of a function that can't fail; `fallback` is the answer where it panics.
pub(crate) fn plain<T>(fallback: T, body: impl FnOnce() -> T) -> T {
    contained(body).unwrap_or(fallback)
}

/// Runs a body; none where it panics.
pub(crate) fn contained<T>(body: impl FnOnce() -> T) -> Option<T> {
    let caught = catch_unwind(AssertUnwindSafe(|| {
        #[cfg(feature = "test-hooks")]
        crate::hook::fire();
        body()
    }));
    match caught {
        Ok(value) => Some(value),
        Err(payload) => {
            // A payload may panic when it is dropped; that second payload is given up.
            if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
                std::mem::forget(second);
            }
            None
        }
    }
}
