//! What the records of the department's own rhythm take from elsewhere: scores, scored calls, training, shifts, meetings.

use super::{Draft, some_of, text};
use crate::base::field::{Fields, Value};
use crate::base::marks::{FULL, marks, written};
use crate::base::period::{Period, Unit};
use crate::base::problem::Problem;
use crate::base::words::Lang;
use crate::book::Book;
use crate::calls::{completed, items_of};
use crate::checks::no_clause;
use crate::commands::meetings::agenda;
use crate::forms::call::Call;
use crate::forms::form::Form;
use crate::forms::training::{ONE_TO_ONE, TEST};
use crate::policy::{CallItem, CallItems, Clause};
use crate::tr;
use crate::trainings::{next_slot, next_test, taught};
use crate::work::specialists;

/// Fills in the day on which it is made as the day that it is of.
pub(super) fn today(draft: &mut Draft<'_, '_>) {
    let day = draft.day();
    draft.fill("on", Some(Value::Date(day)));
}

/// Work is for whoever plans it.
pub(super) fn work(draft: &mut Draft<'_, '_>) {
    if draft.header.get("staff").is_none() {
        let by = (draft.by)();
        draft.fill("staff", by.map(|by| Value::Text(by.to_string())));
    }
}

/// A score entry is of the day, and worth what its clause says, where that is one number.
pub(super) fn score(draft: &mut Draft<'_, '_>) {
    today(draft);
    let clause = clause_given(draft.book, draft.header).filter(|clause| clause.min == clause.max);
    draft.fill("points", clause.map(|clause| Value::Whole(clause.min)));
}

/// The clause that a new score entry names, as it stood on the day of the conduct.
fn clause_given<'b>(book: &'b Book<'_>, header: &Fields) -> Option<&'b Clause> {
    book.policy.at(header.date("on")?).clauses.get(header.text("clause")?)
}

/// Why a clause that was given tells no points of a score entry: it has a span of them, or was not in force (R58).
pub(super) fn points_undecided(book: &Book<'_>, header: &Fields) -> Option<Problem> {
    let (code, on) = (header.text("clause")?, header.date("on")?);
    let Some(clause) = clause_given(book, header) else { return Some(no_clause(book, code, on)) };
    let span = clause.span();
    Some(Problem::new(
        "score.points",
        tr!("{code} is worth {span} points: how many? (R58)", "{code} 的分值为 {span} 分，请确定分值（R58）"),
        tr!("give --points", "请填写 --points"),
    ))
}

/// A call that is scored is of the day; the items that are not named have their full points.
pub(super) fn call(draft: &mut Draft<'_, '_>) {
    today(draft);
    let Some(day) = draft.header.date("on") else { return };
    complete(draft.header, &draft.book.policy.at(day).call_items, |item| item.max);
}

/// Gives points to the items of a call that are not named when its score is amended: those that stood, or the full ones.
pub(super) fn complete_amended(book: &Book<'_>, form: &Form, fields: &mut Fields) {
    let before = Call::of(form).given();
    let stood = |item: &CallItem| before.iter().find(|mark| mark.item == item.code).map_or(0, |mark| mark.points);
    let is_full = fields.text("marks") == Some(FULL);
    complete(fields, items_of(book, form), |item| if is_full { item.max } else { stood(item) });
}

/// Gives points to the items of a call that were not named, where any points were given.
fn complete(fields: &mut Fields, items: &CallItems, others: impl Fn(&CallItem) -> u64) {
    let Some(field) = fields.entry("marks").map(|entry| entry.field) else { return };
    let given = fields.text("marks").and_then(|text| marks(text).ok()).unwrap_or_default();
    fields.set(field, Value::Text(written(&completed(items, given, others))));
}

/// When a training is to be, who is to attend, and what a test is about. Who gives it is not called to it; who is taught
/// alone is for whoever plans it to say.
pub(super) fn training(draft: &mut Draft<'_, '_>) {
    let book = draft.book;
    let sort = draft.header.text("type").unwrap_or("").to_string();
    let is_test = sort == TEST;
    let when = if is_test { next_test(book, draft.at) } else { next_slot(book, draft.at) };
    draft.fill("when", Some(Value::Time(when)));
    let Some(day) = draft.header.time("when").map(|when| book.now.zone.day(when)) else { return };
    let month = Period::holding(Unit::Month, day);
    let lang = book.config.lang.unwrap_or(Lang::En);
    let about = tr!("test of {month}", "{month} 月末测验").get(lang).to_string();
    draft.fill("topic", text(&about).filter(|_| is_test));
    if sort == ONE_TO_ONE {
        return;
    }
    let mut called = if is_test { taught(book, month) } else { Vec::new() };
    if called.is_empty() {
        called = specialists(book, day);
    }
    let called = called.iter().map(ToString::to_string);
    let attendees = called.filter(|code| draft.header.text("trainer") != Some(code)).collect();
    draft.fill("attendees", some_of(attendees));
}

/// A meeting is now, and about what is on hand.
pub(super) fn meeting(draft: &mut Draft<'_, '_>) {
    draft.fill("when", Some(Value::Time(draft.at)));
    if draft.header.get("topics").is_none() {
        let lang = draft.book.config.lang.unwrap_or(Lang::En);
        let topics: Vec<String> = agenda(draft.book).iter().map(|topic| topic.get(lang).to_string()).collect();
        draft.fill("topics", text(&topics.join("\n")));
    }
}
