//! The native half of the Python package `zhenggong`: a thin layer, no rule of its own.
//!
//! Python values become the JSON that the core reads (`input`), answers become Python values
//! (`output`), and an error becomes the exception of its class (`error`). Amounts are `Decimal` or
//! text on both sides; no float has a way in. Whatever Python can call is `#[guarded]` (`boundary`).

mod assess;
mod assessment_table;
mod batches;
mod boundary;
mod capsule;
mod columns;
mod engine;
mod error;
mod evaluation;
mod facts;
mod finding;
mod frame;
mod html;
mod info;
mod input;
mod made_error;
mod month_run;
mod options;
mod output;
mod pack;
mod payslip;
mod people;
mod person_facts;
mod pickled;
mod roster;
mod scalars;
mod schema;
mod sheet;
mod source;
mod table;
mod text;
mod vocabulary;

/// Native half of `zhenggong`; import `zhenggong` instead.
#[pyo3::pymodule]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::assess::Assessment;
    #[pymodule_export]
    use super::assessment_table::AssessmentTable;
    #[pymodule_export]
    use super::batches::PayBatches;
    #[pymodule_export]
    use super::engine::Engine;
    #[pymodule_export]
    use super::evaluation::Evaluation;
    #[pymodule_export]
    use super::finding::Finding;
    #[pymodule_export]
    use super::info::{build_info, data_version, error_codes, rules};
    #[pymodule_export]
    use super::made_error::_error;
    #[pymodule_export]
    use super::month_run::{MonthRun, RunRow, Totals};
    #[pymodule_export]
    use super::pack::{Pack, lint};
    #[pymodule_export]
    use super::payslip::{PayLine, Payslip};
    #[pymodule_export]
    use super::person_facts::Facts;
    #[pymodule_export]
    use super::roster::Roster;
    #[pymodule_export]
    use super::schema::{schema, schemas};
    #[pymodule_export]
    use super::sheet::Sheet;
    #[pymodule_export]
    use super::table::PayTable;
    #[pymodule_export]
    use super::vocabulary::vocabularies;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::boundary::add_hook(module)
    }
}
