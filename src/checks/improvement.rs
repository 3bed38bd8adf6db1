//! Rules over an improvement and the records that it is born of (R42).

use super::refuse;
use crate::base::field::List;
use crate::base::problem::Problem;
use crate::base::time::wall_minute;
use crate::book::{Book, numbers_in};
use crate::forms::form::{Form, Step};
use crate::forms::improvement::{Improvement, says};
use crate::tr;

/// It comes from somewhere and is one customer's, its plan lies ahead, and the customer agreed before it is carried out.
pub fn improvement(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    sources(book, form, problems);
    customers(book, form, problems);
    plans(book, form, problems);
    in_turn(book, form, problems);
    standing(form, problems);
    reasons(form, problems);
}

/// It is born of records, or says where else it comes from; a day by which it is wanted is still to come.
fn sources(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let number = &form.number;
    if form.header.get("born_of").is_none() && form.header.get("source").is_none() {
        refuse(
            form,
            "born_of",
            "improve.source",
            tr!("nobody said where {number} comes from", "{number} 没有说明来源"),
            tr!(
                "name the records with --born-of, or say it with --source",
                "请用 --born-of 填写来源单据，或用 --source 说明信息来源"
            ),
            problems,
        );
    }
    let made = form.made_at().map(|at| book.now.zone.day(at));
    if let (Some(wanted), Some(made)) = (form.header.date("wanted_by"), made)
        && wanted < made
    {
        refuse(
            form,
            "wanted_by",
            "improve.wanted",
            tr!(
                "{number} is wanted by {wanted}, before it was made on {made}",
                "{number} 的要求完成日 {wanted} 早于登记日 {made}"
            ),
            tr!("give a later --wanted-by, or leave it out", "请填写更晚的 --wanted-by，或不填"),
            problems,
        );
    }
}

/// The records that it is born of are the same customer's; one of an unknown caller may be anybody's.
fn customers(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let customer = Improvement::of(form).customer();
    for named in form.header.entry("born_of").map(numbers_in).unwrap_or_default().iter().filter_map(|n| book.form(n)) {
        let Some(other) = named.header.text("customer").filter(|other| *other != customer) else { continue };
        let (number, named) = (&form.number, &named.number);
        let [ours, theirs] = [customer, other].map(|code| book.name(List::Customers, code));
        refuse(
            form,
            "born_of",
            "improve.customer",
            tr!(
                "{number} is about {ours}, but {named} is of {theirs}",
                "{number} 的客户是{ours}，而 {named} 的客户是{theirs}"
            ),
            tr!("open one for each customer", "请按客户分别登记"),
            problems,
        );
    }
}

/// A plan is not due before the day on which it is made.
fn plans(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for plan in form.taken("plan") {
        let made = book.now.zone.day(plan.at);
        let Some(due) = plan.fields.date("due").filter(|due| *due < made) else { continue };
        refuse(
            form,
            plan,
            "improve.due",
            tr!("the plan of {made} can't be due on {due}", "{made} 拟定的方案，计划完成日不能是 {due}"),
            tr!("give a --due that is still to come", "请填写今后的 --due"),
            problems,
        );
    }
}

/// No step lies before the one that led to where it was taken; above all, nothing is carried out before the customer
/// agreed (R42).
fn in_turn(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let zone = book.now.zone;
    let own: Vec<&Step> = form.living().filter(|step| step.verb() != "edit").collect();
    for (at, step) in own.iter().enumerate() {
        let led = own[..at].iter().rfind(|other| other.spec.leads_to(&other.fields).is_some());
        let Some(led) = led.filter(|led| step.at < led.at) else { continue };
        let (name, before) = (step.spec.name, led.spec.name);
        let [at, since] = [step.at, led.at].map(|time| wall_minute(time, zone));
        refuse(
            form,
            *step,
            "improve.early",
            tr!(
                "\"{name}\" at {at} lies before \"{before}\" at {since} (R42)",
                "“{name}”的时间 {at} 早于“{before}”的时间 {since}（R42）"; name, before
            ),
            tr!("give a later --at", "请填写更晚的 --at"),
            problems,
        );
    }
}

/// What was sent to the customer stands: to void the plan under it would put another under the customer's word (R42).
fn standing(form: &Form, problems: &mut Vec<Problem>) {
    let improvement = Improvement::of(form);
    for send in form.taken("send") {
        let Some(plan) = improvement.plan_at(send.index).filter(|plan| !plan.lives()) else { continue };
        let (number, step, sent) = (&form.number, plan.index, send.index);
        refuse(
            form,
            send,
            "improve.plan-void",
            tr!(
                "step {step} of {number} is the plan that was sent to the customer with step {sent} (R42)",
                "{number} 的步骤 {step} 是步骤 {sent} 发送客户的方案（R42）"
            ),
            tr!("void step {sent} first, or make a new plan", "请先作废步骤 {sent}，或重新拟定方案"),
            problems,
        );
    }
}

/// A customer who does not agree says why: else nobody could plan anew.
fn reasons(form: &Form, problems: &mut Vec<Problem>) {
    for step in form.taken("confirm").filter(|step| says(step, "answer", "no") && step.fields.get("reason").is_none()) {
        let number = &form.number;
        refuse(
            form,
            step,
            "improve.reason",
            tr!(
                "nobody noted why the customer does not agree to the plan of {number}",
                "{number} 没有登记客户不同意的原因"
            ),
            tr!("give --reason WHY", "请用 --reason 填写原因"),
            problems,
        );
    }
}
