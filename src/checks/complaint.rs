//! Rules over a complaint (R28, R32–R36, R45).

use super::references::not_here;
use super::{put, refuse};
use crate::base::field::List;
use crate::base::problem::Problem;
use crate::base::time::wall_minute;
use crate::book::Book;
use crate::complaints::{call_back_days, is_officer, major_since, prevention, recurring};
use crate::forms::complaint::{Complaint, cause_code, cause_name};
use crate::forms::form::Form;
use crate::tr;
use crate::visits::{following_up, is_satisfied};

/// Somebody can be answered, what needs a signature has one before it is done, and it closes when all is well.
pub fn complaint(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let complaint = Complaint::of(form);
    answerable(form, problems);
    in_turn(book, &complaint, problems);
    people(book, form, problems);
    officers(book, form, problems);
    waits(book, &complaint, problems);
    signed(book, &complaint, problems);
    called_back(book, &complaint, problems);
    visited(book, &complaint, problems);
    causes(book, form, problems);
    of_its_customer(book, form, problems);
    prevented(&complaint, problems);
    closed(book, form, problems);
}

/// An unknown caller leaves a name or a number.
fn answerable(form: &Form, problems: &mut Vec<Problem>) {
    if ["customer", "contact", "phone"].iter().all(|key| form.header.get(key).is_none()) {
        let number = &form.number;
        refuse(
            form,
            "contact",
            "complaint.nobody",
            tr!("nobody could be answered about {number}", "{number} 没有可以回复的人"),
            tr!("give --customer, --contact or --phone", "请填写 --customer、--contact 或 --phone"),
            problems,
        );
    }
}

/// No step of a new cycle lies before the cycle began: its clocks would have stopped before they ran (R46).
fn in_turn(book: &Book<'_>, complaint: &Complaint<'_>, problems: &mut Vec<Problem>) {
    for cycle in complaint.cycles().iter().skip(1) {
        for step in cycle.steps.iter().filter(|step| step.at < cycle.start()) {
            let (number, began) = (cycle.number, wall_minute(cycle.start(), book.now.zone));
            refuse(
                complaint.form,
                *step,
                "complaint.early",
                tr!("cycle {number} began only at {began} (R46)", "第 {number} 轮从 {began} 才开始（R46）"),
                tr!("give a later --at", "请填写更晚的 --at"),
                problems,
            );
        }
    }
}

/// Who gets it, or is called, works here, and nobody calls themselves (R30).
fn people(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for (step, key) in form.living().filter_map(|step| match step.verb() {
        "hand-on" => Some((step, "to")),
        "call-leader" => Some((step, "leader")),
        _ => None,
    }) {
        let Some(code) = step.fields.staff(key) else { continue };
        let day = book.now.zone.day(step.at);
        let absent = not_here(book, "complaint.staff", &code, day);
        put(form, step, absent, problems);
        if key == "leader" && code == step.by {
            refuse(
                form,
                step,
                "complaint.leader",
                tr!("{code} can't be the leader who was called by {code} (R30)", "{code} 不能向自己报告（R30）"),
                tr!("name who was called: --leader STAFF", "请填写已联系的领导：--leader 工号"),
                problems,
            );
        }
    }
}

/// Who is told the result holds the office (R32).
fn officers(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for step in form.taken("result") {
        let Some(told) = step.fields.staff("told").filter(|told| !is_officer(book, told, step.at)) else { continue };
        let name = book.name(List::Staff, told.as_str());
        refuse(
            form,
            step,
            "complaint.officer",
            tr!("{name} is no complaints officer (R32)", "{name} 不是投诉管理员（R32）"),
            tr!(
                "tell one; the role complaints in `cs staff list` makes one",
                "请告知投诉管理员（cs staff list 中岗位为 complaints 的人员）"
            ),
            problems,
        );
    }
}

/// A wait ends before the customer's answer, or what we do, goes on record (R45).
fn waits(book: &Book<'_>, complaint: &Complaint<'_>, problems: &mut Vec<Problem>) {
    let form = complaint.form;
    let number = &form.number;
    for cycle in complaint.cycles() {
        for step in &cycle.steps {
            let waiting = cycle.waiting_at(step.index);
            match (step.verb(), waiting) {
                ("resume", None) => refuse(
                    form,
                    *step,
                    "complaint.not-waiting",
                    tr!("{number} does not wait for the customer", "{number} 并未处于等待客户的状态"),
                    tr!("the clocks run already", "计时没有暂停，无需恢复"),
                    problems,
                ),
                ("resume", Some(wait)) if step.at < wait.at => {
                    let since = wall_minute(wait.at, book.now.zone);
                    refuse(
                        form,
                        *step,
                        "complaint.resume",
                        tr!("{number} waits only since {since}", "{number} 从 {since} 才开始等待"),
                        tr!("give a later --at", "请填写更晚的 --at"),
                        problems,
                    );
                }
                ("wait" | "agree" | "disagree" | "act" | "result" | "call-back", Some(wait)) => {
                    let (since, verb) = (wall_minute(wait.at, book.now.zone), step.verb());
                    refuse(
                        form,
                        *step,
                        "complaint.waiting",
                        tr!(
                            "{number} waits for the customer since {since}: {verb} can't be done (R45)",
                            "{number} 自 {since} 起等待客户，不能做 {verb}（R45）"
                        ),
                        tr!(
                            "first: cs complain resume {number}, with --at when the customer answered",
                            "请先恢复：cs complain resume {number}，并用 --at 填写客户回复的时间"
                        ),
                        problems,
                    );
                }
                _ => {}
            }
        }
    }
}

/// Compensation, and each measure of a major complaint, is signed before it is carried out (R33).
fn signed(book: &Book<'_>, complaint: &Complaint<'_>, problems: &mut Vec<Problem>) {
    let form = complaint.form;
    let number = &form.number;
    for act in form.taken("act") {
        let Some(plan) = complaint.plan_before(act.index) else { continue };
        let compensation = plan.fields.money("compensation").unwrap_or_default();
        let major = major_since(book, form).is_some_and(|since| since.index < act.index);
        let mut between = form.taken("sign").filter(|s| plan.index < s.index && s.index < act.index);
        if (major || compensation > Default::default()) && !between.any(|sign| sign.at <= act.at) {
            let why = if major {
                tr!("it is a major complaint", "属于重大投诉")
            } else {
                tr!("it pays {compensation}", "涉及赔偿 {compensation}")
            };
            refuse(
                form,
                act,
                "complaint.unsigned",
                tr!(
                    "the measure of {number} is not signed: {why} (R33)",
                    "{number} 的处理措施尚未签批：{why}（R33）"; why
                ),
                tr!(
                    "first: cs complain sign {number}; if it turned out major only later: cs complain escalate {number} --criteria WORD",
                    "请先签批：cs complain sign {number}；如事后才构成重大投诉：cs complain escalate {number} --criteria 情形"
                ),
                problems,
            );
        }
        if let Some(paid) = act.fields.money("paid").filter(|paid| *paid > compensation) {
            refuse(
                form,
                act,
                "complaint.paid",
                tr!(
                    "{paid} is above the compensation of {compensation} that was planned (R33)",
                    "实付 {paid} 超过方案中的赔偿 {compensation}（R33）"
                ),
                tr!("pay {compensation} or less, or plan anew", "实付不能超过 {compensation}，否则请重新拟定方案"),
                problems,
            );
        }
    }
}

/// The customer is called back no earlier than the days of grace are over (R35).
fn called_back(book: &Book<'_>, complaint: &Complaint<'_>, problems: &mut Vec<Problem>) {
    for cycle in complaint.cycles() {
        let (first, last) = call_back_days(book, &cycle);
        for step in cycle.taken("call-back").filter(|step| book.now.zone.day(step.at) < first) {
            let number = &complaint.form.number;
            refuse(
                complaint.form,
                step,
                "complaint.call-back",
                tr!("it is too early to call back about {number} (R35)", "{number} 还未到回访时间（R35）"),
                tr!("call back between {first} and {last}", "请在 {first} 至 {last} 之间回访"),
                problems,
            );
        }
    }
}

/// The visit by which the customer was called back is one, of this complaint and of the cycle at hand (R35).
fn visited(book: &Book<'_>, complaint: &Complaint<'_>, problems: &mut Vec<Problem>) {
    for cycle in complaint.cycles() {
        for step in cycle.taken("call-back") {
            let Some(named) = step.fields.record("visit") else { continue };
            let form = complaint.form;
            let visits = following_up(book, "complaint_call_back", &form.number);
            let in_cycle = |visit: &Form| visit.made_at().is_some_and(|at| cycle.start() <= at && at <= step.at);
            let number = &form.number;
            if let Some(visit) = visits.iter().find(|visit| visit.number == *named && in_cycle(visit)) {
                let says = is_satisfied(book, visit);
                if says != (step.fields.text("satisfied") == Some("yes")) {
                    let (said, rule) = if says { ("yes", "no") } else { ("no", "yes") };
                    refuse(
                        form,
                        step,
                        "complaint.visit-says",
                        tr!(
                            "by {named} the customer is otherwise: satisfied is {said}, not {rule} (R35)",
                            "与 {named} 的回访结果不符：是否满意应为 {said}，不是 {rule}（R35）"
                        ),
                        tr!("leave --satisfied out", "请不填 --satisfied，系统会按回访结果登记"),
                        problems,
                    );
                }
                continue;
            }
            refuse(
                form,
                step,
                "complaint.visit",
                tr!(
                    "{named} does not call back about {number} in this cycle (R35)",
                    "{named} 不是 {number} 本轮的投诉回访（R35）"
                ),
                tr!(
                    "log one: cs visit log {number}; or leave --visit out",
                    "请先登记：cs visit log {number}；或不填 --visit"
                ),
                problems,
            );
        }
    }
}

/// The record that it is about is the same customer's; one that names none may be anybody's.
fn of_its_customer(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let Some(customer) = form.header.text("customer") else { return };
    let Some(record) = form.header.record("record").and_then(|number| book.form(number)) else { return };
    let Some(other) = book.customer_of(&record).filter(|other| other != customer) else { return };
    let (number, named) = (&form.number, &record.number);
    let [ours, theirs] = [customer, &other].map(|code| book.name(List::Customers, code));
    refuse(
        form,
        "record",
        "complaint.customer",
        tr!("{number} is of {ours}, {named} of {theirs}", "{number} 是{ours}的投诉，{named} 却是{theirs}的单据"),
        tr!("name the customer's own record, or another customer", "请填写该客户自己的单据，或改填客户"),
        problems,
    );
}

/// A root cause is one of those in use, or said to be new (R36).
fn causes(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let known = &book.policy.at(form.day()).causes;
    for step in form.taken("cause").filter(|step| !step.fields.flag("new")) {
        let written = step.fields.text("cause").unwrap_or("");
        if known.iter().any(|cause| cause_code(cause) == cause_code(written)) {
            continue;
        }
        let (all, all_zh) = (
            known.join(", "),
            known.iter().map(|cause| cause_name(cause_code(cause)).zh).collect::<Vec<_>>().join("、"),
        );
        refuse(
            form,
            step,
            "complaint.cause",
            tr!("\"{written}\" is none of the causes in use (R36)", "“{written}”不在所列原因之内（R36）"),
            tr!(
                "one of: {all}; or add --new for one that fits none of them",
                "可选：{all_zh}；都不合适时加上 --new 登记新原因"
            ),
            problems,
        );
    }
}

/// What is approved is there (R36).
fn prevented(complaint: &Complaint<'_>, problems: &mut Vec<Problem>) {
    let form = complaint.form;
    let measured = form.taken("prevent").next().map(|step| step.index);
    for step in form.taken("sign-prevent").filter(|step| measured.is_none_or(|first| first > step.index)) {
        let number = &form.number;
        refuse(
            form,
            step,
            "complaint.no-prevention",
            tr!("{number} holds no preventive measure to approve (R36)", "{number} 没有可批准的预防措施（R36）"),
            tr!(
                "write one first: cs complain prevent {number} --measure TEXT",
                "请先制定：cs complain prevent {number} --measure 内容"
            ),
            problems,
        );
    }
}

/// It closes with its root cause named, and one that recurs has an approved preventive measure (R36).
fn closed(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let number = &form.number;
    for step in form.taken("close") {
        if !form.taken("cause").any(|cause| cause.index < step.index) {
            refuse(
                form,
                step,
                "complaint.no-cause",
                tr!("{number} has no root cause (R36)", "{number} 尚未登记根本原因（R36）"),
                tr!(
                    "first: cs complain cause {number} --cause CAUSE",
                    "请先登记：cs complain cause {number} --cause 原因"
                ),
                problems,
            );
        }
        let same = recurring(book, form, step.at);
        if same.is_empty() || prevention(&same, step.at).is_some_and(|measure| measure.approved) {
            continue;
        }
        let times = same.len();
        refuse(
            form,
            step,
            "complaint.recurs",
            tr!(
                "the cause of {number} came up {times} times this month and no preventive measure is approved (R36)",
                "{number} 的原因本月已出现 {times} 次，预防措施尚未批准（R36）"
            ),
            tr!(
                "first: cs complain prevent {number} --measure TEXT, then cs complain sign-prevent {number}",
                "请先 cs complain prevent {number} --measure 内容，再由总经理 cs complain sign-prevent {number}"
            ),
            problems,
        );
    }
}
