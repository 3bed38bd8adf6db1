//! `cs work week`: the weekly plan and summary of each specialist, 工作计划与小结 (R50).

use clap::{ArgMatches, Command};

use crate::base::field::List;
use crate::base::period::{Period, Unit};
use crate::base::problem::{Outcome, Problem};
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::{command, option, word};
use crate::commands::env::Env;
use crate::commands::forms::{Guest, period_of};
use crate::commands::report;
use crate::forms::work::WORK;
use crate::tr;

const VERB: &str = "week";

/// The command joins those of the work item.
pub const GUEST: Guest = Guest {
    tree: |group, lang| if group == WORK.verbs.command { vec![tree(lang)] } else { Vec::new() },
    run: |env, group, verb, args| (group == WORK.verbs.command && verb == VERB).then(|| run(env, args)),
};

fn tree(lang: Lang) -> Command {
    let about = words(
        "Show each person's weekly plan and summary: what was due, what was done on time, and what comes next (R50)",
        "查看每人的工作计划与小结：应完成、按时完成、得分和下周事项（R50）",
    );
    let week = words(
        "2026-W47, this-week, last-week or next-week; this week if left out",
        "2026-W47、本周、上周或下周（默认本周）",
    );
    command(VERB, about, lang)
        .arg(word("WEEK", "WEEK", week, lang).required(false))
        .arg(option("staff", "STAFF", words("Only this person's", "只看此人"), lang))
        .args(report::how(lang))
}

/// Runs it.
///
/// # Errors
/// When the week or the person is none, or something can't be read.
fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    // With settings that can't be read every day would be a guess.
    book.sound()?;
    let week = week_of(&book, args)?;
    let who = args.get_one::<String>("staff").map(|word| book.list(List::Staff).resolve(word)).transpose()?;
    let who = who.and_then(|code| code.parse().ok());
    report::print_plans(env, &folder, &book, week, who.as_ref(), args)
}

/// The week that was typed as WEEK, else the one that runs.
///
/// # Errors
/// When it is no week.
pub fn week_of(book: &Book<'_>, args: &ArgMatches) -> Outcome<Period> {
    let Some(word) = args.get_one::<String>("WEEK") else {
        return Ok(Period::holding(Unit::Week, book.now.today()));
    };
    let period = period_of(book, word)?;
    if period != Period::holding(Unit::Week, period.from) {
        return Err(Problem::new(
            "work.week",
            tr!("\"{word}\" is no week", "“{word}”不是一周"),
            tr!("write a week, as 2026-W47 or last-week", "请写周次，如 2026-W47 或上周"),
        )
        .into());
    }
    Ok(period)
}
