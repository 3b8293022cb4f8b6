//! Grades that no score reaches.

use super::super::{
    Grade,
    draft::{Draft, say},
};
use crate::{
    assessment::{Points, VetoEffect},
    policy::Node,
};

pub(super) fn lint(draft: &Draft<'_>) {
    if draft.grades.read {
        let full = draft.highest();
        above(&draft.grades.list, &draft.grades.nodes, full);
    }
    // A veto that sets the score to zero reaches grades that no score reaches.
    let zeroed = draft.vetoes.iter().any(|(v, _)| v.effect == VetoEffect::Zero);
    if draft.grades.sound
        && !zeroed
        && let Some(floor) = draft.total.as_ref().and_then(|(limits, _)| limits.floor)
    {
        below(&draft.grades.list, &draft.grades.nodes, floor);
    }
    for rollup in &draft.rollups {
        above(&rollup.it.grades, &rollup.grades, draft.highest_of(&rollup.it));
    }
}

fn above(grades: &[Grade], nodes: &[Node<'_>], highest: Option<Points>) {
    let Some(highest) = highest else { return };
    for (grade, node) in grades.iter().zip(nodes) {
        if let Some(from) = grade.from.filter(|from| *from > highest) {
            let code = &grade.name.code;
            say(
                *node,
                format!(
                    "等次 {code} 永远评不到：分数线 {from} 高于最高分 {highest} / grade {code} is unreachable: its threshold {from} is above the highest score {highest}"
                ),
            );
        }
    }
}

/// Below a threshold at the floor there is no score left.
fn below(grades: &[Grade], nodes: &[Node<'_>], floor: Points) {
    let mut taken = false;
    for (grade, node) in grades.iter().zip(nodes).filter(|(g, _)| !g.by_hand) {
        if taken {
            let code = &grade.name.code;
            say(
                *node,
                format!(
                    "等次 {code} 永远评不到：总分不低于 {floor} / grade {code} is unreachable: no total is below {floor}"
                ),
            );
        }
        taken |= grade.from.is_none_or(|from| from <= floor);
    }
}
