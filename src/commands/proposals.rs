//! `cs score proposals`: the entries that facts on record propose. `cs score accept` makes an entry of one, `cs score
//! decline` keeps on record that it is none (R58).

use std::cell::OnceCell;
use std::sync::Arc;

use clap::{Arg, ArgMatches, Command};
use serde_json::Value as Json;

use crate::base::field::{Fields, Value};
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::commands::cli::{command, format_flag, format_of, option, word};
use crate::commands::env::{Env, happened};
use crate::commands::forms::{Draft, Guest, document, draft, period_of};
use crate::commands::known::over_known;
use crate::commands::print::print_with_records;
use crate::commands::save::save;
use crate::commands::typed::typed_as;
use crate::forms::form::Form;
use crate::forms::score::{SCORE, Score};
use crate::forms::with_prefix;
use crate::forms::write::Taken;
use crate::proposals::{Proposal, day_named, decisions};
use crate::reports::scores::proposed;
use crate::scores::told;
use crate::show::json;
use crate::store::Folder;
use crate::tr;

const LIST: &str = "proposals";
const ACCEPT: &str = "accept";
const DECLINE: &str = "decline";

/// The commands join those of the score entry.
pub const GUEST: Guest = Guest {
    tree: |group, lang| {
        if group == SCORE.verbs.command {
            vec![list_tree(lang), accept_tree(lang), decline_tree(lang)]
        } else {
            Vec::new()
        }
    },
    run: |env, group, verb, args| match verb {
        _ if group != SCORE.verbs.command => None,
        LIST => Some(list(env, args)),
        ACCEPT => Some(decide(env, ACCEPT, args)),
        DECLINE => Some(decide(env, DECLINE, args)),
        _ => None,
    },
};

fn list_tree(lang: Lang) -> Command {
    let about = words(
        "Show the entries that facts on record propose: unfinished work, late tasks, failed tests, missed shifts, praise (R58)",
        "查看按记录提出的加扣分建议：下班前未完成的工作、逾期的交办任务、测验不及格、无故缺勤或迟到早退、客户表扬（R58）",
    );
    let when = words(
        "2026-11, 2026-W47, 2026-11-21, A..B, last-month …; this month if left out",
        "期间，如 2026-11、2026-W47、2026-11-21、起..止、上月（默认本月）",
    );
    command(LIST, about, lang).arg(word("PERIOD", "PERIOD", when, lang).required(false)).arg(format_flag(lang))
}

/// The keys of the proposals that a command is about.
fn keys(lang: Lang) -> Arg {
    let help = words(
        "Keys as cs score proposals lists them, or unambiguous parts of them",
        "建议编号（见 cs score proposals），或能唯一确定的一部分",
    );
    word("KEY", "KEY", help, lang).num_args(1..)
}

fn accept_tree(lang: Lang) -> Command {
    let about =
        words("Make an entry of a proposal; signed by a supervisor (R58)", "采纳建议，登记加扣分；由主管操作（R58）");
    let points = words("Inside the clause's span; its fewest if left out", "分值，须在条款范围内（默认为最低分）");
    command(ACCEPT, about, lang).arg(keys(lang)).arg(option("points", "N", points, lang))
}

fn decline_tree(lang: Lang) -> Command {
    let about = words(
        "Keep on record that a proposal is no entry: it counts nowhere and is not proposed again (R58)",
        "不采纳建议：留档备查，不计分，不再提出（R58）",
    );
    let reason = words("Why (required)", "原因（必填）");
    command(DECLINE, about, lang).arg(keys(lang)).arg(option("reason", "WHY", reason, lang).required(true))
}

/// Runs `cs score proposals`.
///
/// # Errors
/// When the period is none, or something can't be read.
fn list(env: &Env, args: &ArgMatches) -> Outcome {
    over_known(env, |book| {
        let month = Period::holding(Unit::Month, book.now.today());
        let period = args.get_one::<String>("PERIOD").map_or(Ok(month), |word| period_of(book, word))?;
        print_with_records(env, &proposed(book, period), format_of(args), false)
    })
}

/// Runs `cs score accept` and `cs score decline`: an entry for each proposal, in a change of its own. None is made unless
/// all may be.
///
/// # Errors
/// When a key means no proposal or several, or an entry may not be made.
fn decide(env: &Env, verb: &'static str, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let words: Vec<&str> = args.get_many::<String>("KEY").into_iter().flatten().map(String::as_str).collect();
    let headers = {
        let book = Book::open(&folder, env.time);
        book.sound()?;
        let meant = meant(&book, &words)?;
        let headers: Vec<Fields> =
            meant.iter().map(|proposal| header(&book, proposal, args)).collect::<Outcome<Vec<_>>>()?;
        let mut wrong = Vec::new();
        for header in &headers {
            wrong.extend(entry(env, &folder, &book, header, args)?.wrong);
        }
        wrong.dedup_by(|a, b| a.code == b.code && a.message == b.message);
        all_or(wrong)?;
        book.sound()?;
        headers
    };
    let mut documents = Vec::new();
    for header in &headers {
        let command = format!("{} {verb}", SCORE.verbs.command);
        save(
            env,
            &folder,
            &command,
            &[],
            |book, _| {
                let Draft { mut change, wrong, .. } = entry(env, &folder, book, header, args)?;
                all_or(wrong)?;
                book.sound()?;
                change.subject = verb.to_string();
                Ok(change)
            },
            |book, change| {
                let form = change.record.parse::<Number>().ok().and_then(|number| book.form(&number));
                if env.json {
                    documents.extend(form.map(|form| document(env, book, &form)));
                    return Ok(());
                }
                env.data(&format!("{}\n", change.record))?;
                form.and_then(|form| told(book, &form)).iter().for_each(|standing| env.say(standing));
                Ok(())
            },
        )?;
    }
    if env.json && !env.dry_run { env.data(&json::text(&Json::Array(documents))) } else { Ok(()) }
}

/// The proposals that keys mean, in the order of the keys. One that names its day is looked for on that day, any other in
/// this month and the last.
fn meant(book: &Book<'_>, words: &[&str]) -> Outcome<Vec<Proposal>> {
    let recent = OnceCell::new();
    let of_recent = || {
        let today = book.now.today();
        let month = Period::holding(Unit::Month, today);
        let period = Period::between(month.previous().from, today).unwrap_or(month);
        decisions(book, period)
    };
    let (mut found, mut wrong): (Vec<Proposal>, Vec<Problem>) = (Vec::new(), Vec::new());
    for word in words {
        let all = match day_named(word) {
            Some(day) => &decisions(book, Period::holding(Unit::Day, day)),
            None => recent.get_or_init(of_recent),
        };
        match one(all, word) {
            Ok(proposal) if found.iter().any(|known| known.key == proposal.key) => {}
            Ok(proposal) => found.push(proposal),
            Err(problem) => wrong.push(problem),
        }
    }
    all_or(wrong)?;
    Ok(found)
}

/// A proposal, and the entry that settled it, where one did.
type Decision = (Proposal, Option<Arc<Form>>);

/// Those that a word means, whole or in part, in any letter case; a whole key ends in no other.
fn named<'a>(all: impl Iterator<Item = &'a Decision>, word: &str) -> Vec<&'a Decision> {
    let wanted = word.to_ascii_uppercase();
    let mut found: Vec<&Decision> =
        all.filter(|(proposal, _)| proposal.key.to_ascii_uppercase().contains(&wanted)).collect();
    // A tail goes before what stands in the midst, as it does in numbers: yx-1 begins many a day's key.
    let is_tail = |(proposal, _): &&Decision| proposal.key.to_ascii_uppercase().ends_with(&wanted);
    if found.iter().any(is_tail) {
        found.retain(is_tail);
    }
    found
}

/// The proposal that waits and that a word means.
fn one(all: &[Decision], word: &str) -> Result<Proposal, Problem> {
    match named(all.iter().filter(|(_, entry)| entry.is_none()), word).as_slice() {
        [(proposal, _)] => Ok(proposal.clone()),
        [] => Err(match named(all.iter(), word).as_slice() {
            [(proposal, Some(entry))] => decided(proposal, entry),
            _ => unknown(word),
        }),
        several => {
            let few = several.iter().take(5).map(|(proposal, _)| proposal.key.as_str()).collect::<Vec<_>>();
            let (count, en, zh) = (several.len(), few.join(", "), few.join("、"));
            Err(Problem::new(
                "proposal.several",
                tr!("\"{word}\" means {count} proposals", "“{word}”可指 {count} 条建议"),
                tr!("give more of the key: {en}", "请把编号写得更完整：{zh}"),
            ))
        }
    }
}

/// The problem of a word that means no proposal.
fn unknown(word: &str) -> Problem {
    Problem::new(
        "proposal.unknown",
        tr!("no proposal \"{word}\" waits (R58)", "没有待处理的建议“{word}”（R58）"),
        tr!(
            "see those that wait: cs score proposals PERIOD; of a month before the last, give the key with its day",
            "请用 cs score proposals 期间 查看；上月以前的，编号须写到日期"
        ),
    )
}

/// The problem of a proposal that was decided: as which entry, and how that is undone.
fn decided(proposal: &Proposal, entry: &Form) -> Problem {
    let (key, number, score) = (&proposal.key, &entry.number, Score::of(entry));
    let (message, help) = match (score.is_declined(), score.reversed().is_some()) {
        (true, _) => (
            tr!("{key} was declined as {number} (R58)", "建议 {key} 已不采纳，见 {number}（R58）"),
            tr!(
                "to decide anew: cs score reverse {number} --reason WHY",
                "如需重新处理：cs score reverse {number} --reason 原因"
            ),
        ),
        (false, true) => (
            tr!(
                "{key} was accepted as {number}, which was reversed (R58)",
                "建议 {key} 已采纳为 {number}，后已冲销（R58）"
            ),
            tr!("if points are due, enter them: cs score add", "如仍需加扣分，请重新登记：cs score add"),
        ),
        (false, false) => (
            tr!("{key} was accepted as {number} (R58)", "建议 {key} 已采纳，见 {number}（R58）"),
            tr!("see it: cs score show {number}", "查看：cs score show {number}"),
        ),
    };
    Problem::new("proposal.decided", message, help)
}

/// The header of the entry that a proposal becomes.
fn header(book: &Book<'_>, proposal: &Proposal, args: &ArgMatches) -> Outcome<Fields> {
    let given = |key: &str, flag: &str, called: &Text| {
        let word = args.try_get_one::<String>(flag).ok().flatten();
        SCORE.field(key).zip(word).map(|(field, word)| typed_as(book, field, word, called)).transpose()
    };
    let points = given("points", "points", &tr!("--points", "分值（--points）"))?;
    let why = given("why", "reason", &tr!("--reason", "原因（--reason）"))?;
    let fact = &proposal.fact;
    let text = |text: &str| Some(Value::Text(text.to_string()));
    let lang = book.config.lang.unwrap_or(Lang::En);
    let mut header = Fields::default();
    for (key, value) in [
        ("staff", text(fact.staff.as_str())),
        ("clause", text(fact.clause)),
        ("points", points.or(Some(Value::Whole(proposal.points)))),
        ("on", Some(Value::Date(fact.on))),
        ("record", fact.record().filter(names).map(Value::Record)),
        ("evidence", text(fact.words.get(lang))),
        ("proposal", text(&proposal.key)),
        ("decision", why.as_ref().and_then(|_| text("declined"))),
        ("why", why),
    ] {
        if let (Some(field), Some(value)) = (SCORE.field(key), value) {
            header.set(field, value);
        }
    }
    Ok(header)
}

/// Whether an entry may name a record.
fn names(record: &Number) -> bool {
    with_prefix(record.prefix()).is_some_and(|spec| SCORE.names().any(|kind| kind == spec.kind))
}

/// The entry as it is to be saved, by whoever acts now.
fn entry(env: &Env, folder: &Folder, book: &Book<'_>, header: &Fields, args: &ArgMatches) -> Outcome<Draft> {
    let by = env.actor(book, folder)?;
    let taken = Taken { verb: "new", at: happened(book, args)?, by: &by, note: None, attach: &[] };
    draft(folder, book, &SCORE, header, &[], &taken)
}
