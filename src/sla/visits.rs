//! The clock of a need that a customer stated at a visit (R38).

use super::due::{Due, in_workdays};
use super::{ClockSpec, Course, numbered};
use crate::base::field::Kind;
use crate::base::words::words;
use crate::book::Book;
use crate::forms::form::Form;
use crate::visits::{seen_to, states_need};

/// R38: what a customer stated as a need is seen to.
pub const NEED: ClockSpec = ClockSpec {
    key: "visit_need",
    rule: "R38",
    name: words("Stated need seen to", "回访需求跟进"),
    kind: Kind::Visit,
    runs: |book, form| {
        let due = form.made_at().zip(need_due(book, form)).filter(|_| states_need(form));
        let course = |(start, due)| Course { start, due, done: seen_to(book, form), until: None };
        numbered(book, form, due.map(course))
    },
};

/// When the need that a visit stated is to be seen to at the latest (R38).
pub fn need_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    Some(in_workdays(book, form.made_at()?, book.policy.at(form.day()).visit_follow_workdays))
}
