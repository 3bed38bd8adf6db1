//! Answers in the format that was asked for; and what could not be read, told beside them.

use std::ops::Range;

use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::table::Table;
use crate::book::Book;
use crate::commands::env::Env;
use crate::forms::form::Form;
use crate::show::{json, table};

/// Prints a table in a format; `--json` goes before it.
///
/// # Errors
/// When stdout can't be written.
pub fn print_table(env: &Env, drawn: &Table, format: Option<&str>) -> Outcome {
    match if env.json { Some("json") } else { format } {
        Some("json") => env.data(&json::text(&table::json(drawn))),
        Some("csv") => env.data(&table::csv(drawn, env.lang)),
        Some("md") => env.print(&table::markdown(drawn, &env.canvas)),
        _ => env.print(&table::text(drawn, &env.canvas)),
    }
}

/// Prints a table whose rows rest on records: JSON names them, the other formats where that is asked for (R59).
///
/// # Errors
/// When stdout can't be written.
pub fn print_with_records(env: &Env, drawn: &Table, format: Option<&str>, records: bool) -> Outcome {
    if env.json || format == Some("json") {
        return env.data(&json::text(&table::json_with_records(drawn)));
    }
    if records {
        return print_table(env, &table::with_records(drawn.clone()), format);
    }
    print_table(env, drawn, format)
}

/// Prints several tables, one under the other; with `--json` one object that holds each under its name.
///
/// # Errors
/// When stdout can't be written.
pub fn print_tables(env: &Env, drawn: &[Table]) -> Outcome {
    if env.json {
        let object = drawn.iter().map(|one| (one.name.to_string(), table::json(one))).collect();
        return env.data(&json::text(&serde_json::Value::Object(object)));
    }
    let texts: Vec<String> = drawn.iter().map(|one| table::text(one, &env.canvas)).collect();
    env.print(&texts.join("\n"))
}

/// What is wrong with the photos and attachments of a form, each at its place.
pub fn photos_of(book: &Book<'_>, form: &Form) -> Vec<Problem> {
    let problem = |(name, span): (_, &Range<usize>)| Some(book.photo(name)?.at(form.place(span.clone())));
    form.photos().filter_map(problem).collect()
}

/// An answer that was printed, and the problems met on the way: nothing unreadable is passed over in silence.
///
/// # Errors
/// The answer's own failure, else all that could not be read.
pub fn with_problems(book: &Book<'_>, printed: Outcome) -> Outcome {
    printed.and_then(|()| all_or(book.take_problems()))
}
