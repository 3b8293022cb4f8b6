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
pub(crate) const NATIONAL: &[(&str, &str)] = &[
    pack!("national/allowance.toml"),
    pack!("national/assessment.toml"),
    pack!("national/basic_pay.toml"),
    pack!("national/calendar.toml"),
    pack!("national/insurance.toml"),
    pack!("national/labour.toml"),
    pack!("national/tax.toml"),
];

/// Published local schemes, and one invented city, as examples: id of the pack, file, text.
pub(crate) const EXAMPLES: &[(&str, &str, &str)] = &[
    pack!("beijing", "beijing/insurance.toml"),
    pack!("shanghai", "shanghai/insurance.toml"),
    pack!("linfen", "linfen/auxiliary.toml"),
    pack!("wuwei", "wuwei/auxiliary.toml"),
    pack!("henan", "henan/assessment.toml"),
    pack!("ningbo", "ningbo/assessment.toml"),
    pack!("shantou", "shantou/assessment.toml"),
    pack!("example-city", "example-city/city.toml"),
    pack!("railway-police-example", "assessment-example/railway_police.toml"),
    pack!("railway-police-other-example", "assessment-example/railway_police_other.toml"),
    pack!("station-30-70-example", "assessment-example/station_30_70.toml"),
    pack!("shangcheng-example", "assessment-example/shangcheng.toml"),
    pack!("humen-example", "assessment-example/humen.toml"),
    pack!("teaching-example", "assessment-example/teaching.toml"),
];
