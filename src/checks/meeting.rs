//! Rules over a meeting (R51).

use super::references::not_here;
use super::{At, put, refuse};
use crate::base::number::Code;
use crate::base::problem::Problem;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::meeting::Meeting;
use crate::tr;

/// Who is named works here; nobody is there and not there; it lasts no longer than a meeting may, or says why; and its to-dos
/// are done one by one before it is closed.
pub fn meeting(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let meeting = Meeting::of(form);
    let minutes = form.last("minutes");
    let at = minutes.map_or(At::Field("host"), At::Step);
    let named = |key: &str| minutes.map(|step| step.fields.many(key)).unwrap_or_default();
    let day = meeting.when().map_or(form.day(), |when| book.now.zone.day(when));
    let people = named("present").iter().chain(named("absent")).filter_map(|code| code.parse::<Code>().ok());
    for code in people.chain(meeting.todos().into_iter().map(|todo| todo.owner)).chain([meeting.host()]) {
        put(form, at, not_here(book, "meeting.staff", &code, day), problems);
    }
    for code in named("present").iter().filter(|code| named("absent").contains(code)) {
        refuse(
            form,
            at,
            "meeting.both",
            tr!("{code} can't be present and absent", "{code} 不能既出席又缺席"),
            tr!("name everybody once", "每人只填一次"),
            problems,
        );
    }
    if let Some(step) = minutes {
        let (lasted, most) = (step.fields.whole("lasted"), book.policy.at(day).meeting_minutes);
        if lasted > most && step.fields.get("over").is_none() {
            refuse(
                form,
                at,
                "meeting.long",
                tr!(
                    "a meeting is at most {most} minutes, this one took {lasted} (R51)",
                    "会议不得超过 {most} 分钟，本次 {lasted} 分钟（R51）"
                ),
                tr!("say why it took longer: --over WHY", "请用 --over 写明超时原因"),
                problems,
            );
        }
        if meeting.when().is_some_and(|when| step.at < when) {
            refuse(
                form,
                at,
                "meeting.early",
                tr!("it had not begun by then", "此时会议尚未开始"),
                tr!(
                    "give a later --at, or mend --when: cs meet edit",
                    "请填写更晚的 --at，或用 cs meet edit 改正会议时间"
                ),
                problems,
            );
        }
    }
    for todo in meeting.todos().into_iter().filter(|todo| todo.due < day) {
        let (number, due) = (todo.number, todo.due);
        refuse(
            form,
            at,
            "meeting.todo-due",
            tr!(
                "to-do {number} is due on {due}, before the meeting of {day}",
                "第 {number} 项待办的期限 {due} 早于会议日 {day}"
            ),
            tr!("give a day from {day} on", "请填写不早于 {day} 的期限"),
            problems,
        );
    }
    done(form, problems);
}

/// To-dos are done that there are, each once, and all of them before it is closed.
fn done(form: &Form, problems: &mut Vec<Problem>) {
    let meeting = Meeting::of(form);
    let (all, mut seen) = (meeting.todos().len(), Vec::new());
    for step in form.living() {
        let number = step.fields.whole("todo");
        match step.verb() {
            "todo-done" if number as usize > all || number == 0 => refuse(
                form,
                step,
                "meeting.todo",
                tr!("there is no to-do {number}: it has {all}", "没有第 {number} 项待办，共 {all} 项"),
                tr!("see them with cs meet show", "请用 cs meet show 查看"),
                problems,
            ),
            "todo-done" if seen.contains(&number) => refuse(
                form,
                step,
                "meeting.todo-twice",
                tr!("to-do {number} is done already", "第 {number} 项待办已经完成"),
                tr!("there is nothing to do", "无需再次登记"),
                problems,
            ),
            "todo-done" => seen.push(number),
            "close" if seen.len() < all => {
                let left = all - seen.len();
                refuse(
                    form,
                    step,
                    "meeting.open",
                    tr!("to-dos not done: {left} (R51)", "还有 {left} 项待办未完成（R51）"),
                    tr!("record each first: cs meet todo-done", "请先逐项登记：cs meet todo-done"),
                    problems,
                );
            }
            _ => {}
        }
    }
}
