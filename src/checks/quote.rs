//! Rules over an agency's quote and the ticket that it is for (R23, R24).

use super::refuse;
use crate::aftersales::quotes_of;
use crate::base::number::Number;
use crate::base::problem::Problem;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::quote::Quote;
use crate::forms::repair::Repair;
use crate::tr;

/// A quote is about what the ticket reports; one of a ticket's quotes is approved (R23, R24).
pub fn quote(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let quote = Quote::of(form);
    let Some(ticket) = quote.repair().and_then(|number| book.form(number)) else { return };
    components(form, &ticket, problems);
    in_time(form, &ticket, problems);
    alone(book, form, &ticket.number, problems);
}

/// Each line mends a component that the ticket reports (R23).
fn components(form: &Form, ticket: &Form, problems: &mut Vec<Problem>) {
    let number = &ticket.number;
    let reported: Vec<&str> = Repair::of(ticket).components().collect();
    for (at, line) in form.lines.iter().enumerate() {
        let Some(entry) = line.entry("component") else { continue };
        let component = line.text("component").unwrap_or("");
        if !reported.contains(&component) {
            let (nth, all, all_zh) = (at + 1, reported.join(", "), reported.join("、"));
            refuse(
                form,
                entry,
                "quote.component",
                tr!(
                    "line {nth}: {number} reports no fault of \"{component}\": the quote is invalid (R23)",
                    "第 {nth} 行：{number} 没有报修“{component}”，报价无效（R23）"
                ),
                tr!("it reports: {all}", "该单报修的部件：{all_zh}"),
                problems,
            );
        }
    }
}

/// Nothing is quoted for a ticket that is over.
fn in_time(form: &Form, ticket: &Form, problems: &mut Vec<Problem>) {
    let number = &ticket.number;
    let ended = ticket.living().rfind(|step| matches!(step.verb(), "close" | "reject"));
    if ended.is_some_and(|end| form.made_at().is_some_and(|made| made > end.at)) {
        let state = ticket.state().name;
        refuse(
            form,
            "repair",
            "quote.over",
            tr!("{number} is {state}: nothing is quoted for it", "{number} 的状态是“{state}”，不能再报价"; state),
            tr!(
                "void what ended the ticket first: cs void {number} --step N --note WHY",
                "请先作废使维修单结束的步骤：cs void {number} --step 序号 --note 原因"
            ),
            problems,
        );
    }
}

/// Of a ticket's quotes one is approved (R24).
fn alone(book: &Book<'_>, form: &Form, number: &Number, problems: &mut Vec<Problem>) {
    let Some(step) = form.last("approve") else { return };
    let others = quotes_of(book, number);
    let second = others.iter().find(|other| other.number != form.number && Quote::of(other).is_approved());
    if let Some(other) = second.map(|other| &other.number) {
        refuse(
            form,
            step,
            "quote.second",
            tr!("{other} is approved for {number} already (R24)", "{number} 已批准 {other}（R24）"),
            tr!(
                "void that approval first: cs void {other} --step N --note WHY",
                "请先作废该批准：cs void {other} --step 序号 --note 原因"
            ),
            problems,
        );
    }
}
