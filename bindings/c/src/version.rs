//! Versions: of the interface, of the library, of the data.

use zhenggong::policy::{Pack, PolicyBook};

use crate::{
    boundary::{plain, run},
    error::zg_error,
    handle::{self, Out},
    status::zg_status,
    text::{Text, zg_str, zg_string},
};

/// Major number of the ABI of this header: raised where a function changes or goes. ABI 主版本号。
pub const ZG_ABI_MAJOR: u32 = 1;
/// Minor number of the ABI of this header: raised where a function comes. ABI 次版本号。
pub const ZG_ABI_MINOR: u32 = 3;

/// Returns the ABI of the library: major * 65536 + minor. 返回库的 ABI 版本。
///
/// A program built with this header runs with a library of the same ZG_ABI_MAJOR and at least the
/// same ZG_ABI_MINOR. Since ABI 1.0.
#[unsafe(no_mangle)]
pub extern "C" fn zg_abi_version() -> u32 {
    plain(0, || (ZG_ABI_MAJOR << 16) | ZG_ABI_MINOR)
}

/// Returns the version of the library, such as "0.1.0". 返回库的版本。
///
/// Returns a view that stays valid. Since ABI 1.0.
#[unsafe(no_mangle)]
pub extern "C" fn zg_library_version() -> zg_str {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    plain(zg_str::EMPTY, || zg_str { data: VERSION.as_ptr().cast(), len: VERSION.len() - 1 })
}

/// Returns the version of the built-in national data: the SHA-256 over the digests of its packs, as
/// receipts of an engine with no other packs show it. 返回内置全国数据的版本。
///
/// out      On ZG_OK, 64 hexadecimal digits owned by the caller (zg_string_free). Otherwise untouched.
/// err      NULL, or on failure an error owned by the caller (zg_error_free).
/// Returns ZG_OK, ZG_NULL_POINTER, ZG_INTERNAL. Since ABI 1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zg_data_version(
    out: *mut *mut zg_string,
    err: *mut *mut zg_error,
) -> zg_status {
    let body = || {
        // SAFETY: the conventions of the header, which callers keep.
        let out = unsafe { Out::new(out, "out")? };
        let digest = PolicyBook::new(Pack::national()).digest().to_owned();
        out.put(handle::give(Text::new(digest)));
        Ok(())
    };
    // SAFETY: the conventions of the header, which callers keep.
    unsafe { run(err, body) }
}
