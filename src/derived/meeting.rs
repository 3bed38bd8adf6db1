//! What follows from a meeting.

use super::Derived;
use crate::base::field::List;
use crate::base::table::Cell;
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::meeting::Meeting;

/// Who leads it, and how many of its to-dos are still open (R51).
pub(super) fn meeting(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let meeting = Meeting::of(form);
    let host = meeting.host();
    let name = Text::same(book.name(List::Staff, host.as_str()));
    derived.fact("led_by", words("Led by", "主持"), Cell::Coded(host.to_string(), name));
    let open = meeting.open_todos();
    derived.fact("open_todos", words("To-dos open", "未完待办"), Cell::count(open.len() as u64));
}
