//! Mistakes that show only where parts of a scheme are seen together. What gives no points, is never
//! reached or overrides nothing would pass in silence when people are scored, so it is a finding.

mod grades;
mod idle;
mod items;
mod matters;
mod outcome;
mod periods;
mod points;
mod sheets;

use super::draft::Draft;

/// Adds what is wrong to the findings, at the place of the part.
pub(super) fn lint(draft: &Draft<'_>) {
    sheets::lint(draft);
    items::lint(draft);
    matters::lint(draft);
    points::lint(draft);
    outcome::lint(draft);
    grades::lint(draft);
    periods::lint(draft);
    idle::lint(draft);
}
