//! `cs report`: what happened in a period, with the records behind every figure (R59–R61).

use clap::{ArgMatches, Command};

use crate::base::period::Period;
use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::{format_flag, records_flag, word};
use crate::commands::env::Env;
use crate::commands::forms::period_of;
use crate::commands::print::with_problems;
use crate::reports::model::Input;
use crate::reports::{REPORTS, named, report};
use crate::show::{json, report as draw};
use crate::store::{Folder, Git};

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    let mut tree = crate::commands::cli::command(
        "report",
        words(
            "Reports: day, week, month, quarter, year, orders, shipments, customers, repairs, quality, complaints, sla",
            "报表：日、周、月、季、年，订单跟踪，发货，客户分析，维修，产品质量，投诉，时限",
        ),
        lang,
    )
    .subcommand_required(true)
    .arg_required_else_help(true);
    for spec in REPORTS {
        tree = tree.subcommand(
            crate::commands::cli::command(spec.name, spec.help, lang)
                .arg(
                    word(
                        "PERIOD",
                        "PERIOD",
                        words(
                            "2026-11-21, 2026-W47, 2026-11, 2026-Q4, 2026, A..B, today, this-week, last-month …",
                            "2026-11-21、2026-W47、2026-11、2026-Q4、2026、起..止、today、this-week、last-month 等",
                        ),
                        lang,
                    )
                    .required(false),
                )
                .arg(format_flag(lang))
                .arg(records_flag(lang)),
        );
    }
    tree
}

/// Runs it.
///
/// # Errors
/// When the period is none, or a file can't be read.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let Some((name, args)) = args.subcommand() else { return Ok(()) };
    let Some(spec) = named(name) else { return Ok(()) };
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    // With settings that can't be read every figure would be a guess.
    book.sound()?;
    let period = match args.get_one::<String>("PERIOD") {
        Some(word) => period_of(&book, word)?,
        None => Period::holding(spec.unit, book.now.today()),
    };
    print(env, &folder, &book, name, period, args)
}

/// Prints the report of a name over a period, in the format and with the records that the flags ask for.
///
/// # Errors
/// When a file can't be read.
pub fn print(env: &Env, folder: &Folder, book: &Book<'_>, name: &str, period: Period, args: &ArgMatches) -> Outcome {
    let Some(spec) = named(name) else { return Ok(()) };
    let git = Git::probe(folder.root());
    let input = Input {
        folder: book.config.name.clone(),
        commit: git.as_ref().and_then(Git::head),
        dirty: git.as_ref().is_some_and(|git| git.dirty().unwrap_or(false)),
        now: book.now.time,
    };
    let made = report(book, spec, period, input);
    let records = args.get_flag("records");
    let format = args.get_one::<String>("format").map_or("text", String::as_str);
    let printed = match if env.json { "json" } else { format } {
        "json" => env.data(&json::text(&draw::json(&made))),
        "csv" => env.data(&draw::csv(&made, records, env.lang)),
        "md" => env.print(&draw::markdown(&made, records, &env.canvas)),
        _ => env.print(&draw::text(&made, records, &env.canvas)),
    };
    with_problems(book, printed)
}
