//! What follows from a return visit, and the visits that followed a record up.

use std::sync::Arc;

use super::Derived;
use crate::base::field::Kind;
use crate::base::table::{Cell, Row, Table, column};
use crate::base::time::days_before;
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::visit::{SCORES, Visit};
use crate::visits::{about, followers, next_command};

/// How far back a score is looked for to compare with, in days.
const SCORES_LOOKED_BACK: u64 = 400;

/// What came of it, what is to be done next, and how its scores compare.
pub(super) fn derive(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    derived.records("led_to", words("Led to", "后续单据"), &followers(book, form));
    derived.fact("next", words("Next", "下一步"), next_command(book, form).map(Cell::Text));
    derived.tables.extend(scores(book, form));
}

/// Its scores, each beside the last one that the customer gave before; none where nothing was scored.
fn scores(book: &Book<'_>, form: &Form) -> Option<Table> {
    let visit = Visit::of(form);
    let scored: Vec<_> = SCORES.iter().filter_map(|key| Some((*key, visit.score(key)?))).collect();
    if scored.is_empty() {
        return None;
    }
    let earlier = earlier(book, form);
    let row = |(key, score): &(&'static str, u8)| {
        let before = earlier.iter().rev().find_map(|form| Some((form, Visit::of(form).score(key)?)));
        let name = form.header.entry(key).map(|entry| entry.field.name);
        let change = before.map(|(_, before)| i64::from(*score) - i64::from(before));
        Row {
            cells: vec![
                Cell::Coded(key.to_string(), name.map(Text::from).unwrap_or_default()),
                Cell::Text(score.to_string()),
                before.map(|(_, score)| Cell::Text(score.to_string())).into(),
                change.map(|change| Cell::Text(format!("{change:+}"))).into(),
                before.map(|(form, _)| form.day()).into(),
            ],
            records: before.map(|(form, _)| form.number.clone()).into_iter().collect(),
        }
    };
    Some(Table {
        name: "scores",
        title: words("Scores", "评分"),
        columns: vec![
            column("score", "Score", "项目"),
            column("now", "Now", "本次").numeric(),
            column("before", "Before", "上次").numeric(),
            column("change", "Change", "变化").numeric(),
            column("on", "On", "上次日期").whole(),
        ],
        rows: scored.iter().map(row).collect(),
    })
}

/// The living visits of the same customer before this one, oldest first.
fn earlier(book: &Book<'_>, form: &Form) -> Vec<Arc<Form>> {
    let customer = Visit::of(form).customer();
    let days = days_before(form.day(), SCORES_LOOKED_BACK)..=form.day();
    book.load(form.spec, days, &|_, glance| glance.holds(customer));
    let mut visits = book.loaded(Kind::Visit);
    visits.retain(|other| {
        let before = (other.made_at(), &other.number) < (form.made_at(), &form.number);
        Visit::of(other).customer() == customer && before && !other.is_void()
    });
    visits.sort_by_key(|form| (form.made_at(), form.number.clone()));
    visits
}

/// The visits that followed a record up, if any.
pub(super) fn following(book: &Book<'_>, form: &Form) -> Option<Table> {
    let visits = about(book, &form.number);
    let row = |form: &Arc<Form>| {
        let cell = |key: &&str| form.header.entry(key).map(|e| Cell::of(e.field, Some(&e.value), false)).into();
        let mut cells = vec![Cell::Number(form.number.clone()), form.made_at().into()];
        cells.extend(["purpose", "satisfaction", "fixture", "need", "content"].iter().map(cell));
        Row { cells, records: vec![form.number.clone()] }
    };
    (!visits.is_empty()).then(|| Table {
        name: "visits",
        title: words("Visits", "回访"),
        columns: vec![
            column("visit", "Visit", "回访单").whole(),
            column("at", "At", "时间").whole(),
            column("purpose", "Purpose", "回访类别"),
            column("satisfaction", "Satisfaction", "满意度").numeric(),
            column("fixture", "Fixture", "维修后状况").whole(),
            column("need", "Need", "客户需求").whole(),
            column("content", "Said", "回访内容"),
        ],
        rows: visits.iter().map(row).collect(),
    })
}
