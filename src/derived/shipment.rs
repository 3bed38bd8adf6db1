//! What follows from a shipment, and from the receipts of it.

use super::{Derived, yes_no};
use crate::base::table::{Cell, Column, Row, Table, column};
use crate::base::words::words;
use crate::book::Book;
use crate::flow::{Arrival, Count, arrivals_of, is_received};
use crate::forms::form::Form;
use crate::forms::receipt::Receipt;
use crate::forms::shipment::Shipment;

/// Its days as they are now, what was agreed and told, and how it arrived.
pub(super) fn derive(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let shipment = Shipment::of(form);
    derived.moved("departs", words("Now departs", "现计划发货"), form.header.date("depart"), shipment.depart());
    derived.moved("arrives", words("Now arrives", "现计划到货"), form.header.date("arrive"), shipment.arrive());
    derived.fact("freight_agreed", words("Freight", "运费"), shipment.freight());
    derived.fact("notified", words("Consignee told", "已通知收货人"), yes_no(shipment.notified().is_some()));
    derived.fact("received", words("Received whole", "已全部到货"), yes_no(is_received(book, form)));
    let arrivals = arrivals_of(book, form);
    let records = std::iter::once(&form.number).chain(arrivals.iter().map(|arrival| &arrival.form.number));
    derived.claims(book, records);
    for arrival in arrivals {
        derived.tables.push(counts(&arrival));
    }
}

/// What a receipt found wrong, and what of it is settled.
pub(super) fn receipt(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let shipment = Receipt::of(form).shipment().and_then(|number| book.form(number));
    let Some(shipment) = shipment else { return };
    for arrival in arrivals_of(book, &shipment).iter().filter(|a| a.form.number == form.number) {
        derived.fact("discrepancy", words("Discrepancy", "差异件数"), Cell::count(arrival.discrepancy()));
        derived.fact("open", words("Not yet settled", "未处理件数"), Cell::count(arrival.open()));
        derived.claims(book, [&form.number]);
        derived.tables.push(counts(arrival));
    }
}

/// What was expected and found of each model.
fn counts(arrival: &Arrival) -> Table {
    let numeric = |key, en, zh| -> Column { column(key, en, zh).numeric() };
    let row = |c: &Count| Row {
        cells: vec![
            Cell::Number(arrival.form.number.clone()),
            Cell::Text(c.model.clone()),
            Cell::count(c.expected),
            Cell::count(c.received),
            Cell::count(c.short),
            Cell::count(c.over),
            Cell::count(c.wrong),
            Cell::count(c.damaged),
            Cell::count(c.open()),
        ],
        records: vec![arrival.form.number.clone()],
    };
    Table {
        name: "arrivals",
        title: words("Arrival", "到货"),
        columns: vec![
            column("receipt", "Receipt", "回执").whole(),
            column("model", "Model", "型号").whole(),
            numeric("expected", "Expected", "应到"),
            numeric("received", "Received", "实到"),
            numeric("short", "Short", "短少"),
            numeric("over", "Over", "多发"),
            numeric("wrong", "Wrong", "错发"),
            numeric("damaged", "Damaged", "破损"),
            numeric("open", "Open", "未处理"),
        ],
        rows: arrival.counts.iter().map(row).collect(),
    }
}
