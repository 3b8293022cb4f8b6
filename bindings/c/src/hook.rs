//! Makes the next call of this thread panic, so that tests reach the boundary of every function.

use std::cell::Cell;

thread_local! {
    static NEXT: Cell<bool> = const { Cell::new(false) };
}

/// Makes the next call of this thread panic inside the library. 使本线程的下一次调用在库内崩溃。
#[unsafe(no_mangle)]
pub extern "C" fn zg_test_panic() {
    NEXT.set(true);
}

/// Panics where the test asked for it.
#[allow(clippy::panic, reason = "the purpose of the hook")]
pub(crate) fn fire() {
    if NEXT.replace(false) {
        panic!("injected by zg_test_panic");
    }
}
