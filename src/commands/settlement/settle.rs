//! `cs ship settle`: books what is paid for a party's month, once every difference is decided (R16, R21).

use clap::{ArgMatches, Command};

use super::{Cells, changed, compared, draw, entered, held_back, named, next, no_statement, party_and_month};
use crate::base::money::Money;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::checks::may_sign_for;
use crate::commands::cli::{option, switch};
use crate::commands::env::Env;
use crate::commands::print::print_table;
use crate::commands::save::save;
use crate::settlement::{Account, Compared, Item, Key, SIGN, Statement};
use crate::tr;

/// The command's line.
pub fn tree(account: &'static Account, lang: Lang) -> Command {
    let rule = account.rule;
    let about =
        tr!("Book what is paid, once every difference is decided ({rule})", "全部差异处理完毕后登记付款（{rule}）");
    let reverse = words("Take back what was booked, with --note", "撤销已登记的付款（须写 --note）");
    Command::new("settle")
        .about(about.get(lang).to_string())
        .args(party_and_month(account, lang))
        .arg(switch("reverse", reverse, lang))
        .arg(option("note", "TEXT", words("A remark", "备注"), lang))
}

/// Runs it. What is booked already is not booked again.
///
/// # Errors
/// Every difference that lacks a decision, every fee that is not released (R21); when the person may not settle (R1).
pub fn run(env: &Env, account: &'static Account, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let (party, period) = named(&book, account, args)?;
    let before = compared(&book, account, &party, period)?;
    let reverse = args.get_flag("reverse");
    if !reverse && before.is_settled() {
        let sum = before.paid();
        env.say(&tr!(
            "{party} {period}: nothing is left to be settled; paid {sum}",
            "{party} {period}：没有待结算的内容；已付 {sum}"
        ));
        return if env.json { print_table(env, &draw::table(before.booked(), true), None) } else { Ok(()) };
    }
    drop(book);
    save(
        env,
        &folder,
        &format!("{} settle", account.command),
        &[],
        |book, _| {
            let month = compared(book, account, &party, period)?;
            let Some(statement) = &month.statement else { return Err(no_statement(&month).into()) };
            let by = env.actor(book, &folder)?;
            let note = args.get_one::<String>("note").map(|note| note.trim().to_string()).filter(|n| !n.is_empty());
            let (rows, sum, subject) = if reverse { reversal(&month, note)? } else { payments(&month, note)? };
            let mut authors = vec![&statement.by];
            authors.extend(month.paid_under().map(|paid| &paid.by).filter(|_| reverse));
            all_or(may_sign_for(book, SIGN, Some(sum), &authors, &by).into_iter().collect())?;
            entered(book, &folder, &month, &statement.id, by, rows, subject)
        },
        |book, change| told(env, &changed(book, account, change)?, reverse),
    )
}

fn told(env: &Env, month: &Compared, reverse: bool) -> Outcome {
    if env.json {
        return print_table(env, &draw::table(&month.items, true), None);
    }
    let (party, period, sum) = (&month.party, month.month, month.paid());
    let disputed = month.items.iter().filter(|item| item.is_disputed()).count();
    env.say(&match reverse {
        true => tr!("{party} {period}: the settlement is taken back", "{party} {period}：已撤销结算"),
        false => {
            tr!(
                "{party} {period}: paid {sum}; in dispute: {disputed}",
                "{party} {period}：已付 {sum}；争议 {disputed} 笔"
            )
        }
    });
    if let Some(next) = next(month) {
        env.say(&tr!("next: {next}", "下一步：{next}"; next));
    }
    Ok(())
}

/// Entries, their sum, and the words for the commit.
type Entries = (Vec<Cells>, Money, String);

/// The payments of all that is equal or decided and not paid yet.
fn payments(month: &Compared, note: Option<String>) -> Outcome<Entries> {
    let (party, period, command) = (&month.party, month.month, month.account.command);
    let undecided = |item: &Item| {
        let (key, what) = (&item.key, spoken(&item.key));
        let (ours, theirs) = (said(item.ours()), said(item.theirs()));
        Problem::new(
            "settlement.undecided",
            tr!(
                "{what} is not decided: ours {ours}, theirs {theirs}",
                "{what}尚未处理：我方 {ours}，对方 {theirs}"; what
            ),
            tr!(
                "decide it: cs {command} decide {party} {period} {key} accept|dispute|correct --note WHY",
                "请先处理：cs {command} decide {party} {period} {key} accept|dispute|correct --note 原因"
            ),
        )
    };
    let held = |item: &Item| {
        let claim = item.claim.as_ref()?;
        let (number, release, key) = (&claim.number, claim.held.as_deref()?, &item.key);
        Some(Problem::new(
            "settlement.held",
            tr!(
                "{number} is not released, so nothing is paid for it (R21)",
                "{number} 的费用尚未核准，不能付款（R21）"
            ),
            tr!(
                "release it: {release}; or hold it back: cs {command} decide {party} {period} {key} dispute --note WHY",
                "请先核准：{release}；或暂不付款：cs {command} decide {party} {period} {key} dispute --note 原因"
            ),
        ))
    };
    let pays_something = |item: &&Item| item.pays().is_some_and(|sum| sum != Money::ZERO);
    let mut problems: Vec<Problem> = month.undecided().map(undecided).collect();
    problems.extend(month.payable().filter(pays_something).filter_map(held));
    problems.extend(month.payable().filter_map(|item| held_back(month, item, item.pays())));
    all_or(problems)?;
    let row = |item: &Item| {
        let mut row: Cells =
            vec![("event", "settle".to_string()), ("amount", item.pays().unwrap_or_default().to_string())];
        row.extend(item.line.as_ref().map(|line| ("line", line.number.to_string())));
        row.extend(item.number().map(|number| ("record", number.to_string())));
        row.extend(note.clone().map(|note| ("note", note)));
        row
    };
    let rows: Vec<Cells> = month.payable().map(row).collect();
    if rows.is_empty() {
        return Err(Problem::new(
            "changed-meanwhile",
            tr!("somebody else has settled {party} {period} meanwhile", "{party} {period} 已由他人结算"),
            tr!("nothing was written; run the command again", "没有写入任何内容；请重新执行命令"),
        )
        .into());
    }
    let sum = Money::sum(month.payable().filter_map(Item::pays));
    let subject = format!("settle: {}", rows.len());
    Ok((rows, sum, subject))
}

/// What people call what a key names.
fn spoken(key: &Key) -> Text {
    match key {
        Key::Line(line) => tr!("line {line}", "第 {line} 行"),
        Key::Record(number) => tr!("{number}", "{number} "),
    }
}

fn said(amount: Option<Money>) -> String {
    amount.map_or_else(|| "–".to_string(), |amount| amount.to_string())
}

/// The entries that take all payments of the month back: under each statement that has any, as two clones may have
/// settled it both.
fn reversal(month: &Compared, note: Option<String>) -> Outcome<Entries> {
    let (party, period) = (&month.party, month.month);
    let Some(note) = note else {
        return Err(Problem::new(
            "settlement.note",
            tr!("whoever takes a settlement back says why", "撤销结算须写明原因"),
            tr!("give --note WHY", "请加上 --note 原因"),
        )
        .into());
    };
    let row = |paid: &Statement| -> Cells {
        vec![("event", "reverse".to_string()), ("note", note.clone()), ("statement", paid.id.clone())]
    };
    let rows: Vec<Cells> = month.paid_under().map(row).collect();
    if rows.is_empty() {
        return Err(Problem::new(
            "settlement.none",
            tr!("nothing of {party} {period} is settled", "{party} {period} 没有已结算的内容"),
            tr!("there is nothing to take back", "无需撤销"),
        )
        .into());
    }
    let sum = Money::sum(month.paid_under().flat_map(|paid| &paid.booked).map(|booked| booked.amount));
    Ok((rows, sum, "reverse".to_string()))
}
