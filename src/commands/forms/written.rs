//! A form's changes as text, whichever way its kind is kept: a new record, a step, changed header fields.

use crate::base::field::{Fields, Value};
use crate::base::number::Number;
use crate::base::problem::Problem;
use crate::base::toml::literal;
use crate::book::Book;
use crate::forms::form::{Form, path_of};
use crate::forms::month::{cells, emptied, heads};
use crate::forms::spec::{FormSpec, Kept, LineSpec};
use crate::forms::write::{Taken, form_text, lines_text, step_text};
use crate::store::csv_edit::csv_append;
use crate::store::edit::{append_block, replace_lines, set_header};

/// Lines with the spec of their array.
pub type Lines<'l> = Option<(&'static LineSpec, &'l [Fields])>;

/// The text of the file that is to hold a new record: what it held, if it is there already, and what it is to hold.
///
/// # Errors
/// When the file can't be read, or can't take the record.
pub fn made(
    book: &Book<'_>,
    spec: &'static FormSpec,
    number: &Number,
    header: &Fields,
    lines: Lines<'_>,
    taken: &Taken<'_>,
) -> Result<(Option<String>, String), Problem> {
    if spec.kept == Kept::File {
        return Ok((None, form_text(header, lines, taken)));
    }
    let seen = book.source().read(&path_of(spec, number))?;
    let month = seen.clone().unwrap_or_else(|| format!("{}\n", heads(spec)));
    let text = with_record(&month, number, header, taken)?;
    Ok((seen, text))
}

/// The text of a month with one more new record, of a kind that is kept in rows.
///
/// # Errors
/// When the month can't take it.
pub fn with_record(month: &str, number: &Number, header: &Fields, taken: &Taken<'_>) -> Result<String, Problem> {
    with_row(month, &cells(number, taken, header))
}

/// The text of a form's file with one more step.
///
/// # Errors
/// When the file can't take it.
pub fn stepped(form: &Form, taken: &Taken<'_>, fields: &Fields, lines: Lines<'_>) -> Result<String, Problem> {
    match form.spec.kept {
        Kept::File => Ok(append_block(&form.text, &step_text(taken, fields, lines))),
        Kept::Rows => with_row(&form.text, &cells(&form.number, taken, fields)),
    }
}

/// The text of a form's file with header fields set, or removed with `None`, and the step that says so.
///
/// # Errors
/// When the file can't be changed there.
pub fn edited(
    form: &Form,
    changes: &[(&'static str, Option<&Value>)],
    lines: Lines<'_>,
    taken: &Taken<'_>,
) -> Result<String, Problem> {
    let none = Fields::default();
    if form.spec.kept == Kept::File {
        let changes: Vec<_> = changes.iter().map(|(key, value)| (*key, value.map(literal))).collect();
        let mut text = set_header(&form.text, &changes)?;
        if let Some((spec, lines)) = lines {
            text = replace_lines(&text, spec.key, lines_text(spec, lines).trim_start_matches('\n'))?;
        }
        return Ok(append_block(&text, &step_text(taken, &none, None)));
    }
    let mut held = none;
    for (key, value) in changes {
        if let (Some(field), Some(value)) = (form.spec.field(key), value) {
            held.set(field, (*value).clone());
        }
    }
    let gone: Vec<&str> = changes.iter().filter(|(_, value)| value.is_none()).map(|(key, _)| *key).collect();
    let mut row = cells(&form.number, taken, &held);
    row.push(emptied(&gone));
    with_row(&form.text, &row)
}

fn with_row(text: &str, cells: &[(&'static str, String)]) -> Result<String, Problem> {
    let row: Vec<(&str, &str)> = cells.iter().map(|(key, text)| (*key, text.as_str())).collect();
    csv_append(text, &row)
}
