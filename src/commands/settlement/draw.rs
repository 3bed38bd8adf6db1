//! A party's month as a table.

use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::settlement::{Compared, Item, Line, Verdict, Why};
use crate::tr;

/// The columns of a comparison.
const COLUMNS: &[Column] = &[
    column("line", "Line", "行").whole(),
    column("number", "Number", "单号").whole(),
    column("reference", "Their number", "对方单号").whole(),
    column("day", "Day", "日期").whole(),
    column("ours", "Ours", "我方金额").numeric(),
    column("theirs", "Theirs", "对方金额").numeric(),
    column("difference", "Difference", "差额").numeric(),
    column("verdict", "Verdict", "核对结果").whole(),
    column("why", "Because", "说明"),
    column("decision", "Decision", "处理").whole(),
    column("pays", "To pay", "应付").numeric(),
    column("paid", "Paid", "已结算").numeric(),
    column("note", "Note", "备注"),
    column("text", "The statement's line", "对账单原文"),
];

/// An amount of money as a cell.
pub fn money(amount: Option<Money>) -> Cell {
    amount.map(Amount::Money).into()
}

fn text(text: Option<&str>) -> Cell {
    text.filter(|t| !t.is_empty()).map_or(Cell::Empty, |t| Cell::Text(t.to_string()))
}

fn why(item: &Item) -> Cell {
    let said: Text = match item.verdict {
        Verdict::TheirsOnly(Why::Unknown) => words("nothing of ours fits", "没有对应的单据").into(),
        Verdict::TheirsOnly(Why::Twice(first)) => {
            tr!("billed twice, first on line {first}", "重复计费，首次在第 {first} 行")
        }
        Verdict::TheirsOnly(Why::Barred) => match &item.barred {
            Some(barred) => barred.bar.said(),
            None => return Cell::Empty,
        },
        Verdict::OursOnly => words("not billed", "对账单未列").into(),
        _ => match item.claim.as_ref().and_then(|claim| claim.held.as_deref()) {
            Some(command) => tr!("not released yet: {command}", "费用尚未核准：{command}"),
            None => return Cell::Empty,
        },
    };
    Cell::Words(said)
}

/// The party's own number for an item: its waybill, or what stands in its place on the statement, but for our own.
pub fn reference(item: &Item) -> Option<&str> {
    let (line, claim) = (item.line.as_ref(), item.claim.as_ref());
    let told = line.and_then(|l| l.reference.as_deref()).or(claim.and_then(|c| c.reference.as_deref()))?;
    let is_ours = told.parse().is_ok_and(|number: Number| item.meant() == Some(&number));
    (!is_ours).then_some(told)
}

/// A line of the statement as it came, without its empty cells.
fn as_told(line: &Line) -> String {
    let cells: Vec<&str> = line.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    cells.join(" ")
}

/// A coded cell with its words.
fn coded(code: &str, name: Words) -> Cell {
    Cell::Coded(code.to_string(), name.into())
}

fn row(item: &Item) -> Row {
    let (line, claim) = (item.line.as_ref(), item.claim.as_ref());
    let decided = item.decided.as_ref();
    let difference = match item.verdict {
        Verdict::Differs(by) => Some(by),
        _ => None,
    };
    Row {
        cells: vec![
            line.map_or(Cell::Empty, |l| Cell::Text(l.number.to_string())),
            item.meant().map_or(Cell::Empty, |n| Cell::Number(n.clone())),
            text(reference(item)),
            claim.map(|c| c.day).into(),
            money(item.ours()),
            money(item.theirs()),
            money(difference),
            coded(item.verdict.code(), item.verdict.name()),
            why(item),
            decided.map_or(Cell::Empty, |d| coded(d.decision.code(), d.decision.name())),
            money(item.pays()),
            money(item.booked.as_ref().map(|b| b.amount)),
            text(decided.map(|d| d.note.as_str())),
            text(line.map(as_told).as_deref()),
        ],
        records: item.meant().cloned().into_iter().collect::<Vec<Number>>(),
    }
}

/// Some items of a party's month, all columns; those that are empty throughout are left out where a person reads.
pub fn table<'i>(items: impl IntoIterator<Item = &'i Item>, whole: bool) -> Table {
    let title = words("Statement against our records", "对账结果");
    let mut table =
        Table { name: "statement", title, columns: COLUMNS.to_vec(), rows: items.into_iter().map(row).collect() };
    if !whole {
        let used: Vec<bool> =
            (0..COLUMNS.len()).map(|at| table.rows.iter().any(|row| row.cells[at] != Cell::Empty)).collect();
        let keep = |at: usize| used[at] || at < 2;
        table.columns = kept(table.columns, keep);
        for row in &mut table.rows {
            row.cells = kept(std::mem::take(&mut row.cells), keep);
        }
    }
    table
}

fn kept<T>(all: Vec<T>, keep: impl Fn(usize) -> bool) -> Vec<T> {
    all.into_iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, one)| one).collect()
}

/// How many of each verdict, and the two sums, in one sentence; without a statement what is ours.
pub fn summary(book: &Book<'_>, month: &Compared) -> Text {
    let (name, period) = (book.name(month.account.list, &month.party), month.month);
    let ours = Money::sum(month.items.iter().filter_map(Item::ours));
    if month.statement.is_none() {
        let records = month.items.len();
        return tr!(
            "{name} {period}: no statement yet; ours {ours}, records: {records}",
            "{name} {period}：尚无对账单；我方合计 {ours}，共 {records} 笔"
        );
    }
    let count = |code: &str| month.items.iter().filter(|item| item.verdict.code() == code).count();
    let (equal, differ) = (count("equal"), count("differs"));
    let (ours_only, theirs_only) = (count("ours_only"), count("theirs_only"));
    let theirs = Money::sum(month.items.iter().filter_map(Item::theirs));
    tr!(
        "{name} {period}: {equal} equal, {differ} differing, {ours_only} ours only, {theirs_only} theirs only; ours {ours}, theirs {theirs}",
        "{name} {period}：相符 {equal}，金额不符 {differ}，仅我方有 {ours_only}，仅对方有 {theirs_only}；我方合计 {ours}，对方合计 {theirs}"
    )
}

/// How far a month with a statement is: what is to be decided, in dispute, to be paid, and paid.
pub fn standing(month: &Compared) -> Text {
    let open = month.undecided().count();
    let disputed = month.items.iter().filter(|item| item.is_disputed()).count();
    let (to_pay, paid) = (Money::sum(month.payable().filter_map(Item::pays)), month.paid());
    tr!(
        "to be decided: {open}; in dispute: {disputed}; to pay {to_pay}, paid {paid}",
        "待处理 {open} 笔，争议 {disputed} 笔；待付 {to_pay}，已付 {paid}"
    )
}
