//! The commands of settlement, for each account under the command of its records: `cs ship statement`, `decide`,
//! `settle`, `payment`, and the same under `cs repair` (R16, R21).

mod decide;
mod draw;
mod payment;
mod settle;
mod statement;

use clap::{Arg, ArgMatches, Command};

use super::cli::option;
use super::env::Env;
use super::forms::{Guest, period_of};
use super::save::Change;
use crate::base::money::Money;
use crate::base::number::Code;
use crate::base::period::{Period, Unit};
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::source::Source;
use crate::base::time::{rfc3339, wall_minute};
use crate::base::words::{Lang, Text, Words};
use crate::book::Book;
use crate::registers::{SETTLEMENTS, read};
use crate::settlement::{ACCOUNTS, Account, Barred, Compared, Item};
use crate::store::Folder;
use crate::store::csv_edit::csv_change;
use crate::tr;

/// The commands that join those of the forms.
pub const GUEST: Guest = Guest { tree, run };

/// A command of settlement: its name, its line, and what it does.
type Verb = (&'static str, fn(&'static Account, Lang) -> Command, fn(&Env, &'static Account, &ArgMatches) -> Outcome);

/// The commands, in the order of the work.
const VERBS: &[Verb] = &[
    ("statement", statement::tree, statement::run),
    ("decide", decide::tree, decide::run),
    ("settle", settle::tree, settle::run),
    ("payment", payment::tree, payment::run),
];

fn accounts(group: &str) -> impl Iterator<Item = &'static Account> {
    ACCOUNTS.iter().copied().filter(move |account| account.command == group)
}

fn tree(group: &str, lang: Lang) -> Vec<Command> {
    accounts(group).flat_map(|account| VERBS.iter().map(move |(_, tree, _)| tree(account, lang))).collect()
}

fn run(env: &Env, group: &str, verb: &str, args: &ArgMatches) -> Option<Outcome> {
    let account = accounts(group).next()?;
    let (.., run) = VERBS.iter().find(|(name, ..)| *name == verb)?;
    Some(run(env, account, args))
}

/// The flags that name a party and a month.
fn party_and_month(account: &'static Account, lang: Lang) -> [Arg; 2] {
    const PARTY: Words = Words { en: "Code, name or part of a name", zh: "代码、名称或名称的一部分" };
    const MONTH: Words =
        Words { en: "The month that is settled, as 2026-10 or last-month", zh: "结算月份，如 2026-10 或上月" };
    [option(account.flag, "CODE", PARTY, lang).required(true), option("month", "MONTH", MONTH, lang).required(true)]
}

/// The party that a word means, by its code.
fn party_of(book: &Book<'_>, account: &'static Account, word: &str) -> Outcome<String> {
    Ok(book.list(account.list).resolve(word)?)
}

/// The month that a word means; it has begun.
fn month_of(book: &Book<'_>, word: &str) -> Outcome<Period> {
    let period = period_of(book, word)?;
    if period != Period::holding(Unit::Month, period.from) {
        return Err(Problem::new(
            "settlement.month",
            tr!("\"{word}\" is no month", "“{word}”不是月份"),
            tr!("write a month, as 2026-10 or last-month", "请写月份，如 2026-10 或上月"),
        )
        .into());
    }
    if period.from > book.now.today() {
        return Err(Problem::new(
            "settlement.month",
            tr!("{period} has not begun", "{period} 还没有开始"),
            tr!("settle a month that has begun", "请填写已开始的月份"),
        )
        .into());
    }
    Ok(period)
}

/// Party and month as the flags name them.
fn named(book: &Book<'_>, account: &'static Account, args: &ArgMatches) -> Outcome<(String, Period)> {
    let word = |name: &str| args.get_one::<String>(name).map_or("", String::as_str);
    Ok((party_of(book, account, word(account.flag))?, month_of(book, word("month"))?))
}

/// A party's month as it stands; nothing may be unreadable.
fn compared(book: &Book<'_>, account: &'static Account, party: &str, month: Period) -> Outcome<Compared> {
    let found = crate::settlement::compare(book, account, month, Some(party)).pop();
    book.sound()?;
    Ok(found.unwrap_or(Compared {
        account,
        party: party.to_string(),
        month,
        statement: None,
        others: Vec::new(),
        items: Vec::new(),
    }))
}

/// A party's month as a change has left it.
fn changed(book: &Book<'_>, account: &'static Account, change: &Change) -> Outcome<Compared> {
    let (party, month) = change.record.rsplit_once(' ').unwrap_or_default();
    compared(book, account, party, month_of(book, month)?)
}

/// The refusal of what needs a statement where none is on record.
fn no_statement(month: &Compared) -> Problem {
    let (party, period, command, flag) = (&month.party, month.month, month.account.command, month.account.flag);
    Problem::new(
        "settlement.none",
        tr!("no statement of {party} for {period} is on record", "没有 {party} {period} 的对账单"),
        tr!(
            "import it first: cs {command} statement FILE --{flag} {party} --month {period}",
            "请先导入：cs {command} statement 文件 --{flag} {party} --month {period}"
        ),
    )
}

/// The refusal of so much for a line that names a record for which nothing is owed with this statement (R16–R18, R21).
fn held_back(month: &Compared, item: &Item, amount: Option<Money>) -> Option<Problem> {
    let Barred { number, bar } = item.held_back(amount)?;
    let (party, period, key) = (&month.party, month.month, &item.key);
    let (rule, command, why) = (month.account.rule, month.account.command, bar.said());
    Some(Problem::new(
        "settlement.held",
        tr!(
            "{number}: {why}; nothing is paid for it here ({rule})",
            "{number}：{why}，不能在此付款（{rule}）"; why
        ),
        tr!(
            "hold it back: cs {command} decide {party} {period} {key} dispute --note WHY",
            "请暂不付款：cs {command} decide {party} {period} {key} dispute --note 原因"
        ),
    ))
}

/// The command that comes next for a party's month, if any does.
fn next(month: &Compared) -> Option<Text> {
    let (party, period, command, flag) = (&month.party, month.month, month.account.command, month.account.flag);
    month.statement.as_ref()?;
    let undecided = month.undecided().next();
    Some(match undecided {
        Some(item) => {
            let key = &item.key;
            tr!(
                "cs {command} decide {party} {period} {key} accept|dispute|correct --note WHY",
                "cs {command} decide {party} {period} {key} accept|dispute|correct --note 原因"
            )
        }
        None if month.payable().next().is_some() => {
            Text::same(format!("cs {command} settle --{flag} {party} --month {period}"))
        }
        None => Text::same(format!("cs {command} payment --{flag} {party} --month {period}")),
    })
}

/// Cells of an entry, beside those that every entry has.
type Cells = Vec<(&'static str, String)>;

/// The refusal of an entry before what it rests on.
fn backwards(month: &Compared, last: &str) -> Problem {
    let (party, period) = (&month.party, month.month);
    Problem::new(
        "settlement.time",
        tr!(
            "something was entered about {party} {period} at {last}: this would come before it",
            "{party} {period} 在 {last} 已有登记，不能登记更早的内容"
        ),
        tr!("enter it later, and without an earlier --now", "请稍后再登记，且不要用 --now 指定更早的时间"),
    )
}

/// The change that appends entries to the register: of this moment, about one statement unless an entry names another.
fn entered(
    book: &Book<'_>,
    folder: &Folder,
    month: &Compared,
    statement: &str,
    by: Code,
    rows: Vec<Cells>,
    subject: String,
) -> Outcome<Change> {
    let statements = month.statement.iter().chain(&month.others);
    if let Some(last) = statements.map(|s| s.last).max().filter(|last| *last > book.now.time) {
        return Err(backwards(month, &wall_minute(last, book.now.zone)).into());
    }
    let path = SETTLEMENTS.file(book.now.today());
    let seen = folder.read(&path)?;
    let before = seen.clone().unwrap_or_else(|| format!("{}\n", SETTLEMENTS.heads()));
    let whole = |mut row: Cells| -> Cells {
        row.extend([
            ("at", rfc3339(book.now.time)),
            ("by", by.to_string()),
            ("account", month.account.code.to_string()),
            ("party", month.party.clone()),
            ("month", month.month.to_string()),
        ]);
        if row.iter().all(|(key, _)| *key != "statement") {
            row.push(("statement", statement.to_string()));
        }
        row
    };
    let rows: Vec<Cells> = rows.into_iter().map(whole).collect();
    let cells: Vec<Vec<(&str, &str)>> =
        rows.iter().map(|row| row.iter().map(|(key, cell)| (*key, cell.as_str())).collect()).collect();
    let text = csv_change(&before, &[], &cells)?;
    // The change is not in the file: its places would mislead.
    let wrong = read(&SETTLEMENTS, &path.as_str().into(), &text, book.now, |_| ());
    all_or(wrong.into_iter().map(Problem::unplaced).collect())?;
    let record = format!("{} {}", month.party, month.month);
    Ok(Change { path, seen, text, record, subject, step: None, by })
}
