//! Assessment (考核): schemes as data, sheets, scores, grades, and what follows from them.

mod point_rounding;
mod points;

pub use self::point_rounding::PointRounding;
pub use self::points::Points;
