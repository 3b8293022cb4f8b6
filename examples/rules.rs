//! Prints the rule catalogue as a page: every rule with its inputs, output and policy fields, and the
//! sources of its built-in values. `docs/RULES.md` is what this prints.

use std::collections::BTreeSet;

use zhenggong::{
    catalogue::RULES,
    policy::{Pack, Scope},
};

fn main() {
    println!("# Rules 规则目录\n");
    println!("Printed by `cargo run --example rules`. Every input of a rule also has `month`.\n");
    let packs: Vec<Pack> =
        Pack::national().into_iter().chain(Pack::example_ids().filter_map(Pack::example)).collect();
    for rule in RULES {
        println!("## `{}` {}\n", rule.id(), rule.term.zh);
        println!("{}: {}\n{}\n", rule.term.en, rule.about.en, rule.about.zh);
        for input in rule.inputs {
            let needed = if input.required { "" } else { ", in some cases" };
            let term = input.term;
            println!("- in `{}` {} ({}): {}{needed}", term.code, term.zh, term.en, input.form);
        }
        println!("- out: {}", rule.output);
        for field in rule.fields {
            let who = if field.scope == Scope::National { "national" } else { "local" };
            println!("- policy `{}`: {who}", field.key);
        }
        let sources: BTreeSet<String> =
            packs.iter().flat_map(|p| p.sources_of(rule.id())).collect();
        for source in sources {
            println!("- source: {source}");
        }
        println!();
    }
}
