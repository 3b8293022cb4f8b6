//! Texts that are kept in this folder, compared with what is told now.

use std::{env, fs, path::Path};

/// Compares the text with the file, or writes the file; says what differs.
pub(crate) fn compare(file: &str, text: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
        return None;
    }
    let kept = fs::read_to_string(&path).unwrap_or_else(|e| format!("{}: {e}", path.display()));
    // A checkout may have changed the ends of lines.
    let kept = kept.replace("\r\n", "\n");
    (kept != text).then(|| format!("{file}\n--- kept\n{kept}\n--- now\n{text}"))
}
