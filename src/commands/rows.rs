//! One row of a list rewritten: the rest of the file keeps its bytes.

use crate::base::problem::{Outcome, Problem, all_or};
use crate::book::Book;
use crate::lists::{ListSpec, Rows};
use crate::store::csv_edit::csv_set;
use crate::tr;

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
    // A column that the file does not have yet is added to its first line and, empty, to every row.
    let text = with_columns(&rows.text, spec, &cells)?;
    let text = if text == *rows.text {
        csv_set(&text, row.span.start, &cells)?
    } else {
        let (again, _) = Rows::read(spec, text.as_str().into(), book.now);
        let start = again.get(code).map_or(0, |row| row.span.start);
        csv_set(&text, start, &cells)?
    };
    checked(book, spec, &text)?;
    Ok((rows.text.to_string(), text))
}

fn with_columns(text: &str, spec: &ListSpec, cells: &[(&str, &str)]) -> Outcome<String> {
    let heads = text.trim_start_matches('\u{feff}').lines().next().unwrap_or("").trim_end_matches('\r');
    let has = |key: &str| heads.split(',').any(|head| head.trim().trim_matches('"') == key);
    let lacking: Vec<&str> = cells.iter().map(|(key, _)| *key).filter(|key| !has(key)).collect();
    let Some(key) = lacking.first() else { return Ok(text.to_string()) };
    let file = spec.file;
    Err(Problem::new(
        "csv.missing-column",
        tr!("{file} has no column {key}", "{file} 没有 {key} 这一列"),
        tr!("add it to the first line, with an empty cell in each row", "请在首行加上该列，并在每一行补一个空单元格"),
    )
    .into())
}
