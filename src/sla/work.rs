//! The clock of planned work, term by term (R50).

use super::due::{Due, by_day, on_its_day};
use super::{ClockSpec, Course, numbered};
use crate::base::field::Kind;
use crate::base::time::Date;
use crate::base::words::words;
use crate::book::Book;
use crate::forms::work::{End, Term, Work};
use crate::tr;

/// R50: an item is done by the day that stands. One that was carried over, or dropped, by its day was due there no more.
pub const DONE: ClockSpec = ClockSpec {
    key: "work_done",
    rule: "R50",
    name: words("Planned work done", "计划事项完成"),
    kind: Kind::Work,
    runs: |book, form| {
        let terms = Work::of(form).terms(book.now.zone);
        numbered(book, form, terms.into_iter().map(|term| course(book, term)))
    },
};

fn course(book: &Book<'_>, Term { start, due: day, end, ended }: Term) -> Course {
    let due = done_due(book, day);
    // Where another day is named than that of the step, its hour is not known.
    let ended = ended.zip(end.on()).map(|(at, on)| match on < book.now.zone.day(at) {
        true => book.calendar().closing(on),
        false => on_its_day(at, on, day, due.0),
    });
    let (done, until) = match end {
        End::Done(_) => (ended, None),
        _ => (None, ended),
    };
    Course { start, due, done, until }
}

/// When an item that is to be done by a day is due (R50).
pub fn done_due(book: &Book<'_>, day: Date) -> Due {
    by_day(book, day, tr!("planned for", "计划期限"))
}
