//! Changing CSV: text in, text out; every byte outside the one row stays.

use std::borrow::Cow;

use super::edit::line_end;
use crate::base::csv::{Record, Records};
use crate::base::problem::Problem;
use crate::tr;

/// Adds a row at the end. The order of the cells is that of the file's heads; heads without a cell stay empty.
///
/// # Errors
/// `csv.no-column` when a cell that is not empty has no head in the file, `csv.unfit` when there are no heads
/// or the last row's quote is open.
pub fn csv_append(text: &str, cells: &[(&str, &str)]) -> Result<String, Problem> {
    let heads = heads(text)?;
    if let Some(open) = Records::new(text).last().filter(|last| last.fault.is_some()) {
        return Err(unfit(open.line));
    }
    for (key, cell) in cells {
        if !cell.is_empty() {
            column(&heads, key)?;
        }
    }
    let row = heads.iter().map(|head| match cells.iter().find(|(key, _)| key == head) {
        Some((_, cell)) => quoted(cell),
        None => Cow::Borrowed(""),
    });
    let row = join(row.collect());
    let eol = line_end(text);
    let gap = if text.ends_with('\n') { "" } else { eol };
    Ok(format!("{text}{gap}{row}{eol}"))
}

/// Changes cells of the row that begins at byte `row_start`; its other cells keep their very bytes.
///
/// # Errors
/// `csv.no-column` when the file lacks a column, `csv.unfit` when no sound row begins there.
pub fn csv_set(text: &str, row_start: usize, changes: &[(&str, &str)]) -> Result<String, Problem> {
    let heads = heads(text)?;
    let row = match Records::new(text).find(|row| row.span.start >= row_start) {
        Some(row) if row.fault.is_none() && row.span.start == row_start => row,
        other => return Err(unfit(other.map_or(0, |row| row.line))),
    };
    let mut cells: Vec<Cow<str>> = row.cells.iter().map(|(_, span)| Cow::Borrowed(&text[span.clone()])).collect();
    for (key, cell) in changes {
        let column = column(&heads, key)?;
        if cells.len() <= column {
            cells.resize(column + 1, Cow::Borrowed(""));
        }
        cells[column] = quoted(cell);
    }
    Ok(format!("{}{}{}", &text[..row_start], join(cells), &text[row.span.end..]))
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
