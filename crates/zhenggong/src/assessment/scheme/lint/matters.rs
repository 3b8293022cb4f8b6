//! Events of one matter are compared within an item: across items their points are of different kinds.

use super::super::draft::{Draft, say};
use crate::assessment::Direction;

pub(super) fn lint(draft: &Draft<'_>) {
    for direction in [Direction::Deduct, Direction::Add] {
        let marked = |r: &&super::super::draft::Part<'_, super::super::ItemRule>| {
            r.whole && r.it.once_per_matter && r.it.direction == direction
        };
        let mut rules = draft.rules.iter().filter(marked);
        let Some(first) = rules.next() else { continue };
        let Some(other) = rules.find(|r| r.it.item != first.it.item) else { continue };
        let (one, two) = (draft.code(first.it.label), draft.code(other.it.label));
        say(
            other.node,
            format!(
                "规则 {one} 和 {two} 都写 once_per_matter 却在不同项目：同一事项只在一个项目内比较，请归入同一项目 / {one} and {two} both have once_per_matter, but stand in different items: one matter is compared within an item, so put them into one"
            ),
        );
    }
}
