//! Grades that no score reaches.

use super::super::{
    Bonus, Grade,
    draft::{Draft, say},
};
use crate::{
    assessment::{Points, VetoEffect},
    number::Rate,
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
    if let Some((Bonus::ByTotal(steps), node)) = &draft.bonus {
        steps_of_bonus(draft, steps, *node);
    }
    for (grade, node) in draft.grades.list.iter().zip(&draft.grades.nodes) {
        let code = &grade.name.code;
        if draft.ungraded.as_ref() == Some(code) {
            say(
                *node,
                format!(
                    "等次 {code} 与 ungraded 同名，有无等次无从区分 / grade {code} has the id of `ungraded`: nobody can tell them apart"
                ),
            );
        }
    }
    for rollup in &draft.rollups {
        above(&rollup.it.grades, &rollup.grades, draft.highest_of(&rollup.it));
    }
}

/// Coefficients that no total has: above the highest one, or below the floor.
fn steps_of_bonus(draft: &Draft<'_>, steps: &[(Option<Points>, Rate)], node: Node<'_>) {
    let nodes = node.entries().unwrap_or_default();
    let list = nodes.into_iter().find(|(key, _)| key.text() == Some("by_total"));
    let places = list.and_then(|(_, list)| list.items()).unwrap_or_default();
    let (most, zeroed) =
        (draft.highest(), draft.vetoes.iter().any(|(v, _)| v.effect == VetoEffect::Zero));
    let least = draft.total.as_ref().and_then(|(limits, _)| limits.floor).filter(|_| !zeroed);
    let mut taken = false;
    for ((from, _), place) in steps.iter().zip(places) {
        if let (Some(from), Some(most)) = (from, most)
            && *from > most
        {
            say(
                place,
                format!(
                    "{from} 分起的系数永远得不到：最高分 {most} / nobody gets the coefficient from {from}: the highest score is {most}"
                ),
            );
        } else if taken {
            let floor = least.unwrap_or_default();
            say(
                place,
                format!(
                    "该档系数永远得不到：总分不低于 {floor} / nobody gets this coefficient: no total is below {floor}"
                ),
            );
        }
        taken |= least.is_some_and(|least| from.is_none_or(|from| from <= least));
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
