//! Which meetings R51 asks for, by when, and whether there is a record of them, be it minutes or why there was none.
//! Derived each time, stored nowhere.

use chrono::Datelike;

use crate::base::field::Kind;
use crate::base::period::{Period, Unit};
use crate::base::time::{Date, Time, days_before};
use crate::book::Book;
use crate::forms::meeting::{MEETING, Meeting};
use crate::work::on_weekday;

/// How far back a record counts: a year, and some weeks for one that was called early.
const REACH: u64 = 430;

/// The meetings that come around, each with how often.
const ROUND: [(&str, Unit); 4] =
    [("weekly", Unit::Week), ("monthly", Unit::Month), ("yearly", Unit::Year), ("product_quality", Unit::Month)];

/// A meeting that R51 asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Which: a code of the sorts of meeting.
    pub sort: &'static str,
    /// The week, month or year.
    pub period: Period,
    /// By when.
    pub due: Time,
}

/// When a meeting of a sort is due in a period: the weekly one on its weekday and time, the monthly one on the last such
/// weekday before a day of the month, the yearly one by the end of December, that on product quality by the month's. Where
/// the day is none on which people work, on the last one before it.
fn due_in(book: &Book<'_>, sort: &str, period: Period) -> Time {
    let figures = book.policy.at(period.from);
    match sort {
        "weekly" => on_weekday(book, period, figures.weekly_meeting),
        "monthly" => {
            let before = period.from.with_day(figures.monthly_before.min(28) as u32).unwrap_or(period.to);
            let mut days = (1..8).map(|back| days_before(before, back));
            let day = days.find(|day| day.weekday() == figures.weekly_meeting.day).unwrap_or(before);
            on_weekday(book, Period::holding(Unit::Week, day), figures.weekly_meeting)
        }
        _ => book.calendar().closing(book.calendar().last_working(period.to).unwrap_or(period.to)),
    }
}

/// The meetings of this period and the last one of each sort of which there is neither a record nor a reason. A sort is asked
/// for in the periods after its first meeting.
pub fn missing(book: &Book<'_>) -> Vec<Called> {
    let today = book.now.today();
    book.load(&MEETING, days_before(today, REACH).., &|_, _| true);
    let zone = book.now.zone;
    let forms = book.loaded(Kind::Meeting);
    let held: Vec<(&str, Date)> = forms
        .iter()
        .filter(|form| !form.is_void())
        .filter_map(|form| Some((Meeting::of(form).sort(), zone.day(Meeting::of(form).when()?))))
        .collect();
    let mut missing = Vec::new();
    for (sort, unit) in ROUND {
        let now = Period::holding(unit, today);
        for period in [now.previous(), now] {
            let of_sort = || held.iter().filter(|(of, _)| *of == sort).map(|(_, day)| *day);
            if of_sort().any(|day| day < period.from) && !of_sort().any(|day| period.contains(day)) {
                missing.push(Called { sort, period, due: due_in(book, sort, period) });
            }
        }
    }
    missing
}
