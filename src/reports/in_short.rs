//! Forms of one kind in short, whatever the kind: number, state, the columns that its description names, its lines.

use crate::base::field::{Fields, Ty, Value};
use crate::base::table::{Cell, Column, Row, Table};
use crate::base::words::words;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::spec::FormSpec;

/// A table of forms of a kind, under the kind's name.
pub fn in_short<'f>(book: &Book<'_>, spec: &'static FormSpec, forms: impl IntoIterator<Item = &'f Form>) -> Table {
    let rows = forms.into_iter().map(|form| row(book, form)).collect();
    Table { name: spec.dir, title: spec.name, columns: columns(spec), rows }
}

fn columns(spec: &'static FormSpec) -> Vec<Column> {
    let fixed = |key, name| Column { key, name, numeric: false, whole: true };
    let mut columns = vec![fixed("number", words("Number", "单号")), fixed("state", words("State", "状态"))];
    for key in spec.columns {
        if let Some(field) = spec.field(key) {
            let whole = !matches!(field.ty, Ty::Text | Ty::Code(_));
            columns.push(Column { key: field.key, name: field.name, numeric: field.ty.is_numeric(), whole });
        }
    }
    if spec.lines.is_some() {
        columns.push(Column { key: "lines", name: words("Lines", "明细"), numeric: false, whole: false });
    }
    columns
}

fn row(book: &Book<'_>, form: &Form) -> Row {
    let mut cells = vec![Cell::Number(form.number.clone()), Cell::coded(form.state().code, form.state().name)];
    for key in form.spec.columns {
        cells.push(match (form.current(key), form.current(key).map(|e| &e.value)) {
            (Some(entry), Some(Value::Text(code))) => match entry.field.ty {
                Ty::Code(list) => Cell::Text(book.name(list, code)),
                Ty::Choice(choices) => Cell::chosen(choices, code),
                _ => Cell::Text(code.clone()),
            },
            (Some(entry), value) if matches!(entry.field.ty, Ty::Choices(_)) => Cell::of(entry.field, value, true),
            (_, Some(Value::Date(day))) => Cell::Date(*day),
            (_, Some(Value::Time(time))) => Cell::Time(*time),
            (_, Some(Value::Record(number))) => Cell::Number(number.clone()),
            (_, Some(other)) => Cell::Text(other.to_string().replace(';', " ")),
            _ => Cell::Empty,
        });
    }
    if form.spec.lines.is_some() {
        let line = |fields: &Fields| {
            let values: Vec<String> = fields.0.iter().take(2).map(|e| e.value.to_string()).collect();
            // Pieces are counted; what is no count stands as it is typed: glass=cracked.
            let counts = fields.0.get(1).is_some_and(|e| e.field.ty.is_numeric());
            values.join(if counts { "×" } else { "=" })
        };
        cells.push(Cell::Text(form.current_lines().iter().map(line).collect::<Vec<_>>().join(", ")));
    }
    Row { cells, records: vec![form.number.clone()] }
}
