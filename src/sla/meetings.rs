//! The clocks of a meeting: its minutes, and each of its to-dos (R51).

use super::due::{Due, by_day, on_its_day};
use super::{ClockSpec, Course, numbered};
use crate::base::field::Kind;
use crate::base::time::{Date, Time};
use crate::base::words::words;
use crate::book::Book;
use crate::forms::meeting::{Meeting, Todo};
use crate::tr;

/// R51: what a meeting came to is written down on its day. One that was cancelled by then needs none.
pub const MINUTES: ClockSpec = ClockSpec {
    key: "meeting_minutes",
    rule: "R51",
    name: words("Minutes of a meeting", "会议纪要登记"),
    kind: Kind::Meeting,
    runs: |book, form| {
        let day = Meeting::of(form).when().map(|when| book.now.zone.day(when));
        let course = |(day, start): (Date, Time)| {
            let due = minutes_due(book, day);
            let by_its_day = |at: Time| on_its_day(at, book.now.zone.day(at), day, due.0);
            let done = form.last("minutes").map(|step| by_its_day(step.at));
            let until = form.last("cancel").map(|step| by_its_day(step.at));
            Course { start, due, done, until }
        };
        numbered(book, form, day.zip(form.made_at()).map(course))
    },
};

/// R51: a to-do is done by the day that was agreed. Its run has the to-do's own number.
pub const TODO: ClockSpec = ClockSpec {
    key: "meeting_todo",
    rule: "R51",
    name: words("To-do of a meeting", "会议待办完成"),
    kind: Kind::Meeting,
    runs: |book, form| {
        let course = |todo: Todo<'_>, start: Time| {
            let due = todo_due(book, todo.due);
            let done = form.taken("todo-done").find(|step| step.fields.whole("todo") == todo.number as u64);
            let done = done.map(|step| on_its_day(step.at, book.now.zone.day(step.at), todo.due, due.0));
            Course { start, due, done, until: None }
        };
        let held = form.last("minutes").map(|step| step.at);
        let todos =
            held.into_iter().flat_map(|start| Meeting::of(form).todos().into_iter().map(move |todo| (todo, start)));
        numbered(book, form, todos.map(|(todo, start)| course(todo, start)))
    },
};

/// When the minutes of a meeting that is held on a day are due (R51).
pub fn minutes_due(book: &Book<'_>, day: Date) -> Due {
    by_day(book, day, tr!("the meeting is on", "会议日期"))
}

/// When a to-do that is agreed for a day is due (R51).
pub fn todo_due(book: &Book<'_>, day: Date) -> Due {
    by_day(book, day, tr!("agreed for", "会议商定期限"))
}
