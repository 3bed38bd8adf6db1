//! The part of a customer's file that tells of one kind of record: a row of the table for each kind of which there is
//! more to tell than how many there are and which.

use super::{section, untitled};
use crate::aftersales::{cover, fee, standing};
use crate::base::field::Kind::{self, Complaint as COMPLAINT, Order as ORDER, Receipt as RECEIPT, Repair as REPAIR};
use crate::base::period::{Period, Unit};
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::complaints::major_since;
use crate::customers::first_day;
use crate::flow::{Arrival, arrivals_of};
use crate::forms::complaint::{Complaint, cause_name};
use crate::forms::form::Form;
use crate::forms::order::Order;
use crate::forms::parts::Parts;
use crate::forms::quote::Quote;
use crate::forms::receipt::Receipt;
use crate::forms::repair::Repair;
use crate::forms::spec::FormSpec;
use crate::reports::claims::{CLAIMED, SETTLED};
use crate::reports::consults;
use crate::reports::figure::{Rule, Tally, count};
use crate::reports::groups::{across, cause, tallies};
use crate::reports::in_short::in_short;
use crate::reports::listing::{DAYS_LATE, days_late, paid, table};
use crate::reports::model::{Figure, Section};
use crate::reports::receivables::{COMPENSATION, VOLUME};
use crate::reports::repairs::{FEES, PARTS_COST};
use crate::reports::scope::Span;
use crate::reports::visits::{ARRIVAL_ERRORS, DAMAGE_HANDLING, LOW, MADE, ON_TIME, QUALITY, SATISFACTION, STATED};

/// A column that a kind has beside those that every list of it shows.
struct Extra {
    column: Column,
    cell: fn(&Span<'_>, &Form) -> Cell,
}

const fn extra(column: Column, cell: fn(&Span<'_>, &Form) -> Cell) -> Extra {
    Extra { column, cell }
}

/// What the file tells of a kind beside what it tells of every kind.
struct Part {
    kind: Kind,
    figures: &'static [Rule],
    extras: &'static [Extra],
    /// Of the open and recent records, those worth a row.
    lists: fn(&Book<'_>, &Form) -> bool,
    /// How its figures went, month by month, where that is of use.
    course: Option<(Words, &'static [Rule])>,
}

const fn part(kind: Kind, figures: &'static [Rule], extras: &'static [Extra]) -> Part {
    Part { kind, figures, extras, lists: |_, _| true, course: None }
}

/// A row for each kind of which there is more to tell than how many there are and which.
const PARTS: &[Part] = &[
    part(
        ORDER,
        &[VOLUME],
        &[
            extra(column("amount", "Amount", "金额").numeric(), |_, form| Order::of(form).total().into()),
            extra(column("paid", "Paid", "付款"), |s, form| paid(s.book(), form)),
            extra(DAYS_LATE, |s, form| days(days_late(s, form))),
        ],
    ),
    Part {
        kind: RECEIPT,
        figures: &[count("in_trouble", "With something wrong", "有差异", |s| {
            Tally::count(s.forms(RECEIPT).filter(|form| troubled(s.book(), form) > 0))
        })],
        extras: &[
            extra(column("wrong", "Pieces wrong", "差异件数").numeric(), |s, form| {
                Cell::count(troubled(s.book(), form))
            }),
            extra(column("unsettled", "Unsettled", "未处理").numeric(), |s, form| {
                Cell::count(arrival(s.book(), form, |arrival| arrival.open()))
            }),
        ],
        lists: |book, form| troubled(book, form) > 0,
        course: None,
    },
    part(
        REPAIR,
        &[FEES],
        &[
            extra(column("cause", "Cause", "故障原因"), |_, form| cause(Repair::of(form).cause().unwrap_or(""))),
            extra(column("payer", "Who pays", "费用承担"), |s, form| {
                let payer = cover(s.book(), form).payer;
                Cell::coded(payer.code(), payer.name())
            }),
            extra(column("fee", "Fee", "费用").numeric(), |s, form| fee(s.book(), form).into()),
        ],
    ),
    part(
        Kind::Quote,
        &[],
        &[
            extra(column("total", "Total", "合计").numeric(), |_, form| Quote::of(form).total().into()),
            extra(column("standing", "Standing", "结果"), |s, form| {
                let standing = standing(s.book(), form);
                Cell::coded(standing.code, standing.name)
            }),
        ],
    ),
    part(
        Kind::Parts,
        &[PARTS_COST],
        &[extra(column("cost", "Cost to us", "我方成本").numeric(), |_, form| Parts::of(form).cost().into())],
    ),
    part(
        COMPLAINT,
        &[
            count("major", "Major", "重大投诉", |s| {
                Tally::count(s.forms(COMPLAINT).filter(|form| major_since(s.book(), form).is_some()))
            }),
            count("several_cycles", "With more than one cycle", "多轮处理", |s| {
                Tally::count(s.forms(COMPLAINT).filter(|form| Complaint::of(form).cycles().len() > 1))
            }),
            COMPENSATION,
        ],
        &[
            extra(column("cycles", "Cycles", "处理轮次").numeric(), |_, form| {
                Cell::count(Complaint::of(form).cycles().len() as u64)
            }),
            extra(column("cause", "Root cause", "根本原因"), |_, form| {
                let code = Complaint::of(form).cause();
                code.map_or(Cell::Empty, |code| Cell::Coded(code.to_string(), cause_name(code)))
            }),
        ],
    ),
    part(Kind::Consult, &[consults::IN_TIME, consults::TURNED], &[]),
    Part {
        course: Some((
            words("Scores month by month", "各月评分"),
            &[MADE, SATISFACTION, QUALITY, ON_TIME, ARRIVAL_ERRORS, DAMAGE_HANDLING],
        )),
        ..part(Kind::Visit, &[SATISFACTION, LOW, STATED], &[])
    },
    part(Kind::Claim, &[CLAIMED, SETTLED], &[]),
];

/// How figures went in the months of the last year in which there was anything.
fn course(span: &Span<'_>, title: Words, rules: &'static [Rule]) -> Option<Table> {
    let months = Period::between(first_day(span.book()), span.end())?.parts(Unit::Month);
    let row = |month: Period| {
        let (values, records) = across(tallies(&span.within(month), rules));
        let cells = std::iter::once(Cell::Words(Text::same(month.from.format("%Y-%m")))).chain(values).collect();
        (!records.is_empty()).then_some(Row { cells, records })
    };
    let columns: Vec<Column> =
        std::iter::once(column("month", "Month", "月份").whole()).chain(rules.iter().map(Rule::column)).collect();
    Some(table("course", title, &columns, months.into_iter().rev().filter_map(row)))
}

/// The records of a kind: how many, and those that are open or recent.
pub fn of_kind(span: &Span<'_>, spec: &'static FormSpec) -> Option<Section> {
    let all: Vec<&Form> = span.forms(spec.kind).collect();
    if all.is_empty() {
        return None;
    }
    let part = PARTS.iter().find(|part| part.kind == spec.kind);
    let counted = |key, name, forms: &mut dyn Iterator<Item = &Form>| {
        let Tally { value, records } = Tally::count(forms);
        Figure { key, name, unit: "count", value, previous: None, last_year: None, goal: None, runs: false, records }
    };
    let mut figures = vec![counted("all", words("In all", "累计"), &mut all.iter().copied())];
    if spec.ends() {
        figures.push(counted("open", words("Open", "未结"), &mut all.iter().copied().filter(|form| !form.is_over())));
    }
    figures.extend(part.into_iter().flat_map(|part| part.figures).map(|rule| rule.figure((rule.of)(span))));

    let book = span.book();
    let recent = first_day(book);
    let is_open = |form: &Form| spec.ends() && !form.is_over();
    let listed = |form: &&Form| (is_open(form) || form.day() >= recent) && part.is_none_or(|p| (p.lists)(book, form));
    let listed: Vec<&Form> = all.into_iter().rev().filter(listed).collect();
    let mut listing = in_short(book, spec, listed.iter().copied());
    if let Some(at) = listing.columns.iter().position(|column| column.key == "customer") {
        listing.columns.remove(at);
        listing.rows.iter_mut().for_each(|row| _ = row.cells.remove(at));
    }
    for extra in part.into_iter().flat_map(|part| part.extras) {
        listing.columns.push(extra.column);
        for (row, form) in listing.rows.iter_mut().zip(&listed) {
            row.cells.push((extra.cell)(span, form));
        }
    }
    let course = part.and_then(|part| part.course).and_then(|(title, rules)| course(span, title, rules));
    Some(section(spec.dir, spec.name, figures, std::iter::once(untitled(listing)).chain(course).collect()))
}

/// A figure of a receipt, as it stands among those of its shipment.
fn arrival(book: &Book<'_>, receipt: &Form, of: impl Fn(&Arrival) -> u64) -> u64 {
    let shipment = Receipt::of(receipt).shipment().and_then(|number| book.form(number));
    let arrivals = shipment.map(|shipment| arrivals_of(book, &shipment)).unwrap_or_default();
    arrivals.iter().filter(|arrival| arrival.form.number == receipt.number).map(of).sum()
}

/// The pieces of a receipt with something wrong (R15).
fn troubled(book: &Book<'_>, receipt: &Form) -> u64 {
    arrival(book, receipt, |arrival| arrival.discrepancy())
}

/// Days, where there are any.
fn days(late: u64) -> Cell {
    i64::try_from(late).ok().filter(|late| *late > 0).map(Amount::Days).into()
}
