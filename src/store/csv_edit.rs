//! Changing CSV: text in, text out; every byte outside the changed rows stays.

use std::borrow::Cow;

use super::edit::line_end;
use crate::base::csv::{Record, Records};
use crate::base::problem::Problem;
use crate::tr;

/// Cells of a row: the heads that they stand under, and what they hold.
pub type Cells<'c> = Vec<(&'c str, &'c str)>;

/// Adds a row at the end. The order of the cells is that of the file's heads; heads without a cell stay empty.
///
/// # Errors
/// As [`csv_change`].
pub fn csv_append(text: &str, cells: &[(&str, &str)]) -> Result<String, Problem> {
    csv_change(text, &[], &[cells.to_vec()])
}

/// Changes cells of the row that begins at byte `row_start`; its other cells keep their very bytes.
///
/// # Errors
/// As [`csv_change`].
pub fn csv_set(text: &str, row_start: usize, changes: &[(&str, &str)]) -> Result<String, Problem> {
    csv_change(text, &[(row_start, changes.to_vec())], &[])
}

/// Changes cells of many rows, each named by the byte that it begins at, and adds rows at the end, in one pass.
///
/// # Errors
/// `csv.no-column` when a cell has no head in the file (an empty one of a new row needs none), `csv.unfit` when there
/// are no heads, no sound row begins where one is to be changed, or one is to be added after an open quote.
pub fn csv_change(text: &str, changes: &[(usize, Cells<'_>)], added: &[Cells<'_>]) -> Result<String, Problem> {
    let heads = heads(text)?;
    let mut changes: Vec<&(usize, Cells<'_>)> = changes.iter().collect();
    changes.sort_by_key(|(start, _)| *start);
    let mut changes = changes.into_iter().peekable();
    let mut out = String::with_capacity(text.len());
    let (mut kept, mut open) = (0, None);
    for row in Records::new(text) {
        open = row.fault.is_some().then_some(row.line);
        if let Some((start, cells)) = changes.next_if(|(start, _)| row.span.start >= *start) {
            if row.fault.is_some() || row.span.start != *start {
                return Err(unfit(row.line));
            }
            out.push_str(&text[kept..*start]);
            out.push_str(&changed(text, &row, &heads, cells)?);
            kept = row.span.end;
        }
    }
    if changes.next().is_some() {
        return Err(unfit(0));
    }
    out.push_str(&text[kept..]);
    if let (Some(line), false) = (open, added.is_empty()) {
        return Err(unfit(line));
    }
    let eol = line_end(text);
    for cells in added {
        if !out.ends_with('\n') {
            out.push_str(eol);
        }
        out.push_str(&new(&heads, cells)?);
        out.push_str(eol);
    }
    Ok(out)
}

fn changed(text: &str, row: &Record<'_>, heads: &[String], changes: &[(&str, &str)]) -> Result<String, Problem> {
    let mut cells: Vec<Cow<str>> = row.cells.iter().map(|(_, span)| Cow::Borrowed(&text[span.clone()])).collect();
    for (key, cell) in changes {
        let column = column(heads, key)?;
        if cells.len() <= column {
            cells.resize(column + 1, Cow::Borrowed(""));
        }
        cells[column] = quoted(cell);
    }
    Ok(join(cells))
}

fn new(heads: &[String], cells: &[(&str, &str)]) -> Result<String, Problem> {
    for (key, _) in cells.iter().filter(|(_, cell)| !cell.is_empty()) {
        column(heads, key)?;
    }
    let row = heads.iter().map(|head| match cells.iter().find(|(key, _)| key == head) {
        Some((_, cell)) => quoted(cell),
        None => Cow::Borrowed(""),
    });
    Ok(join(row.collect()))
}

/// Cells as one row of CSV, without a line end.
pub fn csv_row(cells: &[String]) -> String {
    join(cells.iter().map(|cell| quoted(cell)).collect())
}

/// A cell as it is stored: quoted where the reader or a trimming spreadsheet would otherwise change it.
pub fn quoted(cell: &str) -> Cow<'_, str> {
    let blank = |c: char| c.is_whitespace() || c == '\u{feff}';
    if cell.contains([',', '"', '\r', '\n']) || cell.starts_with(blank) || cell.ends_with(blank) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A row must never be a blank line, which readers pass over.
fn join(cells: Vec<Cow<str>>) -> String {
    let row = cells.join(",");
    if row.is_empty() { "\"\"".to_string() } else { row }
}

fn heads(text: &str) -> Result<Vec<String>, Problem> {
    match Records::new(text).next() {
        Some(Record { fault: None, cells, .. }) => {
            Ok(cells.into_iter().map(|(head, _)| head.trim().to_string()).collect())
        }
        _ => Err(unfit(1)),
    }
}

fn column(heads: &[String], key: &str) -> Result<usize, Problem> {
    heads.iter().position(|head| head == key).ok_or_else(|| {
        Problem::new(
            "csv.no-column",
            tr!("the file has no column {key}", "文件中没有列 {key}"),
            tr!(
                "add {key} to its first line and a comma to every row",
                "请在首行加上 {key} 列，并在每一行末尾补一个逗号"
            ),
        )
    })
}

fn unfit(line: usize) -> Problem {
    Problem::new(
        "csv.unfit",
        tr!("no sound CSV row stands there: line {line}", "该处不是完整的 CSV 行：第 {line} 行"),
        tr!("see `cs check` and mend the file first", "请先运行 cs check 并修正该文件"),
    )
}
