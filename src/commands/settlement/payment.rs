//! `cs ship payment`: the month's payment sheet of a party, 付款单: what is paid for each record (R16, R21).

use std::collections::BTreeMap;

use clap::{ArgMatches, Command};

use super::{compared, draw, named, next, no_statement, party_and_month};
use crate::base::field::List;
use crate::base::problem::Outcome;
use crate::base::table::{Cell, Column, Row, Table, column};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::commands::cli::{format_flag, format_of};
use crate::commands::env::Env;
use crate::commands::print::print_table;
use crate::derived;
use crate::settlement::{Account, Booked, Compared, Item, Key};
use crate::tr;

const COLUMNS: &[Column] = &[
    column("line", "Line", "行").whole(),
    column("number", "Number", "单号").whole(),
    column("reference", "Their number", "对方单号").whole(),
    column("day", "Day", "日期").whole(),
    column("ours", "Ours", "我方金额").numeric(),
    column("theirs", "Theirs", "对方金额").numeric(),
    column("paid", "Paid", "付款金额").numeric(),
    column("note", "Note", "备注"),
    column("by", "By", "经办").whole(),
];

/// The column of what is paid.
const PAID: usize = 6;

/// The command's line.
pub fn tree(account: &'static Account, lang: Lang) -> Command {
    let rule = account.rule;
    let about = tr!("Show the month's payment sheet: what is paid for what ({rule})", "查看当月付款单（{rule}）");
    Command::new("payment")
        .about(about.get(lang).to_string())
        .args(party_and_month(account, lang))
        .arg(format_flag(lang))
}

/// Runs it.
///
/// # Errors
/// What can't be read.
pub fn run(env: &Env, account: &'static Account, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let (party, month) = named(&book, account, args)?;
    let month = compared(&book, account, &party, month)?;
    let format = format_of(args);
    let mut table = sheet(&book, &month);
    // What leaves the terminal says of itself whose month it is.
    if env.json || format.is_some_and(|format| format != "text") {
        with_party(&mut table, &book, &month);
    }
    print_table(env, &table, format)?;
    if month.statement.is_none() {
        env.say(&draw::summary(&book, &month));
        env.say(&no_statement(&month).help);
        return Ok(());
    }
    let (name, period, standing) = (book.name(account.list, &party), month.month, draw::standing(&month));
    env.say(&tr!("{name} {period}: {standing}", "{name} {period}：{standing}"; standing));
    if let Some(next) = next(&month).filter(|_| !month.is_settled()) {
        env.say(&tr!("next: {next}", "下一步：{next}"; next));
    }
    Ok(())
}

/// What is paid, line by line, what is in dispute and not paid, and the sum.
fn sheet(book: &Book<'_>, month: &Compared) -> Table {
    let item_of: BTreeMap<String, &Item> = month.items.iter().map(|item| (item.key.to_string(), item)).collect();
    let find = |booked: &Booked| {
        let line = booked.line.and_then(|line| item_of.get(&Key::Line(line).to_string()));
        line.or_else(|| item_of.get(&Key::Record(booked.record.clone()?).to_string())).copied()
    };
    let booked = month.statement.iter().flat_map(|s| &s.booked);
    let mut rows: Vec<Row> = booked.map(|booked| row(book, booked, find(booked))).collect();
    rows.extend(month.items.iter().filter(|item| item.is_disputed()).map(|item| unpaid(book, item)));
    if !rows.is_empty() {
        let mut cells = vec![Cell::Empty; COLUMNS.len()];
        cells[0] = total();
        cells[PAID] = draw::money(Some(month.paid()));
        rows.push(Row { cells, records: rows.iter().flat_map(|row| row.records.clone()).collect() });
    }
    Table { name: "payment", title: words("Payment sheet", "付款单"), columns: COLUMNS.to_vec(), rows }
}

/// Puts party and month before each row that pays something.
fn with_party(table: &mut Table, book: &Book<'_>, month: &Compared) {
    let name = book.name(month.account.list, &month.party);
    let cells = [Cell::Coded(month.party.clone(), Text::same(name)), Cell::Text(month.month.to_string())];
    table.columns.splice(0..0, [column("party", "Party", "收款方"), column("month", "Month", "月份").whole()]);
    for row in &mut table.rows {
        let is_total = row.cells[0] == total();
        row.cells.splice(0..0, if is_total { [Cell::Empty, Cell::Empty] } else { cells.clone() });
    }
}

/// The cell that names the row of the sum.
fn total() -> Cell {
    Cell::Coded("total".to_string(), words("Total", "合计").into())
}

/// An item in dispute: on the sheet, with nothing paid.
fn unpaid(book: &Book<'_>, item: &Item) -> Row {
    let decided = item.decided.as_ref();
    let note = decided.map_or("", |d| d.note.as_str());
    Row {
        cells: vec![
            item.line.as_ref().map(|line| Cell::Text(line.number.to_string())).into(),
            item.meant().into(),
            draw::reference(item).map(|reference| Cell::Text(reference.to_string())).into(),
            item.claim.as_ref().map(|c| c.day).into(),
            draw::money(item.ours()),
            draw::money(item.theirs()),
            Cell::Empty,
            Cell::Words(tr!("in dispute, not paid: {note}", "争议未付：{note}")),
            decided.map_or(Cell::Empty, |d| derived::named(book, List::Staff, d.by.as_str())),
        ],
        records: item.meant().cloned().into_iter().collect(),
    }
}

fn row(book: &Book<'_>, booked: &Booked, item: Option<&Item>) -> Row {
    let reference = item.and_then(draw::reference).map(str::to_string);
    let note = item.and_then(|i| i.decided.as_ref()).map(|d| d.note.clone());
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    Row {
        cells: vec![
            text(booked.line.map(|line| line.to_string())),
            booked.record.clone().map_or(Cell::Empty, Cell::Number),
            text(reference),
            item.and_then(|i| i.claim.as_ref()).map(|c| c.day).into(),
            draw::money(item.and_then(Item::ours)),
            draw::money(item.and_then(Item::theirs)),
            draw::money(Some(booked.amount)),
            text(note),
            derived::named(book, List::Staff, booked.by.as_str()),
        ],
        records: booked.record.clone().into_iter().collect(),
    }
}
