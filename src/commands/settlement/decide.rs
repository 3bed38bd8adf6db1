//! `cs ship decide`: what is done about a difference between a statement and our records; kept in the register (R16).

use clap::{ArgMatches, Command};

use super::{Cells, changed, compared, draw, entered, held_back, month_of, next, no_statement, party_of};
use crate::base::field::{Ty, Value};
use crate::base::money::Money;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::checks::may_sign_for;
use crate::commands::cli::{option, word};
use crate::commands::env::Env;
use crate::commands::print::print_table;
use crate::commands::save::save;
use crate::registers::DECISIONS;
use crate::settlement::{Account, Compared, Decision, Item, Key, SIGN};
use crate::tr;

/// The command's line.
pub fn tree(account: &'static Account, lang: Lang) -> Command {
    let (rule, group) = (account.rule, account.command);
    let about = tr!("Decide what is done about a difference ({rule})", "处理对账差异（{rule}）");
    let example = tr!(
        "accept pays what is billed (nothing, where nothing is billed); dispute pays nothing until another decision clears it; correct pays the amount given.\nExample: cs {group} decide fast 2026-10 3 correct --amount 780 --note \"as agreed by phone\"",
        "accept 按对方金额付款（对方未列则不付）；dispute 暂不付款，待重新处理；correct 按 --amount 付款。\n示例：cs {group} decide fast 2026-10 3 correct --amount 780 --note \"电话核实\""
    );
    let codes: Vec<&str> = DECISIONS.iter().map(|choice| choice.code).collect();
    let line = words(
        "The statement's line, several parted by commas, or the number of a record that is not billed",
        "对账单行号，多行用逗号分隔；对方未列的填我方单号",
    );
    Command::new("decide")
        .about(about.get(lang).to_string())
        .after_help(example.get(lang).to_string())
        .arg(word("PARTY", "PARTY", words("Code, name or part of a name", "代码、名称或名称的一部分"), lang))
        .arg(word("MONTH", "MONTH", words("The month that is settled, as 2026-10", "结算月份，如 2026-10"), lang))
        .arg(word("LINE", "LINE", line, lang))
        .arg(
            word(
                "DECISION",
                "DECISION",
                words("accept, dispute or correct", "accept 认可、dispute 争议、correct 更正"),
                lang,
            )
            .value_parser(codes),
        )
        .arg(option("amount", "AMOUNT", words("What is paid, for correct", "correct 时的付款金额"), lang))
        .arg(option("note", "TEXT", words("Why (required)", "原因（必填）"), lang))
}

/// Runs it.
///
/// # Errors
/// When there is no such difference, it is paid, or the person may not decide it (R1).
pub fn run(env: &Env, account: &'static Account, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let word = |name: &str| args.get_one::<String>(name).map_or("", String::as_str);
    save(
        env,
        &folder,
        &format!("{} decide", account.command),
        &[],
        |book, _| {
            let party = party_of(book, account, word("PARTY"))?;
            let month = compared(book, account, &party, month_of(book, word("MONTH"))?)?;
            let Some(statement) = &month.statement else { return Err(no_statement(&month).into()) };
            let mut problems = Vec::new();
            let decision = decision(book, args, &mut problems);
            let note = word("note").trim().to_string();
            if note.is_empty() {
                problems.push(Problem::new(
                    "settlement.note",
                    tr!("a decision says why", "处理差异须写明原因"),
                    tr!("give --note WHY", "请加上 --note 原因"),
                ));
            }
            let mut items: Vec<&Item> = Vec::new();
            for word in word("LINE").split([',', '，']).map(str::trim).filter(|w| !w.is_empty()) {
                match find(&month, word) {
                    Ok(item) if items.iter().any(|known| known.key == item.key) => {}
                    Ok(item) => items.push(item),
                    Err(problem) => problems.push(problem),
                }
            }
            all_or(problems)?;
            let Some(decision) = decision else { return Err(Vec::new().into()) };
            let held = |item: &&Item| held_back(&month, item, item.would_pay(decision));
            all_or(items.iter().filter_map(held).collect())?;
            let by = env.actor(book, &folder)?;
            let pays = Money::sum(items.iter().filter_map(|item| item.would_pay(decision)));
            all_or(may_sign_for(book, SIGN, Some(pays), &[&statement.by], &by).into_iter().collect())?;
            let rows = items.iter().map(|item| row(item, decision, &note)).collect();
            let keys = items.iter().map(|item| item.key.to_string()).collect::<Vec<_>>().join(" ");
            let subject = format!("decide: {keys} {}", decision.code());
            entered(book, &folder, &month, &statement.id, by, rows, subject)
        },
        |book, change| told(env, &changed(book, account, change)?),
    )
}

fn told(env: &Env, month: &Compared) -> Outcome {
    if env.json {
        return print_table(env, &draw::table(month.items.iter().filter(|item| item.is_difference()), true), None);
    }
    let left = month.undecided().count();
    env.say(&tr!("decided; differences left: {left}", "已登记；尚未处理的差异：{left}"));
    if let Some(next) = next(month) {
        env.say(&tr!("next: {next}", "下一步：{next}"; next));
    }
    Ok(())
}

/// The decision as typed: an amount belongs to `correct` alone.
fn decision(book: &Book<'_>, args: &ArgMatches, problems: &mut Vec<Problem>) -> Option<Decision> {
    let code = args.get_one::<String>("DECISION").map_or("", String::as_str);
    let amount = args.get_one::<String>("amount");
    match (code, amount) {
        ("accept", None) => Some(Decision::Accept),
        ("dispute", None) => Some(Decision::Dispute),
        ("correct", Some(text)) => match Ty::Balance.parse(text, book.now) {
            Ok(Value::Money(amount)) => Some(Decision::Correct(amount)),
            _ => {
                let message = tr!("--amount can't be \"{text}\"", "--amount 不能是“{text}”");
                problems.push(Problem::new("settlement.amount", message, Ty::Balance.expects()));
                None
            }
        },
        ("correct", None) => {
            problems.push(Problem::new(
                "settlement.amount",
                tr!("correct to what amount?", "更正为多少？"),
                tr!("give --amount AMOUNT", "请加上 --amount 金额"),
            ));
            None
        }
        _ => {
            problems.push(Problem::new(
                "settlement.amount",
                tr!("{code} takes no amount", "{code} 不需要金额"),
                tr!("leave --amount out, or decide correct", "请去掉 --amount，或改用 correct"),
            ));
            None
        }
    }
}

/// The difference that a word names: a line of the statement, or our number or an end of it.
fn find<'m>(month: &'m Compared, word: &str) -> Result<&'m Item, Problem> {
    let tail = word.to_ascii_uppercase();
    let by_line = |item: &&Item| matches!(&item.key, Key::Line(n) if word.parse() == Ok(*n));
    let by_number = |item: &&Item| {
        let number = item.meant().map(ToString::to_string).unwrap_or_default();
        number == tail || number.ends_with(&format!("-{tail}"))
    };
    let mut found: Vec<&Item> = month.items.iter().filter(by_line).collect();
    if found.is_empty() && word.contains('-') {
        found = month.items.iter().filter(by_number).collect();
    }
    let open: Vec<String> = month.items.iter().filter(|i| i.is_difference()).map(|i| i.key.to_string()).collect();
    let open = open.join(", ");
    let help = tr!("the differences are: {open}", "有差异的行：{open}");
    let (party, period) = (&month.party, month.month);
    let [item] = found[..] else {
        let message = tr!("{party} {period} has no one line {word}", "{party} {period} 没有唯一的行 {word}");
        return Err(Problem::new("settlement.line", message, help));
    };
    if item.booked.is_some() {
        let (command, flag) = (month.account.command, month.account.flag);
        return Err(Problem::new(
            "settlement.settled",
            tr!("{word} is paid: no more is decided of it", "{word} 已结算，不能再作处理"),
            tr!(
                "take the settlement back first: cs {command} settle --{flag} {party} --month {period} --reverse --note WHY",
                "请先撤销结算：cs {command} settle --{flag} {party} --month {period} --reverse --note 原因"
            ),
        ));
    }
    // A fee that is not released may be held back, however right the bill is (R21).
    let is_held = item.claim.as_ref().is_some_and(|claim| claim.held.is_some());
    if !item.is_difference() && item.decided.is_none() && !is_held {
        let message = tr!("{word} is equal: there is nothing to decide", "{word} 相符，无需处理");
        return Err(Problem::new("settlement.equal", message, help));
    }
    Ok(item)
}

fn row(item: &Item, decision: Decision, note: &str) -> Cells {
    let mut row: Cells =
        vec![("event", "decide".to_string()), ("decision", decision.code().to_string()), ("note", note.to_string())];
    row.extend(item.line.as_ref().map(|line| ("line", line.number.to_string())));
    row.extend(item.number().map(|number| ("record", number.to_string())));
    if let Decision::Correct(amount) = decision {
        row.push(("amount", amount.to_string()));
    }
    row
}
