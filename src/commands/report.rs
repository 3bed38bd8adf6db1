//! `cs report`: what happened in a period, with the records behind every figure (R59–R61), of the folder as it stands
//! or as it stood.

mod diff;
mod filing;
mod origin;

use clap::{Arg, ArgMatches, Command};

use crate::base::period::Period;
use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::{format_flag, option, switch, word};
use crate::commands::env::Env;
use crate::commands::forms::period_of;
use crate::commands::print::with_problems;
use crate::commands::progress::Counted;
use crate::reports::{REPORTS, ReportSpec, named, report};
use crate::show::{Canvas, json, report as draw};
use origin::{HERE, Origin};

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    let mut tree = crate::commands::cli::command(
        "report",
        words(
            "Reports: day, week, month, quarter, year, orders, shipments, repairs, quality",
            "报表：日、周、月、季、年，订单跟踪，发货，维修，产品质量",
        ),
        lang,
    )
    .subcommand_required(true)
    .arg_required_else_help(true);
    for spec in REPORTS {
        tree = tree.subcommand(
            crate::commands::cli::command(spec.name, spec.help, lang)
                .arg(period_word(lang))
                .arg(format_flag(lang))
                .arg(switch(
                    "records",
                    words("Name the records behind each figure (R59)", "列出每个数字对应的单号（R59）"),
                    lang,
                ))
                .arg(option(
                    "rev",
                    "REV",
                    words(
                        "As the folder stood then: a commit, tag, HEAD~3, day or moment; its time is taken for now",
                        "按当时的文件夹：提交号、标签、HEAD~3、日期或时刻；以该提交的时间为“现在”",
                    ),
                    lang,
                )),
        );
    }
    tree.subcommand(diff::tree(lang)).subcommand(filing::due_tree(lang)).subcommand(filing::file_tree(lang))
}

fn period_word(lang: Lang) -> Arg {
    let help = words(
        "2026-11-21, 2026-W47, 2026-11, 2026-Q4, 2026, A..B, today, this-week, last-month …",
        "2026-11-21、2026-W47、2026-11、2026-Q4、2026、起..止、today、this-week、last-month 等",
    );
    word("PERIOD", "PERIOD", help, lang).required(false)
}

/// Runs it.
///
/// # Errors
/// When the period is none, or a file can't be read.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let Some((name, args)) = args.subcommand() else { return Ok(()) };
    match name {
        "diff" => diff::run(env, args),
        "due" => filing::due(env, args),
        "file" => filing::file(env, args),
        name => named(name).map_or(Ok(()), |spec| one(env, spec, args)),
    }
}

fn one(env: &Env, spec: &'static ReportSpec, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let origin = Origin::named(env, &folder, args.get_one::<String>("rev").map_or(HERE, String::as_str))?;
    let source = Counted::new(origin.source());
    let book = Book::open(&source, if env.timed { env.time } else { origin.time(env) });
    // With settings that can't be read every figure would be a guess.
    book.sound()?;
    let period = period(&book, spec, args)?;
    let made = source.during(env, || report(&book, spec, period, origin.input(&book)));
    let records = args.get_flag("records");
    let canvas = Canvas { zone: book.config.zone, ..env.canvas };
    let format = args.get_one::<String>("format").map_or("text", String::as_str);
    let printed = match if env.json { "json" } else { format } {
        "json" => env.data(&json::text(&draw::json(&made))),
        "csv" => env.data(&draw::csv(&made, records, env.lang)),
        "md" => env.print(&draw::markdown(&made, records, &canvas)),
        _ => env.print(&draw::text(&made, records, &canvas)),
    };
    with_problems(&book, printed)
}

/// The period that was typed, else the running one of the report's usual length.
fn period(book: &Book<'_>, spec: &ReportSpec, args: &ArgMatches) -> Outcome<Period> {
    match args.get_one::<String>("PERIOD") {
        Some(word) => Ok(period_of(book, word)?),
        None => Ok(Period::holding(spec.unit, book.now.today())),
    }
}
