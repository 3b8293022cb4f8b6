//! The border to Arrow data of other libraries: nothing that comes over it is trusted before it was checked.
//!
//! A producer hands over pointers and says of itself what they hold. Arrow takes its word, and a reader of a
//! text that is no UTF-8, or of a row behind the end, does what nobody can foresee. So [`Tables`] looks at
//! each array twice. Before arrow follows a pointer: lengths, buffers, children, null counts, the last
//! offset. Before a value is read: offsets, keys, views, and that texts are UTF-8, by arrow's own validation.
//! A fault is a [`Fault`] that names column and row; nothing panics.
//!
//! What can't be seen from the outside is the producer's word: that its pointers are valid, and that a
//! buffer is as long as lengths and offsets say.
//!
//! Both bindings read through this crate. Of all crates but the bindings it alone has unsafe code.

mod fault;
mod look;
mod schema;
mod table;
mod tables;
mod text;

pub use fault::Fault;
pub use table::record_batch;
pub use tables::Tables;
