//! What must not compile, with the compiler's words.
//!
//! The words are those of the toolchain that `rust-version` names. After a change of toolchain:
//! `TRYBUILD=overwrite cargo test --test ui`, and read the difference.

#[test]
fn mistakes_of_units_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
