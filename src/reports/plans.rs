//! The weekly plan and summary, 工作计划与小结 (R50): what was due of whom, what of it was done on time, and what comes next.
//!
//! An item counts in the days in which it was due. The workload score is done on time ÷ due; while the days run, what is
//! still open stands among what is due. As everywhere, what was done after the end of the span is not known to it.

use super::figure::{RuleOf, RuleOfPeople, Tally, rule_of};
use super::listing::{NUMBER, table};
use super::model::Section;
use super::scope::{Scope, Span};
use super::{charts, goals};
use crate::base::field::List;
use crate::base::number::Code;
use crate::base::period::Period;
use crate::base::table::{Cell, Column, Row, Table, column};
use crate::base::time::days_after;
use crate::base::words::{Words, words};
use crate::forms::work::{End, Work};
use crate::work::{Item, Standing, items, specialists};

const MEASURES: &[RuleOf<[Item]>] = &[
    rule_of("due", "Due", "应完成", "count", |items| tally(items, |item| item.term.counts())),
    rule_of("on_time", "Done on time", "按时完成", "count", |items| standing(items, Standing::OnTime)),
    rule_of("late", "Done late", "逾期完成", "count", |items| standing(items, Standing::Late)),
    rule_of("open", "Not due yet", "未到期", "count", |items| standing(items, Standing::Open)),
    rule_of("missed", "Not done by their day", "逾期未完成", "count", |items| standing(items, Standing::Missed)),
    rule_of("carried", "Carried over", "顺延", "count", |items| standing(items, Standing::Carried)),
    rule_of("dropped", "Dropped", "取消", "count", |items| standing(items, Standing::Dropped)),
    SCORE,
];

/// R50: of what was due, what was done on time.
const SCORE: RuleOf<[Item]> = rule_of("score", "Workload score", "工作量得分", "percent", score).aim("workload");

/// The same as a goal asks for it.
pub const WORKLOAD: RuleOfPeople = SCORE.of_people(|scope, people| {
    let mut due = due_in(&scope.span, scope.period(), None);
    due.retain(|item| people.have(&item.person));
    score(&due)
});

fn tally(items: &[Item], counts: impl Fn(&Item) -> bool) -> Tally {
    Tally::pieces(items.iter().map(|item| (item.form.as_ref(), u64::from(counts(item)))))
}

fn standing(items: &[Item], standing: Standing) -> Tally {
    tally(items, |item| item.standing == standing)
}

/// R50: done on time ÷ due.
fn score(items: &[Item]) -> Tally {
    let due = items.iter().filter(|item| item.term.counts());
    Tally::rate(due.map(|item| (item.form.as_ref(), u64::from(item.term.is_on_time()), 1)))
}

/// What was due in a span, of one person or of all.
fn due_in(span: &Span<'_>, period: Period, who: Option<&Code>) -> Vec<Item> {
    let mut due = items(span.book(), period);
    due.retain(|item| who.is_none_or(|who| item.person == *who));
    due
}

/// The weekly plan and summary of the department.
pub fn plans(scope: &Scope<'_>) -> Option<Section> {
    Some(of(scope, None))
}

/// The weekly plan and summary of one person, or of all.
pub fn of(scope: &Scope<'_>, who: Option<&Code>) -> Section {
    let mut section = figures(scope, who);
    let span = &scope.span;
    let (due, next) = due_and_next(span, who);
    section.tables = vec![
        people(span, who, &due, &next),
        listed(span, "items", words("What was due", "本期事项"), &due),
        listed(span, "next", words("Due in the seven days after", "其后七天到期事项"), &next),
    ];
    section.charts = charts::PLANS;
    section
}

/// What was due in a span, and what is in the seven days after it.
fn due_and_next(span: &Span<'_>, who: Option<&Code>) -> (Vec<Item>, Vec<Item>) {
    let after = days_after(span.period.to, 1);
    let week = Period::between(after, days_after(after, 6)).unwrap_or(span.period);
    (due_in(span, span.period, who), due_in(span, week, who))
}

/// The plan in a few figures and person by person, for the general reports; nothing where none was ever made.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    let mut section = figures(scope, None);
    if section.tells_nothing() {
        return None;
    }
    let (due, next) = due_and_next(&scope.span, None);
    section.tables = vec![people(&scope.span, None, &due, &next)];
    section.charts = charts::PLANS;
    Some(section)
}

fn figures(scope: &Scope<'_>, who: Option<&Code>) -> Section {
    let due = scope.spans().map(|span| due_in(span, span.period, who));
    let mut section = scope.section("work", words("Weekly plan and summary", "工作计划与小结"), &[]);
    section.figures = scope.figures(MEASURES, &due);
    if let Some(who) = who {
        for (figure, rule) in section.figures.iter_mut().zip(MEASURES) {
            figure.goal = rule.aim.and_then(|aim| goals::of_person(&scope.span, scope.goals(), who, aim));
        }
    }
    section
}

/// The same figures person by person, those among them who planned nothing.
fn people(span: &Span<'_>, who: Option<&Code>, due: &[Item], next: &[Item]) -> Table {
    let book = span.book();
    let mut people: Vec<Code> = match who {
        Some(who) => vec![who.clone()],
        None => specialists(book, span.end()),
    };
    people.extend(due.iter().chain(next).map(|item| item.person.clone()));
    people.sort_unstable();
    people.dedup();
    let own = |items: &[Item], person: &Code| -> Vec<Item> {
        items.iter().filter(|item| item.person == *person).cloned().collect()
    };
    let row = |person: &Code| {
        let (due, next) = (own(due, person), own(next, person));
        let mut cells = vec![Cell::Text(book.name(List::Staff, person.as_str()))];
        cells.extend(MEASURES.iter().map(|rule| rule.cell(&due)));
        cells.push(Cell::count(next.len() as u64));
        let records = Tally::count(due.iter().chain(&next).map(|item| item.form.as_ref())).records;
        Row { cells, records }
    };
    let columns: Vec<Column> = std::iter::once(column("person", "Person", "责任人"))
        .chain(MEASURES.iter().map(RuleOf::column))
        .chain(std::iter::once(column("next", "Due next", "下期事项").numeric()))
        .collect();
    table("people", words("By person", "各人情况"), &columns, people.iter().map(row))
}

/// Items with what came of them.
fn listed(span: &Span<'_>, name: &'static str, title: Words, items: &[Item]) -> Table {
    let book = span.book();
    let row = |item: &Item| {
        let done = item.form.last("done");
        let on = match item.term.end {
            End::Done(on) => Some(on),
            _ => None,
        };
        let result = done.filter(|_| on.is_some()).and_then(|step| step.fields.text("result"));
        let cells = vec![
            Cell::Number(item.form.number.clone()),
            Cell::Text(book.name(List::Staff, item.person.as_str())),
            Cell::Text(Work::of(&item.form).what().to_string()),
            Cell::Date(item.term.due),
            on.into(),
            Cell::coded(item.standing.code(), item.standing.name()),
            result.map_or(Cell::Empty, |result| Cell::Text(result.to_string())),
        ];
        Row { cells, records: vec![item.form.number.clone()] }
    };
    let columns = [
        NUMBER,
        column("person", "Person", "责任人"),
        column("what", "What", "工作内容"),
        column("due", "Due", "期限").whole(),
        column("done_on", "Done on", "完成日期").whole(),
        column("standing", "Standing", "完成情况").whole(),
        column("result", "Result", "结果"),
    ];
    table(name, title, &columns, items.iter().map(row))
}
