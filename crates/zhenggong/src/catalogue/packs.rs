//! The packs that the library carries.

macro_rules! pack {
    ($path:literal) => {
        ($path, include_str!(concat!("../../policies/", $path)))
    };
    ($id:literal, $path:literal) => {
        ($id, $path, include_str!(concat!("../../policies/", $path)))
    };
}

/// The national standards.
pub(crate) const NATIONAL: &[(&str, &str)] =
    &[pack!("national/allowance.toml"), pack!("national/basic_pay.toml")];
    &[pack!("national/allowance.toml"), pack!("national/insurance.toml")];
    &[pack!("national/allowance.toml"), pack!("national/tax.toml")];

/// Published local schemes, as examples: id of the pack, file, text.
pub(crate) const EXAMPLES: &[(&str, &str, &str)] = &[
    ("beijing", "beijing/insurance.toml", include_str!("../../policies/beijing/insurance.toml")),
    ("shanghai", "shanghai/insurance.toml", include_str!("../../policies/shanghai/insurance.toml")),
];
    &[pack!("national/allowance.toml"), pack!("national/labour.toml")];

/// Published local schemes, as examples: id of the pack, file, text.
pub(crate) const EXAMPLES: &[(&str, &str, &str)] =
    &[pack!("linfen", "linfen/auxiliary.toml"), pack!("wuwei", "wuwei/auxiliary.toml")];
