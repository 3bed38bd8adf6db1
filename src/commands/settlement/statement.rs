//! `cs ship statement`: imports a party's statement and compares it with our records, or shows what is on record.

use clap::{ArgMatches, Command};

use super::{Cells, changed, compared, draw, entered, named, next, party_and_month};
use crate::base::field::Ty;
use crate::base::money::Money;
use crate::base::number::Code;
use crate::base::period::Period;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::sheet::{Found, Sheet, Wanted, find_table, values};
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::{column_flag, command, encoding_flag, format_flag, format_of, sheet_word};
use crate::commands::env::Env;
use crate::commands::print::print_table;
use crate::commands::save::save;
use crate::commands::sheets::{by_hand, given_sheet};
use crate::settlement::{Account, Compared, Item, Line, Statement, columns_of, compare_with, counter};
use crate::store::csv_edit::csv_row;
use crate::tr;

/// The columns of a statement and what senders call them; our own numbers are found in any cell.
const WANTED: &[Wanted<'static>] = &[
    Wanted {
        key: "amount",
        names: &[
            "Amount",
            "Freight",
            "Fee",
            "Total",
            "金额",
            "运费",
            "运费合计",
            "总运费",
            "运费金额",
            "费用",
            "费用合计",
            "合计",
            "总价",
            "总金额",
            "应付金额",
            "结算金额",
            "维修费",
            "维修费用",
            "报价金额",
        ],
        required: true,
    },
    Wanted {
        key: "waybill",
        names: &[
            "Waybill no",
            "Waybill number",
            "Tracking no",
            "Tracking number",
            "Consignment",
            "运单号",
            "运单号码",
            "运单编号",
            "托运单号",
            "快递单号",
            "物流单号",
            "货运单号",
        ],
        required: false,
    },
    Wanted {
        key: "number",
        names: &[
            "No",
            "Order no",
            "Reference",
            "Your reference",
            "单号",
            "发货单号",
            "维修单号",
            "订单号",
            "客户单号",
            "编号",
        ],
        required: false,
    },
];

/// The command's line.
pub fn tree(account: &'static Account, lang: Lang) -> Command {
    let (rule, flag, group) = (account.rule, account.flag, account.command);
    let example = tr!(
        "Columns are known by their headings in either language (Amount, Freight, Waybill no …) or named by --column amount=HEADING and --column waybill=HEADING, which is remembered for the sender.\nExample: cs {group} statement statement.xlsx --{flag} fast --month last-month",
        "列按表头识别（金额、运费、运单号等），也可用 --column amount=表头、--column waybill=表头 指定，下次自动沿用。\n示例：cs {group} statement 对账单.xlsx --{flag} fast --month last-month"
    );
    let about = tr!(
        "Match a statement with our records ({rule}); without a file, show what is on record",
        "核对对账单（{rule}）；不给文件则查看已登记的对账结果"
    );
    command("statement", words("", ""), lang)
        .about(about.get(lang).to_string())
        .after_help(example.get(lang).to_string())
        .arg(sheet_word(lang).required(false))
        .args(party_and_month(account, lang))
        .args([encoding_flag(lang), column_flag(lang), format_flag(lang)])
}

/// Runs it.
///
/// # Errors
/// What can't be read, each cell by its address; a month of which something is paid already.
pub fn run(env: &Env, account: &'static Account, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    if args.get_one::<String>("FILE").is_none() {
        let book = Book::open(&folder, env.time);
        let (party, month) = named(&book, account, args)?;
        return told(env, &book, &compared(&book, account, &party, month)?, args, true);
    }
    let sheet = given_sheet(env, args)?;
    let gather = |book: &Book<'_>| -> Outcome<(Compared, Statement, Code)> {
        let (party, month) = named(book, account, args)?;
        let before = compared(book, account, &party, month)?;
        let by = env.actor(book, &folder)?;
        let statement = read(book, &before, &sheet, args, &by)?;
        Ok((before, statement, by))
    };
    let book = Book::open(&folder, env.time);
    let (before, statement, _) = gather(&book)?;
    if let Some(columns) = statement.columns.as_ref().filter(|_| args.get_many::<String>("column").is_none()) {
        env.say(&tr!("columns as last time: {columns}", "沿用上次的列对应：{columns}"));
    }
    let lost = before.items.iter().filter(|item| item.decided.is_some()).count();
    let same = before.statement.as_ref().is_some_and(|known| known.lines == statement.lines);
    // Where two clones' statements are at odds, importing one again says which one counts.
    let same = same && !before.is_forked();
    if same || env.dry_run {
        let compared = if same { before } else { compare_with(&book, account, statement) };
        told(env, &book, &compared, args, same)?;
        env.say(&match same {
            true => tr!("this statement is on record already; nothing was written", "该对账单已登记，未作改动"),
            false => tr!("nothing was written (--dry-run)", "未写入任何内容（--dry-run）"),
        });
        return Ok(());
    }
    drop(book);
    save(
        env,
        &folder,
        &format!("{} statement", account.command),
        &[],
        |book, _| {
            let (before, statement, by) = gather(book)?;
            let rows = rows(&statement);
            let subject = format!("statement: {} lines", rows.len());
            entered(book, &folder, &before, &statement.id, by, rows, subject)
        },
        |book, change| {
            told(env, book, &changed(book, account, change)?, args, true)?;
            if lost > 0 {
                env.say(&tr!(
                    "decisions on the statement replaced, which fall away and are to be made anew: {lost}",
                    "原对账单上的 {lost} 项处理决定已随之失效，需重新处理"
                ));
            }
            Ok(())
        },
    )
}

/// Reads the sheet as a statement that is not on record yet.
fn read(book: &Book<'_>, month: &Compared, sheet: &Sheet, args: &ArgMatches, by: &Code) -> Outcome<Statement> {
    let (account, party) = (month.account, &month.party);
    if let Some(paid) = month.statement.as_ref().filter(|s| !s.booked.is_empty()) {
        return Err(settled(account, paid).into());
    }
    let given = by_hand(args)?;
    let (found, mapped) = find(book, account, party, sheet, given)?;
    let mut problems = Vec::new();
    let lines: Vec<Line> = found.rows.clone().map(|row| line(sheet, &found, row, &mut problems)).collect();
    if lines.is_empty() {
        let help = tr!("give a statement that bills something", "请给出有明细的对账单");
        problems.push(sheet.wrong(found.heading, 0, "statement.empty", tr!("no lines follow", "表头下没有明细"), help));
    }
    if problems.is_empty() {
        problems.extend(total(sheet, &found, &lines));
    }
    all_or(problems)?;
    let columns: Vec<String> = mapped.iter().map(|(key, heading)| format!("{key}={heading}")).collect();
    Ok(Statement {
        party: party.clone(),
        month: month.month,
        id: next_id(book, account, party, month.month, by),
        at: book.now.time,
        last: book.now.time,
        by: by.clone(),
        file: sheet.name.rsplit(['/', '\\']).next().unwrap_or_default().to_string(),
        columns: (!columns.is_empty()).then(|| csv_row(&columns)),
        lines,
        decided: Vec::new(),
        booked: Vec::new(),
    })
}

/// The table in the sheet, and the headings that were named for it: by hand, else as for the sender's last statement,
/// as far as its headings are still there.
fn find(
    book: &Book<'_>,
    account: &'static Account,
    party: &str,
    sheet: &Sheet,
    given: Vec<(String, String)>,
) -> Outcome<(Found, Vec<(String, String)>)> {
    let mut remembered = columns_of(book, account, party);
    remembered.retain(|(key, _)| given.iter().all(|(named, _)| named != key));
    if !remembered.is_empty() {
        let mapped: Vec<(String, String)> = remembered.iter().chain(&given).cloned().collect();
        if let Ok(found) = find_table(sheet, WANTED, &mapped) {
            return Ok((found, mapped));
        }
    }
    Ok((find_table(sheet, WANTED, &given)?, given))
}

/// A line of the sheet.
fn line(sheet: &Sheet, found: &Found, row: usize, problems: &mut Vec<Problem>) -> Line {
    let [amount, waybill, number] = [0, 1, 2].map(|at| found.columns[at]);
    let reference = waybill.or(number).filter(|column| !sheet.cell(row, *column).is_empty());
    problems.extend([waybill, number].into_iter().flatten().filter_map(|column| sheet.damage(row, column, Ty::Text)));
    Line {
        number: row as u64 + 1,
        cells: sheet.rows[row].clone(),
        reference: reference.map(|column| sheet.cell(row, column).to_string()),
        amount: amount.map_or(Money::ZERO, |column| amount_of(sheet, row, column, problems)),
    }
}

fn amount_of(sheet: &Sheet, row: usize, column: usize, problems: &mut Vec<Problem>) -> Money {
    let told = sheet.cell(row, column);
    values::number(told).parse().unwrap_or_else(|_| {
        let message = match told.is_empty() {
            true => tr!("the amount is missing", "缺少金额"),
            false => tr!("\"{told}\" is no amount", "“{told}”不是金额"),
        };
        let help = tr!(
            "write plain digits with at most two decimals, as 1250.50, or take the row out",
            "请用数字填写，最多两位小数，如 1250.50；或删除该行"
        );
        problems.push(sheet.wrong(row, column, "statement.amount", message, help));
        Money::ZERO
    })
}

/// A total that the sender worked out is what the lines come to.
fn total(sheet: &Sheet, found: &Found, lines: &[Line]) -> Option<Problem> {
    let (row, column) = (found.total?, found.columns[0]?);
    let told = sheet.cell(row, column);
    let sum = Money::sum(lines.iter().map(|line| line.amount));
    let same = told.is_empty() || values::number(told).parse::<Money>().is_ok_and(|total| total == sum);
    (!same).then(|| {
        let message = tr!("{told} is not what the lines come to: {sum}", "合计 {told} 与明细不符，应为 {sum}");
        let help = tr!("have the sender put it right, or take the row out", "请对方更正，或删除合计行");
        sheet.wrong(row, column, "statement.total", message, help)
    })
}

/// The importer, and which statement of that party and month it is: the staff code keeps clones from colliding.
fn next_id(book: &Book<'_>, account: &'static Account, party: &str, month: Period, by: &Code) -> String {
    let taken = crate::settlement::statements(book, account, party, month);
    let last = taken.iter().map(|s| counter(&s.id)).max().unwrap_or(0);
    format!("{by}-{}", last + 1)
}

/// A statement that is paid, in whole or in part, is not replaced.
fn settled(account: &Account, paid: &Statement) -> Problem {
    let (party, month, command, flag) = (&paid.party, paid.month, account.command, account.flag);
    Problem::new(
        "settlement.settled",
        tr!("{party} {month} is settled: its statement is not replaced", "{party} {month} 已结算，不能替换对账单"),
        tr!(
            "take the settlement back first: cs {command} settle --{flag} {party} --month {month} --reverse --note WHY",
            "请先撤销结算：cs {command} settle --{flag} {party} --month {month} --reverse --note 原因"
        ),
    )
}

/// The entries of a statement; the first one tells how its columns are read.
fn rows(statement: &Statement) -> Vec<Cells> {
    let entry = |(at, line): (usize, &Line)| {
        let mut row: Cells = vec![
            ("event", "line".to_string()),
            ("line", line.number.to_string()),
            ("amount", line.amount.to_string()),
            ("text", csv_row(&line.cells)),
        ];
        row.extend(line.reference.clone().map(|reference| ("reference", reference)));
        if at == 0 {
            row.push(("file", statement.file.clone()));
            row.extend(statement.columns.clone().map(|columns| ("columns", columns)));
        }
        row
    };
    statement.lines.iter().enumerate().map(entry).collect()
}

/// Tells how a month stands, and what comes next where its statement is on record.
fn told(env: &Env, book: &Book<'_>, month: &Compared, args: &ArgMatches, on_record: bool) -> Outcome {
    let format = format_of(args);
    let whole = env.json || format.is_some();
    let table = draw::table(&month.items, whole);
    print_table(env, &table, format)?;
    env.say(&draw::summary(book, month));
    if month.statement.is_none() {
        env.say(&super::no_statement(month).help);
        return Ok(());
    }
    match month.items.iter().any(Item::is_difference) {
        true => env.say(&draw::standing(month)),
        false => env.say(&tr!("no differences", "没有差异")),
    }
    if let Some(next) = next(month).filter(|_| on_record) {
        env.say(&tr!("next: {next}", "下一步：{next}"; next));
    }
    Ok(())
}
