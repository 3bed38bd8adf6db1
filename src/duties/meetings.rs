//! Duties of meetings (R51): their minutes, their to-dos, and those that are to be held.

use super::{Because, Duty, Whose, duty, open};
use crate::base::field::Kind;
use crate::base::time::wall_minute;
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::forms::meeting::{Meeting, TYPES};
use crate::meetings::missing;
use crate::sla::meetings::{minutes_due, todo_due};
use crate::tr;

fn name_of(sort: &str) -> Words {
    TYPES.iter().find(|known| known.code == sort).map_or(words("meeting", "会议"), |known| known.name)
}

/// R51: what a meeting came to is written down on its day, or why it was not held.
pub fn minutes(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Meeting).iter().filter(|form| form.state().code == "called") {
        let meeting = Meeting::of(form);
        let Some(when) = meeting.when() else { continue };
        let due = minutes_due(book, book.now.zone.day(when));
        let (at, name) = (wall_minute(when, book.now.zone), name_of(meeting.sort()));
        let what = tr!("hold the {name} of {at} and write its minutes", "召开 {at} 的{name}并登记纪要"; name);
        let of_author =
            duty(form, "R51", due, what, "minutes NUMBER --present STAFF --conclusions TEXT --lasted MINUTES");
        duties.push(Duty { who: Whose::Person(meeting.host()), ..of_author });
    }
}

/// R51: each to-do of a meeting is its owner's.
pub fn todos(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Meeting) {
        for todo in Meeting::of(form).open_todos() {
            let (no, what) = (todo.number, todo.what);
            let due = todo_due(book, todo.due);
            let verb = format!("todo-done NUMBER --todo {no}");
            let of_author = duty(form, "R51", due, tr!("to-do of the meeting: {what}", "会议待办：{what}"), &verb);
            duties.push(Duty { who: Whose::Person(todo.owner), ..of_author });
        }
    }
}

/// R51: a meeting that comes around is held, or the reason is on record why it was not.
pub fn called(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for called in missing(book) {
        let (sort, period, name) = (called.sort, called.period, name_of(called.sort));
        duties.push(Duty {
            rule: "R51",
            number: format!("{sort} {period}"),
            due: called.due,
            since: None,
            who: Whose::supervisors(),
            what: tr!("call the {name} of {period}", "召集 {period} 的{name}"; name),
            command: format!("cs meet new {sort} --when TIME"),
            because: Because::Days(tr!("the {name} of {period}", "{period} 的{name}"; name)),
        });
    }
}
