//! The rows of our own CSV files, lists and registers alike: each cell checked by the field that describes its column.

use std::ops::Range;
use std::sync::Arc;

use chrono::DateTime;

use super::csv::{RawCell, each_row};
use super::field::{Entry, Field, Fields, Need, Ty, Value};
use super::problem::{Place, Problem};
use super::sheet;
use super::time::{Now, iso_date};
use super::words::Text;
use crate::tr;

/// One row, its cells checked.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its values; empty cells are none.
    pub fields: Fields,
    /// Byte range of the row in its file.
    pub span: Range<usize>,
}

/// Hands over a file's rows one by one, so that a file of millions is never held as rows. A row with a problem is not
/// handed over, but told: by the codes of [`each_row`], or under `code` for a value that its column can't take.
pub fn each(
    file: &Arc<str>,
    text: &str,
    fields: &'static [Field],
    code: &'static str,
    now: Now,
    mut each: impl FnMut(Row),
) -> Vec<Problem> {
    let known: Vec<&str> = fields.iter().map(|f| f.key).collect();
    let needed: Vec<&str> = fields.iter().filter(|f| f.need == Need::Required).map(|f| f.key).collect();
    let mut wrong = Vec::new();
    let mut problems = each_row(file, text, &known, &needed, |raw| {
        let mut entries = Vec::with_capacity(raw.cells.len());
        let told = wrong.len();
        for cell in raw.cells {
            let field = &fields[cell.column];
            match read_cell(field, &cell, now) {
                Ok(Some(value)) => entries.push(Entry { field, value, span: cell.span }),
                Ok(None) => {}
                Err((message, help)) => {
                    wrong.push(Problem::new(code, message, help).at(Place::at(file, text, cell.span)));
                }
            }
        }
        if wrong.len() == told {
            each(Row { fields: Fields(entries), span: raw.span });
        }
    });
    problems.append(&mut wrong);
    problems
}

/// What a cell holds; nothing where it is empty and may be.
///
/// # Errors
/// What is wrong, and the remedy.
pub fn read_cell(field: &'static Field, cell: &RawCell<'_>, now: Now) -> Result<Option<Value>, (Text, Text)> {
    let (key, name, cell) = (field.key, field.name, &cell.text);
    if cell.is_empty() {
        return match field.need {
            Need::Required => Err((tr!("{key} is empty", "{name}（{key}）是空的"; name), field.ty.expects())),
            Need::Optional => Ok(None),
        };
    }
    if field.ty.is_textual() && sheet::is_spoiled(cell) {
        let message = tr!("a spreadsheet has spoiled {key}: {cell}", "{name}（{key}）已被电子表格改坏：{cell}"; name);
        return Err((message, sheet::retype()));
    }
    let unfit = |help| (tr!("{key} can't be \"{cell}\"", "{name}（{key}）不能是“{cell}”"; name), help);
    // A day or time that moves with the clock is none.
    if field.ty == Ty::Date && iso_date(cell).is_none() {
        return Err(unfit(tr!("write the day in full, as 2026-11-21", "请写完整日期，如 2026-11-21")));
    }
    if field.ty == Ty::Time && DateTime::parse_from_rfc3339(cell).is_err() {
        return Err(unfit(tr!(
            "write the time in full, as 2026-11-21T10:30:00+08:00",
            "请写完整时间，如 2026-11-21T10:30:00+08:00"
        )));
    }
    field.ty.parse(cell, now).map(Some).map_err(unfit)
}
