//! `cs qa items`: the items on which a call is scored, as they are in force on a day (R54, R68).

use clap::{ArgMatches, Command};

use crate::base::problem::Outcome;
use crate::base::table::{Cell, Row, Table, column};
use crate::base::words::{Lang, words};
use crate::commands::cli::{command, format_flag, format_of, option};
use crate::commands::env::Env;
use crate::commands::forms::Guest;
use crate::commands::known::{day_given, over_known};
use crate::commands::print::print_table;
use crate::forms::call::CALL;

const VERB: &str = "items";

/// The command joins those of the score of a call.
pub const GUEST: Guest = Guest {
    tree: |group, lang| if group == CALL.verbs.command { vec![tree(lang)] } else { Vec::new() },
    run: |env, group, verb, args| (group == CALL.verbs.command && verb == VERB).then(|| run(env, args)),
};

fn tree(lang: Lang) -> Command {
    let about = words("Show the items of a call and their full points (R54, R68)", "查看质检项目及满分（R54、R68）");
    command(VERB, about, lang)
        .arg(option("on", "DATE", words("On this day; today if left out", "查看该日有效的项目（默认今天）"), lang))
        .arg(format_flag(lang))
}

/// Runs it.
///
/// # Errors
/// When the day is none, or something can't be read.
fn run(env: &Env, args: &ArgMatches) -> Outcome {
    over_known(env, |book| {
        let day = day_given(book, args)?;
        let rows = book.policy.at(day).call_items.iter().map(|item| Row {
            cells: vec![Cell::Text(item.code.clone()), Cell::Words(item.name.clone()), Cell::count(item.max)],
            records: Vec::new(),
        });
        let table = Table {
            name: "items",
            title: words("Items of a call", "质检项目"),
            columns: vec![
                column("item", "Item", "项目").whole(),
                column("about", "About", "内容"),
                column("max", "Full points", "满分").numeric(),
            ],
            rows: rows.collect(),
        };
        print_table(env, &table, format_of(args))
    })
}
