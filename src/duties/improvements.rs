//! Duties of improvements: one at a time, each by the step that is due next (R42).

use super::orders::owner_of;
use super::{Duty, Whose, duty, open};
use crate::base::field::{Kind, List};
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::improvement::Improvement;
use crate::sla::improvements::next_due;
use crate::tr;

/// R42: an improvement goes on, step by step, and the customer is asked until there is an answer.
pub fn next(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Improvement) {
        let Some(due) = next_due(book, form) else { continue };
        let name = book.name(List::Customers, Improvement::of(form).customer());
        let Some((what, verb)) = asked(form.state().code, &name) else { continue };
        duties.push(Duty { who: Whose::Person(owner_of(book, form)), ..duty(form, "R42", due, what, verb) });
    }
}

/// What is to be done in a state, and with which command.
fn asked(state: &str, name: &str) -> Option<(Text, &'static str)> {
    Some(match state {
        "new" => (
            tr!("have R&D analyse the problem: {name}", "请研发部门分析原因：{name}"),
            "analyse NUMBER --analyst NAME --finding TEXT",
        ),
        "analysed" => (
            tr!("make a plan: {name}", "拟定整改方案：{name}"),
            "plan NUMBER --measure TEXT --department NAME --due DATE",
        ),
        "planned" => {
            (tr!("send the plan to the customer: {name}", "将整改方案发送客户：{name}"), "send NUMBER --channel WORD")
        }
        "sent" => (
            tr!(
                "get the customer's answer, or note with remind that you asked again: {name}",
                "取得客户答复；尚无答复的，催问后登记 remind：{name}"
            ),
            "confirm NUMBER --answer yes|no",
        ),
        "confirmed" => (tr!("have the plan carried out: {name}", "落实整改方案：{name}"), "implement NUMBER"),
        "implemented" => {
            (tr!("verify that it works: {name}", "验证整改效果：{name}"), "verify NUMBER --works yes|no --result TEXT")
        }
        "verified" => (tr!("it works: close the improvement: {name}", "验证有效，整改结案：{name}"), "close NUMBER"),
        _ => return None,
    })
}
