//! Rules over a shipment, its orders and its receipts (R8, R13–R15, R62).

use std::collections::BTreeMap;

use super::{empty, put, refuse};
use crate::base::number::Number;
use crate::base::problem::Problem;
use crate::book::Book;
use crate::flow::{arrivals_of, is_received, order_of_line, pieces_of, receipts_of, shipments_of};
use crate::forms::form::Form;
use crate::forms::order::Order;
use crate::forms::shipment::{ReturnStage, Shipment};
use crate::tr;

/// A shipment sends what was ordered, from living confirmed orders, and is settled in order (R8, R14, R62).
pub fn shipment(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let shipment = Shipment::of(form);
    orders(book, form, &shipment, problems);
    let sent = of_orders(book, form, &shipment, problems);
    for ((number, model), quantity) in sent {
        put(form, "order", too_many(book, form, &number, model, quantity), problems);
    }
    empty(form, "reschedule", problems);
    dates(form, &shipment, problems);
    arrival(book, form, problems);
    returns(form, &shipment, problems);
    let back = form.living().filter(|s| matches!(s.verb(), "return" | "return-back")).flat_map(|s| &s.lines);
    for line in back.filter(|line| order_of_line(book, &shipment, line).is_none()) {
        let model = line.text("model").unwrap_or("");
        let at = line.entry("model").map_or(0..0, |e| e.span.clone());
        problems.push(which_order(model).at(form.place(at)));
    }
}

/// The orders of a shipment live and are confirmed (R8, R14).
fn orders(book: &Book<'_>, form: &Form, shipment: &Shipment<'_>, problems: &mut Vec<Problem>) {
    for number in shipment.orders() {
        let Some(order) = book.form(&number) else { continue };
        let state = order.state();
        let problem = match state.code {
            "cancelled" if pieces_of(book, &order).values().any(|p| p.net() > 0) => Problem::new(
                "shipment.cancelled",
                tr!("{number} is cancelled: nothing can be shipped from it (R14)", "{number} 已取消，不能发货（R14）"),
                tr!("take a new order, or void the cancellation", "请登记新订单，或作废取消步骤"),
            ),
            "new" => Problem::new(
                "shipment.unconfirmed",
                tr!("{number} is not confirmed (R8)", "{number} 尚未确认（R8）"),
                tr!("confirm it first: cs order confirm {number}", "请先确认：cs order confirm {number}"),
            ),
            _ => continue,
        };
        put(form, "order", [problem], problems);
    }
}

/// What a shipment sends of each order and model; a line that is of none of its orders is a problem (R14).
fn of_orders<'f>(
    book: &Book<'_>,
    form: &'f Form,
    shipment: &Shipment<'_>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<(Number, &'f str), u64> {
    let mut sent = BTreeMap::new();
    for line in &form.lines {
        let model = line.text("model").unwrap_or("");
        let at = || line.entry("model").map_or(0..0, |e| e.span.clone());
        match order_of_line(book, shipment, line) {
            Some(order) => {
                // An order that is not there, or can't be read, is told elsewhere.
                let Some(ordered) = book.form(&order) else { continue };
                let named = shipment.orders().any(|n| n == order);
                let holds = Order::of(&ordered).quantity_of(model) > 0;
                if named && holds {
                    *sent.entry((order, model)).or_default() += line.whole("quantity");
                } else {
                    problems.push(
                        Problem::new(
                            "shipment.not-ordered",
                            tr!("{model} is not in {order} (R14)", "{order} 里没有型号 {model}（R14）"),
                            tr!("see its lines: cs order show {order}", "请查看订单明细：cs order show {order}"),
                        )
                        .at(form.place(at())),
                    );
                }
            }
            None => problems.push(which_order(model).at(form.place(at()))),
        }
    }
    sent
}

/// The problem of more pieces of a model than their order still allows (R14).
fn too_many(book: &Book<'_>, form: &Form, number: &Number, model: &str, quantity: u64) -> Option<Problem> {
    let order = book.form(number)?;
    let pieces = pieces_of(book, &order).get(model).copied()?;
    // The latest shipments are the ones that are too much.
    let later: u64 = shipments_of(book, number)
        .iter()
        .filter(|s| s.made_at() > form.made_at() || (s.made_at() == form.made_at() && s.number > form.number))
        .flat_map(|s| s.lines.iter().map(move |line| (s, line)))
        .filter(|(s, line)| {
            line.text("model") == Some(model) && order_of_line(book, &Shipment::of(s), line).as_ref() == Some(number)
        })
        .map(|(_, line)| line.whole("quantity"))
        .sum();
    let allowed = pieces.allowed();
    let so_far = pieces.shipped.saturating_sub(later);
    let (ordered, left) = (pieces.ordered, (allowed + quantity).saturating_sub(so_far));
    let problem = || {
        Problem::new(
            "shipment.over",
            tr!(
                "{quantity} × {model} is more than {number} still allows: {left} of {ordered} (R14)",
                "{model} 发 {quantity} 件，超过 {number} 还可发的数量：订购 {ordered} 件，还可发 {left} 件（R14）"
            ),
            tr!(
                "ship {left} or fewer, or change the order first: cs order change {number} …",
                "请发 {left} 件以内，或先变更订单：cs order change {number} …"
            ),
        )
    };
    (so_far > allowed).then(problem)
}

fn which_order(model: &str) -> Problem {
    Problem::new(
        "shipment.which-order",
        tr!("which order does {model} belong to?", "型号 {model} 属于哪张订单？"),
        tr!("say it in the line: --line {model}=QTY:order=DD-…", "请在明细中写明：--line {model}=数量:order=DD-…"),
    )
}

fn dates(form: &Form, shipment: &Shipment<'_>, problems: &mut Vec<Problem>) {
    if let (Some(depart), Some(arrive)) = (shipment.depart(), shipment.arrive())
        && arrive < depart
    {
        refuse(
            form,
            "arrive",
            "shipment.dates",
            tr!("it arrives on {arrive}, before it departs on {depart}", "计划到货日 {arrive} 早于发货日 {depart}"),
            tr!("mend --depart or --arrive", "请改正 --depart 或 --arrive"),
            problems,
        );
    }
}

/// The slip and the closing need an arrival, and the closing all discrepancies and returns settled (R13, R15, R62).
fn arrival(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let number = &form.number;
    if let Some(step) = form.last("slip")
        && receipts_of(book, number).is_empty()
    {
        refuse(
            form,
            step,
            "shipment.slip",
            tr!("{number} has no arrival receipt yet", "{number} 还没有到货回执"),
            tr!("make it first: cs ship receive {number} …", "请先登记：cs ship receive {number} …"),
            problems,
        );
    }
    if let Some(step) = form.last("close") {
        let mut open: Vec<String> =
            arrivals_of(book, form).iter().filter(|a| a.open() > 0).map(|a| a.form.number.to_string()).collect();
        let shipment = Shipment::of(form);
        let taken_back = shipment.back() >= shipment.quantity();
        if shipment.open_returns().next().is_some() {
            open.push("return".to_string());
        } else if !taken_back && !is_received(book, form) {
            open.push("receive".to_string());
        }
        if !open.is_empty() {
            let list = open.join(", ");
            refuse(
                form,
                step,
                "shipment.close",
                tr!("{number} is not settled yet: {list}", "{number} 还有未办完的事项：{list}"),
                tr!(
                    "receive the rest (cs ship receive …), settle discrepancies (cs ship remedy …) and returns (cs ship return-credit …) first",
                    "请先登记其余到货（cs ship receive …）、处理差异（cs ship remedy …）和退换货（cs ship return-credit …）"
                ),
                problems,
            );
        }
    }
}

/// A return goes asked → approved → back → credited or replaced, and brings back no more than was sent (R62).
fn returns(form: &Form, shipment: &Shipment<'_>, problems: &mut Vec<Problem>) {
    let mut stage: Option<ReturnStage> = None;
    for step in form.living() {
        let (needs, next): (&[Option<ReturnStage>], _) = match step.verb() {
            "return" => (&[None, Some(ReturnStage::Credited), Some(ReturnStage::Replaced)], ReturnStage::Asked),
            "return-approve" => (&[Some(ReturnStage::Asked)], ReturnStage::Approved),
            "return-back" => (&[Some(ReturnStage::Approved), Some(ReturnStage::Back)], ReturnStage::Back),
            "return-credit" => (&[Some(ReturnStage::Back)], ReturnStage::Credited),
            "return-replace" => (&[Some(ReturnStage::Back)], ReturnStage::Replaced),
            _ => continue,
        };
        if needs.contains(&stage) {
            stage = Some(next);
        } else {
            let verb = step.verb();
            refuse(
                form,
                step,
                "return.order",
                tr!("{verb} is not the next step of the return (R62)", "退换货现在还不能做 {verb}（R62）"),
                tr!(
                    "the steps are: return, return-approve, return-back, then return-credit or return-replace",
                    "顺序为：return 申请、return-approve 批准、return-back 入库，然后 return-credit 退款或 return-replace 换货"
                ),
                problems,
            );
        }
        if let Some(number) =
            step.fields.record("shipment").filter(|n| step.verb() == "return-replace" && **n == form.number)
        {
            refuse(
                form,
                step,
                "return.itself",
                tr!("{number} can't replace itself (R62)", "{number} 不能替换自己（R62）"),
                tr!(
                    "make the replacement first: cs ship new --replaces {number} …",
                    "请先登记换货发货单：cs ship new --replaces {number} …"
                ),
                problems,
            );
        }
        for line in &step.lines {
            let model = line.text("model").unwrap_or("");
            let back: u64 = form
                .taken("return-back")
                .flat_map(|s| &s.lines)
                .filter(|l| l.text("model") == Some(model))
                .map(|l| l.whole("quantity"))
                .sum();
            let sent = shipment.quantity_of(model);
            if line.whole("quantity") > sent || back > sent {
                refuse(
                    form,
                    step,
                    "return.over",
                    tr!("only {sent} × {model} were sent (R62)", "{model} 只发了 {sent} 件（R62）"),
                    tr!("return {sent} or fewer", "退回数量不能超过 {sent}"),
                    problems,
                );
            }
        }
    }
}
