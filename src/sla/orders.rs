//! The clocks of orders (R8–R10).

use super::due::{Because, Due, in_workdays};
use super::{ClockSpec, Course, Run, numbered};
use crate::base::field::Kind;
use crate::base::time::Time;
use crate::base::words::words;
use crate::book::Book;
use crate::clock::{Clock, Target};
use crate::forms::form::Form;

/// R8: an order is confirmed. One that was cancelled unconfirmed owes no confirmation any more.
pub const CONFIRM: ClockSpec = ClockSpec {
    key: "confirm",
    rule: "R8",
    name: words("Order confirmed", "确认订单"),
    kind: Kind::Order,
    runs: |book, form| {
        let done = form.taken("confirm").next().map(|step| step.at);
        let owed = done.is_some() || !form.is_over();
        let course = || Some(Course { start: form.made_at()?, due: confirm_due(book, form)?, done, until: None });
        numbered(book, form, owed.then(course).flatten())
    },
};

/// R9: the customer is told of a delay as soon as it is recorded; each delay is a run.
pub const TELL_DELAY: ClockSpec = ClockSpec {
    key: "tell_delay",
    rule: "R9",
    name: words("Customer told of the delay", "告知客户延期"),
    kind: Kind::Order,
    runs: |book, form| {
        let told = |from: usize| form.taken("delay").find(|step| step.index >= from && step.fields.flag("told"));
        let course = |start: Time, index: usize| Course {
            start,
            due: (start, Because::Clock(at_once(start))),
            done: told(index).map(|step| step.at),
            until: None,
        };
        numbered(book, form, form.taken("delay").map(|step| course(step.at, step.index)))
    },
};

/// R10: an order that is not finished is looked at every working day. A run goes from the last look of a day to the
/// next one, or to the order's end of making.
pub const LOOK: ClockSpec = ClockSpec {
    key: "look",
    rule: "R10",
    name: words("Unfinished order looked at", "查看未完工订单"),
    kind: Kind::Order,
    runs: looks,
};

fn at_once(start: Time) -> Clock {
    Clock { start, target: Target::Real(0), pauses: Vec::new(), stopped: None }
}

/// When an order is to be confirmed at the latest (R8), however it stands.
pub fn confirm_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    Some(in_workdays(book, form.made_at()?, book.policy.at(form.day()).confirm_workdays))
}

/// The steps that count as a look at an order (R10).
pub const LOOKS: &[&str] = &["confirm", "plan", "progress", "delay", "change"];

/// When an order is to be looked at again at the latest after a look (R10). A look on a day off stands for the working
/// day before it, so the next working day already asks for one.
pub fn look_due(book: &Book<'_>, form: &Form, last: Time) -> Due {
    let days = book.policy.at(form.day()).progress_workdays;
    let calendar = book.calendar();
    let day = book.now.zone.day(last);
    if calendar.is_working(day) {
        in_workdays(book, last.min(calendar.closing(day)), days)
    } else {
        in_workdays(book, last, days.saturating_sub(1))
    }
}

fn looks(book: &Book<'_>, form: &Form) -> Vec<Run> {
    let Some(confirmed) = form.taken("confirm").next() else { return Vec::new() };
    let finished = form.last("finish").map(|step| step.at);
    let counts = |at: Time| at >= confirmed.at && finished.is_none_or(|end| at <= end);
    let mut looks: Vec<Time> = form.living().filter(|step| LOOKS.contains(&step.verb())).map(|step| step.at).collect();
    looks.retain(|at| counts(*at));
    looks.sort_unstable();
    // The last look of a day stands for that day.
    let day = |at: Time| book.now.zone.day(at);
    let nexts = looks.iter().skip(1).copied().map(Some).chain([None]);
    let days = looks.iter().copied().zip(nexts).filter(|(at, next)| next.is_none_or(|next| day(next) != day(*at)));
    let course = |(start, next): (Time, Option<Time>)| Course {
        start,
        due: look_due(book, form, start),
        done: next.or(finished),
        until: None,
    };
    numbered(book, form, days.map(course))
}
