//! One customer's whole file (360°): contacts, sites, what was ordered year by year, the records of each kind, money,
//! and what is to be done. Each figure and row names its records (R59).

mod kinds;

use std::collections::BTreeSet;

use super::figure::{Rule, Tally, count};
use super::groups::{across, tallies};
use super::listing::{self, NUMBER, table};
use super::model::{Figure, Section};
use super::orders::{PAID, PIECES, TAKEN};
use super::receivables::{self, BILLED, COMPENSATION, CREDITED, UNPAID, UNPAID_DAYS, VOLUME, unpaid_orders};
use super::repairs::{FEES, PARTS_COST};
use super::scope::Span;
use super::visits::{MADE, SATISFACTION};
use crate::base::field::Kind::{Complaint as COMPLAINT, Order as ORDER, Repair as REPAIR};
use crate::base::field::List;
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::table::{Cell, Column, Row, Table, column};
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::customers::{Contact, contacts_with, first_day};
use crate::duties::{Duty, duties_of_loaded};
use crate::flow::{Pieces, pieces_of};
use crate::forms::KINDS;
use crate::lists::spec_of;

/// A customer's records, and how they are to be shown.
struct File<'b> {
    code: &'b str,
    span: Span<'b>,
    /// Phones and contacts are shown whole (R4).
    reveal: bool,
}

/// The parts of the file before and after the records of each kind.
const BEFORE: &[fn(&File<'_>) -> Section] = &[contacts, sites, years];
const AFTER: &[fn(&File<'_>) -> Section] = &[money, todo];

/// The whole file of a customer: a section of each part, none for a kind of which there is no record. Opens what concerns
/// the customer; what can't be read waits among the book's problems.
pub fn customer_file(book: &Book<'_>, code: &str, reveal: bool) -> Vec<Section> {
    let file = File { code, span: Span::of_customer(book, code), reveal };
    let before = BEFORE.iter().map(|section| section(&file));
    let kinds = KINDS.iter().filter_map(|spec| kinds::of_kind(&file.span, spec));
    before.chain(kinds).chain(AFTER.iter().map(|section| section(&file))).collect()
}

fn section(name: &'static str, title: Words, figures: Vec<Figure>, tables: Vec<Table>) -> Section {
    Section { name, title, figures, tables, charts: &[], goals: Vec::new() }
}

/// A table that stands alone under its section's title.
fn untitled(table: Table) -> Table {
    Table { title: words("", ""), ..table }
}

/// The latest contacts; how many are shown.
const CONTACTS: usize = 5;

fn contacts(file: &File<'_>) -> Section {
    let (span, book) = (&file.span, file.span.book());
    let forms = KINDS.iter().flat_map(|spec| span.forms(spec.kind));
    let row = |contact: Contact| {
        let cells = vec![
            contact.on.into(),
            Cell::Words(contact.told()),
            contact.record.as_ref().into(),
            contact.by.map_or(Cell::Empty, |by| Cell::Text(book.name(List::Staff, by.as_str()))),
        ];
        Row { cells, records: contact.record.into_iter().collect() }
    };
    let columns =
        [column("on", "Day", "日期").whole(), column("what", "What", "事项"), NUMBER, column("by", "By", "经办")];
    let rows = contacts_with(book, file.code, forms).into_iter().take(CONTACTS).map(row);
    let latest = table("latest", words("", ""), &columns, rows);
    section("contacts", words("Last contacts", "最近联系"), Vec::new(), vec![latest])
}

fn sites(file: &File<'_>) -> Section {
    let spec = spec_of(List::Sites);
    let fields: Vec<_> = spec.fields.iter().filter(|field| !matches!(field.key, "customer" | "note")).collect();
    let columns: Vec<Column> =
        fields.iter().map(|f| Column { key: f.key, name: f.name, numeric: false, whole: f.key == "code" }).collect();
    let list = file.span.book().list(List::Sites);
    let rows = list.rows.iter().filter(|row| row.fields.text("customer") == Some(file.code)).map(|row| Row {
        cells: fields.iter().map(|f| Cell::of(f, row.fields.get(f.key), file.reveal)).collect(),
        records: Vec::new(),
    });
    section("sites", spec.name, Vec::new(), vec![table("sites", words("", ""), &columns, rows)])
}

const NET: Rule = count("net", "Net pieces", "净件数", |s| {
    Tally::pieces(s.made(ORDER).map(|form| {
        let net = pieces_of(s.book(), form).values().map(Pieces::net).sum();
        (form, net)
    }))
});
const REPAIRS: Rule = count("repairs", "Repair tickets", "维修单", |s| Tally::count(s.made(REPAIR)));
/// Complaints taken in the period.
pub const COMPLAINTS: Rule = count("complaints", "Complaints", "投诉", |s| Tally::count(s.made(COMPLAINT)));

/// Year by year: what was ordered and kept, and what went wrong.
fn years(file: &File<'_>) -> Section {
    const RULES: &[Rule] = &[TAKEN, VOLUME, PIECES, NET, PAID, REPAIRS, COMPLAINTS, MADE, SATISFACTION];
    let row = |year: Period| {
        let (values, records) = across(tallies(&file.span.within(year), RULES));
        let cells = std::iter::once(Cell::Words(Text::same(year.from.format("%Y")))).chain(values).collect();
        (!records.is_empty()).then_some(Row { cells, records })
    };
    let years = file.span.period.parts(Unit::Year);
    let columns: Vec<Column> =
        std::iter::once(column("year", "Year", "年份").whole()).chain(RULES.iter().map(Rule::column)).collect();
    let table = table("years", words("", ""), &columns, years.into_iter().rev().filter_map(row));
    section("years", words("Year by year", "历年情况"), Vec::new(), vec![table])
}

/// The days to pay that a credit is proposed by, and so of the same months.
const DAYS_TO_PAY: Rule =
    Rule { name: words("Days to pay lately, median", "近期付款天数中位数"), ..receivables::DAYS_TO_PAY };

fn money(file: &File<'_>) -> Section {
    const RULES: &[Rule] = &[VOLUME, BILLED, PAID, CREDITED, UNPAID, UNPAID_DAYS, FEES, PARTS_COST, COMPENSATION];
    let span = &file.span;
    let mut figures: Vec<Figure> = RULES.iter().map(|rule| rule.figure((rule.of)(span))).collect();
    let months = Period::between(first_day(span.book()), span.end());
    figures.extend(months.map(|months| DAYS_TO_PAY.figure((DAYS_TO_PAY.of)(&span.within(months)))));
    section("money", words("Money", "款项"), figures, vec![unpaid_orders(span)])
}

/// The open duties, each with the command that discharges it.
fn todo(file: &File<'_>) -> Section {
    let (span, book) = (&file.span, file.span.book());
    let ours: BTreeSet<&Number> =
        KINDS.iter().flat_map(|spec| span.forms(spec.kind)).map(|form| &form.number).collect();
    let is_ours = |duty: &Duty| {
        let of_row = duty.number == file.code && duty.command.starts_with("cs customer ");
        of_row || duty.number.parse().is_ok_and(|number: Number| ours.contains(&number))
    };
    let mut open = duties_of_loaded(book);
    open.retain(is_ours);
    let mut table = untitled(listing::duties(book, "duties", words("", ""), &open));
    table.columns.push(column("command", "Command", "命令"));
    for (row, duty) in table.rows.iter_mut().zip(&open) {
        row.cells.push(Cell::Text(duty.command.clone()));
    }
    section("duties", words("To do", "待办"), Vec::new(), vec![table])
}
