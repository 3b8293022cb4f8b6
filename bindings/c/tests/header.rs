//! The committed header and list of symbols are those of the source. `UPDATE_HEADER=1` rewrites them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::{collections::HashMap, env, fs, path::Path};

use cbindgen::{
    Builder, Config, DocumentationStyle, ExportConfig, Language, ParseConfig, SortKey, Style,
};
use zhenggong::ErrorCode;

const FILES: [&str; 17] = [
    "version",
    "status",
    "text",
    "error",
    "codes",
    "rate",
    "engine",
    "receipt",
    "payslip",
    "derivation",
    "pay",
    "stream",
    "assessment",
    "rule_table",
    "pack",
    "money",
    "schema",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The structs of the Arrow C interfaces have the names that their specification gives them.
fn arrow_names() -> HashMap<String, String> {
    ["Schema", "Array", "ArrayStream"]
        .map(|name| (format!("FFI_Arrow{name}"), format!("struct Arrow{name}")))
        .into()
}

fn generated() -> String {
    let config = Config {
        language: Language::C,
        header: Some(fs::read_to_string(root().join("header.txt")).unwrap().trim_end().to_owned()),
        include_guard: Some("ZHENGGONG_H".to_owned()),
        no_includes: true,
        sys_includes: vec!["stddef.h".to_owned(), "stdint.h".to_owned()],
        cpp_compat: true,
        style: Style::Type,
        usize_is_size_t: true,
        documentation_style: DocumentationStyle::C,
        line_length: 100,
        sort_by: SortKey::None,
        parse: ParseConfig::default(),
        after_includes: Some(
            fs::read_to_string(root().join("arrow.txt")).unwrap().trim_end().to_owned(),
        ),
        export: ExportConfig { rename: arrow_names(), ..ExportConfig::default() },
        ..Config::default()
    };
    let builder = FILES.iter().fold(Builder::new().with_config(config), |b, name| {
        b.with_src(root().join(format!("src/{name}.rs")))
    });
    let mut out = Vec::new();
    builder.generate().unwrap().write(&mut out);
    String::from_utf8(out).unwrap()
}

/// Compares with a committed file, or rewrites it.
fn compare(path: &str, want: &str) {
    let path = root().join(path);
    if env::var_os("UPDATE_HEADER").is_some() {
        fs::write(&path, want).unwrap();
    }
    let have = fs::read_to_string(&path).unwrap_or_default();
    assert!(have == want, "{} is not current; run with UPDATE_HEADER=1", path.display());
}

/// The names of all exported functions of the source, sorted.
fn functions() -> Vec<String> {
    let mut names = Vec::new();
    for file in FILES {
        let text = fs::read_to_string(root().join(format!("src/{file}.rs"))).unwrap();
        let exported = text.split("#[unsafe(no_mangle)]").skip(1);
        names.extend(exported.map(|piece| {
            let name = piece.split("extern \"C\" fn ").nth(1).unwrap();
            name.split('(').next().unwrap().to_owned()
        }));
    }
    names.sort();
    names
}

#[test]
fn the_header_is_current() {
    compare("include/zhenggong.h", &generated());
}

#[test]
fn the_list_of_symbols_is_current_and_all_are_declared() {
    let names = functions();
    compare("exports.txt", &(names.join("\n") + "\n"));
    let header = generated();
    for name in &names {
        assert!(header.contains(&format!("{name}(")), "{name} is not in the header");
    }
    let declared = header.lines().filter(|l| l.contains(" zg_") && !l.starts_with(" *"));
    assert!(declared.count() >= names.len());
}

#[test]
fn every_error_code_of_the_core_has_a_status() {
    let header = generated();
    for code in ErrorCode::ALL {
        let mut name = String::from("ZG_");
        let mut before = ' ';
        for c in code.name().chars() {
            if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
                name.push('_');
            }
            name.push(c.to_ascii_uppercase());
            before = c;
        }
        let line = format!("#define {name} {}", code.number());
        assert!(header.lines().any(|l| l == line), "src/status.rs lacks: {line}");
    }
}

#[test]
fn the_numbers_of_the_call_are_free_in_the_core() {
    for code in ErrorCode::ALL {
        assert_ne!(code.number() / 100, 8, "8xx belongs to this crate: {}", code.name());
    }
}

#[test]
fn the_soname_carries_the_major_number() {
    let build = fs::read_to_string(root().join("build.rs")).unwrap();
    assert!(build.contains(&format!("libzhenggong.so.{}", zhenggong_c::ZG_ABI_MAJOR)));
    let abi = zhenggong_c::zg_abi_version();
    assert_eq!(abi, zhenggong_c::ZG_ABI_MAJOR * 65_536 + zhenggong_c::ZG_ABI_MINOR);
}
