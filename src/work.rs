//! The weekly work plan (R50): what is due in which days, what became of it, and when next week's plan is to stand.
//! Derived each time, stored nowhere.

use std::sync::Arc;

use crate::base::field::{Kind, List};
use crate::base::number::Code;
use crate::base::period::{Period, Unit};
use crate::base::time::{Date, Time, Zone, days_after};
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::work::{End, Term, WORK, Work};
use crate::lists::has_role;
use crate::policy::Weekly;

/// An item that was due on a day of a period, with what became of it there.
#[derive(Clone, Debug)]
pub struct Item {
    /// The item.
    pub form: Arc<Form>,
    /// Who is to do it.
    pub person: Code,
    /// The day and what ended it.
    pub term: Term,
    /// How it stands.
    pub standing: Standing,
}

/// How an item stands in the days in which it was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Done by its day.
    OnTime,
    /// Done after it.
    Late,
    /// Not done, with time left.
    Open,
    /// Not done by its day: still open, or carried over or dropped only then.
    Missed,
    /// Carried over by its day: due elsewhere.
    Carried,
    /// Dropped by its day.
    Dropped,
}

impl Standing {
    /// How a term stands at a moment: its day ends with its last instant, where also the weeks and months end that are
    /// summed up.
    pub fn of(term: &Term, now: Time, zone: Zone) -> Standing {
        match term.end {
            End::Done(_) if term.is_on_time() => Standing::OnTime,
            End::Done(_) => Standing::Late,
            End::Open if now < zone.end_of(term.due) => Standing::Open,
            End::Carried(_) if !term.counts() => Standing::Carried,
            End::Dropped(_) if !term.counts() => Standing::Dropped,
            End::Open | End::Carried(_) | End::Dropped(_) => Standing::Missed,
        }
    }

    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            Standing::OnTime => "on_time",
            Standing::Late => "late",
            Standing::Open => "open",
            Standing::Missed => "missed",
            Standing::Carried => "carried",
            Standing::Dropped => "dropped",
        }
    }

    /// What people read.
    pub fn name(self) -> Words {
        match self {
            Standing::OnTime => words("on time", "按时完成"),
            Standing::Late => words("late", "逾期完成"),
            Standing::Open => words("open", "未到期"),
            Standing::Missed => words("missed", "逾期未完成"),
            Standing::Carried => words("carried over", "已顺延"),
            Standing::Dropped => words("dropped", "已取消"),
        }
    }
}

/// What was due in a period, by person, then day. An item that was carried over within it stands there once, where it
/// ended up, unless its first day was missed.
pub fn items(book: &Book<'_>, period: Period) -> Vec<Item> {
    load(book, period);
    known(book, period, book.now.time)
}

/// What was due in each of some weeks that follow each other, as the week's own summary told it: what was noted after
/// the week is not known to it (R50).
pub fn summed_up(book: &Book<'_>, weeks: &[Period]) -> Vec<(Period, Vec<Item>)> {
    if let Some(span) = weeks.first().zip(weeks.last()).and_then(|(a, b)| Period::between(a.from, b.to)) {
        load(book, span);
    }
    let known_at = |week: Period| book.now.zone.end_of(week.to).min(book.now.time);
    weeks.iter().map(|week| (*week, known(book, *week, known_at(*week)))).collect()
}

/// What of the loaded items was due in a period, as known at a moment.
fn known(book: &Book<'_>, period: Period, at: Time) -> Vec<Item> {
    let zone = book.now.zone;
    let mut items = Vec::new();
    for form in book.loaded(Kind::Work).into_iter().filter_map(|form| form.as_of(at)) {
        let work = Work::of(&form);
        let mut terms: Vec<Term> = work.terms(zone).into_iter().filter(|term| period.contains(term.due)).collect();
        let last = terms.last().copied();
        terms.retain(|term| term.counts() || Some(*term) == last);
        let item = |term: Term| {
            let (form, person) = (form.clone(), work.person());
            Item { form, person, standing: Standing::of(&term, at, zone), term }
        };
        items.extend(terms.into_iter().map(item));
    }
    items.sort_by(|a, b| (&a.person, a.term.due, &a.form.number).cmp(&(&b.person, b.term.due, &b.form.number)));
    items
}

/// Loads the items that were ever due in a period. They may have been planned at any time before, and done before it.
fn load(book: &Book<'_>, period: Period) {
    book.load_dated(&WORK, ..=period.to, period);
}

/// When the plan for the week after the one that holds a day is to stand: on the weekday and at the time of the policy, or
/// where that is a day off, on the working day before.
pub fn plan_due(book: &Book<'_>, day: Date) -> Time {
    let week = Period::holding(Unit::Week, day);
    on_weekday(book, week, book.policy.at(week.from).plan_due)
}

/// A weekday and time in a week; where it is a day off, on the last working day before.
pub fn on_weekday(book: &Book<'_>, week: Period, weekly: Weekly) -> Time {
    let set = days_after(week.from, u64::from(weekly.day.num_days_from_monday()));
    book.now.zone.on(book.calendar().last_working(set).unwrap_or(set), weekly.time)
}

/// The week after the one that holds a day.
pub fn week_after(day: Date) -> Period {
    Period::holding(Unit::Week, days_after(Period::holding(Unit::Week, day).to, 1))
}

/// The specialists who were here on a day and are today.
pub fn specialists(book: &Book<'_>, day: Date) -> Vec<Code> {
    let rows = book.list(List::Staff).rows.iter();
    let codes = rows.filter(|row| has_role(&row.fields, "specialist"));
    let here = |code: &Code| [day, book.now.today()].iter().all(|day| book.staff_on(code, *day).is_some());
    codes.filter_map(|row| row.fields.staff("code")).filter(here).collect()
}
