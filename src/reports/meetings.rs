//! Meetings in short (R51): what was held or cancelled, what was concluded, and how its to-dos stand.

use super::figure::{Rule, Tally, count};
use super::listing::{NUMBER, STATE, state, table};
use super::model::Section;
use super::scope::{Scope, Span};
use crate::base::field::Kind::Meeting as MEETING;
use crate::base::field::List;
use crate::base::table::{Cell, Row, Table, column};
use crate::base::words::words;
use crate::forms::form::Form;
use crate::forms::meeting::{Meeting, TYPES, Todo};

const HELD: Rule = count("held", "Held", "召开", |s| Tally::count(s.done(MEETING, "minutes")));
const CANCELLED: Rule = count("cancelled", "Cancelled", "取消", |s| Tally::count(s.done(MEETING, "cancel")));
/// To-dos of the meetings whose minutes were written in the span.
const AGREED: Rule = count("todos", "To-dos agreed", "新增待办", |s| {
    Tally::pieces(s.done(MEETING, "minutes").map(|form| (form, Meeting::of(form).todos().len() as u64)))
});
const DONE: Rule = count("todos_done", "To-dos done", "完成待办", |s| {
    Tally::pieces(s.done(MEETING, "todo-done").map(|form| (form, 1)))
});
const OPEN: Rule = count("todos_open", "To-dos open at the end", "期末未完待办", |s| open_todos(s, |_| true));
const OVERDUE: Rule = count("todos_overdue", "Of these overdue", "其中逾期", |s| {
    let end = s.end();
    open_todos(s, move |todo| todo.due < end)
});

/// To-dos not done at the end of a span.
fn open_todos(span: &Span<'_>, counts: impl Fn(&Todo<'_>) -> bool) -> Tally {
    let open = |form| Meeting::of(form).open_todos().iter().filter(|todo| counts(todo)).count() as u64;
    Tally::pieces(span.open(MEETING).map(|form| (form, open(form))))
}

/// Meetings in a few figures, and each that was held or cancelled; nothing where there is none to tell of.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    const RULES: &[Rule] = &[HELD, CANCELLED, AGREED, DONE, OPEN, OVERDUE];
    scope.spans().iter().any(|span| span.forms(MEETING).next().is_some()).then(|| {
        let mut section = scope.section("meetings", words("Meetings", "会议"), RULES);
        section.tables = vec![listed(&scope.span)];
        section
    })
}

/// What was held or cancelled in the span, and what came of it.
fn listed(span: &Span<'_>) -> Table {
    let book = span.book();
    let row = |form: &Form| {
        let meeting = Meeting::of(form);
        let told = form.last("minutes").and_then(|step| step.fields.text("conclusions"));
        let cells = vec![
            Cell::Number(form.number.clone()),
            Cell::chosen(TYPES, meeting.sort()),
            meeting.when().map_or(Cell::Empty, Cell::Time),
            Cell::Text(book.name(List::Staff, meeting.host().as_str())),
            state(form),
            told.or(form.last("cancel").and_then(|step| step.fields.text("reason")))
                .map_or(Cell::Empty, |told| Cell::Text(told.to_string())),
            Cell::count(meeting.open_todos().len() as u64),
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    let columns = [
        NUMBER,
        column("type", "Meeting", "会议类别"),
        column("when", "When", "会议时间").whole(),
        column("host", "Host", "主持人"),
        STATE,
        column("conclusions", "Conclusions, or why cancelled", "会议结论或取消原因"),
        column("todos_open", "To-dos open", "未完待办").numeric(),
    ];
    let over = ["minutes", "cancel"].into_iter().flat_map(|verb| span.done(MEETING, verb));
    table("meetings", words("Held or cancelled", "召开和取消的会议"), &columns, over.map(row))
}
