//! Tables for people (text, Markdown), for spreadsheets (CSV) and for scripts (JSON).

use serde_json::{Map, Value};

use super::amount::{amount, apart};
use super::clean::{clean, clean_lines};
use super::grid::{self, Lane};
use super::sheet::{self, guarded};
use super::{BOLD, Canvas, NONE};
use crate::base::table::{Cell, Table, column};
use crate::base::time::{Zone, rfc3339, wall_minute};
use crate::base::words::{Lang, Text};

/// A cell as people read it, harmless and on one line: amounts with their unit, moments on the department's clock.
pub fn cell(cell: &Cell, lang: Lang, zone: Zone) -> String {
    clean(&raw(cell, lang, zone)).into_owned()
}

fn raw(cell: &Cell, lang: Lang, zone: Zone) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Words(words) | Cell::Coded(_, words) => words.get(lang).to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Amount(value) => amount(*value, lang),
        Cell::Apart(difference) => apart(*difference, lang),
        Cell::Date(date) => date.to_string(),
        Cell::Time(time) => wall_minute(*time, zone),
        Cell::Number(number) => number.to_string(),
    }
}

/// A cell as scripts read it: plain digits, RFC 3339; words in `lang`; `None` for an empty one.
pub(super) fn stable(cell: &Cell, lang: Lang) -> Option<String> {
    match cell {
        Cell::Empty => None,
        Cell::Words(words) | Cell::Coded(_, words) => Some(words.get(lang).to_string()),
        Cell::Text(text) => Some(text.clone()),
        Cell::Amount(value) | Cell::Apart(value) => Some(value.digits()),
        Cell::Date(date) => Some(date.to_string()),
        Cell::Time(time) => Some(rfc3339(*time)),
        Cell::Number(number) => Some(number.to_string()),
    }
}

/// The table for a terminal or a mail: its title, its heads with a rule under them, its rows.
pub fn text(table: &Table, canvas: &Canvas) -> String {
    let mut out = String::new();
    let title = table.title.get(canvas.lang);
    if !title.is_empty() {
        out.push_str(&canvas.paint(BOLD, title));
        out.push('\n');
    }
    if table.rows.is_empty() {
        return out + NONE.get(canvas.lang) + "\n";
    }
    let lanes: Vec<Lane> = table.columns.iter().map(|c| Lane { right: c.numeric, whole: c.whole }).collect();
    let heads: Vec<String> = table.columns.iter().map(|c| c.name.get(canvas.lang).to_string()).collect();
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.cells.iter().map(|c| cell(c, canvas.lang, canvas.zone)).collect()).collect();
    let mut lines = grid::lines(&lanes, &heads, &rows, canvas.width);
    let rule = lines.iter().position(|line| line.starts_with(grid::RULE)).unwrap_or(0);
    for head in &mut lines[..rule] {
        *head = canvas.paint(BOLD, head.trim_end());
    }
    out + &grid::joined(&lines)
}

/// The table as GitHub's Markdown has it, its title as a heading of the third level.
/// Width and colour of the canvas do not matter.
pub fn markdown(table: &Table, canvas: &Canvas) -> String {
    let mut out = String::new();
    let title = table.title.get(canvas.lang);
    if !title.is_empty() {
        out.push_str(&format!("### {}\n\n", escaped(title)));
    }
    if table.rows.is_empty() {
        return out + NONE.get(canvas.lang) + "\n";
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out += &line(table.columns.iter().map(|c| escaped(c.name.get(canvas.lang))).collect());
    out += &line(table.columns.iter().map(|c| if c.numeric { "---:" } else { "---" }.to_string()).collect());
    for row in &table.rows {
        out += &line(row.cells.iter().map(|c| escaped(&raw(c, canvas.lang, canvas.zone))).collect());
    }
    out
}

/// Text that Markdown shows as it stands, on one line: marks are escaped, line breaks become `<br>`.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean_lines(text).chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '#' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// The table for a spreadsheet: stable keys as heads, plain digits, texts that can't be taken for formulas.
/// Words of the program are in `lang`, as it is people who read a spreadsheet.
///
/// It holds records byte for byte: what goes to a terminal is to pass [`Out::data`](super::out::Out::data).
pub fn csv(table: &Table, lang: Lang) -> String {
    let heads: Vec<&str> = table.columns.iter().map(|c| c.key).collect();
    sheet::text(&heads, table.rows.iter().map(|row| row.cells.iter().map(|c| csv_cell(c, lang)).collect()))
}

pub(super) fn csv_cell(cell: &Cell, lang: Lang) -> String {
    let text = stable(cell, lang).unwrap_or_default();
    match cell {
        Cell::Text(_) | Cell::Words(_) | Cell::Coded(..) => guarded(&text),
        Cell::Empty | Cell::Amount(_) | Cell::Apart(_) | Cell::Date(_) | Cell::Time(_) | Cell::Number(_) => text,
    }
}

/// The rows as objects under the columns' keys. All values are strings (amounts in plain digits, moments in RFC 3339,
/// codes as in the files, other words in English whatever the reader's language) or null.
pub fn json(table: &Table) -> Value {
    let object = |cells: &[Cell]| {
        let entry = |(column, cell): (&crate::base::table::Column, &Cell)| (column.key.to_string(), json_cell(cell));
        Value::Object(table.columns.iter().zip(cells).map(entry).collect::<Map<_, _>>())
    };
    table.rows.iter().map(|row| object(&row.cells)).collect()
}

/// The same objects, each with the numbers of the records behind its row under `records` (R59).
pub fn json_with_records(table: &Table) -> Value {
    let mut rows = json(table);
    for (object, row) in rows.as_array_mut().into_iter().flatten().zip(&table.rows) {
        object["records"] = row.records.iter().map(ToString::to_string).collect();
    }
    rows
}

/// The table with the records behind each row in a last column.
pub fn with_records(mut table: Table) -> Table {
    table.columns.push(column("records", "Records", "单号"));
    for row in &mut table.rows {
        let numbers: Vec<String> = row.records.iter().map(ToString::to_string).collect();
        row.cells.push(Cell::Words(Text::same(numbers.join(" "))));
    }
    table
}

pub(super) fn json_cell(cell: &Cell) -> Value {
    match cell {
        Cell::Coded(code, _) => code.as_str().into(),
        _ => stable(cell, Lang::En).into(),
    }
}
