//! The boundary that everything runs behind that Python can call: no panic leaves as pyo3's `PanicException`,
//! which `except Exception` does not catch. The attribute `#[guarded]` puts functions behind it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;
use zhenggong::{Error, ErrorCode};

use crate::error::Failure;

/// Returns the error for faults of this library, with the text that it has in C.
pub(crate) fn internal() -> Error {
    Error::new(ErrorCode::Internal).arg("detail", "panic")
}

/// Runs the body of a function that can fail.
#[inline]
pub(crate) fn run<T, E: From<Failure>>(body: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    contained(|| {
        #[cfg(debug_assertions)]
        hook::fire();
        body()
    })
    .unwrap_or_else(|| Err(Failure::from(internal()).into()))
}

/// Runs the body of a function that can't fail.
#[inline]
pub(crate) fn plain<T>(body: impl FnOnce() -> T) -> PyResult<T> {
    run::<T, PyErr>(|| Ok(body()))
}

/// Runs a body; none where it panics.
#[inline]
pub(crate) fn contained<T>(body: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(body)).map_err(dropped).ok()
}

#[cold]
fn dropped(payload: Box<dyn std::any::Any + Send>) {
    // A payload may panic when it is dropped; that second payload is given up.
    if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        std::mem::forget(second);
    }
}

/// Adds the hook to the module, where there is one. It is set and not exported, so that it is not in `__all__`.
pub(crate) fn add_hook(module: &Bound<'_, PyModule>) -> PyResult<()> {
    #[cfg(debug_assertions)]
    module.setattr("_panic_next", pyo3::wrap_pyfunction!(hook::_panic_next, module)?)?;
    let _ = module;
    Ok(())
}

/// Makes the next call of a thread panic, so that tests reach the boundary of every function. A release
/// build has nothing of it.
#[cfg(debug_assertions)]
mod hook {
    use std::cell::Cell;

    thread_local! {
        static NEXT: Cell<bool> = const { Cell::new(false) };
    }

    /// Make the next call of this thread panic inside the library.
    #[pyo3::pyfunction]
    pub(super) fn _panic_next() {
        NEXT.set(true);
    }

    /// Panics where the test asked for it.
    #[allow(clippy::panic, reason = "the purpose of the hook")]
    pub(super) fn fire() {
        if NEXT.replace(false) {
            panic!("injected by _panic_next");
        }
    }
}
