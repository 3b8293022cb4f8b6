//! Checks a policy pack together with the national packs and lists what is wrong, with file, line and
//! column, in Chinese and English. Ends with 1 where an error was found.
//!
//! ```text
//! cargo run -p zhenggong-examples --example lint -- path/to/pack.toml
//! ```

use std::{env, fs, process::ExitCode};

use zhenggong::{
    error::Severity,
    policy::{Pack, PolicyBook},
};

/// The pack that is checked where the command line names none.
const TEN_MISTAKES: (&str, &str) =
    ("examples/packs/ten-mistakes.toml", include_str!("packs/ten-mistakes.toml"));

fn main() -> ExitCode {
    let pack = match env::args().nth(1) {
        None => Pack::parse(TEN_MISTAKES.0, TEN_MISTAKES.1),
        Some(path) => match fs::read_to_string(&path) {
            Ok(text) => Pack::parse(&path, &text),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        },
    };
    let mut packs = Pack::national();
    packs.push(pack);
    let findings = PolicyBook::new(packs).lint();
    for finding in &findings {
        println!("{}", finding.zh());
        println!("{}", finding.en());
        println!();
    }
    let errors = findings.iter().filter(|f| f.severity == Severity::Error).count();
    let warnings = findings.len() - errors;
    println!("{errors} 处错误，{warnings} 处提醒 / {errors} errors, {warnings} warnings");
    if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
