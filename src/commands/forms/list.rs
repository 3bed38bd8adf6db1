//! Lists the forms of a kind.

use std::ops::Bound;

use clap::ArgMatches;

use crate::base::field::{Ty, Value};
use crate::base::period::Period;
use crate::base::problem::{Outcome, Problem};
use crate::base::table::{Cell, Column, Row, Table};
use crate::base::words::words;
use crate::book::Book;
use crate::commands::env::Env;
use crate::commands::print::{print_table, with_problems};
use crate::forms::form::Form;
use crate::forms::spec::FormSpec;
use crate::tr;

/// Runs it.
///
/// # Errors
/// When a state or period is no such thing, or a file can't be read.
pub fn run(env: &Env, spec: &'static FormSpec, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let state = args.get_one::<String>("state").map(|word| state_of(spec, word)).transpose()?;
    let period = args.get_one::<String>("made").map(|word| period_of(&book, word)).transpose()?;
    let everything = args.get_flag("all") || state.is_some();
    let days =
        period.map_or((Bound::Unbounded, Bound::Unbounded), |p| (Bound::Included(p.from), Bound::Included(p.to)));
    book.load(spec, days, &|_, glance| everything || glance.ended(spec).is_none());
    let word = args.get_one::<String>("WORD").map(|w| w.to_lowercase());
    let mut rows = Vec::new();
    for form in book.loaded(spec.kind).iter().rev() {
        let fits = state.is_none_or(|code| form.state().code == code)
            && (everything || !form.is_over() || spec.states.len() == 1);
        let row = row(&book, form);
        let holds = |word: &String| {
            row.cells
                .iter()
                .any(|cell| crate::show::table::cell(cell, env.lang, book.now.zone).to_lowercase().contains(word))
        };
        if fits && word.as_ref().is_none_or(holds) {
            rows.push(row);
        }
    }
    let table = Table { name: spec.dir, title: spec.name, columns: columns(spec), rows };
    with_problems(&book, print_table(env, &table, args.get_one::<String>("format").map(String::as_str)))
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
                Ty::Choice(choices) => {
                    choices.iter().find(|c| c.code == code).map(|c| Cell::coded(c.code, c.name)).into()
                }
                _ => Cell::Text(code.clone()),
            },
            (_, Some(Value::Date(day))) => Cell::Date(*day),
            (_, Some(Value::Time(time))) => Cell::Time(*time),
            (_, Some(Value::Record(number))) => Cell::Number(number.clone()),
            (_, Some(other)) => Cell::Text(other.to_string().replace(';', " ")),
            _ => Cell::Empty,
        });
    }
    if form.spec.lines.is_some() {
        let line = |fields: &crate::base::field::Fields| {
            let values: Vec<String> = fields.0.iter().take(2).map(|e| e.value.to_string()).collect();
            // Pieces are counted; what is no count stands as it is typed: glass=cracked.
            let counts = fields.0.get(1).is_some_and(|e| e.field.ty.is_numeric());
            values.join(if counts { "×" } else { "=" })
        };
        cells.push(Cell::Text(form.current_lines().iter().map(line).collect::<Vec<_>>().join(", ")));
    }
    Row { cells, records: vec![form.number.clone()] }
}

fn state_of(spec: &'static FormSpec, word: &str) -> Result<&'static str, Problem> {
    let states = spec.states.iter().chain([&crate::forms::spec::VOID]);
    let found = states.clone().find(|s| s.code == word || s.name.zh == word || s.name.en == word);
    found.map(|s| s.code).ok_or_else(|| {
        let all = states.map(|s| s.code).collect::<Vec<_>>().join(", ");
        Problem::new(
            "state",
            tr!("there is no state {word}", "没有“{word}”这个状态"),
            tr!("one of: {all}", "可选：{all}"),
        )
    })
}

/// A period as typed.
///
/// # Errors
/// A problem that shows how periods are written.
pub fn period_of(book: &Book<'_>, word: &str) -> Result<Period, Problem> {
    Period::parse(word, book.now.today()).ok_or_else(|| {
        Problem::new(
            "period",
            tr!("\"{word}\" is no period", "“{word}”不是有效的期间"),
            tr!(
                "write 2026-11-21, 2026-W47, 2026-11, 2026-Q4, 2026, A..B, today, this-week, last-month …",
                "请写 2026-11-21、2026-W47、2026-11、2026-Q4、2026、起..止、today、this-week、last-month 等"
            ),
        )
    })
}
