//! Rules over a shift (R63).

use super::{put, refuse};
use chrono::TimeDelta;

use super::references::not_here;
use super::signatures::refusal;
use crate::base::number::Code;
use crate::base::problem::Problem;
use crate::base::time::{Date, Time, days_after, wall_minute};
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::forms::shift::{AUTHORITY, Shift};
use crate::shifts::{AHEAD, Rostered, overlapping};
use crate::tr;

/// A shift is of somebody who works here and has no other at that time, rostered by that person or who may roster others,
/// not when it is over nor too far ahead; what is recorded of it lies in its time, is by who may record it, and its points
/// are settled one by one.
pub fn shift(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let Some(on) = Shift::of(form).on() else { return };
    let Some((begin, end)) = Shift::of(form).times(book.now.zone) else { return };
    planned(book, form, on, end, problems);
    people(book, form, on, problems);
    own(book, form, problems);
    alone(book, form, problems);
    recorded(book, form, begin, end, problems);
    settled(form, problems);
}

/// It was rostered before it ended, and not long before it began.
fn planned(book: &Book<'_>, form: &Form, on: Date, end: Time, problems: &mut Vec<Problem>) {
    if form.made_at().is_some_and(|made| made >= end) {
        let ended = wall_minute(end, book.now.zone);
        refuse(
            form,
            "on",
            "shift.past",
            tr!("it ended at {ended}, before it was rostered", "该班次 {ended} 已结束，晚于结束才排班"),
            tr!(
                "give a later --on; or --at with the time at which it was agreed",
                "请填写之后的 --on，或用 --at 填写当时排班的时间"
            ),
            problems,
        );
    }
    let last = days_after(form.day(), AHEAD);
    if on > last {
        refuse(
            form,
            "on",
            "shift.ahead",
            tr!("{on} is more than {AHEAD} days ahead", "{on} 超出可排班的 {AHEAD} 天"),
            tr!("give an --on up to {last}", "请填写不晚于 {last} 的 --on"),
            problems,
        );
    }
}

/// Whoever is or was on the roster for it works here on its day; others are rostered, and their shifts edited, by who may.
fn people(book: &Book<'_>, form: &Form, on: Date, problems: &mut Vec<Problem>) {
    let Some(staff) = form.header.staff("staff") else { return };
    put(form, "staff", not_here(book, "shift.staff", &staff, on), problems);
    for step in form.living() {
        let problem = match step.verb() {
            "new" if step.by != staff => may(book, form, step, &[]),
            // Whoever rostered a shift of their own, and has it still, may mend it.
            "edit"
                if [&staff, form.author(), &person_before(form, step, &staff)]
                    .into_iter()
                    .any(|who| *who != step.by) =>
            {
                may(book, form, step, &[])
            }
            "cancel" => may(book, form, step, &[&person_before(form, step, &staff)]),
            "swap" => may(book, form, step, &[]).or_else(|| swapped(book, form, step, on, &staff)),
            "in" | "out" | "hand-over" if step.by != person_before(form, step, &staff) => may(book, form, step, &[]),
            "explain" => explained(book, form, step, &person_before(form, step, &staff)),
            "absent" if step.by == person_before(form, step, &staff) => Some(Problem::new(
                "shift.own-absence",
                tr!("nobody records an own absence (R63)", "缺勤不能由本人登记（R63）"),
                tr!("a colleague or the supervisor gives --by", "请由同事或主管用 --by 登记"),
            )),
            _ => None,
        };
        put(form, step, problem, problems);
    }
}

/// Nobody takes back what says that they were to be there or did not come: a shift that somebody else gave them, or an own
/// one once it has begun; only when they came and left (R63).
pub(super) fn own(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let begin = Shift::of(form).times(book.now.zone).map(|(begin, _)| begin);
    let had_it = |step: &Step| {
        let swaps = form.steps[..step.index - 1].iter().filter(|earlier| earlier.verb() == "swap");
        swaps
            .map(|swap| &swap.fields)
            .chain([&form.header])
            .any(|fields| fields.staff("staff").as_ref() == Some(&step.by))
    };
    for step in form.steps.iter().filter(|step| step.verb() == "void" && step.lives() && had_it(step)) {
        let target = form.steps.get((step.fields.whole("step") as usize).wrapping_sub(1));
        let of_presence =
            target.is_some_and(|target| matches!(target.verb(), "in" | "out" | "hand-over" | "settle" | "explain"));
        let in_time = *form.author() == step.by && begin.is_none_or(|begin| step.at < begin);
        if !of_presence && !in_time {
            let (number, by) = (&form.number, &step.by);
            refuse(
                form,
                step,
                "shift.own-void",
                tr!(
                    "{by} may not void an own shift, or an own absence (R63)",
                    "{by} 不能作废本人的班次或缺勤记录（R63）"
                ),
                tr!(
                    "somebody else who may roster gives --by: cs void {number} --note WHY",
                    "请由其他有排班权限的人用 --by 操作：cs void {number} --note 原因"
                ),
                problems,
            );
        }
    }
}

/// Why a step may not be taken by whoever took it, where it needs who may roster others.
fn may(book: &Book<'_>, form: &Form, step: &Step, none_of: &[&Code]) -> Option<Problem> {
    refusal(book, AUTHORITY, None, none_of, &step.by, step.at, form.day())
}

/// Whose shift it was when a step was taken.
fn person_before(form: &Form, step: &Step, staff: &Code) -> Code {
    Shift::of(form).person_before(step.index).unwrap_or_else(|| staff.clone())
}

/// Whoever was late or left early says why soon; later, and of an absence, somebody else does who may roster others.
fn explained(book: &Book<'_>, form: &Form, step: &Step, person: &Code) -> Option<Problem> {
    let missed = Shift::of(form).missed().is_some();
    if missed || step.by != *person {
        return may(book, form, step, &[person]);
    }
    let (begin, end) = Shift::of(form).times(book.now.zone)?;
    let days = book.policy.at(book.now.zone.day(begin)).shift_explain_days;
    // One that ends at midnight is not of the day after.
    let last = days_after(book.now.zone.day(end - TimeDelta::minutes(1)), days);
    (book.now.zone.day(step.at) > last).then(|| {
        Problem::new(
            "shift.explain",
            tr!("{person} could say why until {last} (R63)", "{person} 本人只能在 {last} 及以前说明原因（R63）"),
            tr!("somebody who may roster others gives --by", "请由有排班权限的人用 --by 登记"),
        )
    })
}

fn swapped(book: &Book<'_>, form: &Form, step: &Step, on: Date, staff: &Code) -> Option<Problem> {
    let taker = step.fields.staff("staff")?;
    if taker == person_before(form, step, staff) {
        return Some(Problem::new(
            "shift.swap",
            tr!("it is {taker}'s already", "该班次已由 {taker} 值班"),
            tr!("name somebody else: --staff", "请用 --staff 填写其他人"),
        ));
    }
    not_here(book, "shift.staff", &taker, on)
}

/// Nobody is on two shifts at once.
fn alone(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let Some(own) = Rostered::of(book, &form.clone().into()).filter(Rostered::stands) else { return };
    for other in overlapping(book, &own) {
        let (person, number) = (&own.person, &other.form.number);
        let [from, to] = [other.begin, other.end].map(|time| wall_minute(time, book.now.zone));
        refuse(
            form,
            "span",
            "shift.overlap",
            tr!("{person} is on shift {number} from {from} to {to}", "{person} 在 {from} 至 {to} 已有班次 {number}"),
            tr!(
                "give another --span or --on, or cancel one of them: cs shift cancel",
                "请改填 --span 或 --on，或取消其中一个：cs shift cancel"
            ),
            problems,
        );
    }
}

/// Who came came in the time of the shift, and left after coming; that nobody came without a reason is known once it began.
fn recorded(book: &Book<'_>, form: &Form, begin: Time, end: Time, problems: &mut Vec<Problem>) {
    let zone = book.now.zone;
    let on = zone.day(begin);
    let early = book.policy.at(on).shift_early;
    let opens = begin - TimeDelta::minutes(early as i64);
    let (begins, ends) = (wall_minute(begin, zone), wall_minute(end, zone));
    let came = Shift::of(form).came();
    for step in form.living() {
        let wrong = match step.verb() {
            "in" if step.at < opens => Some((
                "shift.early",
                tr!(
                    "the shift begins at {begins}: it is taken up {early} minutes before at the earliest",
                    "班次 {begins} 开始，最早可提前 {early} 分钟到岗"
                ),
                tr!(
                    "wait, or give another shift's number: cs shift list",
                    "请稍后登记，或填写其他班次的单号：cs shift list"
                ),
            )),
            "in" if step.at >= end => Some((
                "shift.ended",
                tr!("the shift ended at {ends}", "班次 {ends} 已结束"),
                tr!(
                    "give --at with the time when the person came; who did not come is absent: cs shift absent",
                    "请用 --at 填写实际到岗时间；未到岗的请登记缺勤：cs shift absent"
                ),
            )),
            "out" | "hand-over" if step.at < begin => Some((
                "shift.early",
                tr!("the shift begins at {begins}: nobody leaves before", "班次 {begins} 才开始，不能提前离岗或交接"),
                tr!(
                    "wait; or void that the person came, and record the absence or cancel the shift",
                    "请稍后登记；或先作废到岗记录，再登记缺勤或取消班次"
                ),
            )),
            "explain" if !calls_for_reason(book, form, step) => Some((
                "shift.explained",
                tr!("there is nothing without a reason to explain", "没有需要补充说明的迟到、早退或缺勤"),
                tr!("see it with cs shift show", "请用 cs shift show 查看"),
            )),
            "out" | "hand-over" if came.is_some_and(|came| step.at < came.at) => Some((
                "shift.order",
                tr!("nobody leaves before coming", "离岗时间早于到岗时间"),
                tr!("give a later --at", "请填写更晚的 --at"),
            )),
            "absent" if step.fields.get("reason").is_none() && step.at < begin => Some((
                "shift.not-begun",
                tr!("the shift begins at {begins}: nobody is missing yet", "班次 {begins} 才开始，尚不能认定缺勤"),
                tr!("say why the person will not come: --reason", "请用 --reason 写明不能到岗的原因"),
            )),
            _ => None,
        };
        if let Some((code, message, help)) = wrong {
            refuse(form, step, code, message, help, problems);
        }
    }
}

/// Whether what is on record before a step calls for a reason.
fn calls_for_reason(book: &Book<'_>, form: &Form, step: &Step) -> bool {
    let mut before = form.clone();
    before.steps.truncate(step.index - 1);
    Rostered::of(book, &before.into()).is_some_and(|shift| shift.unexplained().is_some())
}

/// What is to be done about a step that lies before its shift was rostered: the shift was put on record too late.
pub(super) fn rostered_late(form: &Form) -> Text {
    let number = &form.number;
    tr!(
        "void the shift, and roster it again with the --at at which it was agreed: cs void {number} --note WHY",
        "请作废该班次，再用 --at 填写当时排班的时间重新排班：cs void {number} --note 原因"
    )
}

/// Points are settled that there are, each once.
fn settled(form: &Form, problems: &mut Vec<Problem>) {
    let all = Shift::of(form).points().len();
    let mut seen = Vec::new();
    for step in form.taken("settle") {
        let number = step.fields.whole("point");
        if number as usize > all {
            refuse(
                form,
                step,
                "shift.point",
                tr!("there is no point {number}: it has {all}", "没有第 {number} 项待办，共 {all} 项"),
                tr!("see them with cs shift show", "请用 cs shift show 查看"),
                problems,
            );
        } else if seen.contains(&number) {
            refuse(
                form,
                step,
                "shift.point-twice",
                tr!("point {number} is settled already", "第 {number} 项待办已经处理"),
                tr!("there is nothing to do", "无需再次登记"),
                problems,
            );
        }
        seen.push(number);
    }
}

/// Why a shift may not be edited: it has begun, and presence is judged by its hours (R63).
pub(super) fn begun(book: &Book<'_>, form: &Form) -> Option<Problem> {
    let (begin, _) = Shift::of(form).times(book.now.zone).filter(|(begin, _)| *begin <= book.now.time)?;
    let (number, at) = (&form.number, wall_minute(begin, book.now.zone));
    Some(Problem::new(
        "shift.fixed",
        tr!(
            "{number} began at {at}: presence is judged by it as it stands (R63)",
            "{number} 已于 {at} 开始，考勤按现有内容认定，不能修改（R63）"
        ),
        tr!(
            "a supervisor swaps or cancels it, or voids it: cs void {number} --note WHY",
            "请由主管换班、取消，或作废：cs void {number} --note 原因"
        ),
    ))
}
