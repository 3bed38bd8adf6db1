//! Rules over an order, its shipments and their receipts (R8, R11, R14, R15, R62).

use std::collections::BTreeMap;

use crate::base::number::Number;
use crate::base::problem::Problem;
use crate::base::words::Text;
use crate::base::words::words;
use crate::book::Book;
use crate::flow::{
    Pieces, arrivals_of, is_paid, is_received, order_of_line, pieces_of, receipts_of, shipments_of, undelivered,
};
use crate::forms::form::Form;
use crate::forms::order::Order;
use crate::forms::receipt::{REMEDIES, Receipt};
use crate::forms::shipment::{ReturnStage, Shipment};
use crate::tr;

/// The orders that a shipment, or the shipment of a receipt, serves.
pub fn orders_behind(book: &Book<'_>, form: &Form) -> Vec<Number> {
    match Receipt::of(form).shipment() {
        Some(shipment) => book.form(shipment).map(|s| Shipment::of(&s).orders().collect()).unwrap_or_default(),
        None => Shipment::of(form).orders().collect(),
    }
}

/// An order is closed only when it is delivered and paid, and cancelled only when nothing of it is on its way.
pub fn order(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let number = &form.number;
    if let Some(step) = form.last("close") {
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
            shipment.is_some_and(|form| Shipment::of(&form).open_returns().any(|back| back.asked.at <= step.at))
        };
        for shipment in goods.returning.iter().filter(before) {
            open.push(tr!(
                "{shipment} has a return under way: cs ship show {shipment}",
                "{shipment} 有退换货未完成：cs ship show {shipment}"
            ));
        }
        if !open.is_empty() {
            problems.push(
                Problem::new(
                    "order.close",
                    tr!("{number} can't be closed yet", "{number} 还不能结案"),
                    Text::join(&open, words("; ", "；")),
                )
                .at(form.place(step.span.clone())),
            );
        }
    }
    if let Some(step) = form.last("cancel") {
        let net: u64 = pieces_of(book, form).values().map(|p| p.net()).sum();
        if net > 0 {
            let list = shipments_of(book, number).iter().map(|s| s.number.to_string()).collect::<Vec<_>>().join(", ");
            problems.push(
                Problem::new(
                    "order.cancel",
                    tr!(
                        "{net} pieces of {number} are shipped: {list} (R14)",
                        "{number} 已有 {net} 件发货：{list}（R14）"
                    ),
                    tr!(
                        "take the goods back first (cs ship return), or void a shipment that never left",
                        "请先办理退货（cs ship return），或作废未发出的发货单"
                    ),
                )
                .at(form.place(step.span.clone())),
            );
        }
    }
    empty(form, "change", problems);
    // Lines changed below what is already shipped.
    if form.last("change").is_some() {
        for (model, p) in pieces_of(book, form).iter().filter(|(_, p)| p.shipped > p.allowed()) {
            let (shipped, allowed) = (p.shipped, p.allowed());
            problems.push(
                Problem::new(
                    "order.over-shipped",
                    tr!(
                        "{shipped} × {model} are shipped, more than the {allowed} now ordered (R14)",
                        "{model} 已发 {shipped} 件，超过现在的订购数 {allowed} 件（R14）"
                    ),
                    tr!(
                        "keep the quantity at {shipped} or more, or take goods back first (cs ship return)",
                        "请保持数量不少于 {shipped}，或先办理退货（cs ship return）"
                    ),
                )
                .at(form.place(form.last("change").map_or(0..0, |s| s.span.clone()))),
            );
        }
    }
}

/// A shipment sends what was ordered, from living confirmed orders, and is settled in order (R8, R14, R62).
pub fn shipment(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let shipment = Shipment::of(form);
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
        problems.push(problem.at(form.place_of("order")));
    }
    let mut here: BTreeMap<(Number, &str), u64> = BTreeMap::new();
    for line in &form.lines {
        let model = line.text("model").unwrap_or("");
        let at = || line.entry("model").map_or(0..0, |e| e.span.clone());
        match order_of_line(book, &shipment, line) {
            Some(order) => {
                // An order that is not there, or can't be read, is told elsewhere.
                let Some(ordered) = book.form(&order) else { continue };
                let named = shipment.orders().any(|n| n == order);
                let holds = Order::of(&ordered).quantity_of(model) > 0;
                if named && holds {
                    *here.entry((order, model)).or_default() += line.whole("quantity");
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
    for ((number, model), quantity) in here {
        let Some(order) = book.form(&number) else { continue };
        let Some(pieces) = pieces_of(book, &order).get(model).copied() else { continue };
        // The latest shipments are the ones that are too much.
        let later: u64 = shipments_of(book, &number)
            .iter()
            .filter(|s| s.made_at() > form.made_at() || (s.made_at() == form.made_at() && s.number > form.number))
            .flat_map(|s| s.lines.iter().map(move |line| (s, line)))
            .filter(|(s, line)| {
                line.text("model") == Some(model)
                    && order_of_line(book, &Shipment::of(s), line).as_ref() == Some(&number)
            })
            .map(|(_, line)| line.whole("quantity"))
            .sum();
        let allowed = pieces.allowed();
        let so_far = pieces.shipped.saturating_sub(later);
        if so_far > allowed {
            let (ordered, left) = (pieces.ordered, (allowed + quantity).saturating_sub(so_far));
            problems.push(
                Problem::new(
                    "shipment.over",
                    tr!("{quantity} × {model} is more than {number} still allows: {left} of {ordered} (R14)", "{model} 发 {quantity} 件，超过 {number} 还可发的数量：订购 {ordered} 件，还可发 {left} 件（R14）"),
                    tr!("ship {left} or fewer, or change the order first: cs order change {number} …", "请发 {left} 件以内，或先变更订单：cs order change {number} …"),
                )
                .at(form.place_of("order")),
            );
        }
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

fn which_order(model: &str) -> Problem {
    Problem::new(
        "shipment.which-order",
        tr!("which order does {model} belong to?", "型号 {model} 属于哪张订单？"),
        tr!("say it in the line: --line {model}=QTY:order=DD-…", "请在明细中写明：--line {model}=数量:order=DD-…"),
    )
}

/// A step that is there to change something changes something.
fn empty(form: &Form, verb: &'static str, problems: &mut Vec<Problem>) {
    let says = |key: &str| key != "reason";
    for step in form.taken(verb).filter(|s| s.lines.is_empty() && !s.fields.0.iter().any(|e| says(e.field.key))) {
        problems.push(
            Problem::new(
                "step.empty",
                tr!("this {verb} changes nothing", "{verb} 没有写明变更内容"),
                tr!("say what changes: --help lists the fields", "请写明变更的内容（见 --help）"),
            )
            .at(form.place(step.span.clone())),
        );
    }
}

fn dates(form: &Form, shipment: &Shipment<'_>, problems: &mut Vec<Problem>) {
    if let (Some(depart), Some(arrive)) = (shipment.depart(), shipment.arrive())
        && arrive < depart
    {
        problems.push(
            Problem::new(
                "shipment.dates",
                tr!("it arrives on {arrive}, before it departs on {depart}", "计划到货日 {arrive} 早于发货日 {depart}"),
                tr!("mend --depart or --arrive", "请改正 --depart 或 --arrive"),
            )
            .at(form.place_of("arrive")),
        );
    }
}

/// The slip and the closing need an arrival, and the closing all discrepancies and returns settled (R13, R15, R62).
fn arrival(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let number = &form.number;
    if let Some(step) = form.last("slip")
        && receipts_of(book, number).is_empty()
    {
        problems.push(
            Problem::new(
                "shipment.slip",
                tr!("{number} has no arrival receipt yet", "{number} 还没有到货回执"),
                tr!("make it first: cs ship receive {number} …", "请先登记：cs ship receive {number} …"),
            )
            .at(form.place(step.span.clone())),
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
            problems.push(
                Problem::new(
                    "shipment.close",
                    tr!(
                        "{number} is not settled yet: {list}",
                        "{number} 还有未办完的事项：{list}"
                    ),
                    tr!(
                        "receive the rest (cs ship receive …), settle discrepancies (cs ship remedy …) and returns (cs ship return-credit …) first",
                        "请先登记其余到货（cs ship receive …）、处理差异（cs ship remedy …）和退换货（cs ship return-credit …）"
                    ),
                )
                .at(form.place(step.span.clone())),
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
            problems.push(
                Problem::new(
                    "return.order",
                    tr!("{verb} is not the next step of the return (R62)", "退换货现在还不能做 {verb}（R62）"),
                    tr!("the steps are: return, return-approve, return-back, then return-credit or return-replace", "顺序为：return 申请、return-approve 批准、return-back 入库，然后 return-credit 退款或 return-replace 换货"),
                )
                .at(form.place(step.span.clone())),
            );
        }
        if let Some(number) =
            step.fields.record("shipment").filter(|n| step.verb() == "return-replace" && **n == form.number)
        {
            problems.push(
                Problem::new(
                    "return.itself",
                    tr!("{number} can't replace itself (R62)", "{number} 不能替换自己（R62）"),
                    tr!(
                        "make the replacement first: cs ship new --replaces {number} …",
                        "请先登记换货发货单：cs ship new --replaces {number} …"
                    ),
                )
                .at(form.place(step.span.clone())),
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
                problems.push(
                    Problem::new(
                        "return.over",
                        tr!("only {sent} × {model} were sent (R62)", "{model} 只发了 {sent} 件（R62）"),
                        tr!("return {sent} or fewer", "退回数量不能超过 {sent}"),
                    )
                    .at(form.place(step.span.clone())),
                );
            }
        }
    }
}

/// A receipt counts what its departed shipment sent; each remedy settles something open in exactly one way (R15).
pub fn receipt(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let receipt = Receipt::of(form);
    let Some(number) = receipt.shipment() else { return };
    let Some(shipped) = book.form(number) else { return };
    let shipment = Shipment::of(&shipped);
    match shipment.departed() {
        None => problems.push(
            Problem::new(
                "receipt.not-departed",
                tr!("{number} has not departed", "{number} 还没有发出"),
                tr!("record the departure first: cs ship depart {number}", "请先登记发出：cs ship depart {number}"),
            )
            .at(form.place_of("shipment")),
        ),
        Some(step) if receipt.arrived_at().is_some_and(|at| at < step.at) => problems.push(
            Problem::new(
                "receipt.early",
                tr!("it arrived before {number} departed", "到货时间早于 {number} 的发出时间"),
                tr!("mend --arrived-at, or the time of the departure", "请改正 --arrived-at 或发出时间"),
            )
            .at(form.place_of("arrived_at")),
        ),
        Some(_) => {}
    }
    let ended = shipped.last("close").filter(|step| form.made_at().is_some_and(|at| at > step.at));
    let stands = shipment.refused().filter(|step| receipt.arrived_at().is_some_and(|at| at >= step.at));
    if ended.is_some() || stands.is_some() {
        problems.push(
            Problem::new(
                "receipt.not-under-way",
                tr!("{number} is closed or refused: nothing arrives", "{number} 已结案或被拒收，不能登记到货"),
                tr!(
                    "void its closing, or record the redelivery first: cs ship redeliver {number} --arrive DATE",
                    "请先作废结案步骤，或登记重新派送：cs ship redeliver {number} --arrive 日期"
                ),
            )
            .at(form.place_of("shipment")),
        );
    }
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
    remedies(book, form, &receipt, &shipped, problems);
}

fn remedies(book: &Book<'_>, form: &Form, receipt: &Receipt<'_>, shipped: &Form, problems: &mut Vec<Problem>) {
    let arrivals = arrivals_of(book, shipped);
    let Some(arrival) = arrivals.iter().find(|a| a.form.number == form.number) else { return };
    for step in receipt.remedies() {
        let ways = REMEDIES.iter().filter(|way| step.fields.get(way).is_some()).count();
        if ways != 1 {
            problems.push(
                Problem::new(
                    "receipt.remedy",
                    tr!(
                        "a remedy is exactly one of reship, parts, claim, credit, keep",
                        "每次只能选一种处理方式：reship 补发、parts 配件、claim 理赔、credit 退款、keep 留用"
                    ),
                    tr!(
                        "give one of --reship, --parts, --claim, --credit AMOUNT, --keep",
                        "请写 --reship、--parts、--claim、--credit 金额、--keep 中的一个"
                    ),
                )
                .at(form.place(step.span.clone())),
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
        problems.push(
            Problem::new(
                "receipt.nothing-open",
                tr!("nothing of {number} is left to remedy", "{number} 没有未处理的差异"),
                tr!("see what was settled: cs show {number}", "查看已处理的差异：cs show {number}"),
            )
            .at(form.place(step.span.clone())),
        );
    }
    if let Some(step) = last.filter(|_| !over.is_empty()) {
        let list = over.join(", ");
        problems.push(
            Problem::new(
                "receipt.nothing-open",
                tr!("there is not so much to remedy: {list}", "没有这么多差异需要处理：{list}"),
                tr!("see what is open: cs show {number}", "查看未处理的差异：cs show {number}"),
            )
            .at(form.place(step.span.clone())),
        );
    }
}
