//! Rules over an item of work (R50).

use super::put;
use super::references::not_here;
use super::signatures::{author_may_void, refusal};
use crate::base::problem::Problem;
use crate::base::time::Date;
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::forms::work::Work;
use crate::sla::work::done_due;
use crate::tr;

/// Who plans work for others, under `[sign]` in policy.toml.
const AUTHORITY: &str = "work";

/// An item is somebody's who works here, planned by that person or a supervisor; its days come one after the other; only
/// whom it concerns takes steps of it; and nobody drops an own one.
pub fn work(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    whose(book, form, problems);
    let first = form.header.date("due").filter(|due| *due < form.day());
    put(form, "due", first.map(|due| past(form.day(), due)), problems);
    let mut stood = form.header.date("due");
    let mut ended: Option<&Step> = None;
    for step in form.living() {
        let on = book.now.zone.day(step.at);
        let problem = match step.verb() {
            "carry-over" => {
                let due = step.fields.date("due");
                let wrong = due.and_then(|due| carried(on, stood, due));
                stood = due.or(stood);
                wrong
            }
            "done" => {
                let done = step.fields.date("done_on");
                done.and_then(|done| done_then(form, on, done)).or_else(|| told_after(book, form, step, stood, on))
            }
            "drop" => unsigned(book, form, step),
            "edit" => ended.map(|end| over(form, end)),
            _ => None,
        };
        put(form, step, problem, problems);
        if matches!(step.verb(), "done" | "carry-over" | "edit") {
            put(form, step, not_theirs(book, form, step), problems);
        }
        if matches!(step.verb(), "done" | "drop") {
            ended = Some(step);
        }
    }
}

/// Nobody makes an own item vanish: it is voided by who planned it for himself, on the same day and before it is due, else
/// by another who plans for others (R50, R66).
pub(super) fn voids(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    if let Some(step) = form.voided() {
        put(form, step, voided(book, form, step), problems);
    }
}

/// What happened by the due day is not for the person to tell after it: the day on which a step is recorded is what counts,
/// whatever `--at` says.
pub(super) fn recorded(book: &Book<'_>, before: &Form, step: &Step) -> Option<Problem> {
    let due = Work::of(before).due(book.now.zone).filter(|_| matches!(step.verb(), "done" | "carry-over"));
    told_after(book, before, step, due, book.now.today())
}

/// Why somebody who is not one of those that plan for others, or whose own item it is, may not do to it what they may.
fn unsigned(book: &Book<'_>, form: &Form, step: &Step) -> Option<Problem> {
    refusal(book, AUTHORITY, None, &[&Work::of(form).person()], &step.by, step.at, form.day())
}

/// Why a step is not for whoever took it: the item is somebody else's; or another set it, and it is not for its person to
/// move (R50, R58).
fn not_theirs(book: &Book<'_>, form: &Form, step: &Step) -> Option<Problem> {
    let (number, by, person, planner) = (&form.number, &step.by, Work::of(form).person(), form.author());
    let may_as_person = *by == person && (person == *planner || step.verb() == "done");
    if by == planner || may_as_person {
        return None;
    }
    let mut problem = unsigned(book, form, step)?;
    problem.message = if *by == person {
        tr!(
            "{number} was set by {planner}: {by} may do it, not change it or carry it over (R50)",
            "{number} 由 {planner} 安排，{by} 只能登记完成，不能自行修改或顺延（R50）"
        )
    } else {
        tr!("{number} is the work of {person}, not of {by} (R50)", "{number} 的责任人是 {person}，不是 {by}（R50）")
    };
    Some(problem)
}

/// Why it is not for the person to tell, on a day after the due day that stood, that the item was done or carried over by
/// then: nobody certifies an own item as in time afterwards.
fn told_after(book: &Book<'_>, form: &Form, step: &Step, stood: Option<Date>, recorded: Date) -> Option<Problem> {
    let on = book.now.zone.day(step.at);
    let due = stood.filter(|due| step.fields.date("done_on").unwrap_or(on) <= *due && recorded > *due)?;
    let (number, by) = (&form.number, &step.by);
    if by == form.author() && *by != Work::of(form).person() {
        return None;
    }
    let mut problem = unsigned(book, form, step)?;
    let who = problem.help;
    problem.message = tr!(
        "{number} was due on {due}: what came of it by then is not for {by} to tell afterwards (R50)",
        "{number} 的期限 {due} 已过，期限前的情况不能由 {by} 补记（R50）"
    );
    problem.help = tr!("leave --done-on and --at out; or {who}", "请不填 --done-on 和 --at；或由他人补记，{who}"; who);
    Some(problem)
}

/// The refusal to edit an item after the step that ended it.
fn over(form: &Form, end: &Step) -> Problem {
    let (number, index, name) = (&form.number, end.index, end.spec.name);
    Problem::new(
        "work.over",
        tr!(
            "{number} is open no more since step {index} ({name}): it stands as it was (R50)",
            "{number} 已在步骤 {index}（{name}）办结，不能再修改（R50）"; name
        ),
        tr!(
            "void that step first: cs void {number} --step {index} --note WHY",
            "请先作废该步骤：cs void {number} --step {index} --note 原因"
        ),
    )
}

/// Why an item may not be voided whole by whoever did.
fn voided(book: &Book<'_>, form: &Form, step: &Step) -> Option<Problem> {
    let (number, by, person) = (&form.number, &step.by, Work::of(form).person());
    let due = Work::of(form).due(book.now.zone).map(|day| done_due(book, day).0);
    let may_as_planner = person == *form.author()
        && form.steps.first().is_some_and(|planned| author_may_void(book, form, planned, step.at))
        && due.is_none_or(|due| step.at < due);
    if *by == person && may_as_planner {
        return None;
    }
    let mut problem = unsigned(book, form, step)?;
    problem.message = tr!(
        "an own item is voided on the day on which one planned it and before it is due, else by another who may sign: {number} not by {by} (R50)",
        "本人登记的本人事项仅可在登记当天、到期前作废，其他情况须由其他有权签字的人作废：{number}，{by} 不能作废（R50）"
    );
    Some(problem)
}

/// Who is to do it works here; for somebody else it is planned by who may (R50).
fn whose(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let (person, day) = (Work::of(form).person(), form.day());
    put(form, "staff", not_here(book, "work.staff", &person, day), problems);
    if person != *form.author()
        && book.staff_on(&person, day).is_some()
        && let Some(at) = form.made_at()
        && let Some(problem) = refusal(book, AUTHORITY, None, &[], form.author(), at, day)
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
