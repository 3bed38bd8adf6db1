//! Duties of complaints (R29–R36).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Because, Duty, Whose};
use crate::base::field::{Kind, List};
use crate::base::period::{Period, Unit};
use crate::base::time::{Date, Time};
use crate::base::words::Text;
use crate::book::Book;
use crate::clock::State;
use crate::complaints::{
    Goal, Timed, call_back_days, called_by_visit, clocks, prevention, recurring, tipping, unsigned,
};
use crate::forms::complaint::{Complaint, cause_name};
use crate::forms::form::Form;
use crate::sla::complaints::{closing_due, outcome_due, prevention_due};
use crate::tr;

fn duty(form: &Form, rule: &'static str, due: (Time, Because), what: Text, verb: &str) -> Duty {
    let (due, because) = due;
    let number = form.number.to_string();
    let command = format!("cs complain {verb}").replace("NUMBER", &number);
    Duty { rule, number, due, since: None, who: Whose::Person(Complaint::of(form).holder()), what, command, because }
}

/// The complaints that are neither void nor over.
fn open(book: &Book<'_>) -> Vec<Arc<Form>> {
    let mut forms = book.loaded(Kind::Complaint);
    forms.retain(|form| !form.is_over());
    forms
}

/// Whom a complaint is about, for the sentence: the customer, else the record's number.
fn about(book: &Book<'_>, form: &Form) -> String {
    form.header.text("customer").map_or_else(|| form.number.to_string(), |code| book.name(List::Customers, code))
}

/// The clock of a goal that its complaint's cycle has not reached yet, with when it is due; if the customer is waited
/// for, when it would be if the wait ended now (R45).
fn pending(book: &Book<'_>, form: &Form, goal: Goal) -> Option<(Timed, (Time, Because))> {
    let timed = clocks(book, form).into_iter().rfind(|timed| timed.goal == goal && timed.frozen.is_none())?;
    if timed.clock.stopped.is_some() {
        return None;
    }
    let due = timed.read(book).due_if_resumed.unwrap_or(timed.clock.start);
    let because = Because::Clock(timed.clock.clone());
    Some((timed, (due, because)))
}

/// R29: the complaints officer has a major complaint.
pub fn officer(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book) {
        let Some((_, due)) = pending(book, form, Goal::Officer) else { continue };
        let name = about(book, form);
        let what =
            tr!("major complaint: hand it on to the complaints officer: {name}", "重大投诉，转交投诉管理员：{name}");
        duties.push(duty(form, "R29", due, what, "hand-on NUMBER --to STAFF"));
    }
}

/// R30: out of hours a leader is called at once about an urgent complaint.
pub fn leader(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book) {
        let Some((_, due)) = pending(book, form, Goal::Leader) else { continue };
        let name = about(book, form);
        let what = tr!("urgent out of hours: call a leader: {name}", "非工作时间的紧急投诉，立即报告领导：{name}");
        duties.push(duty(form, "R30", due, what, "call-leader NUMBER --leader STAFF"));
    }
}

/// R31: a complaint is handled, by way of a signed measure (R33) that the customer agrees to (R34).
pub fn handling(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book) {
        let Some((timed, due)) = pending(book, form, Goal::Handled) else { continue };
        let name = about(book, form);
        let reading = timed.read(book);
        if reading.state == State::Paused {
            let left = reading.left_minutes;
            let what =
                tr!("waiting for the customer, {left} minutes left: {name}", "等待客户，剩余 {left} 分钟：{name}");
            duties.push(duty(form, "R45", due, what, "resume NUMBER"));
            continue;
        }
        let unsigned = unsigned(book, form);
        if unsigned && matches!(form.state().code, "planned" | "agreed") {
            let what = tr!("sign the measure of the complaint: {name}", "签批投诉处理措施：{name}");
            let sign = duty(form, "R33", due.clone(), what, "sign NUMBER");
            duties.push(Duty { who: Whose::signing(book, "compensation"), ..sign });
        }
        let (rule, what, verb) = match form.state().code {
            "new" => ("R31", tr!("plan a measure: {name}", "拟定处理方案：{name}"), "plan NUMBER --measure TEXT"),
            "disputed" => (
                "R34",
                tr!("the customer does not agree: plan a new measure: {name}", "客户不同意，重新拟定方案：{name}"),
                "plan NUMBER --measure TEXT",
            ),
            "planned" => {
                ("R34", tr!("ask whether the customer agrees: {name}", "征求客户意见：{name}"), "agree NUMBER")
            }
            "agreed" if !unsigned => {
                ("R31", tr!("carry the measure out: {name}", "落实处理措施：{name}"), "act NUMBER")
            }
            "acted" => ("R31", tr!("record the result: {name}", "登记处理结果：{name}"), "result NUMBER --result TEXT"),
            _ => continue,
        };
        duties.push(duty(form, rule, due, what, verb));
    }
}

/// R32: one that is not handled is reported on, and the complaints officer is told the result.
pub fn reports(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book) {
        let name = about(book, form);
        if let Some((timed, due)) = pending(book, form, Goal::Report)
            && timed.read(book).state != State::Paused
        {
            let what = tr!("report how far the complaint is: {name}", "报告投诉处理进展：{name}");
            duties.push(duty(form, "R32", due, what, "progress NUMBER --report TEXT"));
        }
        if let Some((_, due)) = pending(book, form, Goal::Told) {
            let what = tr!("tell the complaints officer the result: {name}", "将处理结果告知投诉管理员：{name}");
            duties.push(duty(form, "R32", due, what, "hand-on NUMBER --to STAFF"));
        }
    }
}

/// R35: once it is handled, the customer is called back, and it closes when satisfied; R36: its cause is named by then.
pub fn call_back(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book) {
        let name = about(book, form);
        if form.state().code == "done"
            && let Some((_, due)) = pending(book, form, Goal::CallBack)
            && let Some(cycle) = Complaint::of(form).cycles().last()
        {
            let (first, last) = call_back_days(book, cycle);
            let what =
                tr!("call back between {first} and {last}: {name}", "{first} 至 {last} 回访客户是否满意：{name}");
            duties.push(duty(form, "R35", due, what, "call-back NUMBER --satisfied yes|no"));
        }
        if form.state().code == "done"
            && let Some(cycle) = Complaint::of(form).cycles().last()
            && let Some(visit) = called_by_visit(book, form, cycle)
            && let Some(at) = visit.made_at()
        {
            let what = tr!("enter what came of calling back: {name}", "登记投诉回访结果：{name}");
            let verb = format!("call-back NUMBER --visit {}", visit.number);
            duties.push(duty(form, "R35", outcome_due(book, at), what, &verb));
        }
        let Some(satisfied) = form.last("call-back").filter(|_| form.state().code == "satisfied") else { continue };
        let due = closing_due(book, satisfied);
        if Complaint::of(form).cause().is_none() {
            let what = tr!("name the root cause: {name}", "登记根本原因：{name}");
            duties.push(duty(form, "R36", due, what, "cause NUMBER --cause CAUSE"));
        } else if may_close(book, form) {
            let what = tr!("the customer is satisfied: close the complaint: {name}", "客户满意，投诉结案：{name}");
            duties.push(duty(form, "R35", due, what, "close NUMBER"));
        }
    }
}

/// True where no preventive measure stands out (R36).
fn may_close(book: &Book<'_>, form: &Form) -> bool {
    let same = recurring(book, form, book.now.time);
    same.is_empty() || prevention(&same, book.now.time).is_some_and(|measure| measure.approved)
}

/// R36: a cause that recurs gets a preventive measure, which is approved; one for all complaints of the cause. Due on
/// the working day on which it came up once too often.
pub fn prevent(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let now = book.now.time;
    let mut looked_at: BTreeSet<(Date, String)> = BTreeSet::new();
    for open in &open(book) {
        // Each cause of a month is looked at once, however many complaints have it.
        let Some(cause) = Complaint::of(open).cause() else { continue };
        if !looked_at.insert((Period::holding(Unit::Month, open.day()).from, cause.to_string())) {
            continue;
        }
        let same = recurring(book, open, now);
        // The last of them that is open has the duty.
        let Some(form) = same.iter().rfind(|other| !other.is_over()) else { continue };
        let Some((_, since)) = tipping(book, form, &same) else { continue };
        let due = prevention_due(book, since);
        let (cause, times) = (cause_name(cause), same.len());
        match prevention(&same, now) {
            None => {
                let what = tr!(
                    "{cause} came up {times} times this month: write a preventive measure",
                    "原因“{cause}”当月已出现 {times} 次，制定预防措施"; cause
                );
                duties.push(duty(form, "R36", due, what, "prevent NUMBER --measure TEXT"));
            }
            Some(measure) if !measure.approved => {
                let what = tr!("approve the preventive measure against {cause}", "批准针对“{cause}”的预防措施"; cause);
                let approve = duty(&measure.form, "R36", due, what, "sign-prevent NUMBER");
                duties.push(Duty { who: Whose::signing(book, "prevent"), ..approve });
            }
            Some(_) => {}
        }
    }
}
