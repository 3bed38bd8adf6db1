//! Rules over an order and its shipments (R14).

use super::{empty, put, refuse};
use crate::base::number::Number;
use crate::base::problem::Problem;
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::flow::{Pieces, is_paid, pieces_of, shipments_of, undelivered};
use crate::forms::form::{Form, Step};
use crate::forms::shipment::Shipment;
use crate::tr;

/// An order is closed only when it is delivered and paid, and cancelled only when nothing of it is on its way.
pub fn order(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    if let Some(step) = form.last("close") {
        put(form, step, closed_early(book, form, step), problems);
    }
    if let Some(step) = form.last("cancel") {
        put(form, step, cancelled_late(book, form), problems);
    }
    empty(form, "change", problems);
    if let Some(step) = form.last("change") {
        shrunk(book, form, step, problems);
    }
}

/// What an order that was closed still lacks.
fn closed_early(book: &Book<'_>, form: &Form, step: &Step) -> Option<Problem> {
    let number = &form.number;
    let open = still_open(book, form, step);
    let problem = || {
        Problem::new(
            "order.close",
            tr!("{number} can't be closed yet", "{number} 还不能结案"),
            Text::join(&open, words("; ", "；")),
        )
    };
    (!open.is_empty()).then(problem)
}

/// What is still to be done for an order, each with its command.
fn still_open(book: &Book<'_>, form: &Form, close: &Step) -> Vec<Text> {
    let number = &form.number;
    let mut open = Vec::new();
    if !is_paid(book, form) {
        open.push(tr!("not paid: cs order paid {number}", "尚未付清：cs order paid {number}"));
    }
    let goods = undelivered(book, form);
    // Goods that come back after the closing (R62) don't undo it.
    let sent = |p: &Pieces| (p.ordered + p.reship).saturating_sub(p.shipped);
    let n: u64 = pieces_of(book, form).values().map(sent).sum();
    if n > 0 {
        open.push(tr!(
            "{n} pieces not shipped: cs ship new --order {number} …",
            "还有 {n} 件未发货：cs ship new --order {number} …"
        ));
    }
    for shipment in &goods.not_received {
        open.push(tr!(
            "{shipment} not received: cs ship receive {shipment} …",
            "{shipment} 尚未到货：cs ship receive {shipment} …"
        ));
    }
    for receipt in &goods.discrepant {
        open.push(tr!(
            "{receipt} has a discrepancy: cs ship remedy {receipt} …",
            "{receipt} 有差异未处理：cs ship remedy {receipt} …"
        ));
    }
    let before = |number: &&Number| {
        let shipment = book.form(number);
        shipment.is_some_and(|form| Shipment::of(&form).open_returns().any(|back| back.asked.at <= close.at))
    };
    for shipment in goods.returning.iter().filter(before) {
        open.push(tr!(
            "{shipment} has a return under way: cs ship show {shipment}",
            "{shipment} 有退换货未完成：cs ship show {shipment}"
        ));
    }
    open
}

/// Goods of a cancelled order that are on their way (R14).
fn cancelled_late(book: &Book<'_>, form: &Form) -> Option<Problem> {
    let number = &form.number;
    let net: u64 = pieces_of(book, form).values().map(|p| p.net()).sum();
    if net == 0 {
        return None;
    }
    let list = shipments_of(book, number).iter().map(|s| s.number.to_string()).collect::<Vec<_>>().join(", ");
    Some(Problem::new(
        "order.cancel",
        tr!("{net} pieces of {number} are shipped: {list} (R14)", "{number} 已有 {net} 件发货：{list}（R14）"),
        tr!(
            "take the goods back first (cs ship return), or void a shipment that never left",
            "请先办理退货（cs ship return），或作废未发出的发货单"
        ),
    ))
}

/// Lines changed below what is already shipped (R14).
fn shrunk(book: &Book<'_>, form: &Form, change: &Step, problems: &mut Vec<Problem>) {
    for (model, p) in pieces_of(book, form).iter().filter(|(_, p)| p.shipped > p.allowed()) {
        let (shipped, allowed) = (p.shipped, p.allowed());
        refuse(
            form,
            change,
            "order.over-shipped",
            tr!(
                "{shipped} × {model} are shipped, more than the {allowed} now ordered (R14)",
                "{model} 已发 {shipped} 件，超过现在的订购数 {allowed} 件（R14）"
            ),
            tr!(
                "keep the quantity at {shipped} or more, or take goods back first (cs ship return)",
                "请保持数量不少于 {shipped}，或先办理退货（cs ship return）"
            ),
            problems,
        );
    }
}
