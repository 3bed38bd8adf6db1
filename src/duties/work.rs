//! Duties of the weekly work plan (R50): each item on its day, and a plan for next week.

use super::{Because, Duty, Whose, duty, open};
use crate::base::field::Kind;
use crate::base::number::Code;
use crate::base::time::days_before;
use crate::book::Book;
use crate::forms::work::{WORK, Work};
use crate::sla::work::done_due;
use crate::tr;
use crate::work::{Standing, items as due_in, plan_due, specialists, week_after};

/// R50: an item is done by the day that stands.
pub fn items(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Work) {
        let work = Work::of(form);
        let Some(day) = work.due(book.now.zone) else { continue };
        let what = work.what().to_string();
        let what = tr!("planned work: {what}", "计划事项：{what}");
        let of_author = duty(form, "R50", done_due(book, day), what, "done NUMBER --result TEXT");
        duties.push(Duty { who: Whose::Person(work.person()), ..of_author });
    }
}

/// R50: from its day on each specialist has something planned for the week to come; where last week's plan never came, for
/// the one that runs.
pub fn plans(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let today = book.now.today();
    for day in [days_before(today, 7), today] {
        let due = plan_due(book, day);
        let on = book.now.zone.day(due);
        if on > today || book.first_day_of(&WORK).is_none_or(|first| on < first) {
            continue;
        }
        let week = week_after(day);
        let planned = due_in(book, week);
        let has_plan =
            |code: &Code| planned.iter().any(|item| item.person == *code && item.standing != Standing::Carried);
        for code in specialists(book, on).into_iter().filter(|code| !has_plan(code)) {
            duties.push(Duty {
                rule: "R50",
                number: code.to_string(),
                due,
                since: None,
                who: Whose::Person(code),
                what: tr!("plan the work of {week}, and sum up this week's", "提交 {week} 工作计划和本周小结"),
                command: "cs work plan TEXT --due DATE".to_string(),
                because: Because::Days(tr!("the weekly plan is due on {on}", "每周计划应于 {on} 提交")),
            });
        }
    }
}
