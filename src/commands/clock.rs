//! `cs complain clock`: each target of a complaint, how it stands, and how that was reckoned (R48).

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::time::{Time, rfc3339, wall_minute};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::clock::{Clock, Target};
use crate::commands::cli::{command, number_word};
use crate::commands::env::Env;
use crate::commands::find::find_number;
use crate::commands::forms::Guest;
use crate::complaints::{Timed, clocks};
use crate::derived::timed;
use crate::forms::complaint::COMPLAINT;
use crate::show::{clean, json as document, table};
use crate::tr;

/// The command joins those of the complaint.
pub const GUEST: Guest = Guest {
    tree: |group, lang| if group == COMPLAINT.verbs.command { vec![tree(lang)] } else { Vec::new() },
    run: |env, group, verb, args| (group == COMPLAINT.verbs.command && verb == "clock").then(|| run(env, args)),
};

fn tree(lang: Lang) -> Command {
    let about = words(
        "Show every target of a complaint, cycle by cycle, with each interval counted and skipped (R48)",
        "逐轮查看投诉的各项时限，并列出每段计时与不计时的时间（R48）",
    );
    command("clock", about, lang).arg(number_word(COMPLAINT.prefix, lang))
}

/// Runs it.
///
/// # Errors
/// When no complaint is meant, or something can't be read.
fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let whole = Book::open(&folder, env.time);
    // With settings that can't be read every due time would be a guess.
    whole.sound()?;
    // With an earlier --now, how it stood then (R49).
    let book = whole.as_of(env.time);
    let word = args.get_one::<String>("NUMBER").map_or("", String::as_str);
    let number = find_number(&book, &[&COMPLAINT], word)?;
    if super::forms::step::existing(&whole, &number)?.is_void() {
        return Err(Problem::new(
            "form.void",
            tr!("{number} is void: no clock runs for it", "{number} 已作废，不再计时"),
            tr!("see why: cs show {number}", "查看原因：cs show {number}"),
        )
        .into());
    }
    let form = super::forms::step::existing(&book, &number)?;
    let clocks = clocks(&book, &form);
    if env.json {
        let list: Vec<Value> = clocks.iter().map(|timed| object(&book, timed)).collect();
        env.data(&document::text(&json!(list)))?;
    } else {
        let mut text = table::text(&timed(&book, &clocks), &env.canvas);
        for timed in &clocks {
            text.push('\n');
            text.push_str(&clean::clean_lines(&explained(env, &book, timed)));
        }
        env.print(&text)?;
    }
    all_or(book.take_problems())
}

/// A clock as scripts see it.
fn object(book: &Book<'_>, timed: &Timed) -> Value {
    let reading = timed.read(book);
    let intervals: Vec<Value> = reading
        .intervals
        .iter()
        .map(|interval| {
            json!({
                "from": rfc3339(interval.from),
                "to": rfc3339(interval.to),
                "minutes": interval.minutes,
                "why": interval.why.code(),
            })
        })
        .collect();
    json!({
        "rule": timed.goal.rule(),
        "target": timed.goal.code(),
        "cycle": timed.cycle,
        "start": rfc3339(timed.clock.start),
        "due": reading.due.map(rfc3339),
        "stopped": timed.stopped(book).map(rfc3339),
        "state": reading.state.code(),
        "used_minutes": reading.used_minutes,
        "left_minutes": reading.left_minutes,
        "intervals": intervals,
    })
}

/// A clock as a person reads it: what it measures, and its reckoning.
fn explained(env: &Env, book: &Book<'_>, timed: &Timed) -> String {
    let (rule, cycle, name, state) = (timed.goal.rule(), timed.cycle, timed.goal.name(), timed.read(book).state.name());
    let head = tr!("{rule} cycle {cycle}, {name}: {state}", "{rule} 第 {cycle} 轮 {name}：{state}"; name, state);
    format!("{}\n{}", head.get(env.lang), reckoned(env.lang, book, &timed.clock, timed.seen(book)))
}

/// How a clock was reckoned up to a moment, line by line: its target, each interval, and its warning (R47, R48).
pub fn reckoned(lang: Lang, book: &Book<'_>, clock: &Clock, seen: Time) -> String {
    let (zone, percent) = (book.now.zone, book.figures().warn_percent);
    let reading = book.reading(clock, seen);
    let mut text = format!("  {} {}\n", target(clock.target).get(lang), wall_minute(clock.start, zone));
    for interval in &reading.intervals {
        let (from, to) = (wall_minute(interval.from, zone), wall_minute(interval.to, zone));
        let (why, unit) = (interval.why.name().get(lang), words("min", "分钟").get(lang));
        text.push_str(&format!("  {from} – {to}  {:>6} {unit}  {why}\n", interval.minutes));
    }
    if reading.warn {
        let warning = tr!("{percent} % of the time is used (R47)", "时限已用去 {percent}%（R47）");
        text.push_str(&format!("  {}\n", warning.get(lang)));
    }
    text
}

/// A target as a person says it.
fn target(target: Target) -> Text {
    match target {
        Target::Real(n) => tr!("{n} minutes from", "{n} 分钟，起于"),
        Target::Business(n) => tr!("{n} working minutes from", "{n} 工作分钟，起于"),
        Target::Workdays(n) => tr!("{n} working days from", "{n} 个工作日，起于"),
    }
}
