//! Duties of shipments and their receipts: approval, notice, slip, arrival, discrepancies, returns (R11–R15, R62).

use super::{Duty, Whose, duty, open};
use crate::base::field::{Kind, List};
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::claims::fitting;
use crate::flow::{arrivals_of, is_received};
use crate::forms::shipment::{ReturnStage, Shipment};
use crate::sla::shipments::{approval_due, notice_due, receipt_due, remedy_due, returned_due, slip_due};
use crate::tr;

/// R11: the freight is agreed, then approved by a supervisor, before the planned departure.
pub fn approval(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Shipment) {
        let shipment = Shipment::of(form);
        let Some(due) = approval_due(book, form) else { continue };
        let freight = shipment.freight().unwrap_or_default();
        match form.state().code {
            "new" => {
                let what =
                    tr!("agree the freight with the customer (estimate {freight})", "与客户议定运费（预估 {freight}）");
                duties.push(duty(form, "R11", due, what, "freight NUMBER --amount AMOUNT"));
            }
            "priced" => {
                let what = tr!("approve the freight {freight}", "批准运费 {freight}");
                let mut approval = duty(form, "R11", due, what, "approve NUMBER");
                approval.who = Whose::signing(book, "freight");
                duties.push(approval);
            }
            _ => {}
        }
    }
}

/// R12: the consignee is told at least one day before the planned departure.
pub fn notice(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Shipment) {
        let shipment = Shipment::of(form);
        if shipment.departed().is_some() || shipment.notified().is_some() {
            continue;
        }
        let Some(due) = notice_due(book, form) else { continue };
        let consignee = form.header.text("consignee").unwrap_or("");
        let what = tr!("tell the consignee: {consignee}", "发货通知收货人：{consignee}");
        duties.push(duty(form, "R12", due, what, "notify NUMBER"));
    }
}

/// R13: the signed slip is back seven days after the arrival.
pub fn slip(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Shipment).iter().filter(|f| f.state().code == "departed") {
        let Some(due) = slip_due(book, form) else { continue };
        let carrier = book.name(List::Carriers, Shipment::of(form).carrier());
        let what = tr!("get the signed slip back from {carrier}", "向{carrier}索回签收回单");
        duties.push(duty(form, "R13", due, what, "slip NUMBER"));
    }
}

/// R15: the receipt is made on the planned arrival day.
pub fn arrival(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Shipment).iter().filter(|f| matches!(f.state().code, "departed" | "slip_back")) {
        if is_received(book, form) {
            continue;
        }
        let Some(due) = receipt_due(book, form) else { continue };
        let consignee = form.header.text("consignee").unwrap_or("");
        let what = tr!("make the arrival receipt with {consignee}", "向{consignee}核实到货并登记回执");
        duties.push(duty(
            form,
            "R15",
            due,
            what,
            "receive NUMBER --line MODEL=RECEIVED … --packaging sound --received-by NAME",
        ));
    }
}

const REMEDY: &str = "remedy NUMBER --reship|--parts|--claim|--credit AMOUNT";
/// The same where a policy covers what arrived.
const REMEDY_OR_CLAIM: &str =
    "remedy NUMBER --reship|--parts|--claim|--credit AMOUNT, or cs claim new NUMBER --what TEXT --loss MODEL=QTY@VALUE";

/// R15: a discrepancy is remedied, or claimed for.
pub fn discrepancies(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Shipment) {
        for arrival in arrivals_of(book, form).iter().filter(|a| a.open() > 0) {
            let Some(due) = remedy_due(book, arrival) else { continue };
            let sum = |pick: fn(&crate::flow::Count) -> u64| arrival.counts.iter().map(pick).sum::<u64>();
            let kinds = [
                (sum(|c| c.short), words("short", "短少")),
                (sum(|c| c.over), words("over", "多发")),
                (sum(|c| c.wrong), words("wrong", "错发")),
                (sum(|c| c.damaged), words("damaged", "破损")),
            ];
            let found: Vec<Text> = kinds
                .into_iter()
                .filter(|(pieces, _)| *pieces > 0)
                .map(|(pieces, kind)| tr!("{kind} {pieces}", "{kind} {pieces} 件"; kind))
                .collect();
            let found = Text::join(&found, words(", ", "、"));
            let what = tr!("settle the discrepancy: {found}", "处理到货差异：{found}"; found);
            let insured = arrival.at.is_some_and(|at| !fitting(book, &arrival.form, book.now.zone.day(at)).is_empty());
            let verb = if insured { REMEDY_OR_CLAIM } else { REMEDY };
            duties.push(duty(&arrival.form, "R15", due, what, verb));
        }
    }
}

/// R62: refused goods are sent out again or taken back.
pub fn refused(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Shipment).iter().filter(|f| f.state().code == "refused") {
        let Some(step) = Shipment::of(form).refused() else { continue };
        let what = tr!("refused goods: send them out again, or take them back", "拒收货物：重新派送，或办理退货");
        let verb = "redeliver NUMBER --arrive DATE, or cs ship return NUMBER --reason WHY --line MODEL=QTY";
        duties.push(duty(form, "R62", returned_due(book, step.at), what, verb));
    }
}

/// R62: a return goes on to its end.
pub fn returns(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Shipment) {
        for back in Shipment::of(form).open_returns() {
            let due = returned_due(book, back.last.at);
            let (what, verb) = match back.stage {
                ReturnStage::Asked => (tr!("approve the return", "批准退换货申请"), "return-approve NUMBER"),
                ReturnStage::Approved => (
                    tr!("take the goods back and count them", "退货入库并清点"),
                    "return-back NUMBER --line MODEL=QTY --condition good",
                ),
                _ => (
                    tr!("credit the return or send a replacement", "退款或换货"),
                    "return-credit NUMBER --amount AMOUNT, or return-replace NUMBER --shipment FH-…",
                ),
            };
            let mut open = duty(form, "R62", due, what, verb);
            if back.stage == ReturnStage::Asked {
                open.who = Whose::signing(book, "return");
            }
            duties.push(open);
        }
    }
}
