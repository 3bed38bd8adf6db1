//! Duties of return visits (R38–R41): whom to visit, the summary of the month's visits, and needs that were stated.

use std::sync::Arc;

use super::{Because, Duty, Whose, by_day, in_days};
use crate::base::field::{Kind, List};
use crate::base::period::{Period, Unit};
use crate::base::time::Time;
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::visit::Visit;
use crate::sla::visits::need_due;
use crate::tr;
use crate::visits::{Call, awaits, calls, load_followers, need_command, owner, unsummarised};

/// Who makes a visit: the customer's owner, the manager, or where nobody looks after the customer, who assigns it (R6).
pub fn caller(book: &Book<'_>, call: &Call) -> Whose {
    if call.by_manager {
        return Whose::Roles(vec!["manager"]);
    }
    owner(book, &call.customer).map_or_else(|| Whose::signing(book, "assign"), Whose::Person)
}

/// The command that logs a visit; its kind follows from the customer.
pub fn log_command(call: &Call) -> String {
    let customer = &call.customer;
    match call.kind {
        "greeting" => format!("cs visit log {customer} --purpose greeting --new-business TEXT"),
        _ => format!("cs visit log {customer} --satisfaction 1-5 --content TEXT"),
    }
}

/// R38, R40, R41: from the start of the round on, each customer and partner is visited; each of grade A by the manager in
/// the last month of a quarter.
pub fn round(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let today = book.now.today();
    let month = Period::holding(Unit::Month, today);
    for call in calls(book, month).iter().filter(|call| call.made.is_none() && call.from <= today) {
        let name = book.name(List::Customers, &call.customer);
        let what = match (call.rule, call.by_manager) {
            (_, true) => tr!("visit the grade A customer this quarter: {name}", "本季度由经理回访 A 类客户：{name}"),
            ("R40", _) => tr!("visit the partner: {name}", "回访合作方：{name}"),
            ("R41", _) => {
                tr!("greet for the new year and ask for next year's needs: {name}", "新年问候并了解明年需求：{name}")
            }
            _ => tr!("monthly visit: {name}", "月度回访：{name}"),
        };
        let month = call.due.format("%Y-%m").to_string();
        let due = by_day(book, call.due, tr!("the round of {month} ends", "{month} 回访截止"));
        duties.push(duty(call.rule, call.customer.clone(), caller(book, call), due, what, log_command(call)));
    }
}

/// R39: after each round the summary of the month's visits is handed in.
pub fn summary(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for round in unsummarised(book, book.now.today()) {
        let month = round.month;
        let days = (round.summary - round.end).num_days().unsigned_abs();
        let due = in_days(book, round.end, days, tr!("the round ended on", "回访结束于"));
        let what = tr!("hand in the summary of the visits of {month}", "提交 {month} 回访总结");
        let command = format!("cs visit summary --month {month} --done");
        duties.push(duty("R39", month.to_string(), Whose::supervisors(), due, what, command));
    }
}

/// R38: what a customer stated as a need is seen to.
pub fn needs(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let mut open = book.loaded(Kind::Visit);
    open.retain(|form| !form.is_over());
    load_followers(book, open.iter().map(Arc::as_ref));
    for form in open.iter().filter(|form| awaits(book, form)) {
        let (visit, Some(due)) = (Visit::of(form), need_due(book, form)) else { continue };
        let name = book.name(List::Customers, visit.customer());
        let what = match visit.need() {
            "complaint" => tr!("take the complaint stated at the visit: {name}", "受理回访中提出的投诉：{name}"),
            _ => tr!("see to the improvement asked for at the visit: {name}", "落实回访中提出的整改：{name}"),
        };
        let who = owner(book, visit.customer()).unwrap_or_else(|| form.author().clone());
        let number = form.number.to_string();
        duties.push(duty("R38", number, Whose::Person(who), due, what, need_command(form)));
    }
}

fn duty(
    rule: &'static str,
    number: String,
    who: Whose,
    (due, because): (Time, Because),
    what: Text,
    command: String,
) -> Duty {
    Duty { rule, number, due, since: None, who, what, command, because }
}
