//! `cs score clauses`: the clauses in force on a day. `cs score ledger`: every entry of a period, with its reversal, what
//! it is worth and the running sums (R56, R58). `cs score standing`: who has lost how many points in a half-year (R57).

use clap::{ArgMatches, Command};

use crate::base::field::List;
use crate::base::period::Period;
use crate::base::problem::{Outcome, Problem};
use crate::base::table::{Cell, Row, Table, column};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::commands::cli::{command, format_flag, format_of, option, word};
use crate::commands::env::Env;
use crate::commands::forms::{Guest, period_of};
use crate::commands::known::{asked, day_given, over_known};
use crate::commands::print::{print_table, print_with_records};
use crate::forms::score::SCORE;
use crate::reports::scores::{effect, ledger as ledger_of};
use crate::scores::{Level, half_of, standings};
use crate::tr;

/// The commands join those of the score entry.
pub const GUEST: Guest = Guest {
    tree: |group, lang| {
        if group == SCORE.verbs.command {
            vec![clauses_tree(lang), ledger_tree(lang), standing_tree(lang)]
        } else {
            Vec::new()
        }
    },
    run: |env, group, verb, args| match verb {
        _ if group != SCORE.verbs.command => None,
        "clauses" => Some(clauses(env, args)),
        "ledger" => Some(ledger(env, args)),
        "standing" => Some(standing(env, args)),
        _ => None,
    },
};

fn clauses_tree(lang: Lang) -> Command {
    let about = words("Show the clauses in force and their points (R58, R68)", "查看现行绩效条款及分值（R58、R68）");
    command("clauses", about, lang)
        .arg(option("on", "DATE", words("On this day; today if left out", "查看该日有效的条款（默认今天）"), lang))
        .arg(format_flag(lang))
}

fn ledger_tree(lang: Lang) -> Command {
    let about = words(
        "Show every entry of a period and its reversal, with running sums of each person; this half-year if none is given (R56, R58)",
        "查看某期间的绩效台账：各条记录、冲销及各人累计（默认本半年）（R56、R58）",
    );
    let who = words("Of this person: code, name or part of a name", "只看此人：员工代码、姓名或其一部分");
    let when = words(
        "2026-H2, 2026-11, 2026-11-21, A..B, this-month …",
        "期间，如 2026-H2、2026-11、2026-11-21、起..止、本月",
    );
    command("ledger", about, lang)
        .arg(word("STAFF", "STAFF", who, lang).required(false))
        .arg(word("PERIOD", "PERIOD", when, lang).required(false))
        .arg(format_flag(lang))
}

fn standing_tree(lang: Lang) -> Command {
    let about = words(
        "Show who has lost how many points in a half-year: who is warned, who is not to stay in post (R57)",
        "查看半年累计扣分：预警及不宜留岗人员（R57）",
    );
    let half = words(
        "The half-year, as 2026-H2 or last-half; this one if left out",
        "半年，如 2026-H2 或 last-half（默认本半年）",
    );
    command("standing", about, lang).arg(option("half", "HALF", half, lang)).arg(format_flag(lang))
}

/// Runs `cs score clauses`.
///
/// # Errors
/// When the day is none, or something can't be read.
fn clauses(env: &Env, args: &ArgMatches) -> Outcome {
    over_known(env, |book| {
        let day = day_given(book, args)?;
        let rows = book.policy.at(day).clauses.iter().map(|clause| Row {
            cells: vec![
                Cell::Text(clause.code.clone()),
                effect(clause.is_award()),
                Cell::Words(clause.name.clone()),
                Cell::count(clause.min),
                Cell::count(clause.max),
            ],
            records: Vec::new(),
        });
        let table = Table {
            name: "clauses",
            title: words("Clauses", "绩效条款"),
            columns: vec![
                column("clause", "Clause", "条款").whole(),
                column("effect", "Effect", "性质").whole(),
                column("about", "About", "内容"),
                column("min", "From", "最低分").numeric(),
                column("max", "To", "最高分").numeric(),
            ],
            rows: rows.collect(),
        };
        print_table(env, &table, format_of(args))
    })
}

/// Runs `cs score ledger`.
///
/// # Errors
/// When the person or the period is none, or something can't be read.
fn ledger(env: &Env, args: &ArgMatches) -> Outcome {
    over_known(env, |book| {
        let given = |name: &str| args.get_one::<String>(name).map(String::as_str);
        let (who, period) = asked(book, given("STAFF"), given("PERIOD"), half_of(book.now.today()))?;
        print_with_records(env, &ledger_of(book, period, who.as_ref()), format_of(args), false)
    })
}

/// The half-year that a word names.
fn half(book: &Book<'_>, word: &str) -> Outcome<Period> {
    let period = period_of(book, word)?;
    if period != half_of(period.from) {
        return Err(Problem::new(
            "score.half",
            tr!("\"{word}\" is no half-year (R57)", "“{word}”不是半年（R57）"),
            tr!("write 2026-H1, 2026-H2, this-half or last-half", "请写 2026-H1、2026-H2、本半年或 last-half"),
        )
        .into());
    }
    Ok(period)
}

/// Runs `cs score standing`.
///
/// # Errors
/// When the half-year is none, or something can't be read.
fn standing(env: &Env, args: &ArgMatches) -> Outcome {
    over_known(env, |book| {
        let word = args.get_one::<String>("half");
        let half = word.map_or(Ok(half_of(book.now.today())), |word| half(book, word))?;
        let standings = standings(book, half, None);
        let rows = standings.iter().map(|standing| Row {
            cells: vec![
                Cell::Text(standing.staff.to_string()),
                Cell::Text(book.name(List::Staff, standing.staff.as_str())),
                Cell::count(standing.taken),
                Cell::count(standing.given),
                Cell::from(standing.worth),
                Cell::coded(standing.level.code(), standing.level.name()),
            ],
            records: standing.entries.iter().map(|form| form.number.clone()).collect(),
        });
        let table = Table {
            name: "standing",
            title: words("Points in the half-year", "半年绩效分"),
            columns: vec![
                column("staff", "Code", "工号").whole(),
                column("name", "Name", "姓名"),
                column("taken", "Taken", "扣分").numeric(),
                column("given", "Given", "加分").numeric(),
                column("worth", "Worth", "折合金额").numeric(),
                column("standing", "Standing", "状态").whole(),
            ],
            rows: rows.collect(),
        };
        print_with_records(env, &table, format_of(args), false)?;
        if env.json {
            return Ok(());
        }
        env.say(&told(book, half, standings.iter().filter(|standing| standing.level == Level::Flagged).count()));
        Ok(())
    })
}

/// Which half-year was counted, by which figures, and how many are over the line.
fn told(book: &Book<'_>, half: Period, flagged: usize) -> Text {
    let figures = book.policy.at(half.from);
    let (warn, flag) = (figures.score_warn, figures.score_flag);
    tr!(
        "{half}: warned from {warn} points taken on, not to stay in post from {flag} on: {flagged} (R57)",
        "{half}：累计扣 {warn} 分起预警，扣 {flag} 分起不宜留岗，现有 {flagged} 人（R57）"
    )
}
