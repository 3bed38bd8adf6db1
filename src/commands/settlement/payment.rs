//! `cs ship payment`: the month's payment sheet of a party, 付款单: what is paid for each record (R16, R21).

use std::collections::BTreeMap;

use clap::{ArgMatches, Command};

use super::{compared, draw, named, party_and_month};
use crate::base::problem::Outcome;
use crate::base::table::{Cell, Column, Row, Table, column};
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::format_flag;
use crate::commands::env::Env;
use crate::commands::print::print_table;
use crate::settlement::{Account, Booked, Compared, Item, Key};
use crate::tr;

const COLUMNS: &[Column] = &[
    column("line", "Line", "行").whole(),
    column("number", "Number", "单号").whole(),
    column("reference", "Waybill", "对方单号").whole(),
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
    let format = args.get_one::<String>("format").map(String::as_str);
    print_table(env, &sheet(&month), format)?;
    let open = month.items.iter().filter(|item| item.booked.is_none()).count();
    let (name, period, sum) = (book.name(account.list, &party), month.month, month.paid());
    env.say(&tr!("{name} {period}: paid {sum}; lines not paid: {open}", "{name} {period}：已付 {sum}；未付 {open} 笔"));
    Ok(())
}

/// What is paid, line by line, and the sum.
fn sheet(month: &Compared) -> Table {
    let item_of: BTreeMap<String, &Item> = month.items.iter().map(|item| (item.key.to_string(), item)).collect();
    let find = |booked: &Booked| {
        let line = booked.line.and_then(|line| item_of.get(&Key::Line(line).to_string()));
        line.or_else(|| item_of.get(&Key::Record(booked.record.clone()?).to_string())).copied()
    };
    let booked = month.statement.iter().flat_map(|s| &s.booked);
    let mut rows: Vec<Row> = booked.map(|booked| row(booked, find(booked))).collect();
    if !rows.is_empty() {
        let mut cells = vec![Cell::Empty; COLUMNS.len()];
        cells[0] = Cell::Coded("total".to_string(), words("Total", "合计").into());
        cells[PAID] = draw::money(Some(month.paid()));
        rows.push(Row { cells, records: rows.iter().flat_map(|row| row.records.clone()).collect() });
    }
    Table { name: "payment", title: words("Payment sheet", "付款单"), columns: COLUMNS.to_vec(), rows }
}

fn row(booked: &Booked, item: Option<&Item>) -> Row {
    let (line, claim) = (item.and_then(|i| i.line.as_ref()), item.and_then(|i| i.claim.as_ref()));
    let reference = line.and_then(|l| l.reference.clone()).or(claim.and_then(|c| c.reference.clone()));
    let note = item.and_then(|i| i.decided.as_ref()).map(|d| d.note.clone());
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    Row {
        cells: vec![
            text(booked.line.map(|line| line.to_string())),
            booked.record.clone().map_or(Cell::Empty, Cell::Number),
            text(reference),
            claim.map(|c| c.day).into(),
            draw::money(item.and_then(Item::ours)),
            draw::money(item.and_then(Item::theirs)),
            draw::money(Some(booked.amount)),
            text(note),
            Cell::Text(booked.by.to_string()),
        ],
        records: booked.record.clone().into_iter().collect(),
    }
}
