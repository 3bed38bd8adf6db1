//! The clocks of improvements, one for each step of the way (R42). A new plan, or giving it up, overtakes what was due
//! under the old one; what is opened again begins anew.

use super::due::{Due, by_day, in_days, in_workdays};
use super::stay::{Stay, courses, stays};
use super::{ClockSpec, Run, numbered};
use crate::base::field::Kind;
use crate::base::time::Time;
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::forms::form::Form;
use crate::tr;

/// R42: R&D says what causes the problem.
pub const ANALYSED: ClockSpec =
    spec("improvement_analysed", words("Problem analysed", "完成原因分析"), |book, form| {
        of(book, form, "new", &["analyse"])
    });
/// R42: there is a plan; a new one where the customer did not agree, or the old one did not help.
pub const PLANNED: ClockSpec = spec("improvement_planned", words("Plan made", "拟定整改方案"), |book, form| {
    of(book, form, "analysed", &["plan"])
});
/// R42: the plan goes to the customer.
pub const SENT: ClockSpec =
    spec("improvement_sent", words("Plan sent to the customer", "方案发送客户"), |book, form| {
        of(book, form, "planned", &["send"])
    });
/// R42: the customer answers, or is asked again; each time that the customer was asked is a run.
pub const ANSWERED: ClockSpec =
    spec("improvement_answered", words("Customer answered or asked again", "客户答复或催问"), |book, form| {
        of(book, form, "sent", &["confirm", "remind"])
    });
/// R42: the plan is carried out by its day.
pub const IMPLEMENTED: ClockSpec =
    spec("improvement_implemented", words("Plan carried out", "落实整改方案"), |book, form| {
        of(book, form, "confirmed", &["implement"])
    });
/// R42: somebody looks whether it works.
pub const VERIFIED: ClockSpec =
    spec("improvement_verified", words("Effect verified", "验证整改效果"), |book, form| {
        of(book, form, "implemented", &["verify"])
    });
/// R42: what works is closed.
pub const CLOSED: ClockSpec = spec("improvement_closed", words("Improvement closed", "整改结案"), |book, form| {
    of(book, form, "verified", &["close"])
});

const fn spec(key: &'static str, name: Words, runs: fn(&Book<'_>, &Form) -> Vec<Run>) -> ClockSpec {
    ClockSpec { key, rule: "R42", name, kind: Kind::Improvement, runs }
}

/// A reminder asks for another few days of patience.
const AGAIN: &[&str] = &["remind"];

fn of(book: &Book<'_>, form: &Form, state: &str, ends: &[&str]) -> Vec<Run> {
    numbered(book, form, courses(stays(form, AGAIN), &[state], ends, |stay| step_due(book, form, stay)))
}

/// When an improvement's next step is due at the latest; `None` where none is.
pub fn next_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    step_due(book, form, stays(form, AGAIN).last()?)
}

/// When the step that ends a stay is due at the latest, by the figures in force when its clock began (R68).
fn step_due(book: &Book<'_>, form: &Form, stay: &Stay<'_>) -> Option<Due> {
    let since: Time = stay.from.at;
    let day = book.now.zone.day(since);
    let figures = book.policy.at(day);
    Some(match stay.state {
        "new" => in_workdays(book, since, figures.analyse_workdays),
        "analysed" => in_workdays(book, since, figures.plan_workdays),
        "planned" => in_workdays(book, since, figures.send_workdays),
        "sent" => in_days(book, day, figures.consent_days, tr!("the customer was asked on", "发送或催问客户于")),
        "confirmed" => {
            let plan = form.taken("plan").rfind(|plan| plan.index < stay.from.index)?;
            by_day(book, plan.fields.date("due")?, tr!("the plan is due on", "方案计划完成日"))
        }
        "implemented" => in_workdays(book, since, figures.verify_workdays),
        "verified" => in_workdays(book, since, 0),
        _ => return None,
    })
}
