//! What follows from an order: its days, its money, and how far its goods are.

use super::{Derived, yes_no};
use crate::base::money::Money;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::words::words;
use crate::book::Book;
use crate::flow::{arrived_whole, credited, is_paid, pieces_of, shipments_of, undelivered};
use crate::forms::form::Form;
use crate::forms::order::Order;

/// Now expected, days late, what is paid, delivered and left to ship.
pub(super) fn derive(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let order = Order::of(form);
    let today = book.now.today();
    derived.moved("expected", words("Now expected", "现预计"), form.header.date("wanted_by"), order.expected());
    if let Some(wanted) = order.wanted_by().filter(|_| form.state().code != "cancelled") {
        // The customer wants the goods there on that day, not finished here.
        let there = arrived_whole(book, form).unwrap_or(today);
        let late = (there - wanted).num_days().max(0);
        derived.fact("days_late", words("Days late", "延误天数"), Cell::Amount(Amount::Days(late)));
    }
    derived.fact("total", words("Total", "总金额"), order.total());
    let credit = credited(book, &form.number);
    derived.fact("credited", words("Credited", "已退款"), (credit > Money::ZERO).then_some(credit));
    derived.fact("paid", words("Paid", "已付清"), yes_no(is_paid(book, form)));
    derived.fact("delivered", words("Delivered", "已到齐"), yes_no(undelivered(book, form).is_empty()));
    derived.records("shipments", words("Shipments", "发货单"), &shipments_of(book, &form.number));
    derived.tables.push(pieces(book, form));
}

/// What is ordered, shipped, received and left of each model.
fn pieces(book: &Book<'_>, form: &Form) -> Table {
    let numeric = |key, en, zh| column(key, en, zh).numeric();
    let rows = pieces_of(book, form)
        .into_iter()
        .map(|(model, p)| Row {
            cells: vec![
                Cell::Text(model),
                Cell::count(p.ordered),
                Cell::count(p.shipped),
                Cell::count(p.received),
                Cell::count(p.damaged),
                Cell::count(p.back),
                Cell::count(p.left()),
            ],
            records: Vec::new(),
        })
        .collect();
    Table {
        name: "pieces",
        title: words("Goods", "货物"),
        columns: vec![
            column("model", "Model", "型号").whole(),
            numeric("ordered", "Ordered", "订购"),
            numeric("shipped", "Shipped", "已发"),
            numeric("received", "Received", "已到"),
            numeric("damaged", "Damaged", "破损"),
            numeric("back", "Returned", "退回"),
            numeric("left", "To ship", "待发"),
        ],
        rows,
    }
}
