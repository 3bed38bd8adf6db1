//! Rules over an item of work (R50).

use super::put;
use super::references::not_here;
use super::signatures::refusal;
use crate::base::problem::Problem;
use crate::base::time::Date;
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::work::Work;
use crate::tr;

/// An item is somebody's who works here, planned by that person or a supervisor; its days come one after the other; and
/// nobody drops an own one.
pub fn work(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    whose(book, form, problems);
    let first = form.header.date("due").filter(|due| *due < form.day());
    put(form, "due", first.map(|due| past(form.day(), due)), problems);
    let mut stood = form.header.date("due");
    for step in form.living() {
        let on = book.now.zone.day(step.at);
        let problem = match step.verb() {
            "carry-over" => {
                let due = step.fields.date("due");
                let wrong = due.and_then(|due| carried(on, stood, due));
                stood = due.or(stood);
                wrong
            }
            "done" => step.fields.date("done_on").and_then(|done| done_then(form, on, done)),
            "drop" => refusal(book, "work", None, &[&Work::of(form).person()], &step.by, step.at, form.day()),
            _ => None,
        };
        put(form, step, problem, problems);
    }
}

/// Who is to do it works here; for somebody else it is planned by who may (R50).
fn whose(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let (person, day) = (Work::of(form).person(), form.day());
    put(form, "staff", not_here(book, "work.staff", &person, day), problems);
    if person != *form.author()
        && book.staff_on(&person, day).is_some()
        && let Some(at) = form.made_at()
        && let Some(problem) = refusal(book, "work", None, &[], form.author(), at, day)
    {
        put(form, "staff", [problem], problems);
    }
}

fn past(planned: Date, due: Date) -> Problem {
    Problem::new(
        "work.due",
        tr!("{due} was over when it was planned, on {planned}", "期限 {due} 早于登记日 {planned}"),
        tr!("give a --due from {planned} on", "请填写不早于 {planned} 的 --due"),
    )
}

/// Why an item can't be carried over to a day: it was over by then, or is none later than the one that stood.
fn carried(on: Date, stood: Option<Date>, due: Date) -> Option<Problem> {
    if due < on {
        return Some(past(on, due));
    }
    let stood = stood.filter(|stood| due <= *stood)?;
    Some(Problem::new(
        "work.carry",
        tr!("{due} is no later than {stood}, the day that stands", "{due} 不晚于现期限 {stood}"),
        tr!("give a later --due", "请填写更晚的 --due"),
    ))
}

/// Why an item can't have been done on a day: it was not planned yet, or the day had not come.
fn done_then(form: &Form, on: Date, done: Date) -> Option<Problem> {
    let planned = form.day();
    let message: Text = if done > on {
        tr!("{done} had not come on {on}", "登记日 {on} 时 {done} 还没到")
    } else if done < planned {
        tr!("it was planned on {planned} only, after {done}", "该事项 {planned} 才登记，晚于 {done}")
    } else {
        return None;
    };
    let help = tr!("give a --done-on from {planned} to {on}", "请填写 {planned} 至 {on} 之间的 --done-on");
    Some(Problem::new("work.done-on", message, help))
}

/// Why by when an item is due and whose it is may not be edited: its week is judged by them, so they stand from the end of
/// the day on which it was planned (R50).
pub(super) fn planned_before(book: &Book<'_>, form: &Form) -> Option<Problem> {
    if book.now.today() <= form.day() {
        return None;
    }
    let number = &form.number;
    Some(Problem::new(
        "work.fixed",
        tr!(
            "day and person of {number} stand since the day on which it was planned (R50)",
            "{number} 的期限和责任人自登记次日起不能修改（R50）"
        ),
        tr!(
            "cs work carry-over {number} --due DATE --reason WHY; or a supervisor drops it",
            "请用 cs work carry-over {number} --due 日期 --reason 原因 顺延，或由主管取消"
        ),
    ))
}
