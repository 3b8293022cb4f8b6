//! The C interface of zhenggong: a thin layer over the core.
//!
//! What the functions promise and ask for stands once at the head of `include/zhenggong.h`
//! (`header.txt` here); `docs/ABI.md` says how the interface may change. Requests and answers are
//! JSON, so that a rule added to the core is reachable at once through [`zg_engine_evaluate`].

#![allow(non_camel_case_types, reason = "the names are those of the header")]
#![allow(clippy::missing_safety_doc, reason = "the head of the header says once what callers owe")]
#![deny(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks)]

mod assessment;
mod boundary;
#[rustfmt::skip]
mod codes;
mod derivation;
mod engine;
mod error;
mod facts;
mod handle;
#[cfg(feature = "test-hooks")]
mod hook;
mod money;
mod pack;
mod pay;
mod payslip;
mod plans;
mod rate;
mod receipt;
mod request;
mod rows_in;
mod rule_table;
mod schema;
mod status;
mod stream;
mod stream_in;
mod stream_out;
mod text;
mod version;
mod words;

#[cfg(feature = "test-hooks")]
pub use hook::zg_test_panic;
pub use {
    assessment::*, codes::*, derivation::*, engine::*, error::*, money::*, pack::*, pay::*,
    payslip::*, rate::*, receipt::*, rule_table::*, schema::*, status::*, stream::*, text::*,
    version::*,
};
