//! `cs report`: what happened in a period, with the records behind every figure (R59–R61), of the folder as it stands
//! or as it stood.

mod diff;
mod filing;
mod origin;

use clap::{Arg, ArgMatches, Command};

use crate::base::number::Code;
use crate::base::period::Period;
use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::{format_of, option, switch, word};
use crate::commands::env::Env;
use crate::commands::forms::period_of;
use crate::commands::handout;
use crate::commands::print::with_problems;
use crate::commands::progress::Counted;
use crate::reports::model::Report;
use crate::reports::{BUDGET, REPORTS, ReportSpec, budget, named, plans_of, report};
use crate::show::{Canvas, json, report as draw, report_html, report_xlsx};
use crate::store::Folder;
use crate::store::browser::PATIENCE;
use crate::tr;
use origin::{HERE, Origin};

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    let mut tree = crate::commands::cli::command("report", words("Reports", "报表"), lang)
        .about(about(lang))
        .subcommand_required(true)
        .arg_required_else_help(true);
    for spec in REPORTS {
        tree = tree.subcommand(
            crate::commands::cli::command(spec.name, spec.help, lang).arg(period_word(lang)).args(how(lang)).arg(
                option(
                    "rev",
                    "REV",
                    words(
                        "As the folder stood then: a commit, tag, HEAD~3, day or moment; its time is taken for now",
                        "按当时的文件夹：提交号、标签、HEAD~3、日期或时刻；以该提交的时间为“现在”",
                    ),
                    lang,
                ),
            ),
        );
    }
    tree.subcommand(diff::tree(lang)).subcommand(filing::due_tree(lang)).subcommand(filing::file_tree(lang))
}

/// What the reports are called: their names to type, in Chinese their titles.
fn about(lang: Lang) -> String {
    let called = |spec: &ReportSpec| match lang {
        Lang::En => spec.name,
        Lang::Zh => spec.title.zh,
    };
    let all: Vec<&str> = REPORTS.iter().map(called).collect();
    format!("{}{}", words("Reports: ", "报表：").get(lang), all.join(words(", ", "、").get(lang)))
}

fn period_word(lang: Lang) -> Arg {
    let help = words(
        "2026-11-21, 2026-W47, 2026-11, 2026-Q4, 2026-H2, 2026, A..B, today, this-week, last-month …",
        "2026-11-21、2026-W47、2026-11、2026-Q4、2026-H2、2026、起..止、今天、本周、上月等",
    );
    word("PERIOD", "PERIOD", help, lang).required(false)
}

/// In which format, and whereto: the flags of [`print`].
pub fn how(lang: Lang) -> impl Iterator<Item = Arg> {
    let format = words(
        "text (if left out), md, csv, json, html, xlsx, or pdf through an installed browser (CS_BROWSER names it)",
        "text（默认）、md、csv、json、html、xlsx，或 pdf（借助已安装的浏览器，可用 CS_BROWSER 指定）",
    );
    let records = words(
        "Name the records behind each figure (R59); xlsx has them on a sheet, html where a name is opened",
        "列出每个数字对应的单号（R59）；xlsx 列在单独的工作表，html 点开名称即可查看",
    );
    let out = words(
        "Into this file; if left out, xlsx and pdf go into a file here named by report and period, the rest to the terminal",
        "写入此文件；不填时 xlsx、pdf 写入当前目录的“报表名 期间.xlsx”或“.pdf”，其余输出到终端",
    );
    [
        option("format", "FORMAT", format, lang).value_parser(["text", "md", "csv", "json", "html", "xlsx", "pdf"]),
        switch("records", records, lang),
    ]
    .into_iter()
    .chain(handout::flags(out, lang))
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
    if spec.name == BUDGET && !budget::is_set(&book, period) {
        env.say(&tr!(
            "no budget is set for {period}: policy.toml, [budget]",
            "{period} 未设预算：请在 policy.toml 的 [budget] 中填写"
        ));
    }
    with_problems(&book, hand_over(env, &book, args, &made))
}

/// Prints the report of a name over a period, in the format and with the records that the flags ask for.
///
/// # Errors
/// When a file can't be read.
pub fn print(env: &Env, folder: &Folder, book: &Book<'_>, name: &str, period: Period, args: &ArgMatches) -> Outcome {
    let Some(spec) = named(name) else { return Ok(()) };
    let made = report(book, spec, period, Origin::Here(folder).input(book));
    with_problems(book, hand_over(env, book, args, &made))
}

/// Prints the report on planned work of one person, or of all, in the same way (R50).
///
/// # Errors
/// When a file can't be read.
pub fn print_plans(
    env: &Env,
    folder: &Folder,
    book: &Book<'_>,
    week: Period,
    who: Option<&Code>,
    args: &ArgMatches,
) -> Outcome {
    let Some(made) = plans_of(book, week, who, Origin::Here(folder).input(book)) else { return Ok(()) };
    with_problems(book, hand_over(env, book, args, &made))
}

/// A report as drawn.
enum Drawn {
    /// For the terminal.
    Lines(String),
    /// For a program, or a file.
    Data(String),
    /// For a file alone.
    File(Vec<u8>),
}

/// Draws the report in the format that was asked for, and hands it to where it goes.
fn hand_over(env: &Env, book: &Book<'_>, args: &ArgMatches, made: &Report) -> Outcome {
    let records = args.get_flag("records");
    let to_file = handout::wanted(args).is_some();
    // A file holds no colours and nothing wrapped, whatever terminal it is made from.
    let canvas = if to_file {
        Canvas::plain(env.lang, book.config.zone)
    } else {
        Canvas { zone: book.config.zone, ..env.canvas }
    };
    let html = || report_html::html(made, records, &canvas);
    let format = format_of(args).unwrap_or("text");
    let drawn = match if env.json { "json" } else { format } {
        "xlsx" => Drawn::File(report_xlsx::xlsx(made, &canvas)?),
        "pdf" => Drawn::File(env.browser.pdf(&html(), PATIENCE)?),
        "html" => Drawn::Data(html()),
        "json" => Drawn::Data(json::text(&draw::json(made))),
        "csv" => Drawn::Data(draw::csv(made, records, env.lang)),
        "md" => Drawn::Lines(draw::markdown(made, records, &canvas)),
        _ => Drawn::Lines(draw::text(made, records, &canvas)),
    };
    let bytes = match drawn {
        Drawn::Lines(text) if !to_file => return env.print(&text),
        Drawn::Data(text) if !to_file => return env.data(&text),
        Drawn::Lines(text) | Drawn::Data(text) => text.into_bytes(),
        Drawn::File(bytes) => bytes,
    };
    let name = format!("{} {}", made.title.get(env.lang), made.period);
    handout::hand_over(env, book, args, &name, format, &bytes)
}

/// The period that was typed, as the report takes it, else the running one of the report's usual length.
fn period(book: &Book<'_>, spec: &ReportSpec, args: &ArgMatches) -> Outcome<Period> {
    match args.get_one::<String>("PERIOD") {
        Some(word) => Ok(spec.over(period_of(book, word)?)?),
        None => Ok(Period::holding(spec.unit, book.now.today())),
    }
}
