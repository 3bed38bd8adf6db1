//! Rules over an arrival receipt and its shipment (R15).

use super::refuse;
use crate::base::problem::Problem;
use crate::book::Book;
use crate::flow::arrivals_of;
use crate::forms::form::Form;
use crate::forms::receipt::{REMEDIES, Receipt};
use crate::forms::shipment::Shipment;
use crate::tr;

/// A receipt counts what its departed shipment sent; each remedy settles something open in exactly one way (R15).
pub fn receipt(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let receipt = Receipt::of(form);
    let Some(number) = receipt.shipment() else { return };
    let Some(shipped) = book.form(number) else { return };
    arrived(form, &receipt, &shipped, problems);
    counts(form, &receipt, &shipped, problems);
    remedies(book, form, &receipt, &shipped, problems);
}

/// The goods arrived after they departed, and while they were on their way.
fn arrived(form: &Form, receipt: &Receipt<'_>, shipped: &Form, problems: &mut Vec<Problem>) {
    let (number, shipment) = (&shipped.number, Shipment::of(shipped));
    match shipment.departed() {
        None => refuse(
            form,
            "shipment",
            "receipt.not-departed",
            tr!("{number} has not departed", "{number} 还没有发出"),
            tr!("record the departure first: cs ship depart {number}", "请先登记发出：cs ship depart {number}"),
            problems,
        ),
        Some(step) if receipt.arrived_at().is_some_and(|at| at < step.at) => refuse(
            form,
            "arrived_at",
            "receipt.early",
            tr!("it arrived before {number} departed", "到货时间早于 {number} 的发出时间"),
            tr!("mend --arrived-at, or the time of the departure", "请改正 --arrived-at 或发出时间"),
            problems,
        ),
        Some(_) => {}
    }
    let ended = shipped.last("close").filter(|step| form.made_at().is_some_and(|at| at > step.at));
    let stands = shipment.refused().filter(|step| receipt.arrived_at().is_some_and(|at| at >= step.at));
    if ended.is_some() || stands.is_some() {
        refuse(
            form,
            "shipment",
            "receipt.not-under-way",
            tr!("{number} is closed or refused: nothing arrives", "{number} 已结案或被拒收，不能登记到货"),
            tr!(
                "void its closing, or record the redelivery first: cs ship redeliver {number} --arrive DATE",
                "请先作废结案步骤，或登记重新派送：cs ship redeliver {number} --arrive 日期"
            ),
            problems,
        );
    }
}

/// What is counted was sent, and what is damaged was received.
fn counts(form: &Form, receipt: &Receipt<'_>, shipped: &Form, problems: &mut Vec<Problem>) {
    let (number, shipment) = (&shipped.number, Shipment::of(shipped));
    for (line, counted) in form.lines.iter().zip(receipt.counted()) {
        let (model, damaged, received) = (counted.model, counted.damaged, counted.received);
        let at = line.entry("model").map_or(0..0, |e| e.span.clone());
        if shipment.quantity_of(model) == 0 {
            problems.push(
                Problem::new(
                    "receipt.not-shipped",
                    tr!("{model} is not on {number}", "{number} 里没有型号 {model}"),
                    tr!(
                        "count a wrong model under the one it came for: MODEL=0:wrong=1",
                        "送错的型号请记在应送型号下：型号=0:wrong=1"
                    ),
                )
                .at(form.place(at.clone())),
            );
        }
        if damaged > received {
            problems.push(
                Problem::new(
                    "receipt.damaged",
                    tr!(
                        "{damaged} × {model} damaged, but only {received} received",
                        "{model} 破损 {damaged} 件，多于实收 {received} 件"
                    ),
                    tr!("damaged pieces are among the received", "破损数量包含在实收数量之内"),
                )
                .at(form.place(at)),
            );
        }
    }
}

fn remedies(book: &Book<'_>, form: &Form, receipt: &Receipt<'_>, shipped: &Form, problems: &mut Vec<Problem>) {
    let arrivals = arrivals_of(book, shipped);
    let Some(arrival) = arrivals.iter().find(|a| a.form.number == form.number) else { return };
    for step in receipt.remedies() {
        let ways = REMEDIES.iter().filter(|way| step.fields.get(way).is_some()).count();
        if ways != 1 {
            refuse(
                form,
                step,
                "receipt.remedy",
                tr!(
                    "a remedy is exactly one of reship, parts, claim, credit, keep",
                    "每次只能选一种处理方式：reship 补发、parts 配件、claim 理赔、credit 退款、keep 留用"
                ),
                tr!(
                    "give one of --reship, --parts, --claim, --credit AMOUNT, --keep",
                    "请写 --reship、--parts、--claim、--credit 金额、--keep 中的一个"
                ),
                problems,
            );
        }
    }
    let last = receipt.remedies().last();
    let over: Vec<String> = arrival
        .counts
        .iter()
        .filter(|c| c.remedied > c.discrepancy())
        .map(|c| format!("{} {}/{}", c.model, c.remedied, c.discrepancy()))
        .collect();
    let number = &form.number;
    if let Some(step) = arrival.idle.and_then(|index| form.steps.get(index - 1)) {
        refuse(
            form,
            step,
            "receipt.nothing-open",
            tr!("nothing of {number} is left to remedy", "{number} 没有未处理的差异"),
            tr!("see what was settled: cs show {number}", "查看已处理的差异：cs show {number}"),
            problems,
        );
    }
    if let Some(step) = last.filter(|_| !over.is_empty()) {
        let list = over.join(", ");
        refuse(
            form,
            step,
            "receipt.nothing-open",
            tr!("there is not so much to remedy: {list}", "没有这么多差异需要处理：{list}"),
            tr!("see what is open: cs show {number}", "查看未处理的差异：cs show {number}"),
            problems,
        );
    }
}
