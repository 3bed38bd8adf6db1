//! Duties of repair tickets, quotes and parts requests (R17–R25).

use super::{Duty, Whose, duty, open};
use crate::aftersales::{approved_quote, faulty, followed, owes, quotes_of};
use crate::base::field::{Kind, List};
use crate::book::Book;
use crate::forms::quote::Quote;
use crate::forms::repair::Repair;
use crate::sla::repairs::{ask_quote_due, dispatch_due, follow_due, judge_due, month_due, parts_due, quote_due};
use crate::tr;

/// R17: a ticket has a photo before it is judged.
pub fn photo(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Repair).iter().filter(|f| f.state().code == "new") {
        if Repair::of(form).photos().next().is_some() {
            continue;
        }
        let Some(due) = judge_due(book, form) else { continue };
        let what =
            tr!("get a photo of the fault; without one nothing is covered", "索取故障照片，没有照片不予承担费用");
        duties.push(duty(form, "R17", due, what, "photo NUMBER --photo FILE"));
    }
}

/// R18: the cause is judged.
pub fn judgement(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Repair).iter().filter(|f| f.state().code == "new") {
        let Some(due) = judge_due(book, form) else { continue };
        let what = tr!("judge the cause", "判定故障原因");
        let mut judge = duty(form, "R18", due, what, "judge NUMBER --cause quality|human|logistics");
        judge.who = Whose::signing(book, "judge");
        duties.push(judge);
    }
}

/// R20: an agency is sent, for a repair that the customer arranges once a quote is approved.
pub fn dispatch(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Repair) {
        let repair = Repair::of(form);
        let faulty = faulty(book, form);
        if let (Some(found), Some(release)) = (faulty, repair.released()) {
            // The release covers the repair that did not last: nobody is sent again under it (R67).
            let due = dispatch_due(book, form, found.at, true);
            let what = tr!(
                "still faulty: void the release of the fee, then send an agency again",
                "回访仍有故障：先作废费用核准，再重新派单"
            );
            let command = format!("cs void {} --step {} --note WHY", form.number, release.index);
            let undo = Duty { command, who: Whose::signing(book, "void"), ..duty(form, "R20", due, what, "") };
            duties.push(undo);
            continue;
        }
        let since = match (form.state().code, faulty) {
            ("judged", _) => repair.judged().map(|step| step.at),
            ("repaired" | "accepted", Some(found)) => Some(found.at),
            _ => continue,
        };
        let Some(mut since) = since else { continue };
        if repair.is_customers() {
            let approved = approved_quote(book, &form.number).and_then(|quote| quote.last("approve").map(|s| s.at));
            let Some(approved) = approved else {
                if quotes_of(book, &form.number).iter().all(|q| q.is_over()) {
                    let due = ask_quote_due(book, form, since);
                    let what = tr!("get the agency's quote from the customer", "向客户索取广告公司报价");
                    duties.push(duty(
                        form,
                        "R20",
                        due,
                        what,
                        "quote NUMBER --agency CODE --line COMPONENT=QTY@PRICE:WORK",
                    ));
                }
                continue;
            };
            since = since.max(approved);
        }
        let due = dispatch_due(book, form, since, faulty.is_some());
        let what = match faulty {
            Some(_) => tr!("still faulty: send an agency again", "回访仍有故障：重新派单"),
            None => tr!("send an agency", "派广告公司维修"),
        };
        duties.push(duty(form, "R20", due, what, "dispatch NUMBER --agency CODE"));
    }
}

/// R21: in the month of the repair the rep signs, and what we owe the agency is released.
pub fn settlement(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Repair) {
        let repair = Repair::of(form);
        let Some(repaired) = repair.repaired().filter(|_| faulty(book, form).is_none()) else { continue };
        let due = month_due(book, repaired);
        match form.state().code {
            "repaired" => {
                let site = book.name(List::Sites, form.header.text("site").unwrap_or(""));
                let what = tr!("get the rep's signature: {site}", "请大区业务签字验收：{site}");
                duties.push(duty(form, "R21", due, what, "accept NUMBER --rep NAME --photo FILE"));
            }
            "accepted" if owes(book, form) => {
                let what = tr!("release the agency's fee", "核准广告公司维修费用");
                let mut release = duty(form, "R21", due, what, "reimburse NUMBER");
                release.who = Whose::signing(book, "reimburse");
                duties.push(release);
            }
            _ => {}
        }
    }
}

/// R22: within days of the repair the site is asked and the ticket's file completed.
pub fn follow_up(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Repair) {
        let Some(due) = Repair::of(form).repaired().map(|step| follow_due(book, step)) else { continue };
        let ready = matches!(form.state().code, "accepted" | "released") && !owes(book, form);
        match followed(book, form) {
            None => {
                let site = book.name(List::Sites, form.header.text("site").unwrap_or(""));
                let what = tr!("follow up the repair: {site}", "维修回访：{site}");
                duties.push(duty(form, "R22", due, what, "follow-up NUMBER --result working|faulty"));
            }
            Some(found) if !found.faulty && ready => {
                let what = tr!("the file is complete: close the ticket", "资料已齐：维修单结案");
                duties.push(duty(form, "R22", due, what, "close NUMBER"));
            }
            Some(_) => {}
        }
    }
}

/// R24: a quote is signed or turned down.
pub fn quotes(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Quote) {
        let (Some(ticket), Some(due)) = (Quote::of(form).repair(), quote_due(book, form)) else { continue };
        // One that lost against another, or whose ticket is over, is signed no more.
        let over = book.form(ticket).is_none_or(|repair| repair.is_over());
        if over || approved_quote(book, ticket).is_some() {
            continue;
        }
        let total = Quote::of(form).total().unwrap_or_default();
        let agency = book.name(List::Agencies, Quote::of(form).agency());
        let what = tr!("sign or decline the quote of {agency}: {total}", "批准或不采用{agency}的报价：{total}");
        let mut sign = duty(form, "R24", due, what, "approve NUMBER");
        sign.who = Whose::signing(book, "quote");
        duties.push(sign);
    }
}

/// R25: parts are approved and sent on the working day on which they were asked for.
pub fn parts(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Parts) {
        let Some(due) = parts_due(book, form) else { continue };
        match form.state().code {
            "asked" => {
                let what = tr!("approve the parts request", "批准配件申请");
                let mut approve = duty(form, "R25", due, what, "approve NUMBER");
                approve.who = Whose::signing(book, "parts");
                duties.push(approve);
            }
            "approved" => {
                let what = tr!("send the parts", "寄出配件");
                duties.push(duty(form, "R25", due, what, "send NUMBER --carrier NAME --waybill WAYBILL"));
            }
            _ => {}
        }
    }
}
