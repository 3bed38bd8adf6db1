//! Lists the forms of a kind.

use std::ops::Bound;
use std::sync::Arc;

use clap::ArgMatches;

use crate::base::period::Period;
use crate::base::problem::{Outcome, Problem};
use crate::base::table::Cell;
use crate::book::Book;
use crate::commands::cli::format_of;
use crate::commands::env::Env;
use crate::commands::print::{print_table, with_problems};
use crate::forms::spec::FormSpec;
use crate::reports::in_short::in_short;
use crate::show::table;
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
    let mut forms = book.loaded(spec.kind);
    forms.retain(|form| {
        state.is_none_or(|code| form.state().code == code) && (everything || !form.is_over() || spec.states.len() == 1)
    });
    let mut table = in_short(&book, spec, forms.iter().rev().map(Arc::as_ref));
    if let Some(word) = word {
        let holds = |cell: &Cell| table::cell(cell, env.lang, book.now.zone).to_lowercase().contains(&word);
        table.rows.retain(|row| row.cells.iter().any(holds));
    }
    with_problems(&book, print_table(env, &table, format_of(args)))
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
    let today = book.now.today();
    Period::parse(word, today).ok_or_else(|| {
        let parts =
            || word.split_once("..").and_then(|(from, to)| Period::parse(from, today).zip(Period::parse(to, today)));
        Problem::new(
            "period",
            match parts() {
                Some(_) => tr!("\"{word}\" ends before it begins", "“{word}”的止期早于起期"),
                None => tr!("\"{word}\" is no period", "“{word}”不是有效的期间"),
            },
            tr!(
                "write 2026-11-21, 2026-W47, 2026-11, 2026-Q4, 2026-H2, 2026, A..B, today, this-week, last-month …",
                "请写 2026-11-21、2026-W47、2026-11、2026-Q4、2026-H2、2026、起..止、今天、本周、上月等"
            ),
        )
    })
}
