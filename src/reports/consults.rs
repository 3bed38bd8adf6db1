//! Figures of consults (R26, R27): what was asked, how soon it was answered, and what came of it.
//!
//! A question that was asked again is answered again, with a clock of its own. A consult counts as turned into a record
//! in the period in which it was taken, once the record is made.

use std::sync::Arc;

use super::charts;
use super::figure::{Rule, Tally, count, minutes, percent};
use super::groups::{BY_ASKED, BY_CHANNEL, BY_FIRST_ASKED, grouped};
use super::listing::{CUSTOMER, NUMBER, customer, table};
use super::model::Section;
use super::scope::{Scope, Span};
use crate::base::field::{Kind::Consult as CONSULT, List};
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::words::words;
use crate::consults::{Timed, clocks, outcomes, turned_into};
use crate::forms::consult::{ASKED, Consult};
use crate::forms::form::Form;
use crate::forms::shared::CHANNELS;
use crate::forms::spec::FormSpec;
use crate::sla::consults::ANSWER;
use crate::sla::due::met;

/// Consults taken.
pub const TAKEN: Rule = count("taken", "Taken", "受理", |s| Tally::count(s.made(CONSULT)));
const ANSWERED: Rule = count("answered", "Answered", "答复", |s| Tally::count(s.done(CONSULT, "answer")));
/// R27: of the questions whose answer is judged in the period, those answered in time.
pub const IN_TIME: Rule =
    percent("answered_in_time", "Answered in time", "答复及时率", |s| s.in_time(&ANSWER)).aim("consults_in_time");
/// From the question to the answer, by the clock on the wall; of the answers of the period.
const MINUTES: Rule = minutes("minutes_to_answer", "Time to answer, median", "答复用时中位数", |s| {
    let taken = rounds(s).filter_map(|(form, timed)| {
        let answered = timed.clock.stopped.filter(|at| s.contains(*at))?;
        Some((form, (answered - timed.clock.start).num_minutes()))
    });
    Tally::median(taken, Amount::Minutes)
});
const HANDED_ON: Rule = count("handed_on", "Handed on", "转交", |s| Tally::count(s.done(CONSULT, "hand-on")));
const ASKED_AGAIN: Rule =
    count("asked_again", "Asked again", "再次询问", |s| Tally::count(s.done(CONSULT, "ask-again")));
/// Of the consults taken in the period.
pub const TURNED: Rule = percent("turned", "Turned into a record", "转单率", |s| {
    Tally::share(s.made(CONSULT).map(|form| (form, !turned_into(s.book(), &form.number).is_empty())))
})
.aim("consults_turned");
/// Consults not answered at the end.
const OPEN: Rule = count("open", "Open at the end", "期末未答复", |s| Tally::count(s.open(CONSULT)));
const OVERDUE: Rule = count("overdue", "Overdue at the end", "期末逾期未答复", |s| {
    let late = |form: &&Form| {
        let due = clocks(s.book(), form).last().and_then(|timed| timed.due(s.book()));
        due.is_some_and(|due| met(None, due, s.book().now.time) == Some(false))
    };
    Tally::count(s.open(CONSULT).filter(late))
});

const RULES: &[Rule] = &[TAKEN, ANSWERED, IN_TIME, MINUTES, HANDED_ON, ASKED_AGAIN, TURNED, OPEN, OVERDUE];
const OF_A_GROUP: &[Rule] = &[TAKEN, ANSWERED, IN_TIME, MINUTES, HANDED_ON, TURNED, OPEN];

/// Consults: how many of what kind by which channel, how soon they were answered, by whom, what came of them, and those
/// that are open.
pub fn consults(scope: &Scope<'_>) -> Option<Section> {
    let span = &scope.span;
    let mut section = scope.section("consults", words("Consults", "咨询"), RULES);
    section.tables = [&BY_ASKED, &BY_CHANNEL, &BY_FIRST_ASKED].map(|by| grouped(span, by, OF_A_GROUP)).to_vec();
    section.tables.push(conversion(span));
    section.tables.push(open(span));
    section.charts = charts::CONSULTS;
    Some(section)
}

/// Consults in a few figures, for the general reports.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    const SHORT: &[Rule] = &[TAKEN, ANSWERED, IN_TIME, TURNED, OPEN, OVERDUE];
    let section = scope.section("consults", words("Consults", "咨询"), SHORT);
    Some(Section { charts: charts::CONSULTS_IN_SHORT, ..section })
}

/// The rounds of the consults that the span tells of, each with its clock.
fn rounds<'s>(span: &'s Span<'_>) -> impl Iterator<Item = (&'s Form, Timed)> {
    span.forms(CONSULT).flat_map(|form| clocks(span.book(), form).into_iter().map(move |timed| (form, timed)))
}

/// What the consults taken in the span turned into, kind by kind; a consult that turned into two records of a kind is
/// one of them.
fn conversion(span: &Span<'_>) -> Table {
    let taken: Vec<(&Form, Vec<Arc<Form>>)> =
        span.made(CONSULT).map(|form| (form, turned_into(span.book(), &form.number))).collect();
    let row = |spec: &'static FormSpec| {
        let made = |turned: &[Arc<Form>]| turned.iter().filter(|form| form.spec.kind == spec.kind).count() as u64;
        let consults = taken.iter().filter(|(_, turned)| made(turned) > 0);
        let mut records: Vec<Number> = consults.clone().map(|(form, _)| form.number.clone()).collect();
        let turned = records.len() as u64;
        let of_kind = consults.flat_map(|(_, turned)| turned.iter().filter(|form| form.spec.kind == spec.kind));
        records.extend(of_kind.map(|form| form.number.clone()));
        records.sort_unstable();
        let all: u64 = taken.iter().map(|(_, turned)| made(turned)).sum();
        let rate = Amount::share(turned, taken.len() as u64);
        Row {
            cells: vec![Cell::coded(spec.code, spec.name), Cell::count(turned), Cell::count(all), rate.into()],
            records,
        }
    };
    let columns = [
        column("kind", "Turned into", "转为"),
        column("consults", "Consults", "咨询数").numeric(),
        column("records", "Records", "单据数").numeric(),
        column("rate", "Of those taken", "占受理").numeric(),
    ];
    table("conversion", words("What came of them", "转单情况"), &columns, outcomes().map(row))
}

/// The consults that nobody has answered at the end of the span, the oldest question first.
fn open(span: &Span<'_>) -> Table {
    let book = span.book();
    let mut waiting: Vec<(Timed, &Form)> =
        span.open(CONSULT).filter_map(|form| Some((clocks(book, form).pop()?, form))).collect();
    waiting.sort_by(|(a, one), (b, other)| (a.clock.start, &one.number).cmp(&(b.clock.start, &other.number)));
    let row = |(timed, form): (Timed, &Form)| {
        let reading = timed.read(book);
        let holder = Consult::of(form).holder();
        let cells = vec![
            Cell::Number(form.number.clone()),
            Cell::Time(timed.clock.start),
            reading.due.map_or(Cell::Empty, Cell::Time),
            Cell::chosen(ASKED, form.header.text("about").unwrap_or("")),
            Cell::chosen(CHANNELS, form.header.text("channel").unwrap_or("")),
            customer(book, form),
            Cell::Text(book.name(List::Staff, holder.as_str())),
            Cell::coded(reading.state.code(), reading.state.name()),
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    let columns = [
        NUMBER,
        column("asked", "Asked", "询问时间").whole(),
        column("due", "Due", "应答复时间").whole(),
        column("about", "About", "咨询类别"),
        column("channel", "Channel", "来源渠道"),
        CUSTOMER,
        column("holder", "With", "当前答复人"),
        column("state", "State", "状态").whole(),
    ];
    table("open", words("Open consults", "未答复咨询"), &columns, waiting.into_iter().map(row))
}
