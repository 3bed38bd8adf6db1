//! One row of a list rewritten: the rest of the file keeps its bytes.

use crate::base::problem::{Outcome, Problem, all_or};
use crate::book::Book;
use crate::lists::{ListSpec, Rows};
use crate::store::csv_edit::csv_set;

/// Reads a list as it would be: no change may make it unreadable.
///
/// # Errors
/// Everything that would be wrong with it.
pub fn checked(book: &Book<'_>, spec: &'static ListSpec, text: &str) -> Outcome {
    let (_, problems) = Rows::read(spec, text.into(), book.now);
    all_or(problems.into_iter().map(Problem::unplaced).collect())
}

/// Writes changed cells of one row; shared with `assign`.
///
/// # Errors
/// When the list has no such row any more or would become unreadable.
pub fn changed_row(
    book: &Book<'_>,
    spec: &'static ListSpec,
    code: &str,
    changes: &[(&str, String)],
) -> Outcome<(String, String)> {
    let rows = book.list(spec.list);
    let Some(row) = rows.get(code) else {
        return Err(rows.resolve(code).err().map_or_else(Vec::new, |p| vec![p]).into());
    };
    let cells: Vec<(&str, &str)> = changes.iter().map(|(key, cell)| (*key, cell.as_str())).collect();
    let text = csv_set(&rows.text, row.span.start, &cells)?;
    checked(book, spec, &text)?;
    Ok((rows.text.to_string(), text))
}
