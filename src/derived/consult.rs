//! What follows from a consult: its clock, round by round, and what it turned into.

use std::sync::Arc;

use super::clocks::{clock_row, clock_table};
use super::{Derived, named};
use crate::base::field::List;
use crate::base::table::{Cell, Row, Table, column};
use crate::base::words::words;
use crate::book::Book;
use crate::consults::{Timed, clocks, turned_into};
use crate::forms::consult::Consult;
use crate::forms::form::Form;

/// When a consult is to be answered and was, who holds it, and what it turned into.
pub(super) fn derive(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let consult = Consult::of(form);
    let rounds = clocks(book, form);
    derived.fact("holder", words("With", "当前答复人"), named(book, List::Staff, consult.holder().as_str()));
    derived.fact("owner", words("Asked first", "首问责任人"), named(book, List::Staff, consult.owner().as_str()));
    derived.fact("round", words("Round", "询问轮次"), Cell::count(rounds.len() as u64));
    if let Some(timed) = rounds.last() {
        let reading = timed.read(book);
        derived.fact("due", words("Answer due", "应答复时间"), reading.due);
        derived.fact("answered", words("Answered", "答复时间"), timed.clock.stopped);
        derived.fact("in_time", words("In time", "是否按时"), Cell::coded(reading.state.code(), reading.state.name()));
        derived.fact("minutes", words("Minutes used", "已用分钟"), Cell::count(reading.used_minutes.max(0) as u64));
    }
    if rounds.len() > 1 {
        let row = |timed: &Timed| {
            clock_row(
                "R27",
                Cell::coded("answer", words("answered", "答复")),
                timed.round,
                timed.clock.start,
                &timed.read(book),
                timed.clock.stopped,
            )
        };
        derived.tables.push(clock_table(rounds.iter().map(row).collect()));
    }
    derived.tables.extend(turned(book, form));
}

/// The records that it turned into (R26), if any.
fn turned(book: &Book<'_>, form: &Form) -> Option<Table> {
    let turned = turned_into(book, &form.number);
    let row = |form: &Arc<Form>| Row {
        cells: vec![
            Cell::Number(form.number.clone()),
            Cell::coded(form.spec.code, form.spec.name),
            Cell::coded(form.state().code, form.state().name),
        ],
        records: vec![form.number.clone()],
    };
    (!turned.is_empty()).then(|| Table {
        name: "turned_into",
        title: words("Turned into", "转为单据"),
        columns: vec![
            column("number", "Number", "单号").whole(),
            column("kind", "Kind", "类别"),
            column("state", "State", "状态").whole(),
        ],
        rows: turned.iter().map(row).collect(),
    })
}
